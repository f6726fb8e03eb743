// What the pages that live are built of. Text of a campaign becomes text, never markup: only textContent and createElement are used.
const place = id => document.getElementById(id);
const element = (tag, text, more = {}) => {
  const made = document.createElement(tag);
  if (text !== undefined && text !== null) made.textContent = text;
  for (const [name, value] of Object.entries(more)) name === "class" ? made.className = value : made.setAttribute(name, value);
  return made;
};
const link = (address, text) => element("a", text, { href: address });

place("theme").addEventListener("click", () => localStorage.setItem("theme", root.dataset.theme));

const complain = sentence => {
  const box = place("trouble");
  if (box.textContent !== (sentence ?? "")) box.textContent = sentence ?? "";
  box.hidden = !sentence;
};

const setText = (id, text) => { const box = place(id); if (box.textContent !== text) box.textContent = text; };

// Tiles stay in the document and change their text, so that nothing flickers and a reader of the screen is not interrupted.
const tiles = entries => {
  const box = place("tiles");
  while (box.children.length > entries.length) box.lastChild.remove();
  while (box.children.length < entries.length) {
    const tile = element("div", null, { class: "tile" });
    tile.append(element("div", "", { class: "figure" }), element("div", "", { class: "name" }), element("div", "", { class: "note" }));
    box.append(tile);
  }
  entries.forEach((entry, i) => entry.forEach((text, line) => {
    const part = box.children[i].children[line];
    if (part.textContent !== text) part.textContent = text;
  }));
};

const pairs = (body, entries) => body.replaceChildren(...entries.map(([name, value, note]) => {
  const line = element("tr");
  line.append(element("th", name, { scope: "row" }), element("td", value));
  if (note !== undefined) line.append(element("td", note, { class: "muted" }));
  return line;
}));

const headTable = (table, names) => table.tHead.rows[0].replaceChildren(...names.map(name => element("th", name, { scope: "col" })));

const fillTable = (table, rows) => table.tBodies[0].replaceChildren(...rows.map(cells => {
  const line = element("tr");
  for (const cell of cells) {
    const box = element("td");
    cell instanceof Node ? box.append(cell) : box.textContent = cell ?? "";
    line.append(box);
  }
  return line;
}));

const ask = async address => {
  const answer = await fetch(address, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(await answer.text());
  return answer.json();
};

// Asks the server to change something; it says what was done, or why not.
const change = async (address, words) => {
  const answer = await fetch(address, { method: "POST", headers: { "Content-Type": "application/json", "X-HyperSearch": "1" }, body: JSON.stringify(words) }).catch(() => null);
  return { done: answer?.ok ?? false, said: answer ? await answer.text() : "The server does not answer." };
};

// A small picture of a line that grows: its points, others behind it, and how far it may go.
const sketch = (canvas, { points, behind = [], limit = [], to, from = 0 }) => {
  const ratio = devicePixelRatio || 1, width = canvas.clientWidth, height = canvas.clientHeight;
  if (!width) return;
  canvas.width = width * ratio; canvas.height = height * ratio;
  const ink = canvas.getContext("2d");
  ink.scale(ratio, ratio);
  const all = [...points, ...behind, ...limit].map(([, value]) => value);
  if (!all.length) return;
  const [low, high] = [Math.min(...all), Math.max(...all)], isLog = low > 0 && high / low >= 8;
  const scale = isLog ? Math.log : value => value;
  const x = at => 4 + (width - 8) * (at - from) / Math.max(1, to - from);
  const y = value => 4 + (height - 8) * (high === low ? 0.5 : (scale(high) - scale(value)) / (scale(high) - scale(low)));
  const draw = (line, tone, thick) => {
    if (!line.length) return;
    ink.beginPath();
    line.forEach(([at, value], i) => i ? ink.lineTo(x(at), y(value)) : ink.moveTo(x(at), y(value)));
    ink.strokeStyle = colour(tone); ink.lineWidth = thick; ink.lineJoin = "round";
    ink.stroke();
  };
  draw(behind, "--axis", 1.5);
  ink.setLineDash([4, 3]);
  draw(limit, "--accent", 1.5);
  ink.setLineDash([]);
  draw(points, "--lines", 2);
  const last = points[points.length - 1];
  if (last) { ink.beginPath(); ink.arc(x(last[0]), y(last[1]), 3, 0, 2 * Math.PI); ink.fillStyle = colour("--lines"); ink.fill(); }
};

// All campaigns: asked for every two seconds while somebody looks. What is shown of them stands in the address, so that reload and back
// keep it.
const COLUMNS = [["name", "campaign"], ["state", "state"], ["best", "best"], ["metric", "metric"], ["ended", "trials"], ["line", "best so far"], ["running", "under way"], ["seconds", "time"], ["notes", "tags and note"]];
const TEXTS = ["name", "state", "metric"], UNSORTED = ["line", "notes"];
const table = place("campaigns"), find = place("find"), state = place("state"), tag = place("tag");
const asked = new URLSearchParams(location.search);
let campaigns = [], by = COLUMNS.some(([key]) => key === asked.get("by")) ? asked.get("by") : "name", falling = asked.has("falling");
let ticks = new Set(JSON.parse(sessionStorage.getItem("compared") ?? "[]"));
find.value = asked.get("find") ?? "";

const offer = (select, values) => {
  const held = select.value, said = [...select.options].slice(1).map(option => option.value);
  if (JSON.stringify(said) === JSON.stringify(values)) return;
  select.replaceChildren(select.options[0], ...values.map(value => element("option", value, { value })));
  select.value = values.includes(held) ? held : "";
};
for (const select of [state, tag]) if (asked.get(select.id)) { offer(select, [asked.get(select.id)]); select.value = asked.get(select.id); }

const heads = COLUMNS.map(([key, words]) => {
  if (UNSORTED.includes(key)) return element("th", words, { scope: "col", class: "plainhead" });
  const cell = element("th", null, { scope: "col" });
  const button = element("button", words, { type: "button", class: TEXTS.includes(key) ? "word" : "" });
  button.addEventListener("click", () => { falling = by === key && !falling; by = key; fill(); });
  cell.append(button);
  return cell;
});
const tickHead = element("th", null, { scope: "col", class: "plainhead" });
tickHead.append(element("span", "compare", { class: "unseen" }));
table.tHead.rows[0].replaceChildren(tickHead, ...heads);

const tickOf = campaign => {
  const box = element("input", null, { type: "checkbox", "aria-label": `Compare ${campaign.name}`, "data-part": "tick" });
  box.checked = ticks.has(campaign.name);
  box.addEventListener("change", () => { box.checked ? ticks.add(campaign.name) : ticks.delete(campaign.name); ticked(); });
  return box;
};
const notesOf = campaign => {
  const box = element("div", null, { class: "noted" });
  const edit = element("button", "Edit", { type: "button", class: "small", "aria-label": `Edit tags and note of ${campaign.name}`, "data-part": "edit" });
  edit.addEventListener("click", () => writeNotes(campaign.name, campaign, refresh));
  box.append(...notesAsParts(campaign, chosen => { tag.value = chosen; fill(); }), ...(campaign.fault ? [element("span", campaign.fault, { class: "note" })] : []), edit);
  return box;
};
const rowOf = campaign => {
  const line = element("tr", null, { role: "row" }); // said, because on a phone it is laid out as a card
  const cell = (label, content, kind, more = {}) => {
    const box = element("td", null, { role: "cell", ...(kind ? { class: kind } : {}), "data-label": label, ...more });
    content instanceof Node ? box.append(content) : box.textContent = content ?? "";
    line.append(box);
  };
  cell("", campaign.state === "unreadable" ? "" : tickOf(campaign), "tick");
  const name = link(`/c/${encodeURIComponent(campaign.name)}`, campaign.name);
  name.dataset.part = "name";
  cell("", name, "word name");
  cell("state", element("span", campaign.state, { class: `state ${campaign.state}` }), "word");
  if (campaign.state === "unreadable") {
    cell("why", campaign.trouble, "word wrap", { colspan: COLUMNS.length - 3 });
    cell("", notesOf(campaign), "word wrap");
    return line;
  }
  cell("best", campaign.best_said);
  cell("metric", campaign.metric, "word metric");
  const bar = element("progress", null, { max: Math.max(1, campaign.planned), value: campaign.ended, "aria-label": `${campaign.ended} of ${campaign.planned} trials` });
  const both = element("div", null, { class: "counted" });
  both.append(element("span", `${campaign.ended} / ${campaign.planned}`), bar);
  cell("trials", both);
  const canvas = element("canvas", null, { class: "spark", "aria-hidden": "true" });
  canvas.points = campaign.line.map((value, i) => [i, value]);
  cell("best so far", campaign.line.length ? canvas : "", "sparked");
  cell("under way", campaign.running ? String(campaign.running) : "");
  cell("time", campaign.time);
  cell("", notesOf(campaign), "word wrap");
  return line;
};

const compare = (a, b) => {
  const [x, y] = [a[by], b[by]];
  if (x === undefined || x === null || y === undefined || y === null) return (x === undefined || x === null) - (y === undefined || y === null) || a.name.localeCompare(b.name);
  return (TEXTS.includes(by) ? String(x).localeCompare(String(y)) : x - y) * (falling ? -1 : 1) || a.name.localeCompare(b.name);
};

const ticked = () => {
  ticks = new Set([...ticks].filter(name => campaigns.some(campaign => campaign.name === name)));
  sessionStorage.setItem("compared", JSON.stringify([...ticks]));
  place("compare").disabled = ticks.size < 2;
  setText("ticked", ticks.size < 2 ? "Tick two or more to compare them." : `${ticks.size} are ticked.`);
};
place("compare").addEventListener("click", () => { location.href = `/compare?${new URLSearchParams([...ticks].map(name => ["campaign", name]))}`; });

// A row is made anew only when its campaign has changed, so that what a person holds stays held.
const rows = new Map();
const keptRow = campaign => {
  const said = JSON.stringify(campaign), known = rows.get(campaign.name);
  if (known?.said === said) return known.line;
  const held = known?.line.contains(document.activeElement) ? document.activeElement.dataset.part : null;
  const line = rowOf(campaign);
  known?.line.replaceWith(line);
  if (held) line.querySelector(`[data-part=${held}]`)?.focus();
  rows.set(campaign.name, { said, line });
  return line;
};
const fill = () => {
  const words = find.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
  offer(state, [...new Set(campaigns.map(campaign => campaign.state))].sort());
  offer(tag, [...new Set(campaigns.flatMap(campaign => campaign.tags))].sort((a, b) => a.localeCompare(b)));
  const texts = campaign => [campaign.name, campaign.state, campaign.metric, campaign.note, ...campaign.tags].filter(Boolean).join("\n").toLowerCase();
  const matching = campaigns.filter(campaign => (!state.value || campaign.state === state.value) && (!tag.value || campaign.tags.includes(tag.value))
    && words.every(word => texts(campaign).includes(word))).sort(compare);
  COLUMNS.forEach(([key, words], c) => {
    if (UNSORTED.includes(key)) return;
    setChild(heads[c].firstChild, words + (key === by ? (falling ? " ↓" : " ↑") : ""));
    heads[c].setAttribute("aria-sort", key === by ? (falling ? "descending" : "ascending") : "none");
  });
  const body = table.tBodies[0], lines = matching.map(keptRow), wanted = new Set(lines);
  for (const line of [...body.rows]) if (!wanted.has(line)) line.remove();
  lines.forEach((line, i) => { if (body.rows[i] !== line) body.insertBefore(line, body.rows[i] ?? null); });
  sparks();
  setText("found", matching.length === campaigns.length ? `${matching.length} ${matching.length === 1 ? "campaign" : "campaigns"}` : `${matching.length} of ${campaigns.length} campaigns`);
  const running = campaigns.filter(campaign => campaign.state === "running").length;
  setText("lead", campaigns.length ? running ? `${running} running, ${campaigns.length - running} at rest.` : "None is running." : "There are none here yet.");
  place("none").hidden = campaigns.length > 0;
  for (const bar of document.querySelectorAll("section .bar")) bar.hidden = campaigns.length === 0;
  setText("none", "\"hypersearch run SEARCH.yaml\" starts one, and it appears here.");
  table.closest(".wide").hidden = matching.length === 0;
  const shown = new URLSearchParams(Object.entries({ find: find.value.trim(), state: state.value, tag: tag.value, by: by === "name" ? "" : by, falling: falling ? "1" : "" }).filter(([, value]) => value)).toString();
  history.replaceState(null, "", shown ? `?${shown}` : location.pathname);
};
const setChild = (box, text) => { if (box.textContent !== text) box.textContent = text; };
const sparks = () => { for (const canvas of table.querySelectorAll("canvas")) sketch(canvas, { points: canvas.points, to: canvas.points.length - 1 }); };
views.push({ themed: sparks });
addEventListener("resize", sparks);
find.addEventListener("input", fill);
for (const select of [state, tag]) select.addEventListener("change", fill);
place("clear").addEventListener("click", () => { find.value = state.value = tag.value = ""; fill(); });

const refresh = async () => {
  if (document.hidden) return;
  try {
    campaigns = await ask("/list");
    complain(null);
    fill();
    ticked();
  } catch (fault) {
    complain(fault instanceof TypeError ? "The server does not answer; trying again." : fault.message);
  }
};
addEventListener("visibilitychange", refresh);
setInterval(refresh, 2000);
refresh();

// All campaigns: asked for every two seconds while somebody looks.
const COLUMNS = [["name", "campaign"], ["state", "state"], ["best", "best"], ["metric", "metric"], ["ended", "trials"], ["line", "best so far"], ["running", "under way"], ["seconds", "time"]];
const TEXTS = ["name", "state", "metric"];
const table = place("campaigns"), find = place("find");
let campaigns = [], by = "name", falling = false;

const heads = COLUMNS.map(([key, words]) => {
  const cell = element("th", null, { scope: "col" });
  const button = element("button", words, { type: "button", class: TEXTS.includes(key) ? "word" : "" });
  if (key === "line") return element("th", words, { scope: "col", class: "plainhead" });
  button.addEventListener("click", () => { falling = by === key && !falling; by = key; fill(); });
  cell.append(button);
  return cell;
});
table.tHead.rows[0].replaceChildren(...heads);

const rowOf = campaign => {
  const line = element("tr");
  const cell = (content, kind) => {
    const box = element("td", null, kind ? { class: kind } : {});
    content instanceof Node ? box.append(content) : box.textContent = content ?? "";
    line.append(box);
  };
  cell(link(`/c/${encodeURIComponent(campaign.name)}`, campaign.name), "word name");
  cell(element("span", campaign.state, { class: `state ${campaign.state}` }), "word");
  if (campaign.state === "unreadable") {
    const why = element("td", campaign.trouble, { class: "word wrap", colspan: COLUMNS.length - 2 });
    line.append(why);
    return line;
  }
  cell(campaign.best_said);
  cell(campaign.metric, "word");
  const bar = element("progress", null, { max: Math.max(1, campaign.planned), value: campaign.ended, "aria-label": `${campaign.ended} of ${campaign.planned} trials` });
  const count = element("span", `${campaign.ended} / ${campaign.planned}`);
  const both = element("div", null, { class: "counted" });
  both.append(count, bar);
  cell(both);
  const canvas = element("canvas", null, { class: "spark", "aria-hidden": "true" });
  canvas.points = campaign.line.map((value, i) => [i, value]);
  cell(canvas);
  cell(campaign.running ? String(campaign.running) : "");
  cell(campaign.time);
  return line;
};

const compare = (a, b) => {
  const [x, y] = [a[by], b[by]];
  if (x === undefined || x === null || y === undefined || y === null) return (x === undefined || x === null) - (y === undefined || y === null);
  return (TEXTS.includes(by) ? String(x).localeCompare(String(y)) : x - y) * (falling ? -1 : 1) || a.name.localeCompare(b.name);
};

let shown = "";
const fill = () => {
  const words = find.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const kept = campaigns.filter(campaign => words.every(word => `${campaign.name} ${campaign.state} ${campaign.metric ?? ""}`.toLowerCase().includes(word))).sort(compare);
  const now = JSON.stringify([kept, by, falling]);
  if (now === shown) return;
  shown = now;
  COLUMNS.forEach(([key, words], c) => {
    if (key === "line") return;
    heads[c].firstChild.textContent = words + (key === by ? (falling ? " ↓" : " ↑") : "");
    heads[c].setAttribute("aria-sort", key === by ? (falling ? "descending" : "ascending") : "none");
  });
  const held = document.activeElement?.closest?.("#campaigns tbody a")?.getAttribute("href");
  table.tBodies[0].replaceChildren(...kept.map(rowOf));
  if (held) [...table.querySelectorAll("tbody a")].find(a => a.getAttribute("href") === held)?.focus();
  sparks();
  setText("found", kept.length === campaigns.length ? `${kept.length} ${kept.length === 1 ? "campaign" : "campaigns"}` : `${kept.length} of ${campaigns.length} campaigns`);
  const running = campaigns.filter(campaign => campaign.state === "running").length;
  setText("lead", campaigns.length ? running ? `${running} running, ${campaigns.length - running} at rest.` : "None is running." : "There are none here yet.");
  place("none").hidden = campaigns.length > 0;
  setText("none", "\"hypersearch run SEARCH.yaml\" starts one, and it appears here.");
};
const sparks = () => { for (const canvas of table.querySelectorAll("canvas")) sketch(canvas, { points: canvas.points, to: canvas.points.length - 1 }); };
views.push({ themed: sparks });
find.addEventListener("input", fill);

const refresh = async () => {
  if (document.hidden) return;
  try {
    campaigns = await ask("/list");
    complain(null);
    fill();
  } catch (fault) {
    complain(fault instanceof TypeError ? "The server does not answer; trying again." : fault.message);
  }
};
addEventListener("visibilitychange", refresh);
setInterval(refresh, 2000);
refresh();

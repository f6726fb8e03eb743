// What the table, the history and the parallel axes share: the trials, which of them match, and which one is pointed at.
if (!document.getElementById("rows")) return; // a campaign without trials

// A row: rank, trial, value, state, epochs, seconds, origin, parameters…, metrics…, reason, positions.
const [RANK, TRIAL, VALUE, STATE, ORIGIN] = [0, 1, 2, 3, 6];
let data = { rows: [], axes: [], metrics: [], scale: {} };
let parameters = [], names = [], places = 0, isWord = [];
const say = value => value === null ? "no value" : data.share ? number(value * 100) + " %" : number(value);

let pointed = null;
const point = row => {
  if (row === pointed) return;
  pointed = row;
  tell("pointed");
};

// A click on a trial: a page that lives opens it, a report finds it in the table. A finger points by its first touch.
const ORIGINS = { global: "--global", hop: "--hop", box: "--box", model: "--model", enqueued: "--enqueued", copy: "--hop" };
let openTrial = null, touched = null;
const choose = (event, row) => {
  if (!row) return;
  if (openTrial && (event.pointerType !== "touch" || touched === row)) { openTrial(row); return; }
  touched = row;
  point(row);
  openTrial ? showTip(event, row) : reveal(row);
};

const tip = document.getElementById("tip");
const showTip = (event, row) => {
  tip.hidden = !row;
  if (!row) return;
  const chosen = parameters.map((name, i) => row[7 + i] === null ? null : `${name} ${show(row[7 + i])}`).filter(Boolean);
  tip.textContent = [`trial ${row[TRIAL]}, rank ${row[RANK]}: ${data.metric} ${say(row[VALUE])} (${row[ORIGIN]}, ${row[STATE]})`, ...chosen].join("\n");
  tip.style.left = Math.max(8, Math.min(event.pageX + 14, scrollX + root.clientWidth - tip.offsetWidth - 8)) + "px";
  tip.style.top = event.pageY + 14 + "px";
};

// ---- which rows match: words anywhere, comparisons such as learning_rate<0.01, brushes on the parallel axes
let brushes = [];
let matching = [], sorted = RANK, descending = false;
const filter = document.getElementById("filter");
const test = token => {
  const parts = token.match(/^(.+?)(<=|>=|!=|<|>|=)(.+)$/);
  const column = parts ? names.indexOf(parts[1]) : -1;
  if (column < 0) {
    const word = token.toLowerCase();
    return row => row.some((value, c) => c < places && typeof value === "string" && value.toLowerCase().includes(word));
  }
  const wanted = parts[3].endsWith("%") ? parseFloat(parts[3]) / 100 : parts[3];
  const compare = row => typeof row[column] === "number" ? row[column] - Number(wanted) : row[column] === null ? NaN : row[column].localeCompare(String(wanted));
  switch (parts[2]) {
    case "<": return row => compare(row) < 0;
    case ">": return row => compare(row) > 0;
    case "<=": return row => compare(row) <= 0;
    case ">=": return row => compare(row) >= 0;
    case "!=": return row => compare(row) !== 0;
    default: return row => compare(row) === 0;
  }
};
const inBrushes = row => brushes.every((brush, k) => !brush || (row[places][k] !== null && row[places][k] >= brush[0] && row[places][k] <= brush[1]));

const update = () => {
  const tests = filter.value.trim().split(/\s+/).filter(Boolean).map(test);
  const sign = descending ? -1 : 1;
  matching = data.rows.filter(row => inBrushes(row) && tests.every(passes => passes(row)));
  matching.sort((a, b) => {
    const [x, y] = [a[sorted], b[sorted]];
    if (x === null || y === null) return (x === null) - (y === null) || a[RANK] - b[RANK];
    return (typeof x === "number" ? x - y : x < y ? -1 : x > y ? 1 : 0) * sign || a[RANK] - b[RANK];
  });
  document.getElementById("count").textContent = matching.length === data.rows.length ? `${data.rows.length} trials` : `${matching.length} of ${data.rows.length} trials`;
  tell("matched");
};

let waiting = 0;
filter.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(update, 120); });
document.getElementById("clear").addEventListener("click", () => { filter.value = ""; brushes.fill(null); update(); });

// Takes the trials: once for a report, and at each change for a page that lives. The filter, the order, the brushes and the place stay.
const load = next => {
  data = next;
  parameters = data.axes.slice(0, -1).map(axis => axis.name);
  names = ["rank", "trial", data.metric, "state", "epochs", "seconds", "origin", ...parameters, ...data.metrics, "reason"];
  places = names.length;
  isWord = names.map((_, c) => data.rows.some(row => typeof row[c] === "string"));
  if (brushes.length !== data.axes.length) brushes = data.axes.map(() => null);
  if (pointed) pointed = data.rows.find(row => row[TRIAL] === pointed[TRIAL]) ?? null;
  tell("loaded");
  update();
};

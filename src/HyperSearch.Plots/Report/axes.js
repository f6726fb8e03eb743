// Parallel axes: a line for each trial; dragging along an axis keeps the trials that pass there. By keyboard each axis has two ends,
// one of all of which is in the order of Tab: up and down move it from trial to trial, left and right go to the next one.
const canvas = document.getElementById("axes");
const pen = canvas.getContext("2d");
const [TOP, BOTTOM, SIDE] = [52, 372, 60];
let LAST = 0;
const MOST = 1500, LEADERS = 50;
let width = 0;
const xOf = k => LAST === 0 ? width / 2 : SIDE + (width - 2 * SIDE) * k / LAST;
const yOf = u => u === null ? BOTTOM + 16 : BOTTOM - (BOTTOM - TOP) * u;

const line = (row, tone, alpha, thick) => {
  pen.strokeStyle = tone; pen.globalAlpha = alpha; pen.lineWidth = thick;
  pen.beginPath();
  row[places].forEach((u, k) => k ? pen.lineTo(xOf(k), yOf(u)) : pen.moveTo(xOf(k), yOf(u)));
  pen.stroke();
  pen.globalAlpha = 1;
};

const lines = () => {
  const kept = new Set(matching);
  const valued = data.rows.filter(row => row[places][LAST] !== null);
  const others = valued.filter(row => !kept.has(row));
  const stride = Math.ceil(others.length / (2 * MOST));
  others.forEach((row, i) => { if (i % stride === 0) line(row, colour("--axis"), 0.12, 1); });
  const strong = valued.filter(row => kept.has(row)).reverse(); // the best last, over all others
  const alpha = Math.min(0.6, Math.max(0.06, 30 / (strong.length + 1)));
  const step = Math.ceil(strong.length / MOST); // as many as can be told apart; the leaders always
  const tone = colour("--lines");
  strong.forEach((row, i) => { if (i % step === 0 || i >= strong.length - LEADERS) line(row, tone, alpha, 1.2); });
  if (strong.length) line(strong[strong.length - 1], colour("--accent"), 1, 2.2);
};

const upright = (axis, k) => {
  const x = xOf(k);
  pen.strokeStyle = colour("--muted"); pen.lineWidth = 1.2;
  pen.beginPath(); pen.moveTo(x, TOP); pen.lineTo(x, BOTTOM); pen.stroke();
  if (brushes[k]) {
    pen.fillStyle = colour("--accent"); pen.globalAlpha = 0.3;
    pen.fillRect(x - 7, yOf(brushes[k][1]), 14, Math.max(2, yOf(brushes[k][0]) - yOf(brushes[k][1])));
    pen.globalAlpha = 1;
  }
  pen.font = "11px Inter, sans-serif"; pen.textAlign = "left"; pen.textBaseline = "middle";
  const room = LAST === 0 ? width : (width - 2 * SIDE) / LAST;
  for (const [u, label] of axis.ticks.length > 14 ? [] : axis.ticks) {
    let text = label;
    while (text.length > 2 && pen.measureText(text).width > Math.max(24, room - 8)) text = text.slice(0, -2) + "…";
    pen.fillStyle = colour("--paper"); pen.globalAlpha = 0.8;
    pen.fillRect(x + 4, yOf(u) - 7, pen.measureText(text).width + 3, 14);
    pen.globalAlpha = 1; pen.fillStyle = colour("--muted");
    pen.fillText(text, x + 5, yOf(u));
  }
  pen.fillStyle = colour("--ink"); pen.font = "600 12px Inter, sans-serif"; pen.textAlign = k === 0 ? "left" : k === LAST ? "right" : "center";
  let name = axis.name;
  while (name.length > 3 && pen.measureText(name).width > room * 1.7) name = name.slice(0, -2) + "…";
  pen.fillText(name, k === 0 ? 4 : k === LAST ? width - 4 : x, k % 2 ? 14 : 32);
};

// ---- the two ends of the range on each axis, for the keyboard; nothing is to be seen of them but the one that has the focus
const thumbs = document.getElementById("thumbs");
const STEP = 0.02, LEAP = 0.1;
let current = 0; // end 2k is the lower one of axis k, 2k + 1 the upper one
const rangeOf = k => brushes[k] ?? [0, 1];
const placeOf = i => rangeOf(i >> 1)[i & 1];
const valueAt = (k, u) => {
  const row = data.rows.find(row => row[places][k] === u);
  return row ? k === LAST ? say(row[VALUE]) : show(row[7 + k]) : u < 0.5 ? "the lower end" : "the upper end";
};
const describe = () => {
  data.axes.forEach((axis, k) => [0, 1].forEach(side => {
    const i = 2 * k + side, end = thumbs.children[i], u = placeOf(i);
    end.tabIndex = i === current ? 0 : -1;
    end.style.left = `${xOf(k)}px`;
    end.style.top = `${yOf(u)}px`;
    end.setAttribute("aria-valuenow", Math.round(100 * u));
    end.setAttribute("aria-valuetext", `${valueAt(k, u)}; ${document.getElementById("count").textContent}`);
  }));
};
const makeThumbs = () => {
  const labels = data.axes.flatMap(axis => [`${axis.name}: from`, `${axis.name}: to`]);
  if (labels.join("\n") === [...thumbs.children].map(end => end.getAttribute("aria-label")).join("\n")) return; // the focus stays on one
  current = 0;
  thumbs.replaceChildren(...labels.map((label, i) => {
    const end = document.createElement("span");
    for (const [name, value] of Object.entries({ role: "slider", "aria-orientation": "vertical", "aria-label": label, "aria-valuemin": 0, "aria-valuemax": 100, "aria-valuenow": 100 * (i & 1) })) end.setAttribute(name, value);
    end.addEventListener("focus", () => { current = i; });
    return end;
  }));
};
// The next place of a trial that is so far away, or the axis's own end; the two ends do not pass each other.
const moveThumb = (i, by) => {
  const k = i >> 1, range = [...rangeOf(k)], from = range[i & 1], up = by > 0;
  const beyond = data.rows.map(row => row[places][k]).filter(u => u !== null && (up ? u >= from + by : u <= from + by));
  const to = beyond.length === 0 ? (up ? 1 : 0) : up ? Math.min(...beyond) : Math.max(...beyond);
  range[i & 1] = i & 1 ? Math.max(range[0], to) : Math.min(range[1], to);
  brushes[k] = range[0] <= 0 && range[1] >= 1 ? null : range;
  update();
};
const KEYS = { ArrowUp: STEP, ArrowDown: -STEP, PageUp: LEAP, PageDown: -LEAP, End: 2, Home: -2 };
thumbs.addEventListener("keydown", event => {
  const turn = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  if (turn) thumbs.children[Math.min(thumbs.children.length - 1, Math.max(0, current + turn))].focus();
  else if (KEYS[event.key]) moveThumb(current, KEYS[event.key]);
  else if (event.key === "Delete" || event.key === "Backspace") { brushes[current >> 1] = null; update(); }
  else return;
  event.preventDefault();
});

const stretch = () => {
  LAST = data.axes.length - 1;
  makeThumbs();
  canvas.parentElement.style.minWidth = `${60 * data.axes.length}px`; // on a narrow screen the axes scroll
};

// The lines of all trials are drawn once and kept; pointing at one only draws that one over them.
const still = document.createElement("canvas");
const draw = () => {
  const ratio = devicePixelRatio || 1;
  width = canvas.clientWidth;
  if (width === 0) return; // not laid out yet, or hidden
  canvas.width = width * ratio; canvas.height = 400 * ratio;
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  lines();
  data.axes.forEach(upright);
  still.width = canvas.width; still.height = canvas.height;
  still.getContext("2d").drawImage(canvas, 0, 0);
  over();
  describe();
};
const over = () => {
  if (width === 0) return;
  pen.save();
  pen.setTransform(1, 0, 0, 1, 0, 0);
  pen.clearRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(still, 0, 0);
  pen.restore();
  if (pointed && pointed[places][LAST] !== null) line(pointed, colour("--ink"), 1, 2.2);
};

const axisAt = x => data.axes.reduce((found, _, k) => Math.abs(xOf(k) - x) < Math.abs(xOf(found) - x) ? k : found, 0);
const unitAt = y => Math.min(1, Math.max(0, (BOTTOM - y) / (BOTTOM - TOP)));
const lineAt = event => {
  if (LAST === 0) return null;
  const k = Math.min(LAST - 1, Math.max(0, data.axes.findIndex((_, i) => xOf(i) > event.offsetX) - 1));
  const t = (event.offsetX - xOf(k)) / (xOf(k + 1) - xOf(k));
  let found = null, distance = 8;
  for (const row of matching) {
    if (row[places][LAST] === null) continue;
    const away = Math.abs(yOf(row[places][k]) * (1 - t) + yOf(row[places][k + 1]) * t - event.offsetY);
    if (away < distance) [distance, found] = [away, row];
  }
  return found;
};

let dragging = null;
canvas.addEventListener("pointerdown", event => {
  const k = axisAt(event.offsetX);
  if (Math.abs(xOf(k) - event.offsetX) > 24) return;
  dragging = { k, from: unitAt(event.offsetY) };
  point(null);
  showTip(event, null);
  canvas.setPointerCapture(event.pointerId);
});
canvas.addEventListener("pointermove", event => {
  if (!dragging) {
    const row = lineAt(event);
    point(row);
    showTip(event, row);
    return;
  }
  const to = unitAt(event.offsetY);
  brushes[dragging.k] = Math.abs(to - dragging.from) < 0.01 ? null : [Math.min(to, dragging.from), Math.max(to, dragging.from)];
  update();
});
canvas.addEventListener("pointerup", event => {
  if (dragging && Math.abs(unitAt(event.offsetY) - dragging.from) < 0.01) { brushes[dragging.k] = null; update(); }
  dragging = null;
});
canvas.addEventListener("pointerleave", event => { point(null); showTip(event, null); });
canvas.addEventListener("click", event => { if (Math.abs(xOf(axisAt(event.offsetX)) - event.offsetX) > 24) choose(event, lineAt(event)); });
canvas.addEventListener("dblclick", event => { brushes[axisAt(event.offsetX)] = null; update(); });
addEventListener("resize", draw);
views.push({ loaded: stretch, matched: draw, pointed: over, themed: draw });
document.fonts?.ready.then(draw);

const given = document.getElementById("data"); // a report has its trials in it
if (given) load(JSON.parse(given.textContent));

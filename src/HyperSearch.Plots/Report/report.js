"use strict";
(() => {
  const root = document.documentElement;
  const theme = document.getElementById("theme");
  theme.addEventListener("click", () => {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
    if (draw) draw();
  });

  let draw = null;
  const data = JSON.parse(document.getElementById("data").textContent);
  const table = document.getElementById("rows");
  if (!table) return;

  // A row: rank, trial, state, value, epochs, seconds, origin, parameters…, metrics…, reason, positions.
  const parameters = data.axes.slice(0, -1).map(axis => axis.name);
  const names = ["rank", "trial", "state", data.metric, "epochs", "seconds", "origin", ...parameters, ...data.metrics, "reason"];
  const places = names.length;
  const isWord = names.map((_, c) => data.rows.some(row => typeof row[c] === "string"));
  const number = value => Number.isInteger(value) ? String(value)
    : Math.abs(value) < 1e-3 ? Number(value.toPrecision(3)).toExponential() : String(Number(value.toPrecision(4)));
  const show = value => value === null ? "" : typeof value === "number" ? number(value) : value;

  let sorted = 0, descending = false, limit = 100;
  const brushes = data.axes.map(() => null);
  let matching = data.rows;

  // ---- filter: words anywhere, or comparisons such as learning_rate<0.01 and state=completed
  const filter = document.getElementById("filter");
  const tests = () => filter.value.trim().split(/\s+/).filter(Boolean).map(token => {
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
  });

  const inBrushes = row => brushes.every((brush, k) => !brush || (row[places][k] !== null && row[places][k] >= brush[0] && row[places][k] <= brush[1]));

  const update = () => {
    const all = tests();
    matching = data.rows.filter(row => inBrushes(row) && all.every(test => test(row)));
    const sign = descending ? -1 : 1;
    matching.sort((a, b) => {
      const [x, y] = [a[sorted], b[sorted]];
      if (x === null || y === null) return (x === null) - (y === null) || a[0] - b[0];
      return (typeof x === "number" ? x - y : x.localeCompare(y)) * sign || a[0] - b[0];
    });
    fill();
    if (draw) draw();
  };

  // ---- table
  const head = document.createElement("tr");
  names.forEach((name, c) => {
    const cell = document.createElement("th");
    cell.scope = "col";
    const button = document.createElement("button");
    button.type = "button";
    button.className = isWord[c] ? "word" : "";
    button.addEventListener("click", () => {
      descending = sorted === c && !descending;
      sorted = c;
      update();
    });
    cell.append(button);
    head.append(cell);
  });
  table.tHead.append(head);
  const body = table.tBodies[0];
  const more = document.getElementById("more");

  const fill = () => {
    names.forEach((name, c) => {
      head.children[c].firstChild.textContent = name + (c === sorted ? (descending ? " ↓" : " ↑") : "");
      head.children[c].setAttribute("aria-sort", c === sorted ? (descending ? "descending" : "ascending") : "none");
    });
    const rows = document.createDocumentFragment();
    for (const row of matching.slice(0, limit)) {
      const line = document.createElement("tr");
      for (let c = 0; c < places; c++) {
        const cell = document.createElement("td");
        cell.textContent = show(row[c]);
        if (isWord[c]) { cell.className = "word"; cell.title = cell.textContent; }
        line.append(cell);
      }
      rows.append(line);
    }
    body.replaceChildren(rows);
    document.getElementById("count").textContent = matching.length === data.rows.length ? `${data.rows.length} trials` : `${matching.length} of ${data.rows.length} trials`;
    more.hidden = matching.length <= limit;
  };
  more.addEventListener("click", () => { limit += 500; fill(); });
  let waiting = 0;
  filter.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(update, 120); });

  // ---- parallel axes
  const canvas = document.getElementById("axes");
  const tip = document.getElementById("tip");
  const pen = canvas.getContext("2d");
  const [top, bottom, side] = [52, 372, 60];
  let width = 0, hovered = null;
  const xOf = k => data.axes.length === 1 ? width / 2 : side + (width - 2 * side) * k / (data.axes.length - 1);
  const yOf = u => u === null ? bottom + 16 : bottom - (bottom - top) * u;

  const line = (row, colour, alpha, thick) => {
    pen.strokeStyle = colour; pen.globalAlpha = alpha; pen.lineWidth = thick;
    pen.beginPath();
    row[places].forEach((u, k) => k ? pen.lineTo(xOf(k), yOf(u)) : pen.moveTo(xOf(k), yOf(u)));
    pen.stroke();
  };

  draw = () => {
    const ratio = devicePixelRatio || 1;
    width = canvas.clientWidth;
    canvas.width = width * ratio; canvas.height = 400 * ratio;
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    const style = getComputedStyle(root);
    const colour = name => style.getPropertyValue(name).trim();
    const kept = new Set(matching);
    const last = data.axes.length - 1;
    const valued = data.rows.filter(row => row[places][last] !== null);
    const some = valued.length > 3000 ? valued.filter((_, i) => i % Math.ceil(valued.length / 3000) === 0) : valued;
    for (const row of some) if (!kept.has(row)) line(row, colour("--axis"), 0.12, 1);
    const strong = matching.filter(row => row[places][last] !== null).sort((a, b) => b[0] - a[0]);
    const alpha = Math.min(0.6, Math.max(0.06, 30 / (strong.length + 1)));
    const stride = Math.ceil(strong.length / 1500); // as many as can be told apart; the leaders always
    strong.forEach((row, i) => { if (i % stride === 0 || i >= strong.length - 50) line(row, colour("--lines"), alpha, 1.2); });
    if (strong.length) line(strong[strong.length - 1], colour("--accent"), 1, 2.2);
    if (hovered) line(hovered, colour("--ink"), 1, 2.2);
    pen.globalAlpha = 1;
    data.axes.forEach((axis, k) => {
      const x = xOf(k);
      pen.strokeStyle = colour("--muted"); pen.lineWidth = 1.2;
      pen.beginPath(); pen.moveTo(x, top); pen.lineTo(x, bottom); pen.stroke();
      if (brushes[k]) {
        pen.fillStyle = colour("--accent"); pen.globalAlpha = 0.3;
        pen.fillRect(x - 7, yOf(brushes[k][1]), 14, Math.max(2, yOf(brushes[k][0]) - yOf(brushes[k][1])));
        pen.globalAlpha = 1;
      }
      pen.font = "11px Inter, sans-serif"; pen.textAlign = "left"; pen.textBaseline = "middle";
      for (const [u, label] of axis.ticks.length > 14 ? [] : axis.ticks) {
        const text = label.length > 12 ? label.slice(0, 11) + "…" : label;
        pen.fillStyle = colour("--paper"); pen.globalAlpha = 0.8;
        pen.fillRect(x + 4, yOf(u) - 7, pen.measureText(text).width + 3, 14);
        pen.globalAlpha = 1; pen.fillStyle = colour("--muted");
        pen.fillText(text, x + 5, yOf(u));
      }
      pen.fillStyle = colour("--ink"); pen.font = "600 12px Inter, sans-serif"; pen.textAlign = k === 0 ? "left" : k === last ? "right" : "center";
      const room = (width / data.axes.length) * 1.7;
      let name = axis.name;
      while (name.length > 3 && pen.measureText(name).width > room) name = name.slice(0, -2) + "…";
      pen.fillText(name, k === 0 ? 4 : k === last ? width - 4 : x, k % 2 ? 14 : 32);
    });
  };

  const axisAt = x => data.axes.reduce((best, _, k) => Math.abs(xOf(k) - x) < Math.abs(xOf(best) - x) ? k : best, 0);
  const unitAt = y => Math.min(1, Math.max(0, (bottom - y) / (bottom - top)));
  let dragging = null;
  canvas.addEventListener("pointerdown", event => {
    const k = axisAt(event.offsetX);
    if (Math.abs(xOf(k) - event.offsetX) > 24) return;
    dragging = { k, from: unitAt(event.offsetY) };
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener("pointermove", event => {
    if (dragging) {
      const to = unitAt(event.offsetY);
      brushes[dragging.k] = Math.abs(to - dragging.from) < 0.01 ? null : [Math.min(to, dragging.from), Math.max(to, dragging.from)];
      update();
      return;
    }
    const x = event.offsetX, k = Math.min(data.axes.length - 2, Math.max(0, data.axes.findIndex((_, i) => xOf(i) > x) - 1));
    let nearest = null, distance = 8;
    if (data.axes.length > 1) for (const row of matching) {
      if (row[places][data.axes.length - 1] === null) continue;
      const t = (x - xOf(k)) / (xOf(k + 1) - xOf(k));
      const y = yOf(row[places][k]) * (1 - t) + yOf(row[places][k + 1]) * t;
      if (Math.abs(y - event.offsetY) < distance) { distance = Math.abs(y - event.offsetY); nearest = row; }
    }
    if (nearest !== hovered) { hovered = nearest; draw(); }
    tip.hidden = !nearest;
    if (nearest) {
      tip.textContent = `trial ${nearest[1]}, rank ${nearest[0]}: ${data.metric} ${data.share ? number(nearest[3] * 100) + " %" : number(nearest[3])}`;
      const box = canvas.getBoundingClientRect();
      tip.style.left = Math.min(event.pageX + 14, box.right + scrollX - 260) + "px"; tip.style.top = event.pageY + 14 + "px";
    }
  });
  canvas.addEventListener("pointerup", event => {
    if (dragging && Math.abs(unitAt(event.offsetY) - dragging.from) < 0.01) { brushes[dragging.k] = null; update(); }
    dragging = null;
  });
  canvas.addEventListener("pointerleave", () => { if (hovered) { hovered = null; tip.hidden = true; draw(); } });
  canvas.addEventListener("dblclick", event => { brushes[axisAt(event.offsetX)] = null; update(); });
  addEventListener("resize", draw);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  update();
})();

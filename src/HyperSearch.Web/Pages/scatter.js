// Points of trials on two axes. Pointing at one names it, a click opens its trial, dragging magnifies and a double click returns; by
// keyboard arrows go from trial to trial, Enter opens one, + magnifies around it and 0 returns.
const panels = new Set();
const EDGES = { left: 58, right: 14, top: 10, bottom: 44 }, ROOM = 0.04;
const seeing = new IntersectionObserver(entries => { for (const { target, isIntersecting } of entries) { target.panel.inSight = isIntersecting; if (isIntersecting) target.panel.draw(); } }, { rootMargin: "200px" });

// across and upward give { label, ticks }, of the place of a row, each in [0, 1], or several places; under draws what lies below the points.
const scatter = (box, { words, height, across, upward, of, size = () => 4, under = () => {} }) => {
  const canvas = element("canvas", null, { class: "scatter", tabindex: 0, role: "img", "aria-label": words });
  canvas.style.height = `${height}px`;
  box.replaceChildren(canvas);
  const pen = canvas.getContext("2d"), still = document.createElement("canvas");
  let width = 0, view = { x: [0, 1], y: [0, 1] }, drawn = [], step = null, dragging = null, dirty = true;
  const X = u => EDGES.left + (width - EDGES.left - EDGES.right) * ((u - view.x[0]) / (view.x[1] - view.x[0]) * (1 - 2 * ROOM) + ROOM);
  const Y = u => height - EDGES.bottom - (height - EDGES.top - EDGES.bottom) * ((u - view.y[0]) / (view.y[1] - view.y[0]) * (1 - 2 * ROOM) + ROOM);
  const unX = x => view.x[0] + (((x - EDGES.left) / (width - EDGES.left - EDGES.right)) - ROOM) / (1 - 2 * ROOM) * (view.x[1] - view.x[0]);
  const unY = y => view.y[0] + (((height - EDGES.bottom - y) / (height - EDGES.top - EDGES.bottom)) - ROOM) / (1 - 2 * ROOM) * (view.y[1] - view.y[0]);
  const isInside = ([x, y]) => x >= view.x[0] - 1e-9 && x <= view.x[1] + 1e-9 && y >= view.y[0] - 1e-9 && y <= view.y[1] + 1e-9;
  const fitting = (text, room) => { while (text.length > 2 && pen.measureText(text).width > room) text = text.slice(0, -2) + "…"; return text; };
  const dot = (x, y, radius) => { pen.beginPath(); pen.arc(x, y, radius, 0, 2 * Math.PI); };

  const frame = () => {
    const [h, v] = [across(), upward()];
    pen.font = "12px Inter, sans-serif"; pen.lineWidth = 1;
    const shownX = h.ticks.filter(([u]) => u >= view.x[0] && u <= view.x[1]).sort((a, b) => a[0] - b[0]), shownY = v.ticks.filter(([u]) => u >= view.y[0] && u <= view.y[1]);
    pen.textAlign = "center"; pen.textBaseline = "top";
    let last = -Infinity;
    for (const [u, label] of shownX) {
      const x = X(u);
      pen.strokeStyle = colour("--grid"); pen.beginPath(); pen.moveTo(x, EDGES.top); pen.lineTo(x, height - EDGES.bottom); pen.stroke();
      const text = fitting(label, Math.max(34, (width - EDGES.left - EDGES.right) / Math.max(1, shownX.length) - 6)), half = pen.measureText(text).width / 2;
      if (x - half < last + 6) continue;
      last = x + half;
      pen.fillStyle = colour("--muted"); pen.fillText(text, Math.min(width - half - 2, x), height - EDGES.bottom + 5);
    }
    pen.textAlign = "right"; pen.textBaseline = "middle";
    for (const [u, label] of shownY) {
      const y = Y(u);
      pen.strokeStyle = colour("--grid"); pen.beginPath(); pen.moveTo(EDGES.left, y); pen.lineTo(width - EDGES.right, y); pen.stroke();
      pen.fillStyle = colour("--muted"); pen.fillText(fitting(label, EDGES.left - 10), EDGES.left - 6, y);
    }
    pen.strokeStyle = colour("--axis");
    pen.strokeRect(EDGES.left, EDGES.top, width - EDGES.left - EDGES.right, height - EDGES.top - EDGES.bottom);
    pen.fillStyle = colour("--ink"); pen.font = "600 12px Inter, sans-serif"; pen.textAlign = "center"; pen.textBaseline = "bottom";
    pen.fillText(fitting(h.label, width - EDGES.left - EDGES.right), EDGES.left + (width - EDGES.left - EDGES.right) / 2, height - 4);
    pen.save(); pen.translate(11, EDGES.top + (height - EDGES.top - EDGES.bottom) / 2); pen.rotate(-Math.PI / 2); pen.textBaseline = "middle";
    pen.fillText(fitting(v.label, height - EDGES.top - EDGES.bottom), 0, 0);
    pen.restore();
  };
  const points = () => {
    const kept = new Set(matching), tones = {};
    for (const [kind, name] of Object.entries(ORIGINS)) tones[kind] = colour(name);
    drawn = [];
    pen.fillStyle = colour("--axis"); pen.globalAlpha = 0.35;
    const strong = [];
    for (const row of data.rows) {
      const places = of(row);
      for (const place of Array.isArray(places?.[0]) ? [...places].reverse() : [places]) { // of several the last is rung
        if (!place || !isInside(place)) continue;
        if (kept.has(row)) strong.push([row, place]);
        else { dot(X(place[0]), Y(place[1]), 2.5); pen.fill(); }
      }
    }
    pen.globalAlpha = strong.length > 2000 ? 0.5 : 0.8;
    for (const [row, place] of strong.reverse()) { // the best last, over all others
      drawn.push([row, X(place[0]), Y(place[1])]);
      pen.fillStyle = tones[row[ORIGIN]] ?? colour("--muted");
      dot(X(place[0]), Y(place[1]), size(row)); pen.fill();
    }
    pen.globalAlpha = 1;
    const best = strong.at(-1);
    if (best && best[0][RANK] === 1) { pen.strokeStyle = colour("--accent"); pen.lineWidth = 2; dot(X(best[1][0]), Y(best[1][1]), 8); pen.stroke(); }
  };
  const over = () => {
    if (!width || dirty) return;
    pen.save(); pen.setTransform(1, 0, 0, 1, 0, 0); pen.clearRect(0, 0, canvas.width, canvas.height); pen.drawImage(still, 0, 0); pen.restore();
    const found = pointed && drawn.find(([row]) => row === pointed);
    if (found) { pen.strokeStyle = colour("--ink"); pen.lineWidth = 2; dot(found[1], found[2], 8); pen.stroke(); }
    if (dragging?.to) {
      pen.fillStyle = colour("--lines"); pen.globalAlpha = 0.15;
      pen.fillRect(dragging.from[0], dragging.from[1], dragging.to[0] - dragging.from[0], dragging.to[1] - dragging.from[1]);
      pen.globalAlpha = 1;
    }
  };
  const draw = () => {
    if (!panel.inSight || !data.rows.length) return;
    const ratio = devicePixelRatio || 1;
    width = canvas.clientWidth;
    if (!width) return;
    if (!dirty) return;
    canvas.width = width * ratio; canvas.height = height * ratio;
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    frame();
    pen.save(); pen.beginPath(); pen.rect(EDGES.left, EDGES.top, width - EDGES.left - EDGES.right, height - EDGES.top - EDGES.bottom); pen.clip();
    under(pen, X, Y);
    points();
    pen.restore();
    still.width = canvas.width; still.height = canvas.height;
    still.getContext("2d").drawImage(canvas, 0, 0);
    dirty = false;
    over();
  };
  const changed = () => { dirty = true; draw(); };
  const nearest = event => {
    let found = null, distance = 18 * 18;
    for (const [row, x, y] of drawn) {
      const away = (x - event.offsetX) ** 2 + (y - event.offsetY) ** 2;
      if (away <= distance) [distance, found] = [away, row];
    }
    return found;
  };
  const magnify = (x, y) => { view = { x: [Math.min(...x), Math.max(...x)], y: [Math.min(...y), Math.max(...y)] }; changed(); };
  canvas.addEventListener("pointerdown", event => { if (event.pointerType !== "touch") dragging = { from: [event.offsetX, event.offsetY], to: null }; });
  canvas.addEventListener("pointermove", event => {
    if (dragging && event.buttons && Math.hypot(event.offsetX - dragging.from[0], event.offsetY - dragging.from[1]) > 6) {
      dragging.to = [event.offsetX, event.offsetY];
      showTip(event, null);
      over();
      return;
    }
    const row = nearest(event);
    point(row);
    showTip(event, row);
  });
  let magnified = false;
  addEventListener("pointerup", () => {
    if (dragging?.to) { magnify([unX(dragging.from[0]), unX(dragging.to[0])], [unY(dragging.from[1]), unY(dragging.to[1])]); magnified = true; }
    dragging = null;
  });
  canvas.addEventListener("pointerleave", event => { point(null); showTip(event, null); });
  canvas.addEventListener("dblclick", () => { view = { x: [0, 1], y: [0, 1] }; changed(); });
  canvas.addEventListener("click", event => { if (!magnified) choose(event, nearest(event)); magnified = false; });
  canvas.addEventListener("keydown", event => {
    const known = drawn.includes(step) && step[0] === pointed ? step : drawn.find(([row]) => row === pointed);
    if (event.key === "Enter" && pointed) openTrial(pointed);
    else if (event.key === "0" || event.key === "Escape") { view = { x: [0, 1], y: [0, 1] }; changed(); }
    else if (event.key === "+" || event.key === "-") {
      const factor = event.key === "+" ? 0.25 : 1, [x, y] = known ? [unX(known[1]), unY(known[2])] : [(view.x[0] + view.x[1]) / 2, (view.y[0] + view.y[1]) / 2];
      const [w, h] = [(view.x[1] - view.x[0]) * factor, (view.y[1] - view.y[0]) * factor];
      magnify([Math.max(0, x - w), Math.min(1, x + w)], [Math.max(0, y - h), Math.min(1, y + h)]);
    } else if (event.key.startsWith("Arrow")) {
      const order = [...drawn].sort(event.key === "ArrowLeft" || event.key === "ArrowRight" ? (a, b) => a[1] - b[1] || a[2] - b[2] : (a, b) => b[2] - a[2] || a[1] - b[1]);
      const way = event.key === "ArrowRight" || event.key === "ArrowUp" ? 1 : -1, at = known ? order.indexOf(known) + way : 0;
      const next = order[Math.min(order.length - 1, Math.max(0, at))];
      if (!next) return;
      step = next;
      point(next[0]);
      const area = canvas.getBoundingClientRect();
      showTip({ pageX: area.left + scrollX + next[1], pageY: area.top + scrollY + next[2] }, next[0]);
    } else return;
    event.preventDefault();
  });
  canvas.addEventListener("blur", event => { point(null); showTip(event, null); });
  const panel = { inSight: false, draw, changed, over, free: () => { seeing.unobserve(canvas); panels.delete(panel); } };
  canvas.panel = panel;
  panels.add(panel);
  seeing.observe(canvas);
  new ResizeObserver(changed).observe(canvas);
  return panel;
};
const allPanels = what => { for (const panel of panels) panel[what](); };
views.push({ matched: () => allPanels("changed"), themed: () => allPanels("changed"), pointed: () => allPanels("over") });

// Every trial in the order proposed, drawn with uPlot: pointing at one names it, a click finds it in the table, dragging magnifies.
const chart = document.getElementById("history"); // missing where no trial has a value
let flight = []; // trials under way, { trial, value } each: hollow points of a page that lives
if (chart) {
  const HEIGHT = 380;

  let inOrder = [], kinds = [], best = [], made = "", plot = null, isMagnified = false;
  const isBeyond = row => row[VALUE] !== null && (row[VALUE] > data.scale.high || row[VALUE] < data.scale.low);
  const onScale = value => value === null ? null : Math.min(data.scale.high, Math.max(data.scale.low, value));
  const heightOf = row => onScale(row[VALUE]);

  const bestSoFar = () => {
    const full = inOrder.some(row => row[STATE] === "completed" && row[VALUE] !== null);
    let best = null;
    return inOrder.map(row => {
      if (row[VALUE] !== null && (!full || row[STATE] === "completed") && (best === null || (data.scale.maximize ? row[VALUE] > best : row[VALUE] < best))) best = row[VALUE];
      return onScale(best);
    });
  };
  const series = () => {
    const kept = new Set(matching);
    return [
      inOrder.map(row => row[TRIAL]),
      inOrder.map(row => kept.has(row) || isBeyond(row) ? null : heightOf(row)),
      ...kinds.map(kind => inOrder.map(row => kept.has(row) && row[ORIGIN] === kind && !isBeyond(row) ? heightOf(row) : null)),
      best,
    ];
  };

  const outliers = u => {
    const tip = 5 * devicePixelRatio; // triangles at the border that point to where they lie
    for (const row of matching.filter(isBeyond)) {
      const up = row[VALUE] > data.scale.high ? -1 : 1, x = u.valToPos(row[TRIAL], "x", true), y = u.valToPos(heightOf(row), "y", true) - up * 1.6 * tip;
      if (row[TRIAL] < u.scales.x.min || row[TRIAL] > u.scales.x.max) continue;
      u.ctx.beginPath();
      u.ctx.moveTo(x - tip, y - up * tip * 0.2);
      u.ctx.lineTo(x + tip, y - up * tip * 0.2);
      u.ctx.lineTo(x, y + up * tip * 1.5);
      u.ctx.fillStyle = colour(ORIGINS[row[ORIGIN]] ?? "--muted");
      u.ctx.fill();
    }
  };
  const ring = (u, trial, value, radius, tone) => {
    if (trial < u.scales.x.min || trial > u.scales.x.max) return;
    u.ctx.beginPath();
    u.ctx.arc(u.valToPos(trial, "x", true), u.valToPos(onScale(value), "y", true), radius * devicePixelRatio, 0, 2 * Math.PI);
    u.ctx.strokeStyle = colour(tone);
    u.ctx.lineWidth = 2 * devicePixelRatio;
    u.ctx.stroke();
  };
  const over = u => {
    outliers(u);
    for (const { trial, value } of flight) ring(u, trial, value ?? (data.scale.maximize ? data.scale.low : data.scale.high), 4, "--muted");
    if (pointed && pointed[VALUE] !== null) ring(u, pointed[TRIAL], pointed[VALUE], 8, "--ink");
  };

  const draw = () => {
    const size = inOrder.length > 600 ? 4 : inOrder.length > 150 ? 6 : 8;
    const { log } = data.scale;
    const form = JSON.stringify([kinds, log, size, data.metric]);
    if (form === made) return;
    made = form;
    plot?.destroy();
    isMagnified = false;
    const dots = (label, tone) => ({ label, paths: () => null, points: { show: true, size, width: 0, fill: () => colour(tone) }, stroke: () => colour(tone) });
    const axis = (label, more) => ({ label, labelSize: 26, font: "12px Inter, sans-serif", labelFont: "13px Inter, sans-serif", stroke: () => colour("--muted"), grid: { stroke: () => colour("--grid"), width: 1 }, ticks: { stroke: () => colour("--axis"), width: 1 }, ...more });
    const last = to => flight.reduce((most, job) => Math.max(most, job.trial), to ?? 0);
    plot = new uPlot({
      width: chart.clientWidth,
      height: HEIGHT,
      legend: { show: false },
      cursor: { points: { show: false }, y: false, drag: { x: true, y: false } },
      scales: { x: { time: false, range: (_, from, to) => isMagnified ? [from, to] : [(from ?? 0) - 0.5, last(to) + 0.5] }, y: { distr: log ? 3 : 1, range: () => [data.scale.low, data.scale.high] } },
      series: [
        {},
        dots("filtered out", "--grid"),
        ...kinds.map(kind => dots(kind, ORIGINS[kind])),
        { label: "best so far", stroke: () => colour("--accent"), width: 2, paths: uPlot.paths.stepped({ align: 1 }), points: { show: false } },
      ],
      axes: [
        axis("trial", { values: (_, ticks) => ticks.map(tick => Number.isInteger(tick) ? tick : "") }),
        axis(data.metric, { size: 62, values: (_, ticks) => ticks.map(tick => tick === null ? "" : say(tick)) }),
      ],
      hooks: { draw: [over], setSelect: [u => { isMagnified = u.select.width > 0; }] },
    }, series(), chart);
    plot.over.addEventListener("dblclick", () => { isMagnified = false; plot.setData(series()); });
    plot.over.addEventListener("pointerdown", event => { point(null); showTip(event, null); });
    plot.over.addEventListener("pointermove", event => { const row = event.buttons ? null : nearest(event); point(row); showTip(event, row); });
    plot.over.addEventListener("pointerleave", event => { point(null); showTip(event, null); });
    let down = null;
    plot.over.addEventListener("pointerdown", event => { down = [event.clientX, event.clientY]; });
    plot.over.addEventListener("click", event => { if (!down || Math.hypot(event.clientX - down[0], event.clientY - down[1]) < 6) choose(event, nearest(event)); });
  };

  const nearest = event => {
    let found = null, distance = 20 * 20;
    for (const row of matching) {
      if (row[VALUE] === null) continue;
      const dx = plot.valToPos(row[TRIAL], "x") - event.offsetX, dy = plot.valToPos(heightOf(row), "y") - event.offsetY;
      if (dx * dx + dy * dy < distance) [distance, found] = [dx * dx + dy * dy, row];
    }
    return found;
  };
  // By keyboard: left and right go from trial to trial, Enter is a click.
  chart.tabIndex = 0;
  chart.addEventListener("keydown", event => {
    const order = inOrder.filter(row => row[VALUE] !== null && matching.includes(row)), at = order.indexOf(pointed);
    if (event.key === "Enter" && pointed) choose(event, pointed);
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight" || !order.length) return;
    event.preventDefault();
    const row = order[Math.min(order.length - 1, Math.max(0, at + (event.key === "ArrowRight" ? 1 : -1)))], area = plot.over.getBoundingClientRect();
    point(row);
    showTip({ pageX: area.left + scrollX + plot.valToPos(row[TRIAL], "x"), pageY: area.top + scrollY + plot.valToPos(heightOf(row), "y") }, row);
  });
  chart.addEventListener("blur", event => { point(null); showTip(event, null); });
  new ResizeObserver(() => plot?.setSize({ width: chart.clientWidth, height: HEIGHT })).observe(chart);

  const explain = () => {
    const marks = [...kinds.map(kind => [kind, ORIGINS[kind], "dot"]), ["best so far", "--accent", "line"],
      ...(flight.length ? [["running", "--muted", "ring"]] : []), ...(inOrder.some(isBeyond) ? [["▲ beyond the scale", "", ""]] : [])];
    document.getElementById("key").replaceChildren(...marks.map(([label, tone, shape]) => {
      const entry = document.createElement("span");
      const mark = document.createElement("i");
      mark.className = shape;
      if (tone) mark.style.setProperty("--tone", `var(${tone})`);
      entry.append(...(tone ? [mark, label] : [label]));
      return entry;
    }));
  };

  views.push({
    loaded: () => {
      inOrder = [...data.rows].sort((a, b) => a[TRIAL] - b[TRIAL]);
      kinds = Object.keys(ORIGINS).filter(kind => inOrder.some(row => row[ORIGIN] === kind && row[VALUE] !== null));
      best = bestSoFar();
      explain();
      draw();
    },
    matched: () => { plot?.setData(series(), !isMagnified); if (isMagnified) plot?.redraw(true); },
    flown: () => { explain(); if (plot && !isMagnified) plot.setData(series()); },
    pointed: () => plot?.redraw(false),
    themed: () => plot?.redraw(false),
  });
}

// Every trial in the order proposed, drawn with uPlot: pointing at one names it, a click finds it in the table, dragging magnifies.
const chart = document.getElementById("history"); // missing where no trial has a value
if (chart) {
  const ORIGINS = { global: "--global", hop: "--hop", box: "--box", model: "--model", enqueued: "--enqueued" };
  const HEIGHT = 380;

  const inOrder = [...data.rows].sort((a, b) => a[TRIAL] - b[TRIAL]);
  const { log, low, high, maximize } = data.scale;
  const isBeyond = row => row[VALUE] !== null && (row[VALUE] > high || row[VALUE] < low);
  const heightOf = row => row[VALUE] === null ? null : Math.min(high, Math.max(low, row[VALUE]));
  const kinds = Object.keys(ORIGINS).filter(kind => inOrder.some(row => row[ORIGIN] === kind && row[VALUE] !== null));

  const bestSoFar = () => {
    const full = inOrder.some(row => row[STATE] === "completed" && row[VALUE] !== null);
    let best = null;
    return inOrder.map(row => {
      if (row[VALUE] !== null && (!full || row[STATE] === "completed") && (best === null || (maximize ? row[VALUE] > best : row[VALUE] < best))) best = row[VALUE];
      return best === null ? null : Math.min(high, Math.max(low, best));
    });
  };
  const best = bestSoFar();
  const series = () => {
    const kept = new Set(matching);
    return [
      inOrder.map(row => row[TRIAL]),
      inOrder.map(row => kept.has(row) || isBeyond(row) ? null : heightOf(row)),
      ...kinds.map(kind => inOrder.map(row => kept.has(row) && row[ORIGIN] === kind && !isBeyond(row) ? heightOf(row) : null)),
      best,
    ];
  };

  const size = inOrder.length > 600 ? 4 : inOrder.length > 150 ? 6 : 8;
  const dots = (label, tone) => ({ label, paths: () => null, points: { show: true, size, width: 0, fill: () => colour(tone) }, stroke: () => colour(tone) });
  const axis = (label, more) => ({ label, labelSize: 26, font: "12px Inter, sans-serif", labelFont: "13px Inter, sans-serif", stroke: () => colour("--muted"), grid: { stroke: () => colour("--grid"), width: 1 }, ticks: { stroke: () => colour("--axis"), width: 1 }, ...more });

  const plot = new uPlot({
    width: chart.clientWidth,
    height: HEIGHT,
    legend: { show: false },
    cursor: { points: { show: false }, y: false, drag: { x: true, y: false } },
    scales: { x: { time: false, range: (_, from, to) => [from - 0.5, to + 0.5] }, y: { distr: log ? 3 : 1, range: () => [low, high] } },
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
    hooks: {
      draw: [u => {
        const tip = 5 * devicePixelRatio; // outliers are triangles at the border that point to where they lie
        for (const row of matching.filter(isBeyond)) {
          const up = row[VALUE] > high ? -1 : 1, x = u.valToPos(row[TRIAL], "x", true), y = u.valToPos(heightOf(row), "y", true) - up * 1.6 * tip;
          if (row[TRIAL] < u.scales.x.min || row[TRIAL] > u.scales.x.max) continue;
          u.ctx.beginPath();
          u.ctx.moveTo(x - tip, y - up * tip * 0.2);
          u.ctx.lineTo(x + tip, y - up * tip * 0.2);
          u.ctx.lineTo(x, y + up * tip * 1.5);
          u.ctx.fillStyle = colour(ORIGINS[row[ORIGIN]] ?? "--muted");
          u.ctx.fill();
        }
        if (!pointed || pointed[VALUE] === null) return;
        u.ctx.beginPath();
        u.ctx.arc(u.valToPos(pointed[TRIAL], "x", true), u.valToPos(heightOf(pointed), "y", true), 8 * devicePixelRatio, 0, 2 * Math.PI);
        u.ctx.strokeStyle = colour("--ink");
        u.ctx.lineWidth = 2 * devicePixelRatio;
        u.ctx.stroke();
      }],
    },
  }, series(), chart);

  const nearest = event => {
    let found = null, distance = 20 * 20;
    for (const row of matching) {
      if (row[VALUE] === null) continue;
      const dx = plot.valToPos(row[TRIAL], "x") - event.offsetX, dy = plot.valToPos(heightOf(row), "y") - event.offsetY;
      if (dx * dx + dy * dy < distance) [distance, found] = [dx * dx + dy * dy, row];
    }
    return found;
  };
  plot.over.addEventListener("pointerdown", event => { point(null); showTip(event, null); });
  plot.over.addEventListener("pointermove", event => { const row = event.buttons ? null : nearest(event); point(row); showTip(event, row); });
  plot.over.addEventListener("pointerleave", event => { point(null); showTip(event, null); });
  plot.over.addEventListener("click", event => { const row = nearest(event); if (row) { reveal(row); point(row); } });
  new ResizeObserver(() => plot.setSize({ width: chart.clientWidth, height: HEIGHT })).observe(chart);

  const key = document.getElementById("key");
  for (const [label, tone, line] of [...kinds.map(kind => [kind, ORIGINS[kind], false]), ["best so far", "--accent", true], ...(inOrder.some(isBeyond) ? [["▲ beyond the scale", "", false]] : [])]) {
    const entry = document.createElement("span");
    const mark = document.createElement("i");
    mark.className = line ? "line" : "dot";
    mark.style.background = `var(${tone})`;
    entry.append(...(tone ? [mark, label] : [label]));
    key.append(entry);
  }

  views.push({ matched: () => plot.setData(series(), false), pointed: () => plot.redraw(false), themed: () => plot.redraw(false) });
}

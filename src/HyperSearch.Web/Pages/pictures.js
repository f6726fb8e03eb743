// The pictures of a campaign that one can point into: a slice for each parameter, a plane of two, the front of several goals.
const valueTicks = () => data.axes.at(-1).ticks;
const onAxis = k => ({ label: data.axes[k].name, ticks: data.axes[k].ticks });
const LAST_AXIS = () => data.axes.length - 1;
// Trials that share one of few values lie beside each other, always in the same place.
const apart = (k, row) => data.axes[k].ticks.length <= 12 && data.axes[k].few ? ((row[TRIAL] * 0.618034) % 1 - 0.5) * 0.5 / Math.max(2, data.axes[k].ticks.length) : 0;
const placeOn = (k, row) => row[places][k] === null ? null : row[places][k] + apart(k, row);

let sliced = "";
const slices = () => {
  const said = JSON.stringify(parameters);
  if (said === sliced || !parameters.length) return;
  sliced = said;
  for (const panel of panels) if (panel.isSlice) panel.free();
  place("slices").replaceChildren(...parameters.map((name, k) => {
    const box = element("div");
    const panel = scatter(box, {
      words: `${data.metric} of every trial against ${name}; arrow keys go from trial to trial, Enter opens one, + magnifies, 0 returns`,
      height: 230, across: () => onAxis(k), upward: () => ({ label: data.metric, ticks: valueTicks() }),
      of: row => { const x = placeOn(k, row), y = row[places][LAST_AXIS()]; return x === null || y === null ? null : [x, y]; },
      size: () => data.rows.length > 600 ? 2.5 : 4,
    });
    panel.isSlice = true;
    return box;
  }));
};

// ---- the plane of two parameters, with the boxes from which trials were drawn
const [onX, onY] = [place("plane-x"), place("plane-y")];
let boxes = [], plane = null;
const planes = () => {
  if (parameters.length < 2) { place("figure-plane").hidden = true; return; }
  place("figure-plane").hidden = false;
  if (onX.options.length !== parameters.length) {
    const plays = k => data.rows.filter(row => row[places][k] !== null).length; // a condition leaves some parameters out of most trials
    const common = parameters.map((_, k) => k).sort((a, b) => plays(b) - plays(a) || a - b);
    [onX, onY].forEach((select, i) => {
      select.replaceChildren(...parameters.map(name => element("option", name, { value: name })));
      select.selectedIndex = common[i];
    });
  }
  plane ??= scatter(place("plane"), {
    words: "Every trial at its values of two parameters, larger the better it ranks; arrow keys go from trial to trial, Enter opens one, + magnifies, 0 returns",
    height: 460, across: () => onAxis(onX.selectedIndex), upward: () => onAxis(onY.selectedIndex),
    of: row => { const x = placeOn(onX.selectedIndex, row), y = placeOn(onY.selectedIndex, row); return row[VALUE] === null || x === null || y === null ? null : [x, y]; },
    size: row => 2.5 + 5 * (1 - (row[RANK] - 1) / Math.max(1, data.rows.length)) ** 3,
    under: (pen, X, Y) => boxes.forEach(({ low, high }, i) => {
      const [x, y] = [onX.selectedIndex, onY.selectedIndex];
      pen.strokeStyle = colour("--box"); pen.globalAlpha = 0.15 + 0.6 * ((i + 1) / boxes.length) ** 3; pen.lineWidth = 1.3;
      pen.strokeRect(X(low[x]), Y(high[y]), X(high[x]) - X(low[x]), Y(low[y]) - Y(high[y]));
      pen.globalAlpha = 1;
    }),
  });
};
for (const select of [onX, onY]) select.addEventListener("change", () => plane?.changed());

// ---- the front of several goals: those that no other trial beats in everything
let ends = [], front = new Set(), frontPanel = null;
const measured = (row, { metric }) => metric === data.metric ? row[VALUE] : row[names.indexOf(metric)];
const isLogged = ({ low, high }) => low > 0 && high / low >= 8;
const onGoal = (value, { low, high }) => { const f = isLogged({ low, high }) ? Math.log : v => v; return high === low ? 0.5 : (f(value) - f(low)) / (f(high) - f(low)); };
const goalTicks = end => {
  const { low, high } = end, ticks = [];
  if (isLogged(end)) {
    for (let power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power++) for (const step of high / low > 1000 ? [1] : [1, 2, 5]) ticks.push(step * 10 ** power);
  } else {
    const rough = (high - low) / 6 || 1, power = 10 ** Math.floor(Math.log10(rough)), step = power * [1, 2, 5, 10].find(s => s * power >= rough);
    for (let tick = Math.ceil(low / step) * step; tick <= high; tick += step) ticks.push(Number(tick.toPrecision(12)));
  }
  return ticks.filter(tick => tick >= low && tick <= high).map(tick => [onGoal(tick, end), number(tick)]);
};
const fronts = () => {
  const goals = data.goals ?? [];
  if (!place("figure-front") || goals.length < 2) return;
  const whole = data.rows.filter(row => row[STATE] === "completed" && goals.every(goal => Number.isFinite(measured(row, goal))));
  if (!whole.length) return;
  place("figure-front").hidden = false;
  const costs = new Map(whole.map(row => [row, goals.map(goal => goal.maximize ? -measured(row, goal) : measured(row, goal))]));
  const beats = (a, b) => a.every((cost, i) => cost <= b[i]) && a.some((cost, i) => cost < b[i]);
  front = new Set();
  const inOrder = (a, b) => { const [x, y] = [costs.get(a), costs.get(b)], i = x.findIndex((cost, k) => cost !== y[k]); return i < 0 ? 0 : x[i] - y[i]; };
  for (const row of [...whole].sort(inOrder)) // so none is beaten by a later one
    if (![...front].some(other => beats(costs.get(other), costs.get(row)))) front.add(row);
  ends = goals.map(goal => { const all = whole.map(row => measured(row, goal)); return { low: Math.min(...all), high: Math.max(...all) }; });
  setText("fronted", front.size === 1 ? "One trial is on the front: no other beats it in everything." : `${front.size} of ${whole.length} trials are on the front: no other beats them in everything.${goals.length > 2 ? ` Also ${goals.slice(2).map(goal => goal.metric).join(", ")}, which is not drawn.` : ""}`);
  frontPanel ??= scatter(place("front"), {
    words: "Every trial at its values of the first two goals, those on the front joined by a line; arrow keys go from trial to trial, Enter opens one, + magnifies, 0 returns",
    height: 420, across: () => ({ label: data.goals[1].metric, ticks: goalTicks(ends[1]) }), upward: () => ({ label: data.goals[0].metric, ticks: goalTicks(ends[0]) }),
    of: row => data.goals.slice(0, 2).every(goal => Number.isFinite(measured(row, goal))) && row[STATE] === "completed" ? [onGoal(measured(row, data.goals[1]), ends[1]), onGoal(measured(row, data.goals[0]), ends[0])] : null,
    size: row => front.has(row) ? 6 : 3.5,
    under: (pen, X, Y) => {
      if (data.goals.length > 2) return;
      const steps = [...front].map(row => [onGoal(measured(row, data.goals[1]), ends[1]), onGoal(measured(row, data.goals[0]), ends[0])]).sort((a, b) => a[0] - b[0]);
      pen.strokeStyle = colour("--accent"); pen.lineWidth = 2;
      pen.beginPath();
      steps.forEach(([x, y], i) => { if (i) pen.lineTo(X(data.goals[1].maximize ? steps[i - 1][0] : x), Y(data.goals[1].maximize ? y : steps[i - 1][1])); i ? pen.lineTo(X(x), Y(y)) : pen.moveTo(X(x), Y(y)); });
      pen.stroke();
    },
  });
};
// ---- learning curves and the way from rung to rung: lines of trials
const charts = new Map();
const LINED = {
  curves: "How the best trials learned, a line for each; arrow keys go from point to point, Enter opens the trial, + magnifies, 0 returns",
  rungs: "Every trial's value at each rung, a line for each; arrow keys go from point to point, Enter opens the trial, + magnifies, 0 returns",
};
const lineChart = (box, kind, { across, upward, lines }) => {
  const known = charts.get(kind) ?? {};
  const placesOf = new Map();
  for (const { trial, points } of [...lines].sort((a, b) => b.dashed - a.dashed)) placesOf.set(trial, [...placesOf.get(trial) ?? [], ...points]);
  Object.assign(known, { across, upward, lines, placesOf });
  if (known.panel) { known.panel.changed(); return; }
  charts.set(kind, known);
  known.panel = scatter(box, {
    words: LINED[kind], height: 420, across: () => known.across, upward: () => known.upward,
    of: row => known.placesOf.get(row[TRIAL]) ?? null, size: () => known.lines.length > 60 ? 2 : 3,
    under: (pen, X, Y) => {
      const best = data.rows[0]?.[TRIAL], many = known.lines.length;
      for (const { trial, dashed, points } of [...known.lines].reverse()) {
        pen.strokeStyle = colour(trial === best ? "--accent" : "--lines");
        pen.globalAlpha = trial === best ? 1 : many > 60 ? 0.25 : 0.7; pen.lineWidth = trial === best ? 2.4 : 1.3;
        pen.setLineDash(dashed ? [5, 4] : []);
        pen.beginPath();
        points.forEach(([x, y], i) => i ? pen.lineTo(X(x), Y(y)) : pen.moveTo(X(x), Y(y)));
        pen.stroke();
      }
      pen.setLineDash([]); pen.globalAlpha = 1;
    },
  });
};
views.push({ loaded: () => { slices(); planes(); fronts(); } });

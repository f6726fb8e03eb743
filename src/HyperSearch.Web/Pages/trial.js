// The page of one trial: asked for every second while it runs, and once when it has ended.
const HEIGHT = 320;
let view = null, plot = null, drawn = "";
const choice = place("metric");

const say = value => value === null ? "–" : view.share && choice.value === view.metric ? number(value * 100) + " %" : number(value);
const columnOf = (curve, metric) => curve.epoch.map((epoch, i) => [epoch, curve[metric]?.[i] ?? null]);

const curves = () => {
  const metric = choice.value, own = columnOf(view.trial.curve, metric), behind = view.best.map(entry => columnOf(entry.curve, metric));
  const said = JSON.stringify([metric, own, behind]);
  if (said === drawn) return;
  drawn = said;
  const epochs = [...new Set([own, ...behind].flat().map(([epoch]) => epoch))].sort((a, b) => a - b);
  const column = line => { const at = new Map(line); return epochs.map(epoch => at.get(epoch) ?? null); };
  const all = [own, ...behind].flat().map(([, value]) => value).filter(value => value !== null);
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const axis = (label, more) => ({ label, labelSize: 26, font: "12px Inter, sans-serif", labelFont: "13px Inter, sans-serif", stroke: () => colour("--muted"), grid: { stroke: () => colour("--grid"), width: 1 }, ticks: { stroke: () => colour("--axis"), width: 1 }, ...more });
  plot?.destroy();
  const box = place("curve");
  plot = new uPlot({
    width: box.clientWidth, height: HEIGHT, legend: { show: false }, cursor: { points: { show: false }, drag: { x: true, y: false } },
    scales: { x: { time: false }, y: { distr: low > 0 && high / low >= 8 ? 3 : 1 } },
    series: [{}, ...behind.map(() => ({ stroke: () => colour("--axis"), width: 1.5, spanGaps: true, points: { show: false } })), { stroke: () => colour("--lines"), width: 2.5, spanGaps: true, points: { show: own.length < 60, size: 6, fill: () => colour("--lines") } }],
    axes: [axis("epoch", { values: (_, ticks) => ticks.map(tick => Number.isInteger(tick) ? tick : "") }), axis(metric, { size: 62, values: (_, ticks) => ticks.map(tick => tick === null ? "" : say(tick)) })],
  }, [epochs, ...behind.map(column), column(own)], box);
};
new ResizeObserver(() => plot?.setSize({ width: place("curve").clientWidth, height: HEIGHT })).observe(place("curve"));
choice.addEventListener("change", curves);
views.push({ themed: () => plot?.redraw(false) });

const measured = curve => {
  const metrics = Object.keys(curve).filter(name => name !== "epoch");
  headTable(place("measured"), ["epoch", ...metrics]);
  fillTable(place("measured"), curve.epoch.map((epoch, i) => [String(epoch), ...metrics.map(name => show(curve[name][i]))]));
};

const ended = trial => {
  pairs(place("point"), view.point);
  place("why").replaceChildren(...trial.why.map(sentence => element("p", sentence)));
  if (trial.proposed.around.length) {
    const around = element("p", "Around: ");
    trial.proposed.around.forEach((number, i) => around.append(i ? ", " : "", link(location.pathname.replace(/\d+$/, number), `trial ${number}`)));
    place("why").append(around);
  }
  const metrics = Object.keys(trial.curve).filter(name => name !== "epoch");
  if (choice.options.length !== metrics.length) {
    choice.replaceChildren(...metrics.map(name => element("option", name, { value: name })));
    choice.value = metrics.includes(view.metric) ? view.metric : metrics[0];
  }
  place("curves").hidden = trial.curve.epoch.length < 2;
  if (!place("curves").hidden) { curves(); measured(trial.curve); }
  place("metrics").hidden = Object.keys(trial.metrics).length === 0;
  pairs(place("metrics").querySelector("tbody"), Object.entries(trial.metrics).map(([name, value]) => [name, show(value)]));
  const table = place("jobs").querySelector("table");
  place("jobs").hidden = false;
  headTable(table, ["job", "epochs", "state", view.metric, "attempts", "seconds", "worker", "reason"]);
  fillTable(table, trial.jobs.map(job => [String(job.job), `${job.from_epochs} to ${job.epochs}`, job.state.replace("_", " "), show(job.value), String(job.attempts), show(job.seconds), show(job.worker), [job.reason, job.error].filter(Boolean).join("\n")]));
};

const present = () => {
  tiles(view.tiles);
  setText("lead", view.running ? "It is running." : view.trial?.reason ?? "");
  if (view.trial) ended(view.trial);
  else place("why").replaceChildren(element("p", "Its configuration is known to this page when its first job has ended."));
  place("log").hidden = !view.log;
  if (!view.log) return;
  setText("logname", view.log_name);
  const tail = place("tail"), follows = tail.scrollTop + tail.clientHeight >= tail.scrollHeight - 8;
  if (tail.textContent === view.log) return;
  tail.textContent = view.log;
  if (follows) tail.scrollTop = tail.scrollHeight;
};

const refresh = async () => {
  if (document.hidden) return;
  try {
    view = await ask(`${location.pathname}/view`);
    complain(null);
    present();
  } catch (fault) {
    complain(fault instanceof TypeError ? "The server does not answer; trying again." : fault.message || "There is no such trial, neither ended nor under way.");
  }
};
const again = async () => {
  await refresh();
  if (!view || view.running) setTimeout(again, 1000);
};
addEventListener("visibilitychange", refresh);
again();

// The page of one trial: asked for every second while it runs or its campaign does, and once when all has ended.
const HEIGHT = 320;
let view = null, plot = null, drawn = "";
const choice = place("metric"), addressOf = number => `${campaignBase}/t/${number}`, own = Number(location.pathname.match(/\d+$/)[0]);

const say = value => value === null ? "–" : view.share && choice.value === view.metric ? number(value * 100) + " %" : number(value);
const columnOf = (curve, metric) => curve.epoch.map((epoch, i) => [epoch, curve[metric]?.[i] ?? null]);

const curves = () => {
  const metric = choice.value, mine = columnOf(view.trial.curve, metric), behind = view.best.map(entry => columnOf(entry.curve, metric));
  const said = JSON.stringify([metric, mine, behind]);
  if (said === drawn) return;
  drawn = said;
  const epochs = [...new Set([mine, ...behind].flat().map(([epoch]) => epoch))].sort((a, b) => a - b);
  const column = line => { const at = new Map(line); return epochs.map(epoch => at.get(epoch) ?? null); };
  const all = [mine, ...behind].flat().map(([, value]) => value).filter(value => value !== null);
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const axis = (label, more) => ({ label, labelSize: 26, font: "12px Inter, sans-serif", labelFont: "13px Inter, sans-serif", stroke: () => colour("--muted"), grid: { stroke: () => colour("--grid"), width: 1 }, ticks: { stroke: () => colour("--axis"), width: 1 }, ...more });
  plot?.destroy();
  const box = place("curve");
  plot = new uPlot({
    width: box.clientWidth, height: HEIGHT, legend: { show: false }, cursor: { points: { show: false }, drag: { x: true, y: false } },
    scales: { x: { time: false }, y: { distr: low > 0 && high / low >= 8 ? 3 : 1 } },
    series: [{}, ...behind.map(() => ({ stroke: () => colour("--axis"), width: 1.5, spanGaps: true, points: { show: false } })), { stroke: () => colour("--lines"), width: 2.5, spanGaps: true, points: { show: mine.length < 60, size: 6, fill: () => colour("--lines") } }],
    axes: [axis("epoch", { values: (_, ticks) => ticks.map(tick => Number.isInteger(tick) ? tick : "") }), axis(metric, { size: 62, values: (_, ticks) => ticks.map(tick => tick === null ? "" : say(tick)) })],
  }, [epochs, ...behind.map(column), column(mine)], box);
};
new ResizeObserver(() => plot?.setSize({ width: place("curve").clientWidth, height: HEIGHT })).observe(place("curve"));
choice.addEventListener("change", curves);
views.push({ themed: () => plot?.redraw(false) });
place("png").addEventListener("click", () => {
  const sheet = document.createElement("canvas"), ink = sheet.getContext("2d"), from = plot.ctx.canvas;
  [sheet.width, sheet.height] = [from.width, from.height];
  ink.fillStyle = colour("--paper"); ink.fillRect(0, 0, sheet.width, sheet.height);
  ink.drawImage(from, 0, 0);
  sheet.toBlob(blob => {
    const away = element("a", null, { href: URL.createObjectURL(blob), download: `trial-${own}-${choice.value.replace(/[^\w.-]/g, "_")}.png` });
    away.click();
    setTimeout(() => URL.revokeObjectURL(away.href), 10000);
  });
});

const table = (id, names, rows) => {
  place(id).hidden = rows.length === 0;
  headTable(place(id).querySelector("table"), names);
  fillTable(place(id).querySelector("table"), rows);
};
const measured = curve => {
  const metrics = Object.keys(curve).filter(name => name !== "epoch");
  headTable(place("measured"), ["epoch", ...metrics]);
  fillTable(place("measured"), curve.epoch.map((epoch, i) => [String(epoch), ...metrics.map(name => show(curve[name][i]))]));
};
const lineage = trial => {
  const shown = (params, name) => { const value = params[name] ?? null; return value === null ? "–" : show(typeof value === "boolean" ? String(value) : value); };
  const changing = view.searched.filter(name => new Set(trial.lineage.map(({ params }) => params[name])).size > 1);
  table("lineage", ["epochs", "trial", ...changing], trial.lineage.map(stretch => [`${stretch.from_epochs + 1} to ${stretch.to_epochs}`,
    stretch.trial === own ? String(own) : link(addressOf(stretch.trial), String(stretch.trial)), ...changing.map(name => shown(stretch.params, name))]));
};
const signals = trial => {
  const told = [["first", trial.first_signals], ["last", trial.last_signals]].filter(([, norms]) => norms);
  const layers = Math.max(0, ...told.map(([, norms]) => norms.gradients.length));
  table("signals", ["signal", "after", ...Array.from({ length: layers }, (_, i) => `layer ${i + 1}`)], told.flatMap(([, norms]) =>
    ["activations", "gradients"].map(kind => [kind, `epoch ${norms.epoch}`, ...norms[kind].map(show)])));
};

const ended = trial => {
  place("why").replaceChildren(...trial.why.map(sentence => element("p", sentence)));
  if (trial.proposed.around.length) {
    const around = element("p", "Around: ");
    trial.proposed.around.forEach((number, i) => around.append(i ? ", " : "", link(addressOf(number), `trial ${number}`)));
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
  table("jobs", ["job", "epochs", "state", view.metric, "attempts", "seconds", "worker", "reason"], trial.jobs.map(job => [String(job.job), `${job.from_epochs} to ${job.to_epochs}`, job.state.replace("_", " "), show(job.value), String(job.attempts), show(job.seconds), show(job.worker), [job.reason, job.error].filter(Boolean).join("\n")]));
  table("rungs", ["epochs", view.metric, "place", "verdict"], trial.rungs.map(rung => [String(rung.epochs), show(rung.value), rung.place === null ? "" : `${rung.place} of ${rung.of}`, rung.verdict.replace("_", " ")]));
  signals(trial);
  lineage(trial);
};

// ---- the confusion matrix, of the winner
let isConfused = false;
const confusion = async () => {
  if (!view.winner || isConfused) return;
  isConfused = true;
  const told = await ask(`${campaignBase}/plots/confusion.json`).catch(() => null); // no content: there is no matrix
  if (!told) return;
  const image = new Image();
  image.alt = `${told.title}. ${told.caption}`;
  image.addEventListener("click", () => image.classList.toggle("large"));
  image.src = `${campaignBase}/plots/confusion.svg`;
  place("confusion").querySelector(".frame").replaceChildren(image);
  table("confusion", told.columns, told.rows);
};

// ---- neighbours, and one to run
let nearAt = 0;
const neighbours = async () => {
  if (Date.now() - nearAt < 10000) return;
  nearAt = Date.now();
  const near = await ask(`/api/campaigns/${campaignBase.slice(3)}/trials/${own}/neighbours`).catch(() => []); // not known before its first job has ended
  const names = view.point ? view.point.filter(([, , scale]) => scale !== "fixed").map(([name]) => name) : [];
  for (const { params } of near) for (const name of Object.keys(params)) if (view.searched.includes(name) && !names.includes(name)) names.push(name);
  const mine = view.params ?? {};
  table("neighbours", ["distance", "trial", view.metric, ...names], near.map(other => [number(Number(other.distance.toFixed(3))), link(addressOf(other.trial), String(other.trial)), other.value === null ? other.state.replace("_", " ") : show(other.value),
    ...names.map(name => { const value = other.params[name] ?? null, text = value === null ? "–" : show(value === true || value === false ? String(value) : value); return value === (mine[name] ?? null) ? text : element("strong", text); })]));
};
let moves = 0;
const move = async () => {
  const told = await ask(`${location.pathname}/move?move=${moves++}`).catch(() => null); // not known before its first job has ended
  setText("moved", told?.said ?? "Its configuration is known to this page when its first job has ended.");
  if (told) prefill(told.point);
};
place("move").addEventListener("click", move);
const steering = () => {
  if (view.steerable && place("steering").hidden) move();
  if (!view.steerable) setText("moved", `The campaign does not run at the moment, so there is nobody to take a configuration. ${view.resume}`);
  place("steering").hidden = !view.steerable;
};

const around = () => {
  const parts = [];
  if (view.ahead !== null) parts.push(link(addressOf(view.ahead), `← trial ${view.ahead}, one rank better`));
  if (view.behind !== null) parts.push(link(addressOf(view.behind), `trial ${view.behind}, one rank worse →`));
  if (view.running && view.steerable) {
    const stop = place("stoptrial") ?? element("button", "Stop this trial", { type: "button", id: "stoptrial" });
    if (!stop.isConnected) stop.addEventListener("click", () => wish({ what: "StopTrial", trial: own }));
    parts.push(stop);
  }
  place("around").hidden = parts.length === 0;
  if (JSON.stringify(parts.map(part => part.textContent)) !== JSON.stringify([...place("around").children].map(part => part.textContent))) place("around").replaceChildren(...parts);
};

const present = () => {
  tiles(view.tiles);
  setText("lead", view.running ? "It is running." : view.trial?.reason ?? "");
  if (view.point) pairs(place("point"), view.point);
  if (view.trial) ended(view.trial);
  else setText("why", "The reason is known to this page when its first job has ended.");
  around();
  confusion();
  neighbours();
  steering();
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
  if (!view || view.running || view.steerable) setTimeout(again, !view || view.running ? 1000 : 5000);
};
addEventListener("visibilitychange", refresh);
again();

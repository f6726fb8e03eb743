// Keeps the page of a campaign true while it runs: events bring the trials that changed and, once a second, what runs now.
const base = location.pathname;
let median = [], count = 0, now = null, isThere = false;
let latest = null; // what has come; it becomes what is drawn, data, when load takes it, so that the two never mix

// ---- trials: all of them at first, then those that have changed, each at its new rank; all others keep their order
const onScale = (value, { log, low, high }) => {
  if (value === null) return null;
  if (value > high) return 0.985;
  if (value < low) return 0.015;
  const f = log ? Math.log10 : v => v;
  return Math.min(1, Math.max(0, (f(value) - f(low)) / (f(high) - f(low))));
};
const merge = news => {
  const changed = new Set(news.rows.map(row => row[TRIAL]));
  const rows = latest.rows.filter(row => !changed.has(row[TRIAL]));
  for (const row of news.rows) rows.splice(row[RANK] - 1, 0, row); // by rank, so each finds its place
  rows.forEach((row, i) => { row[RANK] = i + 1; });
  const last = latest.axes.length - 1, moved = JSON.stringify(news.scale) !== JSON.stringify(latest.scale);
  if (moved) for (const row of rows) row[row.length - 1][last] = onScale(row[VALUE], news.scale);
  count = rows.length;
  return { ...latest, rows, scale: news.scale, axes: [...latest.axes.slice(0, -1), ...news.axis] };
};

// Drawing ten thousand trials takes a while: it waits in proportion, and what comes meanwhile is drawn together.
let due = null, rest = 0;
const present = next => {
  latest = next;
  if (due) return;
  due = setTimeout(() => {
    due = null;
    const started = performance.now();
    load(latest);
    notes();
    if (!isThere) comeBack();
    isThere = true;
    rest = Math.min(3000, 6 * (performance.now() - started));
  }, rest);
};
const notes = () => {
  setText("count", place("count").textContent.replace(/;.*$/, "") + (count > data.rows.length ? `; ${count} in all, this page has the best and the latest` : ""));
};

// ---- running now: a card for each job
const cards = new Map();
const card = job => {
  let made = cards.get(job.job);
  if (made) return made;
  const box = element("div", null, { class: "card" });
  const top = element("div", null, { class: "top" });
  const name = link(`${base}/t/${job.trial}`, `trial ${job.trial}`);
  const where = element("span"), value = element("span", "", { class: "value" }), canvas = element("canvas", null, { "aria-hidden": "true" });
  const bar = element("progress", null, { "aria-label": `Epochs of trial ${job.trial}` }), epochs = element("span");
  const foot = element("div", null, { class: "top" });
  const stop = element("button", "Stop", { type: "button", class: "small", "aria-label": `Stop trial ${job.trial}` });
  stop.addEventListener("click", () => wish({ what: "StopTrial", trial: job.trial }));
  const point = element("div", null, { class: "point" }), limit = element("div", null, { class: "limit" });
  top.append(name, where, stop);
  foot.append(epochs, value);
  box.append(top, point, canvas, bar, foot, limit);
  made = { box, where, value, canvas, bar, epochs, point, limit };
  cards.set(job.job, made);
  return made;
};
const running = () => {
  const { jobs } = now;
  const inHand = jobs.filter(job => job.worker !== null).sort((a, b) => a.worker - b.worker);
  const waiting = jobs.length - inHand.length;
  for (const [key, { box }] of cards) if (!inHand.some(job => job.job === key)) { box.remove(); cards.delete(key); }
  inHand.forEach((job, i) => {
    const { box, where, value, canvas, bar, epochs, point, limit } = card(job);
    if (place("cards").children[i] !== box) place("cards").insertBefore(box, place("cards").children[i] ?? null);
    where.textContent = job.place ? `${job.place}, worker ${job.worker}` : `worker ${job.worker}`;
    [point.textContent, limit.textContent] = [job.point ?? "", job.limit_said ?? ""];
    epochs.textContent = `epoch ${job.epoch} of ${job.to}`;
    value.textContent = job.value === null ? "" : `${data.metric ?? ""} ${say(job.value)}`;
    bar.max = Math.max(1, job.to); bar.value = job.epoch;
    sketch(canvas, { points: job.curve, behind: median.filter(([epoch]) => epoch <= job.to), limit: job.limit, to: job.to, from: 0 });
  });
  place("running").hidden = now.state !== "running";
  const rule = (median.length ? "The grey line is the median of the trials that have ended." : "") + (inHand.some(job => job.limit.length) ? " The dashed line is the limit of the rule that may stop the trial." : "");
  setText("against", inHand.length === 0 ? "No job is in hand at this moment." : waiting ? `${waiting} more wait for a worker. ${rule}` : rule);
  flight = jobs.filter(job => !data.rows.some(row => row[TRIAL] === job.trial)).map(job => ({ trial: job.trial, value: job.value }));
  if (data.rows.length) tell("flown");
};
views.push({ themed: () => { if (now) running(); } });

// ---- pictures: asked for when they come into sight, and again when the campaign has gone on; so are the tables behind them
const seen = new Map();
const isStale = state => state.inSight && !(state.of === count && state.ended) && !document.hidden && Date.now() - state.at >= 10000;
const drawPicture = figure => {
  const state = seen.get(figure), behind = figure.querySelector(".behind");
  if (!isStale(state)) return;
  [state.at, state.of, state.ended] = [Date.now(), count, now?.state !== "running"];
  if (behind.open) tabulate(behind);
  if (!figure.classList.contains("picture")) return;
  if (behind.dataset.kind in LINED) { drawLines(figure, behind.dataset.kind); return; }
  const image = new Image();
  image.alt = figure.dataset.alt;
  image.addEventListener("load", () => { figure.querySelector(".frame").replaceChildren(image); figure.classList.remove("empty"); });
  image.addEventListener("error", () => figure.classList.add("empty"));
  image.addEventListener("click", () => image.classList.toggle("large"));
  image.src = `${base}/plots/${behind.dataset.kind}.svg?of=${count}-${now?.state}`;
};
const drawLines = async (figure, kind) => {
  const told = await ask(`${base}/plots/${kind}.json`).catch(() => null); // no content: there is nothing in it yet
  figure.classList.toggle("empty", !told?.chart);
  if (!told?.chart) return;
  figure.querySelector(".finding").textContent = `${told.title}. ${told.caption}`;
  lineChart(figure.querySelector(".frame"), kind, told.chart);
};
const tabulate = async behind => {
  const told = await ask(`${base}/plots/${behind.dataset.kind}.json`).catch(() => null); // no content: there is nothing in it yet
  behind.querySelector("p").textContent = told ? [told.title + ".", told.caption, told.note].filter(Boolean).join(" ") : "There is nothing in it yet.";
  headTable(behind.querySelector("table"), told?.columns ?? []);
  fillTable(behind.querySelector("table"), told?.rows ?? []);
};
const sight = new IntersectionObserver(entries => {
  for (const { target, isIntersecting } of entries) { seen.get(target).inSight = isIntersecting; drawPicture(target); }
}, { rootMargin: "200px" });
for (const behind of document.querySelectorAll(".behind")) {
  const figure = behind.closest("figure");
  seen.set(figure, { inSight: false, of: -1, at: 0, ended: false });
  sight.observe(figure);
  behind.addEventListener("toggle", () => { if (behind.open) tabulate(behind); });
}

// ---- what follows from the trials
let insightOf = "", insightAt = 0, insightBest = null;
const insight = async () => {
  const state = `${count} ${now?.state}`;
  const most = now.best === insightBest ? 5000 : 500; // another best trial is shown everywhere at once
  if (insightOf === state || document.hidden || Date.now() - insightAt < most) return;
  [insightOf, insightAt] = [state, Date.now()];
  const told = await ask(`${base}/insight`).catch(() => null); // the stream says what is wrong
  if (!told) return;
  insightBest = told.winner?.trial ?? null;
  if (insightBest !== now.best) insightOf = ""; // of before: to be asked for again
  place("answer").hidden = !told.winner;
  if (told.winner) {
    place("winner").replaceChildren(`The ${now?.state === "finished" ? "winner" : "best so far"}: `, link(`${base}/t/${told.winner.trial}`, `trial ${told.winner.trial}`));
    pairs(place("point"), told.winner.point);
    place("sure").replaceChildren(...told.winner.sure.map(sentence => element("p", sentence)));
  }
  place("diagnosis").hidden = !told.diagnosis;
  if (told.diagnosis) {
    setText("diagnosed", told.diagnosis.summary);
    place("advice").replaceChildren(...told.diagnosis.items.map(item => {
      const point = element("li", item.text);
      if (item.lines.length) point.append(element("pre", item.lines.join("\n"), { tabindex: 0 }));
      return point;
    }));
  }
  boxes = told.boxes;
  plane?.changed();
  place("rounds").hidden = !told.rounds.length && !told.no_rounds;
  place("norounds").hidden = !told.no_rounds;
  setText("norounds", told.no_rounds ?? "");
  place("roundtable").hidden = !told.rounds.length;
  headTable(place("roundtable"), ["round", "trials", "zoom", "best", "began because"]);
  fillTable(place("roundtable"), told.rounds.map(round => [String(round.round), round.from === round.to ? String(round.from) : `${round.from} to ${round.to}`, show(round.zoom), round.best === null ? "–" : say(round.best), element("span", round.why)]));
};

// ---- stepping in
place("pause").addEventListener("click", () => wish({ what: now?.paused ? "GoOn" : "Pause" }));
place("stop").addEventListener("click", () => { if (confirm("Stop the campaign? Trials in hand write their checkpoints, and resume goes on.")) wish({ what: "Stop" }); });
place("retry").addEventListener("click", () => wish({ what: "RetryFailed" }));
place("more").addEventListener("submit", event => { event.preventDefault(); wish({ what: "MoreTrials", trials: Number(event.target.elements.trials.value) }); });
const steered = () => {
  setText("pause", now.paused ? "Go on" : "Pause");
  const more = place("more").elements.trials;
  if (!more.value && document.activeElement !== more) more.placeholder = String(now.planned);
  place("byhand").hidden = now.by_hand.length === 0;
  if (place("interventions").children.length !== now.by_hand.length) place("interventions").replaceChildren(...now.by_hand.map(sentence => element("li", sentence)));
};

// ---- workers, and the commands by which a person goes on
let commanded = "";
const commands = () => {
  const said = JSON.stringify([now.state, now.crew, now.commands]);
  if (said === commanded) return;
  commanded = said;
  place("commands").hidden = !now.commands.length && !now.crew.length;
  setText("commandhead", now.state === "running" ? "Workers" : "How to go on");
  place("crew").hidden = !now.crew.length;
  headTable(place("crewtable"), ["process", "state", "workers", "jobs"]);
  fillTable(place("crewtable"), now.crew.map(({ name, slots, jobs, left }) => [name, left ?? "takes part", String(slots), String(jobs)]));
  place("commandlist").replaceChildren(...now.commands.flatMap(({ does, command }) => {
    const box = element("dd"), code = element("pre", command, { tabindex: 0 });
    box.append(code);
    return [element("dt", does), box];
  }));
};

// ---- tags and a note
let notedAs = "";
const noted = () => {
  const said = JSON.stringify([now.tags, now.note, now.fault]);
  if (said === notedAs) return;
  notedAs = said;
  const edit = element("button", now.tags.length || now.note ? "Edit tags and note" : "Add tags or a note", { type: "button", class: "small" });
  edit.addEventListener("click", () => writeNotes(decodeURIComponent(base.slice(3)), now, () => {}));
  place("noted").replaceChildren(...notesAsParts(now), ...(now.fault ? [element("span", now.fault, { class: "note" })] : []), edit);
  place("noted").hidden = false;
};

// ---- a trial of the table or of a picture has a page of its own
openTrial = row => { location.href = `${base}/t/${row[TRIAL]}`; };
const chosenColumns = `columns ${base}`;
for (const name of JSON.parse(localStorage.getItem(chosenColumns) ?? "[]")) hiddenColumns.add(name);
views.push({ chosen: () => localStorage.setItem(chosenColumns, JSON.stringify([...hiddenColumns])) });
place("rows").addEventListener("click", event => {
  const line = event.target.closest("tbody tr[aria-rowindex]");
  if (line) openTrial(matching[line.getAttribute("aria-rowindex") - 2]);
});
place("scroll").addEventListener("keydown", event => {
  const index = pointed ? matching.indexOf(pointed) : -1;
  if (event.key === "Enter" && pointed) openTrial(pointed);
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const next = matching[Math.min(matching.length - 1, Math.max(0, index + (event.key === "ArrowDown" ? 1 : -1)))];
  if (!next) return;
  event.preventDefault();
  reveal(next);
  point(next);
});

// ---- reload and back keep the place, although the page fills only after it has come
const kept = JSON.parse(sessionStorage.getItem(base) ?? "null");
const [arrival] = performance.getEntriesByType("navigation");
history.scrollRestoration = "manual";
const comeBack = () => {
  if (!kept || arrival?.type === "navigate") return;
  filter.value = kept.filter;
  [sorted, descending] = [kept.sorted, kept.descending];
  update();
  const part = place(kept.part);
  const back = () => { if (part) scrollTo({ top: part.getBoundingClientRect().top + scrollY - kept.away, behavior: "instant" }); };
  const filling = new ResizeObserver(back); // what stands above comes a moment later
  filling.observe(document.querySelector("main"));
  const settled = () => filling.disconnect();
  for (const act of ["wheel", "touchstart", "keydown", "pointerdown"]) addEventListener(act, settled, { once: true, passive: true });
  setTimeout(settled, 10000); // unless the reader moves first
  back();
  scroll.scrollTop = kept.row;
};
const inSight = () => [...document.querySelectorAll("main > [id]")].filter(part => part.offsetHeight > 0 && part.getBoundingClientRect().top <= 120).pop();
addEventListener("pagehide", () => sessionStorage.setItem(base, JSON.stringify({ part: inSight()?.id, away: inSight()?.getBoundingClientRect().top, row: scroll.scrollTop, filter: filter.value, sorted, descending })));

// ---- without a value there is nothing to see in some pictures
views.push({ loaded: () => {
  const none = !data.rows.some(row => row[VALUE] !== null);
  for (const part of ["figure-history", "figure-slices"]) place(part).hidden = none;
  canvas.parentElement.hidden = none;
  if (none) place("figure-plane").hidden = true;
} });

// ---- the stream: closed while nobody looks, because a browser has few connections to give
let source = null;
const take = {
  snapshot: event => { ({ median, count } = event); present(event.trials); },
  rows: event => { median = event.median ?? median; present(merge(event)); },
  live: event => {
    now = event;
    setText("lead", `${now.headline}. ${now.sentence}`);
    tiles(now.tiles);
    const bar = place("progress");
    bar.max = Math.max(1, now.planned); bar.value = now.ended; bar.hidden = now.state !== "running";
    setText("nothing", now.nothing ?? "");
    place("nothing").hidden = !now.nothing;
    running();
    steered();
    commands();
    noted();
    document.querySelector("nav a[href='#running']").hidden = now.state !== "running";
    insight();
    for (const figure of seen.keys()) drawPicture(figure);
    complain(null);
  },
};
const open = () => {
  source = new EventSource(`${base}/events`);
  for (const [kind, use] of Object.entries(take)) source.addEventListener(kind, event => use(JSON.parse(event.data)));
  source.addEventListener("trouble", event => complain(event.data));
  source.addEventListener("error", () => complain("The server does not answer; the page shows what was, and tries again."));
};
addEventListener("visibilitychange", () => {
  if (document.hidden) { source?.close(); source = null; } else if (!source) open();
});
addEventListener("pagehide", () => { source?.close(); source = null; });
addEventListener("pageshow", () => { if (!source && !document.hidden) open(); });
if (!document.hidden) open();

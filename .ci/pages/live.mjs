// Uses the live page as a person would. node live.mjs OUT SCRATCH HYPERSEARCH   The last line is "N passed, N failed".
import puppeteer from "puppeteer-core";
import { HtmlValidate } from "html-validate";
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { useList, usePictures, useTrial } from "./hands.mjs";

const [out, scratch, hypersearch] = process.argv.slice(2);
const results = join(scratch, "results"), hostile = "<img src=x onerror=alert(2)>", ended = join(scratch, "ended");
const axe = readFileSync(join(scratch, "node_modules/axe-core/axe.min.js"), "utf8");
let passed = 0, failed = 0;
const check = (name, holds, detail = "") => {
  holds ? passed++ : failed++;
  console.log(`${holds ? "ok" : "NOT OK"}: ${name}${holds || detail === "" ? "" : `: ${detail}`}`);
};
const until = async (what, question, milliseconds = 30000) => {
  const started = Date.now();
  while (Date.now() - started < milliseconds) {
    const answer = await Promise.resolve().then(question).catch(() => null); // a page that is just being left has no answer
    if (answer) return answer;
    await new Promise(done => setTimeout(done, 25));
  }
  console.log(`waited in vain until ${what}`);
  return null;
};
const started = []; // ended with this script, however it ends
process.on("exit", () => started.forEach(child => child.kill("SIGKILL")));
const start = (...words) => {
  const made = spawn(hypersearch, [...words, "--results", results], { cwd: scratch, env: { ...process.env, ENDED: ended, FAILS_ABOVE: words.includes("retried") ? "0.5" : "9" }, stdio: ["ignore", "pipe", "pipe"] });
  started.push(made);
  made.out = "";
  made.stdout.on("data", text => { made.out += text; });
  made.stderr.on("data", () => {});
  made.over = new Promise(done => made.on("exit", done));
  return made;
};
const serve = async port => {
  const server = start("serve", "--port", String(port));
  await until("the server prints its address", () => server.out.includes("http"));
  return server;
};

// ---- from `run` and `serve` to a page that grows
const began = Date.now();
let campaign = start("run", "live.yaml"), server = await serve(0);
const invitation = server.out.trim(), base = new URL(invitation).origin, port = new URL(invitation).port;
check(`serve answers after ${Date.now() - began} ms`, Date.now() - began < 2000);
const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"],
});
const complaints = [];
const open = async (address, { width = 1440, scheme = "light" } = {}) => {
  const page = await browser.newPage();
  page.on("console", message => { if (["error", "warn"].includes(message.type())) complaints.push(`${address}: ${message.text()}`); });
  page.on("pageerror", error => complaints.push(`${address}: ${error}`));
  page.on("dialog", dialog => { complaints.push(`${address}: dialog ${dialog.message()}`); dialog.dismiss(); });
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
  await page.setViewport({ width, height: 900, isMobile: width < 700, hasTouch: width < 700 });
  await page.goto(address, { waitUntil: "domcontentloaded" });
  return page;
};
const text = (page, selector) => page.$eval(selector, element => element.hidden ? "" : element.textContent);
const count = async page => Number((await text(page, "#count")).match(/\d+/)?.[0] ?? 0);

const stranger = await fetch(`${base}/c/live`);
check("a second user without the token sees nothing", stranger.status === 401);
const first = await open(invitation);
check("the token leaves the address", first.url() === `${base}/`, first.url());
await until("the list has the campaign", () => first.$("a[href='/c/live']"));
check("the list has every campaign, by name as text", (await first.$$("#campaigns tbody tr")).length === 10 && (await text(first, "#campaigns")).includes(hostile));
await first.close();

let page = await open(`${base}/c/live`);
await until("a trial is on the page", async () => await count(page) > 0);
check(`from run and serve to a page that shows a trial: ${Date.now() - began} ms`, true);
const before = await count(page);
check("the page grows", await until("more trials are there", async () => await count(page) > before + 3));
await until("a card runs", () => page.$(".card canvas"));
check("each job under way has a card", (await page.$$(".card")).length > 0);

// ---- how long an outcome takes to the page: the script notes when it ends, the page when it shows so many trials
await page.exposeFunction("shows", (trials, at) => { for (let i = seenAt.length; i < trials; i++) seenAt.push(at); });
const seenAt = [];
await page.evaluate(() => new MutationObserver(() => shows(Number(document.getElementById("count").textContent.match(/\d+/)?.[0] ?? 0), Date.now())).observe(document.getElementById("count"), { childList: true, characterData: true, subtree: true }));
const from = await count(page);
await until("a hundred more have ended", async () => await count(page) >= from + 102, 180000);
const endedAt = readFileSync(ended, "utf8").trim().split("\n").map(Number).sort((a, b) => a - b);
const delays = seenAt.map((at, i) => at - endedAt[i]).slice(from + 2, from + 102).sort((a, b) => a - b);
check(`an outcome is on the page ${delays[50]} ms after its script ended (median of ${delays.length}; 95 %: ${delays[95]} ms)`, delays[50] < 1000);

// ---- the place is kept, the server and the campaign may start again
await page.type("#filter", "optimizer=adam");
await until("the filter works", async () => (await text(page, "#count")).includes(" of "));
await page.evaluate(() => document.getElementById("trials").scrollIntoView({ behavior: "instant" }));
const top = () => page.$eval("#trials", part => part.getBoundingClientRect().top);
let away = await top();
await until("the page stands still", async () => { // the filter's bar makes room a moment after the jump
  const before = away;
  await new Promise(done => setTimeout(done, 300));
  away = await top();
  return away === before;
});
await page.reload({ waitUntil: "domcontentloaded" });
await until("the filter is back", async () => (await text(page, "#count")).includes(" of "));
check("reload keeps the filter and the place", await until("it scrolls back", async () => Math.abs(await top() - away) < 60, 5000));
await page.click("#clear");
server.kill("SIGTERM");
check("the server ends in an orderly way", await server.over === 0);
check("the page says that the server is gone", await until("it says so", async () => (await text(page, "#trouble")).includes("does not answer")));
server = await serve(port);
const then = await count(page);
check("the page goes on with a new server, without a reload", await until("it grows again", async () => await count(page) > then && (await text(page, "#trouble")) === ""));
campaign.kill("SIGKILL");
check("a killed owner is said", await until("it is said", async () => (await text(page, "#lead")).includes("ended without a word")), await text(page, "#lead"));
const atKill = await count(page);
campaign = start("resume", "live");
check("the page goes on with the campaign", await until("it grows", async () => await count(page) > atKill && (await text(page, "#lead")).includes("It is running")));

// ---- stepping in
const said = async what => until(what, async () => { const words = await text(page, "#said"); return words && words !== "…" ? words : null; });
await page.evaluate(() => document.getElementById("pause").click());
check("pause", (await said("an answer to pause"))?.startsWith("It is paused"), await text(page, "#said"));
check("the page says that it is paused", await until("it says so", async () => (await text(page, "#lead")).includes("It is paused") && (await text(page, "#pause")) === "Go on"));
await page.evaluate(() => document.getElementById("pause").click());
check("and goes on", await until("it says so", async () => (await text(page, "#lead")).includes("It is running")));
await page.evaluate(() => { document.querySelector("#more input").value = "1990"; document.getElementById("more").requestSubmit(); });
check("fewer trials are refused in a sentence", await until("a refusal", async () => (await text(page, "#said")).includes("2000 trials already")), await text(page, "#said"));
await page.evaluate(() => { document.querySelector("#more input").value = "2100"; document.getElementById("more").requestSubmit(); });
check("more trials", await until("it is there", async () => (await text(page, "#tiles")).includes("/ 2100")));
await page.evaluate(() => { document.querySelector("#enqueue [name=learning_rate]").value = "0.0123"; document.querySelector("#enqueue [name=optimizer]").value = "adam"; document.getElementById("enqueue").requestSubmit(); });
check("a configuration is enqueued, and its trial appears", await until("it is there", async () => (await text(page, "#interventions")).includes("0.0123")));
await page.type("#filter", "origin=enqueued");
check("the table has its trial", await until("it is there", async () => (await text(page, "#rows tbody")).includes("0.0123")));
await page.click("#clear");
check("a trial is stopped", await until("it is", async () => { await page.evaluate(() => document.querySelector(".card button")?.click()); return (await text(page, "#said")).includes("stops at the next epoch"); }));

// ---- a trial
await page.evaluate(() => document.querySelector("#rows tbody tr[aria-rowindex]").click());
await until("the trial's page is there", async () => (await page.$("#tail")) && (await text(page, "#tail")).includes("training"));
check("a row leads to the trial: why, curve, jobs, log as text", (await text(page, "#why")).length > 20 && !!(await page.$("#curve .uplot")) && (await text(page, "#tail")).includes("<b>training</b>"));
await page.goBack();
check("back shows the campaign again", await until("trials are there", async () => await count(page) > 0));
await page.close();

// ---- the list, the pictures and the trial by hand
const tools = { open, check, until, text, base, start };
await useList(tools);
await usePictures(tools);
await useTrial(tools);

// ---- every page, light and dark, wide and narrow: fits, valid, usable by everybody, no word on the console
const validator = new HtmlValidate({ extends: ["html-validate:recommended"], rules: { "require-sri": "off", "long-title": "off", "no-trailing-whitespace": "off", "prefer-native-element": "off" } });
const look = async (name, path) => {
  const cookie = (await browser.cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
  const html = await (await fetch(base + path, { headers: { cookie } })).text();
  const messages = (await validator.validateString(html)).results.flatMap(result => result.messages).filter(message => message.severity === 2);
  check(`${name}: valid HTML`, messages.length === 0, messages.slice(0, 5).map(message => `${message.line}: ${message.ruleId}: ${message.message}`).join("; "));
  for (const width of [360, 1440]) for (const scheme of ["light", "dark"]) {
    const at = await open(base + path, { width, scheme });
    await until("it has content", () => at.evaluate(() => document.querySelector("#rows tbody tr, #campaigns tbody tr, #grouped tbody tr, #point tr, .tile") !== null));
    await at.evaluate(async () => {
      for (let y = 0; y < document.body.scrollHeight; y += 600) { scrollTo({ top: y, behavior: "instant" }); await new Promise(done => setTimeout(done, 150)); }
      scrollTo({ top: 0, behavior: "instant" });
      await new Promise(done => setTimeout(done, 300));
    });
    const wide = await at.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    check(`${name} ${width} ${scheme}: fits the width`, wide <= 0, `${wide} px too wide`);
    await at.evaluate(axe); // by the debugger, which the page's policy does not bind
    const found = await at.evaluate(async () => (await axe.run()).violations.filter(entry => ["serious", "critical"].includes(entry.impact)).map(entry => `${entry.id}: ${entry.nodes[0].target} ${entry.nodes[0].failureSummary.replace(/\s+/g, " ").slice(0, 160)}`));
    check(`${name} ${width} ${scheme}: axe-core finds nothing serious`, found.length === 0, found.join(" | "));
    await at.screenshot({ path: join(out, `live-${name}-${width}-${scheme}.png`), fullPage: true });
    await at.close();
  }
};
await look("list", "/");
await look("compare", "/compare?campaign=digits&campaign=digits-random");
await look("campaign", "/c/live");
await look("trial", "/c/live/t/3");
for (const name of ["digits", "tradeoff", "killed", "failing", "allfailed", "many"]) await look(name, `/c/${name}`);
await look("hostile", `/c/${encodeURIComponent(hostile)}`);
await look("hostile-trial", `/c/${encodeURIComponent(hostile)}/t/0`);

// ---- ten thousand trials
const asked = Date.now(), big = await open(`${base}/c/many`);
await until("all are there", async () => await count(big) === 10000);
const painted = await big.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime);
check(`10,000 trials: first paint after ${Math.round(painted)} ms, all of them after ${Date.now() - asked} ms`, painted < 1500);
await big.evaluate(() => { const area = document.getElementById("scroll"); area.scrollTop = area.scrollHeight; });
check("10,000 trials: the table scrolls to the last", await until("the last row is there", async () => (await big.$eval("#rows tbody tr:last-child td", cell => cell.textContent)) === "10000"));
await big.focus("#scroll");
await big.keyboard.press("ArrowDown");
await big.keyboard.press("ArrowDown");
check("the keyboard goes from trial to trial", (await big.$eval("#rows tr.pointed td", cell => cell.textContent)) === "2");
await big.keyboard.press("Enter");
check("Enter opens one", await until("its page is there", () => /\/t\/\d+$/.test(big.url())));
await big.close();

// ---- eight viewers
const viewers = await Promise.all(Array.from({ length: 8 }, () => open(`${base}/c/live`)));
const pid = spawn("pgrep", ["-f", `HyperSearch.Web.dll.*--port ${port}`]);
let pids = "";
pid.stdout.on("data", words => { pids += words; });
await new Promise(done => pid.on("exit", done));
const ticks = () => pids.trim().split("\n").reduce((sum, id) => sum + readFileSync(`/proc/${id}/stat`, "utf8").split(" ").slice(13, 15).reduce((a, b) => a + Number(b), 0), 0);
const [ticksBefore, timeBefore] = [ticks(), Date.now()];
await new Promise(done => setTimeout(done, 20000));
const share = (ticks() - ticksBefore) * 10 / (Date.now() - timeBefore) / 2;
check(`eight viewers: the server takes ${(100 * share).toFixed(1)} % of two processors`, true);
check("eight viewers: all of them grow alike", new Set(await Promise.all(viewers.map(async viewer => Math.round(await count(viewer) / 20)))).size <= 2);

// Chromium notes refused wishes, notes and comparisons, and the moments without a server, by itself.
const noted = /400 \(Bad Request\)|409 \(Conflict\)|ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE/;
const words = complaints.filter(line => !noted.test(line));
check("no page has said a word on the console", words.length === 0, words.slice(0, 6).join(" | "));
await browser.close();
campaign.kill("SIGKILL");
server.kill("SIGTERM");
await server.over;
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

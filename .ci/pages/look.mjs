// Opens report pages in Chromium, uses them as a person would, and takes a screenshot of each in light and dark, wide and narrow.
// node look.mjs OUT PAGE.html...   The last line is "N passed, N failed".
import puppeteer from "puppeteer-core";
import { HtmlValidate } from "html-validate";
import { readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [out, ...pages] = process.argv.slice(2);
const WIDTHS = { desktop: 1280, phone: 390 };
let passed = 0, failed = 0;
const check = (name, holds, detail = "") => {
  holds ? passed++ : failed++;
  console.log(`${holds ? "ok" : "NOT OK"}: ${name}${holds || !detail ? "" : `: ${detail}`}`);
};

const validator = new HtmlValidate({
  extends: ["html-validate:recommended"],
  rules: { "no-inline-style": "off", "require-sri": "off", "long-title": "off", "no-trailing-whitespace": "off", "svg-focusable": "off", "prefer-native-element": "off", "attribute-boolean-style": "off", "valid-id": "off" },
});
const validate = async (name, text) => {
  const report = await validator.validateString(text);
  const messages = report.results.flatMap(result => result.messages).filter(message => message.severity === 2);
  check(`${name}: valid HTML`, messages.length === 0, messages.slice(0, 5).map(message => `${message.line}: ${message.ruleId}: ${message.message}`).join("; "));
};

const pointAtTrial = async page => {
  const chart = await page.$("#history .u-over");
  await chart.scrollIntoView();
  const box = await chart.boundingBox();
  for (let x = 2; x < box.width; x += 7) for (let y = 5; y < box.height; y += 15) {
    await page.mouse.move(box.x + x, box.y + y);
    const tip = await page.$eval("#tip", element => element.hidden ? null : element.textContent);
    if (tip) return tip;
  }
  return null;
};

const use = async (name, page) => {
  const count = () => page.$eval("#count", element => element.textContent);
  const trials = Number((await count()).match(/\d+/)[0]);
  const inDocument = await page.$$eval("#rows tbody tr:not(.gap)", rows => rows.length);
  check(`${name}: the table holds only the rows in sight`, inDocument <= Math.min(trials, 60) && inDocument > 0, `${inDocument} of ${trials}`);

  if (await page.$("#history .u-over")) {
    const tip = await pointAtTrial(page);
    check(`${name}: pointing at the history names a trial`, /^trial \d+, rank \d+/.test(tip ?? ""), tip);
  }

  if (trials >= 20) {
    const axes = await page.$("#axes");
    await axes.scrollIntoView();
    const area = await axes.boundingBox();
    await page.mouse.move(area.x + area.width - 60, area.y + 250);
    await page.mouse.down();
    await page.mouse.move(area.x + area.width - 60, area.y + 372, { steps: 4 });
    await page.mouse.up();
    const kept = await count();
    check(`${name}: brushing an axis filters the table`, / of /.test(kept), kept);
    await page.click("#clear");
    await page.focus("#thumbs [tabindex='0']");
    await page.keyboard.press("PageUp");
    check(`${name}: so does the keyboard`, / of /.test(await count()), await count());
    await page.keyboard.press("Delete");
    check(`${name}: and frees it`, !/ of /.test(await count()), await count());
    check(`${name}: "Show all" frees it`, await count() === `${trials} trials`);
  }

  await page.type("#filter", "trial=0");
  await page.waitForFunction(() => document.querySelectorAll("#rows tbody tr:not(.gap)").length === 1, { timeout: 5000 }).catch(() => {});
  check(`${name}: the filter takes comparisons`, (await count()).startsWith(trials === 1 ? "1 trials" : "1 of"), await count());
  await page.click("#clear");
  const milliseconds = await page.evaluate(async () => {
    const button = document.querySelectorAll("#rows th button")[1];
    const started = performance.now();
    button.click();
    await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
    return performance.now() - started;
  });
  check(`${name}: sorts by a click (${Math.round(milliseconds)} ms, ${trials} trials)`, await page.$eval("#rows tbody tr:not(.gap) td:nth-child(2)", cell => cell.textContent) === "0");
  await page.evaluate(() => { const area = document.getElementById("scroll"); area.scrollTop = area.scrollHeight; });
  await page.evaluate(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))));
  check(`${name}: scrolls to the last row`, Number(await page.$eval("#rows tbody tr:last-child td:nth-child(2)", cell => cell.textContent)) === trials - 1);
};

const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"],
});
for (const path of pages) {
  const name = basename(path, ".html");
  await validate(name, readFileSync(path, "utf8"));
  for (const [device, width] of Object.entries(WIDTHS)) for (const scheme of ["light", "dark"]) {
    const page = await browser.newPage();
    const complaints = [], requests = [];
    page.on("console", message => { if (["error", "warn"].includes(message.type())) complaints.push(message.text()); });
    page.on("pageerror", error => complaints.push(String(error)));
    page.on("dialog", dialog => { complaints.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
    page.on("request", request => { if (!/^(file|data|blob):/.test(request.url())) requests.push(request.url()); });
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
    await page.setViewport({ width, height: 900, isMobile: device === "phone", hasTouch: device === "phone" });
    await page.goto(pathToFileURL(resolve(path)).href, { waitUntil: "load" });
    await page.evaluate(() => document.fonts.ready);
    await page.screenshot({ path: join(out, `${name}-${device}-${scheme}.png`), fullPage: true });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    check(`${name} ${device} ${scheme}: fits the width`, wide <= 0, `${wide} px too wide`);
    if (device === "desktop" && scheme === "light" && await page.$("#rows")) await use(name, page);
    check(`${name} ${device} ${scheme}: no console message`, complaints.length === 0, complaints.slice(0, 3).join("; "));
    check(`${name} ${device} ${scheme}: loads nothing`, requests.length === 0, requests[0]);
    await page.close();
  }
}
await browser.close();
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

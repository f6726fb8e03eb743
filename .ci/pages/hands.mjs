// What a person does by hand on the list, in the pictures and on a trial's page. Each takes the tools of live.mjs.

// Tags and a note, filters that the address keeps, comparing by ticking.
export const useList = async ({ open, check, until, text, base }) => {
  const page = await open(`${base}/`);
  const names = () => page.$$eval("#campaigns tbody td.name", cells => cells.map(cell => cell.textContent));
  await until("all campaigns are there", async () => (await names()).length >= 10);
  const row = name => page.evaluateHandle(wanted => [...document.querySelectorAll("#campaigns tbody tr")].find(line => line.querySelector("td.name").textContent === wanted), name);
  await (await row("digits-random")).evaluate(line => line.querySelector("[data-part=edit]").click());
  await page.type("#notes [name=tags]", "baseline, <i>hostile</i>");
  await page.type("#notes [name=note]", "</script><img src=x onerror=alert(8)> first");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter"); // the button Keep has the focus
  check("tags and a note are kept and shown as text", await until("they are", async () => { const said = await (await row("digits-random")).evaluate(line => line.textContent); return said.includes("<i>hostile</i>") && said.includes("alert(8)"); }));
  await (await row("digits-random")).evaluate(line => line.querySelector("[data-part=edit]").click());
  await page.$eval("#notes [name=tags]", field => { field.value = "x".repeat(41); });
  await page.$eval("#notes form", form => form.requestSubmit());
  check("a tag that is none is refused in a sentence", await until("it says so", async () => (await text(page, "#notessaid")).includes("is no tag")));
  await page.keyboard.press("Escape");

  await page.select("#tag", "baseline");
  check("a tag filters the list", (await until("two are left", async () => { const left = await names(); return left.length === 2 ? left : null; }))?.every(name => name.startsWith("digits")));
  await page.reload({ waitUntil: "domcontentloaded" });
  check("reload keeps the filter", (await until("they are there again", async () => (await names()).length === 2)) && page.url().includes("tag=baseline"), page.url());
  await page.click("#clear");
  await page.select("#state", "interrupted");
  check("a state filters the list", await until("two are left", async () => (await names()).join() === "interrupted,killed"));
  await page.click("#clear");
  await page.type("#find", "wide purpose");
  check("words of a note filter the list", await until("one is left", async () => (await names()).join() === "digits"));
  await page.click("#clear");
  await page.evaluate(() => [...document.querySelectorAll("#campaigns th button")].find(button => button.textContent.startsWith("trials")).click());
  check("a column sorts the list", (await names())[0] === "allfailed", (await names()).join());

  for (const name of ["digits", "digits-random"]) await (await row(name)).evaluate(line => line.querySelector("input").click());
  await page.click("#compare");
  check("ticked campaigns are compared", await until("the comparison is there", async () => (await text(page, "#pairs")).includes("ahead of") && await page.$("#figure-compared img")));
  await page.goBack();
  check("back keeps the ticks", await until("they are there", async () => (await text(page, "#ticked")).startsWith("2 are ticked")));
  await page.goto(`${base}/compare?campaign=digits&campaign=many`, { waitUntil: "domcontentloaded" });
  check("what does not compare is refused in a sentence", await until("it says so", async () => (await text(page, "#trouble")).includes("do not compare")));
  await page.close();
};

// Columns, tables behind pictures, points that lead to their trial, by mouse, finger and keyboard.
export const usePictures = async ({ open, check, until, text, base }) => {
  let page = await open(`${base}/c/tradeoff`);
  await until("the table is there", () => page.$("#rows tbody tr[aria-rowindex]"));
  await page.$eval("#columns summary", summary => summary.click());
  await page.$eval("#columns input[value=seconds]", box => box.click());
  const heads = () => page.$$eval("#rows th", cells => cells.map(cell => cell.textContent.replace(/ [↑↓]$/, "")));
  check("a column goes where it is not wanted", !(await heads()).includes("seconds"));
  await page.reload({ waitUntil: "domcontentloaded" });
  await until("the table is there", () => page.$("#rows tbody tr[aria-rowindex]"));
  check("and stays away after a reload", !(await heads()).includes("seconds") && (await heads()).includes("epochs"), (await heads()).join());
  const sentence = await text(page, "#fronted"), [, members] = sentence.match(/^(\d+) of 40/) ?? [];
  await page.$eval("#figure-front .behind summary", summary => summary.click());
  await until("the table behind is there", () => page.$("#figure-front .behind tbody tr"));
  check("the front has the members that the server counts", (await page.$$eval("#figure-front .behind tbody tr", rows => rows.filter(row => row.textContent.includes("on the front")).length)) === Number(members), sentence);
  for (const kind of ["history", "slices", "importance", "workers"]) {
    await page.$eval(`#figure-${kind} .behind summary`, summary => summary.click());
    check(`${kind} has a table behind it`, await until("it is there", async () => (await page.$$(`#figure-${kind} .behind tbody tr`)).length > 0));
  }
  const taken = await page.$$eval("figcaption a[download]", links => links.map(link => link.href));
  const answers = await page.evaluate(links => Promise.all(links.map(async link => (await fetch(link)).status)), taken);
  check(`each of ${taken.length} pictures to take away is there, or has nothing in it yet`, answers.every(status => status === 200 || status === 204), answers.join());

  await page.focus("#thumbs [tabindex='0']");
  const onThumb = name => page.evaluate(wanted => document.activeElement.getAttribute(wanted), name);
  await page.keyboard.press("PageUp");
  const narrowed = await text(page, "#count");
  check("an axis is narrowed by keyboard, and its end says by how much", / of 40/.test(narrowed) && (await onThumb("aria-valuetext")).endsWith(narrowed) && Number(await onThumb("aria-valuenow")) >= 10, narrowed);
  await page.keyboard.press("ArrowRight");
  check("an arrow goes to the other end", / to$/.test(await onThumb("aria-label")), await onThumb("aria-label"));
  await page.keyboard.press("Home");
  check("the ends do not pass each other", Number(await onThumb("aria-valuenow")) >= 10 && (await page.$$("#thumbs [tabindex='0']")).length === 1);
  await page.keyboard.press("Delete");
  check("Delete frees the axis", (await text(page, "#count")) === "40 trials", await text(page, "#count"));
  await page.$eval("#front canvas", canvas => canvas.scrollIntoView({ block: "center", behavior: "instant" }));
  await page.focus("#front canvas");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  const tip = await text(page, "#tip");
  check("arrow keys name a trial of the front", /^trial \d+/.test(tip), tip);
  await page.keyboard.press("+");
  await page.keyboard.press("0");
  await page.keyboard.press("Enter");
  check("Enter opens it", await until("its page is there", () => page.url().endsWith(`/t/${tip.match(/\d+/)[0]}`)), page.url());
  await page.goBack();
  await until("the table is there", () => page.$("#rows tbody tr[aria-rowindex]"));
  const canvas = await page.$("#slices canvas");
  await canvas.evaluate(part => part.scrollIntoView({ block: "center", behavior: "instant" }));
  const box = await canvas.boundingBox();
  const hit = await until("a point is under the mouse", async () => {
    for (let x = 60; x < box.width - 20; x += 9) for (let y = 14; y < box.height - 50; y += 9) {
      await page.mouse.move(box.x + x, box.y + y);
      if (await text(page, "#tip")) return [x, y];
    }
    return null;
  });
  const named = await text(page, "#tip");
  await page.mouse.click(box.x + hit[0], box.y + hit[1]);
  check("a click on a point opens its trial", await until("its page is there", () => page.url().endsWith(`/t/${named.match(/\d+/)[0]}`)), `${named} ${page.url()}`);
  await page.goto(`${base}/c/digits`, { waitUntil: "domcontentloaded" });
  await until("the pictures are there", () => page.$("#figure-curves .frame"));
  const curves = await until("the curves are drawn", async () => {
    await page.$eval("#figure-curves", figure => figure.scrollIntoView({ block: "center", behavior: "instant" }));
    return await page.$("#figure-curves canvas");
  });
  await curves.focus();
  await page.keyboard.press("ArrowRight");
  const curve = await until("a point of a curve is named", async () => (await text(page, "#tip")).match(/^trial (\d+)/));
  await page.keyboard.press("Enter");
  check("a point of a learning curve names its trial and opens it", await until("its page is there", () => page.url().endsWith(`/t/${curve[1]}`)), page.url());
  await page.close();

  page = await open(`${base}/c/tradeoff`, { width: 360 });
  await until("the front is drawn", () => page.$("#front canvas"));
  const finger = await page.$("#front canvas");
  await finger.evaluate(part => part.scrollIntoView({ block: "center", behavior: "instant" }));
  const area = await finger.boundingBox();
  const touched = await until("a finger points at a trial", async () => {
    for (let x = 70; x < area.width - 20; x += 14) for (let y = 20; y < area.height - 50; y += 14) {
      await page.touchscreen.tap(area.x + x, area.y + y);
      if (await text(page, "#tip")) return [x, y];
    }
    return null;
  });
  await page.touchscreen.tap(area.x + touched[0], area.y + touched[1]);
  check("a finger points by its first touch and opens by its second", await until("its page is there", () => /\/t\/\d+$/.test(page.url())), page.url());
  await page.close();
};

// A trial of a campaign that runs: neighbours, a small move that runs; and a configuration whose conditions the form knows.
export const useTrial = async ({ open, check, until, text, base, start }) => {
  let page = await open(`${base}/c/digits/t/0`);
  check("a trial has its neighbours, with distances", await until("they are there", async () => (await page.$$("#neighbours tbody tr")).length === 8));
  check("of a campaign at rest it says why none can be run", (await text(page, "#moved")).includes("does not run"));
  const winner = await page.evaluate(async () => (await (await fetch("/api/campaigns/digits")).json()).best.trial);
  await page.goto(`${base}/c/digits/t/${winner}`, { waitUntil: "domcontentloaded" });
  check("the winner has its confusion matrix, and its table", await until("it is there", async () => await page.$("#confusion img") && (await page.$$("#confusion tbody tr")).length === 10));
  await page.goto(`${base}/c/killed/t/0`, { waitUntil: "domcontentloaded" });
  check("a trial of rungs tells its way up", await until("it is there", async () => (await page.$$("#rungs tbody tr")).length > 1));

  await page.goto(`${base}/c/live/t/3`, { waitUntil: "domcontentloaded" });
  const move = await until("a small move is offered", async () => { const said = await text(page, "#moved"); return said.startsWith("A small move:") ? said : null; });
  await page.click("#move");
  check("another small move is another", await until("it is", async () => { const said = await text(page, "#moved"); return said.startsWith("A small move:") && said !== move; }));
  const rate = await page.$eval("#enqueue [name=learning_rate]", field => field.value);
  await page.$eval("#enqueue", form => form.requestSubmit());
  check("a neighbour is enqueued", await until("the owner says so", async () => { const said = await text(page, "#said"); return said && said !== "…" ? said : null; }), await text(page, "#said"));
  await page.goto(`${base}/c/live`, { waitUntil: "domcontentloaded" });
  await until("trials are there", () => page.$("#rows tbody tr[aria-rowindex]"));
  await page.type("#filter", `origin=enqueued learning_rate=${rate}`);
  check("and its trial appears", await until("it does", async () => (await page.$$("#rows tbody tr[aria-rowindex]")).length === 1));
  await page.click("#clear");
  check("a card says what may stop its trial", await until("it does", async () => (await text(page, "#cards")).includes("It stops once it is behind the median")));
  await page.select("#enqueue [name=optimizer]", "adam");
  const shows = () => page.$eval("#enqueue [name=momentum]", field => !field.closest("label").hidden);
  const isHidden = !(await shows());
  await page.select("#enqueue [name=optimizer]", "sgd");
  check("the form hides what plays no part", isHidden && await shows());
  check("the page shows the command that adds workers", (await text(page, "#commandlist")).includes("--listen"));
  await page.close();

  const retried = start("run", "failing.yaml", "--name", "retried", "--trials", "400");
  page = await open(`${base}/`);
  await until("the list has the campaign", () => page.$("a[href='/c/retried']"));
  await page.goto(`${base}/c/retried`, { waitUntil: "domcontentloaded" });
  await until("trials have failed", async () => (await text(page, "#tiles")).includes("failed"));
  await page.$eval("#retry", button => button.click());
  check("failed trials start again", await until("the owner says so", async () => (await text(page, "#said")).includes("start again")), await text(page, "#said"));
  check("and the page counts that as an intervention", await until("it does", async () => (await text(page, "#interventions")).length > 0));
  page.removeAllListeners("dialog");
  page.once("dialog", question => question.accept());
  await page.$eval("#stop", button => button.click());
  check("Stop asks first, and then stops as Ctrl-C would", await retried.over === 130, String(await retried.over));
  check("a campaign that was interrupted says how it goes on", await until("it does", async () => (await text(page, "#commandlist")).includes("--retry-failed")));
  await page.close();
};

// Barriers: a report without an account or script, a word by the secret link, the list, a case at
// every step, the scoreboard.
import {readFileSync} from "node:fs";
import path from "node:path";
import {createHash} from "node:crypto";
import {check, languages, read, root, screens, signIn} from "./lib.mjs";
import {recordsOf} from "./taking.mjs";

const axeSource = readFileSync(path.join(root, "tests/e2e/node_modules/axe-core/axe.min.js"), "utf8");

const secretOf = (name) => createHash("sha256").update(`veche demonstration reporter ${name}`).digest("hex");

async function lists(browser, base) {
  const page = await browser.newPage();
  await page.goto(`${base}/en/barriers`);
  const ranks = await page.locator("tbody td:first-child").allInnerTexts();
  check("the list begins with the dearest", ranks[0].trim() === "1" && ranks[1].trim() === "2", ranks.join(" "));
  check("what is not known comes last", ranks.at(-1).trim() === "–", ranks.join(" "));
  await page.selectOption("#f-late", "yes");
  await Promise.all([page.waitForNavigation(), page.locator("form.filters button").click()]);
  const rows = await page.locator("tbody tr").count();
  const late = await page.locator("tbody tr .tag.bad").count();
  check("the filter shows late cases alone", rows > 0 && rows === late, `${rows} ${late}`);
  const {text} = await read(base, "/en/barriers.csv" + new URL(page.url()).search);
  check("its file has the same cases", recordsOf(text).length - 1 === rows, recordsOf(text).length);
  const feed = await read(base, "/en/barriers.atom");
  check("the list can be followed", feed.type.startsWith("application/atom+xml") && feed.text.includes("<entry>"));
  await page.close();
}

async function cases(browser, base) {
  const page = await browser.newPage();
  const says = async (id, ...words) => {
    await page.goto(`${base}/en/barriers/${id}`);
    const text = await page.locator("main").innerText();
    for (const word of words) check(`${id} says ${word}`, text.includes(word), text.slice(0, 400));
  };
  await says("b-1", "closed", "dissents", "by who reported it", "Later check: still gone");
  await says("b-2", "measures", "Later check: it is back", "Cost a year");
  await says("b-4", "late", "asks for more time", "b-8", "Measures to remove it");
  await says("b-6", "removed", "by a test", "Test: it is still there");
  await says("b-7", "Not voted yet");
  await says("b-9", "nothing found");
  await says("b-10", "another authority decides");
  await says("b-16", "waits to be read");
  await says("b-17", "Taken over from a register that others keep", "OB-2019-014", "unverified",
             "Nobody reported it here");
  const board = await read(base, "/en/barriers/scoreboard.csv");
  check("members and the body are scored", recordsOf(board.text).length === 4, board.text.slice(0, 200));
  await page.close();
}

/// A browser that runs no script and is signed in nowhere.
async function withoutAccount(browser, base) {
  const context = await browser.newContext({javaScriptEnabled: false});
  const page = await context.newPage();
  await page.goto(`${base}/en/barriers/report`);
  const send = "main form.form button[type=submit]";
  await Promise.all([page.waitForNavigation(), page.locator(send).click()]);
  check("an empty report is refused", (await page.title()).startsWith("Error:"), await page.title());
  await page.selectOption("#f-class", "barrier");
  await page.selectOption("#f-member", "ru");
  await page.fill("#f-text", "A second paper was asked for at the gate.");
  await page.fill("#f-contact", "somebody@example.org");
  await Promise.all([page.waitForNavigation(), page.locator(send).click()]);
  const heading = await page.locator("h1").innerText();
  const number = heading.match(/b-\d+/)?.[0] ?? "";
  check("a report gets its number", number !== "", heading);
  await page.screenshot({path: path.join(screens, "barrier-sent-1280.png")});
  const link = await page.locator("#secret-link").innerText();
  const secret = link.split("#")[1];
  check("and a secret link", /^[0-9a-f]{64}$/.test(secret), link);
  await page.goto(`${base}/en/barriers/${number}`);
  const open = await page.locator("main").innerText();
  check("what was written is not public", !open.includes("second paper") && !open.includes("example.org"));
  check("that it waits is", open.includes("waits to be read"), open.slice(0, 200));
  const journal = await (await fetch(`${base}/api/ask/barriers.barrier?barrier=${number}`)).text();
  check("nor does the API tell it", !journal.includes("second paper"));
  await page.goto(`${base}/en/barriers/mine`);
  await page.fill("#f-secret", link);
  await Promise.all([page.waitForNavigation(), page.locator(send).click()]);
  check("the link opens the report", (await page.locator("h1").innerText()).includes(number));
  check("its address holds no secret", !page.url().includes(secret));
  await page.selectOption("#f-word", "comment");
  await page.fill("#f-text", "It happened again.");
  await Promise.all([page.waitForNavigation(), page.locator(send).click()]);
  check("a word is signed and said", (await page.locator("[role=status]").innerText()).includes("signed by the key"));
  await page.goto(`${base}/en/barriers/${number}`);
  check("the word stands in public", (await page.locator("main").innerText()).includes("has something to add"));
  await context.close();
  return number;
}

async function readByDesk(browser, base, number) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await signIn(page, base, "barrier-desk", "veche-demo");
  await page.goto(`${base}/en/barriers/${number}`);
  await page.locator("a[href*='/sealed/']").first().click();
  await page.waitForLoadState("load");
  const link = page.locator("main a[href*='/file']").first();
  check("the desk is shown a file", (await link.count()) === 1);
  if ((await link.count()) === 1) {
    const answer = await context.request.get(new URL(await link.getAttribute("href"), base).href);
    const text = await answer.text();
    check("the desk reads what was written", text.includes("second paper") && text.includes("example.org"), text);
  }
  await context.close();
}

/// The reporter of a case whose removal waits confirms it by the link, with script.
async function confirmed(browser, base) {
  const page = await browser.newPage();
  await page.goto(`${base}/en/barriers/mine#${secretOf("five")}`);
  check("script takes the secret out of the address", !page.url().includes("#"), page.url());
  await Promise.all([page.waitForNavigation(), page.locator("main form.form button[type=submit]").click()]);
  await page.selectOption("#f-word", "confirm");
  await page.screenshot({path: path.join(screens, "barrier-mine-1280.png")});
  await Promise.all([page.waitForNavigation(), page.locator("main form.form button[type=submit]").click()]);
  await page.goto(`${base}/en/barriers/b-5`);
  check("the complainant's word removes it", (await page.locator(".state .tag").first().innerText()) === "removed");
  await page.close();
}

/// With script the secret is made in the browser, and no request carries it.
async function ownKey(browser, base) {
  const page = await browser.newPage();
  const sent = [];
  page.on("request", (request) => sent.push(`${request.url()} ${request.postData() ?? ""}`));
  const reporter = page.waitForResponse((one) => one.url().endsWith("/reporter.js"));
  await page.goto(`${base}/en/barriers/report`);
  await reporter;
  await page.locator("[data-own-key-note]").waitFor();
  check("the page says that the browser makes the key", !(await page.locator("[data-server-key-note]").isVisible()));
  await page.selectOption("#f-member", "by");
  await page.fill("#f-text", "A permit is asked for that no rule names.");
  await page.locator("main form.form button[type=submit]").click();
  await page.locator("[data-own-sent]").waitFor();
  const link = await page.locator("[data-own-sent] [data-link]").innerText();
  const secret = link.split("#")[1] ?? "";
  check("the link is made here", /^[0-9a-f]{64}$/.test(secret), link);
  const number = await page.locator("[data-own-sent] h2 [data-number]").innerText();
  check("the report has a number", /^b-\d+$/.test(number), number);
  await page.screenshot({path: path.join(screens, "barrier-own-sent-1280.png"), fullPage: true});
  const loaded = page.waitForResponse((one) => one.url().endsWith("/reporter.js"));
  await page.goto("about:blank");
  await page.goto(link);
  await loaded;
  await page.waitForTimeout(300);
  await Promise.all([page.waitForNavigation(), page.locator("main form.form button[type=submit]").click()]);
  check("the link opens the report by its public key", (await page.locator("h1").innerText()).includes(number));
  await page.locator("form[data-own-word]").waitFor();
  await page.waitForFunction(() => location.hash === "");
  await page.selectOption("#f-word", "comment");
  await page.fill("#f-text", "It was asked for again.");
  await page.screenshot({path: path.join(screens, "barrier-own-word-1280.png"), fullPage: true});
  await Promise.all([page.waitForNavigation(), page.locator("main form.form button[type=submit]").click()]);
  check("a word signed in the browser is said",
        (await page.locator("[role=status]").innerText()).includes("signed by the key"));
  check("no request carries the secret", sent.length > 5 && !sent.some((one) => one.includes(secret)),
        sent.find((one) => one.includes(secret))?.slice(0, 200));
  await page.close();
}

async function fits(browser, base) {
  for (const width of [360, 1280]) {
    const page = await browser.newPage({viewport: {width, height: 900}, bypassCSP: true});
    for (const language of languages)
      for (const name of ["barriers", "barriers/b-1", "barriers/b-4", "barriers/b-17", "barriers/report",
                          "barriers/mine", "barriers/scoreboard", "draft-rules", "draft-rules/labels"]) {
        await page.goto(`${base}/${language}/${name}`);
        const wide = await page.evaluate(() => document.scrollingElement.scrollWidth);
        check(`/${language}/${name} fits ${width} px`, wide <= width, wide);
        await page.evaluate(axeSource);
        const found = await page.evaluate(() => globalThis.axe.run(document, {
          runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}));
        check(`/${language}/${name} at ${width} px: axe`, found.violations.length === 0,
              found.violations.map((v) => `${v.id} (${v.nodes[0].target})`).join(", "));
        if (language === "en" || width === 360)
          await page.screenshot({path: path.join(screens, `${name.replace("/", "-")}-${language}-${width}.png`),
                                 fullPage: true});
      }
    await page.close();
  }
}

async function found(base) {
  const {text} = await read(base, "/ru/search?q=гарантяи");
  check("search finds a case, in spite of an error", text.includes("/ru/barriers/b-5"));
  check("and a draft rule", (await read(base, "/en/search?q=labels")).text.includes("/en/draft-rules/labels"));
  check("what strangers wrote is not found",
        !(await read(base, "/en/search?q=example-report")).text.includes("/barriers/b-"));
}

/// Cases out of a file, without script: every fault with its place and remedy, then all or none.
async function takenOver(browser, base) {
  const strangers = await browser.newPage();
  const closed = await strangers.goto(`${base}/en/barriers/import`);
  check("who is not signed in is asked to", closed.url().includes("/login"), closed.url());
  await strangers.close();
  const context = await browser.newContext({javaScriptEnabled: false});
  const page = await context.newPage();
  await signIn(page, base, "barrier-desk", "veche-demo");
  await page.goto(`${base}/en/barriers`);
  await Promise.all([page.waitForNavigation(), page.locator("a[href$='/barriers/import']").click()]);
  const head = "number,class,member,title.en,about.en,authority.en,hinders.headings,source.name,source.verified\n";
  const row = (number, member, headings) =>
    `${number},barrier,${member},Stamps for barrows,Each is stamped twice.,Office,${headings},Example register,yes\n`;
  const offer = async (csv, button) => {
    await page.setInputFiles("#f-file", {name: "cases.csv", mimeType: "text/csv", buffer: Buffer.from(csv)});
    await Promise.all([page.waitForNavigation(), page.locator(`button[value=${button}]`).click()]);
  };
  await offer(head + row("E-1", "by", "8716") + row("E-2", "fr", "8716") + row("E-1", "by", "8716"), "try");
  const faults = await page.locator("section[aria-labelledby=faults] tbody tr").allInnerTexts();
  check("each fault has its line, column and remedy",
        faults.length === 2 && /^3\s+member/.test(faults[0]) && /^4\s+number/.test(faults[1]) &&
        faults[1].includes("Keep one"), faults.join(" | "));
  check("nothing faulty can be laid ready", (await page.locator("button[value=stage]").count()) === 0);
  check("the page says that it failed", (await page.title()).startsWith("Error:"), await page.title());
  for (const width of [360, 1280]) {
    await page.setViewportSize({width, height: 900});
    await page.screenshot({path: path.join(screens, `barrier-import-${width}.png`), fullPage: true});
  }
  await offer("number;clas\n1;2\n", "try");
  check("a column that is none is named", (await page.locator("main").innerText()).includes("clas"));
  await page.fill("#f-text", head + row("E-1", "by", "8716") + row("E-2", "ru", "8716"));
  await Promise.all([page.waitForNavigation(), page.locator("button[value=try]").click()]);
  check("a sound file says how much it is", /2 cases could be taken over/.test(await page.locator("main").innerText()));
  const before = recordsOf((await read(base, "/en/barriers.csv")).text).length;
  await page.fill("#f-batch", "e2e-cases");
  await Promise.all([page.waitForNavigation(), page.locator("button[value=stage]").click()]);
  const waits = page.locator("section[aria-labelledby=waiting] li", {hasText: "e2e-cases"});
  check("what is laid ready waits for a look", (await waits.count()) === 1, page.url());
  check("and is no case yet", recordsOf((await read(base, "/en/barriers.csv")).text).length === before);
  await Promise.all([page.waitForNavigation(), waits.locator("button").first().click()]);
  const after = await read(base, "/en/barriers.csv");
  check("then all of it is taken over", recordsOf(after.text).length === before + 2, recordsOf(after.text).length);
  await page.goto(`${base}/en/barriers/import`);
  check("and nothing waits", (await page.locator("section[aria-labelledby=waiting] [data-why=none]").count()) === 1);
  await context.close();
}

export async function barriers(browser, base) {
  await lists(browser, base);
  await found(base);
  await cases(browser, base);
  await fits(browser, base);
  const number = await withoutAccount(browser, base);
  await ownKey(browser, base);
  await readByDesk(browser, base, number);
  await confirmed(browser, base);
  await takenOver(browser, base);
}

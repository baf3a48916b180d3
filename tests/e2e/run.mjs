// Browser tests: the example union is served by the program itself; pages are read first without
// script, then in Chromium as a person would use them. Pictures go to build/screens/.
import {mkdirSync, mkdtempSync, readFileSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import path from "node:path";
import {fileURLToPath} from "node:url";
import {FileSystemConfigLoader, HtmlValidate} from "html-validate";
import {chromium} from "playwright-core";
import {acting, publishing} from "./acting.mjs";
import {asking} from "./asking.mjs";
import {barriers} from "./barriers.mjs";
import {linking} from "./linking.mjs";
import {check, count, freePort, languages, linksOf, screens, sendLogin, signIn, start} from "./lib.mjs";
import {disclosing} from "./disclosing.mjs";
import {dosing} from "./dosing.mjs";
import {describing} from "./describing.mjs";
import {exploring} from "./exploring.mjs";
import {partnering} from "./partnering.mjs";
import {preventing} from "./preventing.mjs";
import {printing} from "./printing.mjs";
import {reading} from "./reading.mjs";
import {situating} from "./situating.mjs";
import {taking} from "./taking.mjs";
import {validating} from "./validating.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const mainPages = ["", "sessions", "decisions", "programme", "late", "money", "bodies", "journal",
                   "about", "login", "regions", "places/BY-MA", "links/by-hm--kaluga",
                   "beneficiaries", "partners", "exchanges", "prevention",
                   "prevention/clashes", "situation", "situation/RU-SMO", "doses"];

// --- Reading without script ------------------------------------------------------------------------

const validator = new HtmlValidate(new FileSystemConfigLoader({
  extends: ["html-validate:standard"],
  rules: {"no-trailing-whitespace": "off", "long-title": "off", "void-style": "off",
          "no-inline-style": "error", "require-sri": "off", "doctype-style": "off",
          // Lists keep their role where the style takes their bullets away; Safari asks for it.
          "no-redundant-role": "off", "prefer-native-element": "off"},
}));

async function crawl(base, language, limit) {
  const seen = new Set([`/${language}/`]);
  const waiting = [...seen];
  let pages = 0;
  while (waiting.length > 0 && pages < limit) {
    const address = waiting.shift();
    const answer = await fetch(base + address, {redirect: "follow"});
    const type = answer.headers.get("content-type") ?? "";
    const html = await answer.text();
    check(`${address} answers`, answer.status === 200, answer.status);
    if (!type.startsWith("text/html")) continue;
    pages += 1;
    check(`${address} says its language`, html.includes(`<html lang="${language}"`));
    check(`${address} has one heading`, (html.match(/<h1[\s>]/g) ?? []).length === 1);
    check(`${address} shows no template mark`, !html.includes("{{"));
    if (pages % 5 === 1) await validate(address, html);
    for (const link of linksOf(html)) {
      const inside = link.startsWith(`/${language}/`) && !/\.(csv|json|svg|atom|ics|pdf|xml)$/.test(link) &&
                     !link.includes("/take/");
      if (inside && !seen.has(link)) {
        seen.add(link);
        waiting.push(link);
      }
    }
  }
  return pages;
}

async function validate(address, html) {
  const report = await validator.validateString(html, address);
  const words = report.results.flatMap((r) => r.messages)
                    .filter((m) => m.severity === 2)
                    .map((m) => `${m.line}:${m.column} ${m.ruleId}: ${m.message}`);
  check(`${address} is valid HTML`, words.length === 0, words.slice(0, 4).join(" | "));
}

// --- In a browser ----------------------------------------------------------------------------------

const axeSource = readFileSync(path.join(here, "node_modules/axe-core/axe.min.js"), "utf8");

async function fitsAndIsAccessible(browser, base) {
  for (const [width, height] of [[360, 740], [768, 1024], [1280, 900]]) {
    // The policy of the pages allows no foreign script; the checker is one.
    const context = await browser.newContext({viewport: {width, height}, bypassCSP: true});
    const page = await context.newPage();
    for (const name of mainPages) {
      const address = `/en/${name}`;
      await page.goto(base + address);
      const wide = await page.evaluate(() => document.scrollingElement.scrollWidth);
      check(`${address} fits ${width} px`, wide <= width, wide);
      await page.screenshot({path: path.join(screens, `${name || "home"}-${width}.png`)});
      await page.evaluate(axeSource);
      const found = await page.evaluate(() => globalThis.axe.run(document, {
        runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"],
      }));
      const words = found.violations.map((v) => `${v.id} (${v.nodes[0].target})`).join(", ");
      check(`${address} at ${width} px: axe`, found.violations.length === 0, words);
    }
    await context.close();
  }
}

/// Words of other languages are longer: nothing may stand out of the page in any of them.
async function fitsInEachLanguage(browser, base) {
  const names = [...mainPages, "commitments", "claims", "payments", "contributions", "balances", "flow", "bank",
                 "arrears", "pace", "past", "approvals", "elections", "by-measure/-", "calls", "calls/study-places",
                 "call-results/study-places", "lots/study-places", "lots/study-places?applicant=applicant-9",
                 "calls/neighbours", "call-projects/neighbours/proposer-2", "call-ballots/neighbours",
                 "calls/first-aid", "call-shares/first-aid/ru-psk", "calls/people-grants", "calls/winter-schools",
                 "evidence", "evidence/russia-in-exports", "evidence/distance-in-trade", "datasets/belarus-exports",
                 "organisations/bkm-sibir", "organisations", "places", "data",
                 "beneficiaries/example-paper", "payer-reports/example-ministry?year=2023", "partners/p-linen",
                 "exchanges/example-teams", "organisations/example-pump",
                 "doses", "doses/coverage", "dose-lots/ex-0002", "dose-allocations/doses-1"];
  for (const width of [360, 1280]) {
    const page = await browser.newPage({viewport: {width, height: 900}});
    for (const language of languages) {
      for (const name of names) {
        await page.goto(`${base}/${language}/${name}`);
        const wide = await page.evaluate(() => document.scrollingElement.scrollWidth);
        check(`/${language}/${name} fits ${width} px`, wide <= width, wide);
      }
    }
    await page.close();
  }
}

async function wrongPassword(browser, base) {
  const page = await browser.newPage();
  await sendLogin(page, base, "treasurer", "not the password");
  check("a wrong password: the title begins with Error:", (await page.title()).startsWith("Error:"),
        await page.title());
  const focused = await page.evaluate(() => document.activeElement?.getAttribute("role") ?? "");
  check("a wrong password: the summary has the focus", focused === "alert", focused);
  await page.close();
}

async function openVoteAddress(base) {
  const answer = await fetch(`${base}/en/`);
  return linksOf(await answer.text()).find((l) => l.startsWith("/en/votes/"));
}

/// The whole way of a vote by keyboard: Tab to the choices, an arrow, Tab, Enter.
async function voteByKeyboard(browser, base) {
  const address = await openVoteAddress(base);
  check("the front page names the open vote", Boolean(address));
  if (!address) return;
  const page = await browser.newPage();
  await signIn(page, base, "by-economy-minister", "veche-demo");
  await page.goto(base + address);
  let onChoice = false;
  for (let i = 0; i < 80 && !onChoice; i += 1) {
    await page.keyboard.press("Tab");
    onChoice = await page.evaluate(() => document.activeElement?.getAttribute("name") === "choice");
  }
  check("the choices are reached by Tab", onChoice, address);
  await page.keyboard.press("Space");
  let onButton = false;
  for (let i = 0; i < 12 && !onButton; i += 1) {
    await page.keyboard.press("Tab");
    onButton = await page.evaluate(() => document.activeElement?.matches("main button[type=submit], main form button"));
  }
  check("the button is reached by Tab", onButton);
  const before = await page.content();
  await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
  const after = await page.content();
  check("the ballot is shown", after !== before && !(await page.title()).startsWith("Error:"),
        await page.title());
  await page.screenshot({path: path.join(screens, "vote-1280.png"), fullPage: false});
  await page.close();
}

async function languageKeepsPage(browser, base) {
  const page = await browser.newPage();
  await page.goto(`${base}/en/programme`);
  await page.click("nav.tongues a[lang=ru]");
  await page.waitForLoadState("load");
  check("the language switch keeps the page", new URL(page.url()).pathname === "/ru/programme", page.url());
  await page.close();
}

async function proofInBrowser(browser, base) {
  const page = await browser.newPage();
  await page.goto(`${base}/en/journal/5`);
  const button = page.locator("main button").filter({hasText: /check/i}).first();
  check("an entry offers its check", (await button.count()) === 1);
  if ((await button.count()) === 1) {
    await button.click();
    await page.waitForTimeout(1500);
    const words = await page.locator("main").innerText();
    check("the browser finds the entry in the tree", words.includes("Right:"),
          words.slice(0, 300));
    await page.screenshot({path: path.join(screens, "entry-1280.png")});
  }
  await page.close();
}

async function main() {
  mkdirSync(screens, {recursive: true});
  const scratch = mkdtempSync(path.join(tmpdir(), "veche-e2e-"));
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;
  const server = await start(path.join(scratch, "union"), port);
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
           "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
  // One part alone by its name: node run.mjs printing.
  const only = process.argv[2];
  const part = async (name, run) => {
    if (only && only !== name) return;
    const started = performance.now();
    await run();
    console.log(`${name}: ${Math.round((performance.now() - started) / 1000)} s`);
  };
  const crawls = async () => {
    for (const language of languages) {
      const pages = await crawl(base, language, 120);
      console.log(`${pages} pages read without script in ${language}`);
      check(`enough pages in ${language}`, pages > 40, pages);
    }
  };
  const using = async () => {
    await fitsAndIsAccessible(browser, base);
    await fitsInEachLanguage(browser, base);
    await wrongPassword(browser, base);
    await voteByKeyboard(browser, base);
    await languageKeepsPage(browser, base);
    await proofInBrowser(browser, base);
  };
  try {
    await part("crawls", crawls);
    await part("reading", () => reading(browser, base));
    await part("taking", () => taking(browser, base));
    await part("validating", () => validating(browser, base));
    await part("describing", () => describing(base));
    await part("printing", () => printing(browser, base, scratch));
    await part("acting", () => acting(browser, base));
    await part("asking", () => asking(browser, base));
    await part("exploring", () => exploring(browser, base));
    await part("linking", () => linking(browser, base));
    await part("disclosing", () => disclosing(browser, base));
    await part("partnering", () => partnering(browser, base));
    await part("situating", () => situating(browser, base));
    await part("barriers", () => barriers(browser, base));
    await part("dosing", () => dosing(browser, base));
    await part("preventing", () => preventing(browser, base));
    await part("using", using);
    await part("publishing", () => publishing(browser, base));
  } finally {
    await browser.close();
    server.kill("SIGTERM");
    rmSync(scratch, {recursive: true, force: true});
  }
  console.log(`${count.passed} passed, ${count.failed} failed`);
  process.exit(count.failed > 0 ? 1 : 0);
}

main().catch((error) => {
  console.log(`FAIL ${error.stack}`);
  console.log(`${count.passed} passed, ${count.failed + 1} failed`);
  process.exit(1);
});

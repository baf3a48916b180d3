// Doses: every dose is somewhere, lots with their lives, an allocation with its reasons, coverage.
import {readFileSync} from "node:fs";
import path from "node:path";
import {check, languages, read, root, screens, signIn} from "./lib.mjs";
import {recordsOf} from "./taking.mjs";

const axeSource = readFileSync(path.join(root, "tests/e2e/node_modules/axe-core/axe.min.js"), "utf8");

const pages = ["doses", "doses/coverage", "doses/policies", "dose-lots/ex-0002", "dose-allocations/doses-1",
               "dose-allocations/winter-1", "dose-plans/m-winter"];
const digits = (text) => Number(text.replaceAll(/[^0-9]/g, ""));

async function nothingIsLost(base) {
  const {text} = await read(base, "/en/doses.json");
  for (const one of JSON.parse(text).products) {
    const kept = one.held + one.way + one.given + one.lost_open + one.lost_closed + one.missing;
    check("every dose received is held, on the way, given or lost", Number(one.received) === kept,
          text.slice(0, 300));
  }
  const stock = recordsOf((await read(base, "/en/doses.csv")).text);
  check("stock by site can be taken away", stock.length > 10, stock.length);
  check("so can lots", recordsOf((await read(base, "/en/doses.csv?list=lots")).text).length === 1 + 4);
}

async function shown(browser, base) {
  const page = await browser.newPage();
  await page.goto(`${base}/en/dose-allocations/doses-1`);
  const shares = await page.locator("section[aria-labelledby=shares] tbody tr").allInnerTexts();
  check("an allocation names ten stores", shares.length === 10, shares.length);
  const given = await page.locator("section[aria-labelledby=shares] td[data-label='Gets']").allInnerTexts();
  check("its shares sum to what was decided", given.map(digits).reduce((a, b) => a + b) === 300000, given.join(" "));
  check("and its check holds", (await page.locator("dl.facts .tag.good").count()) === 1);
  await page.goto(`${base}/en/motions/m-winter`);
  await page.locator("a[href*='/dose-plans/m-winter']").click();
  const rules = await page.locator("section[aria-labelledby=plan-rules] tbody tr").allInnerTexts();
  check("a plan stands beside two plain rules", rules.length === 3, rules.join(" | "));
  const figures = page.locator("section[aria-labelledby=plan-rules] td[data-label='Deaths averted']");
  const averted = (await figures.allInnerTexts()).map((one) => Number(one.replaceAll(/[^0-9.]/g, "")));
  check("none of them averts more", averted[0] >= averted[1] && averted[0] >= averted[2], averted.join(" "));
  const floors = await page.locator("section[aria-labelledby=floor-price] tbody tr").count();
  check("the price of the floor is told step by step", floors >= 5, floors);
  check("and drawn", (await page.locator("section[aria-labelledby=floor-price] svg").count()) === 1);
  await page.goto(`${base}/en/dose-lots/ex-0002`);
  const life = await page.locator("section[aria-labelledby=life] tbody tr").allInnerTexts();
  const happened = (what) => life.some((one) => one.includes(what));
  check("a lot tells its life", happened("received") && happened("given"), life.slice(0, 3).join(" | "));
  check("it was warned of before its expiry", happened("expires soon"), life.length);
  await page.goto(`${base}/en/doses/coverage`);
  const words = await page.locator("main").innerText();
  check("a region without a report is silent", words.includes("no report"), words.slice(0, 300));
  check("a report that fell says so", words.includes("below an earlier report"));
  await page.goto(`${base}/en/dose-lots/nothing`);
  check("an unknown lot is not found", (await page.locator("main").innerText()).includes("no lot"));
  await page.close();
}

async function fits(browser, base) {
  for (const width of [360, 1280]) {
    const page = await browser.newPage({viewport: {width, height: 900}, bypassCSP: true});
    for (const language of languages)
      for (const name of pages) {
        await page.goto(`${base}/${language}/${name}`);
        const wide = await page.evaluate(() => document.scrollingElement.scrollWidth);
        check(`/${language}/${name} fits ${width} px`, wide <= width, wide);
        await page.evaluate(axeSource);
        const found = await page.evaluate(() => globalThis.axe.run(document, {
          runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}));
        check(`/${language}/${name} at ${width} px: axe`, found.violations.length === 0,
              found.violations.map((v) => `${v.id} (${v.nodes[0].target})`).join(", "));
        await page.screenshot({path: path.join(screens, `${name.replace("/", "-")}-${language}-${width}.png`),
                               fullPage: true});
      }
    await page.close();
  }
}

async function byForm(browser, base) {
  const page = await browser.newPage();
  await signIn(page, base, "dose-desk", "veche-demo");
  await page.goto(`${base}/en/doses`);
  const acts = await page.locator("main").innerText();
  check("the desk is offered its acts", acts.includes("Record a lot that came"), acts.slice(0, 300));
  await page.close();
}

export async function dosing(browser, base) {
  await nothingIsLost(base);
  await shown(browser, base);
  await fits(browser, base);
  await byForm(browser, base);
}

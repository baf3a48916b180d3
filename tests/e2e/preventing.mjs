// Preventive measures: what is in force on a day, indices as published, a kind, clashes and a case.
import {readFileSync} from "node:fs";
import path from "node:path";
import {check, languages, read, root, screens} from "./lib.mjs";
import {recordsOf} from "./taking.mjs";

const axeSource = readFileSync(path.join(root, "tests/e2e/node_modules/axe-core/axe.min.js"), "utf8");

async function figures(browser, base) {
  const page = await browser.newPage();
  await page.goto(`${base}/en/prevention?on=2021-08-16`);
  const indices = await page.locator("section[aria-labelledby=p-index] tbody tr").allInnerTexts();
  const belarus = indices.find((one) => one.includes("Belarus")) ?? "";
  check("Belarus' stringency is the published one", belarus.includes("43.52"), indices.join(" | "));
  check("there is a picture with its table",
        (await page.locator("section[aria-labelledby=p-time] svg").count()) === 1);
  const {text} = await read(base, "/en/prevention.csv?on=2021-08-16");
  const records = recordsOf(text);
  check("the day as a file has the columns of OxCGRT",
        records[0].includes("C1M_School closing") && records[0].includes("StringencyIndex_Average"), records[0].join());
  check("and a row for each member", records.length === 3, records.length);
  const orders = await read(base, "/en/prevention/orders.csv");
  check("all orders are a file", recordsOf(orders.text).length > 140, recordsOf(orders.text).length);
  await page.goto(`${base}/en/prevention?known=2020-01-01`);
  check("before anything was known nothing is recorded",
        (await page.locator("main").innerText()).includes("not recorded"));
  await page.close();
}

async function clashes(browser, base) {
  const page = await browser.newPage();
  await page.goto(`${base}/en/prevention/clashes`);
  const rows = await page.locator("main table").first().locator("tbody tr").allInnerTexts();
  check("late ones come first", rows[0]?.includes("late") && rows[0]?.includes("border closed"), rows.join(" | "));
  const all = rows.join(" ");
  for (const word of ["aligned", "accepted by both", "to be settled"])
    check(`a clash is ${word}`, all.includes(word), all);
  check("clashes of 2021 are listed apart",
        (await page.locator("section[aria-labelledby=c-past] tbody tr").count()) > 5);
  await page.goto(`${base}/en/prevention/clashes/x-5`);
  const open = await page.locator("main").innerText();
  check("a case says on which agenda it is", open.includes("com-5"), open.slice(0, 500));
  await page.goto(`${base}/en/sessions/com-5`);
  check("and the agenda leads to the case",
        (await page.locator("a[href='/en/prevention/clashes/x-5']").count()) > 0);
  await page.close();
}

export async function preventing(browser, base) {
  await figures(browser, base);
  await clashes(browser, base);
  const page = await browser.newPage();
  const addresses = ["prevention?on=2021-08-16", "prevention/clashes", "prevention/clashes/x-3", "prevention/c1",
                     "prevention/orders", "prevention/orders/example-by-masks"];
  for (const language of languages) {
    for (const address of addresses) {
      await page.goto(`${base}/${language}/${address}`);
      for (const width of [360, 1280]) {
        await page.setViewportSize({width, height: 900});
        const fits = await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);
        check(`${address} fits ${width} in ${language}`, fits);
        await page.evaluate(axeSource);
        const found = await page.evaluate(async () => {
          const {violations} = await globalThis.axe.run(document, {runOnly: ["wcag2a", "wcag2aa"]});
          return violations.map((one) => `${one.id}: ${one.nodes[0].html}`);
        });
        check(`${address} is accessible at ${width} in ${language}`, found.length === 0, found.join("; "));
        const name = address.replace(/[^a-z0-9]+/g, "-");
        await page.screenshot({path: path.join(screens, `${name}-${language}-${width}.png`), fullPage: true});
      }
    }
  }
  await page.close();
}

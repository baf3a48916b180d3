// The situation: every region with its questions, what was known on a day, one region, a table tried out.
import path from "node:path";
import {check, read, screens, signIn} from "./lib.mjs";
import {recordsOf} from "./taking.mjs";

const rowOf = (page, name) => page.locator("section[aria-labelledby=regions] tbody tr", {hasText: name}).first();

async function overview(browser, base) {
  const page = await browser.newPage();
  await page.goto(`${base}/en/situation`);
  const silent = await rowOf(page, "Belarus").innerText();
  check("a member that sent nothing is silent", silent.includes("silent"), silent);
  const smolensk = await rowOf(page, "Smolensk").innerText();
  check("a region has R with its interval", /\d\.\d\d\s*\(\d\.\d\d–\d\.\d\d\)/.test(smolensk), smolensk);
  check("a changed figure is asked about", smolensk.includes("revised"), smolensk);
  const changed = await page.locator("section[aria-labelledby=revisions] tbody tr").allInnerTexts();
  check("the changed past says why", changed.length === 1 && changed[0].includes("mistyped"), changed.join(" | "));
  const {text} = await read(base, "/en/situation.csv");
  const records = recordsOf(text);
  check("the file has a row for each region and names its method",
        records.length === 1 + 7 && text.includes("cori-2013/1"), records.length);
  for (const width of [360, 1280]) {
    await page.setViewportSize({width, height: 900});
    for (const name of ["situation", "situation/RU-SMO", "situation/BY"]) {
      await page.goto(`${base}/en/${name}`);
      await page.screenshot({path: path.join(screens, `${name.replaceAll("/", "-")}-${width}.png`), fullPage: true});
    }
  }
  await page.close();
}

async function asKnown(browser, base) {
  const page = await browser.newPage();
  await page.goto(`${base}/en/situation/RU-SMO`);
  const now = await page.locator("section[aria-labelledby=days] tbody tr").allInnerTexts();
  check("four weeks are listed", now.length === 28, now.length);
  check("the revised day is marked", now.some((one) => one.includes("revised")), now.join(" | "));
  const held = await page.locator("section[aria-labelledby=days]").innerText();
  check("the page says how often both intervals held",
        /plain 95 % interval held \d+\.\d %, the wide one \d+\.\d %/.test(held), held.slice(0, 300));
  const day = new Date(Date.now() - 62 * 86_400_000).toISOString().slice(0, 10);
  await page.goto(`${base}/en/situation/RU-SMO?known=${day}`);
  const then = await page.locator("section[aria-labelledby=days] tbody tr").allInnerTexts();
  check("then the last week was not known", then.length === 28 && then[0] !== now[0], then[0]);
  check("and nothing had been changed", !then.some((one) => one.includes("revised")), then.join(" | "));
  await page.goto(`${base}/en/situation?known=2020-01-01`);
  const none = await rowOf(page, "Smolensk").innerText();
  check("before the first report nothing was known", none.includes("–"), none);
  await page.close();
}

async function tableTried(browser, base) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await signIn(page, base, "health-reporter-by", "veche-demo");
  await page.goto(`${base}/en/situation/import`);
  const tryOut = async (rows) => {
    await page.fill("#f-text", `region,day,cases\n${rows}`);
    await Promise.all([page.waitForNavigation(), page.locator("button[value=try]").click()]);
  };
  await page.fill("#f-source", "Letter");
  await tryOut("BY,2022-01-13,-4\nBY,2022-01-14,x\nRU,2022-01-15,7\n");
  const faults = await page.locator("section[aria-labelledby=faults] tbody tr").allInnerTexts();
  check("faults have line, column and remedy", faults.length === 3 && faults[0].includes("2\tcases"),
        faults.join(" | "));
  await tryOut("BY,2022-01-10,708291\nBY,2022-01-13,708200\n");
  const odd = await page.locator("section[aria-labelledby=remarks] tbody tr").allInnerTexts();
  check("missing days and a fall are told before reporting",
        odd.length === 2 && odd[0].includes("from 2022-01-11 to 2022-01-12 (2)") && odd[1].includes("by 91"),
        odd.join(" | "));
  await tryOut("BY,2022-01-10,708291\nBY,2022-01-11,708931\n");
  const could = await page.locator("[role=status]").innerText();
  check("a sound table could be reported", could.includes("2 counts could be reported"), could);
  await Promise.all([page.waitForNavigation(), page.locator("button[value=report]").click()]);
  await page.goto(`${base}/en/situation/BY`);
  check("and is reported", (await page.locator("section[aria-labelledby=days] tbody tr").first().innerText())
    .includes("11 January 2022"));
  await context.close();
}

export async function situating(browser, base) {
  await overview(browser, base);
  await asKnown(browser, base);
  await tableTried(browser, base);
}

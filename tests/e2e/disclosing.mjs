// Public money: who has not reported, sums by recipient, owners through others, a report by its form.
import path from "node:path";
import {check, read, screens, signIn} from "./lib.mjs";
import {recordsOf} from "./taking.mjs";

async function lists(browser, base) {
  const page = await browser.newPage();
  await page.goto(`${base}/en/beneficiaries`);
  const missing = await page.locator("section[aria-labelledby=missing] li").allInnerTexts();
  check("who has not reported is listed",
        missing.length === 2 && missing.every((one) => one.includes("no report")), missing.join(" | "));
  await page.selectOption("#f-payer", "fund");
  await Promise.all([page.waitForNavigation(), page.locator("form.filters button").click()]);
  const rows = await page.locator("section[aria-labelledby=rows] tbody tr").allInnerTexts();
  check("what the fund paid is its book's", rows.length === 1 && rows[0].includes("480,000"), rows.join(" | "));
  const {text} = await read(base, "/en/beneficiaries.csv?payer=example-ministry&kind=grant");
  const records = recordsOf(text);
  check("the file has the rows of its filter", records.length === 1 + 3 && text.includes("14"), records.length);
  await page.goto(`${base}/en/beneficiaries?year=1999`);
  check("an empty list says that it is filtered", (await page.locator("[data-why=filtered] a").count()) > 0);
  await page.close();
}

async function records(browser, base) {
  const page = await browser.newPage();
  await page.goto(`${base}/en/beneficiaries/example-paper`);
  const owners = await page.locator("section[aria-labelledby=owners] tbody tr").allInnerTexts();
  // The trust has 33.3333 % of the house, which has 60 %, and 40 % of a bank that has 30 to 50 % of the house,
  // and no more than the others leave there.
  const trust = owners.find((one) => one.includes("Example trust")) ?? "";
  check("a share through others is multiplied and added",
        trust.includes("27.19998") && trust.includes("31.199988"), trust);
  check("natural persons have no name", owners.some((one) => one.includes("natural persons")), owners.join(" | "));
  await page.goto(`${base}/en/payer-reports/example-ministry?year=2023`);
  const words = await page.locator("main").innerText();
  check("a corrected report says why", words.includes("A nought was missing"), words.slice(0, 400));
  check("and names both entries",
        (await page.locator("section[aria-labelledby=parts] a[href*='/journal/']").count()) === 2);
  for (const width of [360, 1280]) {
    await page.setViewportSize({width, height: 900});
    for (const name of ["beneficiaries", "beneficiaries/example-paper", "payer-reports/example-ministry?year=2023"]) {
      await page.goto(`${base}/en/${name}`);
      const file = `${name.replaceAll(/[/?=]/g, "-")}-${width}.png`;
      await page.screenshot({path: path.join(screens, file), fullPage: true});
    }
  }
  await page.close();
}

async function byForm(browser, base) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await signIn(page, base, "register-keeper", "veche-demo");
  await page.goto(`${base}/en/payer-reports/example-city?year=2024`);
  check("nothing was reported", (await page.locator(".state .tag").innerText()) === "no report");
  await page.locator("a[href*='do/beneficiaries.report_payments']").click();
  await page.fill("[name='source']", "Letter of the city");
  await page.evaluate(() => {
    for (const one of document.querySelectorAll("[name='zero']"))
      if (one.type === "checkbox" || one.value === "true") one.checked = true;
  });
  const send = "main form[data-act] button.button[type=submit]:not([name])";
  await Promise.all([page.waitForNavigation(), page.locator(send).click()]);
  await page.goto(`${base}/en/payer-reports/example-city?year=2024`);
  check("after a zero report there is one", (await page.locator(".state .tag").innerText()) === "zero report",
        await page.locator("main").innerText());
  await context.close();
}

export async function disclosing(browser, base) {
  await lists(browser, base);
  await records(browser, base);
  await byForm(browser, base);
}

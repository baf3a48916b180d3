// The partner search: filters, the reasons of a suggestion, a profile by its form, its review; exchanges and
// the roles of an organisation.
import path from "node:path";
import {check, read, screens, signIn} from "./lib.mjs";
import {recordsOf} from "./taking.mjs";

const send = "main form[data-act] button.button[type=submit]:not([name])";

async function search(browser, base) {
  const page = await browser.newPage();
  await page.goto(`${base}/en/partners`);
  await page.selectOption("#f-kind", "request");
  await Promise.all([page.waitForNavigation(), page.locator("form.filters button").click()]);
  const rows = await page.locator("section[aria-labelledby=profiles] tbody tr").allInnerTexts();
  check("the filter shows requests alone", rows.length === 2 && rows.every((one) => one.includes("request")),
        rows.join(" | "));
  const {text} = await read(base, "/en/partners.csv?kind=request");
  check("its file has the same profiles", recordsOf(text).length - 1 === rows.length);
  await page.goto(`${base}/en/partners?sector=99`);
  check("an empty list says that it is filtered", (await page.locator("[data-why=filtered] a").count()) === 1);
  const pairs = await page.locator("section[aria-labelledby=pairs] tbody tr").allInnerTexts();
  check("pairs of regions stand with ranges", pairs.length > 0 && pairs.every((one) => one.includes("–")),
        pairs.join(" | "));
  await page.close();
}

async function reasons(browser, base) {
  const page = await browser.newPage();
  await page.goto(`${base}/en/partners/p-linen`);
  const why = await page.locator("section[aria-labelledby=suggestions] ul.why li").allInnerTexts();
  for (const words of ["one offers what the other asks for", "both name the same goods: 5309",
                       "where a partner is sought", "gomel--bryansk", "finding"])
    check(`a reason: ${words}`, why.some((one) => one.includes(words)), why.join(" | "));
  const main = await page.locator("main").innerText();
  check("what came of it is named", main.includes("a link") && main.includes("contact, sealed"));
  check("and no contact is public", !main.includes("second floor"));
  await page.goto(`${base}/ru/partners/p-linen`);
  check("the reasons are in Russian", (await page.locator("main").innerText()).includes("их регионы связаны"));
  await page.goto(`${base}/en/exchanges/example-teams`);
  const seasons = await page.locator("section[aria-labelledby^=season-] h2").allInnerTexts();
  check("a season without a report says so", seasons.some((one) => one.includes("no report")), seasons.join(" | "));
  const words = await page.locator("main").innerText();
  check("who came again is counted", /had come in an earlier season/.test(words));
  await page.goto(`${base}/en/organisations/example-school-polotsk`);
  check("an organisation says in which call it has places",
        (await page.locator("section[aria-labelledby=roles] a[href*='/calls/winter-schools']").count()) === 1);
  await page.goto(`${base}/en/organisations/example-choir`);
  check("and under which call it was paid",
        (await page.locator("section[aria-labelledby=roles]").innerText()).includes("recipient"));
  for (const width of [360, 1280]) {
    await page.setViewportSize({width, height: 900});
    for (const name of ["partners", "partners/p-linen", "exchanges", "exchanges/example-teams",
                        "exchanges/example-labs", "organisations/example-pump"]) {
      await page.goto(`${base}/en/${name}`);
      await page.screenshot({path: path.join(screens, `${name.replaceAll("/", "-")}-${width}.png`), fullPage: true});
    }
  }
  await page.close();
}

async function choose(page, fields) {
  for (const [field, value] of fields)
    await page.evaluate(([name, wanted]) => {
      const [first, ...more] = document.querySelectorAll(`[name='${name}']`);
      if (first.type === "radio") [first, ...more].find((one) => one.value === wanted).checked = true;
      else first.value = wanted;
    }, [field, value]);
}

async function byForms(browser, base) {
  const firm = await browser.newContext();
  const page = await firm.newPage();
  await signIn(page, base, "firm-4", "veche-demo");
  await page.goto(`${base}/en/partners`);
  await page.locator("a[href*='do/registry.submit_profile']").click();
  const until = new Date(Date.now() + 9e9).toISOString().slice(0, 10);
  await choose(page, [["profile", "e2e-nuts"], ["kind", "offer"], ["subject", "goods"], ["title.en", "Nuts"],
                      ["text.en", "Nuts of steel, an example."], ["until", until]]);
  await Promise.all([page.waitForNavigation(), page.locator(send).click()]);
  check("a new profile waits for its review", (await page.locator(".state .tag").innerText()) === "in review",
        await page.locator("main").innerText());
  const office = await browser.newContext();
  const desk = await office.newPage();
  await signIn(desk, base, "register-keeper", "veche-demo");
  await desk.goto(`${base}/en/partners/e2e-nuts`);
  await Promise.all([desk.waitForNavigation(), desk.locator("form[action*='review_profile'] button").click()]);
  await page.goto(`${base}/en/partners/e2e-nuts`);
  check("reviewed it is public", (await page.locator(".state .tag").innerText()) === "published");
  await Promise.all([page.waitForNavigation(), page.locator("form[action*='withdraw_profile'] button").click()]);
  check("taken back it is not", (await page.locator(".state .tag").innerText()) === "taken back");
  await firm.close();
  await office.close();
}

export async function partnering(browser, base) {
  await search(browser, base);
  await reasons(browser, base);
  await byForms(browser, base);
}

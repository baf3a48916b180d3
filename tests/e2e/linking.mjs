// The register: the list of links by state and region, a link with both its sides, a year of a place,
// and a record made by its form.
import {check, read, signIn} from "./lib.mjs";
import {recordsOf} from "./taking.mjs";

async function lists(browser, base) {
  const page = await browser.newPage();
  await page.goto(`${base}/en/regions`);
  await page.selectOption("#f-state", "dormant");
  await Promise.all([page.waitForNavigation(), page.locator("form.filters button").click()]);
  const states = await page.locator("section[aria-labelledby=links] tbody .tag:not(.quiet)").allInnerTexts();
  check("the filter shows links of that state alone",
        states.length > 3 && states.every((one) => one === "dormant"), states.join(" "));
  const {text} = await read(base, new URL(page.url()).pathname.replace("regions", "regions.csv") +
                            new URL(page.url()).search);
  check("its file has the same links", recordsOf(text).length - 1 === states.length, recordsOf(text).length);
  await page.selectOption("#f-state", "");
  await page.selectOption("#f-region", {label: "Smolensk"});
  await Promise.all([page.waitForNavigation(), page.locator("form.filters button").click()]);
  const names = await page.locator("section[aria-labelledby=links] tbody th a").allInnerTexts();
  check("and of that region alone", names.length > 0 && names.every((one) => /Smolensk|Vyazma|Dorogobuzh/.test(one)),
        names.join(", "));
  await page.fill("#f-q", "nowhere at all");
  await Promise.all([page.waitForNavigation(), page.locator("form.filters button").click()]);
  check("an empty list says that it is filtered", (await page.locator("[data-why=filtered] a").count()) === 1);
  await page.close();
}

async function records(browser, base) {
  const page = await browser.newPage();
  await page.goto(`${base}/en/places/smolensk?year=2025`);
  const words = await page.locator("main").innerText();
  check("a place says what was done in a year", words.includes("What was done in 2025") && words.includes("ria.ru"));
  await page.goto(`${base}/en/organisations/bryanskselmash`);
  check("a share that nobody knows is not known", (await page.locator("main").innerText()).includes("not known"));
  await page.goto(`${base}/en/links/lida--svetly`);
  check("what has one weak source is marked", (await page.locator("main").innerText()).includes("unverified"));
  await page.close();
}

async function byForm(browser, base) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await signIn(page, base, "register-keeper", "veche-demo");
  await page.goto(`${base}/en/links/by-hm--kaluga`);
  check("it has been silent", (await page.locator(".state .tag").innerText()) === "dormant");
  await page.locator("a[href*='do/registry.report_activity']").click();
  const choose = (field, value) => page.evaluate(([name, wanted]) => {
    const [first, ...more] = document.querySelectorAll(`[name='${name}']`);
    if (first.type === "radio") [first, ...more].find((one) => one.value === wanted).checked = true;
    else first.value = wanted;
  }, [field, value]);
  for (const [field, value] of [["activity", "e2e-visit"], ["body", "pc"], ["on", "2026-01"], ["kind", "visit"],
                                ["about.en", "A visit."], ["source.name", "City office"],
                                ["source.verified", "yes"]])
    await choose(field, value);
  const send = "main form[data-act] button.button[type=submit]:not([name])";
  await Promise.all([page.waitForNavigation(), page.locator(send).click()]);
  await page.goto(`${base}/en/links/by-hm--kaluga`);
  check("after a report it is active", (await page.locator(".state .tag").innerText()) === "active");
  await context.close();
}

export async function linking(browser, base) {
  await lists(browser, base);
  await records(browser, base);
  await byForm(browser, base);
}

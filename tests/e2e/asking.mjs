// Evidence: a finding is asked for on a phone and without script, computed in the queue, and published
// by one form that the result has filled in.
import path from "node:path";
import {check, languages, screens, signIn} from "./lib.mjs";

const method = "ask-finding?method=partner-share/2";
const send = "main form button.button[type=submit]:not([name])";

async function asked(page, base, year) {
  await page.goto(`${base}/en/${method}`);
  await page.selectOption("[name='data.flows']", "belarus-exports");
  await page.fill("#f-reporter", "BLR");
  await page.fill("#f-partner", "UKR");
  await page.fill("#f-year", year);
  await Promise.all([page.waitForNavigation(), page.click("main form button[type=submit]")]);
  // The page looks again by itself, by a header.
  for (let i = 0; i < 20 && /being computed|waiting/.test(await page.locator("main .state").innerText()); i += 1)
    await page.waitForTimeout(500);
  return page.locator("main").innerText();
}

async function publish(page, base) {
  await Promise.all([page.waitForNavigation(), page.click("main a.button")]);
  check("figures, data and parameters are filled in",
        (await page.inputValue("[name='figures.0.value']")) === "12.63" &&
        (await page.inputValue("[name='specified.method']")) === "partner-share/2");
  check("what the result has filled in is folded, and the form is short on a phone",
        !(await page.locator("[name='figures.0.value']").isVisible()) &&
        (await page.evaluate(() => document.querySelector("main").offsetHeight)) < 3400,
        await page.evaluate(() => document.querySelector("main").offsetHeight));
  await page.screenshot({path: path.join(screens, "publish-finding-360.png"), fullPage: true});
  await Promise.all([page.waitForNavigation(), page.locator(send).last().click()]);
  check("a finding without question, answer and certainty is sent back",
        /Question/.test(await page.locator("#errors").innerText()), await page.title());
  for (const [field, words] of [["question", "How much of it goes to Ukraine?"],
                                ["answer", "An eighth in 2012. It was less in all years before."],
                                ["certainty", "As sure as the customs of one side are."]])
    await page.fill(`[name='${field}.en']`, words);
  await Promise.all([page.waitForNavigation(), page.locator(send).last().click()]);
  const words = await page.locator("main").innerText();
  check("the finding has its page", /How much of it goes to Ukraine/.test(words) && words.includes("12.63"),
        words.slice(0, 400));
  await page.goto(`${base}/en/evidence`);
  check("and stands in the list", /How much of it goes to Ukraine/.test(await page.locator("main").innerText()));
}

export async function asking(browser, base) {
  const context = await browser.newContext({viewport: {width: 360, height: 740}, javaScriptEnabled: false});
  const page = await context.newPage();
  await page.goto(`${base}/en/ask-finding`);
  check("who asks for a finding signs in first", page.url().includes("/login"), page.url());
  await signIn(page, base, "analyst", "veche-demo");
  const silent = await asked(page, base, "2010");
  check("a year without rows is missing, not zero", /missing, not zero/.test(silent), silent.slice(0, 300));
  const done = await asked(page, base, "2012");
  const json = await (await page.context().request.get(`${page.url()}.json`)).json();
  check("the job is JSON too", json.figures?.[0]?.value === "12.63", JSON.stringify(json).slice(0, 200));
  check("the share is computed", done.includes("12.63"), done.slice(0, 300));
  await page.screenshot({path: path.join(screens, "finding-job-360.png"), fullPage: true});
  const job = page.url();
  await publish(page, base);
  for (const language of languages) {
    await page.goto(job.replace("/en/", `/${language}/`));
    check(`${language}: remarks are in the reader's language`,
          (await page.locator("section[aria-labelledby=remarks] li").first().innerText()).includes(
            {en: "is counted", ru: "Считается", be: "Лічыцца"}[language]));
    check(`${language}: the job has no missing text`,
          !/\b(evidence|field|choice|method|remark|findings|trade)\.[a-z_]+/.test(
            await page.locator("main").innerText()));
  }
  await context.close();
  const other = await browser.newContext();
  const stranger = await other.newPage();
  await signIn(stranger, base, "researcher", "veche-demo");
  const answer = await stranger.goto(job);
  check("a job is its asker's alone", answer.status() === 404, answer.status());
  await other.close();
}

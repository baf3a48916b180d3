// Acting: errors of forms, what is left to fill in, drafts without a network, two windows, the end of
// a login, two taps on a phone (requirements 5, 6, 8, 9, 10, 12 and 13).
import {readFileSync} from "node:fs";
import path from "node:path";
import {check, linksOf, read, root, signIn} from "./lib.mjs";

const password = "veche-demo";
const axeSource = readFileSync(path.join(root, "tests/e2e/node_modules/axe-core/axe.min.js"), "utf8");
const submit = "main form[data-act] button.button[type=submit]:not([name])";

async function typesOf(page, base) {
  await page.goto(`${base}/en/do/`);
  const links = await page.locator("main a[href*='/do/']").evaluateAll((all) => all.map((a) => a.getAttribute("href")));
  return [...new Set(links)];
}

/// Sends a form as it stands and reads what comes back.
async function mistakes(page, base, address) {
  await page.goto(base + address);
  const left = await page.locator("#left a").evaluateAll((all) => all.map((a) => a.hash));
  if (left.length === 0) return false;
  const text = page.locator("main form[data-act] :is(textarea, input[type=text]):not([name^=_])").last();
  const typed = (await text.count()) > 0 && (await text.isVisible()) ? "кепт / kept" : "";
  const name = typed ? await text.getAttribute("name") : "";
  const expectedLeft = typed ? left.filter((hash) => hash !== `#${name}`) : left;
  if (typed) await text.fill(typed);
  const fieldId = typed ? await text.getAttribute("id") : "";
  check(`${address}: the button can be pressed at any time`, await page.locator(submit).isEnabled());
  await Promise.all([page.waitForNavigation(), page.locator(submit).click()]);
  check(`${address}: the title begins with Error:`, (await page.title()).startsWith("Error:"), await page.title());
  const focused = await page.evaluate(() => document.activeElement?.id);
  check(`${address}: the summary has the focus`, focused === "errors", focused);
  const faults = await page.locator("#errors li a").evaluateAll((all) => all.map((a) => ({
    hash: a.hash, words: a.textContent.trim(),
    there: document.getElementById(decodeURIComponent(a.hash.slice(1))) !== null,
  })));
  check(`${address}: each fault names a field that is there and how to mend it`,
        faults.length > 0 && faults.every((f) => f.there && f.words.length > 8), JSON.stringify(faults).slice(0, 300));
  const known = new Set(left.concat(typed ? [`#${fieldId}`] : []));
  check(`${address}: what is wrong was in the list before`, faults.every((f) => known.has(f.hash)),
        faults.filter((f) => !known.has(f.hash)).map((f) => f.hash).join(" "));
  const filled = new Set([`#${fieldId}`]);
  const hidden = expectedLeft.filter((hash) => !filled.has(hash) && !faults.some((f) => f.hash === hash));
  check(`${address}: no second fault is hidden behind a first`, hidden.length === 0, hidden.join(" "));
  if (typed) check(`${address}: what was typed is kept`,
                   (await page.locator(`[id="${fieldId}"]`).inputValue()) === typed);
  await page.evaluate(axeSource);
  const found = await page.evaluate(() => globalThis.axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"],
  }));
  check(`${address}: axe`, found.violations.length === 0,
        found.violations.map((v) => `${v.id} (${v.nodes[0].target})`).join(", "));
  return true;
}

async function errors(browser, base) {
  const context = await browser.newContext({bypassCSP: true});
  const page = await context.newPage();
  await signIn(page, base, "state-secretary", password);
  let forms = 0;
  for (const address of await typesOf(page, base)) {
    if (forms >= 36) break;
    if (await mistakes(page, base, address)) forms += 1;
  }
  check("at least 30 forms sent with mistakes", forms >= 30, forms);
  // Requirement 6: what nobody owns, or what has no last day, cannot be promised.
  await page.goto(`${base}/en/do/programme.add_measure`);
  await Promise.all([page.waitForNavigation(), page.locator(submit).click()]);
  const words = await page.locator("#errors").innerText();
  check("a measure without owner and date is refused", /Owner/i.test(words) && /Due|day/i.test(words),
        words.slice(0, 300));
  await context.close();
}

/// Text fields of the form that can be filled in, with a value for each.
async function fillAll(page) {
  return page.locator("main form[data-act]").evaluate((form) => {
    const filled = {};
    let n = 0;
    for (const field of form.elements) {
      const kinds = ["textarea", "text", "number", "search", "date", "datetime-local"];
      const fits = field.name && !field.name.startsWith("_") && kinds.includes(field.type);
      if (!fits) continue;
      n += 1;
      const values = {date: "2027-03-01", "datetime-local": "2027-03-01T10:30", number: String(n)};
      field.value = values[field.type] ?? `typed ${n}`;
      field.dispatchEvent(new Event("input", {bubbles: true}));
      filled[field.name] = field.value;
    }
    return filled;
  });
}

const valuesIn = (page, names) => page.locator("main form[data-act]").evaluate((form, wanted) =>
  Object.fromEntries(wanted.map((name) => [name, form.elements[name]?.value])), names);

/// Waits until the form says something at the place where it says when it was saved.
const saysSaved = (page, words = "Saved") =>
  page.locator("[data-saved]").filter({hasText: words}).waitFor({timeout: 10_000}).catch(() => {});

async function neverLost(browser, base) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await signIn(page, base, "state-secretary", password);
  const address = `${base}/en/do/programme.add_measure`;
  await page.goto(address);
  const filled = await fillAll(page);
  const names = Object.keys(filled);
  check("a form of at least 20 fields", names.length >= 20, names.length);
  await saysSaved(page);
  const saved = await page.locator("[data-saved]").innerText();
  check("the form says when it was saved", /Saved \d{1,2}:\d{2}/.test(saved), saved);
  await context.setOffline(true);
  await page.locator(submit).click().catch(() => {});
  await page.waitForTimeout(300);
  await context.setOffline(false);
  await page.goto(address);
  const back = await valuesIn(page, names);
  const lost = names.filter((name) => back[name] !== filled[name]);
  check("with the network cut nothing typed is lost", lost.length === 0, lost.join(" "));
  check("the form says that it put it back", /is back/.test(await page.locator("[data-saved]").innerText()));

  // The login ends meanwhile: the form asks to sign in, and the draft is there after that.
  await context.clearCookies();
  await Promise.all([page.waitForNavigation(), page.locator(submit).click()]);
  check("without a login the form leads to it", page.url().includes("/login"), page.url());
  await signIn(page, base, "state-secretary", password);
  await page.goto(address);
  const again = await valuesIn(page, names);
  check("the draft is there after signing in", names.every((name) => again[name] === filled[name]));
  await page.locator("[data-saved] button").click();
  const empty = await valuesIn(page, ["title.en"]);
  check("Begin anew gives the empty form", empty["title.en"] === "", JSON.stringify(empty));
  await context.close();
}

async function twoWindows(browser, base) {
  const context = await browser.newContext();
  const one = await context.newPage();
  await signIn(one, base, "state-secretary", password);
  const two = await context.newPage();
  const address = `${base}/en/do/programme.add_measure`;
  await one.goto(address);
  await two.goto(address);
  const field = "[name='title.en']";
  await one.locator(field).fill("of the first window");
  await saysSaved(one);
  await two.locator(field).fill("of the second window");
  await saysSaved(two);
  await saysSaved(one, "of the second window");
  const words = await one.locator("[data-saved]").innerText();
  check("two windows: both versions are shown",
        words.includes("of the first window") && words.includes("of the second window"), words);
  await one.locator("[data-saved] button").nth(1).click();
  check("and the one that is chosen stays", (await one.locator(field).inputValue()) === "of the second window");
  await context.close();
}

async function endOfLogin(browser, base) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.clock.install();
  await signIn(page, base, "pa-ru-2", password);
  const note = page.locator("[data-idle]");
  check("a fresh login warns of nothing", (await note.count()) === 1 && !(await note.isVisible()));
  const minutes = Number(await note.getAttribute("data-idle"));
  check("a login rests for 20 minutes at least", minutes >= 20, minutes);
  await page.clock.fastForward((minutes - 12) * 60_000);
  check("twelve minutes before its end there is no warning", !(await note.isVisible()));
  await page.clock.fastForward(3 * 60_000);
  check("nine minutes before its end there is one", await note.isVisible());
  await note.locator("button").click();
  await note.waitFor({state: "hidden", timeout: 10_000}).catch(() => {});
  await page.clock.fastForward(60_000);
  check("Stay signed in puts the end off", !(await note.isVisible()));
  await context.close();
}

async function openVote(base) {
  return linksOf((await read(base, "/en/")).text).find((l) => l.startsWith("/en/votes/"));
}

async function twoTaps(browser, base) {
  const context = await browser.newContext({viewport: {width: 360, height: 740}, hasTouch: true});
  const page = await context.newPage();
  await signIn(page, base, "ru-economy-minister", password);
  check("my page names the vote that waits", (await page.goto(`${base}/en/me`)) !== null &&
        (await page.locator("main").innerText()).includes("not voted yet"));
  await page.goto(base + (await openVote(base)));
  const choice = page.locator("form[data-ballot] .choice label").first();
  const button = page.locator("form[data-ballot] button[type=submit]").first();
  for (const [name, target] of [["a choice", choice], ["the button", button]]) {
    const box = await target.boundingBox();
    check(`${name} is 44 px high for a thumb`, box !== null && box.height >= 44, box?.height);
  }
  await choice.tap();
  await Promise.all([page.waitForNavigation(), button.tap()]);
  const cast = !(await page.title()).startsWith("Error:") && (await page.locator("#done").count()) === 1;
  check("two taps cast a ballot", cast, await page.title());
  await context.close();
}

export async function acting(browser, base) {
  await errors(browser, base);
  await neverLost(browser, base);
  await twoWindows(browser, base);
  await endOfLogin(browser, base);
  await twoTaps(browser, base);
}

/// The chair closes the open vote; everybody reads the result at once (requirement 5).
export async function publishing(browser, base) {
  const address = await openVote(base);
  const page = await browser.newPage();
  const chair = "ru-prime-minister";
  const ministers = ["prime", "foreign", "economy", "finance"].flatMap((post) =>
    ["ru", "by"].map((state) => `${state}-${post}-minister`));
  // Some sign with keys that only the example had: the registrar revokes them.
  await signIn(page, base, "registrar", password);
  for (const person of ministers) {
    const keys = JSON.parse((await read(base, `/api/ask/people.keys?person=${person}`)).text);
    for (const key of (keys.keys ?? []).filter((one) => one.in_force)) {
      await page.goto(`${base}/en/do/people.revoke_key?person=${person}&key=${key.id}`);
      await Promise.all([page.waitForNavigation(), page.locator(submit).click()]);
    }
  }
  // Before its last day a vote is closed only when everybody has voted.
  for (const login of ministers.concat("state-secretary", chair)) {
    await page.context().clearCookies();
    await signIn(page, base, login, password);
    await page.goto(base + address);
    const choice = page.locator("form[data-ballot] input[name=choice]").first();
    if ((await choice.count()) === 0) continue;
    await choice.check();
    const button = page.locator("form[data-ballot] button[type=submit]").first();
    await Promise.all([page.waitForNavigation(), button.click()]);
  }
  await page.goto(base + address);
  const before = await read(base, address);
  check("the page of the vote exists before it is decided",
        before.status === 200 && before.text.includes("Open now"));
  await page.locator("a[href*='assembly.close_vote']").first().click();
  await page.waitForLoadState("load");
  await Promise.all([page.waitForNavigation(), page.locator(submit).click()]);
  const closed = performance.now();
  const after = await read(base, address);
  const csv = await read(base, `${address}.csv`);
  check("the result is public within 60 seconds of closing",
        performance.now() - closed < 60_000 && /class="state"><span class="tag (good|bad|warn)"/.test(after.text) &&
        !after.text.includes("Open now") && csv.status === 200);
  await page.close();
}

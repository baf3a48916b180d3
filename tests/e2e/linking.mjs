// The register: the list of links by state and region and the map of them, a link with both its sides, a year
// of a place, and a record made by its form.
import {readFileSync} from "node:fs";
import path from "node:path";
import {fileURLToPath} from "node:url";
import {check, hasOutlines, languages, read, screens, signIn} from "./lib.mjs";
import {recordsOf} from "./taking.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const axeSource = readFileSync(path.join(here, "node_modules/axe-core/axe.min.js"), "utf8");

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
  await page.goto(`${base}/en/places/smolensk`);
  await Promise.all([page.waitForNavigation(), page.locator("main a", {hasText: "2025"}).first().click()]);
  check("a year of a place has its page", page.url().endsWith("/en/regions/smolensk/year/2025"), page.url());
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

/// The plan of an agreement: what is done, late and to come, on its page and in every list that has it.
async function plans(browser, base) {
  const page = await browser.newPage();
  await page.goto(`${base}/en/links/example-agreement`);
  const item = (name) => page.locator(`#item-${name}`);
  const state = (name) => item(name).locator(".tag").first().innerText();
  check("an item is done, one late, one to come",
        await state("timetable") === "done" && await state("suppliers") === "late" &&
        await state("teachers") === "planned",
        [await state("timetable"), await state("suppliers"), await state("teachers")].join(" "));
  check("who said that it is done says what shows it",
        /shown by the activity/i.test(await item("timetable").innerText()));
  const entry = item("suppliers").locator("a[href*='/journal/']").first();
  const [, seq] = (await entry.getAttribute("href")).match(/(\d+)$/);
  check("that an item is late is an entry of the journal",
        (await read(base, `/en/journal/${seq}`)).text.includes("registry.item_late"), seq);
  await item("teachers").locator("summary").click();
  check("what an amended item said before is kept", /term begins later/.test(await item("teachers").innerText()));
  check("nobody may amend it without an office",
        (await item("teachers").locator("a[href*='/do/']").count()) === 0);
  const calendar = await read(base, "/en/links/example-agreement.ics");
  check("its last days stand in a calendar", calendar.text.split("BEGIN:VEVENT").length === 4,
        calendar.text.slice(0, 300));
  await page.goto(`${base}/en/late`);
  await Promise.all([page.waitForNavigation(),
                     page.locator("section[aria-labelledby=l-plans] tbody a", {hasText: "parts"}).click()]);
  check("what is late leads to the item",
        page.url().endsWith("/en/links/example-agreement#item-suppliers"), page.url());
  await page.goto(`${base}/en/plans`);
  check("the list has all items by their days", (await page.locator("tbody tr").count()) === 3);
  await page.selectOption("#f-state", "late");
  await Promise.all([page.waitForNavigation(), page.locator("form.filters button").click()]);
  const rows = await page.locator("tbody tr").count();
  const {text} = await read(base, "/en/plans.csv" + new URL(page.url()).search);
  check("the filter and its file have late items alone", rows === 1 && recordsOf(text).length === 2, rows);
  const late = await read(base, "/en/late.csv");
  check("the list of what is late has it as a file", late.text.includes("suppliers"), late.text.slice(0, 300));
  await page.goto(`${base}/en/search?q=timetable+buses`);
  check("an item is found", (await page.locator("ul.rows a[href$='#item-timetable']").count()) === 1);
  for (const [language, width] of [["en", 1280], ["ru", 360], ["be", 360], ["ru", 1280]]) {
    await page.setViewportSize({width, height: 900});
    for (const [name, where] of [["plans", "plans"], ["plan-of-link", "links/example-agreement"], ["late", "late"]]) {
      await page.goto(`${base}/${language}/${where}`);
      await page.screenshot({path: `${screens}/${name}-${language}-${width}.png`, fullPage: true});
      check(`${where} in ${language} fits ${width} pixels`,
            await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth));
      await page.evaluate(axeSource);
      const faults = await page.evaluate(() => axe.run({runOnly: ["wcag2a", "wcag2aa"]}));
      check(`${where} in ${language} is accessible`, faults.violations.length === 0,
            faults.violations.map((one) => `${one.id}: ${one.nodes[0].html}`).join(" | ").slice(0, 400));
    }
  }
  await page.close();
}

/// A merger that was undone is told on both pages; one is made and undone by forms, and what was recorded
/// under the name of the merged record is on its own page again.
async function mergers(browser, base) {
  const context = await browser.newContext();
  const page = await context.newPage();
  for (const name of ["example-pump", "example-pump-2"]) {
    await page.goto(`${base}/en/organisations/${name}`);
    check(`${name} keeps the merger that was undone`,
          /Undone\. Two firms in one yard/.test(await page.locator("section[aria-labelledby=mergers]").innerText()));
  }
  await signIn(page, base, "register-keeper", "veche-demo");
  const send = "main form[data-act] button.button[type=submit]:not([name])";
  const fill = async (fields) => {
    for (const [field, value] of fields)
      await page.evaluate(([name, wanted]) => (document.querySelector(`[name='${name}']`).value = wanted),
                          [field, value]);
    await Promise.all([page.waitForNavigation(), page.locator(send).click()]);
  };
  await page.goto(`${base}/en/organisations/example-pump`);
  await page.locator("a[href*='do/registry.merge_organisations']").click();
  await fill([["merged", "example-pump-2"], ["body", "pc"], ["reason.en", "Once more."]]);
  await page.goto(`${base}/en/organisations/example-pump-2`);
  check("the page of a merged record leads to the one that stands", page.url().endsWith("/organisations/example-pump"));
  check("it says what would go back",
        /1 activity/.test(await page.locator("section[aria-labelledby=mergers] li").first().innerText()));
  await page.locator("a[href*='do/registry.separate_organisations']").click();
  await fill([["body", "pc"], ["reason.en", "Two after all."]]);
  await page.goto(`${base}/en/organisations/example-pump-2`);
  const words = await page.locator("main").innerText();
  check("after the merger is undone its activity is on its own page",
        page.url().endsWith("/organisations/example-pump-2") && words.includes("An open day for apprentices"));
  check("and both mergers with their reasons", /Two after all/.test(words) && /Two firms in one yard/.test(words));
  await page.goto(`${base}/en/me`);
  const open = page.locator("section[aria-labelledby=m-plans]");
  check("who keeps the register sees open items of plans", (await open.locator("li").count()) === 2 &&
        /days late/.test(await open.innerText()), await open.allInnerTexts());
  await page.goto(`${base}/en/links/example-agreement`);
  await Promise.all([page.waitForNavigation(), page.locator("form[action$='/follow'] button").click()]);
  await page.goto(`${base}/en/follows`);
  check("a link can be followed", (await page.locator("main a[href$='links/example-agreement']").count()) === 1);
  await context.close();
  const duties = await read(base, "/en/duties/register-keeper.ics");
  check("open items stand in the calendar of who keeps them",
        duties.text.includes("example-agreement"), duties.text.slice(0, 300));
}

/// Links alone: closer, aside and back, with the filter kept, and a region that leads to its page.
async function mapWithoutScript(browser, base) {
  const context = await browser.newContext({viewport: {width: 360, height: 740}, javaScriptEnabled: false});
  const page = await context.newPage();
  await page.goto(`${base}/en/regions?state=active`);
  const whole = await read(base, "/en/regions.svg");
  check("the map is a small file", whole.status === 200 && whole.text.length < 150_000, whole.text.length);
  const rows = await page.locator("section[aria-labelledby=places] tbody tr").count();
  const linked = await page.locator("svg.plot a").count();
  check("regions with links are links on the map", linked > 20 && linked <= rows, `${linked} ${rows}`);
  check("whole, it goes nowhere but closer", (await page.locator(".map-ways a").count()) === 1);
  await Promise.all([page.waitForNavigation(), page.click(".map-ways [data-way=closer]")]);
  await Promise.all([page.waitForNavigation(), page.click(".map-ways [data-way=west]")]);
  const near = new URL(page.url());
  check("how near and where, and the filter, are in the address",
        near.searchParams.get("zoom") === "2" && near.searchParams.get("state") === "active" &&
        /^[\d.-]+,[\d.-]+$/.test(near.searchParams.get("at")), near.search);
  check("fewer regions are seen near by", (await page.locator("svg.plot a").count()) < linked);
  await Promise.all([page.waitForNavigation(), page.click(".map-ways [data-way=whole]")]);
  check("and back to the whole", !page.url().includes("zoom") && page.url().includes("state=active"), page.url());
  await page.goto(`${base}/en/regions?zoom=8&at=54.5,30`);
  await page.screenshot({path: path.join(screens, "regions-near-360.png"), fullPage: false});
  const smolensk = page.locator("svg.plot a[aria-label^=Smolensk]");
  check("a region says how many links it has",
        /^Smolensk: \d+ links?$/.test(await smolensk.getAttribute("aria-label")));
  await smolensk.focus();
  await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
  check("and leads to its page by the keyboard", page.url().endsWith("/en/places/RU-SMO"), page.url());
  for (const odd of ["zoom=999&at=1e999,x", "zoom=-2", "zoom=4&at=91,500&by=9,9", "zoom=2&by=nan,inf"])
    check(`an odd address (${odd}) shows a map`, (await read(base, `/en/regions?${odd}`)).status === 200);
  await context.close();
}

/// With script the same happens in place.
async function mapWithScript(browser, base) {
  const page = await browser.newPage({viewport: {width: 1280, height: 900}});
  await page.goto(`${base}/en/regions?state=active`);
  await page.waitForSelector("[data-live-map]");
  await page.evaluate(() => { globalThis.stayed = true; });
  const seen = () => page.locator(".map svg.plot path").count();
  const whole = await seen();
  await page.locator("[data-way=closer]").focus();
  await page.keyboard.press("+");
  await page.waitForFunction(() => location.search.includes("zoom=2"));
  await page.keyboard.press("+");
  await page.waitForFunction(() => location.search.includes("zoom=4"));
  check("keys bring it closer without a new page", (await page.evaluate(() => globalThis.stayed)) === true &&
        (await seen()) < whole, `${await seen()} ${whole}`);
  check("the focus stays on the way", (await page.evaluate(() => document.activeElement?.dataset?.way)) === "closer");
  check("the filter stays", page.url().includes("state=active"), page.url());
  const box = await page.locator(".map svg.plot").boundingBox();
  const before = new URL(page.url()).searchParams.get("at");
  await page.mouse.move(box.x + box.width / 3, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, {steps: 4});
  await page.mouse.up();
  await page.waitForFunction((old) => new URLSearchParams(location.search).get("at") !== old, before);
  const [lat, lon] = new URL(page.url()).searchParams.get("at").split(",").map(Number);
  check("a drag to the right shows what is to the west", lon < Number(before.split(",")[1]) && lat > 0,
        `${before} ${page.url()}`);
  check("and is no click on a region", page.url().includes("/en/regions"), page.url());
  await page.screenshot({path: path.join(screens, "regions-near-1280.png"), fullPage: false});
  await page.close();
}

async function mapIsAccessible(browser, base) {
  for (const width of [360, 1280]) {
    const context = await browser.newContext({viewport: {width, height: 900}, bypassCSP: true});
    const page = await context.newPage();
    for (const language of languages) {
      await page.goto(`${base}/${language}/regions?zoom=4&at=55,34`);
      const wide = await page.evaluate(() => document.scrollingElement.scrollWidth);
      check(`${language}: the map fits ${width} px`, wide <= width, wide);
      check(`${language}: no missing text`,
            !/\b(map|registry|choice|doors)\.[a-z_]+/.test(await page.locator("body").innerText()));
      await page.screenshot({path: path.join(screens, `regions-${language}-${width}.png`), fullPage: true});
      await page.evaluate(axeSource);
      const found = await page.evaluate(() => globalThis.axe.run(document, {
        runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}));
      check(`${language} at ${width} px: axe`, found.violations.length === 0,
            found.violations.map((v) => `${v.id} (${v.nodes[0].target})`).join(", "));
      const rows = await page.evaluate(() => {
        const tops = [...document.querySelectorAll(".doors li")].map((one) => one.offsetTop);
        return new Set(tops).size;
      });
      check(`${language}: doors stand in one row at 1280 px`, width < 1280 || rows === 1, rows);
    }
    await context.close();
  }
}

/// What is found in spite of an error is marked, a kind can be chosen, and a place leads to its page.
async function finding(browser, base) {
  const page = await browser.newPage();
  await page.goto(`${base}/ru/`);
  await page.fill("[role=search] input", "Смоленк");
  await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
  const first = page.locator("ul.rows li").first();
  const said = await first.innerText();
  check("a letter that is missing does no harm", /Смоленск/.test(said), said);
  check("what has another word says so", /похожее слово/.test(said));
  await Promise.all([page.waitForNavigation(), page.locator("main .meta a", {hasText: "Место"}).first().click()]);
  const links = await page.locator("ul.rows a.title").evaluateAll((all) => all.map((one) => one.getAttribute("href")));
  check("a kind leads to these alone", links.length > 0 && links.every((one) => one.startsWith("/ru/places/")), links);
  for (const width of [360, 1280]) {
    await page.setViewportSize({width, height: 900});
    await page.goto(`${base}/en/search?q=border`);
    await page.screenshot({path: `${screens}/search-${width}.png`, fullPage: true});
    check(`what was found fits ${width} pixels`,
          await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth));
  }
  await page.close();
}

/// Every file that the page of data offers is there, and is what it says.
async function files(browser, base) {
  const page = await browser.newPage();
  for (const width of [360, 1280]) {
    await page.setViewportSize({width, height: 900});
    await page.goto(`${base}/en/data`);
    await page.screenshot({path: `${screens}/data-${width}.png`, fullPage: true});
    check(`the page of data fits ${width} pixels`,
          await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth));
    await page.goto(`${base}/en/regions/smolensk/year/2025`);
    await page.screenshot({path: `${screens}/year-of-place-${width}.png`, fullPage: true});
    check(`a year of a place fits ${width} pixels`,
          await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth));
  }
  await page.goto(`${base}/en/data`);
  const addresses = await page.locator("main td a").evaluateAll((all) => all.map((one) => one.getAttribute("href")));
  check("it offers the register", addresses.includes("/data/places.geojson"), addresses.join(" "));
  for (const address of addresses.filter((one) => !one.startsWith("/papers/"))) {
    const {status, text} = await read(base, address);
    check(`${address} is there`, status === 200 && text.length > 2, status);
    if (address.endsWith("json")) check(`${address} is JSON`, JSON.parse(text) !== null);
  }
  const {text} = await read(base, "/data/links.csv");
  check("a table has a row for each link", recordsOf(text).length > 70, recordsOf(text).length);
  await page.close();
}

export async function linking(browser, base) {
  await finding(browser, base);
  await files(browser, base);
  if (hasOutlines) {
    await mapWithoutScript(browser, base);
    await mapWithScript(browser, base);
    await mapIsAccessible(browser, base);
  } else {
    console.log("no outlines here (./dev outlines): maps are nets of degrees");
    check("without outlines the links stand on a net of degrees",
          /°<\/text>/.test((await read(base, "/en/regions.svg")).text));
  }
  await lists(browser, base);
  await records(browser, base);
  await plans(browser, base);
  await mergers(browser, base);
  await byForm(browser, base);
}

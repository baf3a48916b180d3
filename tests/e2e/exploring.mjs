// The explorer: the state in the address, table, picture and files that say the same, on a phone and on a
// desk, without script, in three languages.
import {readFileSync} from "node:fs";
import path from "node:path";
import {fileURLToPath} from "node:url";
import {check, hasOutlines, languages, read, screens} from "./lib.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const axeSource = readFileSync(path.join(here, "node_modules/axe-core/axe.min.js"), "utf8");

const pictures = {
  treemap: "members-trade?show=treemap&of=union&with=third&way=export&by=partner&period=2016",
  goods: "food-trade?show=treemap&of=NLD&with=DEU&way=export&by=product&period=2016",
  lines: "members-trade?show=lines&of=BLR&way=import&by=partner",
  sankey: "members-trade?show=sankey&of=union&way=export&by=partner&period=2012",
  products: "food-trade?show=sankey&of=union&members=BEL,NLD,LUX&way=export&by=product&period=2016",
  map: "members-trade?show=map&of=union&way=import&period=2016",
  space: "food-trade?show=space&of=DNK&period=2016",
};

/// The rows of a CSV without quoted line ends.
function rowsOf(csv) {
  return csv.trim().split("\r\n").map((line) =>
    [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(,|$)/g)].map((m) => m[1].replace(/^"|"$/g, "").replaceAll('""', '"')));
}

const address = (language, state, form = "") => {
  const [set, query] = state.split("?");
  return `/${language}/explore/${set}${form}?${query}`;
};

/// Numbers of a table as a program reads them; what is missing is nothing.
const numberIn = (text) => {
  const plain = text.replaceAll(/[\u00A0\u202F,%\s]/g, "");
  return plain === "" || Number.isNaN(Number(plain)) ? null : Number(plain);
};

async function tableEqualsFile(page, base, name, state) {
  const csv = rowsOf((await read(base, address("en", state, ".csv"))).text);
  const shown = await page.$$eval("main table tbody tr", (all) => all.map((row) =>
    [...row.querySelectorAll("th, td")].map((cell) => cell.textContent)));
  check(`${name}: as many rows in the file as in the table`, csv.length - 1 === shown.length,
        `${csv.length - 1} ${shown.length}`);
  const column = csv[0].indexOf("value");
  const near = (a, b) => a === null || b === null ? a === b : Math.abs(a - b) <= Math.max(0.06, Math.abs(a) * 0.006);
  const same = shown.every((row, i) => column < 0
    ? name !== "lines" || row.slice(1).every((cell, k) => near(numberIn(cell), numberIn(csv[i + 1][k + 1])))
    : near(numberIn(row[column]), numberIn(csv[i + 1][column])));
  check(`${name}: the figures of the file are those of the table`, same, JSON.stringify(shown.slice(0, 2)));
  const json = JSON.parse((await read(base, address("en", state, ".json"))).text);
  check(`${name}: JSON holds the same rows, the hash and what belongs to each figure`,
        json.rows.length === shown.length && /^[0-9a-f]{64}$/.test(json.sha256) && json.facts.length > 0);
}

async function pictureEqualsTable(page, base, name, state) {
  const svg = await read(base, address("en", state, ".svg"));
  check(`${name}: the picture is a file`, svg.status === 200 && svg.type.startsWith("image/svg+xml"), svg.type);
  const rows = await page.$$eval("main table tbody tr", (all) => all.length);
  const titles = (svg.text.match(/<title>/g) ?? []).length;
  if (name === "treemap" || name === "goods" || name === "space")
    check(`${name}: one thing in the picture for each row`, titles === rows, `${titles} ${rows}`);
  if (name === "lines") {
    const columns = await page.$$eval("main table thead th", (all) => all.length);
    check("lines: one line for each column", titles === columns - 1, `${titles} ${columns}`);
  }
  if (name === "treemap" || name === "goods") {
    const areas = [...svg.text.matchAll(/<rect x="[\d.]+" y="[\d.]+" width="([\d.]+)" height="([\d.]+)"/g)]
      .map((m) => m[1] * m[2]);
    const shares = await page.$$eval("main table tbody tr", (all) =>
      all.map((row) => Number.parseFloat(row.querySelectorAll("td")[1].textContent)));
    const whole = areas.reduce((a, b) => a + b, 0);
    const off = areas.map((area, i) => Math.abs(area / whole * 100 - shares[i]));
    check(`${name}: areas are shares`, Math.max(...off) < 0.2, off.slice(0, 4).join(" "));
  }
}

async function seen(browser, base, width) {
  const context = await browser.newContext({viewport: {width, height: 900}, javaScriptEnabled: false});
  const page = await context.newPage();
  for (const [name, state] of Object.entries(pictures)) {
    const answer = await page.goto(base + address("en", state));
    check(`${name} answers`, answer.status() === 200, answer.status());
    check(`${name} has a picture`, (await page.locator("main figure svg.plot").count()) === 1);
    check(`${name} has its table`, (await page.locator("main table tbody tr").count()) > 0);
    await page.screenshot({path: path.join(screens, `explore-${name}-${width}.png`), fullPage: true});
    if (width === 1280) {
      await tableEqualsFile(page, base, name, state);
      await pictureEqualsTable(page, base, name, state);
    }
  }
  await context.close();
}

async function accessible(browser, base) {
  for (const width of [360, 1280]) {
    const context = await browser.newContext({viewport: {width, height: 900}, bypassCSP: true});
    const page = await context.newPage();
    for (const language of languages) {
      for (const [name, state] of Object.entries(pictures)) {
        await page.goto(base + address(language, state));
        const wide = await page.evaluate(() => document.scrollingElement.scrollWidth);
        check(`${language} ${name} fits ${width} px`, wide <= width, wide);
        const words = await page.locator("main").innerText();
        check(`${language} ${name} has no missing text`, !/\b(explore|field|choice)\.[a-z_]+/.test(words),
              words.slice(0, 200));
        if (language !== "en") continue;
        await page.evaluate(axeSource);
        const found = await page.evaluate(() => globalThis.axe.run(document, {
          runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"],
        }));
        check(`${name} at ${width} px: axe`, found.violations.length === 0,
              found.violations.map((v) => `${v.id} (${v.nodes[0].target})`).join(", "));
      }
    }
    await context.close();
  }
}

/// What is chosen in the form comes to stand in the address, and the address alone shows it again.
async function stateInAddress(browser, base) {
  const context = await browser.newContext({viewport: {width: 360, height: 740}, javaScriptEnabled: false});
  const page = await context.newPage();
  await page.goto(`${base}/en/datasets/members-trade`);
  await Promise.all([page.waitForNavigation(), page.click("main a.button[href*='/explore/']")]);
  check("the data set leads to its explorer, which begins with the union",
        (await page.inputValue("#f-of")) === "union", page.url());
  await page.selectOption("#f-of", "BLR");
  await page.selectOption("#f-with", "third");
  await page.selectOption("#f-way", "import");
  await page.selectOption("#f-period", "2008");
  await Promise.all([page.waitForNavigation(), page.click("main form.filters button")]);
  const words = await page.locator("main").innerText();
  check("the choice is in the address", /of=BLR/.test(page.url()) && /period=2008/.test(page.url()), page.url());
  const stranger = await (await browser.newContext({viewport: {width: 360, height: 740}})).newPage();
  await stranger.goto(page.url());
  check("a fresh browser shows the same", (await stranger.locator("main").innerText()) === words);
  const next = await page.getAttribute("main ul.looks li:nth-child(2) a", "href");
  check("another picture keeps what was chosen", /of=BLR/.test(next) && /with=third/.test(next), next);
  await stranger.context().close();
  await context.close();
}

async function missingIsSaid(base) {
  const silent = await read(base, "/en/explore/members-trade?show=lines&of=RUS&with=BLR&way=export");
  check("what Russia exported to Belarus before 2012 is missing, not zero",
        (silent.text.match(/>missing<\/td>/g) ?? []).length === 3 && /2000, 2004, 2008/.test(silent.text));
  const light = await fetch(base + address("en", pictures.space), {headers: {"accept-encoding": "gzip"}});
  const size = Number(light.headers.get("content-length"));
  check("the richest page is light", size > 0 && size < 40 * 1024, size);
}

/// On outlines: small, near by as a link, and the file of the picture is of the same place.
async function onOutlines(browser, base) {
  const {text} = await read(base, address("en", pictures.map));
  check("the note below the map says whose outlines there are",
        /Natural Earth/.test(text) && /says nothing about whose/.test(text));
  const svg = (await read(base, address("en", pictures.map, ".svg"))).text;
  check("the map is a small file", svg.length < 150_000, svg.length);
  check("members and partners are told apart by words too",
        svg.includes("members of the union") && svg.includes("partners with a value"));
  const near = await read(base, address("en", `${pictures.map}&zoom=4&at=50.85,4.35`, ".svg"));
  check("near by it shows less, and more of that", near.status === 200 && near.text !== svg &&
        (near.text.match(/<circle/g) ?? []).length < (svg.match(/<circle/g) ?? []).length);
  const page = await browser.newPage({viewport: {width: 360, height: 740}});
  await page.goto(base + address("ru", pictures.map));
  await page.click(".map-ways [data-way=closer]");
  await page.waitForFunction(() => location.search.includes("zoom=2"));
  check("with script it comes closer in place", page.url().includes("period=2016"), page.url());
  await page.screenshot({path: path.join(screens, "explore-near-360.png"), fullPage: true});
  await page.close();
}

export async function exploring(browser, base) {
  if (hasOutlines) await onOutlines(browser, base);
  await seen(browser, base, 1280);
  await seen(browser, base, 360);
  await accessible(browser, base);
  await stateInAddress(browser, base);
  await missingIsSaid(base);
}

// Reading without an account: twelve questions, figures with their source, lasting addresses,
// languages, zones and weights of pages (requirements 1, 2, 3, 5, 7, 14, 15 and 16).
import {gzipSync} from "node:zlib";
import {check, isFile, languages, linksOf, pagesOf, read, wholeLinksOf} from "./lib.mjs";

// A question, the links that a reader follows from the front page, and what stands there then.
const questions = [
  ["What was decided last?", [/\/decisions$/, /\/decisions\/[^/]+$/], /What it orders|rule/i],
  ["Which measures are late, and whose are they?", [/\/late$/], /days late/],
  ["How late is one measure, and what was reported?", [/\/late$/, /\/programme\/[^/]+$/], /Due/],
  ["How much money did the budget give, and to what?", [/\/money$/], /In force/],
  ["Which decision gave the money of one line?", [/\/money$/, /\/money\/[^/]+$/], /Decision 2026-/],
  ["Which member has paid its contribution?", [/\/contributions$/], /[Rr]eceived/],
  ["When does the next session begin?", [/\/sessions\/[^/]+$/], /\d{1,2}:\d{2}/],
  ["What is on the agenda of the next session?", [/\/sessions\/[^/]+$/], /Agenda/],
  ["Who voted how on the vote that is open now?", [/\/votes\/[^/]+$/], /Russia/],
  ["Who sits in the Parliamentary Assembly?", [/\/bodies$/, /\/bodies\/pa$/], /Deputy from Russia, No 36/],
  ["Who holds up a paper that is being agreed?", [/\/programme$/, /\/approvals$/, /\/approvals\/[^/]+$/], /days/],
  ["How do I check that the journal was not changed?", [/\/journal$/], /[Cc]heckpoint/],
];

async function answers(base) {
  for (const [question, way, words] of questions) {
    let page = await read(base, "/en/");
    let good = way.length <= 3;
    for (const step of way) {
      const next = linksOf(page.text).find((link) => link.startsWith("/en/") && step.test(link) && !isFile(link));
      good = good && Boolean(next);
      if (next) page = await read(base, next);
    }
    check(`in ${way.length} clicks: ${question}`, good && words.test(page.text));
  }
  const door = await read(base, "/en/");
  check("every page has the search", /role="search"/.test(door.text));
}

/// Cells of numbers stand in rows that lead somewhere, or beside a cell that names the source.
function figuresWithoutSource(html) {
  const bare = [];
  for (const [, list] of html.matchAll(/<ul class="figures[^"]*">([\s\S]*?)<\/ul>/g))
    for (const [item] of list.matchAll(/<li[\s\S]*?<\/li>/g))
      if (!item.includes("<a ")) bare.push(item);
  // Of a table that is a sum of one thing's record, the line below it names the source.
  for (const [table] of html.matchAll(/<table[\s\S]*?<\/table>(\s*<p class="quiet small">Source: <a )?/g)) {
    const sourced = /<th[^>]*>(Source|Decision|Journal entry)<\/th>|Source: <a $/.test(table);
    const body = table.slice(table.indexOf("<tbody"));
    for (const [row] of body.matchAll(/<tr[\s\S]*?<\/tr>/g))
      if (/<td class="num/.test(row) && /<td class="num[^>]*>[^<]*\d/.test(row) && !sourced && !row.includes("<a "))
        bare.push(row.replace(/<[^>]+>/g, " ").replace(/\s+/g, " ").slice(0, 80));
  }
  return bare;
}

async function figures(pages) {
  for (const {address, html} of pages) {
    const bare = figuresWithoutSource(html);
    check(`${address}: every figure leads to its source`, bare.length === 0, bare.slice(0, 2).join(" | "));
  }
}

function empties(pages) {
  for (const {address, html} of pages)
    for (const [, attributes, rest] of html.matchAll(/<p class="empty"([^>]*)>([\s\S]{0,40})/g))
      check(`${address}: an empty list says why`,
            /data-why="(not_yet|none|not_published|closed|filtered)"/.test(attributes) && rest.startsWith("<strong>"));
}

async function keepsPage(base, pages) {
  const sample = pages.slice(0, 100);
  check("a hundred pages to switch the language on", sample.length === 100, sample.length);
  for (const {address, html} of sample) {
    const switches = [...html.matchAll(/<a href="([^"]+)" lang="(\w+)" hreflang="(\w+)">/g)]
      .filter(([, , lang, target]) => lang === target);
    const good = switches.length === languages.length - 1 &&
      switches.every(([, href, lang]) => href.replaceAll("&amp;", "&") === address.replace(/^\/en/, `/${lang}`));
    check(`${address}: the other languages lead to the same page`, good, switches.map((s) => s[1]).join(" "));
  }
  for (const {address} of sample.filter((_, i) => i % 10 === 0))
    for (const language of ["ru", "be"]) {
      const {status, text} = await read(base, address.replace(/^\/en/, `/${language}`));
      check(`${address} in ${language}`, status === 200 && text.includes(`<html lang="${language}"`));
    }
  const filtered = await read(base, "/en/programme?status=late");
  check("the switch keeps the filters", filtered.text.includes('href="/ru/programme?status=late"'));
}

async function folds(base) {
  const found = async (words) => {
    const {text} = await read(base, `/ru/search?q=${encodeURIComponent(words)}`);
    const main = text.slice(text.indexOf("<main"), text.indexOf("</main"));
    return wholeLinksOf(main).filter((link) => /^\/ru\/\w+\//.test(link)).sort().join(" ");
  };
  // ё and е, і and и, ў and у, apostrophes and their absence, capitals.
  for (const [one, other] of [["совместн", "СОВМЕСТН"], ["отчет", "отчёт"], ["савет міністраў", "савет министрау"],
                              ["бар'ераў", "бар’ераў"]]) {
    const [a, b] = [await found(one), await found(other)];
    check(`search finds the same for ${one} and ${other}`, a === b && a !== "", `${a} | ${b}`);
  }
  check("search finds a body by its Belarusian name", (await found("савет міністраў")).includes("/bodies/com"));
  check("search finds a programme of a call", (await found("энергетика")).includes("/calls/study-places"));
}

const listPages = ["", "sessions", "decisions", "programme", "late", "money", "contributions", "balances",
                   "commitments", "claims", "payments", "bank", "flow", "arrears", "pace", "past",
                   "bodies", "journal", "approvals", "elections", "calls", "calls/study-places",
                   "calls/first-aid", "call-shares/first-aid/ru-psk", "calls/people-grants",
                   "call-results/study-places", "lots/study-places",
                   "calls/neighbours", "call-projects/neighbours/proposer-2", "call-ballots/neighbours",
                   "series", "acts", "follow-ups", "feeds"];

async function weighs(base) {
  const home = await read(base, "/en/");
  const style = await read(base, home.text.match(/href="(\/assets\/veche\.css[^"]*)"/)[1]);
  const css = gzipSync(style.text).length;
  let script = 0;
  for (const name of ["veche", "live", "clock", "drafts", "idle", "proof", "bytes", "keys"]) {
    const {status, text} = await read(base, `/assets/${name}.js`);
    check(`${name}.js is served`, status === 200);
    script += gzipSync(text).length;
  }
  check("all script is at most 30 KB gzipped", script <= 30 * 1024, script);
  for (const name of listPages) {
    const {text} = await read(base, `/en/${name}`);
    const bytes = gzipSync(text).length + css;
    check(`/en/${name}: at most 40 KB gzipped with its style`, bytes <= 40 * 1024, bytes);
  }
  const times = [];
  for (let i = 0; i < 51; i += 1) {
    const started = performance.now();
    await read(base, `/en/${listPages[i % listPages.length]}`);
    times.push(performance.now() - started);
  }
  // The middle one: on a busy machine some wait for others.
  const middle = times.sort((a, b) => a - b)[25];
  check("a list page comes within 100 ms", middle < 100, `${middle.toFixed(1)} ms`);
}

async function sameInFreshBrowser(browser, base) {
  for (const address of ["/en/programme?status=late&q=", "/ru/decisions?year=2026", "/en/late?body=com",
                         "/be/sessions?body=pa"]) {
    const texts = [];
    for (let i = 0; i < 2; i += 1) {
      const context = await browser.newContext();
      const page = await context.newPage();
      await page.goto(base + address);
      texts.push(await page.locator("main").innerText());
      await context.close();
    }
    check(`${address} is the same in a fresh browser`, texts[0] === texts[1]);
  }
  const moved = await fetch(`${base}/en/decision/2026-0001?x=1`, {redirect: "manual"});
  check("an old address answers 301 to the lasting one",
        moved.status === 301 && moved.headers.get("location") === "/en/decisions/2026-0001?x=1", moved.status);
}

async function zones(browser, base) {
  const home = await read(base, "/en/");
  const vote = linksOf(home.text).find((l) => l.startsWith("/en/votes/"));
  for (const [zone, differs] of [["Europe/Moscow", false], ["Asia/Kamchatka", true], ["Europe/Brussels", true]]) {
    const context = await browser.newContext({timezoneId: zone, locale: "en-GB"});
    const page = await context.newPage();
    await page.goto(base + vote);
    const times = page.locator("main time[datetime*=T]");
    const shown = await times.first().innerText();
    check(`a time names its zone and year, read in ${zone}`, /\d{4}.*\(.*UTC[+−-]?\d*/.test(shown), shown);
    const beside = await page.locator("main .yours").count();
    check(`your own time beside it, read in ${zone}`, differs ? beside > 0 : beside === 0, beside);
    if (zone === "Asia/Kamchatka" && beside > 0) {
      const at = await times.first().getAttribute("datetime");
      const own = new Date(at).toLocaleTimeString("en-GB", {timeZone: zone, hour: "2-digit", minute: "2-digit"});
      check("it is the reader's hour", (await page.locator("main .yours").first().innerText()).includes(own));
    }
    await context.close();
  }
}

export async function reading(browser, base) {
  await answers(base);
  const pages = await pagesOf(base, "en", 160);
  await figures(pages);
  empties(pages);
  await keepsPage(base, pages);
  await folds(base);
  await weighs(base);
  await sameInFreshBrowser(browser, base);
  await zones(browser, base);
}

// Taking data away: CSV rows are table rows, plots as files, tables inside pages of other sites
// (requirements 4 and 20).
import {createServer} from "node:http";
import {check, freePort, pagesOf, read, wholeLinksOf} from "./lib.mjs";

/// Records of an RFC 4180 file.
export function recordsOf(csv) {
  const records = [[""]];
  let quoted = false;
  for (let i = 0; i < csv.length; i += 1) {
    const c = csv[i];
    const record = records[records.length - 1];
    if (quoted && c === '"' && csv[i + 1] === '"') {
      record[record.length - 1] += '"';
      i += 1;
    } else if (c === '"') quoted = !quoted;
    else if (!quoted && c === ",") record.push("");
    else if (!quoted && c === "\r" && csv[i + 1] === "\n") {
      records.push([""]);
      i += 1;
    } else record[record.length - 1] += c;
  }
  records.pop();
  return records;
}

/// Tables of a page as a browser without script reads them, and their CSV, cell by cell.
async function sameRows(browser, base) {
  const views = (await pagesOf(base, "en", 160)).filter(({html}) => html.includes("<table"));
  const context = await browser.newContext({javaScriptEnabled: false});
  const page = await context.newPage();
  let compared = 0;
  for (const {address} of views) {
    if (compared >= 24) break;
    await page.goto(base + address);
    const shown = await page.locator("main table").evaluateAll((tables) => tables.map((table) =>
      [...table.rows].map((row) => [...row.cells].map((cell) => cell.textContent.replace(/\s+/g, "")))));
    const {text} = await read(base, `/en/take/${address.slice(4)}`);
    const files = wholeLinksOf(text).filter((link) => /\.csv\?.*part=/.test(link));
    check(`${address}: each table can be taken away`, files.length === shown.length,
          `${files.length} of ${shown.length}`);
    for (const [i, file] of files.entries()) {
      const records = recordsOf((await read(base, file)).text).map((r) => r.map((f) => f.replace(/\s+/g, "")));
      check(`${file}: rows are those shown`, JSON.stringify(records) === JSON.stringify(shown[i]),
            JSON.stringify(records.find((r, n) => JSON.stringify(r) !== JSON.stringify(shown[i]?.[n]))));
      compared += 1;
    }
  }
  check("at least 20 views compared with their CSV", compared >= 20, compared);
  await context.close();
}

/// The number of rows that a link to a file promises is the number that comes.
async function promisedRows(base) {
  for (const name of ["decisions", "programme", "late", "money", "bodies", "approvals", "sessions", "bodies/pa"]) {
    const {text} = await read(base, `/en/${name}`);
    const link = text.match(/<a href="([^"]+\.csv[^"]*)">Download CSV \(([\d,]+) rows?\)/);
    if (!link) continue;
    const {text: csv} = await read(base, link[1].replaceAll("&amp;", "&"));
    const rows = recordsOf(csv).length - 1;
    check(`${link[1]}: as many rows as the link says`, rows === Number(link[2].replace(",", "")), rows);
  }
}

async function plots(base) {
  const {text} = await read(base, "/en/take/money");
  const file = wholeLinksOf(text).find((link) => link.includes(".svg"));
  check("a plot can be taken away", Boolean(file));
  if (!file) return;
  const svg = await read(base, file);
  check("it is SVG with its own name space and colours",
        svg.type.startsWith("image/svg+xml") && svg.text.includes("http://www.w3.org/2000/svg") &&
        svg.text.includes("fill=\"#") && !svg.text.includes("class=\"s-"));
}

/// The code that the page offers, pasted into a page of another origin, with script off.
async function embedded(browser, base) {
  const {text} = await read(base, "/en/take/programme?status=late");
  const code = text.match(/<pre class="bytes">([\s\S]*?)<\/pre>/)[1]
    .replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&amp;", "&")
    .replace(/src="https?:\/\/[^/]+/, `src="${base}`);
  const port = await freePort();
  const other = createServer((_, answer) => {
    answer.setHeader("content-type", "text/html; charset=utf-8");
    answer.end(`<!doctype html><title>Another site</title>${code}`);
  }).listen(port, "127.0.0.1");
  const context = await browser.newContext({javaScriptEnabled: false});
  const page = await context.newPage();
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.goto(`http://localhost:${port}/`.replace("localhost", "127.0.0.1"));
  const frame = page.frames().find((one) => one.url().includes("/embed/"));
  check("another site shows the table", Boolean(frame));
  if (frame) {
    const words = await frame.locator("body").innerText();
    check("with its rows and filters", (await frame.locator("tbody tr").count()) > 0 && /late/.test(words));
    const source = frame.locator("a", {hasText: "What is due and late"}).last();
    check("with its source, linked with the filters",
          (await source.getAttribute("href")) === "/en/programme?status=late", await source.getAttribute("href"));
    check("and its licence", /CC BY 4\.0/.test(words));
    check("nothing but the page and its style is fetched", asked.every((url) => !/\.js/.test(url)), asked.join(" "));
    check("no cookie is set", (await context.cookies()).length === 0);
  }
  await page.goto(base + "/en/programme");
  const framed = await read(base, "/en/programme");
  check("no other page can be framed", framed.headers.get("x-frame-options") === "DENY" &&
        framed.headers.get("content-security-policy").includes("frame-ancestors 'none'"));
  await context.close();
  await new Promise((done) => other.close(done));
}

export async function taking(browser, base) {
  await sameRows(browser, base);
  await promisedRows(base);
  await plots(base);
  await embedded(browser, base);
}

// What every file of browser tests shares: counting, the union that is served, small readers of HTML.
import {spawn} from "node:child_process";
import {existsSync} from "node:fs";
import {createServer} from "node:net";
import path from "node:path";
import {fileURLToPath} from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
export const root = path.resolve(here, "../..");
export const screens = path.join(root, "build/screens");
export const languages = ["en", "ru", "be"];
const program = path.resolve(root, process.env.VECHE_PROGRAM ?? "build/dev/veche");

export const count = {passed: 0, failed: 0};

export function check(name, good, detail = "") {
  good ? (count.passed += 1) : (count.failed += 1);
  if (!good) console.log(`FAIL ${name} ${detail}`);
}

export async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((done) => server.once("listening", done));
  const {port} = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

/// Outlines for maps, where they were cut here; without them maps are nets of degrees.
const outlines = path.join(root, "build/outlines/union-state");
export const hasOutlines = existsSync(path.join(outlines, "regions.topojson"));

export async function start(folder, port) {
  const child = spawn(program, ["demo", folder, "--port", String(port), "--reads-per-second", "0",
                                "--licence", "CC BY 4.0", ...(hasOutlines ? ["--outlines", outlines] : [])],
                      {cwd: root, stdio: "ignore"});
  for (let i = 0; i < 600; i += 1) {
    const up = await fetch(`http://127.0.0.1:${port}/health`).then((r) => r.ok, () => false);
    if (up) return child;
    await new Promise((done) => setTimeout(done, 200));
  }
  throw new Error("the example union was not served within two minutes");
}

export function linksOf(html) {
  return [...html.matchAll(/<a\b[^>]*\shref="([^"#?]+)(?:[?#][^"]*)?"/g)].map((m) => m[1]);
}

/// Addresses of links with their query, as a reader follows them.
export function wholeLinksOf(html) {
  return [...html.matchAll(/<a\b[^>]*\shref="([^"#]+)/g)].map((m) => m[1].replaceAll("&amp;", "&"));
}

export const isFile = (link) => /\.(csv|json|jsonl|svg|atom|ics|pdf|xml)(\?|$)/.test(link);

export async function read(base, address, headers = {}) {
  const answer = await fetch(base + address, {redirect: "follow", headers});
  return {status: answer.status, redirected: answer.redirected, type: answer.headers.get("content-type") ?? "",
          headers: answer.headers, text: await answer.text()};
}

/// Addresses of public pages of one language, from the front page on, in the order of distance.
export async function pagesOf(base, language, limit) {
  const seen = new Set([`/${language}/`]);
  const waiting = [...seen];
  const pages = [];
  while (waiting.length > 0 && pages.length < limit) {
    const address = waiting.shift();
    const {status, redirected, type, text} = await read(base, address);
    if (status !== 200 || !type.startsWith("text/html")) continue;
    // What needs a login leads there, which is a page of its own.
    if (!redirected) pages.push({address, html: text});
    for (const link of linksOf(text)) {
      const inside = link.startsWith(`/${language}/`) && !isFile(link) && !/\/(take|embed|login)\b/.test(link);
      if (inside && !seen.has(link)) {
        seen.add(link);
        waiting.push(link);
      }
    }
  }
  return pages;
}

/// Sends the login form, whatever comes of it.
export async function sendLogin(page, base, login, password, language = "en") {
  await page.goto(`${base}/${language}/login`);
  await page.fill("input[name=name], input[name=login]", login);
  await page.fill("input[type=password]", password);
  await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
}

export async function signIn(page, base, login, password, language = "en") {
  await sendLogin(page, base, login, password, language);
  if (new URL(page.url()).pathname.endsWith("/login")) {
    throw new Error(`${login} was not let in: ${(await page.locator("#errors").allInnerTexts()).join(" ")}`);
  }
}

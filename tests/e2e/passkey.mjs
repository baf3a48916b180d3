// A delegate with a passkey, in Chromium's virtual authenticator: enrolled on their page, used to
// log in and to sign a vote, revoked, and then good for nothing. The journal is checked by the
// program and by the second, independent replayer. Pictures go to build/screens/.
import {spawn, spawnSync} from "node:child_process";
import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import path from "node:path";
import {chromium} from "playwright-core";
import {check, count, freePort, root, screens} from "./lib.mjs";

const program = path.resolve(root, process.env.VECHE_PROGRAM ?? "build/dev/veche");
const axeSource = readFileSync(path.join(root, "tests/e2e/node_modules/axe-core/axe.min.js"), "utf8");
const scratch = mkdtempSync(path.join(tmpdir(), "veche-e2e-passkey-"));
const password = "correct horse";
const people = ["p-1", "p-2", "clerk"];
const charter = `
id = "small"
zone = "UTC"
unsigned_types = ["*"]
name = { en = "A small parliament", ru = "Малый парламент", be = "Малы парламент" }
amendment = { body = "house", rule = "majority" }
languages = [{ id = "en", name = "English" }, { id = "ru", name = "Русский" },
             { id = "be", name = "Беларуская" }]

[[rules]]
id = "majority"
name = { en = "Majority of votes cast" }
rule = "quorum [ present > 1/4 seats ] pass yes > 1/2 decisive"
source = "invented"
mark = "illustrative"

[[bodies]]
id = "house"
kind = "parliament"
name = { en = "House", ru = "Палата", be = "Палата" }
rules = ["majority"]
source = "invented"
invented = true

[[seats]]
id = "house/m"
body = "house"
count = 2
name = { en = "Member", ru = "Депутат", be = "Дэпутат" }

[[offices]]
id = "house/clerk"
body = "house"
name = { en = "Clerk", ru = "Секретарь", be = "Сакратар" }
powers = ["convene", "agenda", "table", "preside", "accounts"]

[[mandates]]
id = "m-clerk"
person = "clerk"
office = "house/clerk"
from = 2020-01-01
` + ["p-1", "p-2"].map((name, n) => `
[[mandates]]
id = "m-${name}"
person = "${name}"
seat = "house/m-${n + 1}"
from = 2020-01-01
`).join("");

// --- The union and its server ------------------------------------------------------------------

function says(...list) {
  const done = spawnSync(program, list, {cwd: scratch, encoding: "utf8",
                                         env: {...process.env, VECHE_PASSWORD: password}});
  if (done.status !== 0) throw new Error(`${list.join(" ")}: ${done.stdout}${done.stderr}`);
  return done.stdout + done.stderr;
}

function clerk(type, body, at = "union") {
  const who = at === "union" ? ["--as", "clerk"] : ["--login", "clerk"];
  return says("do", type, "--body", JSON.stringify(body), "--auth", "house/clerk", "--at", at, ...who);
}

function found_union() {
  writeFileSync(path.join(scratch, "charter.toml"), charter);
  says("init", "union", "--charter", "charter.toml");
  for (const person of people)
    says("account", "add", "union", person, person, "--password-cost", "fast");
  clerk("assembly.convene_session", {id: "s", body: "house", starts: "2030-01-01T10:00:00.000Z",
                                     title: {en: "Session"}, venue: {}});
  clerk("assembly.add_item", {session: "s", item: "i", kind: "decision", title: {en: "Item"}});
  clerk("assembly.open_session", {session: "s"});
  clerk("assembly.table_motion", {motion: "m", session: "s", item: "i", title: {en: "A motion"},
                                  text: {en: "The House decides."}});
  for (const n of [1, 2])
    clerk("assembly.register_presence", {session: "s", seat: `house/m-${n}`});
  clerk("assembly.open_vote", {vote: "v", motion: "m"});
}

// Passkeys belong to a domain; an address in numbers has none.
async function serve() {
  const port = await freePort();
  const at = `http://localhost:${port}`;
  const child = spawn(program, ["serve", "union", "--port", String(port), "--public-url", at,
                                "--password-cost", "fast", "--acts-per-second", "0",
                                "--reads-per-second", "0", "--log", "error",
                                "--web", path.join(root, "web")], {cwd: scratch, stdio: "inherit"});
  for (let i = 0; i < 300; i += 1) {
    if (await fetch(`http://127.0.0.1:${port}/health`).then((r) => r.ok, () => false))
      return {at, child};
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error("the server does not listen");
}

async function stop(child) {
  if (child.exitCode !== null || child.signalCode) return;
  const ended = new Promise((done) => child.once("exit", done));
  child.kill("SIGTERM");
  await ended;
}

// --- The delegate --------------------------------------------------------------------------------

async function authenticator_of(page) {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("WebAuthn.enable");
  const {authenticatorId} = await cdp.send("WebAuthn.addVirtualAuthenticator", {
    options: {protocol: "ctap2", transport: "internal", hasResidentKey: true,
              hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true},
  });
  const all = async () =>
    (await cdp.send("WebAuthn.getCredentials", {authenticatorId})).credentials;
  const verify = (isUserVerified) =>
    cdp.send("WebAuthn.setUserVerified", {authenticatorId, isUserVerified});
  const clear = () => cdp.send("WebAuthn.clearCredentials", {authenticatorId});
  return {all, verify, clear};
}

async function looked_at(page, name) {
  for (const [width, height] of [[360, 740], [1280, 900]]) {
    await page.setViewportSize({width, height});
    const wide = await page.evaluate(() => document.scrollingElement.scrollWidth);
    check(`${name} fits ${width} px`, wide <= width, wide);
    await page.screenshot({path: path.join(screens, `${name}-${width}.png`), fullPage: true});
    await page.evaluate(axeSource);
    const found = await page.evaluate(() => globalThis.axe.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"],
    }));
    check(`${name} at ${width} px: axe`, found.violations.length === 0,
          found.violations.map((v) => `${v.id} (${v.nodes[0].target})`).join(", "));
  }
}

const sent = (page, selector) => Promise.all([page.waitForNavigation(), page.click(selector)]);
const act = "form[data-act] .button-row button[type=submit]";

async function sign_in_by_password(page, at) {
  await page.goto(`${at}/en/login?back=/en/me`);
  await page.fill("input[name=name]", "p-1");
  await page.fill("input[type=password]", password);
  await sent(page, "form.form button[type=submit]");
}

async function sign_out(page, at) {
  await page.goto(`${at}/en/me`);
  await sent(page, "form[action$='/logout'] button");
  await page.goto(`${at}/en/me`);
  check("signed out", page.url().includes("/login"), page.url());
}

// Adds a passkey as the page offers it; the id of its key on the journal.
async function enroll(page, at, name) {
  await page.goto(`${at}/en/me`);
  await page.click("a[href*='people.enroll_passkey']");
  await page.click("[data-add-passkey]");
  await page.waitForFunction(() => document.querySelector("[name=public_key]").value !== "");
  const id = await page.inputValue("[name=key]");
  check("the key is called after its credential", /^passkey-[0-9a-f]{20}$/.test(id), id);
  check("the site is this one", (await page.inputValue("[name=site]")) === at);
  await page.fill("[name=name]", name);
  if (name === "phone") await looked_at(page, "passkey-enrol");
  await sent(page, act);
  check("the passkey is enrolled", page.url().includes("done=people.enroll_passkey"),
        `${page.url()} ${await page.locator("#errors").allInnerTexts()}`);
  return id;
}

async function tap_to_sign_in(page, at) {
  await page.goto(`${at}/en/login?back=/en/me`);
  await sent(page, "[data-passkey-login]");
}

async function without_script(browser, at) {
  const context = await browser.newContext({javaScriptEnabled: false});
  const page = await context.newPage();
  await page.goto(`${at}/en/login?back=/en/me`);
  check("without script no button of passkeys is shown",
        !(await page.locator("[data-passkey-login]").isVisible()));
  await sign_in_by_password(page, at);
  check("without script the password signs in", page.url().includes("/en/me"), page.url());
  await context.close();
}

async function log_in(page, at) {
  let nonce = "";
  let form = "";
  page.on("request", (one) => {
    if (one.method() === "POST" && one.postData()?.includes("passkey_signature")) form = one.postData();
  });
  await tap_to_sign_in(page, at);
  check("the passkey signs in", new URL(page.url()).pathname === "/en/me", page.url());
  nonce = new URLSearchParams(form).get("passkey_nonce");
  check("one nonce was used", /^[0-9a-f]{96}$/.test(nonce ?? ""));
  await sign_out(page, at);
  const again = await page.request.post(`${at}/en/login`, {
    data: form, headers: {"Content-Type": "application/x-www-form-urlencoded"}, maxRedirects: 0});
  check("the same answer does not sign in again", again.status() === 401, again.status());
  check("and it is said why", (await again.text()).includes("too old or was used"));
}

async function unverified(page, at, device) {
  await device.verify(false);
  await page.goto(`${at}/en/login`);
  await page.click("[data-passkey-login]");
  await page.locator(".passkey-said:not(:empty)").waitFor();
  check("whoever cannot unlock it stays outside", page.url().includes("/login"));
  await device.verify(true);
}

async function vote(page, at) {
  await page.goto(`${at}/en/votes/v`);
  await page.check("form[data-ballot] input[value=yes]");
  await sent(page, "form[data-ballot] button[type=submit]");
  const seq = new URL(page.url()).searchParams.get("seq");
  check("the vote is cast", Boolean(seq), `${page.url()} ${await page.locator("#errors").allInnerTexts()}`);
  return seq;
}

async function revoked(page, at) {
  await page.goto(`${at}/en/me`);
  await sent(page, "form[action*='people.revoke_key'] button");
  check("the passkey is revoked", page.url().includes("done=people.revoke_key"), page.url());
  await sign_out(page, at);
  await tap_to_sign_in(page, at);
  check("a revoked passkey signs nobody in", page.url().includes("/login") &&
        (await page.locator("#errors").innerText()).includes("opens no account here"));
  await looked_at(page, "passkey-revoked");
}

// --- The journal -----------------------------------------------------------------------------------

function judge(seq, key) {
  const said = says("verify", "union");
  check("verify counts what passkeys signed", /signatures {2}2 checked, 2 of passkeys/.test(said), said);
  says("export", "union", "public");
  const second = spawnSync("python3", ["-B", path.join(root, "tests/replayer/replay.py"), "public"],
                           {cwd: scratch, encoding: "utf8"});
  check("the second replayer agrees", second.status === 0, second.stderr);
  const name = new RegExp(`\\n\\u2014 [^ ]*/p-1/${key} `);
  const bundle = readFileSync(path.join(scratch, "public/tile/entries/000.p", entries_in("public")), "utf8");
  const entry = bundle.split(`"seq":${seq}}`)[1]?.split('"seq":')[0] ?? "";
  check("the ballot is signed by that key", name.test(entry), entry.slice(0, 300));
}

function entries_in(folder) {
  return readFileSync(path.join(scratch, folder, "checkpoint"), "utf8").split("\n")[1];
}

async function main() {
  mkdirSync(screens, {recursive: true});
  found_union();
  const {at, child} = await serve();
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
           "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
  try {
    // The policy of the pages allows no foreign script; the checker of accessibility is one.
    const page = await (await browser.newContext({bypassCSP: true})).newPage();
    page.on("pageerror", (error) => check("no error of script", false, error.message));
    const device = await authenticator_of(page);
    await without_script(browser, at);
    await sign_in_by_password(page, at);
    const key = await enroll(page, at, "phone");
    const kept = await device.all();
    check("the passkey is discoverable and of this site",
          kept.length === 1 && kept[0].isResidentCredential && kept[0].rpId === "localhost");
    await page.goto(`${at}/en/me`);
    await looked_at(page, "passkey-me");
    await sign_out(page, at);
    await log_in(page, at);
    await unverified(page, at, device);
    await page.goto(`${at}/en/login`);
    await looked_at(page, "passkey-login");
    await tap_to_sign_in(page, at);
    const seq = await vote(page, at);
    await revoked(page, at);
    await stop(child);
    judge(seq, key);
  } finally {
    await browser.close();
    await stop(child);
    rmSync(scratch, {recursive: true, force: true});
  }
  console.log(`${count.passed} passed, ${count.failed} failed`);
  process.exit(count.failed > 0 ? 1 : 0);
}

main().catch((error) => {
  console.log(`FAIL ${error.stack}`);
  console.log(`${count.passed} passed, ${count.failed + 1} failed`);
  process.exit(1);
});

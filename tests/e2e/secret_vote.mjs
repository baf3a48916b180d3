// A secret vote whose voters use nothing but their browsers: three of them register a secret each,
// vote, one votes again, one challenges a ballot first; the trustees use the program. The ballots
// are found on the journal by their trackers, the record is judged by the independent verifier.
// Pictures go to build/screens/.
import {spawn, spawnSync} from "node:child_process";
import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import path from "node:path";
import {FileSystemConfigLoader, HtmlValidate} from "html-validate";
import {chromium} from "playwright-core";
import {check, count, freePort, root, screens} from "./lib.mjs";

const program = path.resolve(root, process.env.VECHE_PROGRAM ?? "build/dev/veche");
const verifier = path.join(path.dirname(program), "veche-ballot-verifier");
const axeSource = readFileSync(path.join(root, "tests/e2e/node_modules/axe-core/axe.min.js"), "utf8");
const scratch = mkdtempSync(path.join(tmpdir(), "veche-e2e-vote-"));
const password = "correct horse";
const voters = ["p-1", "p-2", "p-3"];
const tongues = {"p-1": "en", "p-2": "ru", "p-3": "be"};
const trustees = ["auditor", "registrar", "clerk"];

// --- The union and its server ------------------------------------------------------------------

const office = (id, powers) => `
[[offices]]
id = "house/${id}"
body = "house"
name = { en = "${id}", ru = "${id}", be = "${id}" }
powers = [${powers}]
`;
const mandate = (person, what) =>
  `\n[[mandates]]\nid = "m-${person}"\nperson = "${person}"\n${what}\nfrom = 2020-01-01\n`;
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
rule = "quorum [ present > 1/2 seats ] pass yes > 1/2 decisive"
source = "invented"
mark = "illustrative"

[[bodies]]
id = "house"
kind = "parliament"
name = { en = "House", ru = "Палата", be = "Палата" }
rules = ["majority"]
secret = { floor = 3, trustees = ["house/auditor", "house/registrar", "house/clerk"], threshold = 2 }
source = "invented"
invented = true

[[seats]]
id = "house/m"
body = "house"
count = 3
name = { en = "Member", ru = "Депутат", be = "Дэпутат" }
` + office("auditor", "") + office("registrar", "") +
  office("clerk", '"convene", "agenda", "table", "preside"') +
  trustees.map((name) => mandate(name, `office = "house/${name}"`)).join("") +
  voters.map((name, n) => mandate(name, `seat = "house/m-${n + 1}"`)).join("");

function says(...list) {
  const done = spawnSync(program, list, {cwd: scratch, encoding: "utf8",
                                         env: {...process.env, VECHE_PASSWORD: password}});
  if (done.status !== 0) throw new Error(`${list.join(" ")}: ${done.stdout}${done.stderr}`);
  return done.stdout + done.stderr;
}

const clerk = (command, body) =>
  says("do", `assembly.${command}`, "--body", JSON.stringify(body), "--auth", "house/clerk",
       "--at", "union", "--as", "clerk");

const union = {
  async start() {
    if (!this.port) {
      this.port = await freePort();
      this.at = `http://127.0.0.1:${this.port}`;
    }
    this.child = spawn(program, ["serve", "union", "--port", String(this.port), "--password-cost",
                                 "fast", "--acts-per-second", "0", "--reads-per-second", "0",
                                 "--log", "error", "--web", path.join(root, "web")],
                       {cwd: scratch, stdio: "inherit"});
    for (let i = 0; i < 300; i += 1) {
      if (await fetch(`${this.at}/health`).then((r) => r.ok, () => false)) return;
      await new Promise((done) => setTimeout(done, 100));
    }
    throw new Error("the server does not listen");
  },
  async stop() {
    if (!this.child || this.child.exitCode !== null || this.child.signalCode) return;
    const ended = new Promise((done) => this.child.once("exit", done));
    this.child.kill("SIGTERM");
    this.child = null;
    await ended;
  },
};

function found_union() {
  writeFileSync(path.join(scratch, "charter.toml"), charter);
  says("init", "union", "--charter", "charter.toml");
  for (const person of [...voters, ...trustees])
    says("account", "add", "union", person, person, "--password-cost", "fast");
  for (const person of trustees) {
    says("ballot", "keygen", `${person}.key`, "--trustee", person);
    says("ballot", "register", "--key", `${person}.key`, "--at", "union", "--as", person);
  }
  clerk("convene_session", {id: "s", body: "house", starts: "2030-01-01T10:00:00.000Z",
                            title: {en: "Session"}, venue: {}});
  clerk("add_item", {session: "s", item: "i", kind: "decision", title: {en: "Item"}});
  clerk("open_session", {session: "s"});
  clerk("table_motion", {motion: "m", session: "s", item: "i",
                         title: {en: "Who chairs?", ru: "Кто председатель?", be: "Хто старшыня?"},
                         text: {en: "The House elects its chair."}});
}

function open_vote() {
  const candidate = (id) => ({id, title: {en: `Candidate ${id}`, ru: `Кандидат ${id}`}});
  clerk("open_secret_vote", {vote: "sv", motion: "m", options: ["a", "b"].map(candidate)});
  for (let round = 0; round < 4; round += 1)
    for (const person of trustees)
      says("ballot", "ceremony", "sv", "--key", `${person}.key`, "--at", "union", "--as", person);
}

// --- Voters --------------------------------------------------------------------------------------

const validator = new HtmlValidate(new FileSystemConfigLoader({
  extends: ["html-validate:standard"],
  rules: {"no-trailing-whitespace": "off", "long-title": "off", "void-style": "off",
          "no-inline-style": "error", "require-sri": "off", "doctype-style": "off",
          "no-redundant-role": "off", "prefer-native-element": "off"},
}));

async function looked_at(page, name) {
  const report = await validator.validateString(await (await page.request.get(page.url())).text());
  const words = report.results.flatMap((r) => r.messages).filter((m) => m.severity === 2)
                      .map((m) => `${m.line} ${m.ruleId}: ${m.message}`);
  check(`${name} is valid HTML`, words.length === 0, words.slice(0, 4).join(" | "));
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

class voter {
  constructor(person, page) {
    this.person = person;
    this.page = page;
    this.tongue = tongues[person];
    this.sent = [];
    this.trouble = [];
    page.on("request", (one) => one.method() === "POST" && this.sent.push(one));
    page.on("pageerror", (error) => this.trouble.push(error.message));
    page.on("console", (line) => line.type() === "error" && this.trouble.push(line.text()));
  }

  static async arrive(browser, person) {
    // The policy of the pages allows no foreign script; the checker of accessibility is one.
    const context = await browser.newContext({bypassCSP: person === "p-1", acceptDownloads: true});
    const one = new voter(person, await context.newPage());
    await one.go("login");
    await one.page.fill("input[name=name]", person);
    await one.page.fill("input[type=password]", password);
    await Promise.all([one.page.waitForNavigation(), one.page.keyboard.press("Enter")]);
    return one;
  }

  go(address) {
    return this.page.goto(`${union.at}/${this.tongue}/${address}`);
  }

  // A sentence that the page holds ready, once the status says it.
  async hears(place, holder, word) {
    const expected = await this.page.locator(holder).first().getAttribute(`data-${word}`);
    const said = this.page.locator(place).first();
    await said.filter({hasText: expected}).waitFor({timeout: 15000}).catch(() => {});
    check(`${this.person} hears "${word}"`, (await said.textContent()) === expected,
          await said.textContent());
  }

  hears_of_secret(word) {
    return this.hears("[data-voter] .check-result", "[data-voter]", word);
  }

  hears_at_ballot(word) {
    return this.hears("[data-said]", "[data-secret-vote]", word);
  }

  async enter() {
    await this.go("secret-votes/sv");
    await this.page.locator("[data-seat] fieldset").waitFor();
  }

  // One tap on an option: the ballot is made and its tracker shown before anything is sent.
  async choose(number) {
    const before = this.sent.length;
    await this.page.locator("[data-seat] input[type=radio]").nth(number).check();
    await this.hears_at_ballot("done");
    check(`${this.person}: nothing is sent by choosing`, this.sent.length === before);
    return this.page.locator("[data-tracker]").textContent();
  }

  // The other tap.
  async cast() {
    await Promise.all([this.page.waitForNavigation(),
                       this.page.click("[data-made] button[type=submit]")]);
    await this.hears("[data-found]", "[data-find]", "right");
  }

  async find(tracker, word) {
    await this.page.fill("#tracker", tracker);
    await this.page.click("[data-find] button");
    await this.hears("[data-find] .check-result", "[data-find]", word);
  }
}

async function register(one) {
  await one.go("voter");
  await one.hears_of_secret("none");
  if (one.person === "p-1") await looked_at(one.page, "voter-new");
  await Promise.all([one.page.waitForNavigation(), one.page.click("[data-make]")]);
  await one.hears_of_secret("here");
  const [download] = await Promise.all([one.page.waitForEvent("download"),
                                        one.page.click("[data-save]")]);
  const file = path.join(scratch, `${one.person}.key`);
  await download.saveAs(file);
  const {kind, name, seed} = JSON.parse(readFileSync(file, "utf8"));
  check("the copy is as the program's", kind === "voter" && name === "" && /^[0-9a-f]{64}$/.test(seed));
  const posted = one.sent.at(-1).postData();
  check("the secret is not sent", !posted.includes(seed) && posted.includes("credential="));
  return file;
}

async function lose_and_take_back(one, file) {
  one.page.once("dialog", (dialog) => dialog.accept());
  await one.page.click("[data-forget]");
  await one.hears_of_secret("forgotten");
  await one.page.setInputFiles("[data-take]", path.join(scratch, "charter.toml"));
  await one.hears_of_secret("wrong");
  await one.page.setInputFiles("[data-take]", file);
  await one.hears_of_secret("here");
}

async function take_in_and_register(one) {
  says("ballot", "keygen", `${one.person}.key`);
  await one.go("voter");
  await one.page.setInputFiles("[data-take]", path.join(scratch, `${one.person}.key`));
  await one.hears_of_secret("other");
  await Promise.all([one.page.waitForNavigation(), one.page.click("[data-register]")]);
  await one.hears_of_secret("here");
}

// From then on everything this person does is signed in the browser, ballots too.
async function enrol_a_key(one) {
  await one.go("do/people.enroll_key?_back=me");
  await one.page.click("[data-enrol]");
  await one.page.locator(".check-result:not(:empty)").waitFor();
  await one.page.fill("[name=name]", "laptop");
  await Promise.all([one.page.waitForNavigation(),
                     one.page.click("form[data-act] .button-row button[type=submit]")]);
}

// --- The vote --------------------------------------------------------------------------------------

// By keyboard alone: Tab to the options, arrows, Tab to the button, Enter.
async function vote_by_keyboard(one) {
  await one.enter();
  const focused = () => one.page.evaluate(() => document.activeElement?.type);
  const tab_to = async (type) => {
    for (let i = 0; i < 60 && (await focused()) !== type; i += 1) await one.page.keyboard.press("Tab");
    check(`Tab reaches ${type}`, (await focused()) === type);
  };
  await tab_to("radio");
  await one.page.keyboard.press("Space");
  await one.page.keyboard.press("ArrowDown");
  await one.hears_at_ballot("done");
  const tracker = await one.page.locator("[data-tracker]").textContent();
  await tab_to("submit");
  await Promise.all([one.page.waitForNavigation(), one.page.keyboard.press("Enter")]);
  await one.hears("[data-found]", "[data-find]", "right");
  return tracker;
}

async function challenge(one) {
  const tracker = await one.choose(1);
  const before = one.sent.length;
  await one.page.click("[data-challenge]");
  check("an opened ballot leaves no ballot in the form",
        (await one.page.locator("[name^='ballot.']").count()) === 0 && one.sent.length === before);
  check("the page says what it held",
        (await one.page.textContent("[data-held]")) === "Кандидат b");
  check("the opening has the focus", await one.page.evaluate(
    () => document.activeElement.hasAttribute("data-opened")));
  const [download] = await Promise.all([one.page.waitForEvent("download"),
                                        one.page.click("[data-file]")]);
  const file = path.join(scratch, download.suggestedFilename());
  await download.saveAs(file);
  const said = says("ballot", "audit", "sv", file, "--at", union.at);
  check("the program says the same", said.includes(tracker) && said.includes("  b\n") &&
        said.includes("It holds"), said);
}

// A server that gives another key, or another vote's record, is noticed before anything is chosen.
async function forged_record(one) {
  await one.page.route("**/sv.opening.jsonl", async (route) => {
    const text = await (await route.fetch()).text();
    const at = text.lastIndexOf('"key":"') + 10;
    const other = text[at] === "0" ? "1" : "0";
    await route.fulfill({body: text.slice(0, at) + other + text.slice(at + 1)});
  });
  await one.go("secret-votes/sv");
  await one.hears_at_ballot("unsound");
  check("then nothing can be chosen", !(await one.page.locator("[data-seat] fieldset").isVisible()));
  await one.page.unroute("**/sv.opening.jsonl");
  one.trouble.length = 0;
}

async function without_script(browser, one) {
  const state = await one.page.context().storageState();
  const context = await browser.newContext({javaScriptEnabled: false, storageState: state});
  const page = await context.newPage();
  await page.goto(`${union.at}/en/secret-votes/sv`);
  check("without script the page tells how to vote",
        await page.getByText("veche ballot vote sv").isVisible());
  check("without script there is no ballot", !(await page.locator("[data-seat]").isVisible()));
  await page.goto(`${union.at}/en/voter`);
  check("without script the page tells how to register",
        await page.getByText("veche ballot keygen").isVisible());
  await context.close();
  // Another browser of the same person has no secret.
  const other = await browser.newContext({storageState: state});
  const bare = await other.newPage();
  await bare.goto(`${union.at}/en/secret-votes/sv`);
  await bare.locator("[data-lacking]").waitFor();
  check("another browser has no secret", !(await bare.locator("fieldset").isVisible()));
  await other.close();
}

async function vote(browser, [first, second, third]) {
  await without_script(browser, first);
  await first.enter();
  await looked_at(first.page, "secret-vote-open");
  await first.choose(0);
  await looked_at(first.page, "secret-vote-chosen");
  const replaced = await vote_by_keyboard(first);
  await looked_at(first.page, "secret-vote-cast");
  const cast = first.sent.at(-1).postData();
  check("what is sent is the ballot", cast.includes("ballot.choices.2.alpha=") &&
        cast.includes("ballot.signature.z="));
  check("what is sent names no choice", ![...new URLSearchParams(cast).keys()].some(
    (name) => name.startsWith("choice")));

  await second.enter();
  await challenge(second);
  await second.page.screenshot({path: path.join(screens, "secret-vote-opened.png"), fullPage: true});
  const kept = await second.choose(0);
  await second.cast();
  await forged_record(third);
  await third.enter();
  await third.choose(1);
  await third.cast();
  const signed = third.sent.at(-1).postData();
  check("who has a signing key signs the ballot's command", signed.includes("_signature="));

  // The first votes again: the last ballot counts.
  await first.enter();
  const last = await first.choose(0);
  await first.cast();
  await first.find(replaced, "replaced");
  await first.find(last, "right");
  await first.find(kept, "right");
  await first.find("0".repeat(64), "missing");
  return {replaced, last};
}

// --- The end ---------------------------------------------------------------------------------------

async function judge(one, trackers) {
  const at = ["--at", union.at, "--login"];
  says("do", "assembly.close_secret_vote", "--body", '{"vote":"sv"}', "--auth", "house/clerk", ...at,
       "clerk");
  for (const person of ["auditor", "registrar"])
    says("ballot", "decrypt", "sv", "--key", `${person}.key`, ...at, person);
  await one.go("secret-votes/sv");
  const words = await one.page.locator("main").innerText();
  check("the result is on the page", words.includes("Candidate a") && /Elected:/.test(words),
        words.slice(0, 400));
  await one.find(trackers.last, "right");
  await looked_at(one.page, "secret-vote-decided");
  check("the program finds the ballots",
        says("ballot", "find", "sv", trackers.last, "--at", union.at).includes("counts") &&
        says("ballot", "find", "sv", trackers.replaced, "--at", union.at).includes("a later one"));
  says("ballot", "export", "sv", "--at", union.at, "--to", "record.jsonl");
  const judged = spawnSync(verifier, [path.join(scratch, "record.jsonl")], {encoding: "utf8"});
  check("the independent verifier", judged.status === 0 &&
        judged.stdout.includes("a 2\nb 1\nblank 0"), judged.stdout + judged.stderr);
  await union.stop();
  const checked = says("verify", "union");
  check("veche verify", checked.includes("4 secret ballots, every proof checked"), checked);
}

async function main() {
  mkdirSync(screens, {recursive: true});
  found_union();
  await union.start();
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
           "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
  try {
    const all = [];
    for (const person of voters) all.push(await voter.arrive(browser, person));
    const file = await register(all[0]);
    await looked_at(all[0].page, "voter-registered");
    await lose_and_take_back(all[0], file);
    await register(all[1]);
    await enrol_a_key(all[2]);
    await take_in_and_register(all[2]);
    await union.stop();
    open_vote();
    await union.start();
    const trackers = await vote(browser, all);
    await judge(all[0], trackers);
    for (const one of all)
      check(`${one.person}: no error in the browser`, one.trouble.length === 0,
            one.trouble.join(" | "));
  } finally {
    await browser.close();
    await union.stop();
    rmSync(scratch, {recursive: true, force: true});
  }
  console.log(`${count.passed} passed, ${count.failed} failed`);
  process.exit(count.failed > 0 ? 1 : 0);
}

process.exitCode = 1;  // of a run that ends before its closing line
main().catch((error) => {
  console.log(`FAIL ${error.stack}`);
  console.log(`${count.passed} passed, ${count.failed + 1} failed`);
  process.exit(1);
});

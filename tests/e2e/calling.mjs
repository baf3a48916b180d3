// What browser tests of calls share: a small union played and served, and a person who uses its pages
// on a phone, by keyboard alone.
import {spawn, spawnSync} from "node:child_process";
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import path from "node:path";
import {FileSystemConfigLoader, HtmlValidate} from "html-validate";
import {chromium} from "playwright-core";
import {check, freePort, languages, root, screens} from "./lib.mjs";

const program = path.resolve(root, process.env.VECHE_PROGRAM ?? "build/dev/veche");
const axeSource = readFileSync(path.join(root, "tests/e2e/node_modules/axe-core/axe.min.js"), "utf8");
const password = "correct horse";

export const words = (en, ru, be) => ({en, ru, be});
export const named = (text) => `{ en = "${text}", ru = "${text}", be = "${text}" }`;

/// One line of a scenario.
export const act = (as, type, body, auth = `house/${as}`, at) =>
  JSON.stringify({...(at ? {at} : {}), as, auth, type, body});
export const order = (body) => ({type: "calls.open_call", v: 1, body});

/// The button that sends a form.
export const send = "main form[data-act] button.button[type=submit]:not([name])";

/// A union with one parliament whose House may open calls: one member, and an office for each of
/// `staff`, which gives the powers that it holds.
export function charterWith(staff) {
  return `
id = "small"
zone = "UTC"
unsigned_types = ["*"]
name = { en = "A small parliament", ru = "Малый парламент", be = "Малы парламент" }
amendment = { body = "house", rule = "majority" }
units = [{ id = "RUB", name = { en = "rouble", ru = "рубль", be = "рубель" }, kind = "money", scale = 2 }]
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
enacts = ["calls.open_call"]
source = "invented"
invented = true

[[seats]]
id = "house/m"
body = "house"
name = { en = "Member", ru = "Депутат", be = "Дэпутат" }
` + Object.entries(staff).map(([id, powers]) => `
[[offices]]
id = "house/${id}"
body = "house"
name = ${named(id)}
powers = [${powers}]

[[mandates]]
id = "m-${id}"
person = "${id}"
office = "house/${id}"
from = 2020-01-01
`).join("") + `
[[mandates]]
id = "m-member"
person = "member"
seat = "house/m"
from = 2020-01-01
`;
}

/// Lines in which the House decides on calls, on the ninth day before today.
export function decided(calls) {
  return [
    act("clerk", "assembly.convene_session",
        {id: "s", body: "house", starts: "@-9d10:00", title: words("Session", "Заседание", "Пасяджэнне"), venue: {}},
        undefined, "-10d09:00"),
    act("clerk", "assembly.add_item",
        {session: "s", item: "i", kind: "decision", title: words("Calls", "Наборы", "Наборы")}),
    act("clerk", "assembly.open_session", {session: "s"}, undefined, "-9d10:00"),
    act("member", "assembly.register_presence", {session: "s", seat: "house/m"}, "house/m"),
    act("clerk", "assembly.table_motion", {motion: "m", session: "s", item: "i",
      title: words("Open calls", "Открыть наборы", "Адкрыць наборы"),
      text: words("Calls are opened.", "Открываются наборы.", "Адкрываюцца наборы."),
      enactments: calls.map(order)}),
    act("clerk", "assembly.open_vote", {vote: "v", motion: "m"}),
    act("member", "assembly.cast_ballot", {vote: "v", seat: "house/m", choice: "yes"}, "house/m"),
    act("clerk", "assembly.close_vote", {vote: "v"}),
  ];
}

/// Plays the lines into a union of its own and serves it, with an account for each of `persons`;
/// `stop` ends that and takes it away.
export async function serveUnion(charter, play, persons) {
  const scratch = mkdtempSync(path.join(tmpdir(), "veche-e2e-calls-"));
  const says = (...list) => {
    const done = spawnSync(program, list, {cwd: scratch, encoding: "utf8",
                                           env: {...process.env, VECHE_PASSWORD: password}});
    if (done.status !== 0) throw new Error(`${list.join(" ")}: ${done.stdout}${done.stderr}`);
  };
  writeFileSync(path.join(scratch, "charter.toml"), charter);
  writeFileSync(path.join(scratch, "calls.play"), play.join("\n") + "\n");
  says("play", "union", "calls.play", "--charter", "charter.toml");
  for (const person of persons)
    says("account", "add", "union", person, person, "--password-cost", "fast");
  const port = await freePort();
  const child = spawn(program, ["serve", "union", "--port", String(port), "--password-cost", "fast",
                                "--acts-per-second", "0", "--reads-per-second", "0", "--log", "error",
                                "--web", path.join(root, "web")],
                      {cwd: scratch, stdio: "inherit"});
  const at = `http://127.0.0.1:${port}`;
  const stop = () => {
    child.kill("SIGTERM");
    rmSync(scratch, {recursive: true, force: true});
  };
  for (let i = 0; i < 300; i += 1) {
    if (await fetch(`${at}/health`).then((r) => r.ok, () => false)) return {at, stop};
    await new Promise((done) => setTimeout(done, 100));
  }
  stop();
  throw new Error("the server does not listen");
}

export const browse = () => chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
         "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});

const validator = new HtmlValidate(new FileSystemConfigLoader({
  extends: ["html-validate:standard"],
  rules: {"no-trailing-whitespace": "off", "long-title": "off", "void-style": "off",
          "no-inline-style": "error", "require-sri": "off", "doctype-style": "off",
          "no-redundant-role": "off", "prefer-native-element": "off"},
}));

/// Somebody at the keyboard of a phone, with script or without.
export class person {
  static async arrive(browser, at, name, script = true) {
    const context = await browser.newContext({viewport: {width: 360, height: 740}, bypassCSP: true,
                                              javaScriptEnabled: script});
    const one = new person();
    Object.assign(one, {name, at, script, page: await context.newPage()});
    await one.go("login");
    await one.page.locator("input[name=name]").fill(name);
    await one.page.locator("input[type=password]").fill(password);
    await Promise.all([one.page.waitForNavigation(), one.page.keyboard.press("Enter")]);
    return one;
  }

  go(address) {
    return this.page.goto(`${this.at}/en/${address}`);
  }

  // Goes by the tab key to what the selector finds, as somebody without a mouse does.
  async reach(selector) {
    const wanted = this.page.locator(selector).first();
    if ((await wanted.count()) === 0) {
      check(`${this.name} finds ${selector} on ${this.page.url()}`, false);
      throw new Error(`nothing at ${selector}`);
    }
    for (let i = 0; i < 150; i += 1) {
      await this.page.keyboard.press("Tab");
      if (await this.there(wanted)) return wanted;
    }
    check(`${this.name} reaches ${selector} by keyboard`, false, this.page.url());
    throw new Error(`the tab key does not lead to ${selector}`);
  }

  async there(wanted) {
    if (this.script) return wanted.evaluate((element) => element === document.activeElement);
    return (await this.page.locator(":focus").count()) > 0 &&
           (await this.page.locator(":focus").evaluate((e) => e.outerHTML)) ===
           (await wanted.evaluate((e) => e.outerHTML));
  }

  async press(selector) {
    await this.reach(selector);
    await Promise.all([this.page.waitForNavigation(), this.page.keyboard.press("Enter")]);
  }

  // Picks an option of a select by typing how it begins.
  async pick(selector, start) {
    const wanted = await this.reach(selector);
    await this.page.keyboard.type(start);
    const label = await wanted.evaluate((select) => select.selectedOptions[0].label);
    check(`${this.name} picks ${start}`, label.startsWith(start), label);
  }

  async done(what) {
    const note = this.page.locator("#done");
    check(`${this.name}: ${what}`, (await note.count()) === 1,
          (await this.page.locator("main").innerText()).slice(0, 400));
  }

  async words() {
    return (await this.page.locator("main").innerText()).replace(/\s+/g, " ");
  }

  // The page in each language at both widths; valid and accessible in the first.
  async look(name) {
    const address = new URL(this.page.url());
    for (const language of languages) {
      await this.page.goto(this.at + address.pathname.replace(/^\/../, `/${language}`) + address.search);
      for (const [width, height] of [[1280, 900], [360, 740]]) {
        await this.page.setViewportSize({width, height});
        const wide = await this.page.evaluate(() => document.scrollingElement.scrollWidth);
        check(`${name} in ${language} fits ${width} px`, wide <= width, wide);
        await this.page.screenshot({path: path.join(screens, `${name}-${language}-${width}.png`), fullPage: true});
      }
      const bare = await this.page.locator("main").innerText();
      const key = bare.match(/\b(calls|field|hint|choice)\.[a-z_]+(\.[a-z_]+)*/);
      check(`${name} in ${language} has a text for everything`, key === null, key?.[0]);
    }
    await this.go(address.pathname.slice(4) + address.search);
    const report = await validator.validateString(await (await this.page.request.get(this.page.url())).text());
    const faults = report.results.flatMap((r) => r.messages).filter((m) => m.severity === 2)
                         .map((m) => `${m.line} ${m.ruleId}: ${m.message}`);
    check(`${name} is valid HTML`, faults.length === 0, faults.slice(0, 4).join(" | "));
    await this.page.evaluate(axeSource);
    const found = await this.page.evaluate(() => globalThis.axe.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"],
    }));
    check(`${name}: axe`, found.violations.length === 0,
          found.violations.map((v) => `${v.id} (${v.nodes[0].target})`).join(", "));
  }
}

// A secret vote in the browser: checks the record of the vote up to its opening, encrypts the chosen
// option, shows the tracker, then casts the ballot with the page's own form or opens it instead
// (cast or challenge, Benaloh 2006). The choice is in no form and never leaves this browser.
// Afterwards it looks for the ballot on the journal.

import { encrypt, from_hex, random_seed, sign, to_hex, tracker_of } from "./ballot.js";
import { read_opening } from "./opening.js";
import { look_up } from "./proof.js";
import { offer, secrets_of } from "./secrets.js";

const rest_ms = 200;  // so that walking over the options by arrow keys makes one ballot
const slow_ms = 600;  // so that only the result is announced where it comes at once
const proof_tries = 12;
const proof_wait_ms = 500;

// What was cast from this browser; nothing where it keeps nothing.
const place_of = (vote, seat) => `veche-tracker ${vote} ${seat}`;
function note_cast(vote, seat, tracker) {
  try {
    localStorage.setItem(place_of(vote, seat), tracker);
  } catch {
    return;  // The page shows the tracker of the seat's ballot anyway.
  }
}
function last_cast(vote, seat) {
  try {
    return localStorage.getItem(place_of(vote, seat));
  } catch {
    return null;
  }
}

function title_of(option) {
  const { title } = option;
  return title[document.documentElement.lang] ?? title.en ?? Object.values(title)[0];
}

// The values of a described object under the names that forms give them: "ballot.range.0.c".
function* fields_of(value, path) {
  if (typeof value !== "object") yield [path, value];
  else for (const [name, inner] of Object.entries(value)) yield* fields_of(inner, `${path}.${name}`);
}

class booth {
  constructor(section, part, opening, secret) {
    this.words = section.dataset;
    this.vote = section.dataset.secretVote;
    this.part = part;
    this.terms = opening.terms;
    this.secret = secret;
    const { options, blank, question } = opening.definition;
    this.labels = options.map(title_of);
    if (blank) this.labels.push(this.words.blank);
    this.fieldset = part.querySelector("fieldset");
    this.fieldset.querySelector("legend").textContent =
      `${title_of({ title: question })} \u2014 ${part.dataset.legend}`;
    this.fieldset.querySelector(".choices").append(...this.labels.map((label, n) =>
      this.choice(label, n)));
    this.form = part.querySelector("form");
    this.form.addEventListener("submit", () =>
      note_cast(this.vote, part.dataset.seat, this.tracker));
    part.querySelector("[data-challenge]").addEventListener("click", () => this.open());
    this.fieldset.hidden = false;
    part.querySelector("[data-said]").textContent = "";
  }

  choice(label, n) {
    const line = document.createElement("div");
    line.className = "choice";
    const input = document.createElement("input");
    Object.assign(input, { type: "radio", name: `choice ${this.part.dataset.seat}`,
                           id: `choice-${n}-${this.part.dataset.seat}`, autocomplete: "off" });
    input.addEventListener("change", () => {
      this.chosen = n;
      this.show(false);
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.make(n).catch((error) => {
        console.error(error);
        this.say("failed", false);
      }), rest_ms);
    });
    const name = document.createElement("label");
    name.htmlFor = input.id;
    name.textContent = label;
    line.append(input, name);
    return line;
  }

  say(what, good) {
    const place = this.part.querySelector("[data-said]");
    place.textContent = this.words[what];
    place.className = `check-result ${good ? "good" : "bad"}`;
  }

  show(made, opened = false) {
    this.part.querySelector("[data-made]").hidden = !made;
    this.part.querySelector("[data-opened]").hidden = !opened;
  }

  // Only the ballot of the option chosen last is shown.
  async make(n) {
    const slow = setTimeout(() => this.say("busy", true), slow_ms);
    const opening = { chosen: [n], credential: this.secret.credential,
                      randomness: to_hex(random_seed()) };
    const encrypted = await encrypt(this.terms, opening);
    const tracker = await tracker_of(encrypted);
    const ballot = await sign(encrypted, from_hex(this.secret.seed), random_seed());
    clearTimeout(slow);
    if (this.chosen !== n) return;
    Object.assign(this, { opening, tracker });
    this.part.querySelector("[data-tracker]").textContent = tracker;
    for (const old of this.form.querySelectorAll("[name^='ballot.']")) old.remove();
    for (const [name, value] of fields_of(ballot, "ballot")) {
      const field = document.createElement("input");
      Object.assign(field, { type: "hidden", name, value });
      this.form.append(field);
    }
    this.show(true);
    this.say("done", true);
  }

  // The challenge: everything the ballot was made of, and no ballot.
  open() {
    const name = `challenged-${this.tracker.slice(0, 16)}.json`;
    for (const old of this.form.querySelectorAll("[name^='ballot.']")) old.remove();
    const { tracker, opening } = this;
    offer(this.part.querySelector("[data-file]"), name, JSON.stringify({ opening, tracker }) + "\n");
    this.part.querySelector("[data-name]").textContent = name;
    this.part.querySelector("[data-held]").textContent = this.labels[this.chosen];
    this.fieldset.querySelectorAll("input").forEach((input) => { input.checked = false; });
    this.chosen = undefined;
    this.part.querySelector("[data-said]").textContent = "";
    this.show(false, true);
    this.part.querySelector("[data-opened]").focus();
  }
}

async function open_booths(section) {
  const parts = [...section.querySelectorAll("[data-seat]")];
  const say = (part, words, good) => {
    const place = part.querySelector("[data-said]");
    place.textContent = words;
    place.className = `check-result ${good ? "" : "bad"}`;
  };
  for (const part of parts) {
    part.hidden = false;
    say(part, section.dataset.checking, true);
  }
  section.querySelector("details").open = false;
  section.querySelector("[data-scripts]").hidden = false;
  let opening;
  try {
    opening = await read_opening(await (await fetch(section.dataset.record)).text());
    if (opening.definition.id !== section.dataset.secretVote) throw new Error("another vote");
  } catch (error) {
    console.error(error);
    return parts.forEach((part) => say(part, section.dataset.unsound, false));
  }
  for (const part of parts) {
    const kept = await secrets_of(part.dataset.seat).catch(() => []);
    const secret = kept.find((one) => opening.roll.includes(one.credential));
    part.querySelector("[data-lacking]").hidden = Boolean(secret);
    if (secret) new booth(section, part, opening, secret);
    else say(part, "", true);
  }
}

// --- Finding a ballot --------------------------------------------------------------------------

// The newest entries come into the tree, and under its signed root, within a second or two.
async function proof_of(address, vkey) {
  for (let tries = 1; ; tries += 1) {
    const found = await look_up(address, vkey);
    if ((found && found.verdict !== "wrong") || tries === proof_tries) return found;
    await new Promise((done) => setTimeout(done, proof_wait_ms));
  }
}

// The board names the entry; the entry must hold a ballot of this tracker, and be in the journal.
async function find(words, tracker) {
  const view = await (await fetch(words.board)).json();
  const row = (view.board ?? []).find((one) => one.tracker === tracker);
  if (!row) return "missing";
  const { verdict, entry } = await proof_of(`${words.proofs}${row.seq}.json`, words.vkey);
  const act = JSON.parse(entry.split("\n")[1]);
  const fits = act.type === "assembly.cast_secret_ballot" && act.body.vote === words.vote &&
               await tracker_of(act.body.ballot) === tracker;
  if (!fits || verdict === "wrong" || verdict === "forged") return "wrong";
  return row.counts ? verdict : "replaced";
}

async function say_found(place, words, tracker) {
  place.className = "check-result";
  place.textContent = words.busy;
  let found = "wrong";
  try {
    found = await find(words, tracker);
  } catch (error) {
    console.error(error);
  }
  place.textContent = words[found];
  place.classList.add(found === "missing" || found === "wrong" ? "bad" : "good");
}

function offer_search(part) {
  const input = part.querySelector("input");
  part.hidden = false;
  part.querySelector("button").addEventListener("click", () =>
    say_found(part.querySelector(".check-result"), part.dataset, input.value.trim()));
  // The ballot that was just cast, or was cast from this browser before.
  for (const own of document.querySelectorAll("[data-seat]")) {
    const tracker = last_cast(part.dataset.vote, own.dataset.seat);
    const place = own.querySelector("[data-found]");
    if (!tracker) continue;
    input.value = tracker;
    say_found(place, part.dataset, tracker);
  }
}

export function start() {
  // Browsers hash nothing on a connection that is not safe: the page stays as it is.
  if (!globalThis.crypto?.subtle) return;
  for (const part of document.querySelectorAll("[data-find]")) offer_search(part);
  for (const section of document.querySelectorAll("[data-secret-vote]")) open_booths(section);
}

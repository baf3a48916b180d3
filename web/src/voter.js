// The page of a voter's credentials: makes a secret for a seat and registers its public part with
// the page's own form, keeps the secret in this browser, hands it out as a file and takes it back.

import { from_hex, random_seed } from "./ballot.js";
import { file_name, forget, keep, offer, read_secret_file, secret_file, secrets_of }
  from "./secrets.js";

class card {
  constructor(section) {
    this.section = section;
    this.seat = section.dataset.voter;
    this.registered = section.dataset.credential;
    this.form = section.querySelector("form");
    const on = (name, event, act) => section.querySelector(name).addEventListener(event, () =>
      act().catch((error) => this.fail(error)));
    on("[data-make]", "click", async () => this.register(await keep(this.seat, random_seed())));
    on("[data-register]", "click", async () => this.register(this.other));
    on("[data-save]", "click", async () => this.save());
    on("[data-forget]", "click", async () => this.forget());
    on("[data-take]", "change", async () => this.take());
  }

  say(what, good) {
    const place = this.section.querySelector(".check-result");
    place.textContent = this.section.dataset[what];
    place.className = `check-result ${good ? "good" : "bad"}`;
  }

  fail(error) {
    console.error(error);
    this.say("failed", false);
  }

  // Finds what this browser has and shows what can be done with it.
  async look() {
    const kept = await secrets_of(this.seat);
    this.own = kept.find((one) => one.credential === this.registered);
    this.other = kept.find((one) => one.credential !== this.registered);
    this.section.querySelector("[data-tools]").hidden = false;
    this.section.querySelector("[data-save]").hidden = !this.own;
    this.section.querySelector("[data-forget]").hidden = kept.length === 0;
    const unregistered = !this.own && this.other;
    this.section.querySelector("[data-register]").hidden = !unregistered;
    if (this.own) this.say("here", true);
    else this.say(unregistered ? "other" : this.registered ? "elsewhere" : "none", false);
  }

  register(secret) {
    this.form.elements.credential.value = secret.credential;
    this.form.requestSubmit();
  }

  save() {
    const link = document.createElement("a");
    offer(link, file_name(this.seat), secret_file(from_hex(this.own.seed)));
    link.click();
    this.say("saved", true);
  }

  async forget() {
    if (!confirm(this.section.dataset.sure)) return;
    await forget(this.seat);
    await this.look();
    this.say("forgotten", true);
  }

  async take() {
    const [file] = this.section.querySelector("[data-take]").files;
    if (!file) return;
    let seed;
    try {
      seed = read_secret_file(await file.text());
    } catch {
      return this.say("wrong", false);
    }
    await keep(this.seat, seed);
    await this.look();
  }
}

export function start() {
  // Browsers encrypt nothing on a connection that is not safe.
  if (!globalThis.crypto?.subtle) return;
  for (const section of document.querySelectorAll("[data-voter]")) {
    const one = new card(section);
    one.look().catch((error) => one.fail(error));
  }
}

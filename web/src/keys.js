// Signing keys: made in this browser, never leaving it. The private key cannot be read even by this
// script; what goes to the journal is the public key, and signatures over the very line that becomes
// the entry (a C2SP signed note).

import { join, sha256, to_base64, utf8 } from "./bytes.js";
import { add_hidden, add_passkey, passkey_line, sign_in } from "./passkey.js";

function database() {
  return new Promise((resolve, reject) => {
    const open = indexedDB.open("veche-keys", 1);
    open.onupgradeneeded = () => open.result.createObjectStore("keys");
    open.onsuccess = () => resolve(open.result);
    open.onerror = () => reject(open.error);
  });
}

async function with_keys(mode, act) {
  const store = (await database()).transaction("keys", mode).objectStore("keys");
  return new Promise((resolve, reject) => {
    const asked = act(store);
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

// Makes a key and keeps it under its public half.
async function make_key() {
  const pair = await crypto.subtle.generateKey("Ed25519", false, ["sign", "verify"]);
  const open = to_base64(new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey)));
  await with_keys("readwrite", (store) => store.put(pair.privateKey, open));
  return open;
}

// The signature line of a note (c2sp.org/signed-note).
async function signature_line(key, line) {
  const own = await with_keys("readonly", (store) => store.get(key.public_key));
  if (!own) return null;
  const raw = Uint8Array.from(atob(key.public_key), (c) => c.charCodeAt(0));
  const id = (await sha256(utf8.encode(key.name), new Uint8Array([10, 1]), raw)).slice(0, 4);
  const signed = await crypto.subtle.sign("Ed25519", own, utf8.encode(line + "\n"));
  return `\u2014 ${key.name} ${to_base64(join(id, new Uint8Array(signed)))}`;
}

// By the key of this browser, or else by a passkey, which its owner is asked for.
async function signed_by_any(keys, line) {
  for (const key of keys) {
    const signed = key.site ? null : await signature_line(key, line);
    if (signed) return signed;
  }
  return passkey_line(keys, line);
}

// Asks the server for the line that the form makes and signs it; without a fitting key, or where the
// form is to be mended, it goes as it is.
async function send_signed(form) {
  const values = new FormData(form);
  values.set("_compose", "1");
  const plain = form.enctype === "multipart/form-data" ? values : new URLSearchParams(values);
  const answer = await fetch(form.action, { method: "POST", body: plain });
  if (answer.ok && answer.headers.get("Content-Type")?.startsWith("application/json")) {
    const { keys, line } = await answer.json();
    const signed = await signed_by_any(keys ?? [], line);
    if (signed) {
      add_hidden(form, "_line", line);
      add_hidden(form, "_signature", signed);
    }
  }
  form.submit();
}

export function start() {
  if (document.documentElement.dataset.keys === "some")
    for (const form of document.querySelectorAll("form[data-act]"))
      form.addEventListener("submit", (event) => {
        if (event.submitter?.name === "_more") return;
        event.preventDefault();
        send_signed(form).catch(() => form.submit());
      });
  for (const button of document.querySelectorAll("[data-add-passkey]")) add_passkey(button);
  for (const button of document.querySelectorAll("[data-passkey-login]")) sign_in(button);
  for (const button of document.querySelectorAll("[data-enrol]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const field = document.querySelector("[name=public_key]");
      const place = document.querySelector(".check-result");
      try {
        field.value = await make_key();
        place.textContent = place.dataset.made;
      } catch {
        place.textContent = place.dataset.failed;
      }
    });
  }
}

// Reporting a barrier without an account: where this browser knows Ed25519, the secret of the link
// and its key are made here. The server gets the public key and signatures, never the secret; where
// anything fails, the form goes as it is and the server makes the link, as the page says.

import { join, sha256, to_base64, utf8 } from "./bytes.js";

// RFC 8410: the frame of a private key of Ed25519 around its 32 bytes.
const frame = [0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20];

async function key_of(secret) {
  const seed = await sha256(utf8.encode("veche/barriers/reporter/v1"), new Uint8Array(1), utf8.encode(secret));
  const own = await crypto.subtle.importKey("pkcs8", join(new Uint8Array(frame), seed), "Ed25519", true, ["sign"]);
  const { x } = await crypto.subtle.exportKey("jwk", own);
  const open = x.replaceAll("-", "+").replaceAll("_", "/");
  return { own, open: open.padEnd(Math.ceil(open.length / 4) * 4, "=") };
}

const to_hex = (bytes) => [...bytes].map((b) => b.toString(16).padStart(2, "0")).join("");
const secret_in = (text) => text.trim().replace(/^.*#/, "");
const is_secret = (text) => /^[0-9a-f]{64}$/.test(text);

function put(form, name, value) {
  const field = form.querySelector(`[name="${name}"]`) ?? form.appendChild(document.createElement("input"));
  Object.assign(field, { type: "hidden", name, value });
}

async function ask(address, values) {
  const answer = await fetch(`${address}.json`,
                             { method: "POST", body: new URLSearchParams(values) });
  if (!answer.ok) throw new Error(`the server answers ${answer.status}`);
  return answer.json();
}

// The report goes with the public key; the link is shown out of this browser alone.
function report(form) {
  const sent = document.querySelector("[data-own-sent]");
  let going = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (going) return;
    going = true;
    try {
      const secret = to_hex(crypto.getRandomValues(new Uint8Array(32)));
      const values = new FormData(form);
      values.set("key", (await key_of(secret)).open);
      const { number, mail } = await ask(form.action, values);
      const link = `${new URL(form.dataset.ownKey, location.href)}#${secret}`;
      for (const one of sent.querySelectorAll("[data-number]")) one.textContent = number;
      for (const one of sent.querySelectorAll("[data-page]")) one.href += number;
      const shown = sent.querySelector("[data-link]");
      shown.href = shown.textContent = link;
      sent.querySelector("[data-mail]").hidden = !mail;
      for (const one of document.querySelectorAll("[data-before-sent]")) one.hidden = true;
      sent.hidden = false;
      sent.focus();
    } catch {
      form.submit();
    }
  });
}

// The secret stays behind # of the address, which goes to no server: the public key goes instead.
function open(form) {
  const field = form.querySelector("[name=secret]");
  form.addEventListener("submit", async (event) => {
    const secret = secret_in(field.value);
    if (!is_secret(secret)) return;
    event.preventDefault();
    try {
      put(form, "key", (await key_of(secret)).open);
      field.disabled = true;
      form.action = `${form.action.replace(/#.*/, "")}#${secret}`;
    } catch {
      field.disabled = false;
    }
    form.submit();
  });
}

// A word is signed here over the report, its number, the word and the commitment of what was written.
function say(form, secret) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const text = form.querySelector("[name=text]");
    const word = form.querySelector("[name=word]").value;
    const { own, open: key } = await key_of(secret);
    let commit = "-";
    if (text.value.trim() !== "") {
      const { sealed } = await ask(form.action.replace(/mine(#.*)?$/, "seal"), { key, text: text.value });
      put(form, "sealed", JSON.stringify(sealed));
      commit = sealed.commit;
    }
    const { report: id, n } = form.dataset;
    const statement = utf8.encode(`veche/barriers/word/v1\n${id}\n${n}\n${word}\n${commit}\n`);
    put(form, "signature", to_base64(new Uint8Array(await crypto.subtle.sign("Ed25519", own, statement))));
    text.disabled = true;
    form.action = `${form.action.replace(/#.*/, "")}#${secret}`;
    form.submit();
  });
}

export async function start() {
  try {
    await key_of("0".repeat(64));
  } catch {
    return;  // this browser knows no Ed25519: the server makes the key, as the page says
  }
  for (const one of document.querySelectorAll("[data-own-key-note]")) one.hidden = false;
  for (const one of document.querySelectorAll("[data-server-key-note]")) one.hidden = true;
  const reporting = document.querySelector("form[data-own-key]");
  if (reporting) report(reporting);
  const opening = document.querySelector("form[data-secret-link]");
  if (opening) open(opening);
  const saying = document.querySelector("form[data-own-word]");
  const secret = location.hash.slice(1);
  if (saying && is_secret(secret)) say(saying, secret);
  if (saying && is_secret(secret)) history.replaceState(null, "", location.pathname);
}

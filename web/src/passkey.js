// Passkeys (WebAuthn): made for this site, asked for by it, never leaving their authenticator. They
// are discoverable, so neither the server nor this browser keeps the id of a credential: the key on
// the journal is called after its hash. The authenticator does not show what it signs; the page does.

import { join, sha256, to_base64, utf8 } from "./bytes.js";

const bytes = (buffer) => new Uint8Array(buffer);

export function add_hidden(form, name, value) {
  const field = document.createElement("input");
  field.type = "hidden";
  field.name = name;
  field.value = value;
  form.append(field);
}

async function key_id(credential) {
  const hash = await sha256(bytes(credential.rawId));
  const digits = Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return `passkey-${digits.slice(0, 20)}`;
}

function ask(challenge) {
  return navigator.credentials.get({
    publicKey: { challenge, rpId: location.hostname, userVerification: "required" },
  });
}

// ES256, EdDSA and RS256 are what the journal knows. The handle is drawn by lot: a second passkey on
// one authenticator does not take the place of the first.
function make(button) {
  const { person, union } = button.dataset;
  return navigator.credentials.create({
    publicKey: {
      challenge: crypto.getRandomValues(new Uint8Array(32)),
      rp: { id: location.hostname, name: union },
      user: { id: crypto.getRandomValues(new Uint8Array(32)), name: person, displayName: person },
      pubKeyCredParams: [-7, -8, -257].map((alg) => ({ type: "public-key", alg })),
      authenticatorSelection: {
        residentKey: "required",
        requireResidentKey: true,
        userVerification: "required",
      },
      attestation: "none",
    },
  });
}

export function add_passkey(button) {
  const { form } = button;
  const place = form.querySelector(".check-result");
  button.hidden = !globalThis.PublicKeyCredential;
  if (button.hidden) place.textContent = place.dataset.failed;
  button.addEventListener("click", async () => {
    try {
      const made = await make(button);
      form.elements.key.value = await key_id(made);
      form.elements.public_key.value = to_base64(bytes(made.response.getPublicKey()));
      form.elements.site.value = location.origin;
      place.textContent = place.dataset.made;
      form.elements.name.focus();
    } catch {
      place.textContent = place.dataset.failed;
    }
  });
}

function with_length(part) {
  return join(new Uint8Array([part.length >> 8, part.length & 255]), part);
}

// The signature line of an event line by one of the person's passkeys of this site; null without one.
export async function passkey_line(keys, line) {
  const ours = keys.filter((key) => key.site === location.origin);
  if (ours.length === 0) return null;
  const given = await ask(await sha256(utf8.encode("veche/event/v1\0"), utf8.encode(line)));
  const id = await key_id(given);
  const key = ours.find((one) => one.name.endsWith(`/${id}`));
  if (!key) return null;
  const spki = Uint8Array.from(atob(key.public_key), (c) => c.charCodeAt(0));
  const kind = join(new Uint8Array([10, 255]), utf8.encode("veche/webauthn/v1"));
  const short = (await sha256(utf8.encode(key.name), kind, spki)).slice(0, 4);
  const { authenticatorData, clientDataJSON, signature } = given.response;
  const parts = [authenticatorData, clientDataJSON, signature].map((part) => with_length(bytes(part)));
  return `\u2014 ${key.name} ${to_base64(join(short, ...parts))}`;
}

export function sign_in(button) {
  const { form } = button;
  const place = form.querySelector(".passkey-said");
  button.hidden = !globalThis.PublicKeyCredential;
  button.addEventListener("click", async () => {
    try {
      const asked = new URLSearchParams({ _passkey: "ask" });
      const { nonce } = await (await fetch(form.action, { method: "POST", body: asked })).json();
      const given = await ask(await sha256(utf8.encode("veche/login/v1\0"), utf8.encode(nonce)));
      const { authenticatorData, clientDataJSON, signature } = given.response;
      add_hidden(form, "passkey_nonce", nonce);
      add_hidden(form, "passkey_credential", to_base64(bytes(given.rawId)));
      add_hidden(form, "passkey_data", to_base64(bytes(authenticatorData)));
      add_hidden(form, "passkey_client", to_base64(bytes(clientDataJSON)));
      add_hidden(form, "passkey_signature", to_base64(bytes(signature)));
      form.submit();
    } catch {
      place.textContent = place.dataset.failed;
    }
  });
}

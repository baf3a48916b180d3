// Checks in this browser that an entry is in the journal: its hash, the way up to the root (RFC 6962,
// 2.1.1), and the signature of the checkpoint that names this root. Nothing is asked of the server
// but the bytes.

import { from_base64, sha256, to_base64, utf8 } from "./bytes.js";

// The root that the entry and the hashes beside its way lead to (RFC 9162, 2.1.3.2).
export async function root_from(entry, seq, size, path) {
  let hash = await sha256(new Uint8Array([0]), entry);
  let at = seq;
  let last = size - 1;
  for (const beside of path) {
    if (last === 0) throw new Error("path too long");
    if (at % 2 === 1 || at === last) {
      hash = await sha256(new Uint8Array([1]), beside, hash);
      while (at % 2 === 0 && at !== 0) {
        at = Math.floor(at / 2);
        last = Math.floor(last / 2);
      }
    } else {
      hash = await sha256(new Uint8Array([1]), hash, beside);
    }
    at = Math.floor(at / 2);
    last = Math.floor(last / 2);
  }
  if (last !== 0) throw new Error("path too short");
  return hash;
}

// A checkpoint: origin, size and root in its first three lines; then signature lines.
export function read_checkpoint(note) {
  const gap = note.indexOf("\n\n");
  const [origin, size, root] = note.slice(0, gap).split("\n");
  const signatures = note.slice(gap + 2).split("\n").filter((line) => line.startsWith("\u2014 "));
  return { text: note.slice(0, gap + 1), origin, size: Number(size), root, signatures };
}

// Whether one of the signature lines is by the key "name+hash+base64(0x01 || public key)".
export async function is_signed(checkpoint, vkey) {
  const [name, , ...rest] = vkey.split("+");
  const key = from_base64(rest.join("+")).slice(1);
  const id = (await sha256(utf8.encode(name), new Uint8Array([10, 1]), key)).slice(0, 4);
  const imported = await crypto.subtle.importKey("raw", key, "Ed25519", false, ["verify"]);
  for (const line of checkpoint.signatures) {
    const [, signer, value] = line.split(" ");
    const bytes = from_base64(value);
    if (signer !== name || to_base64(bytes.slice(0, 4)) !== to_base64(id)) continue;
    if (await crypto.subtle.verify("Ed25519", imported, bytes.slice(4), utf8.encode(checkpoint.text)))
      return true;
  }
  return false;
}

// The entry of a proof's address, and whether the journal holds it; null while the entry is newer than
// the tree.
export async function look_up(address, vkey) {
  const answer = await fetch(address);
  const proof = await answer.json();
  if (proof.size <= proof.seq) return null;
  const found = (verdict) => ({ verdict, entry: proof.entry });
  const entry = utf8.encode(proof.entry);
  const root = to_base64(await root_from(entry, proof.seq, proof.size, (proof.path ?? []).map(from_base64)));
  const checkpoint = read_checkpoint(proof.checkpoint);
  if (checkpoint.size !== proof.size || checkpoint.root !== root) return found("wrong");
  if (!vkey) return found("unsigned");
  try {
    return found((await is_signed(checkpoint, vkey)) ? "right" : "forged");
  } catch {
    return found("unsigned");  // This browser knows no Ed25519.
  }
}

export function start() {
  for (const section of document.querySelectorAll("[data-proof]")) {
    const button = section.querySelector("button");
    const place = section.querySelector(".check-result");
    button.hidden = false;
    button.addEventListener("click", async () => {
      place.className = "check-result";
      place.textContent = place.dataset.busy;
      let result = "wrong";
      try {
        result = (await look_up(section.dataset.proof, section.dataset.vkey)).verdict;
      } catch (error) {
        console.error(error);
      }
      place.textContent = place.dataset[result];
      place.classList.add(result === "right" || result === "unsigned" ? "good" : "bad");
    });
  }
}


// One secret ballot, as docs/format/ballot.md has it, byte for byte what room ballot of the program
// makes: exponential ElGamal, proofs that it is well formed, the tracker, the voter's signature.
//
// Elements, numbers and hashes travel as 64 hexadecimal digits. In here a BigInt is a number modulo
// the order of the group, a Number a small integer, an object {x, y, z, t} an element.

import { join, sha256, utf8 } from "./bytes.js";
import { add, decode, encode, generate, multiplier, multiply, neutral, of_order, read_number,
         reduce, subtract, to_bytes } from "./ristretto.js";

export const to_hex = (bytes) =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

export function from_hex(digits) {
  if (typeof digits !== "string" || !/^(?:[0-9a-f]{2})*$/.test(digits))
    throw new Error("not hexadecimal");
  return Uint8Array.from(digits.match(/../g) ?? [], (two) => parseInt(two, 16));
}

// An element that is no neutral one.
export function read_key(digits) {
  const out = decode(from_hex(digits));
  if (!out || /^0*$/.test(digits)) throw new Error("no element");
  return out;
}

function eight_bytes(integer) {
  const out = new Uint8Array(8);
  new DataView(out.buffer).setBigUint64(0, BigInt(integer));
  return out;
}

function bytes_of(part) {
  if (part instanceof Uint8Array) return part;
  if (typeof part === "string") return utf8.encode(part);
  if (typeof part === "number") return eight_bytes(part);
  return typeof part === "bigint" ? to_bytes(part) : encode(part);
}

// Parts, each after its length as four bytes. Two lists joined are one list.
export function parts(...list) {
  return join(...list.flatMap((part) => {
    const bytes = bytes_of(part);
    const size = new Uint8Array(4);
    new DataView(size.buffer).setUint32(0, bytes.length);
    return [size, bytes];
  }));
}

export const tagged = (tag, ...list) => parts(`veche/ballot/${tag}/1`, ...list);
export const digest = (bytes) => sha256(bytes);
export const challenge = async (bytes) =>
  reduce(new Uint8Array(await crypto.subtle.digest("SHA-512", bytes)));

export const random_seed = () => crypto.getRandomValues(new Uint8Array(32));

// --- The voter's credential --------------------------------------------------------------------

export const secret_of = (seed) => challenge(tagged("credential", seed));
export const credential_of = async (seed) => to_hex(encode(generate(await secret_of(seed))));

// --- Proofs ------------------------------------------------------------------------------------

// Secret numbers, each derived from the seed, all that is proved, and its place.
function nonces(seed, statement) {
  let count = 0;
  return () => challenge(tagged("nonce", seed, statement, count++));
}

const written = (c, z) => ({ c: to_hex(to_bytes(c)), z: to_hex(to_bytes(z)) });

function read_proof(proof) {
  const [c, z] = [read_number(from_hex(proof.c)), read_number(from_hex(proof.z))];
  if (c === null || z === null) throw new Error("no number");
  return [c, z];
}

export async function prove_knowledge(statement, secret, seed) {
  const w = await nonces(seed, join(statement, parts(secret)))();
  const c = await challenge(join(statement, parts(generate(secret), generate(w))));
  return written(c, of_order(w + c * secret));
}

export async function knowledge_holds(statement, key, proof) {
  const [c, z] = read_proof(proof);
  const made = subtract(generate(z), multiply(read_key(key), c));
  return c === await challenge(join(statement, parts(from_hex(key), made)));
}

// That `what` = {alpha, beta}, made with r, holds least + index, one of `count` numbers. The
// branches that are not true are simulated: response and challenge first.
async function prove_one_of(statement, key, what, r, least, count, index, next) {
  let said = join(statement, parts(key.element, what.alpha, what.beta, least));
  const proofs = [];
  let others = 0n;
  const w = await next();
  for (let n = 0; n < count; n += 1) {
    if (n === index) {
      said = join(said, parts(generate(w), key.times(w)));
      proofs.push(null);
      continue;
    }
    const c = await next();
    const z = await next();
    const shifted = subtract(what.beta, generate(BigInt(least + n)));
    said = join(said, parts(subtract(generate(z), multiply(what.alpha, c)),
                            subtract(key.times(z), multiply(shifted, c))));
    others += c;
    proofs.push(written(c, z));
  }
  const c = of_order(await challenge(said) - others);
  proofs[index] = written(c, of_order(w + c * r));
  return proofs;
}

// --- The ballot --------------------------------------------------------------------------------

// How much of the limit the chosen options use; the blank vote fills it.
function used_by(terms, chosen) {
  const ordered = chosen.every((n, at) => Number.isInteger(n) && n >= 0 && n < terms.choices &&
                                          (at === 0 || n > chosen[at - 1]));
  const used = chosen.reduce((sum, n) => sum + share_of_limit(terms, n), 0);
  if (!ordered || used < terms.least || used > terms.most) throw new Error("choice unfit");
  return used;
}

const share_of_limit = (terms, n) => (terms.blank && n === terms.choices - 1 ? terms.most : 1);

// `terms`: {election, key, choices, blank, least, most}; `opening`: {credential, chosen,
// randomness}, from which anyone makes the same ballot again. Not signed yet.
export async function encrypt(terms, opening) {
  const used = used_by(terms, opening.chosen);
  read_key(opening.credential);
  const [election, credential] = [from_hex(terms.election), from_hex(opening.credential)];
  const element = read_key(terms.key);
  const key = { element, times: multiplier(element) };
  const next = nonces(from_hex(opening.randomness),
                      tagged("opening", election, element, credential, ...opening.chosen));
  const sum = { alpha: neutral, beta: neutral, r: 0n };
  const choices = [];
  for (let n = 0; n < terms.choices; n += 1) {
    const chosen = opening.chosen.includes(n) ? 1 : 0;
    const r = await next();
    const what = { alpha: generate(r), beta: add(key.times(r), generate(BigInt(chosen))) };
    const proofs = await prove_one_of(tagged("choice", election, credential, n), key, what, r, 0,
                                      2, chosen, next);
    choices.push({ alpha: to_hex(encode(what.alpha)), beta: to_hex(encode(what.beta)), proofs });
    const share = BigInt(share_of_limit(terms, n));
    sum.alpha = add(sum.alpha, multiply(what.alpha, share));
    sum.beta = add(sum.beta, multiply(what.beta, share));
    sum.r = of_order(sum.r + r * share);
  }
  const range = await prove_one_of(tagged("range", election, credential), key, sum, sum.r,
                                   terms.least, terms.most - terms.least + 1, used - terms.least,
                                   next);
  return { election: terms.election, credential: opening.credential, choices, range };
}

// By it a voter finds the ballot on the board.
export async function tracker_of(ballot) {
  const proofs_of = (list) =>
    [list.length, ...list.flatMap((proof) => [from_hex(proof.c), from_hex(proof.z)])];
  const list = ballot.choices.flatMap((choice) =>
    [from_hex(choice.alpha), from_hex(choice.beta), ...proofs_of(choice.proofs)]);
  return to_hex(await digest(tagged("tracker", from_hex(ballot.election),
                                    from_hex(ballot.credential), ballot.choices.length, ...list,
                                    ...proofs_of(ballot.range))));
}

// Signs with the secret of the credential for which the ballot was made.
export async function sign(ballot, seed, randomness) {
  const tracker = from_hex(await tracker_of(ballot));
  const said = tagged("signature", from_hex(ballot.election), tracker);
  return { ...ballot, signature: await prove_knowledge(said, await secret_of(seed), randomness) };
}

// --- A voter's secret as a file, as `veche ballot keygen` makes it ------------------------------

export const secret_file = (seed) =>
  JSON.stringify({ kind: "voter", name: "", seed: to_hex(seed) }) + "\n";

export function read_secret_file(text) {
  const { kind, seed } = JSON.parse(text);
  const bytes = from_hex(seed);
  if (kind !== "voter" || bytes.length !== 32) throw new Error("no voter's secret");
  return bytes;
}

// The scripts of a secret ballot, without a browser: the group against RFC 9496 and other published
// vectors, ballots byte for byte against those of the program, the check of an opening against
// forgeries; then an election in files whose ballots these scripts make and the program and the
// independent verifier judge.
//
// usage: node tests/scripts/ballot_test.mjs [BUILD_FOLDER]. Ends with "N passed, N failed".

import {createHash, webcrypto} from "node:crypto";
import {cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync}
  from "node:fs";
import {spawnSync} from "node:child_process";
import {tmpdir} from "node:os";
import path from "node:path";
import {fileURLToPath, pathToFileURL} from "node:url";
import {gzipSync} from "node:zlib";

globalThis.crypto ??= webcrypto;
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const build = path.resolve(root, process.argv[2] ?? "build/dev");
const shared = path.join(process.env.VECHE_SHARED ?? path.join(root, "../shared"),
                         "data/assembly/ristretto");
const scratch = mkdtempSync(path.join(tmpdir(), "veche-scripts-"));
// The scripts are modules for browsers; node must be told.
cpSync(path.join(root, "web/src"), path.join(scratch, "src"), {recursive: true});
writeFileSync(path.join(scratch, "src/package.json"), '{"type": "module"}');
const load = (name) => import(pathToFileURL(path.join(scratch, "src", name)));
const group = await load("ristretto.js");
const ballot = await load("ballot.js");
const {read_opening} = await load("opening.js");

let passed = 0;
let failed = 0;
function check(name, good, detail = "") {
  good ? (passed += 1) : (failed += 1);
  if (!good) console.log(`FAIL ${name} ${detail}`);
}

const hex = (bytes) => Buffer.from(bytes).toString("hex");
const bytes = (digits) => Uint8Array.from(Buffer.from(digits, "hex"));
const element = (digits) => group.decode(bytes(digits));
const same = (a, b) => hex(group.encode(a)) === hex(group.encode(b));
const number = (digits) => group.read_number(bytes(digits));
const sha512 = (...list) => new Uint8Array(
  createHash("sha512").update(Buffer.concat(list.map((one) => Buffer.from(one)))).digest());

// --- RFC 9496, appendix A ------------------------------------------------------------------------

const multiples = [
  "0000000000000000000000000000000000000000000000000000000000000000",
  "e2f2ae0a6abc4e71a884a961c500515f58e30b6aa582dd8db6a65945e08d2d76",
  "6a493210f7499cd17fecb510ae0cea23a110e8d5b901f8acadd3095c73a3b919",
  "94741f5d5d52755ece4f23f044ee27d5d1ea1e2bd196b462166b16152a9d0259",
  "da80862773358b466ffadfe0b3293ab3d9fd53c5ea6c955358f568322daf6a57",
  "e882b131016b52c1d3337080187cf768423efccbb517bb495ab812c4160ff44e",
  "f64746d3c92b13050ed8d80236a7f0007c3b3f962f5ba793d19a601ebb1df403",
  "44f53520926ec81fbd5a387845beb7df85a96a24ece18738bdcfa6a7822a176d",
  "903293d8f2287ebe10e2374dc1a53e0bc887e592699f02d077d5263cdd55601c",
  "02622ace8f7303a31cafc63f8fc48fdc16e1c8c8d234b2f0d6685282a9076031",
  "20706fd788b2720a1ed2a5dad4952b01f413bcf0e7564de8cdc816689e2db95f",
  "bce83f8ba5dd2fa572864c24ba1810f9522bc6004afe95877ac73241cafdab42",
  "e4549ee16b9aa03099ca208c67adafcafa4c3f3e4e5303de6026e3ca8ff84460",
  "aa52e000df2e16f55fb1032fc33bc42742dad6bd5a8fc0be0167436c5948501f",
  "46376b80f409b29dc2b5f6f0c52591990896e5716f41477cd30085ab7f10301e",
  "e0c418f7c8d9c4cdd7395b93ea124f3ad99021bb681dfc3302a9d99a2e53e64e"];

const no_elements = [
  "00ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
  "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  "f3ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  "0100000000000000000000000000000000000000000000000000000000000000",
  "01ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  "ed57ffd8c914fb201471d1c3d245ce3c746fcbe63a3679d51b6a516ebebe0e20",
  "c34c4e1826e5d403b78e246e88aa051c36ccf0aafebffe137d148a2bf9104562",
  "c940e5a4404157cfb1628b108db051a8d439e1a421394ec4ebccb9ec92a8ac78",
  "47cfc5497c53dc8e61c91d17fd626ffb1c49e2bca94eed052281b510b1117a24",
  "f1c6165d33367351b0da8f6e4511010c68174a03b6581212c71c0e1d026c3c72",
  "87260f7a2f12495118360f02c26a470f450dadf34a413d21042b43b9d93e1309",
  "26948d35ca62e643e26a83177332e6b6afeb9d08e4268b650f1f5bbd8d81d371",
  "4eac077a713c57b4f4397629a4145982c661f48044dd3f96427d40b147d9742f",
  "de6a7b00deadc788eb6b6c8d20c0ae96c2f2019078fa604fee5b87d6e989ad7b",
  "bcab477be20861e01e4a0e295284146a510150d9817763caf1a6f4b422d67042",
  "2a292df7e32cababbd9de088d1d1abec9fc0440f637ed2fba145094dc14bea08",
  "f4a9e534fc0d216c44b218fa0c42d99635a0127ee2e53c712f70609649fdff22",
  "8268436f8c4126196cf64b3c7ddbda90746a378625f9813dd9b8457077256731",
  "2810e5cbc2cc4d4eece54f61c6f69758e289aa7ab440b3cbeaa21995c2f4232b",
  "3eb858e78f5a7254d8c9731174a94f76755fd3941c0ac93735c07ba14579630e",
  "a45fdc55c76448c049a1ab33f17023edfb2be3581e9c7aade8a6125215e04220",
  "d483fe813c6ba647ebbfd3ec41adca1c6130c2beeee9d9bf065c8d151c5f396e",
  "8a2e1d30050198c65a54483123960ccc38aef6848e1ec8f5f780e8523769ba32",
  "32888462f8b486c68ad7dd9610be5192bbeaf3b443951ac1a8118419d9fa097b",
  "227142501b9d4355ccba290404bde41575b037693cef1f438c47f8fbf35d1165",
  "5c37cc491da847cfeb9281d407efc41e15144c876e0170b499a96a22ed31e01e",
  "445425117cb8c90edcbc7c1cc0e74f747f2c1efa5630a967c64f287792a48a4b",
  "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"];

function group_of_rfc9496() {
  let sum = group.neutral;
  for (const [n, digits] of multiples.entries()) {
    check(`${n} times the generator`, hex(group.encode(group.generate(BigInt(n)))) === digits);
    check(`${n} summands`, hex(group.encode(sum)) === digits);
    check(`${digits} decodes`, hex(group.encode(element(digits))) === digits);
    sum = group.add(sum, group.generate(1n));
  }
  for (const digits of no_elements) check(`${digits} is refused`, element(digits) === null);
}

function laws_of_a_group() {
  for (let n = 0; n < 12; n += 1) {
    const [a, b] = [1, 2].map((which) => group.reduce(sha512(`${which} ${n}`)));
    const [x, y] = [group.generate(a), group.generate(b)];
    check("g^a g^b", same(group.add(x, y), group.generate(group.of_order(a + b))));
    check("g^a / g^b", same(group.subtract(x, y), group.generate(group.of_order(a - b))));
    check("(g^a)^b", same(group.multiply(x, b), group.generate(group.of_order(a * b))));
    check("a table gives the same", same(group.multiplier(x)(b), group.multiply(x, b)));
    check("an inverse", same(group.add(x, group.negative(x)), group.neutral));
  }
  check("the order", same(group.generate(group.order), group.neutral));
  check("no number but those below the order", number(hex(group.to_bytes(group.order))) === null &&
        number(hex(group.to_bytes(group.order - 1n))) === group.order - 1n);
}

// --- Vectors beside the repository -----------------------------------------------------------------

function read_shared(name) {
  const file = path.join(shared, name);
  if (existsSync(file)) return JSON.parse(readFileSync(file));
  console.log(`skipped: ${name} is not here`);
  return null;
}

const two_bytes = (n) => Uint8Array.of(n >> 8, n & 255);
const sized = (list) => Buffer.concat([two_bytes(list.length), list]);

// RFC 9380, 5.3.1, for 64 bytes: one block of SHA-512.
function hash_to_number(message, context) {
  const domain = Buffer.concat([Buffer.from("HashToScalar-"), context]);
  const prime = Buffer.concat([domain, Buffer.of(domain.length)]);
  const first = sha512(Buffer.alloc(128), message, two_bytes(64), Buffer.of(0), prime);
  return group.reduce(sha512(first, Buffer.of(1), prime));
}

// Equality proofs of RFC 9497.
function proofs_of_rfc9497() {
  const all = read_shared("voprf-ristretto255.json");
  if (!all) return;
  const suite = all.find((one) => one.mode === 1 && one.identifier === "ristretto255-SHA512");
  const key = element(suite.pkSm);
  check("RFC 9497: the key", same(group.generate(number(suite.skSm)), key));
  const context = Buffer.concat([Buffer.from("OPRFV1-"), Buffer.of(1),
                                 Buffer.from("-ristretto255-SHA512")]);
  for (const vector of suite.vectors) {
    const [blinded, evaluated] = [vector.BlindedElement, vector.EvaluationElement]
      .map((list) => list.split(",").map(bytes));
    const both = vector.Proof.proof;
    const [c, s] = [number(both.slice(0, 64)), number(both.slice(64))];
    const salt = sha512(sized(bytes(suite.pkSm)),
                        sized(Buffer.concat([Buffer.from("Seed-"), context])));
    let [m, z] = [group.neutral, group.neutral];
    blinded.forEach((one, n) => {
      const d = hash_to_number(Buffer.concat([sized(salt), two_bytes(n), sized(one),
                                              sized(evaluated[n]), Buffer.from("Composite")]),
                               context);
      m = group.add(m, group.multiply(group.decode(one), d));
      z = group.add(z, group.multiply(group.decode(evaluated[n]), d));
    });
    const a = group.add(group.generate(s), group.multiply(key, c));
    const b = group.add(group.multiply(m, s), group.multiply(z, c));
    const said = [key, m, z, a, b].map((one) => sized(group.encode(one)));
    check("RFC 9497: a proof holds",
          hash_to_number(Buffer.concat([...said, Buffer.from("Challenge")]), context) === c);
  }
}

// Shares and the signature of RFC 9591.
function signature_of_rfc9591() {
  const all = read_shared("frost-ristretto255-sha512.json");
  if (!all) return;
  const given = all.inputs;
  const key = element(given.group_public_key);
  const [secret, slope] = [number(given.group_secret_key),
                           number(given.share_polynomial_coefficients[0])];
  check("RFC 9591: the key", same(group.generate(secret), key));
  for (const one of given.participant_shares)
    check("RFC 9591: a share",
          group.of_order(secret + slope * BigInt(one.identifier)) === number(one.participant_share));
  const both = all.final_output.sig;
  const c = group.reduce(sha512("FROST-RISTRETTO255-SHA512-v1chal", bytes(both.slice(0, 64)),
                                group.encode(key), bytes(given.message)));
  check("RFC 9591: the signature", same(group.generate(number(both.slice(64))),
                                        group.add(element(both.slice(0, 64)),
                                                  group.multiply(key, c))));
}

// --- Against the election in the repository --------------------------------------------------------

const example = readFileSync(path.join(root, "src/ballot/tests/election.jsonl"), "utf8").trimEnd()
  .split("\n");
const type_of = (line) => /"type":"([a-z_]+)"\}$/.exec(line)[1];
const body_of = (line) => JSON.parse(line).body;
const opening_of = (lines) =>
  lines.slice(0, lines.findIndex((line) => type_of(line) === "election") + 1);
const whole = (lines) => lines.map((line) => line + "\n").join("");

// The seeds of src/ballot/tests/shared.hpp.
const seed_of = (what, n) => ballot.digest(ballot.parts("test seed", what, n));

async function ballots_are_those_of_the_program() {
  const {terms, roll, definition} = await read_opening(whole(opening_of(example)));
  const lines = example.filter((line) => type_of(line) === "ballot");
  check("the election's hash", terms.election === body_of(lines[0]).election);
  check("its question", definition.id === "fixture" && roll.length === 6);
  const votes = [[0, 0, 0], [1, 0, 0], [2, 1, 0], [3, 2, 0], [4, 0, 0], [5, 1, 0], [0, 1, 1]];
  for (const [at, [voter, choice, attempt]] of votes.entries()) {
    const seed = await seed_of("voter", voter);
    const randomness = await seed_of("randomness", voter * 1000 + attempt);
    const made = await ballot.encrypt(terms, {credential: await ballot.credential_of(seed),
                                              chosen: [choice], randomness: hex(randomness)});
    const signed = await ballot.sign(made, seed, randomness);
    // Canonical: members in the order of their names.
    const {choices, credential, election, range, signature} = signed;
    const text = JSON.stringify({choices, credential, election, range, signature});
    check(`ballot ${at} byte for byte`, lines[at].startsWith(`{"body":${text},"prev":`));
  }
  check("the tracker that the format page names", await ballot.tracker_of(body_of(lines[0])) ===
        "9d9dabf56920d69037503fb8930798db91f400c34055aaf49918fc97484376d8");
  for (const chosen of [[], [0, 1], [3], [-1], [0, 0]])
    check(`${chosen} cannot be chosen`, await ballot.encrypt(
      terms, {credential: roll[0], chosen, randomness: hex(await seed_of("r", 0))})
      .then(() => false, () => true));
}

// As tests/verifier_test.py forges: one value changed, the chain made right again.
function chained(lines) {
  let head = "0".repeat(64);
  return lines.map((line) => {
    const right = line.replace(/"prev":"[0-9a-f]{64}"/, `"prev":"${head}"`);
    head = createHash("sha256").update(right).digest("hex");
    return right;
  });
}

function* forgeries(lines) {
  for (const [n, line] of lines.entries()) {
    const end = line.lastIndexOf(',"prev"');
    for (const found of line.slice(0, end).matchAll(/(?<=[:[,])(?:"[0-9a-f]{64}"|\d+|true|false)/g)) {
      const value = found[0];
      const other = value === "true" ? "false" : value === "false" ? "true"
        : /^\d+$/.test(value) ? String(Number(value) + 1)
          : value.slice(0, 6) + (value[6] === "1" ? "2" : "1") + value.slice(7);
      const changed = line.slice(0, found.index) + other + line.slice(found.index + value.length);
      yield [`line ${n + 1}: ${value.slice(0, 20)}`, [...lines.slice(0, n), changed, ...lines.slice(n + 1)]];
    }
    yield [`line ${n + 1} left out`, [...lines.slice(0, n), ...lines.slice(n + 1)]];
    yield [`line ${n + 1} doubled`, [...lines.slice(0, n), line, ...lines.slice(n)]];
  }
}

async function forged_openings_are_refused() {
  const lines = opening_of(example);
  let tried = 0;
  for (const [what, forged] of forgeries(lines)) {
    tried += 1;
    const refused = await read_opening(whole(chained(forged))).then(() => false, () => true);
    check(`a forged opening is refused: ${what}`, refused);
  }
  check("enough forgeries", tried > 80, tried);
  const torn = lines.map((line, n) => (n === 5 ? line.replace(/"prev":"./, '"prev":"x') : line));
  const other = torn.map((line) => line.replace('"prev":"x', '"prev":"f'));
  for (const broken of [torn, other])
    check("a broken chain is refused",
          await read_opening(whole(broken)).then(() => false, () => true));
}

// --- An election in files, its ballots made here ---------------------------------------------------

function run(program, ...list) {
  const done = spawnSync(path.join(build, program), list, {cwd: scratch, encoding: "utf8"});
  return {good: done.status === 0, said: done.stdout + done.stderr};
}
const says = (...list) => {
  const done = run("veche", "ballot", ...list);
  check(`veche ballot ${list.join(" ")}`, done.good, done.said);
  return done.said;
};
const write = (name, value) =>
  writeFileSync(path.join(scratch, name), typeof value === "string" ? value : JSON.stringify(value));
const read = (name) => readFileSync(path.join(scratch, name), "utf8");
const last_line = (text) => JSON.parse(text.trimEnd().split("\n").at(-1));

async function prepare_election() {
  const trustees = [1, 2].map((n) => last_line(says("keygen", `t${n}.key`, "--trustee", `t${n}`)));
  const seeds = [];
  for (let n = 0; n < 4; n += 1) {
    // One secret of the program, the others of the script.
    if (n === 0) says("keygen", "v0.key");
    else write(`v${n}.key`, ballot.secret_file(ballot.random_seed()));
    seeds.push(ballot.read_secret_file(read(`v${n}.key`)));
  }
  const credentials = await Promise.all(seeds.map(ballot.credential_of));
  const options = ["a", "b", "c"].map((id) => ({id, title: {en: id}}));
  write("definition.json", {id: "e", question: {en: "Who?"}, blank: true, least: 1, most: 2, options,
                            floor: 3, weight_floor: 1, threshold: 2, trustees});
  write("roll.json", {voters: credentials.map((credential) => ({credential, weight: 1}))});
  says("start", "record.jsonl", "--definition", "definition.json", "--roll", "roll.json");
  for (let round = 0; round < 4; round += 1)
    for (const n of [1, 2]) says("ceremony", "record.jsonl", "--key", `t${n}.key`);
  says("open", "record.jsonl");
  return {seeds, credentials};
}

async function the_program_counts_these_ballots() {
  if (!existsSync(path.join(build, "veche")) || !existsSync(path.join(build, "veche-ballot-verifier"))) {
    console.log("skipped: the program is not built");
    return;
  }
  const {seeds, credentials} = await prepare_election();
  const {terms} = await read_opening(read("record.jsonl"));
  const votes = [[0, [0, 1]], [1, [0]], [2, [3]], [3, [1, 2]], [1, [2]]];
  const trackers = [];
  for (const [at, [voter, chosen]] of votes.entries()) {
    const opening = {chosen, credential: credentials[voter], randomness: hex(ballot.random_seed())};
    const made = await ballot.encrypt(terms, opening);
    trackers.push(await ballot.tracker_of(made));
    write(`opened-${at}.json`, {opening, tracker: trackers[at]});
    says("audit", "record.jsonl", `opened-${at}.json`);
    write(`b${at}.json`, await ballot.sign(made, seeds[voter], ballot.random_seed()));
    says("cast", "record.jsonl", `b${at}.json`);
  }
  check("the last ballot counts", says("find", "record.jsonl", trackers[4]).includes("counts") &&
        says("find", "record.jsonl", trackers[1]).includes("a later one"));
  says("vote", "record.jsonl", "--key", "v3.key", "--choose", "a", "--cast", "--to", "own.json");
  says("cast", "record.jsonl", "own.json");
  says("close", "record.jsonl");
  for (const n of [1, 2]) says("decrypt", "record.jsonl", "--key", `t${n}.key`);
  says("tally", "record.jsonl");
  says("verify", "record.jsonl");
  const judged = run("veche-ballot-verifier", "record.jsonl");
  check("the independent verifier", judged.good && judged.said.includes("a 2\nb 1\nc 1\nblank 1"),
        judged.said);
}

function scripts_are_small() {
  // docs/STYLE.md: what a page loads; all scripts together are more than any page does.
  const files = readdirSync(path.join(root, "web/src"));
  const size = files.reduce((sum, name) =>
    sum + gzipSync(readFileSync(path.join(root, "web/src", name))).length, 0);
  check("all scripts are below 30 KB, compressed", size < 30 * 1024, size);
  console.log(`${files.length} scripts, ${size} bytes compressed`);
}

try {
  group_of_rfc9496();
  laws_of_a_group();
  proofs_of_rfc9497();
  signature_of_rfc9591();
  await ballots_are_those_of_the_program();
  await forged_openings_are_refused();
  await the_program_counts_these_ballots();
  scripts_are_small();
} catch (error) {
  check("no error", false, error.stack);
} finally {
  rmSync(scratch, {recursive: true, force: true});
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);

// Checks the record of a secret vote up to its opening, as docs/format/ballot.md says: that the
// roll and the key are those of the election, and that the trustees made the key together. So a
// ballot is never encrypted under a key that somebody else put in.

import { digest, from_hex, knowledge_holds, read_key, tagged, to_hex } from "./ballot.js";
import { utf8 } from "./bytes.js";
import { add, encode, neutral, read_number } from "./ristretto.js";

function expect(holds, what) {
  if (!holds) throw new Error(what);
}

// {type, body, bytes} of each line; each names the one before.
async function lines_of(text) {
  expect(text.endsWith("\n"), "cut off");
  let before = "0".repeat(64);
  const out = [];
  for (const line of text.slice(0, -1).split("\n")) {
    const [, bytes, prev, type] =
      /^\{"body":(\{.*\}),"prev":"([0-9a-f]{64})","type":"([a-z_]+)"\}$/.exec(line) ?? [];
    expect(prev === before, "chain");
    before = to_hex(await digest(utf8.encode(line)));
    out.push({ type, body: JSON.parse(bytes), bytes: utf8.encode(bytes) });
  }
  return out;
}

// One message of each trustee, by number; each signed over its content.
async function messages_of(lines, definition, type, content_of) {
  const own = lines.filter((line) => line.type === type).map((line) => line.body)
                   .sort((a, b) => a.trustee - b.trustee);
  expect(own.length === definition.body.trustees.length, type);
  for (const [n, message] of own.entries()) {
    expect(message.trustee === n + 1 && message.definition === to_hex(definition.hash), type);
    message.content = await content_of(message);
    const said = tagged("trustee-message", type.replace("key_", ""), definition.hash, n + 1,
                        message.content);
    expect(await knowledge_holds(said, definition.body.trustees[n].signing, message.signature),
           "signature");
  }
  return own;
}

async function check_ceremony(lines, definition) {
  const commitments = await messages_of(lines, definition, "key_commitment",
                                        async (m) => from_hex(m.commitment));
  const coefficients = await messages_of(lines, definition, "key_coefficients", (m) => digest(
    tagged("coefficients", definition.hash, m.trustee, m.coefficients.length,
           ...m.coefficients.map(from_hex))));
  const shares = await messages_of(lines, definition, "key_shares", (m) => digest(
    tagged("shares", definition.hash, m.trustee, from_hex(m.ephemeral), m.shares.length,
           ...m.shares.map(from_hex))));
  const ceremony = await digest(tagged("ceremony", definition.hash,
                                       ...[...coefficients, ...shares].map((m) => m.content)));
  await messages_of(lines, definition, "key_confirmation", async (m) => {
    expect(m.transcript === to_hex(ceremony), "transcript");
    return ceremony;
  });
  let key = neutral;
  for (const [n, m] of coefficients.entries()) {
    expect(to_hex(m.content) === commitments[n].commitment, "commitment");
    expect(m.coefficients.length === definition.body.threshold, "coefficients");
    m.coefficients.forEach(read_key);
    expect(await knowledge_holds(tagged("constant", definition.hash, n + 1), m.coefficients[0],
                                 m.knowledge), "knowledge");
    expect(shares[n].shares.length === coefficients.length, "shares");
    expect(shares[n].shares.every((s) => read_number(from_hex(s)) !== null), "shares");
    key = add(key, read_key(m.coefficients[0]));
  }
  return { ceremony: to_hex(ceremony), key: to_hex(encode(key)) };
}

function check_roll(voters) {
  for (const [n, voter] of voters.entries()) {
    read_key(voter.credential);
    expect(n === 0 || voters[n - 1].credential < voter.credential, "roll");
  }
  return voters.reduce((sum, voter) => sum + voter.weight, 0);
}

// {terms, definition, roll}, or an Error that names what does not hold.
export async function read_opening(text) {
  const lines = await lines_of(text);
  const [first, second] = lines;
  const last = lines.at(-1);
  expect(first.type === "definition" && second?.type === "roll" && last.type === "election" &&
         lines.length === 3 + 4 * first.body.trustees.length, "order");
  const definition = { body: first.body, hash: await digest(tagged("definition", first.bytes)) };
  const { body } = definition;
  expect(body.floor >= 3 && body.threshold >= 1 && body.threshold <= body.trustees.length,
         "definition");
  const { voters } = second.body;
  const weight = check_roll(voters);
  const roll = await digest(tagged("roll", voters.length, ...voters.flatMap(
    (voter) => [from_hex(voter.credential), voter.weight])));
  const { ceremony, key } = await check_ceremony(lines.slice(2, -1), definition);
  const made = last.body;
  expect(made.definition === to_hex(definition.hash) && made.roll === to_hex(roll) &&
         made.ceremony === ceremony && made.key === key && made.voters === voters.length &&
         made.weight === weight, "election");
  return {
    definition: body,
    roll: voters.map((voter) => voter.credential),
    terms: { election: to_hex(await digest(tagged("election", last.bytes))), key,
             choices: body.options.length + (body.blank ? 1 : 0), blank: body.blank,
             least: body.least, most: body.most },
  };
}

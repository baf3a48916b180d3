// ristretto255 (RFC 9496): a group of prime order, in the browser's own big integers. Not in
// constant time: big integers have no such thing. docs/secret-ballots.md says what that means.
//
// An element is a point {x, y, z, t} of the curve in extended coordinates; a number is a BigInt
// modulo `order`. Only encodings are compared: one element is several points.

const p = 2n ** 255n - 19n;
export const order = 2n ** 252n + 27742317777372353535851937790883648493n;
const d = 37095705934669439343138083508754565189542113879843219016388785533085940283555n;
const root_of_minus_one =
  19681161376707505956807079304988542015446066515923890162744021073123829784752n;
const inverse_root_a_minus_d =
  54469307008909316920995813868745141605393597292927456921205312896311721017578n;
const twice_d = (2n * d) % p;

const modulo = (value, by) => {
  const rest = value % by;
  return rest < 0n ? rest + by : rest;
};
const of_field = (value) => modulo(value, p);
export const of_order = (value) => modulo(value, order);
const is_negative = (value) => (value & 1n) === 1n;
const positive = (value) => (is_negative(value) ? p - value : value);

function squared(value, times) {
  let out = value;
  for (let n = 0; n < times; n += 1) out = (out * out) % p;
  return out;
}

// value^(2^252 - 3), by way of value^(2^n - 1) for growing n.
function power_of_root(value) {
  const doubled = (ones, n) => (squared(ones, n) * ones) % p;
  const ones2 = doubled(value, 1);
  const ones4 = doubled(ones2, 2);
  const ones5 = (squared(ones4, 1) * value) % p;
  const ones10 = doubled(ones5, 5);
  const ones20 = doubled(ones10, 10);
  const ones40 = doubled(ones20, 20);
  const ones50 = (squared(ones40, 10) * ones10) % p;
  const ones100 = doubled(ones50, 50);
  const ones200 = doubled(ones100, 100);
  const ones250 = (squared(ones200, 50) * ones50) % p;
  return (squared(ones250, 2) * value) % p;
}

// Whether u/v is a square, and the root of that or of sqrt(-1) u/v (RFC 9496, 4.2).
function root_of_ratio(u, v) {
  const v3 = of_field(v * v * v);
  let root = (u * v3 * power_of_root(of_field(u * v3 * v3 * v))) % p;
  const check = (v * root * root) % p;
  const minus = of_field(-u);
  const right = check === u;
  const flipped = check === minus;
  if (flipped || check === (minus * root_of_minus_one) % p) root = (root * root_of_minus_one) % p;
  return { square: right || flipped, root: positive(root) };
}

function to_integer(bytes) {
  let out = 0n;
  for (let n = bytes.length - 1; n >= 0; n -= 1) out = (out << 8n) | BigInt(bytes[n]);
  return out;
}

// 32 bytes, little-endian.
export function to_bytes(value) {
  const out = new Uint8Array(32);
  for (let n = 0; n < 32; n += 1) {
    out[n] = Number(value & 255n);
    value >>= 8n;
  }
  return out;
}

// The number of a canonical encoding, null of any other.
export function read_number(bytes) {
  const value = to_integer(bytes);
  return bytes.length === 32 && value < order ? value : null;
}

// 64 bytes, little-endian, modulo the order.
export const reduce = (bytes) => of_order(to_integer(bytes));

export const neutral = { x: 0n, y: 1n, z: 1n, t: 0n };

// The element of a canonical encoding, null of any other (RFC 9496, 4.3.1).
export function decode(bytes) {
  const s = to_integer(bytes);
  if (bytes.length !== 32 || s >= p || is_negative(s)) return null;
  const ss = (s * s) % p;
  const u1 = of_field(1n - ss);
  const u2 = 1n + ss;
  const u2_squared = (u2 * u2) % p;
  const v = of_field(-d * u1 * u1 - u2_squared);
  const { square, root } = root_of_ratio(1n, (v * u2_squared) % p);
  const x = positive((2n * s * root * u2) % p);
  const y = (((u1 * root * root) % p) * u2 * v) % p;
  const t = (x * y) % p;
  return !square || is_negative(t) || y === 0n ? null : { x, y, z: 1n, t };
}

// RFC 9496, 4.3.2.
export function encode({ x, y, z, t }) {
  const u1 = of_field((z + y) * (z - y));
  const u2 = (x * y) % p;
  const { root } = root_of_ratio(1n, (u1 * u2 * u2) % p);
  const one = (root * u1) % p;
  const two = (root * u2) % p;
  const inverse_z = (one * two * t) % p;
  const rotate = is_negative((t * inverse_z) % p);
  const turned_x = rotate ? (y * root_of_minus_one) % p : x;
  let turned_y = rotate ? (x * root_of_minus_one) % p : y;
  const inverse = rotate ? (one * inverse_root_a_minus_d) % p : two;
  if (is_negative((turned_x * inverse_z) % p)) turned_y = of_field(-turned_y);
  return to_bytes(positive(of_field(inverse * (z - turned_y))));
}

export function add(a, b) {
  const m = of_field((a.y - a.x) * (b.y - b.x));
  const n = ((a.y + a.x) * (b.y + b.x)) % p;
  const c = (((a.t * twice_d) % p) * b.t) % p;
  const e = (2n * a.z * b.z) % p;
  const [f, g, h, i] = [n - m, e - c, e + c, n + m];
  return { x: of_field(f * g), y: of_field(h * i), z: of_field(g * h), t: of_field(f * i) };
}

function doubled(a) {
  const xx = (a.x * a.x) % p;
  const yy = (a.y * a.y) % p;
  const e = ((a.x + a.y) ** 2n - xx - yy) % p;
  const g = yy - xx;
  const f = (g - 2n * a.z * a.z) % p;
  const h = -xx - yy;
  return { x: of_field(e * f), y: of_field(g * h), z: of_field(f * g), t: of_field(e * h) };
}

export const negative = (a) => ({ x: of_field(-a.x), y: a.y, z: a.z, t: of_field(-a.t) });
export const subtract = (a, b) => add(a, negative(b));

// The multiples 0 to 15 of an element.
function multiples(a) {
  const out = [neutral];
  for (let n = 1; n < 16; n += 1) out.push(add(out[n - 1], a));
  return out;
}

// number times the element.
export function multiply(a, number) {
  const table = multiples(a);
  let out = neutral;
  for (let shift = 252n; shift >= 0n; shift -= 4n) {
    for (let n = 0; n < 4; n += 1) out = doubled(out);
    out = add(out, table[Number((number >> shift) & 15n)]);
  }
  return out;
}

// The same for an element that is multiplied often: a table of all its multiples by powers of 16.
export function multiplier(a) {
  const tables = [];
  for (let base = a; tables.length < 64; base = add(tables.at(-1)[15], base))
    tables.push(multiples(base));
  return (number) => {
    let out = neutral;
    for (let n = 0; n < 64; n += 1)
      out = add(out, tables[n][Number((number >> BigInt(4 * n)) & 15n)]);
    return out;
  };
}

// The generator of RFC 9496, appendix A.1.
const base = Uint8Array.from(
  "e2f2ae0a6abc4e71a884a961c500515f58e30b6aa582dd8db6a65945e08d2d76".match(/../g),
  (digits) => parseInt(digits, 16));
let of_generator;
export function generate(number) {
  of_generator ??= multiplier(decode(base));
  return of_generator(number);
}

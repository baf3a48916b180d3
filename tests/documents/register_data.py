"""The register as open data: CSV on the Web, GeoJSON, Popolo, BODS and the DCAT-AP catalogue, judged by their
schemas or, where no program reads them, by the rules of their specifications written down here."""

import csv
import io
import json
import pathlib
import re
import urllib.parse
from datetime import date
from decimal import Decimal, InvalidOperation

TABLES = ("places", "populations", "organisations", "enterprises", "operations", "links", "claims",
          "plan-items", "plan-reports")
KINDS = {"places": "place", "populations": "population", "organisations": "organisation",
         "enterprises": "enterprise", "operations": "operation", "links": "link", "claims": "claim",
         "plan-items": "item", "plan-reports": "item_report"}


def good_cell(text, datatype):
    base = datatype if isinstance(datatype, str) else datatype["base"]
    shape = datatype.get("format") if isinstance(datatype, dict) else None
    if shape and not re.fullmatch(shape, text):
        return False
    try:
        if base == "integer":
            return str(int(text)) == text
        if base == "decimal":
            return Decimal(text).is_finite()
        if base == "date":
            return date.fromisoformat(text) is not None
    except (ValueError, InvalidOperation):
        return False
    return base == "string"


def csvw_faults(table, metadata):
    """What W3C's model and vocabulary of tabular data forbid, as far as our tables use it: metadata of one table
    (context, url, schema), names of columns as variables of RFC 6570, titles that match the header, datatypes, required
    cells, and a primary key that is unique."""
    faults = []
    context = metadata.get("@context")
    if context != "http://www.w3.org/ns/csvw" and (context or [None])[0] != "http://www.w3.org/ns/csvw":
        faults.append("no context")
    if not metadata.get("url"):
        faults.append("no url")
    columns = metadata.get("tableSchema", {}).get("columns", [])
    names = [one.get("name", "") for one in columns]
    variable = re.compile(r"(?:[A-Za-z0-9_]|%[0-9A-F]{2})(?:\.?(?:[A-Za-z0-9_]|%[0-9A-F]{2}))*")
    faults += [f"{name} is no name" for name in names if not variable.fullmatch(name) or name[0] == "_"]
    if len(set(names)) != len(names):
        faults.append("a name twice")
    rows = list(csv.reader(io.StringIO(table, newline="")))
    head = rows[0] if rows else []
    if head != [one.get("titles") for one in columns]:
        faults.append("titles are not the header")
        return faults
    for number, row in enumerate(rows[1:], 2):
        if len(row) != len(columns):
            faults.append(f"row {number} has {len(row)} cells")
            continue
        for text, column in zip(row, columns):
            if text == "":
                if column.get("required"):
                    faults.append(f"row {number} lacks {column['name']}")
                continue
            parts = text.split(column["separator"]) if "separator" in column else [text]
            if not all(good_cell(part, column.get("datatype", "string")) for part in parts):
                faults.append(f"row {number}: {column['name']} is {text!r}")
    key = metadata.get("tableSchema", {}).get("primaryKey", [])
    key = [key] if isinstance(key, str) else key
    places = [names.index(one) for one in key if one in names]
    if len(places) != len(key):
        faults.append("the key is no column")
    keys = [tuple(row[place] for place in places) for row in rows[1:]]
    if key and len(set(keys)) != len(keys):
        faults.append("a key twice")
    return faults


def group_faults(group, tables):
    """A group of tables: each table by its own part, and every foreign key."""
    faults = [] if group.get("@type") == "TableGroup" else ["no group of tables"]
    if (group.get("@context") or [None])[0] != "http://www.w3.org/ns/csvw":
        faults.append("no context")
    columns, cells = {}, {}
    for one in group.get("tables", []):
        faults += [f"{one['url']}: {fault}" for fault in
                   csvw_faults(tables[one["url"]], {**one, "@context": group.get("@context")})]
        rows = list(csv.reader(io.StringIO(tables[one["url"]], newline="")))
        columns[one["url"]] = [column["name"] for column in one["tableSchema"]["columns"]]
        for number, name in enumerate(columns[one["url"]]):
            cells[one["url"], name] = [row[number] for row in rows[1:]]
    for one in group.get("tables", []):
        for key in one["tableSchema"].get("foreignKeys", []):
            (name,), to = key["columnReference"], key["reference"]
            (there,) = to["columnReference"]
            if name not in columns[one["url"]] or there not in columns.get(to["resource"], []):
                faults.append(f"{one['url']}: a foreign key of no column")
                continue
            known = set(cells[to["resource"], there])
            faults += [f"{one['url']}: {cell} of {name} is in no row of {to['resource']}"
                       for cell in cells[one["url"], name] if cell and cell not in known]
    return faults


def vocabulary_faults(metadata):
    """What the schema of W3C's metadata vocabulary (csvw.schema.json) says first; None where no judge is installed."""
    try:
        import jsonschema
    except ImportError:
        return None
    schema = json.loads((pathlib.Path(__file__).parent / "csvw.schema.json").read_text())
    judge = jsonschema.Draft202012Validator(schema)
    best = jsonschema.exceptions.best_match(judge.iter_errors(metadata))
    return [f"{'/'.join(map(str, best.absolute_path))}: {best.message[:200]}"] if best else []


def broken_metadata(metadata):
    """The same with one fault each: what is wrong, and the metadata."""
    def other(change):
        made = json.loads(json.dumps(metadata))
        table = made["tables"][0] if "tables" in made else made
        change(made, table, table["tableSchema"], table["tableSchema"]["columns"][0])
        return made
    return {
        "another context": other(lambda m, *_: m.update({"@context": "http://www.w3.org/ns/csv"})),
        "a language that is none": other(lambda m, *_: m["@context"][1].update({"@language": "e_n"})),
        "no address": other(lambda m, t, *_: t.pop("url")),
        "a type of something else": other(lambda m, t, *_: t.update({"@type": "Sheet"})),
        "a word that the vocabulary does not know": other(lambda m, t, *_: t.update({"licence": "free"})),
        "a name with a space": other(lambda m, t, s, c: c.update({"name": "two words"})),
        "an unknown datatype": other(lambda m, t, s, c: c.update({"datatype": "varchar"})),
        "a length below nought": other(lambda m, t, s, c: c.update({"datatype": {"base": "string", "minLength": -1}})),
        "a text for a truth": other(lambda m, t, s, c: c.update({"required": "yes"})),
        "a key of nothing": other(lambda m, t, s, c: s.update({"primaryKey": []})),
        "a foreign key to nowhere": other(lambda m, t, s, c: s.update({"foreignKeys": [
            {"columnReference": [c["name"]], "reference": {"columnReference": ["x"]}}]})),
        "a delimiter of nothing": other(lambda m, *_: m.update({"dialect": {"delimiter": ""}})),
        "a value beside a list": other(lambda m, *_: m.update({"dc:publisher": {"@value": "x", "@list": []}})),
    }


def geojson_faults(collection, needed):
    """RFC 7946: members, positions within the Earth, lines that do not pass 180 degrees."""
    faults = []
    if collection.get("type") != "FeatureCollection" or "crs" in collection:
        faults.append("no collection of features")
    for one in collection.get("features", []):
        name = one.get("id")
        if one.get("type") != "Feature" or "geometry" not in one or not isinstance(one.get("properties"), dict):
            faults.append(f"{name} is no feature")
            continue
        shape = one["geometry"]
        if shape is None:
            continue
        lines = {"Point": lambda c: [[c]], "LineString": lambda c: [c], "MultiLineString": lambda c: c}
        if shape["type"] not in needed or shape["type"] not in lines:
            faults.append(f"{name} is a {shape['type']}")
            continue
        for line in lines[shape["type"]](shape["coordinates"]):
            if shape["type"] != "Point" and len(line) < 2:
                faults.append(f"{name} has a line of one point")
            if any(len(at) != 2 or abs(at[0]) > 180 or abs(at[1]) > 90 for at in line):
                faults.append(f"{name} leaves the Earth")
            if any(abs(a[0] - b[0]) > 180 for a, b in zip(line, line[1:])):
                faults.append(f"{name} passes 180 degrees")
    return faults


def bods_validator(schemas):
    import jsonschema
    from referencing import Registry, Resource
    registry = Registry()
    for file in sorted((schemas / "bods").glob("*.json")):
        found = json.loads(file.read_text())
        resource = Resource.from_contents(found)
        registry = registry.with_resource(found["$id"], resource)
    schema = json.loads((schemas / "bods/statement.json").read_text())
    return jsonschema.Draft202012Validator(schema, registry=registry)


def bods_faults(statements, schemas):
    validator = bods_validator(schemas)
    faults = [fault.message[:200] for fault in validator.iter_errors(statements)]
    if faults or not isinstance(statements, list):
        return faults or ["no list"]
    told = {one["recordId"] for one in statements if one["recordType"] != "relationship"}
    ids = [one["statementId"] for one in statements]
    if len(set(ids)) != len(ids):
        faults.append("an id twice")
    for one in statements:
        if one["recordType"] == "relationship":
            faults += [f"{end} is not told" for end in (one["recordDetails"]["subject"],
                                                        one["recordDetails"]["interestedParty"]) if end not in told]
    return faults


def dcat_faults(catalogue):
    """What DCAT-AP 3.0.0 makes mandatory, node by node."""
    def texts(value):
        return isinstance(value, list) and value and all(one.get("@value") and one.get("@language") for one in value)
    faults = []
    agents = {}
    publisher = catalogue.get("dct:publisher", {})
    if publisher.get("@type") != "foaf:Agent" or not texts(publisher.get("foaf:name")):
        faults.append("the catalogue has no publisher with a name")
    agents[publisher.get("@id")] = publisher
    if catalogue.get("@type") != "dcat:Catalog":
        faults.append("no catalogue")
    for node, name in [(catalogue, "catalogue")] + [(one, one.get("@id")) for one in catalogue.get("dcat:dataset", [])]:
        for needed in ("dct:title", "dct:description"):
            if not texts(node.get(needed)):
                faults.append(f"{name} has no {needed}")
    for one in catalogue.get("dcat:dataset", []):
        of = one.get("dct:publisher", {})
        if of.get("@id") not in agents and not texts(of.get("foaf:name")):
            faults.append(f"{one.get('@id')}: its publisher is nobody")
        for file in one.get("dcat:distribution", []):
            address = file.get("dcat:accessURL", {}).get("@id", "")
            if urllib.parse.urlparse(address).scheme not in ("http", "https"):
                faults.append(f"{one.get('@id')}: a distribution has no address")
    ids = [one.get("@id") for one in catalogue.get("dcat:dataset", [])]
    if len(set(ids)) != len(ids):
        faults.append("a data set twice")
    return faults

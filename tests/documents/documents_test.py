#!/usr/bin/env python3
"""Documents and feeds of the example union, judged by other people's tools.

The example year is played into a folder, `veche document` writes each kind from it, and the tool of
each format says whether it is right. Beside each right document stands a broken one that the same
check must refuse: a check that refuses nothing is itself a failure. A tool or a schema that is not
there is skipped with a line that says so.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import warnings
import xml.etree.ElementTree as ET
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import open_data  # noqa: E402
import register_data  # noqa: E402

sys.path.append(str(Path(__file__).resolve().parent.parent))
import example_year  # noqa: E402

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
# Schemas are third-party files and not part of the tree; where they lie is said by the environment,
# or they lie in shared/ beside or above it.
SCHEMAS = next((place for place in (
    Path(os.environ.get("VECHE_SCHEMAS", "/nowhere")),
    *(above / "shared/data/standards/schemas" for above in (ROOT, *ROOT.parents)))
    if place.is_dir()), None)
# Samples and schemas of ISO 20022, likewise.
BANK_FILES = next((place for place in (
    Path(os.environ.get("VECHE_ISO20022", "/nowhere")),
    *(above / "shared/data/fund/iso20022" for above in (ROOT, *ROOT.parents)))
    if place.is_dir()), None)
FUND = next((place for place in (
    Path(os.environ.get("VECHE_SHARED", "/nowhere")) / "data/fund",
    *(above / "shared/data/fund" for above in (ROOT, *ROOT.parents))) if place.is_dir()), None)
PROGRAM = os.environ.get("VECHE_PROGRAM", str(ROOT / "build/dev/veche"))

passed = failed = 0


def check(name, good, detail=""):
    global passed, failed
    passed, failed = passed + bool(good), failed + (not good)
    if not good:
        print(f"FAILED {name} {str(detail)[-600:]}")


def skip(name, why):
    print(f"skipped {name}: {why}")


def run(*command, data=None):
    return subprocess.run(command, capture_output=True, check=False, input=data)


def made(folder, what):
    """The bytes of a document, or nothing where it was refused."""
    done = run(PROGRAM, "document", str(folder), what)
    return done.stdout if done.returncode == 0 else b""


def year_of(folder):
    """The year in which most of the example was decided."""
    decided = [row["id"][:4] for row in json.loads(made(folder, "en/decisions.json"))["decisions"]]
    return max(sorted(set(decided)), key=decided.count)


def pdf(folder, scratch):
    """Text can be read back, pages are numbered, the structure holds, the bytes are the same."""
    if not (shutil.which("pdftotext") and shutil.which("qpdf")):
        return skip("pdf", "pdftotext and qpdf are not installed")
    for what, words in (("ru/minutes/com-3.pdf", ["Совет Министров", "страница 1 из "]),
                        ("en/acts/2026-0012.pdf", ["Decision 2026-0012", "page 1 of ", "root "]),
                        ("be/acts/2026-0012.pdf", ["старонка 1 з ", "Рашэнне"]),
                        (f"ru/yearly/{year_of(folder)}.pdf", ["F3", "условно", "страница 1 из "])):
        data = made(folder, what)
        file = scratch / "made.pdf"
        file.write_bytes(data)
        text = run("pdftotext", str(file), "-").stdout.decode()
        for word in words:
            check(f"{what} says {word}", word in text, text)
        looked = run("qpdf", "--check", str(file))
        check(f"{what} holds together", looked.returncode == 0, looked.stdout + looked.stderr)
        check(f"{what} is the same again", made(folder, what) == data)
        file.write_bytes(data[: len(data) // 2])
        check(f"half of {what} is refused", run("qpdf", "--check", str(file)).returncode != 0)
    check("a page without a PDF has none at its address", made(folder, "en/money.pdf") == b"")
    check("a session that is not there has no minutes", made(folder, "en/minutes/nothing.pdf") == b"")


def akoma_ntoso(folder, scratch):
    """Minutes and acts pass the schema of OASIS; without an author, or half of it, they do not."""
    if not shutil.which("xmllint"):
        return skip("Akoma Ntoso", "xmllint is not installed")
    schema = SCHEMAS and SCHEMAS / "akoma-ntoso/akomantoso30.xsd"
    for what in ("ru/minutes/com-3.xml", "en/minutes/com-4.xml", "en/minutes/pa-4.xml",
                 "be/acts/2026-0012.xml", "en/acts/2026-0013.xml"):
        data = made(folder, what)
        check(f"{what} is XML", run("xmllint", "--noout", "-", data=data).returncode == 0)
        check(f"half of {what} is none",
              run("xmllint", "--noout", "-", data=data[: len(data) // 2]).returncode != 0)
        tree = ET.fromstring(data) if data else ET.Element("none")
        known = {"#" + e.get("eId") for e in tree.iter() if e.get("eId")}
        pointers = {e.get(name) for e in tree.iter()
                    for name in ("by", "as", "choice", "outcome", "refersTo", "source")} - {None}
        check(f"{what} points at what is there", pointers and pointers <= known, pointers - known)
        if schema is None:
            continue
        valid = ("xmllint", "--nonet", "--noout", "--schema", str(schema), "-")
        looked = run(*valid, data=data)
        check(f"{what} is valid", looked.returncode == 0, looked.stderr.decode())
        broken = re.sub(rb"<FRBRauthor [^>]*>", b"", data, count=1)
        check(f"{what} without an author is not", run(*valid, data=broken).returncode != 0)
    if schema is None:
        skip("Akoma Ntoso's schema", "akomantoso30.xsd is not here")


def calendars(folder, scratch):
    """libical finds no broken restriction, and finds the one that is broken on purpose."""
    program = scratch / "calendar_check"
    built = shutil.which("gcc") and run("gcc", "-o", str(program), str(HERE / "calendar_check.c"),
                                        "-lical")
    if not built or built.returncode != 0:
        return skip("calendars", "gcc or libical-dev is not installed")
    for what in ("en/sessions.ics", "ru/bodies/com.ics", "be/sessions/com-4.ics",
                 "ru/programme/G1.ics", "be/programme/P1.ics",
                 "ru/duties/ru-economy-minister.ics", "en/votes/v-monthly.ics"):
        data = made(folder, what)
        looked = run(str(program), data=data)
        check(f"{what} keeps to RFC 5545", looked.returncode == 0, looked.stdout)
        for fault, there, instead in (("no UID", rb"UID:[^\r]*\r\n", b""),
                                      ("no end", rb"END:VCALENDAR\r\n", b""),
                                      ("bare line feeds", rb"\r\n", b"\n"),
                                      ("a line unfolded", rb"SUMMARY", b"X-A:" + b"a" * 80 + b"\r\nSUMMARY")):
            broken = re.sub(there, instead, data)
            check(f"{what} with {fault} does not", run(str(program), data=broken).returncode != 0)
        uids = re.findall(rb"UID:([^\r]*)", data)
        check(f"{what} has events of different UIDs", uids and len(uids) == len(set(uids)), uids)


ATOM = "{http://www.w3.org/2005/Atom}"


def atom_faults(data, address):
    """What RFC 4287 and the house ask of a feed, and this one does not do."""
    try:
        feed = ET.fromstring(data)
    except ET.ParseError as fault:
        return [str(fault)]
    faults = []
    moment = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")
    entries = feed.findall(ATOM + "entry")
    for one in (feed, *entries):
        for name in ("id", "title", "updated"):
            found = one.findall(ATOM + name)
            if len(found) != 1 or not (found[0].text or "").strip():
                faults.append(f"{name} is not there once")
        if not moment.fullmatch(one.findtext(ATOM + "updated") or ""):
            faults.append("updated is no moment")
        if not re.fullmatch(r"tag:[a-z.]+,\d{4}:\S+", one.findtext(ATOM + "id") or ""):
            faults.append("id is no tag")
    if not feed.findtext(f"{ATOM}author/{ATOM}name"):
        faults.append("nobody is the author")
    links = [(link.get("rel"), link.get("href")) for link in feed.findall(ATOM + "link")]
    if ("self", address) not in links:
        faults.append(f"self is not {address}: {links}")
    for name in ("id", "title"):
        texts = [one.findtext(ATOM + name) for one in entries]
        if len(texts) != len(set(texts)):
            faults.append(f"two entries have the same {name}")
    if any(one.find(ATOM + "link") is None for one in entries):
        faults.append("an entry leads nowhere")
    return faults


def feed_schema_faults(data, scratch):
    """What the grammar of RFC 4287 (atom.rng, written afresh) says of a feed."""
    file = scratch / "made.atom"
    file.write_bytes(data)
    judged = run("xmllint", "--noout", "--relaxng", str(HERE / "atom.rng"), str(file))
    return judged.stderr.decode() if judged.returncode else ""


BROKEN_FEEDS = (
    ("no id", r"<id>[^<]*</id>", ""),
    ("two titles", r"(<title>[^<]*</title>)", r"\1\1"),
    ("a day for a moment", r"<updated>(\d{4}-\d\d-\d\d)T[^<]*", r"<updated>\1"),
    ("no author", r"<author>.*?</author>", ""),
    ("an author without a name", r"<name>[^<]*</name>", "<uri>urn:x</uri>"),
    ("an entry that leads nowhere", r"(<entry>.*?)<link [^>]*/>", r"\1"),
    ("a link without an address", r' href="[^"]*"', ""),
    ("an element that Atom has not", r"<entry>", "<entry><note>x</note>"),
    ("an attribute that Atom has not", r"<entry>", '<entry kind="x">'))


def feed_schema(data, what, scratch):
    """The feed fits the grammar, and copies with one fault each do not."""
    if not shutil.which("xmllint"):
        return skip(f"{what} by its grammar", "xmllint is not installed")
    check(f"{what} fits RFC 4287", not feed_schema_faults(data, scratch), feed_schema_faults(data, scratch))
    for fault, there, instead in BROKEN_FEEDS:
        broken = re.sub(there, instead, data.decode(), count=1, flags=re.S)
        check(f"{what} with {fault} does not", broken != data.decode()
              and feed_schema_faults(broken.encode(), scratch))


def feed_grammar(folder, scratch):
    """The grammar itself: what RFC 4287 allows beyond our own feeds passes."""
    if not shutil.which("xmllint"):
        return skip("the grammar of Atom", "xmllint is not installed")
    alternate = '<link href="https://x.example/1"/>'
    for what, entry in (
            ("foreign elements", alternate + '<x:y xmlns:x="urn:x" z="1">w<x:z/></x:y>'),
            ("a summary in XHTML", alternate + '<summary type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">'
                                               "a<b>c</b></div></summary>"),
            ("content instead of a link", '<content type="html">&lt;p&gt;x</content>'),
            ("content elsewhere", '<content src="https://x.example/a.png" type="image/png"/>'),
            ("authors in each entry", alternate + "<author><name>A</name></author>")):
        author = "" if "<author>" in entry else "<author><name>A</name></author>"
        feed = ('<feed xmlns="http://www.w3.org/2005/Atom"><id>urn:x:1</id><title>T</title>'
                f"<updated>2026-01-01T00:00:00+03:00</updated>{author}<entry><id>urn:x:2</id><title>E</title>"
                f"<updated>2026-01-01T00:00:00Z</updated>{entry}</entry></feed>")
        check(f"a feed with {what} fits the grammar", not feed_schema_faults(feed.encode(), scratch),
              feed_schema_faults(feed.encode(), scratch))


def atom(folder, scratch):
    for what in ("en/decisions.atom", "ru/late.atom", "be/sessions.atom", "ru/bodies/com.atom",
                 "en/programme/E2.atom", "ru/sessions/com-3.atom",
                 "be/approvals/programme-next.atom", "en/votes/v-monthly.atom",
                 "ru/decisions/2026-0019.atom", "be/elections.atom", "en/contributions.atom",
                 "be/data/changes.atom", "en/plans.atom", "ru/barriers.atom", "be/calls.atom"):
        data = made(folder, what).decode()
        address = "https://demo.veche.example/" + what
        check(f"{what} is a feed with news",
              "<entry>" in data and not atom_faults(data, address), atom_faults(data, address))
        feed_schema(data.encode(), what, scratch)
        last = data.rindex("<entry>")
        for fault, broken in (
                ("no updated", re.sub(r"<updated>[^<]*</updated>", "", data, count=1)),
                ("another self", data.replace('rel="self"', 'rel="other"')),
                ("an entry twice", data[:last] + 2 * data[last:].replace("</feed>", "") + "</feed>"),
                ("half of it", data[: len(data) // 2])):
            check(f"{what} with {fault} is none", atom_faults(broken, address))


def popolo_faults(data):
    import jsonschema
    warnings.simplefilter("ignore", DeprecationWarning)
    package = json.loads(data)
    store = {}
    for file in (SCHEMAS / "popolo").glob("*.json"):
        schema = json.loads(file.read_text())
        store[schema["id"].rstrip("#")] = store[schema["id"]] = schema
    faults = []
    for kind in ("organization", "person", "membership", "event", "motion", "vote_event"):
        schema = json.loads((SCHEMAS / f"popolo/{kind}.json").read_text())
        checker = jsonschema.Draft3Validator(
            schema, resolver=jsonschema.RefResolver.from_schema(schema, store=store),
            format_checker=jsonschema.FormatChecker())
        for one in package.get(kind + "s", []):
            faults += [f"{kind}: {fault.message}" for fault in checker.iter_errors(one)]
    return faults


def popolo(folder, scratch):
    for what, needed in (("en/bodies.popolo.json", {"organizations", "persons", "memberships"}),
                         ("ru/sessions/com-3.popolo.json",
                          {"organizations", "persons", "events", "motions", "vote_events"})):
        data = made(folder, what)
        package = json.loads(data or b"{}")
        check(f"{what} has all its parts", needed <= set(package), set(package))
        known = {one["id"] for kind in ("organizations", "persons") for one in package.get(kind, [])}
        named = {one[key] for kind in package.values() for one in kind
                 for key in ("person_id", "organization_id", "on_behalf_of_id") if key in one}
        check(f"{what} names what it tells", named <= known, named - known)
        for event in package.get("vote_events", []):
            said = [vote["option"] for vote in event["votes"]]
            check(f"{what} counts its votes",
                  all(said.count(one["option"]) == one["value"] for one in event["counts"]), event)
            check(f"{what} tells the rule", "definition" in event["x_rule"])
        try:
            import jsonschema  # noqa: F401
        except ImportError:
            skip("Popolo's schemas", "python3-jsonschema is not installed")
            continue
        if SCHEMAS is None:
            skip("Popolo's schemas", "they are not here")
            continue
        check(f"{what} is valid", not popolo_faults(data), popolo_faults(data)[:3])
        broken = {**package, "events": [{"name": 7}], "persons": [{"name": ["a"]}]}
        check(f"{what} with a number for a name is not", popolo_faults(json.dumps(broken)))


def judge_metadata(name, metadata):
    """By the schema of W3C's vocabulary, which refuses each of a dozen faults put into the same metadata."""
    faults = register_data.vocabulary_faults(metadata)
    if faults is None:
        skip("the vocabulary of CSV on the Web", "python3-jsonschema is not installed")
        return
    check(f"metadata of {name} fit the vocabulary", not faults, faults[:3])
    for what, broken in register_data.broken_metadata(metadata).items():
        check(f"metadata of {name} with {what} do not", register_data.vocabulary_faults(broken))


def register_tables(folder, scratch):
    """Every table fits its metadata, and a table with a row twice or a broken cell does not."""
    for name in register_data.TABLES:
        table = made(folder, f"en/data/{name}.csv").decode()
        metadata = json.loads(made(folder, f"en/data/{name}.csv-metadata.json") or b"{}")
        faults = register_data.csvw_faults(table, metadata)
        check(f"{name}.csv fits its metadata", not faults, faults[:3])
        judge_metadata(f"{name}.csv", metadata)
        check(f"{name}.csv has rows", table.count("\r\n") > 1)
        rows = json.loads(made(folder, f"en/data/{name}.json") or b"[]")
        kind = register_data.KINDS[name]
        check(f"{name}.json has a record for each row", rows and all(list(one) == [kind] for one in rows))
    table = made(folder, "en/data/places.csv").decode()
    metadata = json.loads(made(folder, "en/data/places.csv-metadata.json"))
    last = table.splitlines(keepends=True)[-1]
    check("a place twice is noticed", register_data.csvw_faults(table + last, metadata))
    head = table.splitlines()[0]
    check("another heading is noticed",
          register_data.csvw_faults(table.replace(head, head.replace("place,", "plaice,")), metadata))
    moved = json.loads(json.dumps(metadata))
    moved["tableSchema"]["columns"][0]["datatype"] = "integer"
    check("a cell of another type is noticed", register_data.csvw_faults(table, moved))


def register_group(folder, scratch):
    """All tables in one group: each fits its part, and what names a row of another table does."""
    group = json.loads(made(folder, "en/data/register.csv-metadata.json") or b"{}")
    tables = {one["url"]: made(folder, f"en/data/{one['url']}").decode() for one in group.get("tables", [])}
    check("all tables stand in the group", len(tables) >= 8 and "activities-2025.csv" in tables, list(tables))
    judge_metadata("the group", group)
    faults = register_data.group_faults(group, tables)
    check("the group fits its tables, foreign keys too", not faults, faults[:3])
    broken = {**tables, "links.csv": tables["links.csv"].replace("minsk", "minks", 1)}
    check("a side that is no place is noticed", broken == tables or register_data.group_faults(group, broken))
    lost = {**tables, "places.csv": "".join(tables["places.csv"].splitlines(keepends=True)[:50])}
    check("places that are missing are noticed", register_data.group_faults(group, lost))


CASES = """number,class,member,authority.en,title.en,about.en,hinders.headings,source.name,source.verified
1,barrier,by,Example office,A second stamp,It is asked for twice.,8703;8704,Example register,partly
2,barrier,by,Example office,A third stamp,It is asked for again.,8703,Example register,no
"""


def cases_taken_over(folder, scratch):
    """Cases of another register: a dry run lists every problem, nothing is half taken over, and all at once are."""
    union = scratch / "cases"
    done = run(PROGRAM, "init", str(union), "--charter", str(ROOT / "unions/union-state.toml"))
    check("a union is founded", done.returncode == 0, done.stderr.decode())
    good, bad = scratch / "good.csv", scratch / "bad.csv"
    good.write_text(CASES)
    bad.write_text(CASES + "3,wall,by,Office,T,A,8703,Example register,yes\n" +
                   "4,barrier,xx,Office,T,A,87,Example register,yes\n" +
                   "1,barrier,by,Office,T,A,870,Example register,yes\n")

    def take(file, *more):
        return run(PROGRAM, "barriers", "import", str(file), "--at", str(union), "--as", "barrier-desk",
                   "--auth", "pc/barrier-desk", "--body", "pc", "--json", *more)
    problems = json.loads(take(bad, "--dry-run").stdout or b"{}").get("problems", [])
    said = [(one["line"], one["column"], one["why"]["code"]) for one in problems]
    check("each problem has line and column", said == [
        (4, "class", "json.wrong_type"), (5, "member", "barriers.member_unknown"),
        (6, "hinders.headings", "barriers.heading_malformed")], said)
    check("and its remedy", problems and "charter" in problems[1]["remedy"], problems[1:2])
    check("a file with problems takes nothing over", take(bad, "--batch", "bad").returncode == 1)
    listed = run(PROGRAM, "barriers", "list", "--at", str(union), "--json")
    check("no case came of it", json.loads(listed.stdout)["registered"] == 0, listed.stdout[:300])
    done = take(good, "--batch", "good")
    check("a sound file is taken over", json.loads(done.stdout or b"{}").get("recorded"), done.stderr.decode())
    shown = json.loads(run(PROGRAM, "barriers", "show", "b-2", "--at", str(union), "--json").stdout or b"{}")
    check("with its register and mark", shown.get("taken", {}).get("source", {}).get("verified") == "no", shown)
    check("twice it is not", take(good, "--batch", "again").returncode == 1)
    text = run(PROGRAM, "barriers", "list", "--at", str(union)).stdout.decode()
    check("people read the list", "2 of 2 cases" in text and "A second stamp" in text, text)


def register_returns(folder, scratch):
    """What goes out comes in: a dry run of all files against a union without records reports nothing."""
    empty = scratch / "empty"
    done = run(PROGRAM, "init", str(empty), "--charter", str(ROOT / "unions/union-state.toml"))
    check("an empty union is founded", done.returncode == 0, done.stderr.decode())
    files = []
    years = re.findall(r"/data/activities-(\d+)\.csv\"", made(folder, "en/data").decode())
    check("activities have years", years)
    for name, kind in [(one, register_data.KINDS[one]) for one in
                       ("places", "populations", "organisations", "links", "claims")] + \
            [(f"activities-{year}", "activity") for year in sorted(set(years))] + \
            [("enterprises", "enterprise"), ("operations", "operation"),
             ("plan-items", "item"), ("plan-reports", "item_report")]:
        (scratch / f"{name}.csv").write_bytes(made(folder, f"en/data/{name}.csv"))
        files.append(f"{kind}={scratch / name}.csv")
    command = (PROGRAM, "registry", "import", *files, "--at", str(empty), "--as", "register-keeper",
               "--auth", "pc/registry", "--body", "pc", "--dry-run", "--json")
    done = run(*command)
    answer = json.loads(done.stdout or b"{}")
    check("its dry run finds no problem", answer.get("rows", 0) > 300 and not answer.get("problems"),
          str(answer)[:400] + done.stderr.decode()[:300])
    check("and reads every row", answer.get("rows", 0) > 300, answer.get("rows"))
    done = run(*(one for one in command if not one.startswith("place=")))
    check("without the places it finds some", json.loads(done.stdout or b"{}").get("problems"))


def register_on_the_map(folder, scratch):
    for name, shapes in (("places", {"Point"}), ("links", {"LineString", "MultiLineString"})):
        collection = json.loads(made(folder, f"en/data/{name}.geojson") or b"{}")
        faults = register_data.geojson_faults(collection, shapes)
        check(f"{name}.geojson is GeoJSON", not faults, faults[:3])
        check(f"{name}.geojson has shapes", any(one["geometry"] for one in collection.get("features", [])))
        broken = {**collection, "features": [{"type": "Feature", "properties": {}, "geometry": {
            "type": "LineString", "coordinates": [[179, 60], [-179, 60]]}}]}
        check("a line over 180 degrees is noticed", register_data.geojson_faults(broken, {"LineString"}))


def register_organisations(folder, scratch):
    data = made(folder, "en/data/organisations.popolo.json")
    check("organisations are told as Popolo", json.loads(data or b"{}").get("organizations"))
    try:
        import jsonschema  # noqa: F401
    except ImportError:
        return skip("Popolo's schemas", "python3-jsonschema is not installed")
    if SCHEMAS is None:
        return skip("Popolo's schemas", "they are not here")
    check("organisations.popolo.json is valid", not popolo_faults(data), popolo_faults(data)[:3])
    check("a number for a name is not", popolo_faults(json.dumps({"organizations": [{"id": "a", "name": 7}]})))


def register_holders(folder, scratch):
    statements = json.loads(made(folder, "en/data/enterprises.bods.json") or b"[]")
    shares = [interest.get("share") for one in statements if one["recordType"] == "relationship"
              for interest in one["recordDetails"]["interests"]]
    check("a share that is known is told, one that is not is left out",
          {"exact": 50} in shares and None in shares, shares[:5])
    try:
        import referencing  # noqa: F401
    except ImportError:
        return skip("the schema of BODS", "a python3-jsonschema with `referencing` is not installed")
    if SCHEMAS is None:
        return skip("the schema of BODS", "it is not here")
    faults = register_data.bods_faults(statements, SCHEMAS)
    check("enterprises.bods.json is valid", not faults, faults[:3])
    all_holders = json.loads(made(folder, "en/data/owners.bods.json") or b"[]")
    faults = register_data.bods_faults(all_holders, SCHEMAS)
    check("owners.bods.json is valid, and has more", not faults and len(all_holders) > len(statements), faults[:3])
    broken = json.loads(json.dumps(statements))
    del broken[0]["recordDetails"]["entityType"]
    check("an entity without a type is not", register_data.bods_faults(broken, SCHEMAS))
    check("a holder that nobody told is not", register_data.bods_faults(statements[1:], SCHEMAS))


def data_catalogue(folder, scratch):
    catalogue = json.loads(made(folder, "en/data/catalog.jsonld") or b"{}")
    faults = register_data.dcat_faults(catalogue)
    check("the catalogue has what DCAT-AP needs", not faults, faults[:3])
    sets = catalogue.get("dcat:dataset", [])
    check("it lists the register, the fund, the assembly and the evidence",
          {"register/places", "money", "decisions", "journal"} <= {one["dct:identifier"] for one in sets})
    for one in sets:
        for file in one.get("dcat:distribution", []):
            path = re.sub(r"^https?://[^/]+", "", file["dcat:accessURL"]["@id"])
            if path.startswith("/data/"):
                check(f"{path} is there", made(folder, "en" + path))
            elif path.startswith("/en/"):
                check(f"{path} is there", made(folder, path[1:]))
    for gone in ("dct:title", "dct:publisher"):
        check(f"a catalogue without {gone} is noticed",
              register_data.dcat_faults({k: v for k, v in catalogue.items() if k != gone}))


def payment_orders(folder, scratch):
    """The example's payment run as orders: each payment once, by its id, valid by the schema."""
    rows = json.loads(run(PROGRAM, "ask", "fund.payments", "--at", str(folder), "--json").stdout)
    run_of = max(row["seq"] for row in rows["payments"])
    wanted = {row["id"]: row for row in rows["payments"] if row["seq"] == run_of}
    accounts = scratch / "accounts.csv"
    accounts.write_text("party,account,bic\nBank:main,40700000000000000001,\n" + "".join(
        f"{party},GB82WEST12345698765432,WESTGB2L\n" for party in sorted(
            {row["partner"].get("registration") or row["partner"]["name"]
             for row in wanted.values()})))
    to = scratch / "orders.xml"
    done = run(PROGRAM, "bank", "orders", str(folder), "--payments", str(run_of), "--debtor",
               "Example fund", "--accounts", str(accounts), "-o", str(to))
    check("the orders of a run are written", done.returncode == 0, done.stderr.decode())
    data = to.read_bytes() if to.exists() else b"<none/>"
    space = "{urn:iso:std:iso:20022:tech:xsd:pain.001.001.09}"
    ordered = {one.findtext(f"{space}PmtId/{space}EndToEndId"):
               one.findtext(f"{space}Amt/{space}InstdAmt").replace(".", "")
               for one in ET.fromstring(data).iter(f"{space}CdtTrfTxInf")}
    check("each payment of the run is ordered once, with its amount", ordered and ordered == {
        name: row["amount"]["minor"] for name, row in wanted.items()}, ordered)
    ahead = json.loads(run(PROGRAM, "ask", "fund.advances", "--at", str(folder), "--json").stdout)
    advance = ahead["advances"][0]
    party = advance["partner"].get("registration") or advance["partner"]["name"]
    accounts.write_text("party,account,bic\nBank:main,40700000000000000001,\n"
                        f"{party},GB82WEST12345698765432,\n")
    alone = scratch / "advance.xml"
    done = run(PROGRAM, "bank", "orders", str(folder), "--payments", str(advance["seq"]),
               "--debtor", "Example fund", "--accounts", str(accounts), "-o", str(alone))
    only = alone.read_bytes() if alone.exists() else b"<none/>"
    check("an advance is ordered by its entry, with its id from end to end",
          f"<EndToEndId>{advance['id']}<".encode() in only, done.stderr.decode())
    if BANK_FILES is None or not shutil.which("xmllint"):
        return skip("the schema of payment orders", "it or xmllint is not here")
    valid = ("xmllint", "--nonet", "--noout", "--schema", str(BANK_FILES / "pain.001.001.09.xsd"),
             "-")
    for what, orders in (("the orders", data), ("the order of an advance", only)):
        looked = run(*valid, data=orders)
        check(f"{what} are valid", looked.returncode == 0, looked.stderr.decode())
    broken = data.replace(b"<PmtMtd>TRF</PmtMtd>", b"")
    check("orders without a method are not", run(*valid, data=broken).returncode != 0)


def stated(amount):
    """What another reader made of an amount: as a number of minor units, with its currency."""
    return int(amount["getAmount"]), amount["getCurrency"]["getCode"]


def minor_units(shown):
    places = {"JPY": 0}.get(shown["currency"], 2)
    return int(Decimal(shown["amount"]).scaleb(places)), shown["currency"]


def sample_statement(name, sample, file):
    """Every entry that the other reader lists is in ours, in the statement of its record."""
    ours = {one["id"]: one for one in file["statements"]}
    for entry in sample["getEntries"]:
        record = entry["getRecord"]
        statement = ours.get(record["getId"], {"lines": []})
        lines = [line for line in statement["lines"]
                 if minor_units(line) == stated(entry["getAmount"])]
        check(f"{name}: an entry of that amount is read", lines, statement)
        day = (entry["getBookingDate"] or {"0": ""})["0"][:10]
        reference = entry["getAccountServicerReference"]
        check(f"{name}: with its day and reference",
              any(line["day"] == day and reference in (None, line["reference"]) for line in lines),
              lines)
        for balance in record["getBalances"]:
            kind = {"opening": "opening", "closing": "closing"}.get(balance["getType"])
            if kind and name != "camt053.v2.all-balance-types.xml":
                shown = statement.get(kind)
                check(f"{name}: the {kind} balance",
                      shown and minor_units(shown) == stated(balance["getAmount"]), shown)


def bank_statements(_folder, _scratch):
    """Statements that others wrote are read as others read them; unknown versions are named."""
    if BANK_FILES is None:
        return skip("statements of banks", "the samples are not here")
    for file in sorted((BANK_FILES / "samples").glob("*.xml")):
        done = run(PROGRAM, "bank", "statement", str(file), "--json")
        version = re.search(r"xsd:([a-z]+[.0-9]+)\"", file.read_text()).group(1)
        if version not in ("camt.053.001.02", "camt.053.001.08"):
            check(f"{file.name}: {version} is refused by its name",
                  done.returncode == 1 and version.encode() in done.stderr, done.stderr)
        elif file.name == "camt053.v2.wrong.xml":
            check(f"{file.name} is refused", done.returncode == 1, done.stdout)
        else:
            check(f"{file.name} is read", done.returncode == 0, done.stderr)
            if done.returncode == 0:
                sample = json.loads(file.with_suffix(".json").read_text())
                sample_statement(file.name, sample, json.loads(done.stdout))
def told_of(folder):
    return open_data.Told(lambda view: json.loads(
        run(PROGRAM, "ask", view, "--at", str(folder), "--json").stdout))


def refuses(name, faults_of, data, breaks):
    """The check finds a fault in each broken copy, and each copy is another one."""
    for fault, broken in breaks:
        check(f"{name} with {fault} is refused", broken != data and faults_of(broken))


def iati(folder, scratch):
    """Schema, code lists, rules of IATI, and the sums of the views; an error in a copy is found."""
    told = told_of(folder)
    for lang in ("en", "ru", "be"):
        what = f"{lang}/money.iati.xml"
        data = made(folder, what)
        check(f"{what} is there", b"<iati-activity " in data)
        if not data:
            continue
        sums = open_data.iati_sum_faults(data, told)
        check(f"{what} has the sums of the views", not sums, sums)
        value = re.search(rb">(\d+)\.\d\d</value>", data)[1]
        broken = data.replace(b">" + value + b".", b">1" + value + b".", 1)
        check(f"{what} with another amount has not", open_data.iati_sum_faults(broken, told))
        if FUND is None or not shutil.which("xmllint"):
            skip("IATI's schema and rules", "they, or xmllint, are not here")
            continue
        # A union has no purpose codes of the OECD, and none is guessed: of that alone it is warned.
        faults = lambda copy: [one for part in open_data.iati_faults(  # noqa: E731
            scratch / "iati.xml", copy, FUND / "iati") for one in part
            if not one.startswith("102.1.1 ")]
        check(f"{what} keeps to IATI 2.03", not faults(data), faults(data))
        refuses(what, faults, data, (
            ("no description", re.sub(rb"(?s)<description type.*?</description>", b"", data)),
            ("a status out of its place", re.sub(
                rb"(<activity-status [^>]*>\n)(<activity-date [^>]*>\n)", rb"\2\1", data)),
            ("an unknown currency", data.replace(b'currency="RUB"', b'currency="RUX"')),
            ("an unknown type of transaction", data.replace(
                b'<transaction-type code="11"/>', b'<transaction-type code="14"/>')),
            ("a day to come", re.sub(rb'(transaction-date iso-date=")\d{4}', rb"\g<1>2999", data)),
            ("a budget of two years", re.sub(
                rb'period-end iso-date="(\d{4})', lambda year: b'period-end iso-date="%d' % (
                    int(year[1]) + 1), data)),
            ("no sector", re.sub(rb"(?s)<sector .*?</sector>", b"", data)),
            ("half a region", data.replace(b'percentage="100"', b'percentage="50"')),
            ("an identifier of somebody else", data.replace(b"<iati-identifier>XM",
                                                            b"<iati-identifier>XA")),
            ("a slash in a reference", data.replace(
                b'<reporting-org ref="XM', b'<reporting-org ref="X/M'))))
    check("a line has no IATI file of its own", made(folder, "en/money/a-bodies.iati.xml") == b"")


def open_json(folder, file, standard, sum_faults, amount, faults, broken):
    """A file of open data: its sums are those of the views, it keeps to its standard, and broken
    copies of it do not. `amount` finds an amount, by what stands before its first digit."""
    told = told_of(folder)
    for lang in ("en", "ru", "be"):
        what = f"{lang}/{file}"
        data = made(folder, what)
        check(f"{what} is there", data)
        if not data:
            continue
        sums = sum_faults(data, told)
        check(f"{what} has the sums of the views", not sums, sums)
        other = re.sub(amount, rb"\g<1>1\2", data, count=1)
        check(f"{what} with another amount has not", sum_faults(other, told))
        if FUND is None or not has_jsonschema():
            skip(f"the schema of {standard}", "it, or python3-jsonschema, is not here")
            continue
        check(f"{what} keeps to {standard}", not faults(data), faults(data))
        refuses(what, faults, data, broken(data))


def grants(folder, scratch):
    def broken(data):
        first = json.loads(data)["grants"][0]
        return (
            ("no awardDate", data.replace(b'"awardDate"', b'"awarded"')),
            ("an amount as a text", re.sub(rb'("amountAwarded":)([\d.]+)', rb'\1"\2"', data)),
            ("an unknown currency", data.replace(b'"currency":"RUB"', b'"currency":"RUX"')),
            ("a day that is none", re.sub(rb'("awardDate":"\d{4})-\d\d', rb"\1-13", data)),
            ("a grant twice", json.dumps({**json.loads(data), "grants": [
                first, {**first, "title": "Another"}]}).encode()),
            ("no grants", json.dumps({**json.loads(data), "grants": []}).encode()))

    open_json(folder, "money.360giving.json", "360Giving 1.4", open_data.grants_sum_faults,
              rb'("amountAwarded":)(\d)',
              lambda copy: open_data.grants_faults(copy, FUND / "360giving"), broken)


def ocds(folder, scratch):
    def broken(data):
        return (
            ("no ocid", data.replace(b'"ocid"', b'"id_"')),
            ("an unknown tag", data.replace(b'"planning","award"', b'"planing","award"')),
            ("an unknown currency", data.replace(b'"currency":"RUB"', b'"currency":"RUX"')),
            ("an unknown role", data.replace(b'"supplier"', b'"friend"')),
            ("a contract of no award", re.sub(rb'"awardID":"[^"]*"', b'"awardID":"none"', data)),
            ("a payee that is no party", re.sub(rb'("payee":\{"id":")', rb"\1X", data)),
            ("an amount as a text", re.sub(rb'("amount":)([\d.]+)', rb'\1"\2"', data)),
            ("no releases", json.dumps({**json.loads(data), "releases": []}).encode()))

    open_json(folder, "money.ocds.json", "OCDS 1.1", open_data.ocds_sum_faults,
              rb'("contracts":.*?"amount":)(\d)',
              lambda copy: open_data.ocds_faults(copy, FUND / "ocds"), broken)


def has_jsonschema():
    try:
        import jsonschema  # noqa: F401
    except ImportError:
        return False
    return True


def open_examples(folder, scratch):
    """The checks themselves: the smallest sensible files of the three standards pass them."""
    if FUND is None or not shutil.which("xmllint") or not has_jsonschema():
        return skip("the examples of open money", "they or their tools are not here")
    found = open_data.iati_faults(
        scratch / "iati.xml", (FUND / "iati/examples/fund-minimal.xml").read_bytes(), FUND / "iati")
    check("the smallest IATI file passes", found == ([], []), found)
    found = open_data.grants_faults((FUND / "360giving/fund-minimal.json").read_bytes(),
                                    FUND / "360giving")
    check("the smallest file of 360Giving passes", not found, found)
    found = open_data.ocds_faults((FUND / "ocds/fund-minimal-release-package.json").read_bytes(),
                                  FUND / "ocds")
    check("the smallest file of OCDS passes", not found, found)


def main():
    with tempfile.TemporaryDirectory() as scratch:
        scratch = Path(scratch)
        folder = scratch / "union"
        example_year.play(PROGRAM, folder)
        for one in (pdf, akoma_ntoso, calendars, feed_grammar, atom, popolo,
                    register_tables, register_group, cases_taken_over,
                    register_returns, register_on_the_map, register_organisations, register_holders, data_catalogue,
                    payment_orders, bank_statements, open_examples, iati, grants, ocds):
            one(folder, scratch)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

"""Hostile words in every text of the example union: the charter's names and whatever its scenario lets people write are
filled with what would run, break out or be computed where it is not escaped (hostile.py). Then every kind of page,
feed,
picture, table, calendar, document and file is fetched in all three languages and read by a parser of its kind.

The same union is asked with random requests made from its own OpenAPI document: no answer is the program's fault.
"""

import csv
import html
import io
import json
import os
import re
import shutil
import subprocess
import tempfile
import unittest
import urllib.parse
import xml.etree.ElementTree as ElementTree
from html.parser import HTMLParser
from pathlib import Path

from hostile import MARK, HostileUnion
from random_requests import Requests
from served import ROOT, Client, Served, says

LANGUAGES = ("en", "ru", "be")
EACH = int(os.environ.get("VECHE_PAGES_EACH", "4"))  # pages of one shape that are fetched
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
        "circle", "path",
        "rect", "line", "polyline", "polygon", "use", "stop", "ellipse"}
FOREIGN = re.compile(r"^\s*(javascript|vbscript|data|file|blob):", re.IGNORECASE)


class Page(HTMLParser):
    """What a browser would make of a page, as far as it could do harm, and its links."""

    def __init__(self, text, inside=False):
        super().__init__(convert_charrefs=True)
        self.inside = inside
        self.wrong, self.links, self.open, self.script = [], [], [], False
        self.feed(text)
        self.close()
        if self.open:
            self.wrong.append(f"elements that do not end: {self.open[-5:]}")

    def handle_starttag(self, tag, attributes):
        if tag.startswith("xss") or "{{" in tag:
            self.wrong.append(f"an element of somebody's words: {tag}")
        if tag == "script":
            self.script = True
            if not dict(attributes).get("src"):
                self.wrong.append("a script inside the page")
        if tag == "base" and attributes == [("target", "_blank")] and self.inside:
            return  # links of a page inside another site open beside it
        if tag in ("base", "object", "embed", "applet", "iframe", "frame", "style"):
            self.wrong.append(f"an element that no page of ours has: {tag}")
        for name, value in attributes:
            value = value or ""
            if name.startswith("on") or name == "style" or name == "srcdoc":
                self.wrong.append(f"an attribute that runs: {name}={value[:40]}")
            if not re.fullmatch(r"[a-z][a-z0-9:_-]*", name, re.IGNORECASE):
                self.wrong.append(f"an attribute of somebody's words: {name}")
            if name in ("href", "src", "action", "formaction", "xlink:href", "poster", "data", "manifest"):
                if FOREIGN.match(re.sub(r"[\x00-\x20]", "", value)) and not value.startswith("data:image/"):
                    self.wrong.append(f"an address that runs: {name}={value[:60]}")
                if name == "href":
                    self.links.append(value)
                elif name in ("src", "action", "formaction") and re.match(r"(?i)\s*(https?:)?//", value):
                    self.wrong.append(f"something of another site: {name}={value[:60]}")
            if name == "target" and value == "_blank" and "noopener" not in (dict(attributes).get("rel") or ""):
                self.wrong.append("a new window that may act on this one")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        self.script = False if tag == "script" else self.script
        # Ends that may be left out.
        while self.open and self.open[-1] != tag and self.open[-1] in ("p", "li", "td", "th", "tr", "dt", "dd",
                "option", "tbody",
                                                                    "thead", "colgroup", "optgroup"):
            self.open.pop()
        if tag in VOID:
            return
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"an end without its beginning: {tag}")

    def handle_data(self, data):
        if self.script and data.strip():
            self.wrong.append("a script inside the page")

    def handle_comment(self, data):
        if MARK in data:
            self.wrong.append("somebody's words in a comment")


def wrong_in_xml(data):
    try:
        tree = ElementTree.fromstring(data)
    except ElementTree.ParseError as why:
        return [f"XML that is not well formed: {why}"]
    found = []
    for one in tree.iter():
        name = str(one.tag).rsplit("}", 1)[-1]
        if name.startswith("xss") or name.lower() in ("script", "foreignobject"):
            found.append(f"an element of somebody's words: {name}")
        for key, value in one.attrib.items():
            key = key.rsplit("}", 1)[-1]
            if key.startswith("on") or (key in ("href", "src") and FOREIGN.match(value)):
                found.append(f"an attribute that runs: {key}={value[:60]}")
        # HTML inside a feed is read as HTML.
        if one.attrib.get("type") == "html" and one.text:
            found += Page(one.text).wrong
    return found


NUMBER = re.compile(r"[+-]([0-9][0-9A-Za-z\u0080-\U0010ffff .,%]*([eE][+-][0-9]+)?|inf|nan|)")


def wrong_in_csv(text):
    found = []
    for row in csv.reader(io.StringIO(text.lstrip("\ufeff"))):
        for cell in row:
            if cell[:1] and cell[0] in "=@\t\r" or (cell[:1] in ("+", "-") and not NUMBER.fullmatch(cell)):
                found.append(f"a cell that a spreadsheet computes: {cell[:60]}")
    return found


def wrong_in_calendar(text):
    """RFC 5545: after unfolding every line is one that a calendar has, and somebody's words end none."""
    found = []
    for line in text.replace("\r\n ", "").replace("\r\n\t", "").split("\r\n"):
        if "\n" in line or "\r" in line:
            found.append(f"a bare line break: {line[:60]!r}")
        name = re.split("[;:]", line, maxsplit=1)[0]
        if line and not re.fullmatch(r"[A-Z-]+", name):
            found.append(f"a line of somebody's words: {line[:60]}")
        if name in ("X-INJECTED", "ATTENDEE"):
            found.append(f"a property of somebody's words: {line[:60]}")
    return found + ([] if text.count("BEGIN:VEVENT") == text.count("END:VEVENT") else ["events that do not end"])


def wrong_in(answer, path):
    """What is wrong with an answer, and the links it has."""
    kind, text = answer.type, answer.text
    if kind == "text/html":
        page = Page(text, "/embed/" in path)
        raw = [f"unescaped: {text[m.start() - 30:m.start() + 40]!r}" for m in re.finditer("<" + MARK, text)][:3]
        left = ["a place of a template that was not filled"] if re.search(r"(?<!\w)\{\{(?!1\}\})", text) else []
        return page.wrong + raw + left, page.links
    if kind in ("image/svg+xml", "application/atom+xml", "application/xml", "text/xml", "application/akn+xml",
                "application/rdf+xml"):
        return wrong_in_xml(answer.body), []
    if kind in ("application/json", "application/ld+json", "application/geo+json", "application/csvm+json"):
        try:
            json.loads(text)
        except ValueError as why:
            return [f"JSON that is not well formed: {why}"], []
        return [], []
    if kind == "text/csv":
        return wrong_in_csv(text), []
    if kind == "text/calendar":
        return wrong_in_calendar(text), []
    if kind in ("text/plain", "text/css", "text/javascript", "application/pdf", "application/octet-stream",
                "application/problem+json", "image/png", "image/jpeg", "", "text/tab-separated-values"):
        return [], []
    return [f"a kind of file that nobody reads: {kind}"], []


def shape_of(path):
    """Pages alike: sections and forms of addresses, not which thing."""
    path, _, query = path.partition("?")
    parts = path.split("/")
    form = re.search(r"\.[a-z.-]+$", parts[-1])
    names = ",".join(sorted({pair.split("=")[0] for pair in query.split("&") if pair}))
    return "/".join(parts[:3]) + f"#{len(parts)}" + (form.group(0) if form else "") + "?" + names + (""
            if "/do/" not in path else parts[-1])


class Words(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.base = tempfile.TemporaryDirectory()
        ready = os.environ.get("VECHE_HOSTILE_UNION")  # one that was made before, while working on this file
        cls.union = None if ready else HostileUnion(Path(cls.base.name))
        folder = Path(ready or cls.union.folder) / "union"
        cls.secrets = list(cls.sealed_words())
        cls.persons = ["state-secretary", "pa-ru-1", "applicant-40", "barrier-desk", "treasurer", "registrar",
                       "dose-desk"]
        for person in cls.persons:
            if person not in says("account", "list", folder):
                says("account", "add", folder, person, person, "--password-cost", "fast")
        cls.log = open(Path(cls.base.name) / "log", "w+")
        cls.served = Served(folder, "--acts-per-second", "0", "--reads-per-second", "0", "--log", "info", log=cls.log)
        cls.port = cls.served.port

    @classmethod
    def tearDownClass(cls):
        cls.served.stop()
        cls.log.close()
        cls.base.cleanup()

    @staticmethod
    def sealed_words():
        """Lines of what the scenario seals and never discloses."""
        for name in ("closed-draft", "closed-item", "contact-example", "example-report"):
            for line in (ROOT / f"unions/demo/papers/{name}.txt").read_text().splitlines():
                if len(line) > 60:
                    yield line.strip()

    def crawl(self, client, starts, reader=True):
        """Fetches pages that lead to one another, some of each shape; everything wrong with them."""
        queue, seen, shapes, wrong, kinds = list(starts), set(starts), {}, [], {}
        while queue:
            path = queue.pop(0)
            answer = client.get(path)
            kinds[answer.type] = kinds.get(answer.type, 0) + 1
            if answer.status >= 500:
                wrong.append(f"{path}: {answer.status}")
            policy = answer.header("Content-Security-Policy")
            if "default-src 'none'" not in policy or "unsafe" not in policy + "unsafe":
                wrong.append(f"{path}: no policy")
            faults, links = wrong_in(answer, path)
            if not reader:
                faults = faults + [f"what is sealed: {line}" for line in self.secrets
                                   if line in html.unescape(answer.text)]
            wrong += [f"{path}: {fault}" for fault in faults]
            if answer.header("Location"):
                links = [answer.header("Location")]
            for link in links:
                there = urllib.parse.urljoin(path, link.split("#")[0])
                if not there.startswith("/") or there.startswith("//") or "/logout" in there:
                    continue
                shape = shape_of(there)
                if there in seen or shapes.get(shape, 0) >= EACH:
                    continue
                shapes[shape] = shapes.get(shape, 0) + 1
                seen.add(there)
                queue.append(there)
        return wrong, seen, kinds

    def test_nothing_that_people_write_runs_in_any_page_or_file(self):
        kinds, pages = {}, 0
        for language in LANGUAGES:
            starts = [f"/{language}/", f"/{language}/data", f"/{language}/search?q=xss", "/data/catalog.jsonld"]
            for person in (None, "state-secretary") if language != "ru" else (None, "barrier-desk"):
                client = Client(self.port)
                if person:
                    self.assertEqual(client.log_in(person).status, 200)
                wrong, seen, found = self.crawl(client, starts, reader=person is not None)
                client.close()
                self.assertEqual(wrong[:25], [], f"{len(wrong)} faults as {person} in {language}")
                pages += len(seen)
                for kind, count in found.items():
                    kinds[kind] = kinds.get(kind, 0) + count
        self.assertGreater(pages, 1500)
        for kind in ("text/html", "text/csv", "image/svg+xml", "application/atom+xml", "text/calendar",
                     "application/json",
                     "application/ld+json", "application/pdf"):
            self.assertGreater(kinds.get(kind, 0), 2, kind)

    def test_what_is_sealed_is_in_no_page_for_others(self):
        """Neither in a page, a feed, a search, an export or the journal, for the public (the test before) and for
        somebody with an
        account who may not read it; its readers get it."""
        self.assertGreater(len(self.secrets), 3)
        client = Client(self.port)
        client.log_in("applicant-40")
        words = sorted({word for line in self.secrets for word in line.split() if len(word) > 7})[:25]
        starts = [f"/en/search?q={urllib.parse.quote(word)}" for word in words]
        wrong, _, _ = self.crawl(client, [*starts, "/en/", "/en/me", "/en/journal", "/en/barriers", "/en/sessions",
                                          "/en/my"], False)
        self.assertEqual([fault for fault in wrong if "sealed" in fault], [])
        texts = client.get("/api/ask/sealed.texts").json["texts"]
        self.assertGreater(len(texts), 5)
        reader, read = Client(self.port), 0
        reader.log_in("barrier-desk")
        for one in texts:
            commit = next(value for key, value in sorted(one.items()) if key in ("sealed", "id", "commit"))
            for form in ("", "/file"):
                for who in (client, Client(self.port)):
                    answer = who.get(f"/api/sealed/{commit}{form}")
                    if one.get("status", "sealed") == "sealed":
                        self.assertIn(answer.status, (401, 403, 404), (commit, form))
                    for line in self.secrets:
                        self.assertNotIn(line, answer.text)
                read += reader.get(f"/api/sealed/{commit}{form}").status == 200
        self.assertGreater(read, 0, "nobody may read anything: this test shows nothing")
        # Nor in an export of the journal, which anybody may mirror.
        entries = client.get("/health").json["entries"]
        for first in range(0, entries // 256):
            bundle = client.get(f"/journal/tile/entries/{first:03}").text
            for line in self.secrets:
                self.assertNotIn(line, bundle)

    def test_the_words_are_there_at_all(self):
        """Escaped, in the text that a reader sees; or else the test before would look at nothing."""
        client = Client(self.port)
        for path in ("/en/", "/ru/decisions", "/be/programme", "/en/registry", "/en/barriers", "/en/calls",
                     "/en/evidence"):
            self.assertIn("&lt;" + MARK, client.get(path).text, path)
        if self.union:
            rooms = {place.split(".")[0] for place in self.union.spoilt}
            self.assertLessEqual({"assembly", "programme", "fund", "calls", "registry", "barriers", "doses", "evidence",
                                  "prevention", "situation", "beneficiaries"}, rooms)
            self.assertGreater(len(self.union.spoilt), 120)
            self.assertGreater(self.union.ended, 0.9 * len(self.union.lines), self.union.kept)
        client.close()

    def test_words_that_come_back_from_a_request_are_escaped(self):
        """Queries, forms that failed, paths that are none: what is reflected is never part of the page."""
        client = Client(self.port)
        client.log_in("state-secretary")
        evil = "\"'><" + MARK + " onload=x>=</script>{{1}}"
        quoted = urllib.parse.quote(evil)
        pages = [f"/en/search?q={quoted}", f"/en/search?q=x&kind={quoted}", f"/en/{quoted}", f"/en/decisions/{quoted}",
                 f"/en/decisions?body={quoted}",
                 f"/en/do/assembly.convene_session?title.en={quoted}&_fill.title.en={quoted}"
                 f"&_fold.place={quoted}&_back={quoted}", f"/en/do/{quoted}", f"/en/login?back={quoted}", f"/{quoted}",
                 f"/en/explore/{quoted}", f"/en/journal?type={quoted}",
                 f"/en/programme?state={quoted}&done={quoted}&seq={quoted}",
                 f"/en/?done={quoted}", f"/en/registry?q={quoted}&member={quoted}", f"/en/take/{quoted}?part={quoted}",
                 f"/en/embed/{quoted}", f"/en/confirm/{quoted}", f"/en/unsubscribe/{quoted}", f"/en/my/{quoted}.atom",
                 f"/en/barriers?q={quoted}&class={quoted}", f"/en/partners?q={quoted}", f"/assets/{quoted}",
                 f"/journal/{quoted}",
                 f"/data/{quoted}"]
        for path in pages:
            answer = client.get(path, Accept="text/html")
            self.assertEqual(wrong_in(answer, path)[0] if answer.type == "text/html" else [], [], path)
            self.assertLess(answer.status, 500, path)
        for path, fields in (("/en/login", {"name": evil, "password": evil, "back": evil}),
                             ("/en/do/assembly.convene_session", {"csrf": client.csrf, "title.en": evil,
                                                                  "place": evil, "_back": evil,
                                                                  "auth": evil, "at": evil, "body": evil, evil: evil}),
                             ("/en/barriers/report", {"text": evil, "mail": evil, "member": evil, evil: evil}),
                             ("/en/barriers/mine", {"secret": evil, "word": evil})):
            answer = client.post(path, fields)
            self.assertEqual(wrong_in(answer, path)[0], [], path)
            self.assertLess(answer.status, 500, path)
        client.close()

    @unittest.skipUnless(shutil.which("pdftotext"), "pdftotext is not installed (Debian: poppler-utils)")
    def test_documents_say_the_words_and_do_nothing(self):
        """A PDF holds neither script nor action, whatever the minutes quote."""
        client = Client(self.port)
        wrong, seen, _ = self.crawl(client, ["/en/sessions", "/en/decisions", "/ru/acts"])
        files = sorted(path for path in seen if ".pdf" in path)
        self.assertGreater(len(files), 2)
        words = 0
        for path in files:
            answer = client.get(path)
            self.assertEqual(answer.status, 200, path)
            for name in (b"/JavaScript", b"/JS", b"/Launch", b"/OpenAction", b"/SubmitForm", b"/EmbeddedFile"):
                self.assertNotIn(name, answer.body, path)
            said = subprocess.run(["pdftotext", "-", "-"], input=answer.body, capture_output=True, check=True).stdout
            words += (MARK.encode() in said.replace(b"\n", b""))
        self.assertGreater(words, 0)
        client.close()

    def test_random_requests_find_no_fault_of_the_program(self):
        for seed in (1, 2):
            run = Requests(self.port, self.persons, seed)
            run.send(int(os.environ.get("VECHE_RANDOM_REQUESTS", "1500")))
            run.close()
            self.assertEqual(run.faults[:10], [])
            # Or else the generator would be thrown back at the door each time.
            self.assertGreater(run.share(200), 0.15, run.statuses)
        self.assertTrue(self.served.alive())


if __name__ == "__main__":
    unittest.main()

"""The example union with hostile words: every text that its scenario and its charter leave to people
is filled with what would do harm where it is not escaped. What a command may not hold is refused, and that
place keeps its own words; `kept` says which.

As a program: hostile.py FOLDER makes such a union and says what stands where.
"""

import copy
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PROGRAM = os.environ.get("VECHE_PROGRAM", str(ROOT / "build/dev/veche"))

# Ends attributes, elements, scripts and templates; begins a formula; no entity may be read out of it.
MARK = "xss-m"
WORDS = """=</script></textarea></title><xss-m a="'>{{1}}&lt;"""
ADDRESS = """javascript:xss("<xss-m>")"""
# Names of fields in which people give addresses.
ADDRESSES = {"url", "link", "website", "site", "href", "address"}
# Texts that a machine reads: what they may hold has a form of its own, which the schema does not say.
FORMED = {"rule", "roll", "seed", "commitment", "media", "public_key", "lot", "stream", "zone", "iban", "bic", "type",
          "scheme", "code", "fingerprint", "unit"}
# And the same of single fields, by command.
AS_GIVEN = {
    "assembly.add_paper": "language",
    "assembly.answer_invitation": "seat",
    "assembly.cast_ballot": "seat",
    "assembly.cast_election_ballot": "seat",
    "assembly.close_election": "lot_number",
    "assembly.correct_ballot": "seat",
    "assembly.give_proxy": "proxy seat",
    "assembly.object_to_silence": "seat",
    "assembly.open_election": "lot_commitment",
    "assembly.open_secret_vote": "options.id",
    "assembly.register_credential": "seat",
    "assembly.register_presence": "seat",
    "assembly.require_papers": "languages",
    "assembly.sign_act": "as",
    "assembly.support_motion": "seat",
    "assembly.table_amendment": "text",
    "barriers.notify_draft": "hinders.headings hinders.services",
    "barriers.register_case": "hinders.headings hinders.services",
    "barriers.weigh": "finding row",
    "barriers.stage_cases": "cases.hinders.headings cases.hinders.services",
    "calls.commit_lot": "hash",
    "calls.reveal_lot": "number",
    "evidence.attach_finding": "to.id",
    "evidence.publish_finding": "figures.high figures.low figures.name figures.value specified.data.role "
                                "specified.method specified.parameters.name specified.parameters.value",
    "fund.record_statement": "lines.line",
    "people.enroll_key": "key",
    "prevention.order_measure": "what.asks what.where",
    "programme.complete_measure": "evidence.sha256",
    "programme.report_progress": "evidence.sha256 period",
    "registry.record_organisation": "sectors",
    "registry.record_owners": "holders.held.exact holders.held.high holders.held.low",
    "registry.submit_profile": "headings seeks",
}
GIVEN = {f"{kind}.{field}" for kind, fields in AS_GIVEN.items() for field in fields.split()}


def is_words(schema):
    return schema.get("type") == "string" and not any(
        key in schema for key in ("pattern", "enum", "format", "contentEncoding"))


def spoil(value, schema, name, place, skip):
    """The value with its texts spoilt; `place` is the type of the command and the path of the field."""
    if place in skip or place in GIVEN or name in FORMED or schema is None:
        return value
    if isinstance(value, str):
        if not is_words(schema) or value.startswith("@") or not value:
            return value
        if name in ADDRESSES:
            return ADDRESS
        return "\n\n".join(WORDS + paragraph[:12] for paragraph in value.split("\n\n"))
    if isinstance(value, list):
        return [spoil(one, schema.get("items"), name, place, skip) for one in value]
    if not isinstance(value, dict):
        return value
    fields, others = schema.get("properties", {}), schema.get("additionalProperties")
    out = {}
    for key, one in value.items():
        if key in fields:
            out[key] = spoil(one, fields[key], key, f"{place}.{key}", skip)
        elif isinstance(others, dict):
            out[key] = spoil(one, others, name, place, skip)
        else:
            out[key] = one
    return out


class HostileUnion:
    """Makes it in a folder; `spoilt` are the places that hold the words, `kept` those that do not."""

    def __init__(self, folder, charter=ROOT / "unions/union-state.toml",
                 play=ROOT / "unions/demo/year.play", retries=25):
        self.folder = Path(folder)
        self.schemas = {}
        self.kept = {}
        self.spoilt = {}
        self.persons = []
        self.played = 0
        self.folder.mkdir(parents=True, exist_ok=True)
        self.charter = self.folder / "charter.toml"
        self.charter.write_text(self.spoilt_charter(Path(charter).read_text()))
        self.lines = Path(play).read_text().splitlines()
        self.beside = Path(play).parent
        self.play = self.folder / "hostile.play"
        for one in self.beside.iterdir():
            link = self.folder / one.name
            if one.is_dir() and not link.exists():
                link.symlink_to(one)
        self.ended = len(self.lines)  # how many lines of the scenario were played
        self.load(retries)

    def schema(self, kind):
        if kind not in self.schemas:
            said = subprocess.run([PROGRAM, "describe", kind, "--json"], capture_output=True, text=True)
            self.schemas[kind] = json.loads(said.stdout) if said.returncode == 0 else None
        return self.schemas[kind]

    def spoilt_charter(self, text):
        """Names and notes in every language; what the file says of itself stays."""
        def words(found):
            return found.group(1) + json.dumps(WORDS + found.group(2)[:12], ensure_ascii=False)
        text = re.sub(r'\b((?:en|ru|be) = )"((?:[^"\\]|\\.)*)"', words, text)
        return re.sub(r'(?m)^(source = )"((?:[^"\\]|\\.)*)"', words, text)

    def spoilt_line(self, line):
        one = json.loads(line)
        if "type" not in one:
            self.persons.append(one.get("account"))
            return line
        if one.get("refused") or one.get("rows"):
            return line
        before = copy.deepcopy(one["body"])
        one["body"] = spoil(one["body"], self.schema(one["type"]), "", one["type"], self.kept)
        self.note(before, one["body"], one["type"])
        return json.dumps(one, ensure_ascii=False)

    def note(self, before, after, place):
        if isinstance(after, dict):
            for key in after:
                self.note(before[key], after[key], f"{place}.{key}")
        elif isinstance(after, list):
            for old, new in zip(before, after):
                self.note(old, new, place)
        elif before != after:
            self.spoilt[place] = self.spoilt.get(place, 0) + 1

    def load(self, retries):
        plain = set()
        for _ in range(retries):
            self.spoilt, self.persons = {}, []
            rows = [line if not line.strip() or line.startswith("#") or number in plain
                    else self.spoilt_line(line) for number, line in enumerate(self.lines)]
            # What was refused as it should be would be refused otherwise when it is played again.
            rows[:self.played] = ["#" if '"refused"' in row else row for row in rows[:self.played]]
            self.play.write_text("\n".join(rows) + "\n")
            union = self.folder / "union"
            done = subprocess.run([PROGRAM, "play", union, self.play, "--charter", self.charter, "--json"],
                                  capture_output=True, text=True)
            if done.returncode == 0:
                return
            self.learn(done.stdout + done.stderr, plain)
            if self.ended < len(self.lines):
                return
        raise RuntimeError("the hostile union cannot be made: " + done.stdout + done.stderr)

    def learn(self, said, plain):
        """Which words were refused: the field is told, or else the whole line keeps its own."""
        found = re.search(r'"field":"line (\d+)"', said)
        if not found:
            raise RuntimeError("the hostile union cannot be made: " + said)
        number = int(found.group(1)) - 1
        if "stands for nothing" in said and self.played:  # what was made on the way is made anew
            shutil.rmtree(self.folder / "union")
            self.played = 0
            return
        self.played = number
        kind = json.loads(self.lines[number]).get("type", "")
        field = re.search(r"field ([A-Za-z0-9_.]+)\)", said)
        steps = [step for step in field.group(1).split(".") if not step.isdigit()] if field else []
        while steps:
            place = ".".join([kind, *steps])
            if place not in self.kept and any(one.startswith(place) for one in self.spoilt):
                self.kept[place] = re.search(r"\(([a-z_.]+)", said).group(1)
                return
            steps.pop()
        if number in plain:  # what stands before it made it impossible; it ends here
            self.ended = number
        plain.add(number)
        self.kept[f"line {number + 1} {kind}"] = said[:300]


if __name__ == "__main__":
    made = HostileUnion(sys.argv[1])
    print(json.dumps({"spoilt": made.spoilt, "kept": made.kept}, indent=1, ensure_ascii=False))

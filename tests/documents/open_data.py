"""What the standards of open money ask of a file, and one does not do: IATI 2.03, 360Giving 1.4,
OCDS 1.1.5. Written afresh from the texts of the standards; their schemas, code lists and rules are
read where they lie, and nothing is fetched.

The rules of IATI are XPath already, but for a frame of names (rulesets/SPEC.rst). Each becomes one
expression that is true where the rule holds, and xmllint answers all of them at once.
"""

import csv
import datetime
import json
import re
import subprocess
import warnings
import xml.etree.ElementTree as ET
from collections import Counter
from decimal import Decimal

LANG = "{http://www.w3.org/XML/1998/namespace}lang"
FORBIDDEN = "/&|?"  # the one expression that the rules know: [^\/\&\|\?]+


# --- The rules of IATI as XPath

def day_number(path):
    return f"number(translate(substring({path}, 1, 10), '-', ''))"


def joined(paths):
    return " | ".join(paths)


def none_of(paths, what):
    return f"not(({joined(paths)})[{what}])"


def date_order(case, now):
    if case["more"] == "NOW":
        return none_of([case["less"]], f"{day_number('.')} > {now}")
    return (f"not({case['less']}) or not({case['more']}) or "
            f"{day_number(case['less'])} <= {day_number(case['more'])}")


def one_or_all(case):
    every = {"lang": "not(.//narrative[not(@xml:lang)])",
             "currency": "not(.//value[not(@currency)])",
             "sector": "transaction and not(transaction[not(sector)])"}[case["all"]]
    return f"({case['one']}) or ({every})"


def regex_matches(case):
    if re.sub(r"[\\^$]", "", case["regex"]) != "[/&|?]+":
        raise ValueError(case["regex"])
    return none_of(case["paths"], f"translate(., '{FORBIDDEN}', '') != . or . = ''")


def starts_with(case):
    if "ORG-ID-PREFIX" in case["prefix"]:
        return "true()"  # a list of registered agencies that only the network has
    fits = " or ".join(f"starts-with({path}, concat({prefix}, '{case['separator']}'))"
                       for path in case["paths"] for prefix in case["prefix"])
    return fits


def holds(rule, case, now):
    """The case as an expression that is true of an element where the rule holds."""
    paths = case.get("paths", [])
    made = {
        "atleast_one": lambda: f"boolean({joined(paths)})",
        "no_more_than_one": lambda: f"count({joined(paths)}) <= 1",
        "one_or_all": lambda: one_or_all(case),
        "only_one_of": lambda: f"not({joined(case['excluded'])}) or not({joined(paths)})",
        "date_order": lambda: date_order(case, now),
        "date_now": lambda: none_of([case["date"]], f"{day_number('.')} > {now}"),
        "time_limit": lambda: f"{day_number(case['end'])} <= {day_number(case['start'])} + 10000",
        "between_dates": lambda: none_of([case["date"]],
                                         f"{day_number('.')} < {day_number(case['start'])}"),
        "regex_matches": lambda: regex_matches(case),
        "startswith": lambda: starts_with(case),
        "unique": lambda: f"count({joined(paths)}) < 2 or {paths[0]} != {paths[-1]}",
        "no_spaces": lambda: none_of(paths, "starts-with(., ' ') or "
                                            "substring(., string-length(.)) = ' '"),
        "range": lambda: none_of(paths, f". < {case.get('min')} or . > {case.get('max')}"),
        "sum": lambda: f"not({joined(paths)}) or sum({joined(paths)}) = {case['sum']}",
        "strict_sum": lambda: f"not({joined(paths)}) or sum({joined(paths)}) = {case['sum']}",
        "if_then": lambda: f"not({case['if']}) or ({case['then']})",
    }[rule]()
    return f"not({case['condition']}) or ({made})" if "condition" in case else made


def cases_of(rules, vocabularies):
    """Every rule and its case; a loop becomes a case for each vocabulary that the file uses."""
    for rule, body in rules.items():
        for case in body["cases"]:
            if rule != "loop":
                yield rule, case
                continue
            for inner, one in ((r, c) for r, b in case["do"].items() for c in b["cases"]):
                for word in vocabularies:
                    bound = json.loads(json.dumps(one).replace("$1", word))
                    present = f"{case['foreach']}[. = '{word}']"
                    if "condition" in bound:
                        present += f" and ({bound['condition']})"
                    yield inner, {**bound, "condition": present}


def rule_faults(file, data, ruleset):
    """Rules that some element breaks: their number, or where they stand, and how grave they are."""
    tree = ET.fromstring(data)
    now = f"{datetime.date.today():%Y%m%d}"
    vocabularies = sorted({e.get("vocabulary") for e in tree.iter() if e.get("vocabulary")})
    rules = []
    for context, of in json.loads(ruleset.read_text()).items():
        for rule, case in cases_of(of, vocabularies):
            info = case.get("ruleInfo", {})
            rules.append((f"{info.get('id', context)} {rule} {case.get('paths', '')}",
                          info.get("severity", "error"),
                          f"not(({context})[not({holds(rule, case, now)})])"))
    asked = "concat(" + ", ' ', ".join(f"string({test})" for _, _, test in rules) + ")"
    done = subprocess.run(["xmllint", "--nonet", "--xpath", asked, str(file)], capture_output=True,
                          text=True, check=False)
    answers = done.stdout.split()
    if done.returncode or len(answers) != len(rules):
        return [("the rules could not be asked: " + done.stderr, "error")]
    return [(name, grave) for (name, grave, _), said in zip(rules, answers) if said != "true"]


# --- Code lists, and IATI as a whole

def code_lists(folder):
    lists = {}
    for file in folder.glob("*embedded/*.xml"):
        tree = ET.parse(file).getroot()
        if tree.get("complete") != "0":
            lists[tree.get("name")] = {e.text for e in tree.iter("code")}
    return lists


def values_at(tree, path, condition):
    """Values of an attribute or a text, `//a/b/@c`, of elements of which the condition is true."""
    above = ET.Element("above")
    above.append(tree)
    *steps, last = path.strip("/").split("/")
    for element in above.iterfind(".//" + "/".join(steps or ["*"])):
        if condition:
            vocabulary = element.get("vocabulary")
            if vocabulary not in re.findall(r"= '(\w+)'", condition) and not (
                    vocabulary is None and "not(@vocabulary)" in condition):
                continue
        value = element.text if last == "text()" else element.get(
            LANG if last == "@xml:lang" else last[1:])
        if value is not None:
            yield value


def code_faults(data, folder):
    tree, lists = ET.fromstring(data), code_lists(folder)
    faults = []
    for mapping in ET.parse(folder / "mapping.xml").getroot():
        codes = lists.get(mapping.find("codelist").get("ref"))
        path = mapping.findtext("path")
        for value in values_at(tree, path, mapping.findtext("condition")) if codes else []:
            if value not in codes:
                faults.append(f"{path} is {value}")
    return faults


def iati_faults(file, data, folder):
    """All that a validator would call an error, and all warnings."""
    file.write_bytes(data)
    looked = subprocess.run(["xmllint", "--nonet", "--noout", "--schema",
                             str(folder / "schema/iati-activities-schema.xsd"), str(file)],
                            capture_output=True, text=True, check=False)
    if looked.returncode:
        return [looked.stderr], []
    errors, warned = code_faults(data, folder / "codelists"), []
    for ruleset in ("standard_py.json", "standard.json"):
        for name, grave in rule_faults(file, data, folder / "rulesets" / ruleset):
            (errors if grave == "error" else warned).append(name)
    ids = [e.text for e in ET.fromstring(data).iter("iati-identifier")]
    if len(ids) != len(set(ids)):
        errors.append("two activities have the same identifier")
    return errors, warned


# --- JSON

FORMATS = {"date-time": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)",
           "uri": r"[a-z][a-z0-9+.-]*:[!-~]+"}


def format_checker():
    """360Giving tells dates from moments by their form, so those that it names are looked at here:
    what the library itself looks at depends on what else is installed."""
    import jsonschema
    checker = jsonschema.FormatChecker(formats=())
    for name, form in FORMATS.items():
        checker.checks(name)(
            lambda value, form=form: not isinstance(value, str) or bool(re.fullmatch(form, value)))
    return checker


def schema_faults(validator, schema, store, package):
    import jsonschema
    warnings.simplefilter("ignore", DeprecationWarning)
    checker = validator(schema, resolver=jsonschema.RefResolver.from_schema(schema, store=store),
                        format_checker=format_checker())
    return [f"{'/'.join(map(str, one.absolute_path))}: {one.message[:200]}"
            for one in checker.iter_errors(package)]


def repeated(ids):
    return [f"{one} is there twice" for one in sorted({i for i in ids if ids.count(i) > 1})]


def grants_faults(data, folder):
    import jsonschema
    package = json.loads(data)
    grant = json.loads((folder / "schema/360-giving-schema.json").read_text())
    whole = json.loads((folder / "schema/360-giving-package-schema.json").read_text())
    # The package names the grant by the address of the version before.
    store = {whole["properties"]["grants"]["items"]["$ref"]: grant, grant["$id"]: grant}
    return (schema_faults(jsonschema.Draft202012Validator, whole, store, package)
            + repeated([one.get("id") for one in package.get("grants", [])]))


def ocds_faults(data, folder):
    import jsonschema
    package = json.loads(data)
    release = json.loads((folder / "schema/release-schema.json").read_text())
    whole = json.loads((folder / "schema/release-package-schema.json").read_text())
    store = {whole["properties"]["releases"]["items"]["$ref"]: release, release["id"]: release}
    faults = schema_faults(jsonschema.Draft4Validator, whole, store, package)
    with open(folder / "schema/codelists/partyRole.csv", encoding="utf-8") as file:
        roles = {row["Code"] for row in csv.DictReader(file)}
    releases = package.get("releases", [])
    faults += repeated([one.get("id") for one in releases])
    for one in releases:
        parties = {party["id"] for party in one.get("parties", [])}
        faults += [f"{role} is no role" for party in one.get("parties", [])
                   for role in set(party.get("roles", [])) - roles]
        awards = {award["id"] for award in one.get("awards", [])}
        named = [supplier["id"] for award in one.get("awards", [])
                 for supplier in award.get("suppliers", [])]
        for contract in one.get("contracts", []):
            if contract.get("awardID") not in awards:
                faults.append(f"{contract.get('awardID')} is no award")
            moved = contract.get("implementation", {}).get("transactions", [])
            faults += repeated([each["id"] for each in moved])
            named += [each[side]["id"] for each in moved for side in ("payer", "payee")]
        faults += [f"{name} is no party" for name in named if name not in parties]
    return faults


# --- The same sums as the views

class Told:
    """What the fund's views say, as decimal numbers of currencies. `ask` answers a view by name."""

    def __init__(self, ask):
        self.units = {one["id"]: 10 ** one["scale"] for one in ask("charter.union")["units"]
                      if one["kind"] == "money"}
        rows = {name: [row for row in ask(f"fund.{name}")[part] if self.is_money(row[key])]
                for name, part, key in (("contributions", "members", "assessed"),
                                        ("budget", "lines", "amended"),
                                        ("commitments", "commitments", "amount"),
                                        ("payments", "payments", "amount"),
                                        ("balances", "accounts", "balance"))}
        self.members, self.lines = rows["contributions"], rows["budget"]
        self.balances = rows["balances"]
        self.commitments = {row["id"]: row for row in rows["commitments"]
                            if row["status"] in ("open", "done")}
        self.recovered = Counter()
        for row in rows["payments"]:
            self.recovered[row["commitment"]] += self.number(row["recovered"])

    def is_money(self, amount):
        return amount["unit"] in self.units

    def number(self, amount):
        return Decimal(amount["minor"]) / self.units[amount["unit"]]

    def sum(self, rows, *fields):
        """Sums by unit; a field with a minus before it is taken off."""
        sums = Counter()
        for row in rows:
            for field in fields:
                amount = row[field.lstrip("-")]
                sums[amount["unit"]] += self.number(amount) * (-1 if field[0] == "-" else 1)
        return sums

    def held(self, *kinds):
        return self.sum((row for row in self.balances if row["account"].startswith(kinds)
                         and not row["account"].startswith("Income:Contribution:")), "balance")

    def awarded(self, row):
        return self.number(row["amount"]) - self.number(row["released"])

    def disbursed(self, row):
        return (self.number(row["paid"]) + self.number(row["advanced"])
                - self.recovered[row["id"]])


def unlike(name, said, told):
    units = sorted({*said, *told})
    return [f"{name}: {said[unit]} {unit}, not {told[unit]}" for unit in units
            if said[unit] != told[unit]]


def iati_sum_faults(data, told):
    """Sums by type of transaction and of budget, against contributions, budget, commitments,
    payments and balances; and what came in less what went out, against the bank."""
    moved, first, in_force = {}, Counter(), Counter()
    for one in ET.fromstring(data).iter("iati-activity"):
        for step in one.iter("transaction"):
            value = step.find("value")
            sums = moved.setdefault(step.find("transaction-type").get("code"), Counter())
            sums[value.get("currency")] += Decimal(value.text)
        values = {e.get("type"): e.find("value") for e in one.iter("budget")}
        for sums, kinds in ((first, "1"), (in_force, "21")):
            value = next((values[kind] for kind in kinds if kind in values), None)
            if value is not None:
                sums[value.get("currency")] += Decimal(value.text)
    of = lambda code: moved.get(code, Counter())  # noqa: E731
    came_in, went_out = of("1"), Counter(of("3"))
    went_out.update(of("4"))
    earned, back_as_income = told.held("Income:"), told.held("Income:Recovered")
    received = told.sum(told.members, "received")
    received.subtract(earned)  # income stands below zero in the book
    spent = Counter()
    for row in told.commitments.values():
        spent[row["amount"]["unit"]] += told.disbursed(row)
    spent.subtract(back_as_income)
    left = Counter(came_in)
    left.subtract(went_out)
    return (unlike("called", of("11"), told.sum(told.members, "assessed", "-written_off"))
            + unlike("came in", came_in, received)
            + unlike("committed", of("2"),
                     told.sum(told.commitments.values(), "amount", "-released"))
            + unlike("disbursed", of("3"), spent)
            + unlike("in the bank", left, told.held("Bank:", "Exchange"))
            + unlike("first decided", first, told.sum(told.lines, "original"))
            + unlike("in force", in_force, told.sum(told.lines, "amended", "-given")))


def exact(data):
    return json.loads(data, parse_float=Decimal)


def grants_sum_faults(data, told):
    faults, seen = [], set()
    for one in exact(data)["grants"]:
        row = next((row for id_, row in told.commitments.items() if one["id"].endswith("-" + id_)
                    and one["url"].endswith("/" + id_)), None)
        if row is None:
            faults.append(f"{one['id']} is no commitment")
            continue
        seen.add(row["id"])
        for said, steps, told_of in (
                ("amountAwarded", "commitmentTransaction", told.awarded(row)),
                ("amountDisbursed", "disbursementTransaction", told.disbursed(row))):
            summed = sum((step["value"] for step in one.get(steps, [])), Decimal(0))
            if not one[said] == summed == told_of:
                faults.append(f"{one['id']}: {said} {one[said]}, steps {summed}, not {told_of}")
        if one["currency"] != row["amount"]["unit"]:
            faults.append(f"{one['id']} is in {one['currency']}")
    return faults + [f"{id_} is missing" for id_ in set(told.commitments) - seen]


def ocds_sum_faults(data, told):
    faults, seen = [], set()
    for release in exact(data)["releases"]:
        for one in release.get("contracts", []):
            row = told.commitments.get(one["id"])
            if row is None:
                faults.append(f"{one['id']} is no commitment")
                continue
            seen.add(row["id"])
            own, summed = release["buyer"]["id"], Decimal(0)
            for step in one.get("implementation", {}).get("transactions", []):
                amount = step["value"]["amount"]
                summed += amount if step["payer"]["id"] == own else -amount
            award = release["awards"][0]["value"]["amount"]
            if (award, one["value"]["amount"], summed) != (
                    told.number(row["amount"]), told.awarded(row), told.disbursed(row)):
                faults.append(f"{one['id']}: {award}, {one['value']['amount']}, {summed}")
    return faults + [f"{id_} is missing" for id_ in set(told.commitments) - seen]

"""Evidence: which findings stand, on which data, and what others came to. Figures are computed by
nobody here; `veche verify --evidence` does that."""

import re
from fractions import Fraction

DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")
METHOD = re.compile(r"[a-z0-9-]+/[1-9][0-9]{0,3}")


def decimal(text):
    digits = sum(c.isdigit() for c in text)
    if not DECIMAL.fullmatch(text) or digits > 18 or (text[0] == "-" and not Fraction(text)):
        raise ValueError(f"{text} is no decimal as figures have it")
    return Fraction(text)


def rising(names):
    if any(a >= b for a, b in zip(names, names[1:])):
        raise ValueError("names do not rise")


def pairs_of(method, names):
    """Pairs of regions that figures name, as in density.8701-BY-HM-RU-BRY, each once."""
    found = [name.partition(".")[2].split("-") for name in names]
    half = lambda one: len(one) // 2 + 1
    return list(dict.fromkeys(
        (one[0], "-".join(one[1:half(one)]), "-".join(one[half(one):])) for one in found
        if method == "joint-enterprises/1" and len(one) in (3, 5) and one[0].isdigit()))


class Evidence:
    def __init__(self):
        self.datasets, self.findings = {}, {}

    def act(self, name, body, actor):
        return getattr(self, name)(body, actor)

    def register_dataset(self, body, _):
        older = self.datasets[body["replaces"]] if "replaces" in body else None
        if body["dataset"] in self.datasets or (older and older["replaced"]):
            raise ValueError("the data set is there already, or replaced")
        if older:
            older["replaced"] = True
        self.datasets[body["dataset"]] = {
            "hash": body["file"]["sha256"], "replaced": False, "withdrawn": False,
            "readable": body["layout"] != "other"}

    def withdraw_dataset(self, body, _):
        data = self.datasets[body["dataset"]]
        if data["withdrawn"]:
            raise ValueError("the data set was withdrawn before")
        data["withdrawn"] = True

    def standing(self, name):
        finding = self.findings[name]
        if finding["over"]:
            raise ValueError(f"the finding {name} stands no more")
        return finding

    def publish_finding(self, body, actor):
        older = self.standing(body["corrects"]) if "corrects" in body else None
        if body["finding"] in self.findings:
            raise ValueError("the finding is there already")
        asked = body["specified"]
        if not METHOD.fullmatch(asked["method"]):
            raise ValueError("that is no method")
        rising([one["role"] for one in asked["data"]])
        rising([one["name"] for one in asked.get("parameters", [])])
        for one in asked["data"]:
            data = self.datasets[one["dataset"]]
            if data["withdrawn"] or not data["readable"]:
                raise ValueError("the finding rests on data that nobody should or could read")
        names = [one["name"] for one in body["figures"]]
        if not names or len(set(names)) != len(names):
            raise ValueError("figures have names of their own")
        for one in body["figures"]:
            value = decimal(one["value"])
            if ("low" in one) != ("high" in one):
                raise ValueError("an interval has two ends")
            if "low" in one and not decimal(one["low"]) <= value <= decimal(one["high"]):
                raise ValueError("the figure lies outside of its interval")
        if older:
            older["over"] = "corrected"
        self.findings[body["finding"]] = {"by": actor, "over": "", "agrees": 0, "differs": 0,
                                          "beside": [], "pairs": pairs_of(asked["method"], names)}

    def pairs(self):
        """(product, maker, partner) of findings on joint enterprises that stand, by finding."""
        return [pair for _, one in sorted(self.findings.items()) if not one["over"]
                for pair in one["pairs"]]

    def review_finding(self, body, actor):
        finding = self.standing(body["finding"])
        if finding["by"] == actor:
            raise ValueError("whoever published a finding does not judge it")
        finding[body["outcome"]] += 1

    def withdraw_finding(self, body, _):
        self.standing(body["finding"])["over"] = "withdrawn"

    def attach_finding(self, body, _):
        where = (body["to"]["kind"], body["to"]["id"])
        beside = self.standing(body["finding"])["beside"]
        if where in beside:
            raise ValueError("the finding lies there already")
        beside.append(where)

    def detach_finding(self, body, _):
        self.findings[body["finding"]]["beside"].remove((body["from"]["kind"], body["from"]["id"]))

    def summary(self):
        return {name: {"over": one["over"], "agrees": one["agrees"], "differs": one["differs"],
                       "beside": [list(where) for where in one["beside"]]}
                for name, one in sorted(self.findings.items())}

"""What a call divides over parties, recomputed unit by unit and in fractions (docs/format/calls.md). Lines
and levels that several values would satisfy are not recomputed but judged."""

from fractions import Fraction

from checks import equal

ROWS = {  # divisor of the seat after `s` of them
    "dhondt": lambda s: Fraction(s + 1), "sainte_lague": lambda s: Fraction(2 * s + 1),
    "modified_sainte_lague": lambda s: Fraction(7, 5) if s == 0 else Fraction(2 * s + 1),
    "adams": Fraction, "danish": lambda s: Fraction(3 * s + 1),
    "imperiali": lambda s: Fraction(s + 2),
    "dean": lambda s: Fraction(2 * s * (s + 1), 2 * s + 1)}


def text(value):
    return str(value.numerator) if value.denominator == 1 \
        else f"{value.numerator}/{value.denominator}"


def amount(terms):
    return int(terms["of"]["minor"]) if "of" in terms else terms["places"]


def claim(terms, claims, party):
    """The claim that counts of a division; None of an apportionment."""
    if "divide" not in terms:
        return None
    if "claim" in party:
        return party["claim"]
    if party["party"] in claims:
        return claims[party["party"]]["claim"]
    return party.get("weight", 0) if terms["divide"]["missing"] == "weight" else 0


class Tied(Exception):
    """Lots are needed, and there are none."""


class Rule:
    """Who of equals comes first: by the list, or by the numbers of a lottery."""

    def __init__(self, key):
        self.key, self.used = key, []

    def first(self, group, names, places):
        chosen = list(names)
        if self.key is not None:
            chosen = sorted(names, key=self.key)
        chosen = chosen[:places]
        self.used.append({"group": group, "units": places, "among": list(names),
                          "given": [n for n in names if n in chosen]})
        return chosen


def quotient(terms, row, weight, seat):
    """What a party stands with for its unit number `seat`; squares where divisors are roots."""
    if terms["method"] == "huntington_hill":
        return (1, weight) if seat == 1 else (0, Fraction(weight * weight, seat * (seat - 1)))
    divisor = row(seat - 1)
    return (1, weight) if divisor == 0 else (0, Fraction(weight) / divisor)


def row_of(terms):
    if terms["method"] == "divisors":
        d = terms["divisors"]
        return lambda s: Fraction(d["first"] if s == 0 else d["second"] + (s - 1) * d["step"])
    return ROWS.get(terms["method"])


def by_quotients(terms, group, units, rows, rule, marks):
    """One unit after the other; those who stand equal for the last ones are a tie."""
    row = row_of(terms)
    got = {r["name"]: r["least"] or 0 for r in rows}
    won, left = [], units - sum(got.values())
    standing = lambda r: quotient(terms, row, r["weight"], got[r["name"]] + 1)
    free = lambda: [r for r in rows if r["most"] is None or got[r["name"]] < r["most"]]
    while left:
        best = max(standing(r) for r in free())
        equals = [r["name"] for r in free() if standing(r) == best]
        if len(equals) > left:
            equals = rule.first(group, equals, left)
        for name in equals:
            got[name] += 1
        won.append(best)
        left -= len(equals)
    weight = {r["name"]: r["weight"] for r in rows}
    at = lambda mark: quotient(terms, row, weight[mark["party"]], mark["seat"])
    if marks[0] is not None:
        equal("the lowest quotient that won", at(marks[0]), min(won))
    if marks[1] is not None:
        # Who has everything misses nothing.
        equal("the highest quotient that lost", at(marks[1]),
              max(standing(r) for r in free() if got[r["name"]] < units))
    return got


def by_remainders(group, units, rows, rule, level):
    """The level makes the quotas within the bounds sum to the whole."""
    quotas = {}
    for r in rows:
        quota = r["weight"] * level
        if r["least"] is not None:
            quota = max(quota, Fraction(r["least"]))
        if r["most"] is not None:
            quota = min(quota, Fraction(r["most"]))
        quotas[r["name"]] = quota
    equal("the sum of the quotas", sum(quotas.values()), units)
    return rounded(group, quotas, units, rule)


def rounded(group, exact, units, rule):
    got = {name: int(value) for name, value in exact.items()}
    left = units - sum(got.values())
    rest = lambda name: exact[name] - int(exact[name])
    while left:
        best = max(rest(n) for n in got if got[n] <= exact[n])
        equals = [n for n in got if got[n] <= exact[n] and rest(n) == best]
        if len(equals) > left:
            equals = rule.first(group, equals, left)
        for name in equals:
            got[name] += 1
        left -= len(equals)
    return got


class Tree:
    """Groups from above: each level with parties and groups in the order in which they come up."""

    def __init__(self, terms):
        self.terms = terms
        self.groups = {g["group"]: g for g in terms.get("groups", [])}
        self.inside = {None: []}
        for party in terms["parties"]:
            self.open(party.get("group"))
            self.inside[party.get("group")].append((party["party"], False))

    def open(self, group):
        if group in self.inside:
            return
        above = self.groups[group].get("within")
        self.open(above)
        self.inside[group] = []
        self.inside[above].append((group, True))

    def path(self, group):
        above = self.groups[group].get("within")
        return group if above is None else self.path(above) + "/" + group

    def row(self, name, is_group):
        """A party, or a group as the sum of those in it, within its own bounds too."""
        if not is_group:
            party = next(p for p in self.terms["parties"] if p["party"] == name)
            return {"name": name, "weight": party["weight"], "least": party.get("least"),
                    "most": party.get("most")}
        rows, own = [self.row(*one) for one in self.inside[name]], self.groups[name]
        least = [r["least"] for r in rows if r["least"] is not None]
        most = [r["most"] for r in rows]
        lows = ([sum(least)] if least else []) + ([own["least"]] if "least" in own else [])
        highs = ([sum(most)] if None not in most else []) + ([own["most"]] if "most" in own else [])
        return {"name": name, "weight": sum(r["weight"] for r in rows),
                "least": max(lows, default=None), "most": min(highs, default=None)}

    def share(self, group, units, rule, said, out):
        rows = [self.row(*one) for one in self.inside[group]]
        level = next(said, None)
        if level is None:
            raise ValueError(f"the level of {group} is missing")
        equal("the level", (level.get("group"), level["units"]), (group, units))
        out["levels"] += 1
        how = self.terms["apportion"]
        if how["method"] == "hamilton":
            got = by_remainders(group, units, rows, rule, Fraction(level["level"]))
        else:
            got = by_quotients(how, group, units, rows, rule,
                               (level.get("lowest_won"), level.get("highest_lost")))
        for name, is_group in self.inside[group]:
            if is_group:
                self.share(name, got[name], rule, said, out)
            else:
                out["units"][name] = got[name]


def water(caps, weights, poured):
    """The level to which so much rises; the highest brim where all are full."""
    level, left, open_ = Fraction(0), Fraction(poured), [n for n in caps if weights[n] > 0]
    for name in sorted(open_, key=lambda n: Fraction(caps[n], weights[n])):
        width = sum(weights[n] for n in open_ if Fraction(caps[n], weights[n]) > level)
        brim = Fraction(caps[name], weights[name])
        if brim <= level:
            continue
        if (brim - level) * width >= left:
            return level + left / width
        left -= (brim - level) * width
        level = brim
    return level


def divide(terms, claims, rule):
    """Exact shares, levels, units, and what nobody claims."""
    how = terms["divide"]["rule"]
    names = [p["party"] for p in terms["parties"]]
    wants = {p["party"]: claim(terms, claims, p) for p in terms["parties"]}
    weights = dict.fromkeys(names, 1)
    for p in terms["parties"]:
        if how == "proportional":
            weights[p["party"]] = p.get("weight", wants[p["party"]])
        elif how == "max_min":
            weights[p["party"]] = p.get("weight", 1)
    reach = sum(wants[n] for n in names if weights[n] > 0)
    given, whole = min(amount(terms), reach), sum(wants.values())
    halves = 2 if how == "talmud" else 1
    losses = how == "equal_losses" or (how == "talmud" and 2 * given > whole)
    caps = {n: Fraction(wants[n], halves) for n in names}
    level = water(caps, weights, whole - given if losses else given)
    risen = {n: min(caps[n], weights[n] * level) for n in names}
    exact = {n: wants[n] - risen[n] if losses else risen[n] for n in names}
    brims = {}
    for n in names:
        if weights[n] > 0:
            brims.setdefault(min(Fraction(caps[n], weights[n]), level), []).append(n)
    levels = [{"units": given, "level": text(brim), "stopped": brims[brim]}
              for brim in sorted(brims)]
    return {"losses": losses, "left": amount(terms) - given, "exact": exact, "levels": levels,
            "units": rounded(None, exact, given, rule)}


def compute(terms, claims, key, said):
    """(facts of the event without root and certificate, whether equals had to be parted). `key` gives
    the number of a party in the lottery, or is None; `said` is the event, of which lines and levels
    of apportionments are judged."""
    rule = Rule(key)
    if "divide" in terms:
        made = divide(terms, claims, rule)
        shares = [{"party": p["party"], "claim": claim(terms, claims, p),
                   "exact": text(made["exact"][p["party"]]), "units": made["units"][p["party"]]}
                  for p in terms["parties"]]
        out = {"shares": shares, "levels": made["levels"], "losses": made["losses"],
               "left": made["left"]}
    else:
        tree, levels = Tree(terms), iter(said.get("levels", []))
        found = {"levels": 0, "units": {}}
        tree.share(None, amount(terms), rule, levels, found)
        equal("levels beyond the last", next(levels, None), None)
        out = {"shares": [{"party": p["party"], "units": found["units"][p["party"]]}
                          for p in terms["parties"]],
               "levels": said["levels"], "losses": False, "left": 0}
    out["ties"] = [{name: value for name, value in one.items() if value is not None}
                   for one in rule.used]
    return out

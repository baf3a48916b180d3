"""Decision rules: who carried what, in exact ratios. An implementation of its own, made from the
text of the rule language alone (docs/format/rules.md), sharing nothing with the server.

A voter is {"id": ..., "w": {name: weight}, "group": {attribute: value}}; ballots map ids to yes,
no, abstain or excluded, and a voter without an entry is absent. Split votes are {"w": the weight that
is split, "yes": ..., "no": ..., "abstain": ...} in the place of a ballot.
"""

from fractions import Fraction

SELECTIONS = {
    "yes": {"yes"}, "no": {"no"}, "abstain": {"abstain"}, "absent": {"absent"},
    "present": {"yes", "no", "abstain"}, "cast": {"yes", "no", "abstain"},
    "decisive": {"yes", "no"}, "notyes": {"no", "abstain", "absent"},
    "participating": {"yes", "no", "abstain", "absent"},
    "seats": {"yes", "no", "abstain", "absent", "excluded"},
}
COMPARE = {
    ">": lambda a, b: a > b, ">=": lambda a, b: a >= b, "=": lambda a, b: a == b,
    "<=": lambda a, b: a <= b, "<": lambda a, b: a < b,
}


def weight(voter, name):
    return 1 if name == "count" else voter["w"][name]


def counts(said, chosen):
    """Whether the voter as a whole is among the chosen; split votes say no one thing, but were cast."""
    return SELECTIONS["cast"] <= chosen if isinstance(said, dict) else said in chosen


def counted_weight(voter, name, said, chosen):
    if isinstance(said, dict) and name == said["w"]:
        return sum(said[choice] for choice in SELECTIONS["cast"] & chosen)
    return weight(voter, name) if counts(said, chosen) else 0


def measure(what, voters, ballots, extra=0):
    if isinstance(what, int):
        return Fraction(what)
    if "mincover" in what:
        weights = sorted((weight(v, what["w"]) for v in voters
                          if counts(ballots.get(v["id"], "absent"), SELECTIONS["participating"])),
                         reverse=True)
        need = Fraction(what["mincover"]) * sum(weights)
        covered = number = 0
        for one in weights:
            if covered > need:
                break
            covered += one
            number += 1
        return Fraction(number + what.get("add", 0))
    chosen = SELECTIONS[what["sel"]]
    counted = sum(counted_weight(v, what.get("w", "count"), ballots.get(v["id"], "absent"), chosen)
                  for v in voters)
    in_favour = what["sel"] == "yes" and what.get("w", "count") == "count"
    return Fraction(counted + (extra if in_favour else 0))


def holds(condition, voters, ballots, extra=0):
    """`extra`: the casting vote of a chair, which belongs to no group."""
    (kind, inside), = condition.items()
    if kind == "all":
        return all(holds(c, voters, ballots, extra) for c in inside)
    if kind == "any":
        return any(holds(c, voters, ballots, extra) for c in inside)
    if kind == "not":
        return not holds(inside, voters, ballots, extra)
    if kind == "cmp":
        left, operator, share, right = inside
        bound = Fraction(share) * measure(right, voters, ballots, extra)
        return COMPARE[operator](measure(left, voters, ballots, extra), bound)
    if kind == "each":
        groups = {v["group"].get(inside["by"]) for v in voters}
        return all(holds(inside["cond"],
                         [v for v in voters if v["group"].get(inside["by"]) == g], ballots)
                   for g in groups)
    if kind == "in":
        group = [v for v in voters if v["group"].get(inside["by"]) == inside["eq"]]
        return holds(inside["cond"], group, ballots)
    if kind == "noneof":
        chosen = SELECTIONS[inside.get("sel", "no")]
        return not any(counts(ballots.get(v["id"], "absent"), chosen) for v in voters
                       if v["id"] in inside["ids"])
    raise ValueError(f"unknown condition {kind}")


def bloc(mode, cast):
    """The one ballot of a delegation."""
    cast = list(cast)
    if mode == "uniform":
        if all(b == "excluded" for b in cast):
            return "excluded"
        spoken = {b for b in cast if b not in ("absent", "excluded")}
        if not spoken:
            return "absent"
        return spoken.pop() if len(spoken) == 1 else "abstain"
    yes, no = cast.count("yes"), cast.count("no")
    if yes or no:
        return "yes" if yes > no else "no"
    return next((b for b in ("abstain", "absent") if b in cast), "excluded")


def decide(rule, voters, ballots, chair=None, there=None):
    """The outcome. A silence procedure is decided at its end. `there`: the ballots that count towards
    the quorum, where not all do."""
    if not all(holds(c, voters, ballots if there is None else there)
               for c in rule.get("quorum", [])):
        return "no_quorum"
    cast = [ballots[v["id"]] for v in voters
            if counts(ballots.get(v["id"], "absent"), SELECTIONS["cast"])]
    # An empty vote adopts nothing, whatever the ratios say; only silence may.
    if (cast or "silence" in rule) and holds(rule["pass"], voters, ballots):
        return "adopted"
    tie = rule.get("tie", "reject")
    if tie != "reject" and "silence" not in rule and \
            cast.count("yes") == cast.count("no") > 0:
        if tie == "lot":
            return "pending"  # no seed of a lot is on the journal
        in_favour = chair is not None and ballots.get(chair) == "yes"
        if in_favour and holds(rule["pass"], voters, ballots, extra=1):
            return "adopted"
    if "against" in rule and not holds(rule["against"], voters, ballots):
        return "no_opinion"
    return "rejected"

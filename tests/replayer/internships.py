"""Internships: hosts rank as well as applicants, and two may go together. Where nobody goes in a pair the
round is computed anew; with pairs a stable matching need not be the only one, so the one that the
journal states is judged by the definition of stability."""

from checks import equal

GONE = ("declined", "lapsed", "left", "partner_declined")


def partner_of(call, name):
    """With whom the applicant goes; None where each goes alone."""
    people = call["applications"]
    mine = people[name]
    other = people.get(mine["asked"].get("partner"))
    if other is None or other["asked"].get("partner") != name:
        return None
    turned = [{"mine": line.get("partners"), "partners": line.get("mine")}
              for line in other["asked"].get("pairs", [])]
    lines = [{"mine": line.get("mine"), "partners": line.get("partners")}
             for line in mine["asked"].get("pairs", [])]
    if lines != turned:
        return None
    for one in (mine, other):
        if one["withdrawn"] or one["aside"] or not one["eligible"] or one.get("alone"):
            return None
        if one["offers"] and (one["offers"][-1]["status"] in GONE or not one["offers"][-1]["paired"]):
            return None
    return mine["asked"]["partner"]


def named(one):
    sides = [line.get("mine") for line in one["asked"].get("pairs", [])]
    return set(sides + one["asked"].get("choices", [])) - {None}


def in_run(one):
    return not one["withdrawn"] and not one["aside"] and bool(one["eligible"])


def unranked(call):
    """Programmes for whose host a run waits."""
    wanted = set().union(*(named(one) for one in call["applications"].values() if in_run(one)))
    return [plan["programme"] for plan in call["asked"]["programmes"]
            if plan["programme"] in wanted - call["aside"] - set(call["rankings"])]


def rank(call, c, actor, auth):
    office = {plan["programme"]: plan["office"] for plan in call["asked"]["hosts"]["programmes"]}
    if office[c["programme"]] != auth or call["root"] is None:
        raise ValueError("the office of the host ranks, after closing")
    before = call["rankings"].get(c["programme"], []) if call["rounds"] else []
    after = c.get("applicants", [])
    equal("those ranked before the run", after[:len(before)], before)
    for name in after[len(before):]:
        one = call["applications"][name]
        if not in_run(one) or c["programme"] not in named(one) or name == actor:
            raise ValueError(f"{name} cannot be ranked here")
    call["rankings"][c["programme"]] = after


def lose_with(call, one, offer):
    """Both of a pair keep what they were offered, or neither."""
    if not offer["paired"]:
        return
    for theirs in call["applications"][one["asked"]["partner"]]["offers"]:
        if theirs["paired"] and theirs["round"] == offer["round"] \
                and theirs["status"] in ("open", "accepted"):
            theirs["status"] = "partner_declined"


def wants(call, name, held):
    """Nothing for who takes no part in the round; else the programmes, and whether in a pair."""
    one, other = call["applications"][name], partner_of(call, name)
    if other:
        if one["offers"] or call["applications"][other]["offers"]:
            return None
        sides = [line.get("mine") for line in one["asked"]["pairs"]]
        return [p for p in dict.fromkeys(sides) if p and p not in call["aside"]], True
    wanted = one["asked"].get("choices", [])
    last = one["offers"][-1] if one["offers"] else None
    if held:
        if held["status"] != "accepted" or not held["waits"] or held["paired"]:
            return None
        wanted = wanted[:wanted.index(held["programme"])]
    elif last and last["status"] != "partner_declined":
        return None
    wanted = [p for p in wanted if p not in call["aside"]]
    return (wanted, False) if wanted else None


class Round:
    def __init__(self, call, people, seats):
        self.call, self.people = call, people
        self.places = {p: sum(run["seats"] for run in runs) for p, runs in seats.items()}
        self.orders = {p: [n for n in order if p in people.get(n, {}).get("choices", [])]
                       for p, order in call["rankings"].items()}
        self.pairs = []
        for name, one in people.items():
            other = call["applications"][name]["asked"].get("partner")
            if one["paired"] and name < other:
                lines = [(line.get("mine"), line.get("partners"))
                         for line in call["applications"][name]["asked"]["pairs"]]
                self.pairs.append((name, other, [line for line in lines
                                                 if not set(line) & call["aside"]]))

    def result(self, stated):
        """The offers, the cutoffs and what the entry says of the matching."""
        places = dict(self.places)
        for change in stated.get("changes", []):
            equal("the places before", change["from"], places[change["programme"]])
            places[change["programme"]] = change["to"]
        got = self.alone() if not self.pairs else self.read(stated)
        self.judge(got, places)
        placed, cutoffs = [], []
        for plan in self.call["asked"]["programmes"]:
            p = plan["programme"]
            order = self.call["rankings"].get(p, [])
            ranks = [i + 1 for i, name in enumerate(order) if got.get(name) == p]
            if ranks:
                placed.append({"programme": p, "ranks": ranks})
            cutoff = {"programme": p, "seats": places[p], "taken": len(ranks)}
            if ranks and len(ranks) >= places[p]:
                cutoff["rank"] = ranks[-1]
            if places[p] > 0:
                cutoffs.append(cutoff)
        changes = stated.get("changes", [])
        if changes and (not self.pairs or self.call["asked"]["hosts"]["changes"] != "named"):
            raise ValueError("places change only for pairs, and where the call allows it")
        if not changes and (stated["none_stable"] or stated["fewest"]):
            raise ValueError("nothing changed, so nothing is said of the change")
        said = {"outcome": "near_feasible" if changes else "stable",
                "none_stable": stated["none_stable"], "fewest": stated["fewest"]}
        said.update({name: rows for name, rows in (("changes", changes), ("placed", placed)) if rows})
        return {name: {"programme": p, "seat": 0} for name, p in got.items()}, cutoffs, said

    def alone(self):
        """Everybody asks in turn, from the top of the list, until nobody is refused any more."""
        asked, held = dict.fromkeys(self.people, 0), {p: [] for p in self.places}
        free = list(self.people)
        while free:
            name = free.pop()
            wanted = self.people[name]["choices"]
            if asked[name] == len(wanted):
                continue
            p = wanted[asked[name]]
            asked[name] += 1
            if name not in self.orders.get(p, []):
                free.append(name)
                continue
            held[p] = sorted([*held[p], name], key=self.orders[p].index)
            free += held[p][self.places[p]:]
            held[p] = held[p][:self.places[p]]
        return {name: p for p, names in held.items() for name in names}

    def read(self, stated):
        got = {}
        for row in stated.get("placed", []):
            for number in row["ranks"]:
                name = self.call["rankings"][row["programme"]][number - 1]
                if name in got or name not in self.people:
                    raise ValueError(f"{name} is placed twice or takes no part")
                got[name] = row["programme"]
        return got

    def judge(self, got, places):
        for p, seats in places.items():
            there = [name for name, at in got.items() if at == p]
            if len(there) > seats or not set(there) <= set(self.orders.get(p, [])):
                raise ValueError(f"{p} holds more than its places, or whom it did not rank")
        for name, one in self.people.items():
            if not one["paired"]:
                self.no_better([(name,)], [(p,) for p in one["choices"]], got, places)
        for first, second, lines in self.pairs:
            self.no_better([(first, second)], lines, got, places)

    def no_better(self, who, lines, got, places):
        (names,) = who
        now = tuple(got.get(name) for name in names)
        for line in lines:
            if line == now:
                return
            asking = {}
            for name, p in zip(names, line):
                if p:
                    asking.setdefault(p, set()).add(name)
            if all(self.takes(p, comers, names, got, places) for p, comers in asking.items()):
                raise ValueError(f"{names} would be taken where they would rather go: {line}")
        if any(now):
            raise ValueError(f"{names} hold what is not on their list")

    def takes(self, p, comers, leaving, got, places):
        """Whether the programme, free to choose anew, takes all who come."""
        rest = {name for name, at in got.items() if at == p and name not in leaving}
        best = [name for name in self.orders.get(p, []) if name in rest | comers][:places[p]]
        return comers <= set(best)


def standing_at(call, name, programme):
    """Whether a place beyond is due there, the rank, and the last rank that got in."""
    order = call["rankings"].get(programme, [])
    number = order.index(name) + 1 if name in order else None
    met, last = False, None
    for made in call["rounds"]:
        for cutoff in made["cutoffs"]:
            if cutoff["programme"] != programme:
                continue
            met = met or (number is not None and number <= cutoff.get("rank", number))
            if "rank" in cutoff:
                last = max(cutoff["rank"], last or 0)
    return met, number, last

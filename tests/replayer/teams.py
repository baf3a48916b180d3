"""Calls for teams: every part of a round anew. Windows, points, lots and what stands in the way
are checked for every call; where assignments are few, all are tried: none is better."""
import hashlib

from checks import equal

FEW = 300_000  # assignments that are tried one by one


def wanted_sites(person, sites):
    return [site for site in person["points"] if site in sites]


def windows_of(asked, programme):
    """Of a site, the size of its team first: whom it counts, least, most."""
    plan = next(p for p in asked["programmes"] if p["programme"] == programme)
    site = next((s for s in asked["teams"].get("sites", []) if s["programme"] == programme), {})
    return [({}, site.get("min_size", 0), plan["capacity"])] + [
        (w["of"], w["min"], w.get("max")) for w in site.get("windows", [])]


def counts(of, person):
    if "skill" in of:
        return of["skill"] in person["skills"]
    return "category" not in of or person["features"].get(of["category"]) == of["feature"]


def person_of(asked, one, score, aside):
    """What counts of an application: mended features, skills that were not refused, and the points
    for sending them to each of their sites."""
    terms, sent = asked["teams"], one["asked"]
    features = {f["category"]: f["feature"] for f in sent.get("features", [])}
    features.update(one.get("mended", {}))
    points = {site: terms["choice_points"][i] + terms.get("score_weight", 0) * score
              for i, site in enumerate(sent.get("choices", [])) if site not in aside}
    return {"features": features, "points": points,
            "skills": set(sent.get("skills", [])) - one.get("refused_skills", set())}


class Part:
    """Sites that share people: what is open of their windows, and who may be sent there."""

    def __init__(self, call_id, aim, seed, people, windows):
        self.call_id, self.aim, self.seed = call_id, aim, seed
        self.people, self.windows = people, windows  # windows: by site, (of, least, most)
        self.below = 1 + 65_535 * len(people)
        self.above = 1 + sum(2 * max((abs(u) for u in wanted.values()), default=0)
                             for wanted in ({s: p["points"][s] for s in p["points"]
                                             if s in windows} for p in people.values()))

    def adds(self, name, site):
        """What sending somebody there adds to the number that is made as large as possible."""
        points = self.people[name]["points"][site]
        if self.aim == "utility_then_placed":
            number = points * (len(self.people) + 1) + 1
        else:
            number = self.above + points
        key = hashlib.sha256(b"veche-lottery-v1\0" + self.seed + b"\0" + "\0".join(
            (self.call_id, site, name)).encode()).digest()
        return number * self.below + 65_535 - (key[0] * 256 + key[1])

    def keeps(self, sent, sides=None):
        """Whether all windows hold, or only the sides that are named: (site, window, least?)."""
        for site, windows in self.windows.items():
            team = [self.people[name] for name, at in sent.items() if at == site]
            for number, (of, least, most) in enumerate(windows):
                count = sum(counts(of, person) for person in team)
                if count < least and (sides is None or (site, number, True) in sides):
                    return False
                if most is not None and count > most \
                        and (sides is None or (site, number, False) in sides):
                    return False
        return True

    def few(self):
        number = 1
        for person in self.people.values():
            number *= 1 + len(wanted_sites(person, self.windows))
        return number <= FEW

    def every(self):
        names = list(self.people)

        def go(i, sent):
            if i == len(names):
                yield sent
                return
            yield from go(i + 1, sent)
            for site in wanted_sites(self.people[names[i]], self.windows):
                yield from go(i + 1, {**sent, names[i]: site})
        return go(0, {})

    def number(self, sent):
        return sum(self.adds(name, site) for name, site in sent.items())

    def best(self):
        """The best assignment and how many reach its aim; None where none keeps all windows."""
        found = None
        for sent in self.every():
            if self.keeps(sent):
                number = self.number(sent)
                aim = (self.points(sent), len(sent))
                if found is None or number > found[0]:
                    found = (number, sent, aim, 1 if found is None or aim != found[2]
                             else found[3] + 1)
                elif aim == found[2]:
                    found = (*found[:3], found[3] + 1)
        return found

    def points(self, sent):
        return sum(self.people[name]["points"][site] for name, site in sent.items())


def held_of(asked, everybody):
    """By site and window: who holds a place, and who of them within the capacity."""
    out = {}
    for plan in asked["programmes"]:
        there = [(person, beyond) for person, site, beyond in everybody
                 if site == plan["programme"]]
        out[plan["programme"]] = [
            (sum(counts(of, person) for person, _ in there),
             sum(counts(of, person) for person, beyond in there if not beyond))
            for of, _, _ in windows_of(asked, plan["programme"])]
    return out


def open_windows(asked, site, held):
    return [(of, max(least - held[site][w][0], 0),
             None if most is None else max(most - held[site][w][1], 0))
            for w, (of, least, most) in enumerate(windows_of(asked, site))]


def parts_of(asked, people, held, aside, seed):
    """Sites linked by what people want; nothing of a site that asks for nobody and has nobody."""
    sites = [plan["programme"] for plan in asked["programmes"] if plan["programme"] not in aside]
    left, parts = list(sites), []
    while left:
        linked = {left[0]}
        while True:
            more = {s for p in people.values() if linked & set(p["points"]) for s in p["points"]}
            if more <= linked:
                break
            linked |= more
        windows = {s: open_windows(asked, s, held) for s in sites if s in linked}
        there = {n: p for n, p in people.items() if linked & set(p["points"])}
        if there or any(least for w in windows.values() for _, least, _ in w):
            parts.append(Part(asked["call"], asked["teams"].get("aim", "utility_then_placed"),
                              seed, there, windows))
        left = [s for s in left if s not in linked]
    return parts


def check_team(asked, part, site, made, held, sent):
    equal("the site of a team", made["programme"], site)
    equal("who joins " + site, made.get("joined", []),
          sorted((n for n, at in sent.items() if at == site), key=str.encode))
    rows = []
    for w, (of, least, most) in enumerate(windows_of(asked, site)):
        count = held[site][w][0] + sum(counts(of, part.people[n])
                                       for n, at in sent.items() if at == site)
        row = {"of": of, "count": count, "min": least}
        rows.append(row if most is None else {**row, "max": most})
    equal("the windows of " + site, made["windows"], rows)


def check_conflict(asked, part, e, held):
    """What is said to stand in the way does, and none of it can be spared."""
    sides = set()
    for row in e["conflict"]:
        site = row["programme"]
        number = next(w for w, (of, _, _) in enumerate(part.windows[site]) if of == row["of"])
        of, least, most = windows_of(asked, site)[number]
        equal("a limit that stands in the way", row["limit"], least if row["least"] else most)
        equal("who holds a place", row["held"], held[site][number][0])
        equal("who may go", row["may_go"], sum(
            counts(of, p) and site in p["points"] for p in part.people.values()))
        sides.add((site, number, row["least"]))
    if not part.few():
        return
    tried = list(part.every())
    if any(part.keeps(sent, sides) for sent in tried):
        raise ValueError("what is said to stand in the way can hold together")
    if e["loosest"] and any(all(not part.keeps(sent, sides - {side}) for sent in tried)
                            for side in sides):
        raise ValueError("some of what is said to stand in the way can be spared")


def check_part(asked, part, e, held):
    """Who is sent where by this part of the entry."""
    equal("the sites of a part", e["sites"], list(part.windows))
    bind = e["verdict"] in ("best", "best_by_aim")
    best = part.best() if part.few() else None
    if part.few():
        if e["verdict"] == "none":
            equal("the teams", best, None)
        elif bind:
            equal("the points of the best teams", (e["utility"], e["placed"]), best[2])
            equal("whether lots were needed", e["lots_needed"], best[3] > 1)
            if e["verdict"] == "best":
                equal("the best number", int(e["found"]), best[0])
    if e["verdict"] == "none":
        check_conflict(asked, part, e, held)
    if not bind:
        equal("teams that do not bind", e.get("teams", []), [])
        return {}
    sent = {name: team["programme"] for team in e["teams"] for name in team.get("joined", [])}
    for name, site in sent.items():
        if site not in part.people.get(name, {"points": ()})["points"]:
            raise ValueError(f"{name} cannot be sent to {site}")
    if not part.keeps(sent):
        raise ValueError("a team does not keep its windows")
    equal("points and people", (e["utility"], e["placed"]), (part.points(sent), len(sent)))
    equal("the number of aim and lots", int(e["found"]), part.number(sent))
    if int(e["bound"]) < int(e["found"]):
        raise ValueError("more was found than is proved possible")
    equal("the number of teams", len(e["teams"]), len(part.windows))
    for site, made in zip(part.windows, e["teams"]):
        check_team(asked, part, site, made, held, sent)
    return sent


def run(asked, people, held, aside, seed, entries):
    """Offers by applicant, cutoffs and where lots decided, and the parts for appeals."""
    parts = parts_of(asked, people, held, aside, seed)
    equal("the number of parts", len(entries), len(parts))
    offers, lots = {}, []
    for part, e in zip(parts, entries):
        sent = check_part(asked, part, e, held)
        offers.update({name: {"programme": site} for name, site in sent.items()})
        if e["lots_needed"] and e["verdict"] in ("best", "best_by_aim"):
            lots += e["sites"]
    cutoffs = [{"programme": plan["programme"],
                "seats": max(plan["capacity"] - held[plan["programme"]][0][1], 0),
                "taken": sum(o["programme"] == plan["programme"] for o in offers.values())}
               for plan in asked["programmes"] if plan["programme"] not in aside]
    return {"offers": offers, "cutoffs": cutoffs, "lots": lots, "by_lot": bool(lots),
            "parts": parts}


def sent_with(rounds, name, person):
    """Where the corrected person would have been sent by the last round they took part in, or the
    first; False where there are too many assignments to try."""
    taken = [made for made in rounds if any(name in part.people for part in made["parts"])]
    linked = [part for part in (taken or rounds[:1])[-1]["parts"]
              if set(part.windows) & set(person["points"])]
    if not linked:
        return None
    windows = {site: rows for part in linked for site, rows in part.windows.items()}
    people = {who: p for part in linked for who, p in part.people.items() if who != name}
    people[name] = {**person,
                    "points": {s: u for s, u in person["points"].items() if s in windows}}
    whole = Part(linked[0].call_id, linked[0].aim, linked[0].seed, people, windows)
    if not whole.few():
        return False
    best = whole.best()
    return best[1].get(name) if best else None


def teams_now(asked, everybody):
    held = held_of(asked, everybody)
    out = []
    for plan in asked["programmes"]:
        rows = []
        for w, (of, least, most) in enumerate(windows_of(asked, plan["programme"])):
            row = {"of": of, "count": held[plan["programme"]][w][0], "min": least}
            rows.append(row if most is None else {**row, "max": most})
        out.append({"programme": plan["programme"], "windows": rows})
    return out

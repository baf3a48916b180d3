"""Allocation by proposals, one applicant at a time: slow, plain, and written apart from the engines of
the program. docs/format/calls.md says what must come out."""


def meets(cutoff, score, key):
    if "score" not in cutoff:
        return True
    if score != cutoff["score"]:
        return score > cutoff["score"]
    return "key" not in cutoff or key <= cutoff["key"]


def choose_runs(runs, ordered, groups_of):
    """Whom a programme takes of those in its order, and the run of places of each."""
    taken = {}
    for number, run in enumerate(runs):
        left = run["seats"]
        rest = [who for who in ordered if who not in taken]
        own = [who for who in rest if run["group"] is None or run["group"] in groups_of[who]]
        others = [who for who in rest if who not in own]
        for who in own[:left]:
            taken[who] = number
        if run["group"] is not None and not run["hard"]:
            for who in others[:max(left - len(own), 0)]:
                taken[who] = number
    return taken


def choose_classes(seats, policy, ordered, score_of):
    """Whole classes of equal scores: refused where one would overflow, or admitted where it begins
    while a place is free."""
    taken = {}
    for score in sorted({score_of[who] for who in ordered}, reverse=True):
        equals = [who for who in ordered if score_of[who] == score]
        if (len(taken) + len(equals) > seats) if policy == "hungarian" else (len(taken) >= seats):
            break
        taken.update({who: 0 for who in equals})
    return taken


def propose(people, seats, rules, key):
    """(programme and run of places of each who has one, who ever asked where)."""
    asked = {name: [] for name in seats}  # everybody who ever asked
    holds = {name: {} for name in seats}
    next_choice = dict.fromkeys(people, 0)
    groups = {who: one["groups"] for who, one in people.items()}
    scores = {who: one["score"] for who, one in people.items()}
    free = [who for who in people if people[who]["choices"]]
    while free:
        who = free.pop()
        wanted = people[who]["choices"]
        if next_choice[who] == len(wanted):
            continue
        name = wanted[next_choice[who]]
        next_choice[who] += 1
        asked[name].append(who)
        ordered = sorted(asked[name], key=lambda w: (-scores[w], key(name, w), w.encode()))
        before = set(holds[name]) | {who}
        if rules["ties"] == "lottery":
            holds[name] = choose_runs(seats[name], ordered, groups)
        else:
            room = sum(run["seats"] for run in seats[name])
            holds[name] = choose_classes(room, rules["ties"], ordered, scores)
        if not set(holds[name]) <= before:
            raise ValueError(f"{name} takes back whom it refused")
        free.extend(sorted(before - set(holds[name])))
    return {who: (name, run) for name in holds for who, run in holds[name].items()}


def match(people, seats, rules, key, most, programmes, groups, stated_lots):
    placed = propose(people, seats, rules, key)
    offers = {}
    for who in people:
        if who not in placed:
            continue
        name, run = placed[who]
        group = seats[name][run]["group"]
        offers[who] = {"programme": name, "seat": run}
        if group is not None and group in people[who]["groups"]:
            offers[who]["group"] = group
    lots = rules["ties"] == "lottery"
    prefers = lambda who, name: name in people[who]["choices"] and (
        who not in placed or people[who]["choices"].index(name)
        < people[who]["choices"].index(placed[who][0]))
    cutoffs = []
    for name in programmes:
        if lots:
            cutoffs += cutoffs_of_runs(name, seats[name], people, offers, key)
        else:
            cutoffs += cutoffs_of_classes(name, seats[name], people, placed, prefers)
    needed = parted(people, placed, programmes, prefers, "reserves" in rules) if lots else []
    if lots and "reserves" not in rules:
        # Lots also decide along rings of programmes; of these the server states more than is
        # computed here, and never less.
        needed = [name for name in programmes if name in needed or name in stated_lots]
    return {"offers": offers, "cutoffs": cutoffs, "lots": needed, "by_lot": bool(needed)}


def cutoffs_of_runs(name, runs, people, offers, key):
    mine = {who: got for who, got in offers.items() if got["programme"] == name}
    out, open_seats = [], 0
    for run in runs:
        if run["group"] is None:
            open_seats += run["seats"]
            continue
        own = [who for who, got in mine.items() if got.get("group") == run["group"]]
        open_seats += 0 if run["hard"] else run["seats"] - len(own)
        if run["seats"]:
            out.append(cutoff_of(name, run["group"], run["seats"], own, people, key))
    if open_seats > 0:
        rest = [who for who, got in mine.items() if "group" not in got]
        out.append(cutoff_of(name, None, open_seats, rest, people, key))
    return out


def cutoff_of(name, group, seats, admitted, people, key):
    out = {"programme": name, "seats": seats, "taken": len(admitted)}
    if group is not None:
        out["group"] = group
    if admitted and len(admitted) >= seats:
        last = max(admitted, key=lambda w: (-people[w]["score"], key(name, w), w.encode()))
        out.update({"score": people[last]["score"], "key": key(name, last)})
    return out


def cutoffs_of_classes(name, runs, people, placed, prefers):
    seats = sum(run["seats"] for run in runs)
    if seats == 0:
        return []
    out = {"programme": name, "seats": seats,
           "taken": sum(placed[who][0] == name for who in placed)}
    refused = [people[who]["score"] for who in people if prefers(who, name)]
    if refused:
        out["score"] = max(refused) + 1
    return [out]


def parted(people, placed, programmes, prefers, by_groups):
    """Programmes that admit one and refuse another whom the order alone does not part."""
    like = lambda who: (people[who]["score"], frozenset(people[who]["groups"]) if by_groups else 0)
    out = []
    for name in programmes:
        admitted = {like(who) for who in placed if placed[who][0] == name}
        if any(prefers(who, name) and like(who) in admitted for who in people):
            out.append(name)
    return out


def grants(people, money, rules, key, most):
    ordered = sorted(people, key=lambda w: (-people[w]["score"], key(None, w), w.encode()))
    rest, stopped, by_lot, funded = money, False, False, []
    for score in sorted({one["score"] for one in people.values()}, reverse=True):
        if stopped:
            break
        equals = [who for who in ordered if people[who]["score"] == score]
        before, mine = rest, []
        if rules["ties"] == "hungarian":
            asked = sum(people[who]["asks"] for who in equals)
            if asked <= rest:
                mine = equals
            elif rules["budget"] == "stop":
                stopped = True
        else:
            left = rest
            for who in equals:
                if not stopped and people[who]["asks"] <= left:
                    mine.append(who)
                    left -= people[who]["asks"]
                else:
                    by_lot = by_lot or people[who]["asks"] <= before
                    stopped = stopped or rules["budget"] == "stop"
            by_lot = by_lot or (stopped and 0 < len(mine) < len(equals))
        rest -= sum(people[who]["asks"] for who in mine)
        funded += mine
    cutoff = {"seats": money, "taken": money - rest}
    if len(funded) < len(people):
        cutoff["score"] = people[funded[-1]]["score"] if funded else most + 1
        if funded and key(None, funded[-1]):
            cutoff["key"] = key(None, funded[-1])
    return {"offers": {who: {} for who in people if who in funded}, "cutoffs": [cutoff],
            "lots": [], "by_lot": by_lot}

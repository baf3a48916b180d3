"""Counts of elections, anew: from the description in the room's README, with whole numbers of
1/100,000 of a vote. Shares no code with the server, and is written the other way round: every paper
keeps its own value and place, nothing is bundled.

count(how, needs, posts, electors, candidates, papers, seed): papers are (marks, against) each; what
comes back has the stages as the journal writes them, without their reasons.
"""

import hashlib

UNIT = 100_000


class Lots:
    def __init__(self, seed):
        self.seed, self.drawn = seed, []

    def draw(self, among):
        if self.seed is None:
            raise ValueError(f"only a lot can part {among}")
        number = len(self.drawn) + 1

        def digest(one):
            text = f"veche lot 1\n{self.seed}\n{number}\n{one}\n"
            return hashlib.sha256(text.encode()).digest()
        winner = min(among, key=digest)
        self.drawn.append({"number": number, "among": list(among), "drawn": winner})
        return winner


def stage_of(number, kind, of, rows, lots, elected, lost=0, residual=0):
    made = {"number": number, "kind": kind, "rows": rows, "non_transferable": lost,
            "residual": residual}
    if of is not None:
        made["of"] = of
    if lots:
        made["lots"] = lots
    if elected:
        made["elected"] = elected
    return made


class Ranked:
    """The Scottish single transferable vote."""

    def __init__(self, posts, candidates, papers, seed):
        self.posts, self.candidates = posts, candidates
        self.papers = [{"marks": marks, "value": UNIT, "at": marks[0]} for marks in papers]
        self.lots, self.told = Lots(seed), 0
        self.quota = (len(papers) // (posts + 1) + 1) * UNIT
        self.state = {c: "continuing" for c in candidates}
        self.waiting, self.elected, self.stages, self.kept = [], [], [], {}

    def votes(self, candidate):
        """Who handed a surplus on keeps the quota; it lies in no paper any more."""
        held = sum(p["value"] for p in self.papers if p["at"] == candidate)
        return held + self.kept.get(candidate, 0)

    def lost(self):
        return sum(p["value"] for p in self.papers if p["at"] is None)

    def run(self):
        if not self.papers:
            for c in self.candidates:
                self.state[c] = "excluded"
        self.close("first_count", None)
        while len(self.elected) < self.posts and "continuing" in self.state.values():
            if self.waiting:
                self.hand_on(self.pick(self.waiting, max))
            else:
                self.exclude(self.pick([c for c in self.candidates
                                        if self.state[c] == "continuing"], min))

    def pick(self, among, best):
        """Who has the most (or the fewest); a tie goes back through the stages, then to lot."""
        order = [c for c in self.candidates if c in among]
        now = {c: self.votes(c) for c in order}
        tables = [now] + [{r["candidate"]: r["votes"] for r in s["rows"]}
                          for s in reversed(self.stages)]
        for table in tables:
            wanted = best(table[c] for c in order)
            order = [c for c in order if table[c] == wanted]
        return order[0] if len(order) == 1 else self.lots.draw(order)

    def move(self, papers):
        for paper in papers:
            rest = (c for c in paper["marks"] if self.state[c] == "continuing")
            paper["at"] = next(rest, None)

    def hand_on(self, giver):
        total = self.votes(giver)
        surplus = total - self.quota
        self.waiting.remove(giver)
        mine = [p for p in self.papers if p["at"] == giver]
        for paper in mine:
            paper["value"] = paper["value"] * surplus // total
        self.kept[giver] = self.quota
        self.move(mine)
        self.close("surplus", giver)

    def exclude(self, loser):
        self.state[loser] = "excluded"
        self.move([p for p in self.papers if p["at"] == loser])
        self.close("exclusion", loser)

    def elect(self):
        new = []
        left = sorted((c for c in self.candidates if self.state[c] == "continuing"),
                      key=lambda c: -self.votes(c))
        for c in left:
            if self.votes(c) >= self.quota and len(self.elected) + len(new) < self.posts:
                new.append(c)
                self.waiting.append(c)
        rest = [c for c in left if c not in new]
        if len(rest) <= self.posts - len(self.elected) - len(new):
            new += rest
        for c in new:
            self.state[c] = "elected"
        self.elected += new
        return new

    def close(self, kind, of):
        new = self.elect() if self.papers else []
        before = ({r["candidate"]: r["votes"] for r in self.stages[-1]["rows"]}
                  if self.stages else {})
        rows = [{"candidate": c, "votes": self.votes(c), "stands": self.state[c],
                 "change": self.votes(c) - before.get(c, 0)} for c in self.candidates]
        lots, self.told = self.lots.drawn[self.told:], len(self.lots.drawn)
        residual = len(self.papers) * UNIT - sum(r["votes"] for r in rows) - self.lost()
        self.stages.append(stage_of(len(self.stages) + 1, kind, of, rows, lots, new, self.lost(),
                                    residual))


class Once:
    """Approval, plurality, yes and no of each: one stage."""

    def __init__(self, how, needs, posts, electors, candidates, papers, seed):
        self.how, self.posts, self.candidates = how, posts, candidates
        self.lots, self.elected, self.runoff = Lots(seed), [], []
        self.yes = {c: sum(c in marks for marks, _ in papers) for c in candidates}
        self.no = {c: sum(c in against for _, against in papers) for c in candidates}
        self.half = {"most": 0, "majority_of_papers": len(papers),
                     "majority_of_electors": electors}[needs]
        self.any = bool(papers)

    def enough(self, c):
        if self.how == "yes_no" and self.yes[c] <= self.no[c]:
            return False
        return self.yes[c] > 0 and 2 * self.yes[c] > self.half

    def best(self, among, places):
        first = max((self.yes[c], -self.no[c]) for c in among)
        tied = [c for c in among if (self.yes[c], -self.no[c]) == first]
        return tied[0] if len(tied) <= places else self.lots.draw(tied)

    def fill(self, among, places):
        chosen = []
        while among and len(chosen) < places:
            one = self.best(among, places - len(chosen))
            chosen.append(one)
            among = [c for c in among if c != one]
        return chosen

    def run(self):
        able = [c for c in self.candidates if self.enough(c)]
        if self.how == "plurality" and not able and self.any and len(self.candidates) > 2:
            self.runoff = self.fill(self.candidates, 2)
        else:
            self.elected = self.fill(able, self.posts)

    def stages(self):
        rows = []
        for c in self.candidates:
            stands = ("elected" if c in self.elected else
                      "continuing" if c in self.runoff else "excluded")
            row = {"candidate": c, "votes": self.yes[c] * UNIT, "change": self.yes[c] * UNIT,
                   "stands": stands}
            if self.how == "yes_no":
                row["against"] = self.no[c] * UNIT
            rows.append(row)
        return [stage_of(1, "first_count", None, rows, self.lots.drawn, self.elected)]


def count(how, needs, posts, electors, candidates, papers, seed):
    said = [(marks, against) for marks, against in papers if marks or against]
    made = {"papers": len(said), "blank": len(papers) - len(said), "runoff": []}
    if how == "stv":
        ranked = Ranked(posts, candidates, [marks for marks, _ in said], seed)
        ranked.run()
        made |= {"quota": ranked.quota, "stages": ranked.stages, "elected": ranked.elected}
    else:
        once = Once(how, needs, posts, electors, candidates, said, seed)
        once.run()
        made |= {"stages": once.stages(), "elected": once.elected, "runoff": once.runoff}
    made["outcome"] = ("runoff" if made["runoff"] else
                       "filled" if len(made["elected"]) == posts else
                       "partly_filled" if made["elected"] else "nobody")
    return made

"""Rolling offers: after every answer the lists are gone through again until nobody more is called.
Written apart from the engine of the program; docs/format/calls.md says what must come out."""

import calendar_text
import places
from checks import equal_fields
from roots import canonical, given, merkle

DAY = 86_400_000
SEAT = ("open", "kept", "taken")


class Lists:
    """Where every application stands on the list of every programme it named."""

    def __init__(self, people, seats, key, days, last):
        self.days, self.last, self.began, self.day = days, last, None, 0
        self.seats = {name: sum(run["seats"] for run in runs) for name, runs in seats.items()}
        self.score = {who: one["score"] for who, one in people.items()}
        self.names = {who: one["choices"] for who, one in people.items()}
        self.key = key
        self.order = {name: sorted((who for who, one in people.items() if name in one["choices"]),
                                   key=lambda who: (-self.score[who], key(name, who), who.encode()))
                      for name in seats}
        self.line = {(who, name): "waiting" for who in people for name in self.names[who]}
        self.by_day, self.ranking = {}, {}
        self.reached = dict.fromkeys(seats, 0)
        self.made = self.go_on(dict(self.line))

    def rank(self, who, name):
        return self.order[name].index(who) + 1

    def until(self, who, name):
        if (who, name) not in self.by_day:
            return self.last
        return min(self.began + self.by_day[who, name] * DAY, self.last)

    def free(self, name):
        return self.seats[name] - sum(self.line[who, name] in SEAT for who in self.order[name])

    def go_on(self, before):
        """Calls until nothing changes; the offers that came of it, by programme and place."""
        moved = True
        while moved:
            moved = False
            for name, order in self.order.items():
                waiting = [who for who in order if self.line[who, name] == "waiting"]
                for who in waiting[:max(self.free(name), 0)]:
                    self.line[who, name] = "open"
                    self.by_day[who, name] = self.day + self.days
                    moved = True
            for who in self.ranking:
                moved = self.keep_best(who) or moved
        made = [(name, self.rank(who, name), who) for (who, name), now in self.line.items()
                if now in SEAT and before[who, name] == "waiting"]
        order = list(self.order)
        made.sort(key=lambda one: (order.index(one[0]), one[1]))
        for name, rank, _ in made:
            self.reached[name] = max(self.reached[name], rank)
        return made

    def keep_best(self, who):
        mine = [name for name in self.ranking[who] if self.line[who, name] in SEAT]
        if not mine:
            return False
        best, changed = mine[0], False
        worse = self.ranking[who][self.ranking[who].index(best) + 1:]
        for name in worse:
            if self.line[who, name] in ("waiting", "open", "kept"):
                self.line[who, name] = "given"
                changed = True
        if self.line[who, best] == "open":
            self.line[who, best] = "kept"
            self.by_day.pop((who, best), None)
        return changed

    # --- What people and time do ------------------------------------------------------------------

    def turn_to(self, at):
        """The day of that moment; what is not answered by now has lapsed."""
        self.day = max(self.day, (at - self.began) // DAY + 1)
        for (who, name), by in list(self.by_day.items()):
            if self.line[who, name] == "open" and by < self.day:
                self.line[who, name] = "lapsed"

    def step(self, at, act=None):
        before = dict(self.line)
        self.turn_to(at)
        if act:
            act()
        self.made = self.go_on(before)
        return self.made

    def give_up(self, who, names):
        for name in names:
            if self.line[who, name] in ("waiting", "open", "kept"):
                self.line[who, name] = "given"

    def leave(self, who):
        for name in self.names[who]:
            if self.line[who, name] != "lapsed":
                self.line[who, name] = "given"

    def answer(self, who, name, answer, waits):
        if any(self.line[who, other] == "taken" for other in self.names[who]):
            raise ValueError("a place was taken for good")
        now = self.line.get((who, name))
        if answer == "decline":
            if now not in ("waiting", "open", "kept"):
                raise ValueError("there is nothing to decline")
            self.line[who, name] = "given"
            return
        if now not in ("open", "kept"):
            raise ValueError("there is no such offer")
        others = [other for other in self.names[who] if other != name]
        if waits:
            others = [other for other in others if self.line[who, other] in ("open", "kept")]
        self.give_up(who, others)
        self.line[who, name] = "kept" if waits else "taken"
        self.by_day.pop((who, name), None)

    def answer_by(self, who, ranking):
        if any(self.line[who, name] == "taken" for name in self.names[who]):
            raise ValueError("a place was taken for good")
        if not ranking or any(self.line.get((who, name)) not in ("waiting", "open", "kept")
                              for name in ranking):
            raise ValueError("one ranks what is open to oneself")
        self.give_up(who, [name for name in self.names[who] if name not in ranking])
        self.ranking[who] = list(ranking)
        self.keep_best(who)

    # --- What is stated ---------------------------------------------------------------------------

    def records(self):
        return [{"applicant": who, "programme": name, "rank": rank,
                 "until": calendar_text.instant_text(
                     self.until(who, name) if self.line[who, name] == "open" else self.last)}
                for name, rank, who in self.made]

    def lists(self):
        out = []
        for name in self.order:
            mine = [rank for made, rank, _ in self.made if made == name]
            if mine:
                out.append({"programme": name, "offered": len(mine), "last": self.reached[name]})
        return out

    def cutoff(self, name):
        taken = self.seats[name] - self.free(name)
        out = {"programme": name, "seats": self.seats[name], "taken": taken}
        if self.reached[name] and taken >= self.seats[name]:
            last = self.order[name][self.reached[name] - 1]
            out.update({"score": self.score[last], "key": self.key(name, last)})
        return out

    def parted(self, name):
        """Whether the order alone does not part the last called and the next."""
        order, reached = self.order[name], self.reached[name]
        return 0 < reached < len(order) and \
            self.score[order[reached - 1]] == self.score[order[reached]]

    def mirror(self, who, one):
        """The offers of an application, as the lists have them."""
        mine = {offer["programme"]: offer for offer in one["offers"] if not offer["beyond"]}
        for name in self.names[who]:
            now = self.line[who, name]
            if now in SEAT and name not in mine:
                mine[name] = {"programme": name, "seat": 0, "beyond": False, "paired": False,
                              "round": 1, "until": self.until(who, name)}
                one["offers"].append(mine[name])
            if name in mine:
                mine[name]["status"] = {"open": "open", "kept": "accepted", "taken": "accepted",
                                        "lapsed": "lapsed", "given": "declined"}[now]
                mine[name]["waits"] = now == "kept"


class RollingCalls:
    """What a call whose offers roll does otherwise than others."""

    def roll(self, c, who, at, act):
        """The act of one person on the lists; what must follow."""
        call = self.known[c["call"]]
        lists = call["rolling"]
        if not lists or call["offers_over"] or who not in lists.names:
            return []
        lists.step(at, lambda: act(lists))
        return self.rolled(call)

    def rolled(self, call):
        lists = call["rolling"]
        for who in lists.names:
            lists.mirror(who, call["applications"][who])
        self.await_answers(call)
        if not lists.made:
            return []
        return [("calls.offers_moved", lambda e: equal_fields(e, {
            "call": call["asked"]["call"], "lists": lists.lists(),
            "root": merkle([canonical(one) for one in lists.records()]).hex()}))]

    @staticmethod
    def await_answers(call):
        """Moments at which an open offer lapses; what ends with the last day has none of its own."""
        if not call["rolling"]:
            return
        call["due"] = {offer["until"] for one in call["applications"].values()
                       for offer in one["offers"] if offer["status"] == "open"
                       and (offer["beyond"] or offer["until"] < call["rolling"].last)}

    def answer_rolling(self, c, at, actor, one):
        call, name = self.known[c["call"]], c["programme"]
        beyond = [o for o in one["offers"] if o["beyond"] and o["status"] == "open"]
        mine = next((o for o in beyond if o["programme"] == name), None)
        accepts, waits = c["answer"] == "accept", c.get("keep_waiting", False)
        if mine:
            mine["status"] = "accepted" if accepts else "declined"
            act = (lambda lists: lists.leave(actor)) if accepts else None
            if accepts and waits:
                raise ValueError("nobody waits beside a place from an appeal")
        else:
            if call["offers_over"]:
                raise ValueError("nobody answers after the last day")
            if any(o["status"] == "accepted" and not o["waits"] for o in one["offers"]):
                raise ValueError("a place was taken for good")
            act = lambda lists: lists.answer(actor, name, c["answer"], waits)
        moves = self.roll(c, actor, at, act) if act else []
        if accepts and not waits and not mine:
            for other in beyond:
                other["status"] = "left"
        self.await_answers(call)
        return moves

    def rank_offers(self, c, at, actor, auth):
        call = self.known[c["call"]]
        if not call["rolling"] or call["offers_over"]:
            raise ValueError("one ranks while offers go out")
        if any(o["status"] == "accepted" and not o["waits"] for o in self.of(c, actor)["offers"]):
            raise ValueError("a place was taken for good")
        return self.roll(c, actor, at, lambda lists: lists.answer_by(actor, c["ranking"]))

    def run_rolling(self, call, people, key):
        asked = call["asked"]
        lists = Lists(people, self.seats(call), key, asked["answer_days"],
                              calendar_text.instant(asked["rules"]["rolling_until"]))
        call["rolling"] = lists
        there = [p for p in self.programmes(asked) if p not in call["aside"]]
        needed = [p for p in there if lists.parted(p)]
        return {"lists": lists, "cutoffs": [lists.cutoff(p) for p in there], "lots": needed,
                "by_lot": bool(needed)}

    @staticmethod
    def rolling_records(people, lists):
        """By applicant each offer in the order of the choices, or that there is none."""
        out = []
        for who, one in people.items():
            mine = [p for p in one["choices"] if lists.line[who, p] in SEAT]
            out += [given(applicant=who, offered=True, programme=p) for p in mine] or \
                [{"applicant": who, "offered": False}]
        return [canonical(one) for one in out]

    def begin_rolling(self, call, e, at):
        lists = call["rolling"]
        lists.began = at
        call["rounds"].append({"cutoffs": e["cutoffs"], "at": at})
        self.rolled(call)

    def lapse_rolling(self, call, e, until):
        late = [offer for one in call["applications"].values() for offer in one["offers"]
                if offer["status"] == "open" and offer["until"] <= until]
        for offer in late:
            offer["status"] = "lapsed"
        lists, made = call["rolling"], []
        if not call["offers_over"]:
            made = lists.step(until)
            self.rolled(call)
        equal_fields(e, given(
            call=call["asked"]["call"], round=1, lapsed=len(late),
            lists=lists.lists() if made else None,
            root=merkle([canonical(one) for one in lists.records()]).hex() if made else None))
        self.await_answers(call)
        return []

    def ended(self, call, e):
        lists, kept, lapsed, waiting = call["rolling"], 0, 0, 0
        for who, one in call["applications"].items() if lists else ():
            held = [o for o in one["offers"] if o["status"] == "accepted"]
            mine = [o for o in one["offers"] if o["beyond"] and o["status"] == "open"]
            if who in lists.names and not held and not mine and \
                    any(lists.line[who, name] == "waiting" for name in lists.names[who]):
                waiting += 1
            for offer in one["offers"]:
                kept += offer["status"] == "accepted" and offer["waits"]
                offer["waits"] = False
                if offer["status"] == "open" and not offer["beyond"]:
                    lapsed += 1
                    offer["status"] = "lapsed"
        equal_fields(e, {"call": call["asked"]["call"], "kept": kept, "lapsed": lapsed,
                         "waiting": waiting})
        call["offers_over"] = True
        if lists:
            self.await_answers(call)
        return []

    def on_lists(self, call, one, who, out, at):
        figures, lists = [], call["rolling"]
        for choice in one["asked"].get("choices", []):
            if choice in call["aside"] or lists.line.get((who, choice), "waiting") != "waiting":
                continue
            last = lists.cutoff(choice)
            figures.append(given(programme=choice, cutoff_score=last.get("score"),
                                 score=out["score"]))
            key = self.key(call, self.seed(call), choice, who)
            if places.meets(last, out["score"], key):
                until = calendar_text.instant_text(at + call["asked"]["answer_days"] * DAY)
                return {**out, "effect": "place", "programme": choice, "answer_until": until,
                        "figures": figures}
        return {**out, "effect": "below_cutoff", **given(figures=figures)}

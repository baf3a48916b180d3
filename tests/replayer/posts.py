"""Elections to posts: who stands, what was cast, and what must follow when the ballots close."""

import hashlib

import calendar_text
import canonical
import elections


def sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()


def equal(name, stated, computed):
    if stated != computed:
        raise ValueError(f"{name} is stated as {stated!r} and comes out as {computed!r}")


def given(**fields):
    """Fields as the journal writes them: what is empty is left out."""
    return {name: value for name, value in fields.items() if value not in (None, [], "")}


class Posts:
    """The part of the assembly that elects. `self` has charter, sessions, carry_out and obstacle."""

    def call_election(self, c, at):
        bodies = self.sessions[c["session"]]["bodies"]
        self.elections[c["election"]] = {
            **c, "body": c.get("body", bodies[0]), "needs": c.get("needs", "most"),
            "standing": {}, "round": 0, "open": False, "between": None}

    def nominate_candidate(self, c, at, actor):
        self.elections[c["election"]]["standing"][c["candidate"]] = c["candidate"] == actor

    def accept_candidacy(self, c, at, actor):
        equal("the candidate", c["candidate"], actor)
        self.elections[c["election"]]["standing"][c["candidate"]] = True

    def withdraw_candidacy(self, c, at, actor):
        equal("the candidate", c["candidate"], actor)
        self.elections[c["election"]]["standing"][c["candidate"]] = False

    def open_election(self, c, at):
        known = self.elections[c["election"]]
        stand = [person for person, agreed in known["standing"].items() if agreed]
        known["candidates"] = known["between"] or stand
        known["seats_now"] = [v["id"] for v in self.charter.electorate(
            known["body"], calendar_text.day_text(at))]
        known["ballots"], known["commitment"] = {}, c["lot_commitment"]
        known["round"], known["open"] = known["round"] + 1, True

    def cast_election_ballot(self, c, at, actor):
        known, seat = self.elections[c["election"]], c["seat"]
        if not known["open"] or seat not in known["seats_now"]:
            raise ValueError(f"the seat {seat} has no ballot in {c['election']}")
        if self.charter.holder(seat, calendar_text.day_text(at)) != actor:
            raise ValueError(f"{actor} does not hold the seat {seat}")
        named = c.get("marks", []) + c.get("against", [])
        if len(set(named)) != len(named) or not set(named) <= set(known["candidates"]):
            raise ValueError("a ballot names somebody twice, or somebody who does not stand")
        known["ballots"][seat] = {"marks": c.get("marks", []), "against": c.get("against", [])}

    def annul_election(self, c, at):
        self.elections[c["election"]]["open"] = False

    def close_election(self, c, at):
        name, number = c["election"], c["lot_number"]
        known = self.elections[name]
        known["open"] = False
        equal("the commitment", known["commitment"], sha256(number))
        cast = [{**given(**known["ballots"][seat]), "seat": seat}
                for seat in known["seats_now"] if seat in known["ballots"]]
        digest = sha256(canonical.text(cast))
        seed = sha256(f"veche election lot 1\n{number}\n{digest}\n")
        made = elections.count(
            known["how"], "most" if known["round"] > 1 else known["needs"], known["posts"],
            len(known["seats_now"]), known["candidates"],
            [(b.get("marks", []), b.get("against", [])) for b in cast], seed)
        stages = [("assembly.stage_counted",
                   lambda e, stage=stage: self.stage_counted(e, name, stage))
                  for stage in made["stages"]]
        decided = given(
            election=name, round=known["round"], outcome=made["outcome"], quota=made.get("quota"),
            elected=made["elected"], runoff=made["runoff"], ballots_sha256=digest, lot_seed=seed)
        decided |= {"papers": made["papers"], "blank": made["blank"],
                    "absent": len(known["seats_now"]) - len(cast), "stages": len(made["stages"])}
        known["between"], known["elected"] = made["runoff"], made["elected"]
        known["outcome"] = made["outcome"]
        return stages + [("assembly.election_decided",
                          lambda e: self.election_decided(e, name, decided, at))]

    def stage_counted(self, e, name, stage):
        """Reasons are words about figures that are all computed here."""
        stated = {key: value for key, value in e["stage"].items() if key != "reasons"}
        equal("a stage", stated, stage)
        equal("its place", (e["election"], e["round"]), (name, self.elections[name]["round"]))
        return []

    def election_decided(self, e, name, decided, at):
        equal("the result", e, decided)
        orders = self.orders_after(name, at)
        if not orders:
            return []
        return [(("assembly.post_conferred", "assembly.posts_not_conferred"),
                 lambda first: self.first_conferred(first, name, orders, at))]

    def orders_after(self, name, at):
        known, orders = self.elections[name], []
        first_day = max(known.get("from", ""), calendar_text.day_text(at))
        before = calendar_text.plus_days(first_day, -1)
        if not known["elected"]:
            return []
        for mandate in known.get("succeeds", []):
            held = self.charter.row("mandates", mandate)
            if held and before < held.get("until", "9"):
                orders.append({"type": "charter.end_mandate", "v": 1,
                               "body": {"mandate": mandate, "until": before}})
        for n, person in enumerate(known["elected"]):
            post = ({"office": known["office"]} if "office" in known
                    else {"seat": known["seats"][n]})
            mandate = given(id=f"{name}/{n + 1}", person=person, until=known.get("until"), **post)
            mandate["from"] = first_day
            orders.append({"type": "charter.grant_mandate", "v": 1, "body": {"mandate": mandate}})
        return orders

    def first_conferred(self, e, name, orders, at):
        if "command" in e:
            rest = [("assembly.post_conferred",
                     lambda later, n=n: self.conferred(later, name, orders, n, at))
                    for n in range(1, len(orders))]
            return self.conferred(e, name, orders, 0, at) + rest
        why = e["why"]
        stated = {"index": e["index"], "code": why["code"], "field": why.get("field", "")}
        equal("the obstacle", self.obstacle(orders, at, stated), tuple(stated.values()))
        return [("programme.follow_up_opened", lambda f: equal(
            "the follow-up", f, {"decision": f"election/{name}", "index": e["index"], "why": why,
                                 "body": self.elections[name]["body"],
                                 "follow_up": f["follow_up"]}))]

    def conferred(self, e, name, orders, number, at):
        equal("what confers", e, {"election": name, "index": number, "command": orders[number]})
        return self.carry_out(orders[number], at) or []

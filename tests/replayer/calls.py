"""Calls: who applied, how it was judged, the lots, and every allocation anew, by
an engine written apart (docs/format/calls.md)."""

import budget
import calendar_text
import internships
import places
import rolling
import shares
import teams
from checks import equal, equal_fields
from roots import canonical, given, merkle, records_of, sha

DAY = 86_400_000
CLOSING, LOT, ANSWERS, VOTE_OPENS, VOTE_ENDS, RANKINGS, LAST_OFFERS = range(7)  # their order at one moment
ORIGINS = {"submit_application": "calls.application", "lodge_appeal": "calls.appeal"}


class Calls(rolling.RollingCalls):
    def __init__(self, charter):
        self.charter, self.known = charter, {}

    # --- Commands ---------------------------------------------------------------------------------

    def act(self, name, c, at, actor, auth):
        return getattr(self, name)(c, at, actor, auth)

    def open_call(self, c, at, actor=None, auth=None):
        closes = calendar_text.instant(c["closes"])
        if closes <= calendar_text.instant(c["opens"]):
            raise ValueError("the call closes before it opens")
        self.known[c["call"]] = {
            "asked": c, "lot": {}, "lot_over": False, "lot_until": None, "root": None,
            "rankings": {}, "rankings_over": False, "closes": closes,
            "applications": {}, "aside": set(), "rounds": [], "due": set(),
            "claims": {}, "shared": None, "concluded": None, "slate": None, "ballots": {},
            "vote_root": None, "rolling": None, "offers_over": False}

    def obstacle(self, name, c):
        return ("calls.call_taken", "call") if c["call"] in self.known else None

    def commit_lot(self, c, at, actor, auth):
        call = self.known[c["call"]]
        if auth not in call["asked"]["custodians"] or call["applications"] \
                or call["claims"]:
            raise ValueError("only a custodian commits, and before anybody has applied")
        call["lot"][auth] = {"hash": c["hash"], "number": None}

    def reveal_lot(self, c, at, actor, auth):
        call = self.known[c["call"]]
        number = bytes.fromhex(c["number"])
        made = sha(b"veche-lot-v1", b"\0", c["call"].encode(), b"\0", auth.encode(), b"\0", number)
        equal("the hash of the number", call["lot"][auth]["hash"], made.hex())
        if call["lot_until"] is None or call["lot_over"]:
            raise ValueError("a number is revealed between the settled list and the last day")
        call["lot"][auth]["number"] = number
        if all(one["number"] for one in call["lot"].values()):
            call["lot_over"] = True

    def submit_application(self, c, at, actor, auth):
        call = self.known[c["call"]]
        if not calendar_text.instant(call["asked"]["opens"]) <= at < call["closes"]:
            raise ValueError("the call is not open")
        call["applications"][actor] = {
            "asked": c, "withdrawn": False, "eligible": None, "refused": set(), "assessors": {},
            "corrected": {}, "aside": False, "offers": [], "appeal": None}

    def state_claim(self, c, at, actor, auth):
        call = self.known[c["call"]]
        party = next(p for p in call["asked"]["shares"]["parties"] if p["party"] == c["party"])
        if party["office"] != auth or \
                not calendar_text.instant(call["asked"]["opens"]) <= at < call["closes"]:
            raise ValueError("the office of a party states its claim while the call is open")
        call["claims"][c["party"]] = c

    def of(self, c, actor):
        return self.known[c["call"]]["applications"][actor]

    def withdraw_application(self, c, at, actor, auth):
        one = self.of(c, actor)
        moves = self.roll(c, actor, at, lambda lists: lists.leave(actor))
        one["withdrawn"] = True
        for offer in one["offers"]:
            if offer["status"] in ("open", "accepted"):
                offer["status"] = "declined"
                internships.lose_with(self.known[c["call"]], one, offer)
        if one["appeal"] == "open":
            one["appeal"] = "decided"
        self.forget_days(self.known[c["call"]])
        self.await_answers(self.known[c["call"]])
        return moves

    def answer_offer(self, c, at, actor, auth):
        one = self.of(c, actor)
        if self.known[c["call"]]["rolling"]:
            return self.answer_rolling(c, at, actor, one)
        if "programme" in c and c["programme"] != one["offers"][-1]["programme"]:
            raise ValueError("another programme made the offer")
        offer = one["offers"][-1]
        equal("the offer", offer["status"], "open")
        offer["status"] = {"accept": "accepted", "decline": "declined"}[c["answer"]]
        offer["waits"] = c["answer"] == "accept" and c.get("keep_waiting", False)
        if c["answer"] == "accept":
            self.leave_others(one)
            if offer["paired"] and offer["waits"]:
                raise ValueError("a pair does not wait for better")
        else:
            internships.lose_with(self.known[c["call"]], one, offer)
        self.forget_days(self.known[c["call"]])

    @staticmethod
    def leave_others(one):
        for offer in one["offers"][:-1]:
            if offer["status"] == "accepted":
                offer["status"] = "left"

    @staticmethod
    def forget_days(call):
        """With the last open offer its days go."""
        if not any(offer["status"] == "open" for one in call["applications"].values()
                   for offer in one["offers"]):
            call["due"].clear()

    def lodge_appeal(self, c, at, actor, auth):
        one = self.of(c, actor)
        equal("the appeal before", one["appeal"], None)
        one["appeal"] = "open"

    def rank_applicants(self, c, at, actor, auth):
        internships.rank(self.known[c["call"]], c, actor, auth)

    def judge_eligibility(self, c, at, actor, auth):
        one = self.judged(c, actor)
        one["eligible"] = c["eligible"]
        one["refused"] = {group["group"] for group in c.get("refused_groups", [])}
        one["judge"] = actor
        one["refused_skills"] = {skill["skill"] for skill in c.get("refused_skills", [])}
        one["mended"] = {m["category"]: m["feature"] for m in c.get("mended_features", [])}

    def vote(self, c, at, actor, auth):
        call = self.known[c["call"]]
        terms = call["asked"]["voting"]
        opens, ends = (calendar_text.instant(terms[n]) for n in ("votes_from", "votes_until"))
        if actor != auth or not opens <= at < ends:
            raise ValueError("one votes for oneself, while it is voted")
        marks = {m["project"]: m.get("points", 1) for m in c["marks"]}
        if len(marks) != len(c["marks"]) or not set(marks) <= set(call["slate"]) \
                or not terms.get("least", 1) <= len(marks) <= terms.get("most", 200):
            raise ValueError("a ballot names projects of the ballot paper, each once")
        if terms["ballots"] == "points" and (
                sum(marks.values()) > terms["points"]
                or not all(1 <= p <= terms["most_points"] for p in marks.values())):
            raise ValueError("a ballot gives no more points than it has")
        call["ballots"][actor] = {"marks": marks, "member": c.get("member")}

    def judged(self, c, actor):
        """The application; nobody judges in their own case, before closing, after the ballot paper is
        fixed, after the list is settled or after the run."""
        call = self.known[c["call"]]
        if c["applicant"] == actor or call["root"] is None or call["rounds"] \
                or call["lot_until"] is not None or call["slate"] is not None:
            raise ValueError("this application is not judged by this person now")
        return call["applications"][c["applicant"]]

    def assign_assessor(self, c, at, actor, auth):
        self.judged(c, actor)["assessors"][c["assessor"]] = {"tie": None, "points": None}

    def set_aside(self, c, at, actor, auth):
        if "applicant" in c:
            self.of(c, c["applicant"])["aside"] = True
        else:
            self.known[c["call"]]["aside"].add(c["programme"])

    def declare_interest(self, c, at, actor, auth):
        self.judged(c, actor)["assessors"][actor]["tie"] = c["tie"]

    def assess(self, c, at, actor, auth):
        record = self.judged(c, actor)["assessors"][actor]
        if record["tie"] != "none" or record["points"] is not None:
            raise ValueError("who assesses has declared no tie, and assesses once")
        record["points"] = {p["criterion"]: p["points"] for p in c["points"]}

    # --- Score ------------------------------------------------------------------------------------

    def score(self, call, one):
        total = 0
        for plan in call["asked"].get("criteria", []):
            points = sum(record["points"].get(plan["criterion"], 0)
                         for record in one["assessors"].values()
                         if record["points"] and record["tie"] == "none")
            total += plan["weight"] * one["corrected"].get(plan["criterion"], points)
        return total

    def most(self, asked):
        return sum(plan["max"] * plan["weight"] * asked.get("assessors", 0)
                   for plan in asked.get("criteria", []))

    def groups(self, one):
        return [g for g in one["asked"].get("groups", []) if g not in one["refused"]]

    # --- Lots -------------------------------------------------------------------------------------

    def seed(self, call):
        numbers = [call["lot"][name]["number"] for name in call["asked"]["custodians"]
                   if call["lot"].get(name, {}).get("number")]
        return sha(b"veche-seed-v1", bytes.fromhex(call["root"]), sha(*numbers))

    def key(self, call, seed, programme, applicant):
        each = call["asked"]["rules"].get("lottery") == "per_programme" and programme is not None
        parts = (call["asked"]["call"], programme if each else "*", applicant)
        return sha(b"veche-lottery-v1\0", seed, b"\0", "\0".join(parts).encode()).hex()

    # --- A round ----------------------------------------------------------------------------------

    @staticmethod
    def held(one):
        for offer in reversed(one["offers"]):
            if offer["status"] in ("open", "accepted"):
                return offer
        return None

    def candidates(self, call):
        found = {}
        for name, one in sorted(call["applications"].items(), key=lambda a: a[0].encode()):
            if one["withdrawn"] or one["aside"] or not one["eligible"]:
                continue
            if call["slate"] is not None and name not in call["slate"]:
                continue
            held = self.held(one)
            if call["asked"]["kind"] == "internships":
                wanted = internships.wants(call, name, held)
                if wanted:
                    found[name] = {"choices": wanted[0], "paired": wanted[1], "groups": []}
                continue
            grants = "budget" in call["asked"]
            in_team = call["asked"]["kind"] == "teams"
            if one["offers"] and (grants or in_team or held is None or held["status"] != "accepted"
                                  or not held["waits"]):
                continue
            wanted = one["asked"].get("choices", [])
            if held:
                wanted = wanted[:wanted.index(held["programme"])]
            wanted = [p for p in wanted if p not in call["aside"]]
            if wanted or grants:
                found[name] = {"choices": wanted, "groups": self.groups(one),
                               "score": self.score(call, one),
                               "asks": int(one["asked"].get("asks", {}).get("minor", 0))}
        return found

    def money(self, call):
        free = int(call["asked"]["budget"]["minor"])
        for one in call["applications"].values():
            free -= sum(int(one["asked"]["asks"]["minor"]) for offer in one["offers"]
                        if offer["status"] in ("open", "accepted"))
        return max(free, 0)

    def seats(self, call):
        """Runs of free places by programme, in the order in which they are filled."""
        asked, free = call["asked"], {}
        for plan in asked.get("programmes", []):
            rule = asked["rules"].get("reserves")
            held = [{"group": r["group"], "hard": rule == "hard", "seats": r["seats"]}
                    for r in plan.get("reserves", [])]
            rest = {"group": None, "hard": False,
                    "seats": plan["capacity"] - sum(r["seats"] for r in held)}
            free[plan["programme"]] = [rest, *held] if rule == "last" else [*held, rest]
        for one in call["applications"].values():
            for offer in one["offers"]:
                if offer["status"] in ("open", "accepted") and not offer["beyond"]:
                    run = free[offer["programme"]][offer["seat"]]
                    run["seats"] = max(run["seats"] - 1, 0)
        for name in call["aside"]:
            for run in free[name]:
                run["seats"] = 0
        return free

    def settle_list(self, c, at, actor, auth):
        call = self.known[c["call"]]
        if call["lot_until"] is not None or not call["lot"] or call["rounds"]:
            raise ValueError("a list with lots is settled once, before the run")
        self.all_is_judged(call)
        call["lot_until"] = at + call["asked"].get("reveal_days", 7) * DAY

    def run_allocation(self, c, at, actor, auth):
        call = self.known[c["call"]]
        if call["asked"]["kind"] == "shares":
            if call["root"] is None or call["shared"] is not None:
                raise ValueError("a closed call is shared out once")
            return [("calls.shared_out", lambda e: self.shared_out(call, e))]
        self.nothing_in_the_way(call)
        return [("calls.allocated", lambda e: self.allocated(call, e, at))]

    def nothing_in_the_way(self, call):
        if call["asked"]["rules"]["ties"] == "lottery" and not call["lot_over"]:
            raise ValueError("the lots are not fixed")
        self.all_is_judged(call)
        hosts = call["asked"]["kind"] == "internships"
        if hosts and not call["rounds"] and not call["rankings_over"] and internships.unranked(call):
            raise ValueError("a host has not ranked")

    @staticmethod
    def all_is_judged(call):
        if call["root"] is None:
            raise ValueError("the list is not bound")
        for name, one in call["applications"].items():
            if one["withdrawn"] or one["aside"]:
                continue
            done = [r for r in one["assessors"].values() if r["tie"] == "none" and r["points"]]
            short = len(done) < call["asked"].get("assessors", 0) and not call["rounds"]
            waits = any(offer["status"] == "open" for offer in one["offers"])
            left_out = call["slate"] is not None and name not in call["slate"]
            unjudged = one["eligible"] is None and not left_out
            if unjudged or (one["eligible"] and short) or waits \
                    or one["appeal"] == "open":
                raise ValueError(f"the application of {name} stands in the way of a run")

    def allocated(self, call, e, at):
        asked, rules = call["asked"], call["asked"]["rules"]
        lots = rules["ties"] == "lottery"
        seed = self.seed(call) if lots else b""
        people = self.candidates(call)
        key = lambda programme, who: self.key(call, seed, programme, who) if lots else ""
        if asked["kind"] == "budget":
            made = self.divide(call, people, key)
        elif asked["kind"] == "teams":
            made = self.sent(call, people, seed, e)
        elif asked["kind"] == "grants":
            made = places.grants(people, self.money(call), rules, key, self.most(asked))
        elif "rolling_until" in rules:
            made = self.run_rolling(call, people, key)
        elif asked["kind"] == "internships":
            of = internships.Round(call, people, self.seats(call))
            offers, cutoffs, stated = of.result(e["hosts"])
            made = {"offers": offers, "cutoffs": cutoffs, "lots": [], "by_lot": False,
                    "hosts": stated}
        else:
            made = places.match(people, self.seats(call), rules, key, self.most(asked),
                                [p for p in self.programmes(asked) if p not in call["aside"]],
                                [g["group"] for g in asked.get("groups", [])],
                                set(e.get("lots_needed", [])))
        rolls = made.get("lists")
        records = self.rolling_records(people, rolls) if rolls else records_of(people, made["offers"])
        until = at + asked["answer_days"] * DAY
        until = min(until, rolls.last) if rolls else until
        computed = given(
            call=asked["call"], round=len(call["rounds"]) + 1, candidates=len(people),
            offers=len(rolls.made if rolls else made["offers"]), cutoffs=made["cutoffs"], lots_needed=made["lots"],
            lots_decided=made["by_lot"], seed=seed.hex(), result_root=merkle(records).hex(),
            answer_until=calendar_text.instant_text(until),
            endowment=made.get("endowment"), projects=made.get("projects"),
            hosts=made.get("hosts"), teams=e.get("teams"))
        proof = {name: computed[name] for name in
                 ("call", "cutoffs", "hosts", "lots_decided", "lots_needed", "result_root", "round",
                  "seed", "teams") if name in computed}
        proof.update({"root": call["root"], "rules": rules})
        proof.update(made.get("proof", {}))
        computed["certificate"] = sha(canonical(proof)).hex()
        equal_fields(e, computed)
        if rolls:
            self.begin_rolling(call, e, at)
            return []
        for name, got in people.items():
            if not got.get("paired", True):
                call["applications"][name]["alone"] = True
        self.give(call, made["offers"], people, e, at)
        call["rounds"][-1]["parts"] = made.get("parts")
        return []

    def shared_out(self, call, e):
        """By the order of the list first: lots are drawn only where several stand equal."""
        asked, terms = call["asked"], call["asked"]["shares"]
        lots = asked["rules"]["ties"] == "lottery" and "seed" in e and e["seed"] != ""
        seed = self.seed(call) if lots else b""
        if lots and not call["lot_over"]:
            raise ValueError("the lots are not fixed")
        paths = {}
        if "apportion" in terms:
            tree = shares.Tree(terms)
            paths = {group: tree.path(group) for group in tree.groups}
        key = (lambda who: self.key(call, seed, None, paths.get(who, who))) if lots else None
        made = shares.compute(terms, call["claims"], key, e)
        if asked["rules"]["ties"] == "lottery" and bool(made["ties"]) != lots:
            raise ValueError("lots are drawn exactly where several stand equal")
        rows = [given(exact=one.get("exact"), party=one["party"], units=one["units"])
                for one in made["shares"]]
        rows.sort(key=lambda one: one["party"].encode())
        computed = {"call": asked["call"], **given(levels=made["levels"], ties=made["ties"]),
                    "shares": [given(**one) for one in made["shares"]], "losses": made["losses"],
                    "left": made["left"], "lots_decided": lots, "seed": seed.hex(),
                    "result_root": merkle([canonical(row) for row in rows]).hex()}
        proof = {**computed, "root": call["root"], "rules": asked["rules"], "terms": terms}
        computed["certificate"] = sha(canonical(proof)).hex()
        equal_fields(e, computed)
        call["shared"] = computed
        return []

    def divide(self, call, people, key):
        """Equal shares of the ballots; marks for what cannot be funded fall away."""
        asked = call["asked"]
        costs = {name: one["asks"] for name, one in people.items()}
        ballots = [{p: n for p, n in call["ballots"][voter]["marks"].items() if p in costs}
                   for voter in call["ballots"]]
        made = budget.count(asked["voting"], int(asked["budget"]["minor"]), costs, ballots,
                            lambda project: key(None, project))
        return {"offers": {name: {} for name in people if name in made["funded"]},
                "cutoffs": [{"seats": int(asked["budget"]["minor"]),
                             "taken": made["certificate"]["cost"]}],
                "lots": [], "by_lot": made["lots"], "endowment": made["endowment"],
                "projects": made["figures"],
                "proof": {"ballots": call["vote_root"], "shares": made["certificate"],
                          "voting": asked["voting"]}}

    # --- Teams ------------------------------------------------------------------------------------

    def team_person(self, call, name):
        one = call["applications"][name]
        return teams.person_of(call["asked"], one, self.score(call, one), call["aside"])

    def in_teams(self, call, statuses):
        """Who holds a place where, and whether beyond the capacity."""
        return [(self.team_person(call, name), self.held(one)["programme"],
                 self.held(one)["beyond"])
                for name, one in call["applications"].items()
                if self.held(one) and self.held(one)["status"] in statuses]

    def sent(self, call, people, seed, e):
        held = teams.held_of(call["asked"], self.in_teams(call, ("open", "accepted")))
        return teams.run(call["asked"], {name: self.team_person(call, name) for name in people},
                         held, call["aside"], seed, e.get("teams", []))

    def team_effect(self, call, name, out, at, stated):
        one = call["applications"][name]
        site = teams.sent_with(call["rounds"], name, self.team_person(call, name))
        site = stated.get("programme") if site is False else site
        held, choices = self.held(one), one["asked"]["choices"]
        if site not in (choices[:choices.index(held["programme"])] if held else choices):
            return {**out, "effect": "below_cutoff"}
        until = calendar_text.instant_text(at + call["asked"]["answer_days"] * DAY)
        return {**out, "effect": "place", "programme": site, "answer_until": until}

    @staticmethod
    def programmes(asked):
        return [plan["programme"] for plan in asked.get("programmes", [])]

    def give(self, call, offers, people, e, at):
        until = at + call["asked"]["answer_days"] * DAY
        for name, got in offers.items():
            one = call["applications"][name]
            moves_up = self.held(one) is not None
            one["offers"].append({"programme": got.get("programme"), "seat": got.get("seat", 0),
                                  "status": "accepted" if moves_up else "open", "waits": moves_up,
                                  "beyond": False, "until": until, "round": e["round"],
                                  "paired": people[name].get("paired", False)})
            if moves_up:
                self.leave_others(one)
            else:
                call["due"].add(until)
        call["rounds"].append({"cutoffs": e["cutoffs"], "at": at})

    # --- Appeals ----------------------------------------------------------------------------------

    def decide_appeal(self, c, at, actor, auth):
        call, one = self.known[c["call"]], self.of(c, c["applicant"])
        equal("the appeal", one["appeal"], "open")
        if actor in (c["applicant"], one.get("judge")) or actor in one["assessors"]:
            raise ValueError("who judged does not decide the appeal")
        one["appeal"] = "decided"
        if c["upheld"]:
            one["corrected"].update({p["criterion"]: p["points"] for p in c.get("points", [])})
            one["refused"] -= set(c.get("groups", []))
            one["refused_skills"] = one.get("refused_skills", set()) - set(c.get("skills", []))
            for claim in c.get("features", []):
                one.get("mended", {}).pop(claim["category"], None)
            if c.get("eligible"):
                one["eligible"] = True
        return [("calls.appeal_settled", lambda e: self.settled(
            call, one, e, self.effect(call, c, one, at, e), at))]

    def effect(self, call, c, one, at, stated):
        out = {"call": c["call"], "applicant": c["applicant"], "score": self.score(call, one)}
        if not c["upheld"]:
            return {**out, "effect": "dismissed"}
        if call["slate"] is not None:
            return {**out, "effect": "vote_stands"}
        if not call["rounds"]:
            return {**out, "effect": "before_run"}
        if one["withdrawn"] or one["aside"] or not one["eligible"]:
            return {**out, "effect": "below_cutoff"}
        if call["asked"]["kind"] == "teams":
            return self.team_effect(call, c["applicant"], out, at, stated)
        if call["rolling"]:
            return self.on_lists(call, one, c["applicant"], out, at)
        held, figures, won = self.held(one), [], None
        grants = call["asked"]["kind"] == "grants"
        if grants and held:
            return {**out, "effect": "below_cutoff"}
        for choice in [None] if grants else one["asked"].get("choices", []):
            if held and held["programme"] == choice:
                break
            if choice in call["aside"]:
                continue
            if call["asked"]["kind"] == "internships":
                met, number, last = internships.standing_at(call, c["applicant"], choice)
                figures.append(given(programme=choice, score=0, cutoff_rank=last, rank=number))
                if met:
                    won = (choice,)
                    break
                continue
            met, lowest = self.look(call, one, c["applicant"], choice, out["score"])
            figures.append(given(programme=choice, cutoff_score=lowest, score=out["score"]))
            if met:
                won = (choice,)
                break
        out.update(given(figures=figures))
        if won is None:
            return {**out, "effect": "below_cutoff"}
        if grants and int(one["asked"]["asks"]["minor"]) > self.money(call):
            return {**out, "effect": "beyond_budget"}
        until = calendar_text.instant_text(at + call["asked"]["answer_days"] * DAY)
        return {**out, "effect": "place", **given(programme=won[0]), "answer_until": until}

    def look(self, call, one, applicant, programme, score):
        lots = call["asked"]["rules"]["ties"] == "lottery"
        key = self.key(call, self.seed(call), programme, applicant) if lots else ""
        met, lowest = False, None
        for made in call["rounds"]:
            for cutoff in made["cutoffs"]:
                if cutoff.get("programme") != programme:
                    continue
                if "group" in cutoff and cutoff["group"] not in self.groups(one):
                    continue
                met = met or places.meets(cutoff, score, key)
                if "score" in cutoff:
                    lowest = min(cutoff["score"], cutoff["score"] if lowest is None else lowest)
        return met, lowest

    def settled(self, call, one, e, computed, at):
        equal_fields(e, computed)
        if computed["effect"] == "place":
            until = at + call["asked"]["answer_days"] * DAY
            lists, name = call["rolling"], computed.get("programme")
            if lists and lists.line.get((e["applicant"], name)) == "waiting" \
                    and not call["offers_over"]:
                self.roll(e, e["applicant"], at, lambda lists: lists.give_up(e["applicant"], [name]))
            elif not lists and one["offers"] and one["offers"][-1]["status"] == "open":
                one["offers"][-1]["status"] = "left"
                self.forget_days(call)
            one["offers"].append({"programme": computed.get("programme"), "seat": 0,
                                  "status": "open", "waits": False, "beyond": True,
                                  "paired": False, "round": len(call["rounds"]),
                                  "until": until})
            call["due"].add(until)
        return []

    # --- The end ----------------------------------------------------------------------------------

    def conclude_call(self, c, at, actor, auth):
        call = self.known[c["call"]]
        if call["rounds"] and at < call["rounds"][-1]["at"] + call["asked"]["appeal_days"] * DAY:
            raise ValueError("one can still appeal")
        if call["rolling"] and not call["offers_over"]:
            raise ValueError("offers still go out")
        return [("calls.call_concluded", lambda e: self.concluded(call, e))]

    def concluded(self, call, e):
        equal_fields(e, self.report(call))
        call["concluded"] = e
        return []

    def report(self, call):
        asked = call["asked"]
        if asked["kind"] == "shares":
            made = call["shared"]
            with_some = sum(one["units"] > 0 for one in made["shares"])
            return given(call=asked["call"], applications=len(call["claims"]),
                         eligible=len(made["shares"]), offered=with_some, accepted=with_some,
                         left=made["left"],
                         parties=[given(party=one["party"], claim=one.get("claim"),
                                        units=one["units"]) for one in made["shares"]])
        there = [one for one in call["applications"].values() if not one["withdrawn"]]
        eligible = [one for one in there if one["eligible"] and not one["aside"]]
        accepted = [one for one in there
                    if self.held(one) and self.held(one)["status"] == "accepted"]
        rows, members = [], {}
        for plan in asked.get("programmes", []):
            mine = [one for one in accepted if self.held(one)["programme"] == plan["programme"]]
            beyond = sum(self.held(one)["beyond"] for one in mine)
            rows.append({"programme": plan["programme"], "capacity": plan["capacity"],
                         "accepted": len(mine), "beyond": beyond,
                         "left": max(plan["capacity"] - len(mine) + beyond, 0)})
            if "member" in plan:
                of = members.setdefault(plan["member"], [0, 0])
                of[0] += plan["capacity"]
                of[1] += len(mine)
        if "budget" in asked:
            granted = sum(int(one["asked"]["asks"]["minor"]) for one in accepted)
            budget = int(asked["budget"]["minor"])
            rows.append({"capacity": budget, "accepted": granted, "beyond": 0,
                         "left": max(budget - granted, 0)})
        groups = [{"group": g["group"],
                   "applied": sum(g["group"] in self.groups(one) for one in eligible),
                   "accepted": sum(g["group"] in self.groups(one) for one in accepted)}
                  for g in asked.get("groups", [])]
        return given(
            call=asked["call"], applications=len(there), eligible=len(eligible),
            offered=sum(bool(one["offers"]) for one in there), accepted=len(accepted),
            left=sum(row["left"] for row in rows), programmes=rows, groups=groups,
            members=[{"member": m, "capacity": members[m][0], "accepted": members[m][1]}
                     for m in sorted(members)],
            teams=teams.teams_now(asked, self.in_teams(call, ("accepted",)))
            if asked["kind"] == "teams" else None)

    # --- What the fund is asked for ---------------------------------------------------------------

    @staticmethod
    def worth(plan, unit, places):
        if unit["kind"] == "money":
            return places * int(plan.get("stipend", {}).get("minor", 0))
        return places * 10 ** unit.get("scale", 0)

    def offered(self, asked, unit):
        """Minor units; nothing where money stands behind places without stipends."""
        if "shares" in asked:
            terms = asked["shares"]
            return self.divided(terms, unit, shares.amount(terms))
        if "budget" in asked:
            return int(asked["budget"]["minor"])
        plans = asked["programmes"]
        if unit["kind"] == "money" and not any("stipend" in plan for plan in plans):
            return None
        return sum(self.worth(plan, unit, plan["capacity"]) for plan in plans)

    @staticmethod
    def divided(terms, unit, units):
        """So many of the smallest units that a call divides, of the commitment's; nothing where money
        stands behind places."""
        if "of" in terms:
            return units
        return None if unit["kind"] == "money" else units * 10 ** unit.get("scale", 0)

    def taken(self, call, unit):
        asked, over = call["asked"], call["concluded"]
        if over is None:
            return self.offered(asked, unit) or 0
        if "shares" in asked:
            return sum(self.divided(asked["shares"], unit, row["units"]) or 0
                       for row in over["parties"])
        if "budget" in asked:
            return over["programmes"][0]["accepted"]
        plans = {plan["programme"]: plan for plan in asked["programmes"]}
        return sum(self.worth(plans[row["programme"]], unit, row["accepted"])
                   for row in over["programmes"])

    # --- Time -------------------------------------------------------------------------------------

    def deadlines(self):
        for name, call in self.known.items():
            terms = call["asked"].get("voting")
            if terms and call["slate"] is None:
                yield calendar_text.instant(terms["votes_from"]), name, VOTE_OPENS
            if terms and call["vote_root"] is None:
                yield calendar_text.instant(terms["votes_until"]), name, VOTE_ENDS
            if call["root"] is None:
                yield call["closes"], name, CLOSING
            elif call["lot_until"] is not None and not call["lot_over"]:
                yield call["lot_until"], name, LOT
            for until in call["due"]:
                yield until, name, ANSWERS
            last = call["asked"].get("rules", {}).get("rolling_until")
            if last and not call["offers_over"] and not call["concluded"]:
                yield calendar_text.instant(last), name, LAST_OFFERS
            waits = call["root"] is not None and not call["rankings_over"]
            if waits and "hosts" in call["asked"] and not call["rounds"] and not call["concluded"]:
                yield (call["closes"] + call["asked"]["hosts"]["rank_days"] * DAY, name, RANKINGS)

    def due(self, at):
        """What the earliest deadline passed must leave, as a list; nothing is changed yet."""
        first = min((d for d in self.deadlines() if d[0] <= at), default=None)
        if first is None:
            return []
        until, name, kind = first
        call = self.known[name]
        return [(("calls.call_closed", lambda e: self.closed(call, e)),
                 ("calls.lot_missed", lambda e: self.missed(call, e)),
                 ("calls.offers_lapsed", lambda e: self.lapsed(call, e, until)),
                 ("calls.vote_opened", lambda e: self.vote_opened(call, e)),
                 ("calls.vote_closed", lambda e: self.vote_closed(call, e)),
                 ("calls.rankings_over", lambda e: self.ranked(call, e)),
                 ("calls.offers_ended", lambda e: self.ended(call, e)))[kind]]

    def closed(self, call, e):
        records = []
        for party in sorted(call["asked"].get("shares", {}).get("parties", []),
                            key=lambda p: p["party"].encode()):
            said = call["claims"].get(party["party"])
            records.append(canonical(given(
                claim=shares.claim(call["asked"]["shares"], call["claims"], party),
                party=party["party"], reason=said["reason"] if said else None,
                stated=said is not None, weight=party.get("weight"))))
        for name, one in sorted(call["applications"].items(), key=lambda a: a[0].encode()):
            if one["withdrawn"]:
                continue
            c = one["asked"]
            asks = int(c["asks"]["minor"]) if "asks" in c else None
            records.append(canonical(given(
                applicant=name, asks=asks, choices=c.get("choices"), groups=c.get("groups"),
                partner=c.get("partner"), pairs=c.get("pairs"),
                sealed=[seal["commit"] for seal in c.get("sealed", [])], title=c.get("title"),
                about=c.get("about"), place=c.get("place"),
                features=c.get("features"), skills=c.get("skills"))))
        counted = len(call["claims"]) if call["asked"]["kind"] == "shares" else len(records)
        equal_fields(e, {"call": call["asked"]["call"], "applications": counted,
                         "root": merkle(records).hex()})
        call["root"] = e["root"]
        return []

    def ranked(self, call, e):
        silent = [p for p in self.programmes(call["asked"])
                  if p not in call["aside"] and p not in call["rankings"]]
        equal_fields(e, given(call=call["asked"]["call"], missing=silent))
        call["rankings_over"] = True
        return []

    def vote_opened(self, call, e):
        there = {name: one for name, one in call["applications"].items()
                 if not one["withdrawn"] and not one["aside"]}
        slate = [name for name, one in there.items() if one["eligible"]]
        out = [name for name, one in there.items() if not one["eligible"]
               and (one["eligible"] is None or one["appeal"] == "open")]
        by_bytes = lambda names: sorted(names, key=str.encode)
        equal_fields(e, given(call=call["asked"]["call"], projects=by_bytes(slate),
                              left_out=by_bytes(out)))
        call["slate"] = by_bytes(slate)
        return []

    def vote_closed(self, call, e):
        points = call["asked"]["voting"]["ballots"] == "points"
        records, members = [], {}
        for voter in sorted(call["ballots"], key=str.encode):
            one = call["ballots"][voter]
            marks = [given(project=p, points=one["marks"][p] if points else None)
                     for p in sorted(one["marks"], key=str.encode)]
            records.append(canonical(given(voter=voter, marks=marks, member=one["member"])))
            members[one["member"]] = members.get(one["member"], 0) + 1
        rows = [given(member=m, ballots=members[m])
                for m in sorted(members, key=lambda m: (m or "").encode())]
        equal_fields(e, given(call=call["asked"]["call"], ballots=len(records),
                              root=merkle(records).hex(), members=rows))
        call["vote_root"] = e["root"]
        return []

    def missed(self, call, e):
        silent = [name for name in call["asked"]["custodians"]
                  if name in call["lot"] and not call["lot"][name]["number"]]
        equal_fields(e, {"call": call["asked"]["call"], "custodians": silent})
        if len(silent) < len(call["lot"]):
            call["lot_over"] = True
        else:
            call["lot_until"] += call["asked"].get("reveal_days", 7) * DAY
        return []

    def lapsed(self, call, e, until):
        if call["rolling"]:
            return self.lapse_rolling(call, e, until)
        late = [(one, one["offers"][-1]) for one in call["applications"].values()
                if one["offers"] and one["offers"][-1]["status"] == "open"
                and one["offers"][-1]["until"] <= until]
        equal_fields(e, {"call": call["asked"]["call"], "round": len(call["rounds"]),
                         "lapsed": len(late)})
        for _, offer in late:
            offer["status"] = "lapsed"
        for one, offer in late:
            internships.lose_with(call, one, offer)
        call["due"].discard(until)
        return []

    # --- Seals and summary ------------------------------------------------------------------------

    def seals(self, name, c, actor, sealed):
        """What must follow for each text that an applicant seals and did not seal before."""
        if name not in ORIGINS:
            return []
        asked = self.known[c["call"]]["asked"]
        origin = {"kind": ORIGINS[name], "of": c["call"], "name": actor}
        return [follows for seal in c.get("sealed", []) if seal["commit"] not in sealed.texts
                for follows in sealed.keep_text({"sealed": seal, "title": asked["title"]},
                                                [asked["body"]], origin)]

    def summary(self):
        return {name: {"applications": sum(not one["withdrawn"]
                                           for one in call["applications"].values()),
                       "rounds": len(call["rounds"]), "concluded": call["concluded"] is not None,
                       "places": {who: self.held(one)["programme"]
                                  for who, one in sorted(call["applications"].items())
                                  if self.held(one)},
                       **({"shares": {one["party"]: one["units"]
                                      for one in call["shared"]["shares"]}}
                          if call["shared"] else {})}
                for name, call in self.known.items()}

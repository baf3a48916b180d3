"""Sessions, motions, votes and decisions: what must follow from what, computed anew.

Acts change the state; each derived entry is asked of the state before it is believed. A method returns
the checks of the entries that must come next, in order; a check takes the derived entry's body and
raises ValueError where it is not what follows.
"""

import calendar_text
import motions
import posts
import secret
import series
from casting import Vote
from checks import equal, equal_fields

ROLL_PART = 250  # ballots in one entry of a vote's record


class Assembly(posts.Posts):
    def __init__(self, charter, carry_out, obstacle):
        """`carry_out(order, at)` does what a decision orders and returns what follows from it;
        `obstacle(orders, at, stated)` says which order cannot be carried out, and why."""
        self.charter, self.carry_out, self.obstacle = charter, carry_out, obstacle
        self.sessions, self.motions, self.votes, self.decisions = {}, {}, {}, {}
        self.numbered, self.amendments, self.elections = {}, {}, {}
        self.series = series.Series()
        self.bundles = {}
        self.waiting = []  # forwarded motions without a session, in the order they came
        self.secret = secret.SecretVotes(self)
        self.proxies, self.returning = [], []

    # --- Acts -------------------------------------------------------------------------------------

    def convene_session(self, c, at):
        self.sessions[c["id"]] = {"bodies": [c["body"], *c.get("joint_with", [])],
                                  "starts": c["starts"], "status": "convened",
                                  "items": [], "measures": [],
                                  "kept": False, "present": set()}

    def reschedule_session(self, c, at):
        self.sessions[c["session"]]["starts"] = c["starts"]

    def cancel_session(self, c, at):
        self.sessions[c["session"]]["status"] = "cancelled"

    def open_session(self, c, at):
        self.sessions[c["session"]]["status"] = "open"

    def close_session(self, c, at):
        self.sessions[c["session"]]["status"] = "closed"

    def session_planned(self, made):
        plan = self.series.plans[made["series"]]
        self.convene_session({"id": made["session"], "body": plan["body"],
                              "joint_with": plan.get("joint_with", []),
                              "starts": made["starts"]}, None)
        self.sessions[made["session"]]["series"] = made["series"]

    def end_series(self, c, at):
        for made in self.series.made[c["series"]]:
            session = self.sessions[made]
            if session["status"] == "convened" and calendar_text.instant(session["starts"]) >= at:
                session["status"] = "cancelled"

    def register_presence(self, c, at):
        """From the first registration on, presence is kept in the session."""
        session = self.sessions[c["session"]]
        session["kept"] = True
        session["present"].add(c["seat"])

    def end_presence(self, c, at):
        self.sessions[c["session"]]["present"].discard(c["seat"])

    def add_item(self, c, at):
        self.sessions[c["session"]]["items"].append(c["item"])

    def remove_item(self, c, at):
        self.sessions[c["session"]]["items"].remove(c["item"])

    def table_motion(self, c, at):
        body = c.get("body", self.sessions[c["session"]]["bodies"][0])
        rule = c.get("rule", self.charter.row("bodies", body)["rules"][0])
        self.motions[c["motion"]] = {"body": body, "rule": rule, "session": c["session"],
                                     "text": motions.Amended(c["text"]),
                                     "enactments": list(c.get("enactments", [])),
                                     "force_on": c.get("force_on"), "supporters": [],
                                     "title": c["title"], "last": None,
                                     "needed": self.procedure(body).get("supporters", 0),
                                     "repeals": c.get("repeals"),
                                     "orders": list(c.get("enactments", [])), "parts": [],
                                     "stages": self.procedure(body).get("stages", []),
                                     "status": "tabled", "reached": 0, "bundle": None,
                                     "urgent": self.urgent_from(body, c["session"], at)}

    def urgent_from(self, body, session, at):
        """None where the motion is in time; else how it may become urgent."""
        how = self.procedure(body)
        starts = calendar_text.instant(self.sessions[session]["starts"])
        if "motion_hours" not in how or at < starts - how["motion_hours"] * 3_600_000:
            return None
        return {"supporters": how.get("urgency_supporters"), "granted": False}

    def withdraw_motion(self, c, at):
        self.motions[c["motion"]]["status"] = "withdrawn"

    def advance_motion(self, c, at):
        motion = self.motions[c["motion"]]
        if motion["stages"][motion["reached"]]["id"] != c["stage"]:
            raise ValueError(f"{c['stage']} is not the next stage")
        motion["reached"] += 1

    def reconsider_motion(self, c, at):
        motion = self.motions[c["motion"]]
        if motion["status"] != "rejected":
            raise ValueError("only a rejected motion is reconsidered")
        motion["status"] = "tabled"
        motion["text"].dropped = []
        motion["text"].merge_again(self.charter.document.get("languages", []))
        for part in motion["parts"]:
            part["status"] = "waiting"
        motion["enactments"] = self.orders_of(motion)
        self.returning = [m for m in self.returning if m != c["motion"]]

    def orders_of(self, motion):
        """The orders with adopted amendments, without those of parts that fell out."""
        orders = list(motion["orders"])
        for amendment in motion["text"].adopted:
            if amendment.order:
                orders[amendment.place - 1] = amendment.order
        gone = {n for part in motion["parts"] if part["status"] == "dropped"
                for n in part.get("orders", [])}
        return [order for n, order in enumerate(orders, 1) if n not in gone]

    # --- Bundles and parts ------------------------------------------------------------------------

    def bundle_motions(self, c, at):
        self.bundles[c["bundle"]] = {"motions": list(c["motions"]),
                                     "amendments": list(c.get("amendments", []))}
        if "amendments" not in c:
            for motion in c["motions"]:
                self.motions[motion]["bundle"] = c["bundle"]

    def take_out_of_bundle(self, c, at):
        bundle = self.bundles[c["bundle"]]
        if "amendment" in c:
            bundle["amendments"].remove(c["amendment"])
            return
        bundle["motions"].remove(c["motion"])
        self.motions[c["motion"]]["bundle"] = None
        if len(bundle["motions"]) < 2:
            self.dissolve(bundle)

    def dissolve(self, bundle):
        for motion in bundle["motions"]:
            self.motions[motion]["bundle"] = None

    def split_motion(self, c, at):
        motion = self.motions[c["motion"]]
        languages = self.charter.document.get("languages", [])
        record = motions.language_of_record(languages, motion["text"].original)
        count = len(motions.paragraphs(motion["text"].original[record]))
        each = [{"paragraphs": [n + 1]} for n in range(min(count, 100))]
        motion["parts"] = [{**part, "status": "waiting"} for part in c.get("parts", each)]

    def procedure(self, body):
        return self.charter.row("bodies", body).get("motions", {})

    def support_motion(self, c, at):
        by = self.supporters_of(c)
        if c["seat"] in by:
            raise ValueError(f"{c['seat']} supports it already")
        by.append(c["seat"])

    def withdraw_support(self, c, at):
        self.supporters_of(c).remove(c["seat"])

    def supporters_of(self, c):
        if "amendment" in c:
            return self.amendments[c["amendment"]].supporters
        return self.motions[c["motion"]]["supporters"]

    def table_amendment(self, c, at):
        made = self.amendments[c["amendment"]] = motions.Amendment(c)
        made.needed = self.procedure(self.motions[c["motion"]]["body"]).get(
            "amendment_supporters", 0)
        self.amended(made).amendments.append(made)

    def withdraw_amendment(self, c, at):
        gone = self.amendments[c["amendment"]]
        gone.status = "withdrawn"
        for other in gone.amendments:
            if other.status == "tabled":
                other.status = "fallen"

    def amended(self, amendment):
        """What the amendment changes: another amendment, or the text of the motion."""
        if amendment.amends:
            return self.amendments[amendment.amends]
        return self.motions[amendment.motion]["text"]

    def open_vote(self, c, at):
        motion = self.motions[c["motion"]]
        body = self.charter.row("bodies", motion["body"])
        rule = motion["rule"]
        if "amendment" in c:
            if not self.amendments[c["amendment"]].may_be_voted_on():
                raise ValueError(f"{c['amendment']} cannot be voted on")
            self.amendments[c["amendment"]].status = "voting"
            rule = body.get("motions", {}).get("amendment_rule", rule)
        elif "bundle" in c:
            rule = self.vote_on_bundle(self.bundles[c["bundle"]], body, rule)
        elif c.get("urgency"):
            rule = body["motions"]["urgency_rule"]
        elif "part" in c:
            self.check_way(c["motion"])
            if motion["parts"][c["part"] - 1]["status"] != "waiting":
                raise ValueError("the part does not wait for its vote")
        else:
            self.check_ready(c["motion"])
        self.begin_vote(c, rule, at)
        for one in self.asked(self.votes[c["vote"]]):
            self.motions[one]["last"] = c["vote"]

    def asked(self, vote):
        """The motions that the vote itself decides; none where it is on something of them."""
        if vote.amendment or vote.part or vote.urgency:
            return []
        if not vote.bundle:
            return [vote.motion]
        bundle = self.bundles[vote.bundle]
        return [] if bundle["amendments"] else bundle["motions"]

    def check_way(self, name, bundled=None):
        """What must hold before a vote on a motion or a part of it."""
        motion = self.motions[name]
        if len(motion["supporters"]) < motion["needed"]:
            raise ValueError("the motion lacks supporters")
        if motion["bundle"] != bundled:
            raise ValueError("the motion is in a bundle")
        if motion["reached"] < len(motion["stages"]):
            raise ValueError("the motion has stages before it")
        if any(a.motion == name and a.may_be_voted_on() for a in self.amendments.values()):
            raise ValueError("amendments wait for their vote")
        urgent = motion["urgent"]
        if urgent and not urgent["granted"]:
            needed = urgent["supporters"]
            if needed is None or len(motion["supporters"]) < needed:
                raise ValueError("the motion is not urgent")

    def check_parts(self, name):
        if any(part["status"] == "waiting" for part in self.motions[name]["parts"]):
            raise ValueError("parts wait for their vote")

    def check_ready(self, name, bundled=None):
        """What must hold before a motion itself is voted on."""
        if self.motions[name]["status"] != "tabled":
            raise ValueError("the motion does not wait for its vote")
        self.check_way(name, bundled)
        self.check_parts(name)

    def vote_on_bundle(self, bundle, body, rule):
        """What is left in it goes to the vote; the rule of that vote."""
        if not bundle["amendments"]:
            bundle["motions"] = [m for m in bundle["motions"]
                                 if self.motions[m]["status"] == "tabled"]
            for motion in bundle["motions"]:
                self.check_ready(motion, self.motions[motion]["bundle"])
            return rule
        bundle["amendments"] = [a for a in bundle["amendments"]
                                if self.amendments[a].may_be_voted_on()]
        for name in bundle["amendments"]:
            self.amendments[name].status = "voting"
        return body.get("motions", {}).get("amendment_rule", rule)

    def begin_vote(self, c, rule, at):
        motion = self.motions[c["motion"]]
        body = self.charter.row("bodies", motion["body"])
        vote = self.votes[c["vote"]] = Vote(
            c, self.charter.row("rules", rule), body["blocs"],
            self.charter.electorate(motion["body"], calendar_text.day_text(at)),
            body.get("votes", {}), motion["session"])
        silence = vote.rule.get("silence", {})
        if "days" in silence:
            vote.closes = at + silence["days"] * 24 * 3_600_000
        elif "until" in silence or "closes" in c:
            vote.closes = calendar_text.instant(silence.get("until") or c["closes"])
        return vote

    def open_next_round(self, c, at):
        motion = self.motions[c["motion"]]
        before = self.votes[motion["last"]]
        if before.outcome not in ("rejected", "no_opinion"):
            raise ValueError("a further round follows only what was not adopted")
        if before.bundle:
            raise ValueError("a bundle has no further round")
        self.check_way(c["motion"])
        self.check_parts(c["motion"])
        rounds = self.charter.row("bodies", motion["body"]).get("votes", {}).get("rounds", [])
        how = rounds[before.round - 1]
        vote = self.begin_vote(c, how["rule"], at)
        vote.round = before.round + 1
        motion["last"] = c["vote"]
        self.returning = [m for m in self.returning if m != c["motion"]]
        if how["no_abstention"]:
            vote.procedure = {**vote.procedure, "yes_or_no": True}

    def proxy_of(self, seat, session, name, day):
        """The seat that votes for this one: what was given for the vote goes before the session."""
        found = [p for p in self.proxies if p["seat"] == seat and p["session"] == session
                 and p.get("vote", name) == name and self.charter.holder(seat, day) == p["giver"]]
        return max(found, key=lambda p: "vote" in p)["proxy"] if found else None

    def may_cast(self, c, at, actor):
        """The vote, and whether the ballot is cast by proxy."""
        vote, day = self.votes[c["vote"]], calendar_text.day_text(at)
        if vote.over(at):
            raise ValueError(f"the vote {c['vote']} is closed")
        if vote.hands is not None:
            raise ValueError(f"the vote {c['vote']} was counted by hands")
        if c["seat"] not in {v["id"] for v in vote.voters}:
            raise ValueError(f"the seat {c['seat']} has no vote here")
        if vote.ballots.get(c["seat"]) == "excluded":
            raise ValueError(f"the seat {c['seat']} stands aside")
        if c.get("choice") == "abstain" and vote.procedure.get("yes_or_no"):
            raise ValueError("only yes and no can be said")
        if self.charter.holder(c["seat"], day) == actor:
            return vote, False
        by = self.proxy_of(c["seat"], vote.session, c["vote"], day)
        if by is None or self.charter.holder(by, day) != actor:
            raise ValueError(f"{actor} does not hold the seat {c['seat']}")
        if vote.how.get(c["seat"]) == "own":
            raise ValueError(f"the holder of {c['seat']} has voted")
        return vote, True

    def cast_ballot(self, c, at, actor):
        vote, by_proxy = self.may_cast(c, at, actor)
        vote.put(c["seat"], c["choice"], "proxy" if by_proxy else "own", by_proxy)

    def cast_split_ballot(self, c, at, actor):
        vote, by_proxy = self.may_cast(c, at, actor)
        if sum(c["votes"].values()) != vote.weight(c["seat"]) or min(c["votes"].values()) < 0:
            raise ValueError(f"the votes of {c['seat']} do not add up")
        vote.put(c["seat"], vote.split(c["votes"]), "proxy" if by_proxy else "own", by_proxy)

    def object_to_silence(self, c, at, actor):
        vote, by_proxy = self.may_cast(c, at, actor)
        if "silence" not in vote.rule:
            raise ValueError(f"{c['vote']} is no silence procedure")
        vote.put(c["seat"], "no", "proxy" if by_proxy else "own", by_proxy)
        vote.objections.append(c["seat"])

    def enter_hand_count(self, c, at):
        vote = self.votes[c["vote"]]
        if vote.over(at) or "counted" not in vote.procedure.get("hands", []):
            raise ValueError(f"no count can be entered in {c['vote']}")
        if any(said != "excluded" for said in vote.ballots.values()):
            raise ValueError("ballots were given by name")
        vote.hands = {"yes": c["yes"], "no": c["no"], "abstain": c["abstain"]}
        if vote.counts()["absent"] < 0 or min(vote.hands.values()) < 0:
            raise ValueError("more hands than seats")

    def enter_hand_votes(self, c, at):
        vote, session = self.votes[c["vote"]], self.sessions[self.votes[c["vote"]].session]
        if vote.over(at) or "named" not in vote.procedure.get("hands", []):
            raise ValueError(f"no hands can be entered in {c['vote']}")
        day = calendar_text.day_text(at)
        vote.enter_votes(c.get("ballots", []), lambda seat: (
            session["kept"] and seat not in session["present"]
            and self.proxy_of(seat, vote.session, c["vote"], day) is not None))

    def correct_ballot(self, c, at, actor):
        vote, day = self.votes[c["vote"]], calendar_text.day_text(at)
        end = (vote.closes if vote.open else vote.closed_at) + \
            vote.procedure["corrections"]["hours"] * 3_600_000
        if not vote.over(at) or at >= end or vote.hands is not None:
            raise ValueError(f"no ballot of {c['vote']} can be corrected")
        if self.charter.holder(c["seat"], day) != actor:
            raise ValueError(f"{actor} does not hold the seat {c['seat']}")
        if vote.ballots.get(c["seat"], "excluded") == "excluded":
            raise ValueError(f"the seat {c['seat']} has cast nothing")
        vote.corrections[c["seat"]] = c["choice"]

    def give_proxy(self, c, at, actor):
        if self.charter.holder(c["seat"], calendar_text.day_text(at)) != actor:
            raise ValueError(f"{actor} does not hold the seat {c['seat']}")
        self.take_proxy(c)
        self.proxies.append({**c, "giver": actor})

    def revoke_proxy(self, c, at, actor):
        self.take_proxy(c)

    def take_proxy(self, c):
        self.proxies = [p for p in self.proxies
                        if (p["session"], p["seat"], p.get("vote")) !=
                        (c["session"], c["seat"], c.get("vote"))]

    def close_vote(self, c, at):
        vote = self.votes[c["vote"]]
        vote.open, vote.closed_at, vote.chair = False, at, c.get("chair")
        if vote.waits():
            return []
        return [("assembly.vote_decided",
                 lambda e: self.vote_decided(e, c["vote"], at))]

    # --- What follows -----------------------------------------------------------------------------

    def due(self, at):
        """The vote that had to be closed by its deadline first, if any."""
        late = [(due, name) for name, v in self.votes.items()
                if (due := v.due()) is not None and due <= at]
        return min(late)[1] if late else None

    def vote_decided(self, e, name, at):
        vote = self.votes[name]
        closed = "by_deadline" if vote.open else "by_chair"
        if vote.open:
            vote.open, vote.closed_at = False, vote.closes
        outcome = vote.decide(vote.chair)
        equal("the outcome", e["outcome"], outcome)
        equal("the counts", e["counts"], vote.counts())
        roll = vote.roll()
        parts = [roll[i:i + ROLL_PART] for i in range(0, len(roll), ROLL_PART)] or [None]
        computed = {
            "vote": name, "motion": vote.motion, "closed": closed, "outcome": outcome,
            "counts": vote.counts(), "reasons": e.get("reasons"), "ballots": parts[0],
            "hands": vote.entered(), "amendment": vote.amendment, "bundle": vote.bundle,
            "part": vote.part, "urgency": vote.urgency or None}
        if vote.blocs != "none":
            computed["blocs"] = [{"ballot": b, "member": m}
                                 for m, b in vote.delegations(dict(vote.said()))[1].items()]
        vote.outcome = outcome
        equal_fields(e, computed)
        follow = [("assembly.roll_continued",
                   lambda r, part=part: equal_fields(r, {"vote": name, "ballots": part}))
                  for part in parts[1:]]
        return follow + self.after_vote(vote, name, at)

    def after_vote(self, vote, name, at):
        motion = self.motions[vote.motion]
        if vote.part:
            return self.part_decided(vote, motion)
        if vote.urgency:
            motion["urgent"]["granted"] = vote.outcome == "adopted"
            return []
        decided = self.asked(vote)
        if not decided:
            amendments = [vote.amendment] if vote.amendment else \
                self.bundles[vote.bundle]["amendments"]
            return [check for amendment in amendments
                    for check in self.amendment_decided(self.amendments[amendment], vote.outcome)]
        for one in decided:
            self.settle(one, vote.outcome)
        if vote.bundle and motion["status"] != "tabled":
            self.dissolve(self.bundles[vote.bundle])
        if vote.outcome == "adopted":
            return [self.adoption(name, one, at) for one in decided]
        if not vote.objections or vote.bundle:
            return []
        self.returning.append(vote.motion)
        return self.take_back(self.next_session(motion["body"]), [vote.motion])

    def settle(self, name, outcome):
        settled = {"adopted": "adopted", "rejected": "rejected", "no_opinion": "rejected"}
        self.motions[name]["status"] = settled.get(outcome, "tabled")

    def adoption(self, vote, name, at):
        """What the charter says of its signing, it says when the vote is over: an earlier motion of
        the same bundle may change the charter."""
        motion = self.motions[name]
        acts = self.charter.row("bodies", motion["body"]).get("acts", {})
        return ("assembly.decision_adopted",
                lambda d: self.decision_adopted(d, vote, name, motion["enactments"], at, acts))

    def part_decided(self, vote, motion):
        settled = {"adopted": "kept", "rejected": "dropped", "no_opinion": "dropped"}
        part = motion["parts"][vote.part - 1]
        part["status"] = settled.get(vote.outcome, "waiting")
        if part["status"] != "dropped":
            return []
        return [("assembly.part_dropped", lambda e: self.part_dropped(e, vote, motion))]

    def part_dropped(self, e, vote, motion):
        text = motion["text"]
        text.dropped = [n for p in motion["parts"] if p["status"] == "dropped"
                        for n in p.get("paragraphs", [])]
        text.merge_again(self.charter.document.get("languages", []))
        computed = {"motion": vote.motion, "part": vote.part, "left_behind": text.left,
                    "sha256": motions.fingerprints(text.text)}
        equal_fields(e, {name: value for name, value in computed.items() if value})
        motion["enactments"] = self.orders_of(motion)
        if not any(text.text.values()):
            motion["status"] = "rejected"
        return []

    def take_back(self, session, waiting):
        """Motions whose silence was broken go on the agenda of a session, while it has room."""
        return [("assembly.motion_returned",
                 lambda e, motion=motion: self.motion_returned(e, session, motion))
                for n, motion in enumerate(waiting) if session is not None
                and len(self.sessions[session]["items"]) + n < 200]

    def returning_to(self, session):
        bodies = self.sessions[session]["bodies"]
        return self.take_back(session, [m for m in self.returning
                                        if self.motions[m]["body"] in bodies])

    def motion_returned(self, e, session, motion):
        items = self.sessions[session]["items"]
        number = 1
        while f"returned-{number}" in items:
            number += 1
        equal_fields(e, {"motion": motion, "session": session, "item": f"returned-{number}"})
        items.append(e["item"])
        self.motions[motion].update(session=session, status="tabled")
        self.returning.remove(motion)
        return []

    def amendment_decided(self, amendment, outcome):
        settled = {"adopted": "adopted", "rejected": "rejected", "no_opinion": "rejected"}
        amendment.status = settled.get(outcome, "tabled")
        if outcome != "adopted":
            return []
        return [("assembly.text_amended", lambda e: self.text_amended(e, amendment))]

    def text_amended(self, e, amendment):
        target = self.amended(amendment)
        target.adopt(amendment, self.charter.document.get("languages", []))
        fallen = []
        for other in target.amendments:
            if other.status == "tabled" and amendment.competes(other):
                fallen += [other, *(a for a in other.amendments if a.status == "tabled")]
        for other in fallen:
            other.status = "fallen"
        computed = {"motion": amendment.motion, "adopted": amendment.name,
                    "amendment": amendment.amends, "sha256": motions.fingerprints(target.text),
                    "left_behind": target.left, "fallen": [a.name for a in fallen]}
        equal_fields(e, {name: value for name, value in computed.items() if value})
        motion = self.motions[amendment.motion]
        motion["enactments"] = self.orders_of(motion)
        return []

    def decision_adopted(self, e, name, on, orders, at, acts):
        motion = self.motions[on]
        year = calendar_text.day_text(at)[:4]
        self.numbered[year] = self.numbered.get(year, 0) + 1
        decision = f"{year}-{self.numbered[year]:04d}"
        computed = {"decision": decision, "motion": on, "vote": name, "body": motion["body"],
                    "rule": self.votes[name].rule_id if name in self.votes else motion["rule"]}
        if orders:
            computed["enactments"] = orders
        if acts.get("signatories"):
            computed["signatories"] = acts["signatories"]
        if acts.get("in_force") == "last_signature":
            computed["in_force"] = "last_signature"
        if motion["force_on"]:
            computed["force_on"] = motion["force_on"]
        if motion["repeals"]:
            computed["repeals"] = motion["repeals"]
            self.decisions[motion["repeals"]]["ended"] = True
        equal_fields(e, computed)
        self.decisions[decision] = {"orders": orders, "fate": "none",
                                    "body": motion["body"], "in_force": False, "signed": [],
                                    "motion": on, "ended": False,
                                    "signatories": computed.get("signatories", []),
                                    "last": "in_force" in computed, "on": motion["force_on"]}
        if not self.conditions_met(decision, at):
            return []
        self.decisions[decision]["in_force"] = True
        return self.execution(decision, at)

    # --- Forwarded motions ------------------------------------------------------------------------

    def forward_motion(self, c, at, decision=None):
        origin = self.decisions[decision]["motion"] if decision else c["motion"]
        origin = self.motions[c.get("motion", origin)]
        if c["forwarded"] in self.motions:
            raise ValueError(f"{c['forwarded']} is taken")
        rule = c.get("rule", self.charter.row("bodies", c["to"])["rules"][0])
        self.motions[c["forwarded"]] = {
            "body": c["to"], "rule": rule, "text": motions.Amended(origin["text"].text),
            "enactments": list(c.get("enactments", [])), "force_on": None, "supporters": [],
            "needed": 0, "title": origin["title"], "session": None, "last": None,
            "repeals": None, "parts": [], "stages": [], "reached": 0, "bundle": None,
            "urgent": None, "status": "tabled", "orders": list(c.get("enactments", []))}
        self.waiting.append(c["forwarded"])
        session = self.next_session(c["to"])
        return [] if session is None else self.place_forwarded(c["forwarded"], session)

    def place_forwarded(self, motion, session):
        if len(self.sessions[session]["items"]) >= 200:
            return []
        return [("assembly.forwarded_motion_placed",
                 lambda e: self.forwarded_motion_placed(e, motion, session))]

    def forwarded_for(self, session):
        """The checks for all that waits for a session of its body."""
        bodies = self.sessions[session]["bodies"]
        return [check for m in self.waiting if self.motions[m]["body"] in bodies
                for check in self.place_forwarded(m, session)]

    def forwarded_motion_placed(self, e, motion, session):
        known, number = self.sessions[session], 1
        while f"forwarded-{number}" in known["items"]:
            number += 1
        equal_fields(e, {"motion": motion, "session": session, "item": f"forwarded-{number}"})
        self.motions[motion]["session"] = session
        known["items"].append(e["item"])
        self.waiting.remove(motion)
        return []

    # --- Acts of decisions ------------------------------------------------------------------------

    def conditions_met(self, decision, at):
        known = self.decisions[decision]
        signed = not known["last"] or len(known["signed"]) == len(known["signatories"])
        come = not known["on"] or known["on"] <= calendar_text.day_text(at)
        return signed and come and not known["ended"]

    def sign_act(self, c, at, actor):
        known, day = self.decisions[c["decision"]], calendar_text.day_text(at)
        if c["as"] not in known["signatories"] or c["as"] in known["signed"]:
            raise ValueError(f"{c['as']} does not sign {c['decision']}, or has signed it")
        if not self.charter.holds(actor, c["as"], day):
            raise ValueError(f"{actor} does not hold {c['as']}")
        known["signed"].append(c["as"])
        if known["in_force"] or not self.conditions_met(c["decision"], at):
            return []
        return self.entry_into_force(c["decision"], at)

    def entry_into_force(self, decision, at):
        return [("assembly.decision_in_force",
                 lambda e: self.decision_in_force(e, decision, at))]

    def decision_in_force(self, e, decision, at):
        equal_fields(e, {"decision": decision})
        self.decisions[decision]["in_force"] = True
        return self.execution(decision, at)

    def day_has_come(self, at):
        """The decision that had to enter into force by its day first, if any."""
        come = [(d["on"], name) for name, d in self.decisions.items()
                if not d["in_force"] and d["on"] and self.conditions_met(name, at)]
        return min(come)[1] if come else None

    def retry_enactments(self, c, at):
        return self.execution(c["decision"], at)

    def execution(self, decision, at):
        """All of a decision's orders are carried out in order, or none."""
        if not self.decisions[decision]["orders"]:
            return []
        return [(("assembly.enactment_carried_out", "assembly.enactments_failed"),
                 lambda e: self.first_of_execution(e, decision, at))]

    def first_of_execution(self, e, decision, at):
        known = self.decisions[decision]
        stated = None
        if "command" not in e:
            why = e["why"]
            stated = {"index": e["index"], "code": why["code"], "field": why.get("field", "")}
        obstacle = self.obstacle(known["orders"], at, stated)
        if (obstacle is None) != (stated is None):
            raise ValueError(f"what stands in the way of {decision} comes out as {obstacle}")
        if stated is not None:
            equal("the fields", sorted(e), ["decision", "index", "why"])
            equal("the decision", e["decision"], decision)
            equal("the obstacle", tuple(stated.values()), obstacle)
            known["fate"] = "failed"
            return [("programme.follow_up_opened", lambda f: self.follow_up(f, e))]
        known["fate"] = "carried_out"
        rest = [("assembly.enactment_carried_out",
                 lambda later, n=n: self.carried_out(later, decision, n, at))
                for n in range(1, len(known["orders"]))]
        return self.carried_out(e, decision, 0, at) + rest

    def carried_out(self, e, decision, number, at):
        order = self.decisions[decision]["orders"][number]
        equal_fields(e, {"decision": decision, "index": number, "command": order})
        if order["type"] == "assembly.forward_motion":
            return self.forward_motion(order["body"], at, decision)
        return self.carry_out(order, at) or []

    def follow_up(self, opened, failed):
        body = self.decisions[failed["decision"]]["body"]
        equal_fields(opened, {**failed, "body": body, "follow_up": opened["follow_up"]})
        return []

    # --- Late measures ----------------------------------------------------------------------------

    def next_session(self, body):
        waiting = [(s["starts"], name) for name, s in self.sessions.items()
                   if s["status"] == "convened" and body in s["bodies"]]
        return min(waiting)[1] if waiting else None

    def place(self, session, measure, title):
        """item_placed, unless the measure stands on that agenda already or it is full."""
        known = self.sessions[session]
        if measure in known["measures"] or len(known["items"]) >= 200:
            return []
        return [("assembly.item_placed", lambda e: self.item_placed(e, session, measure, title))]

    def place_case(self, session, about):
        """case_placed, likewise; its title is the other room's, and taken on trust."""
        known = self.sessions[session]
        if about in known["measures"] or len(known["items"]) >= 200:
            return []
        return [("assembly.case_placed", lambda e: self.case_placed(e, session, about))]

    def case_placed(self, e, session, about):
        named = {("measure" if k == "about" else k): v for k, v in e.items()}
        return self.item_placed(named, session, about, e["title"])

    def item_placed(self, e, session, measure, title):
        known = self.sessions[session]
        number = 1
        while f"overdue-{number}" in known["items"]:
            number += 1
        equal_fields(e, {"session": session, "item": f"overdue-{number}", "title": title,
                         "measure": measure})
        known["items"].append(e["item"])
        known["measures"].append(measure)
        return []

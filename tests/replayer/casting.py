"""One vote as it is taken: ballots by their holders, by proxy and by hands, splits and corrections.

Made from the description of votes in the room's README; shares no code with the server.
"""

import rules

HOUR_MS = 3_600_000
CAST = ("yes", "no", "abstain")


def counts_of(said):
    """Ballots by seat; split votes are told only where there are some."""
    words = ["split" if isinstance(one, dict) else one for one in said]
    counts = {"yes": words.count("yes"), "no": words.count("no"),
              "abstain": words.count("abstain"), "absent": words.count("absent"),
              "aside": words.count("excluded")}
    if "split" in words:
        counts["split"] = words.count("split")
    return counts


class Vote:
    def __init__(self, opening, row, blocs, voters, procedure, session):
        self.motion, self.amendment = opening["motion"], opening.get("amendment")
        self.bundle, self.part = opening.get("bundle"), opening.get("part")
        self.urgency = opening.get("urgency", False)
        self.rule_id, self.rule = row["id"], row["rule"]
        self.blocs, self.voters, self.procedure = blocs, voters, procedure
        self.session, self.written = session, opening.get("written", False)
        self.closes, self.closed_at, self.chair = None, None, None
        self.open, self.outcome, self.round = True, None, 1
        self.ballots = {seat: "excluded" for seat in opening.get("aside", [])}
        self.how, self.represented = {}, set()
        self.hands, self.corrections, self.objections = None, {}, []

    # --- Casting ----------------------------------------------------------------------------------

    def over(self, at):
        return not self.open or (self.closes is not None and self.closes <= at)

    def put(self, seat, said, how, represented=False):
        self.ballots[seat], self.how[seat] = said, how
        self.objections = [one for one in self.objections if one != seat]
        self.represented.discard(seat)
        if represented:
            self.represented.add(seat)

    def split(self, votes):
        """Votes that all say the same are not split."""
        said = [choice for choice in CAST if votes[choice]]
        return said[0] if len(said) == 1 else {"w": self.procedure["split"], **votes}

    def weight(self, seat):
        voter = next(v for v in self.voters if v["id"] == seat)
        return voter["w"][self.procedure["split"]]

    def enter_votes(self, rows, represented):
        self.hands = None
        for row in rows:
            seat = row["seat"]
            if seat in self.ballots and self.how.get(seat) != "hand":
                continue  # what a holder has cast, and who stands aside, stays
            if "choice" in row:
                self.put(seat, row["choice"], "hand", represented(seat))
            else:
                self.ballots.pop(seat, None)
                self.how.pop(seat, None)

    # --- The end ----------------------------------------------------------------------------------

    def waits(self):
        """Whether the outcome comes only when the time for corrections is over."""
        return bool(self.procedure.get("corrections", {}).get("decide")) and self.hands is None

    def due(self):
        """When the vote decides itself; None where only the chair closes it."""
        since = self.closes if self.open else self.closed_at
        if since is None or self.outcome is not None or not (self.open or self.waits()):
            return None
        return since + (self.procedure["corrections"]["hours"] * HOUR_MS if self.waits() else 0)

    def said(self):
        """(seat, ballot that counts) in the order of the charter."""
        meant = self.corrections if self.waits() else {}
        return [(v["id"], meant.get(v["id"], self.ballots.get(v["id"], "absent")))
                for v in self.voters]

    def delegations(self, ballots):
        """One voter and one ballot for each member whose seats vote as a bloc."""
        voters, said = {}, {}
        for voter in self.voters:
            member = voter["group"]["st"]
            voters.setdefault(member, {**voter, "id": member})
            said.setdefault(member, []).append(ballots.get(voter["id"], "absent"))
        return list(voters.values()), {m: rules.bloc(self.blocs, b) for m, b in said.items()}

    def counted(self):
        """Some assignment of the hands: the rule looks at nothing but their numbers."""
        hands = [choice for choice in CAST for _ in range(self.hands[choice])]
        seats = [v["id"] for v in self.voters if self.ballots.get(v["id"]) != "excluded"]
        aside = {seat: said for seat, said in self.ballots.items() if said == "excluded"}
        return {**dict(zip(seats, hands)), **aside}

    def decide(self, chair):
        if self.hands is not None:
            return rules.decide(self.rule, self.voters, self.counted())
        ballots, there = dict(self.said()), None
        if self.represented and not self.procedure.get("proxies", {}).get("quorum"):
            there = {seat: "absent" if seat in self.represented else said
                     for seat, said in ballots.items()}
        if self.blocs == "none":
            return rules.decide(self.rule, self.voters, ballots, chair, there)
        voters, said = self.delegations(ballots)
        member = next((v["group"]["st"] for v in self.voters if v["id"] == chair), None)
        there = there and self.delegations(there)[1]
        return rules.decide(self.rule, voters, said, member, there)

    def counts(self):
        if self.hands is None:
            return counts_of([said for _, said in self.said()])
        counts = counts_of(list(self.ballots.values()))
        told = {choice: self.hands[choice] for choice in CAST}
        absent = len(self.voters) - counts["aside"] - sum(told.values())
        return {**counts, **told, "absent": absent}

    def roll(self):
        if self.hands is not None:
            return []
        return [{"ballot": "split", "seat": seat,
                 "votes": {choice: said[choice] for choice in CAST}}
                if isinstance(said, dict) else {"ballot": said, "seat": seat}
                for seat, said in self.said()]

    def entered(self):
        """How the chair entered a show of hands, or None."""
        if self.hands is not None:
            return "counted"
        return "named" if "hand" in self.how.values() else None

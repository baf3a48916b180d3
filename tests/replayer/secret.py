"""Secret votes, computed anew from the public acts: who may vote, what every hash is, which ballots
count, whether enough took part, and the outcome under the rule.

What takes the group (proofs, the trustees' key, the totals) is not computed here. It is judged by
veche-ballot-verifier on the record that these same acts make; replayer_test.py compares its totals
with those of the journal, from which the outcome is computed here.
"""

import hashlib

import calendar_text
import canonical
import rules
from checks import equal, equal_fields

YES_NO = [("yes", {"be": "За", "en": "In favour", "ru": "За"}),
          ("no", {"be": "Супраць", "en": "Against", "ru": "Против"})]
MESSAGES = ["commitment", "coefficients", "shares", "confirmation"]


def digest(tag, *parts):
    """D of docs/format/ballot.md: a part is bytes, a text, an integer, or 64 hexadecimal digits."""
    data = b""
    for part in (f"veche/ballot/{tag}/1", *parts):
        if isinstance(part, int):
            part = part.to_bytes(8, "big")
        elif isinstance(part, str):
            part = part.encode()
        data += len(part).to_bytes(4, "big") + part
    return hashlib.sha256(data).hexdigest()


def raw(hexadecimal):
    return bytes.fromhex(hexadecimal)


def tracker_of(ballot):
    parts = [raw(ballot["election"]), raw(ballot["credential"]), len(ballot["choices"])]

    def proofs(those):
        parts.append(len(those))
        for one in those:
            parts.extend((raw(one["c"]), raw(one["z"])))

    for choice in ballot["choices"]:
        parts.extend((raw(choice["alpha"]), raw(choice["beta"])))
        proofs(choice["proofs"])
    proofs(ballot["range"])
    return digest("tracker", *parts)


class SecretVote:
    def __init__(self, command, motion, rule, voters, roll, definition):
        self.motion, self.rule, self.voters = motion, rule, voters
        self.options = command.get("options", [])
        self.roll = roll  # seat by credential
        self.definition = definition
        self.definition_hash = digest("definition", canonical.text(definition))
        self.messages = {kind: {} for kind in MESSAGES}
        self.election = self.head = None
        self.trackers, self.counted = [], {}
        self.parts, self.outcome, self.totals = set(), None, None
        self.stage = "preparing"

    def roll_hash(self):
        parts = [len(self.roll)]
        for credential in sorted(self.roll):
            parts.extend((raw(credential), 1))
        return digest("roll", *parts)

    def transcript(self):
        """Hash of all coefficients and shares, each in order of the trustees."""
        here, parts = raw(self.definition_hash), []
        for n in sorted(self.messages["coefficients"]):
            points = self.messages["coefficients"][n]["coefficients"]
            parts.append(raw(digest("coefficients", here, n, len(points), *map(raw, points))))
        for n in sorted(self.messages["shares"]):
            sent = self.messages["shares"][n]
            parts.append(raw(digest("shares", here, n, raw(sent["ephemeral"]),
                                    len(sent["shares"]), *map(raw, sent["shares"]))))
        return digest("ceremony", here, *parts)

    def speak(self, command):
        kind, = (k for k in [*MESSAGES, "complaint"] if k in command)
        message = command[kind]
        equal("the definition", message["definition"], self.definition_hash)
        if kind == "complaint":
            self.stage = "abandoned"
            return False
        said = self.messages[kind]
        if message["trustee"] in said:
            raise ValueError(f"trustee {message['trustee']} speaks twice")
        before = MESSAGES[:MESSAGES.index(kind)]
        everyone = len(self.definition["trustees"])
        if any(len(self.messages[earlier]) != everyone for earlier in before):
            raise ValueError(f"a {kind} comes before all trustees have spoken")
        said[message["trustee"]] = message
        return len(self.messages["confirmation"]) == everyone

    def open(self, e, name):
        stated = e["election"]
        equal_fields(e, {"vote": name, "election": {
            "ceremony": self.transcript(), "definition": self.definition_hash,
            "key": stated["key"], "roll": self.roll_hash(),
            "voters": len(self.roll), "weight": len(self.roll)}})
        self.election = digest("election", canonical.text(stated))
        self.head = digest("board", raw(self.election))
        self.stage = "casting"
        return []

    def cast(self, ballot):
        equal("the stage", self.stage, "casting")
        equal("the election", ballot["election"], self.election)
        tracker = tracker_of(ballot)
        if tracker in self.trackers:
            raise ValueError("a ballot comes twice")
        self.trackers.append(tracker)
        self.counted[ballot["credential"]] = tracker
        self.head = digest("board", raw(self.head), raw(tracker))

    def enough(self):
        return len(self.counted) >= self.definition["floor"]

    def closed(self, e, name):
        equal_fields(e, {"vote": name, **({"enough": self.enough()}), "closing": {
            "accepted": len(self.trackers), "board": self.head, "counted": len(self.counted),
            "election": self.election}})
        self.stage = "decrypting"
        return []

    def counts(self):
        """What the rule sees: for the option ahead, or for yes."""
        absent = len(self.voters) - len(self.counted)
        if self.totals is None:
            return {"yes": 0, "no": 0, "abstain": 0, "absent": absent, "aside": 0}
        chosen = self.totals[:-1]
        ahead = chosen.index(max(chosen)) if self.options else 0
        return {"yes": chosen[ahead], "no": sum(chosen) - chosen[ahead],
                "abstain": self.totals[-1], "absent": absent, "aside": 0}

    def decide(self):
        if self.totals is None:
            return "no_quorum", None
        counts = self.counts()
        said = ["yes"] * counts["yes"] + ["no"] * counts["no"] + ["abstain"] * counts["abstain"]
        took_part = {self.roll[credential] for credential in self.counted}
        seats = [v["id"] for v in self.voters if v["id"] in took_part]
        outcome = rules.decide(self.rule, self.voters, dict(zip(seats, said)))
        if not self.options or outcome != "adopted":
            return outcome, None
        chosen = self.totals[:-1]
        if chosen.count(max(chosen)) > 1:
            return "rejected", None
        return outcome, self.options[chosen.index(max(chosen))]["id"]

    def decided(self, e, name):
        computed = {"vote": name, "motion": self.motion, "reasons": e.get("reasons")}
        if self.enough():
            self.totals = e["result"]["totals"]
            ids = [o["id"] for o in self.definition["options"]] + ["blank"]
            equal("the number of totals", len(self.totals), len(ids))
            equal("the sum of the totals", sum(self.totals), len(self.counted))
            if min(self.totals) < 0:
                raise ValueError("a total is negative")
            computed["result"] = {"ballots": len(self.counted), "board": self.head,
                                  "election": self.election, "totals": self.totals,
                                  "weight": len(self.counted)}
            computed["totals"] = [{"ballots": n, "option": o} for o, n in zip(ids, self.totals)]
        self.outcome, elected = self.decide()
        self.stage = "decided"
        computed.update(outcome=self.outcome, counts=self.counts())
        if elected is not None:
            computed["elected"] = elected
        equal_fields(e, {k: v for k, v in computed.items() if v is not None})
        return elected


class SecretVotes:
    """The part of the assembly that votes in secret."""

    def __init__(self, assembly):
        self.assembly, self.charter = assembly, assembly.charter
        self.votes, self.credentials, self.trustees = {}, {}, {}

    def register_credential(self, c, at, actor):
        if self.charter.holder(c["seat"], calendar_text.day_text(at)) != actor:
            raise ValueError(f"{actor} does not hold the seat {c['seat']}")
        self.credentials[c["seat"]] = (c["credential"], actor)

    def register_trustee(self, c, at, actor):
        self.trustees[actor] = c

    def trustees_of(self, c, how, day):
        if not how.get("trustees"):
            return c["trustees"]
        return [next(m["person"] for m in self.charter.document["mandates"]
                     if m.get("office") == office and m["from"] <= day <= m.get("until", "9"))
                for office in how["trustees"]]

    def open_secret_vote(self, c, at, actor):
        self.assembly.check_ready(c["motion"])
        motion = self.assembly.motions[c["motion"]]
        day = calendar_text.day_text(at)
        how = self.charter.row("bodies", motion["body"])["secret"]
        voters = self.charter.electorate(motion["body"], day)
        session = self.assembly.sessions[motion["session"]]
        roll = {}
        for v in voters:
            credential, holder = self.credentials.get(v["id"], (None, None))
            if holder is not None and holder == v["holder"] and (
                    not session["kept"] or v["id"] in session["present"]):
                roll[credential] = v["id"]
        languages = [language["id"] for language in self.charter.document.get("languages", [])]
        own = [(name, {tag: text for tag, text in words.items() if tag in languages})
               for name, words in YES_NO]
        options = [(o["id"], o["title"]) for o in c.get("options", [])] or own
        floor = c.get("floor", how["floor"])
        definition = {
            "blank": True, "floor": floor, "id": c["vote"], "least": 1, "most": 1,
            "options": [{"id": name, "title": title} for name, title in options],
            "question": motion["title"], "threshold": c.get("threshold", how["threshold"]),
            "trustees": [{"encryption": self.trustees[p]["encryption"], "name": p,
                          "signing": self.trustees[p]["signing"]}
                         for p in self.trustees_of(c, how, day)],
            "weight_floor": floor}
        if len(roll) < floor or floor < how["floor"]:
            raise ValueError(f"a secret vote with {len(roll)} voters")
        self.votes[c["vote"]] = SecretVote(c, c["motion"],
                                           self.charter.row("rules", motion["rule"])["rule"],
                                           voters, roll, definition)

    def send_key_message(self, c, at, actor):
        vote = self.votes[c["vote"]]
        if vote.speak(c):
            return [("assembly.secret_ballot_opened", lambda e: vote.open(e, c["vote"]))]
        return []

    def cast_secret_ballot(self, c, at, actor):
        vote = self.votes[c["vote"]]
        seat = vote.roll[c["ballot"]["credential"]]
        if self.charter.holder(seat, calendar_text.day_text(at)) != actor:
            raise ValueError(f"{actor} does not hold the seat {seat}")
        vote.cast(c["ballot"])

    def close_secret_vote(self, c, at, actor):
        vote = self.votes[c["vote"]]
        follow = [("assembly.secret_ballot_closed", lambda e: vote.closed(e, c["vote"]))]
        return follow if vote.enough() else follow + self.decided(c["vote"], at)

    def decrypt_secret_vote(self, c, at, actor):
        vote = self.votes[c["vote"]]
        part = c["part"]
        equal("the board", (part["board"], part["election"]), (vote.head, vote.election))
        equal("the trustee", vote.definition["trustees"][part["trustee"] - 1]["name"], actor)
        if part["trustee"] in vote.parts:
            raise ValueError("a trustee decrypts twice")
        vote.parts.add(part["trustee"])
        if len(vote.parts) == vote.definition["threshold"]:
            return self.decided(c["vote"], at)
        return []

    def abandon_secret_vote(self, c, at, actor):
        self.votes[c["vote"]].stage = "abandoned"

    def decided(self, name, at):
        return [("assembly.secret_vote_decided", lambda e: self.follow(e, name, at))]

    def follow(self, e, name, at):
        vote = self.votes[name]
        elected = vote.decided(e, name)
        # An election in which nobody was elected may be held again.
        if not vote.options or vote.outcome == "adopted":
            self.assembly.settle(vote.motion, vote.outcome)
        if vote.outcome != "adopted":
            return []
        orders = list(self.assembly.motions[vote.motion]["enactments"])
        for option in vote.options:
            if option["id"] == elected:
                orders += option.get("enactments", [])
        body = self.assembly.motions[vote.motion]["body"]
        acts = self.charter.row("bodies", body).get("acts", {})
        return [("assembly.decision_adopted",
                 lambda d: self.assembly.decision_adopted(d, name, vote.motion, orders, at, acts))]

    def summary(self):
        return {name: {"outcome": v.outcome, "counts": v.counts(), "totals": v.totals,
                       "election": v.election, "board": v.head}
                for name, v in self.votes.items()}

"""Contracts with winners of calls, told again: what was promised, what is carved out of the commitment
behind a call, what may be claimed of it by when, and what goes back when it ends."""

WHOLE = 1_000_000  # millionths
DAY = 86_400_000
ACTS = ("draft_contract", "sign_contract", "end_contract")


def minor(amount):
    return int(amount["minor"])


def need(holds, what):
    if not holds:
        raise ValueError(what)


class Contracts:
    def __init__(self, fund, calls, charter):
        self.fund, self.calls, self.charter = fund, calls, charter
        self.known = {}

    # --- What was won -----------------------------------------------------------------------------

    def promised(self, call, who):
        """(commitment, amount, purpose, parts) of what somebody won for good."""
        held = self.calls.known[call]
        asked, one = held["asked"], held["applications"][who]
        offer = None if one["withdrawn"] else self.calls.held(one)
        need(offer and offer["status"] == "accepted" and not offer["waits"], f"{who} won nothing")
        if offer["paired"]:
            other = self.calls.held(held["applications"][one["asked"]["partner"]])
            need(other and other["paired"] and other["status"] == "accepted",
                 f"the partner of {who} has not accepted")
        if offer["programme"]:
            plan = next(p for p in asked["programmes"] if p["programme"] == offer["programme"])
            amount, purpose = plan["stipend"], plan["title"]
        else:
            amount = one["asked"]["asks"]
            purpose = one["asked"].get("title") or asked["title"]
        parts, shares, given = [], 0, 0
        for part in asked["contracts"]["parts"]:
            shares += part["share"]
            by_then = minor(amount) * shares // WHOLE
            parts.append({"shown": part["shown"], "due_days": part["due_days"],
                          "amount": {"minor": str(by_then - given), "unit": amount["unit"]}})
            given = by_then
        need(shares == WHOLE, "the instalments are not the whole")
        return asked["commitment"], amount, purpose, parts

    def with_winner(self, call, who):
        return [c for c in self.known.values() if (c["call"], c["beneficiary"]) == (call, who)]

    # --- Acts -------------------------------------------------------------------------------------

    def draft_contract(self, c, at, actor):
        name, call, who = c["contract"], c["call"], c["beneficiary"]
        need(name not in self.known and name not in self.fund.book.held, f"{name} is taken")
        need(all(old["state"] == "dropped" for old in self.with_winner(call, who)),
             f"{who} has a contract already")
        source, amount, purpose, parts = self.promised(call, who)

        def drafted(e):
            self.fund.same(e, {"contract": name, "call": call, "beneficiary": who, "from": source,
                               "amount": amount, "purpose": purpose, "parts": parts})
            self.known[name] = {**e, "by": actor, "state": "drafted", "claimed": 0, "waiting": 0,
                                "released": 0}
        return [("fund.contract_drafted", drafted)]

    def sign_contract(self, c, at, actor):
        one = self.known[c["contract"]]
        need(one["by"] != actor, "who drafted a contract does not sign it")
        need(one["state"] == "drafted", "only a draft is signed")
        need(self.promised(one["call"], one["beneficiary"])
             == (one["from"], one["amount"], one["purpose"], one["parts"]),
             "what was won has changed since the draft")
        held = self.fund.book.held[one["from"]]
        self.fund.write("release", "carve:" + c["contract"], at, ref=one["from"],
                        amount=minor(one["amount"]))
        self.fund.write("commit", c["contract"], at, by=actor, line=held["line"],
                        ccy=one["amount"]["unit"], amount=minor(one["amount"]))
        one["state"], one["day"] = "signed", at // DAY
        return None

    def end_contract(self, c, at, actor):
        name, how = c["contract"], c["how"]
        one = self.known[name]
        need(one["state"] in ("drafted", "signed"), "the contract is over")
        need(one["waiting"] == 0, "claims on the contract wait")
        rest = 0
        if one["state"] == "signed":
            accepted = self.fund.book.held[name]["accepted"]
            rest = minor(one["amount"]) - accepted
            need(how == "terminated" or rest == 0 or self.due(one, at) == minor(one["amount"]),
                 "the contract runs on")
        else:
            need(how == "terminated", "a draft is not fulfilled")

        def ended(e):
            self.fund.same(e, {"contract": name, "how": how,
                               "released": {"minor": str(rest), "unit": one["amount"]["unit"]}})
            if rest:
                self.fund.write("release", "end:" + name, at, ref=name, amount=rest)
            one["state"] = how if one["state"] == "signed" else "dropped"
            one["released"] = rest
        return [("fund.contract_ended", ended)]

    # --- Claims -----------------------------------------------------------------------------------

    @staticmethod
    def due(one, at):
        days = at // DAY - one["day"]
        return sum(minor(p["amount"]) for p in one["parts"] if p["due_days"] <= days)

    def watch(self, name, c, at):
        """After the fund took it: what a claim may be of a contract, and of what a call needs."""
        if name in ("submit_claim", "accept_claim", "reject_claim"):
            claim = self.fund.claims[c["claim"]]
            one = self.known.get(claim["of"])
            off = sum(minor(d["amount"]) for d in c.get("deductions", []))
            if one and name == "submit_claim":
                self.claimed(one, c, claim["sum"], at)
            elif one:
                one["waiting"] -= 1
                one["claimed"] -= off if name == "accept_claim" else claim["sum"]
            if name == "submit_claim":
                self.leaves_enough(claim["of"], claim["sum"], "accepted")
            elif name == "accept_claim":
                self.leaves_enough(claim["of"], 0, "accepted")
        elif name == "pay_advance":
            need(c["commitment"] not in self.known, "nothing is paid ahead of a contract")
            self.leaves_enough(c["commitment"], 0, "advanced")
        elif name == "release_commitment":
            need(c["commitment"] not in self.known, "a contract ends as a whole")
            self.leaves_enough(c["commitment"], 0, "accepted")

    def claimed(self, one, c, amount, at):
        need(one["state"] == "signed", "the contract is over")
        need(one["claimed"] + amount <= self.due(one, at), "the instalment is not due")
        at_once = sum(minor(p["amount"]) for p in one["parts"] if p["shown"] == "signing")
        need(one["claimed"] + amount <= at_once or any("document" in i for i in c["items"]),
             "the report is missing")
        one["claimed"] += amount
        one["waiting"] += 1

    def leaves_enough(self, name, more, what):
        """Beside what was used of a commitment there is what calls on it need for contracts."""
        held = self.fund.book.held[name]
        unit = next(u for u in self.charter.document["units"] if u["id"] == held["unit"])
        kept = sum(self.needed(call, unit) for call in self.calls.known.values()
                   if "contracts" in call["asked"] and call["asked"]["commitment"] == name)
        used = held["accepted"] if what == "accepted" else held["paid"] + held["advanced"]
        need(not kept or held["amount"] - held["released"] - used - more >= kept,
             f"{name} is held for contracts")

    def contracted(self, call):
        return sum(minor(c["amount"]) for c in self.known.values()
                   if c["call"] == call and c["state"] not in ("drafted", "dropped"))

    def needed(self, call, unit):
        """What a call needs of its commitment, without what left it for contracts."""
        return max(self.calls.taken(call, unit) - self.contracted(call["asked"]["call"]), 0)

    def stands(self, name, c, actor):
        """Who has a contract neither gives back nor exchanges what was won; nor does the partner."""
        if name not in ("withdraw_application", "answer_offer") or c.get("answer") == "decline":
            return
        people = [actor]
        one = self.calls.known[c["call"]]["applications"].get(actor)
        offer = self.calls.held(one) if one and name == "withdraw_application" else None
        if offer and offer["paired"]:
            people.append(one["asked"]["partner"])
        for who in people:
            need(all(old["state"] in ("drafted", "dropped")
                     for old in self.with_winner(c["call"], who)), f"{who} has a contract")

    def summary(self):
        return {name: {"state": c["state"], "amount": c["amount"], "claimed": str(c["claimed"]),
                       "released": str(c["released"])}
                for name, c in self.known.items()}

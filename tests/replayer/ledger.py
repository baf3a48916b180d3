"""A book told again: what each operation answers and what it does, written from the rules alone
(docs/format/ledger-vectors.md), beside src/ledger and without it."""

from fractions import Fraction

LIMIT = 2 ** 96


def parts(total, weights):
    """Largest remainder: floors, then one more to the largest remainders, ties to the earlier."""
    whole = sum(weights)
    exact = [Fraction(total) * w / whole for w in weights]
    shares = [e.numerator // e.denominator for e in exact]
    order = sorted(range(len(weights)), key=lambda i: shares[i] - exact[i])
    for i in order[:total - sum(shares)]:
        shares[i] += 1
    return shares


def rounded(value, mode):
    whole = value.numerator // value.denominator
    rest = value - whole
    if mode == "down" or rest < Fraction(1, 2):
        return whole
    if rest > Fraction(1, 2) or mode == "half_up":
        return whole + 1
    return whole + whole % 2


class Refused(Exception):
    pass


def need(holds, code):
    if not holds:
        raise Refused(code)


class Book:
    def __init__(self):
        self.units, self.done, self.balances, self.lines = {}, {}, {}, {}
        self.held, self.claims, self.payments, self.closed = {}, {}, {}, None
        self.entries = []  # (day, [(account, unit, minor)])

    # --- What is common ---------------------------------------------------------------------------

    def take(self, step):
        """The code that the step answers; what is not "ok" has changed nothing."""
        try:
            self.judge(step)
        except Refused as why:
            return str(why)
        return "ok"

    def judge(self, s):
        name = s.get("id") or ("commodity:" + s["code"] if s["op"] == "commodity" else "")
        content = {k: v for k, v in s.items() if k != "expect"}
        if name in self.done:
            raise Refused("exists" if self.done[name] == content else "exists_with_different")
        need(not (s.get("date") and self.closed and s["date"] <= self.closed), "period_closed")
        for amount in self.amounts(s):
            need(amount > 0, "amount_must_be_positive")
            need(amount < LIMIT, "amount_too_large")
        for stated in ("old", "amounts"):
            shares = s.get(stated, {}).values()
            need(all(minor >= 0 for minor in shares), "amount_must_be_positive")
            need(all(minor < LIMIT for minor in shares), "amount_too_large")
        self.day = s.get("date")
        getattr(self, "do_" + s["op"])(s)
        self.done[name] = content

    @staticmethod
    def amounts(s):
        if s["op"] == "raw":
            return [abs(leg[2]) for leg in s["legs"]]
        if s["op"] == "amend":
            return [abs(s["delta"])]
        if s["op"] == "fx":
            return [s["amount"], *s["rate"], s["to_amount"]]
        return [s[k] for k in ("total", "amount") if k in s]

    def bal(self, account, unit):
        return self.balances.get((account, unit), 0)

    def put(self, unit, *legs):
        assert sum(minor for _, minor in legs) == 0
        self.write([(account, unit, minor) for account, minor in legs])

    def write(self, legs):
        for account, unit, minor in legs:
            self.balances[account, unit] = self.bal(account, unit) + minor
        self.entries.append((self.day, legs))

    def balances_until(self, day):
        """Of all that is for that day or before."""
        sums = {}
        for of, legs in self.entries:
            for account, unit, minor in legs if not of or of <= day else []:
                sums[account, unit] = sums.get((account, unit), 0) + minor
        return sums

    def cash(self, s, unit, bank="bank"):
        """The account of the bank that a step names; it holds what the step takes out of it."""
        account = s.get(bank, "Bank")
        need(s["amount"] <= self.bal(account, unit), "insufficient_cash")
        return account

    # --- Units, entries, contributions ------------------------------------------------------------

    def do_commodity(self, s):
        if s["code"] in self.units:
            same = self.units[s["code"]] == s["scale"]
            raise Refused("exists" if same else "exists_with_different")
        self.units[s["code"]] = s["scale"]

    def do_raw(self, s):
        sums, moved = {}, {}
        for account, unit, minor in s["legs"]:
            need(unit in self.units, "unknown_commodity")
            sums[unit] = sums.get(unit, 0) + minor
            moved[account, unit] = moved.get((account, unit), 0) + minor
        need(s["legs"] and not any(sums.values()), "unbalanced")
        for (account, unit), minor in moved.items():
            if account.split(":")[0] == "Bank" and minor < 0:
                need(self.bal(account, unit) + minor >= 0, "insufficient_cash")
        self.write([(*key, minor) for key, minor in moved.items()])

    @staticmethod
    def shares(s):
        if "amounts" in s:
            return s["amounts"]
        weights = [Fraction(str(w)) for _, w in s["key"]]
        return dict(zip([m for m, _ in s["key"]], parts(s["total"], weights)))

    def owe(self, unit, shares):
        for member, minor in shares.items():
            self.put(unit, ("Receivable:" + member, minor), ("Income:Contribution:" + member, -minor))

    def do_assess(self, s):
        shares = self.shares(s)
        need(s["ccy"] in self.units, "unknown_commodity")
        need(sum(shares.values()) == s["total"], "shares_do_not_sum")
        self.owe(s["ccy"], shares)

    def do_reassess(self, s):
        shares = self.shares(s)
        need(s["ccy"] in self.units, "unknown_commodity")
        need(sum(s["old"].values()) == s["total"] == sum(shares.values()), "shares_do_not_sum")
        members = set(shares) | set(s["old"])
        self.owe(s["ccy"], {m: shares.get(m, 0) - s["old"].get(m, 0) for m in members})

    def do_receive(self, s):
        need(s["ccy"] in self.units, "unknown_commodity")
        self.put(s["ccy"], (s.get("bank", "Bank"), s["amount"]),
                 ("Receivable:" + s["member"], -s["amount"]))

    def do_earn(self, s):
        need(s["ccy"] in self.units, "unknown_commodity")
        self.put(s["ccy"], (s.get("bank", "Bank"), s["amount"]),
                 ("Income:" + s["income"], -s["amount"]))

    def do_write_off(self, s):
        need(s["ccy"] in self.units, "unknown_commodity")
        owed = "Receivable:" + s["member"]
        need(s["amount"] <= self.bal(owed, s["ccy"]), "exceeds_receivable")
        self.put(s["ccy"], ("Expense:WriteOff", s["amount"]), (owed, -s["amount"]))

    # --- Budget -----------------------------------------------------------------------------------

    def given(self, line):
        return sum(one["appropriation"] for one in self.lines.values() if one["parent"] == line)

    def open(self, line):
        return sum(h["amount"] - h["released"] - h["paid"] for h in self.held.values()
                   if h["line"] == line and h["state"] in ("pending", "open"))

    def available(self, line):
        one = self.lines[line]
        return one["appropriation"] - self.given(line) - self.open(line) - one["paid"]

    def above(self, line):
        while line in self.lines:
            yield line
            line = self.lines[line]["parent"]

    def do_appropriate(self, s):
        parent = s.get("parent", "")
        need(s["ccy"] in self.units, "unknown_commodity")
        need(s["line"] not in self.lines, "exists_with_different")
        if parent:
            need(parent in self.lines, "unknown_parent")
            need(self.lines[parent]["unit"] == s["ccy"], "commodity_mismatch")
            need(s["amount"] <= self.available(parent), "exceeds_parent")
        self.lines[s["line"]] = {"unit": s["ccy"], "parent": parent, "paid": 0,
                                 "appropriation": s["amount"]}

    def do_amend(self, s):
        need(s["line"] in self.lines, "unknown_line")
        line = self.lines[s["line"]]
        need(-s["delta"] <= self.available(s["line"]), "below_committed")
        if s["delta"] > 0 and line["parent"]:
            need(s["delta"] <= self.available(line["parent"]), "exceeds_parent")
        line["appropriation"] += s["delta"]

    def move(self, s, code):
        source, target = self.lines.get(s["from"]), self.lines.get(s["to"])
        need(source["unit"] == (target or source)["unit"], "commodity_mismatch")
        need(s["from"] not in self.above(s["to"]) and s["to"] not in self.above(s["from"]),
             "same_branch")
        need(s["amount"] <= self.available(s["from"]), code)
        if target and target["parent"] not in ("", source["parent"]):
            need(s["amount"] <= self.available(target["parent"]), "exceeds_parent")
        target = self.lines.setdefault(s["to"], {"unit": source["unit"], "parent": "", "paid": 0,
                                                 "appropriation": 0})
        source["appropriation"] -= s["amount"]
        target["appropriation"] += s["amount"]

    def do_transfer(self, s):
        need(s["from"] in self.lines and s["to"] in self.lines, "unknown_line")
        self.move(s, "below_committed")

    def do_carry(self, s):
        need(s["from"] in self.lines, "unknown_line")
        if s["from"] == s["to"]:
            raise Refused("same_branch")
        self.move(s, "exceeds_available")

    def do_close(self, s):
        need(all(h["state"] != "pending" for h in self.held.values()), "pending_not_resolved")
        self.closed = s.get("date", self.closed)

    # --- Commitments ------------------------------------------------------------------------------

    def do_reserve(self, s, state="pending"):
        need(s["line"] in self.lines, "unknown_line")
        need(self.lines[s["line"]]["unit"] == s["ccy"], "commodity_mismatch")
        need(s["amount"] <= self.available(s["line"]), "exceeds_appropriation")
        self.held[s["id"]] = {"line": s["line"], "unit": s["ccy"], "amount": s["amount"],
                              "state": state, "by": s.get("by"), "expires": s.get("expires"),
                              "released": 0, "accepted": 0, "paid": 0, "advanced": 0}

    def do_commit(self, s):
        self.do_reserve(s, "open")

    def pending(self, ref):
        need(ref in self.held, "unknown_ref")
        need(self.held[ref]["state"] == "pending", "already_resolved")
        return self.held[ref]

    def do_confirm(self, s):
        held = self.pending(s["ref"])
        need(not (held["expires"] and s.get("date") and s["date"] > held["expires"]), "expired")
        need(s.get("amount", 0) <= held["amount"], "exceeds_pending")
        need(not s.get("by") or s["by"] != held["by"], "same_person")
        held.update(state="open", amount=s.get("amount", held["amount"]))

    def do_void(self, s):
        self.pending(s["ref"])["state"] = "voided"

    def do_expire(self, s):
        for held in self.held.values():
            if held["state"] == "pending" and held["expires"] and held["expires"] < s["date"]:
                held["state"] = "expired"

    def committed(self, ref):
        need(ref in self.held and self.held[ref]["state"] == "open", "unknown_ref")
        return self.held[ref]

    def do_release(self, s):
        h = self.committed(s["ref"])
        free = h["amount"] - h["released"] - h["accepted"] - h["advanced"]
        need(s["amount"] <= free, "exceeds_open")
        h["released"] += s["amount"]

    # --- Claims and payments ----------------------------------------------------------------------

    def do_accept(self, s):
        h = self.committed(s["ref"])
        need(h["unit"] == s["ccy"], "commodity_mismatch")
        need(s["amount"] <= h["amount"] - h["released"] - h["accepted"], "exceeds_commitment")
        h["accepted"] += s["amount"]
        self.claims[s["id"]] = {"of": s["ref"], "left": s["amount"], "by": s.get("by")}
        self.put(h["unit"], ("Expense:" + h["line"], s["amount"]),
                 ("Payable:" + s["ref"], -s["amount"]))

    @staticmethod
    def unpaid(h):
        return h["amount"] - h["released"] - h["paid"] - h["advanced"]

    def meet(self, claim, minor):
        claim["left"] -= minor
        held = self.held[claim["of"]]
        held["paid"] += minor
        self.lines[held["line"]]["paid"] += minor

    def do_pay(self, s):
        need(s["ref"] in self.claims, "unknown_ref")
        claim = self.claims[s["ref"]]
        held = self.held[claim["of"]]
        need(not s.get("by") or s["by"] != claim["by"], "same_person")
        need(s["amount"] <= claim["left"], "exceeds_accepted")
        need(s["amount"] <= self.unpaid(held), "exceeds_commitment")
        bank = self.cash(s, held["unit"])
        self.meet(claim, s["amount"])
        self.payments[s["id"]] = {"of": claim["of"], "left": s["amount"]}
        self.put(held["unit"], ("Payable:" + claim["of"], s["amount"]), (bank, -s["amount"]))

    def do_advance(self, s):
        held = self.committed(s["ref"])
        need(not s.get("by") or s["by"] != held["by"], "same_person")
        need(s["amount"] <= self.unpaid(held), "exceeds_commitment")
        bank = self.cash(s, held["unit"])
        held["advanced"] += s["amount"]
        self.put(held["unit"], ("Advance:" + s["ref"], s["amount"]), (bank, -s["amount"]))

    def do_settle(self, s):
        need(s["ref"] in self.claims, "unknown_ref")
        claim = self.claims[s["ref"]]
        held = self.held[claim["of"]]
        need(s["amount"] <= claim["left"], "exceeds_accepted")
        need(s["amount"] <= held["advanced"], "exceeds_advance")
        held["advanced"] -= s["amount"]
        self.meet(claim, s["amount"])
        self.put(held["unit"], ("Payable:" + claim["of"], s["amount"]),
                 ("Advance:" + claim["of"], -s["amount"]))

    def do_refund(self, s):
        held = self.committed(s["ref"])
        need(s["amount"] <= held["advanced"], "exceeds_advance")
        held["advanced"] -= s["amount"]
        self.put(held["unit"], (s.get("bank", "Bank"), s["amount"]),
                 ("Advance:" + s["ref"], -s["amount"]))

    def do_recover(self, s):
        need(s["ref"] in self.payments, "unknown_ref")
        payment = self.payments[s["ref"]]
        need(s["amount"] <= payment["left"], "exceeds_paid")
        payment["left"] -= s["amount"]
        held = self.held[payment["of"]]
        if s.get("reuse"):
            self.lines[held["line"]]["paid"] -= s["amount"]
        account = "Expense:" + held["line"] if s.get("reuse") else "Income:Recovered"
        self.put(held["unit"], (s.get("bank", "Bank"), s["amount"]), (account, -s["amount"]))

    def do_charge(self, s):
        need(s["line"] in self.lines, "unknown_line")
        line = self.lines[s["line"]]
        need(s["amount"] <= self.available(s["line"]), "exceeds_appropriation")
        bank = self.cash(s, line["unit"])
        line["paid"] += s["amount"]
        self.put(line["unit"], ("Expense:" + s["line"], s["amount"]), (bank, -s["amount"]))

    # --- Exchange ---------------------------------------------------------------------------------

    def do_fx(self, s):
        need(s["ccy"] in self.units and s["to"] in self.units and s["ccy"] != s["to"],
             "unknown_commodity")
        need(s["amount"] * s["rate"][0] < 2 ** 127, "amount_too_large")
        gives = rounded(Fraction(s["amount"] * s["rate"][0], s["rate"][1]),
                        s.get("round", "half_even"))
        need(gives == s["to_amount"], "rate_mismatch")
        bank = self.cash(s, s["ccy"])
        self.put(s["ccy"], ("Exchange", s["amount"]), (bank, -s["amount"]))
        self.put(s["to"], (s.get("to_bank", "Bank"), s["to_amount"]), ("Exchange", -s["to_amount"]))

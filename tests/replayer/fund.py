"""The fund: what each of its commands does to the book, told again (ledger.py keeps the book)."""

import hashlib
import json
from fractions import Fraction

import calendar_text
import ledger


def minor(amount):
    return int(amount["minor"])


def bank(c, field="bank"):
    return "Bank:" + c.get(field, "main")


class Fund:
    def __init__(self, charter):
        self.charter, self.book = charter, ledger.Book()
        self.lines, self.assessments, self.receipts, self.claims = {}, {}, {}, {}
        self.pending, self.amended = {}, 0
        self.statements = {}  # in the order of their recording
        self.provisional = {}

    @property
    def balances(self):
        return self.book.balances

    def write(self, op, name, at, day=None, by="", **fields):
        """A step of the book, for today where no day is told; whatever it refuses, should not stand
        on the journal."""
        for unit in self.charter.document.get("units", []):
            self.book.units.setdefault(unit["id"], unit.get("scale", 0))
        step = {"op": op, "id": name, "by": by, "date": day or calendar_text.day_text(at), **fields}
        if op in ("appropriate", "amend", "transfer"):
            del step["date"]  # authority is of no day of its own
        answer = self.book.take(step)
        if answer != "ok":
            raise ValueError(f"the book refuses this {op}: {answer}")

    # --- Authority --------------------------------------------------------------------------------

    def appropriate(self, c, at):
        self.write("appropriate", "line:" + c["line"], at, line=c["line"], ccy=c["amount"]["unit"],
                   amount=minor(c["amount"]), parent=c.get("parent", ""))
        self.lines[c["line"]] = {"original": c["amount"], "measure": c.get("measure"),
                                 "parent": c.get("parent")}

    def amend_appropriation(self, c, at):
        self.amended += 1
        before = self.book.lines[c["line"]]["appropriation"]
        self.write("amend", f"amend:{self.amended}", at, line=c["line"],
                   delta=minor(c["amount"]) - before)

    def transfer_appropriation(self, c, at):
        self.write("transfer", "virement:" + c["virement"], at, amount=minor(c["amount"]),
                   **{"from": c["from"], "to": c["to"]})

    def carry_appropriation(self, c, at):
        self.write("carry", "carry:" + c["carry_over"], at, amount=minor(c["amount"]),
                   **{"from": c["from"], "to": c["to"]})

    def open_provisional(self, c, at):
        """The first months of last year's line, as twelve equal parts by largest remainder."""
        name, of = c["line"], self.book.lines[c["of"]]
        before = self.provisional.get(name)
        whole = before["whole"] if before else of["appropriation"] - self.book.given(c["of"])
        minor_units = sum(ledger.parts(whole, [1] * 12)[:c["months"]])
        if before:
            self.amend_to(name, minor_units, at)
        else:
            unit = self.lines[c["of"]]["original"]["unit"]
            self.write("appropriate", "line:" + name, at, line=name, ccy=unit, amount=minor_units,
                       parent="")
            self.lines[name] = {"original": {"minor": str(minor_units), "unit": unit},
                                "measure": self.lines[c["of"]]["measure"], "parent": None}
        self.provisional[name] = {"whole": whole, "of": c["of"], "year": c["year"]}

    def replace_provisional(self, c, at):
        self.amend_to(c["line"], minor(c["amount"]), at)
        self.lines[c["line"]]["original"] = c["amount"]
        del self.provisional[c["line"]]

    def amend_to(self, line, minor_units, at):
        delta = minor_units - self.book.lines[line]["appropriation"]
        if delta:
            self.amended += 1
            self.write("amend", f"amend:{self.amended}", at, line=line, delta=delta)

    def plan_spending(self, c, at):
        """The early warning is measured by it; the book stays as it is."""

    def close_year(self, c, at):
        last = f"{c['year']}-12-31"
        self.write("close", f"close:{c['year']}", at, last, year=str(c["year"]))
        rows = [{"account": a, "balance": {"minor": str(m), "unit": u}}
                for (a, u), m in sorted(self.book.balances_until(last).items()) if m]
        text = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
        root = hashlib.sha256(text.encode()).hexdigest()
        return [("fund.year_closed",
                 lambda e: self.same(e, {"year": c["year"], "rows": rows, "root": root}))]

    @staticmethod
    def same(event, computed):
        if event != computed:
            raise ValueError(f"the event says {event} and should say {computed}")

    def summary_of_lines(self):
        return {name: {"original": line["original"],
                       **{figure: {"minor": str(value), "unit": line["original"]["unit"]}
                          for figure, value in self.figures(name).items()}}
                for name, line in self.lines.items()}

    def measure_of(self, name):
        """The measure of the line, or of the nearest line above it that names one."""
        line = self.lines[name]
        if line["measure"] is None and line["parent"] is not None:
            return self.measure_of(line["parent"])
        return line["measure"]

    def summary_of_measures(self):
        """What each measure has in each unit; "" stands for the lines that are for none."""
        out = {}
        for name, line in self.lines.items():
            figures = self.figures(name)
            key = f"{self.measure_of(name) or ''} {line['original']['unit']}"
            sums = out.setdefault(key, {"whole": 0, "open": 0, "paid": 0, "available": 0})
            sums["whole"] += figures["amended"] - figures["given"]
            for figure in ("open", "paid", "available"):
                sums[figure] += figures[figure]
        return out

    def figures(self, name):
        line = self.book.lines[name]
        return {"amended": line["appropriation"], "given": self.book.given(name),
                "open": self.book.open(name), "paid": line["paid"],
                "available": self.book.available(name)}

    # --- Contributions ----------------------------------------------------------------------------

    def assess_contributions(self, c, at):
        shares = self.shares(c["total"], c.get("shares"), calendar_text.day_text(at))
        self.write("assess", "assess:" + c["assessment"], at, total=minor(c["total"]),
                   ccy=c["total"]["unit"], amounts=shares)
        self.assessments[c["assessment"]] = (c["total"], shares)

    def reassess_contributions(self, c, at):
        total, before = self.assessments[c["of"]]
        shares = self.shares(total, c.get("shares"), c["key_day"])
        self.write("reassess", "reassess:" + c["reassessment"], at, total=minor(total),
                   ccy=total["unit"], old=before, amounts=shares)
        self.assessments[c["of"]] = (total, shares)

    def shares(self, total, stated, day):
        if stated:
            return {s["member"]: minor(s["amount"]) for s in stated}
        weighted = [(m["id"], self.charter.weights(m, day).get("money", 0))
                    for m in self.charter.document["members"]
                    if m["from"] <= day <= m.get("until", "9")]
        weighted = [(m, w) for m, w in weighted if w > 0]
        parts = ledger.parts(minor(total), [w for _, w in weighted])
        return dict(zip([m for m, _ in weighted], parts))

    def write_off_contribution(self, c, at):
        self.write("write_off", "write_off:" + c["write_off"], at, member=c["member"],
                   ccy=c["amount"]["unit"], amount=minor(c["amount"]))

    def receive_contribution(self, c, at):
        if c["contribution"] in self.receipts:
            raise ValueError(f"the receipt {c['contribution']} is recorded twice")
        self.receipts[c["contribution"]] = c
        self.write("receive", "receive:" + c["contribution"], at, c["effective"], bank=bank(c),
                   member=c["member"], ccy=c["amount"]["unit"], amount=minor(c["amount"]))

    def correct_contribution(self, c, at):
        of = self.receipts[c["contribution"]]
        shut = self.book.closed and of["effective"] <= self.book.closed
        unit, n = of["amount"]["unit"], minor(of["amount"])
        self.write("raw", "correct:" + c["correction"], at, None if shut else of["effective"],
                   legs=[[bank(of), unit, -n], ["Receivable:" + of["member"], unit, n]])

    # --- The bank ---------------------------------------------------------------------------------

    def record_income(self, c, at):
        self.write("earn", "income:" + c["income"], at, c["effective"], bank=bank(c),
                   income=c["kind"], ccy=c["amount"]["unit"], amount=minor(c["amount"]))

    def record_bank_charge(self, c, at):
        self.write("charge", "charge:" + c["charge"], at, c["effective"], bank=bank(c),
                   line=c["line"], amount=minor(c["amount"]))

    def scale(self, unit):
        return next(u.get("scale", 0) for u in self.charter.document["units"] if u["id"] == unit)

    def minor_rate(self, rate, given, got):
        """Between minor units: from a fraction between whole ones."""
        num, _, den = rate.partition("/")
        return [int(num) * 10 ** self.scale(got), int(den or 1) * 10 ** self.scale(given)]

    def exchange_money(self, c, at):
        given, got = c["given"], c["got"]
        self.write("fx", "exchange:" + c["exchange"], at, c["effective"],
                   bank=bank(c, "from_bank"), to_bank=bank(c, "to_bank"), ccy=given["unit"],
                   amount=minor(given), to=got["unit"], to_amount=minor(got),
                   rate=self.minor_rate(c["at"]["rate"], given["unit"], got["unit"]),
                   round=c["at"]["rounding"])

    def record_statement(self, c, at):
        """What the bank says changes no balance; it follows on what it said before."""
        unit = c["opening"]["unit"]
        amounts = [line["amount"] for line in c.get("lines", [])]
        if any(a["unit"] != unit for a in [*amounts, c["closing"]]):
            raise ValueError("a statement is of one unit")
        if minor(c["opening"]) + sum(map(minor, amounts)) != minor(c["closing"]):
            raise ValueError("the lines of a statement lead to another closing balance")
        before = [s for s in self.statements.values()
                  if bank(s) == bank(c) and s["opening"]["unit"] == unit]
        if before and (before[-1]["closing"] != c["opening"] or before[-1]["until"] > c["from"]):
            raise ValueError("a statement does not follow on the one before")
        self.statements[c["statement"]] = c

    def summary_of_statements(self):
        out = {}
        for name, c in self.statements.items():
            unit = c["opening"]["unit"]
            held = self.book.balances_until(c["until"]).get((bank(c), unit), 0)
            out[name] = {"closing": c["closing"], "book": {"minor": str(held), "unit": unit},
                         "difference": {"minor": str(minor(c["closing"]) - held), "unit": unit}}
        return out

    def name_rate(self, c, at):
        """Forecasts are told by it; the book stays as it is."""

    def record_past_budget(self, c, at):
        """A fact beside the book, which stays as it is."""

    # --- The road of the money --------------------------------------------------------------------

    def hold(self, op, c, at, by):
        step = {"line": c["line"], "ccy": c["amount"]["unit"], "amount": minor(c["amount"])}
        if "expires" in c:
            step["expires"] = c["expires"]
        self.write(op, c["commitment"], at, by=by, **step)

    def commit(self, c, at, actor=""):
        self.hold("commit", c, at, actor)

    def reserve(self, c, at, actor):
        self.hold("reserve", c, at, actor)

    def confirm_reservation(self, c, at, actor):
        step = {"amount": minor(c["part"])} if "part" in c else {}
        self.write("confirm", "confirm:" + c["commitment"], at, by=actor, ref=c["commitment"],
                   **step)

    def void_reservation(self, c, at):
        self.write("void", "void:" + c["commitment"], at, ref=c["commitment"])

    def due(self, at):
        """The reservations whose last day has passed, and the event that says so."""
        today = calendar_text.day_text(at)
        over = sorted(name for name, held in self.book.held.items()
                      if held["state"] == "pending" and held["expires"] and held["expires"] < today)
        if not over:
            return []

        def expired(e):
            self.same(e, {"before": today, "commitments": over})
            self.write("expire", "expire:" + today, at, today)
        return [("fund.reservations_expired", expired)]

    def release_commitment(self, c, at):
        self.write("release", "release:" + c["release"], at, ref=c["commitment"],
                   amount=minor(c["amount"]))

    def backing(self, name, call, offered, given, needed, at):
        """A call that is over gives back what neither it nor another needs."""
        held, today = self.book.held[name], calendar_text.day_text(at)
        kept = max(given + needed, held["accepted"] + held["advanced"])
        free = max(min(offered - given, held["amount"] - held["released"] - kept), 0)
        if held["state"] != "open" or (self.book.closed and today <= self.book.closed):
            free = 0

        def released(e):
            amount = lambda n: {"minor": str(n), "unit": held["unit"]}
            self.same(e, {"commitment": name, "call": call, "given": amount(given),
                          "released": amount(free)})
            if free:
                self.write("release", "backing:" + call, at, ref=name, amount=free)
        return [("fund.backing_released", released)]

    def submit_claim(self, c, at, actor):
        unit = self.book.held[c["commitment"]]["unit"]
        rates = {r["unit"]: r["at"] for r in c.get("rates", [])}
        converted = []
        for item in c["items"]:
            value = Fraction(minor(item["amount"]))
            if item["amount"]["unit"] != unit:
                by = rates[item["amount"]["unit"]]
                num, den = self.minor_rate(by["rate"], item["amount"]["unit"], unit)
                value = ledger.rounded(value * num / den, by["rounding"])
            converted.append(int(value))
        self.claims[c["claim"]] = {"of": c["commitment"], "sum": sum(converted), "by": actor,
                                   "stands": "submitted"}

    def accept_claim(self, c, at, actor):
        claim = self.claims[c["claim"]]
        if actor == claim["by"]:
            raise ValueError("whoever submitted a claim does not accept it")
        self.judge(claim, "accepted")
        off = sum(minor(d["amount"]) for d in c.get("deductions", []))
        self.write("accept", "claim:" + c["claim"], at, by=actor, ref=claim["of"],
                   ccy=self.book.held[claim["of"]]["unit"], amount=claim["sum"] - off)

    def reject_claim(self, c, at, actor):
        claim = self.claims[c["claim"]]
        self.judge(claim, "withdrawn" if actor == claim["by"] else "rejected")

    @staticmethod
    def judge(claim, outcome):
        if claim["stands"] != "submitted":
            raise ValueError("the claim was judged already")
        claim["stands"] = outcome

    def settle_advance(self, c, at):
        self.write("settle", "settle:" + c["settlement"], at, ref="claim:" + c["claim"],
                   amount=minor(c["amount"]))

    def pay_claims(self, c, at, actor):
        for one in c["payments"]:
            self.write("pay", "payment:" + one["payment"], at, c["effective"], actor, bank=bank(c),
                       ref="claim:" + one["claim"], amount=minor(one["amount"]))

    def pay_advance(self, c, at, actor):
        self.write("advance", "advance:" + c["advance"], at, c["effective"], actor, bank=bank(c),
                   ref=c["commitment"], amount=minor(c["amount"]))

    def receive_refund(self, c, at):
        self.write("refund", "refund:" + c["refund"], at, c["effective"], bank=bank(c),
                   ref=c["commitment"], amount=minor(c["amount"]))

    def receive_recovery(self, c, at):
        self.write("recover", "recover:" + c["recovery"], at, c["effective"], bank=bank(c),
                   ref="payment:" + c["payment"], amount=minor(c["amount"]), reuse=c["reuse"])

    # --- What stands in the way of an order -------------------------------------------------------

    def obstacle(self, name, c):
        """(code, field) of what stands in the way of an ordered command, or None."""
        if name == "appropriate" and c["line"] in self.lines:
            return "fund.line_taken", "line"
        if name == "open_provisional":
            if c["of"] not in self.lines:
                return "fund.line_unknown", "of"
            was = self.provisional.get(c["line"])
            if c["line"] in self.lines and (
                    not was or (was["of"], was["year"]) != (c["of"], c["year"])):
                return "fund.line_taken", "line"
        of_lines = ("amend_appropriation", "replace_provisional", "plan_spending")
        if name in of_lines and c["line"] not in self.lines:
            return "fund.line_unknown", "line"
        if name == "assess_contributions" and c["assessment"] in self.assessments:
            return "fund.assessment_taken", "assessment"
        return None

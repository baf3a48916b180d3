"""Public money by recipient: reports of public bodies, and what the fund paid on commitments that
somebody said to be grants or advertising. The fund's amounts are counted here from its own orders."""

import datetime

import calendar_text

LAST_YEAR = 2200


def need(holds, what):
    if not holds:
        raise ValueError(what)


def year_of(day):
    return int(str(day)[:4])


class Beneficiaries:
    def __init__(self, registry):
        self.registry = registry
        self.payers, self.reports, self.referred = {}, {}, {}
        self.first_day = {}  # on which the report of a payer for a year began to be given
        self.claims, self.orders, self.paid = {}, {}, []  # of the fund

    def act(self, name, body, at):
        getattr(self, name)(body, datetime.date.fromisoformat(calendar_text.day_text(at)))

    def party(self, name):
        need("merged_into" not in self.registry.organisations[name], f"{name} was merged")

    def name_payer(self, body, _):
        need(body["payer"] not in self.payers or body.get("reason"), "a payer without a reason")
        need(body.get("until", LAST_YEAR) >= body["from"], "its years run backwards")
        self.party(body["payer"])
        self.payers[body["payer"]] = body

    def report_payments(self, body, today):
        payer, year = self.payers[body["payer"]], body["year"]
        need(payer["from"] <= year <= min(payer.get("until", LAST_YEAR), today.year),
             "a year that is not owed")
        rows, zero = body.get("payments", []), body.get("zero", False)
        need(bool(rows) != zero and not (zero and year == today.year), "a report is unclear")
        parts = self.reports.setdefault((body["payer"], year), [])
        at = body.get("part", 1)
        need(1 <= at <= len(parts) + 1, "a part is out of order")
        need(at > len(parts) or body.get("reason"), "a part is corrected without a reason")
        need(not zero or (at == 1 and len(parts) <= 1), "a zero report has one part")
        need(at == 1 or parts[0], "a zero report has one part")
        for row in rows:
            need(("recipient" in row) != ("persons" in row), "a payment is to somebody")
            need(int(row["money"]["minor"]) > 0, "a payment is more than nothing")
            if "recipient" in row:
                self.party(row["recipient"])
        parts[at - 1:at] = [rows]
        self.first_day.setdefault((body["payer"], year), today)

    def refer_commitment(self, body, _):
        need(body["commitment"] not in self.referred or body.get("reason"), "without a reason")
        self.party(body["recipient"])
        self.referred[body["commitment"]] = body

    # --- The fund, as far as it pays --------------------------------------------------------------

    def watch(self, name, body):
        if name == "submit_claim":
            self.claims[body["claim"]] = body["commitment"]
        elif name == "pay_claims":
            for one in body["payments"]:
                self.orders[one["payment"]] = self.claims[one["claim"]], year_of(body["effective"])
                self.pay(*self.orders[one["payment"]], one["amount"], 1)
        elif name == "pay_advance":
            self.pay(body["commitment"], year_of(body["effective"]), body["amount"], 1)
        elif name == "receive_refund":
            self.pay(body["commitment"], year_of(body["effective"]), body["amount"], -1)
        elif name == "receive_recovery":
            self.pay(*self.orders[body["payment"]], body["amount"], -1)

    def pay(self, commitment, year, amount, sign):
        self.paid.append((commitment, year, amount["unit"], sign * int(amount["minor"])))

    # --- What is public ---------------------------------------------------------------------------

    def summary(self):
        recipients, fund = {}, {}
        add = lambda to, key, unit, minor: to.setdefault(key, {}).update(
            {unit: to.get(key, {}).get(unit, 0) + minor})
        for parts in self.reports.values():
            for row in (row for rows in parts for row in rows):
                name = row.get("recipient")
                add(recipients, self.registry.current(name) if name else "", row["money"]["unit"],
                    int(row["money"]["minor"]))
        for commitment, year, unit, minor in self.paid:
            if commitment in self.referred:
                name = self.registry.current(self.referred[commitment]["recipient"])
                add(recipients, name, unit, minor)
                add(fund, str(year), unit, minor)
        reports = {}
        for name, payer in self.payers.items():
            for year in range(payer["from"], payer.get("until", LAST_YEAR) + 1):
                parts = self.reports.get((name, year))
                if parts is not None:
                    due = datetime.date(year, 12, 31) + datetime.timedelta(days=payer["due_days"])
                    late = (self.first_day[name, year] - due).days
                    reports[f"{name}/{year}"] = {"rows": sum(map(len, parts)),
                                                 "late": max(late, 0)}
        return {"recipients": recipients, "fund": fund, "reports": reports}

"""The fund: balances folded from what was assessed and received, and the lines of the budget."""

import calendar_text


def minor(amount):
    return int(amount["minor"])


def parts(total, weights):
    """Largest remainder: floors, then one more to the largest remainders, ties to the earlier."""
    whole = sum(weights)
    shares = [total * w // whole for w in weights]
    order = sorted(range(len(weights)), key=lambda i: -(total * weights[i] % whole))
    for i in order[:total - sum(shares)]:
        shares[i] += 1
    return shares


class Fund:
    def __init__(self, charter):
        self.charter = charter
        self.balances, self.lines, self.assessments, self.receipts = {}, {}, set(), {}

    def post(self, account, amount, sign):
        key = (account, amount["unit"])
        self.balances[key] = self.balances.get(key, 0) + sign * minor(amount)

    # --- By decision ------------------------------------------------------------------------------

    def appropriate(self, c, at):
        self.lines[c["line"]] = {"original": c["amount"], "amended": c["amount"]}

    def amend_appropriation(self, c, at):
        self.lines[c["line"]]["amended"] = c["amount"]

    def assess_contributions(self, c, at):
        self.assessments.add(c["assessment"])
        for member, amount in self.shares(c, calendar_text.day_text(at)):
            if minor(amount):
                self.post(f"Receivable:{member}", amount, 1)
                self.post(f"Income:Contribution:{member}", amount, -1)

    def shares(self, c, day):
        if c.get("shares"):
            return [(s["member"], s["amount"]) for s in c["shares"]]
        weighted = [(m["id"], self.charter.weights(m, day).get("money", 0))
                    for m in self.charter.document["members"]
                    if m["from"] <= day <= m.get("until", "9")]
        weighted = [(m, w) for m, w in weighted if w > 0]
        divided = parts(minor(c["total"]), [w for _, w in weighted])
        return [(m, {"minor": str(part), "unit": c["total"]["unit"]})
                for (m, _), part in zip(weighted, divided)]

    # --- By the treasury --------------------------------------------------------------------------

    def receive_contribution(self, c, at):
        if c["contribution"] in self.receipts:
            raise ValueError(f"the receipt {c['contribution']} is recorded twice")
        if minor(c["amount"]) <= 0:
            raise ValueError("a receipt is of more than zero")
        self.receipts[c["contribution"]] = c
        self.receipt(c, 1)

    def correct_contribution(self, c, at):
        self.receipt(self.receipts[c["contribution"]], -1)

    def receipt(self, c, sign):
        self.post("Bank:main", c["amount"], sign)
        self.post(f"Receivable:{c['member']}", c["amount"], -sign)

    def obstacle(self, name, c):
        """(code, field) of what stands in the way of an ordered command, or None."""
        if name == "appropriate" and c["line"] in self.lines:
            return "fund.line_taken", "line"
        if name == "amend_appropriation" and c["line"] not in self.lines:
            return "fund.line_unknown", "line"
        if name == "assess_contributions" and c["assessment"] in self.assessments:
            return "fund.assessment_taken", "assessment"
        return None

"""A budget divided by votes: equal shares in fractions, every ballot alone, nothing remembered from one
purchase to the next. docs/format/calls.md says what must come out."""

from fractions import Fraction


class Count:
    """`costs`: minor units by project; `ballots`: of each voter the points by project; `order`: the
    projects in the order of their lots. Projects on no ballot are left out before."""

    def __init__(self, terms, budget, costs, ballots, order):
        self.terms, self.budget, self.costs, self.ballots = terms, budget, costs, ballots
        self.votes = {p: sum(p in b for b in ballots) for p in costs}
        self.points = {p: sum(b.get(p, 0) for b in ballots) for p in costs}
        rank = {p: n for n, p in enumerate(order)}
        by = {"least_cost": lambda p: costs[p], "most_votes": lambda p: -self.votes[p]}
        self.rank = lambda p: tuple(by[r](p) for r in terms.get("equals", [])) + (rank[p],)

    def price(self, project, money):
        """What each point costs its supporters; None where they hold too little together."""
        backers = sorted((money[v] / b[project], b[project])
                         for v, b in enumerate(self.ballots) if project in b)
        left, points = Fraction(self.costs[project]), sum(p for _, p in backers)
        for most, own in backers:
            if most * points >= left:
                return left / points
            left -= most * own
            points -= own
        return None

    def run(self, endowment):
        """Purchases in order, each with its price, and what every voter holds before each of them and
        in the end."""
        money, bought, held = [endowment] * len(self.ballots), [], []
        while True:
            found = []
            for p in self.costs:
                if p in dict(bought):
                    continue
                price = self.price(p, money)
                if price is not None:
                    claim = price / self.costs[p] if self.terms["measure"] == "cost" else price
                    found.append((claim, self.rank(p), p, price))
            held.append(list(money))
            if not found:
                return bought, held
            _, _, p, price = min(found)
            bought.append((p, price))
            for v, b in enumerate(self.ballots):
                if p in b:
                    money[v] = max(money[v] - price * b[p], Fraction(0))

    def cost(self, projects):
        return sum(self.costs[p] for p in projects)

    def fits(self, chosen):
        return any(p not in chosen and c <= self.budget - self.cost(chosen)
                   for p, c in self.costs.items())

    def outcome(self):
        terms = self.terms
        endowment = Fraction(self.budget, len(self.ballots))
        bought, held = self.run(endowment)
        for _ in range(terms.get("rises", 0)):
            chosen = [p for p, _ in bought]
            if len(chosen) == len(self.costs) or \
                    (terms["stop"] == "exhaustive" and not self.fits(chosen)):
                break
            more = self.run(endowment + terms["step"])
            if self.cost(p for p, _ in more[0]) > self.budget:
                break
            endowment += terms["step"]
            bought, held = more
        added = []
        if terms["rest"].endswith("utilitarian"):
            chosen = [p for p, _ in bought]
            for p in sorted(self.costs, key=lambda p: (-self.points[p], self.rank(p))):
                if p not in chosen and self.costs[p] <= self.budget - self.cost(chosen + added):
                    added.append(p)
        return {"endowment": endowment, "bought": bought, "added": added, "held": held}

    def certificate(self, made):
        by_cost = self.terms["measure"] == "cost"
        out = {"rule": "equal-shares", "completion": self.terms["rest"],
               "stop": self.terms.get("stop", "overshoot"),
               "measure": "cost" if by_cost else "cardinality", "budget": self.budget,
               "voters": len(self.ballots), "endowment": str(made["endowment"]),
               "cost": self.cost([p for p, _ in made["bought"]] + made["added"])}
        purchases = [{"project": p, "cost": self.costs[p], "price": str(price),
                      "effective_votes": str((self.costs[p] if by_cost else 1) / price)}
                     for p, price in made["bought"]]
        for name, rows in (("purchases", purchases), ("completed", made["added"])):
            if rows:
                out[name] = rows
        return out

    def figures(self, made, project):
        """What is said of a project that some ballot names."""
        turns = [p for p, _ in made["bought"]] + made["added"]
        money = made["held"][min(turns.index(project), len(made["bought"]))
                             if project in turns else -1]
        left = sum((money[v] for v, b in enumerate(self.ballots) if project in b), Fraction(0))
        out = {"project": project, "votes": self.votes[project], "points": self.points[project],
               "fate": "short_of", "left": int(left),
               "effective_support": int(left * 1000 / self.costs[project])}
        if project in turns:
            out["turn"] = turns.index(project) + 1
            out["fate"] = "completed" if project in made["added"] else "bought"
        if out["fate"] == "bought":
            out["price"] = int(dict(made["bought"])[project])
        return out


def count(terms, budget, costs, ballots, key):
    """What a run must say: figures of every candidate, the certificate, who is funded, and whether
    the lots in reverse would fund others."""
    named = {p for b in ballots for p in b}
    real = {p: c for p, c in costs.items() if p in named}
    order = sorted(real, key=lambda p: (key(p), p.encode()))
    one = Count(terms, budget, real, ballots, order)
    made = one.outcome()
    funded = {p for p, _ in made["bought"]} | set(made["added"])
    alike = [one.rank(p)[:-1] for p in real]
    decided = False
    if len(set(alike)) < len(alike):
        other = Count(terms, budget, real, ballots, order[::-1]).outcome()
        decided = funded != {p for p, _ in other["bought"]} | set(other["added"])
    nothing = {"votes": 0, "points": 0, "fate": "unsupported", "left": 0, "effective_support": 0}
    figures = [one.figures(made, p) if p in real else {"project": p, **nothing} for p in costs]
    return {"funded": funded, "certificate": one.certificate(made), "figures": figures,
            "lots": decided, "endowment": str(made["endowment"])}

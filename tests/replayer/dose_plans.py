"""A plan of first doses that averts most deaths, checked from its words alone: whole vials, what
has come, what people take, what a region can give, the floor; and that no plan averts more than
its prices say. Fractions throughout."""

from fractions import Fraction
from math import ceil, floor

PRICE = Fraction(1, 10**12)


def need(holds, what):
    if not holds:
        raise ValueError(what)


def number(value):
    return int(value or 0)


def padded(values, weeks):
    values = [number(one) for one in values or []]
    need(len(values) <= weeks, "more weeks than are planned")
    return values + [0] * (weeks - len(values))


class Plan:
    def __init__(self, asked, vial):
        said = asked["plan"]
        self.weeks, self.gap, self.now = (number(said[name]) for name in ("weeks", "interval", "now"))
        self.effect, self.supply, self.capacity, self.floor = (
            Fraction(said[name]) for name in ("effect", "supply", "capacity", "floor"))
        self.within, self.vial, self.scale = Fraction(said["within"]), vial, number(asked.get("scale", 1))
        need(1 <= self.now <= self.weeks - self.gap, "weeks that give nothing")
        self.averted, self.bound = Fraction(said["averted"]), Fraction(said["bound"])
        self.groups = [(Fraction(one["share"]), Fraction(one["fatality"]), Fraction(one["uptake"]))
                       for one in said["groups"]]
        self.names = [one["group"] for one in said["groups"]]
        self.come = padded(said.get("supply_prices"), self.weeks)
        need([one["site"] for one in said["regions"]] == [one["site"] for one in asked["recipients"]],
             "other regions than recipients")
        self.regions = [self.region(one, to) for one, to in zip(said["regions"], asked["recipients"])]
        self.people = sum(one["people"] for one in self.regions)

    def region(self, said, to):
        before = [number(one) for one in said.get("before", [])] or [0] * len(self.groups)
        need(number(to.get("already")) == sum(before) * self.scale, "other doses before")
        return {"people": number(to.get("weight")), "hazard": Fraction(said["hazard"]), "before": before,
                "doses": [padded(one.get("doses"), self.weeks) for one in said["groups"]],
                "floor": number(said.get("floor_price")),
                "places": padded(said.get("place_prices"), self.weeks)}

    def takes(self, region, g):
        share, _, uptake = self.groups[g]
        return max(Fraction(0), uptake * share * region["people"] - region["before"][g])

    def owed(self, region):
        return max(Fraction(0), self.floor * region["people"] - sum(region["before"]))

    def check(self):
        """Every bound of whole doses, the deaths, the bound, and how far apart they are."""
        open_weeks = range(self.weeks - self.gap)
        arms = [0] * self.weeks
        for region in self.regions:
            busy = [0] * self.weeks
            for g, doses in enumerate(region["doses"]):
                need(all(one >= 0 and one % self.vial == 0 for one in doses), "parts of a vial")
                need(not any(doses[self.weeks - self.gap:]), "no week for a second dose")
                need(sum(doses) <= floor(self.takes(region, g)), "more than a group takes")
                for t in open_weeks:
                    busy[t] += doses[t]
                    busy[t + self.gap] += doses[t]
            need(max(busy) <= floor(self.capacity * region["people"]), "more than a region can give")
            need(sum(map(sum, region["doses"])) >= ceil(self.owed(region)), "below the floor")
            arms = [a + b for a, b in zip(arms, busy)]
        given = 0
        for t, week in enumerate(arms):
            given += week
            need(given <= floor(self.supply * self.people * (t + 1)), "more than has come")
        need(self.deaths() == self.averted, "other deaths averted")
        need(self.highest() == self.bound, "another bound")
        need(self.averted <= self.bound, "above its bound")
        need(0 <= self.within <= Fraction(1, 100)
             and self.averted >= self.bound * (1 - self.within), "too far from its bound")

    def worth(self, region, g):
        """Deaths that a first dose averts for each week left."""
        return self.groups[g][1] * region["hazard"] * self.effect

    def deaths(self):
        return sum((self.worth(region, g) * sum(n * (self.weeks - t) for t, n in enumerate(doses))
                    for region in self.regions for g, doses in enumerate(region["doses"])),
                   Fraction(0))

    def highest(self):
        """Weak duality: every column pays at these prices at least what it averts, the rest being
        the price of its uptake."""
        prices = self.come + [one["floor"] for one in self.regions]
        need(all(p >= 0 for p in prices + [p for one in self.regions for p in one["places"]]),
             "a price below nothing")
        need(self.come == sorted(self.come, reverse=True), "a dose is dearer later")
        total = self.supply * self.people * sum(self.come) * PRICE
        for region in self.regions:
            places, people = region["places"], region["people"]
            total += self.capacity * people * sum(places) * PRICE
            total -= self.owed(region) * region["floor"] * PRICE
            for g in range(len(self.groups)):
                lacks = [self.worth(region, g) * (self.weeks - t)
                         - (self.come[t] + self.come[t + self.gap] + places[t]
                            + places[t + self.gap] - region["floor"]) * PRICE
                         for t in range(self.weeks - self.gap)]
                total += self.takes(region, g) * max([Fraction(0)] + lacks)
        return total

    def shares(self):
        """What each store gets now, and its groups."""
        return [[sum(doses[:self.now]) for doses in region["doses"]] for region in self.regions]

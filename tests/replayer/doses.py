"""Stock of doses, written from the rules alone: lots lie at sites in a state, and every dose that
was received is held, on the way, given or lost. Allocations are recomputed in fractions."""

import datetime
from fractions import Fraction

import calendar_text
import dose_plans

CLOSED = ("usable", "quarantined")
CATCHES = ("usable", "open", "quarantined")


def need(holds, what):
    if not holds:
        raise ValueError(what)


def day_of(text):
    return datetime.date.fromisoformat(text)


def number(value):
    return int(value or 0)


class Doses:
    def __init__(self):
        self.products, self.sites, self.groups, self.targets = {}, {}, {}, {}
        self.lots, self.shipments, self.allocations, self.needs = {}, {}, {}, {}
        self.held, self.given, self.given_in, self.used, self.lost = {}, {}, {}, {}, {}
        self.people = {}
        self.marks = []  # (moment, kind, lot) of what falls due

    def act(self, name, body, at):
        today = datetime.date.fromisoformat(calendar_text.day_text(at))
        return getattr(self, name)(body, today, at)

    def same(self, e, computed):
        need(e == computed, f"{e} stands where {computed} follows")

    # --- Records ----------------------------------------------------------------------------------

    def record_product(self, body, *_):
        self.products[body["product"]] = body

    def record_site(self, body, *_):
        self.sites[body["site"]] = body

    def record_group(self, body, *_):
        self.groups[body["group"]] = body

    def record_target(self, body, *_):
        self.targets[body["region"], body.get("group")] = number(body["people"])

    def state_need(self, body, *_):
        self.needs[body["site"], body["product"]] = number(body.get("per_day"))

    def report_people(self, body, *_):
        first, full = number(body.get("first")), number(body.get("full"))
        need(full <= first, "more people with a whole course than with a dose")
        self.people.setdefault((body["region"], body.get("group")), []).append(
            (body["on"], first, full))

    # --- Stock ------------------------------------------------------------------------------------

    def there(self, site, lot, state):
        return self.held.get((site, lot, state), 0)

    def change(self, site, lot, state, doses):
        self.held[site, lot, state] = self.there(site, lot, state) + doses
        need(self.held[site, lot, state] >= 0, f"{site} holds less than nothing of {lot}")

    def lose(self, lot, why, doses):
        self.lost[lot, why] = self.lost.get((lot, why), 0) + doses

    def course(self, lot):
        return self.products[self.lots[lot]["product"]]

    def receive_lot(self, body, today, at):
        lot, product = body["lot"], self.products[body["product"]]
        need(lot not in self.lots, f"{lot} was received already")
        need(day_of(body["on"]) <= today and body["on"] <= body["expires"], "days out of order")
        need(number(body["doses"]) % product.get("vial", 1) == 0, "parts of a vial")
        self.lots[lot] = dict(body, recalled=False, expired=False)
        self.change(body["site"], lot, "usable", number(body["doses"]))
        last = day_of(body["expires"])
        moment = lambda day: calendar_text.instant(f"{day}T00:00:00.000Z")
        early = last - datetime.timedelta(days=product.get("warn_days", 30))
        self.marks.append((max(moment(early), at), 0, lot))
        self.marks.append((max(moment(last + datetime.timedelta(days=1)), at), 1, lot))

    def order(self, product):
        return sorted((lot for lot, one in self.lots.items() if one["product"] == product),
                      key=lambda lot: (self.lots[lot]["expires"], self.lots[lot]["on"], lot))

    def picks(self, site, product, doses, use_on):
        out, vial = [], self.products[product].get("vial", 1)
        for lot in self.order(product):
            take = min(doses, self.there(site, lot, "usable")) // vial * vial
            if take and self.lots[lot]["expires"] >= use_on:
                out.append({"doses": take, "lot": lot})
                doses -= take
        need(doses == 0, f"{site} has too little of {product}")
        return out

    def usable(self, site, product):
        return sum(self.there(site, lot, "usable") for lot in self.order(product))

    def promised(self, site, product):
        return sum(share["doses"] - one["sent"].get(share["site"], 0)
                   for one in self.allocations.values()
                   if (one["asked"]["from"], one["asked"]["product"]) == (site, product)
                   for share in one["shares"])

    def free(self, site, product, doses):
        promised = self.promised(site, product)
        need(not promised or self.usable(site, product) - promised >= doses, "promised to others")

    def dispatch(self, body, *_):
        doses, product = number(body["doses"]), body["product"]
        if "allocation" in body:
            of = self.allocations[body["allocation"]]
            share = next(one["doses"] for one in of["shares"] if one["site"] == body["to"])
            sent = of["sent"].get(body["to"], 0)
            need(sent + doses <= share, "more than its share")
            of["sent"][body["to"]] = sent + doses
        else:
            self.free(body["from"], product, doses)
        lots = self.picks(body["from"], product, doses, body["use_from"])
        return self.leave(body, product, lots)

    def transfer(self, body, *_):
        lot, doses = body["lot"], number(body["doses"])
        product = self.lots[lot]["product"]
        need(body["use_from"] <= self.lots[lot]["expires"], "it expires on the way")
        self.free(body["from"], product, doses)
        return self.leave(body, product, [{"doses": doses, "lot": lot}])

    def leave(self, body, product, lots):
        need(body["shipment"] not in self.shipments, "a shipment of this id left already")
        self.shipments[body["shipment"]] = {"from": body["from"], "to": body["to"], "on": body["on"],
                                            "product": product, "lots": lots, "came": False}
        for one in lots:
            self.change(body["from"], one["lot"], "usable", -number(one["doses"]))
        return [("doses.dispatched", lambda e: self.told(e, {
            "lots": lots, "shipment": body["shipment"]}))]

    def told(self, e, computed):
        self.same(self.plain(e), self.plain(computed))

    def plain(self, value):
        """Numbers as numbers, however they are written."""
        if isinstance(value, dict):
            return {name: self.plain(one) for name, one in value.items()}
        if isinstance(value, list):
            return [self.plain(one) for one in value]
        return int(value) if isinstance(value, str) and value.isdigit() else value

    def accept(self, body, today, _):
        of = self.shipments[body["shipment"]]
        need(not of["came"] and of["on"] <= body["on"] <= str(today), "it came already")
        of["came"] = True
        need([one["lot"] for one in body["got"]] == [one["lot"] for one in of["lots"]], "other lots")
        for got, sent in zip(body["got"], of["lots"]):
            lot, doses = got["lot"], number(got.get("doses"))
            missing = number(sent["doses"]) - doses
            need(missing >= 0, "more came than was sent")
            known = self.lots[lot]
            state = ("recalled" if known["recalled"] else
                     "expired" if known["expired"] else "usable")
            self.change(of["to"], lot, state, doses)
            self.lose(lot, "in_transit", missing)

    def open_vials(self, body, *_):
        product = self.products[body["product"]]
        doses = number(body["vials"]) * product.get("vial", 1)
        self.free(body["site"], body["product"], doses)
        lots = self.picks(body["site"], body["product"], doses, body["on"])
        for one in lots:
            self.change(body["site"], one["lot"], "usable", -one["doses"])
            self.change(body["site"], one["lot"], "open", one["doses"])
        return [("doses.vials_opened", lambda e: self.told(e, {
            "lots": lots, "on": body["on"], "site": body["site"]}))]

    def until(self, product, dose, day):
        return sum(n for on, n in self.given.get((product, dose), {}).items() if on <= day)

    def give(self, body, *_):
        lot, site, on = body["lot"], body["site"], body["on"]
        product = self.course(lot)
        need(on <= self.lots[lot]["expires"], "it had expired")
        region = self.sites[site].get("region")
        for one in body["given"]:
            dose, doses = one.get("dose", 1), number(one["doses"])
            need(1 <= dose <= product.get("course", 1), "no such dose")
            days = self.given.setdefault((product["product"], dose), {})
            days[on] = days.get(on, 0) + doses
            key = product["product"], region, one.get("group"), dose
            self.given_in[key] = self.given_in.get(key, 0) + doses
            used = self.used.setdefault((site, product["product"]), {})
            used[on] = used.get(on, 0) + doses
            self.change(site, lot, "open", -doses)
        for dose in {one.get("dose", 1) for one in body["given"]} - {1}:
            gap = datetime.timedelta(days=product.get("interval_min", 0))
            for day in [d for d in self.given[product["product"], dose] if d >= on]:
                need(self.until(product["product"], dose, day)
                     <= self.until(product["product"], dose - 1, str(day_of(day) - gap)),
                     "a dose before its time")

    def discard(self, body, *_):
        self.change(body["site"], body["lot"], body["out_of"], -number(body["doses"]))
        self.lose(body["lot"], body["why"], number(body["doses"]))

    def count_stock(self, body, *_):
        more = number(body.get("counted")) - self.there(body["site"], body["lot"], "usable")
        self.change(body["site"], body["lot"], "usable", more)
        self.lose(body["lot"], "counted", -more)

    def shift(self, site, lot, states, into):
        sums = sum(self.there(site, lot, state) for state in states)
        for state in states:
            self.change(site, lot, state, -self.there(site, lot, state))
        self.change(site, lot, into, sums)
        return sums

    def quarantine(self, body, *_):
        need(self.shift(body["site"], body["lot"], ["usable"], "quarantined"), "nothing there")

    def release(self, body, *_):
        need(self.shift(body["site"], body["lot"], ["quarantined"], "usable"), "nothing there")

    def recall_lot(self, body, *_):
        need(not self.lots[body["lot"]]["recalled"], "it was recalled")
        self.lots[body["lot"]]["recalled"] = True
        for site in self.sites:
            self.shift(site, body["lot"], CATCHES, "recalled")

    # --- Allocations ------------------------------------------------------------------------------

    def room(self, asked, one):
        """What a recipient may get under its cap, in whole vials."""
        room, vial = Fraction(number(asked["doses"])), self.products[asked["product"]].get("vial", 1)
        if asked["rule"] == "proportional":
            return room
        if "cap" in one or asked["rule"] == "max_min":
            before = Fraction(number(one.get("already")), number(asked.get("scale", 1)))
            top = number(one["cap"]) if "cap" in one else number(one["weight"])
            room = min(room, max(Fraction(0), top - before))
        return Fraction(room // vial * vial)

    def gets(self, asked, one, level):
        risen = level * number(one["weight"])
        if asked["rule"] == "max_min":
            risen -= Fraction(number(one.get("already")), number(asked.get("scale", 1)))
        return min(max(Fraction(0), risen), self.room(asked, one)) if number(one["weight"]) else 0

    def allocate(self, body, today, _):
        name = body["allocation"]
        need(name not in self.allocations, f"{name} was decided already")
        self.allocations[name] = {"asked": body, "shares": [], "sent": {}}
        return [("doses.allocated", lambda e: self.allocated(e, body, today))]

    def allocated(self, e, asked, today):
        """The level that the entry states is held against the rule; shares follow from it. A plan
        of fewest deaths is checked as it stands."""
        if asked["rule"] == "fewest_deaths":
            self.by_plan(e, asked, today)
            return
        need("plan" not in asked, "a plan beside another rule")
        level, vial = Fraction(e["level"]), self.products[asked["product"]].get("vial", 1)
        exact = [self.gets(asked, one, level) for one in asked["recipients"]]
        left = number(e.get("left_over"))
        given = number(asked["doses"]) - left
        need(sum(exact) == given, "the level does not use up the doses")
        if left:
            need(exact == [self.room(asked, one) if number(one["weight"]) else 0
                           for one in asked["recipients"]], "doses are left over beside room")
        shares = [int(one // vial) for one in exact]
        rests = sorted(range(len(exact)), key=lambda i: (shares[i] - exact[i] / vial, i))
        for i in rests[:given // vial - sum(shares)]:
            shares[i] += 1
        said = [(one["site"], number(one.get("doses"))) for one in e["shares"]]
        need(said == [(one["site"], n * vial) for one, n in zip(asked["recipients"], shares)],
             "other shares follow from the rule")
        self.grant(e, asked, said, given, today)

    def by_plan(self, e, asked, today):
        product = self.products[asked["product"]]
        plan = dose_plans.Plan(asked, product.get("vial", 1))
        plan.check()
        need(product.get("course", 1) == 2 and plan.gap * 7 >= product.get("interval_min", 0),
             "a plan is of a course of two")
        need(all(name in self.groups for name in plan.names), "a group that nobody recorded")
        shares = plan.shares()
        said = [(one["site"], number(one.get("doses"))) for one in e["shares"]]
        need(said == [(one["site"], sum(groups))
                      for one, groups in zip(asked["recipients"], shares)], "other shares than planned")
        for one, groups in zip(e["shares"], shares):
            need([(g["group"], number(g.get("doses"))) for g in one["groups"]]
                 == list(zip(plan.names, groups)), "other groups than planned")
        need(sum(map(sum, shares)) == number(asked["doses"]), "the plan gives another sum")
        self.grant(e, asked, said, number(asked["doses"]), today)

    def grant(self, e, asked, said, given, today):
        stated = [(one["site"], number(one.get("doses"))) for one in asked.get("shares", [])]
        need(not stated or stated == said, "the motion states other shares")
        free = self.usable(asked["from"], asked["product"]) - self.promised(asked["from"],
                                                                              asked["product"])
        self.kept(e, asked, given, free, today)
        self.allocations[asked["allocation"]]["shares"] = [
            {"site": site, "doses": doses} for site, doses in said]

    def kept(self, e, asked, given, free, today):
        product, end = self.products[asked["product"]], "9999-12-31"
        seconds = self.until(product["product"], 2, end)
        kept = 0
        if asked["policy"] == "lockbox":
            kept = self.until(product["product"], 1, end) - seconds + given
        elif asked["policy"] == "set_aside":
            ahead = datetime.timedelta(days=asked.get("horizon", 0) - product.get("interval", 0))
            kept = max(0, self.until(product["product"], 1, str(today + ahead)) - seconds)
        need(number(e.get("kept")) == kept <= free - given, "second doses are not in sight")

    # --- What falls due ---------------------------------------------------------------------------

    def due(self, at):
        ripe = [mark for mark in self.marks if mark[0] <= at]
        if not ripe:
            return None
        mark = min(ripe)
        if mark[1]:
            return [("doses.lot_expired", lambda e: self.lot_expired(e, mark))]
        return [("doses.expiry_near", lambda e: self.expiry_near(e, mark))]

    def lot_expired(self, e, mark):
        self.marks.remove(mark)
        lot = mark[2]
        left = [{"doses": doses, "site": site} for site in sorted(self.sites)
                if (doses := sum(self.there(site, lot, state) for state in CLOSED))]
        self.told(e, {"left": left, "lot": lot} if left else {"lot": lot})
        self.lots[lot]["expired"] = True
        for site in self.sites:
            self.shift(site, lot, CLOSED, "expired")

    def expiry_near(self, e, mark):
        self.marks.remove(mark)
        lot = mark[2]
        day = datetime.date.fromisoformat(calendar_text.day_text(mark[0]))
        rows = [row for site in sorted(self.sites) if (row := self.waste(site, lot, day))]
        told = {"expires": self.lots[lot]["expires"], "lot": lot}
        self.told({name: one for name, one in e.items() if one != []},
                  dict(told, sites=rows) if rows else told)

    def expected(self, site, product, today, until):
        days = max(0, (until - today).days + 1)
        if (site, product) in self.needs:
            return self.needs[site, product] * days
        since = str(today - datetime.timedelta(days=28))
        used = self.used.get((site, product), {})
        return sum(n for on, n in used.items() if since <= on < str(today)) * days // 28

    def waste(self, site, of, today):
        product, before = self.lots[of]["product"], 0
        for lot in self.order(product):
            there = self.there(site, lot, "usable")
            last = day_of(self.lots[lot]["expires"])
            taken = min(max(self.expected(site, product, today, last) - before, 0), there)
            before += taken
            if lot == of:
                break
        if taken == there:
            return None
        row, unmet = {"doses": there - taken, "site": site}, 0
        for to in self.sites[site].get("neighbours", []):
            start = today + datetime.timedelta(days=to.get("days", 0))
            lacks = self.expected(to["site"], product, start, last) - self.usable(to["site"], product)
            if start <= last and lacks > unmet:
                row["neighbour"], unmet = to["site"], lacks
        return dict(row, unmet=unmet)

    # --- What is public ---------------------------------------------------------------------------

    def summary(self):
        lots = {}
        for (site, lot, state), doses in self.held.items():
            if doses:
                lots.setdefault(lot, {}).setdefault(site, {})[state] = doses
        coverage = {region: {"first": rows[-1][1], "full": rows[-1][2]}
                    for (region, group), said in self.people.items() if group is None
                    for rows in [sorted(said, key=lambda one: one[0])]}
        return {"lots": lots, "coverage": coverage,
                "given": sum(n for days in self.given.values() for n in days.values())}

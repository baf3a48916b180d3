"""The register: places, organisations, links and what was done on them. States of links are made
here from what both sides said and from the days of activities, by the calendar alone."""

import bisect
import calendar
import datetime
import fractions
import math

import calendar_text
import exchanges
import partners

MONTHS_OF_SILENCE = 24
KEPT = ("merged_into", "merged", "holders", "owners", "seen")  # of a record that is corrected
STEPS, LEAST_SHARE = 6, fractions.Fraction(5, 100)
RECORDS = {"place": "record_place", "population": "record_population",
           "organisation": "record_organisation", "link": "record_link", "claim": "claim_link",
           "activity": "report_activity", "enterprise": "record_enterprise",
           "operation": "report_operation", "item": "plan_item", "item_report": "report_item"}


def last_day(text):
    parts = [int(one) for one in text.split("-")]
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    day = parts[2] if len(parts) > 2 else calendar.monthrange(year, month)[1]
    return datetime.date(year, month, day)


def dormant_day(quiet):
    year, month = divmod(quiet.year * 12 + quiet.month - 1 + MONTHS_OF_SILENCE, 12)
    day = min(quiet.day, calendar.monthrange(year, month + 1)[1])
    return datetime.date(year, month + 1, day) + datetime.timedelta(days=1)


def limits(held):
    """From and to of a share, as parts of the whole."""
    if held is None:
        return fractions.Fraction(0), fractions.Fraction(1)
    return tuple(fractions.Fraction(held.get("exact", held.get(end))) / 100
                 for end in ("low", "high"))


def rounded(part, way):
    """Per cent with eight decimals, as a text without needless zeros."""
    units = way(part * 10 ** 10)
    text = f"{units // 10 ** 8}.{units % 10 ** 8:08}"
    return text.rstrip("0").rstrip(".")


def need(holds, what):
    if not holds:
        raise ValueError(what)


class Registry:
    def __init__(self):
        self.places, self.organisations, self.links = {}, {}, {}
        self.activities, self.batches, self.codes = {}, {}, {}
        self.partners = partners.Partners(self)
        self.exchanges = exchanges.Exchanges(self)
        self.items, self.promised = {}, []  # items of plans; (day on which one is late, link, item)
        self.quiet = []  # of links that wait for silence: (day on which it is too long, link)

    def act(self, name, body, at, actor, auth):
        today = datetime.date.fromisoformat(calendar_text.day_text(at))
        if name in partners.ACTS:
            return self.partners.act(name, body, today, actor, auth)
        if name in exchanges.ACTS:
            return self.exchanges.act(name, body, today)
        return getattr(self, name)(body, today)

    # --- Records ----------------------------------------------------------------------------------

    def current(self, name):
        while "merged_into" in self.organisations[name]:
            name = self.organisations[name]["merged_into"]
        return name

    def take_codes(self, kind, name, before, after):
        for one in before:
            self.codes.pop((kind, one["scheme"], one["value"]), None)
        for one in after:
            key = (kind, one["scheme"], one["value"])
            owner = self.codes.get(key)
            same = owner in (None, name) or (kind == "organisation" and self.current(owner) == name)
            need(same, f"the code {one['value']} is that of {owner}")
            self.codes[key] = name

    def known_before(self, table, name, body):
        need(name not in table or body.get("reason"), f"{name} is corrected without a reason")
        return table.get(name, {})

    def record_place(self, body, _):
        name = body["place"]
        before = self.known_before(self.places, name, body)
        around, seen = body.get("within"), set()
        while around is not None:
            need(around != name and around not in seen, "a place lies within itself")
            seen.add(around)
            around = self.places[around].get("within")
        self.take_codes("place", name, before.get("codes", []), body.get("codes", []))
        self.places[name] = body | {"series": before.get("series", {})}

    def record_population(self, body, _):
        series = self.places[body["place"]]["series"]
        need(body["on"] not in series or body.get("reason"), "a figure is corrected without a reason")
        series[body["on"]] = body["people"]

    def record_organisation(self, body, _):
        name = body["organisation"]
        before = self.known_before(self.organisations, name, body)
        need("merged_into" not in before, "the record was merged into another")
        need("place" not in body or body["place"] in self.places, "the place is not there")
        self.take_codes("organisation", name, before.get("codes", []), body.get("codes", []))
        kept = {key: before[key] for key in KEPT if key in before}
        self.organisations[name] = body | kept

    def merge_organisations(self, body, _):
        for name in (body["kept"], body["merged"]):
            need("merged_into" not in self.organisations[name], f"{name} was merged before")
        need(body["kept"] != body["merged"], "a record is merged with itself")
        self.organisations[body["merged"]]["merged_into"] = body["kept"]
        self.organisations[body["kept"]].setdefault("merged", []).append(body["merged"])
        self.partners.merged(body["merged"])

    def separate_organisations(self, body, _):
        kept, gone = (self.organisations[body[one]] for one in ("kept", "merged"))
        need("merged_into" not in kept, "the record that it went into was merged itself")
        need(gone.get("merged_into") == body["kept"], "it is not merged into that one")
        need(body.get("reason"), "a merger is undone without a reason")
        for one in gone.get("codes", []):
            key = ("organisation", one["scheme"], one["value"])
            need(self.codes.setdefault(key, body["merged"]) == body["merged"],
                 f"the code {one['value']} stands elsewhere")
        self.partners.separated(body["kept"], self.records(body["merged"]))
        del gone["merged_into"]
        kept["merged"].remove(body["merged"])

    def records(self, name):
        """The record and all that were merged into it, or into them."""
        found = [name]
        for one in found:
            found += self.organisations[one].get("merged", [])
        return found

    def held(self, name, what):
        """Its own holders or owners, else those of the first record merged into it that has some."""
        one = self.organisations[name]
        lent = (self.held(other, what) for other in one.get("merged", []))
        return one.get(what) or next((found for found in lent if found), None)

    def record_enterprise(self, body, _):
        name = body["organisation"]
        need("merged_into" not in self.organisations[name], f"{name} was merged")
        need(not self.held(name, "holders") or body.get("reason"),
             "holders are corrected without a reason")
        self.organisations[name]["holders"] = body["holders"]

    def record_owners(self, body, _):
        name = body["organisation"]
        need("merged_into" not in self.organisations[name], f"{name} was merged")
        need(not self.held(name, "holders"), "an enterprise of several sides has its holders elsewhere")
        need(not self.held(name, "owners") or body.get("reason"),
             "owners are corrected without a reason")
        self.organisations[name]["owners"] = body["holders"]

    def owners(self, name):
        """{holder: [low, high]} in per cent, directly and through others, as exact fractions."""
        found = {}

        def follow(one, low, high, way):
            holders = self.held(one, "holders") or self.held(one, "owners")
            if not holders or len(way) >= STEPS:
                return
            parts = [limits(holder.get("held")) for holder in holders]
            least = sum(part[0] for part in parts)
            for number, (holder, part) in enumerate(zip(holders, parts)):
                below, above = low * part[0], high * min(part[1], 1 - least + part[0])
                key = holder.get("name") or f"{one}#{number}"
                if "organisation" in holder:
                    key = self.current(holder["organisation"])
                    if key not in way + [one] and above > 0:
                        follow(key, below, above, way + [one])
                was = found.get(key, (0, 0))
                found[key] = was[0] + below, min(1, was[1] + above)

        follow(name, fractions.Fraction(1), fractions.Fraction(1), [])
        return {key: [rounded(low, math.floor), rounded(high, math.ceil)]
                for key, (low, high) in found.items() if high >= LEAST_SHARE}

    def report_operation(self, body, today):
        name = body["organisation"]
        need(self.held(name, "holders") and body["year"] <= today.year,
             "that is no enterprise of that year")
        self.organisations[name].setdefault("seen", []).append((body["year"], body["seen"]))

    # --- Links ------------------------------------------------------------------------------------

    def there(self, end):
        need(("place" in end) != ("organisation" in end), "an end is one thing")
        need(end["place"] in self.places if "place" in end else
             end["organisation"] in self.organisations, "an end is not there")

    def record_link(self, body, _):
        name = body["link"]
        before = self.known_before(self.links, name, body)
        self.there(body["a"])
        self.there(body["b"])
        need(body["a"] != body["b"], "a link has two sides")
        need(not before or (before["a"], before["b"]) == (body["a"], body["b"]), "its sides changed")
        self.links[name] = {"a": body["a"], "b": body["b"], "claims": before.get("claims", {}),
                            "days": before.get("days", []), "quiet": before.get("quiet"),
                            "dormant": before.get("dormant", False)}

    def claim_link(self, body, today):
        day = min(last_day(body["on"]), today) if "on" in body else None
        self.links[body["link"]]["claims"][body["side"]] = (body["says"], day, today)
        self.listen(body["link"])
        for name in list(self.items):
            if name[0] == body["link"]:
                self.wind(name)

    def report_activity(self, body, today):
        need(body["activity"] not in self.activities, "the activity is there already")
        need(("link" in body) != ("organisation" in body), "an activity is of one thing")
        self.activities[body["activity"]] = body.get("link")
        if "link" in body:
            self.links[body["link"]]["days"].append(min(last_day(body["on"]), today))
            self.listen(body["link"])

    # --- Plans ------------------------------------------------------------------------------------

    def plan_item(self, body, _):
        name = (body["link"], body["item"])
        before = self.known_before(self.items, name, body)
        need(body["link"] in self.links, "the link is not there")
        need(body["sides"] in (["a"], ["b"], ["a", "b"], ["b", "a"]), "nobody owes the item")
        self.items[name] = {"sides": body["sides"], "due": last_day(body["due"]),
                            "words": before.get("words", {}), "clock": before.get("clock"),
                            "late": before.get("late", False)}
        self.wind(name)

    def report_item(self, body, today):
        name = (body["link"], body["item"])
        need("activity" not in body or self.activities[body["activity"]] == body["link"],
             "the activity is not one of this link")
        day = min(last_day(body["on"]), today) if "on" in body else today
        self.items[name]["words"][body["side"]] = (body["says"], day)
        self.wind(name)

    def item_standing(self, name):
        item = self.items[name]
        said = {side: word for side, (word, _) in item["words"].items()}
        if "dropped" in said.values():
            return "dropped"
        if "not_done" not in said.values() and all(said.get(side) == "done" for side in item["sides"]):
            return "done"
        if self.standing(self.links[name[0]]) in ("suspended", "ended", "disputed"):
            return "resting"
        return "late" if item["late"] else "planned"

    def wind(self, name):
        """Sets the day after which the item is late, where it can be."""
        item = self.items[name]
        runs = item["due"] if self.item_standing(name) in ("planned", "late") else None
        if runs == item["clock"]:
            return
        if item["clock"] and not item["late"]:
            self.promised.remove((item["clock"] + datetime.timedelta(days=1), *name))
        item["clock"], item["late"] = runs, False
        if runs:
            bisect.insort(self.promised, (runs + datetime.timedelta(days=1), *name))

    def item_late(self, e):
        _, *name = self.promised.pop(0)
        need(e == {"link": name[0], "item": name[1], "due": str(self.items[tuple(name)]["due"])},
             "another item is late")
        self.items[tuple(name)]["late"] = True

    def done_on(self, name):
        item = self.items[name]
        if self.item_standing(name) != "done":
            return None
        return str(max(item["words"][side][1] for side in item["sides"]))

    def listen(self, name):
        """Sets the day from which the link has been silent, and when that is too long."""
        link = self.links[name]
        claims = link["claims"]
        stands = {one: claims.get(one, ("",))[0] for one in "ab"} == dict.fromkeys("ab", "concluded")
        days = [day for _, day, _ in claims.values() if day] + link["days"]
        recorded = [day for _, _, day in claims.values()]
        quiet = max(days or recorded) if stands else None
        if quiet == link["quiet"]:
            return
        if link["quiet"] and not link["dormant"]:
            self.quiet.remove((dormant_day(link["quiet"]), name))
        link["quiet"], link["dormant"] = quiet, False
        if quiet:
            bisect.insort(self.quiet, (dormant_day(quiet), name))

    def due(self, at):
        """Of the same day links come before items of plans, and those before profiles."""
        first = [marks[0][0] for marks in (self.quiet, self.promised, self.partners.expiring) if marks]
        if not first or calendar_text.instant(f"{min(first)}T00:00:00.000Z") > at:
            return None
        if self.quiet and self.quiet[0][0] == min(first):
            return [("registry.link_dormant", self.link_dormant)]
        if self.promised and self.promised[0][0] == min(first):
            return [("registry.item_late", self.item_late)]
        return self.partners.due(at)

    def link_dormant(self, e):
        _, name = self.quiet.pop(0)
        need(e == {"link": name, "quiet_since": str(self.links[name]["quiet"])},
             "another link fell silent")
        self.links[name]["dormant"] = True

    def standing(self, link):
        said = {one[0] for one in link["claims"].values()}
        for claim, standing in (("denied", "disputed"), ("ended", "ended"),
                                ("suspended", "suspended")):
            if claim in said:
                return standing
        if len(link["claims"]) < 2:
            return "proposed"
        return "dormant" if link["dormant"] else "active" if link["days"] else "concluded"

    # --- Batches ----------------------------------------------------------------------------------

    def stage_rows(self, body, _):
        batch = self.batches.setdefault(body["batch"],
                                        {"parts": 0, "rows": [], "body": body["body"], "over": False})
        need(not batch["over"] and body["part"] == batch["parts"] + 1, "a part is out of order")
        need(batch["body"] == body["body"], "a batch is of one body")
        batch["parts"] += 1
        batch["rows"] += body["rows"]

    def accept_batch(self, body, today):
        batch = self.batches[body["batch"]]
        need(not batch["over"] and len(batch["rows"]) == body["rows"], "the batch has other rows")
        batch["over"] = True
        for row in batch["rows"]:
            (kind, record), = row.items()
            need(record["body"] == batch["body"], "a row is of another body")
            getattr(self, RECORDS[kind])(record, today)

    def discard_batch(self, body, _):
        need(not self.batches[body["batch"]]["over"], "the batch is over")
        self.batches[body["batch"]]["over"] = True

    def summary(self):
        people = {}
        for name, place in sorted(self.places.items()):
            series = sorted(place["series"].items(), key=lambda one: (one[0] + "-01-01")[:10])
            people[name] = series[-1][1] if series else None
        standing = [name for name, one in sorted(self.organisations.items())
                    if "merged_into" not in one]
        return {"people": people,
                "owners": {name: self.owners(name) for name in standing if self.owners(name)},
                "links": {name: {"standing": self.standing(link), "activities": len(link["days"]),
                                 "last": str(max(link["days"])) if link["days"] else None}
                          for name, link in sorted(self.links.items())},
                "plans": {" ".join(name): [self.item_standing(name), self.done_on(name)]
                          for name in sorted(self.items)},
                "enterprises": [name for name in standing if self.held(name, "holders")],
                "merged": {name: one["merged_into"] for name, one in sorted(self.organisations.items())
                           if "merged_into" in one}}

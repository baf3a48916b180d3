"""Counts of an epidemic: what each day had, what was changed, and what 7 and 14 days added. Kept as a
plain list of all that was said, read again from the start for every question."""

import datetime

import calendar_text

COMMON = ("cases", "deaths", "recovered")


def need(holds, what):
    if not holds:
        raise ValueError(what)


def day_number(text):
    return datetime.date.fromisoformat(text).toordinal()


class Situation:
    def __init__(self, registry):
        self.registry = registry
        self.regions, self.series, self.method = {}, set(COMMON), None
        self.said = {}   # (region, series): [(day, value or None)] in order
        self.basis = {}  # by the same
        self.batches = {}

    def act(self, name, body, at):
        getattr(self, name)(body, datetime.date.fromisoformat(calendar_text.day_text(at)))

    def known(self, key):
        days = {}
        for day, value in self.said.get(key, []):
            days.pop(day, None)
            if value is not None:
                days[day] = value
        return days

    def watch_region(self, body, _):
        need(body["region"] in self.registry.places, "a place that is not in the register")
        need(body["region"] not in self.regions or body.get("reason"), "without a reason")
        need(body.get("part_of") is None or body["part_of"] in self.regions, "part of nothing")
        self.regions[body["region"]] = body

    def name_series(self, body, _):
        self.series.add(body["series"])

    def name_method(self, body, _):
        need(body["mean_hundredths"] > 100, "a serial interval of a day or less")
        self.method = body

    def report_counts(self, body, today):
        seen, changes = set(), 0
        for run in body["runs"]:
            key, first = (run["region"], run["series"]), day_number(run["from"])
            region = self.regions[run["region"]]
            need(run["series"] in self.series, "a series that nobody named")
            need(self.basis.setdefault(key, body["basis"]) == body["basis"], "another meaning")
            last = region.get("until", "9999-12-31")
            known = self.known(key)
            for day, value in enumerate(run["values"], first):
                need(day_number(region["from"]) <= day <= min(day_number(last), today.toordinal()),
                     "a day out of range")
                need(value >= 0 and (key, day) not in seen, "a count below 0 or twice")
                seen.add((key, day))
                changes += day in known and known[day] != value
        need(not changes or body.get("reason"), "figures change without a reason")
        for run in body["runs"]:
            key, first = (run["region"], run["series"]), day_number(run["from"])
            self.said.setdefault(key, []).extend(enumerate(run["values"], first))

    def stage_counts(self, body, _):
        parts = self.batches.setdefault(body["batch"], [])
        need(body["part"] == len(parts) + 1, "a part is out of order")
        parts.append(body["runs"])

    def accept_counts(self, body, today):
        runs = [run for part in self.batches.pop(body["batch"]) for run in part]
        need(sum(len(run["values"]) for run in runs) == body["values"], "counts differ")
        self.report_counts({**body, "runs": runs}, today)

    def discard_counts(self, body, _):
        self.batches.pop(body["batch"])

    def withdraw_counts(self, body, _):
        key = (body["region"], body["series"])
        known = self.known(key)
        days = range(day_number(body["from"]), day_number(body["until"]) + 1)
        need(body.get("reason") and any(day in known for day in days), "nothing to take back")
        self.said[key].extend((day, None) for day in days if day in known)

    def changed(self, key):
        days, count = {}, 0
        for day, value in self.said[key]:
            count += day in days and days[day] != value
            if value is None:
                days.pop(day, None)
            else:
                days[day] = value
        return count

    def added(self, key, days, length):
        newest = max(days)
        if self.basis[key] == "so_far":
            return days[newest] - days[newest - length] if newest - length in days else None
        span = range(newest - length + 1, newest + 1)
        return sum(days[day] for day in span) if all(day in days for day in span) else None

    def summary(self):
        out = {}
        for key in self.said:
            days = self.known(key)
            if days:
                out["/".join(key)] = {
                    "newest": datetime.date.fromordinal(max(days)).isoformat(),
                    "week": self.added(key, days, 7), "fortnight": self.added(key, days, 14),
                    "changed": self.changed(key)}
        return out

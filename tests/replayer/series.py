"""Series of sessions on a fixed rhythm: on which days they fall, and when they begin.

Computed with Python's own calendar, so that it shares nothing with the arithmetic it judges.
"""

import calendar
import datetime

import calendar_text

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WHICH = ("first", "second", "third", "fourth")


def day_in(year, month, rhythm):
    """The day of the rhythm in that month."""
    if "day" in rhythm:
        return datetime.date(year, month, min(rhythm["day"], calendar.monthrange(year, month)[1]))
    column = WEEKDAYS.index(rhythm["weekday"])
    days = [week[column] for week in calendar.monthcalendar(year, month) if week[column]]
    place = -1 if rhythm["which"] == "last" else WHICH.index(rhythm["which"])
    return datetime.date(year, month, days[place])


def days(rhythm, first, last):
    if rhythm["unit"] == "week":
        day = first
        while WEEKDAYS[day.weekday()] != rhythm["weekday"]:
            day += datetime.timedelta(days=1)
        while day <= last:
            yield day
            day += datetime.timedelta(weeks=rhythm["every"])
        return
    year, month = first.year, first.month
    while datetime.date(year, month, 1) <= last:
        if first <= (day := day_in(year, month, rhythm)) <= last:
            yield day
        ahead = year * 12 + month - 1 + rhythm["every"]
        year, month = ahead // 12, ahead % 12 + 1


class Series:
    def __init__(self):
        self.plans, self.made = {}, {}

    def plan_series(self, c):
        self.plans[c["series"]], self.made[c["series"]] = dict(c), []
        return self.sessions(c["series"], c["from"])

    def extend_series(self, c):
        plan = self.plans[c["series"]]
        after = calendar_text.plus_days(plan["until"], 1)
        plan["until"] = c["until"]
        plan["offsets"] = plan.get("offsets", []) + c.get("offsets", [])
        return self.sessions(c["series"], after)

    def sessions(self, name, after):
        """The entries that must follow, for the days from `after` on."""
        plan, made = self.plans[name], []
        first, last = (datetime.date.fromisoformat(plan[at]) for at in ("from", "until"))
        for day in days(plan["rhythm"], first, last):
            if str(day) < after:
                continue
            self.made[name].append(f"{name}-{len(self.made[name]) + 1}")
            east = [o["minutes"] for o in plan.get("offsets", []) if o["from"] <= str(day)]
            clock = datetime.datetime.fromisoformat(f"{day}T{plan['time']}")
            starts = clock - datetime.timedelta(minutes=east[-1] if east else 0)
            entry = {"session": self.made[name][-1], "series": name,
                     "number": len(self.made[name]), "due": str(day), "starts": moment(starts)}
            if "minutes" in plan:
                entry["ends"] = moment(starts + datetime.timedelta(minutes=plan["minutes"]))
            made.append(entry)
        return made


def moment(when):
    return when.strftime("%Y-%m-%dT%H:%M:%S.000Z")

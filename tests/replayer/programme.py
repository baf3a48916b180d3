"""Measures, approvals and what time does to them: reminders before a last day, late on the day after,
then escalated; a party of an approval over its days, then escalated."""

import approvals
import calendar_text

DAY = approvals.DAY
OVERDUE, ESCALATION, REMINDER = range(3)  # their order at one moment


def start_of(day):
    return calendar_text.instant(f"{day}T00:00:00.000Z")


class Programme:
    def __init__(self, charter):
        self.charter, self.measures = charter, {}
        self.approvals = approvals.Approvals(charter)

    # --- By decision or by an office --------------------------------------------------------------

    def add_measure(self, c, at):
        self.measures[c["measure"]] = {
            "title": c["title"], "owner": c["owner"], "due": c["due"], "open": True,
            "late": False, "escalates": None, "seized": None, "reminded": 0,
            "parent": c.get("parent"), "waits_for": c.get("waits_for", []),
            "milestones": {m["milestone"]: None for m in c.get("milestones", [])},
            "reminds": self.reminders(c["owner"], c["due"], at)}

    def reminders(self, owner, due, at):
        """[(when, days before)] that still lie ahead."""
        body = self.charter.row("bodies", owner) or {}
        moments = [(start_of(due) - days * DAY, days) for days in body.get("remind_days", [])]
        return [one for one in moments if one[0] > at]

    def amend_measure(self, c, at):
        known = self.measures[c["measure"]]
        for name in ("title", "owner", "due"):
            if c.get(name):
                known[name] = c[name]
        if "owner" in c or "due" in c:
            known.update({"late": False, "escalates": None, "seized": None,
                          "reminds": self.reminders(known["owner"], known["due"], at)})

    def drop_measure(self, c, at):
        self.measures[c["measure"]].update({"open": False, "escalates": None, "reminds": []})

    def complete_measure(self, c, at):
        if not self.measures[c["measure"]]["open"]:
            raise ValueError(f"the measure {c['measure']} is closed already")
        self.drop_measure(c, at)

    def report_progress(self, c, at):
        if not self.measures[c["measure"]]["open"]:
            raise ValueError(f"the measure {c['measure']} is closed already")

    def resolve_follow_up(self, c, at):
        """Changes nothing that is computed here."""

    # --- The plan ---------------------------------------------------------------------------------

    def set_milestone(self, c, at):
        self.measures[c["measure"]]["milestones"][c["milestone"]] = None

    def drop_milestone(self, c, at):
        del self.measures[c["measure"]]["milestones"][c["milestone"]]

    def reach_milestone(self, c, at):
        known = self.measures[c["measure"]]["milestones"]
        if known[c["milestone"]] is not None:
            raise ValueError(f"the milestone {c['milestone']} is reached already")
        known[c["milestone"]] = c.get("on", calendar_text.day_text(at))

    def arrange_measure(self, c, at):
        self.measures[c["measure"]].update(
            {"parent": c.get("parent"), "waits_for": c.get("waits_for", [])})
        self.check_no_circle(c["measure"])

    def check_no_circle(self, start):
        """Nothing waits for itself or is a part of itself, however many steps away."""
        open_, seen = [start], set()
        while open_:
            at = open_.pop()
            parts = [n for n, m in self.measures.items() if m["parent"] == at]
            for after in parts + self.measures[at]["waits_for"]:
                if after == start:
                    raise ValueError(f"the measure {start} waits for itself or is its own part")
                if after not in seen:
                    seen.add(after)
                    open_.append(after)

    def obstacle(self, name, c):
        """(code, field) of what stands in the way of an ordered command, or None."""
        if "measure" not in c:
            return self.approvals.obstacle(name, c)
        known = self.measures.get(c["measure"])
        if name == "add_measure":
            return ("programme.measure_taken", "measure") if known else None
        if known is None:
            return "programme.measure_unknown", "measure"
        return None if known["open"] else ("programme.measure_closed", "measure")

    def __getattr__(self, name):
        """Commands about approvals."""
        if name in approvals.COMMANDS:
            return getattr(self.approvals, name)
        raise AttributeError(name)

    # --- Time -------------------------------------------------------------------------------------

    def deadlines(self):
        for name, m in self.measures.items():
            if m["open"] and not m["late"]:
                yield start_of(m["due"]) + DAY, name, OVERDUE
            if m["open"] and m["escalates"] is not None:
                yield m["escalates"], name, ESCALATION
            for when, _ in m["reminds"]:
                yield when, name, REMINDER

    def due(self, at):
        """(type of the entry, what makes it) of the earliest deadline passed, or None. Of one moment
        measures come before approvals."""
        measure = min((d for d in self.deadlines() if d[0] <= at), default=None)
        step = self.approvals.due(at)
        if measure is None or (step is not None and step[0] < measure[0]):
            return step and (step[1], step[2], None)
        when, name, kind = measure
        return (("programme.measure_overdue", lambda: self.overdue(name), "owner"),
                ("programme.measure_escalated", lambda: self.escalated(name), "to"),
                ("programme.measure_reminded", lambda: self.reminded(name, when), None))[kind]

    def overdue(self, name):
        """The entry that must come; applied."""
        known = self.measures[name]
        known["late"] = True
        owner = self.charter.row("bodies", known["owner"])
        if owner and "escalate_days" in owner and "parent" in owner:
            known["escalates"] = start_of(known["due"]) + DAY * (1 + owner["escalate_days"])
        return {"measure": name, "owner": known["owner"], "due": known["due"]}

    def escalated(self, name):
        known = self.measures[name]
        owner = self.charter.row("bodies", known["owner"]) or {}
        known["seized"] = owner.get("parent", known["owner"])
        days = (known["escalates"] - start_of(known["due"])) // DAY
        known["escalates"] = None
        return {"measure": name, "owner": known["owner"], "to": known["seized"], "days": days}

    def reminded(self, name, when):
        known = self.measures[name]
        days = dict(known["reminds"])[when]
        known["reminds"] = [one for one in known["reminds"] if one[0] != when]
        known["reminded"] += 1
        return {"measure": name, "owner": known["owner"], "due": known["due"], "days": days}

    def late_of(self, body):
        late = [(m["due"], name) for name, m in self.measures.items()
                if m["open"] and m["late"] and body in (m["owner"], m["seized"])]
        return [name for _, name in sorted(late)]

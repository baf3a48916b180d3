"""Measures and what time does to them: late on the day after the due date, then escalated."""

import calendar_text

DAY = 86_400_000


def start_of(day):
    return calendar_text.instant(f"{day}T00:00:00.000Z")


class Programme:
    def __init__(self, charter):
        self.charter, self.measures = charter, {}

    # --- By decision or by an office --------------------------------------------------------------

    def add_measure(self, c, at):
        self.measures[c["measure"]] = {
            "title": c["title"], "owner": c["owner"], "due": c["due"], "open": True,
            "late": False, "escalates": None, "seized": None}

    def amend_measure(self, c, at):
        known = self.measures[c["measure"]]
        for name in ("title", "owner", "due"):
            if c.get(name):
                known[name] = c[name]
        if "owner" in c or "due" in c:
            known.update({"late": False, "escalates": None, "seized": None})

    def drop_measure(self, c, at):
        self.measures[c["measure"]].update({"open": False, "escalates": None})

    def complete_measure(self, c, at):
        if not self.measures[c["measure"]]["open"]:
            raise ValueError(f"the measure {c['measure']} is closed already")
        self.drop_measure(c, at)

    def report_progress(self, c, at):
        if not self.measures[c["measure"]]["open"]:
            raise ValueError(f"the measure {c['measure']} is closed already")

    def resolve_follow_up(self, c, at):
        """Changes nothing that is computed here."""

    def obstacle(self, name, c):
        """(code, field) of what stands in the way of an ordered command, or None."""
        known = self.measures.get(c["measure"])
        if name == "add_measure":
            return ("programme.measure_taken", "measure") if known else None
        if known is None:
            return "programme.measure_unknown", "measure"
        return None if known["open"] else ("programme.measure_closed", "measure")

    # --- Time -------------------------------------------------------------------------------------

    def deadlines(self):
        for name, m in self.measures.items():
            if m["open"] and not m["late"]:
                yield start_of(m["due"]) + DAY, name, False
            if m["open"] and m["escalates"] is not None:
                yield m["escalates"], name, True

    def due(self, at):
        """(measure, escalation) of the earliest deadline passed, or None."""
        passed = min((d for d in self.deadlines() if d[0] <= at), default=None)
        return passed[1:] if passed else None

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

    def late_of(self, body):
        late = [(m["due"], name) for name, m in self.measures.items()
                if m["open"] and m["late"] and body in (m["owner"], m["seized"])]
        return [name for _, name in sorted(late)]

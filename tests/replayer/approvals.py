"""Approvals: whose turn it is, when its days are over, when everyone has agreed."""

DAY = 86_400_000
COMMANDS = ("start_approval", "give_approval", "return_for_revision", "withdraw_approval")


class Approvals:
    def __init__(self, charter):
        self.charter, self.known = charter, {}

    def start_approval(self, c, at):
        self.known[c["approval"]] = {
            "started": at, "fate": "running",
            "steps": {s["step"]: {"stage": s["stage"], "body": s["body"], "days": s["days"],
                                  "agreed": False, "since": None, "turns": [], "over": False,
                                  "escalates": None, "seized": None} for s in c["steps"]}}
        self.begin(self.known[c["approval"]], at)

    def begin(self, of, at):
        """Every step of the earliest stage that is not complete has its turn."""
        ahead = [s for s in of["steps"].values() if not s["agreed"]]
        for step in ahead:
            if step["stage"] == min(s["stage"] for s in ahead) and step["since"] is None:
                step.update({"since": at, "over": False, "escalates": None, "seized": None})

    def end(self, step, at):
        step["turns"].append((at // DAY) - (step["since"] // DAY))
        step.update({"since": None, "escalates": None})

    def turn(self, c):
        of = self.known[c["approval"]]
        step = of["steps"][c["step"]]
        if of["fate"] != "running" or step["since"] is None:
            raise ValueError(f"it is not the turn of {c['step']}")
        return of, step

    def give_approval(self, c, at):
        of, step = self.turn(c)
        self.end(step, at)
        step["agreed"] = True
        self.begin(of, at)
        if not all(s["agreed"] for s in of["steps"].values()):
            return None
        of["fate"] = "complete"
        days = at // DAY - of["started"] // DAY
        return [("programme.approval_completed",
                 lambda e: check(e, {"approval": c["approval"], "days": days}))]

    def return_for_revision(self, c, at):
        of, step = self.turn(c)
        if not c["to"] or any(of["steps"][name]["stage"] >= step["stage"] for name in c["to"]):
            raise ValueError("it goes back to steps of earlier stages")
        self.stop(of, at)
        for name in c["to"]:
            of["steps"][name]["agreed"] = False
        self.begin(of, at)

    def withdraw_approval(self, c, at):
        of = self.known[c["approval"]]
        self.stop(of, at)
        of["fate"] = "withdrawn"

    def stop(self, of, at):
        for step in of["steps"].values():
            if step["since"] is not None:
                self.end(step, at)

    def obstacle(self, name, c):
        if name == "start_approval" and c["approval"] in self.known:
            return "programme.approval_taken", "approval"
        if name != "start_approval" and c["approval"] not in self.known:
            return "programme.approval_unknown", "approval"
        return None

    # --- Time -------------------------------------------------------------------------------------

    def over_at(self, step):
        return (step["since"] // DAY + step["days"] + 1) * DAY

    def deadlines(self):
        for name, of in self.known.items():
            for short, step in of["steps"].items():
                if step["since"] is None:
                    continue
                if not step["over"]:
                    yield self.over_at(step), name, short, False
                if step["escalates"] is not None:
                    yield step["escalates"], name, short, True

    def due(self, at):
        """(when, type of the entry, what makes it) of the earliest deadline passed, or None."""
        first = min((d for d in self.deadlines() if d[0] <= at), default=None)
        if first is None:
            return None
        when, name, short, escalation = first
        if escalation:
            return when, "programme.approval_escalated", lambda: self.escalated(name, short)
        return when, "programme.approval_overdue", lambda: self.overdue(name, short)

    def overdue(self, name, short):
        step = self.known[name]["steps"][short]
        step["over"] = True
        body = self.charter.row("bodies", step["body"]) or {}
        if "escalate_days" in body and "parent" in body:
            step["escalates"] = self.over_at(step) + DAY * body["escalate_days"]
        return {"approval": name, "step": short, "body": step["body"], "days": step["days"]}

    def escalated(self, name, short):
        step = self.known[name]["steps"][short]
        body = self.charter.row("bodies", step["body"]) or {}
        step["seized"] = body.get("parent", step["body"])
        days = step["escalates"] // DAY - step["since"] // DAY - step["days"]
        step["escalates"] = None
        return {"approval": name, "step": short, "body": step["body"], "to": step["seized"],
                "days": days}

    def summary(self):
        return {name: {"fate": of["fate"],
                       "steps": {short: {"agreed": s["agreed"], "running": s["since"] is not None,
                                         "turns": s["turns"]} for short, s in of["steps"].items()}}
                for name, of in self.known.items()}


def check(event, computed):
    for name, value in computed.items():
        if event.get(name) != value:
            raise ValueError(f"{name} is {event.get(name)}, computed {value}")

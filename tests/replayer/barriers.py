"""Barriers: where each case is and what its clocks say, made here from the acts alone, by the calendar;
words of reporters are checked against the key of their report; panels are counted from votes by name."""

import base64
import calendar
import datetime

import calendar_text
import ed25519

DAYS = {"intake": 7, "position": 7, "more_time": 7, "finding": 15, "panel": 30, "plan": 30, "claim": 15,
        "confirm": 30, "check": 30, "comments": 60, "reply": 30}
FIELDS = {"comments": "comment_days"}
BEGINS = {"waiting": "intake", "position": "position", "finding": "finding", "panel": "panel",
          "measures": "plan", "claimed": "confirm", "checking": "check"}
OF_MEMBER = {"position", "plan", "remedy", "claim"}


def need(holds, what):
    if not holds:
        raise ValueError(what)


def months_later(day, months):
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def statement(body):
    sealed = body["sealed"]["commit"] if "sealed" in body else "-"
    return (f"veche/barriers/word/v1\n{body['barrier']}\n{body['n']}\n{body['word']}\n"
            f"{sealed}\n").encode()


class Barriers:
    def __init__(self, charter):
        self.charter = charter
        self.cases, self.drafts = {}, {}
        self.imports, self.taken = {}, set()

    def act(self, name, body, at, actor, auth):
        today = datetime.date.fromisoformat(calendar_text.day_text(at))
        return getattr(self, name)(body, today, actor, auth)

    # --- Clocks -----------------------------------------------------------------------------------

    def days(self, body, step):
        said = (self.charter.row("bodies", body) or {}).get("barriers", {})
        return said.get(FIELDS.get(step, step + "_days"), DAYS[step])

    def begin(self, thing, step, today, remedy=None, due=None):
        due = due or today + datetime.timedelta(days=self.days(thing["body"], step))
        member = thing["member"] if step in OF_MEMBER or step == "reply" else None
        thing["runs"].append({"step": step, "remedy": remedy, "member": member, "began": today,
                              "due": due, "ended": None, "late": False, "stopped": False})

    @staticmethod
    def end(thing, today, steps, stopped=False, remedy=None):
        for run in thing["runs"]:
            if run["ended"] is None and run["step"] in steps and run["remedy"] == remedy:
                run.update(ended=today, stopped=stopped)

    def go(self, case, standing, today):
        case["standing"] = standing
        if standing in BEGINS:
            self.begin(case, BEGINS[standing], today)

    def marks(self):
        """(moment, case or draft, is a draft, number of the run) of all that will fall due."""
        for draft, things in ((False, self.cases), (True, self.drafts)):
            for name, one in things.items():
                for number, run in enumerate(one["runs"]):
                    if run["ended"] is None and not run["late"]:
                        yield run["due"] + datetime.timedelta(days=1), name, draft, number
        for name, one in self.cases.items():
            if one["standing"] == "removed":
                yield one["check_on"], name, False, -1

    def due(self, at):
        first = min(self.marks(), default=None)
        if first is None or calendar_text.instant(f"{first[0]}T00:00:00.000Z") > at:
            return None
        day, name, draft, number = first
        if number < 0:
            return [("barriers.check_due", lambda e: self.check_due(e, name, day))]
        run = (self.drafts if draft else self.cases)[name]["runs"][number]
        if draft and run["step"] == "comments":
            return [("barriers.comments_closed", lambda e: self.comments_closed(e, name, day))]
        stated = {"due": str(run["due"])} | ({"draft": name} if draft else
                                             {"barrier": name, "step": run["step"]})
        if run["remedy"] is not None:
            stated["remedy"] = run["remedy"]
        return [("barriers.reply_late" if draft else "barriers.step_late",
                 lambda e: self.late(e, stated, run))]

    @staticmethod
    def late(e, stated, run):
        need(e == stated, f"{stated} is late, and {e} is stated")
        run["late"] = True

    def check_due(self, e, name, day):
        need(e == {"barrier": name}, "another case is to be checked")
        self.go(self.cases[name], "checking", day)

    def comments_closed(self, e, name, day):
        draft = self.drafts[name]
        need(e == {"draft": name, "comments": len(draft["comments"])}, "comments are miscounted")
        self.end(draft, day, {"comments"})
        draft["standing"] = "reply" if draft["comments"] else "replied"
        if draft["comments"]:
            self.begin(draft, "reply", day)

    # --- Reports ----------------------------------------------------------------------------------

    def receive(self, body, today, *_):
        need(all(one["key"] != body["key"] for one in self.cases.values()), "the key is known")
        self.go(self.new_case(body["body"], body["key"], body.get("draft")), "waiting", today)

    def new_case(self, body, key, draft=None):
        case = {"body": body, "key": key, "member": None, "words": 0, "into": None,
                "draft": draft, "withdrawn": False, "registered": False, "runs": [],
                "extended": False, "rounds": [], "remedies": {}, "how": None, "returned": 0,
                "was_removed": False, "check_on": None}
        self.cases[f"b-{len(self.cases) + 1}"] = case
        return case

    def say(self, body, today, *_):
        case = self.cases[body["barrier"]]
        need(not case["withdrawn"] and body["n"] == case["words"] + 1, "a word is out of order")
        need(case["key"] is not None and
             ed25519.verify(base64.b64decode(case["key"]), statement(body),
                            base64.b64decode(body["signature"], validate=True)),
             "a word is not signed by the key of its report")
        case["words"] += 1
        main, word = self.main(body["barrier"]), body["word"]
        if word == "confirm":
            self.removed(main, today, "complainant")
        elif word == "dispute":
            self.denied(main, today, "claimed", {"confirm"})
        elif word == "returned":
            need(main["standing"] in ("removed", "closed"), "nothing was removed")
            self.go(main, "checking", today)
        elif word == "withdraw":
            case["withdrawn"] = True
            if case["standing"] == "waiting":
                case["standing"] = "withdrawn"
                self.stop(case, today)

    def main(self, name):
        return self.cases[self.cases[name]["into"] or name]

    def at_step(self, name, *standings):
        case = self.cases[name]
        need(case["into"] is None and case["standing"] in standings,
             f"{name} is at {case['standing']}, linked to {case['into']}")
        return case

    def stop(self, case, today):
        for run in case["runs"]:
            if run["ended"] is None:
                run.update(ended=today, stopped=True)

    def decline(self, body, today, *_):
        case = self.at_step(body["barrier"], "waiting")
        self.end(case, today, {"intake"})
        case["standing"] = "declined"

    def register_case(self, body, today, *_):
        case = self.cases[body["barrier"]]
        if case["registered"]:
            need(case["member"] == body["member"] and body.get("reason"), "another member, or no reason")
            return
        self.at_step(body["barrier"], "waiting")
        case["registered"], case["member"] = True, body["member"]
        self.end(case, today, {"intake"})
        self.go(case, "position", today)

    # --- Cases of other registers -----------------------------------------------------------------

    def stage_cases(self, body, *_):
        batch = self.imports.setdefault(body["batch"], {"body": body["body"], "parts": 0, "cases": [],
                                                        "over": False})
        need(not batch["over"] and body["part"] == batch["parts"] + 1, "a part is out of order")
        need(batch["body"] == body["body"], "a batch is of one body")
        batch["parts"] += 1
        batch["cases"] += body["cases"]

    def accept_cases(self, body, today, *_):
        batch = self.imports[body["batch"]]
        need(not batch["over"] and len(batch["cases"]) == body["cases"], "the batch has other cases")
        batch["over"] = True
        for row in batch["cases"]:
            origin = (row["source"]["name"], row["number"])
            need(origin not in self.taken, f"{origin} was taken over before")
            self.taken.add(origin)
            case = self.new_case(batch["body"], None)
            case["registered"], case["member"] = True, row["member"]
            self.go(case, "position", today)

    def discard_cases(self, body, *_):
        need(not self.imports[body["batch"]]["over"], "the batch is over")
        self.imports[body["batch"]]["over"] = True

    def publish_comment(self, body, today, *_):
        case = self.at_step(body["barrier"], "waiting")
        self.end(case, today, {"intake"})
        case["standing"] = "commented"
        self.drafts[case["draft"]]["comments"].append(body["barrier"])

    def link_duplicate(self, body, today, *_):
        case = self.at_step(body["barrier"], "waiting", "position", "finding", "panel")
        main = self.cases[body["into"]]
        need(main["registered"] and main["into"] is None and main is not case, "no case to link to")
        need(all(one["into"] != body["barrier"] for one in self.cases.values()), "others are linked")
        self.end(case, today, {"intake"})
        self.stop(case, today)
        case["into"] = body["into"]

    def unlink_duplicate(self, body, today, *_):
        case = self.cases[body["barrier"]]
        need(case["into"] is not None, "it is linked to nothing")
        case["into"] = None
        self.go(case, case["standing"], today)

    def reopen(self, body, today, *_):
        case = self.at_step(body["barrier"], "declined", "not_found", "removed", "closed")
        case["returned"] += case["was_removed"]
        if case["standing"] == "not_found":
            case["rounds"].append({"votes": {}, "found": None})
        self.go(case, {"declined": "waiting", "not_found": "panel"}.get(case["standing"], "measures"),
                today)

    # --- Cases ------------------------------------------------------------------------------------

    def member_of(self, auth):
        return self.charter.row("offices", auth).get("member")

    def answer(self, body, today, _, auth):
        case = self.at_step(body["barrier"], "position", "finding", "panel")
        own = self.member_of(auth) == case["member"]
        if body["says"] == "asks_time":
            need(own and case["standing"] == "position" and not case["extended"], "no time to give")
            case["extended"] = True
            run = case["runs"][-1]
            run["due"] += datetime.timedelta(days=self.days(case["body"], "more_time"))
        elif own and case["standing"] == "position":
            self.end(case, today, {"position"})
            self.go(case, "finding", today)

    def give_finding(self, body, today, *_):
        case = self.at_step(body["barrier"], "position", "finding")
        need(case["standing"] == "finding" or case["runs"][-1]["late"], "a position may still come")
        self.end(case, today, {"position", "finding"})
        case["rounds"].append({"votes": {}, "found": None})
        self.go(case, "panel", today)

    def vote_class(self, body, _, actor, __):
        self.at_step(body["barrier"], "panel")["rounds"][-1]["votes"][actor] = body["class"]

    def panel(self, body, day):
        return {m["person"] for m in self.charter.document.get("mandates", []) if "office" in m
                and m["from"] <= day <= m.get("until", "9") and self.judges(m["office"], body)}

    def judges(self, office, body):
        row = self.charter.row("offices", office)
        return "judge_barriers" in row.get("powers", []) and body in [row["body"], *row.get("over", [])]

    def qualify(self, body, today, *_):
        case = self.at_step(body["barrier"], "panel")
        panel = self.panel(case["body"], str(today))
        votes = [v for who, v in case["rounds"][-1]["votes"].items() if who in panel]
        need(2 * len(votes) > len(panel), "too few of the panel voted")
        found = [one for one in set(votes) if 2 * votes.count(one) > len(votes)]
        need(len(found) == 1, "the panel agrees on nothing")
        stated = {"barrier": body["barrier"], "class": found[0], "votes": votes.count(found[0]),
                  "cast": len(votes), "panel": len(panel)}
        return [("barriers.qualified", lambda e: self.qualified(e, stated, case, today))]

    def qualified(self, e, stated, case, today):
        need(e == stated, f"the panel found {stated}, and {e} is stated")
        case["rounds"][-1]["found"] = stated["class"]
        self.end(case, today, {"panel"})
        self.go(case, "not_found" if stated["class"] == "none" else "measures", today)

    def promise_remedy(self, body, today, *_):
        case = self.at_step(body["barrier"], "measures")
        due = datetime.date.fromisoformat(body["due"])
        if body["remedy"] in case["remedies"]:
            need(not case["remedies"][body["remedy"]] and body.get("reason"), "changed without reason")
            for run in case["runs"]:
                if run["remedy"] == body["remedy"]:
                    run["due"] = due
            return
        case["remedies"][body["remedy"]] = False
        self.end(case, today, {"plan"})
        self.end(case, today, {"claim"}, stopped=True)
        self.begin(case, "remedy", today, body["remedy"], due)

    def prove_remedy(self, body, today, *_):
        case = self.at_step(body["barrier"], "measures")
        need(case["remedies"][body["remedy"]] is False, "it was proved before")
        case["remedies"][body["remedy"]] = True
        self.end(case, today, {"remedy"}, remedy=body["remedy"])
        if all(case["remedies"].values()):
            self.begin(case, "claim", today)

    def claim_removal(self, body, today, *_):
        case = self.at_step(body["barrier"], "measures")
        need(all(case["remedies"].values()), "a measure is open")
        self.end(case, today, {"plan", "claim"})
        self.go(case, "claimed", today)

    def removed(self, case, today, how):
        need(case["standing"] == "claimed", "no removal was stated")
        self.end(case, today, {"confirm"})
        months = (self.charter.row("bodies", case["body"]) or {}).get("barriers", {}).get("check_months", 6)
        case.update(standing="removed", how=how, was_removed=True, check_on=months_later(today, months))

    def denied(self, case, today, standing, steps):
        need(case["standing"] == standing, "nothing is to be denied")
        self.end(case, today, steps)
        self.go(case, "measures", today)

    def record_test(self, body, today, *_):
        case = self.at_step(body["barrier"], "claimed")
        if body["gone"]:
            self.removed(case, today, "test")
        else:
            self.denied(case, today, "claimed", {"confirm"})

    def record_check(self, body, today, *_):
        case = self.at_step(body["barrier"], "checking")
        if body["gone"]:
            self.end(case, today, {"check"})
            case["standing"] = "closed"
        else:
            case["returned"] += 1
            self.denied(case, today, "checking", {"check"})

    def weigh(self, body, *_):
        need(self.cases[body["barrier"]]["registered"], "nothing to weigh")

    # --- Drafts -----------------------------------------------------------------------------------

    def notify_draft(self, body, today, _, auth):
        need(body["draft"] not in self.drafts and self.member_of(auth) == body["member"],
             "the draft is known, or another's")
        draft = {"body": body["body"], "member": body["member"], "comments": [], "runs": [],
                 "standing": "open"}
        self.drafts[body["draft"]] = draft
        self.begin(draft, "comments", today)

    def comment_draft(self, body, _, __, auth):
        draft = self.drafts[body["draft"]]
        need(draft["standing"] == "open" and self.member_of(auth), "comments are not taken")
        draft["comments"].append(self.member_of(auth))

    def reply_draft(self, body, today, _, auth):
        draft = self.drafts[body["draft"]]
        need(draft["standing"] in ("reply", "replied") and self.member_of(auth) == draft["member"],
             "no answer is due")
        self.end(draft, today, {"reply"})
        draft["standing"] = "replied"

    def end_draft(self, body, today, _, auth):
        draft = self.drafts[body["draft"]]
        need(draft["standing"] != "ended" and self.member_of(auth) == draft["member"], "it is over")
        self.stop(draft, today)
        draft["standing"] = "ended"

    # --- Summary ----------------------------------------------------------------------------------

    def scores(self):
        """By member, "" for the body: steps done and late now, how many in time, removals, returns."""
        out = {}
        for one in [*self.cases.values(), *self.drafts.values()]:
            for run in one["runs"]:
                if run["stopped"] or run["step"] == "comments" or (run["ended"] is None
                                                                   and not run["late"]):
                    continue
                row = out.setdefault(run["member"] or "", {"due": 0, "in_time": 0, "late": 0,
                                                           "removed": 0, "returned": 0})
                row["due"] += 1
                row["in_time"] += run["ended"] is not None and not run["late"]
                row["late"] += run["ended"] is None
        for one in self.cases.values():
            if one["registered"] and one["into"] is None and one["member"] in out:
                out[one["member"]]["removed"] += one["standing"] in ("removed", "checking", "closed")
                out[one["member"]]["returned"] += one["returned"]
        return out

    def summary(self):
        return {"cases": {name: {"standing": one["standing"], "into": one["into"],
                                 "late": any(r["ended"] is None and r["late"] for r in one["runs"]),
                                 "words": one["words"]} for name, one in self.cases.items()},
                "drafts": {name: {"standing": one["standing"], "comments": len(one["comments"])}
                           for name, one in self.drafts.items()},
                "scores": self.scores()}

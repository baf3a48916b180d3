"""Preventive measures: orders by place and kind, and where those of neighbours contradict each other,
found here by a look at each day of each pair; cases with their deadlines."""

import datetime

import calendar_text

# Highest level of each kind, and whether its scale has a flag.
SCALES = {"c1": (3, 1), "c2": (3, 1), "c3": (2, 1), "c4": (4, 1), "c5": (2, 1), "c6": (3, 1), "c7": (2, 1),
          "c8": (4, 0), "e1": (2, 1), "e2": (2, 0), "h1": (2, 1), "h2": (3, 0), "h3": (2, 0), "h6": (4, 1),
          "h7": (5, 1), "h8": (3, 1), "p1": (1, 0)}
CHECKS = ["calendar", "door", "level_gap", "scope_gap", "recognition"]
EVENTS = ["changed", "aligned", "found"]
DAY = datetime.timedelta(days=1)
ALWAYS = datetime.date.max
OPEN, HOLDING = "open", ("open", "accepted", "decided")


def need(holds, what):
    if not holds:
        raise ValueError(what)


def day_of(text):
    return datetime.date.fromisoformat(text) if text else ALWAYS


def runs(days, of):
    """Rows of days on which `of` says the same; nothing where it says None."""
    out = []
    for i, day in enumerate(days):
        value = of(day)
        if value is None:
            continue
        if out and out[-1][1] == days[i - 1] and out[-1][2] == value and i > 0:
            out[-1][1] = day
        else:
            out.append([day, day, value])
    return out


class Border:
    """Two neighbours in one kind, day by day from the first turn to a day after the last one."""

    def __init__(self, orders, proofs, rules):
        self.rules = rules
        turns = [d for side in (*orders, *proofs) for o in side for d in (o["first"], o["last"])
                 if d != ALWAYS]
        self.days = []
        if turns:
            at, self.end = min(turns), max(turns) + DAY
            while at <= self.end:
                self.days.append(at)
                at += DAY
        self.held = [{d: self.held_on(side, d) for d in self.days} for side in orders]
        self.issued = [{d: {p for o in side if o["first"] <= d <= o["last"] for p in o["issues"]}
                        for d in self.days} for side in proofs]

    @staticmethod
    def held_on(orders, day):
        there = [o for o in orders if o["first"] <= day <= o["last"]]
        level = max((o["level"] for o in there), default=0)
        return (level, any(o["general"] for o in there if o["level"] == level),
                {p for o in there for p in o["asks"]})

    def sides(self, day):
        return tuple(held[day][:2] for held in self.held)

    def shifted(self):
        """Days between two beginnings, or two ends, of the same order."""
        out, most = set(), datetime.timedelta(days=self.rules["calendar_days"])
        both = [runs(self.days, lambda d, held=held: held[d][:2] if held[d][0] else None)
                for held in self.held]
        for a in both[0]:
            for b in both[1]:
                if a[2] != b[2] or a[1] < b[0] or b[1] < a[0]:
                    continue
                first, later = sorted((a[0], b[0]))
                ended, last = sorted((a[1], b[1]))
                if later - first <= most:
                    out |= {d for d in self.days if first <= d < later}
                if last < self.end and last - ended <= most:
                    out |= {d for d in self.days if ended < d <= last}
        return out

    def named(self, kind, shifted, day):
        (a, general_a), (b, general_b) = self.sides(day)
        low, high = sorted((a, b))
        holds = {"calendar": day in shifted,
                 "door": kind == "c8" and high >= self.rules["door_closed"]
                         and low <= self.rules["door_open"],
                 "level_gap": high - low >= self.rules["gap"],
                 "scope_gap": SCALES[kind][1] and low > 0 and general_a != general_b}
        return next((c for c in CHECKS[:4] if holds[c] and c in self.rules["checks"]), None)

    def spans(self, kind):
        if kind not in self.rules["kinds"]:
            return []
        shifted, by_check = self.shifted(), {}
        for day in self.days:
            checks = [] if kind == "p1" else [self.named(kind, shifted, day)]
            unknown = any(self.held[i][day][2] - self.issued[1 - i][day] for i in (0, 1))
            if unknown and "recognition" in self.rules["checks"]:
                checks.append("recognition")
            for check in filter(None, checks):
                by_check.setdefault(check, set()).add(day)
        out = []
        for check in CHECKS:
            for first, last, _ in runs(self.days, lambda d: True if d in by_check.get(check, ()) else None):
                inside = [d for d in self.days if first <= d <= last]
                far = max(inside, key=lambda d: abs(self.sides(d)[0][0] - self.sides(d)[1][0]))
                out.append({"check": check, "first": first, "last": ALWAYS if last == self.end else last,
                            "sides": self.sides(far)})
        return out


class Prevention:
    def __init__(self, charter):
        self.charter = charter
        self.orders, self.batches, self.clashes, self.bodies = {}, {}, [], {}

    # --- Acts -------------------------------------------------------------------------------------

    def act(self, name, body, at, auth):
        self.today = datetime.date.fromisoformat(calendar_text.day_text(at))
        return getattr(self, name)(body, auth)

    def decided(self, name, body, at):
        """Ordered by a decision."""
        self.today = datetime.date.fromisoformat(calendar_text.day_text(at))
        return getattr(self, name)(body, None)

    def put(self, register, order, what):
        highest, flagged = SCALES[what["kind"]]
        need(0 <= what["level"] <= highest, "a level off the scale")
        need(("scope" in what) == bool(flagged and what["level"]), "a scope that the scale has not")
        need(day_of(what.get("to")) >= day_of(what["from"]), "an order ends before it begins")
        self.orders[order] = {"body": register, "what": what, "stands": True}

    def order_measure(self, c, _):
        need(c["order"] not in self.orders, "an order stands twice")
        self.put(c["body"], c["order"], c["what"])
        return self.follow(c["body"], [c["what"]])

    def amend_order(self, c, _):
        before = self.standing(c["order"])
        need(all(before["what"].get(k) == c["what"].get(k) for k in ("member", "region", "kind")),
             "an order moved")
        self.put(before["body"], c["order"], c["what"])
        return self.follow(before["body"], [c["what"]])

    def standing(self, name):
        order = self.orders[name]
        need(order["stands"], "an order was taken back")
        return order

    def until(self, c, longer):
        order = self.standing(c["order"])
        before, after = day_of(order["what"].get("to")), day_of(c.get("to"))
        need(after > before if longer else after < before, "another last day is none")
        what = {k: v for k, v in order["what"].items() if k != "to"}
        if "to" in c:
            what["to"] = c["to"]
        self.put(order["body"], c["order"], what)
        return self.follow(order["body"], [what])

    def extend_order(self, c, _):
        return self.until(c, True)

    def end_order(self, c, _):
        return self.until(c, False)

    def withdraw_order(self, c, _):
        order = self.standing(c["order"])
        order["stands"] = False
        return self.follow(order["body"], [order["what"]])

    def stage_orders(self, c, _):
        batch = self.batches.setdefault(c["batch"], {"body": c["body"], "parts": 0, "orders": []})
        batch["parts"] += 1
        need(batch["parts"] == c["part"], "a part is out of order")
        batch["orders"] += c["orders"]

    def accept_orders(self, c, _):
        batch = self.batches.pop(c["batch"])
        need(len(batch["orders"]) == c["orders"], "a batch has other orders")
        for one in batch["orders"]:
            need(one["order"] not in self.orders, "an order stands twice")
            self.put(batch["body"], one["order"], one["what"])
        return self.follow(batch["body"], [one["what"] for one in batch["orders"]])

    def discard_orders(self, c, _):
        del self.batches[c["batch"]]

    def search_again(self, c, _):
        return self.follow(c["body"], None)

    def state_position(self, c, auth):
        case = self.case(c["clash"])
        need(case["standing"] == OPEN, "a position on what is closed")
        member = self.charter.row("offices", auth)["member"]
        case["positions"][member] = c["says"]
        sides = {case["a"]["member"], case["b"]["member"]}
        need(member in sides, "a position of neither side")
        if c["says"] == "accepts" and all(case["positions"].get(s) == "accepts" for s in sides):
            return [("prevention.clash_accepted", lambda e: self.close(e, "accepted"))]
        return None

    def refer_clash(self, c, _):
        need(self.case(c["clash"])["standing"] == OPEN, "what is closed was referred")

    def settle_clash(self, c, _):
        self.case(c["clash"])["standing"] = "decided"

    # --- The search -------------------------------------------------------------------------------

    def rules(self, body):
        said = (self.charter.row("bodies", body) or {}).get("prevention", {})
        rules = {"checks": CHECKS, "kinds": list(SCALES), "gap": 2, "calendar_days": 14, "door_closed": 4,
                 "door_open": 2, "settle_days": 30, "neighbours": None}
        rules.update({k: v for k, v in said.items() if v != []})
        if not rules["neighbours"]:
            today = self.today.isoformat()
            here = [m["id"] for m in self.charter.document["members"]
                    if m["from"] <= today and today <= m.get("until", today)]
            rules["neighbours"] = [{"a": a, "b": b} for i, a in enumerate(here) for b in here[i + 1:]]
        return rules

    def orders_in(self, body, place, kind):
        out = []
        for order in self.orders.values():
            what = order["what"]
            if not order["stands"] or order["body"] != body or what["kind"] != kind:
                continue
            if what["member"] != place["member"] or what.get("region") not in (None, place.get("region")):
                continue
            general = what.get("scope") == "general"
            if "region" in place and "region" not in what and what.get("where"):
                if place["region"] not in what["where"]:
                    continue
                general = not what.get("whom")
            out.append({"first": day_of(what["from"]), "last": day_of(what.get("to")),
                        "level": what["level"], "general": general, "asks": what.get("asks", []),
                        "issues": what.get("issues", [])})
        return out

    def follow(self, body, touched):
        """What the cases must do now, in the order of neighbours and kinds."""
        rules, found, checks = self.rules(body), len(self.clashes), []
        for pair in rules["neighbours"]:
            a, b = ({"member": pair[s], **({"region": pair[s + "_region"]} if s + "_region" in pair else {})}
                    for s in ("a", "b"))
            for kind in SCALES:
                if touched is not None and not any(self.reaches(t, (a, b), kind) for t in touched):
                    continue
                for event in self.look(body, a, b, kind, rules):
                    if event[0] == "found":
                        found += 1
                        event[1]["clash"] = f"x-{found}"
                    checks.append(event)
        return [(f"prevention.clash_{name}", lambda e, name=name, said=said: self.take(name, e, said))
                for name, said in checks]

    @staticmethod
    def reaches(what, places, kind):
        near = any(p["member"] == what["member"] and what.get("region") in (None, p.get("region"))
                   for p in places)
        return near and what["kind"] in (kind, "p1")

    def look(self, body, a, b, kind, rules):
        both = [self.orders_in(body, place, kind) for place in (a, b)]
        proofs = [self.orders_in(body, place, "p1") for place in (a, b)]
        spans = [s for s in Border(both, proofs, rules).spans(kind) if s["last"] >= self.today]
        out, free = [], list(spans)
        for case in self.clashes:
            if (case["body"], case["a"], case["b"], case["kind"]) != (body, a, b, kind) or not case["live"]:
                continue
            span = next((s for s in free if s["check"] == case["check"] and s["first"] <= case["last"]
                         and case["first"] <= s["last"]), None)
            if span is None:
                out.append(("aligned", {"clash": case["name"]}))
                continue
            free.remove(span)
            if (span["first"], span["last"], span["sides"]) == (case["first"], case["last"], case["sides"]):
                continue
            said = {"clash": case["name"], **self.shown(span)}
            grew = span["sides"] != case["sides"] or span["last"] > case["last"]
            if case["standing"] != OPEN and grew:
                said["due"] = (self.today + rules["settle_days"] * DAY).isoformat()
            out.append(("changed", said))
        for span in free:
            due = (self.today + rules["settle_days"] * DAY).isoformat()
            out.append(("found", {"clash": None, "body": body, "kind": kind, "check": span["check"], "a": a,
                                  "b": b, "due": due, **self.shown(span)}))
        return out

    @staticmethod
    def shown(span):
        said = {"from": span["first"].isoformat()}
        if span["last"] != ALWAYS:
            said["to"] = span["last"].isoformat()
        for name, (level, general) in zip(("on_a", "on_b"), span["sides"]):
            said[name] = {"level": level, "general": general}
        return said

    # --- Cases ------------------------------------------------------------------------------------

    def case(self, name):
        return self.clashes[int(name[2:]) - 1]

    def take(self, name, e, said):
        need(e == said, f"a clash is {said}, not {e}")
        if name == "aligned":
            return self.close(e, "aligned")
        sides = tuple((e[s]["level"], e[s]["general"]) for s in ("on_a", "on_b"))
        moved = {"first": day_of(e["from"]), "last": day_of(e.get("to")), "sides": sides}
        if name == "found":
            self.clashes.append({"name": e["clash"], "live": True, "standing": OPEN, "late": False,
                                 "seized": None, "positions": {}, "due": day_of(e["due"]), **moved,
                                 **{k: e[k] for k in ("body", "kind", "check", "a", "b")}})
        else:
            self.case(e["clash"]).update(moved)
            if "due" in e:
                self.case(e["clash"]).update(standing=OPEN, late=False, seized=None, positions={},
                                             due=day_of(e["due"]))
        return None

    def close(self, e, standing):
        case = self.case(e["clash"])
        if standing in ("aligned", "over"):
            case["live"] = False
        if standing != "over" or case["standing"] == OPEN:
            case["standing"] = standing
        return None

    def marks(self):
        """(moment, number, what) of everything that falls due."""
        for number, case in enumerate(self.clashes, 1):
            if not case["live"]:
                continue
            row = self.charter.row("bodies", case["body"]) or {}
            if case["standing"] == OPEN and not case["late"]:
                yield case["due"] + DAY, number, 0
            if (case["standing"] == OPEN and case["late"] and case["seized"] is None
                    and "escalate_days" in row and "parent" in row):
                yield case["due"] + (1 + row["escalate_days"]) * DAY, number, 1
            if case["last"] != ALWAYS:
                yield case["last"] + DAY, number, 2

    def due(self, at, place_next):
        first = min(self.marks(), default=None)
        if first is None or calendar_text.instant(first[0].isoformat() + "T00:00:00.000Z") > at:
            return None
        case = self.clashes[first[1] - 1]
        name = ("late", "escalated", "over")[first[2]]

        def passed(e):
            need(e["clash"] == case["name"], "another clash fell due")
            if name == "over":
                return self.close(e, "over")
            if name == "late":
                need(day_of(e["due"]) == case["due"], "a clash was due on another day")
                case["late"] = True
                return place_next(case["body"], case["name"])
            case["seized"] = self.charter.row("bodies", case["body"])["parent"]
            need(e["to"] == case["seized"], "another body was seized")
            return place_next(case["seized"], case["name"])
        return [(f"prevention.clash_{name}", passed)]

    def late_of(self, body):
        return [case["name"] for case in self.clashes
                if case["live"] and case["standing"] == OPEN and case["late"]
                and body in (case["body"], case["seized"])]

    def summary(self):
        return {case["name"]: {"kind": case["kind"], "check": case["check"], "standing": case["standing"],
                               "late": case["late"] and case["standing"] == OPEN,
                               "from": case["first"].isoformat()} for case in self.clashes}

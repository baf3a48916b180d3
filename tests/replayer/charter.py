"""The charter in force: what its founding and amending entries say."""

import calendar_text

TABLES = ("units", "languages", "members", "bodies", "seats", "offices", "rules", "mandates")


class Charter:
    def __init__(self):
        self.document = None

    def found(self, document):
        self.document = document

    def amend(self, changes, removals):
        """Entries are put by id, or removed by id; other fields replace what stood there."""
        for gone in removals:
            table = self.document[gone["table"]]
            self.document[gone["table"]] = [row for row in table if row["id"] != gone["id"]]
        for name, value in changes.items():
            if name not in TABLES:
                self.document[name] = value
                continue
            table = self.document.setdefault(name, [])
            for row in value:
                place = next((i for i, old in enumerate(table) if old["id"] == row["id"]), None)
                if place is None:
                    table.append(row)
                else:
                    table[place] = row

    def grant_mandate(self, c):
        self.amend({"mandates": [c["mandate"]]}, [])

    def end_mandate(self, c):
        self.amend({"mandates": [{**self.row("mandates", c["mandate"]), "until": c["until"]}]}, [])

    def row(self, table, key):
        return next((r for r in self.document.get(table, []) if r["id"] == key), None)

    def seats(self, body):
        """(expanded id, seat) of a body's seats, in the order of the charter."""
        for seat in self.document.get("seats", []):
            if seat["body"] != body:
                continue
            if "count" in seat:
                yield from ((f"{seat['id']}-{n + 1}", seat) for n in range(seat["count"]))
            else:
                yield seat["id"], seat

    def holder(self, seat, day):
        for mandate in self.document.get("mandates", []):
            if mandate.get("seat") == seat and mandate["from"] <= day <= mandate.get("until", "9"):
                return mandate["person"]
        return None

    def holds(self, person, what, day):
        """Whether the person holds the office or the seat that day."""
        return any(m["person"] == person and what in (m.get("seat"), m.get("office"))
                   and m["from"] <= day <= m.get("until", "9")
                   for m in self.document.get("mandates", []))

    def keeps_accounts(self, person, office, at):
        """Whether the person holds that office, with the power over accounts, at that moment."""
        row = self.row("offices", office) or {}
        return "accounts" in row.get("powers", []) and self.holds(
            person, office, calendar_text.day_text(at))

    def weights(self, member, day):
        """Each weight of the member that has begun by that day, the latest of each name."""
        found = {}
        for weight in sorted(member.get("weights", []), key=lambda w: w["from"]):
            if weight["from"] <= day:
                found[weight["name"]] = weight["value"]
        return found

    def electorate(self, body, day):
        """Voters in the form of rules.py, with the holder of each seat."""
        voters = []
        for seat, row in self.seats(body):
            voter = {"id": seat, "w": {}, "group": {}, "holder": self.holder(seat, day)}
            if "member" in row:
                member = self.row("members", row["member"])
                if not member["from"] <= day <= member.get("until", "9"):
                    continue
                voter["w"] = self.weights(member, day)
                voter["group"] = {"st": row["member"]}
            voters.append(voter)
        return voters

#!/usr/bin/env python3
"""Plays the year of the example union, exports it and replays it with the second program: outcomes,
balances and lines must be those that the server shows, and every change of the copy must be noticed.

Ends with "N passed, N failed".
"""

import base64
import functools
import hashlib
import json
import os
import random
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import canonical
import casting
import ed25519
import passkey
import publiclog
import replay
import rules

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.append(str(ROOT / "tests"))
import example_year  # noqa: E402

PROGRAM = os.environ.get("VECHE_PROGRAM", str(ROOT / "build/dev/veche"))
VERIFIER = str(Path(PROGRAM).with_name("veche-ballot-verifier"))
# The same signatures are checked again in every changed copy.
ed25519.verify = functools.lru_cache(maxsize=None)(ed25519.verify)

# --- A log of our own: whoever rewrites history can also hash and sign it anew -------------------


def multiply(scalar, point):
    total = ed25519.IDENTITY
    for bit in range(scalar.bit_length() - 1, -1, -1):
        total = ed25519.add(total, total)
        if scalar >> bit & 1:
            total = ed25519.add(total, point)
    return total


def key_pair(seed):
    digest = hashlib.sha512(seed).digest()
    scalar = int.from_bytes(digest[:32], "little") & (1 << 254) - 8 | 1 << 254
    return scalar, digest[32:], ed25519.encode(multiply(scalar, ed25519.BASE))


def sign(pair, message):
    scalar, prefix, public = pair
    hashed = lambda data: int.from_bytes(hashlib.sha512(data).digest(), "little")
    r = hashed(prefix + message) % ed25519.L
    point = ed25519.encode(multiply(r, ed25519.BASE))
    k = hashed(point + public + message)
    return point + ((r + k * scalar) % ed25519.L).to_bytes(32, "little")


FORGER = key_pair(b"\7" * 32)


def write(folder, path, data):
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_bytes(data)


def publish(folder, origin, entries):
    """Writes a whole log that is sound as a log, whatever its entries say."""
    for start in range(0, len(entries), 256):
        part = entries[start:start + 256]
        write(folder, publiclog.tile_path("entries", start // 256, len(part)),
              b"".join(len(e).to_bytes(2, "big") + e for e in part))
    leaves = [publiclog.leaf_hash(e) for e in entries]
    level, hashes = 0, leaves
    while hashes:
        for start in range(0, len(hashes), 256):
            part = hashes[start:start + 256]
            write(folder, publiclog.tile_path(level, start // 256, len(part)), b"".join(part))
        hashes = [publiclog.root_of(hashes[i:i + 256]) for i in range(0, len(hashes) - 255, 256)]
        level += 1
    root = base64.b64encode(publiclog.root_of(leaves)).decode()
    text = f"{origin}\n{len(entries)}\n{root}\n"
    short = publiclog.key_id(origin, 1, FORGER[2])
    line = base64.b64encode(short + sign(FORGER, text.encode())).decode()
    write(folder, "checkpoint", f"{text}\n— {origin} {line}\n".encode())
    encoded = base64.b64encode(b"\1" + FORGER[2]).decode()
    write(folder, "vkey", f"{origin}+{short.hex()}+{encoded}\n".encode())


# --- The example --------------------------------------------------------------------------------


def program(*arguments):
    done = subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(done.stdout + done.stderr)
    return done.stdout


class Journal(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.place = tempfile.TemporaryDirectory()
        cls.union, cls.public = Path(cls.place.name, "union"), Path(cls.place.name, "public")
        example_year.play(PROGRAM, cls.union)
        program("export", cls.union, cls.public)
        cls.summary = replay.replay(str(cls.public))
        read = publiclog.source(str(cls.public))
        cls.entries = [e for _, e in publiclog.bundles(read, cls.summary["entries"])]

    @classmethod
    def tearDownClass(cls):
        cls.place.cleanup()

    def ask(self, view, *fields):
        return json.loads(program("ask", view, *fields, "--at", self.union, "--json"))

    # --- The same figures as the server's -----------------------------------------------------

    def test_balances(self):
        shown = [{"account": row["account"], **row["balance"]}
                 for row in self.ask("fund.balances")["accounts"]]
        self.assertEqual(self.summary["balances"],
                         sorted(shown, key=lambda row: (row["account"], row["unit"])))

    def test_budget_lines(self):
        figures = ("original", "amended", "given", "open", "paid", "available")
        shown = {row["line"]: {name: row[name] for name in figures}
                 for row in self.ask("fund.budget")["lines"]}
        self.assertTrue(shown)
        self.assertEqual(self.summary["lines"], shown)

    def test_money_of_measures(self):
        figures = ("whole", "open", "paid", "available")
        shown = {f"{row.get('measure', '')} {row['whole']['unit']}":
                 {name: int(row[name]["minor"]) for name in figures}
                 for row in self.ask("fund.by_measure")["measures"]}
        self.assertTrue(any(not key.startswith(" ") for key in shown))
        self.assertEqual(self.summary["money_of_measures"], shown)
        for key, sums in shown.items():
            measure, _, unit = key.partition(" ")
            seen = self.ask("fund.measure", *([f"measure={measure}"] if measure else []))
            whole = [row["whole"] for row in seen["lines"] if row["whole"]["unit"] == unit]
            self.assertEqual(sum(int(one["minor"]) for one in whole), sums["whole"], key)

    def test_contracts(self):
        """State, amount, what is claimed and what went back, of each contract with a winner."""
        states = {"in_force": "signed", "claimed": "signed", "paid": "signed"}
        shown = {row["contract"]: {"state": states.get(row["state"], row["state"]),
                                   "amount": row["amount"], "claimed": row["claimed"]["minor"],
                                   "released": row["released"]["minor"]}
                 for row in self.ask("fund.contracts")["contracts"]}
        self.assertEqual(self.summary["contracts"], shown)
        self.assertTrue(shown)

    def test_findings(self):
        """Which stand, what others came to, and what they lie beside."""
        over = {"stands": "", "corrected": "corrected", "withdrawn": "withdrawn"}
        shown = {}
        for row in self.ask("evidence.findings", "all=true")["findings"]:
            view = self.ask("evidence.finding", "finding=" + row["finding"])
            shown[row["finding"]] = {
                "over": over[row["standing_now"]], "agrees": row["agreeing"],
                "differs": row["differing"],
                "beside": [[one["kind"], one["id"]] for one in view.get("attached", [])]}
        self.assertEqual(self.summary["evidence"], shown)
        self.assertTrue(shown)

    def test_register(self):
        """People by place, state and last activity of each link, enterprises of several sides."""
        people = {row["named"]["place"]: row.get("people")
                  for row in self.ask("registry.places", "past=true")["places"]}
        self.assertEqual(self.summary["registry"]["people"], people)
        links = {row["link"]: {"standing": row["standing"], "activities": row["activities"],
                               "last": row.get("last_activity")}
                 for row in self.ask("registry.links")["links"]}
        self.assertEqual(self.summary["registry"]["links"], links)
        self.assertTrue({"active", "dormant"} <= {one["standing"] for one in links.values()})
        plans = {row["link"] + " " + row["item"]: [row["standing"], row.get("done_on")]
                 for row in self.ask("registry.plan_items")["items"]}
        self.assertEqual(self.summary["registry"]["plans"], plans)
        self.assertTrue({"done", "planned", "late"} <= {one for one, _ in plans.values()})
        run = [row["named"]["organisation"]
               for row in self.ask("registry.organisations", "run=true")["organisations"]]
        self.assertEqual(self.summary["registry"]["enterprises"], sorted(run))

    def test_mergers(self):
        """Which record stands for which, and which mergers were undone."""
        told, undone = self.summary["registry"]["merged"], set()
        for row in self.ask("registry.organisations")["organisations"]:
            view = self.ask("registry.organisation",
                            "organisation=" + row["named"]["organisation"])
            for one in view.get("mergers", []):
                names = one["merged"]["organisation"], one["kept"]["organisation"]
                if "undone" in one:
                    undone.add(names)
                elif names[1] == row["named"]["organisation"]:
                    self.assertEqual(told.pop(names[0]), names[1])
        self.assertEqual(told, {})
        self.assertTrue(undone)

    def test_owners(self):
        """Who holds an organisation, directly and through others."""
        shown = {}
        for row in self.ask("registry.organisations")["organisations"]:
            name = row["named"]["organisation"]
            view = self.ask("registry.owners", "organisation=" + name)
            owners = [(one, [one["low"], one["high"]]) for one in view.get("owners", [])]
            # Persons have no name here either: they are compared by their shares.
            shown[name] = sorted((one.get("organisation") or one.get("name", ""), held)
                                 for one, held in owners)
        told = {name: sorted(("" if "#" in key else key, held) for key, held in owners.items())
                for name, owners in self.summary["registry"]["owners"].items()}
        self.assertEqual(told, {name: rows for name, rows in shown.items() if rows})
        self.assertTrue(any(len(rows) > 2 for rows in told.values()))

    def test_partner_search(self):
        """States of profiles, who could fit whom for which reasons, what came of interest."""
        told, fits, interests = self.summary["partners"], {}, {}
        for name, standing in told["profiles"].items():
            view = self.ask("registry.profile", "profile=" + name)
            self.assertEqual(view["row"]["standing"], standing)
            fits[name] = {one["other"]["profile"]: [why["reason"] for why in one["why"]]
                          for one in view.get("suggestions", [])}
            interests |= {one["interest"]: [one.get("answer"), one.get("outcome")]
                          for one in view.get("interests", [])}
        self.assertEqual(told["fits"], fits)
        self.assertEqual(told["interests"], interests)
        self.assertTrue({"published", "in_review", "returned", "expired"} <=
                        set(told["profiles"].values()))
        self.assertTrue(any("finding" in why for one in fits.values() for why in one.values()))

    def test_exchanges(self):
        """Who took part, counted by pseudonym; who came again; who holds a place of the call."""
        shown = {}
        for row in self.ask("registry.exchanges")["exchanges"]:
            view = self.ask("registry.exchange", "exchange=" + row["exchange"])
            shown[row["exchange"]] = {
                "people": row["people"],
                "seasons": {one["season"]: {"people": one.get("people"), "days": one.get("days"),
                                            "again": one.get("came_again"),
                                            "from_call": one.get("from_call")}
                            for one in view["seasons"]}}
        self.assertEqual(self.summary["exchanges"], shown)
        seasons = [one for row in shown.values() for one in row["seasons"].values()]
        self.assertTrue(any(one["again"] for one in seasons))
        self.assertTrue(any(one["from_call"] for one in seasons))

    def test_beneficiaries(self):
        """Sums by recipient, what the fund paid by year, reports and how late they came."""
        sums = lambda row: {one["unit"]: int(one["minor"]) for one in row.get("sums", [])}
        shown = {(row.get("recipient") or {"id": ""})["id"]: sums(row)
                 for row in self.ask("beneficiaries.recipients")["recipients"]}
        told = self.summary["beneficiaries"]
        self.assertEqual(told["recipients"], shown)
        rows = self.ask("beneficiaries.reports")["reports"]
        self.assertEqual(told["fund"], {str(row["year"]): sums(row) for row in rows
                                        if "payer" not in row})
        self.assertEqual(told["reports"],
                         {f"{row['payer']['id']}/{row['year']}":
                          {"rows": row["rows"], "late": row.get("days_late", 0)}
                          for row in rows if row.get("standing") in ("given", "zero")})
        standings = {row.get("standing") for row in rows}
        self.assertTrue({"given", "zero", "missing", None} <= standings)

    def test_doses(self):
        """Every dose of every lot by site and state, doses given, people covered by region."""
        states = ("usable", "open", "quarantined", "recalled", "expired")
        shown = {}
        for row in self.ask("doses.lots")["lots"]:
            for one in self.ask("doses.lot", "lot=" + row["lot"]).get("sites", []):
                held = {state: one[state] for state in states if one[state]}
                shown.setdefault(row["lot"], {})[one["site"]] = held
        told = self.summary["doses"]
        self.assertEqual(told["lots"], shown)
        products = self.ask("doses.stock")["products"]
        self.assertEqual(told["given"], sum(row["given"] for row in products))
        self.assertEqual(told["coverage"], {
            row["region"]: {"first": row["first"], "full": row["full"]}
            for row in self.ask("doses.coverage")["regions"] if "first" in row})
        self.assertTrue(told["given"])
    def test_situation(self):
        """What 7 and 14 days added by region and series, and how many figures were changed."""
        changed = {}
        for row in self.ask("situation.revisions")["revisions"]:
            key = f"{row['named']['region']}/{row['series']}"
            changed[key] = changed.get(key, 0) + 1
        shown = {f"{row['named']['region']}/{one['series']}":
                 {"newest": one["newest"], "week": one.get("week"),
                  "fortnight": one.get("fortnight"),
                  "changed": changed.get(f"{row['named']['region']}/{one['series']}", 0)}
                 for row in self.ask("situation.overview")["regions"]
                 for one in row.get("series", [])}
        self.assertEqual(self.summary["situation"], shown)
        self.assertTrue(any(one["changed"] for one in shown.values()))

    def test_claims(self):
        shown = {row["id"]: row["status"] for row in self.ask("fund.claims")["claims"]}
        self.assertEqual(self.summary["claims"], shown)
        self.assertIn("withdrawn", shown.values())

    def test_bank_statements(self):
        figures = ("closing", "book", "difference")
        shown = {row["statement"]: {name: row[name] for name in figures}
                 for row in self.ask("fund.reconciliation")["statements"]}
        self.assertTrue(shown)
        self.assertEqual(self.summary["statements"], shown)

    def test_arrears(self):
        """What a member owes less what it paid ahead is the balance of its account."""
        held = {(row["account"], row["unit"]): int(row["minor"])
                for row in self.summary["balances"]}
        rows = self.ask("fund.arrears")["members"]
        self.assertTrue(rows)
        for row in rows:
            account = "Receivable:" + row["member"], row["owed"]["unit"]
            self.assertEqual(int(row["owed"]["minor"]) - int(row["prepaid"]["minor"]),
                             held.get(account, 0), account)

    def test_decisions(self):
        shown = {row["id"]: row["fate"] for row in self.ask("assembly.decisions")["decisions"]}
        self.assertEqual(self.summary["decisions"], shown)
        self.assertIn("failed", shown.values())

    def test_votes(self):
        for name, vote in self.summary["votes"].items():
            shown = json.dumps(self.ask("assembly.vote", f"id={name}"))
            if vote["outcome"] is not None:
                self.assertIn(f'"outcome": "{vote["outcome"]}"', shown, name)
        outcomes = {v["outcome"] for v in self.summary["votes"].values()}
        self.assertEqual(outcomes, {"adopted", "rejected", "no_quorum", None})

    def test_secret_votes(self):
        """The verifier of records, a third program, finds the totals on which the outcome rests."""
        self.assertTrue(self.summary["secret_votes"])
        for name, vote in self.summary["secret_votes"].items():
            shown = self.ask("assembly.secret_vote", f"id={name}")
            self.assertEqual((shown["result"]["outcome"], shown["board_head"]),
                             (vote["outcome"], vote["board"]))
            with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as record:
                record.write(program("ballot", "export", name, "--at", self.union))
                record.flush()
                judged = subprocess.run([VERIFIER, record.name], capture_output=True, text=True)
            self.assertEqual(judged.returncode, 0, judged.stderr)
            totals = [int(line.split()[-1]) for line in judged.stdout.splitlines()[1:]]
            self.assertEqual(totals, vote["totals"])

    def test_late_measures(self):
        shown = {m["id"]: m.get("escalated_to") for body in self.ask("programme.late")["bodies"]
                 for m in body.get("measures", [])}
        self.assertEqual({name: m["seized"] for name, m in self.summary["measures"].items()
                          if m["late"]}, shown)

    def test_milestones(self):
        for name, m in self.summary["measures"].items():
            shown = self.ask("programme.measure", f"id={name}")
            self.assertEqual(m["milestones"], {row["id"]: row.get("reached")
                                               for row in shown.get("milestones", [])}, name)
            self.assertEqual(m["reminded"], len(shown.get("reminders", [])), name)

    def test_approvals(self):
        rows = self.ask("programme.approvals")["approvals"]
        self.assertEqual(set(self.summary["approvals"]), {row["id"] for row in rows})
        for name, computed in self.summary["approvals"].items():
            for step in self.ask("programme.approval", f"id={name}")["steps"]:
                mine = computed["steps"][step["step"]]
                ended = [run["used"] for run in step.get("runs", []) if "until" in run]
                self.assertEqual(mine["turns"], ended, (name, step["step"]))
                self.assertEqual(mine["agreed"], step["status"] == "approved")

    # --- A changed copy -----------------------------------------------------------------------

    def fault(self, entries):
        with tempfile.TemporaryDirectory() as name:
            publish(Path(name), self.summary["origin"], entries)
            with self.assertRaises(publiclog.Fault) as caught:
                replay.replay(name)
            return caught.exception

    def event(self, seq):
        return canonical.parse(self.entries[seq].split(b"\n")[1])

    def find(self, kind, which=lambda e: True):
        return next(n for n in range(len(self.entries)) if self.event(n)["type"] == kind
                    and which(self.event(n)))

    def changed(self, seq, change):
        """The entries with the event of one changed; its signature stays as it was."""
        head, _, rest = self.entries[seq].split(b"\n", 2)
        event = self.event(seq)
        change(event)
        new = b"\n".join([head, canonical.text(event).encode(), rest])
        return [*self.entries[:seq], new, *self.entries[seq + 1:]]

    def without(self, seq):
        """The entries without one, numbered anew as far as an entry says its own number."""
        left = self.entries[:seq] + self.entries[seq + 1:]
        for n in range(seq, len(left)):
            left[n] = left[n].replace(b'"seq":%d}\n' % (n + 1), b'"seq":%d}\n' % n, 1)
        return left

    def test_the_forged_log_is_sound_as_a_log(self):
        with tempfile.TemporaryDirectory() as name:
            publish(Path(name), self.summary["origin"], self.entries)
            self.assertEqual(replay.replay(name), self.summary)

    def test_one_byte_of_an_entry(self):
        path = self.public / publiclog.tile_path("entries", 0, 256)
        before = path.read_bytes()
        for at in (500, len(before) // 2, len(before) - 3):
            broken = bytearray(before)
            broken[at] ^= 1
            path.write_bytes(broken)
            with self.assertRaises(publiclog.Fault):
                replay.replay(str(self.public))
        path.write_bytes(before)

    def test_one_byte_of_a_tile_and_of_the_checkpoint(self):
        for path in (self.public / publiclog.tile_path(0, 1, 256), self.public / "checkpoint"):
            before = path.read_bytes()
            path.write_bytes(before[:40] + bytes([before[40] ^ 1]) + before[41:])
            with self.assertRaises(publiclog.Fault):
                replay.replay(str(self.public))
            path.write_bytes(before)

    def test_an_unsigned_ballot(self):
        seq = self.find("assembly.cast_ballot", lambda e: e["actor"] == "ru-economy-minister")
        fault = self.fault(self.changed(seq, lambda e: e["body"].update(choice="no")))
        self.assertEqual(fault.seq, self.find("assembly.vote_decided"))

    def test_a_signed_ballot(self):
        seq = self.find("assembly.cast_ballot", lambda e: e["actor"] == "pa-ru-5")
        fault = self.fault(self.changed(seq, lambda e: e["body"].update(choice="no")))
        self.assertEqual(fault.seq, seq)
        self.assertIn("no signature", str(fault))

    def test_a_signature(self):
        seq = self.find("assembly.cast_ballot", lambda e: e["actor"] == "pa-by-3")
        parts = self.entries[seq].split(b" ")
        parts[-1] = parts[-1][:20] + (b"A" if parts[-1][20:21] != b"A" else b"B") + parts[-1][21:]
        fault = self.fault([*self.entries[:seq], b" ".join(parts), *self.entries[seq + 1:]])
        self.assertEqual(fault.seq, seq)
        self.assertIn("no signature", str(fault))

    def test_a_signature_left_out(self):
        seq = self.find("assembly.cast_ballot", lambda e: e["actor"] == "pa-by-3")
        bare = b"\n".join(self.entries[seq].split(b"\n")[:2]) + b"\n"
        fault = self.fault([*self.entries[:seq], bare, *self.entries[seq + 1:]])
        self.assertEqual((fault.seq, "did not sign" in str(fault)), (seq, True))

    def test_a_dropped_entry(self):
        seq = self.find("assembly.cast_ballot")
        left = self.entries[:seq] + self.entries[seq + 1:]
        self.assertEqual(self.fault(left).seq, seq)
        # Numbered anew, the vote no longer comes out, or the causes no longer agree.
        self.assertIsNotNone(self.fault(self.without(seq)).seq)

    def test_dropped_consequences(self):
        for kind in ("assembly.decision_adopted", "assembly.enactment_carried_out",
                     "programme.follow_up_opened", "assembly.item_placed", "assembly.text_amended",
                     "programme.measure_overdue", "programme.measure_escalated",
                     "assembly.motion_returned", "assembly.case_placed",
                     "prevention.clash_found", "prevention.clash_aligned", "prevention.clash_accepted",
                     "prevention.clash_late", "assembly.session_planned",
                     "programme.measure_reminded", "programme.approval_overdue"):
            seq = self.find(kind)
            self.assertEqual(self.fault(self.without(seq)).seq, seq, kind)
        last = self.find("assembly.close_vote")
        self.assertIn("must follow", str(self.fault(self.entries[:last + 1])))

    def test_sealed_papers(self):
        """A disclosure that is not what was sealed, or that one person made alone."""
        opened = self.find("sealed.confirm_disclosure")
        for change in (lambda e: e["body"].update(text=e["body"]["text"] + " "),
                       lambda e: e["body"].update(salt=base64.b64encode(bytes(32)).decode()),
                       lambda e: e.update(actor="state-secretary", auth="pc/state-secretary")):
            self.assertEqual(self.fault(self.changed(opened, change)).seq, opened)
        for kind in ("sealed.text_kept", "sealed.disclosed"):
            seq = self.find(kind)
            self.assertEqual(self.fault(self.without(seq)).seq, seq, kind)
            wrong = self.changed(seq, lambda e: e["body"].update(sealed="0" * 64))
            self.assertEqual(self.fault(wrong).seq, seq, kind)
        seq = self.find("sealed.propose_disclosure")
        self.assertIsNotNone(self.fault(self.without(seq)).seq)

    def test_changed_consequences(self):
        def body(**new):
            return lambda e: e["body"].update(new)
        for kind, change in (
                ("assembly.vote_decided", body(outcome="rejected")),
                ("assembly.vote_decided", lambda e: e["body"]["counts"].update(yes=1)),
                ("assembly.vote_decided", lambda e: e["body"]["ballots"][0].update(ballot="no")),
                ("assembly.decision_adopted", body(decision="2020-0001")),
                ("assembly.enactments_failed",
                 lambda e: e["body"]["why"].update(code="fund.line_unknown")),
                ("assembly.enactments_failed", body(sentence="No.")),
                ("programme.follow_up_opened", body(sentence="No.")),
                ("programme.follow_up_opened", body(body="pa")),
                ("programme.measure_overdue", body(due="2020-01-01")),
                ("programme.measure_escalated", body(days=3)),
                ("programme.measure_reminded", body(days=3)),
                ("programme.approval_overdue", body(days=1)),
                ("assembly.secret_ballot_opened",
                 lambda e: e["body"]["election"].update(roll="0" * 64)),
                ("assembly.secret_ballot_closed",
                 lambda e: e["body"]["closing"].update(board="0" * 64)),
                ("assembly.secret_vote_decided", body(outcome="rejected")),
                ("assembly.secret_vote_decided", body(elected="ru-12")),
                ("assembly.secret_vote_decided",
                 lambda e: e["body"]["result"].update(totals=[1, 1, 1])),
                ("assembly.item_placed", body(item="overdue-9")),
                ("assembly.text_amended", lambda e: e["body"]["sha256"].update(en="0" * 64)),
                ("assembly.text_amended", body(fallen=["a-sooner"])),
                ("assembly.session_planned", body(due="2020-01-01")),
                ("assembly.session_planned", body(starts="2026-12-15T09:00:00.000Z")),
                ("assembly.motion_returned", body(item="returned-9")),
                ("assembly.case_placed", body(item="overdue-9")),
                ("prevention.clash_found", body(due="2020-01-01")),
                ("prevention.clash_found", lambda e: e["body"]["on_a"].update(level=4)),
                ("prevention.clash_late", body(due="2020-01-01")),
                ("assembly.item_placed", lambda e: e.update(by=1))):
            seq = self.find(kind)
            self.assertEqual(self.fault(self.changed(seq, change)).seq, seq, kind)

    def test_an_amount_that_a_decision_orders(self):
        seq = self.find("assembly.enactment_carried_out",
                        lambda e: e["body"]["command"]["type"] == "fund.appropriate")

        def more(event):
            event["body"]["command"]["body"]["amount"]["minor"] = "1"
        self.assertEqual(self.fault(self.changed(seq, more)).seq, seq)

    def test_an_amount_received(self):
        """An unsigned receipt contradicts nothing on the journal: root and balances tell."""
        seq = self.find("fund.receive_contribution")
        copy = self.changed(seq, lambda e: e["body"]["amount"].update(minor="1"))
        with tempfile.TemporaryDirectory() as name:
            publish(Path(name), self.summary["origin"], copy)
            forged = replay.replay(name)
        self.assertNotEqual(forged["root"], self.summary["root"])
        self.assertNotEqual(forged["balances"], self.summary["balances"])

    def test_a_line_of_the_bank(self):
        """A statement whose lines do not lead to its closing balance does not stand."""
        seq = self.find("fund.record_statement")
        copy = self.changed(seq, lambda e: e["body"]["lines"][0]["amount"].update(minor="1"))
        self.assertEqual(self.fault(copy).seq, seq)

    def test_a_failure_made_up(self):
        """A decision that could be carried out cannot be said to have failed."""
        seq = self.find("assembly.enactment_carried_out")
        order = self.event(seq)["body"]

        def failed(event):
            event["type"] = "assembly.enactments_failed"
            event["body"] = {"decision": order["decision"], "index": 0, "why": {
                "args": ["M1"], "code": "programme.measure_taken", "field": "body.measure"}}
        self.assertEqual(self.fault(self.changed(seq, failed)).seq, seq)


class Passkeys(unittest.TestCase):
    """Answers that a browser's virtual authenticator gave, one per kind of key."""
    folder = ROOT.parent / "shared/data/journal/webauthn"

    @unittest.skipUnless(folder.exists(), "no recorded answers here")
    def test_recorded_answers(self):
        line = (self.folder / "event.json").read_bytes()
        site = "http://localhost:38420"
        kinds = set()
        for one in json.loads((self.folder / "chrome-virtual-authenticator.json").read_text()):
            raw = lambda name, one=one: base64.b64decode(one[name])
            spki = raw("spki")
            parts = [raw(n) for n in ("authenticatorData", "clientDataJSON", "signature")]
            data = b"".join(len(part).to_bytes(2, "big") + part for part in parts)
            kinds.add(one["alg"])
            self.assertTrue(passkey.good(line, data, spki, site))
            self.assertFalse(passkey.good(line + b" ", data, spki, site))
            self.assertFalse(passkey.good(line, data, spki, "http://localhost:38421"))
            self.assertFalse(passkey.good(line, data[:-1] + bytes([data[-1] ^ 1]), spki, site))
            self.assertFalse(passkey.good(line, data + b"\0", spki, site))
        self.assertEqual(kinds, {-7, -8, -257})


class Casting(unittest.TestCase):
    """Split votes, proxies and hands: the two programs decide the same."""

    RULES = [
        {"pass": {"cmp": [{"sel": "yes", "w": "votes"}, ">", "1/2", {"sel": "cast", "w": "votes"}]},
         "quorum": [{"cmp": [{"sel": "present"}, ">=", "1/2", {"sel": "seats"}]}]},
        {"pass": {"all": [
            {"cmp": [{"sel": "yes", "w": "votes"}, ">=", "2/3", {"sel": "decisive", "w": "votes"}]},
            {"cmp": [{"sel": "notyes", "w": "votes"}, "<", "1",
                     {"mincover": "35/100", "w": "votes", "add": 2}]}]},
         "against": {"cmp": [{"sel": "no", "w": "votes"}, ">", "1/4", {"sel": "seats", "w": "votes"}]}},
        {"pass": {"not": {"cmp": [{"sel": "absent"}, ">", "1", 1]}},
         "quorum": [{"cmp": [{"sel": "participating", "w": "votes"}, ">", "1/3",
                             {"sel": "yes", "w": "votes"}]}]},
    ]

    @staticmethod
    def ballot(chance, weight):
        said = chance.choice(["yes", "no", "abstain", "absent", "excluded", "split", "split"])
        if said != "split":
            return said
        yes = chance.randint(0, weight)
        no = chance.randint(0, weight - yes)
        return {"yes": yes, "no": no, "abstain": weight - yes - no}

    def vector(self, chance, number):
        rule = chance.choice(self.RULES)
        members = [{"id": f"m{n}", "votes": chance.randint(1, 9)}
                   for n in range(chance.randint(2, 6))]
        ballots = {m["id"]: self.ballot(chance, m["votes"]) for m in members}
        away = [m["id"] for m in members if chance.random() < 0.3]
        voters = [{"id": m["id"], "w": {"votes": m["votes"]}, "group": {}} for m in members]
        said = {who: {"w": "votes", **one} if isinstance(one, dict) else one
                for who, one in ballots.items()}
        there = {who: "absent" if who in away and one != "excluded" else one
                 for who, one in said.items()}
        return {"id": f"split-{number}", "kind": "rule", "rule": rule, "members": members,
                "ballots": ballots, "split": "votes", "represented": away,
                "expect": rules.decide(rule, voters, said, None, there)}

    def test_random_splits_and_proxies(self):
        chance = random.Random(7)
        vectors = [self.vector(chance, n) for n in range(400)]
        self.assertGreaterEqual(len({v["expect"] for v in vectors}), 4)
        with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
            json.dump({"about": "random", "vectors": vectors}, file)
            file.flush()
            program("tally", file.name)  # fails where one outcome is another

    def vote(self, **procedure):
        row = {"id": "r", "rule": {"pass": {"cmp": [{"sel": "yes"}, ">", "1/2",
                                                    {"sel": "decisive"}]}}}
        voters = [{"id": name, "w": {}, "group": {"st": "m"}} for name in "abcde"]
        return casting.Vote({"motion": "m", "aside": ["e"]}, row, "none", voters, procedure, "s")

    def test_hands_without_names(self):
        vote = self.vote(hands=["counted"])
        vote.hands = {"yes": 2, "no": 1, "abstain": 0}
        self.assertEqual(vote.counts(), {"yes": 2, "no": 1, "abstain": 0, "absent": 1, "aside": 1})
        self.assertEqual((vote.decide(None), vote.roll()), ("adopted", []))

    def test_an_outcome_that_waits_for_corrections(self):
        vote = self.vote(corrections={"hours": 2, "decide": True})
        vote.closes = 1000
        for seat, said in (("a", "yes"), ("b", "yes"), ("c", "no")):
            vote.put(seat, said, "own")
        self.assertEqual(vote.due(), 1000 + 2 * casting.HOUR_MS)
        self.assertEqual(vote.decide(None), "adopted")
        vote.corrections = {"a": "no"}
        self.assertEqual(vote.decide(None), "rejected")
        vote.procedure["corrections"]["decide"] = False
        self.assertEqual((vote.due(), vote.decide(None)), (1000, "adopted"))


def main():
    load = unittest.defaultTestLoader.loadTestsFromTestCase
    result = unittest.TextTestRunner(verbosity=1).run(
        unittest.TestSuite([load(Journal), load(Casting)]))
    failed = len(result.failures) + len(result.errors)
    print(f"{max(result.testsRun - failed, 0)} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

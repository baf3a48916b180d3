#!/usr/bin/env python3
"""Random lives of calls, told by the program's own test, replayed by the second replayer: every root,
cutoff, certificate, lapse, appeal and report must come out the same, and a changed one must not.

Ends with "N passed, N failed".
"""

import copy
import json
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import calendar_text
import calls

ROOT = Path(__file__).resolve().parent.parent.parent
PROGRAM = os.environ.get("VECHE_TEST_CALLS", str(ROOT / "build/dev/test_calls"))
DERIVED = ("call_closed", "lot_missed", "allocated", "offers_lapsed", "appeal_settled",
           "call_concluded", "vote_opened", "vote_closed", "shared_out", "rankings_over",
           "offers_moved", "offers_ended")


def lives():
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "lives"
        subprocess.run([PROGRAM, "--test-case=*random lives*"], check=True, cwd=ROOT,
                       stdout=subprocess.DEVNULL, env={**os.environ, "VECHE_CALLS_LIVES": str(told)})
        return [json.loads(line) for line in told.read_text().splitlines()]


def replay(life):
    """Raises ValueError at the first entry that does not follow."""
    state, expected = calls.Calls(None), []
    for entry in life:
        at = calendar_text.instant(entry["at"])
        name = entry["type"].removeprefix("calls.")
        if name not in DERIVED:
            if expected or state.due(at):
                raise ValueError(f"something must follow before {name}")
            if name == "open_call":
                state.open_call(entry["body"], at)
            else:
                expected = state.act(name, entry["body"], at, entry["actor"],
                                     entry["auth"]) or []
            continue
        if not expected:
            expected = state.due(at)
        kind, check = expected.pop()
        if kind != entry["type"]:
            raise ValueError(f"{entry['type']} stands where {kind} must follow")
        expected = check(entry["body"]) or []
    return state


class Lives(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.lives = lives()

    def test_every_life_comes_out_the_same(self):
        self.assertGreater(len(self.lives), 100)
        rounds = shared = 0
        for number, life in enumerate(self.lives):
            with self.subTest(life=number):
                state = replay(life)
                rounds += sum(len(call["rounds"]) for call in state.known.values())
                shared += sum(call["shared"] is not None for call in state.known.values())
        self.assertGreater(rounds, 100)
        self.assertGreater(shared, 100)

    def test_a_changed_consequence_is_noticed(self):
        noticed = 0
        for life in self.lives[::30]:
            for place, entry in enumerate(life):
                for name, value in entry["body"].items():
                    changed = self.changed(value)
                    if entry["type"].removeprefix("calls.") not in DERIVED or changed is None:
                        continue
                    forged = copy.deepcopy(life)
                    forged[place]["body"][name] = changed
                    with self.assertRaises((ValueError, KeyError, IndexError)):
                        replay(forged)
                    noticed += 1
        self.assertGreater(noticed, 100)

    @staticmethod
    def changed(value):
        if isinstance(value, bool):
            return not value
        if isinstance(value, int):
            return value + 1
        if isinstance(value, list) and value:
            return value[1:]
        if isinstance(value, str) and value:
            return value[:-1] + ("0" if value[-1] != "0" else "1")
        return None


if __name__ == "__main__":
    outcome = unittest.main(exit=False, verbosity=0).result
    failed = len(outcome.failures) + len(outcome.errors)
    print(f"{outcome.testsRun - failed} passed, {failed} failed")
    sys.exit(1 if failed else 0)

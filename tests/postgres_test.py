#!/usr/bin/env python3
"""The tests of the PostgreSQL store, and of backing up what lies there, on a server of their own: made in a
temporary folder, with its fsync on, stopped and removed afterwards. And a union from beginning to end: founded in
a folder, moved to the server, worked on there, killed, moved back; its journal holds at every step.

Where PostgreSQL is not installed the step says so and tests nothing.
Ends with "N passed, N failed".
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from postgres_server import Server, programs

ROOT = Path(__file__).resolve().parent.parent
BUILD = Path(sys.argv[1] if len(sys.argv) > 1 else "build/dev")
PROGRAM = os.environ.get("VECHE_PROGRAM", str(ROOT / BUILD / "veche"))


class Union:
    """The program on one folder."""

    def __init__(self, folder):
        self.folder = folder
        self.checks = 0

    def veche(self, *arguments, code=0):
        done = subprocess.run([PROGRAM, "--json", *map(str, arguments)], text=True, capture_output=True)
        assert done.returncode == code, f"{arguments}: {done.returncode}\n{done.stdout}{done.stderr}"
        return done.stdout + done.stderr

    def convene(self, session):
        self.veche("do", "assembly.convene_session", f"id={session}", "body=com", "title.en=Session",
                   "starts=2030-03-09T09:00:00.000Z", "--at", self.folder, "--as", "state-secretary",
                   "--auth", "pc/state-secretary")

    def root(self):
        """Of the whole journal, as somebody verifies it."""
        self.checks += 1
        return json.loads(self.veche("verify", self.folder))

    def run(self, url):
        self.veche("init", self.folder, "--charter", ROOT / "unions/union-state.toml")
        self.convene("s1")
        before = self.root()
        self.veche("account", "add", self.folder, "anna", "state-secretary", "--generate", "--password-cost", "fast")
        accounts = self.veche("account", "list", self.folder)
        moved = json.loads(self.veche("migrate", self.folder, url))
        assert self.veche("account", "list", self.folder) == accounts == self.veche("account", "list", url)
        assert "admin" not in json.dumps(moved) and moved["entries"] == before["entries"], moved
        assert self.root()["root"] == before["root"]
        self.convene("s2")
        grown = self.root()
        assert grown["entries"] > before["entries"]
        assert "already" in self.veche("migrate", self.folder, url, code=3)
        self.veche("account", "add", url, "boris", "deputy-state-secretary-1", "--generate",
                   "--password-cost", "fast")
        accounts = self.veche("account", "list", url)
        self.veche("migrate", self.folder, "sqlite")
        assert self.root()["root"] == grown["root"]
        assert self.veche("account", "list", self.folder) == accounts and "boris" in accounts
        self.convene("s3")
        self.root()
        assert oct((self.folder / "log.key").stat().st_mode & 0o777) == "0o600"
        return self.checks


def cases(room, server):
    """Those of the room that need a server: how many passed, how many failed."""
    done = subprocess.run(
        [ROOT / BUILD / f"test_{room}", "--test-case=postgres:*"], cwd=ROOT, text=True, capture_output=True,
        env={**os.environ, "VECHE_TEST_POSTGRES": server.url("veche"),
             "VECHE_TEST_POSTGRES_ADMIN": server.url("admin")})
    print(done.stdout + done.stderr)
    counts = re.search(r"test cases: +\d+ \| +(\d+) passed \| +(\d+) failed", done.stdout)
    passed, failed = (int(counts[1]), int(counts[2])) if counts else (0, 0)
    return passed, failed or int(done.returncode != 0)


def main():
    if programs() is None:
        print("PostgreSQL is not installed: nothing tested\n0 passed, 0 failed")
        return 0
    with Server() as server, tempfile.TemporaryDirectory() as folder:
        passed = failed = 0
        for room in ("store", "upkeep", "api"):
            of_room = cases(room, server)
            passed, failed = passed + of_room[0], failed + of_room[1]
        passed += Union(Path(folder) / "union").run(server.url("veche"))
    print(f"{passed} passed, {failed} failed")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())

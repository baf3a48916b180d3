#!/usr/bin/env python3
"""A secret election in a union, from secrets to decision: a server, and voters and trustees who reach it
with `veche ballot` over HTTP. The record that comes out is judged by the verifier that shares no code with
the program, the journal by `veche verify`.

Ends with "N passed, N failed".
"""

import json
import os
import re
import signal
import socket
import subprocess
import tempfile
import time
import unittest
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = os.environ.get("VECHE_PROGRAM", str(ROOT / "build/dev/veche"))
VERIFIER = str(Path(PROGRAM).with_name("veche-ballot-verifier"))
VOTERS = [f"p-{n}" for n in range(1, 5)]
TRUSTEES = ["auditor", "registrar", "clerk"]

CHARTER = """
id = "small"
zone = "UTC"
unsigned_types = ["*"]
name = { en = "A small parliament" }
amendment = { body = "house", rule = "majority" }
languages = [{ id = "en", name = "English" }]

[[rules]]
id = "majority"
name = { en = "Majority of votes cast" }
rule = "quorum [ present > 1/2 seats ] pass yes > 1/2 decisive"
source = "invented"
mark = "illustrative"

[[bodies]]
id = "house"
kind = "parliament"
name = { en = "House" }
rules = ["majority"]
secret = { floor = 3, trustees = ["house/auditor", "house/registrar", "house/clerk"], threshold = 2 }
source = "invented"
invented = true

[[seats]]
id = "house/m"
body = "house"
count = 5
name = { en = "Member" }

[[offices]]
id = "house/auditor"
body = "house"
name = { en = "Auditor" }
powers = []

[[offices]]
id = "house/registrar"
body = "house"
name = { en = "Registrar" }
powers = []

[[offices]]
id = "house/clerk"
body = "house"
name = { en = "Clerk" }
powers = ["convene", "agenda", "table", "preside"]
"""


def mandates():
    held = [f'office = "house/{name}"' for name in TRUSTEES]
    held += [f'seat = "house/m-{n}"' for n in range(1, 6)]
    for number, (person, what) in enumerate(zip([*TRUSTEES, *VOTERS, "p-5"], held)):
        yield f'\n[[mandates]]\nid = "m{number}"\nperson = "{person}"\n{what}\nfrom = 2020-01-01\n'


class SecretElection(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.base = tempfile.TemporaryDirectory()
        cls.folder = Path(cls.base.name)
        charter = cls.folder / "charter.toml"
        charter.write_text(CHARTER + "".join(mandates()))
        cls.says("init", cls.folder / "union", "--charter", charter)
        for person in [*TRUSTEES, *VOTERS, "p-5"]:
            cls.says("account", "add", cls.folder / "union", person, person, "--password-cost", "fast")
        cls.server = None

    @classmethod
    def serve(cls):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        cls.at = f"http://127.0.0.1:{port}"
        cls.server = subprocess.Popen(
            [PROGRAM, "serve", cls.folder / "union", "--port", str(port), "--password-cost", "fast",
             "--acts-per-second", "0", "--log", "error"], cwd=ROOT)
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    return
            time.sleep(0.1)
        raise RuntimeError("the server does not listen")

    @classmethod
    def tearDownClass(cls):
        if cls.server:
            cls.server.send_signal(signal.SIGTERM)
            cls.server.wait(30)
        cls.base.cleanup()

    # --- Words --------------------------------------------------------------------------------

    @classmethod
    def run_program(cls, *arguments):
        return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True,
                              cwd=cls.folder, env={**os.environ, "VECHE_PASSWORD": "correct horse"})

    @classmethod
    def says(cls, *arguments):
        done = cls.run_program(*arguments)
        if done.returncode:
            raise RuntimeError(f"{arguments}: {done.stdout}{done.stderr}")
        return done.stdout + done.stderr

    def place(self, who):
        """The folder at first; a server once it runs. Logins are few: a server limits them."""
        if self.server:
            return ["--at", self.at, "--login", who]
        return ["--at", self.folder / "union", "--as", who]

    def clerk(self, command, **body):
        return self.says("do", f"assembly.{command}", "--body", json.dumps(body), "--auth",
                         "house/clerk", *self.place("clerk"))

    def ballot(self, verb, who, *more):
        return self.says("ballot", verb, *more, *self.place(who), "--key",
                         self.folder / f"{who}.key")

    def shown(self, name="sv"):
        return json.loads(self.says("ask", "assembly.secret_vote", f"id={name}", "--at", self.at,
                                    "--json"))

    def duties(self, who):
        """What My page says of the secret vote to that person; "" where it does not name it."""
        browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        login = urllib.parse.urlencode({"name": who, "password": "correct horse", "back": "/en/me"})
        browser.open(f"{self.at}/en/login", login.encode()).close()
        page = browser.open(f"{self.at}/en/me").read().decode()
        row = re.search(r'<li><a class="title" href="/en/secret-votes/sv">.*?</li>', page, re.S)
        return re.sub(r"<[^>]+>", " ", row.group(0)) if row else ""

    # --- The election ---------------------------------------------------------------------------

    def prepare(self):
        for number, person in enumerate(VOTERS, 1):
            self.says("ballot", "keygen", self.folder / f"{person}.key")
            self.ballot("register", person, "--seat", f"house/m-{number}")
        for person in TRUSTEES:
            self.says("ballot", "keygen", self.folder / f"{person}.key", "--trustee", person)
            self.ballot("register", person)
        self.clerk("convene_session", id="s", body="house", starts="2030-01-01T10:00:00.000Z",
                   title={"en": "Session"}, venue={})
        self.clerk("add_item", session="s", item="i", kind="decision", title={"en": "Item"})
        self.clerk("open_session", session="s")
        self.clerk("table_motion", motion="m", session="s", item="i", title={"en": "Who chairs?"},
                   text={"en": "The House elects its chair."})
        self.clerk("open_secret_vote", vote="sv", motion="m",
                   options=[{"id": "a", "title": {"en": "Candidate A"}},
                            {"id": "b", "title": {"en": "Candidate B"}}])
        for _ in range(4):
            for person in TRUSTEES:
                self.ballot("ceremony", person, "sv")

    def vote(self, person, choice):
        said = self.ballot("vote", person, "sv", "--choose", choice, "--cast")
        return re.search(r"Tracker: ([0-9a-f]{64})", said).group(1)

    def test_from_secrets_to_decision(self):
        self.prepare()
        self.serve()
        self.assertEqual(self.shown()["status"], "casting")
        self.assertIn("waits for you", self.duties("p-2"))
        first = self.vote("p-1", "b")
        self.assertIn("done", self.duties("p-1"))
        self.assertEqual(self.duties("p-5"), "")  # who is not on the roll has nothing to do
        trackers = [self.vote(p, c) for p, c in zip(VOTERS, ["a", "a", "b", "a"])]
        self.assertIn("counts", self.says("ballot", "find", "sv", trackers[0], "--at", self.at))
        self.assertIn("a later one", self.says("ballot", "find", "sv", first, "--at", self.at))
        # Whoever is not on the roll, and whoever uses another voter's secret, is refused.
        self.says("ballot", "keygen", self.folder / "p-5.key")
        stranger = self.run_program("ballot", "vote", "sv", "--choose", "a", "--cast", "--at", self.at,
                                    "--login", "p-5", "--key", self.folder / "p-5.key")
        self.assertIn("not on the roll", stranger.stderr)
        thief = self.run_program("ballot", "vote", "sv", "--choose", "a", "--cast", "--at", self.at,
                                 "--login", "p-5", "--key", self.folder / "p-1.key")
        self.assertIn("assembly.credential_not_yours", thief.stderr)
        self.clerk("close_secret_vote", vote="sv")
        self.assertIn("waits for you", self.duties("registrar"))
        self.ballot("decrypt", "registrar", "sv")
        self.assertEqual(self.shown()["status"], "decrypting")
        self.ballot("decrypt", "auditor", "sv")
        shown = self.shown()
        self.assertEqual(shown["result"]["elected"], "a")
        self.assertEqual([o["ballots"] for o in shown["options"]], [3, 1, 0])
        self.judge(shown)

    def judge(self, shown):
        record = self.folder / "record.jsonl"
        self.says("ballot", "export", "sv", "--at", self.at, "--to", record)
        judged = subprocess.run([VERIFIER, record], capture_output=True, text=True)
        self.assertEqual(judged.returncode, 0, judged.stderr)
        self.assertIn("Stage: finished", judged.stdout)
        self.assertIn("a 3\nb 1\nblank 0", judged.stdout)
        self.says("ballot", "verify", record)
        lines = record.read_text().splitlines()
        # One ballot left out is noticed by both.
        gone = next(n for n, line in enumerate(lines) if line.endswith('"type":"ballot"}'))
        record.write_text("".join(line + "\n" for line in lines[:gone] + lines[gone + 1:]))
        self.assertNotEqual(subprocess.run([VERIFIER, record], capture_output=True).returncode, 0)
        self.assertNotEqual(self.run_program("ballot", "verify", record).returncode, 0)
        said = ""
        for _ in range(100):  # until the checkpoint of the last second is signed
            said = self.says("verify", self.at)
            if "1 decisions recomputed" in said:
                break
            time.sleep(0.1)
        self.assertIn("5 secret ballots, every proof checked", said)
        decision = json.loads(self.says("ask", "assembly.decision",
                                        f"id={shown['result']['decision']}", "--at", self.at, "--json"))
        self.assertTrue(decision["vote"]["secret"])


def main():
    result = unittest.TextTestRunner(verbosity=1).run(
        unittest.defaultTestLoader.loadTestsFromTestCase(SecretElection))
    failed = len(result.failures) + len(result.errors)
    print(f"{max(result.testsRun - failed, 0)} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())

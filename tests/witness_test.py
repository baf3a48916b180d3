#!/usr/bin/env python3
"""Witnesses from beginning to end, as processes: a union, three witnesses of its members, readers who
remember, and everything a server with the journal's key could try: a folder restored from a backup and
continued, two histories, two faces, an old checkpoint replayed, a witness put back in time. A second
program (tests/replayer) judges policies, cosignatures and proofs of two histories too.

Then the same union's witnesses beside two nodes on a PostgreSQL server, which both ask them, and a copy of that
server put in its place; where PostgreSQL is not installed that is skipped.

Ends with "N passed, N failed, N skipped".
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.error
import urllib.request
from pathlib import Path

from postgres_server import Server, programs

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = os.environ.get("VECHE_PROGRAM", str(ROOT / "build/dev/veche"))
REPLAYER = [sys.executable, str(ROOT / "tests/replayer/replay.py")]

CHARTER = """
id = "small"
zone = "Europe/Minsk"
unsigned_types = ["*"]
name = {{ en = "A small union", ru = "Малый союз" }}
amendment = {{ body = "house", rule = "majority" }}
languages = [{{ id = "en", name = "English" }}, {{ id = "ru", name = "Русский" }}]

[[members]]
id = "by"
name = {{ en = "Member by" }}
from = 2020-01-01
source = "invented"

[[rules]]
id = "majority"
name = {{ en = "Majority of votes cast" }}
rule = "quorum [ present > 1/2 seats ] pass yes > 1/2 decisive"
source = "invented"
mark = "illustrative"

[[bodies]]
id = "house"
kind = "parliament"
name = {{ en = "House" }}
rules = ["majority"]
source = "invented"
invented = true

[[seats]]
id = "house/m"
body = "house"
count = 3
name = {{ en = "Member" }}

[[offices]]
id = "house/clerk"
body = "house"
name = {{ en = "Clerk" }}
powers = ["convene", "agenda", "table", "preside"]

[[mandates]]
id = "m-clerk"
person = "clerk"
office = "house/clerk"
from = 2020-01-01

[witnesses]
quorum = "members"

{keys}
[[witnesses.groups]]
id = "members"
k = 2
of = ["a", "b", "c"]
"""


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def veche(*arguments, code=0):
    """What the program says; it must end with that code."""
    done = subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True,
                          timeout=120, check=False)
    if done.returncode != code:
        raise AssertionError(f"{arguments} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout + done.stderr


def fetch(address):
    with urllib.request.urlopen(address, timeout=10) as answer:
        return answer.read().decode()


class Running:
    """A program that serves, until it is told to stop."""

    def __init__(self, address, *arguments):
        self.address = address
        self.process = subprocess.Popen([PROGRAM, *map(str, arguments)],
                                        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        os.set_blocking(self.process.stderr.fileno(), False)
        wait_for(lambda: socket.create_connection(("127.0.0.1", int(address.rsplit(":", 1)[1]))).close()
                 or True, "it does not listen")

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(60)
        said = self.process.stderr.read() or b""
        self.process.stderr.close()
        return said.decode()


def wait_for(question, complaint, seconds=60):
    """The first true answer; the world is slow, not the test."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            if found := question():
                return found
        except (OSError, urllib.error.URLError):
            pass
        time.sleep(0.1)
    raise AssertionError(complaint)


class WithWitnesses(unittest.TestCase):
    """Three witnesses that run, and a charter that names them."""

    more_of_charter = ""

    @classmethod
    def setUpClass(cls):
        cls.base = tempfile.TemporaryDirectory()
        cls.here = Path(cls.base.name)
        keys = ""
        cls.ports = {name: free_port() for name in "abc"}
        for name, port in cls.ports.items():
            made = json.loads(veche("witness", "init", cls.here / name, "--name",
                                    f"witness.example/{name}", "--json"))
            member = 'member = "by"\n' if name == "a" else ""
            keys += (f'[[witnesses.keys]]\nid = "{name}"\n{member}vkey = "{made["vkey"]}"\n'
                     f'url = "http://127.0.0.1:{port}"\n\n')
        cls.charter = cls.here / "charter.toml"
        cls.charter.write_text(CHARTER.format(keys=keys) + cls.more_of_charter)
        cls.witnesses = {}
        cls.port = free_port()
        cls.url = f"http://127.0.0.1:{cls.port}"
        cls.vkey = cls.found()
        for name in "abc":
            veche("witness", "add-log", cls.here / name, cls.vkey, "--url", f"{cls.url}/journal")
        for name in "abc":
            cls.start_witness(name)

    @classmethod
    def tearDownClass(cls):
        for one in cls.witnesses.values():
            one.stop()
        cls.base.cleanup()

    @classmethod
    def start_witness(cls, name):
        cls.witnesses[name] = Running(f"http://127.0.0.1:{cls.ports[name]}", "witness", "serve",
                                      cls.here / name, "--listen", f"127.0.0.1:{cls.ports[name]}")

    def convene_at(self, place, session):
        veche("do", "--at", place, "--as", "clerk", "--auth", "house/clerk",
              "assembly.convene_session", f"id={session}", "body=house", f"title.en={session}",
              "starts=2036-01-01T10:00:00.000Z", "venue.en=Hall")

    @staticmethod
    def size_of(note):
        return int(note.split("\n")[1])

    def witnessed(self, size, how_many=3, url=None):
        """Waits until what readers are shown has that size and so many cosignatures."""
        def look():
            note = fetch(f"{url or self.url}/journal/checkpoint")
            return note if self.size_of(note) >= size and note.count("\n— witness.example") >= how_many \
                else None
        return wait_for(look, f"{size} entries were not cosigned by {how_many}")


class Witnessed(WithWitnesses):
    @classmethod
    def found(cls):
        return json.loads(veche("init", cls.here / "union", "--charter", cls.charter, "--origin",
                                "union.example/journal", "--json"))["vkey"]

    def serve(self, folder="union"):
        return Running(self.url, "serve", self.here / folder, "--listen", f"127.0.0.1:{self.port}",
                       "--web", ROOT / "web", "--log", "warning")

    def convene(self, session, folder="union"):
        self.convene_at(self.here / folder, session)

    def test_1_cosigned_shown_and_checked(self):
        server = self.serve()
        try:
            self.witnessed(1)
            policy = self.here / "policy"
            policy.write_text(fetch(f"{self.url}/journal/policy"))
            said = veche("verify", self.url, "--vkey", self.vkey, "--policy", policy, "--remember",
                         self.here / "seen")
            self.assertIn("cosigned by a, b, c, a quorum", said)
            said = veche("verify", self.url, "--vkey", self.vkey, "--remember", self.here / "seen",
                         "--witnessed", "--json")
            self.assertEqual(json.loads(said.split("\n")[0])["cosigned"], ["a", "b", "c"])
            replayed = subprocess.run([*REPLAYER, "--policy", policy, f"{self.url}/journal", self.vkey],
                                      capture_output=True, text=True, check=True)
            self.assertEqual(json.loads(replayed.stdout)["cosigned"], ["a", "b", "c"])
            proof = fetch(f"{self.url}/journal/proof/0.tlog-proof")
            self.assertEqual(proof.count("\n— witness.example"), 3)
            health = json.loads(fetch(f"{self.url}/health"))
            self.assertTrue(health["witnesses"]["in_time"])
            self.assertEqual([w["standing"] for w in health["witnesses"]["witnesses"]],
                             ["cosigns"] * 3)
            for language, words in (("en", "Witnesses of the journal"), ("ru", "Свидетели журнала"),
                                    ("be", "Сведкі журнала")):
                self.assertIn(words, fetch(f"{self.url}/{language}/journal"))
            witness = fetch(f"http://127.0.0.1:{self.ports['a']}/status")
            self.assertEqual(json.loads(witness)["logs"][0]["size"], 1)
            self.assertIn("union.example/journal", fetch(f"http://127.0.0.1:{self.ports['a']}/"))
        finally:
            server.stop()

    def test_2_no_quorum(self):
        """Two witnesses gone: what is new has no quorum, and a reader with a policy is told so."""
        self.convene("one")
        for name in "bc":
            self.witnesses[name].stop()
        server = self.serve()
        try:
            wait_for(lambda: json.loads(fetch(f"{self.url}/journal/witnesses"))["witnesses"][1]["standing"]
                     == "silent", "nobody is silent")
            # For a minute the last one with a quorum is shown; the newest lies in an export.
            self.assertEqual(self.size_of(fetch(f"{self.url}/journal/checkpoint.witnessed")), 1)
        finally:
            server.stop()
        veche("export", self.here / "union", self.here / "bare")
        said = veche("verify", self.here / "bare", "--vkey", self.vkey, "--policy",
                     self.here / "policy", code=1)
        self.assertIn("journal.quorum_missing", said)
        veche("export", self.here / "union", self.here / "witnessed", "--witnessed")
        veche("verify", self.here / "witnessed", "--vkey", self.vkey, "--policy",
              self.here / "policy")
        bare = subprocess.run([*REPLAYER, "--policy", self.here / "policy", self.here / "bare"],
                              capture_output=True, text=True, check=False)
        self.assertIn("no quorum", bare.stderr)
        for name in "bc":
            self.start_witness(name)

    def test_3_backup_restored(self):
        """The whole folder, guard and all, is put back in time: its witnesses know better."""
        shutil.copytree(self.here / "union", self.here / "backup")
        self.convene("two")
        server = self.serve()
        later = self.witnessed(3)
        veche("verify", self.url, "--vkey", self.vkey, "--remember", self.here / "seen")
        server.stop()
        shutil.copytree(self.here / "backup", self.here / "restored")
        server = self.serve("restored")
        try:
            health = wait_for(lambda: json.loads(fetch(f"{self.url}/health")).get("signing_stopped"),
                              "it goes on signing")
            self.assertIn("an old copy was restored", health)
            said = veche("verify", self.url, "--vkey", self.vkey, "--remember", self.here / "seen",
                         code=1)
            self.assertIn("journal.rolled_back", said)
            self.assertIn("Nothing is signed any more", fetch(f"{self.url}/en/journal"))
        finally:
            server.stop()
        self.assertTrue((self.here / "restored/signing.stopped").exists())
        evidence = next((self.here / "restored/forks").iterdir()).read_text()
        self.assertEqual(self.size_of(evidence), self.size_of(later))
        # A server that comes up again has not forgotten.
        server = self.serve("restored")
        self.assertIn("signing.stopped", json.loads(fetch(f"{self.url}/health"))["signing_stopped"])
        server.stop()

    def test_4_two_histories(self):
        """The copy goes on without asking anybody, and is served in the union's place."""
        for session in ("three", "four", "five"):
            self.convene(session, "backup")
        veche("export", self.here / "backup", self.here / "other")
        said = veche("verify", self.here / "other", "--vkey", self.vkey, "--remember",
                     self.here / "seen", code=1)
        self.assertIn("journal.history_differs", said)
        proof = self.here / "seen.fork"
        self.assertIn("has signed two histories", veche("witness", "check-fork", proof, "--vkey", self.vkey))
        judged = subprocess.run([*REPLAYER, "--fork", proof, self.vkey], capture_output=True, text=True,
                                check=True)
        self.assertEqual(json.loads(judged.stdout), {"shorter": 3, "longer": 5})
        # Two readers who compare prove it as well; one history proves nothing.
        veche("witness", "fork-proof", self.here / "seen", self.here / "other", "--log",
              self.here / "other", "--vkey", self.vkey, "--to", self.here / "compared")
        veche("witness", "check-fork", self.here / "compared", "--vkey", self.vkey)
        veche("witness", "fork-proof", self.here / "bare", self.here / "seen", "--vkey", self.vkey,
              "--log", self.here / "bare", "--to", self.here / "nothing", code=1)
        said = veche("verify", self.here / "other", "--vkey", self.vkey, "--policy",
                     self.here / "policy", code=1)
        self.assertIn("journal.quorum_missing", said)
        server = self.serve("backup")
        try:
            health = wait_for(lambda: json.loads(fetch(f"{self.url}/health")).get("signing_stopped"),
                              "it goes on signing")
            self.assertIn("two histories", health)
            # For a minute readers are shown the last checkpoint with a quorum, which is an old one.
            said = veche("witness", "watch", self.here / "a", "--once", code=1)
            self.assertIn("put back in time", said)
        finally:
            server.stop()
        found = sorted((self.here / "backup/forks").iterdir())[0]
        veche("witness", "check-fork", found, "--vkey", self.vkey)

    def test_5_old_checkpoint_replayed(self):
        said = veche("verify", self.here / "bare", "--vkey", self.vkey, "--remember",
                     self.here / "seen", code=1)
        self.assertIn("journal.rolled_back", said)
        self.assertIn("2 entries are here, and 3 were seen before", said)

    def test_6_witness_put_back(self):
        """A witness whose memory is old raises it by its own signature on the log's checkpoint."""
        self.witnesses["b"].stop()
        old = {f: f.read_bytes() for f in (self.here / "b").iterdir() if f.name.startswith("witness.sqlite")}
        self.start_witness("b")
        self.convene("six")
        server = self.serve()
        try:
            self.witnessed(4)
            self.witnesses["b"].stop()
            for f in (self.here / "b").iterdir():
                if f.name.startswith("witness.sqlite"):
                    f.unlink()
            for f, data in old.items():
                f.write_bytes(data)
            size = json.loads(veche("witness", "status", self.here / "b", "--json"))["logs"][0]["size"]
            self.assertEqual(size, 3)
            self.start_witness("b")
            size = json.loads(veche("witness", "status", self.here / "b", "--json"))["logs"][0]["size"]
            self.assertEqual(size, 4)
        finally:
            server.stop()

    def test_7_watch(self):
        """A witness without an open port looks by itself, and recomputes everything first."""
        veche("witness", "init", self.here / "d", "--name", "witness.example/d")
        veche("witness", "add-log", self.here / "d", self.vkey, "--url", f"{self.url}/journal")
        server = self.serve()
        try:
            self.witnessed(4)
            said = veche("witness", "watch", self.here / "d", "--once", "--full")
            self.assertIn("4 entries, cosigned", said)
            self.assertIn("nothing new", veche("witness", "watch", self.here / "d", "--once"))
        finally:
            server.stop()
        veche("witness", "export", self.here / "d", self.here / "d-out")
        note = next((self.here / "d-out").iterdir()).read_text()
        self.assertIn("— witness.example/d", note)


@unittest.skipIf(programs() is None, "PostgreSQL is not installed")
class WitnessedNodes(WithWitnesses):
    """Two nodes, each of which asks the witnesses by itself."""

    @classmethod
    def setUpClass(cls):
        cls.server = Server()
        cls.server.__enter__()
        cls.database = cls.server.url("veche")
        super().setUpClass()

    @classmethod
    def tearDownClass(cls):
        super().tearDownClass()
        cls.server.__exit__()

    @classmethod
    def found(cls):
        return json.loads(veche("init", cls.database, "--charter", cls.charter, "--origin",
                                "union.example/journal", "--key", cls.here / "log.key", "--json"))["vkey"]

    def node(self, name, port=None):
        port = port or free_port()
        return Running(f"http://127.0.0.1:{port}", "serve", self.database, "--key", self.here / "log.key",
                       "--state", self.here / name, "--listen", f"127.0.0.1:{port}", "--web", ROOT / "web",
                       "--log", "warning")

    @staticmethod
    def standings(node):
        report = json.loads(fetch(f"{node.address}/journal/witnesses"))
        return [w["standing"] for w in report["witnesses"]]

    def test_1_both_show_what_is_cosigned(self):
        nodes = [self.node("one", self.port), self.node("two")]
        try:
            for size in range(2, 7):
                self.convene_at(self.database, f"s{size}")
                for node in nodes:
                    self.witnessed(size, url=node.address)
            for node in nodes:
                self.assertEqual(self.standings(node), ["cosigns"] * 3)
                policy = self.here / "policy"
                policy.write_text(fetch(f"{node.address}/journal/policy"))
                said = veche("verify", node.address, "--vkey", self.vkey, "--policy", policy, "--remember",
                             self.here / "seen")
                self.assertIn("cosigned by a, b, c, a quorum", said)
            # One goes; the other goes on, and the one that comes again has what was signed meanwhile.
            nodes[0].stop()
            self.convene_at(self.database, "alone")
            self.witnessed(7, url=nodes[1].address)
            nodes[0] = self.node("one", self.port)
            self.witnessed(7, url=nodes[0].address)
        finally:
            for node in nodes:
                node.stop()

    def test_2_server_put_back(self):
        """The whole server, what was signed and all, and a node on a new machine: only the witnesses know better."""
        copy = self.server.folder / "copy.sql"
        where = ("-h", "127.0.0.1", "-p", self.server.port, "-U", "admin")
        self.server.run("pg_dump", *where, "-f", copy, "journal")
        node = self.node("one", self.port)
        self.convene_at(self.database, "later")
        self.witnessed(8)
        node.stop()
        self.server.fresh()
        self.server.run("psql", "-q", *where, "-d", "journal", "-f", copy)
        node = self.node("three", self.port)
        try:
            health = wait_for(lambda: json.loads(fetch(f"{self.url}/health")).get("signing_stopped"),
                              "it goes on signing")
            self.assertIn("an old copy was restored", health)
        finally:
            node.stop()
        self.assertTrue((self.here / "three/signing.stopped").exists())


def main():
    if not Path(PROGRAM).exists():
        print(f"{PROGRAM} is not built")
        return 1
    load = unittest.defaultTestLoader.loadTestsFromTestCase
    result = unittest.TextTestRunner(verbosity=2).run(
        unittest.TestSuite([load(Witnessed), load(WitnessedNodes)]))
    failed, skipped = len(result.failures) + len(result.errors), len(result.skipped)
    print(f"{result.testsRun - failed - skipped} passed, {failed} failed, {skipped} skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

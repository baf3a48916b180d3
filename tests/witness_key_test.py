#!/usr/bin/env python3
"""The key of a journal changes while witnesses watch over it, in a folder and beside two nodes on a PostgreSQL
server: what both keys signed is cosigned, what follows has its quorum under the new key, whoever knew only the old
one is led on, a witness that was not told declines. And what a thief of the old key could try afterwards: a history
of their own, larger than the union's, and the union's own history with an entry more.

Ends with "N passed, N failed, N skipped".
"""

import base64
import hashlib
import json
import shutil
import subprocess
import sys
import unittest
import urllib.error
import urllib.request
from pathlib import Path

from postgres_server import Server, programs
from witness_test import REPLAYER, ROOT, PROGRAM, Running, WithWitnesses, fetch, free_port, veche, wait_for

sys.path.insert(0, str(ROOT / "tests/replayer"))
import publiclog  # noqa: E402
from replayer_test import key_pair, sign  # noqa: E402

ORIGIN = "union.example/journal"
SIGNED = f"\n— {ORIGIN} "
OFFICES = "".join(f"""
[[offices]]
id = "house/{who}"
body = "house"
name = {{ en = "{who}" }}
powers = ["accounts"]

[[mandates]]
id = "m-{who}"
person = "{who}"
office = "house/{who}"
from = 2020-01-01
""" for who in ("registrar", "second"))


def consistency(old, leaves, whole=True):
    """RFC 6962, 2.1.2: that the tree of these leaves extends that of the first `old` of them."""
    if old == len(leaves):
        return [] if whole else [publiclog.root_of(leaves)]
    left = 1 << (len(leaves) - 1).bit_length() - 1
    if old <= left:
        return consistency(old, leaves[:left], whole) + [publiclog.root_of(leaves[left:])]
    return consistency(old - left, leaves[left:], False) + [publiclog.root_of(leaves[:left])]


def checkpoint(seed, leaves):
    """A note of these leaves, signed with that key."""
    pair = key_pair(seed)
    text = f"{ORIGIN}\n{len(leaves)}\n{base64.b64encode(publiclog.root_of(leaves)).decode()}\n"
    signature = publiclog.key_id(ORIGIN, 1, pair[2]) + sign(pair, text.encode())
    return f"{text}\n— {ORIGIN} {base64.b64encode(signature).decode()}\n"


def replayed(*arguments):
    """What the second program finds."""
    done = subprocess.run([*REPLAYER, *map(str, arguments)], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


class WithKeys(WithWitnesses):
    more_of_charter = OFFICES
    place = ()  # where the union lies, and the file of its key where that must be named

    @classmethod
    def do(cls, kind, person, *fields):
        veche("do", kind, *fields, "--at", cls.place[0], "--as", person, "--auth", f"house/{person}")

    @classmethod
    def announce(cls):
        """The next key, proposed by one and confirmed by another: its verifier key."""
        new = json.loads(veche("key", "new", *cls.place, "--json"))["vkey"]
        cls.do("people.propose_log_key", "registrar", f"vkey={new}", "cause=planned")
        cls.do("people.confirm_log_key", "second", f"vkey={new}")
        return new

    @classmethod
    def change(cls, *more):
        return json.loads(veche("key", "change", *cls.place, *more, "--as", "registrar", "--auth",
                                "house/registrar", "--json"))

    @classmethod
    def tell(cls, name, *vkeys):
        """As docs/witnesses.md says, beside the witness that runs."""
        veche("witness", "add-log", cls.here / name, *vkeys, "--url", f"{cls.url}/journal")

    def witness(self, name, path):
        return f"http://127.0.0.1:{self.ports[name]}/{path}"

    def held(self, name):
        """The note that a witness keeps."""
        return fetch(self.witness(name, hashlib.sha256(ORIGIN.encode()).hexdigest() + "/checkpoint"))

    def stands(self, name):
        return json.loads(fetch(self.witness(name, "status")))["logs"][0]

    def ask(self, name, old, proof, note):
        """What a witness answers to add-checkpoint."""
        lines = "".join(base64.b64encode(one).decode() + "\n" for one in proof)
        asked = urllib.request.Request(self.witness(name, "add-checkpoint"),
                                       f"old {old}\n{lines}\n{note}".encode(), method="POST")
        try:
            with urllib.request.urlopen(asked, timeout=10) as answer:
                return answer.status
        except urllib.error.HTTPError as no:
            no.close()
            return no.code

    def standings(self, url):
        report = json.loads(fetch(f"{url}/journal/witnesses"))
        return {w["name"]: w["standing"] for w in report["witnesses"]}

    def says(self, url, **expected):
        """Waits until the union says so of its witnesses."""
        wait_for(lambda: expected.items() <= self.standings(url).items(), f"{expected} is not said at {url}")

    def signed_by_both(self, size, url):
        """Waits until readers are shown what both keys signed, with all witnesses on it."""
        def look():
            note = self.witnessed(size, url=url)
            return note if note.count(SIGNED) == 2 else None
        note = wait_for(look, "what both keys signed is not shown")
        self.assertEqual(self.size_of(note), size)
        return note

    def quorum(self, url, vkey, *names):
        """A reader with the policy of today."""
        policy = self.here / "policy"
        policy.write_text(fetch(f"{url}/journal/policy"))
        said = veche("verify", url, "--vkey", vkey, "--policy", policy)
        self.assertIn(f"cosigned by {', '.join(names)}, a quorum", said)
        return policy


class KeyOfFolder(WithKeys):
    @classmethod
    def found(cls):
        cls.place = (cls.here / "union",)
        return json.loads(veche("init", *cls.place, "--charter", cls.charter, "--origin", ORIGIN,
                                "--json"))["vkey"]

    def serve(self, folder="union", port=None):
        port = port or self.port
        return Running(f"http://127.0.0.1:{port}", "serve", self.here / folder, "--listen",
                       f"127.0.0.1:{port}", "--web", ROOT / "web", "--log", "warning")

    def test_1_what_both_keys_signed_is_cosigned(self):
        self.convene_at(*self.place, "one")
        server = self.serve()
        try:
            self.witnessed(2)
            policy = self.here / "old-policy"
            policy.write_text(fetch(f"{self.url}/journal/policy"))
            veche("verify", self.url, "--vkey", self.vkey, "--policy", policy, "--remember", self.here / "seen")
        finally:
            server.stop()
        shutil.copytree(*self.place, self.here / "stolen")
        cls = type(self)
        cls.new = self.announce()
        for name in "ac":
            self.tell(name, self.vkey, self.new)
        changed = self.change()
        self.assertEqual((changed["old_vkey"], changed["vkey"]), (self.vkey, self.new))
        cls.size = changed["entries"]
        server = self.serve()
        try:
            self.signed_by_both(self.size, self.url)
            self.quorum(self.url, self.new, "a", "b", "c")
            # Whoever is told both keeps what both signed; the other one what it can check.
            self.assertEqual({name: self.held(name).count(SIGNED) for name in "abc"}, {"a": 2, "b": 1, "c": 2})
        finally:
            server.stop()

    def test_2_the_next_one_has_its_quorum_under_the_new_key(self):
        self.convene_at(*self.place, "two")
        server = self.serve()
        try:
            size = self.size + 1
            note = self.witnessed(size, how_many=2)
            self.says(self.url, a="cosigns", b="declines", c="cosigns")
            self.assertEqual(note.count(SIGNED), 1)
            self.assertEqual(self.ask("b", self.size, [], note), 403)
            self.assertEqual(self.stands("b")["size"], self.size)
            policy = self.quorum(self.url, self.new, "a", "c")
            found = replayed("--policy", policy, f"{self.url}/journal", self.new)
            self.assertEqual(found["cosigned"], ["a", "c"])
            # Who knew only the old key is led on, and finds that it extends what was seen before.
            said = veche("verify", self.url, "--vkey", self.vkey, "--remember", self.here / "seen")
            self.assertIn("it extends the checkpoint of 2 entries seen before", said)
            # A policy from before names the old key: it is to be fetched anew.
            veche("verify", self.url, "--vkey", self.new, "--policy", self.here / "old-policy", code=1)
            # Told late, it goes on from where it stands.
            self.tell("b", self.new)
            self.witnessed(size)
            self.quorum(self.url, self.new, "a", "b", "c")
        finally:
            server.stop()

    def test_3_a_history_of_a_thief(self):
        """The old key, and what was there before the change, continued beyond what the union has."""
        self.tell("a", self.new)
        for n in range(self.size + 2):
            self.convene_at(self.here / "stolen", f"stolen-{n}")
        port = free_port()
        thief = self.serve("stolen", port)
        url = f"http://127.0.0.1:{port}"
        try:
            self.says(url, a="declines", b="declines", c="declines")
            report = json.loads(fetch(f"{url}/journal/witnesses"))
            self.assertGreater(report["signed_size"], self.size + 1)
            # b and a know the new key alone; c still takes the old one, and sees another history.
            detail = {w["name"]: w["detail"] for w in report["witnesses"]}
            self.assertIn("403", detail["a"])
            self.assertIn("403", detail["b"])
            self.assertIn("422", detail["c"])
        finally:
            thief.stop()
        self.assertEqual({name: self.stands(name)["size"] for name in "abc"},
                         dict.fromkeys("abc", self.size + 1))
        self.assertEqual({name: self.stands(name)["evidence"] for name in "ab"}, {"a": 0, "b": 0})
        self.assertGreater(self.stands("c")["evidence"], 0)
        veche("export", self.here / "stolen", self.here / "out")
        # Whoever has seen the union under its new key takes nothing that the old one alone signed.
        for vkey in (self.vkey, self.new):
            self.assertIn("journal.signature_missing", veche("verify", self.here / "out", "--vkey", vkey,
                                                             "--remember", self.here / "seen", code=1))

    def test_4_the_union_s_own_history_with_an_entry_more(self):
        """It extends what was signed, so that only the list of keys stands against it."""
        self.tell("c", self.new)
        veche("export", *self.place, self.here / "now")
        size = self.size_of((self.here / "now/checkpoint").read_text())
        leaves = [publiclog.leaf_hash(entry)
                  for _, entry in publiclog.bundles(publiclog.source(str(self.here / "now")), size)]
        seed = base64.b64decode((self.place[0] / "log.key.old").read_text())
        more = leaves + [publiclog.leaf_hash(b"whatever the thief likes")]
        proof = consistency(size, more)
        for name in "abc":
            self.assertEqual(self.ask(name, size, proof, checkpoint(seed, more)), 403)
            self.assertEqual(self.stands(name)["size"], size)
        # Nor does it count as seen before: the old key speaks for what was there when it ended.
        (self.here / "told").write_text(checkpoint(seed, more))
        self.assertIn("journal.signature_missing", veche("verify", self.here / "now", "--vkey", self.new,
                                                         "--remember", self.here / "told", code=1))
        # It was the key alone: with the one in force the very same request is signed.
        seed = base64.b64decode((self.place[0] / "log.key").read_text())
        self.assertEqual(self.ask("c", size, proof, checkpoint(seed, more)), 200)


@unittest.skipIf(programs() is None, "PostgreSQL is not installed")
class KeyOnServer(WithKeys):
    @classmethod
    def setUpClass(cls):
        cls.server = Server()
        cls.server.__enter__()
        super().setUpClass()

    @classmethod
    def tearDownClass(cls):
        super().tearDownClass()
        cls.server.__exit__()

    @classmethod
    def found(cls):
        cls.place = (cls.server.url("veche"), "--key", cls.here / "log.key")
        return json.loads(veche("init", *cls.place, "--charter", cls.charter, "--origin", ORIGIN,
                                "--json"))["vkey"]

    def node(self, name, port):
        return Running(f"http://127.0.0.1:{port}", "serve", *self.place, "--state", self.here / name, "--listen",
                       f"127.0.0.1:{port}", "--web", ROOT / "web", "--log", "warning")

    def test_1_beside_two_nodes(self):
        ports = (self.port, free_port())
        nodes = [self.node(name, port) for name, port in zip(("one", "two"), ports)]
        try:
            for node in nodes:
                self.witnessed(1, url=node.address)
            new = self.announce()
            for name in "ac":
                self.tell(name, self.vkey, new)
            size = self.change("--state", self.here / "one")["entries"]
            # Nobody has the new key yet: both show that size, cosigned, under the notes of both keys.
            for node in nodes:
                self.signed_by_both(size, node.address)
                self.quorum(node.address, new, "a", "b", "c")
                wait_for(lambda at=node.address: new in json.loads(fetch(f"{at}/health")).get("signing_stopped", ""),
                         "a node does not say that another key signs")
            nodes[1].stop()
            nodes[1] = self.node("two", ports[1])
            self.convene_at(self.place[0], "after")
            for node in nodes:
                note = self.witnessed(size + 1, how_many=2, url=node.address)
                self.assertEqual(note.count(SIGNED), 1)
                self.says(node.address, a="cosigns", b="declines", c="cosigns")
                self.quorum(node.address, new, "a", "c")
                veche("verify", node.address, "--vkey", self.vkey)
            self.assertEqual(self.stands("b")["size"], size)
            self.tell("b", new)
            for node in nodes:
                self.witnessed(size + 1, url=node.address)
        finally:
            for node in nodes:
                node.stop()


def main():
    if not Path(PROGRAM).exists():
        print(f"{PROGRAM} is not built")
        return 1
    load = unittest.defaultTestLoader.loadTestsFromTestCase
    result = unittest.TextTestRunner(verbosity=2).run(
        unittest.TestSuite([load(KeyOfFolder), load(KeyOnServer)]))
    failed, skipped = len(result.failures) + len(result.errors), len(result.skipped)
    print(f"{result.testsRun - failed - skipped} passed, {failed} failed, {skipped} skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

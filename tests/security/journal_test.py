"""What somebody could do to the journal itself: send a signed command again, elsewhere or after its key was revoked;
forge a
checkpoint; change a store from within, table by table; found a union by a charter that was written to do harm.
"""

import base64
import hashlib
import json
import os
import shutil
import sqlite3
import sys
import tempfile
import time
import unittest
import uuid
from pathlib import Path

from served import CHARTER, MANDATES, ROOT, Client, Served, run_program, says, small_union

sys.path.append(str(ROOT / "tests/replayer"))
import ed25519  # noqa: E402


def multiply(scalar, point):
    total = ed25519.IDENTITY
    for bit in range(scalar.bit_length() - 1, -1, -1):
        total = ed25519.add(total, total)
        if scalar >> bit & 1:
            total = ed25519.add(total, point)
    return total


class Key:
    """An Ed25519 key (RFC 8032) whose signatures are lines of signed notes."""

    def __init__(self, seed):
        digest = hashlib.sha512(seed).digest()
        self.scalar = int.from_bytes(digest[:32], "little") & (1 << 254) - 8 | 1 << 254
        self.prefix = digest[32:]
        self.public = ed25519.encode(multiply(self.scalar, ed25519.BASE))

    def sign(self, message):
        hashed = lambda data: int.from_bytes(hashlib.sha512(data).digest(), "little")  # noqa: E731
        r = hashed(self.prefix + message) % ed25519.L
        point = ed25519.encode(multiply(r, ed25519.BASE))
        k = hashed(point + self.public + message)
        return point + ((r + k * self.scalar) % ed25519.L).to_bytes(32, "little")

    def line(self, name, message):
        key_id = hashlib.sha256(name.encode() + b"\n\x01" + self.public).digest()[:4]
        return f"\u2014 {name} {base64.b64encode(key_id + self.sign(message)).decode()}"


def canonical(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def uuid7():
    stamp = int(time.time() * 1000).to_bytes(6, "big") + os.urandom(10)
    number = int.from_bytes(stamp, "big") & ~(0xF << 76) & ~(0x3 << 62) | 7 << 76 | 2 << 62
    return str(uuid.UUID(int=number))


class Commands(unittest.TestCase):
    """Signed commands, on two unions that are served."""

    @classmethod
    def setUpClass(cls):
        cls.base = tempfile.TemporaryDirectory()
        cls.served = [Served(small_union(cls.base.name, name=name), "--acts-per-second", "0", "--trust-proxy",
                             "127.0.0.1")
                      for name in ("union", "other")]
        cls.key = Key(b"a key of these tests, and no other")
        for one in cls.served:
            client = cls.session(one, "anna")
            answer = client.send("/api/do/people.enroll_key", {"body": {
                "key": "k1", "name": "Key", "public_key": base64.b64encode(cls.key.public).decode()}})
            if answer.status != 200:
                raise RuntimeError(answer.text)

    @classmethod
    def tearDownClass(cls):
        for one in cls.served:
            one.stop()
        cls.base.cleanup()

    @staticmethod
    def session(served, who):
        client = Client(served.port, X_Forwarded_For=f"198.51.100.{os.urandom(1)[0]}")
        answer = client.log_in(who)
        if answer.status != 200:
            raise RuntimeError(answer.text)
        return client

    def event(self, number, **changes):
        return {"actor": "anna", "auth": "anna", "idem": uuid7(), "log": "union.example/journal",
                "type": "people.enroll_key", "v": 1,
                "body": {"key": f"n{number}-{os.urandom(3).hex()}", "name": "Another",
                         "public_key": base64.b64encode(Key(os.urandom(8)).public).decode()}, **changes}

    def signed(self, event, key=None, name="union.example/anna/k1"):
        line = canonical(event)
        return {"line": line, "signatures": [(key or self.key).line(name, (line + "\n").encode())]}

    def post(self, sent, client=None, served=0, kind="people.enroll_key"):
        client = client or Client(self.served[served].port)
        return client.send(f"/api/do/{kind}", sent)

    def entries(self, served=0):
        return Client(self.served[served].port).get("/health").json["entries"]

    def test_a_signed_command_counts_once(self):
        sent = self.signed(self.event(1))
        first = self.post(sent)
        self.assertEqual(first.status, 200, first.text)
        before = self.entries()
        for client in (None, self.session(self.served[0], "boris"), self.session(self.served[0], "anna")):
            again = self.post(sent, client)
            self.assertEqual(again.status, 200, again.text)
            self.assertTrue(again.json["repeated"])
            self.assertEqual(again.json["seq"], first.json["seq"])
        self.assertEqual(self.entries(), before)

    def test_its_idempotency_key_is_spent_whatever_else_is_signed_with_it(self):
        event = self.event(2)
        self.assertEqual(self.post(self.signed(event)).status, 200)
        event["body"]["name"] = "Changed"
        answer = self.post(self.signed(event))
        self.assertEqual(answer.status, 409, answer.text)

    def test_a_signature_of_one_union_is_nothing_in_another(self):
        sent = self.signed(self.event(3))
        self.assertEqual(self.post(sent).status, 200)
        before = self.entries(1)
        self.assertIn(self.post(sent, served=1).status, (401, 403, 409, 422))
        # Nor with a line that names the other union under the signature of the first.
        event = json.loads(sent["line"])
        event["log"] = "other.example/journal"
        self.assertIn(self.post({"line": canonical(event), "signatures": sent["signatures"]}, served=1).status,
                      (401, 403, 422))
        self.assertEqual(self.entries(1), before)

    def test_every_changed_byte_breaks_a_signature(self):
        sent = self.signed(self.event(4))
        before = self.entries()
        line, signature = sent["line"], sent["signatures"][0]
        for at in range(0, len(line), 7):
            changed = line[:at] + chr(ord(line[at]) ^ 1) + line[at + 1:]
            self.assertGreaterEqual(self.post({"line": changed, "signatures": [signature]}).status, 400, changed)
        for lines in ([], [signature[:-9] + "AAAAAAAA="], [signature + signature], [signature.replace("anna", "boris")],
                      [signature + "\n"], ["\u2014 union.example/anna/k1 AAAA"], [""] * 1000):
            self.assertGreaterEqual(self.post({"line": line, "signatures": lines}).status, 400, lines[:2])
        # What is no canonical spelling is no event line, however well it is signed.
        for other in (line.replace(":", ": ", 1), line + " ", line.replace('"v":1', '"v":1.0'), line[:-1] + ',"z":1}',
                      " " + line,
                      line.replace('{"actor"', '{"actor":"boris","actor"')):
            self.assertGreaterEqual(self.post({"line": other, "signatures": [self.key.line(
                "union.example/anna/k1", (other + "\n").encode())]}).status, 400, other)
        self.assertEqual(self.entries(), before)

    def test_nobody_acts_for_another(self):
        before = self.entries()
        boris = self.session(self.served[0], "boris")
        for event in (self.event(5), self.event(5, actor="boris", auth="boris"), self.event(5, actor="clerk",
                auth="house/clerk"),
                      self.event(5, actor="")):
            for client in (None, boris) if event["actor"] == "anna" else (None,):
                line = canonical(event)
                self.assertGreaterEqual(self.post({"line": line, "signatures": []}, client).status, 400, event)
            if event["actor"] != "anna":
                self.assertGreaterEqual(self.post(self.signed(event)).status, 400, event)
                self.assertGreaterEqual(self.post(self.signed(event,
                                                              name=f"union.example/{event['actor']}/k1")).status, 400)
        # Under an office that one does not hold, and with a session but without the key that one has enrolled.
        anna = self.session(self.served[0], "anna")
        kind = "assembly.convene_session"
        body = {"id": "s-1", "body": "house", "title": {"en": "x"}, "starts": "2099-01-01T10:00:00.000Z",
                "venue": {"en": "x"}}
        for auth in ("house/clerk", "house/m-2", "nobody", None):
            sent = {"body": body, **({"auth": auth} if auth else {})}
            self.assertGreaterEqual(self.post(sent, boris, kind=kind).status, 400, auth)
        self.assertGreaterEqual(anna.send("/api/do/people.revoke_key", {"body": {"key": "k1"}}).status, 400)
        self.assertEqual(self.entries(), before)

    def test_a_line_goes_only_where_its_type_goes(self):
        sent = self.signed(self.event(6))
        for kind in ("people.revoke_key", "charter.amend", "assembly.vote_decided", "nothing"):
            self.assertGreaterEqual(self.post(sent, kind=kind).status, 400, kind)
        # What only follows from acts cannot be sent, and no act says by itself what follows.
        for event in ({**self.event(6), "by": 1}, {k: v for k, v in self.event(6).items() if k != "actor"}):
            self.assertGreaterEqual(self.post(self.signed(event)).status, 400, event)

    def test_a_revoked_key_signs_nothing_not_even_what_it_signed_before(self):
        spare = Key(b"a key that is revoked")
        sent = self.signed(self.event(7, body={"key": "spare", "name": "Spare",
                                               "public_key": base64.b64encode(spare.public).decode()}))
        self.assertEqual(self.post(sent).status, 200)
        name = "union.example/anna/spare"
        good = self.signed(self.event(7), spare, name)
        kept = self.signed(self.event(7), spare, name)
        self.assertEqual(self.post(good).status, 200)
        revoke = self.event(7, type="people.revoke_key", body={"person": "anna", "key": "spare"})
        answer = self.post(self.signed(revoke), kind="people.revoke_key")
        self.assertEqual(answer.status, 200, answer.text)
        before = self.entries()
        self.assertGreaterEqual(self.post(kept).status, 400)
        self.assertGreaterEqual(self.post(self.signed(self.event(7), spare, name)).status, 400)
        # And what was accepted before is answered as before, not done again.
        self.assertIn(self.post(good).status, (200, 403))
        self.assertEqual(self.entries(), before)


class Stores(unittest.TestCase):
    """Whoever can write to the disk can break a union, but not so that nobody sees it."""

    @classmethod
    def setUpClass(cls):
        cls.base = tempfile.TemporaryDirectory()
        cls.folder = small_union(cls.base.name)
        cls.key = Key(b"of the stores")
        with Served(cls.folder, "--acts-per-second", "0") as served:
            client = Client(served.port)
            client.log_in("anna")
            client.send("/api/do/people.enroll_key", {"body": {
                "key": "k1", "name": "Key", "public_key": base64.b64encode(cls.key.public).decode()}})
            clerk = Client(served.port)
            clerk.log_in("clerk")
            for number in range(300):
                answer = clerk.send("/api/do/assembly.convene_session", {"auth": "house/clerk", "body": {
                    "id": f"s-{number}", "body": "house", "title": {"en": f"Session {number}"},
                    "starts": f"2099-01-{1 + number % 28:02}T10:00:00.000Z", "venue": {"en": "Minsk"}}})
                if answer.status != 200:
                    raise RuntimeError(answer.text)
            line = canonical({"actor": "anna", "auth": "anna", "idem": uuid7(), "log": "union.example/journal",
                              "type": "people.enroll_key", "v": 1, "body": {
                                  "key": "k2", "name": "Second",
                                  "public_key": base64.b64encode(Key(b"second").public).decode()}})
            cls.act = {"line": line, "signatures": [cls.key.line("union.example/anna/k1", (line + "\n").encode())]}
            answer = client.send("/api/do/people.enroll_key", cls.act)
            if answer.status != 200:
                raise RuntimeError(answer.text)
            cls.vkey = client.get("/journal/vkey").text.strip()
        says("verify", cls.folder)

    @classmethod
    def tearDownClass(cls):
        cls.base.cleanup()

    def copy(self):
        place = tempfile.TemporaryDirectory()
        self.addCleanup(place.cleanup)
        folder = Path(place.name) / "union"
        shutil.copytree(self.folder, folder)
        return folder

    @staticmethod
    def change(folder, *statements, file="journal.sqlite"):
        with sqlite3.connect(folder / file) as store:
            for (name,) in store.execute("SELECT name FROM sqlite_master WHERE type='trigger'").fetchall():
                store.execute(f'DROP TRIGGER "{name}"')
            for statement in statements:
                store.execute(*statement if isinstance(statement, tuple) else (statement,))
        store.close()

    def test_a_change_in_any_table_is_seen(self):
        flip = "substr({0},1,{1}) || x'{2}' || substr({0},{1}+2)"
        changes = {
            "an entry": "UPDATE entry SET bytes=CAST(replace(CAST(bytes AS TEXT),'Session 7\"','Session 8\"') AS BLOB)"
                        " WHERE CAST(bytes AS TEXT) LIKE '%Session 7\"%'",
            "a leaf": "UPDATE entry SET leaf=zeroblob(32) WHERE seq=5",
            "an entry and its leaf": None,
            "two entries exchanged": ("UPDATE entry SET seq=CASE seq WHEN 7 THEN -8 ELSE -7 END WHERE seq IN (7,8)",),
            "an entry missing": "DELETE FROM entry WHERE seq=9",
            "the last entries missing": "DELETE FROM entry WHERE seq>=290",
            "a tile": "UPDATE tile SET hashes=zeroblob(8192) WHERE id=(SELECT min(id) FROM tile)",
            "no tile": "DELETE FROM tile",
            "the head's size": "UPDATE head SET next=next-1",
            "the head's edge": "UPDATE head SET edge=zeroblob(length(edge))",
            "the head's time": "UPDATE head SET at_ms=at_ms+86400000000",
            "a checkpoint's root": "UPDATE checkpoint SET root=zeroblob(32)",
            "a checkpoint's note": "UPDATE checkpoint SET note=replace(note,'union.example','onion.example')",
            "a spent key forgotten": "DELETE FROM idem WHERE actor='anna'",
            "a spent key of another act": "UPDATE idem SET seq=3 WHERE actor='anna'",
            "a spent key with another hash": "UPDATE idem SET sha=zeroblob(32) WHERE actor='anna'",
            "a version of a stream": "UPDATE stream SET seq=0",
            "no versions": "DELETE FROM stream",
        }
        del flip
        for name, change in changes.items():
            with self.subTest(name):
                folder = self.copy()
                if name == "two entries exchanged":
                    self.change(folder, "PRAGMA ignore_check_constraints=ON", change[0],
                                "UPDATE entry SET seq=-seq WHERE seq<0")
                elif change is None:
                    with sqlite3.connect(folder / "journal.sqlite") as store:
                        bytes_ = bytes(store.execute("SELECT bytes FROM entry WHERE seq=20").fetchone()[0])
                    store.close()
                    bytes_ = bytes_.replace(b"Minsk", b"Mensk")
                    leaf = hashlib.sha256(b"\x00" + bytes_).digest()
                    self.change(folder, ("UPDATE entry SET bytes=?, leaf=? WHERE seq=20", (bytes_, leaf)))
                else:
                    self.change(folder, change)
                self.assertTrue(self.is_seen(folder), f"nobody sees it: {name}")

    def is_seen(self, folder):
        """By a verification, by a start that says so, or because the union goes on as if nothing had happened."""
        done = run_program("verify", folder)
        self.assertIn(done.returncode, (0, 1, 3), done.stdout + done.stderr)
        if done.returncode:
            self.assertNotEqual(done.stdout + done.stderr, "")
            return True
        # What can be made anew from the entries may be: then it must have been, and an old act is still an old act.
        with Served(folder) as served:
            client = Client(served.port)
            before = client.get("/health").json["entries"]
            answer = client.send("/api/do/people.enroll_key", self.act)
            after = client.get("/health").json["entries"]
            client.close()
        return after == before and (answer.status >= 400 or answer.json["repeated"]) and run_program("verify",
                folder).returncode == 0

    def test_a_history_cut_short_is_never_signed_again(self):
        """A database administrator puts an older copy back, whole and in itself right; the guard remembers."""
        folder = self.copy()
        older = self.copy()
        with Served(folder) as served:
            clerk = Client(served.port)
            clerk.log_in("clerk")
            answer = clerk.send("/api/do/assembly.convene_session", {"auth": "house/clerk", "body": {
                "id": "later", "body": "house", "title": {"en": "Later"}, "starts": "2099-01-01T10:00:00.000Z",
                "venue": {"en": "Minsk"}}})
            self.assertEqual(answer.status, 200, answer.text)
            time.sleep(1.5)
        shutil.copy(older / "journal.sqlite", folder / "journal.sqlite")
        with tempfile.TemporaryDirectory() as to:
            done = run_program("export", folder, Path(to) / "export")
            said = done.stdout + done.stderr
            self.assertNotEqual(done.returncode, 0, said)

    def exported(self):
        place = tempfile.TemporaryDirectory()
        self.addCleanup(place.cleanup)
        folder = Path(place.name) / "export"
        says("export", self.copy(), folder)
        self.assertEqual(run_program("verify", folder, "--vkey", self.vkey).returncode, 0)
        return folder

    def test_forged_checkpoints_are_refused(self):
        origin = self.vkey.split("+")[0]
        stranger = Key(b"a stranger's key")

        def signed(text, key=stranger, name=origin):
            return text + "\n" + key.line(name, text.encode()) + "\n"

        folder = self.exported()
        note = (folder / "checkpoint").read_text()
        text, lines = note.split("\n\n", 1)
        text += "\n"
        name, size, root = text.split("\n")[:3]
        forged = {
            "signed by a stranger": signed(text),
            "signed by a stranger too, with another root": signed(text.replace(root, "A" * 43 + "=")) + lines,
            "another root under the old signature": text.replace(root, "A" * 43 + "=") + "\n" + lines,
            "another size under the old signature": text.replace(f"\n{size}\n", f"\n{int(size) - 1}\n") + "\n" + lines,
            "another origin": text.replace(name, "evil.example/journal") + "\n" + lines,
            "no signature": text + "\n",
            "a signature of nothing": text + "\n" + lines.split(" ")[0] + f" {origin} AAAAAAAA\n",
            "a size with a sign": text.replace(f"\n{size}\n", f"\n+{size}\n") + "\n" + lines,
            "a line more": text + "more\n\n" + lines,
            "nothing": "",
            "a megabyte": "x" * 1_000_000,
        }
        for what, changed in forged.items():
            (folder / "checkpoint").write_text(changed)
            self.assertEqual(run_program("verify", folder, "--vkey", self.vkey).returncode in (1, 3), True, what)
        (folder / "checkpoint").write_text(note)
        # The key of the log is no use to who has not the right tree; another key is no key of this log.
        named = hashlib.sha256(origin.encode() + b"\n\x01" + stranger.public).digest()[:4].hex()
        other = f"{origin}+{named}+" + base64.b64encode(
            b"\x01" + stranger.public).decode()
        self.assertNotEqual(run_program("verify", folder, "--vkey", other).returncode, 0)

    def test_every_file_of_an_export_is_looked_at(self):
        folder = self.exported()
        files = sorted(path for path in folder.rglob("*") if path.is_file() and "tile" in path.parts)
        self.assertGreater(len(files), 3)
        for path in files:
            right = path.read_bytes()
            for at in sorted({0, len(right) // 2, len(right) - 1}):
                path.write_bytes(right[:at] + bytes([right[at] ^ 4]) + right[at + 1:])
                self.assertEqual(run_program("verify", folder, "--vkey", self.vkey).returncode in (1, 3), True,
                                 f"{path}, byte {at}")
            path.write_bytes(right[:-1])
            self.assertEqual(run_program("verify", folder, "--vkey", self.vkey).returncode in (1, 3), True,
                             f"{path}, cut")
            path.write_bytes(right)


class Charters(unittest.TestCase):
    """A charter comes from whoever founds a union, or amends it: it is refused with what is wrong, or it works."""

    def judged(self, text, what):
        with tempfile.TemporaryDirectory() as base:
            file = Path(base) / "charter.toml"
            file.write_text(text)
            for arguments in (("charter", "check", file), ("init", Path(base) / "union", "--charter", file)):
                began = time.monotonic()
                done = run_program(*arguments, timeout=60)
                self.assertIn(done.returncode, (0, 1), 
                              f"{what}: {done.returncode} {done.stdout[-300:]}{done.stderr[-300:]}")
                self.assertLess(time.monotonic() - began, 40, what)
            return done

    def test_rules_without_end_end(self):
        rule = '"quorum [ present > 1/2 seats ] pass yes > 1/2 decisive"'
        self.assertIn(rule, CHARTER)
        deep, wide = 20_000, 3_000
        for what, words in {
            "deep": "pass " + "( " * deep + "yes > 1/2 decisive" + " )" * deep,
            "not": "pass " + "not " * deep + "yes > 1/2 decisive",
            "wide": "pass " + " and ".join(["yes > 1/2 decisive"] * wide),
            "each of each": "pass " + "each st [ " * 200 + "yes > 1/2 decisive" + " ]" * 200,
            "a ratio of nothing": "pass yes > 1/0 decisive",
            "a huge ratio": f"pass yes > {10**200}/{10**200 + 1} decisive",
            "a negative ratio": "pass yes > -1/2 decisive",
            "nothing": "",
            "a megabyte": "pass " + "x" * 1_000_000,
            "other letters": "p\u0430ss yes > 1/2 decisive",
        }.items():
            with self.subTest(what):
                done = self.judged((CHARTER + MANDATES).replace(rule, json.dumps(words)), what)
                if what not in ("wide",):
                    self.assertEqual(done.returncode, 1, what)

    def test_counts_without_measure_are_refused(self):
        for count in ("0", "-1", "1000000000", "9223372036854775807", "99999999999999999999999", "1.5", '"3"'):
            with self.subTest(count):
                done = self.judged((CHARTER + MANDATES).replace("count = 3", f"count = {count}"), count)
                self.assertEqual(done.returncode, 1, count)

    def test_names_that_deceive_are_refused_or_shown_as_they_are(self):
        whole = CHARTER + MANDATES
        for what, text in {
            "an id of other letters": whole.replace('id = "house"', 'id = "hous\u0435"'),
            "an id with a blank": whole.replace('id = "house"', 'id = "ho use"'),
            "an id that climbs": whole.replace('id = "house/m"', 'id = "../../m"'),
            "an id with markup": whole.replace('id = "clerk"', 'id = "<b>"').replace('person = "clerk"',
                    'person = "<b>"'),
            "one id twice": whole + '\n[[bodies]]\nid = "house"\nkind = "parliament"\n'
                                    'name = { en = "Another" }\nrules = ["majority"]\n'
                                    'source = "invented"\ninvented = true\n',
            "a body that nobody made": whole.replace('body = "house"\n', 'body = "attic"\n', 1),
            "a circle": whole.replace('amendment = { body = "house"', 'amendment = { body = "house/clerk"'),
            "no TOML": "\x00\x01\x02", "half a TOML": whole[:len(whole) // 2 + 7], "a deep TOML": "a = " + "[" * 50_000,
            "a huge key": "a" * 200_000 + " = 1",
        }.items():
            with self.subTest(what):
                self.assertEqual(self.judged(text, what).returncode, 1, what)
        self.judged(whole.replace("Europe/Minsk", "../../../etc/passwd"), "a zone that is a path")
        for what, text in {"markup": "<script>x()</script>", "right to left": "\u202eHouse",
                           "nothing to see": "\u200b\u200b",
                           "very long": "x" * 5_000, "line breaks": "a\\nb"}.items():
            with self.subTest(what):
                self.judged(whole.replace('"A small union"', f'"{text}"'), what)

    def test_too_many_of_everything_is_refused(self):
        seats = "".join(f'\n[[seats]]\nid = "house/x{i}"\nbody = "house"\nname = {{ en = "Member" }}\n'
                        for i in range(20_000))
        done = self.judged(CHARTER + MANDATES + seats, "20,000 seats")
        self.assertIn(done.returncode, (0, 1))


if __name__ == "__main__":
    unittest.main()

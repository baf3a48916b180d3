#!/usr/bin/env python3
"""Mail to followers from beginning to end: the program, an SMTP server of Debian (aiosmtpd) with STARTTLS
and a login, and a reader who follows a body, confirms an address, is told and leaves with one click.
The mails are read by Python's own parser, which shares no code with the program that wrote them.

Where the SMTP server is not installed the step says so and tests nothing.
Ends with "N passed, N failed".
"""

import email
import email.policy
import json
import os
import re
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.error
import urllib.parse
import urllib.request
import uuid
from pathlib import Path

# Debian's packages, also where another Python comes first.
sys.path.append("/usr/lib/python3/dist-packages")
try:
    from aiosmtpd.controller import Controller
    from aiosmtpd.smtp import AuthResult
except ImportError:
    Controller = None

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = os.environ.get("VECHE_PROGRAM", str(ROOT / "build/dev/veche"))
SECRET = "a-password-that-no-log-may-hold"
SENDER = "news@union.example"

CHARTER = """
id = "small"
zone = "Europe/Minsk"
unsigned_types = ["*"]
name = { en = "A small union", ru = "Малый союз с очень длинным названием, которое не помещается в одну строку" }
amendment = { body = "house", rule = "majority" }
languages = [{ id = "en", name = "English" }, { id = "ru", name = "Русский" }]

[[rules]]
id = "majority"
name = { en = "Majority of votes cast" }
rule = "quorum [ present > 1/2 seats ] pass yes > 1/2 decisive"
source = "invented"
mark = "illustrative"

[[bodies]]
id = "house"
kind = "parliament"
name = { en = "House", ru = "Палата" }
rules = ["majority"]
source = "invented"
invented = true

[[seats]]
id = "house/m"
body = "house"
count = 3
name = { en = "Member" }

[[offices]]
id = "house/clerk"
body = "house"
name = { en = "Clerk" }
powers = ["convene", "agenda", "table", "preside"]
"""
HOLDERS = {"clerk": 'office = "house/clerk"', "anna": 'seat = "house/m-1"', "boris": 'seat = "house/m-2"'}


def uuid7():
    stamp = int(time.time() * 1000).to_bytes(6, "big") + os.urandom(10)
    number = int.from_bytes(stamp, "big") & ~(0xF << 76) & ~(0x3 << 62) | 7 << 76 | 2 << 62
    return uuid.UUID(int=number)


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


class Box:
    """What the SMTP server took, and how it answers."""

    def __init__(self):
        self.mails = []
        self.refuse = {}
        self.on_mail = None

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.refuse:
            return self.refuse[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        raw = envelope.content
        if b"\n" in raw.replace(b"\r\n", b""):
            return "554 bare line feed"
        self.mails.append((envelope.rcpt_tos[0], session.ssl is not None, session.authenticated,
                           email.message_from_bytes(raw, policy=email.policy.default)))
        if self.on_mail:
            self.on_mail()
        return "250 taken"


def check_login(server, session, envelope, mechanism, data):
    good = data.login == b"news" and data.password == SECRET.encode()
    return AuthResult(success=good, handled=good)


class Following(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.base = tempfile.TemporaryDirectory()
        cls.folder = Path(cls.base.name)
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
             "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost", "-keyout",
             "key.pem", "-out", "cert.pem"], cwd=cls.folder, check=True, capture_output=True)
        held = "".join(f'\n[[mandates]]\nid = "m-{who}"\nperson = "{who}"\n{what}\nfrom = 2020-01-01\n'
                       for who, what in HOLDERS.items())
        (cls.folder / "charter.toml").write_text(CHARTER + held)
        (cls.folder / "password").write_text(SECRET + "\n")
        cls.box = Box()
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(cls.folder / "cert.pem", cls.folder / "key.pem")
        cls.smtp = Controller(cls.box, hostname="127.0.0.1", port=free_port(), tls_context=tls,
                              require_starttls=True, auth_required=True, authenticator=check_login)
        cls.smtp.start()
        cls.mail = ["--mail-server", f"127.0.0.1:{cls.smtp.port}", "--mail-from", SENDER,
                    "--mail-login", "news", "--mail-password-file", cls.folder / "password",
                    "--mail-ca", cls.folder / "cert.pem"]
        cls.says("init", "union", "--charter", "charter.toml")
        for person in HOLDERS:
            cls.says("account", "add", "union", person, person, "--password-cost", "fast")
        cls.log = open(cls.folder / "log", "w+")
        cls.server = cls.clerk_at = None

    @classmethod
    def tearDownClass(cls):
        cls.stop()
        cls.smtp.stop()
        cls.log.close()
        cls.base.cleanup()

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

    @classmethod
    def serve(cls):
        port = free_port()
        cls.at = f"http://127.0.0.1:{port}"
        cls.server = subprocess.Popen(
            [PROGRAM, "serve", cls.folder / "union", "--port", str(port), "--password-cost", "fast",
             "--log", "debug", *map(str, cls.mail)], cwd=ROOT, stderr=cls.log, stdout=cls.log)
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    return
            time.sleep(0.1)
        raise RuntimeError("the server does not listen")

    @classmethod
    def stop(cls):
        if cls.server:
            cls.server.send_signal(signal.SIGTERM)
            cls.server.wait(30)
            cls.server = None

    # --- A reader with a browser that keeps a cookie -----------------------------------------------

    def sign_in(self, who):
        browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        self.send(browser, "/en/login", name=who, password="correct horse")
        return browser

    def get(self, browser, path):
        return browser.open(path if path.startswith("http") else self.at + path).read().decode()

    def send(self, browser, path, **fields):
        data = urllib.parse.urlencode(fields).encode()
        return browser.open(path if path.startswith("http") else self.at + path, data).read().decode()

    def act(self, browser, path, **fields):
        page = self.get(browser, "/en/follows")
        csrf = re.search(r'name="csrf" value="([^"]+)"', page).group(1)
        return self.send(browser, path, csrf=csrf, **fields)

    def clerk(self, command, **body):
        """By one login all along: a server limits how many there are."""
        if self.clerk_at != self.at:
            type(self).clerk_browser, type(self).clerk_at = self.sign_in("clerk"), self.at
        act = {"auth": "house/clerk", "body": body, "idem": str(uuid7())}
        request = urllib.request.Request(f"{self.at}/api/do/assembly.{command}",
                                         json.dumps(act).encode(), {"Content-Type": "application/json"})
        self.clerk_browser.open(request).read()

    def wait_for(self, count):
        for _ in range(150):
            if len(self.box.mails) >= count:
                return self.box.mails[-1]
            time.sleep(0.1)
        self.log.flush()
        raise AssertionError(f"{len(self.box.mails)} mails of {count}:\n"
                             + (self.folder / "log").read_text())

    # --- The story ------------------------------------------------------------------------------

    def test_1_mail_test(self):
        said = self.says("mail", "test", "union", "someone@post.example", *self.mail)
        self.assertIn("took it (reply 250)", said)
        to, tls, login, mail = self.box.mails.pop()
        self.assertEqual((to, tls, login), ("someone@post.example", True, True))
        self.assertEqual(mail["Subject"], "A small union: mail works")
        (self.folder / "wrong").write_text("wrong")
        wrong = [self.folder / "wrong" if a == self.folder / "password" else a for a in self.mail]
        done = self.run_program("mail", "test", "union", "someone@post.example", *wrong)
        self.assertEqual(done.returncode, 1)
        self.assertIn("unreachable", done.stderr)
        # A server whose certificate nobody vouches for is not used.
        done = self.run_program("mail", "test", "union", "someone@post.example", *self.mail[:-2])
        self.assertEqual(done.returncode, 1)
        self.assertEqual(self.box.mails, [])

    def test_2_follow_and_leave(self):
        self.serve()
        anna = self.sign_in("anna")
        self.assertIn("За чем вы следите", self.get(anna, "/ru/follows"))
        self.act(anna, "/ru/follows", what="mail", address=" anna@post.example ", digest="daily",
                 urgent="on", language="ru")
        to, _, _, mail = self.wait_for(1)
        self.assertEqual(to, "anna@post.example")
        self.assertIn("Малый союз с очень длинным названием", mail["Subject"])
        self.assertIsNone(mail["List-Unsubscribe"])
        link = re.search(r"http://\S+/confirm/\S+", mail.get_body(("plain",)).get_content()).group(0)
        self.assertIn("anna@post.example", self.get(anna, link))
        # Nothing is told to an address that nobody has confirmed; opening the link does not confirm.
        stranger = urllib.request.build_opener()
        self.assertIn("приходят на anna@post.example", self.send(stranger, link, x="y"))
        self.act(anna, "/en/follow", thing="body/house", on="1")
        self.clerk("convene_session", id="s", body="house", starts="2030-01-01T10:00:00.000Z",
                   title={"en": "Autumn", "ru": "Осень"}, venue={"en": "Minsk"})
        self.clerk("cancel_session", session="s", reason={"en": "Nobody comes."})
        to, tls, _, mail = self.wait_for(2)
        self.check_urgent(mail)
        self.leave(stranger, mail)
        self.clerk("convene_session", id="s2", body="house", starts="2030-01-02T10:00:00.000Z",
                   title={"en": "Winter"}, venue={"en": "Minsk"})
        self.clerk("cancel_session", session="s2", reason={"en": "Nobody comes."})
        time.sleep(3)
        self.assertEqual(len(self.box.mails), 2)

    def check_urgent(self, mail):
        self.assertIn("Осень. Заседание отменено.", mail["Subject"])
        self.assertEqual(mail["From"].addresses[0].addr_spec, SENDER)
        self.assertTrue(mail["From"].addresses[0].display_name.startswith("Малый союз"))
        self.assertEqual(mail["Content-Language"], "ru")
        self.assertEqual(mail["Auto-Submitted"], "auto-generated")
        text = mail.get_body(("plain",)).get_content()
        self.assertIn("Заседание: Осень", text)
        self.assertIn("(Минск, UTC+3)", text)
        self.assertNotIn("созвано", text)  # that waits for the digest
        self.assertIn("Осень</a>", mail.get_body(("html",)).get_content())
        self.assertEqual(list(mail.defects), [])

    def leave(self, stranger, mail):
        self.assertEqual(mail["List-Unsubscribe-Post"], "List-Unsubscribe=One-Click")
        link = mail["List-Unsubscribe"].strip("<>")
        self.assertIn("Больше не присылать", self.get(stranger, link))
        request = urllib.request.Request(link, b"List-Unsubscribe=One-Click", {
            "Content-Type": "application/x-www-form-urlencoded"})
        self.assertIn("Письма больше не придут", stranger.open(request).read().decode())

    def test_3_crash_while_a_mail_is_handed_over(self):
        """The server has the mail, the program is killed before it hears of that: the same mail comes
        once more, with the same name, and nothing else."""
        before = len(self.box.mails)
        anna = self.sign_in("anna")
        self.act(anna, "/en/follows", what="mail", address="anna@post.example", digest="daily",
                 urgent="on", language="en")
        self.act(anna, "/en/follow", thing="body/house", on="1")
        self.clerk("convene_session", id="s3", body="house", starts="2030-01-03T10:00:00.000Z",
                   title={"en": "Spring"}, venue={"en": "Minsk"})
        self.box.on_mail = self.server.kill
        try:
            self.clerk("cancel_session", session="s3", reason={"en": "Nobody comes."})
        except (OSError, urllib.error.URLError):
            pass  # the program may be gone before its answer
        self.wait_for(before + 1)
        self.server.wait(30)
        self.box.on_mail = None
        self.serve()
        self.wait_for(before + 2)
        time.sleep(3)
        names = [mail["Message-ID"] for _, _, _, mail in self.box.mails[before:]]
        self.assertEqual(len(names), 2)
        self.assertEqual(names[0], names[1])

    def test_4_addresses_that_take_no_mail(self):
        before = len(self.box.mails)
        self.box.refuse["anna@post.example"] = "550 no such person"
        self.clerk("convene_session", id="s4", body="house", starts="2030-01-04T10:00:00.000Z",
                   title={"en": "Summer"}, venue={"en": "Minsk"})
        self.clerk("cancel_session", session="s4", reason={"en": "Nobody comes."})
        anna = self.sign_in("anna")
        for _ in range(100):
            if "did not take our mail" in self.get(anna, "/en/follows"):
                break
            time.sleep(0.1)
        self.log.flush()
        self.assertIn("did not take our mail", self.get(anna, "/en/follows"),
                      (self.folder / "log").read_text()[-30000:])
        self.assertEqual(len(self.box.mails), before)

    def test_5_feeds_and_secrets(self):
        anna = self.sign_in("anna")
        page = self.act(anna, "/en/follows", what="feed")
        feed = re.search(r'href="(http://[^"]+/my/[0-9a-f]{64}\.atom)"', page).group(1)
        stranger = urllib.request.build_opener()
        self.assertIn("The session was cancelled.", self.get(stranger, feed))
        self.assertIn("STATUS:CANCELLED", self.get(stranger, feed.replace(".atom", ".ics")))
        self.act(anna, "/en/follows", what="feed")
        with self.assertRaises(urllib.error.HTTPError) as gone:
            self.get(stranger, feed)
        self.assertEqual(gone.exception.code, 404)
        self.log.flush()
        said = (self.folder / "log").read_text()
        for secret in (SECRET, "anna@post.example", feed.split("/")[-1][:64]):
            self.assertNotIn(secret, said)
        # Nothing about followers is on the journal.
        self.stop()
        self.says("export", "union", "public")
        for file in (self.folder / "public").rglob("*"):
            if file.is_file():
                self.assertNotIn(b"post.example", file.read_bytes())


def main():
    if Controller is None:
        print("skipped: no SMTP server here (Debian's python3-aiosmtpd)")
        print("0 passed, 0 failed")
        return 0
    result = unittest.TextTestRunner(verbosity=2).run(
        unittest.defaultTestLoader.loadTestsFromTestCase(Following))
    failed = len(result.failures) + len(result.errors)
    print(f"{result.testsRun - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())

"""What comes in as files and bodies: bombs, nesting without end, XML that includes or multiplies, tables that compute,
names that climb; and addresses to which somebody would send the server.
"""

import gzip
import json
import os
import resource
import socket
import subprocess
import tempfile
import threading
import time
import unittest
import urllib.parse
import zlib
from pathlib import Path

from served import PROGRAM, ROOT, Client, Served, raw, answers, run_program, small_union

CAMT = """<?xml version="1.0" encoding="UTF-8"?>{before}
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">
<BkToCstmrStmt><Stmt><Id>S-1</Id><Acct><Id><Othr><Id>EXAMPLE-1</Id></Othr></Id></Acct>
<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="RUB">9.00</Amt>
<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-03-29</Dt></Dt></Bal>
<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="RUB">4.00</Amt>
<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-03-31</Dt></Dt></Bal>
<Ntry><Amt Ccy="RUB">5</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-03-30</Dt></BookgDt>
<AcctSvcrRef>B</AcctSvcrRef><NtryDtls>
<TxDtls><Refs><EndToEndId>pay-1</EndToEndId></Refs><RmtInf><Ustrd>{text}</Ustrd></RmtInf></TxDtls></NtryDtls>
</Ntry></Stmt></BkToCstmrStmt></Document>
"""


def limited(*arguments, seconds=60, megabytes=1024):
    """The program with a bound on its memory; a bomb that went off would hit it."""
    def bound():
        resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
    began = time.monotonic()
    done = subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, timeout=seconds, preexec_fn=bound)
    return done.returncode, (done.stdout + done.stderr).decode(errors="replace"), time.monotonic() - began


class Files(unittest.TestCase):
    def setUp(self):
        place = tempfile.TemporaryDirectory()
        self.addCleanup(place.cleanup)
        self.base = Path(place.name)

    def file(self, data, name="file"):
        path = self.base / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return path

    def test_a_proper_statement_is_read(self):
        """Or else the tests below would refuse everything alike."""
        code, said, _ = limited("bank", "statement", self.file(CAMT.format(before="", text="works")))
        self.assertEqual(code, 0, said)

    def test_xml_neither_includes_nor_multiplies(self):
        secret = self.file("a-secret-of-the-server", "secret")
        laughs = '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 30))
        with socket.create_server(("127.0.0.1", 0)) as listener:
            listener.settimeout(0.1)
            here = f"http://127.0.0.1:{listener.getsockname()[1]}/x"
            for what, data in {
                "a billion laughs": CAMT.format(before=f"<!DOCTYPE d [{laughs}]>", text="&a29;"),
                "a quadratic blowup": CAMT.format(before=f'<!DOCTYPE d [<!ENTITY a "{"a" * 100_000}">]>',
                                                  text="&a;" * 20_000),
                "an external entity": CAMT.format(before=f'<!DOCTYPE d [<!ENTITY x SYSTEM "file://{secret}">]>',
                                                  text="&x;"),
                "an external entity over the network": CAMT.format(
                    before=f'<!DOCTYPE d [<!ENTITY x SYSTEM "{here}">]>', text="&x;"),
                "an external subset": CAMT.format(before=f'<!DOCTYPE d SYSTEM "{here}">', text="x"),
                "a parameter entity": CAMT.format(before=f'<!DOCTYPE d [<!ENTITY % p SYSTEM "{here}"> %p;]>', text="x"),
                "an inclusion": CAMT.format(before="", text=(
                    '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" parse="text" '
                    f'href="file://{secret}"/>')),
                "a style sheet": CAMT.format(before=f'<?xml-stylesheet type="text/xsl" href="{here}"?>', text="x"),
                "deep": "<a>" * 500_000, "deep and closed": "<a>" * 200_000 + "</a>" * 200_000,
                "many attributes": "<a " + " ".join(f'b{i}="c"' for i in range(200_000)) + "/>",
                "a long name": "<" + "a" * 5_000_000 + "/>", "a long comment": "<!--" + "-" * 5_000_000,
                "UTF-16": CAMT.format(before="", text="x").encode("utf-16"), "half a character": b"<a>\xd0</a>",
                "a NUL": b"<a>\0</a>", "nothing": b"", "a file that is none": os.urandom(100_000),
                "references without end": CAMT.format(before="", text="&#" + "9" * 100_000 + ";"),
                "an amount without end": CAMT.format(before="", text="x").replace("9.00", "9" * 1_000_000),
            }.items():
                with self.subTest(what):
                    path = self.file(data)
                    for verb in ("statement", "status"):
                        code, said, took = limited("bank", verb, path)
                        self.assertIn(code, (0, 1, 3), f"{what}: {code} {said[-300:]}")
                        self.assertNotIn("a-secret-of-the-server", said)
                        self.assertNotIn("hahahaha", said)
                        self.assertLess(took, 30, what)
            with self.assertRaises(TimeoutError):
                listener.accept()

    def test_tables_end_and_say_what_is_wrong(self):
        folder = small_union(self.base)
        head = "place,names.en,member,kind\n"
        for what, data in {
            "a quote that does not end": head + '"' + "a" * 2_000_000,
            "a million columns": "a," * 1_000_000 + "\n" + "b," * 1_000_000,
            "a million rows": head + "x\n" * 1_000_000,
            "a column twice": "place,place\nx,y\n", "no rows": head, "nothing": "", "NUL": head + "a\0b,x,by,city\n",
            "no UTF-8": (head + "a,x,by,city\n").encode() + b"\xff\xfe,\xc3\x28,by,city\n",
            "UTF-16": (head + "a,x,by,city\n").encode("utf-16"),
            "deep names": "place," + ".".join(["names"] * 5_000) + "\nx,y\n",
            "numbered without end": "place,kinds.99999999999999999999\nx,y\n",
            "a formula as a name": head + "=cmd|' /C calc'!A0,=1+1,by,city\n",
            "control characters": head + "\x1b[2J\x07,\x1b]0;x\x07,by,city\n",
        }.items():
            with self.subTest(what):
                code, said, took = limited("registry", "import", "--at", folder, "--as", "clerk", "--auth",
                                           "house/clerk", "--batch", "b",
                                           f"place={self.file(data)}", megabytes=2048)
                self.assertNotIn(code, (-6, -11, 134, 139), f"{what}: {said[-300:]}")
                self.assertNotEqual(code, 0, what)
                self.assertNotIn("\x1b", said, "a terminal would obey")
                self.assertLess(took, 40, what)

    def test_names_of_files_do_not_climb(self):
        """What is exported or kept lies below the folder that was named, whatever names are in the data."""
        folder = small_union(self.base)
        before = {path for path in self.base.rglob("*")}
        out = self.base / "out"
        done = run_program("export", folder, out)
        self.assertEqual(done.returncode, 0, done.stderr)
        new = {path for path in self.base.rglob("*")} - before
        self.assertTrue(all(path == out or out in path.parents for path in new), new)
        for way in ("../climbed", "a/../../climbed", "/etc/climbed"):
            self.assertNotEqual(run_program("document", folder, "minutes", way).returncode, 0)
        self.assertFalse((self.base.parent / "climbed").exists())


class Bodies(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.base = tempfile.TemporaryDirectory()
        cls.folder = small_union(cls.base.name)
        cls.served = Served(cls.folder, "--acts-per-second", "0")
        cls.client = Client(cls.served.port)
        assert cls.client.log_in("anna").status == 200

    @classmethod
    def tearDownClass(cls):
        cls.client.close()
        cls.served.stop()
        cls.base.cleanup()

    def memory(self):
        with open(f"/proc/{self.served.process.pid}/status") as lines:
            return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) // 1024

    def test_nothing_is_unpacked(self):
        """A gigabyte of nothing in a megabyte: it is refused before anybody would unpack it."""
        before = self.memory()
        squeeze = zlib.compressobj(9, zlib.DEFLATED, 31)
        bomb = b"".join(squeeze.compress(bytes(1 << 20)) for _ in range(200)) + squeeze.flush()
        for coding in ("gzip", "deflate", "br", "identity", "gzip, gzip"):
            answer = self.client.ask("POST", "/api/papers", bomb, {"Content-Type": "application/pdf",
                                                                   "Content-Encoding": coding})
            self.assertEqual(answer.status, 400, coding)
        # As a paper it is a file like any other: kept and handed out as it came, for saving and not for showing.
        answer = self.client.ask("POST", "/api/papers", bomb, {"Content-Type": "application/gzip"})
        self.assertEqual(answer.status, 200, answer.text)
        self.assertEqual(answer.json["size"], len(bomb))
        got = self.client.get("/api/papers/" + answer.json["sha256"])
        self.assertEqual(got.body, bomb)
        self.assertEqual(got.header("Content-Encoding"), "")
        self.assertTrue(got.header("Content-Disposition").startswith("attachment"))
        self.assertLess(self.memory() - before, 200)

    def test_pictures_are_not_looked_into(self):
        """60,000 by 60,000 dots in a hundred bytes: nobody here paints them."""
        def part(kind, data):
            return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")
        huge = (b"\x89PNG\r\n\x1a\n" + part(b"IHDR", (60_000).to_bytes(4, "big") * 2 + b"\x08\x06\0\0\0")
                + part(b"IDAT", zlib.compress(bytes(1000))) + part(b"IEND", b""))
        before = self.memory()
        answer = self.client.ask("POST", "/api/papers", huge, {"Content-Type": "image/png"})
        self.assertEqual(answer.status, 200)
        self.assertEqual(self.client.get("/api/papers/" + answer.json["sha256"]).type, "image/png")
        self.assertLess(self.memory() - before, 50)

    def test_what_runs_is_not_taken_and_what_looks_like_it_does_not_run(self):
        page = b"<!doctype html><script>alert(1)</script>"
        for media in ("text/html", "TEXT/HTML", "application/xhtml+xml", "image/svg+xml", "text/xml", "application/xml",
                      "text/javascript", "application/javascript", "text/html; charset=utf-8", " text/html",
                      "text/ecmascript; script"):
            answer = self.client.ask("POST", "/api/papers", page, {"Content-Type": media})
            self.assertEqual((answer.status, answer.code), (415, "api.paper_media"), media)
        for media, data in (("application/pdf", page), ("image/png", page), ("text/plain", b"<svg onload='x()'/>"),
                            ("application/octet-stream", b"%PDF-1.4 " + page), ("x/y", b"GIF89a/*" + page + b"*/")):
            answer = self.client.ask("POST", "/api/papers", data, {"Content-Type": media})
            self.assertEqual(answer.status, 200, media)
            got = self.client.get("/api/papers/" + answer.json["sha256"])
            self.assertIn(got.type, ("text/plain", "application/pdf", "application/octet-stream"), media)
            self.assertEqual(got.header("X-Content-Type-Options"), "nosniff")
            self.assertIn("script-src 'self'", got.header("Content-Security-Policy"))

    def test_large_bodies_are_refused_before_they_are_read(self):
        for path, size in (("/api/papers", 20 * 1024 * 1024 + 1), ("/api/do/people.revoke_key", 70_000), ("/en/login",
                70_000),
                           ("/api/papers", 2**62), ("/en/nothing", 10**9), ("/journal/checkpoint", 10**9)):
            request = (f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                       f"Content-Length: {size}\r\n\r\n").encode() + b"a" * 1000
            got, _ = answers(raw(self.served.port, request, timeout=4)[0])
            self.assertEqual(got[0][0], 413, path)
        endless = b"POST /en/login HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
        endless += b"ffff\r\n" + b"a" * 0xFFFF + b"\r\n"
        got, _ = answers(raw(self.served.port, [endless, b"ffff\r\n" + b"a" * 0xFFFF + b"\r\n"], timeout=4)[0])
        self.assertEqual(got[0][0], 413)

    def test_json_without_end_ends(self):
        for what, body in {
            "arrays": b"[" * 60_000, "closed arrays": b'{"body":' + b"[" * 20_000 + b"]" * 20_000 + b"}",
            "objects": b'{"body":' + b'{"a":' * 10_000 + b"1" + b"}" * 10_000 + b"}",
            "a key twice": b'{"body":{},"body":{}}',
            "a number": b'{"body":{"a":' + b"9" * 60_000 + b"}}", "an exponent": b'{"body":{"a":1e999999999}}',
            "a fraction": b'{"body":{"a":0.1}}', "many keys": b'{"body":{' + b",".join(b'"k%d":1' % i
                    for i in range(6000)) + b"}}",
            "a lone surrogate": b'{"body":{"a":"\\ud800"}}', "no UTF-8": b'{"body":{"a":"\xff"}}',
            "a NUL": b'{"body":{"a":"\\u0000"}}',
            "colliding keys": b'{"body":{' + b",".join(b'"%s":1' % (b"Aa" * 5 + b"BB" * (i % 7)) for i in range(500))
            + b"}}",
            "nothing": b"", "blanks": b" " * 60_000, "a mark of byte order": b"\xef\xbb\xbf{}", "two values": b"{}{}",
            "a prototype": b'{"__proto__":{"admin":true},"body":{}}', "UTF-16": '{"body":{}}'.encode("utf-16"),
        }.items():
            with self.subTest(what):
                began = time.monotonic()
                answer = self.client.ask("POST", "/api/do/people.revoke_key", body,
                                         {"Content-Type": "application/json"})
                self.assertGreaterEqual(answer.status, 400, what)
                self.assertLess(answer.status, 500, what)
                self.assertLess(time.monotonic() - began, 5, what)
        self.assertTrue(self.served.alive())

    def test_forms_without_end_end(self):
        token = "csrf=" + self.client.csrf
        part = '--x\r\nContent-Disposition: form-data; name="f{0}"{1}\r\n\r\nv\r\n'
        for what, media, body in (
                ("names", "application/x-www-form-urlencoded", "&".join(f"a{i}=" for i in range(9000))),
                ("deep names", "application/x-www-form-urlencoded", token + "&" + ".".join(["a"] * 20_000) + "=1"),
                ("numbers", "application/x-www-form-urlencoded", token
                 + "&roll.99999999999.x=1&joint_with.4294967295=x"),
                ("escapes", "application/x-www-form-urlencoded", "%" * 60_000),
                ("fields", "multipart/form-data; boundary=x", "".join(part.format(i, "") for i in range(1100))
                 + "--x--"),
                ("files", "multipart/form-data; boundary=x", "".join(part.format(i, '; filename="../../x"')
                                                                     for i in range(40)) + "--x--"),
                ("no boundary", "multipart/form-data", "x"), ("an empty boundary", 'multipart/form-data; boundary=""',
                                                              "--\r\n"),
                ("a long boundary", "multipart/form-data; boundary=" + "x" * 5000, "x"),
                ("boundaries alone", "multipart/form-data; boundary=x", "--x" * 20_000),
                ("a head without end", "multipart/form-data; boundary=x", "--x\r\n" + "A: b\r\n" * 10_000)):
            with self.subTest(what):
                for path in ("/en/do/assembly.convene_session", "/en/login", "/en/barriers/report"):
                    began = time.monotonic()
                    answer = self.client.ask("POST", path, body.encode(), {"Content-Type": media})
                    self.assertLess(answer.status, 500, (what, path))
                    self.assertGreaterEqual(answer.status, 200)
                    self.assertLess(time.monotonic() - began, 5, (what, path))
        self.assertTrue(self.served.alive())

    def test_nobody_sends_the_server_anywhere(self):
        """Every address that a request can name is that of a listener, and nobody calls. What the server reaches is
        the mail
        server alone, which its operator names when it starts."""
        calls = []
        with socket.create_server(("127.0.0.1", 0)) as listener:
            listener.settimeout(0.2)
            stop = threading.Event()

            def listen():
                while not stop.is_set():
                    try:
                        calls.append(listener.accept()[1])
                    except TimeoutError:
                        pass

            listening = threading.Thread(target=listen)
            listening.start()
            port = listener.getsockname()[1]
            here = f"http://127.0.0.1:{port}/x"
            try:
                api = self.client.get("/api/openapi.json").json["paths"]
                for path in sorted(api):
                    if path.startswith("/api/do/"):
                        schema = api[path]["post"]["requestBody"]["content"]["application/json"]["schema"]["oneOf"][0]
                        body = {name: here for name in schema["properties"]["body"].get("properties", {})}
                        self.assertLess(self.client.send(path, {"body": body}, Origin=self.served.at).status, 500)
                for quoted in (urllib.parse.quote(here, safe=""), f"127.0.0.1:{port}", here):
                    for path in (f"/en/login?back={quoted}", f"/en/explore/{quoted}", f"/en/search?q={quoted}",
                                 f"/api/papers/{quoted}",
                                 f"/journal/{quoted}", f"/en/take/{quoted}", f"/en/embed/{quoted}", f"/data/{quoted}",
                                 "/en/"):
                        answer = self.client.get(path, Host=f"127.0.0.1:{port}", X_Forwarded_Host=f"127.0.0.1:{port}",
                                                 Forwarded=f"host=127.0.0.1:{port}", Referer=here, X_Callback=here,
                                                 Link=f"<{here}>")
                        self.assertLess(answer.status, 500)
                passkey = {"_passkey": "answer", "passkey_credential": "AAAA", "passkey_data": "AAAA",
                           "passkey_signature": "AAAA",
                           "passkey_client": __import__("base64").b64encode(json.dumps({"origin": here}).encode(
                               )).decode()}
                self.client.post("/en/login", passkey)
                xml = CAMT.format(before=f'<!DOCTYPE d [<!ENTITY x SYSTEM "{here}">]>', text="&x;")
                self.client.ask("POST", "/api/papers", xml.encode(), {"Content-Type": "text/plain"})
                time.sleep(0.5)
            finally:
                stop.set()
                listening.join()
        self.assertEqual(calls, [])


if __name__ == "__main__":
    unittest.main()

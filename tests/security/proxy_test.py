"""Requests that mean one thing to a proxy and another to the server behind it, against Debian's HAProxy in front of
`veche serve`: over HTTP/1 and, where the proxy speaks it with clients, over HTTP/2. The proxy keeps connections to
the server and shares them among clients, so a request that begins inside another would be somebody else's.

What holds: whatever the server answered is a request that the proxy sent as one; the next client on the same
connection gets its own answer; and what is not one message for everybody ends its connection.

Skips where HAProxy is not installed.
"""

import os
import re
import shutil
import socket
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

from served import Client, Served, answers, free_port, raw, small_union, wait_for_port

CONFIG = """
global
    maxconn 500
    log stdout format raw local0 info
defaults
    mode http
    log global
    log-format "proxied %ST %[capture.req.uri]"
    timeout connect 2s
    timeout client 4s
    timeout server 4s
    timeout http-request 3s
    timeout http-keep-alive 3s
    option forwardfor
    http-reuse always
    retries 0
frontend one
    bind 127.0.0.1:{one}
    http-request set-header X-Forwarded-Proto https
    default_backend veche
frontend two
    bind 127.0.0.1:{two} proto h2
    http-request set-header X-Forwarded-Proto https
    default_backend veche
frontend three
    bind 127.0.0.1:{three}
    option http-buffer-request
    default_backend veche
backend veche
    server veche 127.0.0.1:{server} maxconn 4
"""
INNER = b"GET /smuggled HTTP/1.1\r\nHost: x\r\nX: "
WHOLE = b"GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n"


def post(*fields, body=b"", version=b"1.1", path=b"/outer"):
    return b"POST " + path + b" HTTP/" + version + b"\r\nHost: x\r\n" + b"".join(f + b"\r\n"
            for f in fields) + b"\r\n" + body


def chunked(data):
    return b"%x\r\n%s\r\n0\r\n\r\n" % (len(data), data)


# Bytes that a client sends at once. What would be smuggled asks for /smuggled.
LENGTH, CODED = b"Content-Length: ", b"Transfer-Encoding: "
ATTACKS = {
    "CL.TE": post(LENGTH + b"%d" % (5 + len(INNER)), CODED + b"chunked", body=b"0\r\n\r\n" + INNER),
    "TE.CL": post(LENGTH + b"4", CODED + b"chunked", body=chunked(WHOLE)),
    "TE.TE, the second unknown": post(CODED + b"chunked", CODED + b"x", body=b"0\r\n\r\n" + INNER),
    "TE.TE, the first unknown": post(CODED + b"x", CODED + b"chunked", LENGTH + b"4", body=chunked(WHOLE)),
    "chunked is not the last": post(CODED + b"chunked, identity", body=WHOLE),
    "chunked twice": post(CODED + b"chunked, chunked", body=chunked(WHOLE)),
    "gzip, chunked": post(CODED + b"gzip, chunked", body=chunked(WHOLE)),
    "identity": post(CODED + b"identity", LENGTH + b"%d" % len(WHOLE), body=WHOLE),
    "identity without length": post(CODED + b"identity", body=WHOLE),
    "an unknown coding": post(CODED + b"xchunked", LENGTH + b"4", body=chunked(WHOLE)),
    "a tab before the coding": post(b"Transfer-Encoding:\tchunked", LENGTH + b"4", body=chunked(WHOLE)),
    "a vertical tab": post(b"Transfer-Encoding: \x0bchunked", LENGTH + b"4", body=chunked(WHOLE)),
    "a blank before the colon": post(b"Transfer-Encoding : chunked", LENGTH + b"4", body=chunked(WHOLE)),
    "a line that is continued": post(b"Transfer-Encoding:\r\n chunked", LENGTH + b"4", body=chunked(WHOLE)),
    "a continued length": post(b"Content-Length: 4\r\n 2", body=WHOLE),
    "a quoted coding": post(b'Transfer-Encoding: "chunked"', LENGTH + b"4", body=chunked(WHOLE)),
    "a coding with a parameter": post(CODED + b"chunked;q=1", LENGTH + b"4", body=chunked(WHOLE)),
    "upper case": post(CODED + b"CHUNKED", LENGTH + b"4", body=chunked(WHOLE)),
    "an empty coding": post(CODED, LENGTH + b"%d" % len(WHOLE), body=WHOLE),
    "a NUL in the coding": post(CODED + b"chunked\x00", LENGTH + b"4", body=chunked(WHOLE)),
    "a field hidden by a bare LF": post(b"X: a\nTransfer-Encoding: chunked", LENGTH + b"4", body=chunked(WHOLE)),
    "a field hidden by a bare CR": post(b"X: a\rTransfer-Encoding: chunked", LENGTH + b"4", body=chunked(WHOLE)),
    "lines that end with LF alone": b"POST /outer HTTP/1.1\nHost: x\nContent-Length: 4\n\n" + WHOLE,
    "a head that ends with LF LF": b"POST /outer HTTP/1.1\r\nHost: x\r\nContent-Length: 4\n\n" + WHOLE,
    "two lengths that differ": post(LENGTH + b"4", LENGTH + b"%d" % len(WHOLE), body=WHOLE),
    "two lengths alike": post(LENGTH + b"%d" % len(WHOLE), LENGTH + b"%d" % len(WHOLE), body=WHOLE),
    "a list of lengths": post(LENGTH + b"4, %d" % len(WHOLE), body=WHOLE),
    "a signed length": post(LENGTH + b"+4", body=WHOLE),
    "a negative length": post(LENGTH + b"-4", body=WHOLE),
    "a length in hexadecimal": post(LENGTH + b"0x4", body=WHOLE),
    "a length with an underscore": post(LENGTH + b"1_0", body=WHOLE),
    "a length beyond 64 bits": post(LENGTH + b"18446744073709551620", body=WHOLE),
    "a length with zeros before it": post(LENGTH + b"0000000000004", body=b"abcd" + WHOLE),
    "a length with blanks": post(LENGTH + b"4 4", body=WHOLE),
    "a length after a NUL": post(LENGTH + b"\x004", body=WHOLE),
    "chunks of a size beyond 64 bits": post(CODED + b"chunked", body=b"10000000000000004\r\nabcd\r\n0\r\n\r\n" + WHOLE),
    "a chunk size with a sign": post(CODED + b"chunked", body=b"+4\r\nabcd\r\n0\r\n\r\n" + WHOLE),
    "a chunk size with 0x": post(CODED + b"chunked", body=b"0x4\r\nabcd\r\n0\r\n\r\n" + WHOLE),
    "a chunk extension with LF": post(CODED + b"chunked", body=b"4;a\nabcd\r\n0\r\n\r\n" + WHOLE),
    "a chunk extension with CR": post(CODED + b"chunked", body=b"4;a\rX\r\nabcd\r\n0\r\n\r\n" + WHOLE),
    "a chunk without its line end": post(CODED + b"chunked", body=b"4\r\nabcdXX0\r\n\r\n" + WHOLE),
    "chunks that end with LF": post(CODED + b"chunked", body=b"4\nabcd\n0\n\n" + WHOLE),
    "a trailer that says a length": post(CODED + b"chunked", body=b"4\r\nabcd\r\n0\r\nContent-Length: 99\r\n\r\n"
                                         + WHOLE),
    "a trailer that is a request": post(CODED + b"chunked", body=b"0\r\n" + WHOLE),
    "a body of a GET": b"GET /outer HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n" % len(WHOLE) + WHOLE,
    "a coded body of a GET": b"GET /outer HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n" + chunked(WHOLE),
    "a body of a HEAD": b"HEAD /outer HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n" % len(WHOLE) + WHOLE,
    "HTTP/1.0 with a coding": post(CODED + b"chunked", b"Connection: keep-alive", version=b"1.0", body=chunked(WHOLE)),
    "HTTP/1.0 kept alive": post(LENGTH + b"4", b"Connection: keep-alive", version=b"1.0", body=b"abcd" + INNER),
    "HTTP/1.0 without length": post(b"Connection: keep-alive", version=b"1.0", body=WHOLE),
    "HTTP/1.2": post(LENGTH + b"4", version=b"1.2", body=WHOLE),
    "HTTP/11": post(LENGTH + b"4", version=b"11", body=WHOLE),
    "a request inside the address": b"GET /outer HTTP/1.1\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n",
    "blanks in the address": b"GET /outer /smuggled HTTP/1.1\r\nHost: x\r\n\r\n",
    "a line before the request": b"\r\n\r\nPOST /outer HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nabcd" + INNER,
    "two hosts": post(b"Host: y", LENGTH + b"4", body=b"abcd" + INNER),
    "a whole address": b"GET http://y/outer HTTP/1.1\r\nHost: x\r\n\r\n" + INNER,
    "an upgrade to h2c": b"GET /outer HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
                         b"HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n\r\nPRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "an upgrade to a socket": b"GET /outer HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                              b"Sec-WebSocket-Version: 777\r\nSec-WebSocket-Key: aaaa\r\n\r\n" + WHOLE,
    "the length is for the next hop only": post(b"Connection: Content-Length", LENGTH + b"%d" % len(WHOLE), body=WHOLE),
    "the coding is for the next hop only": post(b"Connection: Transfer-Encoding", CODED + b"chunked",
                                                body=chunked(WHOLE)),
    "Expect and a length": post(b"Expect: 100-continue", LENGTH + b"%d" % len(WHOLE), body=WHOLE),
    "another expectation": post(b"Expect: y 100-continue", LENGTH + b"%d" % len(WHOLE), body=WHOLE),
    "a field name with a NUL": post(b"Content-Length\x00: 4", LENGTH + b"%d" % len(WHOLE), body=WHOLE),
    "a field without a name": post(b": x", LENGTH + b"4", body=b"abcd" + INNER),
    "a field without a colon": post(b"Content-Length 99", LENGTH + b"4", body=b"abcd" + INNER),
    "a name of other letters": post("Content-Length: 4".encode().replace(b"L", b"\xc5\x81"), LENGTH + b"4",
                                    body=b"abcd" + INNER),
    "a head of 20,000 bytes": post(b"X: " + b"a" * 20_000, LENGTH + b"4", body=b"abcd" + INNER),
    "a body over the limit": post(LENGTH + b"%d" % (70_000 + len(WHOLE)), body=b"a" * 70_000 + WHOLE),
}
# As the server itself must answer them, whoever sends them: one refusal, then the end.
REFUSED = {"CL.TE", "TE.CL", "TE.TE, the second unknown", "TE.TE, the first unknown", "chunked is not the last",
           "chunked twice",
           "gzip, chunked", "identity", "identity without length", "an unknown coding", "a vertical tab",
           "a blank before the colon", "a quoted coding", "a coding with a parameter", "a NUL in the coding",
           "two lengths that differ", "two lengths alike", "a list of lengths", "a signed length", "a negative length",
           "a length in hexadecimal", "a length with an underscore", "a length beyond 64 bits", "a length with blanks",
           "HTTP/1.0 with a coding", "HTTP/1.2", "two hosts", "a whole address", "blanks in the address",
           "a field hidden by a bare CR",
           "a field hidden by a bare LF", "lines that end with LF alone", "a head that ends with LF LF",
           "a field without a name",
           "a field without a colon", "upper case", "a tab before the coding", "a head of 20,000 bytes",
           "a body over the limit"}


# --- HTTP/2, as much of it as an attack needs --------------------------------------------------------

def frame(kind, flags, stream, data):
    return len(data).to_bytes(3, "big") + bytes([kind, flags]) + stream.to_bytes(4, "big") + data


def integer(value):
    if value < 127:
        return bytes([value])
    out, value = [127], value - 127
    while value >= 128:
        out.append(value % 128 + 128)
        value //= 128
    return bytes([*out, value])


def header_block(fields):
    """Literal fields without indexing and without Huffman (RFC 7541, 6.2.2)."""
    return b"".join(b"\x00" + integer(len(name)) + name + integer(len(value)) + value for name, value in fields)


def over_two(fields, body=b""):
    usual = [(b":method", b"POST"), (b":path", b"/outer"), (b":scheme", b"http"), (b":authority", b"x")]
    names = [name for name, _ in fields]
    block = header_block([one for one in usual if one[0] not in names] + fields)
    return (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + frame(4, 0, 0, b"") + frame(1, 4 if body else 5, 1, block)
            + (frame(0, 1, 1, body) if body else b""))


ATTACKS_TWO = {
    "H2.CL, too short": over_two([(b"content-length", b"4")], b"abcd" + WHOLE),
    "H2.CL, nothing": over_two([(b"content-length", b"0")], WHOLE),
    "H2.CL, too long": over_two([(b"content-length", b"999")], WHOLE),
    "H2.TE": over_two([(b"transfer-encoding", b"chunked")], chunked(b"") + WHOLE),
    "two lengths": over_two([(b"content-length", b"4"), (b"content-length", b"%d" % len(WHOLE))], WHOLE),
    "CRLF in a value": over_two([(b"x", b"a\r\nTransfer-Encoding: chunked")], b"0\r\n\r\n" + WHOLE),
    "CRLF in a name": over_two([(b"x: a\r\ntransfer-encoding: chunked\r\ny", b"z")], b"0\r\n\r\n" + WHOLE),
    "CRLF in the path": over_two([(b":path", b"/outer HTTP/1.1\r\nHost: x\r\n\r\nGET /smuggled HTTP/1.1\r\nX: ")]),
    "CRLF in the method": over_two([(b":method", b"GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\nGET")]),
    "blanks in the path": over_two([(b":path", b"/smuggled HTTP/1.1 x")]),
    "LF in the authority": over_two([(b":authority", b"x\nX: y")]),
    "host beside authority": over_two([(b"host", b"y")]),
    "an upper-case name": over_two([(b"Transfer-Encoding", b"chunked")], b"0\r\n\r\n" + WHOLE),
    "a blank in a name": over_two([(b"transfer-encoding ", b"chunked")], b"0\r\n\r\n" + WHOLE),
    "connection": over_two([(b"connection", b"content-length"), (b"content-length", b"%d" % len(WHOLE))], WHOLE),
    "a pseudo-header after fields": over_two([(b"x", b"y"), (b":path", b"/smuggled")]),
    "no path": over_two([(b":path", b"")]),
}


@unittest.skipUnless(shutil.which("haproxy"), "HAProxy is not installed (Debian: haproxy)")
class Proxied(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.base = tempfile.TemporaryDirectory()
        base = Path(cls.base.name)
        cls.log = open(base / "log", "w+")
        cls.served = Served(small_union(base), "--log", "debug", "--trust-proxy", "127.0.0.1", "--acts-per-second", "0",
                            log=cls.log)
        cls.one, cls.two, cls.three = free_port(), free_port(), free_port()
        (base / "haproxy.cfg").write_text(CONFIG.format(
            one=cls.one, two=cls.two, three=cls.three, server=cls.served.port))
        cls.said = open(base / "proxied", "w+")
        cls.proxy = subprocess.Popen(["haproxy", "-db", "-f", base / "haproxy.cfg"], stdout=cls.said, stderr=cls.said)
        wait_for_port(cls.one, cls.proxy)
        print(subprocess.run(["haproxy", "-v"], capture_output=True, text=True, check=True).stdout.splitlines()[0])

    @classmethod
    def tearDownClass(cls):
        cls.proxy.terminate()
        cls.proxy.wait(20)
        cls.served.stop()
        cls.log.close()
        cls.said.close()
        cls.base.cleanup()

    @staticmethod
    def lines_after(file, at):
        file.flush()
        with open(file.name, errors="replace") as lines:
            lines.seek(at)
            return lines.read()

    def asked_of_server(self, at):
        return re.findall(r"request .*?path=\"?([^ \"]+)", self.lines_after(self.log, at))

    def asked_of_proxy(self, at):
        return [uri.split("?")[0] for uri in
                re.findall(r"proxied -?\d+ (\S+)", self.lines_after(self.said, at))]

    def attack(self, port, data):
        """What came back; then others on the same proxy, whose answers must be their own."""
        at_server, at_proxy = os.path.getsize(self.log.name), os.path.getsize(self.said.name)
        came, _ = raw(port, data, timeout=0.4)
        for number in range(6):
            client = Client(self.one)
            answer = client.get(f"/en/search?q=victim{number}")
            client.close()
            self.assertEqual(answer.status, 200)
            self.assertIn(f"victim{number}", answer.text)
        time.sleep(0.05)
        served, sent = self.asked_of_server(at_server), self.asked_of_proxy(at_proxy)
        for path in set(served):
            self.assertLessEqual(served.count(path), sent.count(path),
                                 f"the server was asked for {path} and nobody sent it so: {served} of {sent}")
        return came

    def test_what_is_ambiguous_is_one_request_for_both_or_none(self):
        for name, data in ATTACKS.items():
            with self.subTest(name):
                self.attack(self.one, data)
        self.assertTrue(self.served.alive())

    def test_nothing_is_smuggled_down_from_http_2(self):
        for name, data in ATTACKS_TWO.items():
            with self.subTest(name):
                self.attack(self.two, data)
        self.assertTrue(self.served.alive())

    def test_http_2_works_at_all(self):
        """Or else the test before would find nothing wrong with anything."""
        at = os.path.getsize(self.log.name)
        self.attack(self.two, over_two([(b":method", b"GET"), (b":path", b"/en/proper")]))
        self.assertIn("/en/proper", self.asked_of_server(at))

    def test_the_server_alone_refuses_what_is_ambiguous_and_hangs_up(self):
        for name in sorted(REFUSED):
            with self.subTest(name):
                came, ended = raw(self.served.port, ATTACKS[name] + WHOLE, timeout=8)
                got, rest = answers(came)
                self.assertEqual([status for status, _, _ in got], [got[0][0]], name)
                self.assertIn(got[0][0], (400, 413, 431), name)
                self.assertTrue(ended, name)
                self.assertEqual(rest, b"")

    def test_a_client_is_who_the_proxy_says_and_not_who_it_says_itself(self):
        """The proxy adds its own line under those of the client; limits go by the proxy's."""
        codes = []
        for number in range(9):
            client = Client(self.one, "127.0.0.2", X_Forwarded_For=f"203.0.113.{number}, 203.0.113.{number}")
            codes.append(client.send("/api/login", {"login": "nobody-here", "password": "wrong password here"}).status)
            client.close()
        self.assertIn(429, codes, "one network is one network, whatever it says of itself")

    def test_what_a_client_says_in_trailers_does_not_reach_anybody(self):
        data = (b"POST /api/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                b"Transfer-Encoding: chunked\r\n"
                b"Connection: close\r\n\r\n2\r\n{}\r\n0\r\nX-Forwarded-For: 9.9.9.9\r\nX-Forwarded-Proto: http\r\n"
                b"Cookie: veche=planted\r\n\r\n")
        got, _ = answers(raw(self.one, data)[0])
        self.assertIn(got[0][0], (400, 422, 429))
        self.assertNotIn("9.9.9.9", self.lines_after(self.log, 0))

    def test_cookies_behind_tls_are_bound_to_it(self):
        client = Client(self.one)
        answer = client.log_in("anna")
        self.assertEqual(answer.status, 200)
        given = answer.header("Set-Cookie")
        self.assertTrue(given.startswith("__Host-veche="), given)
        for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
            self.assertIn(part, given)
        self.assertIn("max-age=", answer.header("Strict-Transport-Security"))
        # The cookie of plain HTTP, which a network could plant, opens nothing behind TLS.
        token = given.split(";")[0].split("=")[1]
        self.assertEqual(client.get("/api/me", Cookie=f"veche={token}").status, 401)
        self.assertEqual(client.get("/api/me", Cookie=f"__Host-veche={token}").status, 200)

    def test_many_slow_clients_of_the_proxy_hold_up_nobody(self):
        lines = []
        for _ in range(100):
            line = socket.create_connection(("127.0.0.1", self.three))
            line.sendall(b"POST /outer HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\na")
            lines.append(line)
        client = Client(self.three)
        for _ in range(5):
            self.assertEqual(client.get("/en/").status, 200)
        client.close()
        for line in lines:
            line.close()


if __name__ == "__main__":
    unittest.main()

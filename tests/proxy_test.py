"""TLS in front, as docs/operations.md shows it: the very files of that page, with a certificate made
here. Over TLS the cookie is __Host- and Secure, what a client claims of itself is not believed, event
streams are not held back, and a proxy sends nothing where /health says no."""

import http.client
import json
import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "faults"))
import union  # noqa: E402

PAGE = "docs/operations.md"
passed = failed = 0


def check(good, what):
    global passed, failed
    passed += bool(good)
    failed += not good
    if not good:
        print("FAIL", what)


def block(language):
    with open(PAGE, encoding="utf-8") as page:
        return re.search(rf"```{language}\n(.*?)```", page.read(), re.S).group(1)


def certificate(base):
    """A key and a certificate for localhost, in one file and in two."""
    key, crt, both = (os.path.join(base, n) for n in ("union.key", "union.crt", "union.pem"))
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
                    "-nodes", "-days", "2", "-subj", "/CN=localhost", "-addext",
                    "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", key, "-out", crt],
                   check=True, capture_output=True)
    with open(both, "w", encoding="ascii") as out:
        for part in (crt, key):
            with open(part, encoding="ascii") as text:
                out.write(text.read())


class Tls:
    """A client that trusts the certificate made here."""

    def __init__(self, base, port):
        self.context = ssl.create_default_context(cafile=os.path.join(base, "union.crt"))
        self.port = port
        self.cookie = None

    def ask(self, method, path, body=None, headers=None):
        c = http.client.HTTPSConnection("localhost", self.port, context=self.context, timeout=15)
        sent = dict(headers or {})
        if self.cookie:
            sent["Cookie"] = self.cookie
        if body is not None:
            sent["Content-Type"] = "application/json"
        c.request(method, path, json.dumps(body) if body is not None else None, sent)
        answer = c.getresponse()
        return answer.status, answer.headers, answer.read()


def haproxy(base, front, back):
    text = block("haproxy").replace(":443", f"127.0.0.1:{front}").replace(
        "/etc/haproxy/union.pem", os.path.join(base, "union.pem")).replace(
        "127.0.0.1:8080", f"127.0.0.1:{back}")
    path = os.path.join(base, "haproxy.cfg")
    with open(path, "w", encoding="ascii") as out:
        out.write(text)
    return ["haproxy", "-db", "-f", path]


def nginx(base, front, back):
    inner = block("nginx").replace("listen 443", f"listen 127.0.0.1:{front}").replace(
        "/etc/nginx/union", os.path.join(base, "union")).replace(
        "127.0.0.1:8080", f"127.0.0.1:{back}")
    places = "".join(f"{kind}_temp_path {base}/{kind};\n"
                     for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    path = os.path.join(base, "nginx.conf")
    with open(path, "w", encoding="ascii") as out:
        out.write(f"daemon off;\npid {base}/nginx.pid;\nerror_log stderr;\nevents {{}}\n"
                  f"http {{\naccess_log off;\n{places}{inner}}}\n")
    return ["nginx", "-e", "stderr", "-c", path]


def stream_comes(base, port):
    """The head of an event stream, before anything has happened, comes through at once."""
    context = ssl.create_default_context(cafile=os.path.join(base, "union.crt"))
    with socket.create_connection(("localhost", port), 15) as raw:
        with context.wrap_socket(raw, server_hostname="localhost") as s:
            s.settimeout(10)
            s.sendall(b"GET /api/stream HTTP/1.1\r\nHost: localhost\r\n\r\n")
            got = b""
            while b"retry: 2000" not in got:
                part = s.recv(4096)
                if not part:
                    return False
                got += part
    return b"200" in got.split(b"\r\n")[0]


def until(good, seconds=20):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if good():
                return True
        except OSError:
            pass
        time.sleep(0.1)
    return False


def through(name, command, base, front, server):
    proxy = subprocess.Popen(command(base, front, server.port), stdout=subprocess.DEVNULL,
                             stderr=subprocess.PIPE, text=True)
    try:
        client = Tls(base, front)
        up = until(lambda: client.ask("GET", "/health")[0] == 200)
        check(up, f"{name}: health through TLS")
        if not up:
            proxy.terminate()
            print(proxy.communicate()[1][-500:])
            return
        status, headers, _ = client.ask("POST", "/api/login",
                                        {"login": "p-secretary", "password": union.PASSWORD})
        cookie = headers["Set-Cookie"] or ""
        check(status == 200 and cookie.startswith("__Host-veche=") and "Secure" in cookie
              and "HttpOnly" in cookie, f"{name}: the cookie is bound to TLS: {status} {cookie[:12]}")
        client.cookie = cookie.split(";")[0]
        status, headers, body = client.ask("GET", "/api/me")
        check(status == 200 and json.loads(body)["person"] == "p-secretary",
              f"{name}: the session is found again")
        check("max-age" in (headers["Strict-Transport-Security"] or ""),
              f"{name}: browsers are told to come by TLS only")
        # A client that claims to be others, to escape its limits, is still itself.
        tries = [client.ask("POST", "/api/login", {"login": "nobody", "password": "x" * 12},
                            {"X-Forwarded-For": f"192.0.2.{n}", "X-Forwarded-Proto": "http"})[0]
                 for n in range(8)]
        check(429 in tries, f"{name}: a client does not choose its address: {tries}")
        check(stream_comes(base, front), f"{name}: an event stream is not held back")
        status, _, _ = client.ask("GET", "/journal/checkpoint")
        check(status in (200, 404), f"{name}: the journal is served")
    finally:
        proxy.terminate()
        proxy.communicate()


def main():
    proxies = [(n, c) for n, c in (("haproxy", haproxy), ("nginx", nginx)) if shutil.which(n)]
    if not proxies or not shutil.which("openssl"):
        print("neither haproxy nor nginx is there: left out")
        print("0 passed, 0 failed")
        return
    with tempfile.TemporaryDirectory() as base:
        certificate(base)
        folder = os.path.join(base, "union")
        union.found(folder, ["p-secretary"])
        for name, command in proxies:
            server = union.Server(folder, union.free_port(),
                                  more=["--trust-proxy", "127.0.0.1", "--public-url",
                                        "https://localhost"])
            check(server.wait() is None, "the server starts")
            through(name, command, base, union.free_port(), server)
            server.stop()
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()

"""A union that is served, and clients that a browser's library would not let be: bare bytes over TCP, any
header, any cookie."""

import http.client
import json
import os
import signal
import socket
import subprocess
import time
import urllib.parse
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PROGRAM = os.environ.get("VECHE_PROGRAM", str(ROOT / "build/dev/veche"))
PASSWORD = "correct horse battery"

CHARTER = """
id = "small"
zone = "Europe/Minsk"
unsigned_types = ["*"]
name = { en = "A small union", ru = "Малый союз", be = "Малы саюз" }
amendment = { body = "house", rule = "majority" }
languages = [{ id = "en", name = "English" }, { id = "ru", name = "Русский" },
             { id = "be", name = "Беларуская" }]

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
powers = ["convene", "agenda", "table", "preside", "accounts"]
"""
HOLDERS = {"clerk": 'office = "house/clerk"', "anna": 'seat = "house/m-1"', "boris": 'seat = "house/m-2"'}
MANDATES = "".join(f'\n[[mandates]]\nid = "m-{who}"\nperson = "{who}"\n{what}\nfrom = 2020-01-01\n'
                   for who, what in HOLDERS.items())


def run_program(*arguments, cwd=None, password=PASSWORD, timeout=120):
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, cwd=cwd,
                          timeout=timeout, env={**os.environ, "VECHE_PASSWORD": password})


def says(*arguments, cwd=None):
    done = run_program(*arguments, cwd=cwd)
    if done.returncode:
        raise RuntimeError(f"{arguments}: {done.stdout}{done.stderr}")
    return done.stdout + done.stderr


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def wait_for_port(port, process=None):
    for _ in range(600):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        if process and process.poll() is not None:
            raise RuntimeError("the server ended")
        time.sleep(0.1)
    raise RuntimeError("the server does not listen")


def small_union(base, accounts=tuple(HOLDERS), name="union", charter=CHARTER + MANDATES):
    """A union of three, founded in base/name, with an account for each."""
    base = Path(base)
    (base / f"{name}.toml").write_text(charter)
    says("init", base / name, "--charter", base / f"{name}.toml", "--origin", f"{name}.example/journal")
    for person in accounts:
        says("account", "add", base / name, person, person, "--password-cost", "fast")
    return base / name


class Served:
    """`veche serve` on a free port; a context manager."""

    def __init__(self, folder, *options, log=None):
        self.port = free_port()
        self.at = f"http://127.0.0.1:{self.port}"
        self.log = log or subprocess.DEVNULL
        self.process = subprocess.Popen(
            [PROGRAM, "serve", str(folder), "--port", str(self.port), "--password-cost", "fast",
             *map(str, options)], cwd=ROOT, stdout=self.log, stderr=self.log)
        wait_for_port(self.port, self.process)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(60)
            except subprocess.TimeoutExpired:
                self.process.kill()
                raise
        return self.process.returncode

    def alive(self):
        return self.process.poll() is None and Client(self.port).get("/health").status == 200


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    def header(self, name):
        return ", ".join(value for key, value in self.headers if key.lower() == name.lower())

    def all(self, name):
        return [value for key, value in self.headers if key.lower() == name.lower()]

    @property
    def type(self):
        return self.header("Content-Type").split(";")[0]

    @property
    def text(self):
        return self.body.decode("utf-8", "replace")

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def code(self):
        """The code of a refusal, "" where it is none."""
        return self.json.get("code", "") if self.type == "application/problem+json" else ""


class Client:
    """Follows no redirects, sends no header of its own but Host and lengths; keeps the cookie."""

    def __init__(self, port, source=None, **headers):
        self.port, self.source = port, source  # the address from which it comes
        self.headers = {key.replace("_", "-"): value for key, value in headers.items()}
        self.cookie = None
        self.csrf = ""
        self.connection = None

    def ask(self, method, path, body=None, headers=None, cookie=True):
        sent = {**self.headers, **(headers or {})}
        if cookie and self.cookie and "Cookie" not in sent:
            sent["Cookie"] = self.cookie
        for attempt in (0, 1):
            if self.connection is None:
                self.connection = http.client.HTTPConnection(
                    "127.0.0.1", self.port, timeout=60, source_address=(self.source, 0) if self.source else None)
            try:
                self.connection.request(method, path, body=body, headers=sent)
                answer = self.connection.getresponse()
                return Answer(answer.status, answer.getheaders(), answer.read())
            except (http.client.HTTPException, OSError):
                self.connection.close()
                self.connection = None
                if attempt:
                    raise
        return None

    def get(self, path, **headers):
        return self.ask("GET", path, headers={k.replace("_", "-"): v for k, v in headers.items()})

    def post(self, path, fields, **headers):
        return self.ask("POST", path, urllib.parse.urlencode(fields).encode(), {
            "Content-Type": "application/x-www-form-urlencoded",
            **{k.replace("_", "-"): v for k, v in headers.items()}})

    def send(self, path, value, **headers):
        return self.ask("POST", path, json.dumps(value).encode(), {
            "Content-Type": "application/json", **{k.replace("_", "-"): v for k, v in headers.items()}})

    def log_in(self, login, password=PASSWORD):
        answer = self.send("/api/login", {"login": login, "password": password})
        if answer.status == 200:
            self.cookie = answer.header("Set-Cookie").split(";")[0]
            self.csrf = answer.json["csrf"]
        return answer

    def close(self):
        if self.connection:
            self.connection.close()
            self.connection = None


def raw(port, data, timeout=5.0, shut=False, pause=0.0):
    """All bytes that come back until the end of the connection or so long without any; and whether the other
    side ended it."""
    with socket.create_connection(("127.0.0.1", port), timeout=timeout) as line:
        pieces = data if isinstance(data, list) else [data]
        try:
            for piece in pieces:
                line.sendall(piece)
                if pause:
                    time.sleep(pause)
            if shut:
                line.shutdown(socket.SHUT_WR)
        except OSError:
            pass
        out = b""
        while True:
            try:
                piece = line.recv(65536)
            except socket.timeout:
                return out, False
            except OSError:
                return out, True
            if not piece:
                return out, True
            out += piece


def answers(data):
    """The responses in what came back, each as (status, head, body); the rest that is none."""
    out = []
    while data.startswith(b"HTTP/1."):
        end = data.find(b"\r\n\r\n")
        if end < 0:
            break
        head = data[:end].decode("latin-1")
        rest = data[end + 4:]
        status = int(head.split(" ")[1])
        fields = {row.split(":", 1)[0].lower(): row.split(":", 1)[1].strip()
                  for row in head.split("\r\n")[1:] if ":" in row}
        if "chunked" in fields.get("transfer-encoding", ""):
            end = rest.find(b"0\r\n\r\n")
            body, data = rest[:end], rest[end + 5:]
        else:
            size = int(fields.get("content-length", 0)) if status not in (100, 204, 304) else 0
            body, data = rest[:size], rest[size:]
        if status != 100:
            out.append((status, head, body))
    return out, data

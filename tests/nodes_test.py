#!/usr/bin/env python3
"""Several nodes of one union on a PostgreSQL server of their own, behind HAProxy with the configuration of
docs/haproxy.cfg: logging in at one and acting at another, reading what one wrote wherever one asks, the same
event streams, a node killed under load, the server restarted under load, a server put back in time.

Where PostgreSQL or HAProxy is not installed the step says so and tests nothing.
Ends with "N passed, N failed".
"""

import base64
import http.client
import json
import os
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from pathlib import Path

from postgres_server import Server, programs

ROOT = Path(__file__).resolve().parent.parent
BUILD = Path(sys.argv[1] if len(sys.argv) > 1 else "build/dev")
PROGRAM = os.environ.get("VECHE_PROGRAM", str(ROOT / BUILD / "veche"))
PASSWORD = "the password of a test"
passed = failed = 0


def check(what, ok, seen=""):
    global passed, failed
    if ok:
        passed += 1
    else:
        failed += 1
        print(f"FAIL {what}: {seen}", flush=True)


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def wait_until(what, most_s=20):
    end = time.monotonic() + most_s
    while time.monotonic() < end:
        try:
            if what():
                return True
        except (OSError, http.client.HTTPException, ValueError):
            pass
        time.sleep(0.05)
    return False


class Client:
    """A program at an address: keeps its session, and hands back what it has seen."""

    def __init__(self, port, timeout=30):
        self.port, self.timeout, self.cookies, self.seen = port, timeout, {}, None

    def at(self, port):
        other = Client(port, self.timeout)
        other.cookies, other.seen = dict(self.cookies), self.seen
        return other

    def ask(self, method, path, body=None, media="application/json", see=True):
        to = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.timeout)
        headers = {"Content-Type": media} if body is not None else {}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
        if see and self.seen is not None:
            headers["Veche-Seen"] = self.seen
        if isinstance(body, (dict, list)):
            body = json.dumps(body)
        to.request(method, path, body, headers)
        answer = to.getresponse()
        data = answer.read()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.split(";")[0]
            if name.lower() == "veche-seen":
                self.seen = value
        to.close()
        return answer.status, data

    def login(self):
        status, data = self.ask("POST", "/api/login", {"login": "anna", "password": PASSWORD})
        assert status == 200, data
        return self

    def convene(self, name, idem=None):
        asked = {"auth": "pc/state-secretary",
                 "body": {"body": "com", "id": name, "starts": "2099-03-09T09:00:00.000Z",
                          "title": {"en": name}}}
        if idem:
            asked["idem"] = idem
        return self.ask("POST", "/api/do/assembly.convene_session", asked)

    def has(self, name):
        return self.ask("GET", f"/api/ask/assembly.session?id={name}")[0] == 200


class Node:
    def __init__(self, url, folder, name, *more, port=None, program=PROGRAM, tree=ROOT):
        self.port, self.name = port or free_port(), name
        self.log = open(folder / f"{name}.log", "a")
        self.program = subprocess.Popen(
            [program, "serve", url, "--key", str(folder / "log.key"), "--state", str(folder / name),
             "--listen", f"127.0.0.1:{self.port}", "--password-cost", "fast", "--acts-per-second", "0",
             "--reads-per-second", "0", "--trust-proxy", "127.0.0.1", "--public-url", "http://union.example",
             *more], stdout=self.log, stderr=self.log, cwd=tree)

    def well(self):
        if wait_until(lambda: Client(self.port, 2).ask("GET", "/health")[0] == 200, 30):
            return True
        print("not well:", Client(self.port, 2).ask("GET", "/health"), flush=True)
        return False

    def kill(self, how=signal.SIGKILL):
        self.program.send_signal(how)
        return self.program.wait(30)


class Proxy:
    def __init__(self, folder, nodes):
        self.port = free_port()
        text = (ROOT / "docs/haproxy.cfg").read_text()
        text = text.replace("127.0.0.1:8080", f"127.0.0.1:{self.port}")
        for address, node in zip(("127.0.0.1:9001", "127.0.0.1:9002"), nodes):
            text = text.replace(address, f"127.0.0.1:{node.port}")
        (folder / "haproxy.cfg").write_text(text)
        self.program = subprocess.Popen(["haproxy", "-db", "-f", str(folder / "haproxy.cfg")],
                                        stdout=subprocess.DEVNULL, stderr=open(folder / "haproxy.log", "w"))
        wait_until(lambda: Client(self.port, 2).ask("GET", "/health")[0] == 200)

    def end(self):
        self.program.kill()
        self.program.wait()


def veche(*arguments, code=0):
    done = subprocess.run([PROGRAM, "--json", *map(str, arguments)], text=True, capture_output=True, cwd=ROOT,
                          env={**os.environ, "VECHE_PASSWORD": PASSWORD})
    assert code is None or done.returncode == code, f"{arguments}: {done.returncode}\n{done.stdout}{done.stderr}"
    return done.stdout + done.stderr


def entries_of(url, folder):
    """The journal as anybody has it, from the exported bundles."""
    to = Path(tempfile.mkdtemp(dir=folder))
    veche("export", url, to / "out")
    out, at = [], to / "out/tile/entries"
    for bundle in sorted(p for p in at.rglob("*") if p.is_file()):
        data, i = bundle.read_bytes(), 0
        while i < len(data):
            size, = struct.unpack_from(">H", data, i)
            out.append(data[i + 2:i + 2 + size].decode())
            i += 2 + size
    out.sort(key=lambda entry: json.loads(entry.split("\n")[0])["seq"])
    return out


class Stream(threading.Thread):
    """Follows /api/stream and keeps the numbers."""

    def __init__(self, port, after):
        super().__init__(daemon=True)
        self.port, self.after, self.numbers = port, after, []
        self.start()

    def run(self):
        try:
            to = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
            to.request("GET", f"/api/stream?after={self.after}")
            answer = to.getresponse()
            while line := answer.fp.readline():
                if line.startswith(b"id: "):
                    self.numbers.append(int(line[4:]))
        except OSError:
            pass


class Load:
    """Clients behind the proxy; each repeats a command with its key until it has an answer."""

    def __init__(self, port, session, name, clients=6):
        self.acked, self.unsure, self.stop, self.lock = {}, set(), threading.Event(), threading.Lock()
        self.threads = [threading.Thread(target=self.run, args=(port, session, f"{name}-{i}"), daemon=True)
                        for i in range(clients)]
        for one in self.threads:
            one.start()

    def run(self, port, session, name):
        count = 0
        while not self.stop.is_set():
            count += 1
            key = f"{name}-{count}"
            client = session.at(port)
            client.timeout = 10
            with self.lock:
                self.unsure.add(key)
            for _ in range(60):
                try:
                    status, data = client.convene(key, key)
                except (OSError, http.client.HTTPException):
                    status, data = 0, b""
                if status == 200:
                    with self.lock:
                        self.acked[key] = json.loads(data)["seq"]
                        self.unsure.discard(key)
                    break
                if status not in (0, 502, 503, 504, 429):
                    print("unexpected", status, data[:300], flush=True)
                    return
                time.sleep(0.1)

    def end(self):
        self.stop.set()
        for one in self.threads:
            one.join(60)


def compare(what, load, url, folder):
    """Nothing acknowledged is missing, nothing stands twice, all at the numbers that were told."""
    # An export ends with what is signed, which may be a second or two behind what was acknowledged.
    last = max(load.acked.values(), default=0)
    wait_until(lambda: len(entries_of(url, folder)) > last, 15)
    entries = entries_of(url, folder)
    found = {}
    twice = 0
    for seq, entry in enumerate(entries):
        lines = entry.split("\n")
        check_number = json.loads(lines[0])["seq"] == seq
        if not check_number:
            check(f"{what}: entry {seq} has its number", False, lines[0])
        event = json.loads(lines[1])
        if "idem" in event:
            twice += event["idem"] in found
            found[event["idem"]] = seq
    missing = [key for key, seq in load.acked.items() if found.get(key) != seq]
    check(f"{what}: nothing acknowledged is missing", not missing, missing[:5])
    check(f"{what}: nothing stands twice", twice == 0, twice)
    check(f"{what}: there was load", len(load.acked) > 20, len(load.acked))
    veche("verify", url)
    check(f"{what}: the journal verifies", True)


def reading(nodes, proxy):
    one, two = (Client(node.port) for node in nodes)
    one.login()
    stale = 0
    for i in range(20):
        here, there = (one, two) if i % 2 == 0 else (two, one)
        there.cookies, here.cookies = dict(one.cookies or two.cookies), dict(one.cookies or two.cookies)
        status, data = here.convene(f"r-{i}")
        check(f"a session of one node acts at any ({i})", status == 200, data)
        there.seen = here.seen
        stale += not there.has(f"r-{i}")
        stale += not one.at(proxy.port).has(f"r-{i}") if here is one else 0
    check("what one wrote is read at any node", stale == 0, stale)
    # A browser has it from the cookie.
    status, _ = one.convene("r-cookie")
    browser = one.at(nodes[1].port)
    check("a browser is told what it wrote", int(browser.cookies["veche-seen"]) >= 20, browser.cookies)
    status, page = browser.ask("GET", "/en/sessions/r-cookie", see=False)
    check("and its next page has it", status == 200 and b"r-cookie" in page, status)
    # What nobody has written is not waited for.
    browser.seen, browser.cookies = "999999999", dict(one.cookies, **{"veche-seen": "888888888"})
    began = time.monotonic()
    check("a claim to have seen more than there is costs nobody time",
          browser.has("r-1") and time.monotonic() - began < 2.5, time.monotonic() - began)
    paper = b"a paper of the first node"
    status, data = one.ask("POST", "/api/papers", paper, "text/plain")
    status, got = two.ask("GET", "/api/papers/" + json.loads(data)["sha256"])
    check("a paper of one node is served by the other", status == 200 and got == paper, status)
    status, data = one.ask("POST", "/api/sealed?name=x.txt", b"sealed words", "text/plain")
    check("a text is sealed", status == 200, data)
    check("both serve the same key", len({node_vkey(node) for node in nodes}) == 1)
    status, _ = two.ask("POST", "/api/logout")
    check("who logs out at one is out at all", one.ask("GET", "/api/me")[0] == 401)


def node_vkey(node):
    return Client(node.port).ask("GET", "/journal/vkey")[1]


def streams(nodes, proxy, session):
    after = int(json.loads(Client(nodes[0].port).ask("GET", "/health")[1])["entries"]) - 1
    followers = [Stream(node.port, after) for node in nodes] + [Stream(proxy.port, after)]
    time.sleep(0.3)
    for i in range(12):
        session.at(nodes[i % 2].port).convene(f"s-{i}")
    wait_until(lambda: all(len(f.numbers) >= 12 for f in followers), 10)
    expected = list(range(after + 1, after + 13))
    check("event streams tell the same, without a gap", all(f.numbers[:12] == expected for f in followers),
          [f.numbers for f in followers])


def checkpoints(nodes):
    def same():
        notes = {Client(node.port).ask("GET", "/journal/checkpoint")[1] for node in nodes}
        sizes = {int(note.split(b"\n")[1]) for note in notes}
        ends = {json.loads(Client(node.port).ask("GET", "/health")[1])["entries"] for node in nodes}
        return len(notes) == 1 and sizes == ends
    check("both come to serve one checkpoint of all there is", wait_until(same, 15))


def killed(url, folder, nodes, proxy, session):
    load = Load(proxy.port, session, "k")
    time.sleep(1.5)
    nodes[1].kill()
    time.sleep(2.5)
    port = nodes[1].port
    again = Node(url, folder, "two")
    check("a killed node comes back", again.well())
    again.kill(signal.SIGTERM)
    time.sleep(0.5)
    load.end()
    compare("a node killed", load, url, folder)
    return port


def restarted(server, url, folder, node, session):
    """The server goes and comes back under load: no node ends, and readers are answered all the time."""
    load = Load(node.port, session, "p")
    time.sleep(1.0)
    server.run("pg_ctl", "-D", server.data, "-m", "immediate", "-w", "stop")
    reader = Client(node.port, 5)
    answers = [reader.ask("GET", "/en/sessions")[0] for _ in range(5)]
    check("readers are answered while the server is away", answers == [200] * 5, answers)
    check("health says so", wait_until(lambda: reader.ask("GET", "/health")[0] == 503, 5))
    time.sleep(1.0)
    server.run("pg_ctl", "-D", server.data, "-l", server.folder / "log", "-w", "start")
    check("and that it is well again", node.well())
    time.sleep(1.5)
    load.end()
    check("the node never ended", node.program.poll() is None, node.program.poll())
    compare("a server restarted", load, url, folder)


def put_back(server, url, folder, session, node):
    """A server restored from an older copy: a node that saw more signed does not serve it."""
    dump = server.folder / "copy.sql"
    server.run("pg_dump", "-h", "127.0.0.1", "-p", server.port, "-U", "admin", "-f", dump, "journal")
    session.at(node.port).convene("after-the-copy")
    checkpoints([node])
    node.kill(signal.SIGTERM)
    server.fresh()
    server.run("psql", "-q", "-h", "127.0.0.1", "-p", server.port, "-U", "admin", "-d", "journal", "-f", dump)
    stale = Node(url, folder, "one")
    code = stale.program.wait(30)
    said = (folder / "one.log").read_text()
    check("a node does not serve what is older than what it saw signed", code == 3 and "were signed" in said,
          (code, said[-300:]))


def main():
    if programs() is None or shutil.which("haproxy") is None:
        print("PostgreSQL or HAProxy is not installed: nothing tested\n0 passed, 0 failed")
        return 0
    with Server() as server, tempfile.TemporaryDirectory() as place:
        folder, url = Path(place), server.url("veche")
        nodes = []
        try:
            veche("init", url, "--charter", ROOT / "unions/union-state.toml", "--key", folder / "log.key")
            veche("init", url, "--charter", ROOT / "unions/union-state.toml", "--key", folder / "log.key",
                  code=3)
            veche("account", "add", url, "anna", "state-secretary", "--password-cost", "fast")
            check("accounts are on the server", "anna" in veche("account", "list", url))
            check("the log's key is its owner's alone",
                  oct((folder / "log.key").stat().st_mode & 0o777) == "0o600")
            nodes = [Node(url, folder, name) for name in ("one", "two")]
            check("two nodes serve", all(node.well() for node in nodes))
            refused = Node(url, folder, "one")
            check("a node's own folder is its alone", refused.program.wait(30) == 3)
            proxy = Proxy(folder, nodes)
            reading(nodes, proxy)
            session = Client(nodes[1].port).login()
            streams(nodes, proxy, session)
            checkpoints(nodes)
            veche("do", "assembly.convene_session", "id=cli", "body=com", "title.en=x",
                  "starts=2099-03-09T09:00:00.000Z", "--at", url, "--as", "state-secretary",
                  "--auth", "pc/state-secretary")
            check("the command line acts on the server",
                  "cli" in veche("ask", "assembly.session", "id=cli", "--at", url))
            killed(url, folder, nodes, proxy, session)
            proxy.end()
            restarted(server, url, folder, nodes[0], session)
            put_back(server, url, folder, session, nodes[0])
        except Exception:  # whatever it is, the step says so and cleans up
            traceback.print_exc()
            check("the steps ran to their end", False)
            for log in folder.glob("*.log"):
                print(f"-- {log.name}\n" + log.read_text()[-2000:])
        finally:
            for node in nodes:
                if node.program.poll() is None:
                    node.kill()
    print(f"{passed} passed, {failed} failed")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())

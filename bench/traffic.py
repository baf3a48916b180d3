#!/usr/bin/env python3
"""Mixed traffic on the example union: two nodes on a PostgreSQL server (its fsync on) behind HAProxy, for half an hour.

    bench/traffic.py BUILD_FOLDER [--seconds 1800] [--scale 1.0] [--out FILE]

Readers of pages in three languages, programs that ask views and fetch tiles, followers of the event stream; a live
vote in which ballots are cast and changed and which is closed each minute by a decision that opens the next; the
closing day of a call, whose applicants apply and change their minds; payments into the fund. Arrivals are planned
beforehand (Poisson, by a seed), and a latency counts from the planned moment: a stall is not hidden by waiting.

Prints a table and writes one JSON object: p50, p95, p99 and errors by kind, memory of both nodes by the minute and of a
node that starts afterwards, before and after it has shown every page, the delay from an act's answer to its line in
another node's stream. In the end the journal is verified, and every acknowledged act must stand in it once.
docs/performance.md has the figures.
"""

import argparse
import asyncio
import json
import os
import random
import re
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent.parent / "tests"))
import postgres_server  # noqa: E402
import nodes_test  # noqa: E402
from faults.cluster_clients import SEATS  # noqa: E402

ROOT = nodes_test.ROOT
PASSWORD = "veche-demo"  # of every login of the demo
APPLICANTS = 40
STREAMS = 100
ANSWER_S = 60
# Arrivals in a second, each kind by itself.
RATES = {"page": 50.0, "own page": 5.0, "view": 8.0, "tile": 4.0, "ballot": 4.0, "application": 4.0, "payment": 1.0}


class NoAnswer(Exception):
    pass


class Wire:
    """Connections to one address, kept alive, each with one request at a time."""

    def __init__(self, port):
        self.port, self.free, self.again = port, [], 0

    async def ask(self, method, path, headers=None, body=None):
        """Status, headers, bytes; NoAnswer where there is none."""
        data = b"" if body is None else json.dumps(body).encode()
        lines = [f"{method} {path} HTTP/1.1", "Host: union.example"]
        lines += [f"{k}: {v}" for k, v in (headers or {}).items()]
        if body is not None:
            lines += ["Content-Type: application/json", f"Content-Length: {len(data)}"]
        message = "\r\n".join(lines).encode() + b"\r\n\r\n" + data
        for fresh in (False, True):
            connection = None if fresh or not self.free else self.free.pop()
            kept = connection is not None
            try:
                connection = connection or await asyncio.open_connection("127.0.0.1", self.port, limit=1 << 22)
                connection[1].write(message)
                answer = await asyncio.wait_for(self.read(connection[0]), ANSWER_S)
            except (OSError, asyncio.IncompleteReadError, asyncio.TimeoutError, ValueError) as trouble:
                if connection:
                    connection[1].close()
                # The proxy may just have closed a connection that was kept: a reading is asked for again, and a command
                # with its key, as docs/nodes.md tells whoever writes a client.
                repeatable = method == "GET" or "idem" in (body or {})
                if kept and repeatable and not isinstance(trouble, asyncio.TimeoutError):
                    self.again += 1
                    continue
                raise NoAnswer(repr(trouble)) from trouble
            if answer[1].get("connection", "").lower() == "close":
                connection[1].close()
            else:
                self.free.append(connection)
            return answer
        raise NoAnswer("no connection")

    @staticmethod
    async def read(reader):
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers, cookies = {}, []
        for line in head[1:]:
            name, _, value = line.partition(":")
            if name.lower() == "set-cookie":
                cookies.append(value.strip().split(";")[0])
            elif name:
                headers[name.lower()] = value.strip()
        headers["cookies"] = cookies
        body = b""
        if headers.get("transfer-encoding") == "chunked":
            while size := int((await reader.readline()).strip(), 16):
                body += (await reader.readexactly(size + 2))[:-2]
            await reader.readline()
        else:
            body = await reader.readexactly(int(headers.get("content-length", 0)))
        return int(head[0].split()[1]), headers, body


class Person:
    """Somebody who is logged in, as a browser: keeps the cookies of the union and of the proxy."""

    def __init__(self, wire, login):
        self.wire, self.login, self.cookies, self.acts = wire, login, {}, 0

    async def ask(self, method, path, body=None):
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())} if self.cookies else {}
        status, answered, data = await self.wire.ask(method, path, headers, body)
        for cookie in answered["cookies"]:
            name, _, value = cookie.partition("=")
            self.cookies[name] = value
        return status, data

    async def log_in(self):
        status, data = await self.ask("POST", "/api/login", {"login": self.login, "password": PASSWORD})
        assert status == 200, (self.login, data)

    async def do(self, kind, auth, body, idem=None):
        self.acts += 1
        idem = idem or f"traffic-{self.login}-{self.acts}"
        status, data = await self.ask("POST", "/api/do/" + kind, {"auth": auth, "idem": idem, "body": body})
        return status, json.loads(data) if data[:1] == b"{" else {}, idem


def quantile(ordered, q):
    return ordered[min(len(ordered) - 1, int(q * len(ordered)))] if ordered else 0.0


class Record:
    """What came of all requests."""

    def __init__(self):
        self.took, self.errors, self.acked = {}, {}, {}
        self.answered, self.delays = {}, []

    def note(self, kind, planned, status, refused=""):
        self.took.setdefault(kind, []).append((time.monotonic() - planned) * 1000)
        if status != 200:
            by = self.errors.setdefault(kind, {})
            name = f"{status} {refused}".strip()
            by[name] = by.get(name, 0) + 1

    def acknowledged(self, idem, seq):
        self.acked[idem] = seq
        self.answered[seq] = time.monotonic()

    def visible(self, seq):
        """The streams of both nodes have it."""
        if seq in self.answered:
            self.delays.append((time.monotonic() - self.answered.pop(seq)) * 1000)

    def table(self, seconds):
        rows = {}
        for kind, took in self.took.items():
            ordered = sorted(took)
            rows[kind] = {"requests": len(ordered), "a_second": round(len(ordered) / seconds, 2),
                          "p50_ms": round(quantile(ordered, 0.5), 1), "p95_ms": round(quantile(ordered, 0.95), 1),
                          "p99_ms": round(quantile(ordered, 0.99), 1), "max_ms": round(ordered[-1], 1),
                          "errors": self.errors.get(kind, {})}
        return rows


async def memory_of(node):
    """Resident and allocated, in MiB."""
    _, _, text = await node.vitals.ask("GET", "/metrics")
    found = dict(line.split(" ") for line in text.decode().splitlines() if line[:1] != "#")
    return [int(float(found[name])) >> 20 for name in ("process_resident_memory_bytes", "veche_heap_bytes")]


async def memory_before_and_after_reading(node, pages):
    """Every page twice, several readers at once: what a node then holds more than before is kept for reading."""
    before, wire, left = await memory_of(node), Wire(node.port), 2 * pages

    async def reader():
        while left:
            await wire.ask("GET", left.pop())
    await asyncio.gather(*(reader() for _ in range(16)))
    return before, await memory_of(node)


class Traffic:
    def __init__(self, nodes, proxy, scale, seconds, started):
        self.nodes, self.wire = nodes, Wire(proxy.port)
        self.scale, self.seconds, self.started = scale, seconds, started
        self.record, self.dice = Record(), random.Random(26)
        self.people, self.pages, self.vote, self.closed = {}, [], "v0", 0
        self.memory, self.streamed, self.shown_by = [], 0, {}
        self.running = set()

    # --- Beforehand ------------------------------------------------------------------------------

    async def act(self, who, auth, kind, body):
        status, answer, idem = await self.people[who].do(kind, auth, body)
        if status != 200:
            raise RuntimeError(f"{kind}: {answer}")
        self.record.acked[idem] = answer["seq"]

    async def prepare(self):
        for login in [*SEATS, "treasurer", *(f"under-load-{n}" for n in range(APPLICANTS))]:
            self.people[login] = Person(self.wire, login)
            await self.people[login].log_in()
        secretary, self.chair = ("state-secretary", "pc/state-secretary"), ("ru-prime-minister", "com/chair")
        await self.act(*secretary, "assembly.convene_session",
                       {"id": "traffic", "body": "com", "title": {"en": "Session under load"},
                        "starts": self.utc(86400)})
        await self.act(*secretary, "assembly.add_item",
                       {"session": "traffic", "item": "i1", "kind": "decision", "title": {"en": "Item"}})
        await self.act(*self.chair, "assembly.open_session", {"session": "traffic"})
        call = {"call": "traffic-call", "kind": "places", "title": {"en": "Call"}, "text": {"en": "Text"}, "body": "pc",
                "programmes": [{"programme": p, "title": {"en": p}, "host": "Host", "capacity": 5} for p in "pqr"],
                "rules": {"ties": "hungarian", "unfilled": "none"}, "assessors": 1, "answer_days": 5, "appeal_days": 5,
                "criteria": [{"criterion": "merit", "title": {"en": "Merit"}, "max": 10, "weight": 1}],
                "opens": self.utc(20), "closes": self.utc(86400)}
        await self.open_vote("for-call", [{"type": "calls.open_call", "v": 1, "body": call}])
        for person, seat in SEATS.items():
            await self.act(person, seat, "assembly.cast_ballot",
                           {"vote": "for-call", "seat": seat, "choice": "yes"})
        await self.act(*self.chair, "assembly.close_vote", {"vote": "for-call"})
        status, data = await self.people["state-secretary"].ask("GET", "/api/ask/calls.call?call=traffic-call")
        assert status == 200, data
        await self.open_vote("v0", [])
        began = time.monotonic()
        self.pages = await self.find_pages()
        await asyncio.sleep(max(0.0, 21 - (time.monotonic() - began)))

    @staticmethod
    def utc(seconds):
        return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(time.time() + seconds)) + ".000Z"

    async def open_vote(self, vote, orders):
        await self.act(*self.chair, "assembly.table_motion",
                       {"motion": f"m-{vote}", "session": "traffic", "item": "i1", "title": {"en": "Motion"},
                        "text": {"en": "Text"}, "enactments": orders})
        await self.act(*self.chair, "assembly.open_vote", {"vote": vote, "motion": f"m-{vote}"})

    async def find_pages(self):
        """What a reader can reach in two steps from the front page, in each language."""
        found = {}
        for language in ("en", "ru", "be"):
            wave = [f"/{language}/"]
            for _ in range(2):
                following = []
                for path in wave:
                    status, headers, data = await self.wire.ask("GET", path)
                    if status != 200 or "text/html" not in headers.get("content-type", ""):
                        continue
                    found[path] = None
                    following += re.findall(rf'href="(/{language}/[^"#?]*)"', data.decode())
                wave = [path for path in dict.fromkeys(following)
                        if path not in found and not re.search(r"/(take|embed|login|logout|recover)\b|\.\w+$", path)]
            for path in wave[:300]:
                found[path] = None
        return list(found)

    # --- One request of each kind ----------------------------------------------------------------

    async def get(self, kind, planned, path, person=None):
        if person:
            status, _ = await person.ask("GET", path)
        else:
            status, _, _ = await self.wire.ask("GET", path)
        # A page that leads on, and one that is gone since the pages were listed, are no fault.
        self.record.note(kind, planned, 200 if status in (302, 303) else status, path if status != 200 else "")

    async def page(self, planned):
        # Every second reader comes to one of the first pages.
        which = self.dice.choice(self.pages[:40] if self.dice.random() < 0.5 else self.pages)
        await self.get("page", planned, which)

    async def own_page(self, planned):
        person = self.people[self.dice.choice(list(SEATS))]
        await self.get("own page", planned,
                       self.dice.choice(["/en/me", "/ru/me", f"/en/votes/{self.vote}", "/ru/", "/be/late"]), person)

    async def view(self, planned):
        await self.get("view", planned, "/api/ask/" + self.dice.choice(
            ["assembly.sessions", "assembly.decisions", "fund.budget", "calls.calls", f"assembly.vote?id={self.vote}"]))

    async def tile(self, planned):
        await self.get("tile", planned, self.dice.choice(
            ["/journal/checkpoint", "/journal/tile/0/000", "/journal/tile/entries/000", "/journal/tile/entries/001"]))

    async def command(self, kind, planned, who, auth, name, body):
        status, answer, idem = await self.people[who].do(name, auth, body)
        self.record.note(kind, planned, status, answer.get("code", ""))
        if status == 200:
            self.record.acknowledged(idem, answer["seq"])

    async def ballot(self, planned):
        who = self.dice.choice(list(SEATS))
        await self.command("ballot", planned, who, SEATS[who], "assembly.cast_ballot",
                           {"vote": self.vote, "seat": SEATS[who], "choice": self.dice.choice(["yes", "no"])})

    async def application(self, planned):
        who = f"under-load-{self.dice.randrange(APPLICANTS)}"
        await self.command("application", planned, who, who, "calls.submit_application",
                           {"call": "traffic-call", "choices": self.dice.sample("pqr", self.dice.randint(1, 3))})

    async def payment(self, planned):
        number = self.people["treasurer"].acts
        await self.command("payment", planned, "treasurer", "pc/treasurer", "fund.receive_contribution",
                           {"amount": {"minor": "100", "unit": "RUB"}, "contribution": f"t{number}",
                            "effective": self.utc(0)[:10], "member": "ru", "reference": "r"})

    # --- All of it -------------------------------------------------------------------------------

    async def kept(self, kind, planned, work):
        try:
            await work(planned)
        except NoAnswer as trouble:
            self.record.note(kind, planned, 0, str(trouble)[:60])

    async def arrivals(self, kind, work):
        dice = random.Random(f"26-{kind}")
        planned, end = time.monotonic(), time.monotonic() + self.seconds
        while True:
            planned += dice.expovariate(RATES[kind] * self.scale)
            if planned > end:
                return
            await asyncio.sleep(max(0.0, planned - time.monotonic()))
            task = asyncio.create_task(self.kept(kind, planned, work))
            self.running.add(task)
            task.add_done_callback(self.running.discard)

    async def votes(self):
        """Each minute a vote is closed and the next opened."""
        end = time.monotonic() + self.seconds
        while time.monotonic() + 60 < end:
            await asyncio.sleep(60)
            following = f"v{self.closed + 1}"
            await self.open_vote(following, [])
            before, self.vote = self.vote, following
            await asyncio.sleep(2)
            await self.act(*self.chair, "assembly.close_vote", {"vote": before})
            self.closed += 1

    async def stream(self, number):
        """A follower of one node; the delays are taken from the first of each."""
        port = self.nodes[number % 2].port
        reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 22)
        writer.write(f"GET /api/stream?after={self.started} HTTP/1.1\r\nHost: union.example\r\n\r\n".encode())
        try:
            while line := await reader.readline():
                if line.startswith(b"id: "):
                    self.streamed += 1
                    if number < 2:
                        self.shown(number, int(line[4:]))
        finally:
            writer.close()

    def shown(self, node, seq):
        """An act is visible when the stream of the later node has it."""
        if self.shown_by.setdefault(seq, node) != node:
            del self.shown_by[seq]
            self.record.visible(seq)

    async def watch(self):
        while True:
            now = {}
            for node in self.nodes:
                now[node.name] = await memory_of(node)
            now["load"] = round(os.getloadavg()[0], 1)
            self.memory.append(now)
            await asyncio.sleep(60)

    async def run(self):
        await self.prepare()
        streams = [asyncio.create_task(self.stream(n)) for n in range(STREAMS)]
        watcher = asyncio.create_task(self.watch())
        await asyncio.sleep(2)
        works = {"page": self.page, "own page": self.own_page, "view": self.view, "tile": self.tile,
                 "ballot": self.ballot, "application": self.application, "payment": self.payment}
        await asyncio.gather(self.votes(), *(self.arrivals(kind, work) for kind, work in works.items()))
        while self.running:
            await asyncio.wait(self.running)
        await asyncio.sleep(3)
        dropped = sum(task.done() for task in streams)
        for task in [*streams, watcher]:
            task.cancel()
        ordered = sorted(self.record.delays)
        return {"seconds": self.seconds, "pages": len(self.pages), "kinds": self.record.table(self.seconds),
                "votes_closed": self.closed, "acknowledged": len(self.record.acked),
                "streams": {"open": STREAMS, "dropped": dropped, "lines": self.streamed, "acts": len(ordered),
                            "p50_ms": round(quantile(ordered, 0.5), 1), "p99_ms": round(quantile(ordered, 0.99), 1)},
                "sent_again": self.wire.again, "memory_mib": self.memory}


def found(folder, url):
    """The example union after its year, on the server, with logins for applicants."""
    union = folder / "union"
    port = nodes_test.free_port()
    demo = nodes_test.subprocess.Popen(
        [nodes_test.PROGRAM, "demo", str(union), "--port", str(port), "--password-cost", "fast"],
        stdout=nodes_test.subprocess.DEVNULL, cwd=ROOT)
    ready = nodes_test.wait_until(
        lambda: nodes_test.Client(port, 2).ask("GET", "/health")[0] == 200, 300)
    demo.send_signal(signal.SIGTERM)
    demo.wait(60)
    assert ready, "the example union does not start"
    nodes_test.PASSWORD = PASSWORD
    for n in range(APPLICANTS):
        nodes_test.veche("account", "add", union, f"under-load-{n}", f"under-load-{n}", "--password-cost", "fast")
    # These are asked to sign in the example; a login alone is what the traffic has.
    for person in sorted(SEATS):
        nodes_test.veche("do", "--at", union, "--as", "registrar", "--auth", "pc/registrar", "people.revoke_key",
                         f"person={person}", "key=laptop", code=None)
    nodes_test.veche("migrate", union, url)
    shutil.copy(union / "log.key", folder / "log.key")


def watched_node(url, folder, name):
    port = nodes_test.free_port()
    node = nodes_test.Node(url, folder, name, "--metrics", f"127.0.0.1:{port}")
    node.vitals = Wire(port)
    return node


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build")
    parser.add_argument("--seconds", type=int, default=1800)
    parser.add_argument("--scale", type=float, default=1.0, help="of all rates")
    parser.add_argument("--out", default="build/bench/traffic.json")
    wanted = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="veche-traffic-"))
    nodes, proxy = [], None
    with postgres_server.Server() as server:
        try:
            url = server.url("veche")
            found(folder, url)
            nodes = [watched_node(url, folder, name) for name in ("one", "two")]
            assert all(node.well() for node in nodes), "a node is not well"
            proxy = nodes_test.Proxy(folder, nodes)
            before = json.loads(nodes_test.Client(nodes[0].port).ask("GET", "/health")[1])["entries"]
            traffic = Traffic(nodes, proxy, wanted.scale, wanted.seconds, before)
            out = asyncio.run(traffic.run())
            out["entries"] = json.loads(nodes_test.Client(nodes[0].port).ask("GET", "/health")[1])["entries"]
            # What a node holds that has folded the same and answered nobody.
            nodes.append(watched_node(url, folder, "three"))
            assert nodes[-1].well(), "a new node is not well"
            time.sleep(5)
            out["started_after_mib"], out["read_after_mib"] = asyncio.run(
                memory_before_and_after_reading(nodes[-1], traffic.pages))
            nodes_test.compare("traffic", traffic.record, url, folder)
            out["lost_or_doubled"] = nodes_test.failed
        finally:
            for node in nodes:
                node.kill(signal.SIGTERM)
            if proxy:
                proxy.end()
    shutil.rmtree(folder, ignore_errors=True)
    Path(wanted.out).parent.mkdir(parents=True, exist_ok=True)
    Path(wanted.out).write_text(json.dumps(out, indent=1) + "\n")
    show(out)
    return 1 if out["lost_or_doubled"] else 0


def show(out):
    print(f"{'':<14}{'requests':>9}{'a second':>9}{'p50 ms':>8}{'p95 ms':>8}{'p99 ms':>8}{'max ms':>9}  errors")
    for kind, row in out["kinds"].items():
        print(f"{kind:<14}{row['requests']:>9}{row['a_second']:>9}{row['p50_ms']:>8}{row['p95_ms']:>8}"
              f"{row['p99_ms']:>8}{row['max_ms']:>9}  {row['errors'] or 'none'}")
    print(f"{out['acknowledged']} acts acknowledged, {out['votes_closed']} votes closed, "
          f"{out['lost_or_doubled']} checks of the journal failed; {out['entries']} entries")
    print("streams:", out["streams"])
    print("memory and allocated (MiB), load by the minute:", out["memory_mib"])
    print("of a node that starts then:", out["started_after_mib"], "and has shown every page:", out["read_after_mib"])


if __name__ == "__main__":
    sys.exit(main())

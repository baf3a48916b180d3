#!/usr/bin/env python3
"""A union on several machines of one computer, each in a network namespace: PostgreSQL with a synchronous standby,
nodes, HAProxy, clients; and what breaks them, by a seed. In the end what clients were told is compared with the
journal as each node publishes it: nothing acknowledged is missing or twice, one order, one tree, the same state.

    tests/faults/cluster_test.py [--seed N] [--seconds N] [--nodes N] [--keep]

Needs root, iproute2, nftables, PostgreSQL, HAProxy and gcc; without them it says what is missing and tests nothing.
Ends with "N passed, N failed". What is random in a kernel stays random: a seed repeats the schedule.
"""
import argparse
import base64
import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import cluster_clients
import cluster_net
import union
from cluster_net import Machine, Net, Node, Postgres, Proxy, run

ORIGIN = "cluster.example/journal"
CALL = [{"type": "calls.open_call", "v": 1, "body": {
    "call": "c", "kind": "places", "title": {"en": "Call"}, "text": {"en": "Text"}, "body": "pc",
    "programmes": [{"programme": "p", "title": {"en": "P"}, "host": "H", "capacity": 1}],
    "rules": {"ties": "hungarian", "unfilled": "none"},
    "criteria": [{"criterion": "merit", "title": {"en": "Merit"}, "max": 10, "weight": 1}],
    "assessors": 1, "answer_days": 5, "appeal_days": 5}}]


def utc(seconds):
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(time.time() + seconds)) + ".000Z"


class Cluster:
    """All machines, from founding to the end."""

    def __init__(self, folder, nodes):
        self.folder = folder
        self.net = Net(folder)
        self.databases = [self.net.add(Postgres, name, number) for name, number in (("db1", 11), ("db2", 12))]
        self.primary = self.databases[0]
        self.union = folder / "union"
        self.url = ("postgres://veche@" + ",".join(d.address for d in self.databases) +
                    "/journal?sslmode=disable&target_session_attrs=read-write")
        stateless = "--key" in run(cluster_net.PROGRAM, "serve", "--help").stdout
        words = [self.url, "--key", self.union / "log.key"] if stateless else [self.union]
        self.nodes = [self.net.add(Node, f"n{n}", 20 + n, list(map(str, words)))
                      for n in range(1, (nodes if stateless else 1) + 1)]
        self.proxy = self.net.add(Proxy, "proxy", 31)
        self.clients = self.net.add(Machine, "clients", 41)
        self.clients_told = folder / "told.jsonl"
        self.stop = folder / "stop"
        self.said = []
        self.began = time.monotonic()

    def say(self, text):
        line = f"{time.monotonic() - self.began:7.1f} {text}"
        self.said.append(line)
        print(line, flush=True)

    def found(self):
        """The union in a folder, with what clients need: a session with an open vote, a call; then on the server."""
        run(cluster_net.PROGRAM, "init", self.union, "--charter", "unions/union-state.toml", "--origin", ORIGIN)
        env = {**os.environ, "VECHE_PASSWORD": cluster_clients.PASSWORD}
        for person in cluster_clients.PEOPLE:
            run(cluster_net.PROGRAM, "account", "add", self.union, person, person, "--password-cost", "fast", env=env)
        server = union.Server(str(self.union), union.free_port())
        trouble = server.wait(60)
        if trouble:
            raise RuntimeError(trouble)
        self.set_up(server.port)
        server.stop()
        primary, standby = self.databases
        primary.make_primary(standby)
        primary.serve()
        if not primary.ready():
            raise RuntimeError("the primary does not start")
        # Without its standby the primary would wait for ever.
        run(*primary.enter(), primary.bin / "psql", "-q", "-h", primary.address, "-U", "admin", "-d", "postgres",
            "-c", "SET synchronous_commit=local", "-c", "CREATE ROLE veche LOGIN",
            "-c", "CREATE DATABASE journal OWNER veche")
        standby.make_standby(primary)
        standby.serve()
        if not standby.ready():
            raise RuntimeError("the standby does not start")
        run(*self.nodes[0].enter(), cluster_net.PROGRAM, "migrate", self.union, self.url)

    def set_up(self, port):
        n = 0
        clients = {}

        def act(kind, person, auth, body):
            nonlocal n
            n += 1
            if person not in clients:
                clients[person] = cluster_clients.Client("127.0.0.1", port, person)
                clients[person].login()
            status, answer = clients[person].do(kind, auth, f"setup-{n}", body)
            if status != 200:
                raise RuntimeError(f"{kind}: {answer}")

        def session(name, body, chair, auth):
            act("assembly.convene_session", "state-secretary", "pc/state-secretary",
                {"id": name, "body": body, "title": {"en": "S"}, "starts": utc(86400)})
            act("assembly.add_item", "state-secretary", "pc/state-secretary",
                {"session": name, "item": "i1", "kind": "decision", "title": {"en": "I"}})
            act("assembly.open_session", chair, auth, {"session": name})

        text = {"title": {"en": "M"}, "text": {"en": "T"}}
        chair = ("ru-prime-minister", "com/chair")
        session("s1", "com", *chair)
        CALL[0]["body"]["opens"], CALL[0]["body"]["closes"] = utc(1), utc(86400)
        for motion, vote, orders in (("call", "for-call", CALL), ("m0", "v0", [])):
            act("assembly.table_motion", *chair,
                {"motion": motion, "session": "s1", "item": "i1", "enactments": orders, **text})
            act("assembly.open_vote", *chair, {"vote": vote, "motion": motion})
            if orders:
                for person, seat in cluster_clients.SEATS.items():
                    act("assembly.cast_ballot", person, seat, {"vote": vote, "seat": seat, "choice": "yes"})
                act("assembly.close_vote", *chair, {"vote": vote})

    def begin(self, seed):
        for node in self.nodes:
            node.serve()
        self.proxy.serve(self.nodes)
        self.wait_for(self.nodes)
        self.clients.start([sys.executable, cluster_net.HERE / "cluster_clients.py", self.proxy.address, 8080, seed,
                            self.clients_told, self.stop], open(self.folder / "clients.log", "ab"))

    def get(self, node, path, seconds=20):
        """By the node's own address, from a machine beside it."""
        done = subprocess.run(
            [*self.clients.enter(), sys.executable, "-c",
             "import sys,urllib.request as u\n"
             f"sys.stdout.buffer.write(u.urlopen(sys.argv[1], timeout={seconds}).read())",
             f"http://{node.address}:8080{path}"], capture_output=True, check=False)
        if done.returncode != 0:
            raise OSError(done.stderr.decode()[-300:])
        return done.stdout

    def wait_for(self, nodes, seconds=90):
        end = time.monotonic() + seconds
        for node in nodes:
            while True:
                try:
                    self.get(node, "/health", 5)
                    break
                except OSError as why:
                    node.supervise()
                    if time.monotonic() > end:
                        raise RuntimeError(f"{node.name} does not answer: {why}\n" + tail(node.folder / "log")) from why
                    time.sleep(0.3)


def tail(path, lines=15):
    try:
        return "\n".join(path.read_text(errors="replace").splitlines()[-lines:])
    except OSError:
        return ""


class Breaker:
    """One thing after the other, by the seed."""

    def __init__(self, cluster, seed, seconds):
        self.cluster = cluster
        self.dice = random.Random(seed)
        self.seconds = seconds
        self.kinds = [self.kill_node, self.pause_node, self.part_node, self.deafen, self.lose, self.double,
                      self.slow_disk, self.full_disk, self.jump, self.kill_primary, self.pause_primary,
                      self.part_standby]
        self.done = {}

    def run(self):
        end = time.monotonic() + self.seconds
        # Every kind comes once before any comes twice, in an order of the seed.
        queue = []
        while time.monotonic() < end:
            if not queue:
                queue = self.dice.sample(self.kinds, len(self.kinds))
            kind = queue.pop()
            name = kind.__name__
            self.done[name] = self.done.get(name, 0) + 1
            kind()
            self.sit(self.dice.uniform(0.3, 2.0))

    def sit(self, seconds):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            time.sleep(min(0.2, max(0.0, end - time.monotonic())))
            for node in self.cluster.nodes:
                if node.supervise():
                    self.cluster.say(f"{node.name} had stopped itself and is started again")

    def node(self):
        return self.dice.choice(self.cluster.nodes)

    def kill_node(self):
        node = self.node()
        self.cluster.say(f"kill -9 {node.name}")
        node.kill()
        self.sit(self.dice.uniform(0.0, 1.0))
        node.serve()

    def pause_node(self):
        node = self.node()
        span = self.dice.choice([0.5, 2.0, 12.0])
        self.cluster.say(f"pause {node.name} for {span} s")
        node.signal(signal.SIGSTOP)
        self.sit(span)
        node.signal(signal.SIGCONT)

    def part_node(self):
        node = self.node()
        span = self.dice.uniform(0.5, 6.0)
        self.cluster.say(f"{node.name} and the servers do not reach each other for {span:.1f} s")
        for database in self.cluster.databases:
            node.deaf(database.address)
            node.dumb(database.address)
        self.sit(span)
        node.quiet()

    def deafen(self):
        node = self.node()
        span = self.dice.uniform(0.5, 6.0)
        self.cluster.say(f"{node.name} does not hear the primary for {span:.1f} s, which hears it")
        node.deaf(self.cluster.primary.address)
        self.sit(span)
        node.quiet()

    def lose(self):
        machine = self.dice.choice([*self.cluster.nodes, self.cluster.proxy, self.cluster.primary])
        percent = self.dice.choice([5, 15, 30])
        self.cluster.say(f"{machine.name} loses {percent} of 100 packets")
        machine.lossy(percent)
        self.sit(3.0)
        machine.quiet()

    def double(self):
        machine = self.dice.choice([*self.cluster.nodes, self.cluster.proxy, self.cluster.primary])
        self.cluster.say(f"half of the packets of {machine.name} arrive twice")
        machine.doubling(50)
        self.sit(3.0)
        machine.quiet()

    def slow_disk(self):
        database = self.cluster.primary
        database.slow_ms = self.dice.choice([50, 300, 1500])
        self.cluster.say(f"each fsync of {database.name} takes {database.slow_ms} ms longer")
        database.tell()
        self.sit(3.0)
        database.slow_ms = 0
        database.tell()

    def full_disk(self):
        database = self.cluster.primary
        self.cluster.say(f"the disk of {database.name} is full")
        database.fill()
        self.sit(3.0)
        database.empty()
        self.revive()

    def jump(self):
        node = self.node()
        node.ahead_ms = self.dice.choice([-3_600_000, -5000, 0, 2000])
        self.cluster.say(f"the clock of {node.name} is {node.ahead_ms} ms ahead")
        node.tell()

    def pause_primary(self):
        self.cluster.say(f"pause {self.cluster.primary.name}")
        # All its processes: each connection has one.
        self.all_of(self.cluster.primary, signal.SIGSTOP)
        self.sit(self.dice.uniform(0.5, 4.0))
        self.all_of(self.cluster.primary, signal.SIGCONT)

    @staticmethod
    def all_of(machine, which):
        for process in run("ip", "netns", "pids", machine.space).stdout.split():
            try:
                os.kill(int(process), which)
            except ProcessLookupError:
                pass

    def part_standby(self):
        one, other = self.cluster.databases
        self.cluster.say("primary and standby do not reach each other")
        one.deaf(other.address)
        one.dumb(other.address)
        self.sit(self.dice.uniform(0.5, 5.0))
        one.quiet()

    def kill_primary(self):
        """Killed under load; then it comes again, or the standby takes over and the old one is made anew."""
        cluster = self.cluster
        old = cluster.primary
        standby = cluster.databases[1 - cluster.databases.index(old)]
        old.kill()
        if self.dice.random() < 0.4:
            cluster.say(f"kill -9 {old.name}, which comes again")
            self.sit(self.dice.uniform(0.0, 2.0))
            self.revive()
            return
        cluster.say(f"kill -9 {old.name}; {standby.name} is promoted")
        standby.promote()
        cluster.primary = standby
        self.sit(self.dice.uniform(0.5, 2.0))
        if not standby.promoted():
            raise RuntimeError(f"{standby.name} was told to take over and is no primary after a minute")
        old.make_standby(standby)
        old.serve()
        cluster.say(f"{old.name} is its standby")

    def revive(self):
        """A server that went down over a full disk, or was killed."""
        for database in self.cluster.databases:
            if database.process is None or database.process.poll() is not None:
                database.kill()
                database.serve()
                self.cluster.say(f"{database.name} starts again")

    def mend(self):
        cluster = self.cluster
        for machine in cluster.net.machines.values():
            machine.quiet()
            machine.slow_ms = machine.ahead_ms = 0
            machine.tell()
        for database in cluster.databases:
            database.empty()
        self.revive()
        for node in cluster.nodes:
            node.signal(signal.SIGCONT)
        cluster.say("nothing is broken any more")


class Journal:
    """As one node publishes it: read, hashed and compared without any of the program's code."""

    def __init__(self, cluster, node):
        self.cluster, self.node = cluster, node
        self.note = cluster.get(node, "/journal/checkpoint").decode()
        origin, size, root = self.note.split("\n")[:3]
        assert origin == ORIGIN, origin
        self.size, self.root = int(size), root
        self.entries = []
        for index in range((self.size + 255) // 256):
            width = min(256, self.size - index * 256)
            self.read(cluster.get(node, "/journal/tile/entries/" + self.name(index, width)))

    @staticmethod
    def name(index, width):
        parts = [f"{index % 1000:03d}"]
        while index >= 1000:
            index //= 1000
            parts.insert(0, f"x{index % 1000:03d}")
        return "/".join(parts) + (f".p/{width}" if width < 256 else "")

    def read(self, bundle):
        at = 0
        while at < len(bundle):
            size = int.from_bytes(bundle[at:at + 2], "big")
            self.entries.append(bundle[at + 2:at + 2 + size])
            at += 2 + size

    def root_of(self, size):
        """RFC 6962, over the first so many entries."""
        def tree(hashes):
            if len(hashes) == 1:
                return hashes[0]
            half = 1 << (len(hashes) - 1).bit_length() - 1
            return hashlib.sha256(b"\1" + tree(hashes[:half]) + tree(hashes[half:])).digest()
        return tree([hashlib.sha256(b"\0" + e).digest() for e in self.entries[:size]])


class Check:
    """What was told against what is there."""

    def __init__(self, cluster):
        self.cluster = cluster
        self.wrong = []

    def run(self):
        told = [json.loads(line) for line in self.cluster.clients_told.read_text().splitlines()]
        journals = self.settled()
        first = journals[0]
        for journal, node in zip(journals, self.cluster.nodes):
            if journal.entries != first.entries:
                self.wrong.append(f"{node.name} publishes another journal: {journal.size} entries beside {first.size}")
            if base64.b64encode(journal.root_of(journal.size)).decode() != journal.root:
                self.wrong.append(f"{node.name} signs a root that its entries do not give")
            done = run(*self.cluster.clients.enter(), cluster_net.PROGRAM, "verify", f"http://{node.address}:8080",
                       check=False)
            if done.returncode != 0:
                self.wrong.append(f"verify of {node.name}: {done.stdout}{done.stderr}")
        self.acts(first, told)
        self.states()
        return told, first

    def settled(self):
        """The journals of all nodes once they have all that is there: nobody writes any more, but deadlines do, and
        between two nodes that are asked one after the other as well. So all rest at one size, or it is said."""
        end = time.monotonic() + 60
        before = None
        while True:
            journals = [Journal(self.cluster, node) for node in self.cluster.nodes]
            sizes = [journal.size for journal in journals]
            if sizes == before and len(set(sizes)) == 1:
                return journals
            before = sizes
            if time.monotonic() > end:
                self.wrong.append(f"the journals of the nodes do not come to rest at one size: {sizes}")
                return journals
            time.sleep(2.5)

    def acts(self, journal, told):
        places, caused = {}, {}
        for seq, entry in enumerate(journal.entries):
            admission, line = entry.split(b"\n")[:2]
            if json.loads(admission)["seq"] != seq:
                self.wrong.append(f"entry {seq} is numbered otherwise")
            event = json.loads(line)
            if "idem" in event:
                places.setdefault((event["actor"], event["idem"]), []).append(seq)
            else:
                caused[event["by"]] = caused.get(event["by"], 0) + 1
        for key, at in places.items():
            if len(at) > 1:
                self.wrong.append(f"{key} stands at {at}")
        for one in told:
            self.wrong += [f"{one['idem']}: {w}" for w in one["wrong"]]
            at = places.get((one["actor"], one["idem"]))
            for answer in one["answers"]:
                if at is None:
                    self.wrong.append(f"{one['idem']} was acknowledged as {answer['seq']} and is not on the journal")
                elif at[0] != answer["seq"]:
                    self.wrong.append(f"{one['idem']} was acknowledged as {answer['seq']} and is {at[0]}")
                elif not answer["repeated"] and answer["entries"] != 1 + caused.get(answer["seq"], 0):
                    self.wrong.append(f"{one['idem']} has {caused.get(answer['seq'], 0)} consequences: {answer}")
            if one["refused"] and not one["answers"] and one["sent"] == 1 and at is not None:
                self.wrong.append(f"{one['idem']} was refused ({one['refused']}) and is {at}")
            fresh = {a["seq"] for a in one["answers"] if not a["repeated"]}
            if len(fresh) > 1:
                self.wrong.append(f"{one['idem']} was accepted twice: {fresh}")

    def states(self):
        """The same answer to the same question on every node."""
        for view in ("assembly.sessions", "assembly.decisions", "fund.budget", "calls.calls"):
            answers = {node.name: self.cluster.get(node, "/api/ask/" + view) for node in self.cluster.nodes}
            if len(set(answers.values())) > 1:
                self.wrong.append(f"{view} is not the same on all nodes")


def play(seed, seconds, nodes, keep):
    folder = Path(tempfile.mkdtemp(prefix="veche-cluster-"))
    folder.chmod(0o755)
    wrong = []
    cluster = None
    told, entries = [], 0
    try:
        cluster = Cluster(folder, nodes)
        cluster.found()
        cluster.begin(seed)
        cluster.say(f"seed {seed}: {len(cluster.nodes)} nodes, {seconds} s")
        breaker = Breaker(cluster, seed, seconds)
        breaker.sit(2)
        breaker.run()
        breaker.mend()
        cluster.stop.touch()
        end = time.monotonic() + cluster_clients.AFTER_S + 30
        while cluster.clients.process.poll() is None and time.monotonic() < end:
            breaker.sit(0.5)
        if cluster.clients.process.poll() is None:
            wrong.append("clients do not come to an end")
        cluster.wait_for(cluster.nodes)
        check = Check(cluster)
        told, journal = check.run()
        entries = journal.size
        wrong += check.wrong
        cluster.say(", ".join(f"{name} {n}" for name, n in sorted(breaker.done.items())))
    except (RuntimeError, OSError, AssertionError, subprocess.SubprocessError) as why:
        wrong.append(f"{type(why).__name__}: {why}")
    finally:
        if cluster:
            if wrong:
                for machine in cluster.net.machines.values():
                    print(f"-- {machine.name}\n{tail(machine.folder / 'log')}")
                print(f"-- clients\n{tail(folder / 'clients.log')}")
            cluster.net.end()
        if not keep and not wrong:
            shutil.rmtree(folder, ignore_errors=True)
    acknowledged = sum(bool(t["answers"]) for t in told)
    repeated = sum(any(a["repeated"] for a in t["answers"]) for t in told)
    print(f"seed {seed}: {acknowledged} acts acknowledged, {repeated} of them on repetition, {entries} entries")
    if not wrong and acknowledged < 20:
        wrong.append("too little was done for the test to mean anything")
    for line in wrong[:30]:
        print("FAIL", line)
    if wrong:
        print(f"again: tests/faults/cluster_test.py --seed {seed} --seconds {seconds} --nodes {nodes}; kept: {folder}")
    return not wrong


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--seed", type=int, default=int(os.environ.get("VECHE_SEED", "1")))
    options.add_argument("--seconds", type=int, default=45)
    options.add_argument("--soak", type=int, default=0, help="seed after seed for so many seconds")
    options.add_argument("--nodes", type=int, default=2)
    options.add_argument("--keep", action="store_true")
    given = options.parse_args()
    lacks = cluster_net.missing()
    if lacks:
        print(f"Not here: {lacks}. Nothing tested.\n0 passed, 0 failed")
        return 0
    end = time.monotonic() + given.soak
    passed = failed = 0
    seed = given.seed
    while True:
        good = play(seed, given.seconds, given.nodes, given.keep)
        passed, failed, seed = passed + good, failed + (not good), seed + 1
        if failed or time.monotonic() > end:
            break
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

"""A union on a PostgreSQL server and its keeping, for upkeep_test.py: backed up beside two nodes that take commands,
restored into another database and into a folder, its lost end shown and brought back; and PostgreSQL's own way back to
a point in time. Where PostgreSQL is not installed it says so and tests nothing."""

import http.client
import json
import os
import shutil
import subprocess
import tempfile
import threading
import time
from pathlib import Path

import union
from postgres_server import Server, programs

PAPER = b"A paper of the union."
PEOPLE = ("state-secretary", "registrar")
SECOND = """
[[offices]]
id = "pc/registrar-2"
body = "pc"
name = { en = "Second registrar", ru = "Второй регистратор", be = "Другі рэгістратар" }
powers = ["accounts"]

[[mandates]]
id = "registrar-2"
person = "second-registrar"
office = "pc/registrar-2"
from = 2024-01-01
"""


def said(*arguments, **more):
    """Exit status, and what the program says in JSON."""
    done = union.run("--json", *arguments, check=False, **more)
    try:
        return done.returncode, json.loads(done.stdout or done.stderr)
    except ValueError:
        return done.returncode, done.stdout + done.stderr


def add_account(url, person):
    union.run("account", "add", url, person, person, "--password-cost", "fast",
              env={**os.environ, "VECHE_PASSWORD": union.PASSWORD})


def sessions(where):
    return union.run("--json", "ask", "assembly.sessions", "--at", where).stdout


class Load(threading.Thread):
    """Acts at one node and the other until it is stopped."""

    def __init__(self, nodes, name):
        super().__init__(daemon=True)
        self.clients = [union.Client(node.port, "state-secretary") for node in nodes]
        self.name_of_all, self.acted, self.ending = name, 0, False
        self.start()

    def run(self):
        while not self.ending:
            self.act(f"{self.name_of_all}-{self.acted}")

    def act(self, session):
        client = self.clients[self.acted % len(self.clients)]
        status, _, answer = client.post("/api/do/assembly.convene_session", {
            "auth": "pc/state-secretary",
            "body": {"id": session, "body": "com", "title": {"en": "Session"}, "starts": "2099-01-01T10:00:00.000Z"}})
        assert status == 200, answer
        self.acted += 1

    def reach(self, count):
        """Waits until there were so many acts."""
        end = time.monotonic() + 120
        while self.acted < count and self.is_alive() and time.monotonic() < end:
            time.sleep(0.02)
        assert self.acted >= count, f"{self.acted} acts, and not {count}"
        return self

    def end(self):
        self.ending = True
        self.join(20)


class Keeping:
    def __init__(self, server, base, check):
        self.server, self.base, self.check = server, Path(base), check
        self.url, self.key, self.backup = server.url("veche"), self.base / "log.key", self.base / "kept"

    def at(self, database):
        """The address of an empty database beside the union's."""
        self.server.sql(f"CREATE DATABASE {database} OWNER veche")
        return self.url.replace("/journal?", f"/{database}?")

    def node(self, url, state):
        return union.Server(url, union.free_port(), more=["--key", str(self.key), "--state", str(self.base / state)])

    def nodes(self):
        both = [self.node(self.url, name) for name in ("one", "two")]
        self.check(all(node.wait() is None for node in both), "two nodes serve")
        return both

    def signed(self, node):
        """Waits until a checkpoint covers all entries."""
        end = time.monotonic() + 20
        while time.monotonic() < end:
            health = json.loads(union.ask(node.port, "/health")[1])
            if health["checkpoint_size"] == health["entries"]:
                return
            time.sleep(0.1)
        self.check(False, f"all is signed in time: {health}")

    def serves(self, url, state, what):
        """That the union is there with its accounts, and takes commands."""
        node = self.node(url, state)
        why = node.wait()
        self.check(why is None, f"{what}: it is served: {why}")
        if why is None:
            Load([node], state).reach(2).end()
            there = union.ask(node.port, f"/api/papers/{self.paper}") == (200, PAPER)
            self.check(there, f"{what}: papers are there")
            node.stop()

    def restore(self, to, state, *more):
        return said("restore", self.backup, to, "--key", self.key, "--state", self.base / state, *more)

    def survives(self, state, as_state):
        """What is left of a node: what it saw signed."""
        shutil.copytree(self.base / state, self.base / as_state)

    def upload(self, client):
        to = http.client.HTTPConnection("127.0.0.1", client.port, timeout=20)
        to.request("POST", "/api/papers", PAPER, {"Content-Type": "text/plain", "Cookie": client.cookie})
        self.paper = json.loads(to.getresponse().read())["sha256"]

    def found(self):
        charter = self.base / "charter.toml"
        charter.write_text(Path("unions/union-state.toml").read_text(encoding="utf-8") + SECOND, encoding="utf-8")
        union.run("init", self.url, "--charter", charter, "--origin", "kept.example/journal", "--key", self.key)
        for person in PEOPLE:
            add_account(self.url, person)

    def kept(self):
        nodes = self.nodes()
        load = Load(nodes, "s").reach(30)
        self.upload(union.Client(nodes[0].port, "state-secretary"))
        code, first = said("backup", self.url, self.backup)
        self.check(code == 0 and first["fresh"] > 20, f"a union is backed up beside its nodes: {first}")
        self.check(said("check-backup", self.backup)[0] == 0, "the backup is whole")
        load.reach(load.acted + 10)
        code, second = said("backup", self.url, self.backup)
        self.check(code == 0 and 0 < second["fresh"] < second["entries"], f"a further one takes what is new: {second}")
        load.reach(load.acted + 2).end()
        self.signed(nodes[0])
        code, last = said("backup", self.url, self.backup)
        for node in nodes:
            node.stop()
        code, nothing = said("backup", self.url, self.backup)
        self.check(code == 0 and nothing["fresh"] == 0 and nothing["entries"] == last["entries"],
                   f"and nothing where nothing is: {nothing}")
        self.check(said("check-backup", self.backup)[0] == 0, "it is whole again")
        return last

    def restored(self, last):
        """Into another database and into a folder: the same root, the same views, the same accounts."""
        self.survives("one", "restored")
        other = self.at("restored")
        self.check(self.restore(other, "nobody")[1]["code"] == "upkeep.guard_lost", "not where no guard is left")
        code, made = self.restore(other, "restored")
        self.check(code == 0 and made["root"] == last["root"] and made["secrets"], f"it is restored: {made}")
        self.check("veche" in other and "@" not in made["folder"], f"no address is told: {made}")
        folder = self.base / "folder"
        code, made = said("restore", self.backup, folder, "--key", self.key, "--new-guard")
        self.check(code == 0 and made["root"] == last["root"], f"and into a folder: {made}")
        for place in (other, folder):
            self.check(sessions(place) == sessions(self.url), "views are as they were")
            self.check(said("verify", place)[0] == 0, "what was restored verifies")
            self.check(len(said("account", "list", place)[1]) == len(PEOPLE), "accounts are there")
        self.check(self.restore(other, "restored")[1]["code"] == "upkeep.server_taken", "nothing is mixed")
        self.serves(other, "restored", "another database")
        back = self.at("back")
        code, _ = said("backup", folder, self.base / "of-folder")
        code, made = said("restore", self.base / "of-folder", back, "--key", self.key, "--state",
                          self.base / "back", "--new-guard")
        self.check(code == 0 and made["root"] == last["root"], f"and from the folder to a server: {made}")
        self.serves(back, "back", "a server out of a folder")

    def behind(self):
        """The union went on after the backup: restored it does not serve before it is filled."""
        node = self.node(self.url, "one")
        self.check(node.wait() is None, "the union goes on")
        Load([node], "late").reach(5).end()
        self.signed(node)
        node.stop()
        union.run("export", self.url, self.base / "out")
        self.survives("one", "behind")
        late = self.at("late")
        code, made = self.restore(late, "behind")
        self.check(code == 1 and made["missing"] > 0, f"what is missing is said: {made}")
        stale = self.node(late, "behind")
        why = stale.wait() or ""
        self.check("were signed" in why, f"no node serves it: {why[-300:]}")
        self.check(said("verify", late)[1]["code"] == "store.rolled_back", "nor does anything else open it")
        code, filled = said("fill", late, self.base / "out")
        self.check(code == 0 and filled["filled"] == made["missing"], f"it is filled: {filled}")
        self.check(sessions(late) == sessions(self.url), "nothing is lost")
        self.check(said("verify", late)[0] == 0, "and it verifies")
        self.serves(late, "behind", "filled")
        at_once = self.at("at_once")
        code, made = self.restore(at_once, "at-once", "--fill-from", self.base / "out")
        self.check(code == 0 and made["filled"] == filled["filled"], f"or filled at once: {made}")

    def value(self, sql):
        asked = [self.server.bin / "psql", "-h", "127.0.0.1", "-p", str(self.server.port), "-U", "admin", "-d",
                 "journal", "-Atc", sql]
        return subprocess.run(asked, check=True, text=True, capture_output=True, cwd="/").stdout.strip()

    def control(self, data, *what):
        self.server.run("pg_ctl", "-D", data, "-l", self.server.folder / "log", "-w", *what)

    def give(self, path):
        """To whom the server runs as."""
        if self.server.owner:
            os.chown(path, self.server.owner["user"], self.server.owner["group"])

    def archived(self):
        """From now on the server's log is kept, as docs/operations.md says; and a base to begin with."""
        archive, base = self.server.folder / "archive", self.server.folder / "base"
        archive.mkdir()
        self.give(archive)
        with (self.server.data / "postgresql.conf").open("a") as conf:
            conf.write(f"archive_mode=on\narchive_command='test ! -f {archive}/%f && cp %p {archive}/%f'\n")
        self.control(self.server.data, "-m", "fast", "restart")
        self.server.run("pg_basebackup", "-h", "127.0.0.1", "-p", self.server.port, "-U", "admin", "-D", base, "-c",
                        "fast")
        return archive, base

    def put_back(self, archive, base, moment):
        """The base, with the log up to that moment."""
        self.server.sql("SELECT pg_switch_wal()")
        self.control(self.server.data, "-m", "fast", "stop")
        with (base / "postgresql.conf").open("a") as conf:
            conf.write(f"archive_mode=off\nrestore_command='cp {archive}/%f %p'\n"
                       f"recovery_target_time='{moment}'\nrecovery_target_action=promote\n")
        (base / "recovery.signal").touch()
        self.give(base / "recovery.signal")
        self.server.data = base
        self.control(base, "start")
        while self.value("SELECT pg_is_in_recovery()") != "f":
            time.sleep(0.1)

    def do(self, kind, person, office, *fields):
        code, answer = said("do", kind, *fields, "--at", self.url, "--as", person, "--auth", office)
        self.check(code == 0, f"{kind}: {answer}")

    def old_node(self, url, state):
        """A node as it is started on a machine to which nobody copied the new key."""
        return union.Server(url, union.free_port(),
                            more=["--key", str(self.key) + ".old", "--state", str(self.base / state)])

    def verifies(self, old, new, *places):
        for place in places:
            for vkey in (old, new):
                code, answer = said("verify", place, "--vkey", vkey)
                self.check(code == 0, f"{place} verifies by {vkey[:40]}: {answer}")

    def left_behind(self, node, load, new):
        """It says that another key signs, shows what is signed with it, and goes on."""
        health = {}
        end = time.monotonic() + 20
        while time.monotonic() < end and new not in health.get("signing_stopped", ""):
            health = json.loads(union.ask(node.port, "/health")[1])
            time.sleep(0.1)
        self.check(new in health.get("signing_stopped", "") and health["status"] == "ok" and health["writing"],
                   f"a node with the old key says so: {health}")
        load.reach(load.acted + 4)
        self.check(union.ask(node.port, "/en/journal")[0] == 200, "it serves pages")
        self.check(union.ask(node.port, "/journal/vkey")[1].decode().strip() == new, "and names the key in force")

    @staticmethod
    def unsigned(node):
        end = time.monotonic() + 20
        while time.monotonic() < end:
            health = json.loads(union.ask(node.port, "/health")[1])
            if health["checkpoint_age_s"] >= 2 and health["checkpoint_size"] < health["entries"]:
                return True
            time.sleep(0.2)
        return False

    def key_changed(self):
        """Beside two nodes that take commands."""
        old = json.loads(union.run("--json", "export", self.url, self.base / "before").stdout)["vkey"]
        new = said("key", "new", self.url, "--key", self.key)[1]["vkey"]
        nodes = self.nodes()
        load = Load(nodes, "k").reach(10)
        changing = ("key", "change", self.url, "--key", self.key, "--state", self.base / "one", "--as", "registrar",
                    "--auth", "pc/registrar")
        code, why = said(*changing)
        self.check(code == 1 and why["code"] == "people.log_key_unknown", f"not before it is said: {why}")
        self.do("people.propose_log_key", "registrar", "pc/registrar", f"vkey={new}", "cause=planned")
        self.do("people.confirm_log_key", "second-registrar", "pc/registrar-2", f"vkey={new}")
        # As somebody may on a page: the nodes run on, and sign over it with the old key.
        self.do("people.take_log_key", "registrar", "pc/registrar", f"vkey={new}")
        load.reach(load.acted + 4)
        self.check(all(node.process.poll() is None for node in nodes), "no node ends by the entry")
        code, changed = said(*changing)
        self.check(code == 0 and changed["vkey"] == new and changed["old_vkey"] == old, f"changed: {changed}")
        self.check(said(*changing)[1]["code"] == "upkeep.next_key_missing", "once")
        for node in nodes:
            self.left_behind(node, load, new)
        addresses = [f"http://127.0.0.1:{node.port}" for node in nodes]
        self.verifies(old, new, *addresses)  # at a size that both signed: nobody has the new key yet
        for node in nodes:
            self.check(self.unsigned(node), "that nothing is signed shows in the age of the checkpoint")
        late = self.old_node(self.url, "late")
        why = late.wait() or ""
        self.check("log.key.old" in why and "another one took its place" in why,
                   f"none starts with the old file: {why[-300:]}")
        load.end()
        nodes[1].stop()
        nodes[1] = self.node(self.url, "two")
        self.check(nodes[1].wait() is None, "started again with the new one it serves")
        load = Load(nodes, "after").reach(6)
        self.left_behind(nodes[0], load, new)
        load.end()
        for node in nodes:
            self.signed(node)
        addresses = [f"http://127.0.0.1:{node.port}" for node in nodes]
        out = self.base / "changed"
        self.check(said("export", self.url, out)[0] == 0 and (out / "handovers").exists(), "an export has both")
        self.verifies(old, new, *addresses, out, self.url)
        lists = {union.ask(node.port, "/journal/handovers")[1] for node in nodes}
        self.check(len(lists) == 1 and (out / "handovers").read_bytes() in lists, "all nodes say how it changed")
        log = self.stopped(nodes[0])
        self.check(log.count("journal.key_changed") == 1, f"it says so once in its log: {log[-500:]}")
        nodes[1].stop()

    def key_lost(self):
        """The file of the key is gone; the node that has it in memory still is left behind."""
        lost = json.loads(union.run("--json", "export", self.url, self.base / "last").stdout)["vkey"]
        node = self.node(self.url, "one")
        self.check(node.wait() is None, "a node runs on")
        os.rename(self.key, self.base / "gone.key")
        new = said("key", "new", self.url, "--key", self.key)[1]["vkey"]
        code, why = said("key", "change", self.url, "--key", self.key, "--as", "registrar", "--auth", "pc/registrar")
        self.check(code != 0 and why["code"] == "store.key_unreadable", f"nothing is signed without it: {why}")
        replacing = ("key", "change", self.url, "--key", self.key, "--lost", "--old-vkey")
        self.check(said(*replacing, new)[1]["code"] == "upkeep.key_differs", "not by a wrong verifier key")
        code, changed = said(*replacing, lost)
        self.check(code == 0 and changed["vkey"] == new, f"it is replaced: {changed}")
        load = Load([node], "lost").reach(1)
        self.left_behind(node, load, new)
        load.end()
        node.stop()
        self.verifies(lost, new, self.url)  # the new key signed what was signed last
        self.do("people.propose_log_key", "registrar", "pc/registrar", f"vkey={new}", "cause=lost")
        self.do("people.confirm_log_key", "second-registrar", "pc/registrar-2", f"vkey={new}")
        self.do("people.take_log_key", "registrar", "pc/registrar", f"vkey={new}")
        self.serves(self.url, "two", "with the key in place of the lost one")
        self.check(said("verify", self.url, "--vkey", new)[0] == 0, "the new one verifies")
        self.check(said("verify", self.url, "--vkey", lost)[0] == 1, "and nobody is led over")

    @staticmethod
    def stopped(node):
        """What a node wrote to its log."""
        node.process.terminate()
        return node.process.communicate(timeout=20)[1]

    def back_in_time(self):
        archive, base = self.archived()
        node = self.node(self.url, "one")
        self.check(node.wait() is None, "the union goes on over an archived server")
        load = Load([node], "archived").reach(5)
        load.end()
        self.signed(node)
        was = sessions(self.url)
        moment = self.value("SELECT clock_timestamp()")
        load.act("after-the-moment")
        add_account(self.url, "deputy-state-secretary-1")
        self.signed(node)
        node.stop()
        now = sessions(self.url)
        union.run("export", self.url, self.base / "newest")
        self.put_back(archive, base, moment)
        self.check(sessions(self.url) == was != now, "the union is there as of the moment")
        self.check(len(said("account", "list", self.url)[1]) == len(PEOPLE), "and so are its accounts")
        self.check(self.value("SELECT count(*) FROM veche_desk.session") != "0", "logins live again")
        self.value("DELETE FROM veche_desk.session")
        # Its guard went back with it, so that only a node's own file knows better.
        self.check(said("verify", self.url)[0] == 0, "the server alone does not know")
        stale = self.node(self.url, "one")
        why = stale.wait() or ""
        self.check("were signed" in why, f"a node that saw more does not serve it: {why[-300:]}")
        code, filled = said("fill", self.url, self.base / "newest")
        self.check(code == 0 and filled["filled"] > 0, f"it is filled: {filled}")
        self.check(sessions(self.url) == now, "nothing of the journal is lost")
        self.check(said("verify", self.url)[0] == 0, "and it verifies")
        self.serves(self.url, "one", "put back and filled")


def run(check):
    if programs() is None:
        print("PostgreSQL is not installed: the keeping of a union on a server is not tested")
        return
    with Server() as server, tempfile.TemporaryDirectory() as base:
        keeping = Keeping(server, base, check)
        keeping.found()
        keeping.restored(keeping.kept())
        keeping.behind()
        keeping.key_changed()
        keeping.key_lost()
        keeping.back_in_time()

#!/usr/bin/env python3
"""A union on two nodes goes from the previous release to this one, node by node, while clients act and read: nothing
acknowledged is lost or twice, no reader is sent away, both releases stand side by side, and the way back is open as
long as nothing new was written.

VECHE_PREVIOUS names the previous release's program, in BUILD_FOLDER below its tree (TREE/build/dev/veche). Without it
this release stands for the previous one, so that the procedure is tested, and the step says so.
Where PostgreSQL or HAProxy is not installed the step says so and tests nothing. Ends with "N passed, N failed".
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from pathlib import Path

import nodes_test
from nodes_test import PASSWORD, PROGRAM, ROOT, Client, Load, Node, Proxy, check, checkpoints, compare
from postgres_server import Server, programs


class Release:
    def __init__(self, program, tree):
        self.program, self.tree = str(program), Path(tree)
        said = json.loads(self.run("version", "--json"))
        self.name = f"{said['release']} ({said.get('commit', '')[:9]})"

    def run(self, *arguments):
        return subprocess.run([self.program, *map(str, arguments)], check=True, text=True, capture_output=True,
                              cwd=self.tree, env={**os.environ, "VECHE_PASSWORD": PASSWORD}).stdout

    def node(self, url, folder, name, port=None):
        return Node(url, folder, name, port=port, program=self.program, tree=self.tree)


class Reader(threading.Thread):
    """Reads pages behind the proxy all the while."""

    def __init__(self, port):
        super().__init__(daemon=True)
        self.port, self.read, self.sent_away, self.ending = port, 0, [], False
        self.start()

    def run(self):
        paths = ["/en/", "/ru/sessions", "/be/decisions", "/api/ask/assembly.sessions", "/journal/checkpoint"]
        while not self.ending:
            path = paths[self.read % len(paths)]
            try:
                status = Client(self.port, 10).ask("GET", path)[0]
            except OSError as trouble:
                status = repr(trouble)
            self.read += 1
            if status != 200:
                self.sent_away.append((path, status))
            time.sleep(0.02)

    def end(self):
        self.ending = True
        self.join(20)


def exchange(nodes, at, release, url, folder):
    """Stops one node and starts the other release in its place."""
    name, port = nodes[at].name, nodes[at].port
    code = nodes[at].kill(signal.SIGTERM)
    check(f"{name} drains and ends", code == 0, code)
    nodes[at] = release.node(url, folder, name, port)
    check(f"{name} is well as {release.name}", nodes[at].well())


def side_by_side(nodes, session, what):
    """What is written at either is read at the other, whichever release each is."""
    for i, (here, there) in enumerate([nodes, nodes[::-1]]):
        writer = session.at(here.port)
        status, data = writer.convene(f"{what}-{i}", f"{what}-{i}")
        check(f"{what}: a command is taken at {here.name}", status == 200, data)
        reader = session.at(there.port)
        reader.seen = writer.seen
        check(f"{what}: and read at {there.name}", reader.has(f"{what}-{i}"))


def upgraded(url, folder, before, after):
    nodes = [before.node(url, folder, name) for name in ("one", "two")]
    proxy = None
    try:
        check("two nodes serve as " + before.name, all(node.well() for node in nodes))
        proxy = Proxy(folder, nodes)
        session = Client(nodes[0].port).login()
        load, reader = Load(proxy.port, session, "u"), Reader(proxy.port)
        time.sleep(1.0)
        exchange(nodes, 0, after, url, folder)
        side_by_side(nodes, session, "both")
        time.sleep(1.0)
        exchange(nodes, 1, after, url, folder)
        side_by_side(nodes, session, "new")
        exchange(nodes, 1, before, url, folder)
        side_by_side(nodes, session, "back")
        exchange(nodes, 1, after, url, folder)
        time.sleep(1.0)
        load.end()
        reader.end()
        check("no reader was sent away", not reader.sent_away, reader.sent_away[:5])
        check("there were readers", reader.read > 50, reader.read)
        compare("an upgrade", load, url, folder)
        checkpoints(nodes)
    finally:
        if proxy:
            proxy.end()
        for node in nodes:
            if node.program.poll() is None:
                node.kill()


def main():
    if programs() is None or shutil.which("haproxy") is None:
        print("PostgreSQL or HAProxy is not installed: nothing tested\n0 passed, 0 failed")
        return 0
    after = Release(PROGRAM, ROOT)
    before = after
    if previous := os.environ.get("VECHE_PREVIOUS"):
        before = Release(previous, Path(previous).resolve().parents[2])
    else:
        print("VECHE_PREVIOUS is not set: this release stands for the one before")
    print(f"from {before.name} to {after.name}", flush=True)
    with Server() as server, tempfile.TemporaryDirectory() as place:
        folder, url = Path(place), server.url("veche")
        try:
            before.run("init", url, "--charter", before.tree / "unions/union-state.toml", "--key", folder / "log.key")
            before.run("account", "add", url, "anna", "state-secretary", "--password-cost", "fast")
            upgraded(url, folder, before, after)
        except Exception:  # whatever it is, the step says so and cleans up
            traceback.print_exc()
            check("the steps ran to their end", False)
            for log in folder.glob("*.log"):
                print(f"-- {log.name}\n" + log.read_text()[-2000:])
    print(f"{nodes_test.passed} passed, {nodes_test.failed} failed")
    return int(nodes_test.failed > 0)


if __name__ == "__main__":
    sys.exit(main())

"""kill -9 at any moment loses nothing that was acknowledged and leaves a journal that verifies.

A server is killed hundreds of times at seeded moments while clients post. Each client repeats a
command that got no answer, with the same idempotency key, so a command may have been accepted unseen
but must never be done twice. At the end every acknowledged number must hold the acknowledged act.
"""
import http.client
import json
import os
import random
import shutil
import sys
import tempfile
import threading
import time

import union

KILLS = int(os.environ.get("VECHE_KILLS", "200"))
SEED = int(os.environ.get("VECHE_SEED", "20261124"))
PEOPLE = ["secretariat-1", "secretariat-2", "secretariat-3"]


class Poster(threading.Thread):
    def __init__(self, port, person, number):
        super().__init__(daemon=True)
        self.client = union.Client(port, person)
        self.number = number
        self.acknowledged = {}  # session id -> number of the entry
        self.wrong = []
        self.repeats = 0
        self.stopping = False

    def run(self):
        count = 0
        while not self.stopping:
            count += 1
            session = f"s-{self.number}-{count}"
            self.post_until_answered(session)

    def post_until_answered(self, session):
        unanswered = False
        while not self.stopping:
            try:
                status, _, answer = self.client.convene(session, "idem-" + session)
            except (OSError, http.client.HTTPException):
                unanswered = True
                time.sleep(0.003)
                continue
            if status == 503:  # closing
                continue
            if status != 200:
                self.wrong.append(f"{session}: {answer}")
            else:
                self.acknowledged[session] = answer["seq"]
                self.repeats += bool(answer["repeated"])
                if answer["repeated"] and not unanswered:
                    self.wrong.append(f"{session}: said to be repeated, and was sent once")
            return


def entry_of(folder, acknowledged):
    """The exported entries at the acknowledged numbers, and how often each session was convened."""
    exported = folder + "-public"
    union.run("export", folder, exported)
    entries = read_entries(exported)
    wrong = []
    times = {}
    for entry in entries:
        line = json.loads(entry.split(b"\n")[1])
        if line["type"] == "assembly.convene_session":
            times[line["body"]["id"]] = times.get(line["body"]["id"], 0) + 1
    for session, seq in acknowledged.items():
        line = json.loads(entries[seq].split(b"\n")[1]) if seq < len(entries) else {"body": {}}
        if line["body"].get("id") != session:
            wrong.append(f"entry {seq} was acknowledged for {session} and holds something else")
    wrong += [f"{s} stands {n} times on the journal" for s, n in times.items() if n != 1]
    shutil.rmtree(exported)
    return len(entries), wrong


def read_entries(exported):
    entries = []
    names = []
    for where, _, files in os.walk(os.path.join(exported, "tile", "entries")):
        names += [os.path.join(where, f) for f in files]
    def order(path):
        parts = os.path.relpath(path, os.path.join(exported, "tile", "entries")).split(os.sep)
        return int("".join(p.lstrip("x").removesuffix(".p") for p in parts if not (
            len(parts) > 1 and p == parts[-1] and parts[-2].endswith(".p"))))
    for name in sorted(names, key=order):
        data = open(name, "rb").read()
        at = 0
        while at < len(data):
            size = int.from_bytes(data[at:at + 2], "big")
            entries.append(data[at + 2:at + 2 + size])
            at += 2 + size
    return entries


def main():
    moments = random.Random(SEED)
    folder = tempfile.mkdtemp(prefix="veche-kill-")
    os.rmdir(folder)
    union.found(folder, PEOPLE)
    port = union.free_port()
    server = union.Server(folder, port)
    trouble = server.wait()
    if trouble:
        print("0 passed, 1 failed")
        sys.exit(trouble)
    posters = [Poster(port, person, n) for n, person in enumerate(PEOPLE)]
    for poster in posters:
        poster.start()
    wrong = []
    for n in range(KILLS):
        time.sleep(moments.uniform(0.0, 0.12))
        server.kill()
        server = union.Server(folder, port)
        trouble = server.wait()
        if trouble:
            wrong.append(f"after kill {n} the server did not start: {trouble}")
            break
    for poster in posters:
        poster.stopping = True
    for poster in posters:
        poster.join(15)
    server.stop()
    acknowledged = {}
    for poster in posters:
        acknowledged.update(poster.acknowledged)
        wrong += poster.wrong
    verified = union.run("verify", folder, check=False)
    if verified.returncode != 0:
        wrong.append("verify: " + verified.stdout + verified.stderr)
    entries, misplaced = entry_of(folder, acknowledged)
    wrong += misplaced
    repeats = sum(p.repeats for p in posters)
    print(f"{KILLS} kills (seed {SEED}), {len(acknowledged)} acts acknowledged, {entries} entries, "
          f"{repeats} accepted unseen and answered on repetition")
    for line in wrong[:20]:
        print("FAIL", line)
    if len(acknowledged) < KILLS:
        wrong.append("too little was posted for the test to mean anything")
    shutil.rmtree(folder, ignore_errors=True)
    print(f"{1 if not wrong else 0} passed, {1 if wrong else 0} failed")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Puts faults into the core on purpose, one at a time, and sees whether the simulation finds each: a test that
finds nothing is worth nothing. Nothing in the tree is changed: the files are altered in a temporary folder and
linked in place of the good ones.

    tests/simulation/broken.py [BUILD] [NAME]      all of them, or those whose name has NAME in it

Says after how many seeds each was found. Ends with "N passed, N failed".
"""

import json
import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SEEDS = 6000

# name: file, what stands there, what stands there with the fault in it; BROKEN is true where this fault is asked for.
FAULTS = {
    "acknowledge before it is durable": (
        "office/office.cpp",
        "    commit(g);\n    for (pending* caller : callers) caller->ready.release();",
        "    if (!BROKEN) commit(g);\n    for (pending* caller : callers) caller->ready.release();\n"
        "    if (BROKEN) commit(g);"),
    "do not look a repeated command up": (
        "office/office.cpp",
        "VECHE_TRY(store.find_idem(e.actor, e.idem)))\n        known",
        "BROKEN ? std::optional<journal::idem_hit>{} : VECHE_TRY(store.find_idem(e.actor, e.idem)))\n        known"),
    "do not look within the group": (
        "office/office.cpp",
        "if (fresh != g.fresh.end())",
        "if (fresh != g.fresh.end() && !BROKEN)"),
    "decide before taking in what others wrote": (
        "office/office.cpp",
        "        take_in(end->next, g);\n",
        "        if (!BROKEN || callers.front()->what == pending::kind::others) take_in(end->next, g);\n"),
    "show what is not durable": (
        "office/office.cpp",
        "    impl_->wait_durable(seen);",
        "    if (!BROKEN) impl_->wait_durable(seen);"),
    "derive a deadline without holding the journal": (
        "office/office.cpp",
        "return one->what != pending::kind::others;",
        "return one->what != pending::kind::others && !(BROKEN && one->what == pending::kind::tick);"),
    "let time go back": (
        "office/office.cpp",
        "return std::max(with.now(), state.last_at);",
        "return BROKEN ? with.now() : std::max(with.now(), state.last_at);"),
    "go on after a write that failed": (
        "office/office.cpp",
        "        stop_for_good(done.error());\n    }\n    if (g.notices.empty()) return;",
        "        if (!BROKEN) stop_for_good(done.error());\n    }\n    if (g.notices.empty()) return;"),
    "tell some entries of others twice": (
        "office/office.cpp",
        "std::string(type), std::string(bytes)});\n    });",
        "std::string(type), std::string(bytes)});\n"
        "        if (BROKEN && seq % 16 == 7) g.notices.push_back(g.notices.back());\n    });"),
    "lose a wake-up": (
        "office/office.cpp",
        "    queue_filled.notify_one();\n    for",
        "    if (!BROKEN || queue.size() > 1) queue_filled.notify_one();\n    for"),
    "do not wake those who wait for the disk": (
        "office/office.cpp",
        "        durable = g.notices.back().seq + 1;\n    }\n    durable_grew.notify_all();",
        "        durable = g.notices.back().seq + 1;\n    }\n    if (!BROKEN) durable_grew.notify_all();"),
    "do not lock the head": (
        "store/postgres/postgres_store.cpp",
        'write_.run("SELECT next,epoch,edge,at_ms FROM head WHERE id=1 FOR UPDATE")',
        'write_.run(BROKEN ? read_head : "SELECT next,epoch,edge,at_ms FROM head WHERE id=1 FOR UPDATE")'),
    "take a COMMIT without an answer for done": (
        "store/postgres/postgres_store.cpp",
        'VECHE_CHECK(write_.execute("COMMIT"));\n        return next;',
        'if (const auto done = write_.execute("COMMIT"); !done && !BROKEN)\n'
        "            return tl::unexpected(done.error());\n        return next;"),
    "build upon what the standby may not have": (
        "store/postgres/postgres_store.cpp",
        'VECHE_CHECK(with.run("UPDATE form SET number=number WHERE id=1"));',
        'if (!BROKEN) VECHE_CHECK(with.run("UPDATE form SET number=number WHERE id=1"));'),
    "do not compare the tree with the head's": (
        "store/postgres/postgres_store.cpp",
        "if (next.head.edge.to_bytes() != to.edge.to_bytes())",
        "if (!BROKEN && next.head.edge.to_bytes() != to.edge.to_bytes())"),
    "do not compare what is signed with the guard": (
        "journal/publisher.cpp",
        "    VECHE_CHECK(check_extends(store_, last, c.size));\n",
        "    if (!BROKEN) VECHE_CHECK(check_extends(store_, last, c.size));\n"),
    "sign without the guard": (
        "journal/publisher.cpp",
        "    if (last.size != c.size) VECHE_CHECK(guard_.advance(last.size, signed_now));\n",
        "    if (last.size != c.size && !BROKEN) VECHE_CHECK(guard_.advance(last.size, signed_now));\n"),
}

ASKED = '''
#include <cstdlib>
static bool broken_now(int which) {
    static const char* const asked = std::getenv("VECHE_BROKEN");
    return asked != nullptr && std::atoi(asked) == which;
}
'''


def run(command, **more):
    done = subprocess.run(command, capture_output=True, text=True, **more)
    if done.returncode != 0:
        raise RuntimeError(f"{command}\n{done.stdout}{done.stderr}")
    return done.stdout


class Bench:
    """The simulation, linked with files that have all the faults in them; which one acts is asked at run time."""

    def __init__(self, build, scratch):
        self.build = build
        self.scratch = scratch
        self.commands = json.loads((build / "compile_commands.json").read_text())
        link = run(["ninja", "-C", str(build), "-t", "commands", "simulation"]).strip().splitlines()[-1]
        objects = [self.compiled(file) for file in sorted({file for file, _, _ in FAULTS.values()})]
        self.program = scratch / "simulation"
        # The first of several definitions is taken: those here, before the libraries'.
        link = link.replace("-o tests/simulation/simulation",
                            f"-Wl,--allow-multiple-definition {' '.join(objects)} -o {self.program}")
        run(link, shell=True, cwd=build)

    def command_for(self, file):
        for one in self.commands:
            given = Path(one["file"])
            if given == ROOT / "src" / file or ("/Unity/" in one["file"] and f'/src/{file}"' in given.read_text()):
                return one
        raise RuntimeError(f"nothing compiles {file}")

    def compiled(self, file):
        text = (ROOT / "src" / file).read_text()
        for number, (where, old, new) in enumerate(FAULTS.values(), 1):
            if where != file:
                continue
            if text.count(old) != 1:
                raise RuntimeError(f"the place of a fault is no longer there in {file}:\n{old}")
            text = text.replace(old, new.replace("BROKEN", f"broken_now({number})"))
        source = self.scratch / Path(file).name
        source.write_text(ASKED + text)
        command = self.command_for(file)
        words = shlex.split(command["command"])
        output = str(self.scratch / (Path(file).stem + ".o"))
        words[words.index("-o") + 1] = output
        words[words.index("-c") + 1] = str(source)
        run([*words, "-Wno-error"], cwd=command["directory"])
        return output


def main():
    words = sys.argv[1:]
    build = ROOT / (words[0] if words else "build/dev")
    wanted = words[1] if len(words) > 1 else ""
    passed = failed = 0
    with tempfile.TemporaryDirectory() as scratch:
        bench = Bench(build, Path(scratch))
        for number, name in enumerate(FAULTS, 1):
            if wanted not in name:
                continue
            done = subprocess.run([bench.program, "--seeds", "1", str(SEEDS), "--quick"], capture_output=True,
                                  text=True, cwd=ROOT, env={**os.environ, "VECHE_BROKEN": str(number)})
            after = re.search(r"^after (\d+) seeds", done.stdout, re.M)
            wrong = re.search(r"^WRONG (.*)", done.stdout, re.M)
            if done.returncode == 0:
                failed += 1
                print(f"FAIL not found in {SEEDS} seeds: {name}", flush=True)
                continue
            passed += 1
            said = wrong[1] if wrong else "the program stops at once"
            print(f"{name}: {'after ' + after[1] + ' seeds' if after else 'before any seed'}: {said}", flush=True)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""Puts faults into the core on purpose, one at a time, and sees whether the simulation finds each: a test that
finds nothing is worth nothing. Nothing in the tree is changed: the files are altered in a temporary folder and
linked in place of the good ones.

    tests/simulation/broken.py [BUILD] [NAME]      all of them, or those whose name has NAME in it

Says after how many seeds each was found. Ends with "N passed, N failed".
"""

import json
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SEEDS = 6000

# name: file, what stands there, what stands there instead
FAULTS = {
    "acknowledge before it is durable": (
        "office/office.cpp",
        "    commit(g);\n    for (pending* caller : callers) caller->ready.release();",
        "    for (pending* caller : callers) caller->ready.release();\n    commit(g);"),
    "do not look a repeated command up": (
        "office/office.cpp",
        "VECHE_TRY(store.find_idem(e.actor, e.idem)))\n        known",
        "std::optional<journal::idem_hit>{})\n        known"),
    "do not look within the group either": (
        "office/office.cpp",
        "if (fresh != g.fresh.end())",
        "if (fresh != g.fresh.end() && g.batch.entries.empty())"),
    "decide before taking in what others wrote": (
        "office/office.cpp",
        "        take_in(end->next, g);\n        for (pending* caller : callers) {",
        "        if (callers.front()->what == pending::kind::others) take_in(end->next, g);\n"
        "        for (pending* caller : callers) {"),
    "show what is not durable": (
        "office/office.cpp",
        "    impl_->wait_durable(seen);",
        "    (void)seen;"),
    "derive a deadline without holding the journal": (
        "office/office.cpp",
        "return one->what != pending::kind::others;",
        "return one->what == pending::kind::command || one->what == pending::kind::founding;"),
    "let time go back": (
        "office/office.cpp",
        "return std::max(with.now(), state.last_at);",
        "return with.now();"),
    "go on after a write that failed": (
        "office/office.cpp",
        "        stop_for_good(done.error());\n    }\n    if (g.notices.empty()) return;",
        "        (void)done;\n    }\n    if (g.notices.empty()) return;"),
    "tell listeners what others wrote twice": (
        "office/office.cpp",
        "        g.notices.push_back({seq, past.state().last_at, std::string(type), std::string(bytes)});",
        "        g.notices.push_back({seq, past.state().last_at, std::string(type), std::string(bytes)});\n"
        "        if (seq % 16 == 7) g.notices.push_back(g.notices.back());"),
    "do not lock the head": (
        "store/postgres/postgres_store.cpp",
        "FROM head WHERE id=1 FOR UPDATE",
        "FROM head WHERE id=1"),
    "neither lock the head nor compare it": (
        "store/postgres/postgres_store.cpp",
        "const journal::head now = VECHE_TRY(hold());",
        "journal::head now = VECHE_TRY(hold());\n    if (now.next > expected) now.next = expected;"),
    "take a COMMIT without an answer for done": (
        "store/postgres/postgres_store.cpp",
        'VECHE_CHECK(write_.execute("COMMIT"));\n        return next;',
        '(void)write_.execute("COMMIT");\n        return next;'),
    "build upon what the standby may not have": (
        "store/postgres/postgres_store.cpp",
        'VECHE_CHECK(with.run("UPDATE form SET number=number WHERE id=1"));',
        "(void)with;"),
    "do not notice that entries are gone": (
        "store/postgres/postgres_store.cpp",
        "    if (to.next < next.head.next)\n",
        "    if (to.next + 1000 < next.head.next)\n"),
    "do not compare what is signed with the guard": (
        "journal/publisher.cpp",
        "    VECHE_CHECK(check_extends(store_, last, c.size));\n",
        ""),
    "lose a wake-up": (
        "office/office.cpp",
        "    queue_filled.notify_one();\n    for",
        "    if (all.size() != 1 || all[0]->what == pending::kind::command) queue_filled.notify_one();\n"
        "    for"),
}


def run(command, **more):
    done = subprocess.run(command, capture_output=True, text=True, **more)
    if done.returncode != 0:
        raise RuntimeError(f"{command}\n{done.stdout}{done.stderr}")
    return done.stdout


class Bench:
    def __init__(self, build, scratch):
        self.build = build
        self.scratch = scratch
        self.commands = json.loads((build / "compile_commands.json").read_text())
        self.link = run(["ninja", "-C", str(build), "-t", "commands", "simulation"]).strip().splitlines()[-1]

    def unit_with(self, file):
        """The compiler's command for the file, and what stands in the file that it is given."""
        for one in self.commands:
            given = Path(one["file"])
            if given == ROOT / "src" / file:
                return one, f'#include "{ROOT}/src/{file}"\n'
            if "/Unity/" in one["file"] and f'/src/{file}"' in given.read_text():
                return one, given.read_text()
        raise RuntimeError(f"nothing compiles {file}")

    def program(self, file, old, new):
        """The simulation with the fault in it."""
        good = (ROOT / "src" / file).read_text()
        if good.count(old) != 1:
            raise RuntimeError(f"the place of the fault is no longer there in {file}:\n{old}")
        bad = self.scratch / Path(file).name
        bad.write_text(good.replace(old, new))
        command, unit = self.unit_with(file)
        source = self.scratch / "unit.cxx"
        source.write_text(re.sub(rf'#include "[^"]*/src/{re.escape(file)}"', f'#include "{bad}"', unit))
        words = shlex.split(command["command"])
        output = words[words.index("-o") + 1]
        words[words.index("-o") + 1] = str(self.scratch / Path(output).name)
        words[words.index("-c") + 1] = str(source)
        words += ["-Wno-error", "-Wno-unused"]
        run(words, cwd=command["directory"])
        library = f"libveche_{file.split('/')[0]}.a"
        shutil.copy(self.build / library, self.scratch / library)
        run(["ar", "r", str(self.scratch / library), str(self.scratch / Path(output).name)])
        program = self.scratch / "simulation"
        link = self.link.replace(f" {library}", f" {self.scratch / library}")
        link = link.replace("-o tests/simulation/simulation", f"-o {program}")
        run(link, shell=True, cwd=self.build)
        return program


def main():
    words = sys.argv[1:]
    build = ROOT / (words[0] if words else "build/dev")
    wanted = words[1] if len(words) > 1 else ""
    passed = failed = 0
    with tempfile.TemporaryDirectory() as scratch:
        bench = Bench(build, Path(scratch))
        for name, (file, old, new) in FAULTS.items():
            if wanted not in name:
                continue
            program = bench.program(file, old, new)
            done = subprocess.run([program, "--seeds", "1", str(SEEDS)], capture_output=True, text=True, cwd=ROOT)
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

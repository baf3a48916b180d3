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
        "        if (done) done = commit(g);\n",
        "        if (done && BROKEN) {\n"
        "            for (pending* caller : callers) caller->ready.release();\n"
        "            (void)commit(g);\n            return;\n        }\n        if (done) done = commit(g);\n"),
    "do not look a repeated command up": (
        "office/sharing.cpp",
        "        if (found[i])\n",
        "        if (found[i] && !BROKEN)\n"),
    "do not look within the group": (
        "office/office.cpp",
        "if (fresh != g.fresh.end())",
        "if (fresh != g.fresh.end() && !BROKEN)"),
    "do not remember what another node just accepted": (
        "office/sharing.cpp",
        "    if (!e || e->derived) return;\n",
        "    if (!e || e->derived || BROKEN) return;\n"),
    "decide before taking in what others wrote": (
        "office/office.cpp",
        "    if (done) done = take_in(end->next, g);\n",
        "    if (done && !(BROKEN && writes)) done = take_in(end->next, g);\n"),
    "show what is not durable": (
        "office/office.cpp",
        "        caller->answer.emplace(std::move(answer));\n    }\n    return {};",
        "        caller->answer.emplace(std::move(answer));\n    }\n    if (BROKEN) show();\n    return {};"),
    "derive a deadline without holding the journal": (
        "office/office.cpp",
        "return one->what != pending::kind::others;",
        "return one->what != pending::kind::others && !(BROKEN && one->what == pending::kind::tick);"),
    "let time go back": (
        "office/office.cpp",
        "return std::max(with.now(), state.last_at);",
        "return BROKEN ? with.now() : std::max(with.now(), state.last_at);"),
    "take a batch whose fate is not known for written": (
        "office/office.cpp",
        "        if (!settle(g)) {",
        "        if (!BROKEN && !settle(g)) {"),
    "take a batch whose fate is not known for lost": (
        "office/sharing.cpp",
        "        if (there) return *there;\n",
        "        if (there) return *there && !BROKEN;\n"),
    "keep what was decided in vain": (
        "office/sharing.cpp",
        "    state = before->state;\n    versions",
        "    if (!BROKEN) state = before->state;\n    versions"),
    "tell some entries of others twice": (
        "office/sharing.cpp",
        "std::string(type), std::string(bytes)});\n    });",
        "std::string(type), std::string(bytes)});\n"
        "        if (BROKEN && seq % 16 == 7) g.notices.push_back(g.notices.back());\n    });"),
    "lose a wake-up": (
        "office/office.cpp",
        "    queue_filled.notify_one();\n    for",
        "    if (!BROKEN || queue.size() > 1) queue_filled.notify_one();\n    for"),
    "do not lock the head": (
        "store/postgres/postgres_store.cpp",
        'calls[1].sql = "SELECT next,epoch,edge,at_ms FROM head WHERE id=1 FOR UPDATE";',
        'calls[1].sql = BROKEN ? read_head : "SELECT next,epoch,edge,at_ms FROM head WHERE id=1 FOR UPDATE";'),
    "take a COMMIT without an answer for done": (
        "store/postgres/postgres_store.cpp",
        "    const auto done = VECHE_TRY(write_.run_all(calls));\n",
        "    const auto done = write_.run_all(calls);\n"
        "    if (!done && !BROKEN) return tl::unexpected(done.error());\n"),
    "build upon what the standby may not have": (
        "store/postgres/postgres_store.cpp",
        'VECHE_CHECK(with.run("UPDATE form SET number=number WHERE id=1"));',
        'if (!BROKEN) VECHE_CHECK(with.run("UPDATE form SET number=number WHERE id=1"));'),
    "do not compare what is signed with the guard": (
        "journal/publisher.cpp",
        "    VECHE_CHECK(check_extends(store_, seen, c.size));\n",
        "    if (!BROKEN) VECHE_CHECK(check_extends(store_, seen, c.size));\n"),
    "sign without the guard": (
        "journal/publisher.cpp",
        "const auto advanced = guard_.advance(last.size, signed_now);",
        "const auto advanced = BROKEN ? result<void>{} : guard_.advance(last.size, signed_now);"),
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

#!/usr/bin/env python3
"""./dev lint: format, clang-tidy, and the syntax of scripts, pages and data.

Usage: lint.py BUILD_DIRECTORY [PATH_PART...]   (only sources whose path contains one of the parts)
"""

import ast
import concurrent.futures
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from html.parser import HTMLParser
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source",
        "track", "wbr"}


class balance(HTMLParser):
    """Complains about elements that are closed out of order or never."""

    def __init__(self):
        super().__init__()
        self.open = []
        self.complaints = []

    def handle_starttag(self, tag, attrs):
        if tag not in VOID:
            self.open.append((tag, self.getpos()[0]))

    def handle_startendtag(self, tag, attrs):
        pass

    def handle_endtag(self, tag):
        if self.open and self.open[-1][0] == tag:
            self.open.pop()
        else:
            self.complaints.append(f"{self.getpos()[0]}: </{tag}> closes nothing that is open")


def run(command):
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    return done.returncode, (done.stdout + done.stderr).strip()


def check_format(names):
    code, said = run(["clang-format-19", "--dry-run", "--Werror", *names])
    return [said] if code else []


def tidy_commands(build):
    """What compiles each unit, as clang-tidy understands it: without precompiled headers, and
    without what is only GCC's. Written where clang-tidy looks for it; by object, as ninja calls it."""
    database = json.loads((ROOT / build / "compile_commands.json").read_text())
    for entry in database:
        command = re.sub(r"(-Xclang )?-include(-pch)? (-Xclang )?\S*cmake_pch\.hxx\S* ", "", entry["command"])
        command = command.replace("-Winvalid-pch ", "").replace("-fpch-preprocess ", "")
        command = re.sub(r"--param \S+ ", "", command)
        entry["command"] = command.replace("-Wno-subobject-linkage ", "")
    folder = ROOT / build / "tidy"
    folder.mkdir(exist_ok=True)
    (folder / "compile_commands.json").write_text(json.dumps(database))
    return {object_of(entry): entry for entry in database}


def own_files(build):
    """The files of the tree that each object was compiled from, as ninja knows them. A unit may be
    several sources of a room, one after another."""
    depends, current = {}, None
    for line in run(["ninja", "-C", build, "-t", "deps"])[1].splitlines():
        if line.startswith("    ") and current is not None:
            path = Path(os.path.normpath(ROOT / build / line.strip()))
            if path.is_relative_to(ROOT) and not path.is_relative_to(ROOT / "build"):
                current.append(str(path.relative_to(ROOT)))
        elif ": #deps" in line:
            current = depends.setdefault(line.split(":", 1)[0], [])
    return depends


def object_of(entry):
    return re.search(r" -o (\S+)", entry["command"]).group(1)


def tidy_key(entry, files):
    """Changes with whatever clang-tidy looks at; the same key needs no second look."""
    key = hashlib.sha256((ROOT / ".clang-tidy").read_bytes())
    key.update(entry["command"].replace(str(ROOT), "").encode())
    for name in sorted(files):
        key.update((ROOT / name).read_bytes())
    return key.hexdigest()


def check_tidy(build, names):
    """Only what changed since it last passed; build/<preset>/tidy/passed remembers."""
    commands, depends = tidy_commands(build), own_files(build)
    memory = ROOT / build / "tidy" / "passed"
    passed = json.loads(memory.read_text()) if memory.exists() else {}
    wanted = [o for o in commands if set(depends.get(o, ())) & set(names)]
    keys = {o: tidy_key(commands[o], depends[o]) for o in wanted}
    waiting = [o for o in wanted if passed.get(o) != keys[o]]
    complaints = []

    def one(unit):
        return run(["clang-tidy-19", "-p", f"{build}/tidy", "--quiet",
                    "--extra-arg=-Wno-unknown-warning-option", "--extra-arg=-Wno-error",
                    "--extra-arg=-DBOOST_ASIO_HAS_CO_AWAIT=1",
                    "--extra-arg=-DBOOST_ASIO_HAS_STD_COROUTINE=1", commands[unit]["file"]])

    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for done, (unit, (code, said)) in enumerate(zip(waiting, pool.map(one, waiting)), 1):
            print(f"\rtidy {done} of {len(waiting)}", end="", file=sys.stderr, flush=True)
            if code:
                complaints.append(said)
                continue
            passed[unit] = keys[unit]
            memory.write_text(json.dumps(passed))
    print(file=sys.stderr)
    return complaints


def check_python(names):
    for name in names:
        try:
            ast.parse((ROOT / name).read_text(), name)
        except SyntaxError as fault:
            yield f"{name}:{fault.lineno}: {fault.msg}"


def check_shell(names):
    for name in names:
        code, said = run(["bash", "-n", name])
        if code:
            yield said
    if shutil.which("shellcheck"):
        code, said = run(["shellcheck", *names])
        if code:
            yield said


def without_places(text):
    """The page with its {{...}} blanked, so that only HTML is left, on the same lines."""
    return re.sub(r"\{\{.*?\}\}", lambda place: re.sub(r"[^\n]", " ", place.group()), text, flags=re.S)


def check_pages(names):
    """Templates are HTML with {{...}} places; whole pages and pieces alike must balance."""
    for name in names:
        reader = balance()
        reader.feed(without_places((ROOT / name).read_text()))
        yield from (f"{name}:{c}" for c in reader.complaints)
        yield from (f"{name}:{line}: <{tag}> is never closed" for tag, line in reader.open)


def check_data(names):
    for name in names:
        try:
            if name.endswith(".toml"):
                tomllib.loads((ROOT / name).read_text())
            else:
                json.loads((ROOT / name).read_text())
        except ValueError as fault:
            yield f"{name}: {fault}"


def main():
    build, parts = sys.argv[1], sys.argv[2:]
    listed = run(["git", "ls-files", "--cached", "--others", "--exclude-standard"])[1].splitlines()
    names = [n for n in listed if (ROOT / n).is_file()]

    def ending(*endings):
        return [n for n in names
                if n.endswith(endings) and (not parts or any(p in n for p in parts))]

    scripts = ["dev", "tests/run", ".ci/run", *ending(".sh")]
    steps = {
        "format": check_format(ending(".cpp", ".hpp")),
        "python": list(check_python(ending(".py"))),
        "shell": list(check_shell(scripts)),
        "pages": list(check_pages(ending(".html", ".mustache"))),
        "data": list(check_data(ending(".toml", ".json"))),
        "tidy": check_tidy(build, ending(".cpp")),
    }
    for step, complaints in steps.items():
        print(f"{step:8} {'ok' if not complaints else f'{len(complaints)} complaints'}")
        for complaint in complaints:
            print(complaint)
    return 1 if any(steps.values()) else 0


if __name__ == "__main__":
    sys.exit(main())

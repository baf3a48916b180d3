#!/usr/bin/env python3
"""./dev lint: format, clang-tidy, and the syntax of scripts, pages and data.

Usage: lint.py BUILD_DIRECTORY [PATH_PART...]   (only sources whose path contains one of the parts)
"""

import ast
import concurrent.futures
import json
import os
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


def check_tidy(build, names):
    database = json.loads((ROOT / build / "compile_commands.json").read_text())
    known = {os.path.relpath(entry["file"], ROOT) for entry in database}
    complaints = []

    def one(name):
        return run(["clang-tidy-19", "-p", build, "--quiet",
                    "--extra-arg=-Wno-unknown-warning-option", "--extra-arg=-Wno-error",
                    "--extra-arg=-DBOOST_ASIO_HAS_CO_AWAIT=1",
                    "--extra-arg=-DBOOST_ASIO_HAS_STD_COROUTINE=1", name])

    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        chosen = [n for n in names if n in known]
        for name, (code, said) in zip(chosen, pool.map(one, chosen)):
            if code:
                complaints.append(f"{name}:\n{said}")
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


def check_pages(names):
    """Templates are HTML with {{...}} places; whole pages and pieces alike must balance."""
    for name in names:
        reader = balance()
        reader.feed((ROOT / name).read_text())
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

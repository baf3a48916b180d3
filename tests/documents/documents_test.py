#!/usr/bin/env python3
"""Documents and feeds of the example union, judged by other people's tools.

The example year is played into a folder, `veche document` writes each kind from it, and the tool of
each format says whether it is right. Beside each right document stands a broken one that the same
check must refuse: a check that refuses nothing is itself a failure. A tool or a schema that is not
there is skipped with a line that says so.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PROGRAM = os.environ.get("VECHE_PROGRAM", str(ROOT / "build/dev/veche"))

passed = failed = 0


def check(name, good, detail=""):
    global passed, failed
    passed, failed = passed + bool(good), failed + (not good)
    if not good:
        print(f"FAILED {name} {str(detail)[-600:]}")


def skip(name, why):
    print(f"skipped {name}: {why}")


def run(*command, data=None):
    return subprocess.run(command, capture_output=True, check=False, input=data)


def play_the_year(folder):
    """The demo plays its year, says that it is served, and is stopped."""
    with subprocess.Popen([PROGRAM, "demo", str(folder), "--port", "0", "--password-cost", "fast"],
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        served = any(line.startswith("http://") for line in server.stdout)
        server.terminate()
    check("the example year is played and served", served)


def made(folder, what):
    """The bytes of a document, or nothing where it was refused."""
    done = run(PROGRAM, "document", str(folder), what)
    return done.stdout if done.returncode == 0 else b""


def pdf(folder, scratch):
    """Text can be read back, pages are numbered, the structure holds, the bytes are the same."""
    if not (shutil.which("pdftotext") and shutil.which("qpdf")):
        return skip("pdf", "pdftotext and qpdf are not installed")
    for what, words in (("ru/minutes/com-3.pdf", ["Совет Министров", "страница 1 из ", "Министр экономики"]),
                        ("en/acts/2026-0011.pdf", ["Decision 2026-0011", "page 1 of ", "root "]),
                        ("be/acts/2026-0011.pdf", ["старонка 1 з ", "Рашэнне"])):
        data = made(folder, what)
        file = scratch / "made.pdf"
        file.write_bytes(data)
        text = run("pdftotext", str(file), "-").stdout.decode()
        for word in words:
            check(f"{what} says {word}", word in text, text)
        looked = run("qpdf", "--check", str(file))
        check(f"{what} holds together", looked.returncode == 0, looked.stdout + looked.stderr)
        check(f"{what} is the same again", made(folder, what) == data)
        file.write_bytes(data[: len(data) // 2])
        check(f"half of {what} is refused", run("qpdf", "--check", str(file)).returncode != 0)
    check("a session that is not there has no minutes", made(folder, "en/minutes/nothing.pdf") == b"")


def main():
    with tempfile.TemporaryDirectory() as scratch:
        scratch = Path(scratch)
        folder = scratch / "union"
        play_the_year(folder)
        for one in (pdf,):
            one(folder, scratch)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""The independent verifier of secret ballots judges the record in the repository: as it is, with every
value changed in turn (the chain of hashes made right again, as a forger would), with lines left out,
doubled or moved. The program itself judges a sample of the same forgeries; the rest of them are tried on
it by src/ballot/tests/record_test.cpp.

usage: tests/verifier_test.py BUILD_FOLDER
"""

import hashlib
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = 20
# A value: 64 digits, a text, a number, true or false; after a colon, or in a list.
VALUE = re.compile(r'(?<=[:\[,])(?:"[0-9a-f]{64}"|"[^"]*"(?!:)|-?\d+|true|false)')


def chained(lines):
    """The lines with `prev` right."""
    out, head = [], "0" * 64
    for line in lines:
        line = re.sub(r'"prev":"[0-9a-f]{64}"', f'"prev":"{head}"', line)
        head = hashlib.sha256(line.encode()).hexdigest()
        out.append(line)
    return out


def other(value):
    """Another value of the same kind."""
    if value in ("true", "false"):
        return "false" if value == "true" else "true"
    if not value.startswith('"'):
        return str(int(value) + 1)
    at = min(6, len(value) - 2)
    return value[:at] + ("1" if value[at] != "1" else "2") + value[at + 1:]


def forgeries(lines):
    for n, line in enumerate(lines):
        body = line[:line.rindex(',"prev"')]
        for found in VALUE.finditer(body):
            changed = body[:found.start()] + other(found.group()) + line[found.end():]
            yield f"line {n + 1}: {found.group()[:20]}", [*lines[:n], changed, *lines[n + 1:]]
        yield f"line {n + 1} left out", lines[:n] + lines[n + 1:]
        yield f"line {n + 1} doubled", [*lines[:n], line, *lines[n:]]
    first = next(n for n, line in enumerate(lines) if line.endswith('"ballot"}'))
    moved = lines[:]
    moved[first], moved[first + 1] = moved[first + 1], moved[first]
    yield "two ballots in the other order", moved


def main():
    build = Path(sys.argv[1]).resolve()
    verifier = [str(build / "veche-ballot-verifier")]
    program = [str(build / "veche"), "ballot", "verify"]
    lines = (ROOT / "src/ballot/tests/election.jsonl").read_text().splitlines()
    failures, passed = [], 0
    with tempfile.TemporaryDirectory() as folder:

        def verdict(judge, number, forged):
            path = Path(folder) / f"{number}.jsonl"
            path.write_text("".join(line + "\n" for line in forged))
            ran = subprocess.run([*judge, str(path)], capture_output=True, text=True, check=False)
            path.unlink()
            finished = "Stage: finished" in ran.stdout
            return "holds" if ran.returncode == 0 and finished else "does not hold"

        def both(case):
            number, (what, forged) = case
            judges = [verifier] + ([program] if number % SAMPLE == 0 else [])
            return what, [verdict(judge, number, chained(forged)) for judge in judges]

        honest = both((0, ("as it is", lines)))
        if honest[1] != ["holds", "holds"]:
            failures.append(f"the record as it is: {honest[1]}")
        # A change without a new chain is seen at once.
        if verdict(verifier, 0, lines[:5] + lines[6:]) == "holds":
            failures.append("a broken chain is not seen")
        with ThreadPoolExecutor(2) as pool:
            for what, verdicts in pool.map(both, enumerate(forgeries(lines))):
                if "holds" in verdicts:
                    failures.append(f"a forged record holds: {what}: {verdicts}")
                passed += 1
    if passed < 300:
        failures.append(f"only {passed} forgeries were tried")
    for failure in failures:
        print("FAILED", failure)
    print(f"{passed + 2 - len(failures)} passed, {len(failures)} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""Elections counted twice: `veche elect` and the count of the second replayer must agree in every
stage, on random elections of every method and on the ballots of Glasgow where they are at hand."""

import json
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "replayer"))
import elections  # noqa: E402

PROGRAM = os.environ.get("VECHE_PROGRAM", str(ROOT / "build/dev/veche"))
SHARED = Path(os.environ.get("VECHE_SHARED", ROOT / "../shared"))
RANDOM = 120


def by_program(file):
    done = subprocess.run([PROGRAM, "elect", "--json", str(file)], capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"{file}: {done.stderr}")
    return json.loads(done.stdout)


def without_reasons(stages):
    return [{k: v for k, v in s.items() if k != "reasons"} for s in stages]


def differs(file, contest):
    """What the two counts do not agree on; "" where nothing is left."""
    first, second = by_program(file), elections.count(**contest)
    if without_reasons(first["stages"]) != second.pop("stages"):
        return "stages"
    for name, value in second.items():
        if first.get(name, [] if isinstance(value, list) else None) != value:
            return name
    return ""


def random_contest(chance):
    how = chance.choice(["stv", "stv", "approval", "plurality", "yes_no"])
    candidates = [f"c{n}" for n in range(chance.randint(1, 9))]
    papers = []
    for _ in range(chance.randint(0, 60)):
        order = chance.sample(candidates, len(candidates))
        cut = chance.randint(0, len(order))
        marks = order[:1] if how == "plurality" and cut else order[:cut]
        papers.append((marks, order[cut:] if how == "yes_no" else []))
    return {"how": how, "candidates": candidates, "papers": papers,
            "needs": chance.choice(["most", "majority_of_papers", "majority_of_electors"]),
            "posts": 1 if how == "plurality" else chance.randint(1, 5),
            "electors": chance.randint(1, 80), "seed": str(chance.random())}


def json_form(contest):
    papers = []
    for marks, against in contest["papers"]:
        papers.append({"count": 1, "marks": marks, "against": against})
    return json.dumps({**contest, "papers": papers, "title": "Random",
                       "candidates": [{"id": c, "name": c} for c in contest["candidates"]]})


def read_blt(text):
    """A second reader, of plain BLT without comments."""
    lines = text.splitlines()
    candidates, posts = (int(n) for n in lines[0].split())
    papers = []
    for line in lines[1:]:
        numbers = line.split()
        if numbers == ["0"]:
            break
        papers += [(numbers[1:-1], [])] * int(numbers[0])
    return {"how": "stv", "needs": "most", "posts": posts, "electors": 0, "seed": None,
            "candidates": [str(n + 1) for n in range(candidates)], "papers": papers}


def main():
    passed, failed = 0, 0

    def told(name, fault):
        nonlocal passed, failed
        if fault:
            failed += 1
            print(f"FAILED {name}: {fault} differ")
        else:
            passed += 1

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "election.json"
        for seed in range(RANDOM):
            contest = random_contest(random.Random(seed))
            file.write_text(json_form(contest))
            told(f"random {seed} ({contest['how']})", differs(file, contest))
    wards = SHARED / "data/assembly/stv-glasgow-2007"
    if wards.is_dir():
        for ward in sorted(wards.glob("*.blt")):
            told(ward.stem, differs(ward, read_blt(ward.read_text())))
    else:
        print("skipped: the shared ballots of Glasgow are not here")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

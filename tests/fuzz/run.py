#!/usr/bin/env python3
"""Runs fuzz targets: run.py BUILD_DIRECTORY TARGET|all SECONDS|steady.

`steady` runs the kept inputs and a fixed number of new ones from a fixed seed, so that a tree that
passed passes again anywhere: that is what the tests run. With SECONDS each run tries new inputs.

What a target learns is kept in build/fuzz/corpus/TARGET for the next run; an input that breaks
something is kept in build/fuzz/found/ and printed. Ends with "N passed, N failed", one per target.
"""

import base64
import concurrent.futures
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SHARED = Path(os.environ.get("VECHE_SHARED", ROOT.parent / "shared"))

# Further seeds, where the shared test data lie beside the tree.
BORROWED = {
    "json": ["data/journal/jcs/input/*.json", "data/journal/webauthn/event.json"],
    "tiles": ["data/journal/tessera-log/tile/entries/000.p/*"],
    "checkpoint": ["data/journal/tessera-log/checkpoint*"],
    "budget": ["data/allocation/pb/Worldwide*.pb", "data/allocation/pb/Poland_Katowice_2022_Dab.pb"],
}


def borrowed(name):
    for pattern in BORROWED.get(name, []):
        yield from ((path.name, path.read_bytes()) for path in sorted(SHARED.glob(pattern)))
    if name == "rule":
        vectors = SHARED / "data/assembly/rule-vectors.json"
        if vectors.exists():
            for vector in json.loads(vectors.read_text())["vectors"]:
                if "rule" in vector:
                    yield vector["id"], json.dumps(vector["rule"], sort_keys=True,
                                                   separators=(",", ":")).encode()
    if name == "checkpoint":
        notes = SHARED / "data/journal/notes/notes.json"
        if notes.exists():
            for note in json.loads(notes.read_text())["notes"]:
                yield note["name"].replace("/", "_"), base64.b64decode(note["msg_b64"])
    if name == "ledger":
        for vector in json.loads((ROOT / "src/ledger/tests/vectors.json").read_text())["vectors"]:
            yield vector["id"], json.dumps(vector).encode()
    if name == "charter":
        yield from ((path.name, path.read_bytes()) for path in sorted(ROOT.glob("unions/*.toml")))


STEADY = ["-seed=1", "-runs=12000", "-max_total_time=120"]


def run(build, name, effort):
    steady = effort == "steady"
    corpus, found = build / ("steady" if steady else "corpus") / name, build / "found"
    if steady:
        shutil.rmtree(corpus, ignore_errors=True)
    seeds = build / "seeds" / name
    for folder in (corpus, found, seeds):
        folder.mkdir(parents=True, exist_ok=True)
    for label, data in borrowed(name):
        (seeds / label.replace(" ", "_")).write_bytes(data)
    folders = [corpus, seeds]
    if (own := ROOT / "tests/fuzz/seeds" / name).is_dir():
        folders.append(own)
    done = subprocess.run(
        [build / f"tests/fuzz/fuzz_{name}",
         *(STEADY if steady else [f"-max_total_time={int(effort)}"]), "-timeout=10",
         "-rss_limit_mb=2048", "-max_len=65536", f"-artifact_prefix={found}/{name}-", *folders],
        capture_output=True, text=True, errors="replace",
        env={**os.environ, "UBSAN_OPTIONS": "halt_on_error=1:print_stacktrace=1"})
    return done.returncode, done.stderr


def main():
    build, chosen, effort = Path(sys.argv[1]).resolve(), sys.argv[2], sys.argv[3]
    names = sorted(p.name.removeprefix("fuzz_")
                   for p in (build / "tests/fuzz").glob("fuzz_*") if os.access(p, os.X_OK))
    if chosen != "all":
        if chosen not in names:
            sys.exit(f"There is no target {chosen}; there are {', '.join(names)}.")
        names = [chosen]
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        results = pool.map(lambda name: run(build, name, effort), names)
        for name, (code, said) in zip(names, results):
            print(f"{name:12} {'ok' if code == 0 else 'FAILED'}  {said.strip().splitlines()[-1]}")
            if code:
                print(said[-6000:])
                failed += 1
    print(f"{len(names) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

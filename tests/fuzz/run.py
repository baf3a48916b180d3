#!/usr/bin/env python3
"""Runs fuzz targets: run.py BUILD_DIRECTORY TARGET|all SECONDS|steady|keep.

`steady` runs the kept inputs and a fixed number of new ones from a fixed seed, so that a tree that
passed passes again anywhere: that is what the tests run. With SECONDS each run tries new inputs.

What a target learns is kept in build/fuzz/corpus/TARGET for the next run; `keep` reduces that and what was kept
before to the inputs that each reach something more, and packs them into tests/fuzz/corpus/TARGET.tar.xz, from which
every run begins. An input that breaks something is kept in build/fuzz/found/ and printed. Ends with
"N passed, N failed", one per target.
"""

import base64
import concurrent.futures
import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import tarfile
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


def archive(name):
    return ROOT / "tests/fuzz/corpus" / f"{name}.tar.xz"


def unpack(name, folder):
    """What was kept of a target, as files of a folder of their own."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    if archive(name).exists():
        with tarfile.open(archive(name)) as packed:
            for one in packed:
                (folder / os.path.basename(one.name)).write_bytes(packed.extractfile(one).read())


def keep(build, name):
    """Reduces all that is known to what each reaches something more, and packs it: the same bytes for the same."""
    before, after = build / "kept" / name, build / "reduced" / name
    unpack(name, before)
    shutil.rmtree(after, ignore_errors=True)
    after.mkdir(parents=True)
    known = [folder for folder in (before, build / "corpus" / name, build / "steady" / name,
                                   ROOT / "tests/fuzz/seeds" / name) if folder.is_dir()]
    done = subprocess.run([build / f"tests/fuzz/fuzz_{name}", "-merge=1", "-rss_limit_mb=2048", "-timeout=10",
                           after, *known], capture_output=True, text=True, errors="replace")
    if done.returncode:
        return done.returncode, done.stderr
    inputs = {hashlib.sha1(data).hexdigest(): data for data in (path.read_bytes() for path in after.iterdir())}
    archive(name).parent.mkdir(exist_ok=True)
    with tarfile.open(archive(name), "w:xz", format=tarfile.USTAR_FORMAT) as packed:
        for label in sorted(inputs):
            member = tarfile.TarInfo(label)
            member.size = len(inputs[label])
            packed.addfile(member, io.BytesIO(inputs[label]))
    return 0, f"{len(inputs)} inputs, {archive(name).stat().st_size} bytes"


LEARNT_AT_LEAST = 20
STEADY = ["-seed=1", "-runs=12000", "-max_total_time=120"]


def run(build, name, effort):
    if effort == "keep":
        return keep(build, name)
    steady = effort == "steady"
    corpus, found = build / ("steady" if steady else "corpus") / name, build / "found"
    if steady:
        shutil.rmtree(corpus, ignore_errors=True)
    seeds = build / "seeds" / name
    for folder in (corpus, found, seeds):
        folder.mkdir(parents=True, exist_ok=True)
    unpack(name, seeds / "kept")
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
    learnt = sum(1 for folder in folders for path in folder.rglob("*") if path.is_file())
    if done.returncode == 0 and learnt < LEARNT_AT_LEAST:
        return 1, f"it came to {learnt} inputs: it reaches hardly anything, give it seeds"
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

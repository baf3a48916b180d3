"""Every journal that a release wrote replays and verifies today, with the same root."""
import json
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
PROGRAM = os.environ.get("VECHE_PROGRAM", "build/dev/veche")


def main():
    passed = failed = 0
    for release in sorted(os.listdir(HERE)):
        folder = os.path.join(HERE, release)
        if not os.path.isdir(folder) or release.startswith("_"):
            continue
        with open(os.path.join(folder, "vkey"), encoding="utf-8") as f:
            vkey = f.read().strip()
        done = subprocess.run([PROGRAM, "--json", "verify", folder, "--vkey", vkey],
                              capture_output=True, text=True)
        good = done.returncode == 0 and json.loads(done.stdout)["votes"] > 0
        passed += good
        failed += not good
        if not good:
            print("FAIL", release, done.stdout, done.stderr)
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed or not passed else 0)


if __name__ == "__main__":
    main()

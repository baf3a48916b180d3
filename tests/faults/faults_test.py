"""All tests that break things, one after another."""
import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))


def main():
    passed = failed = 0
    for name in ("kill_test.py", "damage_test.py"):
        done = subprocess.run([sys.executable, os.path.join(HERE, name)], capture_output=True, text=True)
        print(done.stdout + done.stderr)
        found = re.findall(r"^(\d+) passed, (\d+) failed", done.stdout, re.M)
        p, f = map(int, found[-1]) if found else (0, 1)
        passed += p
        failed += max(f, 1 if done.returncode else 0)
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()

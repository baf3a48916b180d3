#!/usr/bin/env python3
"""Security: the door, the proxy in front, files and bodies, the journal itself, hostile words everywhere and random
requests.
docs/security.md says who could try what; each file here holds some of its lines.

    security_test.py [FILE...]        door files journal proxy words

Ends with "N passed, N failed". What the machine lacks is skipped and said.
"""

import sys
import unittest
import warnings
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

PARTS = ("door", "files", "journal", "proxy", "words")


def main():
    warnings.simplefilter("ignore", ResourceWarning)
    suite = unittest.TestSuite(unittest.defaultTestLoader.loadTestsFromName(f"{part}_test") for part in sys.argv[1:]
                               or PARTS)
    outcome = unittest.TextTestRunner(verbosity=2, warnings="ignore").run(suite)
    for test, why in outcome.skipped:
        print(f"skipped: {test}: {why}")
    # A test with several faults failed once.
    failed = len({str(test).split(" [")[0].split(" (")[0] for test, _ in outcome.failures + outcome.errors})
    print(f"{max(0, outcome.testsRun - failed - len(outcome.skipped))} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

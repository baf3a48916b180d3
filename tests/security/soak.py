#!/usr/bin/env python3
"""soak.py MINUTES [SEED]: random requests against a fresh example union for so long, in runs of five minutes, each
with the next
seed. A run that finds a fault prints its seed; `random_requests.py` sends the same again. Ends with "N passed, N
failed".
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from random_requests import Requests
from served import PROGRAM, ROOT, free_port, wait_for_port

PERSONS = ["state-secretary", "pa-ru-1", "applicant-40", "barrier-desk", "treasurer", "registrar", "dose-desk",
           "citizen-1"]
RUN_S = 300


def main():
    minutes = float(sys.argv[1]) if len(sys.argv) > 1 else 10
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    os.environ["VECHE_PASSWORD"] = "veche-demo"
    passed = failed = 0
    with tempfile.TemporaryDirectory() as base:
        port = free_port()
        with open(Path(base) / "log", "w") as log:
            server = subprocess.Popen([PROGRAM, "demo", Path(base) / "demo", "--listen", f"127.0.0.1:{port}",
                                       "--acts-per-second", "0",
                                       "--reads-per-second", "0"], cwd=ROOT, stdout=log, stderr=log)
            try:
                wait_for_port(port, server)
                until = time.monotonic() + minutes * 60
                while time.monotonic() < until and server.poll() is None:
                    run = Requests(port, PERSONS, seed)
                    run.send(until=min(until, time.monotonic() + RUN_S))
                    run.close()
                    print(f"seed {seed}: {run.sent} requests, by status {dict(sorted(run.statuses.items()))}; "
                          f"the slowest took "
                          f"{run.slowest[0]:.2f} s: {run.slowest[1]}", flush=True)
                    for fault in run.faults[:20]:
                        print(fault, flush=True)
                    passed, failed = passed + (not run.faults), failed + bool(run.faults)
                    seed += 1
                failed += server.poll() is not None
            finally:
                server.terminate()
                server.wait(60)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

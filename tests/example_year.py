"""The year of the example union, played into a folder by a program."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def play(program, folder):
    """The demo plays its year, says that it is served, and is stopped."""
    server = subprocess.Popen([str(program), "demo", str(folder), "--port", "0", "--password-cost", "fast"],
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=ROOT)
    said = []
    for line in server.stdout:
        said.append(line)
        if line.startswith("http://"):
            break
    server.terminate()
    server.stdout.close()
    if server.wait(timeout=60) != 0:
        raise RuntimeError("the example cannot be played: " + "".join(said))

"""A union in a temporary folder and its server, for tests that break things."""
import http.client
import json
import os
import signal
import socket
import subprocess
import time

PROGRAM = os.environ.get("VECHE_PROGRAM", "build/dev/veche")
PASSWORD = "password of the fault tests"


def run(*arguments, check=True, **more):
    done = subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, **more)
    if check and done.returncode != 0:
        raise RuntimeError(f"{arguments[0]} failed: {done.stdout}{done.stderr}")
    return done


def found(folder, people):
    """Founds the example union with a login of the same name for each person."""
    run("init", folder, "--charter", "unions/union-state.toml", "--origin", "fault.example/journal")
    for person in people:
        run("account", "add", folder, person, person, env={**os.environ, "VECHE_PASSWORD": PASSWORD})


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Server:
    def __init__(self, folder, port, more=()):
        self.port = port
        # The server's own process group: a kill takes it whole.
        self.process = subprocess.Popen(
            [PROGRAM, "serve", folder, "--port", str(port), "--acts-per-second", "0",
             "--reads-per-second", "0", "--password-cost", "fast", *more],
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, start_new_session=True)

    def wait(self, seconds=20):
        """Until it answers; what it said on standard error where it gave up."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.process.poll() is not None:
                return self.process.stderr.read()
            try:
                status, _ = ask(self.port, "/health")
                if status == 200:
                    return None
            except OSError:
                time.sleep(0.005)
        return "no answer in time"

    def kill(self):
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.process.stderr.close()

    def stop(self):
        self.process.terminate()
        self.process.wait(20)
        self.process.stderr.close()


def ask(port, path):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path)
    answer = connection.getresponse()
    return answer.status, answer.read()


class Client:
    """One logged-in person."""

    def __init__(self, port, person):
        self.port = port
        self.connection = None
        status, headers, answer = self.post("/api/login", {"login": person, "password": PASSWORD})
        if status != 200:
            raise RuntimeError(f"login of {person}: {answer}")
        self.cookie = headers["Set-Cookie"].split(";")[0]

    def post(self, path, body):
        """May raise OSError or HTTPException where the server is gone."""
        if self.connection is None:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        headers = {"Content-Type": "application/json"}
        if hasattr(self, "cookie"):
            headers["Cookie"] = self.cookie
        try:
            self.connection.request("POST", path, json.dumps(body), headers)
            answer = self.connection.getresponse()
            return answer.status, answer.headers, json.loads(answer.read())
        except (OSError, http.client.HTTPException):
            self.connection.close()
            self.connection = None
            raise

    def convene(self, session, idem):
        return self.post("/api/do/assembly.convene_session", {
            "auth": "pc/secretariat", "idem": idem,
            "body": {"id": session, "body": "com", "title": {"en": "Session"},
                     "starts": "2099-01-01T10:00:00.000Z"}})

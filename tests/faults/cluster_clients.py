"""Clients of a union on several nodes, behind a proxy: they vote, pay, apply, convene and preside, repeat what got no
answer under the same key, and write down what they were told. Started in a namespace of its own by cluster_test.py.

    cluster_clients.py HOST PORT SEED OUT STOP     a line of JSON for each command; ends when the file STOP is there
"""
import http.client
import json
import os
import random
import sys
import threading
import time

PASSWORD = "password of the fault tests"
SEATS = {"ru-prime-minister": "com/ru-prime-minister", "by-prime-minister": "com/by-prime-minister",
         "ru-foreign-minister": "com/ru-foreign", "by-foreign-minister": "com/by-foreign",
         "ru-economy-minister": "com/ru-economy", "by-economy-minister": "com/by-economy",
         "ru-finance-minister": "com/ru-finance", "by-finance-minister": "com/by-finance",
         "state-secretary": "com/state-secretary"}
WORKERS = ["ru-prime-minister", "by-prime-minister", "ru-foreign-minister", "by-foreign-minister", "state-secretary",
           "treasurer", "applicant-1", "applicant-2"]
PEOPLE = sorted({*SEATS, *WORKERS})
ANSWER_S = 15  # how long an answer may take
AFTER_S = 90   # how long a command may go on after the stop, when nothing is broken any more


class Client:
    """One person, logged in; a new connection wherever the old one is lost."""

    def __init__(self, host, port, person):
        self.host, self.port, self.person = host, port, person
        self.connection = None
        self.cookies = {}

    def ask(self, method, path, body=None):
        """Status and answer; raises OSError or HTTPException where there is none."""
        if self.connection is None:
            self.connection = http.client.HTTPConnection(self.host, self.port, timeout=ANSWER_S)
        headers = {"Content-Type": "application/json"} if body is not None else {}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
        try:
            self.connection.request(method, path, None if body is None else json.dumps(body), headers)
            answer = self.connection.getresponse()
            data = answer.read()
        except (OSError, http.client.HTTPException):
            self.connection.close()
            self.connection = None
            raise
        for header in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = header.split(";")[0].partition("=")
            self.cookies[name] = value
        try:
            return answer.status, json.loads(data)
        except ValueError:
            return answer.status, {"text": data[:200].decode(errors="replace")}

    def login(self):
        return self.ask("POST", "/api/login", {"login": self.person, "password": PASSWORD})[0] == 200

    def do(self, kind, auth, idem, body):
        return self.ask("POST", "/api/do/" + kind, {"auth": auth, "idem": idem, "body": body})


class Worker(threading.Thread):
    """What one person does, one command after the other."""

    def __init__(self, shared, number, person):
        super().__init__(daemon=True)
        self.shared, self.number, self.person = shared, number, person
        self.dice = random.Random(f"{shared['seed']}-{number}")
        self.client = Client(shared["host"], shared["port"], person)
        self.twin = Client(shared["host"], shared["port"], person)
        self.left_at = None

    def stopping(self):
        return os.path.exists(self.shared["stop"])

    def run(self):
        while not self.stopping() and not self.log_in(self.client):
            time.sleep(0.3)
        self.twin.cookies = dict(self.client.cookies)
        n = 0
        while not self.stopping():
            n += 1
            self.work(n)
            time.sleep(self.dice.uniform(0.0, 0.15))

    @staticmethod
    def log_in(client):
        try:
            return client.login()
        except (OSError, http.client.HTTPException):
            return False

    def command(self, n):
        """Kind, auth, body."""
        own = f"{self.number}x{n}"
        if self.person == "state-secretary":
            return ("assembly.convene_session", "pc/state-secretary",
                    {"id": f"n{n // 2}", "body": "com", "title": {"en": "S"}, "starts": "2099-01-01T10:00:00.000Z"})
        if self.person == "treasurer":
            return ("fund.receive_contribution", "pc/treasurer",
                    {"amount": {"minor": "100", "unit": "RUB"}, "contribution": f"c{own}", "effective": "2026-03-01",
                     "member": "ru", "reference": "r"})
        if self.person.startswith("applicant"):
            return "calls.submit_application", self.person, {"call": "c", "choices": ["p"]}
        if self.person == "ru-prime-minister" and n % 8 == 1:
            return ("assembly.table_motion", "com/chair",
                    {"motion": f"m{n}", "session": "s1", "item": "i1", "title": {"en": "M"}, "text": {"en": "T"}})
        if self.person == "ru-prime-minister" and n % 8 == 2:
            closes = time.time() + self.dice.uniform(2, 15)
            at = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(closes)) + ".000Z"
            return "assembly.open_vote", "com/chair", {"vote": f"v{n}", "motion": f"m{n - 1}", "closes": at}
        return ("assembly.cast_ballot", SEATS[self.person],
                {"vote": self.shared["vote"], "seat": SEATS[self.person], "choice": self.dice.choice(["yes", "no"])})

    def work(self, n):
        kind, auth, body = self.command(n)
        told = {"actor": self.person, "idem": f"{self.person}-{n}", "type": kind, "sent": 0, "answers": [],
                "unanswered": 0, "refused": None, "wrong": []}
        while True:
            if self.dice.random() < 0.05:
                threading.Thread(target=self.send_twin, args=(told, kind, auth, body), daemon=True).start()
            if self.send(self.client, told, kind, auth, body):
                break
            if self.stopping():
                self.left_at = self.left_at or time.monotonic()
                if time.monotonic() - self.left_at > AFTER_S:
                    told["wrong"].append("no answer long after nothing was broken any more")
                    break
            time.sleep(self.dice.uniform(0.02, 0.3))
        if told["answers"]:
            if kind == "assembly.open_vote":
                self.shared["vote"] = body["vote"]
            if kind == "assembly.convene_session" and self.dice.random() < 0.5:
                self.read_back(told, body["id"])
        self.shared["write"](told)

    def send_twin(self, told, kind, auth, body):
        """The same once more at the same time, as a network that doubles does."""
        self.send(self.twin, told, kind, auth, body)

    def send(self, client, told, kind, auth, body):
        """Whether there is nothing more to ask."""
        told["sent"] += 1
        try:
            status, answer = client.do(kind, auth, told["idem"], body)
        except (OSError, http.client.HTTPException):
            told["unanswered"] += 1
            return False
        if status == 200:
            told["answers"].append({k: answer.get(k) for k in ("seq", "entries", "repeated")})
            return True
        if status >= 500 or status == 429:
            told["unanswered"] += 1
            return False
        if status == 401:
            self.log_in(client)
            return False
        told["refused"] = answer.get("code") or str(answer)[:200]
        return True

    def read_back(self, told, session):
        """A reading after one's own act shows it, whichever node answers."""
        try:
            status, answer = self.client.ask("GET", f"/api/ask/assembly.session?id={session}")
        except (OSError, http.client.HTTPException):
            return
        if status == 404:
            told["wrong"].append(f"a reading after it was acknowledged does not show {session}: {answer}")


def main():
    host, port, seed, out, stop = sys.argv[1:]
    lock = threading.Lock()
    with open(out, "w", encoding="utf-8") as file:
        def write(told):
            with lock:
                file.write(json.dumps(told) + "\n")
                file.flush()
        shared = {"host": host, "port": int(port), "seed": seed, "stop": stop, "vote": "v0", "write": write}
        workers = [Worker(shared, n, person) for n, person in enumerate(WORKERS)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()


if __name__ == "__main__":
    main()

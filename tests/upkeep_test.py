"""A union's whole keeping, with the program beside its running server: backed up, restored, looked at as it
was, filled in from what it published, its account recovered, its key changed; how it says that it is
well; and that its log names nobody. And the keeping of a union on a PostgreSQL server."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.parse

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "faults")]
import union  # noqa: E402
import upkeep_on_server  # noqa: E402
from upkeep_on_server import said  # noqa: E402

PEOPLE = ("state-secretary", "registrar", "second-registrar")
OFFICE = {"registrar": "pc/registrar", "second-registrar": "pc/registrar-2"}
SECOND = """
[[offices]]
id = "pc/registrar-2"
body = "pc"
name = { en = "Second registrar", ru = "Второй регистратор", be = "Другі рэгістратар" }
powers = ["accounts"]

[[mandates]]
id = "registrar-2"
person = "second-registrar"
office = "pc/registrar-2"
from = 2024-01-01
"""
passed = failed = 0


def check(good, what):
    global passed, failed
    passed += bool(good)
    failed += not good
    if not good:
        print("FAIL", what)


def found(base, folder):
    charter = os.path.join(base, "charter.toml")
    with open("unions/union-state.toml", encoding="utf-8") as source:
        text = source.read()
    with open(charter, "w", encoding="utf-8") as out:
        out.write(text + SECOND)
    union.run("init", folder, "--charter", charter, "--origin", "upkeep.example/journal")
    for person in PEOPLE:
        union.run("account", "add", folder, person, person, "--password-cost", "fast",
                  env={**os.environ, "VECHE_PASSWORD": union.PASSWORD})


def act(client, auth, kind, body):
    status, _, answer = client.post(f"/api/do/{kind}", {"auth": auth, "body": body})
    return status, answer


def view(where, name):
    return union.run("--json", "ask", name, "--at", where).stdout


def exposition(text):
    """Prometheus' text form, read strictly: {(name, labels): value}; raises where it is not that."""
    types, samples = {}, {}
    for line in text.splitlines():
        if line.startswith("# TYPE "):
            _, _, name, kind = line.split(" ")
            assert name not in types and kind in ("counter", "gauge", "histogram"), line
            types[name] = kind
            continue
        if line.startswith("# HELP "):
            continue
        m = re.fullmatch(r'([a-z_]+)(\{([a-z_]+="[^"\\\n]*"(?:,[a-z_]+="[^"\\\n]*")*)\})? (\S+)', line)
        assert m, line
        base = re.sub(r"_(bucket|sum|count)$", "", m[1])
        assert m[1] in types or types.get(base) == "histogram", line
        key = (m[1], m[3] or "")
        assert key not in samples, line
        samples[key] = float(m[4])
    for (name, labels), value in samples.items():
        if name.endswith("_bucket") and 'le="+Inf"' in labels:
            rest = ",".join(x for x in labels.split(",") if not x.startswith("le="))
            assert samples[(name[:-7] + "_count", rest)] == value, (name, labels)
    return samples


def well(server, watched):
    status, body = union.ask(server.port, "/health")
    h = json.loads(body)
    check(status == 200 and h["status"] == "ok" and h["writing"] and h["entries"] > 0,
          f"health: {body}")
    check("password" not in body.decode() and "key" not in body.decode(), "health has no secrets")
    status, text = union.ask(watched, "/metrics")
    check(status == 200, "metrics are served at their own address")
    m = exposition(text.decode())
    check(m[("veche_healthy", "")] == 1 and m[("veche_journal_entries", "")] == h["entries"],
          "metrics agree with health")
    acts = sum(v for (n, x), v in m.items() if n == "veche_http_requests_total" and 'route="act"' in x)
    check(acts > 0, "commands were counted")
    check(m[("veche_commit_duration_seconds_count", "")] > 0, "commits were timed")
    check(m[("veche_sessions", "")] >= 1, "sessions are counted")
    check(union.ask(server.port, "/metrics")[0] == 404, "nobody else is shown metrics")
    for language, words in (("ru", "На диске не осталось места"), ("be", "На дыску не засталося месца")):
        status, page = union.ask(server.port, f"/{language}/problems/store.disk_full")
        check(status == 200 and words in page.decode(), f"what a failing disk says is said in {language}")
    before = len(exposition(union.ask(watched, "/metrics")[1].decode()))
    for n in range(300):
        union.ask(server.port, f"/en/measures/none-{n}")
    after = exposition(union.ask(watched, "/metrics")[1].decode())
    check(len(after) <= before + 2, f"addresses make no series: {before}, {len(after)}")


def kept(base, folder, server, secretary):
    """Backed up beside the server, gone on with, restored and compared."""
    backup = os.path.join(base, "backup")
    code, first = said("backup", folder, backup)
    check(code == 0 and first["fresh"] > 0, f"a running union is backed up: {first}")
    for n in range(5):
        act(secretary, "pc/state-secretary", "assembly.convene_session",
            {"id": f"s-{n}", "body": "com", "title": {"en": "Session"},
             "starts": "2099-01-01T10:00:00.000Z"})
    code, second = said("backup", folder, backup)
    check(code == 0 and 0 < second["fresh"] < first["entries"] + 20, "a further one takes what is new")
    check(said("check-backup", backup)[0] == 0, "the backup is whole")
    server.stop()
    new = os.path.join(base, "new")
    os.makedirs(new)
    for name in os.listdir(folder):
        if name == "log.key" or name.startswith("guard.sqlite"):
            shutil.copy(os.path.join(folder, name), new)
    code, restored = said("restore", backup, new)
    check(code == 0 and restored["root"] == second["root"], f"it is restored: {restored}")
    for name in ("assembly.sessions", "people.recoveries"):
        check(view(new, name) == view(folder, name), f"{name} is as it was")
    check(said("verify", new)[0] == 0, "what was restored verifies")
    code, listed = said("account", "list", new)
    check(len(listed) == len(PEOPLE), "accounts are there again")
    copy = os.path.join(base, "copy")
    code, cut = said("restore", backup, copy, "--at", "0")
    check(code == 0 and cut["entries"] < restored["entries"], "a copy is cut")
    check("s-0" not in view(copy, "assembly.sessions"), "the copy shows that time")
    code, why = said("do", "people.propose_recovery", "person=registrar", "--at", copy, "--as",
                     "second-registrar", "--auth", "pc/registrar-2")
    check(code != 0 and why["code"] == "store.looking_copy", f"a copy takes no commands: {why}")
    return backup


def behind(base, folder, backup):
    """The union goes on after the backup; restored it is behind, and is filled from an export."""
    union.run("do", "people.propose_recovery", "person=state-secretary", "--at", folder, "--as",
              "registrar", "--auth", "pc/registrar")
    out = os.path.join(base, "out")
    union.run("export", folder, out)
    old = os.path.join(base, "old")
    os.makedirs(old)
    for name in os.listdir(folder):
        if name == "log.key" or name.startswith("guard.sqlite"):
            shutil.copy(os.path.join(folder, name), old)
    code, restored = said("restore", backup, old)
    check(code == 1 and restored["missing"] >= 1, f"what is missing is said: {restored}")
    check(said("verify", old)[1]["code"] == "store.rolled_back", "it does not open")
    code, filled = said("fill", old, out)
    check(code == 0 and filled["filled"] == restored["missing"], f"it is filled: {filled}")
    check(said("verify", old)[0] == 0, "and verifies")


def page(server, path, fields=None, cookie=""):
    import http.client
    c = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    headers = {"Accept": "text/html"}
    if cookie:
        headers["Cookie"] = cookie
    if fields is None:
        c.request("GET", path, headers=headers)
    else:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        c.request("POST", path, urllib.parse.urlencode(fields), headers)
    answer = c.getresponse()
    return answer.status, answer.read().decode()


def recovered(server):
    """registrar proposed it; the second one confirms on the page; the owner comes with the code."""
    second = union.Client(server.port, "second-registrar")
    status, html = page(server, "/en/access", cookie=second.cookie)
    code = re.search(r'<span class="mono">([0-9a-f-]{39})</span>', html)
    digest = re.search(r'name="code_hash" value="([0-9a-f]{64})"', html)
    check(status == 200 and code and digest, "who may confirm is shown a code")
    if not code:
        return
    check("code_hash" not in page(server, "/en/access")[1], "nobody else is")
    status, answer = act(second, "pc/registrar-2", "people.confirm_recovery",
                         {"person": "state-secretary", "code_hash": digest[1]})
    check(status == 200, f"it is confirmed: {answer}")
    new = "a new password of the owner"
    wrong = {"person": "state-secretary", "code": "0" * 32, "password": new, "again": new}
    check(page(server, "/en/recover", wrong)[0] == 403, "another code lets nobody in")
    right = {**wrong, "code": code[1]}
    check(page(server, "/en/recover", {**right, "again": "other"})[0] == 400, "passwords must agree")
    status, html = page(server, "/en/recover", right)
    check(status == 200 and "state-secretary" in html, "the code lets its owner in")
    check(page(server, "/en/recover", right)[0] == 403, "once")
    old = union.PASSWORD
    union.PASSWORD = new
    union.Client(server.port, "state-secretary")
    union.PASSWORD = old


def key_changed(base, folder):
    old = union.run("--json", "export", folder, os.path.join(base, "out1")).stdout
    old = json.loads(old)["vkey"]
    vkey = said("key", "new", folder)[1]["vkey"]

    def do(kind, person, *fields):
        return said("do", kind, f"vkey={vkey}", *fields, "--at", folder, "--as", person, "--auth",
                    OFFICE[person])

    code, why = said("key", "change", folder, "--as", "registrar", "--auth", "pc/registrar")
    check(code == 1 and why["code"] == "people.log_key_unknown", f"not before it is said: {why}")
    check(do("people.propose_log_key", "registrar", "cause=planned")[0] == 0, "one announces it")
    check(do("people.confirm_log_key", "registrar")[1]["code"] == "people.same_person", "not alone")
    check(do("people.confirm_log_key", "second-registrar")[0] == 0, "another confirms it")
    code, changed = said("key", "change", folder, "--as", "registrar", "--auth", "pc/registrar")
    check(code == 0 and changed["vkey"] == vkey and changed["old_vkey"] == old, f"changed: {changed}")
    # Broken off before the files changed places: it does not open with the old one, and is finished.
    os.rename(os.path.join(folder, "log.key"), os.path.join(folder, "log.key.next"))
    os.rename(os.path.join(folder, "log.key.old"), os.path.join(folder, "log.key"))
    check(said("verify", folder)[1]["code"] == "store.key_left", "the old key opens nothing")
    code, again = said("key", "change", folder, "--as", "registrar", "--auth", "pc/registrar")
    check(code == 0 and again == changed, f"calling it again finishes it: {again}")
    union.run("do", "people.propose_recovery", "person=state-secretary", "--at", folder, "--as",
              "registrar", "--auth", "pc/registrar")
    out = os.path.join(base, "out2")
    union.run("export", folder, out)
    check(said("verify", out, "--vkey", vkey)[0] == 0, "the new key verifies")
    check(said("verify", out, "--vkey", old)[0] == 0, "who knows the old key is led to the new one")
    again = subprocess.run([sys.executable, "tests/replayer/replay.py", out], capture_output=True,
                           text=True, check=False)
    check(again.returncode == 0, f"the second replayer agrees: {again.stdout}{again.stderr}"[-400:])
    os.remove(os.path.join(out, "handovers"))
    check(said("verify", out, "--vkey", old)[0] == 1, "but not without the handover")


def silent(log):
    """No names, addresses, passwords or tokens in the log, and every line an object."""
    lines = log.splitlines()
    check(len(lines) > 10, f"there is a log: {len(lines)} lines")
    for line in lines:
        try:
            row = json.loads(line)
            good = {"time", "level", "fact"} <= row.keys()
        except ValueError:
            good = False
        if not good:
            check(False, f"a line of the log is no object: {line[:200]}")
            return
    for secret in (union.PASSWORD, "127.0.0.1:", "@", "Cookie", "veche=", "a new password"):
        hits = [x for x in lines if secret in x and '"listening"' not in x]
        check(not hits, f"the log does not hold {secret!r}: {hits[:1]}")


def main():
    with tempfile.TemporaryDirectory() as base:
        folder = os.path.join(base, "union")
        found(base, folder)
        watched = union.free_port()
        server = union.Server(folder, union.free_port(), more=["--metrics", f"127.0.0.1:{watched}"])
        check(server.wait() is None, "the server starts")
        secretary = union.Client(server.port, "state-secretary")
        act(secretary, "pc/state-secretary", "assembly.convene_session",
            {"id": "first", "body": "com", "title": {"en": "Session"},
             "starts": "2099-01-01T10:00:00.000Z"})
        time.sleep(1.5)  # a checkpoint
        well(server, watched)
        backup = kept(base, folder, server, secretary)
        behind(base, folder, backup)
        server = union.Server(folder, union.free_port(), more=["--log-format", "json", "--log", "debug"])
        check(server.wait() is None, "the server starts again")
        recovered(server)
        server.process.terminate()
        silent(server.process.communicate(timeout=20)[1])
        key_changed(base, folder)
        known = said("version")[1]
        check({"name": "people.take_log_key", "version": "1"} in known["entries"]
              and known["release"], "the program says what it knows")
    upkeep_on_server.run(check)
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()

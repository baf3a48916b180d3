"""A corrupt byte anywhere in the store, a truncated file, a restored old copy, a full disk, a
read-only disk: each is noticed and said clearly, and nothing acknowledged is lost in silence."""
import filecmp
import json
import os
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile

import union

SEED = int(os.environ.get("VECHE_SEED", "20261124"))
FLIPS = int(os.environ.get("VECHE_FLIPS", "60"))
passed = []
failed = []


def check(name, good, detail=""):
    (passed if good else failed).append(name)
    if not good:
        print("FAIL", name, detail)


def make(folder, sessions=40):
    union.found(folder, ["secretariat-1"])
    port = union.free_port()
    server = union.Server(folder, port)
    trouble = server.wait()
    assert not trouble, trouble
    client = union.Client(port, "secretariat-1")
    for n in range(sessions):
        status, _, answer = client.convene(f"s-{n}", f"i-{n}")
        assert status == 200, answer
    return server


def signed(folder):
    """Signs a checkpoint of everything, as the server does every second."""
    return union.run("verify", folder, check=False)


def opens(folder):
    """What the program says of the folder: exit code and words."""
    done = union.run("verify", folder, check=False)
    return done.returncode, (done.stdout + done.stderr).strip()


def public_bytes(folder, into):
    shutil.rmtree(into, ignore_errors=True)
    return union.run("export", folder, into, check=False).returncode == 0


def same_tree(a, b):
    compared = filecmp.dircmp(a, b)
    if compared.left_only or compared.right_only or compared.diff_files or compared.funny_files:
        return False
    return all(same_tree(os.path.join(a, d), os.path.join(b, d)) for d in compared.common_dirs)


def flip_bytes(scratch, whole, name, moments, flips):
    """Each flip is noticed, or changes nothing that anyone can see."""
    original = os.path.join(scratch, "original-public")
    assert public_bytes(whole, original)
    size = os.path.getsize(os.path.join(whole, name))
    noticed = harmless = 0
    for n in range(flips):
        at = moments.randrange(size)
        copy = os.path.join(scratch, "copy")
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(whole, copy)
        with open(os.path.join(copy, name), "r+b") as f:
            f.seek(at)
            byte = f.read(1)[0]
            f.seek(at)
            f.write(bytes([byte ^ (1 << moments.randrange(8))]))
        code, words = opens(copy)
        if code != 0:
            noticed += 1
            check(f"{name} byte {at}: said in words", len(words) > 20 and "Traceback" not in words, words)
            continue
        public = os.path.join(scratch, "public")
        good = public_bytes(copy, public) and same_tree(original, public)
        harmless += good
        check(f"{name} byte {at}: noticed or without effect", good, words)
    print(f"{name}: {flips} flips, {noticed} noticed, {harmless} where nothing is kept")


def truncate(scratch, whole, name, share):
    copy = os.path.join(scratch, "copy")
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(whole, copy)
    path = os.path.join(copy, name)
    os.truncate(path, int(os.path.getsize(path) * share))
    code, words = opens(copy)
    check(f"{name} cut to {share}", code != 0 and len(words) > 20, words)


def old_copy_restored(scratch):
    whole = os.path.join(scratch, "restored")
    server = make(whole, 10)
    server.stop()
    backup = os.path.join(scratch, "backup.sqlite")
    shutil.copy(os.path.join(whole, "journal.sqlite"), backup)
    port = union.free_port()
    server = union.Server(whole, port)
    assert not server.wait()
    client = union.Client(port, "secretariat-1")
    for n in range(10, 20):
        client.convene(f"s-{n}", f"i-{n}")
    server.stop()
    shutil.copy(backup, os.path.join(whole, "journal.sqlite"))
    code, words = opens(whole)
    check("an old copy restored", code != 0 and "old copy" in words, words)
    server = union.Server(whole, port)
    said = server.wait(5)
    check("a server refuses an old copy", bool(said) and "old copy" in said, str(said))
    if said is None:
        server.kill()


def guard_missing(scratch, whole):
    copy = os.path.join(scratch, "copy")
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(whole, copy)
    os.remove(os.path.join(copy, "guard.sqlite"))
    code, words = opens(copy)
    check("the guard is missing", code != 0 and "signed last is missing" in words, words)


def tampered_under_a_snapshot(scratch, whole):
    """A server that starts by its snapshot serves at once, and ends with the words of a whole reading when it
    comes to what was changed; the next start refuses, and so does one that is told to read all before."""
    copy = os.path.join(scratch, "under")
    shutil.copytree(whole, copy)
    check("a snapshot is written", union.run("snapshot", copy, check=False).returncode == 0)
    server = union.Server(copy, union.free_port())
    check("it starts by its snapshot", server.wait() is None)
    status = json.loads(union.ask(server.port, "/health")[1])["status"]
    check("and is inspected meanwhile", status in ("ok", "inspecting"), status)
    server.stop()
    with sqlite3.connect(os.path.join(copy, "journal.sqlite")) as file:
        file.execute("DROP TRIGGER entry_u")
        file.execute("UPDATE entry SET bytes=x'41' WHERE seq=5")
    expected = "Entry 5 does not hash to its leaf"
    kept = os.path.join(scratch, "snapshot")
    shutil.copy(os.path.join(copy, "snapshot"), kept)
    for name, snapshot, more in (("with a snapshot", True, ()), ("the next start", False, ()),
                                 ("told to read all", True, ("--inspect",))):
        if snapshot:
            shutil.copy(kept, os.path.join(copy, "snapshot"))
        server = union.Server(copy, union.free_port(), more)
        code = server.process.wait(20)
        words = server.process.stderr.read()
        check(f"a changed entry under a snapshot, {name}: the server ends", code == 3, str(code))
        check(f"a changed entry under a snapshot, {name}: said", expected in words, words)
        check(f"{name}: served before or not", ("listening" in words) == (name == "with a snapshot"), words)
    check("verify says so", opens(copy)[0] != 0 and expected in opens(copy)[1], opens(copy)[1])


def disk_full(scratch):
    """The file may not grow any more: as on a full disk, writing fails in the middle."""
    whole = os.path.join(scratch, "full")
    make(whole, 5).stop()
    limit = os.path.getsize(os.path.join(whole, "journal.sqlite")) + 40_000

    def limited():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    port = union.free_port()
    process = subprocess.Popen(
        [union.PROGRAM, "serve", whole, "--port", str(port), "--acts-per-second", "0",
         "--password-cost", "fast"], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        preexec_fn=limited)
    server = union.Server.__new__(union.Server)
    server.port, server.process = port, process
    said = server.wait()
    assert said is None, said
    client = union.Client(port, "secretariat-1")
    acknowledged = []
    for n in range(5, 400):
        try:
            status, _, answer = client.convene(f"s-{n}", f"i-{n}")
        except Exception:
            break
        if status == 200:
            acknowledged.append(answer["seq"])
    process.wait(20)
    words = process.stderr.read()
    check("a full disk stops the writer", process.returncode != 0, str(process.returncode))
    check("a full disk is said", "cannot be written" in words, words)
    code, after = opens(whole)
    check("after a full disk the journal verifies", code == 0, after)
    entries = int("".join(c for c in after.split("entr")[0].split()[-1] if c.isdigit()) or 0)
    check("nothing acknowledged is lost on a full disk",
          not acknowledged or entries > max(acknowledged), f"{entries} {max(acknowledged, default=0)}")


def read_only(scratch, whole):
    """Needs the right to mount; without it the check is left out and says so."""
    copy = os.path.join(scratch, "frozen")
    shutil.copytree(whole, copy)
    done = subprocess.run(
        ["unshare", "-m", "sh", "-c",
         f'mount --bind "{copy}" "{copy}" && mount -o remount,bind,ro "{copy}" || exit 99; '
         f'exec "{os.path.abspath(union.PROGRAM)}" serve "{copy}" --port {union.free_port()}'],
        capture_output=True, text=True, timeout=30)
    if done.returncode == 99:
        print("skipped: a read-only disk (no right to mount here)")
        return
    check("a read-only disk", done.returncode != 0 and "cannot be" in done.stdout + done.stderr,
          done.stdout + done.stderr)


def main():
    moments = random.Random(SEED)
    scratch = tempfile.mkdtemp(prefix="veche-damage-")
    whole = os.path.join(scratch, "whole")
    make(whole).stop()
    signed(whole)
    flip_bytes(scratch, whole, "journal.sqlite", moments, FLIPS)
    flip_bytes(scratch, whole, "guard.sqlite", moments, FLIPS // 4)
    for share in (0.0, 0.3, 0.9):
        truncate(scratch, whole, "journal.sqlite", share)
    truncate(scratch, whole, "guard.sqlite", 0.5)
    guard_missing(scratch, whole)
    old_copy_restored(scratch)
    tampered_under_a_snapshot(scratch, whole)
    disk_full(scratch)
    read_only(scratch, whole)
    shutil.rmtree(scratch, ignore_errors=True)
    print(f"{len(passed)} passed, {len(failed)} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()

"""The Debian package: the same bytes wherever and whenever it is made, complete, installed and purged
without a trace, its units as closed as systemd knows. Made from the build that is there."""

import os
import shutil
import subprocess
import sys
import tempfile
import time

TREE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
BUILD = os.path.dirname(os.environ.get("VECHE_PROGRAM", os.path.join(TREE, "build/dev/veche")))
UNITS = ("veche.service", "veche-witness.service")
EXPECTED = (
    "./usr/bin/veche", "./usr/bin/veche-ballot-verifier", "./lib/systemd/system/veche.service",
    "./lib/systemd/system/veche-witness.service", "./etc/default/veche",
    "./usr/share/veche/web/templates/layout.html", "./usr/share/veche/unions/union-state.toml",
    "./usr/share/man/man1/veche.1.gz", "./usr/share/doc/veche/operations.md.gz",
    "./usr/share/doc/veche/copyright")
passed = failed = 0


def check(good, what):
    global passed, failed
    passed += bool(good)
    failed += not good
    if not good:
        print("FAIL", what)


def run(*command, **more):
    return subprocess.run(command, capture_output=True, text=True, check=False, **more)


def make(tree, out, **more):
    made = run(sys.executable, os.path.join(tree, "packaging/make_package.py"), BUILD, out, **more)
    if made.returncode != 0:
        print(made.stdout + made.stderr)
        return None
    return made.stdout.strip().splitlines()[-1]


def copied_tree(base):
    """The parts that go into a package, elsewhere, with other times and in no repository."""
    tree = os.path.join(base, "another", "place")
    for part in ("packaging", "web", "unions", "docs", "src/api"):
        listed = run("git", "-C", TREE, "ls-files", "-z", part).stdout.split("\0")
        listed += run("git", "-C", TREE, "ls-files", "-zo", "--exclude-standard",
                      part).stdout.split("\0")
        for name in filter(None, listed):
            to = os.path.join(tree, name)
            os.makedirs(os.path.dirname(to), exist_ok=True)
            shutil.copyfile(os.path.join(TREE, name), to)
            os.utime(to, (1000000000, 1000000000))
    shutil.copyfile(os.path.join(TREE, "CHANGELOG.md"), os.path.join(tree, "CHANGELOG.md"))
    return tree


def reproducible(base):
    env = {**os.environ, "SOURCE_DATE_EPOCH": "1790000000"}
    first = make(TREE, os.path.join(base, "one"), env=env)
    time.sleep(1.1)  # another second
    second = make(copied_tree(base), os.path.join(base, "two"),
                  env={**env, "LC_ALL": "C", "TZ": "Asia/Tokyo", "HOME": base}, cwd=base)
    if not first or not second:
        check(False, "the package is made")
        return None
    with open(first, "rb") as a, open(second, "rb") as b:
        check(a.read() == b.read(), "two packages from two folders at two times are the same bytes")
    return first


def contents(package):
    listed = run("dpkg-deb", "-c", package).stdout
    names = {line.split()[5] for line in listed.splitlines()}
    for name in EXPECTED:
        check(name in names, f"{name} is in the package")
    check(all(line.split()[1] == "root/root" for line in listed.splitlines()), "all is root's")
    check(not any("test" in n and n.endswith(".mjs") for n in names), "no tests are in it")
    control = run("dpkg-deb", "-f", package).stdout
    check("libsodium23" in control and "libsqlite3-0" in control, "it names what it is linked with")


def units():
    if not shutil.which("systemd-analyze"):
        print("systemd-analyze is not there: units are not judged")
        return
    for unit in UNITS:
        path = os.path.join(TREE, "packaging", unit)
        said = run("systemd-analyze", "security", "--offline=true", "--threshold=20", path)
        # The last line: "→ Overall exposure level for veche.service: 1.2 OK"; at most 2.0.
        check(said.returncode == 0, f"{unit} is closed: {(said.stdout or said.stderr)[-200:]}")


def chroot_of(base):
    """A bare Debian, or nothing where none can be made."""
    root = os.path.join(base, "root")
    if os.geteuid() != 0 or not shutil.which("mmdebstrap"):
        return None
    made = run("mmdebstrap", "--variant=essential", "--include=adduser,init-system-helpers",
               "bookworm", root, timeout=900)
    return root if made.returncode == 0 else None


def installs(base, package):
    root = chroot_of(base)
    if root is None:
        print("no bare Debian can be made here: installing is left out")
        return
    shutil.copy(package, os.path.join(root, "veche.deb"))

    def inside(*command):
        return run("chroot", root, *command)

    before = set(inside("find", "/etc", "/usr", "/lib", "/var/lib/veche", "-xdev").stdout.split())
    # What it is linked with is not in a bare system; that it is named was looked at above.
    for _ in range(2):  # the second is an upgrade to itself
        done = inside("dpkg", "--force-depends", "-i", "/veche.deb")
        check(done.returncode == 0, f"it installs: {done.stderr[-300:]}")
    check("veche" in inside("getent", "passwd", "veche").stdout, "its user is there")
    check(inside("stat", "-c", "%U %a", "/var/lib/veche").stdout == "veche 700\n",
          "the folder is its user's alone")
    inside("sh", "-c", "mkdir /var/lib/veche/union && echo x > /var/lib/veche/union/journal.sqlite")
    check(inside("dpkg", "-r", "veche").returncode == 0, "it is removed")
    check(os.path.exists(os.path.join(root, "etc/default/veche")), "configuration stays")
    check(inside("dpkg", "-P", "veche").returncode == 0, "it is purged")
    check(os.path.exists(os.path.join(root, "var/lib/veche/union/journal.sqlite")),
          "a journal is never purged")
    inside("rm", "-r", "/var/lib/veche/union")
    inside("dpkg", "--force-depends", "-i", "/veche.deb")
    check(inside("dpkg", "-P", "veche").returncode == 0, "it is purged again")
    after = set(inside("find", "/etc", "/usr", "/lib", "/var/lib/veche", "-xdev").stdout.split())
    left = {p for p in after - before if not p.startswith(("/etc/passwd", "/etc/shadow", "/etc/group",
                                                           "/etc/gshadow", "/etc/subuid",
                                                           "/etc/subgid"))}
    check(not left, f"nothing is left: {sorted(left)[:5]}")
    check(not inside("getent", "passwd", "veche").stdout, "nor its user")


def compiles_alike(base):
    """Objects compiled in two folders are the same bytes: no name of a folder goes in."""
    made = []
    for place in ("x", "y/longer"):
        tree = os.path.join(base, place)
        shutil.copytree(os.path.join(TREE, "src/kernel"), os.path.join(tree, "src/kernel"))
        objects = []
        for source in ("instant.cpp", "hash.cpp", "check.cpp"):
            to = os.path.join(tree, source + ".o")
            done = run("g++", "-std=c++20", "-O2", "-g1", f"-ffile-prefix-map={tree}=.",
                       "-I", os.path.join(tree, "src"), "-c",
                       os.path.join(tree, "src/kernel", source), "-o", to)
            if done.returncode != 0:
                print(done.stderr[-500:])
            objects.append(to)
        made.append(objects)
    for a, b in zip(*made):
        with open(a, "rb") as one, open(b, "rb") as other:
            check(one.read() == other.read(), f"{os.path.basename(a)} is alike from two folders")


def main():
    with tempfile.TemporaryDirectory() as base:
        os.chmod(base, 0o755)
        units()
        compiles_alike(base)
        package = reproducible(base)
        if package:
            contents(package)
            installs(base, package)
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()

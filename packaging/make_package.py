#!/usr/bin/env python3
"""veche_VERSION_ARCH.deb out of a build: make_package.py BUILD_FOLDER OUTPUT_FOLDER.

The same program, files and SOURCE_DATE_EPOCH give the same bytes, wherever and whenever it runs: no
time, no name of a folder and no order of a file system goes in. Uses dpkg-deb, dpkg-shlibdeps, strip.
"""

import gzip
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
TREE = os.path.dirname(HERE)
MAINTAINER = "Veche authors <veche@union.example>"
PROGRAMS = ("veche", "veche-ballot-verifier")
DOCS = ("operations.md", "charter.md", "notifications.md", "secret-ballots.md")


def run(*command, **more):
    return subprocess.run(command, check=True, capture_output=True, text=True, **more).stdout


def release():
    """Of the program, from the one line of the source that says it."""
    with open(os.path.join(TREE, "src/api/vitals.cpp"), encoding="utf-8") as source:
        return re.search(r'release = "([0-9.]+)"', source.read()).group(1)


def epoch():
    """When the sources were last changed, as those who build packages agree to say it."""
    said = os.environ.get("SOURCE_DATE_EPOCH")
    if said:
        return int(said)
    done = subprocess.run(["git", "-C", TREE, "log", "-1", "--format=%ct"], capture_output=True,
                          text=True, check=False)
    return int(done.stdout) if done.returncode == 0 and done.stdout else 1785585600


def put(root, path, data, mode=0o644):
    full = os.path.join(root, path)
    os.makedirs(os.path.dirname(full), exist_ok=True)
    with open(full, "wb") as out:
        out.write(data if isinstance(data, bytes) else data.encode())
    os.chmod(full, mode)


def read(*path):
    with open(os.path.join(TREE, *path), "rb") as source:
        return source.read()


def put_tree(root, path, source, skip=()):
    """Every file that git knows, or where there is no git every one there is."""
    listed = subprocess.run(["git", "-C", TREE, "ls-files", "-z", source], capture_output=True,
                            text=True, check=False)
    names = [n for n in listed.stdout.split("\0") if n] if listed.returncode == 0 else []
    if not names:
        names = [os.path.relpath(os.path.join(folder, file), TREE)
                 for folder, _, files in os.walk(os.path.join(TREE, source)) for file in files]
    for name in sorted(names):
        if not name.endswith(skip):
            put(root, os.path.join(path, os.path.relpath(name, source)), read(name))


def zipped(data):
    """As gzip -9n: without a name and a time."""
    return gzip.compress(data if isinstance(data, bytes) else data.encode(), 9, mtime=0)


def man_escaped(text):
    return "".join("\\&" + line if line[:1] in (".", "'") else line
                   for line in text.replace("\\", "\\e").replace("-", "\\-").splitlines(True))


def verbs_of(program):
    """[(name, meaning)] of the verbs that its help lists."""
    listed = run(program, "--help").split("Subcommands:")[1]
    return re.findall(r"^  ([a-z][a-z-]*) +(\S.*)$", listed, re.M)


def manual(program, version, when):
    """veche(1), out of what the program says of itself."""
    day = time.strftime("%Y-%m-%d", time.gmtime(when))
    out = [f'.TH VECHE 1 "{day}" "veche {version}" "User Commands"\n.SH NAME\n'
           "veche \\- run the common affairs of a union, and recompute them\n.SH SYNOPSIS\n"
           ".B veche\n.I verb\n.RI [ options ]\n.SH DESCRIPTION\n"
           + man_escaped(run(program, "--help").split("\n")[0]) +
           "\n.SH VERBS\n"]
    for name, meaning in verbs_of(program):
        text = run(program, name, "--help").rstrip()
        out.append(f".SS {man_escaped(name)}\n{man_escaped(meaning)}\n.PP\n.nf\n.RS\n"
                   f"{man_escaped(text)}\n.RE\n.fi\n")
    out.append(".SH EXIT STATUS\n0 done, 1 refused or found wrong, 2 wrong usage, 3 a file, a folder "
               "or a server cannot be used.\n.SH FILES\n.TP\n/var/lib/veche/union\nthe union that "
               "veche.service serves\n.TP\n/etc/default/veche\nits options\n.SH SEE ALSO\n"
               "/usr/share/doc/veche/operations.md.gz\n")
    return "".join(out)


def copyright_file():
    return ("Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n"
            "Upstream-Name: veche\n\nFiles: *\nCopyright: 2026 the Veche authors\n"
            "License: Apache-2.0\n On Debian systems the whole text of the licence is in\n"
            " /usr/share/common-licenses/Apache-2.0.\n")


def changelog(version, when):
    day = time.strftime("%a, %d %b %Y %H:%M:%S +0000", time.gmtime(when))
    return (f"veche ({version}) unstable; urgency=medium\n\n"
            f"  * Release {version}; CHANGELOG.md of the sources tells what is in it.\n\n"
            f" -- {MAINTAINER}  {day}\n")


def put_programs(root, build):
    for name in PROGRAMS:
        to = os.path.join(root, "usr/bin", name)
        os.makedirs(os.path.dirname(to), exist_ok=True)
        shutil.copyfile(os.path.join(build, name), to)
        os.chmod(to, 0o755)
        run("strip", "--strip-unneeded", "--remove-section=.comment", "--remove-section=.note", to)


def put_files(root, build, version, when):
    put_programs(root, build)
    put_tree(root, "usr/share/veche/web", "web", skip=("README.md", ".test.mjs"))
    put_tree(root, "usr/share/veche/unions", "unions", skip=("package.json", "package-lock.json"))
    for unit in ("veche.service", "veche-witness.service"):
        put(root, f"lib/systemd/system/{unit}", read("packaging", unit))
    put(root, "etc/default/veche", read("packaging", "veche.default"))
    program = os.path.abspath(os.path.join(build, "veche"))
    put(root, "usr/share/man/man1/veche.1.gz", zipped(manual(program, version, when)))
    put(root, "usr/share/man/man1/veche-ballot-verifier.1.gz", zipped(
        '.TH VECHE-BALLOT-VERIFIER 1 "" "" "User Commands"\n.SH NAME\nveche\\-ballot\\-verifier \\- '
        "recompute the public record of a secret ballot\n.SH SYNOPSIS\n.B veche\\-ballot\\-verifier\n"
        ".I record\n.SH DESCRIPTION\nShares no code with the server whose record it judges. Exits "
        "with 0 where every proof and the count hold.\n.SH SEE ALSO\n.BR veche (1)\n"))
    doc = "usr/share/doc/veche"
    put(root, f"{doc}/copyright", copyright_file())
    put(root, f"{doc}/changelog.gz", zipped(changelog(version, when)))
    put(root, f"{doc}/NEWS.gz", zipped(read("CHANGELOG.md")))
    for page in DOCS:
        put(root, f"{doc}/{page}.gz", zipped(read("docs", page)))


def dependencies(root):
    """What the programs are linked with, as dpkg knows it."""
    with tempfile.TemporaryDirectory() as bare:
        os.makedirs(os.path.join(bare, "debian"))
        with open(os.path.join(bare, "debian/control"), "w", encoding="ascii") as control:
            control.write("Source: veche\n\nPackage: veche\nArchitecture: any\n")
        said = run("dpkg-shlibdeps", "-O", *[os.path.join(root, "usr/bin", p) for p in PROGRAMS],
                   cwd=bare)
    return said.strip().split("=", 1)[1]


def put_control(root, version):
    size = sum(os.path.getsize(os.path.join(folder, f)) for folder, _, files in os.walk(root)
               for f in files)
    put(root, "DEBIAN/control", f"""Package: veche
Version: {version}
Section: misc
Priority: optional
Architecture: {run("dpkg", "--print-architecture").strip()}
Maintainer: {MAINTAINER}
Installed-Size: {(size + 1023) // 1024}
Depends: {dependencies(root)}, adduser, tzdata, fonts-dejavu-core
Suggests: postgresql, haproxy | nginx
Description: common affairs of a union, decided, carried out and recomputable
 Sessions, votes, a joint fund, calls, evidence, registers and follow-up for a
 union of states, regions or cities. Decisions execute themselves, and anyone
 can recompute everything from one signed journal.
""")
    put(root, "DEBIAN/conffiles", "/etc/default/veche\n")
    for script in ("postinst", "prerm", "postrm"):
        put(root, f"DEBIAN/{script}", read("packaging", script), 0o755)
    sums = []
    for folder, _, files in os.walk(root):
        for name in files:
            path = os.path.relpath(os.path.join(folder, name), root)
            if not path.startswith(("DEBIAN/", "etc/")):
                sums.append((path, run("md5sum", os.path.join(root, path)).split()[0]))
    put(root, "DEBIAN/md5sums", "".join(f"{md5}  {path}\n" for path, md5 in sorted(sums)))


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    build, out = sys.argv[1:]
    version, when = release(), epoch()
    os.environ["SOURCE_DATE_EPOCH"] = str(when)
    os.makedirs(out, exist_ok=True)
    with tempfile.TemporaryDirectory() as root:
        os.chmod(root, 0o755)
        os.umask(0o022)
        put_files(root, build, version, when)
        put_control(root, version)
        for folder, folders, files in os.walk(root):
            for name in folders + files:
                os.utime(os.path.join(folder, name), (when, when))
        os.utime(root, (when, when))
        architecture = run("dpkg", "--print-architecture").strip()
        package = os.path.join(out, f"veche_{version}_{architecture}.deb")
        run("dpkg-deb", "--root-owner-group", "-Zxz", "--build", root, package)
    print(package)


if __name__ == "__main__":
    main()

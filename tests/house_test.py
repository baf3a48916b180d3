#!/usr/bin/env python3
"""The house rules that a program can hold: arrows between rooms, sizes, names, vocabulary.

Each rule is a function that takes the tree and yields complaints. Every rule is also tried on a
small tree that breaks it on purpose: a rule that no longer sees anything is itself a failure.
"""

import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

import house_text

ROOT = Path(__file__).resolve().parent.parent

# What a room may include besides itself. docs/ARCHITECTURE.md draws the same arrows.
DOMAIN = ["charter", "ballot", "assembly", "programme", "fund", "people", "sealed",
          "calls", "evidence", "registry", "beneficiaries", "barriers", "doses", "prevention", "situation"]
ALLOCATION = ["matching", "budgeting", "shares", "teams"]
STATISTICS = ["tables", "numerics", "trade", "gravity", "inputoutput"]
HEALTH = ["epidemic"]
ARROWS = {
    "kernel": [],
    "journal": ["kernel"],
    "charter": ["kernel", "journal"],
    "elections": ["kernel"],
    "ledger": ["kernel"],
    "matching": ["kernel"],
    "budgeting": ["kernel"],
    "shares": ["kernel"],
    "teams": ["kernel"],
    "doseplan": ["kernel", "shares"],
    "numerics": ["kernel"],
    "tables": ["kernel"],
    "trade": ["kernel", "tables", "numerics"],
    "gravity": ["kernel", "tables", "numerics"],
    "inputoutput": ["kernel", "tables", "numerics"],
    "epidemic": ["kernel", "tables", "numerics"],
    "assembly": ["kernel", "charter", "ballot", "elections"],
    "programme": ["kernel", "charter"],
    "fund": ["kernel", "charter", "ledger"],
    "people": ["kernel", "charter"],
    "ballot": ["kernel"],
    "sealed": ["kernel", "charter", "journal"],
    "evidence": ["kernel", "charter"],
    "registry": ["kernel", "charter"],
    "beneficiaries": ["kernel", "charter"],
    "barriers": ["kernel", "charter", "journal"],
    "doses": ["kernel", "charter", "ledger", "shares"],
    "prevention": ["kernel", "charter"],
    "situation": ["kernel", "charter"],
    "findings": ["kernel", "evidence", *STATISTICS],
    "explore": ["kernel", "tables", "trade"],
    "search": ["kernel"],
    "calls": ["kernel", "charter", *ALLOCATION],
    "office": ["kernel", "journal", "elections", *DOMAIN],
    "store": ["kernel", "journal"],
    "upkeep": ["kernel", "journal", "store"],
    "maps": ["kernel"],
    "render": ["kernel", "maps"],
    "documents": ["kernel", "journal", "elections", *DOMAIN, "office", "render"],
    "api": ["kernel", "journal", "elections", "ledger", *DOMAIN, "office", "store", "render", "documents",
            "explore", "findings", "maps", "search", "tables", "numerics", "shares", "doseplan", *HEALTH],
    "cli": ["kernel", "journal", *DOMAIN, "office", "store", "upkeep", "render", "documents", "api",
            "elections", "ledger", *ALLOCATION, *STATISTICS, *HEALTH, "doseplan", "findings", "search"],
}

# Libraries by the beginning of their include: the name in docs/dependencies.md, and how many files
# may include them. Heavy ones (more than half a second per file) stay in few.
LIBRARIES = {
    "boost/": ("Boost", 3),
    "simdjson": ("simdjson", 4),
    "CLI/": ("CLI11", 5),
    "toml++/": ("toml++", 3),
    "unicode/": ("ICU", 3),
    "openssl/": ("OpenSSL", 3),
    "sodium": ("libsodium", 4),
    "sqlite3": ("SQLite", 3),
    "libpq-fe": ("libpq", 1),
    "spdlog/": ("spdlog", 3),
    "zlib.h": ("zlib", 3),
    "curl/": ("libcurl", 3),
    "hpdf.h": ("libharu", 3),
    "pugixml": ("pugixml", 1),
    "gmpxx.h": ("GMP", None),
    "coin/": ("CLP", 1),
    "rapidcheck": ("rapidcheck", None),
    "doctest/": ("doctest", None),
    "fmt/": ("fmt", None),
    "tl/expected": ("tl::expected", None),
}
SYSTEM = ("sys/", "netinet/", "arpa/", "linux/", "elf.h", "link.h", "malloc.h", "signal.h", "unistd.h", "fcntl.h",
          "poll.h", "spawn.h", "termios.h", "stdlib.h", "errno.h", "time.h", "netdb.h", "pthread.h", "immintrin.h",
          "dlfcn.h", "sched.h", "semaphore.h")

# Written in pieces, so that this file passes its own rule.
BANNED = ["/wo" + "rk/", "/ho" + "me/", "/ro" + "ot/", "TO" + "DO", "FIX" + "ME",
          "regis" + "try.npmjs", "deb.deb" + "ian.org"]
CODE = (".cpp", ".hpp", ".py", ".sh", ".ts", ".js", ".mjs", ".css")
MAX_COLUMNS, MAX_FUNCTION, MAX_FILE = 100, 70, 800


class Tree:
    """The files that are, or could be, part of the repository, with their texts."""

    def __init__(self, root):
        self.root = root
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=root, capture_output=True, check=True).stdout.decode()
        self.texts = {}
        for name in sorted(set(listed.split("\0")) - {""}):
            path = root / name
            if not path.is_file():
                continue
            data = path.read_bytes()
            if b"\0" not in data[:4096]:
                self.texts[name] = data.decode(errors="replace")

    def code(self, *endings):
        for name, text in self.texts.items():
            first = text.split("\n", 1)[0]
            script = "." not in name.rsplit("/", 1)[-1] and first.startswith("#!")
            if name.endswith(endings) or (script and ".sh" in endings):
                yield name, text


def includes(text):
    for line in text.splitlines():
        found = re.match(r'\s*#\s*include\s*(["<])([^">]+)[">]', line)
        if found:
            yield found.group(1), found.group(2)


def arrows(tree):
    """A room includes only the rooms that ARCHITECTURE.md lets it see."""
    for name, text in tree.code(".cpp", ".hpp"):
        parts = name.split("/")
        # A test may put a whole house together around its room.
        if parts[0] != "src" or "tests" in parts:
            continue
        room = parts[1]
        if room not in ARROWS:
            yield f"{name}: there is no room called {room}"
            continue
        for mark, target in includes(text):
            other = target.split("/")[0]
            if mark == '"' and other != room and other not in ARROWS[room]:
                yield f"{name}: {room} may not include {target}"


def verifier_alone(tree):
    """The verifier of secret ballots shares no code with the program whose records it judges."""
    for name, text in tree.code(".cpp", ".hpp"):
        if not name.startswith("verifier/"):
            continue
        for mark, target in includes(text):
            if mark == '"' and f"verifier/{target}" not in tree.texts:
                yield f"{name}: the verifier stands alone and may not include {target}"


def libraries(tree):
    """Foreign headers are known, documented, and the heavy ones stay in few .cpp files."""
    documented = tree.texts.get("docs/dependencies.md", "")
    users = {}
    for name, text in tree.code(".cpp", ".hpp"):
        for mark, target in includes(text):
            if mark == '"' or re.fullmatch(r"[a-z_0-9]+", target) or target.startswith(SYSTEM):
                continue
            prefix = next((p for p in LIBRARIES if target.startswith(p)), None)
            if prefix is None:
                yield f"{name}: <{target}> belongs to no library that tests/house_test.py knows"
                continue
            users.setdefault(prefix, set()).add(name)
    for prefix, names in users.items():
        library, limit = LIBRARIES[prefix]
        if f"| {library} |" not in documented:
            yield f"docs/dependencies.md: {library} is used and has no row"
        own = sorted(n for n in names if n.startswith("src/") and "/tests/" not in n)
        if limit is None:
            continue
        if len(own) > limit:
            yield f"{library} is included in {len(own)} files, {limit} at most: {', '.join(own)}"
        for name in own:
            if name.endswith(".hpp"):
                yield f"{name}: {library} is heavy and may not be included in a header"


def packages(tree):
    """Every Debian package that ./dev installs has its reason in docs/dependencies.md."""
    documented = tree.texts.get("docs/dependencies.md", "")
    for block in re.findall(r'^PACKAGES_\w+="([^"]*)"', tree.texts.get("dev", ""), re.M):
        for entry in block.split():
            package = entry.split("=")[0]
            if not package.startswith("$") and f"`{package}`" not in documented:
                yield f"docs/dependencies.md: the package {package} has no reason"


def columns_of(name, line):
    """C++ keeps to MAX_COLUMNS, but for a text that a break would only make harder to find; scripts
    have a little more; a style sheet has one rule a line."""
    if name.endswith(".css"):
        return len(line)
    if name.endswith((".cpp", ".hpp")):
        return len(line) if '"' in line or "RAISE(" in line else MAX_COLUMNS
    return MAX_COLUMNS + 20


def sizes(tree):
    """Lines, functions and files stay small enough to read."""
    for name, text in tree.code(*CODE):
        lines = text.splitlines()
        if len(lines) > MAX_FILE:
            yield f"{name}: {len(lines)} lines, {MAX_FILE} at most"
        formatted = True
        for number, line in enumerate(lines, 1):
            if "clang-format off" in line or "clang-format on" in line:
                formatted = "clang-format on" in line
            if formatted and len(line) > columns_of(name, line):
                yield f"{name}:{number}: {len(line)} columns, {columns_of(name, line)} at most"
        for first, last in house_text.functions(name, text):
            if last - first + 1 > MAX_FUNCTION:
                length = last - first + 1
                yield f"{name}:{first}: a function of {length} lines, {MAX_FUNCTION} at most"


def readmes(tree):
    """Every room says on one page what it is."""
    for room in sorted({n.split("/")[1] for n in tree.texts if n.startswith("src/")}):
        text = tree.texts.get(f"src/{room}/README.md")
        if text is None:
            yield f"src/{room}: no README.md"
        elif len(text.splitlines()) > 90:
            yield f"src/{room}/README.md: longer than a page (90 lines)"


def words(tree):
    """No leftovers: places on somebody's machine, marks of unfinished work, network hosts."""
    for name, text in tree.texts.items():
        for banned in BANNED:
            if banned in text:
                number = text[:text.index(banned)].count("\n") + 1
                yield f"{name}:{number}: contains {banned!r}"


KIND = re.compile(r'refusal_kind\s+(\w+)\s*\{\s*"([^"]*)"\s*,\s*(\d+)\s*,'
                  r'\s*((?:"(?:[^"\\]|\\.)*"\s*)+)')


STATUSES = set("400 401 403 404 405 409 413 415 422 429 431 500 503 507".split())


def refusal_kinds(tree):
    for name, text in tree.code(".hpp", ".cpp"):
        if name.startswith("src/") and "/tests/" not in name:
            for found in KIND.finditer(text):
                yield name, text, found


def refusals(tree):
    """Codes are unique and well formed, sentences are sentences, each kind stands in its `all`."""
    seen = {}
    for name, text, found in refusal_kinds(tree):
        variable, code, status, sentence = found.groups()
        if code in seen:
            yield f"{name}: the refusal code {code} is taken by {seen[code]}"
        seen[code] = name
        if not re.fullmatch(r"[a-z]+\.[a-z0-9_]+", code):
            yield f"{name}: {code} is no refusal code (module.fact)"
        if status not in STATUSES:
            yield f"{name}: {code} maps to the odd status {status}"
        # A sentence may end with another one, which has its own full stop.
        if not sentence.rstrip().endswith(('."', '}"')):
            yield f"{name}: the sentence of {code} does not end with a full stop"
        listed = "".join(re.findall(r"\ball\b[^=;]*=\s*\{([^}]*)\}", text))
        if not re.search(rf"&{variable}\b", listed):
            yield f"{name}: {variable} is missing in its array `all`"


OPERATORS = {"cli", "journal", "render", "replay", "store", "upkeep"}
# But these of the store meet whoever acts or reads while its disk or its server fails; the others a start.
SHOWN = {"journal.seal_shredded"} | {"store." + name for name in """
    contended content_differs content_missing content_too_large database database_damaged disk_failed
    disk_full entry_differs entry_missing locked looking_copy moved not_contiguous not_durable overtaken
    read_only row_taken tile_missing tree_differs unreachable write_failed
""".split()}


def catalogues(tree):
    """Every refusal a reader can meet has its sentence in every other language; the English one is in
    the code. Those of OPERATORS' rooms are said on a terminal or to a program, in English,
    but those that are SHOWN."""
    codes = [found.group(2) for _, _, found in refusal_kinds(tree)]
    for code in sorted(SHOWN.difference(codes)):
        yield f"tests/house_test.py: there is no refusal {code}"
    codes = [code for code in codes if code in SHOWN or code.split(".")[0] not in OPERATORS]
    for name in sorted(tree.texts):
        if not re.fullmatch(r"web/catalogues/[a-z]+\.toml", name) or name.endswith("/en.toml"):
            continue
        table = tomllib.loads(tree.texts[name])
        flat = house_text.flat_keys(table)
        for code in codes:
            if f"refusal.{code}" not in flat:
                yield f"{name}: no sentence for refusal.{code}"


REMARK = re.compile(r'remark_kind\s+(\w+)\{\s*"([^"]+)"')


def remarks(tree):
    """Every remark beside figures has its sentence in every catalogue, and stands in its `all`."""
    found = [(name, text, *one.groups()) for name, text in tree.code(".hpp")
             if name.startswith("src/") for one in REMARK.finditer(text)]
    for name, text, variable, code in found:
        listed = "".join(re.findall(r"\ball\b[^=;]*=\s*\{([^}]*)\}", text))
        if not re.search(rf"&{variable}\b", listed):
            yield f"{name}: {variable} is missing in its array `all`"
    for name in sorted(tree.texts):
        if re.fullmatch(r"web/catalogues/[a-z]+\.toml", name):
            flat = house_text.flat_keys(tomllib.loads(tree.texts[name]))
            for _, _, _, code in found:
                if f"remark.{code}" not in flat:
                    yield f"{name}: no sentence for remark.{code}"


def tests_present(tree):
    """Every room with sources has tests."""
    rooms = {n.split("/")[1] for n in tree.texts if re.fullmatch(r"src/\w+/.*\.cpp", n)}
    tested = {n.split("/")[1] for n in tree.texts if re.fullmatch(r"src/\w+/tests/.*_test\.cpp", n)}
    for room in sorted(rooms - tested):
        yield f"src/{room}: no tests"


# Per rule: files that break it, and a piece of the complaint that must come.
BROKEN = {
    arrows: ({"src/fund/a.cpp": '#include "assembly/state.hpp"\n'}, "may not include"),
    verifier_alone: ({"verifier/a.cpp": '#include "kernel/json.hpp"\n'}, "stands alone"),
    libraries: ({"src/api/a.hpp": "#include <boost/asio.hpp>\n"}, "in a header"),
    packages: ({"dev": 'PACKAGES_BUILD="g++ left-pad"\n'}, "left-pad"),
    sizes: ({"src/fund/a.cpp": "void f(int a) {\n" + "    g();\n" * 70 + "}\n"},
            "a function of 72"),
    readmes: ({"src/fund/a.cpp": "\n"}, "no README.md"),
    words: ({"docs/a.md": "see " + BANNED[0] + "main\n"}, "contains"),
    refusals: ({"src/fund/refusal.hpp":
                'refusal_kind a{"fund.x", 400, "No."};\n'
                'refusal_kind b{"fund.x", 400, "No."};\n'
                'refusal_kind* all[] = {&a, &b};\n'}, "is taken by"),
    catalogues: ({"src/fund/refusal.hpp": 'refusal_kind a{"fund.x", 400, "No."};\n',
                  "web/catalogues/ru.toml": "[refusal]\n"}, "no sentence for refusal.fund.x"),
    remarks: ({"src/trade/remarks.hpp": 'remark_kind a{"trade.x", "X."};\n'
                                        'remark_kind* all[] = {&a};\n',
               "web/catalogues/ru.toml": "[remark]\n"}, "no sentence for remark.trade.x"),
    tests_present: ({"src/fund/a.cpp": "\n"}, "no tests"),
}


def sees_what_is_broken(rule):
    files, expected = BROKEN[rule]
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["git", "init", "-q", folder], check=True)
        for name, text in files.items():
            path = Path(folder) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return any(expected in complaint for complaint in rule(Tree(Path(folder))))


def main():
    tree = Tree(ROOT)
    passed = failed = 0
    for rule in BROKEN:
        complaints = list(rule(tree))
        if not sees_what_is_broken(rule):
            complaints.append("the rule does not see a tree that breaks it")
        for complaint in complaints:
            print(f"FAILED {rule.__name__}: {complaint}")
        passed, failed = passed + (not complaints), failed + bool(complaints)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

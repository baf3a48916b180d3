#!/usr/bin/env python3
"""Books kept twice: `veche ledger check` and the second replayer's book must agree in what every
step answers, every balance and every line, on long random runs of all operations, and on all
vectors that are at hand."""

import json
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "replayer"))
import ledger  # noqa: E402

PROGRAM = os.environ.get("VECHE_PROGRAM", str(ROOT / "build/dev/veche"))
SHARED = Path(os.environ.get("VECHE_SHARED", ROOT / "../shared"))
RUNS, STEPS = 60, 400
UNITS = ["EUR", "RUB", "PLACE"]


class Player:
    """Makes up steps that are mostly sound: of known things, of amounts about as large as fit."""

    def __init__(self, seed):
        self.chance = random.Random(seed)
        self.book, self.steps, self.n = ledger.Book(), [], 0
        for unit in UNITS[:2] + ([UNITS[2]] if self.chance.random() < 0.7 else []):
            self.play({"op": "commodity", "code": unit, "scale": 2})

    def play(self, step):
        step["expect"] = self.book.take(step)
        self.steps.append(step)

    def name(self, stem):
        self.n += 1
        return f"{stem}{self.n}" if self.chance.random() < 0.97 else f"{stem}{self.chance.randint(1, self.n)}"

    def of(self, known, stem):
        """One of the known, sometimes one that is not."""
        known = list(known)
        return self.chance.choice(known) if known and self.chance.random() < 0.95 else stem + "-no"

    def about(self, limit):
        """Around what fits: often within, sometimes exactly, sometimes one too many."""
        pick = self.chance.random()
        if limit > 0 and pick < 0.7:
            return self.chance.randint(1, limit)
        return limit + self.chance.choice([-1, 0, 1]) if pick < 0.95 else self.chance.choice(
            [0, -5, 2 ** 96, 2 ** 80])

    def unit(self):
        return self.chance.choice(UNITS)

    def day(self):
        return f"2026-{self.chance.randint(1, 12):02d}-{self.chance.randint(1, 28):02d}"

    def common(self, step):
        if self.chance.random() < 0.5:
            step.setdefault("date", self.day())
        if self.chance.random() < 0.5:
            step["by"] = self.chance.choice(["u", "v", "w"])
        return step

    def step(self):
        kind = self.chance.choice(["raw", "assess", "reassess", "receive", "receive", "earn",
                                   "write_off", "appropriate", "amend", "transfer", "carry",
                                   "close", "reserve", "reserve", "commit", "commit", "confirm",
                                   "confirm", "void", "expire", "release", "accept", "accept",
                                   "pay", "pay", "pay", "advance", "settle", "refund", "recover",
                                   "charge", "fx"])
        if kind == "close" and self.chance.random() < 0.9:
            return
        self.play(self.common(getattr(self, kind)()))
        if self.chance.random() < 0.03:
            again = dict(self.chance.choice(self.steps))
            if "amount" in again and self.chance.random() < 0.5:
                again["amount"] += 1
            self.play(again)

    def raw(self):
        unit, minor = self.unit(), self.about(10_000)
        other = unit if self.chance.random() < 0.9 else self.unit()
        return {"op": "raw", "id": self.name("o"),
                "legs": [["Bank", unit, minor], ["FundBalance", other, -minor]]}

    def key(self):
        members = self.chance.sample(["A", "B", "C", "D"], self.chance.randint(1, 4))
        return [[m, self.chance.choice([1, 3, 65, "48.5", "21.6", "0.125"])] for m in members]

    def assess(self):
        return {"op": "assess", "id": self.name("a"), "total": self.chance.randint(1, 100_000),
                "ccy": self.unit(), "key": self.key()}

    def reassess(self):
        step = self.assess() | {"op": "reassess"}
        old = {"A": step["total"] // 3, "B": step["total"] - step["total"] // 3}
        return step | {"old": old if self.chance.random() < 0.9 else {"A": 1}}

    def receive(self):
        return {"op": "receive", "id": self.name("r"), "member": self.chance.choice("ABCD"),
                "ccy": self.unit(), "amount": self.about(20_000)}

    def earn(self):
        return {"op": "earn", "id": self.name("i"), "income": "Interest", "ccy": self.unit(),
                "amount": self.about(100)}

    def write_off(self):
        member, unit = self.chance.choice("ABCD"), self.unit()
        return {"op": "write_off", "id": self.name("w"), "member": member, "ccy": unit,
                "amount": self.about(self.book.bal("Receivable:" + member, unit) // 4)}

    def left(self, line):
        return self.book.available(line) if line in self.book.lines else 1

    def appropriate(self):
        step = {"op": "appropriate", "id": self.name("b"), "line": self.name("L"),
                "ccy": self.unit(), "amount": self.chance.randint(1, 20_000)}
        if self.chance.random() < 0.5:
            step["parent"] = self.of(self.book.lines, "L")
            step["amount"] = self.about(self.left(step["parent"]) // 2)
            if step["parent"] in self.book.lines and self.chance.random() < 0.9:
                step["ccy"] = self.book.lines[step["parent"]]["unit"]
        return step

    def amend(self):
        line = self.of(self.book.lines, "L")
        delta = self.about(1_000)
        return {"op": "amend", "id": self.name("m"), "line": line,
                "delta": delta if self.chance.random() < 0.5 else -self.about(self.left(line))}

    def transfer(self):
        source = self.of(self.book.lines, "L")
        return {"op": "transfer", "id": self.name("t"), "from": source,
                "to": self.of(self.book.lines, "L"), "amount": self.about(self.left(source))}

    def carry(self):
        step = self.transfer() | {"op": "carry"}
        return step if self.chance.random() < 0.7 else step | {"to": self.name("L")}

    def close(self):
        return {"op": "close", "id": self.name("y"), "year": "2026", "date": "2026-02-15"}

    def reserve(self):
        line = self.of(self.book.lines, "L")
        unit = self.book.lines.get(line, {"unit": "EUR"})["unit"]
        step = {"op": "reserve", "id": self.name("q"), "line": line,
                "ccy": unit if self.chance.random() < 0.95 else self.unit(),
                "amount": self.about(self.left(line) // 2)}
        if self.chance.random() < 0.5:
            step["expires"] = self.day()
        return step

    def commit(self):
        return self.reserve() | {"op": "commit"}

    def confirm(self):
        ref = self.of(self.book.held, "q")
        step = {"op": "confirm", "id": self.name("c"), "ref": ref}
        if self.chance.random() < 0.4:
            step["amount"] = self.about(self.book.held.get(ref, {"amount": 1})["amount"])
        return step

    def void(self):
        return {"op": "void", "id": self.name("x"), "ref": self.of(self.book.held, "q")}

    def expire(self):
        return {"op": "expire", "id": self.name("e"), "date": self.day()}

    def held(self, count):
        ref = self.of(self.book.held, "q")
        return ref, self.about(count(self.book.held[ref]) if ref in self.book.held else 1)

    def release(self):
        ref, minor = self.held(lambda h: h["amount"] - h["released"] - h["accepted"] - h["advanced"])
        return {"op": "release", "id": self.name("z"), "ref": ref, "amount": minor}

    def accept(self):
        ref, minor = self.held(lambda h: h["amount"] - h["released"] - h["accepted"])
        unit = self.book.held.get(ref, {"unit": "EUR"})["unit"]
        return {"op": "accept", "id": self.name("l"), "ref": ref, "amount": minor,
                "ccy": unit if self.chance.random() < 0.95 else self.unit()}

    def pay(self):
        ref = self.of(self.book.claims, "l")
        return {"op": "pay", "id": self.name("p"), "ref": ref,
                "amount": self.about(self.book.claims.get(ref, {"left": 1})["left"])}

    def advance(self):
        ref, minor = self.held(lambda h: self.book.unpaid(h) // 2)
        return {"op": "advance", "id": self.name("v"), "ref": ref, "amount": minor}

    def settle(self):
        ref = self.of(self.book.claims, "l")
        claim = self.book.claims.get(ref)
        limit = min(claim["left"], self.book.held[claim["of"]]["advanced"]) if claim else 1
        return {"op": "settle", "id": self.name("s"), "ref": ref, "amount": self.about(limit)}

    def refund(self):
        ref, minor = self.held(lambda h: h["advanced"])
        return {"op": "refund", "id": self.name("f"), "ref": ref, "amount": minor}

    def recover(self):
        ref = self.of(self.book.payments, "p")
        return {"op": "recover", "id": self.name("k"), "ref": ref,
                "amount": self.about(self.book.payments.get(ref, {"left": 1})["left"]),
                "reuse": self.chance.random() < 0.5}

    def charge(self):
        line = self.of(self.book.lines, "L")
        return {"op": "charge", "id": self.name("g"), "line": line,
                "amount": self.about(min(self.left(line), 50))}

    def fx(self):
        rate, minor = [self.chance.randint(1, 999), self.chance.randint(1, 99)], self.about(2_000)
        mode = self.chance.choice(["half_even", "half_up", "down"])
        gives = ledger.rounded(ledger.Fraction(minor * rate[0], rate[1]), mode)
        return {"op": "fx", "id": self.name("h"), "ccy": self.unit(), "amount": minor,
                "to": self.unit(), "rate": rate, "round": mode,
                "to_amount": gives + self.chance.choice([0, 0, 0, 0, 1])}

    def vector(self, name):
        for _ in range(STEPS):
            self.step()
        book = self.book
        return {"id": name, "steps": self.steps,
                "balances": {f"{a}|{u}": n for (a, u), n in book.balances.items()},
                "lines": {line: {"appropriation": one["appropriation"], "given": book.given(line),
                                 "open": book.open(line), "paid": one["paid"],
                                 "available": book.available(line)}
                          for line, one in book.lines.items()}}


def with_long_numbers_as_texts(value):
    """Numbers that JSON readers cut are written as texts."""
    if isinstance(value, dict):
        return {k: with_long_numbers_as_texts(v) for k, v in value.items()}
    if isinstance(value, list):
        return [with_long_numbers_as_texts(v) for v in value]
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= 2 ** 53:
        return str(value)
    return value


def random_runs():
    vectors, answers = [], {}
    for seed in range(RUNS):
        vectors.append(Player(seed).vector(f"random-{seed}"))
        for step in vectors[-1]["steps"]:
            answers.setdefault(step["op"], {}).setdefault(step["expect"], 0)
            answers[step["op"]][step["expect"]] += 1
    for op, codes in answers.items():
        assert codes.get("ok", 0) >= RUNS // 6, f"{op} hardly ever goes through: {codes}"
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(with_long_numbers_as_texts({"vectors": vectors}), file)
        file.flush()
        done = subprocess.run([PROGRAM, "ledger", "check", file.name], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{done.stdout}{done.stderr}")
    steps = sum(len(v["steps"]) for v in vectors)
    print(f"{len(vectors)} books of {steps} random steps: both agree")


def published(path):
    """The second book against published vectors; the first is held to them by its own tests."""
    vectors = json.loads(path.read_text())["vectors"]
    for vector in vectors:
        book = ledger.Book()
        for n, step in enumerate(json.loads(json.dumps(vector["steps"]), parse_int=int), 1):
            step = {k: int(v) if k in ("total", "amount") else v for k, v in step.items()}
            if "rate" in step:
                step["rate"] = [int(r) for r in step["rate"]]
            for stated in {"amounts", "old"} & set(step):
                step[stated] = {m: int(v) for m, v in step[stated].items()}
            expected = step.get("expect", "ok")
            came = book.take(step)
            assert came == expected, f"{vector['id']} step {n}: {expected} expected, {came} came"
        for key, minor in vector.get("balances", {}).items():
            assert book.bal(*key.split("|")) == minor, f"{vector['id']}: {key}"
    print(f"{path.name}: {len(vectors)} vectors as expected")


def main():
    published(ROOT / "src/ledger/tests/vectors.json")
    shared = SHARED / "data/fund/ledger-vectors.json"
    if shared.exists():
        published(shared)
    else:
        print("skipped: the shared vectors are not here")
    random_runs()
    print("3 passed, 0 failed" if shared.exists() else "2 passed, 0 failed")


if __name__ == "__main__":
    main()

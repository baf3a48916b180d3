#!/usr/bin/env python3
"""The fund's book in other programs, and theirs in ours: what hledger, ledger, beancount and the bare
rows of the CSV add up to must be what `fund.balances` shows, for the whole year of the example; and
`veche import` must find in random books what hledger and ledger find."""

import csv
import io
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from decimal import Decimal
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = os.environ.get("VECHE_PROGRAM", str(ROOT / "build/dev/veche"))
SCALE = {"RUB": 2, "BYN": 2, "PLACE": 0, "DOSE": 0}


def run(*command):
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True,
                          env={**os.environ, "LC_ALL": "C.UTF-8"})
    if done.returncode:
        sys.exit(f"{command[0]}: {done.stdout}{done.stderr}")
    return done.stdout


def of_veche(union):
    rows = json.loads(run(PROGRAM, "ask", "fund.balances", "--at", union, "--json"))["accounts"]
    return {(r["account"], r["balance"]["unit"]):
            Decimal(r["balance"]["minor"]) / 10 ** SCALE[r["balance"]["unit"]] for r in rows}


def without_zeros(sums):
    return {key: value for key, value in sums.items() if value}


def of_csv(file):
    sums = {}
    for row in csv.DictReader(file.read_text().splitlines()):
        key = row["account"], row["unit"]
        sums[key] = sums.get(key, 0) + Decimal(row["amount"])
    return sums


def of_hledger(file):
    rows = csv.DictReader(io.StringIO(run(
        "hledger", "-f", file, "balance", "--flat", "-N", "-E", "-O", "csv", "--layout=bare")))
    return {(r["account"], r["commodity"]): Decimal(r["balance"]) for r in rows if r["commodity"]}


def of_ledger(file):
    text = run("ledger", "--args-only", "-f", file, "balance", "--flat", "--no-total", "--empty",
               "--balance-format", "%(account)|%(strip(display_total))\n")
    sums, account = {}, ""
    for line in text.splitlines():
        name, _, amount = line.rpartition("|")
        account = name or account
        for unit, number in re.findall(r'"?([A-Z]+)"? (-?[\d.]+)', amount):
            sums[account, unit] = Decimal(number)
    return sums


def bean_name(account):
    """The name of the account as beancount_text writes it, told again."""
    code = {"-": "--", ".": "-d", "_": "-u", "/": "-s"}
    part = lambda name: "X" + "".join(code.get(c, c) for c in name)  # noqa: E731
    kind, _, rest = account.partition(":")
    root = {"Income": "Income", "Expense": "Expenses", "Payable": "Liabilities:Payable",
            "Exchange": "Equity:Exchange"}.get(kind, "Assets:" + kind)
    if account.startswith("Income:Contribution:"):
        return "Income:Contribution:" + part(rest.removeprefix("Contribution:"))
    return root + (":" + part(rest) if rest else "")


def of_beancount(file, known):
    run("bean-check", file)
    text = run("bean-query", "-f", "csv", file,
               "SELECT account, currency, sum(number) AS total GROUP BY account, currency")
    names = {bean_name(account): account for account, _ in known}
    assert len(names) == len({account for account, _ in known}), "two accounts share a name"
    return {(names[r["account"].strip()], r["currency"].strip()): Decimal(r["total"].strip())
            for r in csv.DictReader(io.StringIO(text))}


# --- Books of others -------------------------------------------------------------------------------


class Writer:
    """A random book that balances, in the ways in which people write one."""

    ACCOUNTS = ["Bank:main", "Bank:second account", "Expense:Travel", "Expense:Travel:Rail",
                "Income:Interest", "Equity:Opening", "Receivable:ru"]
    UNITS = ["RUB", "EUR", "BYN", "PLACE"]

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.held = {}

    def number(self, value):
        text = f"{value:f}"
        if abs(value) >= 1000 and self.random.random() < 0.3:
            text = f"{value:,f}"
        return text if "." in text or "," not in text else text + ".00"

    def amount(self, value, unit):
        shapes = [f"{self.number(value)} {unit}", f"{unit} {self.number(value)}", f'{self.number(value)} "{unit}"']
        return self.random.choice(shapes)

    def some(self):
        return Decimal(self.random.randrange(1, 10 ** self.random.randrange(2, 8))).scaleb(
            -self.random.randrange(0, 4))

    def posting(self, account, value, unit, more=""):
        self.held[account, unit] = self.held.get((account, unit), 0) + value
        stated = ""
        if self.random.random() < 0.2:
            stated = " = " + self.amount(self.held[account, unit], unit)
        return f"    {account}  {self.amount(value, unit)}{more}{stated}"

    def entry(self, day):
        r = self.random
        head = f"{day} {r.choice(['', '* ', '! '])}{r.choice(['', '(c-1) '])}words | and more"
        accounts = r.sample(self.ACCOUNTS, 3)
        unit = r.choice(self.UNITS)
        a, b = self.some(), -self.some()
        shape = r.randrange(4)
        postings = [] if shape == 2 else [self.posting(accounts[0], a, unit)]
        if shape == 0:
            postings += [self.posting(accounts[1], b, unit), self.posting(accounts[2], -a - b, unit)]
        elif shape == 1:
            self.held[accounts[1], unit] = self.held.get((accounts[1], unit), 0) - a
            postings.insert(r.randrange(2), f"    {accounts[1]}")
        elif shape == 2:
            other = r.choice([u for u in self.UNITS if u != unit])
            price = self.some()
            postings = [self.posting(accounts[0], a, unit, f" @ {self.amount(price, other)}"),
                        self.posting(accounts[1], -a * price, other)]
        else:
            postings += [self.posting(accounts[1], -a, unit),
                         f"    ({accounts[2]}:apart)  {self.amount(b, unit)}"]
            key = accounts[2] + ":apart", unit
            self.held[key] = self.held.get(key, 0) + b
        if r.random() < 0.3:
            postings.insert(1, "    ; said between")
        return "\n".join([head, *postings, ""])

    def book(self, entries):
        days = sorted(f"2026-{self.random.randrange(1, 13):02d}-{self.random.randrange(1, 29):02d}"
                      for _ in range(entries))
        return "; a book\ndecimal-mark .\n\n" + "\n".join(map(self.entry, days))


def of_import(file):
    rows = json.loads(run(PROGRAM, "import", file, "--json"))["balances"]
    return {(r["account"], r["unit"]): Decimal(r["amount"]) for r in rows}


def differences(what, theirs, ours):
    theirs, ours = without_zeros(theirs), without_zeros(ours)
    if theirs == ours:
        return 0
    for key in sorted(set(theirs) | set(ours)):
        if theirs.get(key) != ours.get(key):
            print(f"FAIL {what} {key}: {theirs.get(key)} there, {ours.get(key)} here")
    return 1


def read_theirs(folder):
    """Books of many shapes: by hledger, by the writer itself, by us."""
    passed = failed = 0
    for seed in range(30):
        writer = Writer(seed)
        file = Path(folder, f"random-{seed}.journal")
        file.write_text(writer.book(60))
        ours = of_import(file)
        bad = differences(f"random book {seed} as written", writer.held, ours)
        if shutil.which("hledger"):
            bad += differences(f"random book {seed} by hledger", of_hledger(file), ours)
        failed += bad > 0
        passed += bad == 0
    return passed, failed


def main():
    passed = failed = 0
    with tempfile.TemporaryDirectory() as folder:
        union = Path(folder, "union")
        run(PROGRAM, "play", union, ROOT / "unions/demo/year.play",
            "--charter", ROOT / "unions/union-state.toml")
        shown = of_veche(union)
        for form, program, read in (("csv", None, of_csv), ("hledger", "hledger", of_hledger),
                                    ("ledger", "ledger", of_ledger), ("import", None, of_import),
                                    ("beancount", "bean-check", lambda f: of_beancount(f, shown))):
            if program and not shutil.which(program):
                print(f"skipped: {program} is not installed")
                continue
            file = Path(folder, "book." + form)
            run(PROGRAM, "export", union, file, "--book", "ledger" if form == "import" else form)
            bad = differences(form, read(file), shown)
            failed += bad
            passed += not bad
        more, bad = read_theirs(folder)
    passed, failed = passed + more, failed + bad
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())

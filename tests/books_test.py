#!/usr/bin/env python3
"""The fund's book in other programs: what hledger, ledger, beancount and the bare rows of the CSV
add up to must be what `fund.balances` shows, for the whole year of the example."""

import csv
import io
import json
import os
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


def main():
    passed = failed = 0
    with tempfile.TemporaryDirectory() as folder:
        union = Path(folder, "union")
        run(PROGRAM, "play", union, ROOT / "unions/demo/year.play",
            "--charter", ROOT / "unions/union-state.toml")
        shown = of_veche(union)
        for form, program, read in (("csv", None, of_csv), ("hledger", "hledger", of_hledger),
                                    ("ledger", "ledger", of_ledger),
                                    ("beancount", "bean-check", lambda f: of_beancount(f, shown))):
            if program and not shutil.which(program):
                print(f"skipped: {program} is not installed")
                continue
            file = Path(folder, "book." + form)
            run(PROGRAM, "export", union, file, "--book", form)
            theirs, ours = without_zeros(read(file)), without_zeros(shown)
            if theirs == ours:
                print(f"{form}: {len(ours)} balances as shown")
                passed += 1
                continue
            failed += 1
            for key in sorted(set(theirs) | set(ours)):
                if theirs.get(key) != ours.get(key):
                    print(f"FAIL {form} {key}: {theirs.get(key)} there, {ours.get(key)} here")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())

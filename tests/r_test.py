#!/usr/bin/env python3
"""`veche gravity` and `veche equilibrium` against R, on small invented tables: lm() and glm() with a dummy
for each level, standard errors by hand from their definitions (tests/r/judge.R). Coefficients must agree to
1e-9, standard errors to 1e-7 and p-values to 1e-6, for every named rule. Fitted values and average effects
(tests/r/after.R) agree to 1e-7, as do worlds before and after a change of costs, which R solves by another
method under all closures (tests/r/world.R). Says so and passes where R is not there.
"""

import csv
import itertools
import json
import math
import os
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = os.environ.get("VECHE_PROGRAM", str(ROOT / "build/dev/veche"))
RULES = ["fixest", "fixest-conventional", "ppmlhdfe", "stata-ppml", "reghdfe", "stata-regress", "capybara",
         "none"]
FIELDS = ["name", "family", "outcome", "regressors", "effects", "weights", "offset", "cluster", "dyadic",
          "kinds", "rules"]
TOLERANCES = 1e-9, 1e-7, 1e-6  # of estimate, standard error and p-value


def case(name, family, effects="", **more):
    filled = {"outcome": "y" if family == "ols" else "flow", "regressors": "x1+x2", "weights": "", "offset": "",
              "cluster": "", "dyadic": "", "kinds": "iid+hetero", "rules": "+".join(RULES), **more}
    return {"name": name, "family": family, "effects": effects, **filled}


# Effects a and b fall into two parts that no row joins; pair is nested in nothing but itself.
CASES = [
    case("no effects", "ols", cluster="a", kinds="iid+hetero+cluster"),
    case("no effects, counts", "ppml", cluster="a+b", kinds="iid+hetero+cluster"),
    case("one effect", "ols", "a", cluster="b", kinds="hetero+cluster"),
    case("one effect, nested", "ols", "a", cluster="a", kinds="cluster"),
    case("two effects in two parts", "ols", "a+b", cluster="b+year", kinds="iid+hetero+cluster"),
    case("two effects, one nested", "ols", "a+b", cluster="a", kinds="cluster"),
    case("three effects", "ols", "a^year+b^year+a^b", cluster="a^b", kinds="iid+hetero+cluster"),
    case("three effects, none nested", "ols", "a+year+b", cluster="half", kinds="iid+hetero+cluster"),
    case("three ways", "ols", "a+b", cluster="a+b+year", kinds="cluster", rules="fixest+reghdfe+none"),
    case("weights", "ols", "a+b", weights="w", cluster="a^b", kinds="iid+hetero+cluster"),
    case("offset", "ols", "a+b", offset="o"),
    case("counts", "ppml", "a+b", cluster="a^b", kinds="iid+hetero+cluster"),
    case("counts, three effects", "ppml", "a^year+b^year+a^b", cluster="a^b", kinds="hetero+cluster"),
    case("counts, weights and offset", "ppml", "a+year", weights="w", offset="o", cluster="b",
         kinds="iid+hetero+cluster"),
    case("both ends", "ppml", "year", dyadic="a+b", kinds="dyadic", rules="fixest+none"),
]


def invented(seed):
    """Flows from 12 places a to 12 places b over 6 years, the first six of each and the last six apart."""
    draw = random.Random(seed)
    rows = []
    effect = {name: draw.gauss(0, 0.7) for name in [f"{side}{i}" for side in "ab" for i in range(12)]}
    for i, j, year in itertools.product(range(12), range(12), range(6)):
        if (i < 6) != (j < 6) or i == j or draw.random() < 0.05:
            continue
        x1, x2 = draw.gauss(0, 1), draw.gauss(0, 1) + 0.1 * i
        eta = 1.2 + 0.5 * x1 - 0.3 * x2 + effect[f"a{i}"] + effect[f"b{j}"] + 0.1 * year
        rows.append({"a": f"p{i}", "b": f"p{j}", "year": 2000 + year, "half": (i + j + year) % 3, "x1": x1,
                     "x2": x2, "d": int(draw.random() < 0.4), "z": math.exp(draw.gauss(0, 0.5)),
                     "w": 0.5 + draw.random(), "o": 0.3 * draw.gauss(0, 1),
                     "y": eta + draw.gauss(0, 1) * (1 + abs(x1)),
                     "flow": math.exp(eta) * draw.expovariate(1) if draw.random() < 0.9 else 0})
    return rows


def run(command):
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True,
                          env={**os.environ, "LC_ALL": "C.UTF-8"})
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))}: {done.stdout}{done.stderr}")
    return done.stdout


def of_veche(table, one, rule, kind):
    formula = f"{one['outcome']} ~ {one['regressors']}" + (f" | {one['effects']}" if one["effects"] else "")
    command = [PROGRAM, "gravity", formula, table, "--family", one["family"], "--vcov", rule, "--json"]
    for option in ("weights", "offset"):
        command += [f"--{option}", one[option]] if one[option] else []
    if kind in ("iid", "hetero"):
        command += ["--errors", kind]
    else:
        command += [f"--{kind}", one[kind]]
    model = json.loads(run(command))["models"][0]
    return {c["name"]: tuple(float(c[key]) for key in ("estimate", "standard_error", "p_value"))
            for c in model["coefficients"]}


EXPERIMENTS = {"border": ["--border", "border"], "tariff": ["--tariff", "* > B = 0, 20"],
               "barrier": ["--barrier", "A > C = 15"]}
WORLD = ["name", "what", "baseline", "closure", "sigma", "reference"]


def worlds():
    kinds = itertools.product(EXPERIMENTS, ("fitted", "observed"), "WDB")
    return [{"name": f"{what} {start} {closure}", "what": what, "baseline": start, "closure": closure,
             "sigma": "5.5", "reference": "D"} for what, start, closure in kinds]


def invented_world(seed):
    """Flows among seven territories of unlike size, home markets included, not balanced."""
    draw = random.Random(seed)
    size = {name: math.exp(draw.gauss(0, 1)) for name in "ABCDEFG"}
    rows = []
    for one, other in itertools.product("ABCDEFG", repeat=2):
        dist = 1 if one == other else 2 + 6 * draw.random()
        flow = 50 * size[one] * size[other] / dist * math.exp(draw.gauss(0, 0.4)) * (4 if one == other else 1)
        rows.append({"exporter": one, "importer": other, "trade": flow, "dist": dist})
    return rows


def world_of_veche(table, one):
    costs = (["--model", "trade ~ log(dist) + border | exporter + importer"] if one["baseline"] == "fitted" else
             ["--coefficient", "log(dist) = -0.9", "--coefficient", "border = -1.4"])
    made = json.loads(run([PROGRAM, "equilibrium", table, *costs, *EXPERIMENTS[one["what"]], "--json", "--baseline",
                           one["baseline"], "--closure", one["closure"], "--sigma", one["sigma"], "--reference",
                           one["reference"]]))
    return {e["territory"]: [float(e[key]["percent"]) for key in (
        "price", "real_gdp", "price_index", "exports", "conditional_exports", "conditional_welfare")]
        for e in made["effects"]}


def compare_worlds(folder):
    table, cases = folder / "flows.csv", folder / "worlds.csv"
    rows, all_cases = invented_world(11), worlds()
    write(table, list(rows[0]), rows)
    write(cases, WORLD, all_cases)
    judged, good, wrong = {}, 0, []
    for name, territory, *percents in csv.reader(
            run(["Rscript", "--vanilla", ROOT / "tests/r/world.R", table, cases]).splitlines()):
        judged.setdefault(name, {})[territory] = [float(one) for one in percents]
    for one in all_cases:
        ours, theirs = world_of_veche(table, one), judged[one["name"]]
        faults = [f"{one['name']}, {place}: {ours[place]} is not {theirs[place]}" for place in theirs
                  if any(abs(a - b) > 1e-7 * max(1, abs(b)) for a, b in zip(ours[place], theirs[place]))]
        wrong += faults
        good += not faults
    return good, wrong


def compare_after(folder, table):
    fitted = folder / "fitted.csv"
    model = json.loads(run([PROGRAM, "gravity", "flow ~ d + log(z) + x1 | a + b", table, "--cluster", "a", "--vcov",
                            "none", "--average-effects", "--predict", fitted, "--json"]))["models"][0]
    ours = {("fitted", str(at + 1)): [row["fitted"]] for at, row in enumerate(csv.DictReader(fitted.open()))}
    for e in model["average_effects"]:
        ours["average", e["name"]] = [e[part][key] for part in ("percent", "units")
                                      for key in ("value", "standard_error")]
    wrong, good = [], 0
    for what, name, *figures in csv.reader(run(["Rscript", "--vanilla", ROOT / "tests/r/after.R", table]).splitlines()):
        mine = [float(one) for one in ours.pop((what, name))]
        good += 1
        if any(far(one, float(other), 1e-7) for one, other in zip(mine, figures)):
            wrong.append(f"{what} {name}: {mine} is not {figures}")
    return good - len(wrong), wrong + [f"{left} is not in R" for left in ours]


def write(file, names, rows):
    with file.open("w", newline="") as out:
        writer = csv.DictWriter(out, names)
        writer.writeheader()
        writer.writerows(rows)


def far(ours, theirs, tolerance):
    return abs(ours - theirs) > tolerance * max(abs(theirs), 1e-3)


def compare(table, judged):
    wrong, good, cases = [], 0, {one["name"]: one for one in CASES}
    for (name, rule, kind), figures in judged.items():
        ours = of_veche(table, cases[name], rule, kind)
        faults = [f"{name}, {rule}, {kind}, {regressor}: {ours[regressor]} is not {theirs}"
                  for regressor, theirs in figures.items()
                  if any(map(far, ours[regressor], theirs, TOLERANCES))]
        wrong += faults
        good += not faults
    return good, wrong


def main():
    if not shutil.which("Rscript"):
        print("R is not there: its judgement is left out")
        print("0 passed, 0 failed")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        table, cases = Path(folder) / "table.csv", Path(folder) / "cases.csv"
        rows = invented(7)
        write(table, list(rows[0]), rows)
        write(cases, FIELDS, CASES)
        judged = {}
        for name, rule, kind, regressor, *figures in csv.reader(
                run(["Rscript", "--vanilla", ROOT / "tests/r/judge.R", table, cases]).splitlines()):
            judged.setdefault((name, rule, kind), {})[regressor] = tuple(map(float, figures))
        good, wrong = compare(table, judged)
        after, off = compare_after(Path(folder), table)
        of_worlds, amiss = compare_worlds(Path(folder))
    good, wrong = good + after + of_worlds, wrong + off + amiss
    print("\n".join(f"FAILED {one}" for one in wrong))
    print(f"{good} passed, {len(wrong)} failed")
    return 1 if wrong or not good else 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""Scenarios of an epidemic run twice: `veche seir` and the model written again here from docs/planning.md. The
equations by short steps of Runge and Kutta, to a ten-thousandth; the chains of chance from the numbered random bits
up, to the last person."""

import csv
import math
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = os.environ.get("VECHE_PROGRAM", str(ROOT / "build/dev/veche"))
QUANTITIES = ("infectious", "infected_new", "infected", "dead", "ward", "intensive")
# Which draw of a region's day it is.
INFECTED, INFECTIOUS, REMOVED, DEAD, DOSED, PLANNED = 0, 3, 6, 9, 12, 16
ADMITTED, WARD_LEFT, WORSE, WARD_DEAD, INTENSIVE_LEFT, INTENSIVE_DEAD = 32, 35, 38, 41, 44, 47


# --- Random bits and draws


def philox(counter, key):
    c, (k0, k1) = list(counter), key
    for _ in range(10):
        first, second = 0xD2511F53 * c[0], 0xCD9E8D57 * c[2]
        c = [second >> 32 ^ c[1] ^ k0, second & 0xFFFFFFFF, first >> 32 ^ c[3] ^ k1, first & 0xFFFFFFFF]
        k0, k1 = k0 + 0x9E3779B9 & 0xFFFFFFFF, k1 + 0xBB67AE85 & 0xFFFFFFFF
    return c


def uniform(high, low):
    return ((high << 20 | low >> 12) + 0.5) / 2**52


class Luck:
    def __init__(self, seed, replicate):
        self.key = seed, replicate

    def number(self, attempt, region, day, stream):
        return uniform(*philox((attempt, region, day, stream), self.key)[:2])

    def binomial(self, n, p, region, day, stream):
        """By inversion, as draws with a mean below 10 are made."""
        mirrored = p > 0.5
        least = 1 - p if mirrored else p
        if n * least == 0:
            return n if mirrored else 0
        assert n * least < 10, "the judge knows small numbers alone"
        u, f, drawn = self.number(0, region, day, stream), math.exp(n * math.log1p(-least)), 0
        while u > f:
            u -= f
            drawn += 1
            f *= (n - drawn + 1) * least / (1 - least) / drawn
        return n - drawn if mirrored else drawn

    def from_urn(self, good, bad, drawn, region, day, stream):
        if good <= 0 or drawn <= 0:
            return 0
        if bad <= 0:
            return drawn
        if good > bad:
            return drawn - self.from_urn(bad, good, drawn, region, day, stream)
        assert drawn < 10, "the judge knows small numbers alone"
        found = 0
        for k in range(drawn):
            if self.number(k, region, day, stream) * (good + bad - k) < good - found:
                found += 1
        return found


# --- The model


def transmission(plan, day):
    presence = [row[:] for row in plan["presence"]]
    beta = plan["beta"]
    for first, last, factor in plan["contacts"]:
        if first <= day <= last:
            beta *= factor
    for first, last, side, opened in plan["borders"]:
        if first <= day <= last:
            for i, row in enumerate(presence):
                for j in range(len(row)):
                    if (i in side) != (j in side):
                        row[i] += row[j] * (1 - opened)
                        row[j] *= opened
    people, n = plan["people"], range(len(plan["people"]))
    there = [sum(presence[i][j] * people[i] for i in n) for j in n]
    return [[beta * ((1 - plan["home"]) * sum(presence[i][j] * presence[k][j] / there[j] for j in n)
                     + (plan["home"] / people[i] if i == k else 0)) for k in n] for i in n]


def hazards(k, strata, infectious):
    """infectious[stratum][region]"""
    n = range(len(k))
    weigh = [sum(s["infectiousness"] * infectious[a][r] for a, s in enumerate(strata)) for r in n]
    return [sum(k[i][j] * weigh[j] for j in n) for i in n]


def start(plan):
    """By region and stratum: susceptible, exposed, infectious, removed, in a ward, in intensive care; and the dead."""
    regions = []
    for people, infectious, ward, intensive in zip(plan["people"], plan["infectious"], plan["ward"], plan["intensive"]):
        first = [people - infectious - ward - intensive, 0, infectious, 0, ward, intensive]
        regions.append([first] + [[0] * 6 for _ in plan["strata"][1:]])
    return regions


def told(regions, dead, before):
    everybody = [stratum for region in regions for stratum in region]
    infected = sum(sum(s[1:]) for s in everybody) + dead
    return {"infectious": sum(s[2] for s in everybody), "infected_new": infected - before, "infected": infected,
            "dead": dead, "ward": sum(s[4] for s in everybody), "intensive": sum(s[5] for s in everybody)}


def solved(plan, days, parts=40):
    regions, dead = start(plan), 0.0
    n, strata = len(regions), plan["strata"]

    def change(y, k):
        force = hazards(k, strata, [[y[r][a][2] for r in range(n)] for a in range(len(strata))])
        out, died = [], 0.0
        for r in range(n):
            rows = []
            for a, s in enumerate(strata):
                sus, exp, inf, _, ward, care = y[r][a]
                caught, left, ceased = s["susceptibility"] * force[r] * sus, exp / plan["latent"], inf / plan["ill"]
                admitted = plan["admitted"] * s["severity"] * ceased
                gone = plan["fatality"] * s["fatality"] * (ceased - admitted)
                out_of_ward, out_of_care = ward / plan["ward_days"], care / plan["care_days"]
                worse = plan["worse"] * out_of_ward
                ward_dead = plan["ward_fatality"] * (out_of_ward - worse)
                care_dead = plan["care_fatality"] * out_of_care
                rows.append([-caught, caught - left, left - ceased,
                             ceased - admitted - gone + out_of_ward - worse - ward_dead + out_of_care - care_dead,
                             admitted - out_of_ward, worse - out_of_care])
                died += gone + ward_dead + care_dead
            out.append(rows)
        return out, died

    def moved(y, by, h):
        return [[[v + h * d for v, d in zip(s, ds)] for s, ds in zip(region, changes)]
                for region, changes in zip(y, by)]

    rows = [told(regions, dead, 0)]
    rows[0]["infected_new"] = 0
    for day in range(1, days + 1):
        k, h = transmission(plan, day), 1 / parts
        for _ in range(parts):
            a, da = change(regions, k)
            b, db = change(moved(regions, a, h / 2), k)
            c, dc = change(moved(regions, b, h / 2), k)
            d, dd = change(moved(regions, c, h), k)
            for by, weight in ((a, 1), (b, 2), (c, 2), (d, 1)):
                regions = moved(regions, by, h * weight / 6)
            dead += h * (da + 2 * db + 2 * dc + dd) / 6
        for when, r, dose, count in sorted(plan["doses"], key=lambda one: (-one[2], one[1])):
            if when == day:
                source, into = regions[r][dose - 1], regions[r][dose]
                may = source[0] + source[1] + source[3]
                for state in (0, 1, 3):
                    share = source[state] * min(count, may) / may if may else 0
                    source[state] -= share
                    into[state] += share
        rows.append(told(regions, dead, rows[-1]["infected"]))
    return rows


def drawn(plan, days, seed, replicate):
    luck, regions, dead, strata = Luck(seed, replicate), start(plan), 0, plan["strata"]
    n = range(len(regions))

    def leaving(mean_days):
        return -math.expm1(-1 / mean_days)

    rows = [told(regions, dead, 0)]
    rows[0]["infected_new"] = 0
    for day in range(days):
        force = hazards(transmission(plan, day + 1), strata,
                        [[regions[r][a][2] for r in n] for a in range(len(strata))])
        after = [[s[:] for s in region] for region in regions]
        for r in n:
            for a, s in enumerate(strata):
                sus, exp, inf, _, ward, care = regions[r][a]

                def take(count, chance, stream, r=r, a=a):
                    return luck.binomial(count, chance, r, day, stream + a)

                caught = take(sus, -math.expm1(-s["susceptibility"] * force[r]), INFECTED) if force[r] > 0 else 0
                left, ceased = take(exp, leaving(plan["latent"]), INFECTIOUS), take(inf, leaving(plan["ill"]), REMOVED)
                admitted = take(ceased, plan["admitted"] * s["severity"], ADMITTED)
                gone = take(ceased - admitted, plan["fatality"] * s["fatality"], DEAD)
                out_of_ward = take(ward, leaving(plan["ward_days"]), WARD_LEFT)
                worse = take(out_of_ward, plan["worse"], WORSE)
                ward_dead = take(out_of_ward - worse, plan["ward_fatality"], WARD_DEAD)
                out_of_care = take(care, leaving(plan["care_days"]), INTENSIVE_LEFT)
                care_dead = take(out_of_care, plan["care_fatality"], INTENSIVE_DEAD)
                for state, by in enumerate((-caught, caught - left, left - ceased,
                                            ceased - admitted - gone + out_of_ward - worse - ward_dead
                                            + out_of_care - care_dead, admitted - out_of_ward, worse - out_of_care)):
                    after[r][a][state] += by
                dead += gone + ward_dead + care_dead
                if a == 0 and plan["dose_chance"] > 0:
                    dosed = luck.binomial(sus - caught, plan["dose_chance"], r, day, DOSED)
                    after[r][0][0] -= dosed
                    after[r][1][0] += dosed
        regions = after
        for when, r, dose, count in sorted(plan["doses"], key=lambda one: (-one[2], one[1])):
            if when == day + 1:
                source, into = regions[r][dose - 1], regions[r][dose]
                taken = min(count, source[0] + source[1] + source[3])
                sus = luck.from_urn(source[0], source[1] + source[3], taken, r, day, PLANNED + 4 * dose)
                exp = luck.from_urn(source[1], source[3], taken - sus, r, day, PLANNED + 4 * dose + 1)
                for state, many in ((0, sus), (1, exp), (3, taken - sus - exp)):
                    source[state] -= many
                    into[state] += many
        rows.append(told(regions, dead, rows[-1]["infected"]))
    return rows


# --- Both


def plan_of(rng, most_people):
    """A plan by chance."""
    n = rng.randint(2, 4)
    people = [rng.randint(most_people // 4, most_people) for _ in range(n)]
    presence = []
    for i in range(n):
        away = [round(rng.uniform(0, 0.1), 3) if j != i else 0 for j in range(n)]
        away[i] = round(1 - sum(away), 3)
        presence.append(away)
    few = max(1, most_people // 20)
    plan = {"people": people, "presence": presence, "beta": round(rng.uniform(0.3, 0.7), 3), "home": 0.5,
            "infectious": [rng.randint(0, few) for _ in range(n)],
            "ward": [rng.randint(0, few // 2 + 1) for _ in range(n)],
            "intensive": [rng.randint(0, 1) for _ in range(n)], "latent": rng.choice([2, 3, 4.5]),
            "ill": rng.choice([4, 5, 6.5]), "admitted": 0.3, "ward_days": 7, "worse": 0.25, "care_days": 11,
            "ward_fatality": 0.1, "care_fatality": 0.6, "fatality": 0.04, "dose_chance": 0,
            "strata": [{"susceptibility": 1 - e, "infectiousness": 1 - t, "fatality": 1 - d, "severity": 1 - h}
                       for e, t, d, h in ((0, 0, 0, 0), (0.4, 0.2, 0.5, 0.6), (0.7, 0.4, 0.8, 0.9))],
            "contacts": [(10, 30, 0.6)], "borders": [(5, 20, {0}, 0.25)]}
    plan["infectious"][0] = max(1, plan["infectious"][0])
    plan["doses"] = [(day, rng.randrange(n), dose, rng.randint(1, max(2, min(9, most_people // 50))))
                     for day, dose in ((2, 1), (3, 1), (9, 1), (15, 2), (16, 1), (22, 2))]
    return plan


def by_program(folder, plan, days, *more):
    def table(name, head, rows):
        path = folder / name
        path.write_text("\n".join([head] + [",".join(map(str, row)) for row in rows]) + "\n")
        return str(path)

    names = [f"R{i}" for i in range(len(plan["people"]))]
    out = folder / "days.csv"
    out.unlink(missing_ok=True)
    effects = [",".join(str(round(1 - s[what], 3)) for s in plan["strata"][1:])
               for what in ("susceptibility", "infectiousness", "fatality", "severity")]
    done = subprocess.run(
        [PROGRAM, "seir", table("regions.csv", "region,people,infectious,ward,intensive",
                                zip(names, plan["people"], plan["infectious"], plan["ward"], plan["intensive"])),
         "--presence", table("presence.csv", "," + ",".join(names),
                             [[a, *row] for a, row in zip(names, plan["presence"])]),
         "--measures", table("measures.csv", "kind,from,to,regions,value",
                             [("contacts", a, b, "", f) for a, b, f in plan["contacts"]]
                             + [("border", a, b, ";".join(names[i] for i in side), f)
                                for a, b, side, f in plan["borders"]]),
         "--doses", table("doses.csv", "day,region,dose,count", [(d, names[r], k, c) for d, r, k, c in plan["doses"]]),
         "--beta", str(plan["beta"]), "--latent", str(plan["latent"]), "--infectious", str(plan["ill"]),
         "--fatality", str(plan["fatality"]),
         "--admitted", str(plan["admitted"]), "--ward-days", str(plan["ward_days"]),
         "--intensive", str(plan["worse"]), "--intensive-days", str(plan["care_days"]),
         "--ward-fatality", str(plan["ward_fatality"]), "--intensive-fatality", str(plan["care_fatality"]),
         "--ve-infection", effects[0], "--ve-transmission", effects[1], "--ve-death", effects[2],
         "--ve-admission", effects[3], "--dose-chance", str(plan["dose_chance"]),
         "--days", str(days), "--all", str(out), *more], capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(done.stderr)
    rows = {}
    for row in csv.DictReader(out.open()):
        rows.setdefault(int(row["day"]), {})[row["quantity"]] = row
    return rows


def main():
    rng, faults = random.Random(26), []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        worst = 0.0
        for _ in range(3):
            plan = plan_of(rng, 20000)
            rows = by_program(folder, plan, 60, "--replicates", "0", "--tolerance", "1e-9")
            for day, judged in enumerate(solved(plan, 60)):
                for what in QUANTITIES:
                    came = float(rows[day][what]["equations"])
                    worst = max(worst, abs(came - judged[what]) / (1 + abs(judged[what])))
        if worst > 1e-4:
            faults.append(f"equations differ by {worst:.2e}")
        figures = 0
        for turn in range(12):
            plan, seed = plan_of(rng, 36), rng.randrange(2**32)
            plan["dose_chance"] = rng.choice([0, 0.02])
            many = rng.choice([1, 1, 2, 3])
            rows = by_program(folder, plan, 50, "--replicates", str(many), "--seed", str(seed))
            judged = [drawn(plan, 50, seed, k) for k in range(many)]
            for day in range(51):
                for what in QUANTITIES:
                    due = sum(one[day][what] for one in judged) / many
                    figures += 1
                    if abs(float(rows[day][what]["mean"]) - due) > 1e-9:
                        faults.append(f"plan {turn}, day {day}: {what} {rows[day][what]['mean']}, here {due}")
    for one in faults[:10]:
        print("FAIL", one)
    if not faults:
        print(f"equations within {worst:.1e}; {figures} figures of chance alike")
    print(f"{2 if not faults else 0} passed, {len(faults)} failed")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())

"""The model of epidemic_model.cpp by numpy and scipy, on what that has written: a year by solve_ivp, and a chain whose
draws are numpy's, all replicates at once; one JSON object.   epidemic_model.py FOLDER DAYS REPLICATES"""
import json
import resource
import sys

import numpy
import scipy
from scipy.integrate import solve_ivp

BETA, LATENT, INFECTIOUS = 0.5, 3.0, 5.0


def used():
    spent = resource.getrusage(resource.RUSAGE_SELF)
    return spent.ru_utime + spent.ru_stime


def transmission(people, presence, local, travel):
    there = presence.T @ people
    return BETA * (travel * (presence / there) @ presence.T + local * numpy.diag(1 / people))


def solved(people, infectious, presence, days):
    n = len(people)
    k = transmission(people, presence, 0.5, 0.5)

    def change(_, y):
        s, e, i = y[:n], y[n:2 * n], y[2 * n:3 * n]
        infected, left, gone = s * (k @ i), e / LATENT, i / INFECTIOUS
        return numpy.concatenate([-infected, infected - left, left - gone, gone])

    start = numpy.concatenate([people - infectious, numpy.zeros(n), infectious, numpy.zeros(n)])
    return solve_ivp(change, (0, days), start, method="RK45", rtol=1e-7, atol=1e-7).y[:n, -1].sum()


def drawn(people, infectious, presence, days, replicates):
    k = transmission(people, presence, 0, 1)
    draw = numpy.random.Generator(numpy.random.PCG64(1)).binomial
    s0 = numpy.repeat((people - infectious).astype(numpy.int64)[None, :], replicates, axis=0)
    i0 = numpy.repeat(infectious.astype(numpy.int64)[None, :], replicates, axis=0)
    e0, r0, s1, e1, i1, r1 = (numpy.zeros_like(s0) for _ in range(6))
    leave, gone = 1 - numpy.exp(-1 / LATENT), 1 - numpy.exp(-1 / INFECTIOUS)
    for _ in range(days):
        hazard = (i0 + 0.6 * i1) @ k
        a0, a1 = draw(s0, -numpy.expm1(-hazard)), draw(s1, -numpy.expm1(-0.3 * hazard))
        b0, b1, c0, c1 = draw(e0, leave), draw(e1, leave), draw(i0, gone), draw(i1, gone)
        dosed = draw(s0 - a0, 0.003)
        s0 -= a0 + dosed
        s1 += dosed - a1
        e0 += a0 - b0
        e1 += a1 - b1
        i0 += b0 - c0
        i1 += b1 - c1
        r0 += c0
        r1 += c1
    return people.sum() - (s0 + s1).sum(axis=1)


def main():
    folder, days, replicates = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    regions = numpy.loadtxt(folder + "/regions.csv", delimiter=",", ndmin=2)
    presence = numpy.loadtxt(folder + "/presence.csv", delimiter=",", ndmin=2)
    people, infectious = regions[:, 0], regions[:, 1]
    begin = used()
    left = solved(people, infectious, presence, days)
    solving = used() - begin
    begin = used()
    ever = drawn(people, infectious, presence, days, replicates)
    print(json.dumps({"left": left, "solving": solving, "drawing": used() - begin, "mean": ever.mean(),
                      "deviation": ever.std(ddof=1), "numpy": numpy.__version__, "scipy": scipy.__version__}))


main()

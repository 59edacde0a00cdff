#!/usr/bin/env python3
"""Writes functions64.txt: the functions of float64 to some 100 bits.

A line has the function, x, and hi, lo and n, where the value is (hi + lo) 2^n. Run in this folder with Python 3
and mpmath.
"""
import random

import mpmath as mp

mp.mp.prec = 400

functions = {
    "Exp64": mp.exp,
    "Log64": mp.log,
    "Sigmoid64": lambda x: 1 / (1 + mp.exp(-x)),
    "Tanh64": mp.tanh,
}
hard = {
    "Exp64": [709.782712893384, -708.3964185322641, -745.1332191019411, -745.2, 0.34657359027997264, 1e-300, 5e-324],
    "Log64": [1 - 2**-53, 1 + 2**-52, 2**-1022, 5e-324, 1.7976931348623157e308, 2**0.5, 2**-0.5, 0.5, 2.0],
    "Sigmoid64": [0.0, 36.7, -36.7, 37.5, -37.5, -709.0, -745.0, -745.2, 1e-300, 0.34657359027997264],
    "Tanh64": [5e-324, -2**-1022, 1e-300, 1e-10, 2e-10, 18.7, 19.06, -19.07, 22.0, 0.17328679513998632],
}


def points(name):
    yield from hard[name]
    r = random.Random(1)
    for _ in range(60):
        if name == "Log64":
            yield r.random() * 2.0 ** r.randint(-1000, 1000)
            yield 1 + (r.random() - 0.5) * 2.0 ** r.randint(-50, 0)
        else:
            yield (2 * r.random() - 1) * 2.0 ** r.randint(-40, 9 if name != "Tanh64" else 5)


def split(y):
    """hi, lo and n of y."""
    m, n = mp.frexp(y)
    hi = float(m)
    return hi, float(m - mp.mpf(hi)), n


with open("functions64.txt", "w") as f:
    for name, function in functions.items():
        for x in points(name):
            hi, lo, n = split(function(mp.mpf(x)))
            f.write(f"{name} {x.hex()} {hi.hex()} {lo.hex()} {n}\n")

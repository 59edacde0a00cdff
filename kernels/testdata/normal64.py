#!/usr/bin/env python3
"""Writes normal64.json: what Noise.Fill64 makes of words by mpmath in 60 digits, and quantiles of the normal law and
tails of the law of Rayleigh by SciPy.

Run in this folder with Python 3, mpmath and SciPy.
"""
import json
import random

import mpmath as mp
import scipy.stats

mp.mp.dps = 60
random.seed(1)


def signed(w):
    return w - 2**64 if w >= 2**63 else w


def normals(first, second):
    """Both normals of a block. u and x are rounded to float64, as Fill64 states."""
    u = mp.mpf(float(abs(signed(first | 1)))) / 2**63
    x = mp.mpf(float(signed(second))) / 2**64
    radius = mp.sqrt(-2 * mp.log(u))
    if first >= 2**63:
        radius = -radius
    cos, sin = mp.cos(mp.pi / 2 * x), mp.sin(mp.pi / 2 * x)
    if second & 1:
        cos, sin = sin, cos
    return radius * cos, radius * sin


def parts(z):
    """z as the float64 nearest and the rest in units of the last place of it."""
    near = float(z)
    ulp = mp.mpf(2) ** (mp.floor(mp.log(abs(near), 2)) - 52) if near else mp.mpf(1)
    return [near.hex(), float((z - mp.mpf(near)) / ulp)]


ends = [0, 1, 2, 3, 2**63, 2**63 - 1, 2**64 - 1, 2**64 - 2, 2**62, 2**62 + 2**61, 2**63 + 2**62, 2**11 + 1, 2**54]
# u around 3/4, where the exponent of its logarithm changes, and close to one.
cut = 3 * 2**61
ends += [cut - 2000, cut, cut + 2000, cut // 2 - 1000, cut // 2 + 1000, 2**63 - 2**10, 2**63 - 2**12, 2**63 - 2**40]
pairs = [(a, b) for a in ends for b in ends]
for _ in range(600):
    pairs.append((random.getrandbits(64) >> random.choice([0, 0, 0, 1, 1, 2, 10, 30, 50]), random.getrandbits(64)))
words = []
for first, second in pairs:
    cos, sin = normals(first, second)
    words.append({"First": f"{first:016x}", "Second": f"{second:016x}", "Cos": parts(cos), "Sin": parts(sin)})

json.dump(
    {
        "Words": words,
        "Quantiles": [float(scipy.stats.norm.ppf(k / 256)) for k in range(1, 256)],
        "Tails": [[s, float(scipy.stats.rayleigh.sf(s))] for s in (0.5, 2, 4, 6, 7, 8, 8.5, 9)],
    },
    open("normal64.json", "w"),
    separators=(",", ":"),
)

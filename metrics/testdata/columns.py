#!/usr/bin/python3
"""Writes columns.json: two tables and what NumPy finds between them, for the tests of package metrics.

The correlations are those of the columns less a constant, in long double.
"""
import json

import numpy as np

r = np.random.default_rng(5)


def table(n, slope):
    x = r.normal(size=n)
    far = 1e9 + slope * x + r.normal(size=n)  # |mean|/std of 1e9
    ties = np.round(2 * r.normal(size=n) + slope)
    category = r.integers(0, 4, n).astype(float)
    return np.c_[x, far, ties, category, np.full(n, 7.0)]


def ks(a, b):
    at = np.concatenate([a, b])
    cdf = [np.searchsorted(np.sort(v), at, "right") / len(v) for v in (a, b)]
    return np.abs(cdf[0] - cdf[1]).max()


def variation(a, b):
    return sum(abs((a == v).mean() - (b == v).mean()) for v in np.unique(np.concatenate([a, b]))) / 2


def correlations(x):
    x = np.array(x[:, :4], np.longdouble)
    x -= x[0].copy()
    x -= x.mean(0)
    c = x.T @ x
    d = np.sqrt(np.diag(c))
    return c / d[:, None] / d[None, :]


a, b = table(60, 0.9), table(45, 0.4)
gap = np.abs(correlations(a) - correlations(b))
json.dump({
    "a": a.tolist(), "b": b.tolist(),
    "ks": [float(ks(a[:, j], b[:, j])) for j in range(5)],
    "variation": [float(variation(a[:, j], b[:, j])) for j in range(5)],
    "correlation": float(gap.max()), "pair": sorted(int(i) for i in np.unravel_index(gap.argmax(), gap.shape)),
}, open("columns.json", "w"), separators=(",", ":"))

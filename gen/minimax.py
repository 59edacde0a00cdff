#!/usr/bin/env python3
"""Prints the polynomial coefficients of internal/coef, of float32 and of float64.

Each polynomial is a minimax fit of relative error on the interval where the kernels evaluate it, found by
Lawson's reweighted least squares on Chebyshev points. Coefficients are rounded one at a time, lowest
power first, and the rest is fitted again, so that the later ones absorb the rounding of the earlier.

Needs Python 3 with numpy and mpmath.
"""
import mpmath as mp
import numpy as np

mp.mp.dps = 40


def lawson(basis, target, iters=3000):
    """Weights minimising max|target - basis @ c|."""
    w = np.ones(len(target)) / len(target)
    best, best_err = None, np.inf
    for _ in range(iters):
        s = np.sqrt(w)
        c, *_ = np.linalg.lstsq(basis * s[:, None], target * s, rcond=None)
        err = np.abs(target - basis @ c)
        if err.max() < best_err:
            best, best_err = c, err.max()
        w = w * err
        w /= w.sum()
    return best


def fit(name, f, lo, hi, degree, scale, even=False, exact=()):
    """Fits f(x) by a polynomial of the given degree in x (or x^2 with even), error relative to scale(x).

    exact lists leading coefficients that are given, not fitted.
    """
    n = 800
    x = (lo + hi) / 2 + (hi - lo) / 2 * np.cos(np.pi * (np.arange(n) + 0.5) / n)
    y = np.array([float(f(mp.mpf(v))) for v in x])
    s = np.array([float(scale(mp.mpf(v))) for v in x])
    t = x * x if even else x
    powers = np.stack([t**k for k in range(degree + 1)], 1) / s[:, None]
    y = y / s
    fixed = [np.float32(c) for c in exact]
    while len(fixed) <= degree:
        k = len(fixed)
        rest = y - powers[:, :k] @ np.array(fixed, dtype=np.float64) if k else y
        c = lawson(powers[:, k:], rest)
        fixed.append(np.float32(c[0]))
    err = np.abs(y - powers @ np.array(fixed, dtype=np.float64)).max()
    print(f"// {name}: maximum relative error 2^{np.log2(err):.2f} on [{lo:.4g}, {hi:.4g}].")
    for k, c in enumerate(fixed):
        print(f"\t{float(c)!r},  // {float(c).hex()}")


def fit64(name, f, lo, hi, degree, weight):
    """Fits f(x) by a polynomial of float64 coefficients, with errors times weight(x).

    It starts from the interpolation in 40 digits, whose errors are small enough to be fitted in float64.
    """
    n = 800
    nodes = [(lo + hi) / 2 + (hi - lo) / 2 * mp.cos(mp.pi * (k + mp.mpf(1) / 2) / (degree + 1)) for k in range(degree + 1)]
    start = list(mp.lu_solve(mp.matrix([[x**k for k in range(degree + 1)] for x in nodes]), mp.matrix([f(x) for x in nodes])))
    x = [(lo + hi) / 2 + (hi - lo) / 2 * mp.cos(mp.pi * (k + mp.mpf(1) / 2) / n) for k in range(n)]
    y, w = [f(v) for v in x], [weight(v) for v in x]
    powers = np.array([[float(b * v**k) for k in range(degree + 1)] for v, b in zip(x, w)])
    rest = lambda c: np.array([float(b * (a - mp.polyval(c[::-1], v))) for v, a, b in zip(x, y, w)])
    for k in range(degree + 1):
        scale = 1e18  # lawson works on errors near one
        start[k] = mp.mpf(float(start[k] + mp.mpf(lawson(powers[:, k:], rest(start) * scale)[0] / scale)))
    print(f"// {name}: maximum error 2^{np.log2(np.abs(rest(start)).max()):.2f} on [{float(lo):.4g}, {float(hi):.4g}].")
    for c in start:
        print(f"\t{float(c)!r},  // {float(c).hex()}")


def ratio(f, zero):
    return lambda x: zero if abs(x) < mp.mpf("1e-18") else f(x)


half_pi = mp.pi / 2
lo, hi = float(mp.sqrt(mp.mpf(1) / 2) - 1), float(mp.sqrt(2) - 1)
neg_two_log = lambda g: -2 * mp.log(1 - g / 2)
rest = ratio(lambda g: (neg_two_log(g) - g) / g**2, mp.mpf(1) / 4)
fit("NegTwoLog: -2 log(1 - g/2) = g + g^2 P(g)", rest, -2 * hi, -2 * lo, 7, ratio(lambda g: neg_two_log(g) / g**2, mp.mpf("1e18")))
sin = ratio(lambda x: mp.sin(half_pi * x) / x, half_pi)
fit("SinQuarter: sin(pi/2 x) = x*P(x^2)", sin, 0.0, 0.5, 3, sin, even=True)
cos = lambda x: mp.cos(half_pi * x)
fit("CosQuarter: cos(pi/2 x) = P(x^2)", cos, 0.0, 0.5, 3, cos, even=True, exact=(1.0,))
ln2 = float(mp.log(2))
expm1 = ratio(lambda r: (mp.expm1(r) - r) / r**2, mp.mpf(1) / 2)
fit("Expm1: exp(r) - 1 = r + r^2 P(r)", expm1, -ln2 / 2, ln2 / 2, 4, lambda r: mp.expm1(r) / r**2)
log1p = ratio(lambda f: (mp.log1p(f) - f) / f**2, -mp.mpf(1) / 2)
fit("Log1p: log(1+f) = f + f^2 P(f)", log1p, lo, hi, 8, lambda f: mp.log1p(f) / f**2)
atanh = ratio(lambda s: (2 * mp.atanh(s / 2) - s) / s**3, mp.mpf(1) / 12)
fit("Atanh: 2 atanh(s/2) = s + s^3 P(s^2)", atanh, 1e-9, 2 / 3, 3, lambda s: 2 * mp.atanh(s / 2) / s**3, even=True)

half = mp.log(2) / 2
fit64("Expm1Double: exp(r) - 1 = r + r^2 P(r)", expm1, -half, half, 9, lambda r: r**2 / mp.expm1(r) if r else mp.mpf(0))
log3 = lambda z: 2 * mp.atanh(mp.sqrt(z))  # of 2s + s^3 P(s^2) for s^2 = z
atanh = lambda z: (log3(z) / mp.sqrt(z) - 2) / z
fit64("AtanhDouble: 2 atanh(s) = 2s + s^3 P(s^2)", atanh, mp.mpf("1e-9"), (3 - mp.sqrt(8))**2, 6, lambda z: z * mp.sqrt(z) / log3(z))

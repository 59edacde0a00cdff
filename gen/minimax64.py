#!/usr/bin/env python3
"""Prints the float64 polynomial coefficients of internal/coef for normals in float64.

Each polynomial is the minimax fit of relative error on the interval where the kernels evaluate it, found by
Remez's exchange in 60 digits. Its coefficients are rounded to float64 one by one: the leading terms, for which
this would count, stand outside the polynomials.

Needs Python 3 with mpmath.
"""
import mpmath as mp

mp.mp.dps = 60


def remez(f, scale, lo, hi, terms):
    """Coefficients c, lowest power first, with the least maximum of |f(x) - sum c_k x^k| / scale(x)."""
    nodes = [(lo + hi) / 2 - (hi - lo) / 2 * mp.cos(mp.pi * i / terms) for i in range(terms + 1)]
    grid = [(lo + hi) / 2 - (hi - lo) / 2 * mp.cos(mp.pi * i / (40 * terms)) for i in range(40 * terms + 1)]
    values = [(x, f(x), scale(x)) for x in grid]
    for _ in range(30):
        a, b = mp.matrix(terms + 1, terms + 1), mp.matrix(terms + 1, 1)
        for i, x in enumerate(nodes):
            for k in range(terms):
                a[i, k] = x**k
            a[i, terms] = (-1) ** i * scale(x)
            b[i] = f(x)
        solution = mp.lu_solve(a, b)
        c = [solution[k] for k in range(terms)]
        level = abs(solution[terms])
        errors = [(y - mp.polyval(c[::-1], x)) / s for x, y, s in values]
        # The largest error of each run of one sign is the next node.
        peaks = []
        for i, e in enumerate(errors):
            if peaks and (errors[peaks[-1]] > 0) == (e > 0):
                if abs(e) > abs(errors[peaks[-1]]):
                    peaks[-1] = i
            else:
                peaks.append(i)
        while len(peaks) > terms + 1:
            del peaks[0 if abs(errors[peaks[0]]) < abs(errors[peaks[-1]]) else -1]
        nodes = [grid[i] for i in peaks]
        if max(abs(e) for e in errors) < level * mp.mpf("1.001"):
            break
    return c, values


def fit(name, f, scale, lo, hi, terms):
    c, values = remez(f, scale, mp.mpf(lo), mp.mpf(hi), terms)
    rounded = [mp.mpf(float(x)) for x in c]
    error = max(abs((y - mp.polyval(rounded[::-1], x)) / s) for x, y, s in values)
    print(f"// {name}: maximum relative error 2^{float(mp.log(error, 2)):.2f} on [{float(lo):.4g}, {float(hi):.4g}].")
    for x in rounded:
        print(f"\t{float(x)!r},")


quarter = mp.mpf(1) / 4
half_pi = mp.pi / 2


# s is at most 1/5 where the mantissa is 3/2. Near zero, Taylor's terms take over.
def atanh_rest(z):
    if z < mp.mpf("1e-15"):
        return mp.mpf(16) / 3 + mp.mpf(16) / 5 * z
    s = mp.sqrt(z)
    return 8 * (2 * mp.atanh(s) / s - 2) / z


fit("NegTwoLog64: -2 log(1 - g/2) = g + (g^2 - s (g^2 + s^2 P(s^2)))/4, s = g/(g-4)", atanh_rest,
    lambda z: 16 / max(z, mp.mpf("1e-6")), 0, mp.mpf(1) / 25, 7)


# The polynomials are in t = x^2.
def sin_rest(t):
    if t < mp.mpf("1e-12"):
        return -half_pi**3 / 6 + half_pi**5 / 120 * t
    x = mp.sqrt(t)
    return (mp.sin(half_pi * x) / x - half_pi) / t


def cos_rest(t):
    if t < mp.mpf("1e-12"):
        return -half_pi**2 / 2 + half_pi**4 / 24 * t
    return (mp.cos(half_pi * mp.sqrt(t)) - 1) / t


def sin_scale(t):
    return half_pi / max(t, mp.mpf("1e-6"))


def cos_scale(t):
    return 1 / max(t, mp.mpf("1e-6"))


fit("SinQuarter64: sin(pi/2 x) = x*(pi/2 + x^2 P(x^2))", sin_rest, sin_scale, 0, quarter, 6)
fit("CosQuarter64: cos(pi/2 x) = 1 + x^2 P(x^2)", cos_rest, cos_scale, 0, quarter, 7)
print(f"pi/2 = {float(half_pi)!r} + {float(half_pi - mp.mpf(float(half_pi)))!r}")
print(f"2 ln 2 = {float(2 * mp.ln2)!r} + {float(2 * mp.ln2 - mp.mpf(float(2 * mp.ln2)))!r}")

"""Writes values.json: singular values and eigenvalues of NumPy, which calls LAPACK, of matrices of integers times
powers of two, which the test makes again. Run it in this directory."""
import json

import numpy as np


def matrix(m, n, power):
    i, j = np.arange(m)[:, None], np.arange(n)[None, :]
    return ((7 * i * i + 5 * i * j + 3 * j * j * j) % 23 - 11.0) * 2.0 ** (power * i)


rows = []
for m, n, power in [(1, 1, 0), (3, 3, 0), (5, 2, 0), (2, 5, 0), (20, 20, 0), (40, 33, -1), (70, 20, 0), (30, 90, 1)]:
    a = matrix(m, n, power)
    row = {"m": m, "n": n, "power": power, "singular": np.linalg.svd(a, compute_uv=False).tolist()}
    row["eigen"] = np.linalg.eigvalsh(a + a.T).tolist() if m == n else []
    rows.append(row)
with open("values.json", "w") as f:
    f.write("[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]\n")

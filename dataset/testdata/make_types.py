#!/usr/bin/env python3
"""Writes half.npy and the type-*.npy of this folder, with NumPy 1.24. Run it in the folder."""
import numpy as np
from numpy.lib import format as npy

half = np.array([0, -0.0, 1, -2.5, 65504, 2**-14, 2**-24, -1023 * 2**-24, 1 / 3, 0.1], dtype="<f2").reshape(5, 2)
np.save("half.npy", half)
np.save("half-be.npy", half.astype(">f2"))
np.save("half-float64.npy", half.astype("<f8"))

ramp = np.arange(6).reshape(2, 3)
for descr in ["f4", "=f4", "|f4", "float32", "float64", "int32", "uint8", "bool", "?", "<?", "d", ">d", "half", "=i8", "uint16"]:
    name = "type-" + "".join({"=": "native-", "|": "bar-", "<": "lt-", ">": "gt-", "?": "question"}.get(c, c) for c in descr)
    with open(name + ".npy", "wb") as f:
        npy._write_array_header(f, {"descr": descr, "fortran_order": False, "shape": (2 if descr == "f4" else -1, 3)}, (1, 0))
        f.write(ramp.astype(descr).tobytes())
        f.write(b"more" if descr == "f4" else b"")
    assert np.array_equal(np.load(name + ".npy"), ramp.astype(descr)), descr

# The advice of the errors works.
import numpy.lib.recfunctions

x = np.zeros(3, dtype=[("x", "<f4"), ("y", "<i8")])
assert numpy.lib.recfunctions.structured_to_unstructured(x, "float64").shape == (3, 2)
x = np.array([[1 + 2j, 3 + 4j]])
assert np.array_equal(np.stack([x.real, x.imag], -1).reshape(len(x), -1), [[1, 2, 3, 4]])
for x in [np.array(["1.5", "2"]), np.array([b"1.5", b"2"]), np.array([1.5, 2], dtype=object), np.array([1.5, 2], dtype="g")]:
    assert np.array_equal(x.astype("float64"), [1.5, 2])
x = np.array(["2020-01-03", "2020-01-01T12"], dtype="M8[h]")
assert np.array_equal((x - x.min()) / np.timedelta64(1, "D"), [1.5, 0])
assert (np.array([36], dtype="m8[h]") / np.timedelta64(1, "D"))[0] == 1.5
assert np.array([1.5, 2]).view("V8").view("float64")[0] == 1.5

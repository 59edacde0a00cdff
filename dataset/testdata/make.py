#!/usr/bin/env python3
"""Writes the files of this folder, with NumPy 1.24 or later. Run it in the folder."""
import numpy as np
from numpy.lib import format as npy

ramp = np.arange(24).reshape(4, 3, 2)  # element k holds k, or k-5 where the type has a sign

for code in ["<f4", ">f4", "<f8", ">f8", "|i1", "<i2", ">i2", "<i4", ">i4", "<i8", ">i8"]:
    name = code.replace("<", "le-").replace(">", "be-").replace("|", "")
    np.save(f"{name}.npy", (ramp - 5).astype(code))
for code in ["|u1", "<u2", ">u2", "<u4", ">u4", "<u8", ">u8"]:
    name = code.replace("<", "le-").replace(">", "be-").replace("|", "")
    np.save(f"{name}.npy", ramp.astype(code))

np.save("bool.npy", ramp % 3 == 0)
np.save("vector.npy", np.arange(5, dtype="<f4"))
np.save("fortran2.npy", np.asfortranarray(ramp.reshape(4, 6).astype("<f4")))
np.save("fortran3.npy", np.asfortranarray(ramp.astype("<i2")))
np.save("fortran4.npy", np.asfortranarray(np.arange(120).reshape(2, 3, 4, 5).astype("u1")))
for version in [(1, 0), (2, 0), (3, 0)]:
    with open(f"version{version[0]}.npy", "wb") as f:
        npy.write_array(f, ramp.astype("<f4"), version=version)

# Integers that float32 does not have, near and on the midpoints between two that it has, next to what they round to.
wide = np.array(
    [2**62 + 2**38, 2**62 + 2**38 + 1, 2**62 + 3 * 2**38 - 1, -(2**62) - 2**38 - 1, 2**53 + 2**29 + 1, 2**24 + 1],
    dtype="<i8",
)
with open("wide.npy", "wb") as f:
    np.save(f, wide)
# A NumPy cast from int64 rounds once, as the reader must.
np.save("wide-float32.npy", wide.astype("<f4"))

np.savetxt("comma.csv", ramp.reshape(12, 2) / 8, delimiter=",", header="x,y", comments="")
np.savetxt("semicolon.csv", ramp.reshape(12, 2) / 8, delimiter=";", header="x;y")

# What WriteNPY must write.
wave = ((np.arange(60) * 37) % 64 - 20).astype("<f4") / 8
np.save("write-2d.npy", wave.reshape(30, 2))
np.save("write-3d.npy", wave.reshape(5, 3, 4))
np.save("write-6d.npy", wave.reshape(5, 1, 3, 1, 4, 1))
np.save("write-20d.npy", wave.reshape(5, 3, 4, *[1] * 17))
np.save("write-empty.npy", np.zeros((0, 3), dtype="<f4"))

#!/usr/bin/env python3
"""Writes the .npz files of this folder, with NumPy 1.24. Run it in the folder."""
import numpy as np

ramp = np.arange(24).reshape(4, 3, 2)
np.savez("one.npz", ramp.astype("<f8") / 3)
np.savez_compressed("one-deflated.npz", points=ramp.astype("<f8") / 3)
images = np.arange(80, dtype="u1").reshape(5, 4, 4)
np.savez_compressed("several.npz", images=images, labels=np.arange(5), names=np.array(["a", "b"]), scale=np.array(2.0))

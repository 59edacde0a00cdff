#!/usr/bin/env python3
"""Writes the folders png-* of this folder and the arrays in them, with NumPy 1.24 and Pillow 9.4. Run it in the folder."""
import os
import numpy as np
from PIL import Image

random = np.random.default_rng(1)
grey = random.integers(0, 256, (2, 3, 4), "u1")
colour = random.integers(0, 256, (2, 3, 4, 3), "u1")
deep = random.integers(0, 65536, (2, 3, 4), "u2")
opaque = np.full((2, 3, 4, 1), 255, "u1")
few = [Image.fromarray(x).quantize(5) for x in colour]

for name, images, values in [
    ("grey", [Image.fromarray(x) for x in grey], grey),
    ("one-bit", [Image.fromarray(x > 99) for x in grey], (grey > 99) * 255),
    ("grey16", [Image.fromarray(x) for x in deep], deep),
    ("colour", [Image.fromarray(x) for x in colour], colour),
    ("palette", few, [np.array(x.convert("RGB")) for x in few]),
    ("alpha", [Image.fromarray(x, "RGBA") for x in np.concatenate([colour, opaque], -1)], colour),
    ("grey-alpha", [Image.fromarray(x, "LA") for x in np.concatenate([grey[..., None], opaque], -1)], grey),
]:
    os.makedirs("png-" + name, exist_ok=True)
    for i, image in enumerate(images):
        image.save(f"png-{name}/{i}.png")
    np.save(f"png-{name}/values.npy", np.array(values, "u2"))

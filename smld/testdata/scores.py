#!/usr/bin/env python3
"""Writes scores.json: the scores of the models in edm.safetensors and ncsnv2.safetensors at some points and noise levels, in
float64.

Run in this folder with Python 3 and NumPy.
"""
import json
import struct

import numpy as np


def load(name):
    """The metadata and the tensors of a safetensors file."""
    with open(name, "rb") as f:
        (length,) = struct.unpack("<Q", f.read(8))
        header, data = json.loads(f.read(length)), f.read()
    metadata = header.pop("__metadata__")
    tensors = {}
    for tensor, info in header.items():
        begin, end = info["data_offsets"]
        tensors[tensor] = np.frombuffer(data[begin:end], "<f4").reshape(info["shape"]).astype("f8")
    return metadata, tensors


def silu(x):
    return x / (1 + np.exp(-x))


def network(p, h):
    if "net.0.weight" in p:
        for layer in 0, 2:
            h = silu(h @ p[f"net.{layer}.weight"].T + p[f"net.{layer}.bias"])
        return h @ p["net.4.weight"].T + p["net.4.bias"]
    h = silu(h @ p["net.input.weight"].T + p["net.input.bias"])
    h = h + silu(h @ p["net.blocks.0.0.weight"].T + p["net.blocks.0.0.bias"]) @ p["net.blocks.0.2.weight"].T
    return h @ p["net.output.weight"].T + p["net.output.bias"]


def score(name, x, sigma):
    metadata, p = load(name)
    mean, std = p["data.mean"], p["data.std"]
    angles = 0.25 * np.log(sigma / std) * 2.0 ** np.arange(4)
    features = np.tile(np.stack([np.sin(angles), np.cos(angles)], -1).ravel(), (len(x), 1))
    if metadata["langevin.preconditioning"] == "ncsnv2":
        return network(p, np.hstack([(x - mean) / std, features])) / sigma
    root = np.sqrt(sigma**2 + std**2)
    f = network(p, np.hstack([(x - mean) / root, features]))
    denoised = mean + std**2 / root**2 * (x - mean) + sigma * std / root * f
    return (denoised - x) / sigma**2


x = (np.arange(6).reshape(3, 2) * 5 % 6 - 2.5) * 1.5
sigmas = np.array([20, 0.75], "f4").astype("f8")
golden = {"x": x.ravel().tolist(), "sigmas": sigmas.tolist(), "scores": {}}
for name in "edm", "ncsnv2":
    values = np.concatenate([score(name + ".safetensors", x, sigma).ravel() for sigma in sigmas])
    golden["scores"][name] = [float(f"{v:.12g}") for v in values]
with open("scores.json", "w") as f:
    json.dump(golden, f, indent=1)
    f.write("\n")

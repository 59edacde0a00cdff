#!/usr/bin/env python3
"""Writes kdiffusion.npy: samples that the solvers of k-diffusion draw with the exact score of eight Gaussians, from the starts,
levels and normals of package smld.

    kdiffusion.py FOLDER [COUNT]

FOLDER has the package k_diffusion as of its commit 4601bf0; nothing is fetched. Needs PyTorch, NumPy and SciPy. What
k_diffusion/sampling.py imports beside these is replaced by empty modules, which the solvers here do not use. All is in float64.

The array has the shape solvers x COUNT x 2; the solvers are those of SOLVERS, COUNT is 400 by default.
"""
import importlib.util
import sys
import types

import numpy as np
import torch

SEED = 5
LEVELS, HIGH, LOW = 25, 10.0, 0.015
PRIOR, SAMPLE = 4, 5  # the purposes of streams, smld/streams.go


def philox(counter, key):
    """Philox4x32-10 (Salmon et al. 2011) on arrays of words."""
    c, k = [np.asarray(w, np.uint64) for w in counter], list(key)
    mask = np.uint64(0xFFFFFFFF)
    for _ in range(10):
        a, b = np.uint64(0xD2511F53) * c[0], np.uint64(0xCD9E8D57) * c[2]
        c = [(b >> np.uint64(32)) ^ c[1] ^ np.uint64(k[0]), b & mask, (a >> np.uint64(32)) ^ c[3] ^ np.uint64(k[1]), a & mask]
        k = [(k[0] + 0x9E3779B9) & 0xFFFFFFFF, (k[1] + 0xBB67AE85) & 0xFFFFFFFF]
    return c


def normals(purpose, step, count):
    """Normals 0 to count-1 of a stream, as kernels.Noise describes them, in float64."""
    stream = purpose << 48 | step
    i = np.arange(count, dtype=np.uint64)
    lane = i % np.uint64(16) % np.uint64(8)
    block = np.uint64(4) * (i // np.uint64(16)) + lane // np.uint64(2)
    high, low = np.uint64(32), np.uint64(0xFFFFFFFF)
    fixed = [np.full(count, stream & 0xFFFFFFFF, np.uint64), np.full(count, stream >> 32, np.uint64)]
    w = philox([block & low, block >> high] + fixed, [SEED & 0xFFFFFFFF, SEED >> 32])
    odd = lane % np.uint64(2) == 1
    of_radius, of_angle = np.where(odd, w[0], w[1]), np.where(odd, w[2], w[3])
    signed = of_radius.astype(np.int64)
    signed = np.where(signed >= 1 << 31, signed - (1 << 32), signed)
    u = np.abs((signed + 0.5) / 2.0**31)
    radius = np.sqrt(-2 * np.log(u)) * np.where(signed < 0, -1, 1)
    x = (of_angle << np.uint64(1) & low).astype(np.int64)
    x = np.where(x >= 1 << 31, x - (1 << 32), x) / 2.0**32
    sin, cos = np.sin(np.pi / 2 * x), np.cos(np.pi / 2 * x)
    swap = of_angle >> np.uint64(31) == 1
    sin, cos = np.where(swap, cos, sin), np.where(swap, sin, cos)
    return radius * np.where(i % np.uint64(16) < np.uint64(8), cos, sin)


def solvers(folder):
    """The module k_diffusion.sampling."""
    auto = types.ModuleType("tqdm.auto")
    auto.trange, auto.tqdm = lambda n, **_: range(n), lambda x, **_: x
    sde, ode = types.ModuleType("torchsde"), types.ModuleType("torchdiffeq")
    ode.odeint = None
    package = types.ModuleType("k_diffusion")
    package.__path__ = [folder + "/k_diffusion"]
    utils = types.ModuleType("k_diffusion.utils")
    utils.append_dims = lambda x, dims: x[(...,) + (None,) * (dims - x.ndim)]
    package.utils = utils
    sys.modules.update({
        "tqdm": types.ModuleType("tqdm"), "tqdm.auto": auto, "torchsde": sde, "torchdiffeq": ode,
        "k_diffusion": package, "k_diffusion.utils": utils,
    })
    spec = importlib.util.spec_from_file_location("k_diffusion.sampling", folder + "/k_diffusion/sampling.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def denoiser(x, sigma):
    """The expected clean point given x, of eight Gaussians on a circle of radius 4, standard deviation 0.3."""
    angle = 2 * np.pi * torch.arange(8, dtype=x.dtype) / 8
    means = 4 * torch.stack([torch.cos(angle), torch.sin(angle)], 1)
    variance, noise = 0.3**2, sigma[0] ** 2
    weights = torch.softmax(-((x[:, None] - means) ** 2).sum(2) / (2 * (variance + noise)), 1)
    return ((means * noise + x[:, None] * variance) / (variance + noise) * weights[..., None]).sum(1)


def main():
    k = solvers(sys.argv[1])
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 400
    start = torch.tensor(HIGH * normals(PRIOR, 0, 2 * count).reshape(count, 2))
    t = np.arange(LEVELS) / (LEVELS - 1)
    geometric = np.exp(np.log(HIGH) + t * (np.log(LOW) - np.log(HIGH)))
    rho7 = (HIGH ** (1 / 7) + t * (LOW ** (1 / 7) - HIGH ** (1 / 7))) ** 7

    def levels(s):
        return torch.tensor(np.append(s.astype("f4"), 0).astype("f8"))

    def noise():
        step = -1

        def sample(*_):
            nonlocal step
            step += 1
            return torch.tensor(normals(SAMPLE, step, 2 * count).reshape(count, 2))

        return sample

    quiet = {"disable": True}
    SOLVERS = [
        k.sample_lms(denoiser, start, levels(rho7), **quiet),
        k.sample_dpmpp_2m(denoiser, start, levels(geometric), **quiet),
        k.sample_dpmpp_3m_sde(denoiser, start, levels(rho7), eta=0.0, noise_sampler=noise(), **quiet),
        k.sample_dpmpp_2m_sde(denoiser, start, levels(geometric), noise_sampler=noise(), **quiet),
        k.sample_dpmpp_3m_sde(denoiser, start, levels(geometric), noise_sampler=noise(), **quiet),
    ]
    np.save("kdiffusion.npy", torch.stack(SOLVERS).numpy().astype("f4"))


main()

#!/usr/bin/env python3
"""Times what BenchmarkTrainStep and BenchmarkSampleStep time, in PyTorch.

usage: steps.py [THREADS ...]

Prints one line for each network, kind of step and number of threads: the best of several stretches of half a
second, in microseconds a step. The network has linear layers with SiLU between them; its inputs are a point and
log(sigma). A training step draws a batch, levels and noise, and takes the gradient and Adam's step of denoising
score matching. A sampling step evaluates the score and makes a step of Langevin dynamics.
"""
import math
import sys
import time

import torch

NETWORKS = [  # as in step_test.go: numbers in a point, units of a hidden layer, hidden layers, points in a batch
    (2, 128, 3, 128),
    (2, 128, 3, 512),
    (2, 128, 3, 4096),
    (64, 256, 3, 256),
    (784, 1024, 3, 128),
]
LEVELS = 10
STRETCHES = 5
SECONDS = 0.5


def network(dim, units, layers):
    sizes = [dim + 1] + layers * [units]
    modules = []
    for inputs, outputs in zip(sizes, sizes[1:]):
        modules += [torch.nn.Linear(inputs, outputs), torch.nn.SiLU()]
    return torch.nn.Sequential(*modules, torch.nn.Linear(units, dim))


def train_step(dim, units, layers, batch):
    net = network(dim, units, layers)
    adam = torch.optim.Adam(net.parameters(), lr=1e-3)
    data = torch.randn(1024, dim)
    sigmas = torch.logspace(1, -2, LEVELS)

    def step():
        x = data[torch.randint(len(data), (batch,))]
        sigma = sigmas[torch.randint(LEVELS, (batch, 1))]
        z = torch.randn(batch, dim)
        out = net(torch.cat([x + sigma * z, sigma.log()], 1))
        loss = (out + z).square().sum(1).mean()  # sigma * score + z: score matching weighted by sigma^2
        adam.zero_grad(set_to_none=True)
        loss.backward()
        adam.step()

    return step


def sample_step(dim, units, layers, batch):
    net = network(dim, units, layers)
    sigma, drift = 1.0, 0.1
    x = sigma * torch.randn(batch, dim)
    level = torch.full((batch, 1), math.log(sigma))

    @torch.no_grad()
    def step():
        score = net(torch.cat([x, level], 1)) / sigma
        x.add_(score, alpha=drift).add_(torch.randn(batch, dim), alpha=math.sqrt(2 * drift))

    return step


def microseconds(step):
    best = math.inf
    for _ in range(20):
        step()
    for _ in range(STRETCHES):
        count, begun = 0, time.perf_counter()
        while time.perf_counter() - begun < SECONDS:
            step()
            count += 1
        best = min(best, (time.perf_counter() - begun) / count)
    return 1e6 * best


def main():
    torch.manual_seed(1)
    for threads in map(int, sys.argv[1:] or ["1", "2"]):
        torch.set_num_threads(threads)
        for kind, make in (("train", train_step), ("sample", sample_step)):
            for dim, units, layers, batch in NETWORKS:
                step = make(dim, units, layers, batch)
                print("%-6s d=%d/h=%d/l=%d/b=%d threads %d: %.1f us/step"
                      % (kind, dim, units, layers, batch, threads, microseconds(step)), flush=True)


if __name__ == "__main__":
    main()

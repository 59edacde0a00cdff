#!/usr/bin/env python3
"""Writes torch_golden.json and torch_residual_golden.json: the output, loss, gradients and ten AdamW steps with clipped
gradients of a small SiLU network, plain and residual, by PyTorch in float64.

Run in this folder with Python 3 and PyTorch.
"""
import json

import torch

torch.set_default_dtype(torch.float64)


class Residual(torch.nn.Module):
    """A first layer, blocks that add to it, and an output layer."""

    def __init__(self, inputs, width, inner, outputs):
        super().__init__()
        self.input = torch.nn.Linear(inputs, width)
        self.blocks = torch.nn.ModuleList(
            torch.nn.Sequential(torch.nn.Linear(width, n), torch.nn.SiLU(), torch.nn.Linear(n, width, bias=False))
            for n in inner
        )
        self.output = torch.nn.Linear(width, outputs)

    def forward(self, x):
        h = torch.nn.functional.silu(self.input(x))
        for block in self.blocks:
            h = h + block(h)
        return self.output(h)


def rounded(t):
    return [float(f"{v:.9g}") for v in t.detach().flatten()]


def write(name, net, sizes, clip, decay):
    def state():
        return {name: rounded(p) for name, p in net.named_parameters()}

    with torch.no_grad():  # float32 values, so that both sides start from the same numbers
        for p in net.parameters():
            p.copy_(p.float().double())
    x = torch.randn(4, 3).float().double()
    target = torch.randn(4, 2).float().double()
    golden = {"sizes": sizes, "clip": clip, "decay": decay, "x": rounded(x), "target": rounded(target), "params": state()}
    optimizer = torch.optim.AdamW(net.parameters(), lr=0.01, eps=1e-8, weight_decay=decay)
    golden["losses"] = []
    for step in range(10):
        optimizer.zero_grad()
        y = net(x)
        loss = 0.5 * ((y - target) ** 2).sum() / len(x)
        loss.backward()
        if step == 0:
            golden["y"] = rounded(y)
            golden["grads"] = {name: rounded(p.grad) for name, p in net.named_parameters()}
        golden["losses"].append(float(f"{loss.item():.9g}"))
        if clip > 0:
            torch.nn.utils.clip_grad_norm_(net.parameters(), clip)
        optimizer.step()
    golden["trained"] = state()
    with open(name, "w") as f:
        json.dump(golden, f, indent=1)
        f.write("\n")


torch.manual_seed(1)
plain = torch.nn.Sequential(
    torch.nn.Linear(3, 7), torch.nn.SiLU(), torch.nn.Linear(7, 5), torch.nn.SiLU(), torch.nn.Linear(5, 2)
)
write("torch_golden.json", plain, [3, 7, 5, 2], 0, 0)
write("torch_residual_golden.json", Residual(3, 7, [5, 6], 2), [3, 7, 5, 7, 6, 7, 2], 0.5, 0.1)

#!/usr/bin/env python3
"""Writes torch_golden.json: a small SiLU network's output, loss, gradients and ten Adam steps, by PyTorch in float64.

Run in this folder with Python 3 and PyTorch.
"""
import json

import torch

torch.manual_seed(1)
torch.set_default_dtype(torch.float64)
net = torch.nn.Sequential(
    torch.nn.Linear(3, 7), torch.nn.SiLU(), torch.nn.Linear(7, 5), torch.nn.SiLU(), torch.nn.Linear(5, 2)
)
with torch.no_grad():  # float32 values, so that both sides start from the same numbers
    for p in net.parameters():
        p.copy_(p.float().double())
x = torch.randn(4, 3).float().double()
target = torch.randn(4, 2).float().double()


def rounded(t):
    return [float(f"{v:.9g}") for v in t.detach().flatten()]


def state():
    return {name: rounded(p) for name, p in net.named_parameters()}


golden = {"sizes": [3, 7, 5, 2], "x": rounded(x), "target": rounded(target), "params": state()}
optimizer = torch.optim.Adam(net.parameters(), lr=0.01, eps=1e-8)
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
    optimizer.step()
golden["trained"] = state()
with open("torch_golden.json", "w") as f:
    json.dump(golden, f, indent=1)
    f.write("\n")

#!/usr/bin/env python3
"""Writes torch_golden.json and torch_residual_golden.json: the output, loss, gradients and ten AdamW steps with clipped
gradients of a small SiLU network, plain and residual, by PyTorch in float64; and networks.json: the output of the networks
in networks.safetensors.

Run in this folder with Python 3 and PyTorch.
"""
import json
import struct

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


def sequential(*sizes):
    layers = []
    for inputs, outputs in zip(sizes, sizes[1:]):
        layers += [torch.nn.Linear(inputs, outputs), torch.nn.SiLU()]
    return torch.nn.Sequential(*layers[:-1])


def load(name, prefix):
    """The tensors of a safetensors file whose names begin with prefix, without it."""
    with open(name, "rb") as f:
        (length,) = struct.unpack("<Q", f.read(8))
        header, data = json.loads(f.read(length)), f.read()
    header.pop("__metadata__", None)
    tensors = {}
    for tensor, info in header.items():
        if tensor.startswith(prefix):
            begin, end = info["data_offsets"]
            values = struct.unpack(f"<{(end - begin) // 4}f", data[begin:end])
            tensors[tensor.removeprefix(prefix)] = torch.tensor(values).reshape(info["shape"])
    return tensors


def evaluate(name, networks, result):
    x = (torch.arange(12).reshape(4, 3) * 5 % 12 - 5) / 4.0
    golden = {"x": rounded(x), "y": {}}
    for prefix, net in networks.items():
        net.load_state_dict(load(name, prefix + "."))
        golden["y"][prefix] = rounded(net(x))
    with open(result, "w") as f:
        json.dump(golden, f, indent=1)
        f.write("\n")


torch.manual_seed(1)
plain = sequential(3, 7, 5, 2)
write("torch_golden.json", plain, [3, 7, 5, 2], 0, 0)
write("torch_residual_golden.json", Residual(3, 7, [5, 6], 2), [3, 7, 5, 7, 6, 7, 2], 0.5, 0.1)
evaluate("networks.safetensors", {"plain": sequential(3, 8, 8, 2), "residual": Residual(3, 8, [5], 2)}, "networks.json")

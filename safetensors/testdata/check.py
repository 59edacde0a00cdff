#!/usr/bin/env python3
"""Reads safetensors files independently of the Go code, as strictly as the format's reference implementation.

    check.py FILE...        validates files and prints one JSON line for each
    check.py --golden DIR   writes the files that the Go tests read: plain.safetensors and converted.safetensors

It needs numpy, but not the safetensors module.
"""

import json
import os
import struct
import sys
import zlib

import numpy as np

MAX_HEADER = 100_000_000
SIZES = {
    "BOOL": 1, "U8": 1, "I8": 1, "F8_E5M2": 1, "F8_E4M3": 1, "I16": 2, "U16": 2, "F16": 2, "BF16": 2,
    "I32": 4, "U32": 4, "F32": 4, "I64": 8, "U64": 8, "F64": 8,
}


class Invalid(Exception):
    pass


def require(condition, message):
    if not condition:
        raise Invalid(message)


def unique(pairs):
    keys = [key for key, _ in pairs]
    require(len(set(keys)) == len(keys), f"duplicate keys among {keys}")
    return dict(pairs)


def no_constant(name):
    raise Invalid(f"{name} is not JSON")


def whole(value):
    return type(value) is int and 0 <= value < 2**64


def parse(content):
    """Returns the metadata and a list of (name, dtype, shape, bytes) in the order of the data."""
    require(len(content) >= 8, "no room for the header length")
    (length,) = struct.unpack("<Q", content[:8])
    require(length <= MAX_HEADER, "header too long")
    require(8 + length <= len(content), "header passes the end of the file")
    text = content[8 : 8 + length].decode("utf-8", errors="strict")
    require(text.startswith("{"), "header does not begin with {")
    header = json.loads(text, object_pairs_hook=unique, parse_constant=no_constant)
    json.dumps(header, ensure_ascii=False).encode("utf-8")  # fails for half a character

    metadata = header.pop("__metadata__", {})
    require(isinstance(metadata, dict), "metadata is not an object")
    require(all(isinstance(value, str) for value in metadata.values()), "metadata has a value that is no string")
    for name, info in header.items():
        require(isinstance(info, dict) and set(info) == {"dtype", "shape", "data_offsets"}, f"{name}: wrong fields")
        require(info["dtype"] in SIZES, f"{name}: unknown dtype")
        for field in "shape", "data_offsets":
            require(isinstance(info[field], list) and all(map(whole, info[field])), f"{name}: wrong {field}")
        require(len(info["data_offsets"]) == 2, f"{name}: wrong data_offsets")

    data = content[8 + length :]
    tensors, at = [], 0
    for name, info in sorted(header.items(), key=lambda item: item[1]["data_offsets"]):
        begin, end = info["data_offsets"]
        require(begin == at and begin <= end, f"{name}: data_offsets {begin}, {end} after {at}")
        size = SIZES[info["dtype"]]
        for dimension in info["shape"]:
            size *= dimension
            require(size < 2**64, f"{name}: shape overflows")
        require(end - begin == size, f"{name}: {end - begin} bytes, want {size}")
        require(end <= len(data), f"{name}: data passes the end of the file")
        tensors.append((name, info["dtype"], info["shape"], data[begin:end]))
        at = end
    require(at == len(data), f"{len(data) - at} bytes after the data")
    return metadata, tensors


def describe(path):
    with open(path, "rb") as f:
        content = f.read()
    metadata, tensors = parse(content)
    (length,) = struct.unpack("<Q", content[:8])
    listed = []
    for name, dtype, shape, data in tensors:
        tensor = {"name": name, "dtype": dtype, "shape": shape, "crc32": zlib.crc32(data)}
        if dtype == "F32":
            values = np.frombuffer(data, dtype="<f4").reshape(shape)
            tensor["finite"] = int(np.isfinite(values).sum())
        listed.append(tensor)
    return {"metadata": metadata, "aligned": (8 + length) % 8 == 0, "tensors": listed}


def serialize(metadata, tensors):
    """Takes a list of (name, dtype, little-endian numpy array) and lays it out in that order."""
    header, data = {}, b""
    if metadata:
        header["__metadata__"] = dict(sorted(metadata.items()))
    for name, dtype, array in tensors:
        raw = array.tobytes()
        header[name] = {"dtype": dtype, "shape": list(array.shape), "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    return struct.pack("<Q", len(text)) + text + data


def golden(directory):
    rng = np.random.default_rng(1)
    bits = np.array([0x7FC00000, 0xFFC12345, 0x7F800000, 0xFF800000, 0x80000000, 0x00000001, 0x807FFFFF, 0x00800000,
                     0x7F7FFFFF, 0x3F800000], dtype="<u4")
    plain = serialize({"format": "pt", "einheit": "µ<&>", "": ""}, [
        ("layers.0.weight", "F32", rng.standard_normal((3, 5)).astype("<f4")),
        ("layers.0.bias", "F32", np.arange(-2, 3, dtype="<f4") / 8),
        ("spezial \"\\\n é 🙂", "F32", bits.view("<f4").reshape(2, 5)),
        ("empty", "F32", np.zeros((0, 4), dtype="<f4")),
        ("Scalar", "F32", np.array(0.1, dtype="<f4")),
    ])

    half = np.concatenate([
        np.array([0x0000, 0x8000, 0x0001, 0x8001, 0x03FF, 0x0400, 0x3C00, 0x7BFF, 0xFBFF, 0x7C00, 0xFC00, 0x7E00,
                  0xFE01], dtype="<u2"),
        rng.integers(0, 0x7C00, 51).astype("<u2"),
    ]).view("<f2")
    # bfloat16 is the upper half of a float32.
    upper = np.concatenate([
        np.array([0x0000, 0x8000, 0x0001, 0x3F80, 0x7F80, 0xFF80, 0x7FC0, 0x7F7F], dtype="<u2"),
        rng.integers(0, 0x7F80, 24).astype("<u2"),
    ])
    tie = 1 + 2.0**-24
    double = np.concatenate([
        np.array([tie, np.nextafter(tie, 2), 1 + 3 * 2.0**-24, -tie, 1e300, -1e300, 1e-300, 2.0**-150,
                  np.nextafter(2.0**-150, 1), 2.0**-149, 3 * 2.0**-150, np.inf, -np.inf, np.nan, -0.0,
                  float.fromhex("0x1.fffffefffffffp127"), float.fromhex("0x1.ffffffp127")]),
        rng.standard_normal(47) * np.exp(rng.uniform(-100, 88, 47)),
    ]).astype("<f8")
    with np.errstate(over="ignore", under="ignore"):
        converted = serialize(None, [
            ("f64", "F64", double.reshape(8, 8)),
            ("f64 as f32", "F32", double.astype("<f4").reshape(8, 8)),
            ("f16", "F16", half),
            ("f16 as f32", "F32", half.astype("<f4")),
            ("bf16", "BF16", upper.reshape(4, 2, 4)),
            ("bf16 as f32", "F32", (upper.astype("<u4") << 16).view("<f4").reshape(4, 2, 4)),
        ])
    for name, content in ("plain", plain), ("converted", converted):
        parse(content)
        with open(os.path.join(directory, name + ".safetensors"), "wb") as f:
            f.write(content)


def main(arguments):
    if len(arguments) == 2 and arguments[0] == "--golden":
        golden(arguments[1])
        return 0
    if not arguments or arguments[0].startswith("-"):
        print(__doc__.strip(), file=sys.stderr)
        return 2
    for path in arguments:
        try:
            print(json.dumps(describe(path)))
        except (Invalid, ValueError, OSError) as e:
            print(f"{path}: {e}", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

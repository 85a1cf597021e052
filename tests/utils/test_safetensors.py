"""The files of that package, written and read without it."""

import json
import random
import struct

import pytest
import safetensors.torch
import torch

import scratch
from scratch.utils import safetensors as ours
from tests.same_script import compare, error, plain, same_script

KINDS = ["float64", "float32", "float16", "int64", "int32", "int16", "int8", "uint8", "bool"]


def contents(t):
    found = {k: t.arange(6).reshape(2, 3).to(getattr(t, k)) for k in KINDS}
    return {**found, "none": t.empty(0, 3), "one": t.tensor(2.5), "ä": t.ones(1), "last": t.ones(3)}


@pytest.mark.parametrize("metadata", [None, {"format": "pt"}, {}])
def test_the_bytes_are_theirs(metadata, tmp_path):
    mine, theirs = contents(scratch), contents(torch)
    expected = safetensors.torch.save(theirs, metadata)
    assert ours.save(mine, metadata) == expected
    ours.save_file(mine, tmp_path / "a.safetensors", metadata)
    assert (tmp_path / "a.safetensors").read_bytes() == expected
    compare(plain(dict(sorted(ours.load(expected).items()))), plain(dict(sorted(mine.items()))),
            0, 0, "loaded")  # fmt: skip


@same_script
def test_to_a_file_and_back(torch):
    import os
    import tempfile

    library = ours if torch.__name__ == "scratch" else safetensors.torch
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "model.safetensors")
        x = torch.ones(2, 3)
        library.save_file(contents(torch), path)
        return [
            [sorted(found.items()) for found in (library.load_file(path), torch.load(path))],
            torch.load(path, map_location="cpu")["one"], os.listdir(folder),
            error(torch, lambda: library.load_file(os.path.join(folder, "none"))),
            error(torch, lambda: library.save({"x": x.t()})),
            error(torch, lambda: library.save({"x": x, "y": x[1:]})),
            error(torch, lambda: library.save([x])), error(torch, lambda: library.save({"x": 3})),
            error(torch, lambda: library.save({1: x})),
            error(torch, lambda: torch.load(path, map_location={})),
        ]  # fmt: skip


def made(header, data=bytes(8)) -> bytes:
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + data


@pytest.mark.parametrize(
    "data",
    [
        b"", bytes(8), b"\xff" * 99, made(b"[]"), made(b"3"), made(b"{"), made(b"[" * 9999),
        made({"x": 3}), made({"x": {}}), made({}, b"x"),
        made({"x": {"dtype": "F32", "shape": [2], "data_offsets": [0, 4]}}),
        made({"x": {"dtype": "F32", "shape": [-2, -1], "data_offsets": [0, 8]}}),
        made({"x": {"dtype": "F32", "shape": [2], "data_offsets": [8, 16]}}),
        made({"x": {"dtype": "F32", "shape": [2], "data_offsets": [-8, 0]}}),
        made({"x": {"dtype": "F32", "shape": [2**62, 4], "data_offsets": [0, 2**66]}}),
        made({"x": {"dtype": "F32", "shape": [1] * 99 + [2], "data_offsets": [0, 8]}}),
        made({"x": {"dtype": "F32", "shape": [2**61] * 300_000, "data_offsets": [0, 8]}}),
        made({"x": {"dtype": "F32", "shape": [0, 2**61, 2**61], "data_offsets": [0, 0]}}),
        made({"x": {"dtype": "F32", "shape": [2.0], "data_offsets": [0, 8]}}),
        made({"x": {"dtype": "XX", "shape": [2], "data_offsets": [0, 8]}}),
        made({"x": {"dtype": ["F32"], "shape": [2], "data_offsets": [0, 8]}}),
        made({"x": {"dtype": "F32", "shape": [2], "data_offsets": [0, 8]},
              "y": {"dtype": "F32", "shape": [2], "data_offsets": [0, 8]}}),
        made({"x": {"dtype": "BF16", "shape": [4], "data_offsets": [0, 8]}}),
    ],
)  # fmt: skip
def test_hostile_files(data, tmp_path):
    with pytest.raises(RuntimeError, match="damaged|scratch lacks"):
        ours.load(data)
    path = tmp_path / "x.safetensors"
    path.write_bytes(data)
    with pytest.raises(RuntimeError, match="damaged|scratch lacks"):
        scratch.load(path)


def test_mutations():
    data, draw = ours.save(contents(scratch)), random.Random(1)
    for _ in range(3000):
        new = bytearray(data)
        for _ in range(draw.choice([1, 2, 8])):
            at = draw.randrange(len(new))
            new[at : at + draw.choice([0, 1, 4])] = draw.randbytes(draw.choice([0, 1, 4]))
        try:
            ours.load(bytes(new))
        except RuntimeError as raised:
            assert str(raised)

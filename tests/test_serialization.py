"""Files cross between scratch and torch in both directions, and whatever they hold arrives."""

import collections
import io
import os
import pickle
import zipfile
from pathlib import Path

import numpy as np
import pytest
import torch

import scratch
from tests.same_script import compare, error, plain, same_script

DTYPES = ["float16", "float32", "float64", "uint8", "int8", "int16", "int32", "int64", "bool"]
ROADS = [(a, b) for a in (scratch, torch) for b in (scratch, torch) if scratch in (a, b)]
NAMES = [f"{a.__name__} to {b.__name__}" for a, b in ROADS]


def sent(obj, writer, reader, zipped=True, **options):
    """An object, written by one library and read by another."""
    file = io.BytesIO()
    writer.save(obj, file, _use_new_zipfile_serialization=zipped)
    file.seek(0)
    return reader.load(file, **options)


def network(torch):
    return torch.nn.Sequential(
        torch.nn.Linear(3, 4), torch.nn.BatchNorm1d(4), torch.nn.Linear(4, 2)
    )


def trained(torch, optimizer, scheduler=None):
    """Three steps; then what a checkpoint holds."""
    torch.manual_seed(0)
    net = network(torch)
    optimizer = optimizer(torch, net)
    scheduler = scheduler and scheduler(torch, optimizer)
    for i in range(3):
        optimizer.zero_grad()
        net(torch.arange(12.0).reshape(4, 3) / 12 + i).square().mean().backward()
        optimizer.step()
        if scheduler:
            scheduler.step()
    return net, optimizer, scheduler


# what a file may hold: each made with the names of one library, and to be the same in the other
OBJECTS = {
    "dtypes": lambda t: [t.arange(6).reshape(2, 3).to(getattr(t, d)) for d in DTYPES],
    "no dimensions": lambda t: [t.tensor(3, dtype=getattr(t, d)) for d in DTYPES],
    "empty": lambda t: [t.empty(0), t.empty(0, 3), t.empty(2, 0, 4).transpose(0, 2)],
    "transposed": lambda t: t.arange(24).reshape(2, 3, 4).permute(2, 0, 1),
    "strided": lambda t: t.arange(24.0).reshape(4, 6)[1::2, ::3],
    "expanded": lambda t: t.arange(3.0).expand(4, 3),
    "channels last": lambda t: t.ones(2, 3, 4, 5).contiguous(memory_format=t.channels_last),
    "special": lambda t: t.tensor([float("nan"), float("inf"), -0.0, 1e-45]),
    "leaves": lambda t: [t.ones(2, requires_grad=True), t.ones(2, requires_grad=True) * 2],
    "parameters": lambda t: [t.nn.Parameter(t.ones(2)), t.nn.Parameter(t.ones(2), False)],
    "plain": lambda t: {
        "a": 1, "b": -2.5, "c": "text\u00e4\n", "d": b"\x00\xff", "e": None, "f": True, 7: [1],
        (1, "x"): {3}, "g": 2**70, "h": -(2**31), "i": 1j, "j": bytearray(b"abc"), "l": (),
        "m": float("inf"), "n": collections.OrderedDict(z=1, a=2), "o": collections.Counter("aab"),
        t.float32: t.device("cpu"),
        "p": [[[]]], "q": "x" * 70_000, "r": list(range(3000)), "s": {i: i for i in range(3000)},
    },
    "names": lambda t: [
        t.float32, t.int8, t.bool, t.bfloat16, t.complex64, t.device("cpu"), t.device("cuda:1"),
        t.strided, t.ones(2, 3).shape, t.Size([]),
    ],
    "state_dict": lambda t: t.manual_seed(0) and network(t).state_dict(),
    "random numbers": lambda t: t.get_rng_state(),
}  # fmt: skip


@pytest.mark.parametrize("writer, reader", ROADS, ids=NAMES)
@pytest.mark.parametrize("zipped", [True, False], ids=["zip", "older"])
@pytest.mark.parametrize("name", OBJECTS)
def test_what_a_file_may_hold(name, writer, reader, zipped):
    expected = OBJECTS[name](reader)
    here = sent(OBJECTS[name](writer), writer, reader, zipped)
    compare(plain(here), plain(expected), 0, 0, name)
    if isinstance(expected, reader.Tensor):
        assert here.stride() == expected.stride()
        assert here.storage_offset() == expected.storage_offset()


def test_the_files_are_the_same_byte_for_byte(tmp_path):
    """But for the number that every file has of its own."""

    def contents(t):
        t.manual_seed(0)
        x = t.arange(6.0).reshape(2, 3)
        y = t.ones(2)
        y.note = [1]
        p = t.nn.Parameter(t.ones(2))
        p.note = 3
        return {
            "x": [x, x.t(), x[1:], x.half(), x > 2, t.empty(0, 3), t.tensor(1), y, p],
            "net": network(t).state_dict(), "parameter": t.nn.Parameter(x), "size": x.shape,
            "rest": [1, 2.5, "a", b"bc", {1}, None, 2**100, 1j, t.int8, t.strided, np.float32(1)],
            "storage": t.ones(2).untyped_storage(), "array": np.arange(3),
        }  # fmt: skip

    files = []
    for t in (scratch, torch):
        path = tmp_path / t.__name__ / "the.model.pt"
        path.parent.mkdir()
        t.save(contents(t), path)
        data = bytearray(path.read_bytes())
        with zipfile.ZipFile(path) as z:
            assert z.testzip() is None
            last = z.infolist()[-1]
            assert last.filename == "the.model/.data/serialization_id"
        begin = data.index(b"PK\7\10", last.header_offset) - 40
        data[begin : begin + 48] = b"#" * 48
        at = data.rindex(b"PK\1\2") + 16
        data[at : at + 4] = b"####"
        files.append(bytes(data))
    assert files[0] == files[1]


@pytest.mark.parametrize("writer, reader", ROADS, ids=NAMES)
def test_shared_memory_stays_shared(writer, reader):
    x = writer.arange(6.0).reshape(2, 3)
    net = writer.nn.Linear(2, 2)
    tied = {"a": net.weight, "b": net.weight.detach(), "again": net.weight}
    size = {}
    for copies in (1, 9):
        file = io.BytesIO()
        writer.save([x] * copies, file)
        size[copies] = len(file.getvalue())
    assert size[9] < size[1] + 100
    y, part, turned, apart, once, twice, names = sent(
        [x, x[1:], x.t(), x.clone(), x, x, tied], writer, reader
    )
    y[1, 0] = 9
    assert part[0, 0] == turned[0, 1] == 9 and apart[1, 0] == 3
    assert y is once is twice and names["a"] is names["again"] is not names["b"]
    assert names["a"].data_ptr() == names["b"].data_ptr()
    assert part.storage_offset() == 3 and turned.stride() == (1, 3)


@pytest.mark.parametrize("writer, reader", ROADS, ids=NAMES)
def test_metadata_and_attributes_arrive(writer, reader):
    state = network(writer).state_dict()
    state["x"] = writer.ones(2)
    state["x"].note = ["mine"]
    state["p"] = writer.nn.Parameter(writer.ones(2))
    state["p"].note = {"a": 1}
    found = sent(state, writer, reader)
    assert found._metadata == state._metadata and type(found) is collections.OrderedDict
    assert found["x"].note == ["mine"] and found["p"].note == {"a": 1}
    assert type(found["p"]) is reader.nn.Parameter


OPTIMIZERS = {
    "SGD": lambda t, n: t.optim.SGD(n.parameters(), lr=0.1, momentum=0.9),
    "Adam": lambda t, n: t.optim.Adam([{"params": [p]} for p in n.parameters()], amsgrad=True),
    "AdamW": lambda t, n: t.optim.AdamW(n.parameters(), betas=(0.8, 0.9)),
    "RMSprop": lambda t, n: t.optim.RMSprop(n.parameters(), centered=True, momentum=0.5),
    "Adagrad": lambda t, n: t.optim.Adagrad(n.parameters()),
}
SCHEDULERS = {
    "StepLR": lambda t, o: t.optim.lr_scheduler.StepLR(o, 2),
    "MultiStepLR": lambda t, o: t.optim.lr_scheduler.MultiStepLR(o, [1, 2]),
    "OneCycleLR": lambda t, o: t.optim.lr_scheduler.OneCycleLR(o, 0.1, total_steps=9),
}


@pytest.mark.parametrize("writer, reader", ROADS, ids=NAMES)
@pytest.mark.parametrize("name", OPTIMIZERS)
def test_a_checkpoint_goes_on_in_the_other_library(name, writer, reader):
    schedule = SCHEDULERS["MultiStepLR"]
    net, optimizer, scheduler = trained(writer, OPTIMIZERS[name], schedule)
    saved = {"net": net.state_dict(), "optimizer": optimizer.state_dict(), "epoch": 3}
    found = sent({**saved, "scheduler": scheduler.state_dict()}, writer, reader)
    net2, optimizer2, scheduler2 = trained(reader, OPTIMIZERS[name], schedule)
    net2.load_state_dict(found["net"])
    optimizer2.load_state_dict(found["optimizer"])
    scheduler2.load_state_dict(found["scheduler"])
    for n, o in ((net, optimizer), (net2, optimizer2)):
        for p in n.parameters():
            p.grad = p.detach() * 0 + 1
        o.step()
    for p, q in zip(net.parameters(), net2.parameters(), strict=True):
        np.testing.assert_allclose(p.detach().numpy(), q.detach().numpy(), 1e-6, 1e-7)


@pytest.mark.parametrize("writer, reader", ROADS, ids=NAMES)
@pytest.mark.parametrize("name", SCHEDULERS)
def test_schedulers(name, writer, reader):
    saved = trained(writer, OPTIMIZERS["SGD"], SCHEDULERS[name])[2].state_dict()
    known = {k: v for k, v in saved.items() if k != "_schedule_phases"}
    compare(plain(sent(known, writer, reader)), plain(known), 0, 0, name)


# ---- where to, and how --------------------------------------------------------------------------


@same_script
def test_where_tensors_go(torch):
    x, seen = torch.arange(3.0), []

    def note(storage, place):
        seen.append((torch.is_storage(storage), storage.nbytes(), place))

    def doubled(storage, place):
        return torch.UntypedStorage([0, 0, 128, 63] * 3)

    def back(where):
        return sent([x, x[1:]], torch, torch, map_location=where)

    goals = (None, "cpu", torch.device("cpu"), {"cpu": "cpu"}, {}, note, doubled)
    return [back(goal) for goal in goals], error(torch, lambda: back({"cpu": "nowhere"})), seen


@same_script
def test_what_was_on_a_gpu(torch):
    x = torch.arange(3.0)
    file = io.BytesIO()
    torch.save(x, file)
    with zipfile.ZipFile(file) as z:
        entries = {name: z.read(name) for name in z.namelist()}
    entries["archive/data.pkl"] = entries["archive/data.pkl"].replace(
        b"X\3\0\0\0cpu", b"X\6\0\0\0cuda:0"
    )
    moved = io.BytesIO()
    with zipfile.ZipFile(moved, "w") as z:
        for name, data in entries.items():
            z.writestr(name, data)

    def load(where):
        moved.seek(0)
        return torch.load(moved, map_location=where)

    return [load("cpu"), load({"cuda:0": "cpu"}), load(lambda storage, place: storage)], error(
        torch, lambda: load(None)
    )


def test_bytes_the_other_way_round():
    file = io.BytesIO()
    x = torch.arange(5.0)
    torch.save([x, x.long(), x.bool()], file)
    with zipfile.ZipFile(file) as z:
        entries = {name: z.read(name) for name in z.namelist()}
    entries["archive/byteorder"] = b"big"
    turned = io.BytesIO()
    with zipfile.ZipFile(turned, "w") as z:
        for name, data in entries.items():
            z.writestr(name, data)
    turned.seek(0)
    expected = torch.load(turned)
    turned.seek(0)
    compare(plain(scratch.load(turned)), plain(expected), 0, 0, "big")


@same_script
def test_paths_and_files(torch):
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "x.pt")
        x = torch.arange(4.0)
        torch.save(x, path)
        torch.save(x + 1, Path(folder) / "y.pt")
        with open(os.path.join(folder, "z.pt"), "wb") as file:
            torch.save(x + 2, file)
        with open(path, "rb") as file:
            opened = torch.load(file)
        mapped = torch.load(path, mmap=True)
        mapped[0] = 7
        return [
            torch.load(path), torch.load(Path(path)), opened, mapped, sorted(os.listdir(folder)),
            torch.load(os.path.join(folder, "y.pt")), torch.load(os.path.join(folder, "z.pt")),
        ], [
            error(torch, lambda: torch.load(os.path.join(folder, "none.pt"))),
            error(torch, lambda: torch.save(x, os.path.join(folder, "none", "x.pt"))),
            error(torch, lambda: torch.save(x, folder)), error(torch, lambda: torch.save(path, x)),
            error(torch, lambda: torch.load(io.BytesIO(), mmap=True)),
            error(torch, lambda: torch.load(x)), error(torch, lambda: torch.save(x, None)),
            error(torch, lambda: torch.load(path, pickle_module=pickle)),
            error(torch, lambda: torch.save(torch.channels_last, io.BytesIO())),
            error(torch, lambda: torch.save([x, x.view(torch.int32)], io.BytesIO())),
            error(torch, lambda: torch.save(lambda: 1, io.BytesIO())),
        ]  # fmt: skip


@pytest.mark.parametrize(
    "data, match",
    [
        (b"", "empty"), (b"hello, world\n", "a text"), (b"<!DOCTYPE html><html>", "web page"),
        (b"\x1f\x8b\x08\0", "gzip"), (b"%PDF-1.7", "PDF"), (b"\x89PNG\r\n\x1a\n", "image"),
        (b"version https://git-lfs.github.com/spec/v1\n", "Git LFS"), (b"\0" * 999, ""),
        (b"\x10\0\0\0\0\0\0\0" + b'{"a":{}}', "safetensors"), (pickle.dumps([1]), "number"),
    ],
)  # fmt: skip
def test_other_files(data, match):
    with pytest.raises((RuntimeError, pickle.UnpicklingError, EOFError), match=match or None):
        scratch.load(io.BytesIO(data))


def test_files_of_numpy_and_of_zip():
    file = io.BytesIO()
    np.save(file, np.ones(3))
    with pytest.raises(pickle.UnpicklingError, match="numpy.load"):
        scratch.load(io.BytesIO(file.getvalue()))
    np.savez(file := io.BytesIO(), np.ones(3))
    with pytest.raises(RuntimeError, match="none that torch"):
        scratch.load(io.BytesIO(file.getvalue()))
    with pytest.raises(NotImplementedError, match="bfloat16"):
        sent(torch.ones(2, dtype=torch.bfloat16), torch, scratch)

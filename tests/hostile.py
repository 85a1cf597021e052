"""Files made to do harm: pickles written opcode by opcode, and archives around them."""

import io
import struct
import zipfile
from collections.abc import Iterator

import torch


def text(value: str) -> bytes:
    data = value.encode()
    return b"X" + struct.pack("<I", len(data)) + data


def named(module: str, name: str) -> bytes:
    return f"c{module}\n{name}\n".encode()


def called(module: str, name: str, *args: bytes) -> bytes:
    return named(module, name) + b"(" + b"".join(args) + b"tR"


def stored(
    kind: str = "torch FloatStorage", key: bytes = text("0"), count: bytes = b"K\4"
) -> bytes:
    """A storage that is asked for by its name."""
    place = text("storage") + named(*kind.split()) + key + text("cpu") + count
    return b"(" + place + b"tQ"


def tensor(held: bytes, offset: bytes, sizes: bytes, steps: bytes, flag: bytes = b"\x89") -> bytes:
    return called(
        "torch._utils", "_rebuild_tensor_v2", held, offset, sizes, steps, flag,
        called("collections", "OrderedDict"),
    )  # fmt: skip


def archive(pickle: bytes, entries: dict[str, bytes] | None = None, **options) -> io.BytesIO:
    """A file like torch's around a pickle."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", **options) as out:
        out.writestr("archive/data.pkl", b"\x80\x02" + pickle + b".")
        found = {"byteorder": b"little", "data/0": bytes(16), "version": b"3\n"}
        for name, data in {**found, **(entries or {})}.items():
            out.writestr(f"archive/{name}", data)
    file.seek(0)
    return file


def of_one_hash(count: int) -> Iterator[bytes]:
    """Pairs of numbers: Python's hash of a pair turned round, for every a there is a b."""
    first, second, start, whole = 0x9E3779B185EBCA87, 0xC2B2AE3D27D4EB4F, 0x27D4EB2F165667C5, 2**64
    for a in range(2, count):
        state = (start + a * second) % whole
        state = (state << 31 | state >> 33) % whole * first % whole
        b = (-state * pow(second, -1, whole) + 2**63) % whole - 2**63
        if abs(b) < 2**61 - 1:  # else it is not its own hash
            yield b"J" + struct.pack("<i", a) + b"\x8a\x08" + struct.pack("<q", b) + b"\x86"


def good() -> bytes:
    """A small file of torch's with one of everything."""
    x = torch.arange(6.0).reshape(2, 3)
    net = torch.nn.Sequential(torch.nn.Linear(3, 2), torch.nn.BatchNorm1d(2))
    optimizer = torch.optim.Adam(net.parameters())
    net(x).sum().backward()
    optimizer.step()
    found = {
        "net": net.state_dict(), "optimizer": optimizer.state_dict(), "views": [x, x[1:], x.t()],
        "parameter": torch.nn.Parameter(x.double()), "rest": (1, 2.5, "text", b"bytes", {3}, None),
        "size": x.shape, "dtype": torch.int8, "empty": torch.empty(0, 2), "scalar": x[0, 0].half(),
    }  # fmt: skip
    file = io.BytesIO()
    torch.save(found, file)
    return file.getvalue()

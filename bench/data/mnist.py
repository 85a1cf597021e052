"""MNIST and Fashion-MNIST, in the folders torchvision keeps them in.

    ROOT/MNIST/raw/train-images-idx3-ubyte(.gz)     and train-labels, t10k-images, t10k-labels
    ROOT/FashionMNIST/raw/...                       the same four names

A root that torchvision filled is read as it is; what is missing is downloaded, still compressed.

IDX, the format: two zero bytes, a type (8: unsigned bytes), the number of dimensions; each
dimension as a big-endian 32-bit number; then the values.
"""

import gzip
import math
import struct
import zlib
from pathlib import Path
from typing import NamedTuple

import numpy as np

from bench.data.download import Progress, download
from bench.data.images import DataError, Images

__all__ = ["mnist", "read_idx"]

LIMIT = 1 << 30  # the largest of these files holds 47 million values


class Source(NamedTuple):
    folder: str
    mirrors: tuple[str, ...]
    md5: dict[str, str]  # of each compressed file


SOURCES = {
    "mnist": Source(
        "MNIST",
        (
            "https://ossci-datasets.s3.amazonaws.com/mnist",
            "https://storage.googleapis.com/cvdf-datasets/mnist",
        ),
        {
            "train-images-idx3-ubyte": "f68b3c2dcbeaaa9fbdd348bbdeb94873",
            "train-labels-idx1-ubyte": "d53e105ee54ea40749a09fcbcd1e9432",
            "t10k-images-idx3-ubyte": "9fb629c4189551a2d022fa330f9573f3",
            "t10k-labels-idx1-ubyte": "ec29112dd5afa0611ce80d1b7f02629c",
        },
    ),
    "fashion-mnist": Source(
        "FashionMNIST",
        (
            "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com",
            "https://github.com/zalandoresearch/fashion-mnist/raw/master/data/fashion",
        ),
        {
            "train-images-idx3-ubyte": "8d4fb7e6c68d591d4c3dfef9ec88bf0d",
            "train-labels-idx1-ubyte": "25c81989df183df01b3e8a0aad5dffbe",
            "t10k-images-idx3-ubyte": "bef4ecab320f06d8554ea6380940ec79",
            "t10k-labels-idx1-ubyte": "bb300cfdad3c16e7a12a480ee83cd310",
        },
    ),
}


def mnist(name: str, root: Path, progress: Progress = lambda *_: None) -> Images:
    """`name` is "mnist" or "fashion-mnist"; downloads what `root` does not have yet."""
    source = SOURCES[name]
    raw = root / source.folder / "raw"
    paths = [find(raw, file, source, progress) for file in source.md5]
    train_x, train_y, test_x, test_y = map(read_idx, paths)
    for part, x, y in [("train", train_x, train_y), ("t10k", test_x, test_y)]:
        if x.ndim != 3 or y.ndim != 1 or not 0 < len(x) == len(y):
            raise DataError(
                f"{raw}: {part}-images has shape {x.shape} and {part}-labels {y.shape}; "
                "expected (N, height, width) and (N,) with the same N"
            )
        if y.max() > 9:
            raise DataError(f"{raw}: {part}-labels has a label {y.max()}; classes are 0 to 9")
    if train_x.shape[1:] != test_x.shape[1:]:
        raise DataError(f"{raw}: train and t10k images differ in size")
    labels = train_y.astype(np.int64), test_y.astype(np.int64)
    return Images(train_x, labels[0], test_x, labels[1], white=255)


def find(raw: Path, file: str, source: Source, progress: Progress) -> Path:
    """The file as it is, or compressed, or freshly downloaded."""
    plain, packed = raw / file, raw / (file + ".gz")
    if plain.exists():
        return plain
    if not packed.exists():
        download(source.mirrors, packed, source.md5[file], progress)
    return packed


def read_idx(path: Path) -> np.ndarray:
    """An IDX file of bytes, compressed if its name ends in .gz, as an array of uint8."""
    try:
        with gzip.open(path) if path.suffix == ".gz" else open(path, "rb") as file:
            head = file.read(4)
            if len(head) < 4 or head[:3] != b"\0\0\x08":
                raise ValueError(f"starts with {head[:3].hex(' ')!r}, not with IDX's '00 00 08'")
            sizes = file.read(4 * head[3])
            if len(sizes) < 4 * head[3]:
                raise ValueError("ends before its sizes")
            shape = struct.unpack(f">{head[3]}I", sizes)
            count = math.prod(shape)
            if count > LIMIT:
                raise ValueError(f"claims {count} values")
            values = file.read(count + 1)  # one more, to notice a file that is too long
    except (ValueError, EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise DataError(f"{path} is damaged: {error}") from error
    if len(values) != count:
        more = "more" if len(values) > count else f"{len(values)}"
        raise DataError(
            f"{path} is damaged: its sizes {shape} ask for {count} bytes, it has {more}"
        )
    return np.frombuffer(values, np.uint8).reshape(shape)

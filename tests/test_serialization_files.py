"""Whatever goes wrong while a file is written, the old one or the new one is there, whole."""

import copy
import gzip
import io
import os
import pickle
import stat
import subprocess
import sys
import warnings
from pathlib import Path

import pytest
import torch

import scratch
from tests.same_script import compare, plain


class Full:
    """Pickles half-way, and then the disk is full."""

    def __reduce__(self):
        raise OSError("no space left on device")


def test_what_goes_wrong_leaves_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "x.pt"
    scratch.save(scratch.ones(3), path)
    before = path.read_bytes()
    with pytest.raises(OSError, match="no space"):
        scratch.save([scratch.ones(9), Full()], path)
    assert path.read_bytes() == before and os.listdir(tmp_path) == ["x.pt"]
    from scratch._archive import Writer

    write, calls = Writer._write, []

    def failing(self, data):
        calls.append(len(data))
        if len(calls) == 9:
            raise OSError("no space left on device")
        write(self, data)

    monkeypatch.setattr(Writer, "_write", failing)
    with pytest.raises(OSError, match="no space"):
        scratch.save(scratch.zeros(99), path)
    assert path.read_bytes() == before and os.listdir(tmp_path) == ["x.pt"]


def test_a_killed_program_leaves_the_old_file(tmp_path):
    path = tmp_path / "x.pt"
    scratch.save(scratch.ones(3), path)
    program = f"""
import os, sys, signal
sys.path.insert(0, {str(Path(__file__).parents[1])!r})
import scratch
from scratch import _archive
sums = _archive.zlib.crc32
count = 0
class Killing:
    def crc32(data, crc=0):
        global count
        count += 1
        if count == 20:
            os.kill(os.getpid(), signal.SIGKILL)
        return sums(data, crc)
_archive.zlib = Killing
scratch.save(scratch.zeros(2**22), {str(path)!r})
"""
    done = subprocess.run([sys.executable, "-c", program])
    assert done.returncode < 0
    assert scratch.load(path).equal(scratch.ones(3)) and torch.load(path).equal(torch.ones(3))
    assert len(os.listdir(tmp_path)) == 2  # and the beginning of the new one, under another name


def test_links_and_modes_stay(tmp_path):
    path, link = tmp_path / "x.pt", tmp_path / "latest.pt"
    scratch.save(scratch.ones(3), path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o666 & ~_umask()
    path.chmod(0o640)
    link.symlink_to(path)
    scratch.save(scratch.zeros(3), link)
    assert link.is_symlink() and scratch.load(path).equal(scratch.zeros(3))
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    scratch.save(scratch.zeros(3), "/dev/null")


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


@pytest.mark.parametrize(
    "name", ["12:30.pt", "a\\b.pt", "C:.pt", "...", "\U0001f600" * 60, "n" * 255]
)
def test_names_of_files(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    scratch.save(scratch.ones(3), name)
    assert os.listdir() == [name]
    assert torch.load(name).equal(torch.ones(3)) and scratch.load(name).equal(scratch.ones(3))
    if name == "12:30.pt":
        torch.save(torch.zeros(3), name)
        assert scratch.load(name).equal(scratch.zeros(3))


class Slow(io.BytesIO):
    """Gives and takes three bytes at a time, as pipes and networks may."""

    def read(self, size=-1):
        return super().read(min(size, 3) if size > 0 else size)

    def readinto(self, memory):
        return super().readinto(memoryview(memory)[:3])

    def write(self, data):
        return super().write(memoryview(data)[:3])


@pytest.mark.parametrize("zipped", [True, False])
def test_open_files_of_all_kinds(zipped, tmp_path):
    x, slow = scratch.arange(300.0), Slow()
    scratch.save({"x": x}, slow, _use_new_zipfile_serialization=zipped)
    assert torch.load(io.BytesIO(slow.getvalue()))["x"].sum() == x.sum().item()
    slow.seek(0)
    assert scratch.load(slow)["x"].equal(x)
    path = tmp_path / "x.gz"
    with gzip.open(path, "wb") as file:
        file.write(slow.getvalue())
    with gzip.open(path) as file:  # has a number of its own: that of the compressed file
        assert scratch.load(file)["x"].equal(x)
    path.write_text("text")
    with open(path) as file, pytest.raises(TypeError, match="rb"):
        scratch.load(file)
    with pytest.raises(pickle.UnpicklingError):
        scratch.load("/dev/zero")


def test_the_object_is_as_it_was():
    x = scratch.arange(3.0)
    held = {"x": x, "p": scratch.nn.Parameter(x)}
    before = copy.deepcopy(held)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        scratch.save(held, io.BytesIO())
    compare(plain(held), plain(before), 0, 0, "held")

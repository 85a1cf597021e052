"""Tensors lent to torch and NumPy, and borrowed from them."""

import gc

import numpy as np
import pytest
import torch

import scratch
from scratch.utils import dlpack
from tests.expressions import alike

DTYPES = "float16 float32 float64 uint8 int8 int16 int32 int64 bool".split()


test_lines = alike(
    """
numpy.from_dlpack(torch.ones(2))
numpy.from_dlpack(torch.ones(2)).flags.writeable
numpy.from_dlpack(torch.ones(2,3).t()).strides
numpy.from_dlpack(torch.ones(2).bool())
numpy.from_dlpack(torch.ones(2,requires_grad=True))
torch.from_dlpack(numpy.ones(2))
torch.from_dlpack(numpy.ones(2,dtype=bool))
torch.from_dlpack(numpy.broadcast_to(numpy.ones(2),(2,2)))
torch.from_dlpack(numpy.ones((2,3)).T)
torch.from_dlpack(torch.ones(2))
torch.from_dlpack(torch.ones(2,requires_grad=True))
torch.from_dlpack(torch.ones(2).__dlpack__())
torch.utils.dlpack.from_dlpack(torch.utils.dlpack.to_dlpack(torch.ones(2)))
torch.utils.dlpack.to_dlpack(torch.ones(2,requires_grad=True))
type(torch.utils.dlpack.to_dlpack(torch.ones(2)))
torch.from_dlpack([1])
torch.from_dlpack(3)
torch.from_dlpack(numpy.ones(2),device="cpu")
torch.from_dlpack(numpy.ones(2),copy=True)
torch.from_dlpack(numpy.ones(2),copy=False)
torch.from_dlpack(numpy.ones(2),device="cpu",copy=True)
torch.from_dlpack(torch.ones(2),device="cpu",copy=True)
torch.from_dlpack(numpy.ones(2),device="cuda")
torch.ones(2).__dlpack_device__()
torch.ones(2).__dlpack__(stream=1)
torch.ones(2).__dlpack__(stream=None)
torch.ones(2).__dlpack__(stream=-1)
torch.ones(2).__dlpack__(max_version=(1,0))
torch.ones(2).__dlpack__(dl_device=(1,0))
torch.ones(2).__dlpack__(dl_device=(2,0))
torch.ones(2).__dlpack__(copy=True)
torch.ones(2).__dlpack__(copy=False)
torch.ones(2).__dlpack__(1)
"""
)


def layouts(x):
    """A matrix, and other walks through its memory."""
    return x, x.T, x[1:, ::2], x[:0], x[1, 1]


@pytest.mark.parametrize("dtype", DTYPES)
def test_all_four_ways_without_a_copy(dtype):
    array = (np.arange(12) % 5).reshape(3, 4).astype(dtype)
    for ours in layouts(scratch.from_numpy(array)):
        there, numpys = torch.from_dlpack(ours), np.from_dlpack(ours)
        assert there.tolist() == numpys.tolist() == ours.tolist()
        assert there.data_ptr() == ours.data_ptr() and str(there.dtype) == str(ours.dtype)
        if ours.numel():
            assert there.stride() == ours.stride() and numpys.ctypes.data == ours.data_ptr()
    for theirs in layouts(torch.from_numpy(array)):
        ours = scratch.from_dlpack(theirs)
        assert ours.tolist() == theirs.tolist() and str(ours.dtype) == str(theirs.dtype)
        if theirs.numel():
            assert ours.stride() == theirs.stride() and ours.data_ptr() == theirs.data_ptr()
    for numpys in layouts(array):
        ours = scratch.from_dlpack(np.asarray(numpys))
        assert ours.tolist() == numpys.tolist()


@pytest.mark.parametrize("column", [scratch, torch])
def test_what_one_writes_the_other_sees(column):
    x = column.zeros(3)
    for y in (scratch.from_dlpack(x), torch.from_dlpack(x)):
        y[0] += 1
    np.from_dlpack(x)[1] = 7
    assert x.tolist() == [2, 7, 0]


def test_the_memory_lives_as_long_as_the_borrower():
    borrowed = [scratch.from_dlpack(torch.full((1000,), 3.0)) for _ in range(5)]
    lent = [torch.from_dlpack(scratch.full((1000,), 3.0)) for _ in range(5)]
    gc.collect()
    _ = [np.zeros(1000, "float32") for _ in range(50)]
    assert all(x.sum() == 3000 for x in borrowed + lent)


@pytest.mark.parametrize("pack", [torch.utils.dlpack.to_dlpack, dlpack.to_dlpack])
def test_capsules(pack):
    column = scratch if pack is dlpack.to_dlpack else torch
    x = column.zeros(2)
    capsule = pack(x)
    y = scratch.from_dlpack(capsule)
    y[0] = 5
    assert x.tolist() == [5, 0]
    with pytest.raises(RuntimeError, match="only once"):
        scratch.from_dlpack(capsule)
    assert torch.utils.dlpack.from_dlpack(dlpack.to_dlpack(scratch.ones(2))).tolist() == [1, 1]


def test_refusals():
    leaf = scratch.ones(2, requires_grad=True)
    for take in (torch.from_dlpack, np.from_dlpack, scratch.from_dlpack):
        with pytest.raises(BufferError, match="detach"):
            take(leaf)
        assert take(leaf.detach()).tolist() == [1, 1]
    with pytest.raises(BufferError):
        scratch.from_dlpack(torch.ones(2, requires_grad=True))
    with pytest.raises(ValueError, match="negative"):
        scratch.from_dlpack(np.arange(3)[::-1])
    with pytest.raises(NotImplementedError, match="complex"):
        scratch.from_dlpack(np.ones(2, "complex64"))
    with pytest.raises(AssertionError, match="CUDA"):
        scratch.from_dlpack(np.ones(2), device="cuda")
    with pytest.raises(RuntimeError, match="list"):
        scratch.from_dlpack([1, 2])


def test_a_copy_when_asked_for():
    array = np.zeros(2)
    x = scratch.from_dlpack(array, copy=True)
    x[0] = 1
    assert array.tolist() == [0, 0]
    y = scratch.zeros(2)
    np.from_dlpack(y, copy=True)[0] = 1
    assert y.tolist() == [0, 0]


def test_read_only_arrays_stay_so():
    array = np.broadcast_to(np.ones(2), (2, 2))
    x = scratch.from_dlpack(array)
    assert x.stride() == (0, 1)
    with pytest.raises(RuntimeError):
        x.add_(1)


def test_devices_by_number():
    assert scratch.ones(1).__dlpack_device__() == torch.ones(1).__dlpack_device__()
    assert int(dlpack.DLDeviceType.kDLCUDA) == int(torch.utils.dlpack.DLDeviceType.kDLCUDA)

"""Memory shared with NumPy and with buffers."""

import array

import numpy as np
import pytest

import scratch
from tests.same_script import error, same_script


@same_script
def test_asarray_shares(torch):
    given = np.zeros(3)
    x, y = torch.asarray(given), torch.asarray(given, copy=True)
    z = torch.asarray(x)
    given[0] = 1
    x[1] = 2
    leaf = torch.ones(2, requires_grad=True)
    return [
        given.tolist(), x, y, z is x, torch.asarray(leaf, requires_grad=True) is leaf,
        torch.asarray(leaf, requires_grad=False), torch.asarray(x, dtype=torch.int64),
        torch.asarray(leaf, copy=True, requires_grad=True).is_leaf, torch.asarray(2.5).dtype,
    ]  # fmt: skip


@same_script
def test_buffers_share(torch):
    given = bytearray(range(8))
    numbers = array.array("i", [1, 2, 3])
    x = torch.frombuffer(given, dtype=torch.uint8, offset=2)
    y = torch.frombuffer(numbers, dtype=torch.int32, count=2)
    given[2], numbers[0] = 77, 88
    x[1] = 99
    return x, y, list(given), y.storage_offset(), x.storage_offset()


@pytest.mark.parametrize("make", ["frombuffer", "asarray"])
def test_buffers_that_cannot_be_written(make):
    with pytest.warns(UserWarning, match="not writable"):
        x = getattr(scratch, make)(b"abcd", dtype=scratch.uint8)
    assert (x + 1).tolist() == [98, 99, 100, 101]
    with pytest.raises(RuntimeError, match="not writable"):
        x.zero_()


def test_asarray_of_what_requires_a_gradient_warns():
    with pytest.warns(UserWarning, match="requires_grad=False"):
        scratch.asarray(scratch.ones(2, requires_grad=True))


@same_script
def test_arrays_on_the_right(torch):
    x, a = torch.tensor([1.0, 2.0]), np.array([2.0, 3.0])
    i = torch.tensor([5, 6])
    return [
        x + a, x - a, x * a, x / a, x // a, x % a, x**a, i + a.astype("int64"), i * a, x == a,
        x + np.float64(1), i + np.float32(1), np.float64(2) * x, np.float32(2) - i, np.exp(x),
        np.add(x, a), np.maximum(x, 1.5), np.isnan(x), x.reshape(1, 2) @ a.reshape(2, 1),
    ], [
        error(torch, call)
        for call in (
            lambda: a + x, lambda: a * x, lambda: a < x, lambda: x < a, lambda: a @ x,
            lambda: x.clone().requires_grad_() * a, lambda: np.exp(x.clone().requires_grad_()),
        )
    ]  # fmt: skip


def test_in_place_operators_leave_arrays_alone():
    a = np.ones(2)
    with pytest.raises(TypeError):
        a += scratch.ones(2)
    with pytest.raises(AttributeError, match="__cuda_array_interface__"):
        _ = scratch.ones(2).__cuda_array_interface__
    assert np.asarray(scratch.ones(2)).flags.writeable

"""Random numbers of both libraries, drawn by the same calls from the same state.

Where `check` compares what a call returns, these compare what it leaves behind as well: the
generator's 5056 bytes, the layout in memory, the version counter, the signs of zeros.
"""

import contextlib

import numpy as np
import pytest
import torch

import scratch
from scratch import _stream

FLOATS = ("float16", "float32", "float64")
INTEGERS = ("uint8", "int8", "int16", "int32", "int64")
SIZES = (0, 1, 15, 16, 17, 1000, 100_003)


@contextlib.contextmanager
def rules(kind: str):
    """Inside, every draw follows NumPy's rules, or Numba's kernels, whatever its size."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_stream, "FAST_FROM", 0)
        if kind == "numpy":
            patch.setattr(_stream, "load_kernels", lambda: None)
        patch.setattr(scratch.default_generator, "_stream", _stream.Stream(0))
        scratch.set_rng_state(tensor(scratch, torch.get_rng_state().numpy()))
        yield


def tensor(column, array, requires_grad=False):
    """A tensor that shares a copy of the array, in the array's own layout."""
    copy = np.copy(array, order="K")
    if not array.flags.c_contiguous and copy.strides != array.strides:  # gaps: copy them too
        copy = np.lib.stride_tricks.as_strided(
            np.zeros(array.size and array.nbytes * 8, array.dtype), array.shape, array.strides
        )
        copy[...] = array
    return column.from_numpy(copy).requires_grad_(requires_grad)


def seed(value):
    torch.manual_seed(value)
    scratch.manual_seed(value)


def outcome(column, call, args, kwargs):
    """What a call with a column returns, or the exception it raises."""
    if isinstance(call, str):
        call, args = getattr(column, call), args
    else:
        args = (column, *args)
    try:
        return call(
            *(as_argument(column, value) for value in args),
            **{name: as_argument(column, value) for name, value in kwargs.items()},
        )
    except Exception as error:
        return error


def as_argument(column, value):
    """Arrays become the column's tensors, NumPy's dtypes its dtypes."""
    if isinstance(value, np.ndarray):
        return tensor(column, value)
    return getattr(column, value.name) if isinstance(value, np.dtype) else value


def lockstep(call, *args, match=None, **kwargs):
    """Calls a function, by its name or as `call(torch, ...)`, with torch and with scratch.

    Asserts that nothing tells the two apart. A call that raises must raise the same exception, draw
    nothing, and say `match` in ours.
    """
    expected, ours = (outcome(column, call, args, kwargs) for column in (torch, scratch))
    if isinstance(expected, Exception) or isinstance(ours, Exception):
        assert type(ours) is type(expected), f"{ours!r} in place of {expected!r}"
        if match is not None:
            with pytest.raises(type(ours), match=match):
                raise ours
    elif isinstance(expected, torch.Tensor):
        assert_same(ours, expected)
    same_state()
    return ours


def assert_same(ours, expected):
    x, y = ours.detach().numpy(), expected.detach().numpy()
    assert (x.dtype, x.shape) == (y.dtype, y.shape)
    different = np.flatnonzero(x != y if x.dtype.kind != "f" else bits(x) != bits(y))
    if different.size:
        where = np.unravel_index(different[0], x.shape)
        pytest.fail(f"{different.size} of {x.size} differ, first {where}: {x[where]}, {y[where]}")
    if x.size > 1 and 1 not in x.shape:
        assert ours.stride() == expected.stride()
    assert ours.requires_grad == expected.requires_grad
    assert ours._version == expected._version


def bits(x):
    """The bits of floating-point numbers; all NaNs alike."""
    x = np.where(np.isnan(x), np.nan, x).astype(x.dtype)
    return np.ascontiguousarray(x).view(f"u{x.dtype.itemsize}").reshape(x.shape)


def same_state():
    assert np.array_equal(scratch.get_rng_state().numpy(), torch.get_rng_state().numpy())

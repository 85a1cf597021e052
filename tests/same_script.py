"""The first promise as a decorator: one script, run by torch and by both columns, ends alike.

A test takes the module ``torch`` and returns what a user would see: tensors, numbers, strings,
lists of them. It runs as torch and as each column; the results must be equal, bit for bit unless a
tolerance is given. An exception is a result as well: ``error(torch, function)`` gives its type.
"""

import functools
import warnings
from collections.abc import Callable

import numpy
import pytest
import torch as real_torch

import scratch
import torch_impl

COLUMNS = {"scratch": scratch, "torch_impl": torch_impl}


def same_script(test: Callable | None = None, *, rtol: float = 0.0, atol: float = 0.0) -> Callable:
    """Makes a test of a function of ``torch`` that returns what it saw."""
    if test is None:
        return functools.partial(same_script, rtol=rtol, atol=atol)

    @pytest.mark.parametrize("column", COLUMNS)
    def run(column):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # torch's advice; our warnings have tests of their own
            expected = plain(test(real_torch))
            got = plain(test(COLUMNS[column]))
        assert expected is not None and expected != [], "the script shows nothing to compare"
        compare(got, expected, rtol, atol, "result")

    run.__name__, run.__doc__, run.__module__ = test.__name__, test.__doc__, test.__module__
    return run


def error(torch, function: Callable) -> str:
    """The type of what ``function`` raises, or "none"."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            function()
    except Exception as raised:
        assert str(raised), "an error says something"
        return type(raised).__name__
    return "none"


def plain(value):
    """What is compared of a value: a tensor's dtype, shape, elements and need for a gradient."""
    if isinstance(value, (scratch.Tensor, real_torch.Tensor)):
        array = numpy.array(value.detach().numpy())
        return {"tensor": array, "dtype": str(value.dtype), "grad": value.requires_grad}
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    return str(value)


def compare(ours, theirs, rtol: float, atol: float, where: str) -> None:
    """Asserts that two plain values are equal, and says where they are not."""
    assert type(ours) is type(theirs), f"{where}: {ours!r} instead of {theirs!r}"
    if isinstance(theirs, dict):
        assert list(ours) == list(theirs), f"{where}: keys"
        for key in theirs:
            compare(ours[key], theirs[key], rtol, atol, f"{where}[{key!r}]")
    elif isinstance(theirs, list):
        assert len(ours) == len(theirs), f"{where}: {len(ours)} items instead of {len(theirs)}"
        for i, (a, b) in enumerate(zip(ours, theirs, strict=True)):
            compare(a, b, rtol, atol, f"{where}[{i}]")
    elif isinstance(theirs, numpy.ndarray):
        assert ours.shape == theirs.shape, f"{where}: shape {ours.shape}, not {theirs.shape}"
        numpy.testing.assert_allclose(ours, theirs, rtol, atol, equal_nan=True, err_msg=where)
    elif isinstance(theirs, float) and (rtol or atol):
        assert ours == pytest.approx(theirs, rel=rtol, abs=atol, nan_ok=True), where
    else:
        both_nan = ours != ours and theirs != theirs
        assert ours == theirs or both_nan, f"{where}: {ours!r}, not {theirs!r}"

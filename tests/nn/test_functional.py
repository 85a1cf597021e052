"""nn.functional: the names, and that each is the function beside its layer."""

import inspect

import pytest
import torch

import scratch
import torch_impl
from scratch.nn import functional


@pytest.mark.parametrize("name", functional.__all__)
def test_every_name_is_torchs(name):
    assert hasattr(torch.nn.functional, name)
    assert callable(getattr(scratch.nn.functional, name))


def signature(function):
    """Names and defaults of the parameters; None for what is built in, and says neither."""
    try:
        found = inspect.signature(function).parameters
    except ValueError:
        return None
    return None if "kwargs" in found else {name: p.default for name, p in found.items()}


@pytest.mark.parametrize("name", sorted({*functional.__all__} - {"sigmoid", "tanh"}))  # see ops
def test_parameters_are_torchs(name):
    columns = [getattr(column.nn.functional, name) for column in (scratch, torch_impl, torch)]
    ours, twin, theirs = map(signature, columns)
    assert ours is not None
    for other in (twin, theirs):
        assert other is None or list(ours.items()) == list(other.items())


def test_the_twin_hands_on_what_it_does_not_write_out():
    assert torch_impl.nn.functional.ctc_loss is torch.nn.functional.ctc_loss
    assert torch_impl.nn.functional.conv2d is not torch.nn.functional.conv2d


@pytest.mark.parametrize("column", [scratch, torch_impl])
def test_some_have_a_name_in_torch_itself(column):
    names = [
        name
        for name in functional.__all__
        if getattr(torch, name, None) is getattr(torch.nn.functional, name)
        and not name.endswith("_")
    ]
    assert {"conv2d", "avg_pool1d", "prelu", "cosine_similarity"} <= set(names)
    for name in names:
        assert getattr(column, name) is getattr(column.nn.functional, name), name

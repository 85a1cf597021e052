"""nn.functional: the names, and that each is the function beside its layer."""

import inspect

import pytest
import torch

import scratch
import torch_impl
from scratch.nn import functional

BUILT_IN = {"linear", "one_hot", "sigmoid", "tanh"}  # torch's have no signature to compare with


@pytest.mark.parametrize("name", functional.__all__)
def test_every_name_is_torchs(name):
    assert hasattr(torch.nn.functional, name)
    assert callable(getattr(scratch.nn.functional, name))


@pytest.mark.parametrize("name", sorted(set(functional.__all__) - BUILT_IN))
def test_parameters_are_torchs(name):
    theirs = inspect.signature(getattr(torch.nn.functional, name)).parameters
    for column in (scratch, torch_impl):
        ours = inspect.signature(getattr(column.nn.functional, name)).parameters
        assert list(ours) == list(theirs)
        assert [p.default for p in ours.values()] == [p.default for p in theirs.values()]


def test_the_twin_hands_on_what_it_does_not_write_out():
    assert torch_impl.nn.functional.conv2d is torch.nn.functional.conv2d
    assert torch_impl.nn.functional.linear is not torch.nn.functional.linear
    assert torch_impl.nn.init.orthogonal_ is torch.nn.init.orthogonal_
    assert torch_impl.nn.init.uniform_ is not torch.nn.init.uniform_

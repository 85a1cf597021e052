"""LongTensor and its like."""

import numpy as np
import pytest
import torch

import scratch
from tests.same_script import error, same_script

NAMES = scratch.ops.constructors.__all__


@same_script
def test_making_tensors(torch):
    made = []
    for name in NAMES:
        make = getattr(torch, name)
        made += [
            make([1, 0]),
            make([[1.5, 2]]),
            make(np.array([1, 2])),
            make(2, 3).shape,
            make(),
            make.dtype,
        ]
        made.append(make(torch.Size([2])).shape)
    return made


@same_script
def test_asking_for_the_dtype(torch):
    x = torch.ones(2, dtype=torch.int64)
    shared = torch.LongTensor(x)
    shared[0] = 5
    return (
        [isinstance(x, getattr(torch, name)) for name in NAMES],
        x,
        [x.type(getattr(torch, name)) for name in NAMES],
        isinstance(x, torch.Tensor),
        isinstance(1, torch.LongTensor),
    )


@same_script
def test_errors(torch):
    return [
        error(torch, call)
        for call in (
            lambda: torch.LongTensor(torch.ones(2)),
            lambda: torch.FloatTensor(2.5),
            lambda: torch.FloatTensor("ab"),
            lambda: torch.FloatTensor([[1], [1, 2]]),
            lambda: torch.ByteTensor([300]),
            lambda: torch.IntTensor(-1),
        )
    ]


def test_the_error_says_what_to_do():
    with pytest.raises(TypeError, match=r"torch.int64, not torch.float32.*\.to"):
        scratch.LongTensor(scratch.ones(2))
    assert torch.LongTensor([1]).dtype is torch.int64

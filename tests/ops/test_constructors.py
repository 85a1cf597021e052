"""LongTensor and its like."""

import numpy as np
import pytest
import torch

import scratch
from tests.same_script import error, same_script

NAMES = [name for name in scratch.ops.constructors.__all__ if name.endswith("Tensor")]


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


@same_script
def test_storages_and_tensors_are_taken_over(torch):
    x = torch.ones(2, requires_grad=True)
    y, z = torch.Tensor(x), torch.FloatTensor(x.detach())
    z[0] = 5
    w = torch.FloatTensor(x.untyped_storage())
    return (
        y,
        y.grad_fn.name(),
        y.is_leaf,
        z,
        x,
        w,
        [
            error(torch, call)
            for call in (
                lambda: torch.FloatTensor(torch.ones(2).int()),
                lambda: torch.Tensor([1], device="cuda"),
                lambda: torch.Tensor(torch.ones(2).int().storage()),
            )
        ],
    )


@same_script
def test_no_gpu(torch):
    kinds = [torch.cuda.FloatTensor, torch.cuda.LongTensor]
    return [str(kind) for kind in kinds], [
        isinstance(torch.ones(2), torch.cuda.FloatTensor),
        error(torch, lambda: torch.cuda.FloatTensor([1])),
        error(torch, lambda: torch.cuda.LongTensor(2)),
        error(torch, lambda: torch.ones(2).type(torch.cuda.FloatTensor)),
    ]


@same_script
def test_default_tensor_type(torch):
    try:
        torch.set_default_tensor_type(torch.DoubleTensor)
        made = [torch.tensor(1.5), torch.Tensor([1]), torch.ones(1)]
        torch.set_default_tensor_type("torch.HalfTensor")
        made.append(torch.ones(1))
    finally:
        torch.set_default_dtype(torch.float32)
    return made, [
        error(torch, lambda: torch.set_default_tensor_type(torch.LongTensor)),
        error(torch, lambda: torch.set_default_tensor_type("foo")),
        error(torch, lambda: torch.set_default_tensor_type(torch.float32)),
    ]

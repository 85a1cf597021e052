"""Copies: in another dtype, in other memory, over another tensor's values."""

import numpy as np
import pytest
import torch

import scratch
import torch_impl
from tests.checker import check, check_error, sweep
from tests.columns import rand
from tests.same_script import error, same_script

DTYPES = ["float16", "float32", "float64", "uint8", "int8", "int16", "int32", "int64", "bool"]
SHORT = ["half", "float", "double", "byte", "char", "short", "int", "long", "bool"]
NAMES = {d: f"torch.{s.capitalize()}Tensor" for d, s in zip(DTYPES, SHORT, strict=True)}


def test_clone():
    sweep(scratch.clone, torch_impl.clone, torch.clone, (3, 4), (), (0, 3), exact=True, second=True)


@same_script
def test_clone_keeps_the_layout(torch):
    x = torch.arange(24.0).reshape(2, 3, 4)
    ys = [x.clone(), x.permute(2, 0, 1).clone(), x[:, ::2].clone(), x[0, 0].expand(3, 4).clone()]
    ys += [x.permute(2, 0, 1).double(), x.permute(2, 0, 1).contiguous()]
    x.zero_()
    return [(y, y.stride()) for y in ys]


@pytest.mark.parametrize("source", DTYPES)
@pytest.mark.parametrize("target, short", [*zip(DTYPES, SHORT, strict=True)])
def test_every_dtype_to_every_other(source, target, short):
    array = (rand(3, 4) * 30).astype(source)
    if source.startswith("f") and target == "uint8":
        array = abs(array)  # a negative float has no place there: C leaves open what happens

    def convert(x):
        return (
            getattr(x, short)(),
            x.type_as(x.new_zeros(1).type(NAMES[target])),
            x.type(NAMES[target]),
        )

    check(convert, None, convert, array, exact=True)
    ours, theirs = scratch.tensor(array), torch.tensor(array)
    got = ours.to(getattr(scratch, target)).numpy()
    assert got.dtype == target
    assert np.array_equal(got, theirs.to(getattr(torch, target)).numpy())


def test_half_is_rounded_as_torch_rounds_it():
    x = np.random.default_rng(0).standard_normal(300_000)
    assert np.array_equal(scratch.tensor(x).half().numpy(), torch.tensor(x).half().numpy())


@same_script
def test_to(torch):
    x = torch.tensor([1.5, -2.5])
    other = torch.zeros(1, dtype=torch.int32)
    same = [
        x.to(torch.float32) is x, x.to("cpu") is x, x.to(x) is x, x.cpu() is x, x.float() is x,
        x.to(torch.float32, copy=True) is x, x.to(torch.float32, False, True) is x,
    ]  # fmt: skip
    return same, [
        x.to(torch.float64), x.to(other), x.to("cpu", torch.int64), x.type_as(other), x.to(float),
        x.to(dtype=torch.float16), x.to(device="cpu", dtype=torch.float64), x.type(torch.float64),
        x.to(torch.device("cpu"), torch.bool), x.type("torch.LongTensor"),
    ], [x.type(), other.type(), x.bool().type(), x.half().type()]  # fmt: skip


@same_script
def test_gradients_of_conversions(torch):
    x = torch.tensor([1.5, -2.5], requires_grad=True)
    y = x.double() * 3 + x.half().double() + x.to(torch.float64, copy=True)
    y.backward(torch.tensor([0.5, 2.0], dtype=torch.float64))
    names = [
        x.double().grad_fn.name(),
        x.clone().grad_fn.name(),
        x.expand(2, 2).contiguous().grad_fn.name(),
    ]
    return y, x.grad, x.int(), names, torch.ones(2, dtype=torch.int64).double()


@same_script
def test_double_backward(torch):
    x = torch.tensor([1.5, -2.5], dtype=torch.float64, requires_grad=True)
    y = (x * x).float().clone()
    (dx,) = torch.autograd.grad((y * y).sum(), x, create_graph=True)
    return dx, torch.autograd.grad(dx.sum(), x)


@same_script
def test_copying_over(torch):
    x = torch.arange(6.0).reshape(2, 3).requires_grad_()
    w = torch.tensor([1.0, 2.0, 3.0], dtype=torch.float64, requires_grad=True)
    h, k = x * 1, x * 2
    h.copy_(w)
    k[0].copy_(w)
    k[1].fill_(w[0])
    n = torch.zeros(3, dtype=torch.int64).copy_(torch.tensor([1.7, -1.7, 0.2]))
    ((h + k) * torch.arange(6.0).reshape(2, 3)).sum().backward()
    return h, k, n, x.grad, w.grad, h.grad_fn.name(), (x * 1).copy_(1).grad_fn.name(), h._version


@same_script
def test_filling(torch):
    x = torch.arange(6.0).reshape(2, 3).requires_grad_()
    h, k = x * 1, x * 1
    h.fill_(3)
    k.zero_()
    (h * x + k).sum().backward()
    names = [h.grad_fn.name(), k.grad_fn.name(), (x * 1).fill_(x[0, 0]).grad_fn.name()]
    return (
        h,
        k,
        x.grad,
        names,
        torch.zeros(2, dtype=torch.uint8).fill_(-1),
        torch.ones(2).bool().fill_(0.5),
    )


@same_script
def test_errors_leave_the_tensor_alone(torch):
    leaf = torch.ones(2, requires_grad=True)
    x = torch.zeros(2, dtype=torch.uint8)
    return (
        x,
        leaf,
        [
            error(torch, lambda: leaf.fill_(1)),
            error(torch, lambda: leaf.copy_(torch.zeros(2))),
            error(torch, lambda: leaf.zero_()),
            error(torch, lambda: x.fill_(300)),
            error(torch, lambda: x.fill_(-0.5)),
            error(torch, lambda: x.fill_(torch.ones(1))),
            error(torch, lambda: x.copy_(torch.ones(3))),
            error(torch, lambda: x.copy_(torch.ones(2, 2))),
            error(torch, lambda: torch.ones(2).fill_(1e300)),
        ],
    )


@pytest.mark.parametrize(
    "call, match",
    [
        (
            lambda x: x.copy_(x.new_ones(3)),
            r"tensor a \(2\).*tensor b \(3\) at non-singleton dimension 0",
        ),
        (lambda x: x.copy_(x.new_ones(2, 2)), r"shape \[2\].*\[2, 2\]"),
        (lambda x: x.fill_(x.new_ones(2)), "0-dimension"),
        (lambda x: x.to("float64"), "float64"),
        (lambda x: x.type("foo"), "foo"),
        (lambda x: x.fill_("a"), "str"),
    ],
)
def test_errors(call, match):
    detached = lambda x: call(x.detach())  # noqa: E731
    check_error(detached, None, detached, rand(2), match=match)


def test_there_is_no_gpu():
    with pytest.raises(AssertionError, match="not compiled with CUDA.*CPU"):
        scratch.zeros(2).to("cuda")
    with pytest.raises(AssertionError, match="cuda:1"):
        scratch.zeros(2).cuda("cuda:1")
    with pytest.raises(RuntimeError, match="none is available"):
        scratch.zeros(2).cuda(1)
    with pytest.raises(RuntimeError, match="must be cuda"):
        scratch.zeros(2).cuda("cpu")


@same_script
def test_memory_formats(torch):
    x = torch.arange(120.0).reshape(2, 3, 4, 5).requires_grad_()
    last = torch.channels_last
    ys = [
        x.contiguous(memory_format=last), x.clone(memory_format=last), x.to(memory_format=last),
        x.double().to(torch.float32, memory_format=last), x.double(memory_format=last),
        x.contiguous(memory_format=last).clone(), x.contiguous(memory_format=last).contiguous(),
        x.contiguous(memory_format=last).contiguous(memory_format=last),
        torch.empty_like(x, memory_format=last).copy_(x.detach()),
    ]  # fmt: skip
    sum((y * y).sum().float() for y in ys[:8]).backward()
    return [(y.stride(), y, y.is_contiguous(memory_format=last)) for y in ys], x.grad

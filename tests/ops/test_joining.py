"""Several tensors made one."""

import numpy as np
import pytest
import torch

import scratch
import torch_impl
from tests.checker import check, check_error, sweep
from tests.expressions import OPERANDS, alike
from tests.same_script import error, same_script


def calls(name, *args):
    """The function of this name in all three columns, taking the tensors one by one."""

    def of(function):
        return lambda *xs: function(xs, *args)

    return [of(getattr(column, name)) for column in (scratch, torch_impl, torch)]


@pytest.mark.parametrize("name", ["cat", "concat", "concatenate"])
@pytest.mark.parametrize("dim", [0, 1, -1])
def test_cat(name, dim):
    other = (3, 4) if dim == 0 else (2, 5)
    sweep(*calls(name, dim), ((2, 4), other), ((2, 4), (2, 4), (2, 4)), exact=True, second=True)


def test_cat_of_nothing_much():
    sweep(*calls("cat"), ((0, 3), (2, 3)), ((0,), (2, 3)), ((0,), (0,)), ((3,),), exact=True)


@same_script
def test_channels_stay_last(torch):
    x = torch.ones(2, 3, 4, 5).to(memory_format=torch.channels_last)
    results = torch.cat([x, x]), torch.cat([x, x.contiguous()], 1), x.roll(1, 0), x.roll(1)
    return [y.stride() for y in results]


@pytest.mark.parametrize("dim", [0, 1, 2, -1])
def test_stack(dim):
    sweep(*calls("stack", dim), ((2, 3), (2, 3)), ((0, 3), (0, 3), (0, 3)), exact=True, second=True)


def test_stack_of_numbers():
    check(*calls("stack"), np.array(1.0), np.array(2.0), exact=True)


@pytest.mark.parametrize("name", ["hstack", "vstack", "row_stack", "dstack"])
def test_hstack_and_its_kin(name):
    sweep(
        *calls(name), ((2, 3), (2, 3)), ((3,), (3,)), ((), ()), ((2, 3, 4), (2, 3, 4)), exact=True
    )


def test_column_stack():
    shapes = ((3, 2), (3,)), ((3,), (3,)), ((), ()), ((2, 3, 4), (2, 1, 4)), ((0,), (0, 2))
    sweep(*calls("column_stack"), *shapes, exact=True, second=True)


@same_script
def test_given_outputs(torch):
    x, row = torch.arange(6.0).reshape(2, 3), torch.ones(3)
    out = torch.empty(0)
    seen = [
        torch.cat([x, x], 1, out=out).clone(),
        torch.stack([row, row], out=out).clone(),
        torch.hstack([row, row], out=out).clone(),
        torch.vstack([row, row], out=out).clone(),
        torch.dstack([row, row], out=out).clone(),
        torch.column_stack([row, row], out=out).clone(),
        torch.concat([x, x], out=torch.empty(4, 3, dtype=torch.float64)),
        error(torch, lambda: torch.cat([row.requires_grad_(), row], out=out)),
    ]
    return seen, out


def test_dtypes_are_promoted():
    arrays = {
        name: np.ones(2, name)
        for name in ("bool", "uint8", "int8", "int64", "float16", "float32", "float64")
    }
    for a in arrays.values():
        for b in arrays.values():
            check(*calls("cat"), a, b, exact=True)
            check(*calls("stack"), a, b, exact=True)


@same_script
def test_layouts_and_lists(torch):
    x = torch.arange(6.0).reshape(2, 3)
    ys = [
        torch.cat((x.t(), x.t()), 1),
        torch.stack([x.t(), x.t()], 2),
        torch.cat(tensors=[x, x], dim=1),
    ]
    return [(y, y.stride()) for y in ys]


@same_script
def test_numpys_name_of_the_dimension(torch):
    x = torch.arange(6.0).reshape(1, 2, 3)
    joined = [torch.cat([x, x], axis=2), torch.stack([x, x], axis=1), torch.concat([x, x], axis=0)]
    return joined, torch.squeeze(x, axis=0), torch.unsqueeze(x, axis=-1)


@same_script
def test_the_same_tensor_twice(torch):
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    y = torch.cat([x, x * 2, x])
    y.backward(torch.tensor([1.0, 2.0, 3.0, 4.0, 5.0, 6.0]))
    return y, x.grad


def test_names_in_the_graph():
    for m in (scratch, torch):
        x = m.ones(2, requires_grad=True)
        assert m.cat([x, x]).grad_fn.name() == "CatBackward0"
        assert m.stack([x, x]).grad_fn.name() == "StackBackward0"


@pytest.mark.parametrize(
    "call, match",
    [
        (lambda m, x: m.cat([x, x[:, :2]]), r"except in dimension 0.*\[2, 3\].*\[2, 2\].*number 1"),
        (lambda m, x: m.cat([x, x[0]]), "same number of dimensions: got 2 and 1"),
        (lambda m, x: m.cat([]), "non-empty"),
        (lambda m, x: m.cat(x), "not Tensor"),
        (lambda m, x: m.cat([x, 1]), "element 1.*int"),
        (lambda m, x: m.cat([x[0, 0], x[0, 0]]), "zero-dimensional tensor .at position 0."),
        (lambda m, x: m.cat([x, x], 2), r"\[-2, 1\]"),
        (lambda m, x: m.stack([x, x[0]]), r"\[2, 3\] at entry 0 and \[3\] at entry 1"),
        (lambda m, x: m.stack([]), "non-empty"),
        (lambda m, x: m.stack([x, x], 3), r"\[-3, 2\]"),
        (lambda m, x: m.hstack([]), "hstack expects"),
        (lambda m, x: m.vstack([]), "vstack expects"),
        (lambda m, x: m.dstack([]), "dstack expects"),
        (lambda m, x: m.column_stack([]), "column_stack expects"),
        (lambda m, x: m.hstack([x, 1]), "element 1.*int"),
        (lambda m, x: m.column_stack([x, x[0]]), "except in dimension 1"),
    ],
)
def test_errors(call, match):
    x = np.ones((2, 3))
    check_error(*[lambda x, m=m: call(m, x) for m in (scratch, torch_impl, torch)], x, match=match)


# What random programs found: names in the graph, memory orders, versions, what is saved.
test_fuzzed_lines = alike(
    """
torch.stack((m[:, 1:], m[:, 1:]))
torch.stack((torch.ones(()), torch.ones(2)), 4)
torch.block_diag(torch.zeros(1, 2), torch.tensor(1.0, dtype=torch.float64))
""",
    OPERANDS,
)

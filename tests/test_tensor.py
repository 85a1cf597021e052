"""What a tensor is, apart from what can be computed with it."""

import copy
import pickle

import numpy as np
import pytest
import torch

import scratch
from tests.checker import check_error
from tests.same_script import error, same_script


@same_script
def test_size(torch):
    s = torch.Size([2, 3, 4])
    return [
        repr(s), s.numel(), s[0], s[-1], repr(s[1:]), type(s[1:]).__name__, repr(s + (5,)), len(s),
        s == (2, 3, 4), repr(s * 2), tuple(s), torch.Size().numel(), hash(s) == hash((2, 3, 4)),
        repr(torch.zeros(2, 0).shape), repr(torch.tensor(1).size()),
    ]  # fmt: skip


@same_script
def test_properties(torch):
    def properties(x):
        return [
            x.shape, x.size(), x.ndim, x.dim(), x.ndimension(), x.numel(), x.nelement(), x.dtype,
            x.device, x.itemsize, x.element_size(), x.nbytes, x.is_floating_point(), x.stride(),
            x.storage_offset(), x.is_contiguous(), x.is_leaf, x.requires_grad, x.is_cuda,
            torch.numel(x), torch.is_floating_point(x), torch.is_tensor(x),
        ]  # fmt: skip

    x = torch.arange(24.0).reshape(2, 3, 4)
    return [properties(y) for y in (x, x.permute(2, 0, 1), x[1, :, ::2], x.int()[0])]


@same_script
def test_sizes_and_strides_along_a_dimension(torch):
    x = torch.zeros(2, 3, 4)
    return [x.size(0), x.size(-1), x.size(dim=1), x.stride(0), x.stride(-2)], [
        error(torch, lambda: x.size(3)),
        error(torch, lambda: x.stride(-4)),
        error(torch, lambda: torch.tensor(1).size(0)),
    ]


@same_script
def test_strides_of_views(torch):
    x = torch.zeros(2, 3)
    ys = [
        x.unsqueeze(0),
        x.t().unsqueeze(0),
        x[None, :, None],
        x[:, :1],
        x[:1],
        x.expand(4, 2, 3),
        x[1:, 1:],
    ]
    return [(y.stride(), y.storage_offset(), y.is_contiguous()) for y in ys]


@same_script
def test_one_element(torch):
    x, many, none = torch.tensor([[2.75]]), torch.ones(2), torch.ones(0)
    return [
        x.item(), float(x), int(x), bool(x), x.tolist(), torch.tensor(3).item(),
        [10, 20, 30][torch.tensor(1)], "abc"[torch.tensor([1])], list(range(torch.tensor(3))),
        torch.tensor([[1, 2], [3, 4]]).tolist(), torch.tensor(2.5).tolist(), none.tolist(),
    ], [error(torch, call) for call in (
        lambda: many.item(), lambda: float(many), lambda: int(many), lambda: bool(many),
        lambda: bool(none), lambda: none.item(), lambda: [1, 2][torch.tensor(1.0)],
        lambda: [1, 2][torch.tensor([0, 1])], lambda: len(x[0, 0]),
    )]  # fmt: skip


@same_script
def test_containers_see_tensors(torch):
    x = torch.tensor([1, 2, 3])
    return [
        len(x), 2 in x, 7 in x, torch.tensor(3) in x, 2.0 in x, [int(i) for i in x], sum(x), max(x),
        len({x, x, x.clone()}), x in [x], bool(x[0] == 1), [*reversed([*x])],
    ], error(torch, lambda: "a" in x)  # fmt: skip


@same_script
def test_numpy_and_back(torch):
    x = torch.arange(6.0).reshape(2, 3)
    array = x.numpy()
    array[0, 0] = 7
    x[1, 1] = 8
    grad = torch.ones(2, requires_grad=True)
    return (
        array.tolist(),
        x,
        np.asarray(x).tolist(),
        x.t().numpy().strides,
        x.numpy(force=True).sum(),
        [
            error(torch, grad.numpy),
            error(torch, lambda: np.asarray(grad)),
            grad.detach().numpy().tolist(),
            grad.numpy(force=True).tolist(),
            np.float64(torch.tensor(2.5)),
            np.array(x.int(), dtype="float64").dtype,
        ],
    )


def test_array_protocol_copies_when_asked():
    x = scratch.ones(3)
    assert np.asarray(x) is x.numpy() or np.shares_memory(np.asarray(x), x.numpy())
    assert not np.shares_memory(np.array(x), x.numpy())
    assert np.asarray(x, dtype="float64").dtype == np.float64
    with pytest.raises(ValueError):
        np.array(x, dtype="float64", copy=False)


@same_script
def test_copies(torch):
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    x.grad, x.note = torch.ones(2), ["mine"]
    (x * 1).sum().backward()
    y, z = copy.deepcopy(x), copy.copy(x)
    with torch.no_grad():
        y.zero_()
    y.note.append("yours")
    pair = copy.deepcopy([x, x])
    twice = [x is z, pair[0] is pair[1], type(y) is type(x), y.is_leaf]
    return (
        x,
        y,
        y.grad,
        y.grad is x.grad,
        x.note,
        y.note,
        twice,
        error(torch, lambda: copy.deepcopy(x * 1)),
    )


def test_a_deep_copy_has_hooks_of_its_own():
    x = scratch.ones(2, requires_grad=True)
    seen = []
    x.register_hook(lambda grad: seen.append(grad))
    y = copy.deepcopy(x)
    (y * 2).sum().backward()
    assert not seen
    view = copy.deepcopy((scratch.ones(3))[1:])
    view.add_(1)
    assert view.tolist() == [2, 2] and not view._is_view()


@same_script
def test_pickling(torch):
    x = torch.arange(6.0).reshape(2, 3).t().requires_grad_()
    x.note = "mine"
    y = pickle.loads(pickle.dumps(x))
    kinds = [torch.tensor(v) for v in (1, 2.5, True)] + [torch.zeros(2, 0, dtype=torch.int8)]
    return y, y.is_leaf, [pickle.loads(pickle.dumps(k)) for k in kinds], type(y) is type(x)


@same_script
def test_the_old_constructor(torch):
    x = torch.ones(2)
    shared = torch.Tensor(x)
    shared[0] = 7
    return [
        torch.Tensor([1, 2]), torch.Tensor([[1, 2.5]]), torch.Tensor(2, 3).shape, torch.Tensor(), x,
        torch.Tensor(torch.Size([2])).shape, torch.Tensor((2, 3)), torch.Tensor([True]), shared,
    ], [error(torch, lambda: torch.Tensor(2.5)), error(torch, lambda: torch.Tensor("ab")),
        error(torch, lambda: torch.Tensor(-1))]  # fmt: skip


@same_script
def test_what_may_be_assigned(torch):
    leaf = torch.ones(2, requires_grad=True)

    def assign(x, name, value):
        setattr(x, name, value)
        return getattr(x, name)

    good = [
        assign(torch.ones(2), "requires_grad", True), assign(torch.ones(2), "grad", torch.ones(2)),
        assign(leaf * 1, "grad", torch.ones(2)), assign(leaf, "grad", None),
        assign(torch.ones(2), "data", torch.ones(3).int()), assign(leaf, "data", torch.zeros(5)),
        assign(torch.ones(2).int(), "requires_grad", False), assign(torch.ones(2), "note", 3),
    ]  # fmt: skip
    computed = leaf * 1
    bad = [
        (torch.ones(2).int(), "requires_grad", True), (computed, "requires_grad", False),
        (computed, "requires_grad", True), (leaf, "requires_grad", 1),
        (leaf, "requires_grad", None), (leaf, "grad", 3), (leaf, "grad", torch.ones(3)),
        (leaf, "grad", torch.ones(5).double()), (leaf, "grad", leaf), (leaf, "data", 3),
        (leaf, "data", torch.ones(2).int()), (leaf, "shape", (2,)), (leaf, "dtype", None),
        (leaf, "grad_fn", None), (leaf, "is_leaf", True), (leaf, "device", None),
        (leaf, "_version", 3), (leaf, "ndim", 1), (leaf, "layout", None), (leaf, "is_cuda", True),
        (leaf, "output_nr", 0), (leaf, "retains_grad", True), (leaf, "T", None),
    ]  # fmt: skip
    return (
        good,
        [error(torch, lambda args=args: assign(*args)) for args in bad],
        [
            error(torch, lambda: torch.ones(2).requires_grad_(1)),
            error(torch, lambda: torch.ones(2).requires_grad_(None)),
        ],
    )


@same_script
def test_zeroing_gradients_in_place(torch):
    def zeroed(w):
        g, optimizer = w.grad, torch.optim.SGD([w], lr=0.1)
        optimizer.zero_grad(set_to_none=False)
        return w.grad, w.grad is g, w.grad.requires_grad, g._version, g._is_view()

    seen = []
    for build in (
        lambda w: (w * w).sum(),
        lambda w: (w * w).t().sum(),
        lambda w: w.t().reshape(4).sum(),
        lambda w: (w.t() @ w).sum(),
        lambda w: w.expand(3, 2, 2).sum(),
    ):
        w = torch.arange(4.0).reshape(2, 2).requires_grad_()
        build(w).backward(create_graph=True)
        seen.append(zeroed(w)[:2])
    w = torch.ones(2, requires_grad=True)
    w.grad = torch.ones(2, requires_grad=True)
    seen.append(zeroed(w))
    w.grad = torch.ones(4)[:2]
    seen.append(zeroed(w))
    w.grad = (torch.ones(4, requires_grad=True) * 1)[:2]
    net = torch.nn.Linear(2, 1)
    net(torch.ones(2)).sum().backward(create_graph=True)
    g = net.weight.grad
    net.zero_grad(set_to_none=False)
    return seen, error(torch, lambda: zeroed(w)), net.weight.grad is g, g


@same_script
def test_what_a_hook_after_accumulation_returns(torch):
    def run(answer):
        w = torch.ones(2, requires_grad=True)
        w.register_post_accumulate_grad_hook(lambda p: answer)
        w.sum().backward()

    return [error(torch, lambda a=a: run(a)) for a in (None, torch.ones(2), 3, "a")]


@same_script
def test_inference_tensors_have_no_version(torch):
    with torch.inference_mode():
        x = torch.ones(2)
    return error(torch, lambda: x._version), torch.is_inference(x), torch.is_inference(x.clone())


@same_script
def test_shared_versions(torch):
    x = torch.zeros(2, 2)
    y, z, apart = x.t(), x.detach(), x.clone()
    y[0, 0] = 1
    z.add_(1)
    return x._version, y._version, z._version, apart._version, x.data._version


@pytest.mark.parametrize(
    "call, match",
    [
        (lambda x: x.item(), r"6 elements.*\[2, 3\]"),
        (lambda x: float(x), r"\[2, 3\]"),
        (lambda x: bool(x), r"ambiguous.*\[2, 3\].*any"),
        (lambda x: x.numpy(), "detach"),
        (lambda x: x.size(2), r"\[-2, 1\], but got 2"),
        (lambda x: "a" in x, "str"),
        (lambda x: [0][x], "integer tensors"),
    ],
)
def test_errors(call, match):
    check_error(call, None, call, np.ones((2, 3)), match=match)


def test_a_tensor_is_not_an_index_into_attributes():
    assert not hasattr(scratch.ones(1), "no_such_thing")
    assert isinstance(scratch.ones(1), scratch.autograd.Variable)
    assert torch.ones(1).dtype is not scratch.ones(1).dtype

"""Tensors out of nothing, and out of Python's and NumPy's numbers."""

import random

import numpy as np
import pytest
import torch

import scratch
import torch_impl
from tests.checker import check_error
from tests.same_script import error, same_script

DATA = [
    1, 2.5, True, [], [[]], [[], []], [1, 2], [1, 2.5, True], [True, False], [True, 2], (1, (2)),
    [(1, 2), [3, 4]], [[[1], [2]], [[3], [4]]], 2**62, [-(2**63)], 1e300, [float("nan"), -1.0],
    range(3), [2**60 + 1], np.float64(1), np.float32(1), np.int32(1), np.bool_(1), [np.float64(1)],
    [np.float32(1), 2], [np.int32(1), 1.5], [np.int8(1), np.uint8(2)], np.array([1, 2], "int16"),
    np.array(2.5, "float16"), np.arange(6).reshape(2, 3).T, np.ones((2, 3))[:, ::2],
    [np.zeros(2), np.ones(2)], [np.zeros(2, "f4"), np.ones(2)], np.zeros((0, 3)),
]  # fmt: skip


@pytest.mark.parametrize("data", DATA, ids=lambda d: f"{type(d).__name__} {d}"[:30])
@pytest.mark.parametrize("dtype", [None, "float64", "float16", "int64", "bool"])
@pytest.mark.parametrize("name", ["tensor", "as_tensor"])
@pytest.mark.filterwarnings("ignore:Creating a tensor from a list of numpy")  # torch's advice
def test_data(name, data, dtype):
    def make(torch):
        return getattr(torch, name)(data, dtype=None if dtype is None else getattr(torch, dtype))

    try:
        y = make(torch)
    except TypeError:  # torch does not make integers of NumPy's float scalars; we do
        assert make(scratch).dtype in (scratch.int64, scratch.bool)
    except (RuntimeError, ValueError) as raised:
        with pytest.raises(type(raised)):
            make(scratch)
    else:
        x = make(scratch)
        assert str(x.dtype) == str(y.dtype) and tuple(x.shape) == tuple(y.shape)
        assert np.array_equal(x.numpy(), y.numpy(), equal_nan=y.is_floating_point())
        assert x.stride() == y.stride() or 0 in x.shape


@same_script
def test_tensors_as_data(torch):
    one, half = torch.tensor(1), torch.tensor(2.5, dtype=torch.float64)
    x = torch.ones(2, requires_grad=True)
    return [
        torch.tensor([one, one]), torch.tensor([one, half]), torch.tensor([[one, 2.5], [1, half]]),
        torch.tensor(x), torch.tensor([torch.ones(1), torch.ones(1, 1)]), torch.as_tensor(x) is x,
        torch.as_tensor(x, dtype=torch.float64), torch.tensor(x, dtype=torch.int8),
    ]  # fmt: skip


def test_a_tensor_of_a_tensor_warns():
    with pytest.warns(UserWarning, match="sourceTensor.detach"):
        assert scratch.tensor(scratch.ones(2, requires_grad=True)).is_leaf


@same_script
def test_options(torch):
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    y = torch.ones(2, 3, dtype=torch.float64, requires_grad=True)
    z = (
        torch.zeros((2,), dtype=float, device="cpu"),
        torch.zeros(2, dtype=int),
        torch.zeros(2, dtype=bool),
    )
    return (
        x,
        x.is_leaf,
        y,
        z,
        torch.full((2,), 1.0, requires_grad=True),
        torch.eye(2, requires_grad=True),
    )


@same_script
def test_the_default_dtype(torch):
    before = torch.get_default_dtype()
    torch.set_default_dtype(torch.float64)
    try:
        return [
            torch.tensor(1.5), torch.tensor([1, 2.5]), torch.zeros(2), torch.full((1,), 2.5),
            torch.arange(2.0), torch.linspace(0, 1, 3), torch.tensor([]), torch.tensor(1),
        ]  # fmt: skip
    finally:
        torch.set_default_dtype(before)


@same_script
def test_sizes_in_every_form(torch):
    sizes = [(2, 3), [2, 3], torch.Size([2, 3]), (), (0, 3), (torch.tensor(2), 3), (np.int64(1),)]
    return (
        [
            [make(size) for size in sizes]
            + [make(2, 3), make(4), make(size=(1, 2)), make(torch.tensor(2))]
            for make in (torch.zeros, torch.ones)
        ],
        torch.empty(2, 3).shape,
        torch.empty(0).shape,
        torch.zeros(2, 3).stride(),
    )


@same_script
def test_values(torch):
    return [
        torch.full((2, 2), 3), torch.full((2,), 3.5), torch.full([], True), torch.full((0,), 1),
        torch.full((2,), 3.7, dtype=torch.int64), torch.full((1,), -1, dtype=torch.uint8),
        torch.full((1,), torch.tensor(2.5)),
        torch.full(size=(1,), fill_value=2), torch.full((2,), float("inf")),
        torch.eye(3), torch.eye(2, 3), torch.eye(n=3, m=2), torch.eye(0),
        torch.eye(2, dtype=torch.bool),
    ]  # fmt: skip


@same_script
def test_of_another_size(torch):
    x = torch.arange(6).reshape(2, 3)
    ys = [
        torch.zeros_like(x), torch.ones_like(x.t()), torch.full_like(x, 2.9),
        torch.zeros_like(x[:, ::2]),
        torch.full_like(x.double(), 2.5), torch.zeros_like(x, dtype=torch.float16),
        torch.ones_like(torch.ones(3).expand(2, 3), requires_grad=True),
        torch.full_like(input=x, fill_value=True, dtype=torch.bool),
        x.new_zeros(2), x.new_ones((1, 2)), x.new_full((2,), 3.9), x.new_tensor([1.9, 2]),
        x.double().new_zeros(1, dtype=torch.int8), x.new_tensor([1.5], dtype=torch.float64),
    ]  # fmt: skip
    return [(y, y.stride()) for y in ys], torch.empty_like(x.t()).stride(), x.new_empty(2, 3).shape


RANGES = [
    (5,), (5.0,), (1, 5), (1, 5, 2), (0, 1, 0.1), (5, 1, -1), (0,), (2, 2), (-1, -10, -3),
    (10, 0, -3), (0.5, 3), (True,), (2**62, 2**62 + 2), (np.float64(2.5),), (np.int64(3),),
    (1, 10, 3), (0, 1, 0.3),
]  # fmt: skip


@pytest.mark.parametrize("arguments", RANGES, ids=str)
@pytest.mark.parametrize(
    "dtype", [None, "float16", "float32", "float64", "int32", "int64", "uint8"]
)
def test_arange(arguments, dtype):
    @same_script
    def script(torch):
        options = {} if dtype is None else {"dtype": getattr(torch, dtype)}
        return error(torch, lambda: torch.arange(*arguments, **options)) != "none" or torch.arange(
            *arguments, **options
        )

    script("scratch")


@same_script
def test_arange_by_name_and_with_tensors(torch):
    two = torch.tensor(2)
    return [
        torch.arange(end=3), torch.arange(start=1, end=3), torch.arange(two),
        torch.arange(two, 7.5, two),
        torch.arange(0, 2, step=0.5, requires_grad=True),
    ]  # fmt: skip


def test_ranges_are_the_same_to_the_last_bit():
    r = random.Random(1)
    for _ in range(300):
        start, step = (
            r.choice([0, 0.0, 1, r.uniform(-5, 5)]),
            r.choice([0.1, 0.02, 1e-3, r.uniform(-1, 1), 3]),
        )
        end, n = start + step * (r.randrange(0, 300) - 0.5 * (step > 0)), r.randrange(300)
        end = start if (end - start) * step < 0 else end
        for dtype in ("float16", "float32", "float64"):
            _same(lambda torch, d: torch.arange(start, end, step, dtype=d), dtype)  # noqa: B023
            _same(lambda torch, d: torch.linspace(start, step * 9, n, dtype=d), dtype)  # noqa: B023
        for dtype in ("uint8", "int32", "int64"):
            _same(lambda torch, d: torch.linspace(abs(int(start)), n // 2, n, dtype=d), dtype)  # noqa: B023


def _same(call, dtype):
    ours, theirs = call(scratch, getattr(scratch, dtype)), call(torch, getattr(torch, dtype))
    assert np.array_equal(ours.numpy(), theirs.numpy()), (dtype, ours, theirs)


@same_script
def test_linspace(torch):
    return [
        torch.linspace(0, 1, 5), torch.linspace(0, 9, 5, dtype=torch.int64),
        torch.linspace(0, 1, 1),
        torch.linspace(1, 0, 0), torch.linspace(start=-1, end=1, steps=3), torch.linspace(2, 2, 4),
        torch.linspace(torch.tensor(0.0), torch.tensor(1), 3),
        torch.linspace(1, 0, 3, requires_grad=True),
    ]  # fmt: skip


def test_shared_memory():
    array = np.zeros((2, 3))
    for make in (scratch.from_numpy, scratch.as_tensor):
        x = make(array)
        array[0, 0] += 1
        x[1, 2] += 1
        assert x[0, 0] == array[0, 0] and array[1, 2] == x[1, 2]
        assert np.shares_memory(x.numpy(), array)
    copy = scratch.tensor(array)
    array[:] = 7
    assert not (copy == 7).any()
    assert scratch.from_numpy(array.T).stride() == (1, 3)
    assert scratch.from_numpy(np.array(1.5)).item() == 1.5


def test_memory_that_cannot_be_written():
    array = np.broadcast_to(np.ones(2), (2, 2))
    with pytest.warns(UserWarning, match="not writable"):
        x = scratch.from_numpy(array)
    assert (x * 2).tolist() == [[2, 2], [2, 2]]
    for change in (lambda: x.add_(1), lambda: x.zero_(), lambda: x.__setitem__(0, 1)):
        with pytest.raises(RuntimeError, match="not writable"):
            change()


@same_script
def test_inference_mode(torch):
    with torch.inference_mode():
        xs = [torch.ones(1), torch.tensor(1.0), torch.zeros_like(torch.ones(1)), torch.arange(2.0)]
        xs.append(torch.ones(1, requires_grad=True))
    return [(x.is_inference(), x.requires_grad) for x in xs]


@pytest.mark.parametrize(
    "call, match",
    [
        (lambda m: m.tensor([[1], []]), r"length 1 at dim 1 \(got 0\)"),
        (lambda m: m.tensor([[[1, 2]], [[3]]]), r"length 2 at dim 2 \(got 1\)"),
        (lambda m: m.tensor([[1, 2], 3]), "not a sequence"),
        (lambda m: m.tensor([1, [2, 3]]), "list"),
        (lambda m: m.tensor("ab"), "str"),
        (lambda m: m.tensor(["ab"]), "str"),
        (lambda m: m.tensor([b"a"]), "bytes"),
        (lambda m: m.tensor(None), "NoneType"),
        (lambda m: m.tensor([1, None]), "NoneType"),
        (lambda m: m.tensor([None], dtype=m.float32), "NoneType"),
        (lambda m: m.tensor({}), "dict"),
        (lambda m: m.tensor({1, 2}), "set"),
        (lambda m: m.tensor(2**63), "Overflow"),
        (lambda m: m.tensor(300, dtype=m.uint8), "uint8.*300"),
        (lambda m: m.tensor([255.5], dtype=m.uint8), "uint8"),
        (lambda m: m.tensor(float("nan"), dtype=m.int64), "int64"),
        (lambda m: m.tensor([m.ones(2), m.ones(2)]), r"one element tensors.*\[2\].*stack"),
        (lambda m: m.tensor([1], requires_grad=True), "floating point"),
        (lambda m: m.tensor([1], dtype="float32"), "float32"),
        (lambda m: m.tensor([1], dtype=np.float32), "float32"),
        (lambda m: m.tensor([1], device="foo"), "foo"),
        (lambda m: m.tensor(np.array(["a"])), "supported types"),
        (lambda m: m.tensor(np.array([1], object)), "supported types"),
        (lambda m: m.tensor(np.array([1], ">f4")), "byte order"),
        (lambda m: m.tensor(np.arange(3)[::-1]), "negative"),
        (lambda m: m.from_numpy(np.arange(3)[::-1]), "negative"),
        (lambda m: m.as_tensor(np.arange(3)[::-1]), "negative"),
        (lambda m: m.from_numpy([1]), "list"),
        (lambda m: m.from_numpy(np.float32(1)), "float32"),
        (lambda m: m.zeros(-1), r"negative.*\[-1\]"),
        (lambda m: m.ones(2, -1), "negative"),
        (lambda m: m.empty((2, -3)), "negative"),
        (lambda m: m.full((-1,), 0), "negative"),
        (lambda m: m.zeros(2.0), "float"),
        (lambda m: m.zeros((2, 2.0)), "float"),
        (lambda m: m.zeros(2, "a"), "str"),
        (lambda m: m.zeros(), "size"),
        (lambda m: m.zeros(2**62, 2**62), "memory"),
        (lambda m: m.zeros(2, dtype=m.int64, requires_grad=True), "floating point"),
        (lambda m: m.full(2, 3), "tuple of ints"),
        (lambda m: m.full((2,), "a"), "str"),
        (lambda m: m.full((2,), m.ones(1)), "Tensor"),
        (lambda m: m.full((2,), 1e300), "overflow"),
        (lambda m: m.full((2,), 2**63), "overflow"),
        (lambda m: m.full_like(m.ones(1).byte(), 300), "overflow"),
        (lambda m: m.zeros_like([1]), "list"),
        (lambda m: m.eye(-1), "-1"),
        (lambda m: m.eye(2.0), "float"),
        (lambda m: m.arange(1, 5, 0), "nonzero"),
        (lambda m: m.arange(5, 1), "step sign"),
        (lambda m: m.arange(float("inf")), "inf"),
        (lambda m: m.arange(float("nan")), "nan"),
        (lambda m: m.arange(3, dtype=m.bool), "bool"),
        (lambda m: m.arange("a"), "str"),
        (lambda m: m.arange(), "end"),
        (lambda m: m.linspace(0, 1, -1), "negative, got -1"),
        (lambda m: m.linspace(0, 1, 2.5), "float"),
    ],
)
def test_errors(call, match):
    check_error(lambda: call(scratch), lambda: call(torch_impl), lambda: call(torch), match=match)


def test_there_is_no_gpu():
    for call in (
        lambda: scratch.zeros(2, device="cuda"),
        lambda: scratch.tensor(2, device="cuda:1"),
        lambda: scratch.zeros_like(scratch.ones(2), device="cuda"),
        lambda: scratch.arange(2, device=scratch.device("cuda")),
    ):
        with pytest.raises(AssertionError, match="not compiled with CUDA.*CPU"):
            call()


def test_endless_lists():
    endless: list = []
    endless.append(endless)
    with pytest.raises(ValueError, match="too many dimensions"):
        scratch.tensor(endless)


@same_script
def test_one_hot(torch):
    one_hot = torch.nn.functional.one_hot
    labels = torch.tensor([[0, 2], [1, 1]])
    return [one_hot(labels), one_hot(labels, 5), one_hot(torch.tensor(2)), one_hot(labels[:0], 3)]


@same_script
def test_writing_to_out(torch):
    y, z = torch.ones(2, 3), torch.ones(3)
    rows = torch.zeros(3, 2).t()
    made = [
        torch.zeros(2, 3, out=y) is y, torch.eye(2, 3, out=rows) is rows, torch.arange(3, out=z),
        torch.linspace(0, 1, 3, out=z) is z, torch.full((2,), 7, out=torch.empty(0)),
        torch.zeros(2, out=torch.ones(2), requires_grad=True),
    ]  # fmt: skip
    return made, y, z, rows, rows.stride(), y._version


@pytest.mark.parametrize("name", ["zeros", "ones", "empty"])
def test_options_that_ask_for_too_much(name):
    make = getattr(scratch, name)
    for options, match in (
        ({"pin_memory": True}, "GPU"),
        ({"layout": scratch.sparse_coo}, "strided"),
        ({"out": scratch.ones(2, requires_grad=True)}, "automatic differentiation"),
        ({"dtype": scratch.float64, "out": scratch.ones(2)}, "does not match"),
    ):
        with pytest.raises(RuntimeError, match=match):
            make(2, **options)

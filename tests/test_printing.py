"""What a tensor prints is what torch's prints, letter for letter."""

import math

import numpy
import pytest
import torch

import scratch
from scratch import printing
from torch_impl import printing as twin

COLUMNS = (scratch, torch)
DTYPES = "float16 float32 float64 uint8 int8 int16 int32 int64 bool".split()


@pytest.fixture(autouse=True)
def _default_options():
    yield
    for column in (printing, twin):
        column.set_printoptions(profile="default")


def both(data, dtype: str | None = None, requires_grad: bool = False) -> list:
    """The same tensor in scratch and in torch."""
    return [
        column.tensor(data, dtype=dtype and getattr(column, dtype), requires_grad=requires_grad)
        for column in COLUMNS
    ]


def outcome(function, *args) -> object:
    """What a call returns, or the type of what it raises."""
    try:
        return function(*args)
    except Exception as error:
        return type(error)


def assert_alike(ours, theirs) -> None:
    assert printing.tensor_repr(ours) == twin.tensor_repr(theirs) == repr(theirs)
    assert repr(ours) == str(ours) == repr(theirs)


# ---- fuzzing ------------------------------------------------------------------------------------


def random_array(rng: numpy.random.Generator) -> numpy.ndarray:
    """Any shape, dtype and magnitude, with a taste for what is special."""
    dimensions = rng.integers(0, 6)
    sizes = [0, 1, 2, 3, 5, 6, 7, 8, 30] if rng.random() < 0.1 else [1, 2, 3, 4, 5, 7, 9]
    shape = tuple(int(size) for size in rng.choice(sizes, dimensions))
    if dimensions == 1 and rng.random() < 0.5:
        shape = (int(rng.integers(0, 1500)),)
    if math.prod(shape) > 10_000:
        shape = shape[:3]
    dtype = numpy.dtype(str(rng.choice(DTYPES)))
    if dtype.kind == "b":
        return numpy.asarray(rng.random(shape) < 0.5)
    if dtype.kind in "iu":
        limits = numpy.iinfo(dtype)
        values = rng.integers(limits.min, limits.max, shape, numpy.int64, endpoint=True)
        return numpy.asarray(values >> rng.integers(0, limits.bits)).astype(dtype)

    values = rng.standard_normal(shape)
    kind = rng.integers(5)
    if kind == 0:  # one magnitude
        values = values * 10.0 ** rng.integers(-12, 13)
    elif kind == 1:  # whole numbers
        values = numpy.round(values * 10.0 ** rng.integers(0, 9))
    elif kind == 2:  # many magnitudes
        values = values * 10.0 ** rng.integers(-8, 9, shape)
    elif kind == 3:  # few digits
        values = numpy.round(values * rng.choice([1, 10, 1000]), int(rng.integers(0, 5)))
    if rng.random() < 0.3:
        special = rng.choice([math.nan, math.inf, -math.inf, 0.0, -0.0, 1e300, 5e-324], shape)
        values = numpy.where(rng.random(shape) < rng.choice([0.05, 0.5, 1]), special, values)
    with numpy.errstate(all="ignore"):
        return numpy.asarray(values).astype(dtype)


def random_layout(array: numpy.ndarray, rng: numpy.random.Generator) -> numpy.ndarray:
    """The array, or a part of it that does not lie in memory row by row."""
    if array.ndim > 1 and rng.random() < 0.4:
        array = array.transpose(rng.permutation(array.ndim))
    if array.ndim and rng.random() < 0.2:
        array = array[::2]
    return array


HISTORIES = (
    lambda x: x,
    lambda x: x.requires_grad_(),
    lambda x: x.requires_grad_() * 1,
    lambda x: x.requires_grad_() + 0,
    lambda x: -x.requires_grad_(),
    lambda x: x.requires_grad_().unsqueeze(0),
    lambda x: (x.requires_grad_() * 1).mul_(1),
    lambda x: x.requires_grad_().detach(),
)


def random_options(rng: numpy.random.Generator) -> dict:
    choices = {
        "precision": lambda: int(rng.integers(0, 12)),
        "threshold": lambda: (int(rng.integers(0, 50)), -1, 1000, math.inf)[rng.integers(4)],
        "edgeitems": lambda: int(rng.integers(0, 6)),
        "linewidth": lambda: int(rng.integers(1, 200)),
        "profile": lambda: str(rng.choice(["default", "short", "full", "none of these"])),
        "sci_mode": lambda: (True, False, None)[rng.integers(3)],
    }
    if rng.random() < 0.5:
        return {}
    return {name: choice() for name, choice in choices.items() if rng.random() < 0.4}


@pytest.mark.parametrize("seed", range(15))
def test_random_tensors_with_random_options(seed: int) -> None:
    rng = numpy.random.default_rng(seed)
    for _ in range(200):
        options = random_options(rng)
        for column in COLUMNS:
            column.set_printoptions(profile="default")
            column.set_printoptions(**options)
        array = random_layout(random_array(rng), rng)
        history = HISTORIES[rng.integers(len(HISTORIES)) if array.dtype.kind == "f" else 0]
        ours, theirs = (history(column.from_numpy(array)) for column in COLUMNS)
        assert repr(ours) == repr(theirs), f"{options}, {array.dtype} of shape {array.shape}"


# ---- one decision at a time ----------------------------------------------------------------------

NAN, INF = math.nan, math.inf


@pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
@pytest.mark.parametrize(
    "data",
    [
        [1.0, 1000.0],
        [1.0, 1001.0],
        [1.5, 1000.0],
        [1.5, 1500.1],
        [1.0, 65504.0],
        [1e-4],
        [0.99e-4],
        [0.0, -0.0],
        [-0.0, 1e-7],
        [NAN, INF, -INF, 0.0],
        [NAN],
        [[1.0, NAN], [22.0, 3.0]],
        [[0.5, -INF], [22.0, 3.0]],
        [-1.0, NAN, -INF],
        1.0,
        1.5,
        -0.0,
        NAN,
        -INF,
        1e-5,
        [],
        [[]],
        [[], []],
        [True],
    ],
)
def test_the_style_of_the_numbers(data, dtype: str) -> None:
    for sci_mode in (None, True, False):
        for column in COLUMNS:
            column.set_printoptions(sci_mode=sci_mode)
        assert_alike(*both(data, dtype))


@pytest.mark.parametrize("number", [1e8, 1e8 + 1, 1e-300, 1e300, 5e-324, 123456789.123])
def test_large_and_small_numbers(number: float) -> None:
    assert_alike(*both([number], "float64"))
    assert_alike(*both([number, 1.0, -number], "float64"))
    assert_alike(*both(number, "float64"))


@pytest.mark.parametrize("dtype", DTYPES)
def test_dtypes(dtype: str) -> None:
    for data in (1, [0, 1], [[1], [0]], [], [[], []]):
        assert_alike(*both(data, dtype))


@pytest.mark.parametrize("default", ["float16", "float32", "float64"])
def test_the_default_dtype_is_not_mentioned(default: str) -> None:
    try:
        for column in COLUMNS:
            column.set_default_dtype(getattr(column, default))
        for dtype in DTYPES:
            assert_alike(*both([1, 0], dtype))
            assert_alike(*both([], dtype))
    finally:
        for column in COLUMNS:
            column.set_default_dtype(column.float32)


def test_the_limits_of_integers() -> None:
    for dtype in ("uint8", "int8", "int16", "int32", "int64"):
        info = scratch.iinfo(getattr(scratch, dtype))
        assert_alike(*both([info.min, 0, info.max], dtype))


@pytest.mark.parametrize("linewidth", range(1, 120))
def test_lines_break_where_torchs_do(linewidth: int) -> None:
    for column in COLUMNS:
        column.set_printoptions(linewidth=linewidth)
    for count in (1, 2, 5, 17, 40):
        values = numpy.arange(count) * 1.5
        for dtype in ("float32", "float64", "int16"):
            ours, theirs = both(values, dtype)
            assert_alike(ours, theirs)
            assert_alike(ours.reshape(1, 1, count), theirs.reshape(1, 1, count))
            if dtype != "int16":
                assert_alike(ours.requires_grad_(), theirs.requires_grad_())
                assert_alike(ours * 2, theirs * 2)


@pytest.mark.parametrize("edgeitems", range(5))
@pytest.mark.parametrize(
    "shape", [(), (1,), (7,), (8,), (2, 9), (9, 2), (3, 4, 5), (7, 7, 7), (2, 1, 9, 1, 8)]
)
def test_large_tensors_show_their_edges(shape: tuple, edgeitems: int) -> None:
    array = numpy.arange(math.prod(shape)).reshape(shape)
    for threshold in (0, 7, 8, math.inf):
        for column in COLUMNS:
            column.set_printoptions(threshold=threshold, edgeitems=edgeitems)
        assert_alike(*both(array))
        assert_alike(*both(array, "float64"))


def test_only_what_is_shown_decides_the_style() -> None:
    array = numpy.ones(2000)
    array[1000] = 1e-12
    assert_alike(*both(array))
    assert "e" not in repr(scratch.tensor(array)).partition("dtype")[0].removeprefix("tensor")


def test_a_large_tensor_is_quick_to_print() -> None:
    big = numpy.broadcast_to(numpy.float32(1.5), (2**20, 2**20))  # 4 TiB, were it all there
    expected = "[1.5000, 1.5000, 1.5000,  ..., 1.5000, 1.5000, 1.5000]"
    assert repr(scratch.autograd.variable.wrap(big)).count(expected) == 6


# ---- what follows the numbers --------------------------------------------------------------------


def test_gradients_and_their_origin() -> None:
    class Double:
        @staticmethod
        def forward(ctx, x):
            return x * 2

        @staticmethod
        def backward(ctx, dy):
            return dy * 2

    texts = []
    for column in COLUMNS:
        x = column.tensor([[1.0, 2.0], [3.0, 4.0]], requires_grad=True)
        function = type("Double", (column.autograd.Function,), dict(vars(Double)))
        y = x * 1
        y.mul_(2)
        view = y[0]
        view.add_(1)
        with column.no_grad():
            constant = x * 2
        with column.inference_mode():
            inference = x * 2
        texts.append(
            [
                repr(t)
                for t in (
                    x,
                    x + x,
                    x - 1,
                    x / 2,
                    x**2,
                    -x,
                    x @ x,
                    x.sum(),
                    x.mean(),
                    x.view(4),
                    x.reshape(4),
                    x.t(),
                    x.transpose(0, 1),
                    x.permute(1, 0),
                    x.flatten(),
                    x.unsqueeze(0),
                    x.unsqueeze(0).squeeze(0),
                    x[0],
                    x[:, 1:],
                    x.relu(),
                    x.exp(),
                    x > 1,
                    x.detach(),
                    function.apply(x),
                    (x * 1).requires_grad_(),
                    (x * 1).detach_(),
                    y,
                    view,
                    y.view(4),
                    constant,
                    inference,
                    x[:0],
                    x[:, :0] * 2,
                )
            ]
        )
    assert texts[0] == texts[1]


def test_the_device_is_named_unless_it_is_the_cpu(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scratch.Tensor, "device", scratch.device("cuda:0"))
    x = scratch.tensor([1.0, 2.0])
    assert repr(x) == "tensor([1., 2.], device='cuda:0')"
    assert repr(scratch.tensor([[]])) == "tensor([], device='cuda:0', size=(1, 0))"
    x = scratch.tensor([1.0], dtype=scratch.float64, requires_grad=True)
    assert repr(x) == "tensor([1.], device='cuda:0', dtype=torch.float64, requires_grad=True)"


def as_subclass(x, subclass: type):
    if isinstance(x, torch.Tensor):
        return x.as_subclass(subclass)
    x.__class__ = subclass
    return x


def test_parameters_and_subclasses() -> None:
    texts = []
    for column in COLUMNS:
        own = type("Mine", (column.Tensor,), {})
        texts.append([])
        for data in (1.5, [1.0, 2.0], numpy.ones((2, 30), numpy.float32)):
            x = column.tensor(data)
            frozen = column.nn.Parameter(x, requires_grad=False)
            for y in (column.nn.Parameter(x), frozen, as_subclass(x, own)):
                texts[-1] += [repr(y), str(y), f"{y}", outcome(format, y, ".2f")]
    assert texts[0] == texts[1]


def test_shapes() -> None:
    for shape in ((), (1,), (2, 3), (0, 4, 1)):
        ours, theirs = (column.ones(shape) for column in COLUMNS)
        assert repr(ours.shape) == repr(theirs.shape)
        assert str(ours.size()) == str(theirs.size())
        assert repr(ours.shape[:1]) == repr(theirs.shape[:1])


# ---- format --------------------------------------------------------------------------------------


@pytest.mark.parametrize("spec", ["", ".3f", "10", "<10", "d", "e", ",", "s", "nonsense", "+.2%"])
def test_format(spec: str) -> None:
    for data in (1.5, 1.1, 3, True, NAN, [1.5], [1, 2], [], [[1.0]]):
        for dtype in (None, "float16", "float64"):
            ours, theirs = both(data, dtype)
            expected = outcome(format, theirs, spec)
            assert outcome(format, ours, spec) == expected
            assert outcome(printing.tensor_format, ours, spec) == expected
            assert outcome(twin.tensor_format, theirs, spec) == expected
    x, y = both(2.5, requires_grad=True)
    assert outcome(format, x * 2, spec) == outcome(format, y * 2, spec)


def test_format_says_which_shape_it_cannot_format() -> None:
    with pytest.raises(TypeError, match=r"unsupported format string .* shape \(2, 1\)"):
        f"{scratch.ones(2, 1):.4f}"


def test_percent_formatting() -> None:
    ours, theirs = both(2.345)
    assert "%.2f" % ours == "%.2f" % theirs  # noqa: UP031
    assert "%s" % ours == "%s" % theirs  # noqa: UP031

"""dtypes, and which of them wins, are torch's."""

import copy
import itertools
import pickle

import numpy
import pytest
import torch

import scratch
from scratch import dtypes
from torch_impl import dtypes as twin

COLUMNS = (scratch, torch)
NAMES = "float16 float32 float64 uint8 int8 int16 int32 int64 bool".split()
ALIASES = {"half": "float16", "float": "float32", "double": "float64", "short": "int16"}
ALIASES |= {"int": "int32", "long": "int64"}
FLOATING = ("float16", "float32", "float64")
NUMBERS = (True, 3, 2.5)
NUMPY_NUMBERS = (numpy.float32(2), numpy.float64(2), numpy.int8(2), numpy.uint64(2), numpy.True_)


@pytest.fixture
def _float32_afterwards():
    yield
    for column in COLUMNS:
        column.set_default_dtype(column.float32)


def outcome(function, *args) -> str:
    """What a call returns, as printed, or the type of what it raises."""
    try:
        return repr(function(*args))
    except Exception as error:
        return type(error).__name__


def both(call) -> tuple[str, str]:
    """The outcome of a call that is given a column."""
    ours, theirs = (outcome(call, column) for column in COLUMNS)
    return ours, theirs


# ---- the dtypes themselves -----------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_attributes(name: str) -> None:
    ours, theirs = (getattr(column, name) for column in COLUMNS)
    assert repr(ours) == str(ours) == f"{ours}" == repr(theirs)
    for attribute in ("is_floating_point", "is_complex", "is_signed", "itemsize", "abbr"):
        assert getattr(ours, attribute) == getattr(theirs, attribute), attribute
    assert ours.numpy == torch.empty(0, dtype=theirs).numpy().dtype
    assert dtypes.from_numpy_dtype(ours.numpy) is ours
    assert isinstance(ours, scratch.dtype)


def test_there_is_one_object_a_type() -> None:
    for alias, name in ALIASES.items():
        assert getattr(scratch, alias) is getattr(scratch, name)
        assert getattr(torch, alias) is getattr(torch, name)
    for a, b in itertools.product(NAMES, repeat=2):
        assert (getattr(scratch, a) == getattr(scratch, b)) is (a == b)
    assert len({getattr(scratch, name) for name in [*NAMES, *ALIASES]}) == len(NAMES)
    assert scratch.float32 != "float32"
    for same in (copy.copy, copy.deepcopy, lambda d: pickle.loads(pickle.dumps(d))):
        assert all(same(getattr(scratch, name)) is getattr(scratch, name) for name in NAMES)


def test_numpy_types_that_torch_lacks_are_refused() -> None:
    with pytest.raises(TypeError, match="float128|longdouble|complex|str|U1"):
        dtypes.from_numpy_dtype(numpy.dtype("U1"))
    for column in COLUMNS:
        with pytest.raises(TypeError, match="can't convert"):
            column.from_numpy(numpy.array(["a"]))


@pytest.mark.parametrize("kind", ["finfo", "iinfo"])
@pytest.mark.parametrize("name", NAMES)
def test_limits(kind: str, name: str) -> None:
    ours, theirs = both(lambda torch: getattr(torch, kind)(getattr(torch, name)))
    assert ours == theirs
    if ours == "TypeError":
        return
    ours, theirs = (getattr(column, kind)(getattr(column, name)) for column in COLUMNS)
    for attribute in dir(theirs):
        if not attribute.startswith("__"):
            mine, other = getattr(ours, attribute), getattr(theirs, attribute)
            assert mine == other and type(mine) is type(other), attribute
    for other in NAMES:
        for other_kind in ("finfo", "iinfo"):
            if (other in FLOATING) == (other_kind == "finfo"):
                if other != "bool":
                    limits = getattr(scratch, other_kind)(getattr(scratch, other))
                    assert (ours == limits) is (name == other)
    with pytest.raises(TypeError):
        hash(ours)


@pytest.mark.parametrize("wrong", ["float32", 3, str, numpy.float32, numpy.dtype("float32")])
def test_limits_are_those_of_a_dtype(wrong) -> None:
    for kind in ("finfo", "iinfo"):
        ours, theirs = both(lambda torch, kind=kind: getattr(torch, kind)(wrong))
        assert ours == theirs == "TypeError"
    assert both(lambda torch: torch.iinfo()) == ("TypeError", "TypeError")


# ---- two meet ------------------------------------------------------------------------------------


@pytest.mark.parametrize("a", NAMES)
def test_promotion_and_casting_of_every_pair(a: str) -> None:
    for b in NAMES:
        for function in ("promote_types", "can_cast"):
            ours, theirs = both(
                lambda torch, f=function, b=b: getattr(torch, f)(
                    getattr(torch, a), getattr(torch, b)
                )
            )
            assert ours == theirs, f"{function}({a}, {b})"


def operands(column) -> list:
    """A tensor of every dtype, with and without dimensions, and the Python numbers."""
    return [
        *(
            column.ones(shape, dtype=getattr(column, name))
            for name in NAMES
            for shape in ((), (1,), (2, 3), (0,))
        ),
        *NUMBERS,
        *NUMPY_NUMBERS,
    ]


@pytest.mark.parametrize("default", FLOATING)
@pytest.mark.usefixtures("_float32_afterwards")
def test_the_result_of_every_pair_of_operands(default: str) -> None:
    tables = []
    for column in COLUMNS:
        column.set_default_dtype(getattr(column, default))
        pairs = itertools.product(operands(column), repeat=2)
        tables.append([repr(column.result_type(x, y)) for x, y in pairs])
    pairs = itertools.product(operands(scratch), repeat=2)
    for (x, y), ours, theirs in zip(pairs, *tables, strict=True):
        assert ours == theirs, f"{default} is the default: {x!r} with {y!r}"


@pytest.mark.parametrize("default", FLOATING)
@pytest.mark.usefixtures("_float32_afterwards")
def test_arithmetic_follows_the_table(default: str) -> None:
    """What operations do is what the table says."""
    for column in COLUMNS:
        column.set_default_dtype(getattr(column, default))
    tensors = [x for x in operands(scratch) if scratch.is_tensor(x)]
    for x, y in itertools.product(tensors, [*tensors, *NUMBERS]):
        if scratch.is_tensor(y) and {tuple(x.shape), tuple(y.shape)} == {(0,), (2, 3)}:
            continue  # these two do not broadcast
        assert (x + y).dtype is scratch.result_type(x, y), f"{x!r} + {y!r}"
        assert (y * x).dtype is scratch.result_type(x, y), f"{y!r} * {x!r}"


@pytest.mark.parametrize(
    "call",
    [
        lambda torch: torch.promote_types(torch.int8),
        lambda torch: torch.promote_types(torch.int8, "float32"),
        lambda torch: torch.promote_types(None, torch.int8),
        lambda torch: torch.can_cast(torch.int8),
        lambda torch: torch.can_cast("int8", torch.int8),
        lambda torch: torch.can_cast(torch.int8, str),
        lambda torch: torch.result_type(torch.ones(2), "a"),
        lambda torch: torch.result_type(torch.ones(2), None),
        lambda torch: torch.result_type([1], 2),
        lambda torch: torch.result_type(torch.ones(2)),
        lambda torch: torch.result_type(torch.ones(2), numpy.ones(2)),
        lambda torch: torch.can_cast(float, int),
        lambda torch: torch.promote_types(bool, int),
        lambda torch: torch.promote_types(torch.float16, float),
        lambda torch: torch.finfo(float),
        lambda torch: torch.iinfo(int),
        lambda torch: torch.iinfo(bool),
        lambda torch: torch.can_cast(from_=torch.float32, to=torch.int32),
        lambda torch: torch.promote_types(type1=torch.int8, type2=torch.uint8),
    ],
)
def test_calls_that_fail_and_calls_by_keyword(call) -> None:
    ours, theirs = both(call)
    assert ours == theirs


UNSUPPORTED = "bfloat16 complex32 complex64 complex128 uint16 uint32 uint64 qint8 quint8".split()


@pytest.mark.parametrize("a", UNSUPPORTED)
def test_dtypes_that_have_only_a_name(a: str) -> None:
    """They promote, cast and print as torch's do; to use one is refused."""
    functions = {"promote_types": 2, "can_cast": 2, "finfo": 1, "iinfo": 1}
    for function, count in functions.items():
        for b in [*NAMES, *UNSUPPORTED] if count == 2 else [a]:
            for pair in ([a, b][:count], [b, a][:count]):
                ours, theirs = both(
                    lambda torch, f=function, pair=pair: getattr(torch, f)(
                        *(getattr(torch, name) for name in pair)
                    )
                )
                assert ours == theirs, f"{function}{pair}"
    ours, theirs = (getattr(column, a) for column in COLUMNS)
    for attribute in ("is_floating_point", "is_complex", "itemsize", "to_real", "to_complex"):
        x, y = (outcome(lambda d=d: getattr(d, attribute)) for d in (ours, theirs))  # noqa: B023
        if callable(getattr(theirs, attribute)):
            x, y = (outcome(getattr(d, attribute)) for d in (ours, theirs))
        assert x == y, attribute
    assert repr(ours) == repr(theirs)
    for use in (
        lambda: scratch.zeros(2, dtype=ours),
        lambda: scratch.tensor([1.0], dtype=ours),
        lambda: scratch.ones(2).to(ours),
        lambda: scratch.ones(2).type(ours),
    ):
        with pytest.raises(NotImplementedError, match="not supported"):
            use()


def test_complex_numbers_are_refused() -> None:
    for number in (True, 3, 2.5):
        ours, theirs = both(lambda torch, n=number: torch.result_type(torch.tensor(n), 1j))
        assert ours == theirs
    for use in (
        lambda: scratch.tensor([1j]),
        lambda: scratch.tensor(numpy.array([1j])),
        lambda: scratch.ones(2) * 1j,
        lambda: scratch.full((2,), 1j),
        lambda: scratch.ones(2).cfloat(),
        lambda: scratch.ones(2).to(complex),
    ):
        with pytest.raises(NotImplementedError, match="complex numbers are not supported"):
            use()


def test_types_print_as_torchs() -> None:
    for call in (
        lambda torch: type(torch.float32),
        lambda torch: type(torch.ones(2).device),
        lambda torch: type(torch.ones(2).shape),
        lambda torch: type(torch.ones(2)),
        lambda torch: type(torch.nn.Parameter(torch.ones(2))),
        lambda torch: type(torch.strided),
        lambda torch: torch.FloatTensor,
    ):
        ours, theirs = both(call)
        assert ours == theirs


# ---- the default dtype ---------------------------------------------------------------------------


@pytest.mark.usefixtures("_float32_afterwards")
def test_the_default_dtype() -> None:
    for name in FLOATING:
        for column in COLUMNS:
            column.set_default_dtype(getattr(column, name))
            assert column.get_default_dtype() is getattr(column, name)
        for call in (
            lambda torch: torch.finfo(),
            lambda torch: torch.tensor(1.5).dtype,
            lambda torch: torch.tensor(1).dtype,
            lambda torch: torch.ones(2).dtype,
            lambda torch: (torch.ones(2, dtype=torch.int64) * 0.5).dtype,
            lambda torch: (torch.ones(2, dtype=torch.int64) / 2).dtype,
        ):
            ours, theirs = both(call)
            assert ours == theirs


@pytest.mark.parametrize("wrong", ["float32", None, 3, float, numpy.float32, "int32", "bool"])
def test_a_default_dtype_that_cannot_be(wrong) -> None:
    for column in COLUMNS:
        candidates = [wrong]
        if wrong in ("int32", "bool"):
            candidates.append(getattr(column, wrong))
        for candidate in candidates:
            with pytest.raises(TypeError, match="only floating-point types|invalid dtype object"):
                column.set_default_dtype(candidate)
            assert column.get_default_dtype() is column.float32


def test_the_twin_hands_on_torchs_own() -> None:
    assert all(getattr(twin, name) is getattr(torch, name) for name in dtypes.__all__)

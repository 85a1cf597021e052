"""The distributions over arrays of any shape, with their arguments checked.

Each function takes the stream to draw from and a dense array to fill, and raises torch's exception
where the arguments make no sense, before anything is drawn. The array's elements are filled in the
order in which they lie in memory, as torch does it.
"""

from __future__ import annotations

import warnings

import numpy
from numpy import float16, float32, float64, int64

from ._arguments import as_int
from ._introselect import largest
from ._stream import Stream, working_type

FLOATS = (float16, float32, float64)


def uniform(stream: Stream, array: numpy.ndarray, low: float, high: float) -> None:
    """Numbers from low to below high."""
    need_floats("uniform_", array)
    limit = float(numpy.finfo(array.dtype).max)
    for name, bound in (("from", low), ("to", high)):
        if not -limit <= bound <= limit:
            raise RuntimeError(f"{name} is out of bounds for {array.dtype}: {bound}")
    if low > high:
        raise RuntimeError(
            f"uniform_ expects to return a [from, to) range, but found from={low} > to={high}"
        )
    if high - low > limit:
        raise RuntimeError(
            f"uniform_ expects to-from <= {limit:g}, the largest {array.dtype}, but found "
            f"to={high} and from={low}"
        )
    stream.uniform(in_memory_order(array), low, high)


def normal(
    stream: Stream, array: numpy.ndarray, mean: float, std: float, gaps: bool = False
) -> None:
    """Normal numbers. `gaps` says that the array stands for a tensor that is not contiguous."""
    if not std >= 0:
        raise RuntimeError(f"normal expects std >= 0.0, but found std {std}")
    if array.size:
        need_floats("normal_", array)
    serial = array.size < 16 or gaps or not array.flags.c_contiguous
    draw = stream.serial_normal if serial else stream.normal
    draw(in_memory_order(array), mean, std)


def integers(stream: Stream, array: numpy.ndarray, low: int, high: int | None) -> None:
    """Integers from low to below high; without a high, as far as the dtype counts."""
    if low == -(2**63) and high is None:
        if array.size and array.dtype not in (int64, float32, float64):
            kind = NotImplementedError if array.dtype in (float16, bool) else RuntimeError
            raise kind(f"all 2^64 integers fit in int64, float32 and float64, not {array.dtype}")
        return stream.integers(in_memory_order(array), 0, 2**64, wide=True)
    if high is not None and low >= high:
        raise RuntimeError(
            f"random_ expects 'from' to be less than 'to', but got from={low} >= to={high}"
        )
    if array.dtype.kind == "f":
        low, high = representable(low, high, array.dtype)
    elif high is None:
        high = highest(array.dtype) + 1
    check_range(low, high - 1, array.dtype)
    stream.integers(in_memory_order(array), low, high - low, wide=high - low >= 2**28)


def any_integers(stream: Stream, array: numpy.ndarray) -> None:
    """Integers from 0 as far as the dtype counts."""
    count = highest(array.dtype) + 1
    stream.integers(in_memory_order(array), 0, count, wide=array.dtype in (int64, float64))


def bernoulli(stream: Stream, array: numpy.ndarray, p: float | numpy.ndarray) -> None:
    """1 with probability p, else 0."""
    if isinstance(p, numpy.ndarray):
        if array.size == 0:
            return
        need_floats("the probability of bernoulli", p)
        if not numpy.all((p >= 0) & (p <= 1)):
            raise RuntimeError(
                f"bernoulli expects every p in [0, 1], but they go from {p.min()} to {p.max()}"
            )
        p = p.transpose(memory_order(array)).reshape(-1)
    elif not 0 <= p <= 1:
        raise RuntimeError(f"bernoulli_ expects p to be in [0, 1], but got p={p}")
    stream.bernoulli(in_memory_order(array), p)


def exponential(stream: Stream, array: numpy.ndarray, rate: float) -> None:
    """Waiting times between events of which `rate` happen in a unit of time."""
    if array.size:
        need_floats("exponential_", array, RuntimeError)
    if not rate > 0:
        raise RuntimeError(f"exponential_ expects lambda > 0.0, but found lambda={rate}")
    stream.exponential(in_memory_order(array), rate)


def geometric(stream: Stream, array: numpy.ndarray, p: float) -> None:
    """How often one tries until something of probability p succeeds."""
    if not 0 < p < 1:
        raise RuntimeError(f"geometric_ expects p to be in (0, 1), but got p={p}")
    if array.size and array.dtype.kind == "b":
        raise NotImplementedError("geometric_ counts tries: a bool tensor cannot hold a count")
    stream.geometric(in_memory_order(array), p)


def cauchy(stream: Stream, array: numpy.ndarray, median: float, sigma: float) -> None:
    """Where a beam hits a wall that turns at random, at a distance sigma from it."""
    need_floats("cauchy_", array, RuntimeError)
    if not sigma > 0:
        raise RuntimeError(f"cauchy_ expects sigma > 0.0, but found sigma={sigma}")
    stream.cauchy(in_memory_order(array), median, sigma)


def log_normal(stream: Stream, array: numpy.ndarray, mean: float, std: float) -> None:
    """Numbers whose logarithm is normal."""
    if not std > 0:
        raise RuntimeError(f"log_normal_ expects std > 0.0, but found std={std}")
    if array.size:
        need_floats("log_normal_", array)
    stream.log_normal(in_memory_order(array), mean, std)


def permutation(stream: Stream, array: numpy.ndarray) -> None:
    """The numbers from 0 to n - 1 in any order, into an array of n elements."""
    n = array.size
    if array.dtype.kind == "b":
        raise NotImplementedError("randperm numbers things: bool has only two numbers")
    if n - 1 > highest(array.dtype):
        raise RuntimeError(
            f"randperm: n cannot be greater than {highest(array.dtype) + 1} for {array.dtype}, "
            f"which does not hold all integers below {n}"
        )
    array[...] = stream.permutation(n)


def multinomial(stream: Stream, p: numpy.ndarray, samples: int, replacement: bool) -> numpy.ndarray:
    """Indices of p's last dimension, each as likely as its p says: `samples` for each row of p."""
    check_chances(p, samples, replacement)
    rows = p.reshape(-1, p.shape[-1])
    if replacement and samples > 1:
        # u falls into one of the pieces that the probabilities cut the way from 0 to 1 into.
        ends = numpy.cumsum(rows, axis=-1, dtype=working_type(p))
        ends /= ends[:, -1:]
        ends[:, -1] = 1
        u = stream.units(len(rows) * samples).reshape(-1, samples)
        chosen = [numpy.searchsorted(e.astype(float64), v) for e, v in zip(ends, u, strict=True)]
        chosen = numpy.array(chosen, int64)
    else:
        # Every index comes after a time of its own, the sooner the larger its p: take the first.
        times = numpy.empty_like(rows)
        stream.exponential(times.reshape(-1), 1.0)
        with numpy.errstate(divide="ignore"):
            chosen = largest(rows / times, samples)
    return chosen.reshape(*p.shape[:-1], samples)


def check_chances(p: numpy.ndarray, samples: int, replacement: bool) -> None:
    if p.ndim not in (1, 2):
        raise RuntimeError(f"prob_dist must be 1 or 2 dim, but it has shape {list(p.shape)}")
    if p.dtype not in FLOATS:
        raise RuntimeError(
            f"multinomial only supports floating-point dtypes for input, got: {p.dtype}"
        )
    if samples <= 0:
        raise RuntimeError(f"cannot sample n_sample <= 0 samples, got {samples}")
    if not replacement and samples > p.shape[-1]:
        raise RuntimeError(
            f"cannot sample n_sample > prob_dist.size(-1) samples without replacement: "
            f"{samples} of {p.shape[-1]}. Did you mean replacement=True?"
        )
    if p.shape[-1] == 0:
        raise RuntimeError(
            f"multinomial: there is nothing to choose from, p has shape {list(p.shape)}"
        )
    if not numpy.all((p >= 0) & (p < numpy.inf)):
        raise RuntimeError("probability tensor contains either `inf`, `nan` or element < 0")
    if not numpy.all(p.sum(axis=-1) > 0):
        raise RuntimeError("invalid multinomial distribution (sum of probabilities <= 0)")


# Which element comes first


def memory_order(array: numpy.ndarray) -> list[int]:
    """The axes from the one with the longest step through memory to the one with the shortest."""
    return sorted(range(array.ndim), key=lambda axis: -array.strides[axis])


def in_memory_order(array: numpy.ndarray) -> numpy.ndarray:
    """The elements of a dense array one after the other, as a flat view."""
    if not array.flags.c_contiguous:
        array = array.transpose(memory_order(array))
    return array.reshape(-1)


# Arguments


def as_integer(value: object, function: str, name: str) -> int:
    """An integer argument that fits into 64 bits."""
    number = as_int(value, function, name)
    if not -(2**63) <= number < 2**63:
        raise ValueError(f"Overflow when unpacking long long: {name}={number} needs over 64 bits")
    return number


def as_float(value: object, function: str, name: str) -> float:
    """A number, or a tensor with a single one and no dimension."""
    array = getattr(value, "array", value)
    if isinstance(array, (int, float, numpy.number)) or getattr(array, "shape", None) == ():
        return float(array)
    raise TypeError(f"{function}(): argument '{name}' must be float, not {type(value).__name__}")


def need_floats(what: str, array: numpy.ndarray, kind: type = NotImplementedError) -> None:
    if array.dtype not in FLOATS:
        raise kind(
            f"{what} needs a floating-point dtype, and this is {array.dtype}: "
            f"make the tensor with dtype=torch.float32, or call .float() first"
        )


def highest(dtype: numpy.dtype) -> int:
    """The integer up to which a type holds every one."""
    if dtype.kind == "f":
        return 2 ** (numpy.finfo(dtype).nmant + 1)
    return 1 if dtype.kind == "b" else int(numpy.iinfo(dtype).max)


def check_range(first: int, last: int, dtype: numpy.dtype) -> None:
    exact = highest(dtype)
    top = int(numpy.finfo(dtype).max) if dtype.kind == "f" else exact
    bottom = -top if dtype.kind == "f" else 0 if dtype.kind == "b" else int(numpy.iinfo(dtype).min)
    for name, bound in (("from", first), ("to - 1", last)):
        if not bottom <= bound <= top:
            raise RuntimeError(
                f"{name} is out of bounds for {dtype}: {bound} is not in [{bottom}, {top}]"
            )
        if dtype.kind == "f" and abs(bound) > exact:
            warnings.warn(
                f"{name} = {bound} is out of bounds [-{exact}, {exact}]: beyond them {dtype} does "
                f"not hold every integer, so that some are never drawn",
                stacklevel=5,
            )


def representable(low: int, high: int | None, dtype: numpy.dtype) -> tuple[int, int]:
    """The range [low, high) without the integers at its ends that the dtype rounds out of it."""
    if (first := rounded(low + 1, dtype)) < low:
        low = first + gap(low + 1, dtype)
    if high is None:
        high = highest(dtype) + 1
        if low >= high - 1:
            raise RuntimeError(
                f"random_ expects 'from' casted to dtype to be less than the highest integer that "
                f"{dtype} counts up to, but got from={low} >= {high - 1}"
            )
        return low, high
    if (last := rounded(high - 1, dtype)) >= high:
        high = last - gap(high - 1, dtype)
    if low >= high:
        raise RuntimeError(
            f"random_ expects 'from' casted to dtype to be less than 'to' casted to dtype, but got "
            f"from={low} >= to={high}: {dtype} holds no integer between them"
        )
    return low, high


def rounded(value: int, dtype: numpy.dtype) -> int:
    """An integer cast to the dtype and back, as C does it: what does not fit becomes -2^63."""
    with numpy.errstate(over="ignore"):
        number = float(dtype.type(value if dtype == float64 else float32(value)))
    return int(number) if abs(number) < 2.0**63 else -(2**63)


def gap(value: int, dtype: numpy.dtype) -> int:
    """The distance between the floating-point numbers around an integer."""
    return 1 << max(abs(value).bit_length() - numpy.finfo(dtype).nmant - 1, 0)

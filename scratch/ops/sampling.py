"""Random numbers with a tensor's values as parameters, and into a tensor that exists.

A tensor filled by ``x.normal_()`` forgets what it held, and no gradient goes through a draw. The
numbers come from a generator, see `random.py`.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy

from .. import _distributions as distributions
from .. import dtypes
from .._arguments import checked_size
from .._data import cast
from .._distributions import as_float, as_integer
from ..autograd import Rule
from ..autograd.inplace import check_writable, write_over
from ..autograd.variable import Variable, wrap
from ..creation import Device
from ..random import Generator, chosen, fill
from ..tensor import Tensor, tensor_method
from ._out import blank, deliver, need_tensor

__all__ = ["normal", "bernoulli", "multinomial"]


class Sample(Rule):
    """y is drawn with x as parameter        dx = 0: the draw takes no notice of a small change"""

    @staticmethod
    def forward(ctx, draw, *parameters):
        ctx.parameters = parameters
        return draw(*parameters)

    @staticmethod
    def backward(ctx, dy):
        zeros = (
            numpy.zeros_like(x) if isinstance(x, numpy.ndarray) else None for x in ctx.parameters
        )
        if isinstance(dy, Variable):
            zeros = (dx if dx is None else wrap(dx) for dx in zeros)
        return None, *zeros


class Bernoulli(Sample):
    """y = 1 with probability p, else 0        dp = 0"""


class Normal(Sample):
    """y = mean + std z        dmean = 0,  dstd = 0"""

    def name(self) -> str:
        mean, std = (isinstance(x, numpy.ndarray) for x in self.parameters)
        return f"NormalBackward{mean + 2 * std}"


def normal(
    mean: Tensor | float,
    std: Tensor | float = 1.0,
    size: tuple[int, ...] | None = None,
    *,
    generator: Generator | None = None,
    out: Tensor | None = None,
    dtype: dtypes.dtype | None = None,
    device: Device = None,
    requires_grad: bool = False,
) -> Tensor:
    """Normal random numbers of a given mean and standard deviation.

    Args:
        mean: one for all numbers, or a tensor with one for each
        std: likewise, not negative. Default: 1
        size: how many, where both are numbers; else their shapes are broadcast
        generator: where to draw from. Default: the default generator
        out: a tensor to write to
        dtype, device, requires_grad: as for ``rand``, where a size is given

    Examples:
        >>> g = torch.Generator().manual_seed(0)
        >>> torch.normal(torch.tensor([0.0, 100.0]), 1.0, generator=g)
        tensor([ 1.5410, 99.7066])
    """
    if size is not None:
        size = checked_size(size, "normal")
        mean, std = as_float(mean, "normal", "mean"), as_float(std, "normal", "std")
        y = blank("normal", size, out, dtype, device, requires_grad)
        return deliver(fill(y, generator, distributions.normal, mean, std), out)
    tensors = [x for x in (mean, std) if isinstance(x, Tensor)]
    if not tensors:
        raise TypeError(
            "normal(): mean or std must be a Tensor, or a size be given: normal(0.0, 1.0, (2, 3))"
        )
    shape = common_shape(*tensors)
    kind = (tensors[0] if out is None else out).array.dtype
    std = std if isinstance(std, Tensor) else as_float(std, "normal", "std")
    mean = mean if isinstance(mean, Tensor) else as_float(mean, "normal", "mean")

    def draw(mean, std):
        y = numpy.empty(shape, kind)
        if isinstance(std, numpy.ndarray):
            if not numpy.all(std >= 0):
                raise RuntimeError("normal expects all elements of std >= 0.0")
            chosen(generator).draw(distributions.normal, y, 0.0, 1.0)
            y = combined(numpy.multiply, y, std)
        else:
            chosen(generator).draw(distributions.normal, y, 0.0, std)
        if not isinstance(mean, numpy.ndarray):
            mean = numpy.array(mean, kind)
        return combined(numpy.add, y, mean)

    return deliver(Normal.apply(draw, mean, std), out)


@tensor_method
def bernoulli(
    input: Tensor,
    p: float | None = None,
    *,
    generator: Generator | None = None,
    out: Tensor | None = None,
) -> Tensor:
    """1 with a probability, else 0.

    Args:
        input: the probabilities; with ``p``, only its size and dtype count
        p: one probability for all
        generator: where to draw from. Default: the default generator
        out: a tensor to write to

    Examples:
        >>> g = torch.Generator().manual_seed(0)
        >>> torch.bernoulli(torch.tensor([0.9, 0.5, 0.1]), generator=g)
        tensor([1., 0., 1.])
    """
    need_tensor(input, "bernoulli()")
    kind = (input if out is None else out).array.dtype

    def draw(p):
        y = numpy.empty(input.array.shape, kind)
        chosen(generator).draw(distributions.bernoulli, y, p)
        return y

    if p is None:
        return deliver(Bernoulli.apply(draw, input), out)
    return deliver(wrap(draw(as_float(p, "bernoulli", "p"))), out)


@tensor_method
def multinomial(
    input: Tensor,
    num_samples: int,
    replacement: bool = False,
    *,
    generator: Generator | None = None,
    out: Tensor | None = None,
) -> Tensor:
    """Indices drawn from the probabilities in each row.

    Args:
        input: a probability, or anything in proportion to it, for each index; or rows of those
        num_samples: how many indices for each row
        replacement: whether an index may come more than once. Default: False
        generator: where to draw from. Default: the default generator
        out: an int64 tensor to write to

    Examples:
        >>> p = torch.tensor([1.0, 2.0, 7.0])
        >>> torch.multinomial(p, 4, replacement=True, generator=torch.Generator().manual_seed(0))
        tensor([2, 2, 2, 2])
    """
    need_tensor(input, "multinomial()")
    if not isinstance(replacement, bool):
        raise TypeError(
            f"multinomial(): argument 'replacement' must be bool, not {type(replacement).__name__}"
        )
    if out is not None and out.dtype is not dtypes.int64:
        raise RuntimeError(f"multinomial expects Long tensor out, got: {out.dtype}")
    samples = as_integer(num_samples, "multinomial", "num_samples")
    source = chosen(generator)
    return deliver(
        wrap(source.draw(distributions.multinomial, input.array, samples, replacement)), out
    )


# ---- in place -------------------------------------------------------------------------------


@tensor_method
def uniform_(
    input: Tensor, from_: float = 0.0, to: float = 1.0, *, generator: Generator | None = None
) -> Tensor:
    """Fills with uniform numbers from ``from_`` to below ``to``."""
    low, high = as_float(from_, "uniform_", "from"), as_float(to, "uniform_", "to")
    return refill(input, "uniform_", generator, distributions.uniform, low, high)


@tensor_method
def normal_(
    input: Tensor, mean: float = 0.0, std: float = 1.0, *, generator: Generator | None = None
) -> Tensor:
    """Fills with normal numbers."""
    mean, std = as_float(mean, "normal_", "mean"), as_float(std, "normal_", "std")
    gaps = not input.is_contiguous()
    return refill(input, "normal_", generator, distributions.normal, mean, std, gaps)


@tensor_method
def random_(
    input: Tensor, from_: int = ..., to: int | None = ..., *, generator: Generator | None = None
) -> Tensor:
    """Fills with integers: ``random_(to)`` from 0, ``random_(from_, to)``; below ``to``.

    ``random_()`` goes from 0, and ``random_(from_, None)`` from there, to the highest number up to
    which the dtype holds every integer.
    """
    if from_ is ... and to is ...:
        return refill(input, "random_", generator, distributions.any_integers)
    if to is ...:
        from_, to = 0, as_integer(from_, "random_", "to")
    elif from_ is ...:
        from_, to = 0, as_integer(to, "random_", "to")
    low = as_integer(from_, "random_", "from")
    high = None if to is None else as_integer(to, "random_", "to")
    return refill(input, "random_", generator, distributions.integers, low, high)


@tensor_method
def bernoulli_(
    input: Tensor, p: Tensor | float = 0.5, *, generator: Generator | None = None
) -> Tensor:
    """Fills with 1 where a coin of probability ``p`` says so, else 0."""
    if not isinstance(p, Tensor):
        p = as_float(p, "bernoulli_", "p")
        return refill(input, "bernoulli_", generator, distributions.bernoulli, p)
    check_refill(input)

    def draw(p):
        y = numpy.empty_like(input.array)
        chosen(generator).draw(distributions.bernoulli, y, expanded(p, y.shape))
        return y

    return write_over(input, Bernoulli.apply(draw, p), "bernoulli_")


@tensor_method
def exponential_(
    input: Tensor, lambd: float = 1.0, *, generator: Generator | None = None
) -> Tensor:
    """Fills with waiting times between events of which ``lambd`` happen in a unit of time."""
    lambd = as_float(lambd, "exponential_", "lambd")
    return refill(input, "exponential_", generator, distributions.exponential, lambd)


@tensor_method
def geometric_(input: Tensor, p: float, *, generator: Generator | None = None) -> Tensor:
    """Fills with the number of tries that something of probability ``p`` takes to succeed."""
    p = as_float(p, "geometric_", "p")
    return refill(input, "geometric_", generator, distributions.geometric, p)


@tensor_method
def cauchy_(
    input: Tensor, median: float = 0.0, sigma: float = 1.0, *, generator: Generator | None = None
) -> Tensor:
    """Fills with numbers of Cauchy's distribution, whose tails are too heavy for a mean."""
    median, sigma = as_float(median, "cauchy_", "median"), as_float(sigma, "cauchy_", "sigma")
    return refill(input, "cauchy_", generator, distributions.cauchy, median, sigma)


@tensor_method
def log_normal_(
    input: Tensor, mean: float = 1.0, std: float = 2.0, *, generator: Generator | None = None
) -> Tensor:
    """Fills with numbers whose logarithms are normal, of this mean and standard deviation."""
    mean, std = as_float(mean, "log_normal_", "mean"), as_float(std, "log_normal_", "std")
    return refill(input, "log_normal_", generator, distributions.log_normal, mean, std)


def refill(
    x: Tensor, name: str, generator: Generator | None, distribution: Callable, *args: object
) -> Tensor:
    """Fills a tensor that exists."""
    check_refill(x)
    fresh = numpy.empty_like(x.array)
    chosen(generator).draw(distribution, fresh, *args)
    return write_over(x, wrap(fresh), name)


def check_refill(x: Tensor) -> None:
    """Raises before anything is drawn, where the tensor must not be written to."""
    x.check_in_place()
    check_writable(x.array)


# ---- arguments ------------------------------------------------------------------------------


def common_shape(*tensors: Tensor) -> tuple[int, ...]:
    """The shape to which all are broadcast."""
    try:
        return numpy.broadcast_shapes(*(x.array.shape for x in tensors))
    except ValueError:
        shapes = " and ".join(str(list(x.shape)) for x in tensors)
        raise RuntimeError(
            f"The size of the tensors must match: mean and std of shapes {shapes} do not broadcast"
        ) from None


def expanded(p: numpy.ndarray, shape: tuple[int, ...]) -> numpy.ndarray:
    """The probabilities, repeated to one for each element."""
    try:
        return numpy.broadcast_to(p, shape)
    except ValueError:
        raise RuntimeError(
            f"bernoulli_: probabilities of shape {list(p.shape)} cannot be expanded to "
            f"{list(shape)}, the shape of the tensor"
        ) from None


def combined(operation: numpy.ufunc, y: numpy.ndarray, x: numpy.ndarray) -> numpy.ndarray:
    """``y`` after an in-place operation with ``x``: computed in their common dtype, kept in y's."""
    common = dtypes.result_type(wrap(y), wrap(x)).numpy
    return cast(operation(y.astype(common), x.astype(common)), y.dtype)

"""Random numbers: torch's, to the last bit.

A *generator* is a stream of random bits that a seed decides. Every function here takes the next
bits from one, so that the order of the calls matters: the same seed and the same calls give the
same numbers. `_stream.py` has what becomes of the bits, a few lines for each distribution.
"""

from __future__ import annotations

import contextlib
import operator
import secrets
import threading
from collections.abc import Callable, Iterator

import numpy

from . import _distributions as distributions
from . import devices, dtypes
from ._arguments import check_device, checked_size, takes_size
from ._distributions import as_integer
from ._stream import Stream, faster
from .autograd.variable import wrap
from .creation import Device, empty_like
from .ops._out import blank, deliver, need_tensor
from .tensor import Tensor

__all__ = [
    "Generator",
    "default_generator",
    "manual_seed",
    "seed",
    "initial_seed",
    "get_rng_state",
    "set_rng_state",
    "fork_rng",
    "rand",
    "randn",
    "randint",
    "randperm",
    "rand_like",
    "randn_like",
    "randint_like",
]


class Generator:
    """A stream of random numbers of its own.

    Args:
        device: only the CPU

    Examples:
        >>> g = torch.Generator().manual_seed(0)
        >>> torch.rand(2, generator=g)
        tensor([0.4963, 0.7682])
        >>> torch.rand(2, generator=g.manual_seed(0))
        tensor([0.4963, 0.7682])
    """

    def __init__(self, device: devices.device | str | None = None):
        check_device(device)
        self._stream = Stream(67280421310721)
        self._lock = threading.Lock()

    @property
    def device(self) -> devices.device:
        """Where the numbers are made."""
        return devices.cpu

    def manual_seed(self, seed: int) -> Generator:
        """Starts the stream again, from a seed in [-2^63, 2^64). Returns the generator."""
        if isinstance(seed, bool) or not hasattr(seed, "__index__"):
            raise RuntimeError(f"manual_seed expected a long, but got {type(seed).__name__}")
        seed = operator.index(seed)
        if not -(2**63) <= seed < 2**64:
            raise ValueError(
                f"Overflow when unpacking long long: the seed {seed} is not in [-2^63, 2^64)"
            )
        with self._lock:
            self._stream.restart(seed)
        return self

    def seed(self) -> int:
        """Starts the stream from a seed that nobody can foresee, and returns that."""
        self.manual_seed(secrets.randbits(64))
        return self.initial_seed()

    def initial_seed(self) -> int:
        """The seed that the stream started from; a negative one counts from 2^64 down."""
        return self._stream.seed

    def get_state(self) -> Tensor:
        """Where the stream is, in torch's own format: a uint8 tensor of 5056 elements."""
        with self._lock:
            return wrap(self._stream.get_state())

    def set_state(self, new_state: Tensor) -> None:
        """Goes on from where a generator was, here or in torch, when ``get_state`` was called."""
        if not isinstance(new_state, Tensor):
            raise TypeError(f"expected a torch.ByteTensor, but got {type(new_state).__name__}")
        if new_state.dtype is not dtypes.uint8:
            raise TypeError(f"RNG state must be a torch.ByteTensor, not one of {new_state.dtype}")
        with self._lock:
            self._stream.set_state(new_state.array.reshape(-1))

    def clone_state(self) -> Generator:
        """Another generator that will yield the same numbers from here on."""
        other = Generator()
        other.set_state(self.get_state())
        return other

    def __reduce__(self) -> tuple:
        return _restored, (self._stream.get_state(),)

    def draw(self, distribution: Callable, array: numpy.ndarray, *args: object) -> object:
        """Draws an array's numbers by one of the functions in `_distributions.py`."""
        with self._lock:
            self._stream = faster(self._stream, array.size)
            return distribution(self._stream, array, *args)


def _restored(state: numpy.ndarray) -> Generator:
    generator = Generator()
    generator.set_state(wrap(state))
    return generator


default_generator = Generator()


def manual_seed(seed: int) -> Generator:
    """Seeds the default generator, from which all functions draw that are given no other.

    Args:
        seed: an integer in [-2^63, 2^64); of a float, its integer part

    Examples:
        >>> generator = torch.manual_seed(0)
        >>> torch.rand(3)
        tensor([0.4963, 0.7682, 0.0885])
    """
    return default_generator.manual_seed(int(seed))


def seed() -> int:
    """Seeds the default generator with a number that nobody can foresee, and returns that."""
    return default_generator.seed()


def initial_seed() -> int:
    """The seed of the default generator."""
    return default_generator.initial_seed()


def get_rng_state() -> Tensor:
    """Where the default generator is, as a uint8 tensor that torch understands too."""
    return default_generator.get_state()


def set_rng_state(new_state: Tensor) -> None:
    """Brings the default generator to where it was, or torch's was, at ``get_rng_state()``."""
    default_generator.set_state(new_state)


@contextlib.contextmanager
def fork_rng(devices: object = None, enabled: bool = True) -> Iterator[None]:
    """Numbers drawn inside ``with fork_rng():`` are not missing outside: the state is put back.

    Args:
        devices: GPUs whose states are to be put back too; there are none
        enabled: False makes it do nothing
    """
    state = get_rng_state() if enabled else None
    try:
        yield
    finally:
        if state is not None:
            set_rng_state(state)


# ---- new tensors ----------------------------------------------------------------------------


@takes_size
def rand(
    size: tuple[int, ...],
    *,
    generator: Generator | None = None,
    out: Tensor | None = None,
    dtype: dtypes.dtype | None = None,
    device: Device = None,
    requires_grad: bool = False,
) -> Tensor:
    """Uniform random numbers from 0 to below 1.

    Args:
        size: the size of each dimension, one by one or as a tuple or list
        generator: where to draw from. Default: the default generator
        out: a tensor to write to
        dtype: Default: the default dtype, float32 unless it was set
        device: only the CPU
        requires_grad: whether autograd should record operations on the tensor. Default: False

    Examples:
        >>> torch.manual_seed(0).initial_seed()
        0
        >>> torch.rand(2, 2)
        tensor([[0.4963, 0.7682],
                [0.0885, 0.1320]])
    """
    y = blank("rand", size, out, dtype, device, requires_grad)
    return deliver(fill(y, generator, distributions.uniform, 0.0, 1.0), out)


@takes_size
def randn(
    size: tuple[int, ...],
    *,
    generator: Generator | None = None,
    out: Tensor | None = None,
    dtype: dtypes.dtype | None = None,
    device: Device = None,
    requires_grad: bool = False,
) -> Tensor:
    """Normal random numbers of mean 0 and variance 1. Arguments as for ``rand``.

    Examples:
        >>> torch.randn(3, generator=torch.Generator().manual_seed(0))
        tensor([ 1.5410, -0.2934, -2.1788])
    """
    y = blank("randn", size, out, dtype, device, requires_grad)
    gaps = out is not None and out.shape == size and not out.is_contiguous()
    return deliver(fill(y, generator, distributions.normal, 0.0, 1.0, gaps), out)


def randint(
    low: int = 0,
    high: int | None = None,
    size: tuple[int, ...] | None = None,
    *,
    generator: Generator | None = None,
    out: Tensor | None = None,
    dtype: dtypes.dtype | None = None,
    device: Device = None,
    requires_grad: bool = False,
) -> Tensor:
    """Random integers from ``low`` to below ``high``.

    Args:
        low: the lowest. Default: 0; ``randint(high, size)`` leaves it out
        high: one above the highest
        size: a tuple or list
        generator, out, device, requires_grad: as for ``rand``
        dtype: Default: int64

    Examples:
        >>> torch.randint(10, (5,), generator=torch.Generator().manual_seed(0))
        tensor([4, 9, 3, 0, 3])
    """
    if size is None and isinstance(high, (tuple, list)):
        low, high, size = 0, low, high
    elif high is None and size is not None:
        low, high = 0, low
    size = checked_size(size, "randint")
    low, high = as_integer(low, "randint", "low"), as_integer(high, "randint", "high")
    dtype = dtypes.int64 if dtype is None and out is None else dtype
    y = blank("randint", size, out, dtype, device, requires_grad)
    return deliver(fill(y, generator, distributions.integers, low, high), out)


def randperm(
    n: int,
    *,
    generator: Generator | None = None,
    out: Tensor | None = None,
    dtype: dtypes.dtype | None = None,
    device: Device = None,
    requires_grad: bool = False,
) -> Tensor:
    """The integers from 0 to ``n - 1`` in random order.

    Args:
        n: how many
        generator, out, device, requires_grad: as for ``rand``
        dtype: Default: int64

    Examples:
        >>> torch.randperm(5, generator=torch.Generator().manual_seed(0))
        tensor([4, 0, 1, 3, 2])
    """
    size = checked_size([as_integer(n, "randperm", "n")], "randperm")
    dtype = dtypes.int64 if dtype is None and out is None else dtype
    y = blank("randperm", size, out, dtype, device, requires_grad)
    return deliver(fill(y, generator, distributions.permutation), out)


def rand_like(
    input: Tensor,
    *,
    generator: Generator | None = None,
    dtype: dtypes.dtype | None = None,
    device: Device = None,
    requires_grad: bool = False,
) -> Tensor:
    """As ``rand``, with the size and dtype of ``input``."""
    need_tensor(input, "rand_like")
    y = empty_like(input, dtype=dtype, device=device, requires_grad=requires_grad)
    return fill(y, generator, distributions.uniform, 0.0, 1.0)


def randn_like(
    input: Tensor,
    *,
    generator: Generator | None = None,
    dtype: dtypes.dtype | None = None,
    device: Device = None,
    requires_grad: bool = False,
) -> Tensor:
    """As ``randn``, with the size and dtype of ``input``."""
    need_tensor(input, "randn_like")
    y = empty_like(input, dtype=dtype, device=device, requires_grad=requires_grad)
    return fill(y, generator, distributions.normal, 0.0, 1.0)


def randint_like(
    input: Tensor,
    low: int | None = None,
    high: int | None = None,
    *,
    generator: Generator | None = None,
    dtype: dtypes.dtype | None = None,
    device: Device = None,
    requires_grad: bool = False,
) -> Tensor:
    """As ``randint``, with the size and dtype of ``input``."""
    need_tensor(input, "randint_like")
    low, high = (0, low) if high is None else (low or 0, high)
    low, high = as_integer(low, "randint_like", "low"), as_integer(high, "randint_like", "high")
    y = empty_like(input, dtype=dtype, device=device, requires_grad=requires_grad)
    return fill(y, generator, distributions.integers, low, high)


# ---- between tensors and their arrays -------------------------------------------------------


def fill(y: Tensor, generator: Generator | None, distribution: Callable, *args: object) -> Tensor:
    """Fills a tensor that is new, and so lies densely in memory, from a distribution."""
    chosen(generator).draw(distribution, y.array, *args)
    return y


def chosen(generator: Generator | None) -> Generator:
    """The generator to draw from: by default, the default one."""
    if generator is None:
        return default_generator
    if not isinstance(generator, Generator):
        raise TypeError(f"generator must be a torch.Generator, not {type(generator).__name__}")
    return generator

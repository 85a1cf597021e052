"""Tensors out of nothing, or out of Python's and NumPy's numbers."""

from __future__ import annotations

import warnings
from collections.abc import Callable

import numpy

from . import devices, dtypes
from ._arguments import as_sizes, check_device, checked_size, takes_size
from ._data import as_array, layout, number, scalar, supported
from ._ranges import evenly_spaced, stepwise
from .autograd.grad_mode import mode
from .autograd.variable import wrap
from .tensor import Tensor, tensor_method

__all__ = [
    "tensor",
    "as_tensor",
    "from_numpy",
    "empty",
    "zeros",
    "ones",
    "full",
    "eye",
    "arange",
    "linspace",
    "empty_like",
    "zeros_like",
    "ones_like",
    "full_like",
]

Device = devices.device | str | int | None


def tensor(
    data: object,
    *,
    dtype: dtypes.dtype | None = None,
    device: Device = None,
    requires_grad: bool = False,
) -> Tensor:
    """A tensor with a copy of the data.

    Args:
        data: a number, nested lists of numbers, a NumPy array
        dtype: Default: that of the data; for Python's floats the default dtype (float32), for
            ints int64
        device: the CPU
        requires_grad: whether autograd should record operations on the tensor. Default: False

    Examples:
        >>> torch.tensor([[1, 2], [3, 4]])
        tensor([[1, 2],
                [3, 4]])
        >>> torch.tensor([1, 2.5, True])
        tensor([1.0000, 2.5000, 1.0000])
    """
    check_device(device)
    if isinstance(data, Tensor):
        warnings.warn(
            "To copy construct from a tensor, it is recommended to use "
            "sourceTensor.detach().clone() or "
            "sourceTensor.detach().clone().requires_grad_(True), rather than "
            "torch.tensor(sourceTensor).",
            stacklevel=2,
        )
    return _made(as_array(data, dtype), requires_grad)


def as_tensor(data: object, dtype: dtypes.dtype | None = None, device: Device = None) -> Tensor:
    """A tensor of the data: the very tensor, or the array's own memory, where the dtype fits.

    Args:
        data: as for ``tensor``, or a tensor
        dtype: Default: that of the data
        device: the CPU
    """
    check_device(device)
    if isinstance(data, numpy.ndarray):
        data = from_numpy(data)
    if isinstance(data, Tensor):
        return data if dtype is None else data.to(dtype)
    return _made(as_array(data, dtype))


def from_numpy(ndarray: numpy.ndarray) -> Tensor:
    """A tensor that shares the array's memory: to change one is to change the other.

    Examples:
        >>> import numpy
        >>> array = numpy.zeros(3)
        >>> x = torch.from_numpy(array)
        >>> array[1] = 7
        >>> x
        tensor([0., 7., 0.], dtype=torch.float64)
    """
    if not isinstance(ndarray, numpy.ndarray):
        raise TypeError(f"expected np.ndarray (got {type(ndarray).__name__})")
    array = supported(ndarray)
    if not array.flags.writeable:
        warnings.warn(
            "The given NumPy array is not writable, so in-place operations on this tensor will "
            "fail. Give from_numpy a copy() of the array to change its values.",
            stacklevel=2,
        )
    return _made(array)


# ---- of a size --------------------------------------------------------------------------------


@takes_size
def empty(
    size: tuple[int, ...],
    *,
    dtype: dtypes.dtype | None = None,
    device: Device = None,
    requires_grad: bool = False,
) -> Tensor:
    """A tensor of this size, with whatever its memory held.

    Args:
        size: the size of each dimension, one by one or as a tuple or list
        dtype: Default: the default dtype, float32 unless it was set
        device: the CPU
        requires_grad: whether autograd should record operations on the tensor. Default: False
    """
    check_device(device)
    return _made(numpy.empty(size, _storage(dtype)), requires_grad)


@takes_size
def zeros(
    size: tuple[int, ...],
    *,
    dtype: dtypes.dtype | None = None,
    device: Device = None,
    requires_grad: bool = False,
) -> Tensor:
    """A tensor of zeros. Arguments as for ``empty``.

    Examples:
        >>> torch.zeros(2, 3)
        tensor([[0., 0., 0.],
                [0., 0., 0.]])
    """
    check_device(device)
    return _made(numpy.zeros(size, _storage(dtype)), requires_grad)


@takes_size
def ones(
    size: tuple[int, ...],
    *,
    dtype: dtypes.dtype | None = None,
    device: Device = None,
    requires_grad: bool = False,
) -> Tensor:
    """A tensor of ones. Arguments as for ``empty``."""
    check_device(device)
    return _made(numpy.ones(size, _storage(dtype)), requires_grad)


def full(
    size: tuple[int, ...],
    fill_value: float,
    *,
    dtype: dtypes.dtype | None = None,
    device: Device = None,
    requires_grad: bool = False,
) -> Tensor:
    """A tensor that holds one value everywhere.

    Args:
        size: the size of each dimension, a tuple or list
        fill_value: the value
        dtype: Default: that of ``tensor(fill_value)``
        device, requires_grad: as for ``empty``

    Examples:
        >>> torch.full((2,), 3.5), torch.full((2,), 3)
        (tensor([3.5000, 3.5000]), tensor([3, 3]))
    """
    size, value = checked_size(size, "full"), number(fill_value, "full", "fill_value")
    dtype = dtypes.result_type(value, value) if dtype is None else dtype
    y = empty(size, dtype=dtype, device=device)
    return _filled(y.array, value, requires_grad)


def eye(
    n: int,
    m: int | None = None,
    *,
    dtype: dtypes.dtype | None = None,
    device: Device = None,
    requires_grad: bool = False,
) -> Tensor:
    """A matrix with ones on its diagonal and zeros elsewhere.

    Args:
        n: the number of rows
        m: the number of columns. Default: n
        dtype, device, requires_grad: as for ``empty``
    """
    check_device(device)
    n, m = as_sizes((n, n if m is None else m), "eye", "n, m")
    if n < 0 or m < 0:
        raise RuntimeError(f"n and m must be greater or equal to 0, got {n} and {m}")
    return _made(numpy.eye(n, m, dtype=_storage(dtype)), requires_grad)


# ---- ranges -------------------------------------------------------------------------------------


def arange(
    start: float | None = None,
    end: float | None = None,
    step: float = 1,
    *,
    dtype: dtypes.dtype | None = None,
    device: Device = None,
    requires_grad: bool = False,
) -> Tensor:
    """start, start + step, start + 2 step, ... as long as that is below the end.

    Args:
        start: the first value. A single argument is the end, and the start then 0
        end: where to stop, not included
        step: from one value to the next. Default: 1
        dtype: Default: int64, or the default dtype if one of the three is a float
        device, requires_grad: as for ``empty``

    Examples:
        >>> torch.arange(5)
        tensor([0, 1, 2, 3, 4])
        >>> torch.arange(1, 2.5, 0.5)
        tensor([1.0000, 1.5000, 2.0000])
    """
    check_device(device)
    if end is None:
        start, end = None, start
    if end is None:
        raise TypeError('arange() missing 1 required positional argument: "end"')
    start = 0 if start is None else number(start, "arange", "start")
    end, step = number(end, "arange", "end"), number(step, "arange", "step")
    floating = any(isinstance(x, float) for x in (start, end, step))
    kind = _storage(dtypes.int64 if dtype is None and not floating else dtype)
    return _made(stepwise(start, end, step, kind), requires_grad)


def linspace(
    start: float,
    end: float,
    steps: int,
    *,
    dtype: dtypes.dtype | None = None,
    device: Device = None,
    requires_grad: bool = False,
) -> Tensor:
    """``steps`` values at equal distances from the start to the end, both included.

    Args:
        start: the first value
        end: the last value
        steps: how many values
        dtype, device, requires_grad: as for ``empty``

    Examples:
        >>> torch.linspace(0, 1, 5)
        tensor([0.0000, 0.2500, 0.5000, 0.7500, 1.0000])
    """
    check_device(device)
    start, end = number(start, "linspace", "start"), number(end, "linspace", "end")
    (steps,) = as_sizes((steps,), "linspace", "steps")
    if steps < 0:
        raise RuntimeError(f"number of steps must be non-negative, got {steps}")
    return _made(evenly_spaced(start, end, steps, _storage(dtype)), requires_grad)


# ---- of another tensor's size -------------------------------------------------------------------


def empty_like(
    input: Tensor,
    *,
    dtype: dtypes.dtype | None = None,
    device: Device = None,
    requires_grad: bool = False,
) -> Tensor:
    """As ``empty``, with the size and dtype of ``input``."""
    return _made(_like("empty_like", input, dtype, device), requires_grad)


def zeros_like(
    input: Tensor,
    *,
    dtype: dtypes.dtype | None = None,
    device: Device = None,
    requires_grad: bool = False,
) -> Tensor:
    """As ``zeros``, with the size and dtype of ``input``."""
    return _made(_like("zeros_like", input, dtype, device), requires_grad)


def ones_like(
    input: Tensor,
    *,
    dtype: dtypes.dtype | None = None,
    device: Device = None,
    requires_grad: bool = False,
) -> Tensor:
    """As ``ones``, with the size and dtype of ``input``."""
    return _made(_like("ones_like", input, dtype, device), requires_grad)


def full_like(
    input: Tensor,
    fill_value: float,
    *,
    dtype: dtypes.dtype | None = None,
    device: Device = None,
    requires_grad: bool = False,
) -> Tensor:
    """As ``full``, with the size and dtype of ``input``."""
    value = number(fill_value, "full_like", "fill_value")
    return _filled(_like("empty_like", input, dtype, device), value, requires_grad)


# ---- how ----------------------------------------------------------------------------------------


def _made(array: numpy.ndarray, requires_grad: bool = False) -> Tensor:
    """A new tensor, which belongs to the mode it was made in."""
    y = wrap(array)
    if requires_grad:
        y.requires_grad_()
    y._inference = mode.inference
    return y


def _storage(dtype: dtypes.dtype | None) -> numpy.dtype:
    return (dtypes.get_default_dtype() if dtype is None else dtypes.as_dtype(dtype)).numpy


def _like(name: str, input: Tensor, dtype, device) -> numpy.ndarray:
    check_device(device)
    if not isinstance(input, Tensor):
        raise TypeError(f"{name}(): argument 'input' must be Tensor, not {type(input).__name__}")
    kind = input.array.dtype if dtype is None else dtypes.as_dtype(dtype).numpy
    return getattr(numpy, name)(input.array, kind, order=layout(input.array))


def _filled(array: numpy.ndarray, value: float, requires_grad: bool) -> Tensor:
    array[...] = scalar(value, array.dtype)
    return _made(array, requires_grad)


# ---- as methods: a new tensor of this one's dtype -----------------------------------------------


def _new_method(make: Callable) -> None:
    def new(self: Tensor, *args, dtype: dtypes.dtype | None = None, **options) -> Tensor:
        return make(*args, dtype=dtype or self.dtype, **options)

    new.__name__ = f"new_{make.__name__}"
    new.__doc__ = f"As ``torch.{make.__name__}``, of this tensor's dtype."
    tensor_method(new.__name__)(new)


for _make in (tensor, empty, zeros, ones, full):
    _new_method(_make)

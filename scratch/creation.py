"""Tensors out of nothing, or out of Python's and NumPy's numbers.

Most functions here make an array; ``@makes_tensors`` makes a tensor of it, and reads the options
that all have: ``out``, ``dtype``, ``layout``, ``device``, ``pin_memory``, ``requires_grad``. Those
that end in ``_like`` say what number to fill a tensor with; ``@makes_alike`` makes the tensor.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable

import numpy

from . import devices, dtypes
from ._arguments import as_sizes, checked_size, takes_size
from ._data import as_array, constructed, number, scalar, shared, supported
from ._formats import empty_in
from .autograd._cuts import left_graph
from .autograd.variable import wrap
from .ops._making import (
    Device,
    check_options,
    made,
    makes_alike,
    makes_tensors,
    stored_as,
)
from .tensor import Tensor, tensor_method

__all__ = [
    "tensor",
    "as_tensor",
    "scalar_tensor",
    "from_numpy",
    "empty",
    "empty_strided",
    "empty_permuted",
    "zeros",
    "ones",
    "full",
    "eye",
    "empty_like",
    "zeros_like",
    "ones_like",
    "full_like",
]


def tensor(
    data: object,
    *,
    dtype: dtypes.dtype | None = None,
    device: Device = None,
    requires_grad: bool = False,
    pin_memory: bool = False,
) -> Tensor:
    """A tensor with a copy of the data.

    Args:
        data: a number, nested lists of numbers, a NumPy array
        dtype: Default: that of the data; for Python's floats the default dtype (float32), for
            ints int64
        device: the CPU
        requires_grad: whether autograd should record operations on the tensor. Default: False
        pin_memory: for copies to a GPU, of which there is none. Default: False

    Examples:
        >>> torch.tensor([[1, 2], [3, 4]])
        tensor([[1, 2],
                [3, 4]])
        >>> torch.tensor([1, 2.5, True])
        tensor([1.0000, 2.5000, 1.0000])
    """
    check_options("tensor", None, device, pin_memory, requires_grad)
    if isinstance(data, Tensor):
        _warn_of_copy()
        return left_graph(made(as_array(data, dtype), requires_grad), data, "torch.tensor()")
    return made(as_array(data, dtype), requires_grad)


def _warn_of_copy() -> None:
    warnings.warn(
        "To copy construct from a tensor, it is recommended to use "
        "sourceTensor.detach().clone() or "
        "sourceTensor.detach().clone().requires_grad_(True), rather than "
        "torch.tensor(sourceTensor).",
        stacklevel=3,
    )


def as_tensor(data: object, *, dtype: dtypes.dtype | None = None, device: Device = None) -> Tensor:
    """A tensor of the data: the very tensor, or the array's own memory, where the dtype fits.

    Args:
        data: as for ``tensor``, or a tensor
        dtype: Default: that of the data
        device: the CPU
    """
    check_options("as_tensor", None, device, False, False)
    if isinstance(data, numpy.ndarray):
        data = from_numpy(data)
    if isinstance(data, Tensor):
        return data if dtype is None else data.to(dtype)
    return made(as_array(data, dtype))


@makes_tensors
def scalar_tensor(s: float, *, dtype: dtypes.dtype | None = None) -> numpy.ndarray:
    """A tensor without dimensions, of the default dtype even for an integer.

    Args:
        s: the number
        dtype: Default: the default dtype

    Examples:
        >>> torch.scalar_tensor(3)
        tensor(3.)
    """
    return scalar(number(s, "scalar_tensor", "s"), stored_as(dtype))


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
        raise TypeError(
            f"expected np.ndarray (got {type(ndarray).__name__}): torch.tensor makes a tensor of a "
            f"list or a number"
        )
    array = shared(supported(ndarray))
    if not array.flags.writeable:
        warnings.warn(
            "The given NumPy array is not writable, so in-place operations on this tensor will "
            "fail. Give from_numpy a copy() of the array to change its values.",
            stacklevel=2,
        )
    return made(array)


# ---- of a size --------------------------------------------------------------------------------


@makes_tensors
@takes_size
def empty(
    size: tuple[int, ...],
    *,
    dtype: dtypes.dtype | None = None,
    memory_format: devices.memory_format | None = None,
) -> numpy.ndarray:
    """A tensor of this size, with whatever its memory held.

    Args:
        size: the size of each dimension, one by one or as a tuple or list
        dtype: Default: the default dtype, float32 unless it was set
        memory_format: in which order the elements lie. Default: row by row
        out: a tensor to write to, which gets this size
        layout, device, pin_memory: strided, on the CPU, not pinned: there is nothing else
        requires_grad: whether autograd should record operations on the tensor. Default: False

    Examples:
        >>> torch.empty(2, 3).shape, torch.empty((2, 3)).shape, torch.empty([2, 3]).shape
        (torch.Size([2, 3]), torch.Size([2, 3]), torch.Size([2, 3]))
    """
    return empty_in(size, memory_format or devices.contiguous_format, stored_as(dtype))


@makes_tensors
def empty_strided(
    size: tuple[int, ...], stride: tuple[int, ...], *, dtype: dtypes.dtype | None = None
) -> numpy.ndarray:
    """As ``empty``, with strides of one's own.

    Args:
        size: the size of each dimension, a tuple or list
        stride: how many elements to skip along each

    Examples:
        >>> torch.empty_strided((2, 3), (1, 2)).stride()
        (1, 2)
    """
    size, stride = checked_size(size, "empty_strided"), as_sizes((stride,), "empty_strided")
    if len(size) != len(stride):
        raise RuntimeError(
            f"dimensionality of sizes ({len(size)}) must match dimensionality of strides "
            f"({len(stride)})"
        )
    if stride and min(stride) < 0:
        raise RuntimeError(f"empty_strided: a stride cannot be negative, got {list(stride)}")
    steps = ((n - 1) * step for n, step in zip(size, stride, strict=True))
    memory = numpy.empty(0 if 0 in size else 1 + sum(steps), stored_as(dtype))
    strides = [step * memory.itemsize for step in stride]
    return numpy.lib.stride_tricks.as_strided(memory, size, strides)


@makes_tensors
def empty_permuted(
    size: tuple[int, ...], physical_layout: tuple[int, ...], *, dtype: dtypes.dtype | None = None
) -> numpy.ndarray:
    """As ``empty``, with the dimensions in an order of one's own in memory.

    Args:
        size: the size of each dimension
        physical_layout: the dimensions, from the one with the largest stride to the smallest

    Examples:
        >>> torch.empty_permuted((2, 3, 4), (0, 2, 1)).stride()
        (12, 1, 3)
    """
    size = checked_size(size, "empty_permuted")
    order = as_sizes((physical_layout,), "empty_permuted", "physical_layout")
    if sorted(order) != list(range(len(size))):
        raise RuntimeError(f"{list(order)} does not name each of {len(size)} dimensions once")
    memory = numpy.empty([size[dim] for dim in order], stored_as(dtype))
    return memory.transpose(numpy.argsort(order)) if order else memory


@makes_tensors
@takes_size
def zeros(size: tuple[int, ...], *, dtype: dtypes.dtype | None = None) -> numpy.ndarray:
    """A tensor of zeros. Arguments as for ``empty``.

    Examples:
        >>> torch.zeros(2, 3)
        tensor([[0., 0., 0.],
                [0., 0., 0.]])
    """
    return numpy.zeros(size, stored_as(dtype))


@makes_tensors
@takes_size
def ones(size: tuple[int, ...], *, dtype: dtypes.dtype | None = None) -> numpy.ndarray:
    """A tensor of ones. Arguments as for ``empty``."""
    return numpy.ones(size, stored_as(dtype))


@makes_tensors
def full(
    size: tuple[int, ...], fill_value: float, *, dtype: dtypes.dtype | None = None
) -> numpy.ndarray:
    """A tensor that holds one value everywhere.

    Args:
        size: the size of each dimension, a tuple or list
        fill_value: the value
        dtype: Default: that of ``tensor(fill_value)``
        out, layout, device, pin_memory, requires_grad: as for ``empty``

    Examples:
        >>> torch.full((2,), 3.5), torch.full((2,), 3)
        (tensor([3.5000, 3.5000]), tensor([3, 3]))
    """
    size, value = checked_size(size, "full"), number(fill_value, "full", "fill_value")
    if isinstance(fill_value, numpy.bool):
        value = float(value)  # torch takes it for a float
    kind = stored_as(dtypes.result_type(value, value) if dtype is None else dtype)
    return numpy.full(size, scalar(value, kind))


@makes_tensors
def eye(n: int, m: int | None = None, *, dtype: dtypes.dtype | None = None) -> numpy.ndarray:
    """A matrix with ones on its diagonal and zeros elsewhere.

    Args:
        n: the number of rows
        m: the number of columns. Default: n
        out, dtype, layout, device, pin_memory, requires_grad: as for ``empty``
    """
    n, m = as_sizes((n, n if m is None else m), "eye", "n, m")
    if n < 0 or m < 0:
        raise RuntimeError(f"n and m must be greater or equal to 0, got {n} and {m}")
    return numpy.eye(n, m, dtype=stored_as(dtype))


# ---- of another tensor's size -------------------------------------------------------------------


@makes_alike
def empty_like(input: Tensor) -> None:
    """As ``empty``, with the size and dtype of ``input``, in its memory format.

    Args:
        input: the tensor
        dtype: Default: that of the input
        memory_format: in which order the elements lie. Default: as those of the input
        layout, device, pin_memory, requires_grad: as for ``empty``
    """


@makes_alike
def zeros_like(input: Tensor) -> float:
    """As ``zeros``, with the size and dtype of ``input``. Arguments as for ``empty_like``."""
    return 0


@makes_alike
def ones_like(input: Tensor) -> float:
    """As ``ones``, with the size and dtype of ``input``. Arguments as for ``empty_like``."""
    return 1


@makes_alike
def full_like(input: Tensor, fill_value: float) -> float:
    """As ``full``, with the size and dtype of ``input``. Arguments as for ``empty_like``."""
    return number(fill_value, "full_like", "fill_value")


# ---- of labels --------------------------------------------------------------------------------


def one_hot(input: Tensor, num_classes: int = -1) -> Tensor:
    """For each label a row of zeros with a single 1, at the place that the label counts.

    Args:
        input: labels, int64, from 0 on
        num_classes: the length of a row. Default: the largest label and one

    Shape:
        (*) to (*, num_classes)

    Examples:
        >>> torch.nn.functional.one_hot(torch.tensor([2, 0]))
        tensor([[0, 0, 1],
                [1, 0, 0]])
    """
    if not isinstance(input, Tensor):
        raise TypeError(f"one_hot(): argument 'input' must be Tensor, not {type(input).__name__}")
    (classes,), labels = as_sizes((num_classes,), "one_hot", "num_classes"), input.array
    if labels.dtype != numpy.int64:
        raise RuntimeError(f"one_hot is only applicable to labels of int64, not {input.dtype}")
    if not labels.size and classes < 1:
        raise RuntimeError("Can not infer total number of classes from empty tensor.")
    if labels.size and labels.min() < 0:
        raise RuntimeError(f"Class values must be non-negative, and one is {labels.min()}")
    if classes == -1:
        classes = int(labels.max()) + 1
    if labels.size and labels.max() >= classes:
        raise RuntimeError(
            f"Class values must be smaller than num_classes, {classes}, and one is {labels.max()}"
        )
    rows = numpy.zeros((labels.size, classes), numpy.int64)
    rows[numpy.arange(labels.size), labels.reshape(-1)] = 1
    return made(rows.reshape(*labels.shape, classes))


# ---- as methods: a new tensor of this one's dtype -----------------------------------------------


@tensor_method
def new(self: Tensor, *data: object, device: Device = None) -> Tensor:
    """The old way to say ``new_empty(size)`` or ``new_tensor(list)``."""
    check_options("new", None, device, False, False)
    return wrap(constructed(data, self.dtype))


@tensor_method
def new_tensor(
    self: Tensor,
    data: object,
    *,
    dtype: dtypes.dtype | None = None,
    device: Device = None,
    requires_grad: bool = False,
    layout: devices.layout | None = None,
    pin_memory: bool = False,
) -> Tensor:
    """As ``torch.tensor``, of this tensor's dtype."""
    check_options("new_tensor", layout, device, pin_memory, requires_grad)
    if isinstance(data, Tensor):
        _warn_of_copy()
    return made(as_array(data, dtype or self.dtype), requires_grad)


def _new_method(make: Callable) -> None:
    def new(self: Tensor, *args, dtype: dtypes.dtype | None = None, **options) -> Tensor:
        if "out" in options:
            raise TypeError(f"new_{make.__name__}() got an unexpected keyword argument 'out'")
        return make(*args, dtype=dtype or self.dtype, **options)

    new.__name__ = f"new_{make.__name__}"
    new.__doc__ = f"As ``torch.{make.__name__}``, of this tensor's dtype."
    tensor_method(new.__name__)(new)


for _make in (empty, empty_strided, zeros, ones, full):
    _new_method(_make)

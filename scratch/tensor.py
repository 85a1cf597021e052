"""A tensor: an array, its gradient, and the node that made it.

The array is NumPy's and holds the numbers; ``Variable`` below it knows about gradients. What can be
computed with tensors stands in ``ops/``: each function there also becomes a method by
``@tensor_method``. This file has what a tensor *is*.
"""

from __future__ import annotations

import copy
import functools
import sys
from collections.abc import Callable

import numpy
from numpy import ndarray

from . import devices, dtypes
from ._arguments import as_dim, check_device
from ._data import constructed
from .autograd import engine
from .autograd.inplace import write_over
from .autograd.variable import Variable, wrap

__all__ = ["Tensor", "Size", "is_tensor", "is_floating_point", "numel"]


class Size(tuple):
    """A tensor's shape: a tuple of sizes, one a dimension.

    Examples:
        >>> torch.ones(2, 3).shape
        torch.Size([2, 3])
        >>> torch.ones(2, 3).shape.numel()
        6
    """

    __slots__ = ()

    def numel(self) -> int:
        """The number of elements in a tensor of this shape."""
        count = 1
        for size in self:
            count *= size
        return count

    def __repr__(self) -> str:
        return f"torch.Size({list(self)})"

    def __getitem__(self, index):
        item = super().__getitem__(index)
        return Size(item) if isinstance(index, slice) else item

    def __add__(self, other: tuple) -> Size:
        return Size(super().__add__(tuple(other)))

    def __mul__(self, times: int) -> Size:
        return Size(super().__mul__(times))


class Tensor(Variable, results=True):
    """A multi-dimensional array of numbers of one type, which autograd follows."""

    __array_priority__ = 1000  # numpy_array + tensor is the tensor's business
    __module__ = "torch"

    def __new__(cls, *data: object, device: devices.device | str | None = None) -> Tensor:
        """The old way to make a tensor of the default dtype; ``torch.tensor`` is clearer.

        Args:
            data: sizes, for a tensor with whatever its memory held; or numbers in a list or array;
                or a tensor, to share its memory
            device: the CPU
        """
        check_device(device)
        if len(data) == 1 and isinstance(data[0], Tensor):
            return data[0].detach()
        return wrap(constructed(data, dtypes.get_default_dtype()))

    # ---- what it is -------------------------------------------------------------------------

    @property
    def shape(self) -> Size:
        """The size of each dimension."""
        return Size(self.array.shape)

    def size(self, dim: int | None = None) -> Size | int:
        """The shape, or one dimension's size."""
        if dim is None:
            return Size(self.array.shape)
        if not self.array.ndim:
            raise IndexError(f"Dimension specified as {dim} but tensor has no dimensions")
        return self.array.shape[as_dim(dim, self.array.ndim)]

    @property
    def ndim(self) -> int:
        """The number of dimensions."""
        return self.array.ndim

    def dim(self) -> int:
        """The number of dimensions."""
        return self.array.ndim

    ndimension = dim

    def numel(self) -> int:
        """The number of elements."""
        return self.array.size

    nelement = numel

    @property
    def dtype(self) -> dtypes.dtype:
        """The type of the elements."""
        return dtypes.from_numpy_dtype(self.array.dtype)

    @property
    def device(self) -> devices.device:
        """Where the numbers are."""
        return devices.cpu

    @property
    def is_cuda(self) -> bool:
        """Whether the numbers are on a GPU: never."""
        return False

    @property
    def itemsize(self) -> int:
        """Bytes an element."""
        return self.array.itemsize

    def element_size(self) -> int:
        """Bytes an element."""
        return self.array.itemsize

    @property
    def nbytes(self) -> int:
        """Bytes of all elements."""
        return self.array.nbytes

    def stride(self, dim: int | None = None) -> tuple[int, ...] | int:
        """How many elements to skip for the next one along each dimension, or along one."""
        shape, steps = self.array.shape, list(self.array.strides)
        span = self.array.itemsize
        for i in reversed(range(len(steps))):
            if not steps[i] and (shape[i] == 1 or not self.array.size):
                steps[i] = span  # NumPy has no opinion on steps that nobody can take
            span = steps[i] * max(shape[i], 1)
        strides = tuple(step // self.array.itemsize for step in steps)
        return strides if dim is None else strides[as_dim(dim, len(shape))]

    def storage_offset(self) -> int:
        """How many elements lie in memory before the first one of this view."""
        owner = self.array
        while isinstance(owner.base, numpy.ndarray):
            owner = owner.base
        return (self.array.ctypes.data - owner.ctypes.data) // self.array.itemsize

    def is_contiguous(self) -> bool:
        """Whether the elements lie in memory row by row, without gaps."""
        return self.array.flags.c_contiguous

    def is_floating_point(self) -> bool:
        """Whether the elements are floating-point numbers."""
        return self.array.dtype.kind == "f"

    def data_ptr(self) -> int:
        """The address of the first element."""
        return self.array.ctypes.data

    # ---- its data, without its history -------------------------------------------------------

    @property
    def data(self) -> Tensor:
        """The same memory without the history; in-place changes through it are not noticed."""
        return wrap(self.array)

    @data.setter
    def data(self, new: Tensor) -> None:
        if not isinstance(new, Tensor):
            raise TypeError(f"Variable data has to be a tensor, but got {type(new).__name__}")
        if self._requires_grad and new.array.dtype.kind != "f":
            raise RuntimeError(
                "data set to a tensor that requires gradients must be floating point"
            )
        self.array = new.array
        self._version_counter = None

    def detach_(self) -> Tensor:
        """Cuts this very tensor off from the graph that made it."""
        if self._view is not None:
            raise RuntimeError("Can't detach views in-place: use detach() instead")
        self._node, self._requires_grad = None, False
        return self

    def numpy(self, *, force: bool = False) -> ndarray:
        """The tensor as a NumPy array that shares its memory.

        Args:
            force: detach it first, where that is needed
        """
        if self.requires_grad and not force:
            raise RuntimeError(
                "Can't call numpy() on Tensor that requires grad. "
                "Use tensor.detach().numpy() instead."
            )
        return self.array

    def __array__(self, dtype=None, copy: bool | None = None) -> ndarray:
        return numpy.array(self.numpy(), dtype=dtype, copy=copy)

    def __array_wrap__(self, array: ndarray, context=None, return_scalar: bool = False) -> Tensor:
        """Makes ``numpy.exp(x)`` and its like a tensor; bools become numbers, as in torch."""
        return wrap(array.astype(numpy.uint8) if array.dtype == bool else numpy.asarray(array))

    def item(self) -> int | float | bool:
        """The only element, as a Python number."""
        if self.array.size != 1:
            raise RuntimeError(
                f"a Tensor with {self.array.size} elements cannot be converted to Scalar: "
                f"item() is for tensors with one element, and this one has shape "
                f"{list(self.array.shape)}"
            )
        return self.array.item()

    def tolist(self) -> list | int | float | bool:
        """The elements as nested Python lists."""
        return self.array.tolist()

    def __array_namespace__(self, *, api_version: str | None = None):
        """The functions that work on tensors, under the names NumPy gives them for arrays."""
        return sys.modules["scratch"]

    # ---- Python's view of it ----------------------------------------------------------------

    def __len__(self) -> int:
        if self.array.ndim == 0:
            raise TypeError("len() of a 0-d tensor")
        return self.array.shape[0]

    def __bool__(self) -> bool:
        if self.array.size > 1:
            raise RuntimeError(
                f"Boolean value of Tensor with more than one value is ambiguous: this one has "
                f"shape {list(self.array.shape)}. Ask for .any() or .all()."
            )
        if self.array.size == 0:
            raise RuntimeError("Boolean value of Tensor with no values is ambiguous")
        return bool(self.array.item())

    def __float__(self) -> float:
        return float(self._only_element())

    def __int__(self) -> int:
        return int(self._only_element())

    def _only_element(self) -> int | float | bool:
        if self.array.size != 1:
            raise ValueError(
                f"only one element tensors can be converted to Python scalars, and this one has "
                f"shape {list(self.array.shape)}"
            )
        return self.array.item()

    def __index__(self) -> int:
        if self.array.dtype.kind not in "iub" or self.array.size != 1:
            raise TypeError("only integer tensors of a single element can be converted to an index")
        return int(self.array.item())

    def __contains__(self, element) -> bool:
        if isinstance(element, Tensor):
            element = element.array
        elif not isinstance(element, (int, float, numpy.generic)):
            raise RuntimeError(
                f"Tensor.__contains__ only supports Tensor or scalar, but you passed in a "
                f"{type(element)}."
            )
        return bool((self.array == element).any())

    __hash__ = object.__hash__

    def __deepcopy__(self, memo: dict) -> Tensor:
        if not self.is_leaf:
            raise RuntimeError(
                "Only Tensors created explicitly by the user (graph leaves) support the deepcopy "
                "protocol at the moment: deepcopy a detach() of this one"
            )
        y = object.__new__(type(self))
        memo[id(self)] = y
        y.array = self.array.copy(order="K")
        y._requires_grad = self._requires_grad
        y._grad = copy.deepcopy(self._grad, memo)
        y.__dict__.update(copy.deepcopy(self._own_attributes(), memo))
        return y

    def __reduce_ex__(self, protocol: int) -> tuple:
        kind = None if type(self) is Tensor else type(self)  # `torch.Tensor` would be torch's
        return _rebuild, (kind, self.array, self._requires_grad, self._own_attributes())

    def __copy__(self) -> Tensor:
        y = object.__new__(type(self))
        y.__dict__.update(self.__dict__)
        return y

    def _own_attributes(self) -> dict:
        """What a user hung on this tensor."""
        ours = {"array", *vars(Variable)}
        return {name: value for name, value in self.__dict__.items() if name not in ours}

    # ---- backward ---------------------------------------------------------------------------

    def backward(
        self,
        gradient: Tensor | None = None,
        retain_graph: bool | None = None,
        create_graph: bool = False,
        inputs: Tensor | list[Tensor] | None = None,
    ) -> None:
        """Adds to every leaf's ``.grad`` the gradient of this tensor.

        Args:
            gradient: the gradient of something further on with respect to this tensor; not needed
                for a single element, where it is 1
            retain_graph: keep what the graph saved, for another backward
            create_graph: record the backward itself
            inputs: the tensors to accumulate gradients in. Default: all leaves

        Examples:
            >>> x = torch.tensor([1.0, 2.0], requires_grad=True)
            >>> (x * x).sum().backward()
            >>> x.grad
            tensor([2., 4.])
        """
        engine.backward(self, gradient, retain_graph, create_graph, inputs=inputs)


def _rebuild(
    kind: type | None, array: numpy.ndarray, requires_grad: bool, attributes: dict
) -> Tensor:
    y = object.__new__(kind or Tensor)
    y.array = array
    y._requires_grad = requires_grad
    y.__dict__.update(attributes)
    return y


def is_floating_point(input: Tensor) -> bool:
    """Whether a tensor's elements are floating-point numbers."""
    return input.is_floating_point()


def numel(input: Tensor) -> int:
    """The number of elements of a tensor."""
    return input.numel()


def is_tensor(obj: object) -> bool:
    """Whether an object is a tensor."""
    return isinstance(obj, Tensor)


def tensor_method(*names: str | Callable) -> Callable:
    """Makes a function of a tensor one of its methods too, by its own name or by others.

    ``@tensor_method`` gives the function's name; ``@tensor_method("mul", "multiply")`` these.
    """
    if len(names) == 1 and callable(names[0]):
        return tensor_method(names[0].__name__)(names[0])

    def attach(function: Callable) -> Callable:
        for name in names:
            setattr(Tensor, name, function)
        return function

    return attach


def in_place_method(function: Callable, *names: str) -> Callable:
    """Makes ``x.f_(...)`` from ``f(x, ...)``: the result is written over ``x``. Returns the method.

    Args:
        function: an operation whose first argument is a tensor
        names: what else the method is called, such as ``"__iadd__"``
    """
    name = f"{function.__name__}_"

    @functools.wraps(function)
    def method(self, *args, **kwargs):
        return write_over(self, function(self, *args, **kwargs), name)

    method.__name__ = name
    method.__doc__ = f"In-place version of ``{function.__name__}``."
    return tensor_method(name, *names)(method)

"""A tensor: an array, its gradient, and the node that made it.

The array is NumPy's and holds the numbers; ``Variable`` below it knows about gradients. What can be
computed with tensors stands in ``ops/``: each function there also becomes a method by
``@tensor_method``. This file has what a tensor *is*.
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy
from numpy import ndarray

from . import devices, dtypes
from ._arguments import as_dim
from ._data import constructed
from ._formats import is_laid_out
from ._size import Size, size_of
from .autograd import engine
from .autograd._cuts import left_graph
from .autograd._overlap import refuse_overlap
from .autograd.inplace import ViewRule, again, complain_first, write_over
from .autograd.variable import Variable, wrap

if TYPE_CHECKING:  # what the lessons attach, for editors: `python -m tests.stubs` writes it
    from ._methods import Methods
else:
    Methods = Variable

__all__ = ["Tensor", "Size", "is_tensor", "numel", "is_floating_point"]


class Alias(ViewRule):
    """y = x, the same memory        dx = dy"""

    @staticmethod
    def forward(ctx, x):
        return x[...]

    @staticmethod
    def backward(ctx, dy):
        return dy


class Tensor(Methods, results=True):
    """A multi-dimensional array of numbers of one type, which autograd follows."""

    __array_priority__ = 1000  # numpy_array + tensor is the tensor's business
    __module__ = "torch"

    def __new__(cls, *data: object, device: devices.device | str | None = None, **named) -> Tensor:
        """The old way to make a tensor of the default dtype; ``torch.tensor`` is clearer.

        Args:
            data: sizes, for a tensor with whatever its memory held; or numbers in a list or array;
                or a tensor or a storage, to share its memory
            device: the CPU
            named: ``size=`` or ``data=``
        """
        if device is not None and devices.device(device).type != "cpu":
            raise RuntimeError(f"legacy constructor expects device type cpu, but got {device}")
        if named:
            if data or len(named) > 1 or not {"size", "data"} & named.keys():
                raise TypeError(f"new() got an unexpected keyword argument in {[*named]}")
            data = named["size"] if "size" in named else (named["data"],)
        if len(data) == 1 and isinstance(data[0], Tensor):
            return Alias.apply(data[0])
        return wrap(constructed(data, dtypes.get_default_dtype()))

    # ---- what it is -------------------------------------------------------------------------

    @property
    def shape(self) -> Size:
        """The size of each dimension."""
        return size_of(self.array.shape)

    def size(self, dim: int | None = None) -> Size | int:
        """The shape, or one dimension's size."""
        if dim is None:
            return size_of(self.array.shape)
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
    def layout(self) -> devices.layout:
        """How elements are found: by strides."""
        return devices.strided

    is_cpu = property(lambda self: True, doc="Whether the numbers are in the computer's memory.")
    is_cuda = property(lambda self: False, doc="Whether they are on a GPU, and so on: never.")
    is_xpu = is_mps = is_ipu = is_xla = is_vulkan = is_maia = is_mtia = is_mkldnn = is_cuda
    is_meta = is_quantized = is_sparse = is_sparse_csr = is_nested = is_cuda

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

    def is_contiguous(
        self, *, memory_format: devices.memory_format = devices.contiguous_format
    ) -> bool:
        """Whether the elements lie in memory without gaps, in the order of a memory format.

        Args:
            memory_format: the order. Default: row by row
        """
        if memory_format is devices.contiguous_format:
            return self.array.flags.c_contiguous
        return is_laid_out(self.array, memory_format)

    def is_floating_point(self) -> bool:
        """Whether the elements are floating-point numbers."""
        return self.array.dtype.kind == "f"

    def data_ptr(self) -> int:
        """The address of the first element."""
        return self.array.ctypes.data if self.array.size else 0

    const_data_ptr = data_ptr

    # ---- its data, without its history -------------------------------------------------------

    @property
    def data(self) -> Tensor:
        """The same memory without the history; in-place changes through it are not noticed."""
        return left_graph(wrap(self.array.view()), self, ".data")

    @data.setter
    def data(self, new: Tensor) -> None:
        if not isinstance(new, Tensor):
            raise TypeError(f"Variable data has to be a tensor, but got {type(new).__name__}")
        if self._requires_grad and new.array.dtype.kind != "f":
            raise RuntimeError(
                "data set to a tensor that requires gradients must be floating point"
            )
        self.array = new.array.view()

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
        if force is not False and force is not True:
            raise TypeError(f"numpy(): argument 'force' must be bool, not {type(force).__name__}")
        if self.requires_grad and not force:
            raise RuntimeError(
                "Can't call numpy() on Tensor that requires grad. "
                "Use tensor.detach().numpy() instead."
            )
        return self.array.view()

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

    def __complex__(self) -> complex:
        return complex(self._only_element())

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
        if not isinstance(element, (Tensor, int, float, complex, numpy.generic)):
            raise RuntimeError(
                f"Tensor.__contains__ only supports Tensor or scalar, but you passed in a "
                f"{type(element)}."
            )
        if isinstance(element, complex):
            return bool((self.array == element).any())
        return bool((element == self).any())

    def __delitem__(self, index) -> None:
        raise TypeError("Tensor does not support deleting items")

    def __reversed__(self) -> Tensor:
        return self.flip(*range(self.array.ndim)) if self.array.ndim else self

    __hash__ = object.__hash__

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


def is_tensor(obj: object) -> bool:
    """Whether an object is a tensor."""
    return isinstance(obj, Tensor)


def numel(input: Tensor) -> int:
    """The number of elements of a tensor."""
    return _tensor(input, "numel").numel()


def is_floating_point(input: Tensor) -> bool:
    """Whether a tensor's elements are floating-point numbers."""
    return _tensor(input, "is_floating_point").is_floating_point()


def _tensor(x: Tensor, function: str) -> Tensor:
    if isinstance(x, Tensor):
        return x
    raise TypeError(f"{function}(): argument 'input' must be Tensor, not {type(x).__name__}")


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
        given = [*args, *kwargs.values()]
        refuse_overlap(self, given, name)
        if self._view is not None:
            self.check_in_place()  # before the function brings the history of the view up to date
        others = [again(x, self) for x in given]
        named = dict(zip(kwargs, others[len(args) :], strict=True))
        try:
            result = function(self, *others[: len(args)], **named)
        except Exception as error:
            complain_first(self, args, error)
            raise
        write_over(self, result, name)
        for x, other in zip(given, others, strict=True):
            if other is not x:  # it lies in the memory that was just written to
                other._changes.bump(name)
        return self

    method.__name__ = name
    method.__doc__ = f"In-place version of ``{function.__name__}``."
    return tensor_method(name, *names)(method)

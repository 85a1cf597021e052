"""Copies: the same numbers in another dtype, in memory of their own, or over another tensor's."""

from __future__ import annotations

import numpy

from .. import devices, dtypes
from .._arguments import check_device
from .._data import cast, layout, number, scalar
from ..autograd import Rule, namespace
from ..autograd.grad_mode import mode
from ..autograd.inplace import set_values, write_over
from ..autograd.variable import wrap
from ..tensor import Tensor, tensor_method
from ._operands import unbroadcast

__all__ = ["clone"]


class ToCopy(Rule):
    """y = x, in another dtype        dx = dy, in the dtype of x"""

    @staticmethod
    def forward(ctx, x, dtype):
        ctx.dtype = x.dtype
        return cast(x, dtype)

    @staticmethod
    def backward(ctx, dy):
        return converted(dy, ctx.dtype), None


class Clone(Rule):
    """y = x, in memory of its own        dx = dy"""

    @staticmethod
    def forward(ctx, x):
        return x.copy(order=layout(x))

    @staticmethod
    def backward(ctx, dy):
        return dy


class CloneByRows(Clone, name="CloneBackward0"):
    """y = x, row by row in memory"""

    @staticmethod
    def forward(ctx, x):
        return x.copy()


class Copy(Rule, name="torch::autograd::CopyBackwards"):
    """y = src, broadcast and converted to be like x        dx = 0,  dsrc = the sum of dy"""

    @staticmethod
    def forward(ctx, x, src):
        ctx.shape, ctx.dtype = src.shape, src.dtype
        return numpy.broadcast_to(cast(src, x.dtype), x.shape)

    @staticmethod
    def backward(ctx, dy):
        needs_dx, needs_dsrc = ctx.needs_input_grad
        dx = namespace(dy).zeros_like(dy) if needs_dx else None
        dsrc = converted(unbroadcast(dy, ctx.shape), ctx.dtype) if needs_dsrc else None
        return dx, dsrc


class Fill(Copy, name="FillBackward3"):
    """y = src, which is a single number, everywhere"""


def converted(dy, dtype: numpy.dtype):
    """A gradient, array or tensor, in this NumPy dtype."""
    if isinstance(dy, Tensor):
        return convert(dy, dtypes.from_numpy_dtype(dtype))
    return dy if dy.dtype == dtype else cast(dy, dtype)


# ---- other memory -------------------------------------------------------------------------------


@tensor_method
def clone(input: Tensor) -> Tensor:
    """A copy of the tensor, through which gradients flow back to it.

    Examples:
        >>> x = torch.tensor([1.0, 2.0], requires_grad=True)
        >>> x.clone()
        tensor([1., 2.], grad_fn=<CloneBackward0>)
    """
    return Clone.apply(input)


@tensor_method
def contiguous(self: Tensor) -> Tensor:
    """The tensor itself if its elements lie row by row in memory, else a copy in which they do."""
    return self if self.array.flags.c_contiguous else CloneByRows.apply(self)


# ---- other dtypes -------------------------------------------------------------------------------


def convert(x: Tensor, dtype: dtypes.dtype, copy: bool = False) -> Tensor:
    """The tensor in this dtype: itself, if it has that already."""
    if x.array.dtype == dtype.numpy and not copy:
        return x
    if dtype.is_floating_point and x.array.dtype.kind == "f":
        return ToCopy.apply(x, dtype.numpy)
    return ToCopy.apply(x.detach(), dtype.numpy)  # there is no gradient through integers


@tensor_method
def to(
    self: Tensor,
    *target: dtypes.dtype | devices.device | str | Tensor | bool | None,
    dtype: dtypes.dtype | None = None,
    device: devices.device | str | None = None,
    non_blocking: bool = False,
    copy: bool = False,
) -> Tensor:
    """The tensor with another dtype or device: itself, if it has those already.

    Args:
        target: a dtype, a device, a device and a dtype, or a tensor that has both
        dtype, device: the same by name
        non_blocking: no matter on a CPU
        copy: copy it in any case. Default: False

    Examples:
        >>> torch.tensor([1, 2]).to(torch.float64)
        tensor([1., 2.], dtype=torch.float64)
    """
    flags = []
    for wanted in target:
        if isinstance(wanted, Tensor):
            dtype = wanted.dtype
        elif isinstance(wanted, bool):
            flags.append(wanted)
        elif isinstance(wanted, (dtypes.dtype, type)):
            dtype = wanted
        elif wanted is not None:
            device = wanted
    check_device(device)
    dtype = self.dtype if dtype is None else dtypes.as_dtype(dtype)
    return convert(self, dtype, copy or flags[1:] == [True])


@tensor_method
def type_as(self: Tensor, other: Tensor) -> Tensor:
    """The tensor in the dtype of another one."""
    return convert(self, other.dtype)


def _conversion(name: str, dtype: dtypes.dtype) -> None:
    def method(self: Tensor) -> Tensor:
        return convert(self, dtype)

    method.__name__, method.__doc__ = name, f"The tensor in {dtype}."
    tensor_method(name)(method)


for _name, _dtype in {
    "float": dtypes.float32,
    "double": dtypes.float64,
    "half": dtypes.float16,
    "int": dtypes.int32,
    "long": dtypes.int64,
    "short": dtypes.int16,
    "char": dtypes.int8,
    "byte": dtypes.uint8,
    "bool": dtypes.bool,
}.items():
    _conversion(_name, _dtype)


@tensor_method
def cpu(self: Tensor) -> Tensor:
    """The tensor on the CPU: itself."""
    return self


@tensor_method
def cuda(self: Tensor, device: devices.device | int | None = None) -> Tensor:
    """Refuses, as torch does where it has no GPU."""
    return self.to("cuda" if device is None else devices.device(device))


_TYPES = {
    dtypes.float32: "Float",
    dtypes.float64: "Double",
    dtypes.float16: "Half",
    dtypes.int32: "Int",
    dtypes.int64: "Long",
    dtypes.int16: "Short",
    dtypes.int8: "Char",
    dtypes.uint8: "Byte",
    dtypes.bool: "Bool",
}


@tensor_method("type")
def of_type(self: Tensor, dtype: dtypes.dtype | type | str | None = None) -> Tensor | str:
    """The old name of the dtype, such as 'torch.FloatTensor'; or the tensor in another dtype.

    Args:
        dtype: a dtype, its old name, or the class of that name
    """
    if dtype is None:
        return f"torch.{_TYPES[self.dtype]}Tensor"
    dtype = getattr(dtype, "dtype", dtype)  # of a class such as torch.LongTensor
    if isinstance(dtype, dtypes.dtype):
        return convert(self, dtype)
    for known, name in _TYPES.items():
        if dtype == f"torch.{name}Tensor":
            return convert(self, known)
    raise ValueError(f"invalid type: {dtype!r}")


# ---- over another tensor's values ---------------------------------------------------------------


@tensor_method
def copy_(self: Tensor, src: Tensor, non_blocking: bool = False) -> Tensor:
    """Overwrites this tensor with the values of another, broadcast and converted.

    Args:
        src: the tensor to copy from
        non_blocking: no matter on a CPU
    """
    if not isinstance(src, Tensor):
        src = wrap(scalar(number(src, "copy_", "other"), self.array.dtype))
    check_fits(src.array.shape, self.array.shape)
    return _copied_over(self, Copy, src, "copy_")


@tensor_method
def fill_(self: Tensor, value: float) -> Tensor:
    """Overwrites every element with one number.

    Args:
        value: a number, or a tensor without dimensions
    """
    if isinstance(value, Tensor):
        if value.array.ndim:
            raise RuntimeError(
                f"fill_ only supports 0-dimension value tensor but got tensor with "
                f"{value.array.ndim} dimensions."
            )
        return _copied_over(self, Fill, value, "fill_")
    value = scalar(number(value, "fill_", "value"), self.array.dtype)
    return set_values(self, value, "fill_")


@tensor_method
def zero_(self: Tensor) -> Tensor:
    """Overwrites every element with 0."""
    return set_values(self, 0, "zero_")


def _copied_over(x: Tensor, rule: type[Copy], src: Tensor, operation: str) -> Tensor:
    """Overwrites all of x. The gradient of what it held is 0; a view leaves that to its base."""
    if not mode.enabled or not (x.requires_grad or src.requires_grad):
        return set_values(x, cast(src.array, x.array.dtype), operation)
    before = x if x._base is None else x.detach()
    return write_over(x, rule.apply(before, src), operation)


def check_fits(source: tuple[int, ...], target: tuple[int, ...]) -> None:
    """RuntimeError unless a source of this shape can be broadcast into the target's shape."""
    if source == target:
        return
    for back in range(1, min(len(source), len(target)) + 1):
        if source[-back] not in (1, target[-back]):
            raise RuntimeError(
                f"The size of tensor a ({target[-back]}) must match the size of tensor b "
                f"({source[-back]}) at non-singleton dimension {len(target) - back}: shape "
                f"{list(source)} does not fit into {list(target)}"
            )
    if len(source) > len(target):
        raise RuntimeError(
            f"output with shape {list(target)} doesn't match the broadcast shape {list(source)}"
        )

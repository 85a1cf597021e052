"""Copies: the same numbers in another dtype, in memory of their own, or over another tensor's."""

from __future__ import annotations

import numpy

from .. import devices, dtypes
from .._arguments import check_device
from .._data import cast, number, scalar
from .._formats import is_laid_out, laid_out, suggested
from .._memory import copied
from ..autograd import Rule, namespace
from ..autograd._overlap import refuse_overlap
from ..autograd.grad_mode import mode
from ..autograd.inplace import set_values, write_over
from ..autograd.variable import wrap
from ..tensor import Tensor, tensor_method
from ._operands import tensor, unbroadcast

__all__ = ["clone", "fill_", "fill", "zero_", "detach", "detach_"]


class ToCopy(Rule):
    """y = x, in another dtype        dx = dy, in the dtype of x"""

    @staticmethod
    def forward(ctx, x, dtype, memory_format=None):
        ctx.dtype = x.dtype
        if memory_format is None:
            return cast(x, dtype)
        y = laid_out(x, memory_format, dtype)
        y[...] = cast(x, dtype)
        return y

    @staticmethod
    def backward(ctx, dy):
        return converted(dy, ctx.dtype), None, None


class Clone(Rule):
    """y = x, in memory of its own        dx = dy"""

    @staticmethod
    def forward(ctx, x):
        return copied(x)

    @staticmethod
    def backward(ctx, dy):
        return dy


class CloneAs(Clone, name="CloneBackward0"):
    """y = x, in another memory format        dx = dy"""

    @staticmethod
    def forward(ctx, x, memory_format):
        y = laid_out(x, memory_format)
        y[...] = x
        return y

    @staticmethod
    def backward(ctx, dy):
        return dy, None


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
    """y = src, a single number, everywhere        dx = 0,  dsrc = the sum of dy"""


def converted(dy, dtype: numpy.dtype):
    """A gradient, array or tensor, in this NumPy dtype."""
    if isinstance(dy, Tensor):
        return convert(dy, dtypes.from_numpy_dtype(dtype))
    return dy if dy.dtype == dtype else cast(dy, dtype)


# ---- other memory -------------------------------------------------------------------------------


@tensor_method
def clone(
    input: Tensor, *, memory_format: devices.memory_format = devices.preserve_format
) -> Tensor:
    """A copy of the tensor, through which gradients flow back to it.

    Args:
        input: the tensor
        memory_format: in which order its elements lie. Default: as before

    Examples:
        >>> x = torch.tensor([1.0, 2.0], requires_grad=True)
        >>> x.clone()
        tensor([1., 2.], grad_fn=<CloneBackward0>)
    """
    if memory_format is devices.preserve_format or memory_format is None:
        return Clone.apply(tensor(input))
    return CloneAs.apply(tensor(input), memory_format)


@tensor_method
def contiguous(
    self: Tensor, memory_format: devices.memory_format = devices.contiguous_format
) -> Tensor:
    """The tensor itself if its elements lie row by row in memory, else a copy in which they do.

    Args:
        memory_format: another order than by rows, such as ``torch.channels_last``
    """
    if is_laid_out(self.array, memory_format):
        return self
    return CloneAs.apply(self, memory_format)


# ---- other dtypes -------------------------------------------------------------------------------


def convert(
    x: Tensor,
    dtype: dtypes.dtype,
    copy: bool = False,
    memory_format: devices.memory_format | None = None,
) -> Tensor:
    """The tensor in this dtype: itself, if it has that already, and lies in memory as asked."""
    kind = dtype.numpy
    if x.array.dtype == kind and not copy:
        if memory_format is None or memory_format is devices.preserve_format:
            return x
        if memory_format is suggested(x.array):
            return x
    if not dtype.is_floating_point or x.array.dtype.kind != "f":
        x = x.detach()  # there is no gradient through integers
    return ToCopy.apply(x, kind, memory_format)


@tensor_method
def to(
    self: Tensor,
    *target: dtypes.dtype | devices.device | str | Tensor | bool | None,
    dtype: dtypes.dtype | None = None,
    device: devices.device | str | int | None = None,
    non_blocking: bool = False,
    copy: bool = False,
    memory_format: devices.memory_format | None = None,
) -> Tensor:
    """The tensor with another dtype or device: itself, if it has those already.

    Args:
        target: a dtype, a device, a device and a dtype, or a tensor that has both; after that
            ``non_blocking`` and ``copy``
        dtype, device: the same by name
        non_blocking: no matter on a CPU
        copy: copy it in any case. Default: False
        memory_format: in which order the elements lie. Default: as before

    Examples:
        >>> torch.tensor([1, 2]).to(torch.float64)
        tensor([1., 2.], dtype=torch.float64)
    """
    if type(copy) is not bool or type(non_blocking) is not bool:
        raise TypeError("to(): arguments 'copy' and 'non_blocking' must be bool")
    if target:
        dtype, device, copy = _target(target, dtype, device, copy)
    elif dtype is not None and not isinstance(dtype, (dtypes.dtype, type)):
        raise TypeError(f"to(): argument 'dtype' must be torch.dtype, not {dtype!r}")
    if device is not None:
        check_device(device)
    if dtype is None:
        dtype = self.dtype
    elif type(dtype) is not dtypes.dtype:
        dtype = dtypes.as_dtype(dtype)
    return convert(self, dtype, copy, memory_format)


def _target(target: tuple, dtype, device, copy: bool) -> tuple:
    """What the arguments without a name say: a dtype, a device, whether to copy."""
    first, *rest = target
    wrong = TypeError(f"to(): these arguments say nothing together: {target}")
    if isinstance(first, Tensor):
        dtype, device = first.dtype, None
    elif isinstance(first, (dtypes.dtype, type)) or type(first) is float:
        if dtype is not None:
            raise wrong
        dtype = float if type(first) is float else first
    elif first is None or isinstance(first, (devices.device, str, int)):
        device = first
        if rest and not isinstance(rest[0], bool):
            if dtype is not None or not isinstance(rest[0], (dtypes.dtype, type, type(None))):
                raise wrong
            dtype = rest.pop(0)
    else:
        raise wrong
    if len(rest) > 2 or not all(isinstance(flag, bool) for flag in rest):
        raise wrong
    return dtype, device, copy or rest[1:] == [True]


@tensor_method
def type_as(self: Tensor, other: Tensor) -> Tensor:
    """The tensor in the dtype of another one."""
    return convert(self, tensor(other, 2).dtype)


def _conversion(name: str, dtype: dtypes.dtype) -> None:
    def method(self: Tensor, *, memory_format: devices.memory_format | None = None) -> Tensor:
        return convert(self, dtype, memory_format=memory_format)

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
    "bfloat16": dtypes.bfloat16,  # this one and the complex ones say that they are not there
    "chalf": dtypes.complex32,
    "cfloat": dtypes.complex64,
    "cdouble": dtypes.complex128,
}.items():
    _conversion(_name, _dtype)


@tensor_method
def cpu(self: Tensor, memory_format: devices.memory_format | None = None) -> Tensor:
    """The tensor on the CPU: itself, but for its memory format."""
    return convert(self, self.dtype, memory_format=memory_format)


@tensor_method
def cuda(
    self: Tensor, device: devices.device | str | int | None = None, non_blocking: bool = False
) -> Tensor:
    """Refuses, as torch does where it has no GPU."""
    return _moved(self, "cuda", device)


@tensor_method
def xpu(
    self: Tensor, device: devices.device | str | int | None = None, non_blocking: bool = False
) -> Tensor:
    """Refuses, as torch does where it has no such processor."""
    return _moved(self, "xpu", device)


def _moved(x: Tensor, kind: str, device: devices.device | str | int | None) -> Tensor:
    device = kind if device is None else device
    if not isinstance(device, int) and devices.device(device).type != kind:
        raise RuntimeError(f"Invalid device, must be {kind} device, not {device}")
    return x.to(device)


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
def of_type(
    self: Tensor, dtype: dtypes.dtype | type | str | None = None, non_blocking: bool = False
) -> Tensor | str:
    """The old name of the dtype, such as 'torch.FloatTensor'; or the tensor in another dtype.

    Args:
        dtype: a dtype, its old name, or the class of that name
        non_blocking: no matter on a CPU
    """
    if dtype is None:
        return f"torch.{_TYPES[self.dtype]}Tensor"
    if isinstance(dtype, dtypes.dtype):
        return convert(self, dtype)
    name = f"{dtype.__module__}.{dtype.__name__}" if isinstance(dtype, type) else dtype
    if not isinstance(name, str):
        raise TypeError(f"dtype must be a type, str, or dtype object, not {dtype!r}")
    if name == "torch.Tensor":
        return convert(self, dtypes.get_default_dtype())
    if name.startswith("torch.cuda."):
        raise RuntimeError(f"this library computes on the CPU, and has no {name}")
    for known, kind in _TYPES.items():
        if name == f"torch.{kind}Tensor":
            return convert(self, known)
    raise ValueError(f"invalid type: {name!r}")


# ---- over another tensor's values ---------------------------------------------------------------


@tensor_method
def copy_(self: Tensor, other: Tensor, non_blocking: bool = False) -> Tensor:
    """Overwrites this tensor with the values of another, broadcast and converted.

    Args:
        other: the tensor to copy from
        non_blocking: no matter on a CPU
    """
    src = other
    if not isinstance(src, Tensor):
        src = wrap(scalar(number(src, "copy_", "other"), self.array.dtype))
    check_fits(src.array.shape, self.array.shape)
    refuse_overlap(self, (src,), "copy_")
    return _copied_over(self, Copy, src, "copy_")


@tensor_method
def fill_(input: Tensor, value: float) -> Tensor:
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
        return _copied_over(input, Fill, value, "fill_")
    if isinstance(value, (numpy.ndarray, complex)):
        raise (RuntimeError if isinstance(value, complex) else TypeError)(
            f"fill_(): argument 'value' must be a number that fits {input.dtype}, not {value!r}"
        )
    value = scalar(number(value, "fill_", "value"), input.array.dtype)
    return set_values(input, value, "fill_")


def fill(input: Tensor, value: float) -> Tensor:
    """A tensor like this one, full of one number. No gradient goes through to the input."""
    return input.clone().fill_(value)


@tensor_method
def zero_(input: Tensor) -> Tensor:
    """Overwrites every element with 0."""
    return set_values(input, 0, "zero_")


def detach(input: Tensor) -> Tensor:
    """The same memory, outside the graph: it does not require a gradient."""
    return tensor(input).detach()


def detach_(input: Tensor) -> Tensor:
    """Cuts this very tensor off from the graph that made it."""
    return tensor(input).detach_()


def _copied_over(x: Tensor, rule: type[Copy], src: Tensor, operation: str) -> Tensor:
    """Overwrites all of x. The gradient of what it held is 0; a view leaves that to its base."""
    if not mode.enabled or not (x.requires_grad or src.requires_grad):
        kind = x.array.dtype
        return set_values(x, cast(src.array, kind) if kind == "e" else src.array, operation)
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

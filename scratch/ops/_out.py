"""Where the result of a function that draws or computes is written: a new tensor, or ``out=``."""

from __future__ import annotations

from .. import dtypes
from ..autograd.inplace import write_over
from ..creation import Device, empty, empty_like
from ..tensor import Tensor
from ._making import check_out


def blank(
    function: str,
    size: tuple[int, ...],
    out: Tensor | None,
    dtype: dtypes.dtype | None,
    device: Device,
    requires_grad: bool,
) -> Tensor:
    """A new tensor to be filled; laid out in memory as ``out``, if that has the right size."""
    if out is None:
        return empty(size, dtype=dtype, device=device, requires_grad=requires_grad)
    check_out(function, out, dtype)
    return empty_like(out) if out.shape == size else empty(size, dtype=out.dtype)


def deliver(y: Tensor, out: Tensor | None) -> Tensor:
    """The result; where there is an ``out``, that, with the result in it."""
    if out is None:
        return y
    if out.shape != y.shape:
        out.data = empty_like(y, dtype=out.dtype)
    return write_over(out, y, "out=")


def need_tensor(x: object, function: str) -> None:
    """TypeError for anything else."""
    if not isinstance(x, Tensor):
        raise TypeError(f"{function}: expected a Tensor, not {type(x).__name__}")

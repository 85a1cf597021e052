"""All of a module's parameters and buffers converted at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from .. import dtypes
from ..autograd.grad_mode import no_grad
from ..creation import empty_like
from ..devices import device as Device
from ..tensor import Tensor

if TYPE_CHECKING:
    from typing import Self

    from .module import Module


class Convertible:
    """Converts what a module holds, in place: the parameters stay who they are, so that an
    optimizer still knows them."""

    if TYPE_CHECKING:  # the rest of a Module

        def children(self) -> Iterator[Module]: ...

        _parameters: Any
        _buffers: Any

    def _apply(self, fn: Callable[[Tensor], Tensor], recurse: bool = True) -> Self:
        """Replaces what every parameter and buffer holds by ``fn`` of it."""
        for module in self.children() if recurse else ():
            module._apply(fn)
        with no_grad():
            for param in self._parameters.values():
                if param is None:
                    continue
                param.data = fn(param)
                if param.grad is not None:
                    param.grad.data = fn(param.grad)
        for name, buffer in self._buffers.items():
            if buffer is not None:
                self._buffers[name] = fn(buffer)
        return self

    def to(self, *args: Any, **kwargs: Any) -> Self:
        """Moves or converts all parameters and buffers, in place.

        ``to(device)``, ``to(dtype)``, ``to(device, dtype)`` or ``to(tensor)``, and the same by
        name. A dtype must be a floating one, and changes only floating parameters and buffers.
        """
        device, dtype = _destination(args, kwargs)
        if dtype is not None and not (dtype.is_floating_point or dtype.is_complex):
            raise TypeError(
                f"nn.Module.to only accepts floating point or complex dtypes, but got desired "
                f"dtype={dtype}"
            )
        return self._apply(lambda x: x.to(device, dtype if x.is_floating_point() else None))

    def float(self) -> Self:
        """Converts floating parameters and buffers to float32."""
        return self.to(dtypes.float32)

    def double(self) -> Self:
        """Converts floating parameters and buffers to float64."""
        return self.to(dtypes.float64)

    def half(self) -> Self:
        """Converts floating parameters and buffers to float16."""
        return self.to(dtypes.float16)

    def bfloat16(self) -> Self:
        """Would convert to bfloat16, which NumPy does not have: raises as soon as there is one."""
        return self.to(dtypes.bfloat16)

    def cpu(self) -> Self:
        """Moves all parameters and buffers to the CPU."""
        return self.to("cpu")

    def cuda(self, device: int | Device | None = None) -> Self:
        """Moves all parameters and buffers to a GPU."""
        return self.to("cuda" if device is None else device)

    def type(self, dst_type: dtypes.dtype | str) -> Self:
        """Converts all parameters and buffers, floating or not."""
        return self._apply(lambda x: x.type(dst_type))

    def to_empty(self, *, device: str | Device | None, recurse: bool = True) -> Self:
        """Gives all parameters and buffers new memory, and does not say what is in it."""
        return self._apply(lambda x: empty_like(x, device=device), recurse)

    def share_memory(self) -> Self:
        """Puts all parameters and buffers where other processes can see them."""
        return self._apply(lambda x: x.share_memory_())


def _destination(args: tuple, kwargs: dict) -> tuple[Any, dtypes.dtype | None]:
    """The device and the dtype among the arguments of ``to``."""
    known = {"device", "dtype", "tensor", "non_blocking", "memory_format"}
    wrong = TypeError(
        f"to() takes a device, a dtype, a device and a dtype, or a tensor; got "
        f"{', '.join([*map(repr, args), *(f'{key}={value!r}' for key, value in kwargs.items())])}"
    )
    device, dtype = kwargs.get("device"), kwargs.get("dtype")
    tensor = kwargs.get("tensor")
    if set(kwargs) - known or not isinstance(dtype, (dtypes.dtype, type, type(None))):
        raise wrong
    rest = list(args)
    if rest and isinstance(rest[0], Tensor):
        tensor = rest.pop(0)
    elif rest and _is_dtype(rest[0]):
        dtype = rest.pop(0)
    elif rest:
        device = rest.pop(0)
        if rest and not isinstance(rest[0], bool):
            dtype = rest.pop(0)
    if not isinstance(device, (str, int, Device, type(None))) or isinstance(device, bool):
        raise wrong
    if not (dtype is None or _is_dtype(dtype)) or not all(isinstance(flag, bool) for flag in rest):
        raise wrong
    if len(rest) > 1:
        raise RuntimeError(".to() does not accept copy argument")
    if tensor is not None:
        return tensor.device, tensor.dtype
    return device, None if dtype is None else dtypes.as_dtype(dtype)


def _is_dtype(value: object) -> bool:
    return isinstance(value, dtypes.dtype) or value is float or value is int or value is bool

"""Tensors and modules taken apart for a file, under torch's names, and put together again.

What comes out of a file is believed in nothing: a tensor that reaches beyond its storage, or an
attribute that a module would trip over, is refused.
"""

from __future__ import annotations

import copyreg
import math
from collections import OrderedDict
from collections.abc import Callable
from pickle import PicklingError, UnpicklingError
from typing import Any

import numpy

from .. import devices, dtypes
from .._pickling import Global
from .._torch_names import PLACES, STORAGES
from .._unpickling import Machine
from ..autograd.variable import Variable, wrap
from ..storage import TypedStorage
from ..tensor import Size, Tensor
from .module import Module
from .parameter import Parameter

TENSOR = Global("torch._utils", "_rebuild_tensor_v2")
PARAMETER = Global("torch._utils", "_rebuild_parameter")
STATEFUL_PARAMETER = Global("torch._utils", "_rebuild_parameter_with_state")
STATEFUL_TENSOR = Global("torch._tensor", "_rebuild_from_type_v2")
LAYOUT = Global("torch.serialization", "_get_layout")
KINDS = {d: Global("torch", STORAGES[d]) for d in STORAGES}
UNTYPED = Global("torch.storage", "UntypedStorage")
_CLASSES = {
    Tensor: Global("torch", "Tensor"),
    Parameter: Global("torch.nn.parameter", "Parameter"),
    Size: Global("torch", "Size"),
    devices.device: Global("torch", "device"),
}
_INTERNAL = {"array", "__class__", *vars(Variable)}


# ---- apart --------------------------------------------------------------------------------------


def name_of(value: Any) -> Global | None:
    """What torch calls a class or a dtype of ours; None where it is neither."""
    if isinstance(value, dtypes.dtype):
        return Global("torch", value.name)
    if not isinstance(value, type):
        return None
    if value in _CLASSES:
        return _CLASSES[value]
    if not value.__module__.startswith("scratch."):
        return None
    if value.__name__ in PLACES:
        return Global(PLACES[value.__name__], value.__name__)
    raise PicklingError(f"{value.__name__} cannot be saved: torch has no such class in its files")


def reducer(kind: type) -> Callable | None:
    """What takes the objects of a class apart; None where Python knows how."""
    if issubclass(kind, Tensor):
        return _of_tensor
    if kind is Size:
        return lambda size: (_CLASSES[Size], (tuple(size),))
    if kind is dtypes.dtype:
        return lambda dtype: dtype.name
    if kind is devices.device:
        return _of_device
    if kind is devices.layout:
        return lambda layout: (LAYOUT, (repr(layout),))
    if kind is devices.memory_format:
        return _refused
    if issubclass(kind, Module) and kind.__reduce_ex__ is object.__reduce_ex__:
        return lambda module: (copyreg.__newobj__, (type(module),), _state(module))
    return None


def _of_device(device: devices.device) -> tuple:
    place = (device.type,) if device.index is None else (device.type, device.index)
    return _CLASSES[devices.device], place


def _refused(value: Any) -> tuple:
    raise TypeError(f"cannot pickle {value!r}: torch has no way to write a memory format")


def _of_tensor(x: Tensor) -> tuple:
    own = {key: value for key, value in x.__dict__.items() if key not in _INTERNAL}
    data = _walk(x, x.requires_grad and not isinstance(x, Parameter))
    if isinstance(x, Parameter):
        given = (Reduced(TENSOR, data), x.requires_grad, OrderedDict())
        return (STATEFUL_PARAMETER, (*given, own)) if own else (PARAMETER, given)
    if own or type(x) is not Tensor:
        return STATEFUL_TENSOR, (TENSOR, type(x), data, own)
    return TENSOR, data


def _walk(x: Tensor, requires_grad: bool) -> tuple:
    """The storage, and the walk through it."""
    array = x.array
    if any(step < 0 or step % array.itemsize for step in array.strides):
        array = array.copy()  # no walk that torch could take
        x = wrap(array)
    held = TypedStorage(wrap_storage=x.untyped_storage(), dtype=x.dtype)
    return held, x.storage_offset(), tuple(x.shape), x.stride(), requires_grad, OrderedDict()


class Reduced:
    """Something to be written as a call, that is an object nowhere here."""

    def __init__(self, function: Global, args: tuple):
        self.function, self.args = function, args

    def __reduce__(self) -> tuple:
        return self.function, self.args


def _state(module: Module) -> Any:
    for name, hooks in module.__dict__.items():
        if name.endswith("_hooks") and isinstance(hooks, dict) and hooks:
            raise PicklingError(
                f"a {type(module).__name__} has hooks ({name}), and functions are not saved: "
                f"remove them first, or save its state_dict()"
            )
    state = module.__getstate__()
    if isinstance(state, dict):
        for name, kind, made in _THEIRS:
            if name not in state and any(base.__name__ == kind for base in type(module).__mro__):
                state[name] = made(module)
    return state


def _both_sides(conv: Any) -> list[int]:
    """The padding before and after each dimension, the last one first."""
    if isinstance(conv.padding, str):
        same = conv.padding == "same"
        sizes = zip(conv.dilation, conv.kernel_size, strict=True)
        totals = [step * (n - 1) if same else 0 for step, n in sizes]
        return [side for n in reversed(totals) for side in (n // 2, n - n // 2)]
    return [n for n in reversed(conv.padding) for _ in range(2)]


# attributes that torch's modules have, and ours have no use for: name, class, value
_THEIRS: list[tuple[str, str, Callable]] = [
    *(
        ("_reversed_padding_repeated_twice", kind, _both_sides)
        for kind in ("Conv1d", "Conv2d", "Conv3d")
    ),
    *(("value", f"ZeroPad{n}d", lambda module: 0.0) for n in (1, 2, 3)),
]


# ---- together -----------------------------------------------------------------------------------


def rebuild(
    machine: Machine,
    held: TypedStorage,
    offset: int,
    size: tuple[int, ...],
    stride: tuple[int, ...],
    requires_grad: bool = False,
    hooks: Any = None,
    metadata: Any = None,
    dtype: dtypes.dtype | None = None,
) -> Tensor:
    """A tensor from its storage and the walk through it."""
    if type(held) is not TypedStorage or type(requires_grad) is not bool or hooks:
        raise UnpicklingError("a tensor is not made of a storage, sizes, strides and a flag")
    if metadata is not None and (type(metadata) is not dict or metadata):
        raise UnpicklingError(
            "a tensor is stored conjugated or negated, to be computed later: save its "
            "resolve_conj().resolve_neg()"
        )
    dtype = dtype if isinstance(dtype, dtypes.dtype) else held.dtype
    for numbers in (size, stride, (offset,)):
        if type(numbers) not in (tuple, Size, list) or not all(
            type(n) is int and 0 <= n < 1 << 62 for n in numbers
        ):
            raise UnpicklingError("a tensor's sizes and strides are no numbers, or no sizes")
    if len(size) != len(stride) or len(size) > 64 or math.prod(size) * dtype.itemsize >= 1 << 62:
        raise UnpicklingError(f"a tensor cannot have {len(size)} sizes and {len(stride)} strides")
    memory = held.untyped().bytes
    reach = sum((n - 1) * step for n, step in zip(size, stride, strict=True)) + 1
    if 0 in size:
        offset = reach = 0
        stride = tuple(min(step, 1 << 30) for step in stride)
    if (offset + reach) * dtype.itemsize > len(memory):
        raise UnpicklingError(
            f"a tensor reaches beyond its storage: sizes {list(size)[:8]}, strides "
            f"{list(stride)[:8]} and offset {offset} in {len(memory)} bytes"
        )
    if requires_grad and not dtype.is_floating_point:
        raise UnpicklingError(f"a tensor of {dtype} cannot require a gradient")
    steps = tuple(step * dtype.itemsize for step in stride)
    y = object.__new__(Tensor)
    y.array = numpy.ndarray(tuple(size), dtype.numpy, memory, offset * dtype.itemsize, steps)
    y._requires_grad = requires_grad
    return y


def rebuild_parameter(
    machine: Machine, data: Tensor, requires_grad: bool = True, hooks: Any = None, state: Any = ()
) -> Parameter:
    """A parameter from a tensor."""
    if not isinstance(data, Tensor) or type(requires_grad) is not bool or hooks:
        raise UnpicklingError("a parameter is not made of a tensor and a flag")
    if requires_grad and not data.is_floating_point():
        raise UnpicklingError(f"a parameter of {data.dtype} cannot require a gradient")
    return with_attributes(machine, Parameter(data, requires_grad), state)


def rebuild_of_type(machine: Machine, function: Any, kind: type, args: tuple, state: Any) -> Tensor:
    """A tensor with attributes of its own."""
    if function is not rebuild or not isinstance(kind, type) or not issubclass(kind, Tensor):
        raise UnpicklingError("a tensor of another type is not made as such are")
    x = rebuild(machine, *args)
    if kind is not Tensor:
        x.__class__ = kind
    return with_attributes(machine, x, state)


def with_attributes(machine: Machine, x: Any, state: Any) -> Any:
    """Hangs attributes on an object, none of which is the library's own."""
    if state in ((), None):
        return x
    if type(state) is tuple and len(state) == 2 and state[1] is None:
        (state, _) = state
    if not isinstance(state, dict) or not all(type(name) is str for name in state):
        raise UnpicklingError("an object's attributes are no dictionary of names")
    if isinstance(x, Tensor) and not _INTERNAL.isdisjoint(state):
        raise UnpicklingError("a tensor's own parts are not to be set from a file")
    machine.spend(len(state))
    x.__dict__.update(state)
    return x


def rebuild_module(machine: Machine, module: Module, state: Any) -> None:
    """Gives a module its attributes, as long as they are what a module has."""
    if not isinstance(state, dict) or not all(type(name) is str for name in state):
        raise UnpicklingError("a module's attributes are no dictionary of names")
    for name, kind in (("_parameters", Parameter), ("_modules", Module), ("_buffers", Tensor)):
        members = state.get(name, {})
        if not isinstance(members, dict) or not all(
            type(key) is str and (value is None or isinstance(value, kind))
            for key, value in members.items()
        ):
            raise UnpicklingError(f"a module's {name} are something else")
        machine.spend(len(members))
    for name, value in state.items():
        is_hooks = name.endswith("_hooks")
        if is_hooks and (value or not isinstance(value, dict)):
            raise UnpicklingError("a module has hooks, and functions are not loaded")
        if name == "_non_persistent_buffers_set" and type(value) is not set:
            raise UnpicklingError(f"a module's {name} is something else")
    machine.spend(len(state))
    Module.__init__(module)
    module.__setstate__(dict(state))

"""What a file may name, and what is done then: the list that ``load`` goes by.

A name on it stands for one of the functions below, which look at what they are given: a set is made
of a list, not of whatever can be iterated over for ever.
"""

from __future__ import annotations

from collections import Counter, OrderedDict, defaultdict
from pickle import UnpicklingError
from typing import Any

import numpy

from .. import devices, dtypes
from .._torch_names import PLACES, STORAGES
from .._unpickling import Allowed, Machine
from ..ops._held import Kind
from ..tensor import Size, Tensor
from ._saving import (
    rebuild,
    rebuild_module,
    rebuild_of_type,
    rebuild_parameter,
    with_attributes,
)
from .module import Module
from .parameter import Parameter


def _check(fits: bool, what: str) -> None:
    if not fits:
        raise UnpicklingError(f"it makes a {what} of something else than {what}s are made of")


def _encode(machine: Machine, text: str, encoding: str) -> bytes:
    _check(type(text) is str and encoding in ("latin1", "latin-1"), "byte string")
    machine.spend(len(text))
    return text.encode("latin1")


def _bytearray(machine: Machine, data: bytes = b"") -> bytearray:
    _check(type(data) is bytes, "bytearray")
    machine.spend(len(data))
    return bytearray(data)


def _copied(machine: Machine, items: Any, what: str) -> list:
    """Items that may be keys, about to be copied into something of which they are."""
    _check(type(items) in (list, tuple), what)
    machine.spend(len(items))
    return [machine.key(item) for item in items]


def _complex(machine: Machine, real: float, imag: float) -> complex:
    _check(type(real) is float and type(imag) is float, "complex number")
    return complex(real, imag)


def _ordered(machine: Machine, pairs: list = []) -> OrderedDict:  # noqa: B006  (never changed)
    _check(type(pairs) in (list, tuple), "dictionary")
    machine.spend(len(pairs))
    for pair in pairs:
        _check(type(pair) in (list, tuple) and len(pair) == 2, "dictionary")
    return OrderedDict((machine.key(key), value) for key, value in pairs)


def _counter(machine: Machine, counts: dict | None = None) -> Counter:
    counts = {} if counts is None else counts
    _check(type(counts) is dict, "counter")
    machine.spend(len(counts))
    return Counter(counts)


def _default(machine: Machine, factory: Any = None) -> defaultdict:
    known = (None, dict, list, set, int, float, str, OrderedDict)
    _check(any(factory is each for each in known), "default dictionary")
    return defaultdict(factory)


def _slice(machine: Machine, *ends: int | None) -> slice:
    plain = (int, float, str, type(None), numpy.generic)  # slices of slices crash Python
    _check(all(isinstance(end, plain) for end in ends), "slice")
    return slice(*ends)


def _size(machine: Machine, sizes: tuple) -> Size:
    _check(type(sizes) in (tuple, list) and all(type(n) is int for n in sizes), "size")
    machine.spend(len(sizes))
    return Size(sizes)


def _device(machine: Machine, type_: str, index: int | None = None) -> devices.device:
    _check(type(type_) is str and (index is None or type(index) is int), "device")
    try:
        return devices.device(type_, index)
    except RuntimeError as error:
        raise UnpicklingError(str(error)) from None


def _layout(machine: Machine, name: str) -> devices.layout:
    layouts = {repr(layout): layout for layout in (devices.strided, devices.sparse_coo)}
    _check(type(name) is str and name in layouts, "layout")
    return layouts[name]


def _rebuild3(machine: Machine, held: Any, offset: int, size: tuple, stride: tuple, *rest: Any):
    requires_grad, hooks, dtype, metadata = rest if len(rest) == 4 else (*rest, None)
    return rebuild(machine, held, offset, size, stride, requires_grad, hooks, metadata, dtype)


def _dtype_of_numpy(machine: Machine, name: str, align: bool, copy: bool) -> numpy.dtype:
    dtype = numpy.dtype(name) if type(name) is str and len(name) <= 4 else None
    _check(dtype is not None and dtype.kind in "biufc", "NumPy dtype")
    return dtype


def _byte_order(machine: Machine, dtype: numpy.dtype, state: tuple) -> None:
    _check(type(state) is tuple and len(state) > 1 and state[1] in ("<", "|", "="), "NumPy dtype")


def _scalar(machine: Machine, dtype: numpy.dtype, data: bytes) -> Any:
    _check(isinstance(dtype, numpy.dtype) and type(data) is bytes, "NumPy number")
    return numpy.frombuffer(data, dtype, 1)[0]


def _array(machine: Machine, kind: type, shape: tuple, typecode: bytes) -> numpy.ndarray:
    _check(kind is numpy.ndarray and shape == (0,), "NumPy array")
    return numpy.empty(0, numpy.uint8)


def _filled(machine: Machine, array: numpy.ndarray, state: tuple) -> None:
    _check(type(state) is tuple and len(state) == 5, "NumPy array")
    _, shape, dtype, by_column, data = state
    _check(
        isinstance(dtype, numpy.dtype)
        and dtype.kind in "biufc"
        and type(data) is bytes
        and type(shape) is tuple
        and all(type(n) is int and n >= 0 for n in shape),
        "NumPy array",
    )
    machine.spend(len(data))
    array.__setstate__((1, shape, dtype, bool(by_column), data))


def _parameter(machine: Machine, *given: Any) -> Parameter:
    return rebuild_parameter(machine, *given)


def _mapping(kind: type) -> Allowed:
    return Allowed(kind, call=_ordered, build=_with_metadata)


def _with_metadata(machine: Machine, target: OrderedDict, state: dict) -> None:
    with_attributes(machine, target, state)


def _named(name: str) -> Allowed:
    return Allowed(getattr(dtypes, name))


_REBUILD = Allowed(rebuild, call=rebuild)

ALWAYS = {
    "collections.OrderedDict": _mapping(OrderedDict),
    "collections.Counter": Allowed(Counter, call=_counter),
    "torch.nn.parameter.Parameter": Allowed(Parameter, call=_parameter, new=_parameter),
    "torch.serialization._get_layout": Allowed(_layout, call=_layout),
    "torch.Size": Allowed(Size, call=_size),
    "torch.Tensor": Allowed(Tensor),
    "torch.device": Allowed(devices.device, call=_device),
    "_codecs.encode": Allowed(_encode, call=_encode),
    "builtins.bytes": Allowed(bytes, call=lambda m: b""),  # how protocol 2 writes b""
    "builtins.bytearray": Allowed(bytearray, call=_bytearray),
    "builtins.set": Allowed(set, call=lambda m, items=(): set(_copied(m, items, "set"))),
    "builtins.complex": Allowed(complex, call=_complex, new=_complex),
    "torch._utils._rebuild_tensor_v2": _REBUILD,
    "torch._utils._rebuild_tensor_v3": Allowed(_rebuild3, call=_rebuild3),
    "torch._utils._rebuild_parameter": Allowed(rebuild_parameter, call=rebuild_parameter),
    "torch._utils._rebuild_parameter_with_state": Allowed(_parameter, call=_parameter),
    "torch._tensor._rebuild_from_type_v2": Allowed(rebuild_of_type, call=rebuild_of_type),
    "torch.storage.UntypedStorage": Allowed(Kind(dtypes.uint8)),
    **{f"torch.{name}": _named(name) for name in vars(dtypes) if name in repr(vars(dtypes)[name])
       and isinstance(vars(dtypes)[name], dtypes.dtype) and name != "longdouble"},
    **{f"torch.{kind}": Allowed(Kind(getattr(dtypes, d))) for d, kind in STORAGES.items()},
}  # fmt: skip

# what else is harmless, for those who ask with weights_only=False
OTHERWISE = {
    "builtins.frozenset": Allowed(
        frozenset, call=lambda m, items=(): frozenset(_copied(m, items, "frozenset"))
    ),
    "builtins.slice": Allowed(slice, call=_slice),
    "builtins.range": Allowed(range, call=lambda m, *ends: range(*ends)),
    **{f"builtins.{kind.__name__}": Allowed(kind) for kind in (dict, list, int, float, str)},
    "collections.defaultdict": Allowed(defaultdict, call=_default),
    "numpy.dtype": Allowed(numpy.dtype, call=_dtype_of_numpy),
    "numpy.ndarray": Allowed(numpy.ndarray, build=_filled),
    "numpy._core.multiarray.scalar": Allowed(_scalar, call=_scalar),
    "numpy.core.multiarray.scalar": Allowed(_scalar, call=_scalar),
    "numpy._core.multiarray._reconstruct": Allowed(_array, call=_array),
    "numpy.core.multiarray._reconstruct": Allowed(_array, call=_array),
}

# the types of NumPy's dtypes, which say in which order their bytes are
NUMPY = [Allowed(type(numpy.dtype(c)), build=_byte_order) for c in "?bhilqBHILQefdFD"]


def as_module(kind: type) -> Allowed:
    """A class of modules: its objects are made without ``__init__``, and given their members."""

    def new(machine: Machine) -> Any:
        return kind.__new__(kind)

    return Allowed(kind, new=new, build=rebuild_module)


def as_optimizer(kind: type) -> Allowed:
    """A class of optimizers: its objects are given groups and state, without ``__init__``."""

    def build(machine: Machine, target: Any, state: Any) -> None:
        parts = [("defaults", dict), ("state", dict), ("param_groups", list)]
        if not isinstance(state, dict) or not all(
            isinstance(state.get(name), part) for name, part in parts
        ):
            raise UnpicklingError("an optimizer's attributes are something else")
        for group in state["param_groups"]:
            params = group.get("params") if isinstance(group, dict) else None
            if type(params) is not list or not all(isinstance(p, Tensor) for p in params):
                raise UnpicklingError("an optimizer's parameters are no list of tensors")
        for kept in state["state"].values():
            if not isinstance(kept, dict) or type(kept.get("step", 0)) not in (int, float, Tensor):
                raise UnpicklingError("what an optimizer keeps is something else")
        target.__setstate__({name: state[name] for name, _ in parts})

    return Allowed(kind, new=lambda machine: kind.__new__(kind), build=build)


def as_object(value: Any) -> Allowed:
    """A class or function that the caller has allowed: Python's own rules hold for it."""

    def call(machine: Machine, *args: Any) -> Any:
        return value(*args)

    def new(machine: Machine, *args: Any) -> Any:
        return value.__new__(value, *args)

    def build(machine: Machine, target: Any, state: Any) -> None:
        if hasattr(target, "__setstate__"):
            target.__setstate__(state)
            return
        slots = None
        if type(state) is tuple and len(state) == 2:
            state, slots = state
        with_attributes(machine, target, state)
        for name, item in (slots or {}).items():
            setattr(target, name, item)

    return Allowed(value, call=call, new=new, build=build)


def class_of_module(name: str, layers: dict[str, Any]) -> Allowed | None:
    """A layer of ours that stands for one of torch's."""
    place, _, last = name.rpartition(".")
    kind = layers.get(last)
    if PLACES.get(last) != place or not isinstance(kind, type) or not issubclass(kind, Module):
        return None
    return as_module(kind)

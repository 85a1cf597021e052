"""What all functions that make tensors share: their options, and ``out=``."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable

import numpy

from .. import devices, dtypes
from .._arguments import check_device
from .._data import scalar
from .._formats import laid_out
from ..autograd.grad_mode import mode
from ..autograd.variable import wrap
from ..tensor import Tensor

Device = devices.device | str | int | None

_OPTIONS = {
    "out": None,
    "dtype": None,
    "layout": None,
    "device": None,
    "pin_memory": False,
    "requires_grad": False,
}


def makes_tensors(function: Callable) -> Callable:
    """Makes of a function that returns an array one that returns a tensor, with torch's options.

    The function is given ``dtype=`` as a dtype or None. What it need not know of is ``out``, the
    tensor to write to; ``layout``, ``device`` and ``pin_memory``, which have one value each here;
    and ``requires_grad``.
    """
    name = function.__name__

    @functools.wraps(function)
    def form(
        *args,
        out=None,
        dtype=None,
        layout=None,
        device=None,
        pin_memory=False,
        requires_grad=False,
        **rest,
    ):
        if device is not None or not _usual(layout, pin_memory, requires_grad):
            check_options(name, layout, device, pin_memory, requires_grad)
        if out is not None:
            return _written(name, function, out, dtype, requires_grad, args, rest)
        if dtype is not None:
            dtype = dtypes.as_dtype(dtype)
        return made(function(*args, dtype=dtype, **rest), requires_grad)

    form.__signature__ = _with_options(inspect.signature(function), _OPTIONS)
    return form


def makes_alike(function: Callable) -> Callable:
    """Makes of a function that returns a number one that returns a tensor full of it.

    The tensor is like the first argument in what the options do not say otherwise. Where the
    function returns None, the memory is left as it was.
    """
    name = function.__name__

    @functools.wraps(function)
    def form(
        input,
        *args,
        dtype=None,
        layout=None,
        device=None,
        pin_memory=False,
        requires_grad=False,
        memory_format=None,
        **rest,
    ):
        if not isinstance(input, Tensor):
            raise TypeError(
                f"{name}(): argument 'input' must be Tensor, not {type(input).__name__}"
            )
        check_options(name, layout, device, pin_memory, requires_grad)
        value = function(input, *args, **rest)
        kind = input.array.dtype if dtype is None else dtypes.as_dtype(dtype).numpy
        array = laid_out(input.array, memory_format, kind)
        if value is not None:
            array[...] = scalar(value, kind)
        return made(array, requires_grad)

    options = {**_OPTIONS, "memory_format": None}
    del options["out"]
    form.__signature__ = _with_options(inspect.signature(function), options)
    return form


def _usual(layout, pin_memory: bool, requires_grad: bool) -> bool:
    """Whether there is nothing to check."""
    plain = layout is None and pin_memory is False and type(requires_grad) is bool
    return plain and devices._chosen[-1] is devices.cpu


def check_options(name: str, layout, device, pin_memory: bool, requires_grad: bool) -> None:
    """Raises where an option asks for what is not there."""
    check_device(device)
    if layout is not None and layout is not devices.strided:
        raise RuntimeError(f"{name}(...) makes tensors of the layout torch.strided, not {layout}")
    if pin_memory:
        raise RuntimeError(
            "pin_memory=True requires a CUDA or other accelerator backend: without a GPU there is "
            "nothing to pin memory for"
        )
    if requires_grad is not False and requires_grad is not True:
        raise TypeError(
            f"{name}(): argument 'requires_grad' must be bool, not {type(requires_grad).__name__}"
        )


def made(array: numpy.ndarray, requires_grad: bool = False) -> Tensor:
    """A new tensor, which belongs to the mode it was made in."""
    y = wrap(array)
    if requires_grad:
        y.requires_grad_()
    if mode.inference:
        y._inference = True
    return y


def stored_as(dtype: dtypes.dtype | None) -> numpy.dtype:
    """The NumPy dtype of a new tensor's numbers."""
    return (dtypes.get_default_dtype() if dtype is None else dtypes.as_dtype(dtype)).numpy


def check_out(name: str, out: Tensor, dtype: dtypes.dtype | None) -> None:
    """Raises unless a new tensor's numbers can be written to this one."""
    if not isinstance(out, Tensor):
        raise TypeError(f"{name}(): argument 'out' must be Tensor, not {type(out).__name__}")
    if out.requires_grad and mode.enabled:
        raise RuntimeError(
            f"{name}(): functions with out=... arguments don't support automatic differentiation, "
            f"but this out requires grad: leave out= away, or write to a detach() of it"
        )
    if dtype is not None and dtypes.as_dtype(dtype) is not out.dtype:
        raise RuntimeError(f"dtype {dtype} does not match dtype of out parameter ({out.dtype})")


def _written(name, function, out, dtype, requires_grad, args, rest) -> Tensor:
    check_out(name, out, dtype)
    array = function(*args, dtype=out.dtype, **rest)
    out.check_in_place()
    if name == "empty" and array.shape == out.array.shape:
        pass
    elif array.shape == out.array.shape:
        out.array[...] = array
        out._changes.bump("out=")
    else:
        out.array = array
        out._changes.bump("out=")
    return out.requires_grad_() if requires_grad else out


def _with_options(signature: inspect.Signature, options: dict) -> inspect.Signature:
    """The signature, and the options as keywords."""
    bare = [p for p in signature.parameters.values() if p.name != "dtype"]
    added = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default)
        for name, default in options.items()
    ]
    return signature.replace(parameters=[*bare, *added], return_annotation="Tensor")

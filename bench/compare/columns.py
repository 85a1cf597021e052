"""The columns as the comparison sees them, and the arguments it hands to each."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import numpy as np
import torch

from bench.compare import arrays

__all__ = ["Column", "Inputs", "constant", "scratch_column", "torch_column"]


@dataclass(frozen=True)
class Column:
    """How to get arrays into and out of a column. All else has the same names in every column."""

    name: str
    module: ModuleType
    wrap: Callable[[np.ndarray], Any]  # a tensor that shares the array's memory
    array: Callable[[Any], np.ndarray]  # and back
    any_array: bool = False  # computes with every NumPy dtype, longdouble included

    def is_tensor(self, value: Any) -> bool:
        return isinstance(value, self.module.Tensor)


@functools.cache
def torch_column(name: str = "torch") -> Column:
    """Tensors of torch; the twin's are of the same class, so it differs in its name only."""
    return Column(name, torch, torch.from_numpy, lambda tensor: tensor.numpy(force=True))


@functools.cache
def scratch_column() -> Column:
    """Tensors of scratch."""
    import scratch
    from scratch.tensor import wrap

    return Column("scratch", scratch, wrap, lambda tensor: tensor.array, any_array=True)


class constant:
    """An array that becomes a tensor without requires_grad."""

    def __init__(self, array: Any) -> None:
        self.array = np.asarray(array)


class Inputs:
    """The arguments of a call, and the arrays found in them under names such as "input 0"."""

    def __init__(self, args: tuple, kwargs: dict[str, Any], gradients: bool = True) -> None:
        self.args = args
        self.kwargs = kwargs
        self.gradients = gradients
        self.arrays: dict[str, np.ndarray] = {}
        self._walk(lambda label, array, grad: self.arrays.setdefault(label, array), None)
        floats = [array.dtype for array in self.arrays.values() if array.dtype.kind == "f"]
        self.widest = max(floats, key=lambda dtype: dtype.itemsize, default=np.dtype(np.float32))

    def bind(
        self, column: Column, convert: Callable[[np.ndarray], np.ndarray] | None = None
    ) -> tuple[list, dict[str, Any], dict[str, Any]]:
        """Fresh tensors of a column: arguments, keyword arguments, and the tensors by name.

        `convert` is applied to floating arrays on the way.
        """
        tensors: dict[str, Any] = {}

        def make(label: str, array: np.ndarray, requires_grad: bool) -> Any:
            fresh = arrays.copy(array)
            if convert is not None and array.dtype.kind == "f":
                fresh = np.asarray(convert(fresh))
            tensors[label] = column.wrap(fresh)
            return tensors[label].requires_grad_() if requires_grad else tensors[label]

        args, kwargs = self._walk(make, column)
        return args, kwargs, tensors

    def _walk(self, visit: Callable, column: Column | None) -> tuple[list, dict[str, Any]]:
        def walk(label: str, value: Any) -> Any:
            if isinstance(value, constant):
                return visit(label, value.array, False)
            if isinstance(value, np.ndarray):
                return visit(label, value, self.gradients and value.dtype.kind == "f")
            if isinstance(value, np.dtype) and column is not None:
                return getattr(column.module, value.name)
            if type(value) in (list, tuple):
                return type(value)(walk(f"{label}[{i}]", each) for i, each in enumerate(value))
            if type(value) is dict:
                return {key: walk(f"{label}[{key!r}]", each) for key, each in value.items()}
            return value

        args = [walk(f"input {i}", value) for i, value in enumerate(self.args)]
        return args, {name: walk(name, value) for name, value in self.kwargs.items()}

    def __str__(self) -> str:
        """The arguments in words: ``float32 (3, 4) transposed, float32 (4,), dim=1``."""
        args, kwargs = self._walk(lambda label, array, grad: _Words(array), None)
        return ", ".join([*map(repr, args), *(f"{name}={kwargs[name]!r}" for name in kwargs)])


class _Words:
    """Stands for an array in an argument list that is about to be printed."""

    def __init__(self, array: np.ndarray) -> None:
        self.array = array

    def __repr__(self) -> str:
        return arrays.describe(self.array)

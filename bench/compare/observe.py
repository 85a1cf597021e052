"""One run of a computation in one column, and all that can be seen of it from outside."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from bench.compare import arrays
from bench.compare.columns import Column, Inputs

__all__ = ["Item", "Observation", "Plan", "observe", "same_bits"]

Convert = Callable[[np.ndarray], np.ndarray]
Relayout = Callable[[np.ndarray], np.ndarray | None]


@dataclass(frozen=True)
class Plan:
    """What all columns' runs have in common."""

    seed: int = 0  # of the cotangents
    second: bool = False  # double backward too
    relayout: Relayout | None = None  # of the first backward's cotangents


@dataclass
class Item:
    """One tensor, or a Python number, as it was seen."""

    array: np.ndarray | None  # None: a gradient that is None
    dtype: str
    precision: np.dtype = np.dtype(np.float32)  # whose eps errors are counted in
    traits: str = ""  # what else must be as in torch


@dataclass
class Observation:
    """What one column's run let us see, by label: "output", "gradient of input 0", ..."""

    column: str
    structure: str = ""
    items: dict[str, Item] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)  # what comparing values does not show
    shared: set[str] = field(default_factory=set)  # gradients that lie in the same memory

    def stopped_before(self, label: str) -> bool:
        """Whether a problem elsewhere kept the run from getting as far as this label."""
        return bool(self.problems) and label not in self.items and label not in self.problems


def observe(
    column: Column,
    function: Callable,
    inputs: Inputs,
    plan: Plan,
    like: Observation | None = None,
    convert: Convert | None = None,
) -> Observation:
    """Runs a computation forward and, if its outputs are like torch's, backward.

    Args:
        like: what torch's built-in did. The outputs' structure, dtypes and shapes must be the same,
            or there is nothing that the same cotangents could be sent through.
        convert: casts floating inputs and cotangents, for a reference in another dtype. Then dtypes
            may differ from `like`'s.
    """
    seen = Observation(column.name)
    try:
        _Run(column, inputs, plan, like, convert, seen).all(function)
    except Exception as error:
        error.add_note(f"raised by {column.name} in {function!r} of {inputs}")
        raise
    return seen


@dataclass
class _Run:
    column: Column
    inputs: Inputs
    plan: Plan
    like: Observation | None
    convert: Convert | None
    seen: Observation

    def all(self, function: Callable) -> None:
        tensors, outputs = self.forward(function)
        if not self.seen.problems and self.inputs.gradients:
            self.backward(tensors, outputs)
        self.look_at_inputs(tensors)
        if self.plan.second and not self.seen.problems and self.roots(outputs):
            tensors, outputs = self.forward(function)
            self.double_backward(tensors, outputs)

    def forward(self, function: Callable) -> tuple[dict[str, Any], dict[str, Any]]:
        args, kwargs, tensors = self.inputs.bind(self.column, self.convert)
        result = function(*args, **kwargs)
        self.seen.structure = _structure(result, self.column)
        outputs = dict(_leaves(result, self.column, "output"))
        if self.like is not None and self.seen.structure != self.like.structure:
            self.seen.problems["output"] = (
                f"{self.column.name} returns {self.seen.structure}, "
                f"torch returns {self.like.structure}"
            )
            return tensors, {}
        for label, value in outputs.items():
            self.look(label, value, tensors)
        return tensors, outputs

    def look(self, label: str, value: Any, tensors: dict[str, Any]) -> None:
        """Notes an output; a problem where it cannot be told apart by its values."""
        if value is None:
            return
        if not self.column.is_tensor(value):
            kind = type(value).__name__
            plain = value if isinstance(value, bool | int | float) else str(value)
            self.seen.items[label] = Item(np.asarray(plain), kind, self.inputs.widest)
            return
        array = self.column.array(value)
        item = self.seen.items[label] = Item(array, str(value.dtype), array.dtype)
        homes = [name for name, tensor in tensors.items() if self.overlap(array, tensor)]
        item.traits = f"requires_grad={value.requires_grad}" + "".join(
            f", in the memory of {home}" for home in homes
        )
        if self.like is None or self.convert is not None:
            return
        expected = self.like.items[label]
        if (item.dtype, array.shape) != (expected.dtype, expected.array.shape):
            self.seen.problems[label] = (
                f"{self.column.name} returns {item.dtype} {array.shape}, "
                f"torch returns {expected.dtype} {expected.array.shape}"
            )
        elif item.traits != expected.traits:
            self.seen.problems[label] = (
                f"{self.column.name} returns a tensor with {item.traits}, "
                f"torch one with {expected.traits}"
            )

    def overlap(self, array: np.ndarray, tensor: Any) -> bool:
        return array.size > 0 and np.may_share_memory(array, self.column.array(tensor))

    def roots(self, outputs: dict[str, Any]) -> dict[str, Any]:
        is_root = self.column.is_tensor
        return {k: v for k, v in outputs.items() if is_root(v) and v.requires_grad}

    def cotangents(
        self, roots: dict[str, Any], start: int = 0, relayout: Relayout | None = None
    ) -> dict[str, Any]:
        """Random numbers of each root's dtype, the same in every column."""
        made = {}
        for number, (label, root) in enumerate(roots.items(), start):
            shape, dtype = root.shape, self.column.array(root).dtype
            rng = np.random.default_rng([self.plan.seed, number])
            dy = np.asarray(rng.standard_normal(tuple(shape)))
            known = self.like.items.get(label) if self.like is not None else None
            dy = dy.astype(known.precision if known is not None else dtype)
            if relayout is not None:
                dy = arrays.copy(_or(relayout(dy), dy))
            dy = dy if self.convert is None else np.asarray(self.convert(dy))
            made[label] = self.column.wrap(dy)
        return made

    def backward(self, tensors: dict[str, Any], outputs: dict[str, Any]) -> None:
        roots = self.roots(outputs)
        cotangents = self.cotangents(roots, relayout=self.plan.relayout)
        before = {label: self.column.array(dy).copy() for label, dy in cotangents.items()}
        if roots:
            self.column.module.autograd.backward(list(roots.values()), list(cotangents.values()))
        for label, dy in cotangents.items():
            if not same_bits(self.column.array(dy), before[label]):
                self.seen.problems[f"cotangent of {label}"] = (
                    f"{self.column.name} overwrote the gradient it was given"
                )
        found = {}
        for name, tensor in tensors.items():
            if not tensor.requires_grad or not (roots or tensor.grad is not None):
                continue
            label = f"gradient of {name}"
            self.look_at_gradient(label, tensor.grad, tensor)
            if tensor.grad is not None:
                found[label] = self.column.array(tensor.grad)
        self.look_for_shared_memory(found)

    def look_at_gradient(self, label: str, grad: Any, tensor: Any) -> None:
        if grad is None:
            self.seen.items[label] = Item(None, str(tensor.dtype))
            return
        array = self.column.array(grad)
        self.seen.items[label] = Item(array, str(grad.dtype), array.dtype)

    def look_for_shared_memory(self, found: dict[str, np.ndarray]) -> None:
        """Whoever changes a `.grad` in place, as optimizers do, must change that one only."""
        name = self.column.name
        for label, array in found.items():
            steps = zip(array.shape, array.strides, strict=True)
            if array.size and (
                not array.flags.writeable or any(n > 1 and s == 0 for n, s in steps)
            ):
                self.seen.shared.add(label)
                if self.like is not None and label not in self.like.shared:
                    self.seen.problems[label] = f"{name}'s gradient cannot be changed in place"
        for (label, array), (other, another) in itertools.combinations(found.items(), 2):
            if array.size and np.may_share_memory(array, another):
                self.seen.shared.add(f"{label}, {other}")
                if self.like is not None and f"{label}, {other}" not in self.like.shared:
                    self.seen.problems[label] = f"{name} put it in the memory of the {other}"

    def look_at_inputs(self, tensors: dict[str, Any]) -> None:
        """An input that was changed in place is an output, too."""
        for name, original in self.inputs.arrays.items():
            array = self.column.array(tensors[name])
            if self.convert is not None and original.dtype.kind == "f":
                original = self.convert(original)
            if not same_bits(array, original):
                label = f"{name} afterwards"
                self.seen.items[label] = Item(array, str(tensors[name].dtype), array.dtype)
                if self.like is not None and label not in self.like.items:
                    self.seen.problems[label] = (
                        f"{self.column.name} changed its {name} in place, torch does not"
                    )

    def double_backward(self, tensors: dict[str, Any], outputs: dict[str, Any]) -> None:
        roots = self.roots(outputs)
        wanted = {name: tensor for name, tensor in tensors.items() if tensor.requires_grad}
        cotangents = {k: dy.requires_grad_() for k, dy in self.cotangents(roots).items()}
        grad = self.column.module.autograd.grad
        lists = [list(each.values()) for each in (roots, wanted, cotangents)]
        first = grad(*lists, create_graph=True, allow_unused=True)
        live = {}
        for (name, tensor), dx in zip(wanted.items(), first, strict=True):
            label = f"gradient of {name}, with create_graph"
            self.look_at_gradient(label, dx, tensor)
            if dx is not None and dx.requires_grad:
                live[label] = dx
        wanted |= {f"the cotangent of {label}": dy for label, dy in cotangents.items()}
        second = [None] * len(wanted)
        if live:
            dys = self.cotangents(live, start=1000)
            lists = [list(each.values()) for each in (live, wanted, dys)]
            second = grad(*lists, allow_unused=True)
        for (name, tensor), ddx in zip(wanted.items(), second, strict=True):
            # Where nothing depends on an input some write None and some zeros. Both are right.
            label = f"second gradient of {name}"
            if ddx is None:
                array = np.zeros_like(self.column.array(tensor))
                self.seen.items[label] = Item(array, str(tensor.dtype), array.dtype)
            else:
                self.look_at_gradient(label, ddx, tensor)


def same_bits(array: np.ndarray, other: np.ndarray) -> bool:
    """Whether two arrays hold the very same numbers, whatever their layout."""
    if array.dtype == np.longdouble and array.itemsize > 8:  # some of its bytes are padding
        return np.array_equal(array, other, equal_nan=True)
    return array.shape == other.shape and array.tobytes() == other.tobytes()


def _or(array: np.ndarray | None, otherwise: np.ndarray) -> np.ndarray:
    return otherwise if array is None else array


def _structure(value: Any, column: Column) -> str:
    """``(Tensor, Tensor)``, ``[int, Tensor]``, ..."""
    if column.is_tensor(value):
        return "Tensor"
    if isinstance(value, tuple):
        return f"({', '.join(_structure(each, column) for each in value)})"
    if isinstance(value, list):
        return f"[{', '.join(_structure(each, column) for each in value)}]"
    if isinstance(value, dict):
        pairs = (f"{key!r}: {_structure(each, column)}" for key, each in value.items())
        return f"{{{', '.join(pairs)}}}"
    return type(value).__name__


def _leaves(value: Any, column: Column, label: str) -> Iterator[tuple[str, Any]]:
    """The tensors and plain values in an output, with their names."""
    if column.is_tensor(value):
        yield label, value
    elif isinstance(value, tuple | list):
        for i, each in enumerate(value):
            yield from _leaves(each, column, f"{label}[{i}]")
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from _leaves(each, column, f"{label}[{key!r}]")
    else:
        yield label, value

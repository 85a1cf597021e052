"""In-place operations, views, and how the graph stays true to both.

An in-place operation is the ordinary one whose result is then written over its operand: the tensor
takes over the result's place in the graph, and its version counter goes up.

A *view* shares its base's memory, so writing to one changes both. The base then becomes the result of
``CopySlices``: everything it held before, but for the part that was written. Every view of it is
made anew, from the base as it is now, when somebody next asks for the view's history.
"""

from __future__ import annotations

import numpy

from ..dtypes import can_cast
from .function import Node, Rule, namespace
from .grad_mode import _Switch, mode
from .variable import Variable, wrap

__all__ = ["ViewRule", "write_over"]


class ViewRule(Rule):
    """A rule whose result shares memory with its first argument."""

    @classmethod
    def apply(cls, x: Variable, *args) -> Variable:
        """As ``Rule.apply``; the result also remembers how it was made."""
        y = super().apply(x, *args)
        y._version_counter = x._changes
        y._inference = x._inference
        y._base = x if x._base is None else x._base
        y._view = View(cls, args, x._view, mode.enabled, x._changes.count)
        return y


class View:
    """How a tensor is seen in its base: the chain of view operations that leads to it."""

    __slots__ = ("args", "parent", "recorded", "rule", "version")

    def __init__(self, rule, args: tuple, parent: View | None, recorded: bool, version: int):
        self.rule, self.args, self.parent = rule, args, parent
        self.recorded = recorded and (parent is None or parent.recorded)
        self.version = version  # of the memory, when the view's history was last true

    def of(self, base: Variable) -> Variable:
        """The same view of another tensor."""
        return self.rule.apply(base if self.parent is None else self.parent.of(base), *self.args)

    def refresh(self, x: Variable) -> None:
        """Brings the history of ``x`` up to date, if its base was written to since."""
        if self.version == x._changes.count:
            return
        self.version = x._changes.count
        if self.recorded and x._base._node is not None:
            with _Switch(True):
                x._node, x._requires_grad = self.of(x._base)._node, True


class CopySlices(Node):
    """``base`` after ``part`` was written into one view of it.

    What was written gets the view's share of dy. What the base held before gets the rest, and zero
    where it was overwritten.
    """

    def __init__(self, base: Variable, view: View, part: Variable):
        self.view = view
        self._enter_graph([_target(base), _target(part)])

    def name(self) -> str:
        return "CopySlices"

    def run(self, dy) -> tuple:
        recorded = isinstance(dy, Variable)
        dbase = dy.clone() if recorded else wrap(dy.copy())
        hole = self.view.of(dbase)
        write_over(hole, wrap(numpy.zeros_like(hole.array)), "CopySlices")
        dpart = self.view.of(dy if recorded else wrap(dy))
        return (dbase, dpart) if recorded else (dbase.array, dpart.array)


class Overwritten(Node):
    """A tensor whose values were replaced by ones that depend on nothing: its gradient ends here."""

    def __init__(self, x: Variable, operation: str):
        self._name = f"{operation.strip('_').capitalize()}Backward0"
        self._enter_graph([_target(x)])

    def name(self) -> str:
        return self._name

    def run(self, dy) -> tuple:
        return (namespace(dy).zeros_like(dy),)


def write_over(x: Variable, result: Variable, operation: str) -> Variable:
    """Writes the result of an operation on ``x`` over ``x``, memory and history both.

    Args:
        x: the tensor to change
        result: what it becomes; freshly computed, so that nobody else holds it
        operation: what to call this in error messages, such as ``"add_"``
    """
    x.check_in_place(result._requires_grad)
    if result.array.shape != x.array.shape:
        raise RuntimeError(
            f"output with shape {list(x.array.shape)} doesn't match the broadcast shape "
            f"{list(result.array.shape)}: {operation} cannot make a tensor larger"
        )
    if result.array.dtype != x.array.dtype:
        if not can_cast(result.dtype, x.dtype):
            raise RuntimeError(
                f"result type {result.dtype} can't be cast to the desired output type {x.dtype}: "
                f"{operation} would lose what it computed"
            )
        result = result.type_as(x)
    x.array[...] = result.array
    x._changes.bump(operation)
    if mode.enabled and (result._requires_grad or x._requires_grad):
        _take_history(x, result, operation)
    return x


def _take_history(x: Variable, result: Variable, operation: str) -> None:
    if x._base is not None:
        x._base._node = CopySlices(x._base, x._view, result)
        x._base._requires_grad = True
        x._view.refresh(x)
    elif result._requires_grad:
        x._node, x._requires_grad = result._node, True
    else:
        x._node = Overwritten(x, operation)


def _target(x: Variable):
    return (x._node or x) if x._requires_grad else None

"""In-place operations, views, and how the graph stays true to both.

An in-place operation is the ordinary one whose result is then written over its operand: the tensor
takes over the result's place in the graph, and its version counter goes up.

A *view* shares its base's memory, so writing to one changes both. The base then becomes the result
of ``CopySlices``: everything it held before, but for the part that was written. Every view of it is
made anew, from the base as it is now, when somebody next asks for the view's history.
"""

from __future__ import annotations

from typing import Any

import numpy

from ..dtypes import can_cast, result_type
from .function import Context, Rule, _reduced, namespace
from .grad_mode import _Switch, mode
from .graph import Node
from .variable import Variable, wrap

__all__ = ["ViewRule", "write_over"]

_new = object.__new__


class ViewRule(Rule):
    """A rule whose result shares memory with its first argument; each of several results does."""

    @classmethod
    def apply(cls, x: Variable, *args: Any) -> Variable | tuple[Variable, ...]:
        """As ``Rule.apply``, for one tensor; the result also remembers how it was made."""
        node = _new(cls.active)
        edge = x._edge() if mode.enabled else None
        node.edges = [edge, *[None] * len(args)]
        tracked = edge is not None or mode.enabled and x.requires_grad
        result = node.forward(node, x.array, *args)
        several = type(result) is tuple
        if several:
            views = node._finish_many((x,), [x.array], result, tracked)
        else:
            views = (wrap(result),)
            if tracked:
                node._enter_graph(node.edges)
                views[0]._node, views[0]._requires_grad = node, True
                node._shape = result.shape
        changes, base = x._changes, x if x._base is None else x._base
        for y in views:
            y._version_counter, y._inference, y._base = changes, x._inference, base
            y._view = View(cls, args, x._view, several, changes.count, len(x._turns))
            if x._cut is not None:
                y._cut = x._cut
            if x._base is not None and x._requires_grad and x._node is None:
                y._view.forbidden = LEAF
        return views if several else views[0]


class View:
    """How a tensor is seen in its base: the chain of view operations that leads to it."""

    __slots__ = ("args", "forbidden", "parent", "rule", "turns", "version")

    def __init__(
        self, rule, args: tuple, parent: View | None, several: bool, version: int, turns: int
    ):
        self.rule, self.args, self.parent = rule, args, parent
        self.version = version  # of the memory, when the view's history was last true
        self.turns = turns  # how often the base had been turned in place by then
        self.forbidden = None  # why autograd cannot follow in-place changes, if it cannot
        if not mode.enabled:
            self.forbidden = NO_GRAD
        elif several:
            self.forbidden = SEVERAL.format(rule._name)
        elif parent is not None:
            self.forbidden = parent.forbidden

    def of(self, base: Variable, turns: tuple) -> Variable:
        """The same view of another tensor.

        Args:
            base: the tensor; it lies in memory as the base does
            turns: how the base came to be as it is now (see ``turn``)
        """
        if self.parent is not None:
            return self.rule.apply(self.parent.of(base, turns), *self.args)
        for rule, args in reversed(turns[self.turns :]):
            base = rule.apply(base, *args)
        return self.rule.apply(base, *self.args)

    def refresh(self, x: Variable) -> None:
        """Brings the history of ``x`` up to date, if its base was written to since."""
        if self.version == x._changes.count or not x._base._requires_grad:
            return
        if self.forbidden is not None:
            raise RuntimeError(f"its base was modified inplace, and {self.forbidden}")
        with _Switch(True):
            _become(x, self.of(x._base, x._base._turns)._node)
        x._node._name = "AsStridedBackward0"  # what torch calls a view made anew
        self.version = x._changes.count


LEAF = (
    "a view of a leaf Variable that requires grad is being used in an in-place operation. Update "
    "it within `with torch.no_grad():`"
)
NO_GRAD = (
    "a view was created in no_grad mode (or inference mode) that is used in place with grad mode "
    "enabled: make the view and change it on the same side of no_grad()"
)
SEVERAL = (
    "this view is one output of a function that returns multiple views, {}: such functions do not "
    "allow the output views to be modified inplace. Use an operation that returns a new tensor"
)


class CopySlices(Node):
    """``base`` after ``part`` was written into one view of it.

    What was written gets the view's share of dy. What the base held before gets the rest, and zero
    where it was overwritten.
    """

    def __init__(self, base: Variable, view: View, part: Variable):
        self.view, self.turns = view, base._turns
        self.axes = None  # from the one with the largest stride to the one with the smallest
        if not base.array.flags.c_contiguous:
            strides = base.array.strides
            self.axes = sorted(range(len(strides)), key=lambda axis: -strides[axis])
        self._enter_graph([base._edge(), part._edge()])

    def name(self) -> str:
        return "torch::autograd::CopySlices"

    def run(self, dy) -> tuple:
        recorded = isinstance(dy, Variable)
        dbase = self._copy(dy if recorded else wrap(dy))
        hole = self.view.of(dbase, self.turns)
        dpart = hole.clone()
        write_over(hole, wrap(numpy.zeros_like(hole.array)), "CopySlices")
        return (dbase, dpart) if recorded else (dbase.array, dpart.array)

    def _copy(self, dy: Variable) -> Variable:
        """A copy that lies in memory as the base does, so that the same views can be had of it."""
        if self.axes is None:
            return dy.clone() if dy.array.flags.c_contiguous else dy.contiguous()
        rows = dy.permute(self.axes).clone().contiguous()
        return rows.permute(sorted(range(len(self.axes)), key=self.axes.__getitem__))


class Overwritten(Node):
    """A tensor whose values were replaced by ones that depend on nothing: no gradient goes on."""

    def __init__(self, x: Variable, operation: str):
        self._name = _NAMES.get(operation) or f"{operation.strip('_').capitalize()}Backward0"
        self._enter_graph([x._edge()])

    def name(self) -> str:
        return self._name

    def run(self, dy) -> tuple:
        return (namespace(dy).zeros_like(dy),)


class Misshapen(Node):
    """A tensor that was given another shape under no_grad, so that its history knows nothing of it.

    Sizes of 1 that are new in front are summed over; any other gradient has the wrong shape.
    """

    def __init__(self, node: Node, shape: tuple[int, ...]):
        self._name, self.shape = node.name(), shape
        self._enter_graph([node])

    def name(self) -> str:
        return self._name

    def run(self, dy) -> tuple:
        recorded = isinstance(dy, Variable)
        complaint = f"gets an invalid gradient for {self._name}, whose result was turned in no_grad"
        dx = _reduced(dy if recorded else wrap(dy), self.shape, complaint)
        return (dx if recorded else dx.array,)


_NAMES = {"copy_": "torch::autograd::CopyBackwards", "fill_": "FillBackward2"}


def write_over(x: Variable, result: Variable, operation: str) -> Variable:
    """Writes the result of an operation on ``x`` over ``x``, memory and history both.

    Args:
        x: the tensor to change
        result: what it becomes; freshly computed, so that nobody else holds it
        operation: what to call this in error messages, such as ``"add_"``
    """
    x.check_in_place(result._requires_grad)
    check_shape(x, result.array.shape, operation)
    computed, node = result, result._node
    if result.array.dtype != x.array.dtype:
        if not can_cast(result.dtype, x.dtype):
            raise RuntimeError(
                f"result type {result.dtype} can't be cast to the desired output type {x.dtype}: "
                f"{operation} would lose what it computed"
            )
        result = result.type_as(x)
        if node is not None:
            result._node._name = node.name()  # the conversion counts as part of the operation
    check_writable(x.array, one_number=not any(result.array.strides))
    if isinstance(node, Context):
        node.keep_before(x)
    x.array[...] = result.array
    x._changes.bump(operation)
    if isinstance(node, Context):
        node.watch_instead(computed, x)
    recorded = mode.enabled and x.array.dtype.kind == "f"  # integers have no gradient
    if recorded and (result._requires_grad or x._requires_grad):
        _take_history(x, result, operation)
    return x


def again(x: Any, written: Variable) -> Any:
    """An operand, as a tensor of its own if it shares the memory that will be written to.

    So in ``x.mul_(x)`` what the rule saves of the second x can be told from the first.
    """
    changes = written._version_counter
    shares = changes is not None and isinstance(x, Variable) and x._version_counter is changes
    if x is not written and not shares:
        return x
    if x._requires_grad and x._node is None:
        return x  # a leaf, whose gradient goes to itself
    y = wrap(x.array.view())
    if x.requires_grad:
        x._edge()  # brings the history of a view up to date
        y._node, y._requires_grad = x._node, x._requires_grad
    return y


def complain_first(x: Variable, operands: tuple, error: Exception) -> None:
    """Raises what there is to say against ``x`` before an operation's own error is.

    The operation was tried before anyone asked whether its result may be written to ``x``. torch
    asks that right after the types of the arguments, and of memory and shapes before dtypes.
    """
    if isinstance(error, TypeError):
        return
    x.check_in_place(any(getattr(y, "_requires_grad", False) for y in operands))
    if isinstance(error, NotImplementedError):  # of a dtype
        check_writable(x.array)
        check_operands(x, operands)


def check_shape(x: Variable, shape: tuple[int, ...], operation: str) -> None:
    """RuntimeError if a result of this shape cannot be written to ``x``."""
    if shape != x.array.shape:
        raise RuntimeError(
            f"output with shape {list(x.array.shape)} doesn't match the broadcast shape "
            f"{list(shape)}: {operation} cannot make a tensor larger"
        )


def set_values(x: Variable, value: float | numpy.ndarray, operation: str) -> Variable:
    """Writes values over ``x`` that depend on nothing: its history ends there.

    Args:
        x: the tensor to change
        value: a number, or an array that can be broadcast to the tensor's shape
        operation: what to call this in error messages
    """
    x.check_in_place()
    check_writable(x.array, one_number=getattr(value, "ndim", 0) == 0)
    x.array[...] = value
    x._changes.bump(operation)
    if mode.enabled and x.requires_grad:
        _take_history(x, wrap(x.array), operation)
    return x


def turn(x: Variable, rule: type[ViewRule], args: tuple, back: tuple, operation: str) -> Variable:
    """Makes a tensor a view of what it was, as ``x.t_()`` does: no number in memory changes.

    Args:
        x: the tensor, or a view, which then is another view of the same base
        rule: what it becomes, with the rule's further arguments
        args: these arguments
        back: the rule and arguments that undo it: earlier views of ``x`` are found that way
        operation: what to call this in error messages, such as ``"t_"``
    """
    x.check_in_place()
    before = x.array.shape
    y = rule.apply(x, *args)
    x.array = y.array
    x._changes.bump(operation)
    if x._base is None:
        x._turns = (*x._turns, back)
    else:
        y._view.forbidden, x._view = x._view.forbidden, y._view
    if y._node is not None:
        x._node, x._requires_grad = y._node, True
        if x._view is not None:
            x._view.version = x._changes.count
    elif x._node is not None and x.array.shape != before:
        node = x._node
        if isinstance(node, Misshapen):
            (node,), before = node.edges, node.shape
        _become(x, node if x.array.shape == before else Misshapen(node, before))
    return x


def check_writable(array: numpy.ndarray, one_number: bool = False) -> None:
    """RuntimeError if the array is read-only, or would get several numbers in one place."""
    if not array.flags.writeable:
        raise RuntimeError(
            "this tensor shares the memory of a NumPy array that is not writable: change a clone()"
        )
    if one_number or 0 not in array.strides or array.size == 0:
        return
    if any(step == 0 and n > 1 for step, n in zip(array.strides, array.shape, strict=True)):
        raise RuntimeError(
            f"unsupported operation: more than one element of the written-to tensor refers to a "
            f"single memory location. It was expanded to {list(array.shape)}: clone() it first"
        )


def check_operands(x: Variable, others: tuple) -> None:
    """RuntimeError if a result of these operands would not fit in ``x``, by its shape or dtype."""
    for y in others:
        if isinstance(y, Variable):
            try:
                shape = numpy.broadcast_shapes(x.array.shape, y.array.shape)
            except ValueError:
                shape = y.array.shape
            check_shape(x, shape, "this operation")
            if not can_cast(result_type(x, y), x.dtype):
                raise RuntimeError(f"result type {result_type(x, y)} can't be cast to {x.dtype}")


def _take_history(x: Variable, result: Variable, operation: str) -> None:
    if x._base is not None:
        _become(x._base, CopySlices(x._base, x._view, result))
        x._view.refresh(x)
    elif result._requires_grad:
        _become(x, result._node)
    else:
        _become(x, Overwritten(x, operation))


def _become(x: Variable, node: Node) -> None:
    """From now on the tensor is what this node made; a gradient to be kept is then kept there."""
    if x.retains_grad:
        node.watched().kept, x._node.watch.kept = x._node.watch.kept, None
    x._node, x._requires_grad = node, True

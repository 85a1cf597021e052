"""The node of the graph: one operation, with what its backward will need.

Calling ``Relu.apply(x)`` makes an instance of ``Relu``. It is handed to ``forward`` as ``ctx``, to
keep what ``backward`` needs; it becomes the result's ``grad_fn``; and its *edges* lead on to the nodes
that made its inputs. The graph is nothing but these objects, each pointing at the earlier ones.

``Function`` is for users, exactly as in torch: forward and backward see tensors. The library's own
operations are ``Rule``s: they see bare arrays, so that a rule costs little more than its arithmetic.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable
from typing import Any

import numpy

from .._backends import Replaceable
from . import anomaly_mode
from ._hooks import RemovableHandle, Watch
from .grad_mode import _Switch, mode
from .variable import Variable, Version, wrap

__all__ = ["Function", "Rule", "once_differentiable"]

_new = object.__new__
_next_sequence = itertools.count().__next__

SECOND_BACKWARD = (
    "Trying to backward through the graph a second time (or directly access saved tensors after "
    "they have already been freed): what {} saved was freed by the first backward(). Call the first "
    "one with retain_graph=True, or compute the loss anew before each backward()."
)
INFERENCE = (
    "Inference tensors cannot be saved for backward: this tensor was made under inference_mode. Use "
    "its clone(), or make it under no_grad()"
)
UNGUARDED = (Version(), 0, None)


def namespace(x):
    """The functions that work on ``x``: the module numpy for an array, its like for a tensor."""
    return numpy if type(x) is numpy.ndarray else x.__array_namespace__()


class Node:
    """A place in the graph: where a gradient arrives, and where its parts go on to."""

    edges: list | tuple = ()  # for each input its node or leaf, or None where no gradient goes
    outputs = 1
    number = 0  # which output of its producer this stands for
    watch = None  # the hooks, where there are any
    stack = None  # the forward call, when anomalies are being detected

    @property
    def producer(self) -> Node:
        """The operation's node: this one, unless it stands for one output of several."""
        return self

    def run(self, dy) -> tuple:
        """From the gradient of the output to those of the inputs."""
        raise TypeError(f"{self.name()} has no backward")

    def gradients(self, dy) -> tuple:
        """The gradients of all outputs."""
        return (dy,) if self.outputs == 1 else tuple(dy.get(k) for k in range(self.outputs))

    def release(self) -> None:
        """Lets go of what was kept for backward."""

    def name(self) -> str:
        """What this node is called in ``grad_fn=<...>``."""
        return type(self).__name__

    def __repr__(self) -> str:
        return f"<{self.name()} object at {id(self):#x}>"

    def __lt__(self, other: Node) -> bool:
        """Whether the engine runs this node before another: the newer one goes first, as in torch."""
        return self.sequence > other.sequence

    @property
    def next_functions(self) -> tuple:
        """The nodes behind the inputs, each with the number of its output that the input was."""
        return tuple(_described(target) for target in self.edges)

    def register_hook(self, hook: Callable) -> RemovableHandle:
        """Calls ``hook(grad_inputs, grad_outputs)`` after this node's backward."""
        return RemovableHandle(self.watched().after, hook)

    def register_prehook(self, hook: Callable) -> RemovableHandle:
        """Calls ``hook(grad_outputs)`` before this node's backward."""
        return RemovableHandle(self.watched().before, hook)

    def watched(self) -> Watch:
        """Where hooks on this node are kept."""
        if self.watch is None:
            self.watch = Watch()
        return self.watch

    def _enter_graph(self, edges: list) -> None:
        self.edges = edges
        self.sequence = _next_sequence()
        if anomaly_mode.state.enabled:
            self.stack = anomaly_mode.forward_stack()


class Output(Node):
    """One output of a node that has several: it hands its gradient on with its number."""

    def __init__(self, node: Node, number: int):
        self.edges = (node,)
        self.number = number
        self.sequence = node.sequence

    @property
    def producer(self) -> Node:
        return self.edges[0]

    def run(self, dy) -> tuple:
        return (Parts({self.number: dy}),)

    def name(self) -> str:
        return self.producer.name()


class Parts(dict):
    """Gradients of some of a node's outputs, by number. Each output sends its own just once."""

    def __add__(self, other: Parts) -> Parts:
        return Parts(self | other)


class AccumulateGrad(Node):
    """How a leaf looks when the graph is walked through ``next_functions``."""

    def __init__(self, leaf: Variable):
        self.variable = leaf


def _described(target) -> tuple:
    if target is None:
        return None, 0
    if isinstance(target, Variable):
        return AccumulateGrad(target), 0
    return target.producer, target.number


class Context(Node):
    """What ``forward`` and ``backward`` know as ``ctx``."""

    materialize_grads = True
    freed = False
    _saved: tuple = ()
    _guards: tuple | list = ()  # of each saved array: (version counter, its count, node or leaf)
    _non_differentiable: tuple = ()
    _dirty: tuple = ()

    @property
    def needs_input_grad(self) -> tuple:
        """For each input, whether backward has to compute its gradient."""
        return tuple([target is not None for target in self.edges])

    def save_for_backward(self, *tensors) -> None:
        """Keeps inputs or outputs of forward for backward, guarded against in-place changes."""
        self._saved = tensors

    def mark_non_differentiable(self, *outputs) -> None:
        """Says that these outputs have no gradient (indices, say)."""
        self._non_differentiable = outputs

    def mark_dirty(self, *inputs) -> None:
        """Says that forward changed these inputs in place."""
        self._dirty = inputs

    def set_materialize_grads(self, value: bool) -> None:
        """Whether backward sees zeros in place of a gradient that nobody computed."""
        self.materialize_grads = value

    def release(self) -> None:
        if self._saved:
            self._saved = self._guards = ()
            self.freed = True

    def _guard(self, inputs: tuple, values: list, outputs: tuple) -> None:
        """Notes which tensor each saved array was, and how often that had been changed."""
        self._guards = guards = []
        for array in self._saved:
            guard = UNGUARDED
            for i, value in enumerate(values):
                if value is array:
                    x = inputs[i]
                    if isinstance(x, Variable):
                        if x._inference:
                            raise RuntimeError(INFERENCE)
                        changes = x._version_counter or x._changes
                        guard = changes, changes.count, self.edges[i]
                    break
            else:
                for y in outputs:
                    if isinstance(y, Variable) and y.array is array:
                        number = y._node.number if y._requires_grad else None
                        guard = y._changes, 0, number
            guards.append(guard)

    def keep_before(self, x: Variable) -> None:
        """Copies what was saved of ``x``, which is about to be written over with this very result."""
        for i, array in enumerate(self._saved):
            if array is x.array:
                kept, target = array.copy(), self._guards[i][2]
                self._saved = (*self._saved[:i], kept, *self._saved[i + 1 :])
                self._guards[i] = Version(), 0, target

    def _check_saved(self) -> None:
        if self.freed:
            raise RuntimeError(SECOND_BACKWARD.format(self.name()))
        for changes, count, _ in self._guards:
            if changes.count != count:
                self._complain(changes, count)

    def _complain(self, changes: Version, expected: int) -> None:
        place = next(i for i, guard in enumerate(self._guards) if guard[0] is changes)
        operation, file, line = changes.by
        raise RuntimeError(
            f"one of the variables needed for gradient computation has been modified by an inplace "
            f"operation: {self.name()} saved a tensor of shape {list(self._saved[place].shape)} at "
            f"version {expected}, and it is at version {changes.count} now. The last change was "
            f"{operation}, in {file}, line {line}. Use an operation that returns a new tensor there, "
            f"or change a clone()."
        )

    def _saved_as_tensors(self) -> tuple:
        """The saved arrays as tensors, joined to the graph where they were inputs or outputs."""
        return tuple(
            self._rejoined(array, guard) if hasattr(array, "shape") else array  # a number, or None
            for array, guard in zip(self._saved, self._guards, strict=True)
        )

    def _rejoined(self, array, guard: tuple) -> Variable:
        if guard is UNGUARDED:
            return wrap(array)
        changes, _, target = guard
        if isinstance(target, int):
            target = self if self.outputs == 1 else Output(self, target)
        if isinstance(target, Variable) and target.array is array:
            return target  # a leaf: the very tensor that was saved
        x = wrap(array)
        x._version_counter = changes
        if target is not None:
            x._node, x._requires_grad = target, True
        return x


class Rule(Context, Replaceable):
    """One operation of the library, forward and backward over arrays.

    A rule bears the name that torch's graph gives it: ``class Relu(Rule)`` prints as
    ``<ReluBackward0>``; ``class SumDim(Rule, name="SumBackward1")`` says another one.
    """

    def __init_subclass__(cls, name: str | None = None, backend: str | None = None):
        super().__init_subclass__(backend=backend)
        if backend is None:
            cls._name = name or f"{cls.__name__}Backward0"

    def name(self) -> str:
        return self._name

    @classmethod
    def apply(cls, *inputs):
        """Runs forward on the inputs' arrays and joins the result to the graph."""
        node = _new(cls.active)
        node.edges = edges = []
        values = []
        recording, tracked = mode.enabled, False
        for x in inputs:
            target = None
            if isinstance(x, Variable):
                values.append(x.array)
                if recording:
                    if x._view is not None:
                        x._view.refresh(x)
                        tracked |= x._base._requires_grad  # of a view made under no_grad as well
                    if x._requires_grad:
                        target = x._node or x
                        tracked = True
            else:
                values.append(x)
            edges.append(target)
        result = node.forward(node, *values)
        if type(result) is tuple:
            return node._finish_many(inputs, values, result, tracked)
        y = _new(Variable.kind)
        y.array = node._as_array(result) if isinstance(result, numpy.generic) else result
        if tracked:
            node.sequence = _next_sequence()
            y._node, y._requires_grad = node, True
            if node._saved:
                node._guard(inputs, values, (y,))
            if anomaly_mode.state.enabled:
                node.stack = anomaly_mode.forward_stack()
        elif mode.inference:
            y._inference = True
        return y

    def _as_array(self, scalar: numpy.generic) -> numpy.ndarray:
        """NumPy makes a scalar of a result without dimensions: an array again, where saved too."""
        array = numpy.asarray(scalar)
        self._saved = tuple(array if x is scalar else x for x in self._saved)
        fixed = self._non_differentiable
        self._non_differentiable = tuple(array if x is scalar else x for x in fixed)
        return array

    def _finish_many(self, inputs: tuple, values: list, results: tuple, tracked: bool) -> tuple:
        outputs = tuple(
            wrap(self._as_array(array) if isinstance(array, numpy.generic) else array)
            for array in results
        )
        self.outputs = len(outputs)
        if tracked:
            self._enter_graph(self.edges)
            for number, y in enumerate(outputs):
                if not any(y.array is fixed for fixed in self._non_differentiable):
                    y._node = self if self.outputs == 1 else Output(self, number)
                    y._requires_grad = True
            self._guard(inputs, values, outputs)
            self._non_differentiable = ()
        for y in outputs:
            y._inference = mode.inference
        return outputs

    @property
    def saved_tensors(self) -> tuple:
        """What forward saved: arrays, or tensors while the backward itself is recorded."""
        self._check_saved()
        return self._saved_as_tensors() if mode.enabled else self._saved

    def run(self, dy) -> tuple:
        dx = (
            self.backward(self, dy)
            if self.outputs == 1
            else self.backward(self, *self.gradients(dy))
        )
        return dx if type(dx) is tuple else (dx,)


class Function(Context):
    """An operation of your own: subclass it and write ``forward`` and ``backward`` over tensors.

    Examples:
        >>> class Square(torch.autograd.Function):
        ...     @staticmethod
        ...     def forward(ctx, x):
        ...         ctx.save_for_backward(x)
        ...         return x * x
        ...
        ...     @staticmethod
        ...     def backward(ctx, dy):
        ...         (x,) = ctx.saved_tensors
        ...         return 2 * x * dy
        >>> x = torch.tensor(3.0, requires_grad=True)
        >>> Square.apply(x).backward()
        >>> x.grad
        tensor(6.)
    """

    def name(self) -> str:
        return f"{type(self).__name__}Backward"

    def __repr__(self) -> str:
        return f"<torch.autograd.function.{self.name()} object at {id(self):#x}>"

    def __call__(self, *args):
        kind = type(self).__name__
        raise RuntimeError(f"call {kind}.apply(x), not {kind}()(x): apply builds the graph")

    @staticmethod
    def forward(*args: Any) -> Any:
        """The operation: ``forward(ctx, ...)``, or ``forward(...)`` and a ``setup_context``."""
        raise NotImplementedError("You must implement the forward function of your Function")

    @staticmethod
    def backward(ctx, *gradients):
        """The gradients of forward's arguments, given those of its results."""
        raise NotImplementedError(
            f"You must implement the backward of {type(ctx).__name__} to send a gradient through it"
        )

    @staticmethod
    def setup_context(ctx, inputs: tuple, output) -> None:
        """Where a forward without ``ctx`` keeps what backward needs."""
        raise RuntimeError("a forward without ctx needs a setup_context(ctx, inputs, output)")

    @classmethod
    def apply(cls, *args):
        """Runs forward and joins the result to the graph."""
        node = cls()
        node.edges = [x._edge() if isinstance(x, Variable) and mode.enabled else None for x in args]
        tracked = any(node.needs_input_grad)
        with _Switch(False):
            if cls.setup_context is Function.setup_context:
                results = cls.forward(node, *args)
            else:
                results = cls.forward(*args)
                cls.setup_context(node, args, results)
        many = isinstance(results, tuple)
        outputs = tuple(node._own(y, args, tracked) for y in (results if many else (results,)))
        if tracked:
            node._join(args, outputs)
        return outputs if many else outputs[0]

    def _own(self, y, args, tracked: bool):
        """An output as a tensor that is this node's: an input handed back is a new view of it."""
        if not isinstance(y, Variable):
            return y
        if any(y is x for x in args) and not any(y is x for x in self._dirty) and tracked:
            return y.detach()
        return y

    def _join(self, args: tuple, outputs: tuple) -> None:
        self._inputs = [_kind(x) for x in args]
        self._results = [_kind(y) for y in outputs]
        self.outputs = len(outputs)
        self._enter_graph(self.edges)
        self._saved = tuple(x.array if isinstance(x, Variable) else x for x in self._saved)
        for x in self._dirty:
            x.check_in_place()
            if x._view is not None:
                raise RuntimeError(
                    f"{self.name()} changed a view in place: change its base, or a clone()"
                )
            x._changes.bump(self.name())
        for number, y in enumerate(outputs):
            if isinstance(y, Variable) and y.array.dtype.kind == "f":
                if not any(y is fixed for fixed in self._non_differentiable):
                    y._node = self if self.outputs == 1 else Output(self, number)
                    y._requires_grad = True
        values = [x.array if isinstance(x, Variable) else x for x in args]
        self._guard(args, values, outputs)
        self._non_differentiable = self._dirty = ()

    @property
    def saved_tensors(self) -> tuple:
        """The tensors that forward saved."""
        self._check_saved()
        return self._saved_as_tensors()

    def run(self, dy) -> tuple:
        dys = []
        for dy, result in zip(self.gradients(dy), self._results, strict=True):
            if dy is None and self.materialize_grads and result is not None:
                dy = wrap(numpy.zeros(*result))
            elif dy is not None and not isinstance(dy, Variable):
                dy = wrap(dy)
            dys.append(dy)
        dxs = self.backward(self, *dys)
        return self._checked(dxs if isinstance(dxs, tuple) else (dxs,))

    def _checked(self, dxs: tuple) -> tuple:
        """One gradient an input, each of its input's shape and dtype; tensors again or arrays."""
        while len(dxs) > len(self.edges) and dxs[-1] is None:
            dxs = dxs[:-1]
        if len(dxs) != len(self.edges):
            raise RuntimeError(
                f"function {self.name()} returned an incorrect number of gradients "
                f"(expected {len(self.edges)}, got {len(dxs)})"
            )
        checked = []
        for i, (dx, target) in enumerate(zip(dxs, self.edges, strict=True)):
            if dx is None or target is None:
                checked.append(None)
                continue
            shape, dtype = self._inputs[i]
            if not isinstance(dx, Variable):
                raise RuntimeError(
                    f"{self.name()} must return tensors or None as gradients, got "
                    f"{type(dx).__name__} at index {i}"
                )
            if dx.array.shape != shape:
                dx = _reduced(dx, shape, f"{self.name()} returned an invalid gradient at index {i}")
            if not mode.enabled:
                dx = dx.array.astype(dtype, copy=False)
            elif dx.array.dtype != dtype:
                dx = dx.type_as(wrap(numpy.empty(0, dtype)))
            checked.append(dx)
        return tuple(checked)


def _kind(x) -> tuple | None:
    return (x.array.shape, x.array.dtype) if isinstance(x, Variable) else None


def _reduced(dx: Variable, shape: tuple, complaint: str) -> Variable:
    """Sums a gradient over what broadcasting repeated, as torch does for a backward that forgot."""
    try:
        fits = numpy.broadcast_shapes(dx.array.shape, shape) == dx.array.shape
    except ValueError:
        fits = False
    if not fits:
        raise RuntimeError(
            f"Function {complaint} - got {list(dx.array.shape)} but expected shape compatible with "
            f"{list(shape)}"
        )
    return dx.sum_to_size(shape)


def once_differentiable(backward: Callable) -> Callable:
    """Decorates a ``backward`` that cannot itself be differentiated: trying to is an error."""

    @functools.wraps(backward)
    def wrapped(ctx, *gradients):
        with _Switch(False):
            dxs = backward(ctx, *gradients)
        if not mode.enabled or not any(dy is not None and dy.requires_grad for dy in gradients):
            return dxs
        barrier = _Barrier()
        barrier._enter_graph([])
        many = isinstance(dxs, tuple)
        for dx in dxs if many else (dxs,):
            if dx is not None:
                dx._node, dx._requires_grad = barrier, True
        return dxs

    return wrapped


class _Barrier(Node):
    """Stands where a gradient was computed by a backward that has no derivative."""

    def run(self, dy) -> tuple:
        raise RuntimeError(
            "trying to differentiate twice a function that was marked with @once_differentiable"
        )

"""An operation and its derivative: one class, and each call of it one node of the graph.

Calling ``Relu.apply(x)`` makes an instance of ``Relu``. It is handed to ``forward`` as ``ctx``, to
keep what ``backward`` needs; it becomes the result's ``grad_fn``; and its edges lead on to the
nodes that made its inputs. The graph is nothing but these objects, each pointing at earlier ones.

``Function`` is for users, exactly as in torch: forward and backward see tensors. The library's own
operations are ``Rule``s: they see bare arrays, so that one costs little more than its arithmetic.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import numpy

from .._backends import Replaceable
from . import anomaly_mode
from ._cuts import NO_GRAD
from ._saved import Saving
from .grad_mode import _Switch, mode
from .graph import Node, next_sequence
from .variable import Variable, wrap

__all__ = ["Function", "Rule", "once_differentiable"]

_new = object.__new__


def namespace(x):
    """The functions that work on ``x``: the module numpy for an array, its like for a tensor."""
    return numpy if type(x) is numpy.ndarray else x.__array_namespace__()


class Context(Saving):
    """What ``forward`` and ``backward`` know as ``ctx``."""

    materialize_grads = True
    _non_differentiable: tuple = ()
    _dirty: tuple = ()

    @property
    def needs_input_grad(self) -> tuple:
        """For each input, whether backward has to compute its gradient."""
        return tuple([target is not None for target in self.edges])

    def mark_non_differentiable(self, *outputs) -> None:
        """Says that these outputs have no gradient (indices, say)."""
        self._non_differentiable = outputs

    def mark_dirty(self, *inputs) -> None:
        """Says that forward changed these inputs in place."""
        self._dirty = inputs

    def set_materialize_grads(self, value: bool) -> None:
        """Whether backward sees zeros in place of a gradient that nobody computed."""
        self.materialize_grads = value


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
    def apply(cls, *inputs: Any) -> Any:
        """Runs forward on the inputs' arrays and joins the result to the graph."""
        node = _new(cls.active)
        node.edges = edges = []
        values = []
        recording, tracked, cut = mode.enabled, False, None
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
                    elif x._cut is not None:
                        cut = x._cut
                elif x._requires_grad or x._cut is not None:
                    cut = x._cut or NO_GRAD
            else:
                values.append(x)
            edges.append(target)
        result = node.forward(node, *values)
        if type(result) is tuple:
            return node._finish_many(inputs, values, result, tracked)
        y = _new(Variable.kind)
        y.array = node._as_array(result) if isinstance(result, numpy.generic) else result
        if tracked:
            node.sequence = next_sequence()
            y._node, y._requires_grad = node, True
            node._shape = y.array.shape
            if node._saved:
                node._guard(inputs, values, (y,))
            if anomaly_mode.state.enabled:
                node.stack = anomaly_mode.forward_stack()
        elif mode.inference:
            y._inference = True
        if cut is not None:
            (node if tracked else y)._cut = cut
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
                    y._node = self.output(number)
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

    def run(self, dy: Any) -> tuple:
        if self.outputs == 1:
            dx = self.backward(self, dy)
        else:
            dx = self.backward(self, *self.gradients(dy))
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
    def apply(cls, *args: Any) -> Any:
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
                    y._node = self.output(number)
                    y._requires_grad = True
        values = [x.array if isinstance(x, Variable) else x for x in args]
        self._guard(args, values, outputs)
        self._non_differentiable = self._dirty = ()

    @property
    def saved_tensors(self) -> tuple:
        """The tensors that forward saved."""
        self._check_saved()
        return self._saved_as_tensors()

    def run(self, dy: Any) -> tuple:
        dys = []
        for gradient, result in zip(self.gradients(dy), self._results, strict=True):
            if gradient is None and self.materialize_grads and result is not None:
                gradient = wrap(numpy.zeros(*result))
            elif gradient is not None and not isinstance(gradient, Variable):
                gradient = wrap(gradient)
            dys.append(gradient)
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

"""The graph: which operation made what, from the result back to the leaves.

A node stands for one operation. Its *edges* lead to the nodes that made its inputs, or to leaves.
A gradient arrives at a node, and ``run`` makes of it the gradients that go on along the edges.
"""

from __future__ import annotations

import itertools
import weakref
from collections.abc import Callable
from typing import Any

from . import anomaly_mode
from ._handles import RemovableHandle, Watch
from .variable import Variable

__all__ = ["Node"]

next_sequence = itertools.count().__next__


class Node:
    """A place in the graph: where a gradient arrives, and where its parts go on to."""

    edges: list | tuple = ()  # for each input its node or leaf, or None where no gradient goes
    outputs = 1
    number = 0  # which output of its producer this stands for
    watch = None  # the hooks, where there are any
    _shape: tuple | None = None  # of the result, if there is one only
    _cut = None  # where an input that gets no gradient left the graph (see _cuts.py)
    stack = None  # the forward call, when anomalies are being detected
    _alive: dict | None = None  # the nodes of its outputs, of which it has several, by number

    @property
    def producer(self) -> Node:
        """The operation's node: this one, unless it stands for one output of several."""
        return self

    def run(self, dy: Any) -> tuple:
        """From the gradient of the output to those of the inputs."""
        raise TypeError(f"{self.name()} has no backward")

    def gradients(self, dy: Any) -> tuple:
        """The gradients of all outputs."""
        return (dy,) if self.outputs == 1 else tuple(dy.get(k) for k in range(self.outputs))

    def output(self, number: int) -> Node:
        """The node of one output: while that is in use the very same one, with all its hooks."""
        if self.outputs == 1:
            return self
        if self._alive is None:
            self._alive = {}
        found = self._alive.get(number)
        node = found and found()
        if node is None:
            node = Output(self, number)
            self._alive[number] = weakref.ref(node)
        return node

    def release(self) -> None:
        """Lets go of what was kept for backward."""

    def name(self) -> str:
        """What this node is called in ``grad_fn=<...>``."""
        return type(self).__name__

    def __repr__(self) -> str:
        return f"<{self.name().rpartition('::')[2]} object at {id(self):#x}>"

    def __lt__(self, other: Node) -> bool:
        """Whether the engine runs this node before another: the newer one goes first."""
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
        self.sequence = next_sequence()
        if anomaly_mode.state.enabled:
            self.stack = anomaly_mode.forward_stack()


class Output(Node):
    """One output of a node that has several: it hands its gradient on with its number."""

    def __init__(self, node: Node, number: int):
        self.edges = (node,)
        self.number = number
        self.sequence = node.sequence + 0.5  # to be run before the node itself

    @property
    def producer(self) -> Node:
        return self.edges[0]

    def run(self, dy: Any) -> tuple:
        return (Parts({self.number: dy}),)

    def name(self) -> str:
        return self.producer.name()


class Parts(dict):
    """Gradients of some of a node's outputs, by number.

    An output that was saved for backward has an ``Output`` of its own there: its parts add up.
    """

    def __add__(self, other: Parts) -> Parts:
        twice = {number: self[number] + other[number] for number in self.keys() & other.keys()}
        return Parts(self | other | twice)


class AccumulateGrad(Node):
    """How a leaf looks when the graph is walked through ``next_functions``."""

    def __init__(self, leaf: Variable):
        self.variable = leaf

    def name(self) -> str:
        return "torch::autograd::AccumulateGrad"


def _described(target) -> tuple:
    if target is None:
        return None, 0
    if isinstance(target, Variable):
        return AccumulateGrad(target), 0
    return target.producer, target.number

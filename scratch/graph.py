"""The computation graph as a picture: what a loss was computed from, and the gradients on the way.

``loss.grad_fn`` is the last operation, and ``next_functions`` leads from each operation to those
before it. The picture is that walk. Names come from the caller's variables and from modules.
"""

from __future__ import annotations

import sys
from typing import Any

from . import autograd
from ._graph_drawing import Box, Graph
from .nn import Module, Parameter
from .tensor import Tensor

__all__ = ["graph", "Graph"]

FEW = 4  # so many numbers are shown one by one


def graph(loss: Tensor, model: Module | None = None, **tensors: Tensor) -> Graph:
    """The graph behind a tensor, with shapes, values and gradients, to be shown or saved.

    Of leaves it shows ``.grad``. What operations in between made, it knows by shape; by value, if
    it is in a variable; and by gradient, until ``backward`` has freed the graph (then call this
    before, or ``backward(retain_graph=True)``), or after ``retain_grad()``. Computing those
    gradients adds to the ``.grad`` of a tensor that retains it and is in no variable here.

    Args:
        loss: the result
        model: whose parameters are to be called by their names; those that the graph does not lead
            to, and so no gradient, are listed as ``unreached``
        tensors: names besides those of the variables where ``graph`` is called

    Examples:
        >>> x = torch.tensor(3.0, requires_grad=True)
        >>> y = x * x
        >>> y.backward()
        >>> picture = torch.graph(y)
        >>> picture
        Graph(1 operation on x)
        >>> picture.save("graph.svg")  # doctest: +SKIP
    """
    if not isinstance(loss, Tensor):
        raise TypeError(f"graph(): argument 'loss' must be Tensor, not {type(loss).__name__}")
    if not loss.requires_grad:
        raise RuntimeError("there is no graph: the tensor does not require grad")
    names = _names({**sys._getframe(1).f_locals, **tensors}, model)
    if loss.grad_fn is None:
        return Graph([_leaf(loss, names)], [])
    walk = _Walk(names)
    last = walk.visit(loss.grad_fn)
    walk.boxes[last].kind = "result"
    walk.describe(loss)
    trained = [] if model is None else model.named_parameters()
    reached = set(walk.leaves.values())
    unreached = [path for path, x in trained if x.requires_grad and x not in reached]
    return Graph(walk.boxes, walk.arrows, unreached)


class _Walk:
    """The boxes and arrows found on the way back from a result."""

    def __init__(self, names: dict):
        self.boxes: list[Box] = []
        self.arrows: list[tuple[int, int]] = []
        self.nodes: dict[int, Any] = {}  # for each box its node, if it is an operation
        self.leaves: dict[int, Tensor] = {}
        self.names = names

    def visit(self, root: Any) -> int:
        """Goes to every node behind this one; returns its box. No recursion: graphs are deep."""
        found: dict[Any, int] = {}
        pending = [root]
        while pending:
            node = pending.pop()
            if _key(node) in found:
                continue
            found[_key(node)] = self.add(node)
            pending += [before for before, _ in node.next_functions if before is not None]
        for i, node in list(self.nodes.items()):
            for before, _ in node.next_functions:
                if before is not None:
                    self.arrows.append((found[_key(before)], i))
            self.note_end(i, node)
        return found[_key(root)]

    def add(self, node: Any) -> int:
        i = len(self.boxes)
        leaf = getattr(node, "variable", None)
        if leaf is None:
            self.nodes[i] = node
            self.boxes.append(Box(node.name().rpartition("::")[2], "operation"))
        else:
            self.leaves[i] = leaf
            self.boxes.append(_leaf(leaf, self.names))
        return i

    def note_end(self, i: int, node: Any) -> None:
        """Where an input of the operation had lost its history."""
        if node._cut is not None:
            self.arrows.append((len(self.boxes), i))
            self.boxes.append(Box("no gradient beyond", "end", [str(node._cut)]))

    def describe(self, loss: Tensor) -> None:
        """Writes into the operations' boxes what is known of their results."""
        named = {id(x.grad_fn): (name, x) for x, name in self.names.items() if not x.is_leaf}
        gradients = self.gradients(loss)
        for i, node in self.nodes.items():
            name, y = named.get(id(node), (None, None))
            if y is None and id(node) == id(loss.grad_fn):
                y = loss
            box, dy = self.boxes[i], gradients.get(i)
            if name is not None:
                box.title = f"{name}: {box.title}"
            if y is not None and dy is None and y.retains_grad:
                dy = y.grad
            shape = _shape(node) if y is None else list(y.shape)
            if shape is not None:
                box.lines.append(f"shape {shape}")
            if y is not None:
                box.lines.append(f"value {_text(y)}")
            if dy is not None:
                box.lines.append(f"gradient {_text(dy)}")

    def gradients(self, loss: Tensor) -> dict[int, Tensor]:
        """For each box the gradient of what it made; nothing if the graph has been freed."""
        if loss.numel() != 1:
            return {}
        found: dict[int, Tensor] = {}
        kept = [(x, x.grad) for x in self.names if x.retains_grad]
        for x, _ in kept:
            x.grad = None
        hooks = [
            node.register_prehook(lambda dys, i=i: found.update({i: dys}))
            for i, node in self.nodes.items()
        ]
        try:
            leaves = list(self.leaves.values())
            autograd.grad(loss, leaves, retain_graph=True, allow_unused=True)
        except RuntimeError:
            return {}
        finally:
            for hook in hooks:
                hook.remove()
            for x, grad in kept:
                x.grad = grad
        return {i: dys[0] for i, dys in found.items() if len(dys) == 1 and dys[0] is not None}


def _key(node: Any) -> int:
    """What tells nodes apart: a leaf's node is made anew whenever someone asks for it."""
    return id(getattr(node, "variable", node))


def _leaf(x: Tensor, names: dict) -> Box:
    kind = "parameter" if isinstance(x, Parameter) else "input"
    grad = "None" if x.grad is None else _text(x.grad)
    lines = [f"shape {list(x.shape)}", f"value {_text(x)}", f"gradient {grad}"]
    return Box(names.get(x, kind), kind, lines)


def _shape(node: Any) -> list[int] | None:
    """The shape of an operation's result, if it has one only."""
    return None if node._shape is None else list(node._shape)


def _names(variables: dict, model: Module | None) -> dict[Tensor, str]:
    """The names of tensors: of parameters their paths, and of others their variables'."""
    names = {x: name for name, x in variables.items() if isinstance(x, Tensor)}
    models = {name: x for name, x in variables.items() if isinstance(x, Module)}
    if model is not None:
        models = {"": model}
    for prefix, each in models.items():
        names |= {x: path for path, x in each.named_parameters("" if model else prefix)}
    return names


def _text(x: Tensor) -> str:
    """A few numbers as they are; of many the range."""
    x = x.detach()
    if x.numel() <= FEW:
        return _numbers(x.tolist())
    return f"from {x.min().item():.4g} to {x.max().item():.4g}"


def _numbers(values: Any) -> str:
    if isinstance(values, list):
        return f"[{', '.join(map(_numbers, values))}]"
    return f"{values:.4g}"

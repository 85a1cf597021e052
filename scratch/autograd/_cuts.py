"""Where tensors left the graph: remembered, so that a gradient that is missing can be explained.

``detach()``, ``.data``, ``torch.tensor(x)`` and ``no_grad()`` give a tensor without a history. What
is computed from it alone has none either, and no gradient reaches what was before.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ._lines import user_line

if TYPE_CHECKING:
    from .variable import Variable


class Cut(NamedTuple):
    """An end of the graph: what was called, and the user's line that called it."""

    call: str
    file: str = ""
    line: int = 0

    def __str__(self) -> str:
        if not self.file:
            return self.call
        return f"{self.call} in {Path(self.file).name}, line {self.line}"


NO_GRAD = Cut("an operation under no_grad()")


def left_graph(y: Variable, x: Variable, call: str) -> Variable:
    """Notes that ``y`` was made from ``x`` by a call that leaves the history behind. Returns y."""
    if x._requires_grad:
        y._cut = Cut(call, *user_line())
    elif x._cut is not None:
        y._cut = x._cut
    return y


def without_graph(i: int, y: Variable) -> str:
    """What to say of a tensor that ``backward`` can do nothing with."""
    if y._cut is not None:
        why = f"the graph that led to it ends at {y._cut}"
    else:
        why = (
            "nothing it was computed from has requires_grad=True, or only by ways that have no "
            "gradient: numbers (.item()), NumPy arrays, integers (.argmax(), .long()), comparisons"
        )
    return f"element {i} of tensors does not require grad and does not have a grad_fn: {why}"


def unused(i: int, targets: Iterable) -> str:
    """What to say of a tensor that the graph behind these nodes does not lead to."""
    ends = {}
    seen, pending = set(), [target for target in targets if target is not None]
    while pending:
        node = pending.pop()
        if id(node) not in seen:
            seen.add(id(node))
            if node._cut is not None:
                ends[node._cut] = None
            pending.extend(target for target in node.edges if target is not None)
    where = f" The graph ends at {', and at '.join(map(str, ends))}." if ends else ""
    return (
        f"The differentiated Tensor at index {i} appears to not have been used in the graph."
        f"{where} Set allow_unused=True if this is the desired behavior."
    )

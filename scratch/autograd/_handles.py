"""What users hang into the graph, and what takes it away again."""

from __future__ import annotations

from collections.abc import Callable


class RemovableHandle:
    """Takes back what registering a hook did. Also a context manager that does so at its end."""

    _last = 0

    def __init__(self, hooks: dict, hook: Callable):
        RemovableHandle._last += 1
        self.id = RemovableHandle._last
        self.hooks = hooks
        hooks[self.id] = hook

    def remove(self) -> None:
        """Takes the hook away; harmless when that was done before."""
        self.hooks.pop(self.id, None)

    def __enter__(self) -> RemovableHandle:
        return self

    def __exit__(self, *exception) -> None:
        self.remove()


class Watch:
    """All that was hung on one node."""

    def __init__(self):
        self.hooks: dict = {}  # of the tensor that this node made
        self.kept: Callable | None = None  # weak reference to the tensor, if it keeps its gradient
        self.before: dict = {}  # hooks on the gradients of all outputs
        self.after: dict = {}  # hooks on the gradients of all inputs

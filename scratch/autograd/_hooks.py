"""What users hang into the graph, and how the engine calls it.

Gradients travel as arrays; a hook is shown a tensor, and what it returns takes the gradient's
place.
"""

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


def call_before(hooks: dict, gradients: tuple, as_tensor: Callable) -> tuple:
    """Runs each ``hook(grad_outputs)``."""
    for hook in tuple(hooks.values()):
        answer = hook(_shown(gradients, as_tensor))
        if answer is not None:
            gradients = _taken(answer, gradients)
    return gradients


def call_after(hooks: dict, parts: tuple, gradients: tuple, as_tensor: Callable) -> tuple:
    """Runs each ``hook(grad_inputs, grad_outputs)``."""
    for hook in tuple(hooks.values()):
        answer = hook(_shown(parts, as_tensor), _shown(gradients, as_tensor))
        if answer is not None:
            parts = _taken(answer, parts)
    return parts


def call_hooks(hooks: dict, gradient, as_tensor: Callable):
    """Shows one gradient to each hook in turn."""
    for hook in tuple(hooks.values()):
        (shown,) = _shown((gradient,), as_tensor)
        answer = hook(shown)
        if answer is None:
            continue
        if not hasattr(answer, "array"):
            raise TypeError(f"a hook must return a Tensor or None, not {type(answer).__name__}")
        if answer.array.shape != shown.array.shape:
            raise RuntimeError(
                f"hook has changed the size of value: from {list(shown.array.shape)} to "
                f"{list(answer.array.shape)}"
            )
        (gradient,) = _taken((answer,), (gradient,))
    return gradient


def _shown(gradients, as_tensor: Callable) -> tuple:
    return tuple(g if g is None or hasattr(g, "array") else as_tensor(g) for g in gradients)


def _taken(answers, before) -> tuple:
    """What hooks returned, as tensors or arrays like what they were shown."""
    if not isinstance(answers, tuple):
        answers = (answers,)
    if len(answers) != len(before):
        raise RuntimeError(
            f"hook has returned an incorrect number of values (got {len(answers)}, but expected "
            f"{len(before)})"
        )
    recorded = any(hasattr(g, "array") for g in before)
    return tuple(a if a is None or recorded else a.array for a in answers)

"""How the engine calls what users hang into the graph.

Gradients travel as arrays; a hook is shown a tensor, and what it returns takes the gradient's
place.
"""

from __future__ import annotations

from .variable import Variable, wrap


def call_before(hooks: dict, gradients: tuple) -> tuple:
    """Runs each ``hook(grad_outputs)``."""
    for hook in tuple(hooks.values()):
        answer = hook(_shown(gradients))
        if answer is not None:
            gradients = _taken(answer, gradients)
    return gradients


def call_after(hooks: dict, parts: tuple, gradients: tuple) -> tuple:
    """Runs each ``hook(grad_inputs, grad_outputs)``."""
    for hook in tuple(hooks.values()):
        answer = hook(_shown(parts), _shown(gradients))
        if answer is not None:
            parts = _taken(answer, parts)
    return parts


def call_accumulated(hooks: dict, x: Variable) -> None:
    """Runs each ``hook(tensor)`` of a leaf whose ``.grad`` is up to date. They return nothing."""
    for hook in tuple(hooks.values()):
        answer = hook(x)
        if answer is not None and answer is not x:
            error = RuntimeError if isinstance(answer, Variable) else TypeError
            raise error(
                f"post accumulate grad hooks should return None, and this one returned a "
                f"{type(answer).__name__}"
            )


def call_hooks(hooks: dict, gradient):
    """Shows one gradient to each hook in turn."""
    for hook in tuple(hooks.values()):
        (shown,) = _shown((gradient,))
        answer = hook(shown)
        if answer is None:
            continue
        if not isinstance(answer, Variable):
            raise TypeError(f"a hook must return a Tensor or None, not {type(answer).__name__}")
        if answer.array.shape != shown.array.shape:
            raise RuntimeError(
                f"hook has changed the size of value: from {list(shown.array.shape)} to "
                f"{list(answer.array.shape)}"
            )
        (gradient,) = _taken((answer,), (gradient,))
    return gradient


def _shown(gradients) -> tuple:
    return tuple(g if g is None or isinstance(g, Variable) else wrap(g) for g in gradients)


def _taken(answers, before) -> tuple:
    """What hooks returned, as tensors or arrays like what they were shown."""
    if not isinstance(answers, tuple):
        answers = (answers,)
    if len(answers) != len(before):
        raise RuntimeError(
            f"hook has returned an incorrect number of values (got {len(answers)}, but expected "
            f"{len(before)})"
        )
    recorded = any(isinstance(g, Variable) for g in before)
    return tuple(a if a is None or recorded else a.array for a in answers)

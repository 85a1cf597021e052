"""What the steps of the optimizers share: each looks first at whatever could make it fail, and only
then changes parameters and state.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy

from ..autograd._lines import user_line
from ..autograd.grad_mode import enable_grad
from ..autograd.variable import wrap
from ..dtypes import get_default_dtype
from ..tensor import Tensor

if TYPE_CHECKING:
    from .optimizer import Optimizer

__all__ = ["as_arrays", "as_numbers", "check_implementation", "check_options", "lerp", "loss_of",
           "new_count", "run"]  # fmt: skip

PIECE = 131072  # elements
float32, float64 = numpy.dtype("float32"), numpy.dtype("float64")


def loss_of(closure: Callable[[], Any] | None) -> Any:
    """What a step's closure returns; it may call ``backward``, wherever the step was called."""
    if closure is None:
        return None
    with enable_grad():
        return closure()


def run(
    optimizer: Optimizer,
    descend: Callable,
    kept: Callable[[dict], Sequence[str | None]],
    options: Callable[[dict], Sequence],
) -> None:
    """A step of an optimizer that counts its steps and keeps arrays for each parameter.

    Args:
        optimizer: its ``_new_state(p, group, names)`` makes what a parameter's first step needs
        descend: changes parameters and arrays in place, given ``(xs, gs, ts, *kept, *options)``,
            where xs, gs and ts are lists of parameters, gradients and numbers of the step
        kept: of a group: the keys in the state of what it keeps; None for what an option has off
        options: of a group: further arguments of ``descend``
    """
    plan = []
    for group, params, xs, gs in optimizer._with_gradients():
        if params:
            _refuse(group)
        names = kept(group)
        states = []
        for p, x in zip(params, xs, strict=True):
            state = optimizer.state.get(p) or optimizer._new_state(
                p, group, [n for n in names if n]
            )
            for name in names:
                if name and state[name].array.shape != x.shape:
                    raise RuntimeError(
                        f"The size of the state's {name}, {list(state[name].shape)}, must match "
                        f"the size of its parameter, {list(x.shape)}: is it another model's?"
                    )
            states.append(state)
        ts = [state["step"].array.item() + 1.0 for state in states]
        plan.append((group, params, xs, gs, ts, states, names, options(group)))
    by = f"{type(optimizer).__name__}.step", *user_line()
    for group, params, xs, gs, ts, states, names, numbers in plan:
        for p, state, t in zip(params, states, ts, strict=True):
            optimizer.state[p] = state
            state["step"].array[...] = t
        if group["differentiable"]:
            arrays = [[s[name] if name else None for s in states] for name in names]
            with enable_grad():
                descend(params, [p.grad for p in params], ts, *arrays, *numbers)
        else:
            arrays = [[s[name].array if name else None for s in states] for name in names]
            descend(*in_pieces(xs, gs, ts, *arrays), *numbers)
            optimizer._note_changes(params, by)


def in_pieces(xs: list[numpy.ndarray], *others: list) -> list[list]:
    """Large arrays cut into rows, and what belongs to them as well: what is computed of a piece
    is still in the processor's cache when the next operation needs it.

    Args:
        xs: arrays
        others: lists of as many items: arrays of the same shape, or numbers, or None
    """
    lists = [xs, *others]
    if all(x.size <= PIECE for x in xs):
        return lists
    cut: list[list] = [[] for _ in lists]
    for items in zip(*lists, strict=True):
        x = items[0]
        rows = len(x) if x.size > PIECE else 0
        step = rows and max(1, PIECE * rows // x.size)
        for new, item in zip(cut, items, strict=True):
            if not rows:
                new.append(item)
            elif isinstance(item, numpy.ndarray):
                new += [item[start : start + step] for start in range(0, rows, step)]
            else:
                new += [item] * -(-rows // step)
    return cut


def _refuse(group: dict) -> None:
    if group.get("capturable"):
        raise AssertionError(
            "If capturable=True, params and state_steps must be on supported devices, such as "
            "cuda: it is for steps recorded on a GPU, and here they run on the CPU"
        )
    if group["foreach"] and group["differentiable"]:
        raise AssertionError("foreach=True cannot be recorded by autograd; leave it out")


def new_count(group: dict | None = None) -> Tensor:
    """A count of steps, 0 yet: a tensor without dimensions, as torch keeps it."""
    fused = group is not None and group.get("fused")
    wide = get_default_dtype().numpy == float64 and not fused
    return wrap(numpy.zeros((), float64 if wide else float32))


def as_numbers(group: dict, *names: str) -> list:
    """Options of a group as Python's numbers: what is no number raises TypeError here, before
    anything changes. Where autograd records the step they stay as they are, for they may have
    gradients."""
    options = [group[name] for name in names]
    if group["differentiable"]:
        return options
    return [x if type(x) is float or type(x) is int else _number(x) for x in options]


def _number(option: Any) -> float:
    return tuple(map(_number, option)) if type(option) is tuple else float(option + 0.0)


def as_arrays(x: numpy.ndarray | Tensor, *numbers: float) -> Sequence:
    """Numbers as arrays without dimensions, in the dtype of the array x: NumPy multiplies by these
    more quickly than by numbers. For a tensor x they stay as they are."""
    if isinstance(x, Tensor):
        return numbers
    return [numpy.asarray(number, x.dtype) for number in numbers]


def lerp(a, b, w: float) -> None:
    """a = (1 - w) a + w b, in place and from the nearer end, as torch rounds it."""
    if w < 0.5:
        a += w * (b - a)
    else:
        a[...] = b - (b - a) * (1 - w)


def check_options(lr: float | Tensor, **others: float) -> None:
    """Raises ValueError for an option below 0. The others' names are those of the messages.

    Args:
        lr: the learning rate, maybe a tensor of one element
        others: numbers of which none may be negative
    """
    if isinstance(lr, Tensor) and lr.numel() != 1:
        raise ValueError("Tensor lr must be 1-element")
    if not lr >= 0.0:
        raise ValueError(f"Invalid learning rate: {lr}; to go uphill there is maximize=True")
    for name, value in others.items():
        if not value >= 0.0:
            raise ValueError(f"Invalid {name} value: {value}: it must not be negative")


def check_implementation(fused: bool | None, foreach: bool | None, differentiable: bool) -> None:
    """Raises RuntimeError for wishes that contradict each other."""
    if fused and differentiable:
        raise RuntimeError("`fused` does not support `differentiable`")
    if fused and foreach:
        raise RuntimeError("`fused` and `foreach` cannot be `True` together.")

"""A module's backward hooks: how they see the gradients of its outputs and of its inputs."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import TYPE_CHECKING

from ..autograd import Function
from ..autograd.grad_mode import mode
from ..tensor import Tensor

if TYPE_CHECKING:
    from .module import Module


class BackwardHookFunction(Function):
    """y = x        dx = dy:  a place in the graph for hooks, all tensors in one node"""

    @staticmethod
    def forward(ctx, *x):
        return x

    @staticmethod
    def backward(ctx, *dy):
        return dy


class BackwardHooks:
    """Shows a module's hooks the gradients of its outputs and then those of its inputs.

    One identity node goes in front of the module and one behind it. Both see all their gradients
    at once, which hooks on the single tensors would not.
    """

    def __init__(self, module: Module, pre_hooks: list, hooks: list):
        self.module = module
        self.pre_hooks = pre_hooks
        self.hooks = hooks
        self.grad_outputs: tuple = ()
        self.output_places: list[int] = []
        self.input_places: list[int] = []
        self.inputs = self.outputs = 0

    def watch_inputs(self, args: tuple) -> tuple:
        self.inputs = len(args)
        self.input_places, args = _pass_through(args, lambda node: node.register_hook(self._after))
        return args

    def watch_outputs(self, y):
        single = isinstance(y, Tensor)
        if not single and not isinstance(y, tuple):
            warnings.warn(
                f"For backward hooks to be called, module output should be a Tensor or a tuple of "
                f"Tensors but received {type(y)}",
                stacklevel=4,
            )
            return y
        ys = (y,) if single else y
        self.outputs = len(ys)
        self.output_places, ys = _pass_through(ys, lambda node: node.register_prehook(self._before))
        return ys[0] if single else ys

    def _before(self, gradients: tuple):
        dys = _spread(gradients, self.output_places, self.outputs)
        for hook in self.pre_hooks:
            answer = hook(self.module, dys)
            if answer is not None:
                dys = _same_length(answer, dys, "output")
        self.grad_outputs = dys
        if not self.input_places:  # no gradient will reach the inputs: now or never
            self._call((None,) * self.inputs)
        return tuple(dys[i] for i in self.output_places)

    def _after(self, gradients: tuple, _):
        dxs = self._call(_spread(gradients, self.input_places, self.inputs))
        return tuple(dxs[i] for i in self.input_places)

    def _call(self, dxs: tuple) -> tuple:
        for hook in self.hooks:
            answer = hook(self.module, dxs, self.grad_outputs)
            if answer is None:
                continue
            if not self.input_places:
                raise RuntimeError(
                    f"Backward hook for Modules where no input requires gradient should always "
                    f"return None or None for all gradients: no input of "
                    f"{type(self.module).__name__} requires one."
                )
            dxs = _same_length(answer, dxs, "input")
        return dxs


def _pass_through(values: tuple, then: Callable) -> tuple[list[int], tuple]:
    """Leads the tensors that require a gradient through one node; says which they are."""
    places = [i for i, x in enumerate(values) if isinstance(x, Tensor) and x.requires_grad]
    if not mode.enabled or not places:
        return [], values
    passed = BackwardHookFunction.apply(*(values[i] for i in places))
    then(passed[0].grad_fn)
    values = list(values)
    for i, x in zip(places, passed, strict=True):
        values[i] = x
    return places, tuple(values)


def _spread(gradients: tuple, places: list[int], count: int) -> tuple:
    """The gradients at their places among all arguments, None elsewhere."""
    spread = [None] * count
    for i, gradient in zip(places, gradients, strict=True):
        spread[i] = gradient
    return tuple(spread)


def _same_length(answer, before: tuple, what: str) -> tuple:
    answer = answer if isinstance(answer, tuple) else (answer,)
    if len(answer) != len(before):
        raise RuntimeError(
            f"Backward hook returned an invalid number of grad_{what}, got {len(answer)}, but "
            f"expected {len(before)}"
        )
    return answer


# ---- the older kind ---------------------------------------------------------------------------


def hang_on_last_node(module: Module, hooks: list, args: tuple, y) -> None:
    """``register_backward_hook``: the hooks see what the node that made the output sees.

    That is the whole module only when its forward is one operation; hence the warnings.
    """
    first = y
    while not isinstance(first, Tensor):
        first = next(iter(first.values())) if isinstance(first, dict) else first[0]
    node = first.grad_fn
    if node is None:
        return
    for hook in hooks:
        node.register_hook(lambda dx, dy, hook=hook: hook(module, dx, dy))
    flaw = _flaw(args, y, node)
    if flaw:
        warnings.warn(
            f"Using a non-full backward hook when {flaw} is deprecated: it will not see all "
            f"gradients. Please use register_full_backward_hook.",
            FutureWarning,
            stacklevel=4,
        )


def _flaw(args: tuple, y, node) -> str:
    """Why the hooks of the older kind will not see everything; "" when they will."""
    ys = (y,) if isinstance(y, Tensor) else y
    if not isinstance(ys, tuple) or not all(isinstance(x, Tensor) for x in ys):
        return "the module does not return a Tensor or a tuple of Tensors"
    if not all(isinstance(x, Tensor) for x in args):
        return "the module is given something else than Tensors"
    if len({id(x.grad_fn) for x in ys if x.grad_fn is not None}) > 1:
        return "the outputs come from different operations"
    before = {id(x.grad_fn) for x in args if x.grad_fn is not None}
    if before != {id(next_node) for next_node, _ in node.next_functions}:
        return "the forward consists of several operations"
    return ""

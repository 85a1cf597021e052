"""What users hang onto a module, and how a call of the module runs it."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from ..autograd import Function
from ..autograd._handles import RemovableHandle
from ..autograd.grad_mode import mode
from ..tensor import Tensor

if TYPE_CHECKING:
    from .module import Module


class Hook(NamedTuple):
    function: Callable
    with_kwargs: bool = False
    always_call: bool = False

    def __call__(self, module: Module, args: tuple, kwargs: dict, *result):
        if self.with_kwargs:
            return self.function(module, args, kwargs, *result)
        return self.function(module, args, *result)


def register(hooks: dict, hook, prepend: bool = False) -> RemovableHandle:
    """Adds a hook behind the others, or before them."""
    handle = RemovableHandle(hooks, hook)
    if prepend:
        others = [key for key in hooks if key != handle.id]
        for key in others:
            hooks[key] = hooks.pop(key)
    return handle


def call(module: Module, args: tuple, kwargs: dict):
    """``module.forward`` between the module's hooks."""
    y = None
    ahead = dict(module._forward_hooks)  # those yet to run
    try:
        for hook in tuple(module._forward_pre_hooks.values()):
            args, kwargs = _replaced(hook, hook(module, args, kwargs), args, kwargs)
        backward_hooks = None
        if module._backward_hooks or module._backward_pre_hooks:
            backward_hooks = BackwardHooks(module)
            args = backward_hooks.watch_inputs(args)
        y = module.forward(*args, **kwargs)
        for key, hook in tuple(ahead.items()):
            del ahead[key]
            answer = hook(module, args, kwargs, y)
            if answer is not None:
                y = answer
        return y if backward_hooks is None else backward_hooks.watch_outputs(y)
    except Exception:
        for hook in ahead.values():
            if hook.always_call:
                _call_all_the_same(hook, module, args, kwargs, y)
        raise


def _replaced(hook: Hook, answer, args: tuple, kwargs: dict) -> tuple[tuple, dict]:
    """The arguments after a pre-hook's answer."""
    if answer is None:
        return args, kwargs
    if not hook.with_kwargs:
        return answer if isinstance(answer, tuple) else (answer,), kwargs
    if isinstance(answer, tuple) and len(answer) == 2:
        return answer
    raise RuntimeError(
        f"forward pre-hook must return None or a tuple of (new_args, new_kwargs), but got {answer}."
    )


def _call_all_the_same(hook: Hook, module: Module, args: tuple, kwargs: dict, y) -> None:
    try:
        hook(module, args, kwargs, y)
    except Exception as error:
        warnings.warn(
            f"module forward hook with ``always_call=True`` raised an exception that was silenced "
            f"as another error was raised in forward: {error}",
            stacklevel=4,
        )


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

    def __init__(self, module: Module):
        self.module = module
        self.hooks = tuple(module._backward_hooks.values())
        self.pre_hooks = tuple(module._backward_pre_hooks.values())
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

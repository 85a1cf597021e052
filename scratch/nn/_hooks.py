"""What users hang onto a module, and how a call of the module runs it."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from ..autograd._handles import RemovableHandle
from ._backward_hooks import BackwardHooks, hang_on_last_node

if TYPE_CHECKING:
    from .module import Module

EVERYWHERE: dict[int, tuple[str, object]] = {}  # hooks of all modules at once, each with its kind


class Hook(NamedTuple):
    function: Callable
    with_kwargs: bool = False
    always_call: bool = False

    def __call__(self, module: Module, args: tuple, kwargs: dict, *result):
        if self.with_kwargs:
            return self.function(module, args, kwargs, *result)
        return self.function(module, args, *result)


class Hookable:
    """Keeps the hooks of one module."""

    _is_full_backward_hook: bool | None = None  # False: those of the older kind
    _forward_pre_hooks: dict
    _forward_hooks: dict
    _backward_pre_hooks: dict
    _backward_hooks: dict

    def __init__(self):
        self.__dict__.update(  # as assigning them would, only sooner
            _forward_pre_hooks={}, _forward_hooks={}, _backward_pre_hooks={}, _backward_hooks={}
        )

    def register_forward_pre_hook(
        self, hook: Callable, *, prepend: bool = False, with_kwargs: bool = False
    ) -> RemovableHandle:
        """Calls ``hook(module, args)`` before every forward; what it returns becomes the arguments.

        Args:
            hook: the function
            prepend: call it before the hooks that are there. Default: False
            with_kwargs: call ``hook(module, args, kwargs)``; it returns both. Default: False
        """
        return register(self._forward_pre_hooks, Hook(hook, with_kwargs), prepend)

    def register_forward_hook(
        self,
        hook: Callable,
        *,
        prepend: bool = False,
        with_kwargs: bool = False,
        always_call: bool = False,
    ) -> RemovableHandle:
        """Calls ``hook(module, args, output)`` after every forward; it may return another output.

        Args:
            hook: the function
            prepend: call it before the hooks that are there. Default: False
            with_kwargs: call ``hook(module, args, kwargs, output)``. Default: False
            always_call: call it even when forward raises. Default: False
        """
        return register(self._forward_hooks, Hook(hook, with_kwargs, always_call), prepend)

    def register_full_backward_pre_hook(
        self, hook: Callable, prepend: bool = False
    ) -> RemovableHandle:
        """Calls ``hook(module, grad_output)`` before the module's backward."""
        return register(self._backward_pre_hooks, hook, prepend)

    def register_full_backward_hook(self, hook: Callable, prepend: bool = False) -> RemovableHandle:
        """Calls ``hook(module, grad_input, grad_output)`` after the module's backward.

        What it returns, if not None, takes the place of ``grad_input``.
        """
        self._choose_kind(full=True)
        return register(self._backward_hooks, hook, prepend)

    def register_backward_hook(self, hook: Callable) -> RemovableHandle:
        """The older kind, which sees the module's last operation only. Use the full one."""
        self._choose_kind(full=False)
        return register(self._backward_hooks, hook)

    def _choose_kind(self, full: bool) -> None:
        if self._is_full_backward_hook is not None and self._is_full_backward_hook != full:
            raise RuntimeError(
                "Cannot use both regular backward hooks and full backward hooks on a single Module."
                " Please use only one of them."
            )
        self._is_full_backward_hook = full


def register(hooks: dict, hook, prepend: bool = False) -> RemovableHandle:
    """Adds a hook behind the others, or before them."""
    handle = RemovableHandle(hooks, hook)
    if prepend:
        others = [key for key in hooks if key != handle.id]
        for key in others:
            hooks[key] = hooks.pop(key)
    return handle


def call(module: Module, args: tuple, kwargs: dict):
    """``module.forward`` between the module's hooks, those of all modules first."""
    y = None
    ahead = {**_everywhere("forward"), **module._forward_hooks}  # those yet to run
    try:
        pre_hooks = {**_everywhere("forward_pre"), **module._forward_pre_hooks}
        for hook in pre_hooks.values():
            args, kwargs = _replaced(hook, hook(module, args, kwargs), args, kwargs)
        backward_hooks, last_node_hooks = _backward_hooks(module)
        if backward_hooks is not None:
            args = backward_hooks.watch_inputs(args)
        y = module.forward(*args, **kwargs)
        for key, hook in tuple(ahead.items()):
            del ahead[key]
            answer = hook(module, args, kwargs, y)
            if answer is not None:
                y = answer
        if backward_hooks is not None:
            y = backward_hooks.watch_outputs(y)
        if last_node_hooks:
            hang_on_last_node(module, last_node_hooks, args, y)
        return y
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


def _backward_hooks(module: Module) -> tuple[BackwardHooks | None, list]:
    """What will watch the backward pass, and the hooks of the older kind."""
    if not (EVERYWHERE or module._backward_hooks or module._backward_pre_hooks):
        return None, []
    full = list(_everywhere("full_backward").values())
    older = list(_everywhere("backward").values())
    own = module._backward_hooks.values()
    (older if module._is_full_backward_hook is False else full).extend(own)
    ahead = [*_everywhere("full_backward_pre").values(), *module._backward_pre_hooks.values()]
    return BackwardHooks(module, ahead, full) if full or ahead else None, older


def _call_all_the_same(hook: Hook, module: Module, args: tuple, kwargs: dict, y) -> None:
    try:
        hook(module, args, kwargs, y)
    except Exception as error:
        warnings.warn(
            f"module forward hook with ``always_call=True`` raised an exception that was silenced "
            f"as another error was raised in forward: {error}",
            stacklevel=4,
        )


# ---- hooks of all modules -----------------------------------------------------------------------


def _everywhere(kind: str) -> dict:
    hooks = EVERYWHERE.items() if EVERYWHERE else ()
    return {key: hook for key, (its_kind, hook) in hooks if its_kind == kind}


def register_module_forward_pre_hook(hook: Callable) -> RemovableHandle:
    """``register_forward_pre_hook`` of all modules there are and will be."""
    return RemovableHandle(EVERYWHERE, ("forward_pre", Hook(hook)))


def register_module_forward_hook(
    hook: Callable, *, with_kwargs: bool = False, always_call: bool = False
) -> RemovableHandle:
    """``register_forward_hook`` of all modules there are and will be."""
    return RemovableHandle(EVERYWHERE, ("forward", Hook(hook, with_kwargs, always_call)))


def register_module_full_backward_pre_hook(hook: Callable) -> RemovableHandle:
    """``register_full_backward_pre_hook`` of all modules there are and will be."""
    return RemovableHandle(EVERYWHERE, ("full_backward_pre", hook))


def register_module_full_backward_hook(hook: Callable) -> RemovableHandle:
    """``register_full_backward_hook`` of all modules there are and will be."""
    return RemovableHandle(EVERYWHERE, ("full_backward", hook))


def register_module_backward_hook(hook: Callable) -> RemovableHandle:
    """``register_backward_hook`` of all modules there are and will be."""
    return RemovableHandle(EVERYWHERE, ("backward", hook))

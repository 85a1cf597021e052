"""What all optimizers share: groups of parameters with their options, and a state for each.

A *group* is a dictionary of parameters and options such as the learning rate. The *state* of a
parameter is what an optimizer remembers of it from step to step, such as its momentum.
"""

from __future__ import annotations

import copy
import functools
import warnings
from collections import defaultdict
from collections.abc import Callable, Iterable
from itertools import chain
from typing import Any

import numpy

from .._backends import count_step
from ..autograd._handles import RemovableHandle
from ..autograd.variable import wrap
from ..nn.module import Module
from ..tensor import Tensor
from ._steps import new_count
from ._unregistered import unregistered

__all__ = ["Optimizer"]

required = object()  # the default of an option that has none


class Optimizer:
    """The base class of all optimizers. A subclass defines ``step``.

    Args:
        params: tensors, or (name, tensor) pairs, or dictionaries: one group each
        defaults: the options of groups that do not say otherwise

    Examples:
        >>> net = torch.nn.Sequential(torch.nn.Linear(4, 8), torch.nn.Linear(8, 2))
        >>> optimizer = torch.optim.SGD(
        ...     [{"params": net[0].parameters()}, {"params": net[1].parameters(), "lr": 0.01}],
        ...     lr=0.1,
        ... )
        >>> [group["lr"] for group in optimizer.param_groups]
        [0.1, 0.01]
    """

    _later: dict[str, Any] = {}  # options that older versions lacked, so that their files do too

    def __init__(self, params: Iterable, defaults: dict[str, Any]):
        self.defaults = defaults
        if isinstance(params, Tensor):
            raise TypeError(
                f"params argument given to the optimizer should be an iterable of "
                f"Tensors or dicts, but got {type(params).__name__}: put it into a list"
            )
        if isinstance(params, Module):
            raise TypeError(
                f"'{type(params).__name__}' object is not iterable over Tensors: it is a model, "
                f"and the optimizer wants its parameters. Use model.parameters()"
            )
        self.state: defaultdict[Any, dict] = defaultdict(dict)
        self.param_groups: list[dict[str, Any]] = []
        frame = getattr(params, "gi_frame", None)  # of model.parameters(), before it has run
        model = frame and frame.f_locals.get("self")
        groups = list(params)
        if not groups:
            raise ValueError(_empty(model))
        if not isinstance(groups[0], dict):
            groups = [{"params": groups}]
        for group in groups:
            self.add_param_group(group)

    def add_param_group(self, param_group: dict[str, Any]) -> None:
        """Adds parameters with options of their own.

        Args:
            param_group: ``"params"``, and options that differ from the defaults
        """
        if not isinstance(param_group, dict):
            raise TypeError(f"param_group must be a dict, but got {type(param_group)}")
        params = param_group["params"]
        if isinstance(params, set):
            raise TypeError(
                "optimizer parameters need to be organized in ordered collections, but the "
                "ordering of tensors in sets will change between runs. Please use a list instead."
            )
        params = [params] if isinstance(params, Tensor) else list(params)
        names = [param[0] for param in params if isinstance(param, tuple)]
        if names and len(names) != len(params):
            raise ValueError(
                "all optimizer params should be with/without names. Some param names are missing"
            )
        params = [param[1] for param in params] if names else params
        for param in params:
            self._check_param(param)
        if len(params) != len(set(params)):
            warnings.warn(
                "optimizer contains a parameter group with duplicate parameters; in future, this "
                "will cause an error",
                stacklevel=3,
            )
        for name, default in self.defaults.items():
            if default is required and name not in param_group:
                raise ValueError(
                    f"parameter group didn't specify a value of required optimization parameter "
                    f"{name}"
                )
        for group in self.param_groups:
            if ("param_names" in group) != bool(names):
                raise ValueError("all optimizer param groups should be with/without names.")
            if not set(group["params"]).isdisjoint(params):
                raise ValueError("some parameters appear in more than one parameter group")
        param_group["params"] = params
        if names:
            param_group["param_names"] = names
        for name, default in self.defaults.items():
            param_group.setdefault(name, default)
        self.param_groups.append(param_group)

    def _check_param(self, param: object) -> None:
        if not isinstance(param, Tensor):
            raise TypeError(
                f"optimizer can only optimize Tensors, but one of the params is "
                f"{type(param).__name__}"
                + (": use its parameters()" if isinstance(param, Module) else "")
            )
        if not (self.defaults.get("differentiable") or param.is_leaf or param.retains_grad):
            raise ValueError(
                f"can't optimize a non-leaf Tensor: one of shape {list(param.shape)} was computed "
                f"by {param.grad_fn.name()}, and only what it was computed from can be changed"
            )

    def zero_grad(self, set_to_none: bool = True) -> None:
        """Forgets all gradients, which ``backward`` would otherwise add to.

        Args:
            set_to_none: False writes zeros over them instead. Default: True
        """
        for group in self.param_groups:
            for p in group["params"]:
                if set_to_none:
                    p._grad = None
                elif p._grad is not None:
                    g = p._grad
                    g.detach_() if g.grad_fn is not None else g.requires_grad_(False)
                    g.zero_()

    def step(self, closure: Callable[[], Any] | None = None) -> Any:
        """Changes the parameters by means of their gradients.

        Args:
            closure: computes the loss and its gradients anew, and returns the loss
        """
        raise NotImplementedError(f"{type(self).__name__} has to define step()")

    def _with_gradients(self) -> list[tuple[dict, list, list, list]]:
        """Each group, with those of its parameters that have a gradient, their arrays, and the
        gradients' arrays.

        Every step begins here. Whatever could make it fail half-way is found now, before anything
        changes.
        """
        count_step()
        found = []
        for group in self.param_groups:
            params, xs, gs = [], [], []
            for p in group["params"]:
                if p._grad is not None:
                    x, g = p.array, p._grad.array
                    if g.shape != x.shape or not x.flags.writeable:
                        raise RuntimeError(_mismatch(x, g))
                    params.append(p)
                    xs.append(x)
                    gs.append(g)
            found.append((group, params, xs, gs))
        return found

    def _new_state(self, p: Tensor, group: dict, names: list[str]) -> dict[str, Any]:
        """What is kept of a parameter at its first step: a count, and zeros under each name.

        Args:
            p: the parameter
            group: its group
            names: what else is kept
        """
        zeros: dict[str, Any] = {
            name: wrap(numpy.zeros_like(p.array, subok=False)) for name in names
        }
        return {"step": new_count(group), **zeros}

    def _note_changes(self, params: list[Tensor], by: tuple[str, str, int]) -> None:
        """Counts a change of each parameter, so that a graph which still needs the old one notices.

        Args:
            params: what the step has changed
            by: the step's name, and the user's line that called it
        """
        for p in params:
            changes = p._version_counter or p._changes
            changes.count += 1
            changes.by = by

    # ---- saving -----------------------------------------------------------------------------

    def state_dict(self) -> dict[str, Any]:
        """The state and the options. Numbers stand for the parameters, in the groups' order."""
        for hook in self._hung("before saving"):
            hook(self)
        numbers: dict[int, int] = {}
        groups = []
        for group in self.param_groups:
            for i, p in enumerate(group["params"], sum(len(g["params"]) for g in groups)):
                numbers.setdefault(id(p), i)
            packed = {key: value for key, value in group.items() if key != "params"}
            groups.append({**packed, "params": [numbers[id(p)] for p in group["params"]]})
        state = {
            numbers[id(key)] if isinstance(key, Tensor) else key: value
            for key, value in self.state.items()
        }
        saved: dict[str, Any] = {"state": state, "param_groups": groups}
        for hook in self._hung("after saving"):
            answer = hook(self, saved)
            saved = saved if answer is None else answer
        return saved

    def load_state_dict(self, state_dict: dict[str, Any]) -> None:
        """Takes over what ``state_dict`` gave.

        Args:
            state_dict: of an optimizer with as many groups, of as many parameters
        """
        state_dict = state_dict.copy()
        for hook in self._hung("before loading"):
            answer = hook(self, state_dict)
            state_dict = state_dict if answer is None else answer
        groups, saved = self.param_groups, copy.deepcopy(state_dict["param_groups"])
        if len(groups) != len(saved):
            raise ValueError(
                f"loaded state dict has a different number of parameter groups: {len(saved)}, and "
                f"this optimizer has {len(groups)}"
            )
        for group, new in zip(groups, saved, strict=True):
            if len(group["params"]) != len(new["params"]):
                raise ValueError(
                    f"loaded state dict contains a parameter group that doesn't match the size of "
                    f"optimizer's group: {len(new['params'])} parameters for {len(group['params'])}"
                )
        params = dict(
            zip(
                chain.from_iterable(group["params"] for group in saved),
                chain.from_iterable(group["params"] for group in groups),
                strict=True,
            )
        )
        state: defaultdict[Any, dict] = defaultdict(dict)
        for key, value in state_dict["state"].items():
            if key in params:
                state[params[key]] = _converted(value, params[key])
            else:
                state[key] = value
        for group, new in zip(groups, saved, strict=True):
            new["params"] = group["params"]
            if "param_names" in group:
                new.setdefault("param_names", group["param_names"])
        self.__setstate__({"state": state, "param_groups": saved})
        for hook in self._hung("after loading"):
            hook(self)

    def __getstate__(self) -> dict[str, Any]:
        return {name: self.__dict__[name] for name in ("defaults", "state", "param_groups")}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self.defaults.setdefault("differentiable", False)
        for group in self.param_groups:
            for name, off in self._later.items():
                group.setdefault(name, off)
            for p in group["params"] if self._later else ():
                kept = self.state.get(p)
                if kept and not isinstance(kept.get("step", p), Tensor):  # once it was a number
                    count = kept["step"]
                    kept["step"] = new_count(group)
                    kept["step"].array[...] = count

    # ---- hooks ------------------------------------------------------------------------------

    def register_step_pre_hook(self, hook: Callable) -> RemovableHandle:
        """Calls ``hook(optimizer, args, kwargs)`` before each step; it may return new ones."""
        return RemovableHandle(self._step_hooks()[0], hook)

    def register_step_post_hook(self, hook: Callable) -> RemovableHandle:
        """Calls ``hook(optimizer, args, kwargs)`` after each step."""
        return RemovableHandle(self._step_hooks()[1], hook)

    def register_state_dict_pre_hook(
        self, hook: Callable, prepend: bool = False
    ) -> RemovableHandle:
        """Calls ``hook(optimizer)`` before ``state_dict``; ``prepend``: before other hooks."""
        return self._hang("before saving", hook, prepend)

    def register_state_dict_post_hook(
        self, hook: Callable, prepend: bool = False
    ) -> RemovableHandle:
        """Calls ``hook(optimizer, state_dict)`` after ``state_dict``; it may return another one."""
        return self._hang("after saving", hook, prepend)

    def register_load_state_dict_pre_hook(
        self, hook: Callable, prepend: bool = False
    ) -> RemovableHandle:
        """Calls ``hook(optimizer, state_dict)`` before loading; it may return another one."""
        return self._hang("before loading", hook, prepend)

    def register_load_state_dict_post_hook(
        self, hook: Callable, prepend: bool = False
    ) -> RemovableHandle:
        """Calls ``hook(optimizer)`` after loading."""
        return self._hang("after loading", hook, prepend)

    def _hang(self, when: str, hook: Callable, prepend: bool) -> RemovableHandle:
        hooks = self.__dict__.setdefault("_state_hooks", {}).setdefault(when, {})
        others = dict(hooks) if prepend else {}
        for key in others:
            del hooks[key]
        handle = RemovableHandle(hooks, hook)
        hooks.update(others)
        return handle

    def _hung(self, when: str) -> list[Callable]:
        return [*self.__dict__.get("_state_hooks", {}).get(when, {}).values()]

    def _step_hooks(self) -> tuple[dict, dict]:
        """The hooks. The first one asked for puts a step that calls them in front of the method, so
        that an optimizer without hooks pays nothing."""
        if "_hooks" in self.__dict__:
            return self._hooks
        before, after = self._hooks = {}, {}
        step = self.step

        @functools.wraps(step)
        def step_with_hooks(*args, **kwargs):
            args = (self, *args)  # hooks are shown the method's arguments, and may change them
            for hook in tuple(before.values()):
                answer = hook(self, args, kwargs)
                if answer is not None:
                    args, kwargs = answer
            loss = step(*args[1:], **kwargs)
            for hook in tuple(after.values()):
                hook(self, args, kwargs)
            return loss

        self.step = step_with_hooks
        return self._hooks

    def __repr__(self) -> str:
        text = type(self).__name__ + " ("
        for i, group in enumerate(self.param_groups):
            text += f"\nParameter Group {i}\n"
            for key in sorted(group):
                if key != "params":
                    text += f"    {key}: {group[key]}\n"
        return text + ")"


def _empty(model: Any) -> str:
    """What to say of an empty list: where the model hides its parameters, if it does."""
    hidden = unregistered(model) if isinstance(model, Module) else []
    if hidden:
        return "optimizer got an empty parameter list: " + "; ".join(hidden)
    return (
        "optimizer got an empty parameter list: has the model none, or was the generator "
        "of model.parameters() used up already?"
    )


def _mismatch(array: numpy.ndarray, gradient: numpy.ndarray) -> str:
    if not array.flags.writeable:
        return f"a parameter of shape {list(array.shape)} lies in memory that cannot be written to"
    return (
        f"The size of the gradient, {list(gradient.shape)}, must match the size of its parameter, "
        f"{list(array.shape)}: was the parameter's .data replaced after backward()?"
    )


def _converted(value: Any, param: Tensor) -> Any:
    """Saved state in the dtype of its parameter. Counts of steps stay what they are."""
    if isinstance(value, Tensor):
        return value.to(param.dtype) if param.is_floating_point() else value
    if isinstance(value, dict):
        return {k: v if k == "step" else _converted(v, param) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(_converted(v, param) for v in value)
    return value

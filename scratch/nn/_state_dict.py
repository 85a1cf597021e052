"""A module's parameters and buffers as one flat dictionary, and back.

The keys are paths: ``"2.weight"`` is the parameter ``weight`` of the submodule ``2``. Each module
saves and loads what it holds itself (``_save_to_state_dict``, ``_load_from_state_dict``), so that a
layer whose layout changed can override these and still read the files of its earlier versions.
"""

from __future__ import annotations

import warnings
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from ..autograd._handles import RemovableHandle
from ..tensor import Size, Tensor
from .parameter import Parameter

if TYPE_CHECKING:
    from .module import Module

EXTRA = "_extra_state"  # the key of what get_extra_state returns


class IncompatibleKeys(NamedTuple):
    """What ``load_state_dict`` could not place."""

    missing_keys: list[str]
    unexpected_keys: list[str]

    def __repr__(self) -> str:
        if not self.missing_keys and not self.unexpected_keys:
            return "<All keys matched successfully>"
        return (
            f"_IncompatibleKeys(missing_keys={self.missing_keys}, "
            f"unexpected_keys={self.unexpected_keys})"
        )

    def __str__(self) -> str:
        return repr(self)


class LoadHook(NamedTuple):
    function: Callable
    with_module: bool


class Stateful:
    """Saves and loads what a module holds."""

    _version = 1  # of the state_dict's layout
    _state_dict_hooks: dict
    _state_dict_pre_hooks: dict
    _load_state_dict_pre_hooks: dict
    _load_state_dict_post_hooks: dict

    if TYPE_CHECKING:  # the rest of a Module
        _parameter_names: dict
        _buffer_names: dict
        _modules: Any
        _non_persistent_buffers_set: set

    def __init__(self):
        self.__dict__.update(
            _state_dict_hooks={},
            _state_dict_pre_hooks={},
            _load_state_dict_pre_hooks={},
            _load_state_dict_post_hooks={},
        )

    # ---- out ------------------------------------------------------------------------------------

    def state_dict(
        self, *args: Any, destination: Any = None, prefix: str = "", keep_vars: bool = False
    ) -> dict[str, Any]:
        """The parameters and persistent buffers by path. They share memory with the module.

        Args:
            args: the same without their names, which torch is about to give up
            destination: a dictionary to add to
            prefix: put before each key
            keep_vars: keep the parameters themselves, with their gradients. Default: False

        Examples:
            >>> list(torch.nn.Linear(2, 3).state_dict())
            ['weight', 'bias']
        """
        if args:
            warnings.warn(
                "Positional args are being deprecated: state_dict(destination=..., prefix=..., "
                "keep_vars=...)",
                FutureWarning,
                stacklevel=2,
            )
            given = dict(zip(("destination", "prefix", "keep_vars"), args, strict=False))
            destination = given.get("destination") if destination is None else destination
            prefix = prefix or given.get("prefix", "")
            keep_vars = keep_vars or given.get("keep_vars", False)
        if destination is None:
            destination = OrderedDict()
            destination._metadata = OrderedDict()  # a version for each module
        metadata = {"version": self._version}
        if hasattr(destination, "_metadata"):
            destination._metadata[prefix[:-1]] = metadata
        for hook in self._state_dict_pre_hooks.values():
            hook(self, prefix, keep_vars)
        self._save_to_state_dict(destination, prefix, keep_vars)
        for name, child in self._modules.items():
            if child is not None:
                child.state_dict(
                    destination=destination, prefix=f"{prefix}{name}.", keep_vars=keep_vars
                )
        for hook in self._state_dict_hooks.values():
            answer = hook(self, destination, prefix, metadata)
            if answer is None:
                continue
            if getattr(hook, "_from_public_api", False):
                raise RuntimeError("state_dict post-hook must return None")
            destination = answer
        return destination

    def _save_to_state_dict(self, destination: dict, prefix: str, keep_vars: bool) -> None:
        """Adds what this module holds itself, without its submodules."""
        for name, x in own_state(self):
            destination[prefix + name] = x if keep_vars else x.detach()
        if _overrides(self, "get_extra_state"):
            destination[prefix + EXTRA] = self.get_extra_state()

    def get_extra_state(self) -> Any:
        """What else belongs into the ``state_dict``. Subclasses define it, if there is anything."""
        raise RuntimeError(f"{type(self).__name__} does not define get_extra_state()")

    # ---- in -------------------------------------------------------------------------------------

    def load_state_dict(
        self, state_dict: Mapping[str, Any], strict: bool = True, assign: bool = False
    ) -> IncompatibleKeys:
        """Copies what ``state_dict`` gave into this module. If anything is wrong, nothing changes.

        Args:
            state_dict: values by path
            strict: whether its keys must be exactly this module's. Default: True
            assign: take over the given tensors instead of copying them. Default: False

        Returns:
            the missing and the unexpected keys, which ``strict=False`` tolerates
        """
        if not isinstance(state_dict, Mapping):
            how = ""
            if isinstance(state_dict, str):
                how = " Read the file first: load_state_dict(torch.load(path))."
            elif isinstance(state_dict, Stateful):
                how = " It is a model, and its values are in model.state_dict()."
            raise TypeError(f"Expected state_dict to be dict-like, got {type(state_dict)}.{how}")
        backup = None if fits(self, state_dict, strict) else Backup(self)
        try:
            return _load(self, state_dict, strict, assign)
        except Exception:
            if backup is not None:
                backup.restore()
            raise

    def _load_from_state_dict(
        self,
        state_dict: dict,
        prefix: str,
        local_metadata: dict,
        strict: bool,
        missing_keys: list[str],
        unexpected_keys: list[str],
        error_msgs: list[str],
    ) -> None:
        """Takes what this module holds itself, without its submodules; adds to the three lists.

        Args:
            state_dict: what belongs to this module and to those below it; may be changed
            prefix: of this module's keys
            local_metadata: ``"version"``, and ``"assign_to_params_buffers"`` when that is wanted
            strict: whether to fill the lists of keys
            missing_keys, unexpected_keys, error_msgs: what is wrong
        """
        for hook in self._load_state_dict_pre_hooks.values():
            module = (self,) if hook.with_module else ()
            lists = (missing_keys, unexpected_keys, error_msgs)
            hook.function(*module, state_dict, prefix, local_metadata, strict, *lists)
        own = dict(own_state(self))
        for name, x in own.items():
            key = prefix + name
            if key not in state_dict:
                missing_keys.extend([key] * bool(strict))
                continue
            complaint = mismatch(key, x, state_dict[key])
            if complaint:
                error_msgs.append(complaint)
            elif local_metadata.get("assign_to_params_buffers", False):
                setattr(self, name, _as_member(state_dict[key], x))
            else:
                x.array[...] = state_dict[key].array.reshape(x.array.shape)
                x._changes.bump("load_state_dict")
        extra = prefix + EXTRA
        if _overrides(self, "set_extra_state"):
            if extra in state_dict:
                self.set_extra_state(state_dict[extra])
            elif strict:
                missing_keys.append(extra)
        elif strict and extra in state_dict:
            unexpected_keys.append(extra)
        for key in state_dict if strict else ():
            if key.startswith(prefix) and key != extra:
                name, dot, _ = key[len(prefix) :].partition(".")
                if name not in (self._modules if dot else own):
                    unexpected_keys.append(key)

    def set_extra_state(self, state: Any) -> None:
        """Takes back what ``get_extra_state`` returned. Subclasses define it."""
        raise RuntimeError(f"{type(self).__name__} does not define set_extra_state()")

    # ---- hooks ----------------------------------------------------------------------------------

    def register_state_dict_pre_hook(self, hook: Callable) -> RemovableHandle:
        """Calls ``hook(module, prefix, keep_vars)`` before ``state_dict`` collects."""
        return RemovableHandle(self._state_dict_pre_hooks, hook)

    def register_state_dict_post_hook(self, hook: Callable) -> RemovableHandle:
        """Calls ``hook(module, state_dict, prefix, local_metadata)`` after ``state_dict``; it may
        change the dictionary, and returns None."""
        hook._from_public_api = True
        return RemovableHandle(self._state_dict_hooks, hook)

    def _register_state_dict_hook(self, hook: Callable) -> RemovableHandle:
        """The same; what it returns takes the dictionary's place."""
        if getattr(hook, "_from_public_api", False):
            raise RuntimeError(
                "Cannot register the same function as the state dict post hook that was previously "
                "registered via register_state_dict_post_hook"
            )
        return RemovableHandle(self._state_dict_hooks, hook)

    def register_load_state_dict_pre_hook(self, hook: Callable) -> RemovableHandle:
        """Calls ``hook(module, state_dict, prefix, local_metadata, strict, missing_keys,
        unexpected_keys, error_msgs)`` before the module loads; it may change all of them."""
        return self._register_load_state_dict_pre_hook(hook, with_module=True)

    def _register_load_state_dict_pre_hook(
        self, hook: Callable, with_module: bool = False
    ) -> RemovableHandle:
        return RemovableHandle(self._load_state_dict_pre_hooks, LoadHook(hook, with_module))

    def register_load_state_dict_post_hook(self, hook: Callable) -> RemovableHandle:
        """Calls ``hook(module, incompatible_keys)`` after the module and all below it have loaded;
        it may change the two lists."""
        return RemovableHandle(self._load_state_dict_post_hooks, hook)


def _load(module: Module, state: Mapping, strict: bool, assign: bool) -> IncompatibleKeys:
    missing: list[str] = []
    unexpected: list[str] = []
    complaints: list[str] = []
    keys = IncompatibleKeys(missing, unexpected)
    metadata = getattr(state, "_metadata", None)
    state = OrderedDict(state)  # modules may change it
    if metadata is not None:
        state._metadata = metadata

    def load(module: Module, state: dict, prefix: str) -> None:
        local_metadata = dict((metadata or {}).get(prefix[:-1], {}))
        if assign:
            local_metadata["assign_to_params_buffers"] = True
        module._load_from_state_dict(
            state, prefix, local_metadata, True, missing, unexpected, complaints
        )
        for name, child in module._modules.items():
            if child is not None:
                ahead = f"{prefix}{name}."
                below = {key: x for key, x in state.items() if key.startswith(ahead)}
                load(child, below, ahead)
        for hook in module._load_state_dict_post_hooks.values():
            if hook(module, keys) is not None:
                raise AssertionError(
                    "a hook registered with register_load_state_dict_post_hook returns None: it "
                    "changes the two lists in place"
                )

    load(module, state, "")
    if strict:
        complaints = [*listed("Missing", missing), *listed("Unexpected", unexpected), *complaints]
    if complaints:
        lines = "\n\t".join(complaints)
        error = RuntimeError(
            f"Error(s) in loading state_dict for {type(module).__name__}:\n\t{lines}"
        )
        for note in _likely(missing, unexpected, state) if strict else ():
            error.add_note(note)
        raise error
    return keys


def _likely(missing: list[str], unexpected: list[str], state: Mapping) -> Iterator[str]:
    """Why keys may not fit: a checkpoint around the state, or a wrapper around the module."""
    for key in unexpected:
        if isinstance(state.get(key), Mapping):
            yield f"{key!r} holds a dictionary: was checkpoint[{key!r}] meant?"
    for prefix in {name.split(".")[0] + "." for name in missing + unexpected}:
        if set(unexpected) == {prefix + name for name in missing} != set():
            yield f"The state's keys begin with {prefix!r}, the model's do not: take it away"
        if set(missing) == {prefix + name for name in unexpected} != set():
            yield f"The model's keys begin with {prefix!r}, the state's do not: put it before them"


def own_state(module: Stateful) -> Iterator[tuple[str, Tensor]]:
    """The parameters and the persistent buffers of one module, without its submodules."""
    members = module.__dict__
    for name in module._parameter_names:
        if members[name] is not None:
            yield name, members[name]
    for name in module._buffer_names:
        if members[name] is not None and name not in module._non_persistent_buffers_set:
            yield name, members[name]


def _all_state(module: Stateful, prefix: str = "") -> Iterator[tuple[str, Stateful, str, Tensor]]:
    """Key, module, name and tensor; shared modules at every place they have."""
    for name, x in own_state(module):
        yield prefix + name, module, name, x
    for name, child in module._modules.items():
        if child is not None:
            yield from _all_state(child, f"{prefix}{name}.")


def fits(module: Stateful, state: Mapping, strict: bool) -> bool:
    """Whether loading will clearly succeed. If not, it may: layers repair what is older."""
    known = set()
    for key, _, _, x in _all_state(module):
        known.add(key)
        if key in state and mismatch(key, x, state[key]):
            return False
    return not strict or known == state.keys()


class Backup:
    """What a module holds, to be put back when loading fails half-way."""

    def __init__(self, module: Stateful):
        self.held = [(owner, name, x) for _, owner, name, x in _all_state(module)]
        self.arrays = {id(x): x.array.copy() for _, _, x in self.held}

    def restore(self) -> None:
        for owner, name, x in self.held:
            setattr(owner, name, x)
            x.array[...] = self.arrays[id(x)]


def mismatch(key: str, x: Tensor, new: Any) -> str | None:
    """Why a value cannot take the place of a tensor; None if it can."""
    if not isinstance(new, Tensor):
        return (
            f'While copying the parameter named "{key}", expected torch.Tensor or Tensor-like '
            f"object from checkpoint but received {type(new)}"
        )
    old_scalar = x.array.shape == () and new.array.shape == (1,)  # before torch had 0 dimensions
    if new.array.shape != x.array.shape and not old_scalar:
        return (
            f"size mismatch for {key}: copying a param with shape {Size(new.array.shape)} from "
            f"checkpoint, the shape in current model is {Size(x.array.shape)}."
        )
    return None


def listed(what: str, keys: list[str]) -> list[str]:
    quoted = ", ".join(f'"{key}"' for key in keys)
    return [f"{what} key(s) in state_dict: {quoted}. "] if keys else []


def _as_member(new: Tensor, x: Tensor) -> Tensor:
    """A loaded tensor as what it replaces was: a parameter for a parameter."""
    new = new[0] if new.array.ndim > x.array.ndim else new
    if not isinstance(x, Parameter):
        return new
    if not isinstance(new, Parameter):
        return Parameter(new, requires_grad=x.requires_grad)
    return new.requires_grad_(x.requires_grad)


def _overrides(module: Stateful, name: str) -> bool:
    return getattr(type(module), name) is not getattr(Stateful, name)

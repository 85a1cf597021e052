"""A module's parameters and buffers as one flat dictionary, and back.

The keys are paths: ``"2.weight"`` is the parameter ``weight`` of the submodule ``2``.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from ..tensor import Size, Tensor
from .parameter import Parameter

if TYPE_CHECKING:
    from .module import Module


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


def collect(module: Module, destination: dict | None, prefix: str, keep_vars: bool) -> dict:
    """The module's state; tensors share memory with it, without their history."""
    if destination is None:
        destination = OrderedDict()
        destination._metadata = OrderedDict()  # torch's file format wants a version a module
    if hasattr(destination, "_metadata"):
        destination._metadata[prefix[:-1]] = {"version": module._version}
    for name, x in _own_state(module):
        destination[prefix + name] = x if keep_vars else x.detach()
    for name, child in module._modules.items():
        if child is not None:
            child.state_dict(
                destination=destination, prefix=f"{prefix}{name}.", keep_vars=keep_vars
            )
    return destination


def load(module: Module, state: Mapping, strict: bool, assign: bool) -> IncompatibleKeys:
    """Copies a state into the module: all of what fits, once nothing is wrong; else nothing."""
    if not isinstance(state, Mapping):
        raise TypeError(f"Expected state_dict to be dict-like, got {type(state)}.")
    missing, mismatches, changes = [], [], []
    known = set()
    for prefix, owner in _all_modules(module):
        for name, x in _own_state(owner):
            key = prefix + name
            known.add(key)
            if key not in state:
                missing.append(key)
                continue
            new = state[key]
            complaint = _mismatch(key, x, new)
            if complaint:
                mismatches.append(complaint)
            else:
                changes.append((owner, name, x, new))
    unexpected = [key for key in state if key not in known]
    complaints = mismatches
    if strict:
        complaints = [*_listed("Missing", missing), *_listed("Unexpected", unexpected), *mismatches]
    if complaints:
        lines = "\n\t".join(complaints)
        raise RuntimeError(
            f"Error(s) in loading state_dict for {type(module).__name__}:\n\t{lines}"
        )
    for owner, name, x, new in changes:
        if assign:
            setattr(owner, name, _as_member(new, x))
        else:
            x.array[...] = new.array.reshape(x.array.shape)
            x._changes.bump("load_state_dict")
    return IncompatibleKeys(missing, unexpected)


def _own_state(module: Module) -> Iterator[tuple[str, Tensor]]:
    """The parameters and the persistent buffers of one module, without its submodules."""
    for name, x in module._parameters.items():
        if x is not None:
            yield name, x
    for name, x in module._buffers.items():
        if x is not None and name not in module._non_persistent_buffers_set:
            yield name, x


def _all_modules(module: Module, prefix: str = "") -> Iterator[tuple[str, Module]]:
    """Each module with the prefix of its keys; shared ones at every place they have."""
    yield prefix, module
    for name, child in module._modules.items():
        if child is not None:
            yield from _all_modules(child, f"{prefix}{name}.")


def _mismatch(key: str, x: Tensor, new) -> str | None:
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


def _listed(what: str, keys: list[str]) -> list[str]:
    quoted = ", ".join(f'"{key}"' for key in keys)
    return [f"{what} key(s) in state_dict: {quoted}. "] if keys else []


def _as_member(new: Tensor, x: Tensor) -> Tensor:
    """A loaded tensor as what it replaces was: a parameter for a parameter."""
    if not isinstance(x, Parameter):
        return new
    if not isinstance(new, Parameter):
        return Parameter(new, requires_grad=x.requires_grad)
    return new.requires_grad_(x.requires_grad)

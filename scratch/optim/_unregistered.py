"""Where a model hides parameters from its optimizer: in Python's lists, tuples, dictionaries."""

from __future__ import annotations

from typing import Any

from ..nn.module import Module
from ..nn.parameter import Parameter

__all__ = ["unregistered"]


def unregistered(model: Module) -> list[str]:
    """Attributes, of the model or a module in it, that hold modules or parameters which are not
    registered; each with what to use instead."""
    ordinary = vars(Module()).keys()  # the registries are dictionaries, too
    found = []
    for path, module in model.named_modules():
        for name, value in vars(module).items():
            if name in ordinary or not isinstance(value, (list, tuple, dict)):
                continue
            member = _first(value, set())
            if member is None:
                continue
            what = "Module" if isinstance(member, Module) else "Parameter"
            use = what + ("Dict" if isinstance(value, dict) else "List")
            where = f"{path}.{name}" if path else name
            found.append(
                f"{type(model).__name__} keeps a {what.lower()} ({type(member).__name__}) in its "
                f"attribute '{where}', a plain Python {type(value).__name__}, and what is in there "
                f"is not registered: use nn.{use}"
            )
    return found


def _first(value: Any, seen: set[int]) -> Module | Parameter | None:
    """The first module or parameter inside, however deep; a list may even hold itself."""
    if isinstance(value, (Module, Parameter)):
        return value
    if not isinstance(value, (list, tuple, dict)) or id(value) in seen:
        return None
    seen.add(id(value))
    for item in value.values() if isinstance(value, dict) else value:
        member = _first(item, seen)
        if member is not None:
            return member
    return None

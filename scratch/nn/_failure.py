"""A failing layer names itself.

An error raised deep inside a network says what is wrong with the numbers; the note it gets here
says where: ``in layer 'features.3' of Net: Linear(in_features=4, out_features=2, bias=True)``.
"""

from __future__ import annotations

from collections.abc import Iterator
from types import CodeType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .module import Module


class Place(str):
    """The note: a text of its own kind, so that a module further out can replace it."""

    def __reduce__(self):
        return str, (str(self),)


def note(error: Exception, call: CodeType) -> None:
    """Tells an error the path from the outermost module called so far to the one that failed.

    The traceback knows: each module on the way left a frame of ``Module.__call__`` in it. Every
    module that the error passes writes the note anew, with one more step in front.
    """
    notes = getattr(error, "__notes__", [])
    for i, text in enumerate(notes):
        if isinstance(text, Place):
            del notes[i]
            break
    error.add_note(Place(_place(_calls(error, call))))


def _calls(error: Exception, call: CodeType) -> list[Module]:
    """The modules being called, from the outermost to the one that failed."""
    modules: list[Module] = []
    step = error.__traceback__
    while step is not None:
        if step.tb_frame.f_code is call:
            module = step.tb_frame.f_locals["self"]
            if not modules or modules[-1] is not module:  # else it called itself
                modules.append(module)
        step = step.tb_next
    return modules


def _place(modules: list[Module]) -> str:
    outer, inner = modules[0], modules[-1]
    if outer is inner:
        return f"in {_described(inner)}"
    steps = [_step(a, b) for a, b in zip(modules, modules[1:], strict=False)]
    return f"in layer '{'.'.join(steps)}' of {type(outer).__name__}: {_described(inner)}"


def _described(module: Module) -> str:
    """The layer's own text; of a network only its class, since its text has many lines."""
    try:
        text = repr(module)
    except Exception:  # it is broken, after all
        text = "\n"
    return type(module).__name__ if "\n" in text or len(text) > 200 else text


def _step(outer: Module, inner: Module) -> str:
    """What ``outer`` calls ``inner``: its name, its path, or where else it is kept."""
    names = [name for name, module in outer._modules.items() if module is inner]
    if names:
        return " or ".join(names)  # the same layer at several places
    paths = (path for path, module in outer.named_modules() if module is inner)
    return next(paths, None) or next(_kept(vars(outer), inner), f"<{type(inner).__name__}>")


def _kept(attributes: dict[str, Any], inner: Module) -> Iterator[str]:
    """Where a layer is that the module does not know as its own: in a plain list, mostly."""
    for name, value in attributes.items():
        if isinstance(value, (list, tuple)):
            yield from (f"{name}[{i}]" for i, x in enumerate(value) if x is inner)
        elif isinstance(value, dict):
            yield from (f"{name}[{key!r}]" for key, x in value.items() if x is inner)

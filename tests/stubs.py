"""Writes scratch/_methods.pyi: what editors and type checkers know of a tensor's methods.

The lessons attach their functions to `Tensor` while scratch is imported, where no editor sees it.
After a change run `python -m tests.stubs`; tests/test_stubs.py fails when that was forgotten.
"""

from __future__ import annotations

import ast
import builtins
import inspect
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import scratch
from scratch import Tensor

STUB, CLASS = (Path(scratch.__file__).with_name(name) for name in ("_methods.pyi", "tensor.py"))
SHADOWED = ("bool", "float", "int")
HEADER = (
    '"""What the lessons attach to `Tensor`. Written by `python -m tests.stubs`: do not edit."""'
)


def attached() -> dict[str, Callable | property]:
    """The methods and properties that the class itself does not show, by name."""
    source = ast.parse(CLASS.read_text(encoding="utf-8"))
    (shown,) = [node for node in source.body if getattr(node, "name", "") == "Tensor"]
    names = {getattr(node, "name", "") for node in shown.body}
    names |= {target.id for node in shown.body for target in getattr(node, "targets", [])}
    return {
        name: value
        for name, value in sorted(vars(Tensor).items())
        if name not in names and (inspect.isfunction(value) or isinstance(value, property))
    }


def stub() -> str:
    """The text of the file."""
    methods = attached()
    functions = [getattr(value, "fget", value) for value in methods.values()]
    lines = [HEADER, "", *imports(functions), "", "class Methods(Variable):"]
    for name, value in methods.items():
        lines += definition(name, value)
    return "\n".join([*lines, ""])


def definition(name: str, value: Callable | property) -> Iterator[str]:
    if isinstance(value, property):
        yield "    @property"
    function = getattr(value, "fget", value)
    parameters = [written(parameter) for parameter in parameters_of(function)]
    if any(p.kind is p.KEYWORD_ONLY for p in parameters_of(function)):
        first = next(i for i, p in enumerate(parameters_of(function)) if p.kind is p.KEYWORD_ONLY)
        if not any(p.kind is p.VAR_POSITIONAL for p in parameters_of(function)):
            parameters.insert(first, "*")
    returned = hint(inspect.signature(function).return_annotation, "Tensor")
    yield f"    def {name}({', '.join(['self', *parameters])}) -> {returned}:"
    yield f'        """{(inspect.getdoc(function) or name).splitlines()[0]}"""'


def parameters_of(function: Callable) -> list[inspect.Parameter]:
    """All but the first; sizes may come one by one where the function lets them."""
    _, *parameters = inspect.signature(function).parameters.values()
    outer = inspect.signature(function, follow_wrapped=False).parameters
    if "numbers" in outer:
        sizes = parameters[0].replace(kind=inspect.Parameter.VAR_POSITIONAL, default=inspect._empty)
        parameters[0] = sizes.replace(annotation=f"int | {sizes.annotation}")
    return parameters


def written(parameter: inspect.Parameter) -> str:
    stars = {parameter.VAR_POSITIONAL: "*", parameter.VAR_KEYWORD: "**"}.get(parameter.kind, "")
    text = f"{stars}{parameter.name}: {hint(parameter.annotation, 'Any')}"
    if parameter.default is parameter.empty:
        return text
    plain = parameter.default is None or type(parameter.default) in (bool, int, float, str)
    return f"{text} = {parameter.default!r}" if plain else f"{text} = ..."


def hint(annotation: object, otherwise: str) -> str:
    """The text of an annotation; ``int``, within the class, would be the method of that name."""
    text = otherwise if annotation is inspect.Parameter.empty else str(annotation)
    return re.sub(rf"(?<![\w.])({'|'.join(SHADOWED)})\b", r"_\1", text)


def imports(functions: list[Callable]) -> list[str]:
    """Where the names in the annotations come from."""
    found = {"Variable": ".autograd.variable", "Tensor": ".tensor", "Any": "typing"}
    for function in map(inspect.unwrap, functions):
        signature = inspect.signature(function)
        hints = [signature.return_annotation, *(p.annotation for p in parameters_of(function))]
        for text in [hint(each, "Any") for each in hints]:
            for node in ast.walk(ast.parse(text)):
                if isinstance(node, ast.Name) and not hasattr(builtins, node.id.lstrip("_")):
                    found.setdefault(node.id, home(node.id, function))
    aliases = [f"from builtins import {name} as _{name}" for name in SHADOWED]
    return aliases + sorted(f"from {module} import {name}" for name, module in found.items())


def home(name: str, function: Callable) -> str:
    """The module to import a name from: the one that defines it, or else the function's."""
    value = function.__globals__.get(name)
    if inspect.ismodule(value):
        return "."
    module = getattr(value, "__module__", function.__module__)
    return module.replace("scratch", "", 1) if module.startswith("scratch.") else module


if __name__ == "__main__":
    STUB.write_text(stub(), encoding="utf-8")

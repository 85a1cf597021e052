"""What every operation computes and what its gradient is, read from the rules' docstrings.

A rule's docstring begins `y = sin x        dx = dy cos x`: what it computes, eight spaces, what
backward returns. The operations beside it are the public functions of the file that use the rule.
`sidebyside gradient` prints them, and the book has them all in one table.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rich.console import Console
from rich.text import Text

__all__ = ["Entry", "entries", "show", "without_rule"]

ROOT = Path(__file__).parents[1]
FOLDERS = ("linalg", "nn", "ops")
BASES = {"Rule", "ViewRule"}
NAMING = {"tensor_method", "pointwise"}  # decorators that are told names


@dataclass(frozen=True)
class Entry:
    """A rule as the table shows it."""

    lesson: str
    rule: str
    operations: tuple[str, ...]
    formula: str
    gradient: str


def entries(root: Path = ROOT) -> Iterator[Entry]:
    """All rules of `scratch`, lesson by lesson, each lesson in its own order."""
    trees = lessons(root)
    classes = [node for tree in trees.values() for node in tree.body if is_class(node)]
    known = set(BASES)
    while found := {c.name for c in classes if known & bases(c)} - known:
        known |= found
    for lesson, tree in trees.items():
        for node in tree.body:
            if is_class(node) and known & bases(node) and not is_abstract(node):
                entry = Entry(lesson, node.name, users(node.name, tree), *halves(node))
                if entry.gradient or entry.operations:  # neither: what other rules share
                    yield entry


def without_rule(root: Path = ROOT) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each lesson's operations without a rule: they are made of others, or have no gradient."""
    ruled: dict[str, set[str]] = {}
    for entry in entries(root):
        ruled.setdefault(entry.lesson, set()).update(entry.operations)
    for lesson, tree in lessons(root).items():
        folder, _, file = lesson.partition("/")
        if folder != "nn" and not file.startswith("_"):
            offered = [name for function in functions(tree) for name in called(function, tree)]
            yield lesson, tuple(name for name in offered if name not in ruled.get(lesson, ()))


@cache
def lessons(root: Path) -> dict[str, ast.Module]:
    """The source of each lesson, and of the private files beside it, by its path."""
    scratch = root / "scratch"
    paths = [path for folder in FOLDERS for path in sorted((scratch / folder).glob("*.py"))]
    return {
        path.relative_to(scratch).with_suffix("").as_posix(): ast.parse(
            path.read_text(encoding="utf-8")
        )
        for path in paths
    }


# ---- rules --------------------------------------------------------------------------------------


def is_class(node: ast.stmt) -> bool:
    return isinstance(node, ast.ClassDef)


def bases(node: ast.ClassDef) -> set[str]:
    return {ast.unparse(base).rpartition(".")[2] for base in node.bases}


def is_abstract(node: ast.ClassDef) -> bool:
    """What other rules have in common is none itself: its name begins with `_`."""
    return node.name.startswith("_")


def halves(node: ast.ClassDef) -> tuple[str, str]:
    """A rule's formula and its gradient: beside each other, or a paragraph each."""
    first, second, *_ = [*(ast.get_docstring(node) or "").split("\n\n"), ""]
    formula, _, gradient = first.partition(" " * 8)
    found = [formula, gradient or second]
    return tuple(re.sub(r"\s*\n\s*", " ", text).strip() for text in found)


# ---- operations ---------------------------------------------------------------------------------


def users(rule: str, tree: ast.Module) -> tuple[str, ...]:
    """The public functions that name the rule, or use what is private and names it."""
    offered = {f.name for f in functions(tree) if called(f, tree)}
    naming = {rule, *choosing(rule, tree)}
    while found := {f.name for f in functions(tree) if naming & names(f)} - naming - offered:
        naming |= found
    using = [f for f in functions(tree) if f.name in offered and naming & names(f)]
    return tuple(name for f in using for name in called(f, tree))


def choosing(rule: str, tree: ast.Module) -> Iterator[str]:
    """What leads to the rule in a table `{Key: Rule}`: the key, or where it is text the table."""
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict):
            for key, value in zip(node.value.keys, node.value.values, strict=True):
                if isinstance(value, ast.Name) and value.id == rule:
                    yield ast.unparse(key if isinstance(key, ast.Name) else node.targets[0])


def functions(tree: ast.Module) -> list[ast.FunctionDef]:
    return [node for node in tree.body if isinstance(node, ast.FunctionDef)]


@cache
def called(function: ast.FunctionDef, tree: ast.Module) -> tuple[str, ...]:
    """What users call it: its name, those its decorators give it, aliases; () if private."""
    name, listed = function.name, offers(tree)
    decorators = [ast.unparse(each) for each in function.decorator_list]
    given = [
        ast.literal_eval(argument)
        for each in function.decorator_list
        if isinstance(each, ast.Call) and ast.unparse(each.func) in NAMING
        for argument in each.args
    ]
    is_method = any(each.partition("(")[0] in NAMING for each in decorators)
    has_layers = any(each[0].isupper() for each in listed if not each.endswith("Error"))
    if name.startswith("_") or not (name in listed or is_method or has_layers):
        return ()  # beside layers stand the functions of nn.functional
    own = [name] if name in listed or not given else []
    plain = [each for each in given if not (own and each.startswith("__"))]
    return tuple(dict.fromkeys([*own, *plain, *aliases(name, tree)]))


def offers(tree: ast.Module) -> set[str]:
    """The names in `__all__`."""
    assigned = [node for node in tree.body if isinstance(node, ast.Assign | ast.AugAssign)]
    lists = [node.value for node in assigned if "__all__" in ast.unparse(node)]
    return {ast.literal_eval(name) for each in lists for name in each.elts}


def aliases(name: str, tree: ast.Module) -> Iterator[str]:
    """What else is that function: `arcsin = asin`, `less, greater = lt, gt`."""
    for node in tree.body:
        if isinstance(node, ast.Assign):
            target, value = (
                getattr(each, "elts", [each]) for each in (node.targets[0], node.value)
            )
            for new, old in zip(target, value, strict=False):
                if isinstance(old, ast.Name) and old.id == name and isinstance(new, ast.Name):
                    yield new.id


@cache
def names(function: ast.FunctionDef) -> set[str]:
    """The names in a function's body, so not those of its hints."""
    nodes = (each for line in function.body for each in ast.walk(line))
    return {each.id for each in nodes if isinstance(each, ast.Name)}


# ---- on the screen ------------------------------------------------------------------------------


def show(name: str, console: Console) -> bool:
    """Prints the rules of an operation, or of a whole lesson; False if there is no such thing."""
    found = [each for each in entries() if is_called(each, name)]
    for each in found:
        place = f"scratch/{each.lesson}.py, class {each.rule}"
        console.print(Text(", ".join(each.operations) or each.rule, "bold"), Text(place, "dim"))
        console.print(Text(f"    {each.formula}\n    {each.gradient}\n"))
    if found:
        return True
    places = [lesson for lesson, others in without_rule() if name.lower() in others]
    for lesson in places:
        console.print(Text(name, "bold"), Text(f"scratch/{lesson}.py", "dim"))
        console.print("    no rule of its own: it has the gradients of what it calls, or none\n")
    return bool(places)


def is_called(entry: Entry, name: str) -> bool:
    names = {entry.lesson, entry.lesson.rpartition("/")[2], entry.rule, *entry.operations}
    return not name or name.lower() in {each.lower() for each in names}

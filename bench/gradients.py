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
from pathlib import Path

from rich.console import Console
from rich.text import Text

__all__ = ["Entry", "entries", "show"]

ROOT = Path(__file__).parents[1]
FOLDERS = ("linalg", "nn", "ops")
BASES = {"Rule", "ViewRule"}


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
    scratch = root / "scratch"
    paths = [path for folder in FOLDERS for path in sorted((scratch / folder).glob("*.py"))]
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in paths}
    classes = [node for tree in trees.values() for node in tree.body if is_class(node)]
    known = set(BASES)
    while found := {c.name for c in classes if known & bases(c)} - known:
        known |= found
    for path, tree in trees.items():
        lesson = path.relative_to(scratch).with_suffix("").as_posix()
        for node in tree.body:
            if is_class(node) and node.name in known - BASES and not is_abstract(node):
                entry = Entry(lesson, node.name, users(node.name, tree), *halves(node))
                if entry.gradient or entry.operations:  # neither: what other rules share
                    yield entry


def is_class(node: ast.stmt) -> bool:
    return isinstance(node, ast.ClassDef)


def bases(node: ast.ClassDef) -> set[str]:
    return {base.id for base in node.bases if isinstance(base, ast.Name)}


def is_abstract(node: ast.ClassDef) -> bool:
    """What other rules have in common is none itself: its name begins with `_`."""
    return node.name.startswith("_")


def halves(node: ast.ClassDef) -> tuple[str, str]:
    """A rule's formula and its gradient: beside each other, or a paragraph each."""
    first, second, *_ = [*(ast.get_docstring(node) or "").split("\n\n"), ""]
    formula, _, gradient = first.partition(" " * 8)
    found = [formula, gradient or second]
    return tuple(re.sub(r"\s*\n\s*", " ", text).strip() for text in found)


def users(rule: str, tree: ast.Module) -> tuple[str, ...]:
    """The public functions that name the rule, or call a private one that does."""
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    offered = {f.name for f in functions if f.name[0] != "_" and is_offered(f, tree)}
    naming = {rule}
    while found := {f.name for f in functions if naming & names(f)} - naming - offered:
        naming |= found
    return tuple(f.name for f in functions if f.name in offered and naming & names(f))


def is_offered(function: ast.FunctionDef, tree: ast.Module) -> bool:
    """Whether users can call it: it is listed in `__all__`, a method, or in nn.functional."""
    assigned = [node for node in tree.body if isinstance(node, ast.Assign | ast.AnnAssign)]
    lists = [node.value for node in assigned if "__all__" in ast.unparse(node)]
    listed = {ast.literal_eval(name) for each in lists for name in each.elts}
    layers = any(name[0].isupper() for name in listed)
    return function.name in listed or bool(function.decorator_list) or layers


def names(node: ast.AST) -> set[str]:
    return {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}


def show(name: str, console: Console) -> bool:
    """Prints the rules of an operation, or of a whole lesson; False if there are none."""
    found = [each for each in entries() if is_called(each, name)]
    for each in found:
        place = f"scratch/{each.lesson}.py, class {each.rule}"
        console.print(Text(", ".join(each.operations) or each.rule, "bold"), Text(place, "dim"))
        console.print(Text(f"    {each.formula}\n    {each.gradient}\n"))
    return bool(found)


def is_called(entry: Entry, name: str) -> bool:
    names = {entry.lesson, entry.lesson.rpartition("/")[2], entry.rule, *entry.operations}
    return not name or name.lower() in {each.lower() for each in names}

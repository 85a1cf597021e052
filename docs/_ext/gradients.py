"""The directive that lists every operation with its formula and gradient, read from the rules.

```{gradients}
```

A rule's docstring begins `y = sin x        dx = dy cos x`: what it computes, eight spaces, what
backward returns. The operations beside it are the public functions of the file that use the rule.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from docutils import nodes
from docutils.parsers.rst import Directive
from sphinx import addnodes
from sphinx.application import Sphinx

ROOT = Path(__file__).parents[2]
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
                formula, gradient = halves(node)
                yield Entry(lesson, node.name, users(node.name, tree), formula, gradient)


def is_class(node: ast.stmt) -> bool:
    return isinstance(node, ast.ClassDef)


def bases(node: ast.ClassDef) -> set[str]:
    return {base.id for base in node.bases if isinstance(base, ast.Name)}


def is_abstract(node: ast.ClassDef) -> bool:
    """What other rules have in common is none itself: its name begins with `_`."""
    return node.name.startswith("_")


def halves(node: ast.ClassDef) -> tuple[str, str]:
    """A rule's formula and its gradient. One without a gradient is told by its base."""
    text = (ast.get_docstring(node) or "").split("\n\n")[0]
    formula, _, gradient = text.partition(" " * 8)
    return re.sub(r"\s+", " ", formula), re.sub(r"\s*\n\s*", "  ", gradient).strip()


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


# ---- the table ----------------------------------------------------------------------------------


class Gradients(Directive):
    """One table a lesson, under the lesson's name, which leads to its page."""

    def run(self) -> list[nodes.Node]:
        env = self.state.document.settings.env
        tables: dict[str, list[Entry]] = {}
        for entry in entries():
            env.note_dependency(str(ROOT / "scratch" / f"{entry.lesson}.py"))
            tables.setdefault(entry.lesson, []).append(entry)
        return [
            node
            for lesson, rules in tables.items()
            for node in (heading(lesson, env.docname), table(rules))
        ]


def heading(lesson: str, here: str) -> nodes.paragraph:
    shown = nodes.literal(text=lesson)
    link = addnodes.pending_xref(
        "", shown, refdomain=None, reftype="doc", reftarget=f"/{lesson}", refexplicit=True
    )
    link["refdoc"] = here
    private = lesson.rpartition("/")[2].startswith("_")
    return nodes.paragraph("", "", nodes.strong("", "", shown if private else link))


def table(rules: list[Entry]) -> nodes.table:
    widths = (18, 18, 32, 32)
    rows = [
        [entry.rule, ", ".join(entry.operations), entry.formula, entry.gradient] for entry in rules
    ]
    group = nodes.tgroup("", *(nodes.colspec(colwidth=w) for w in widths), cols=len(widths))
    head = ["rule", "operations", "computes", "gradient"]
    group += nodes.thead("", row(head, nodes.Text))
    group += nodes.tbody("", *(row(cells, lambda text: nodes.literal(text=text)) for cells in rows))
    return nodes.table("", group, classes=["gradients"])


def row(cells: list[str], kind) -> nodes.row:
    return nodes.row("", *(nodes.entry("", nodes.paragraph("", "", kind(cell))) for cell in cells))


def setup(app: Sphinx) -> dict[str, bool]:
    app.add_directive("gradients", Gradients)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

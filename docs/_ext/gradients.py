"""The directive that lists every operation with its formula and gradient, read from the rules.

```{gradients}
```
"""

from docutils import nodes
from docutils.parsers.rst import Directive
from sphinx import addnodes
from sphinx.application import Sphinx

from bench.gradients import ROOT, Entry, entries, without_rule


class Gradients(Directive):
    """One table a lesson, under the lesson's name, which leads to its page."""

    def run(self) -> list[nodes.Node]:
        env = self.state.document.settings.env
        others = {lesson: names for lesson, names in without_rule() if names}
        tables: dict[str, list[Entry]] = {}
        for entry in entries():
            tables.setdefault(entry.lesson, []).append(entry)
        found: list[nodes.Node] = []
        for lesson in sorted({*tables, *others}):
            env.note_dependency(str(ROOT / "scratch" / f"{lesson}.py"))
            found.append(heading(lesson, env.docname))
            if lesson in tables:
                found.append(table(tables[lesson]))
            if lesson in others:
                found.append(rest(others[lesson]))
        return found


def heading(lesson: str, here: str) -> nodes.paragraph:
    shown = nodes.literal(text=lesson)
    link = addnodes.pending_xref(
        "", shown, refdomain="std", reftype="doc", reftarget=f"/{lesson}", refexplicit=True
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


def rest(operations: tuple[str, ...]) -> nodes.paragraph:
    """The lesson's operations that have no row."""
    text = nodes.literal(text=", ".join(operations))
    return nodes.paragraph("", "", nodes.Text("Without a rule: "), text)


def row(cells: list[str], kind) -> nodes.row:
    return nodes.row("", *(nodes.entry("", nodes.paragraph("", "", kind(cell))) for cell in cells))


def setup(app: Sphinx) -> dict[str, bool]:
    app.add_directive("gradients", Gradients)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

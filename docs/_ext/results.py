"""The directive that shows the kept timings of large tensors, with the reasons of the slow ones.

```{large}
```
"""

from docutils import nodes
from docutils.parsers.rst import Directive
from sphinx.application import Sphinx

from bench.large import LIMIT, OPERATIONS, RESULTS, Measured, load, operations


class Large(Directive):
    """One table a family: an operation's ratios at each size, and why, if it is slow."""

    def run(self) -> list[nodes.Node]:
        env = self.state.document.settings.env
        for path in (RESULTS, OPERATIONS):
            env.note_dependency(str(path))
        if not RESULTS.is_file():
            name = RESULTS.relative_to(RESULTS.parents[2])
            raise self.error(f"There are no timings in {name}: run `sidebyside large --save`.")
        machine, rows = load()
        measured: dict[str, list[Measured]] = {}
        for each in rows:
            measured.setdefault(each.code, []).append(each)
        words = ", ".join(f"{name} {value}" for name, value in machine.items())
        found = [nodes.paragraph("", f"Measured on: {words}.")]
        families = dict.fromkeys(operation.family for operation in operations())
        for family in families:
            lines = [o for o in operations() if o.family == family and o.code in measured]
            found.append(nodes.paragraph("", "", nodes.strong(text=family)))
            found.append(table([(o.code, measured[o.code], o.reason) for o in lines]))
        return found


def table(lines: list[tuple[str, list[Measured], str]]) -> nodes.table:
    sizes = sorted({each.elements for _, several, _ in lines for each in several})
    head = ["operation", *(f"{size:,}" for size in sizes), "why"]
    widths = [30, *(14 for _ in sizes), 42]
    group = nodes.tgroup("", *(nodes.colspec(colwidth=w) for w in widths), cols=len(widths))
    group += nodes.thead("", row([nodes.Text(title) for title in head]))
    body = nodes.tbody()
    for code, several, reason in lines:
        by_size = {each.elements: each for each in several}
        ratios = [ratio(by_size[size]) if size in by_size else nodes.Text("") for size in sizes]
        body += row([nodes.literal(text=code), *ratios, nodes.Text(reason)])
    group += body
    return nodes.table("", group, classes=["large"])


def ratio(each: Measured) -> nodes.Node:
    """Forward, and forward with backward, scratch's time over torch's."""
    text = f"{each.ratio:.2f}"
    if each.backward_ratio is not None:
        text += f" / {each.backward_ratio:.2f}"
    return nodes.strong(text=text) if each.worst > LIMIT else nodes.Text(text)


def row(cells: list[nodes.Node]) -> nodes.row:
    return nodes.row("", *(nodes.entry("", nodes.paragraph("", "", cell)) for cell in cells))


def setup(app: Sphinx) -> dict[str, bool]:
    app.add_directive("large", Large)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

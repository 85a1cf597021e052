"""The directive of the lesson pages: one lesson, both columns.

```{sidebyside} nn/linear
```
"""

from pathlib import Path

from docutils import nodes
from docutils.parsers.rst import Directive
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

ROOT = Path(__file__).parents[2]
COLUMNS = ("scratch", "torch_impl")


class SideBySide(Directive):
    """Show scratch/LESSON.py and torch_impl/LESSON.py beside each other, below each other when the
    window is narrow. The build fails when either is missing."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        env = self.state.document.settings.env
        env.metadata[env.docname]["hide-toc"] = ""  # furo: two columns need the room
        columns = [self.column(f"{column}/{self.arguments[0]}.py", env) for column in COLUMNS]
        return [nodes.container("", *columns, classes=["sidebyside"])]

    def column(self, path: str, env) -> nodes.container:
        env.note_dependency(str(ROOT / path))
        try:
            source = (ROOT / path).read_text(encoding="utf-8")
        except FileNotFoundError as error:
            place = f"{env.doc2path(env.docname)}:{self.lineno}"
            raise ExtensionError(f"{place}: the lesson has no {path}") from error
        caption = nodes.paragraph("", "", nodes.literal(text=path))
        code = nodes.literal_block(source, source, language="python")
        return nodes.container("", caption, code, classes=["sidebyside-column"])


def setup(app: Sphinx) -> dict[str, bool]:
    app.add_directive("sidebyside", SideBySide)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

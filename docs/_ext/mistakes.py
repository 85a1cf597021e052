"""The directive that lists beginners' mistakes: what torch says, what scratch says, what to do.

```{mistakes} scripts/test_mistakes_with_shapes
```

names a file of tests. Each test made with ``tests.mistakes.mistake`` is run here, in both columns,
so the page shows what is really said; what to do is the script's docstring.
"""

import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import torch
from docutils import nodes
from docutils.parsers.rst import Directive
from sphinx.application import Sphinx

import scratch

ROOT = Path(__file__).parents[2]


class Mistakes(Directive):
    """A file's mistakes, each with its code, both messages and the way out."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        sys.path[:0] = [str(ROOT)] if str(ROOT) not in sys.path else []
        name = self.arguments[0]
        path = ROOT / "tests" / f"{name}.py"
        if not path.is_file():
            raise self.error(f"There is no file tests/{name}.py.")
        self.state.document.settings.env.note_dependency(str(path))
        module = import_module(f"tests.{name.replace('/', '.')}")
        tests = [each for each in vars(module).values() if hasattr(each, "script")]
        if not tests:
            raise self.error(f"tests/{name}.py holds no mistakes.")
        found: list[nodes.Node] = []
        for test in tests:
            found += entry(test.script)
        return found


def entry(script: Callable) -> list[nodes.Node]:
    """A title from the test's name, its code, what is said, what to do."""
    from tests.mistakes import advice, body, message

    title = script.__name__.removeprefix("test_").replace("_", " ")
    said = nodes.definition_list(classes=["said"])
    for name, column in (("torch", torch), ("scratch", scratch)):
        lines = nodes.line_block()
        for text in message(script, column).splitlines():
            lines += nodes.line("", "", nodes.literal(text=text))  # its quotes stay straight
        term = nodes.term(text=name)
        said += nodes.definition_list_item("", term, nodes.definition("", lines))
    code = body(script)
    way_out = [
        nodes.literal(text=piece) if i % 2 else nodes.Text(piece)
        for i, piece in enumerate(advice(script))
    ]
    return [
        nodes.rubric(text=title[0].upper() + title[1:], ids=[nodes.make_id(title)]),
        nodes.literal_block(code, code, language="python"),
        said,
        nodes.paragraph("", "", nodes.strong(text="What to do: "), *way_out),
    ]


def setup(app: Sphinx) -> dict[str, bool]:
    app.add_directive("mistakes", Mistakes)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

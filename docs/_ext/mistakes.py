"""The directive that lists beginners' mistakes: what torch says, what scratch says, what to do.

```{mistakes} scripts/test_mistakes_with_tensors
```

names a file of tests. Each test made with ``tests.mistakes.mistake`` is run here, in both columns,
so the page shows what is really said; what to do is the test's docstring.
"""

import inspect
import sys
import textwrap
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import torch
from docutils import nodes
from docutils.parsers.rst import Directive
from sphinx.application import Sphinx

import scratch

ROOT = Path(__file__).parents[2]
LONG = 400  # characters of a message; torch's longer ones are cut


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
    title = script.__name__.removeprefix("test_").replace("_", " ")
    rows = [("torch", message(script, torch)), ("scratch", message(script, scratch))]
    said = nodes.definition_list(classes=["said"])
    for column, text in rows:
        term, words = nodes.term(text=column), nodes.paragraph(text=text)
        said += nodes.definition_list_item("", term, nodes.definition("", words))
    code = body(script)
    return [
        nodes.rubric(text=title[0].upper() + title[1:]),
        nodes.literal_block(code, code, language="python"),
        said,
        nodes.paragraph("", "", nodes.strong(text="What to do: "), *advice(script)),
    ]


def body(script: Callable) -> str:
    """The script's lines, without its header and docstring."""
    source = inspect.getsource(script)
    lines = source.splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith("def ")) + 1
    text = textwrap.dedent("\n".join(lines[start:]))
    if script.__doc__:
        text = text.split('"""', 2)[2]
    return text.strip("\n")


def message(script: Callable, column: object) -> str:
    from tests.mistakes import complaint, said

    error = complaint(script, column)
    if error is None:
        return "(nothing)"
    words = " ".join(said(error).split())
    return f"{type(error).__name__}: {words if len(words) <= LONG else words[:LONG] + ' …'}"


def advice(script: Callable) -> list[nodes.Node]:
    """The docstring; what stands between backquotes is code."""
    parts = inspect.cleandoc(script.__doc__ or "").replace("``", "`").split("`")
    return [
        nodes.literal(text=part) if i % 2 else nodes.Text(part.replace("\n", " "))
        for i, part in enumerate(parts)
    ]


def setup(app: Sphinx) -> dict[str, bool]:
    app.add_directive("mistakes", Mistakes)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

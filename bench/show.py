"""Sources beside each other in the terminal."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import Console
from rich.rule import Rule
from rich.syntax import Syntax
from rich.table import Table
from rich.text import Text

from bench.pairs import COLUMNS, PAIR, Block, Lesson, UnknownName, align, blocks, kin

__all__ = ["contents", "pick", "show"]

NARROW = 46  # characters of code below which columns go under each other
BETWEEN = Text(" │ ", style="dim")


def pick(lesson: Lesson, wanted: str | None) -> list[str]:
    """The columns to show: those asked for, or scratch and torch where they exist."""
    if wanted is None:
        return [column for column in PAIR if column in lesson.files]
    other_names = {"numpy": "scratch", "torch_impl": "torch"}
    picked = [other_names.get(name, name) for name in wanted.replace(",", " ").split()]
    for column in picked:
        if column not in COLUMNS:
            raise UnknownName(f"no column is called {column!r}: {', '.join(COLUMNS)}")
        if column not in lesson.files:
            raise UnknownName(f"{lesson.name} has no {column} column: {', '.join(lesson.files)}")
    if not picked:
        raise UnknownName(f"no column was named: {', '.join(lesson.files)}")
    return list(dict.fromkeys(picked))


def show(lesson: Lesson, columns: Sequence[str], definition: str | None, console: Console) -> None:
    """Print a lesson, or of a lesson what belongs to one definition: its rule, function, layer."""
    sources = [
        Source(lesson.files[column], f"{COLUMNS[column]}/{lesson.name}.py") for column in columns
    ]
    rows = align([source.blocks for source in sources])
    if definition is not None:
        rows = only(definition, rows)
    gutter = 1 + max(len(str(len(source.lines))) for source in sources)
    width = (console.width + len(BETWEEN)) // len(sources) - len(BETWEEN) - gutter
    if len(sources) > 1 and width < NARROW:
        stacked(sources, rows, gutter, console)
        return
    titles = [Text(source.title.ljust(gutter + width), style="bold") for source in sources]
    console.print(BETWEEN.join(titles), no_wrap=True, overflow="crop")
    for row in rows:
        console.print(BETWEEN.join([Text(" " * (gutter + width))] * len(sources)), no_wrap=True)
        for line in beside(sources, row, gutter, width, console):
            console.print(line, no_wrap=True, overflow="crop")


class Source:
    """A file, highlighted and cut into blocks."""

    def __init__(self, path: Path, title: str) -> None:
        self.title = title
        text = path.read_text(encoding="utf-8").rstrip("\n")
        self.blocks = blocks(text)
        highlighted = Syntax(text, "python", theme="ansi_dark").highlight(text)
        self.lines = highlighted.split("\n", allow_blank=True)

    def cells(
        self, block: Block | None, gutter: int, width: int, console: Console
    ) -> tuple[list[Text], list[Text]]:
        """A block's lines as the screen has them: those above `def` or `class`, and the others."""
        above: list[Text] = []
        below: list[Text] = []
        for number in range(block.start, block.end + 1) if block else ():
            cells = above if number < block.head else below
            for i, piece in enumerate(folded(self.lines[number - 1], width, console)):
                margin = f"{number if i == 0 else '':>{gutter - 1}} "
                cells.append(Text(margin, style="dim").append_text(piece))
        return above, below


def only(definition: str, rows: list[list[Block | None]]) -> list[list[Block | None]]:
    """Of all rows those of one definition; of a column that re-exports it, the imports."""
    kept = [row for row in rows if any(b and belongs(b, definition) for b in row)]
    borrowed = [not any(column) for column in zip(*kept, strict=True)]
    imports = [row for row in rows if any(b and b.name == "imports" for b in row)]
    if not any(borrowed):
        return kept
    origin = [
        [block if lent else None for block, lent in zip(row, borrowed, strict=True)]
        for row in imports
    ]
    return origin + kept


def belongs(block: Block, definition: str) -> bool:
    return kin(block.name.partition(".")[0]) == kin(definition)


def beside(
    sources: Sequence[Source],
    row: Sequence[Block | None],
    gutter: int,
    width: int,
    console: Console,
) -> Iterator[Text]:
    """A row of blocks as lines of the screen: `def` beside `def`."""
    columns = [
        source.cells(block, gutter, width, console)
        for source, block in zip(sources, row, strict=True)
    ]
    above = max(len(before) for before, _ in columns)
    cells = [[Text()] * (above - len(before)) + before + rest for before, rest in columns]
    for i in range(max(map(len, cells))):
        line = [cell[i] if i < len(cell) else Text() for cell in cells]
        joined = BETWEEN.join(padded(text, gutter + width) for text in line)
        joined.rstrip()
        yield joined


def padded(text: Text, width: int) -> Text:
    text = text.copy()
    text.truncate(width, pad=True)
    return text


def folded(line: Text, width: int, console: Console) -> list[Text]:
    """The line, and what does not fit below it, indented a little further."""
    indent = min(len(line.plain) - len(line.plain.lstrip()) + 2, width // 2)
    first, *rest = line.wrap(console, width) or [Text()]
    if not rest:
        return [first]
    first.rstrip()
    below = line[len(first) :]
    below = below[len(below.plain) - len(below.plain.lstrip()) :]
    pieces = below.wrap(console, width - indent)
    return [first, *(Text(" " * indent).append_text(piece) for piece in pieces)]


def stacked(
    sources: Sequence[Source], rows: list[list[Block | None]], gutter: int, console: Console
) -> None:
    """Block by block, one column under the other."""
    for row in rows:
        for source, block in zip(sources, row, strict=True):
            if block is not None:
                console.print(Rule(f"{source.title}: {block.name}", align="left", style="dim"))
                for line in beside([source], [block], gutter, console.width - gutter, console):
                    console.print(line, no_wrap=True, overflow="crop")
        console.print()


def contents(known: dict[str, Lesson], console: Console) -> None:
    """All lessons, and which columns each has."""
    table = Table(
        "lesson", "columns", "defines", box=None, header_style="bold", padding=(0, 2, 0, 0)
    )
    for name, lesson in sorted(known.items()):
        public = sorted(n for n in lesson.definitions() if not n.startswith("_"))
        table.add_row(name, " ".join(lesson.files), ", ".join(public))
    console.print(table)

"""Which lessons there are, and how their sources line up. The path is the registry.

A source is cut into blocks: the module's docstring, the imports, a constant, a function, a class's
head, each of its methods. Blocks of the same name stand beside each other; where only one column
has a block, the others leave room.
"""

import ast
import difflib
from collections import Counter
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

__all__ = [
    "COLUMNS",
    "PAIR",
    "Block",
    "Lesson",
    "UnknownName",
    "align",
    "blocks",
    "lessons",
    "find",
]

# Each column and where it keeps its lessons; a lesson has the columns that have its file.
COLUMNS = {
    "scratch": "scratch",
    "torch": "torch_impl",
    "numba": "scratch/kernels/numba",
    "cuda": "scratch/kernels/cuda",
}
PAIR = ("scratch", "torch")  # every lesson is written in these


class Block(NamedTuple):
    """Lines `start` to `end`, counted from 1, both included; `def` or `class` is on line `head`,
    after comments and decorators."""

    name: str  # "imports", "linear", "Linear", "Linear.forward", ...
    start: int
    head: int
    end: int


class Lesson(NamedTuple):
    name: str  # the path in every tree, without .py
    files: dict[str, Path]  # by column

    def definitions(self) -> set[str]:
        """Functions and classes that any column defines."""
        trees = [ast.parse(path.read_text(encoding="utf-8")) for path in self.files.values()]
        return {
            node.name
            for tree in trees
            for node in tree.body
            if isinstance(node, ast.FunctionDef | ast.ClassDef)
        }


class UnknownName(LookupError):
    """No lesson, or more than one, has that name; the message says which are near."""


def home() -> Path:
    """The folder that holds the packages; found without importing them."""
    spec = find_spec("scratch")
    if spec is None or not spec.submodule_search_locations:
        raise UnknownName("the package scratch is not installed here")
    return Path(spec.submodule_search_locations[0]).parent


def lessons(root: Path | None = None) -> dict[str, Lesson]:
    """Every lesson below `root`, by name."""
    root = root or home()
    found: dict[str, Lesson] = {}
    for column, folder in COLUMNS.items():
        for path in sorted((root / folder).rglob("*.py")):
            name = path.relative_to(root / folder).with_suffix("").as_posix()
            if name.startswith("kernels/") or "/_" in f"/{name}":
                continue
            if column in PAIR:
                found.setdefault(name, Lesson(name, {}))
            if name in found:  # a kernel stands beside a lesson, it is none
                found[name].files[column] = path
    return found


def find(name: str, known: Mapping[str, Lesson]) -> tuple[Lesson, str | None]:
    """The lesson that `name` means, and the definition in it if `name` is one's.

    `nn/linear`, `linear`, `scratch/nn/linear.py` are lessons; `nn.Linear`, `cross_entropy` are
    definitions.
    """
    path = name.removesuffix(".py").replace(".", "/").strip("/")
    for package in ("scratch/", "torch_impl/", "torch/"):
        path = path.removeprefix(package)
    ends = [lesson for lesson in known.values() if f"/{lesson.name}".endswith(f"/{path}")]
    if path in known:
        return known[path], None
    if len(ends) == 1:
        return ends[0], None
    prefix, _, last = path.rpartition("/")
    defining = [lesson for lesson in known.values() if last in lesson.definitions()]
    near = [lesson for lesson in defining if prefix and lesson.name.startswith(f"{prefix}/")]
    choice = near or ends or defining
    if len(choice) == 1:
        return choice[0], last
    if choice:
        places = ", ".join(lesson.name for lesson in choice)
        raise UnknownName(f"{name!r} is in several lessons: {places}")
    names = {n for lesson in known.values() for n in lesson.definitions()}
    names |= known.keys() | {lesson.rpartition("/")[2] for lesson in known}
    hints = difflib.get_close_matches(path, names, n=4) or difflib.get_close_matches(last, names)
    hint = f"; did you mean {' or '.join(hints)}?" if hints else ""
    raise UnknownName(f"no lesson and no definition is called {name!r}{hint}")


def kin(definition: str) -> str:
    """What the rule, the function and the layer of one thing have in common:
    CrossEntropyLoss, cross_entropy -> crossentropy."""
    return definition.replace("_", "").lower().removesuffix("loss")


def blocks(source: str) -> list[Block]:
    """Cut a source into named blocks, in order. Comments belong to what follows them; what follows
    something of its own name, like a property's setter, belongs to that."""
    lines = source.split("\n")
    found: list[Block] = []
    end = 0
    for name, first, head, last in pieces(ast.parse(source)):
        start = end + 1
        while start < first and not lines[start - 1].strip():
            start += 1
        end = last
        if found and found[-1].name == name:
            found[-1] = found[-1]._replace(end=end)
        else:
            found.append(Block(name, start, head, end))
    seen: Counter[str] = Counter()
    for i, block in enumerate(found):
        seen[block.name] += 1
        if seen[block.name] > 1:
            found[i] = block._replace(name=f"{block.name} ({seen[block.name]})")
    return found


def pieces(tree: ast.Module) -> Iterator[tuple[str, int, int, int]]:
    """Name, first line, head, last line of each statement; a class is taken apart."""
    for node in tree.body:
        if not isinstance(node, ast.ClassDef):
            yield label(node), first_line(node), node.lineno, last_line(node)
            continue
        name = node.name
        yield name, first_line(node), node.lineno, first_line(node.body[0]) - 1
        for child in node.body:
            if isinstance(child, ast.FunctionDef):
                name = f"{node.name}.{child.name}"
            yield name, first_line(child), child.lineno, last_line(child)


def label(node: ast.stmt) -> str:
    match node:
        case ast.FunctionDef(name=name):
            return name
        case ast.Import() | ast.ImportFrom():
            return "imports"
        case ast.Expr(value=ast.Constant(value=str())):
            return "docstring"
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
            return name
    return "code"


def first_line(node: ast.stmt) -> int:
    decorators = getattr(node, "decorator_list", [])
    return min([node.lineno, *(decorator.lineno for decorator in decorators)])


def last_line(node: ast.stmt) -> int:
    return node.end_lineno or node.lineno


def align(columns: list[list[Block]]) -> list[list[Block | None]]:
    """Rows of blocks with the same name, None where a column has none."""
    names = merge([[block.name for block in column] for column in columns])
    by_name = [{block.name: block for block in column} for column in columns]
    return [[column.get(name) for column in by_name] for name in names]


def merge(orders: list[list[str]]) -> list[str]:
    """All names once, in an order as close to every column's own as the first column allows."""
    merged = list(orders[0])
    for order in orders[1:]:
        matcher = difflib.SequenceMatcher(None, merged, order, autojunk=False)
        known, grown = set(merged), []
        for _, start, stop, start_new, stop_new in matcher.get_opcodes():
            grown += merged[start:stop]
            grown += [name for name in order[start_new:stop_new] if name not in known]
        merged = grown
    return merged

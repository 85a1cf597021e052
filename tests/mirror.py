"""The two columns stay twins: same paths, same names in the same order, same signatures.

The path is the registry: these functions read a tree and say, in words, what is out of line.
tests/test_mirror.py asks them about this tree, and about trees with a planted mistake.
"""

import ast
import inspect
import sys
from collections.abc import Iterator
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

COLUMNS = ("scratch", "torch_impl")
MAX_LINES = 400

# Bottom to top. A module stands where it, or a folder above it, is listed; it may import from its
# own floor and from those below.
FLOORS = (
    ("dtypes", "devices"),
    ("autograd",),
    ("tensor", "cuda", "accelerator", "backends"),
    ("ops", "creation", "ranges", "storage", "exchange", "utils.dlpack", "random", "printing"),
    ("utils.safetensors",),
    ("linalg", "special"),
    ("nn",),
    ("optim", "utils.data", "vision", "serialization", "summary", "graph"),
)


# ---- reading the tree ---------------------------------------------------------------------------


def lessons(root: Path, column: str) -> list[Path]:
    """The lessons of a column, as paths below it."""
    files = (path.relative_to(root / column) for path in (root / column).rglob("*.py"))
    return sorted(p for p in files if not p.name.startswith("_") and p.parts[0] != "kernels")


def modules(root: Path) -> dict[str, Path]:
    """Every module of both columns, by its dotted name."""
    found = {}
    for column in COLUMNS:
        for path in sorted((root / column).rglob("*.py")):
            parts = path.relative_to(root).with_suffix("").parts
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imports(path: Path, name: str, known: dict[str, Path]) -> Iterator[str]:
    """The modules a file imports, wherever in it, but not what only the type checker imports."""
    stack: list[ast.AST] = [ast.parse(path.read_text(encoding="utf-8"))]
    while stack:
        node = stack.pop()
        if isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING"):
            stack.extend(node.orelse)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            package = name if path.name == "__init__.py" else name.rpartition(".")[0]
            for _ in range(node.level - 1):
                package = package.rpartition(".")[0]
            base = ".".join(filter(None, [package if node.level else "", node.module]))
            for alias in node.names:  # `from scratch import dtypes` imports scratch.dtypes
                inner = f"{base}.{alias.name}"
                yield inner if inner in known else base
        else:
            stack.extend(ast.iter_child_nodes(node))


def floor(name: str) -> int | None:
    """The floor of scratch.nn.linear is that of nn; the packages themselves are the roof."""
    inside = name.partition(".")[2]
    if not inside:
        return len(FLOORS)
    if inside.startswith("_"):
        return 0  # a private tool beside the lessons, usable on every floor
    for height, entries in enumerate(FLOORS):
        if any(inside == entry or inside.startswith(entry + ".") for entry in entries):
            return height
    if any(entry.startswith(inside + ".") for entries in FLOORS for entry in entries):
        return len(FLOORS)  # scratch.utils holds nothing but scratch.utils.data
    return None


# ---- what may be out of line --------------------------------------------------------------------


def missing_files(root: Path) -> Iterator[str]:
    """A lesson is five files: both columns, a test, a benchmark and a page."""
    for ours, other in (COLUMNS, COLUMNS[::-1]):
        for path in lessons(root, ours):
            if not (root / other / path).is_file():
                yield f"{ours}/{path} has no twin {other}/{path}"
    for path in lessons(root, "scratch"):
        for file in (
            Path("tests", path.parent, f"test_{path.name}"),
            Path("bench", path.parent, f"bench_{path.name}"),
            Path("docs", path.with_suffix(".md")),
        ):
            if not (root / file).is_file():
                yield f"scratch/{path} has no {file}"


def long_files(root: Path) -> Iterator[str]:
    for folder in (*COLUMNS, "bench", "tests", "docs"):
        for path in sorted((root / folder).rglob("*.py")):
            lines = len(path.read_text(encoding="utf-8").splitlines())
            if lines > MAX_LINES:
                yield f"{path.relative_to(root)} has {lines} lines"


def wrong_imports(root: Path) -> Iterator[str]:
    """Imports that climb, kernels imported by lessons, and anything but NumPy from outside."""
    known = modules(root)
    for name, path in known.items():
        column = name.partition(".")[0]
        is_kernel = name.startswith("scratch.kernels")
        if floor(name) is None and not is_kernel:
            yield f"{name} stands on no floor: add it to FLOORS"
            continue
        for target in imports(path, name, known):
            origin = target.partition(".")[0]
            if origin == column:
                yield from climbs(name, target)
            elif column == "scratch" and not is_kernel:
                if origin not in {"numpy", *sys.stdlib_module_names}:
                    yield f"{name} imports {target}, and scratch needs NumPy alone"
            elif origin in {"bench", "docs", "tests"} or is_kernel and origin == "torch":
                yield f"{name} imports {target}"


def climbs(name: str, target: str) -> Iterator[str]:
    if name.startswith("scratch.kernels"):
        return
    if target.startswith("scratch.kernels"):
        yield f"{name} imports {target}: lessons never import kernels"
    elif (floor(target) or 0) > (floor(name) or 0):
        yield f"{name} imports {target}, which stands above it"


def circles(root: Path) -> Iterator[str]:
    """Imports that come back to where they began."""
    known = modules(root)
    edges = {
        name: sorted({target for target in imports(path, name, known) if target in known})
        for name, path in known.items()
    }
    done: set[str] = set()

    def visit(name: str, trail: list[str]) -> Iterator[str]:
        if name in trail:
            yield " -> ".join([*trail[trail.index(name) :], name])
        elif name not in done:
            for target in edges[name]:
                yield from visit(target, [*trail, name])
            done.add(name)

    for name in edges:
        yield from visit(name, [])


def missing_hints(root: Path) -> Iterator[str]:
    """What users call says the types of all it takes and returns: the functions, and the classes'
    methods, that some `__all__` lists, and what is decorated to be a tensor's method."""
    for column in COLUMNS:
        files = {root / column / lesson for lesson in lessons(root, column)}
        trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(files)}
        offered = {name for tree in trees.values() for name in listed(tree)}
        for path, tree in trees.items():
            for node in tree.body:
                members = node.body if isinstance(node, ast.ClassDef) else [node]
                for each in members if is_offered(node, offered) else []:
                    if isinstance(each, ast.FunctionDef) and (names := list(unhinted(each))):
                        place = f"{path.relative_to(root)}:{each.lineno}"
                        yield f"{place} {each.name} lacks hints: {', '.join(names)}"


def listed(tree: ast.Module) -> list[str]:
    """The names in a module's `__all__`."""
    for node in tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.List):
            if "__all__" in ast.unparse(node).partition("=")[0]:
                return [ast.literal_eval(name) for name in node.value.elts]
    return []


def is_offered(node: ast.stmt, offered: set[str]) -> bool:
    if not isinstance(node, ast.FunctionDef | ast.ClassDef):
        return False
    return node.name in offered or any(
        decorator in ast.unparse(d)
        for d in node.decorator_list
        for decorator in ("method", "pointwise")
    )


def unhinted(node: ast.FunctionDef) -> Iterator[str]:
    """The parameters without a hint. Over a `ctx` stand formulas, for arrays and tensors alike."""
    if node.name.startswith("_") and node.name != "__init__":
        return
    a = node.args
    arguments = [*a.posonlyargs, *a.args, a.vararg, *a.kwonlyargs, a.kwarg]
    given = [argument for argument in arguments if argument is not None]
    if given and given[0].arg == "ctx":
        return
    if given and given[0].arg in ("self", "cls"):
        del given[0]
    yield from (argument.arg for argument in given if argument.annotation is None)
    if node.returns is None and node.name != "__init__":
        yield "return"


def different_order(ours: str, twin: str) -> Iterator[str]:
    """Two sources define the names they share one after the other in the same order."""
    first, second = (
        [
            node.name
            for node in ast.parse(source).body
            if isinstance(node, ast.ClassDef | ast.FunctionDef)
        ]
        for source in (ours, twin)
    )
    left = [name for name in first if name in second]
    right = [name for name in second if name in first]
    if left != right:
        a, b = next(pair for pair in zip(left, right, strict=False) if pair[0] != pair[1])
        yield f"one defines {a} where the other defines {b}"


def different_names(ours: ModuleType, twin: ModuleType) -> Iterator[str]:
    """Both have an __all__, and it is the same list."""
    lists = [getattr(module, "__all__", None) for module in (ours, twin)]
    if None in lists:
        yield "no __all__"
    elif list(lists[0]) != list(lists[1]):
        yield f"__all__ is {lists[0]} in one, {lists[1]} in the other"
    for module, names in zip((ours, twin), lists, strict=True):
        for name in names or ():
            if not hasattr(module, name):
                yield f"{module.__name__} has no {name}, which its __all__ lists"


def different_signatures(ours: ModuleType, twin: ModuleType) -> Iterator[str]:
    """Functions and methods take the same parameters, unless the twin's is torch's own."""
    for name, value in public(ours).items():
        other = vars(twin).get(name)
        if isinstance(value, FunctionType) and is_written(other):
            yield from different_parameters(name, value, other)
        elif isinstance(value, type) and isinstance(other, type) and is_written(other):
            for method, function in vars(value).items():
                if method.startswith("_") and method != "__init__":
                    continue
                function = written(function)
                if not isinstance(function, FunctionType):
                    continue
                if not hasattr(other, method):
                    yield f"the twin's {name} has no {method}"
                elif is_written(theirs := written(inspect.getattr_static(other, method))):
                    yield from different_parameters(f"{name}.{method}", function, theirs)


def written(method: Any) -> Any:
    """The function under a staticmethod, a classmethod or a decorator."""
    return inspect.unwrap(getattr(method, "__func__", method))


def public(module: ModuleType) -> dict[str, object]:
    """The functions and classes a module defines itself, under names without an underscore."""
    return {
        name: value
        for name, value in vars(module).items()
        if not name.startswith("_") and getattr(value, "__module__", None) == module.__name__
    }


def is_written(value: object) -> bool:
    """Written out by hand in torch_impl, not handed on from torch."""
    return str(getattr(value, "__module__", "")).partition(".")[0] == "torch_impl"


def different_parameters(name: str, ours: FunctionType, twin: FunctionType) -> Iterator[str]:
    mine, theirs = (parameters(function) for function in (ours, twin))
    if mine != theirs:
        yield f"{name}{mine} has the twin {name}{theirs}"


def parameters(function: FunctionType) -> str:
    """Names, kinds and defaults. Defaults compare as printed: both columns print torch.float32."""
    signature = inspect.signature(function)
    bare = [p.replace(annotation=p.empty) for p in signature.parameters.values()]
    return str(inspect.Signature(bare))

"""This tree is in line, and trees with one planted mistake each are found out."""

from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from tests.mirror import (
    COLUMNS,
    MAX_LINES,
    circles,
    different_names,
    different_order,
    different_signatures,
    lessons,
    long_files,
    missing_files,
    missing_hints,
    wrong_imports,
)

ROOT = Path(__file__).parents[1]

TWINS = [path for path in lessons(ROOT, "scratch") if (ROOT / "torch_impl" / path).is_file()]


@pytest.mark.parametrize(
    "complaints", [missing_files, long_files, wrong_imports, circles, missing_hints]
)
def test_the_tree_is_in_line(complaints) -> None:
    assert list(complaints(ROOT)) == []


def test_there_are_lessons() -> None:
    assert Path("nn/linear.py") in TWINS


@pytest.mark.parametrize("path", TWINS, ids=str)
def test_the_twins_read_alike(path: Path) -> None:
    sources = [(ROOT / column / path).read_text(encoding="utf-8") for column in COLUMNS]
    dotted = ".".join(path.with_suffix("").parts)
    ours, twin = (import_module(f"{column}.{dotted}") for column in COLUMNS)
    assert list(different_order(*sources)) == []
    assert list(different_names(ours, twin)) == []
    assert list(different_signatures(ours, twin)) == []


# ---- trees with a planted mistake ---------------------------------------------------------------

FIVE_FILES = (
    "scratch/nn/linear.py",
    "torch_impl/nn/linear.py",
    "tests/nn/test_linear.py",
    "bench/nn/bench_linear.py",
    "docs/nn/linear.md",
)


def plant(root: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


@pytest.mark.parametrize("absent", FIVE_FILES)
def test_a_missing_file_is_named(tmp_path: Path, absent: str) -> None:
    plant(tmp_path, dict.fromkeys(FIVE_FILES, ""))
    assert list(missing_files(tmp_path)) == []
    (tmp_path / absent).unlink()
    assert any(absent in complaint for complaint in missing_files(tmp_path))


def test_private_files_kernels_and_packages_are_no_lessons(tmp_path: Path) -> None:
    plant(
        tmp_path,
        {"scratch/nn/__init__.py": "", "scratch/_build.py": "", "scratch/kernels/a.py": ""},
    )
    assert lessons(tmp_path, "scratch") == []


def test_a_long_file_is_named(tmp_path: Path) -> None:
    plant(
        tmp_path, {"scratch/a.py": "x = 1\n" * MAX_LINES, "bench/b.py": "x = 1\n" * (MAX_LINES + 1)}
    )
    assert list(long_files(tmp_path)) == ["bench/b.py has 401 lines"]


HINTED = """
__all__ = ["public", "Layer", "Rule", "reexported"]
def public(x: int, *more: int, key: str = "", **rest: int) -> int: ...
def helper(x): ...
class Layer(Module):
    def __init__(self): ...
    def forward(self, x: int) -> int:
        def inner(y): ...
    def _private(self, x): ...
class Rule:
    @staticmethod
    def forward(ctx, x, y): ...
class Helper:
    def method(self, x): ...
"""


@pytest.mark.parametrize(
    ("right", "wrong", "complaint"),
    [
        ("x: int, *more", "x, *more", "public lacks hints: x"),
        ("*more: int", "*more", "public lacks hints: more"),
        ('key: str = ""', 'key=""', "public lacks hints: key"),
        ("**rest: int", "**rest", "public lacks hints: rest"),
        ("rest: int) -> int", "rest: int)", "public lacks hints: return"),
        ("__init__(self)", "__init__(self, n)", "__init__ lacks hints: n"),
        ("forward(self, x: int) -> int", "forward(self, x)", "forward lacks hints: x, return"),
        ("def helper", "@tensor_method\ndef helper", "helper lacks hints: x, return"),
        ('"Rule"', '"helper"', "helper lacks hints: x, return"),
        ('"Rule"', '"Helper"', "method lacks hints: x, return"),
    ],
)
def test_a_missing_hint_is_named(tmp_path: Path, right: str, wrong: str, complaint: str) -> None:
    plant(tmp_path, {"scratch/a.py": HINTED, "scratch/_b.py": "def public(x): ..."})
    assert list(missing_hints(tmp_path)) == []
    plant(tmp_path, {"scratch/a.py": HINTED.replace(right, wrong)})
    (found,) = missing_hints(tmp_path)
    assert found.endswith(complaint)


@pytest.mark.parametrize(
    ("file", "line", "complaint"),
    [
        ("scratch/tensor.py", "from scratch.nn.linear import Linear", "stands above it"),
        ("scratch/tensor.py", "from scratch import nn", "stands above it"),
        ("scratch/tensor.py", "import scratch", "stands above it"),
        ("scratch/tensor.py", "from .nn import linear", "stands above it"),
        ("scratch/tensor.py", "def f():\n    from scratch.nn import linear", "stands above it"),
        ("torch_impl/tensor.py", "import torch_impl.optim", "stands above it"),
        ("scratch/nn/linear.py", "import torch", "NumPy alone"),
        ("scratch/nn/linear.py", "from torch.nn import Linear", "NumPy alone"),
        ("scratch/nn/linear.py", "import numba", "NumPy alone"),
        ("scratch/nn/linear.py", "import scratch.kernels.numba", "never import kernels"),
        ("scratch/kernels/numba/__init__.py", "import torch", "imports torch"),
        ("torch_impl/tensor.py", "import bench.cli", "imports bench.cli"),
        ("scratch/attic.py", "", "stands on no floor"),
    ],
)
def test_an_import_out_of_line_is_named(
    tmp_path: Path, file: str, line: str, complaint: str
) -> None:
    good = {
        "scratch/__init__.py": "from scratch import nn, tensor",
        "scratch/tensor.py": "import math\nimport numpy as np\nfrom scratch.autograd import engine",
        "scratch/autograd/engine.py": "if TYPE_CHECKING:\n    from scratch.tensor import Tensor",
        "scratch/nn/__init__.py": "from scratch.nn.linear import Linear",
        "scratch/nn/linear.py": "from ..tensor import Tensor",
        "scratch/kernels/numba/__init__.py": "import numba\nimport scratch.nn.linear",
        "scratch/utils/data/__init__.py": "import scratch.nn",
        "scratch/utils/__init__.py": "from scratch.utils import data",
        "torch_impl/tensor.py": "import torch",
        "torch_impl/optim/sgd.py": "from torch_impl.tensor import Tensor",
    }
    plant(tmp_path, good)
    assert list(wrong_imports(tmp_path)) == []
    plant(tmp_path, {file: line})
    complaints = list(wrong_imports(tmp_path))
    assert complaints and all(complaint in each for each in complaints)


def test_a_circle_is_named(tmp_path: Path) -> None:
    plant(tmp_path, {"scratch/a.py": "import scratch.b", "scratch/b.py": "from scratch import c"})
    plant(tmp_path, {"scratch/c.py": ""})
    assert list(circles(tmp_path)) == []
    plant(tmp_path, {"scratch/c.py": "def f():\n    from scratch.a import g"})
    assert list(circles(tmp_path)) == ["scratch.a -> scratch.b -> scratch.c -> scratch.a"]


def module(column: str, source: str) -> ModuleType:
    made = ModuleType(f"{column}.lesson")
    exec(source, vars(made))
    return made


LESSON = """
__all__ = ["Layer", "function"]
class Layer:
    def __init__(self, size, *, bias=True): ...
    def forward(self, x): ...
    @staticmethod
    def backward(ctx, dy): ...
    def _private(self): ...
def function(x, scale=1.0, *, out=None): ...
def _helper(x): ...
"""


@pytest.mark.parametrize(
    ("right", "wrong", "complaint"),
    [
        ('"Layer", "function"', '"function", "Layer"', "__all__ is"),
        ('"Layer", "function"', '"Layer"', "__all__ is"),
        ('__all__ = ["Layer", "function"]', "", "no __all__"),
        ('"function"]', '"function", "more"]', "has no more"),
        ("size, *, bias=True", "size, *, bias=False", "Layer.__init__"),
        ("size, *, bias=True", "size, bias=True", "Layer.__init__"),
        ("forward(self, x)", "forward(self, input)", "Layer.forward"),
        ("forward(self, x)", "call(self, x)", "no forward"),
        ("backward(ctx, dy)", "backward(ctx, dy, dz)", "Layer.backward"),
        ("scale=1.0", "scale=2.0", "function("),
        ("scale=1.0", "scale", "function("),
        ("x, scale", "x, /, scale", "function("),
    ],
)
def test_a_twin_out_of_line_is_named(right: str, wrong: str, complaint: str) -> None:
    ours, twin = module("scratch", LESSON), module("torch_impl", LESSON)
    assert [*different_names(ours, twin), *different_signatures(ours, twin)] == []
    assert right in LESSON
    twin = module("torch_impl", LESSON.replace(right, wrong))
    complaints = [*different_names(ours, twin), *different_signatures(ours, twin)]
    assert any(complaint in each for each in complaints)


def test_what_torch_itself_defines_is_exempt() -> None:
    ours = module("scratch", LESSON)
    twin = module("torch", LESSON.replace("scale", "factor").replace("size", "length"))
    assert list(different_signatures(ours, twin)) == []


def test_another_order_is_named() -> None:
    ours = "class A: ...\nclass Ours: ...\ndef b(): ...\nclass C: ..."
    assert (
        list(different_order(ours, "import torch\nclass A: ...\ndef b(): ...\nclass C: ...")) == []
    )
    assert list(different_order(ours, "class C: ...\nclass A: ...")) == [
        "one defines A where the other defines C"
    ]

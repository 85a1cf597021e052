"""Sources beside each other: names that are found, blocks that line up."""

import io

import pytest
from rich.console import Console

from bench.pairs import Block, UnknownName, align, blocks, find, lessons, merge
from bench.show import contents, pick, show

OURS = '''\
"""Our lesson."""

import numpy
from numpy import exp

__all__ = ["Relu", "relu", "ReLU"]


# How it is done.
class Relu(Rule):
    """y = max(x, 0)"""

    slow = True

    @staticmethod
    def forward(ctx, x):
        return x

    @staticmethod
    def backward(ctx, dy):
        a = 1
        b = 2
        return dy


def only_ours(x):
    return x


@tensor_method
def relu(x):
    return Relu.apply(x)


class ReLU(Module):
    def forward(self, x):
        return relu(x)
'''

TWIN = '''\
"""The twin."""

import torch

__all__ = ["Relu", "relu", "ReLU"]


class Relu(Rule):
    """y = max(x, 0)"""

    @staticmethod
    def forward(ctx, x):
        one = 1
        return x

    @staticmethod
    def backward(ctx, dy):
        return dy


def relu(x):
    return Relu.apply(x)


class ReLU(Module):
    def forward(self, x):
        return relu(x)

    def only_twin(self):
        return 0
'''


@pytest.fixture
def tree(tmp_path):
    files = {
        "scratch/nn/relu.py": OURS,
        "torch_impl/nn/relu.py": TWIN,
        "scratch/kernels/numba/nn/relu.py": "class Relu(lesson.Relu):\n    def forward(): 1\n",
        "scratch/nn/linear.py": "def linear(x):\n    return x\n\n\nclass Linear:\n    pass\n",
        "torch_impl/nn/linear.py": "def linear(x):\n    return x\n\n\nclass Linear:\n    pass\n",
        "scratch/nn/loss.py": "class CrossEntropyLoss:\n    pass\n\n\ndef cross_entropy(): 1\n\n\n"
        "class MSELoss:\n    pass\n",
        "scratch/ops/shape.py": "def view(x):\n    return x\n",
        "scratch/nn/shape.py": "def shape(x):\n    return x\n",
        "scratch/kernels/numba/helper.py": "",
        "scratch/_private.py": "",
        "scratch/nn/__init__.py": "",
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return lessons(tmp_path)


def rendered(tree, name, width=120, columns=None):
    lesson, definition = find(name, tree)
    console = Console(file=io.StringIO(), width=width)
    show(lesson, pick(lesson, columns), definition, console)
    return console.file.getvalue().splitlines()


class TestFind:
    def test_the_path_is_the_registry(self, tree):
        assert set(tree) == {"nn/relu", "nn/linear", "nn/loss", "nn/shape", "ops/shape"}
        assert list(tree["nn/relu"].files) == ["scratch", "torch", "numba"]

    @pytest.mark.parametrize(
        ("name", "lesson", "definition"),
        [
            ("nn/linear", "nn/linear", None),
            ("linear", "nn/linear", None),
            ("scratch/nn/linear.py", "nn/linear", None),
            ("torch_impl/nn/linear.py", "nn/linear", None),
            ("nn.linear", "nn/linear", None),
            ("nn.Linear", "nn/linear", "Linear"),
            ("torch.nn.Linear", "nn/linear", "Linear"),
            ("Linear", "nn/linear", "Linear"),
            ("F.cross_entropy", "nn/loss", "cross_entropy"),
            ("view", "ops/shape", "view"),
        ],
    )
    def test_a_name(self, tree, name, lesson, definition):
        found, what = find(name, tree)
        assert (found.name, what) == (lesson, definition)

    def test_near_misses_are_suggested(self, tree):
        with pytest.raises(UnknownName, match=r"'lineer'; did you mean .*linear"):
            find("lineer", tree)
        with pytest.raises(UnknownName, match="did you mean CrossEntropyLoss"):
            find("nn.CrossEntropy", tree)
        with pytest.raises(UnknownName, match="'xyzzy'$"):
            find("xyzzy", tree)

    def test_an_ambiguous_name(self, tree):
        with pytest.raises(UnknownName, match=r"several lessons: .*nn/shape.*ops/shape"):
            find("shape", tree)

    def test_columns(self, tree):
        relu, linear = tree["nn/relu"], tree["nn/linear"]
        assert pick(relu, None) == ["scratch", "torch"]
        assert pick(relu, "numpy,numba,torch_impl") == ["scratch", "numba", "torch"]
        assert pick(tree["nn/loss"], None) == ["scratch"]
        with pytest.raises(UnknownName, match="no numba column: scratch, torch"):
            pick(linear, "numba")
        with pytest.raises(UnknownName, match="no column is called 'jax'"):
            pick(linear, "jax")
        with pytest.raises(UnknownName, match="no column"):
            pick(linear, ",")


class TestBlocks:
    def test_names_and_lines(self):
        assert blocks(OURS.rstrip("\n")) == [
            Block("docstring", 1, 1, 1),
            Block("imports", 3, 3, 4),
            Block("__all__", 6, 6, 6),
            Block("Relu", 9, 10, 13),  # the comment above belongs to it
            Block("Relu.forward", 15, 16, 17),
            Block("Relu.backward", 19, 20, 23),
            Block("only_ours", 26, 26, 27),
            Block("relu", 30, 31, 32),
            Block("ReLU", 35, 35, 35),
            Block("ReLU.forward", 36, 36, 37),
        ]

    def test_no_line_of_code_is_lost(self):
        for source in (OURS, TWIN):
            lines = source.rstrip("\n").split("\n")
            shown = {
                number
                for block in blocks("\n".join(lines))
                for number in range(block.start, block.end + 1)
            }
            assert [n for n, line in enumerate(lines, 1) if line.strip() and n not in shown] == []

    def test_a_property_and_its_setter(self):
        source = (
            "class A:\n    @property\n    def x(self): 1\n\n    @x.setter\n    def x(self, v): 2"
        )
        assert [block.name for block in blocks(source)] == ["A", "A.x"]

    def test_statements_between(self):
        source = "a = 1\nb: int = 2\nif a:\n    c = 3\nclass E(Exception):\n    pass\nimport x"
        names = [block.name for block in blocks(source)]
        assert names == ["a", "b", "code", "E", "imports"]

    def test_merge_keeps_every_order_it_can(self):
        assert merge([["a", "b", "d"], ["a", "c", "d", "e"]]) == ["a", "b", "c", "d", "e"]
        assert merge([["a", "b"], ["b", "a"]]) in (["a", "b"], ["b", "a"])
        assert merge([["a"], [], ["b", "a"]]) == ["b", "a"]

    def test_align(self):
        rows = align([blocks(OURS), blocks(TWIN)])
        for ours, twin in rows:
            assert ours is None or twin is None or ours.name == twin.name
        alone = [(a or b).name for a, b in rows if a is None or b is None]
        assert alone == ["only_ours", "ReLU.only_twin"]


class TestShow:
    def test_definitions_stand_on_one_line(self, tree):
        lines = rendered(tree, "nn/relu")
        for text in ("class Relu", "def forward", "def backward", "def relu", "class ReLU"):
            matching = [line for line in lines if text in line]
            assert matching
            assert all(line.count(text) == 2 for line in matching)

    def test_what_one_column_lacks_leaves_room(self, tree):
        lines = rendered(tree, "nn/relu")
        (ours,) = [line for line in lines if "def only_ours" in line]
        (twin,) = [line for line in lines if "def only_twin" in line]
        assert ours.split("│")[1].strip() == twin.split("│")[0].strip() == ""

    def test_line_numbers_are_the_files(self, tree):
        (line,) = [line for line in rendered(tree, "nn/relu") if "class ReLU" in line]
        ours, twin = (half.split() for half in line.split("│"))
        assert OURS.split("\n")[int(ours[0]) - 1] == TWIN.split("\n")[int(twin[0]) - 1]

    def test_titles(self, tree):
        title = rendered(tree, "nn/relu")[0]
        assert title.split() == ["scratch/nn/relu.py", "│", "torch_impl/nn/relu.py"]

    def test_nothing_is_wider_than_the_terminal(self, tree):
        for width in (40, 60, 100, 113, 200):
            assert max(map(len, rendered(tree, "nn/relu", width))) <= width

    def test_a_long_line_goes_on_below(self, tmp_path):
        text = "def f():\n    return " + " + ".join(f"term{i}" for i in range(30)) + "\n"
        for column in ("scratch", "torch_impl"):
            (tmp_path / column).mkdir()
            (tmp_path / column / "long.py").write_text(text)
        lines = rendered(lessons(tmp_path), "long")
        left = "".join(line.split("│")[0][2:].strip() + " " for line in lines[2:])
        assert left.split() == text.split()

    def test_narrow_terminals_stack(self, tree):
        lines = rendered(tree, "nn/relu", width=80)
        assert not any("│" in line for line in lines)
        heads = [line for line in lines if "Relu.forward" in line]
        assert ["scratch" in heads[0], "torch_impl" in heads[1]] == [True, True]

    def test_a_definition_brings_its_kin(self, tree):
        """The rule, the function and the layer of one thing, and nothing else."""
        text = "\n".join(rendered(tree, "relu.ReLU"))
        assert "class Relu" in text and "def relu" in text and "class ReLU" in text
        assert "only_ours" not in text and "import" not in text
        text = "\n".join(rendered(tree, "nn.CrossEntropyLoss"))
        assert "class CrossEntropyLoss" in text and "def cross_entropy" in text
        assert "MSELoss" not in text

    def test_a_definition_that_a_column_borrows(self, tmp_path):
        for column, text in [
            ("scratch", "import re\n\n\nclass device:\n    pass\n"),
            ("torch_impl", "from torch import device\n"),
        ]:
            (tmp_path / column).mkdir()
            (tmp_path / column / "devices.py").write_text(text)
        lines = rendered(lessons(tmp_path), "device")
        assert any("class device" in line for line in lines)
        assert any("from torch import device" in line for line in lines)
        assert not any("import re" in line for line in lines)

    def test_three_columns(self, tree):
        lines = rendered(tree, "nn/relu", 200, "scratch,numba,torch")
        (line,) = [line for line in lines if "class Relu(" in line]
        assert line.count("class Relu(") == 3

    def test_contents(self, tree):
        console = Console(file=io.StringIO(), width=100)
        contents(tree, console)
        text = console.file.getvalue()
        assert "nn/relu" in text and "scratch torch numba" in text


def test_the_real_lessons_line_up():
    """Each lesson of this repository, whole, at two widths."""
    known = lessons()
    assert {"nn/linear", "optim/sgd", "autograd/engine"} <= set(known)
    for lesson in known.values():
        for width in (70, 160):
            console = Console(file=io.StringIO(), width=width)
            show(lesson, pick(lesson, None), None, console)
            assert max(map(len, console.file.getvalue().splitlines())) <= width


def test_colours_on_a_terminal(tree):
    console = Console(file=io.StringIO(), width=120, force_terminal=True, color_system="256")
    show(tree["nn/relu"], ["scratch", "torch"], None, console)
    assert "\x1b[" in console.file.getvalue()

"""The command itself: help, speed, and names that do not exist."""

import subprocess
import sys
from pathlib import Path

import pytest

import bench

HOME = Path(bench.__file__).parents[1]


def test_help_names_every_command(sidebyside):
    done = sidebyside("--help")
    assert done.exit_code == 0
    for command in ("train", "show", "check", "bench"):
        assert command in done.output
        assert sidebyside(command, "--help").exit_code == 0


@pytest.mark.parametrize("arguments", [["--help"], ["train", "--help"], ["show"], ["show", "x"]])
def test_what_a_command_does_not_need_is_not_imported(arguments):
    program = (
        "import sys; from bench.cli import app\n"
        f"try: app({arguments!r})\n"
        "except SystemExit: pass\n"
        "print(*{'numpy', 'torch', 'matplotlib', 'scratch'} & set(sys.modules), file=sys.stderr)"
    )
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, cwd=HOME, capture_output=True, text=True, timeout=60)
    assert done.stderr.splitlines()[-1] == ""


def test_show(sidebyside):
    done = sidebyside("show", "nn/linear")
    assert done.exit_code == 0
    title = done.output.splitlines()[0].split()
    assert title == ["scratch/nn/linear.py", "│", "torch_impl/nn/linear.py"]


def test_show_lists_what_there_is(sidebyside):
    done = sidebyside("show")
    assert done.exit_code == 0
    assert "nn/linear" in done.output and "scratch torch" in done.output


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["show", "lineer"], "did you mean"),
        (["show", "nn/linear", "--columns", "cuda"], "nn/linear has no cuda column"),
        (["show", "nn/linear", "--columns", "jax"], "no column is called 'jax'"),
        (["bench", "--load", "nowhere.json"], "nowhere.json"),
    ],
)
def test_mistakes_are_one_line(sidebyside, arguments, message):
    done = sidebyside(*arguments)
    assert done.exit_code == 2
    assert done.output.startswith("Error: ")
    assert message in done.output
    assert len(done.output.splitlines()) == 1


def test_an_unknown_command(sidebyside):
    done = sidebyside("trian")
    assert done.exit_code == 2
    assert "trian" in done.output

"""The table of gradients: complete, read from the rules, and found in one step."""

import pytest
from typer.testing import CliRunner

from bench.cli import app
from bench.gradients import entries

ALL = list(entries())


@pytest.mark.parametrize("entry", ALL, ids=lambda entry: f"{entry.lesson}.{entry.rule}")
def test_every_rule_says_what_it_computes_and_its_gradient(entry):
    assert entry.formula and entry.gradient, f"class {entry.rule}: y = ...        dx = ..."


def test_what_learners_look_up_is_there():
    found = {operation for entry in ALL for operation in entry.operations}
    assert {"add", "sin", "matmul", "max", "softmax", "gather", "cumsum", "sort", "det"} <= found
    (sin,) = [entry for entry in ALL if "sin" in entry.operations]
    assert (sin.formula, sin.gradient) == ("y = sin x", "dx = dy cos x")
    assert sin.lesson == "ops/trigonometry" and sin.rule == "Sin"


def test_the_command():
    result = CliRunner().invoke(app, ["gradient", "sin"])
    assert result.exit_code == 0 and "dx = dy cos x" in result.output
    assert "scratch/ops/trigonometry.py" in result.output
    lesson = CliRunner().invoke(app, ["gradient", "matmul"]).output
    assert "da = dy b^T" in lesson
    assert CliRunner().invoke(app, ["gradient"]).output.count(".py, class ") == len(ALL)
    unknown = CliRunner().invoke(app, ["gradient", "sine"])
    assert unknown.exit_code != 0 and "sine" in unknown.output

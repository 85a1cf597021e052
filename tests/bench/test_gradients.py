"""The table of gradients: complete, read from the rules, and found in one step."""

import importlib

import pytest
from typer.testing import CliRunner

from bench.cli import app
from bench.gradients import entries, without_rule

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


def test_every_operation_has_a_rule_or_is_said_to_have_none():
    shown: dict[str, set[str]] = {lesson: set(others) for lesson, others in without_rule()}
    for entry in ALL:
        shown.setdefault(entry.lesson, set()).update(entry.operations)
    for lesson in shown:
        if lesson.startswith(("ops/", "linalg/")) and "/_" not in lesson:
            module = importlib.import_module(f"scratch.{lesson.replace('/', '.')}")
            offered = {name: getattr(module, name) for name in module.__all__}
            own = {name for name, each in offered.items() if each.__module__ == module.__name__}
            functions = {name for name in own if not isinstance(offered[name], type)}
            assert functions <= shown[lesson], lesson


@pytest.mark.parametrize(
    ("name", "rules"),
    [("arcsin", ["Asin"]), ("multiply", ["Mul"]), ("min", ["Min", "MinDim"]), ("outer", [])],
)
def test_an_operation_is_found_by_all_its_names_and_only_with_its_own_rules(name, rules):
    assert [entry.rule for entry in ALL if name in entry.operations] == rules


def test_layers_are_no_rules():
    """nn.Sigmoid is called as the rule that it uses."""
    assert [entry.lesson for entry in ALL if entry.rule == "Sigmoid"] == ["ops/elementwise"]


def test_the_command():
    result = CliRunner().invoke(app, ["gradient", "sin"])
    assert result.exit_code == 0 and "dx = dy cos x" in result.output
    assert "scratch/ops/trigonometry.py" in result.output
    lesson = CliRunner().invoke(app, ["gradient", "matmul"]).output
    assert "da = dy b^T" in lesson
    assert CliRunner().invoke(app, ["gradient"]).output.count(".py, class ") == len(ALL)
    composed = CliRunner().invoke(app, ["gradient", "outer"])
    assert composed.exit_code == 0 and "scratch/ops/matmul.py" in composed.output
    unknown = CliRunner().invoke(app, ["gradient", "sine"])
    assert unknown.exit_code != 0 and "sine" in unknown.output

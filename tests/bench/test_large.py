"""The timings of large tensors: what is measured, and that what is slow has its reason."""

import json
import re

import pytest
from typer.testing import CliRunner

from bench import large
from bench.cli import app


def test_every_operation_runs_in_both_libraries_and_agrees():
    """At the smallest size at which the square has the 500 rows that some lines take of it."""
    import torch

    import scratch

    for operation in large.operations():
        code = large.compiled(operation)
        inputs = large.arrays(250_000)
        results = []
        for library in (scratch, torch):
            names = large.tensors(library, code, inputs)
            y = large.result(library, code, names)
            results.append((str(y.dtype), tuple(y.shape)))
        assert results[0] == results[1], operation.code


# Written as operators, where they are not another name of one that is; and what computes nothing.
OPERATORS = "sub mul neg pow true_divide floor_divide remainder eq ne lt le gt ge bitwise_and"
OPERATORS += " bitwise_or bitwise_xor bitwise_not bitwise_left_shift bitwise_right_shift"
TWINS = "clamp_min clamp_max sgn fill"
VIEWS = "as_strided squeeze swapaxes swapdims transpose unsqueeze"


def test_every_function_of_numbers_is_listed():
    """Each that has an in-place form, and each of the reductions."""
    import scratch
    from scratch.ops import counting, cumulative, extremum, quantiles, reduction, statistics

    words = re.findall(r"\w+", large.OPERATIONS.read_text())
    words += f"{OPERATORS} {TWINS} {VIEWS}".split()
    listed = {getattr(scratch, word) for word in words if callable(getattr(scratch, word, None))}
    names = {name for name in vars(scratch) if hasattr(scratch.Tensor, f"{name}_")} - {"random"}
    for family in (counting, cumulative, extremum, quantiles, reduction, statistics):
        names |= set(family.__all__)
    missing = {name for name in names if getattr(scratch, name) not in listed}
    assert not missing, "give each a line in large.txt"


def test_a_measurement_has_what_the_table_shows():
    operation = large.Operation("", "x * x")
    each = large.measure(operation, 10_000)
    assert each.elements == 10_000 and each.code == "x * x"
    assert min(each.scratch, each.torch, each.scratch_backward, each.torch_backward) > 0
    assert each.ratio == each.scratch / each.torch
    no_gradient = large.measure(large.Operation("", "x.argmax()"), 10_000)
    assert no_gradient.backward_ratio is None and no_gradient.worst == no_gradient.ratio


def test_every_slow_row_of_the_kept_results_has_a_reason():
    reasons = {operation.code: operation.reason for operation in large.operations()}
    _, rows = large.load()
    assert {row.code for row in rows} == set(reasons), "measure again: sidebyside large --save"
    silent = {row.code for row in rows if row.worst > large.LIMIT and not reasons[row.code]}
    assert not silent


def test_the_command(tmp_path, monkeypatch):
    monkeypatch.setattr(large, "ROUNDS", (1, 1))
    monkeypatch.setattr(large.save, "__defaults__", (tmp_path / "large.json",))
    result = CliRunner().invoke(app, ["large", "x * ", "--elements", "5000", "--save"])
    assert result.exit_code == 0, result.output
    assert "x * y" in result.output and "rows take more than 1.5" in result.output
    saved = json.loads((tmp_path / "large.json").read_text())
    assert {row["code"] for row in saved["rows"]} == {"x * y", "x * 2"}
    assert saved["machine"]["threads"] == 1
    machine, rows = large.load(tmp_path / "large.json")
    assert machine == saved["machine"] and rows[0].elements == 5000


@pytest.mark.parametrize("elements", [",", "a", "0"])
def test_wrong_sizes(elements):
    result = CliRunner().invoke(app, ["large", "--elements", elements])
    assert result.exit_code != 0 and "--elements" in result.output

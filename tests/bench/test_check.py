"""`sidebyside check`: the table, and the exit status."""

import io
import math

import pytest
from rich.console import Console

from bench import checks
from bench.cases import Case, cases
from bench.compare import Record
from bench.pairs import UnknownName


def record(name="output", *, ok=True, ours=1.0, torch=0.5, equal=0.5, shape=(10,)):
    message = "" if ok else f"{name} is wrong: 1.5, not 2.5"
    return Record("f", name, "float32", shape, ours, 0.25, torch, equal, ok=ok, message=message)


def printed(chosen, monkeypatch, outcomes):
    monkeypatch.setattr(checks, "run_case", outcomes)
    console = Console(file=io.StringIO(), width=120)
    return checks.check(chosen, console), console.file.getvalue()


CASES = [
    Case("nn/a", "one", lambda torch, x: x, [(3,)]),
    Case("nn/a", "two", lambda torch, x: x, [(3,)]),
    Case("nn/b", "one", lambda torch, x: x, [(3,)]),
]


class TestSummary:
    def test_worst_of_each(self):
        line = checks.summarize("f", "float32", [record(ours=3.0), record(torch=2.0, equal=1.0)])
        assert (line.ours, line.twin, line.torch) == (3.0, 0.25, 2.0)
        assert line.compared == 20 and line.failed == 0

    def test_share_of_numbers_not_of_tensors(self):
        records = [record(shape=(2, 45), equal=1.0), record(shape=(10,), equal=0.0)]
        assert checks.summarize("f", "float32", records).equal == pytest.approx(0.9)

    def test_nothing_measured(self):
        line = checks.summarize("f", "int64", [record(ours=math.nan, equal=math.nan)])
        assert math.isnan(line.ours) and math.isnan(line.equal)

    def test_an_empty_tensor(self):
        assert checks.summarize("f", "float32", [record(shape=(0,), equal=1.0)]).compared == 0


class TestTable:
    def test_a_row_a_lesson(self, monkeypatch):
        good, text = printed(CASES, monkeypatch, lambda case: [record()])
        assert good
        rows = [line.split() for line in text.splitlines()]
        assert ["nn/a", "float32", "20", "1.00", "0.25", "0.50", "50.0%"] in [r[:7] for r in rows]
        assert "3 outputs and gradients of 3 computations: scratch and" in text

    def test_a_row_a_case(self, monkeypatch):
        good, text = printed(CASES[:2], monkeypatch, lambda case: [record(equal=1.0)])
        names = [line.split()[0] for line in text.splitlines()[1:4]]
        assert names == ["nn/a", "one", "two"]
        assert "identical" in text

    def test_a_failure(self, monkeypatch):
        def outcomes(case):
            return [record(), record("gradient of input 0", ok=case.name == "one")]

        good, text = printed(CASES, monkeypatch, outcomes)
        assert not good
        assert "1 differ" in text
        assert "gradient of input 0 is wrong: 1.5, not 2.5" in text
        assert "6 outputs and gradients of 3 computations: 1 differ." in text

    def test_almost_all_bits_is_not_all(self, monkeypatch):
        _, text = printed(CASES[:1], monkeypatch, lambda case: [record(equal=0.99999)])
        assert "99.9%" in text and "100" not in text and "identical" not in text


class TestSelect:
    def test_everything(self):
        assert checks.select(None) == cases()

    @pytest.mark.parametrize("name", ["nn/linear", "linear", "nn.Linear", "nn/linear.py"])
    def test_a_lesson(self, name):
        chosen = checks.select(name)
        assert chosen and {case.lesson for case in chosen} == {"nn/linear"}

    def test_a_folder(self):
        assert {case.lesson.split("/")[0] for case in checks.select("ops/")} == {"ops"}

    def test_nothing_to_compare(self):
        with pytest.raises(UnknownName, match="nn/parameter has nothing to compare"):
            checks.select("nn/parameter")

    def test_unknown(self):
        with pytest.raises(UnknownName, match="did you mean"):
            checks.select("lineer")


class TestCommand:
    def test_a_lesson(self, sidebyside):
        done = sidebyside("check", "nn/activation")
        assert done.exit_code == 0, done.output
        assert "ReLU" in done.output and "100.0%" in done.output and "identical" in done.output

    def test_a_planted_error(self, sidebyside, monkeypatch):
        """A gradient that forgets a factor."""
        wrong = Case(
            "nn/planted",
            "2x",
            lambda torch, x: x * 2 if torch.__name__ != "scratch" else (x * 2).detach() + x,
            [(3,)],
        )
        monkeypatch.setattr(checks, "select", lambda name: [wrong])
        done = sidebyside("check")
        assert done.exit_code == 1
        assert "gradient of input 0" in done.output and "differ" in done.output

    def test_unknown(self, sidebyside):
        done = sidebyside("check", "lineer")
        assert done.exit_code == 2
        assert "did you mean" in done.output

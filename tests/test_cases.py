"""All columns agree on every case, and every lesson that computes something has cases."""

from pathlib import Path

import pytest

import scratch
from bench.cases import cases, lessons, run_case

# Lessons in which nothing is computed that could differ by a digit.
NO_NUMBERS = {
    "nn/functional",
    "nn/module",
    "nn/parameter",
    "ops/constructors",
    "optim/optimizer",
}


@pytest.mark.parametrize("case", cases(), ids=lambda case: f"{case.lesson}: {case.name}")
def test_case(case):
    records = run_case(case)
    assert records
    wrong = [record.message for record in records if not record.ok]
    assert not wrong, "\n".join(wrong)


def test_every_lesson_has_cases():
    root = Path(scratch.__file__).parent
    computing = {
        path.relative_to(root).with_suffix("").as_posix()
        for folder in ("nn", "ops", "optim")
        for path in (root / folder).glob("[!_]*.py")
    }
    assert computing - NO_NUMBERS <= set(lessons())


def test_names_of_cases():
    assert {case.lesson for case in cases("nn/linear")} == {"nn/linear"}
    assert {case.lesson for case in cases("ops")} > {"ops/arithmetic", "ops/matmul"}
    assert cases("nn/lin") == []
    keys = [(case.lesson, case.name) for case in cases()]
    assert len(keys) == len(set(keys))

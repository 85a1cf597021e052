"""set_printoptions: what it keeps, what it forgets, and how senseless options fail."""

import math

import pytest
import torch

import scratch
import torch_impl
from scratch import printing
from torch_impl import printing as twin

COLUMNS = (scratch, torch)
NAN, INF = math.nan, math.inf


@pytest.fixture(autouse=True)
def _default_options():
    yield
    for column in (printing, twin):
        column.set_printoptions(profile="default")


def text(tensor) -> object:
    """What repr returns, or the type of what it raises."""
    try:
        return repr(tensor)
    except Exception as error:
        return type(error)


def test_options_come_and_go() -> None:
    sequence = (
        {"precision": 2},
        {"sci_mode": True},
        {"linewidth": 50},
        {"profile": "short"},
        {"profile": "full", "precision": 7},
        {"profile": "unheard of", "threshold": 5},
        {"edgeitems": 1, "sci_mode": False},
        {"profile": "default"},
    )
    for options in sequence:
        for column in (printing, twin):
            column.set_printoptions(**options)
        assert printing.get_printoptions() == twin.get_printoptions()
    for column in (printing, twin):
        column.set_printoptions(3, 5, 2, 60, None, True)
    assert printing.get_printoptions() == twin.get_printoptions()


def test_options_are_handed_out_as_a_copy() -> None:
    printing.get_printoptions()["precision"] = 9
    assert printing.get_printoptions()["precision"] == 4


def test_options_for_a_while() -> None:
    for column in (printing, twin):
        column.set_printoptions(linewidth=50, sci_mode=True)
        before = column.get_printoptions()
        with column.printoptions(precision=1, profile="short") as nothing:
            assert nothing is None
            inside = column.get_printoptions()
        assert column.get_printoptions() == before
        with pytest.raises(ZeroDivisionError), column.printoptions(precision=2):
            column.set_printoptions(linewidth=3)
            raise ZeroDivisionError
        assert column.get_printoptions() == before
        with pytest.raises(TypeError), column.printoptions(digits=2):
            pass
        assert column.get_printoptions() == before
    assert inside == {**before, "precision": 1, "threshold": 1000, "edgeitems": 2,
                      "linewidth": 80, "sci_mode": None}  # fmt: skip


@pytest.mark.parametrize(
    "options",
    [
        {"precision": -1},
        {"precision": "a"},
        {"precision": 2.5},
        {"precision": True},
        {"precision": 0},
        {"threshold": "a"},
        {"threshold": 2.5},
        {"threshold": NAN},
        {"linewidth": "a"},
        {"linewidth": 0},
        {"linewidth": -5},
        {"linewidth": 20.5},
        {"linewidth": INF},
        {"linewidth": NAN},
        {"sci_mode": "a"},
        {"sci_mode": 0},
        {"edgeitems": "a", "threshold": 1},
        {"edgeitems": 1.5, "threshold": 1},
        {"edgeitems": 0, "threshold": 1},
    ],
)
def test_senseless_options_fail_as_in_torch(options: dict) -> None:
    for column in COLUMNS:
        column.set_printoptions(**options)
    tensors = ([1.0, 2, 3, 4, 5, 6, 7, 8], [[1.5, 2.5], [1e-5, 3]], [1, 2, 3, 4], [[0.0, NAN]])
    for data in (*tensors, 1.5, 3, [[]], [True], True):
        assert text(scratch.tensor(data)) == text(torch.tensor(data)), data


def test_fewer_edges_than_none_are_refused() -> None:
    for column in COLUMNS:
        column.set_printoptions(edgeitems=-1, threshold=1)
        with pytest.raises(RuntimeError):
            repr(column.ones(2, 2))


def test_unknown_options_are_refused() -> None:
    for column in COLUMNS:
        with pytest.raises(TypeError):
            column.set_printoptions(digits=3)


def test_the_twin_hands_on_torchs_own() -> None:
    assert twin.set_printoptions is torch.set_printoptions is torch_impl.set_printoptions

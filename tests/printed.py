"""The first promise as a learner meets it: a whole script, and what it prints.

A script is a function of the module ``torch`` that prints. ``@prints`` runs it as torch, as scratch
and as torch_impl; the text on the screen must be the same, character for character. Two things are
nobody's promise: where an object lies in memory, and that torch gives the class names of its own
rules a number (``AddBackward0``), which the rules that torch_impl writes out do not get, nor their
place, nor always their whole name (``SoftplusRule``, where the layer is ``Softplus``). Nor may a
column warn where torch does not. A script may change the default dtype and the print options: they
are put back.
"""

import contextlib
import difflib
import io
import re
import warnings
from collections.abc import Callable

import pytest
import torch as real_torch

from tests.same_script import COLUMNS

WRITTEN_OUT = re.compile(r"(torch\.autograd\.function\.)?(\w+?)(Rule)?Backward\d?\b")


def prints(script: Callable) -> Callable:
    """Makes a test of a function of ``torch`` that prints."""

    @pytest.mark.parametrize("column", COLUMNS)
    def run(column):
        expected, expected_warnings = run_script(script, real_torch)
        assert expected.count("\n") > 2, "a script prints something"
        got, warned = run_script(script, COLUMNS[column])
        if column == "torch_impl":
            got, expected = (WRITTEN_OUT.sub(r"\2Backward", text) for text in (got, expected))
        if got != expected:
            both = expected.splitlines(), got.splitlines()
            lines = difflib.unified_diff(*both, "torch", column, lineterm="", n=0)
            pytest.fail("\n".join(["another text on the screen", *lines]), pytrace=False)
        assert set(warned) <= set(expected_warnings), warned

    run.__name__, run.__doc__, run.__module__ = script.__name__, script.__doc__, script.__module__
    return run


def run_script(script: Callable, torch) -> tuple[str, dict[str, str]]:
    """What the script prints, without addresses, and its warnings: the last of each kind."""
    screen = io.StringIO()
    real_torch.set_warn_always(True)  # torch gives some advice once a process only
    try:
        with warnings.catch_warnings(record=True) as caught, contextlib.redirect_stdout(screen):
            warnings.simplefilter("always")
            warnings.filterwarnings(
                "ignore", category=RuntimeWarning, module="scratch"
            )  # as it does
            script(torch)
    finally:
        real_torch.set_warn_always(False)
        torch.set_default_dtype(torch.float32)
        torch.set_printoptions(profile="default")
    text = re.sub(r" at 0x[0-9a-f]+", " at 0x", screen.getvalue())
    return text, {warning.category.__name__: str(warning.message) for warning in caught}

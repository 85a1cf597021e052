"""What beginners get wrong, as a decorator: torch's type of exception, and words that help.

The book's page of mistakes is made of these tests: their code, what each column says, and the
script's docstring, which says what to do.
"""

import re
import warnings
from collections.abc import Callable

import pytest
import torch as real_torch

from tests.same_script import COLUMNS


def mistake(*words: str, silent: bool = False) -> Callable:
    """Makes a test of a script that fails, or is warned of.

    Args:
        words: regular expressions that scratch's message has to match
        silent: torch says nothing, and scratch warns
    """

    def decorate(script: Callable) -> Callable:
        @pytest.mark.parametrize("column", COLUMNS)
        def run(column):
            expected, got = complaint(script, real_torch), complaint(script, COLUMNS[column])
            assert (expected is None) == silent, f"torch says {expected!r}"
            if expected is not None:
                assert type(got) is type(expected), got
            for word in words if column == "scratch" else ():
                assert re.search(word, said(got)), f"{word!r} is not in {said(got)!r}"

        run.__name__, run.__module__ = script.__name__, script.__module__
        run.script = script
        return run

    return decorate


def complaint(script: Callable, torch) -> Exception | None:
    """The exception that a script raises in a column; failing that, the first warning it gives."""
    with warnings.catch_warnings(record=True) as given:
        warnings.simplefilter("always")
        try:
            script(torch)
        except Exception as error:
            return error
    return next((each.message for each in given if isinstance(each.message, UserWarning)), None)


def said(error: Exception | None) -> str:
    """The message of an exception, with its notes; of none, nothing."""
    if error is None:
        return ""
    return "\n".join([str(error), *getattr(error, "__notes__", ())])

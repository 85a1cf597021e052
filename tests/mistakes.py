"""What beginners get wrong, as a decorator: torch's type of exception, and words that help."""

import re
import warnings
from collections.abc import Callable

import pytest
import torch as real_torch

from tests.same_script import COLUMNS


def mistake(*words: str) -> Callable:
    """Makes a test of a script that fails: ``words`` are what has to be in scratch's message."""

    def decorate(script: Callable) -> Callable:
        @pytest.mark.parametrize("column", COLUMNS)
        def run(column):
            expected, got = raised(script, real_torch), raised(script, COLUMNS[column])
            assert expected is not None, "torch does not mind"
            assert type(got) is type(expected), got
            for word in words if column == "scratch" else ():
                assert re.search(word, str(got)), f"{word!r} is not in {str(got)!r}"

        run.__name__, run.__module__ = script.__name__, script.__module__
        return run

    return decorate


def raised(script: Callable, torch) -> Exception | None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # torch warns of some mistakes besides
        try:
            script(torch)
        except Exception as error:
            return error
    return None

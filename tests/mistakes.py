"""What beginners get wrong, as a decorator: torch's type of exception, and words that help.

The book's page of mistakes is made of these tests: ``body`` is a script's code, ``message`` what a
column says of it, and ``advice`` the script's docstring, which says what to do.
"""

import contextlib
import inspect
import io
import re
import textwrap
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest
import torch as real_torch

from scratch.nn import loss as losses
from tests.same_script import COLUMNS

LONG = 500  # characters of a message; on the page torch's longer ones are cut


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
            if not silent:
                assert type(got) is type(expected), got
            elif column == "scratch":
                assert isinstance(got, Warning), got
            for word in words if column == "scratch" else ():
                assert re.search(word, said(got)), f"{word!r} is not in {said(got)!r}"

        run.__name__, run.__module__ = script.__name__, script.__module__
        run.script = script
        return run

    return decorate


def complaint(script: Callable, torch) -> Exception | None:
    """The exception that a script raises in a column; failing that, the first warning it gives."""
    losses._warned = False  # what is said once is said again
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


def body(script: Callable) -> str:
    """The script's code, without its header and docstring."""
    return textwrap.dedent("".join(_lines(script)[0])).strip("\n")


def message(script: Callable, column: object) -> str:
    """What a column says of the script, line by line; of a place in it, the line of its body."""
    with contextlib.redirect_stdout(io.StringIO()):
        error = complaint(script, column)
    if error is None:
        return "(nothing)"
    words = re.sub(r"\x1b\[\d*m", "", said(error))  # bold and plain, for a terminal
    words = words.replace(f"{Path.cwd()}/", "")
    file = re.escape(Path(inspect.getsourcefile(script)).name)
    first = _lines(script)[1]
    words = re.sub(
        rf"\S*{file}, line (\d+)", lambda match: f"line {int(match[1]) - first + 1}", words
    )
    lines = [" ".join(line.split()) for line in words.splitlines() if line.strip()]
    words = "\n".join([": ".join([type(error).__name__, *lines[:1]]), *lines[1:]])
    return words if len(words) <= LONG else f"{words[:LONG]} …"


def advice(script: Callable) -> list[str]:
    """The docstring in pieces: text and code by turns, beginning with text."""
    return inspect.cleandoc(script.__doc__ or "").replace("\n", " ").split("``")


def _lines(script: Callable) -> tuple[list[str], int]:
    """The lines of a script's body, and the number of the first in its file."""
    lines, first = inspect.getsourcelines(script)
    start = next(i for i, line in enumerate(lines) if line.lstrip().startswith("def ")) + 1
    if script.__doc__:
        quotes = 0
        while quotes < 2:
            quotes += lines[start].count('"""')
            start += 1
    while not lines[start].strip():
        start += 1
    return lines[start:], first + start

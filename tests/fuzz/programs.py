"""Random programs, run by torch and by scratch, that must end alike.

A program is a few tensors and a list of statements. Each statement is drawn looking at the tensors
torch has by then, and then run by scratch as it stands; so a program can be printed, and pasted
into a file. Compared are, statement by statement, what it returned or the type of what it raised;
at the end of every tensor its values, dtype, shape, strides, version and place in the graph, how
two of them print, and every gradient, of the second order too.

Rounding is told from mistakes by torch itself: where scratch's result differs, torch runs the
program again, with the last digits of everything it computes shaken. Where that changes its result
as much, nobody knows the digits.
"""

from __future__ import annotations

import builtins
import random

import numpy as np
import torch

import scratch
from tests.fuzz.drawing import Artist, Statement, first_tensors
from tests.fuzz.running import FAILED, INTERNAL, OVERWRITTEN, Printed, Run
from tests.fuzz.undefined import is_defined

REFUSALS = (OVERWRITTEN, FAILED)
TOLERANCE = {"float64": 1e-9, "float32": 5e-4, "float16": 3e-2}


class Program:
    """A program drawn from numbers: one for its tensors, and one with each operation.

    What is done with it at the end, whether second derivatives or which tensor is printed, is drawn
    from the first number too.
    """

    def __init__(self, number: int, operations: list[tuple[str, int]]):
        draw = random.Random(number)
        self.tensors = first_tensors(draw)
        self.second, self.shown = draw.random() < 0.25, draw.randrange(100)
        self.statements: list[Statement] = []
        self.theirs = Run(torch)
        self.theirs.start(self.tensors)
        for line, seed in operations:
            artist = Artist(self.theirs.pool, random.Random(seed))
            statement = artist.statement(line)
            if is_defined(statement, self.theirs.pool):
                self.statements.append(statement)
                self.theirs.execute(statement)
                statement.results = tuple(self.theirs.made)
                if self.theirs.log[-1] == INTERNAL:
                    del self.theirs.log[-1], self.statements[-1]
                    break
        self.theirs.describe(self.second, self.shown)

    def run(self, run: Run) -> Run:
        run.start(self.tensors)
        for statement in self.statements:
            run.execute(statement)
        run.describe(self.second, self.shown)
        return run

    def difference(self) -> str:
        """What scratch does differently, or nothing."""
        ours = Run(scratch)
        ours.start(self.tensors)
        for place, statement in enumerate(self.statements):
            ours.execute(statement)
            if distance(ours.log, self.theirs.log, place) > 1:
                break
        else:
            ours.describe(self.second, self.shown)
            place = differing(ours.log, self.theirs.log)
        if place is None or self.is_shaky(place, ours.log):
            return ""
        mine, its = (
            log[place] if place < len(log) else "nothing" for log in (ours.log, self.theirs.log)
        )
        refused = [each for each in (mine, its) if isinstance(each, str) and each in REFUSALS]
        if len(refused) == 2 or refused == [FAILED] and its is refused[0]:
            return ""  # torch has a few gradients that stumble over their own shapes
        if isinstance(mine, str) and mine == OVERWRITTEN and "kron" in str(self):
            return ""  # torch does not notice
        if isinstance(its, str) and its == OVERWRITTEN and "vander" in str(self):
            return ""  # torch overwrites what its own gradient needs
        where = f"statement {place + 1}" if place < len(self.statements) else "at the end"
        return f"{self}\n{where}: scratch has\n{mine!r}\ntorch has\n{its!r}"

    def is_shaky(self, place: int, ours: list) -> bool:
        """Whether torch's own result here changes as much when its last digits do."""
        far = distance(ours, self.theirs.log, place)
        for seed in range(12):
            shaken = self.run(Run(torch, random.Random(seed))).log
            first = differing(shaken, self.theirs.log)
            if first is not None and first < place:
                return True
            if distance(shaken, self.theirs.log, place) >= far / 20:
                return True
        return False

    def __str__(self) -> str:
        first = [f"t{number} = {each}" for number, each in enumerate(self.tensors)]
        lines = [
            "import torch",
            "from torch import inf, nan",
            "",
            *first,
            *map(str, self.statements),
        ]
        return "\n".join(lines)


def differing(ours: list, theirs: list) -> int | None:
    """The first place at which two logs differ."""
    places = range(max(len(ours), len(theirs)))
    return next((place for place in places if distance(ours, theirs, place) > 1), None)


def distance(ours: list, theirs: list, place: int) -> float:
    """How far two entries are from each other: up to 1 is as good as equal."""
    if place >= len(ours) or place >= len(theirs):
        return 0.0 if place >= len(ours) and place >= len(theirs) else np.inf
    a, b = ours[place], theirs[place]
    if isinstance(a, tuple) and isinstance(b, tuple) and isinstance(a[-1], np.ndarray):
        (a_dtype, a), (b_dtype, b) = a, b  # gradients
        if a_dtype != b_dtype:
            return np.inf
    if isinstance(a, Printed) and isinstance(b, Printed):
        return 0.0 if a.is_like(b) else np.inf
    if not isinstance(a, np.ndarray) or not isinstance(b, np.ndarray):
        return 0.0 if repr(a) == repr(b) or is_kind_of(a, b) else np.inf
    if a.dtype != b.dtype or a.shape != b.shape:
        return np.inf
    if a.dtype.kind != "f":
        return 0.0 if np.array_equal(a, b) else np.inf
    if a.tobytes() == b.tobytes():
        return 0.0
    with np.errstate(all="ignore"):
        finite = np.isfinite(a) & np.isfinite(b)
        if not np.array_equal(a[~finite], b[~finite], equal_nan=True):
            return np.inf
        size = max(np.max(np.abs(b[finite]), initial=0).astype(float), 1e-2)
        error = np.max(np.abs(a[finite].astype(float) - b[finite]), initial=0)
        return float(error / size / TOLERANCE[str(a.dtype)])


def is_kind_of(ours: object, theirs: object) -> bool:
    """Whether both are names of exceptions, ours that of a subclass: it is caught alike."""
    kinds = [getattr(builtins, name, None) for name in (ours, theirs) if isinstance(name, str)]
    if len(kinds) < 2 or not all(isinstance(kind, type) for kind in kinds):
        return False
    return issubclass(*kinds) or issubclass(*kinds[::-1]) and RuntimeError in kinds

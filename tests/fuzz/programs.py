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

import functools
import itertools
import random
import re
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

import numpy as np
import torch

import scratch
from tests.fuzz.drawing import TENSORS, Artist, Chosen, Start, Statement, compiled, first_tensors

MOST_TENSORS, MOST_ELEMENTS = 12, 120
OVERWRITTEN = "backward needs what was overwritten"
FAILED = "backward failed"
# What eliminates and iterates: its errors are as large as the numbers that cancelled on the way.
LAPACK = re.compile(r"cholesky|det\(|inverse|linalg\.(?!norm|vec|cross|diag|multi)")
COMPARES = re.compile(r"x\.(eq|ne|[lg][te]|greater|less)_\(y")
DIVIDES = re.compile(r"(fmod|remainder|divide)_\(y|div_\(y, r")
PRODUCTS = re.compile(r"x\.add(mm|bmm|mv|r)_\(|baddbmm_\(")
TOLERANCE = {"float64": 1e-9, "float32": 5e-4, "float16": 3e-2}


# ---- running it ---------------------------------------------------------------------------------


@dataclass
class Run:
    """What one library made of a program."""

    torch: ModuleType
    shake: random.Random | None = None  # torch, with other last digits
    pool: list = field(default_factory=list)
    log: list = field(default_factory=list)
    cancels: bool = False  # whether the statement that runs is one of LAPACK's

    def start(self, tensors: list[Start]) -> None:
        self.pool = [each.make(self.torch) for each in tensors]

    def execute(self, statement: Statement) -> None:
        """Runs a statement; its result joins the tensors, or its failure the log."""
        code, _ = compiled(statement.line)
        self.cancels = LAPACK.search(statement.line) is not None
        names = {"torch": self.torch}
        for letter, value in statement.values.items():
            names[letter] = self.meaning(letter, value)
        try:
            y = eval(code, names)
        except Exception as refused:
            self.log.append(type(refused).__name__)
            return
        y = names["x"] if y is None else y
        self.log.append(self.keep(y))

    def meaning(self, letter: str, value: Any) -> Any:
        if letter in TENSORS:
            return self.pool[value]
        if letter == "d":
            return getattr(self.torch, value)
        return self.index(value) if letter == "v" else value

    def index(self, value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(self.index(item) for item in value)
        return self.torch.tensor(value.entries) if isinstance(value, Chosen) else value

    def keep(self, y: Any) -> Any:
        if isinstance(y, (tuple, list)):
            return [type(y).__name__, *[self.keep(item) for item in y]]
        if not isinstance(y, self.torch.Tensor):
            return y if isinstance(y, (str, bool, int)) else np.array(y, dtype="float64")
        changed = any(y is x for x in self.pool)
        if self.shake and (changed or self.is_new(y)):
            self.perturb(y)
        if changed:
            return "itself"
        if len(self.pool) < MOST_TENSORS and y.numel() <= MOST_ELEMENTS:
            self.pool.append(y)
        return features(y)

    def is_new(self, y: Any) -> bool:
        memory = y.untyped_storage().data_ptr()
        return all(memory != x.untyped_storage().data_ptr() for x in self.pool)

    def perturb(self, y: Any) -> None:
        """Changes what is not a round number in its last digits, and a zero in its sign."""
        if not y.is_floating_point() or not y.numel():
            return
        values = y.detach()
        noise = [self.shake.choice((-4, -1, 1, 4)) for _ in range(y.numel())]
        noise = torch.tensor(noise, dtype=y.dtype).reshape(y.shape) * torch.finfo(y.dtype).eps
        if self.cancels:
            shaken = values + (values.abs() + 1) * noise
        else:
            rough = (values * 1024 != (values * 1024).round()).to(y.dtype)
            shaken = torch.where(
                values == 0, torch.copysign(values, noise), values + values * noise * rough
            )
        if not any(n > 1 and not step for n, step in zip(y.shape, y.stride(), strict=True)):
            y.data.copy_(shaken)

    def describe(self, second: bool, shown: int) -> None:
        """Adds to the log what all tensors are by now."""
        for x in self.pool:
            self.log += [features(x), *place(x), x.detach().numpy().copy()]
        for x in (self.pool[-1], self.pool[shown % len(self.pool)]):
            self.log.append(Printed(repr(x), x.detach().numpy().copy()))
        try:
            self.differentiate(second)
        except RuntimeError as refused:
            overwritten = "modified by an inplace operation" in str(refused)
            self.log.append(OVERWRITTEN if overwritten else FAILED)
            return
        for x in self.pool:
            if x.requires_grad and (is_leaf(x) is True or x.retains_grad):
                # + 0, as torch's gradient may be zeros that have no memory
                self.log.append(None if x.grad is None else (x.grad.detach() + 0).numpy())

    def differentiate(self, second: bool) -> None:
        outputs = [x for x in self.pool if x.requires_grad and is_leaf(x) != "lost"]
        if not outputs:
            return
        total = self.weighted(outputs)
        if second:
            leaves = [x for x in outputs if x.is_leaf]
            grads = self.torch.autograd.grad(total, leaves, create_graph=True, allow_unused=True)
            total = self.weighted([dx for dx in grads if dx is not None and dx.requires_grad])
        total.backward()

    def weighted(self, tensors: list) -> Any:
        """The sum of all elements, each times a number of its own."""
        total = self.torch.zeros((), dtype=self.torch.float64, requires_grad=True)
        for x in tensors:
            total = total + (x.double() * self.torch.tensor(weights(tuple(x.shape)))).sum()
        return total


@dataclass
class Printed:
    """A tensor's text, and the numbers in it."""

    text: str
    values: np.ndarray

    def __repr__(self) -> str:
        return self.text

    def is_like(self, its: Printed) -> bool:
        """Whether these numbers are printed as torch prints them: its own may have other digits."""
        if self.text == its.text or self.values.tobytes() == its.values.tobytes():
            return self.text == its.text
        plain = "".join(repr(torch.tensor(self.values)).split())[:-1]
        place = re.search(r"(,(requires_grad|grad_fn)=[^ ]*)?\)$", "".join(its.text.split()))[0]
        return "".join(self.text.split()) == plain + place


@functools.cache
def weights(shape: tuple[int, ...]) -> np.ndarray:
    return ((np.arange(np.prod(shape, dtype=int)) * 37 + 11) % 17 / 8 - 1).reshape(shape)


def features(x: Any) -> tuple:
    steps = zip(x.shape, x.stride(), strict=True)
    strides = [step for n, step in steps if n > 1 and x.numel()]  # those that anybody takes
    return str(x.dtype), tuple(x.shape), strides, x.requires_grad


def place(x: Any) -> tuple:
    """Where it stands in the graph, and how often it was changed."""
    leaf = is_leaf(x)
    name = "" if leaf is not False else x.grad_fn.name()
    return leaf, name, x._version, x.is_contiguous()


def is_leaf(x: Any) -> bool | str:
    try:
        return x.is_leaf
    except RuntimeError:  # a view that autograd lost track of
        return "lost"


# ---- a whole program ----------------------------------------------------------------------------


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
        if isinstance(its, str) and its == FAILED and not isinstance(mine, str):
            return ""  # torch has a few gradients that stumble over their own shapes
        if isinstance(mine, str) and mine == OVERWRITTEN and isinstance(its, str) and its == FAILED:
            return ""  # both are true, and which is found first does not matter
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


def is_defined(statement: Statement, pool: list) -> bool:
    """Whether a statement has one meaning, on every processor and in every order.

    No float becomes an integer that cannot hold it, none that is huge or infinite goes to LAPACK,
    and nothing is overwritten while it is read.
    """
    tensors = [pool[statement.values[letter]] for letter in TENSORS if letter in statement.values]
    floats = [x for x in tensors if x.dtype.is_floating_point]
    converts = "d" in statement.values or statement.line.startswith(("int(", "x.view(torch.int"))
    converts = converts or LAPACK.search(statement.line) is not None or "cross(" in statement.line
    if (converts or len(floats) < len(tensors)) and not all(map(is_small, floats)):
        return False
    x, *others = tensors
    y = others[0] if others else x
    if re.search(r"logical_\w+_\(", statement.line) and x.requires_grad:
        return False  # torch changes the values and keeps the history
    if COMPARES.search(statement.line) and y.requires_grad and not x.is_floating_point():
        return False  # torch gives integers a history
    if "isin(" in statement.line and not can_be_a_row(others[0]):
        return False  # torch stumbles over its own view
    if "ldexp(" in statement.line and others[0].dtype != x.dtype:
        return False  # torch's gradient has 2 ** y in the dtype of y: 0 for the integer -1
    if "addcdiv" in statement.line and any(y.dtype != x.dtype for y in others):
        return False  # torch's gradient has y / z as precisely as these are
    if re.search("signbit|copysign", statement.line) and any(y.isnan().any() for y in tensors):
        return False  # what sign a NaN has depends on the processor
    if re.search(r"view\(torch\.|stride\(\)", statement.line) and (1 in x.shape or not x.numel()):
        return False  # NumPy has no opinion on steps that nobody takes
    if re.search(r"tri[lu]_", statement.line) and not is_apart_in_itself(x):
        return False  # torch writes to an element several times
    if "x.data =" in statement.line and any(y.grad_fn is not None for y in pool):
        return False  # torch's backward takes the new data of a tensor for that which it saved
    if re.search(r"\] ?=|masked_fill", statement.line) and not x.is_floating_point():
        if any(y.requires_grad for y in others):
            return False  # torch makes integers require a gradient
    negative = min(statement.values.get("k", ()), default=0) < 0
    if re.search(r"index_(copy|add)_\(", statement.line) and negative:
        return False  # torch writes the entries before the one it refuses
    if not x.numel() and ("mv(" in statement.line or "@ y" in statement.line and y.dim() == 1):
        return False  # torch adds to what is no sum: it leaves c's shape, and counts a change
    if "tensordot" in statement.line and x.dtype == torch.bool:
        return False  # torch refuses bools unless they lie in memory out of order
    if "kron" in statement.line and not x.is_contiguous():
        return False  # torch refuses what it cannot view
    if "masked_scatter_(" in statement.line:
        # torch reads what it wrote, and writes what it refuses
        mask = x > statement.values["s"]
        if mask.sum() > y.numel() or share_memory(x, y):
            return False
    if re.search(r"\] ?\S?=", statement.line) and share_memory(x, y) and 1 in x.shape:
        return False  # torch looks at steps that nobody takes
    reads_x = "_(x" in statement.line or any(share_memory(x, y) for y in others)
    if PRODUCTS.search(statement.line) and reads_x:
        return False  # torch reads what it wrote
    if not re.search(r"_\(|\] ?\S?=|^x \S+=|out=", statement.line):
        return True
    if x.requires_grad and any(y is x for y in others):
        return False  # torch misses what x.mul_(x) overwrote; scratch kept a copy of it
    if "out=" in statement.line:
        if len({y.shape for y in tensors}) > 1:
            return False  # torch crashes, now and then, when it has given an out= more memory
        pairs = itertools.combinations(tensors, 2)
        return not any(y is z or share_memory(y, z) for y, z in pairs)
    if DIVIDES.search(statement.line) and len(floats) == 0 and not others[0].all():
        return False  # when torch finds the 0, it has changed the numbers before
    return all(is_apart(x, y) for y in others if y is not x)


def is_apart_in_itself(x: torch.Tensor) -> bool:
    return all(n < 2 or step for n, step in zip(x.shape, x.stride(), strict=True))


def can_be_a_row(x: torch.Tensor) -> bool:
    try:
        x.view(-1)
    except RuntimeError:
        return False
    return True


def is_small(x: torch.Tensor) -> bool:
    return bool((x.detach().abs() < 100).all())


def is_apart(x: torch.Tensor, y: torch.Tensor) -> bool:
    """Whether two tensors share no memory, or so plainly that torch refuses to read and write."""
    return not share_memory(x, y) or x.is_contiguous() and y.is_contiguous()


def share_memory(x: torch.Tensor, y: torch.Tensor) -> bool:
    return np.shares_memory(x.detach().numpy(), y.detach().numpy())


def differing(ours: list, theirs: list) -> int | None:
    """The first place at which two logs differ."""
    places = range(max(len(ours), len(theirs)))
    return next((place for place in places if distance(ours, theirs, place) > 1), None)


def distance(ours: list, theirs: list, place: int) -> float:
    """How far two entries are from each other: up to 1 is as good as equal."""
    if place >= len(ours) or place >= len(theirs):
        return 0.0 if place >= len(ours) and place >= len(theirs) else np.inf
    a, b = ours[place], theirs[place]
    if isinstance(a, Printed) and isinstance(b, Printed):
        return 0.0 if a.is_like(b) else np.inf
    if not isinstance(a, np.ndarray) or not isinstance(b, np.ndarray):
        return 0.0 if repr(a) == repr(b) else np.inf
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
        size = max(np.max(np.abs(b[finite]), initial=0).astype(float), 1e-3)
        error = np.max(np.abs(a[finite].astype(float) - b[finite]), initial=0)
        return float(error / size / TOLERANCE[str(a.dtype)])

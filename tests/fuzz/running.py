"""How one library runs a program, and all that can be seen of it afterwards."""

from __future__ import annotations

import functools
import random
import re
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

import numpy as np
import torch

from tests.fuzz.drawing import TENSORS, Chosen, Start, Statement, compiled
from tests.fuzz.undefined import LAPACK

MOST_TENSORS, MOST_ELEMENTS = 12, 120
OVERWRITTEN = "backward needs what was overwritten"
FAILED = "backward failed"
INTERNAL = "an assertion within torch failed"
ROUNDS = re.compile(
    r"exp|log|sin|cos|tan|erf|gamma|psi|i0|sig|soft|sqrt|pow|\*\*|hypot|std|var|norm|quantile|lerp"
)


@dataclass
class Run:
    """What one library made of a program."""

    torch: ModuleType
    shake: random.Random | None = None  # torch, with other last digits
    pool: list = field(default_factory=list)
    log: list = field(default_factory=list)
    made: list = field(default_factory=list)  # what became of the last statement's results
    cancels: bool = False  # whether that was one of LAPACK's
    rounds: bool = False  # whether that was one whose results are seldom exact

    def start(self, tensors: list[Start]) -> None:
        self.pool = [each.make(self.torch) for each in tensors]

    def execute(self, statement: Statement) -> None:
        """Runs a statement; its result joins the tensors, or its failure the log."""
        code, _ = compiled(statement.line)
        self.cancels = LAPACK.search(statement.line) is not None
        self.rounds = ROUNDS.search(statement.line) is not None
        self.made = []
        names = {"torch": self.torch}
        for letter, value in statement.values.items():
            names[letter] = self.meaning(letter, value)
        try:
            y = eval(code, names)
        except Exception as refused:
            failed = "INTERNAL ASSERT" in str(refused)
            self.log.append(INTERNAL if failed else type(refused).__name__)
            return
        y = names["x"] if y is None else y
        self.log.append(self.keep(y))
        if isinstance(y, tuple) and len(y) == 1:
            self.made.append("")  # a comma behind the only one

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
            self.made.append("_")
            return "itself"
        if len(self.pool) < MOST_TENSORS and y.numel() <= MOST_ELEMENTS:
            self.made.append(f"t{len(self.pool)}")
            self.pool.append(y)
        else:
            self.made.append("_")
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
            grid = 16 if y.dtype == torch.float16 else 1024
            rough = values * grid != (values * grid).round()
            rough = (rough | self.rounds).to(y.dtype)
            size = values.abs() + 0.1 * self.rounds
            zero = noise if self.rounds else torch.copysign(values, noise)
            shaken = torch.where(values == 0, zero, values + size * noise * rough)
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
                self.log.append(self.gradient(x.grad))

    def gradient(self, dx: Any) -> Any:
        """A gradient as exactly as the least exact tensor that may have had a share in it."""
        if dx is None:
            return None
        array = (dx.detach() + 0).numpy()  # + 0, as torch's zeros may have no memory
        least = min(x.element_size() for x in self.pool if x.is_floating_point())
        return str(array.dtype), array.astype(f"float{8 * least}")

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

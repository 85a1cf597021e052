"""How a random program is drawn: its tensors, and for an operation's letters what suits them."""

from __future__ import annotations

import functools
import random
import re
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

DTYPES = ["float32", "float64", "float64", "float16", "int64", "int32", "uint8", "int8", "bool"]
SHAPES = [
    (2, 3),
    (3,),
    (2, 1),
    (),
    (1, 3),
    (3, 3),
    (2, 2, 3),
    (2, 2, 2),
    (0, 3),
    (1,),
    (4, 2),
    (5,),
]
NUMBERS = [0, 1, 2, -1, 0.5, -1.5, 3, True, 0.25, 100]
FLOATS = [0.5, -0.25, 1.5, 2.0, 0.1]
SPECIAL = [np.nan, np.inf, -np.inf, -0.0, 1e30]

OPERATIONS = Path(__file__).with_name("operations.txt")
LETTERS = re.compile(r"""(?<![\w."'])([a-z])(?![\w"'])""")
TENSORS = "xyz"


# ---- tensors ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Start:
    """One of the tensors that a program begins with."""

    values: list[float]
    shape: tuple[int, ...]
    dtype: str
    is_leaf: bool
    is_turned: bool

    def make(self, torch: ModuleType) -> Any:
        x = torch.tensor(np.array(self.values).astype(self.dtype).reshape(self.shape))
        x = x.mT if self.is_turned else x
        return x.requires_grad_() if self.is_leaf else x

    def __str__(self) -> str:
        values = np.array(self.values).reshape(self.shape).tolist()
        text = f"torch.tensor({values}).to(torch.{self.dtype})"
        if 0 in self.shape:
            text += f".reshape({self.shape})"
        return text + ".mT" * self.is_turned + ".requires_grad_()" * self.is_leaf


def first_tensors(draw: random.Random) -> list[Start]:
    """Two leaves that want gradients, and two tensors of any dtype."""
    tensors: list[Start] = []
    special = draw.random() < 0.15
    for number in range(4):
        leaf = number < 2
        shape = draw.choice(SHAPES if not tensors or draw.random() < 0.4 else [tensors[0].shape])
        dtype = draw.choice(["float64", "float64", "float32"] if leaf else DTYPES)
        values = [draw.randrange(-8, 9) / 4 for _ in range(int(np.prod(shape)))]
        if dtype == "uint8":
            values = [abs(value) for value in values]
        if special and dtype.startswith("float") and values:
            values[draw.randrange(len(values))] = draw.choice(SPECIAL)
        turned = not leaf and len(shape) >= 2 and draw.random() < 0.4
        tensors.append(Start(values, shape, dtype, leaf, turned))
    return tensors


# ---- operations ---------------------------------------------------------------------------------


def operations() -> list[str]:
    """The lines of operations.txt, each as often as its heading says."""
    lines, times = [], 0
    for line in OPERATIONS.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            times = int(line.partition("] ")[2])
        elif line and not line.startswith("#"):
            lines += [line] * times
    return lines


# ---- statements ---------------------------------------------------------------------------------


@dataclass
class Statement:
    """An operation's line and what its letters stand for: for x, y and z numbers of tensors."""

    line: str
    values: dict[str, Any]
    results: tuple[str, ...] = ()  # the names of its results; "_" for what nobody uses

    def __str__(self) -> str:
        text = re.sub(LETTERS, lambda letter: self._word(letter[1]), self.line)
        named = any(name not in ("", "_") for name in self.results)
        return f"{', '.join(self.results)} = {text}" if named else text

    def _word(self, letter: str) -> str:
        value = self.values.get(letter, letter)
        if letter in TENSORS:
            return f"t{value}"
        return f"torch.{value}" if letter == "d" else written(value)


def written(value: Any) -> str:
    """An index or a number as source text."""
    if isinstance(value, tuple):
        return f"({''.join(f'{written(item)}, ' for item in value)})"
    if isinstance(value, slice):
        return f"slice({value.start}, {value.stop}, {value.step})"
    if isinstance(value, Chosen):
        return f"torch.tensor({value.entries})"
    return "..." if value is Ellipsis else repr(value)


@dataclass(frozen=True)
class Chosen:
    """An index that is a tensor: of positions, or a mask."""

    entries: list


@functools.cache
def compiled(line: str) -> tuple[Any, tuple[str, ...]]:
    """The code of a line, and its letters."""
    changes = re.search(r"\] ?[-+*/]?=|^x ([-+*/%|&^]+|<<|>>)=|^x\.data =", line)
    code = compile(line, line, "exec" if changes else "eval")
    return code, tuple(dict.fromkeys(LETTERS.findall(line)))


class Artist:
    """Draws values for an operation's letters that mostly suit the tensors there are."""

    def __init__(self, pool: list, draw: random.Random):
        self.pool, self.draw = pool, draw

    def statement(self, line: str) -> Statement:
        _, letters = compiled(line)
        values = {"x": self.draw.randrange(len(self.pool))}
        self.x = self.pool[values["x"]]
        for letter in letters:
            if letter != "x" and letter in DRAWN:
                values[letter] = getattr(self, DRAWN[letter])()
        return Statement(line, values)

    def partner(self) -> int:
        fitting = [n for n, y in enumerate(self.pool) if can_broadcast(y.shape, self.x.shape)]
        alike = [n for n in fitting if self.pool[n].dtype == self.x.dtype]
        chosen = alike if alike and self.draw.random() < 0.7 else fitting
        return self.draw.choice(chosen if self.draw.random() < 0.95 else range(len(self.pool)))

    def dim(self) -> int:
        n = max(self.x.dim(), 1)
        self.i = self.draw.randrange(-n, n) if self.draw.random() < 0.97 else n
        return self.i

    def positions(self) -> list[int]:
        shape = self.x.shape
        i = getattr(self, "i", 0)
        n = shape[i] if -len(shape) <= i < len(shape) else 1
        count = self.draw.choice((1, 2, 2, 3, n))
        low = n if self.draw.random() < 0.02 else -n if self.draw.random() < 0.1 else 0
        return [self.draw.randrange(low, n) if low < n else low for _ in range(count)]

    def few(self) -> int:
        return self.draw.choice((0, 1, 1, 2, 3))

    def positive(self) -> int:
        return self.draw.choice((1, 2, 2, 3))

    def number(self) -> float:
        return self.draw.choice(NUMBERS)

    def float(self) -> float:
        return self.draw.choice(FLOATS)

    def flag(self) -> bool:
        return self.draw.random() < 0.5

    def dtype(self) -> str:
        return self.draw.choice(DTYPES)

    def reshaped(self) -> tuple[int, ...]:
        rest, shape = self.x.numel(), []
        while rest > 1 and len(shape) < 3:
            sizes = [n for n in range(1, rest + 1) if rest % n == 0]
            shape.append(self.draw.choice(sizes))
            rest //= shape[-1]
        shape.append(rest)
        self.draw.shuffle(shape)
        if self.draw.random() < 0.3:
            shape[self.draw.randrange(len(shape))] = -1
        return tuple(shape)

    def expanded(self) -> tuple[int, ...]:
        wider = [self.positive() if n == 1 else self.draw.choice((n, n, -1)) for n in self.x.shape]
        return (*self.draw.choice(((), (), (2,))), *wider)

    def order(self) -> tuple[int, ...]:
        return tuple(self.draw.sample(range(self.x.dim()), self.x.dim()))

    def index(self) -> Any:
        entries, axis, ellipsis = [], 0, False
        shape = tuple(self.x.shape)
        while axis < len(shape) and self.draw.random() < 0.75:
            n, kind = shape[axis], self.draw.random()
            if kind < 0.3 and n:
                entries.append(self.draw.randrange(-n, n))
            elif kind < 0.6:
                low, high = self.draw.choice((None, 0, 1, -1)), self.draw.choice((None, 1, 2, -1))
                entries.append(slice(low, high, self.draw.choice((None, None, 1, 2))))
            elif kind < 0.7:
                entries.append(None)
                continue
            elif kind < 0.78 and not ellipsis:
                entries.append(Ellipsis)
                ellipsis, axis = True, self.draw.randrange(axis, len(shape))
                continue
            elif kind < 0.9 and n:
                chosen = [self.draw.randrange(-n, n) for _ in range(2)]
                entries.append(Chosen(chosen) if self.draw.random() < 0.6 else chosen)
            elif kind < 0.97:
                entries.append(Chosen([self.flag() for _ in range(n)]))
            else:
                entries.append(n)  # one too many
            axis += 1
        if len(entries) == 1 and self.draw.random() < 0.7:
            return entries[0]
        return tuple(entries)


DRAWN = {
    "y": "partner",
    "z": "partner",
    "i": "dim",
    "j": "dim",
    "k": "positions",
    "n": "few",
    "p": "positive",
    "s": "number",
    "f": "float",
    "o": "flag",
    "d": "dtype",
    "r": "reshaped",
    "e": "expanded",
    "q": "order",
    "v": "index",
}


def can_broadcast(a: tuple[int, ...], b: tuple[int, ...]) -> bool:
    return all(m == n or m == 1 for m, n in zip(a[::-1], b[::-1], strict=False))

"""The tensors of random losses: what each holds, and how a line with them is sketched."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from tests.fuzz.dice import Dice

__all__ = ["FLOATING", "OTHERS", "Operand", "Sketch", "beside", "kind_of", "shape_of"]

FLOATING = ["float32", "float64"]
OTHERS = [*FLOATING, "int64", "int32", "uint8", "bool"]  # what a tensor is by mistake


@dataclass(frozen=True)
class Operand:
    """What a name in the line stands for."""

    kind: str
    shape: tuple[int, ...]
    dtype: str = "float32"
    learns: bool = False
    transposed: bool = False
    classes: int = 0

    def array(self, random: np.random.RandomState) -> np.ndarray:
        shape = self.shape[::-1] if self.transposed else self.shape
        values = np.asarray(KINDS[self.kind](random, shape, self.classes))
        values = values.astype(self.dtype)
        return values.T if self.transposed else values


def probabilities(random: np.random.RandomState, shape: tuple, _) -> np.ndarray:
    x = random.uniform(0.05, 1, shape)
    axis = min(1, x.ndim - 1)
    return x / x.sum(axis=axis, keepdims=True) if x.size and x.ndim else x


def labels(random: np.random.RandomState, shape: tuple, classes: int) -> np.ndarray:
    """Classes, and in each row a -1 that ends those which hold."""
    y = random.randint(0, max(1, classes), shape)
    return np.where(random.rand(*shape) < 0.3, -1, y)


KINDS: dict[str, Callable] = {
    "normal": lambda random, shape, _: random.standard_normal(shape),
    "ties": lambda random, shape, _: random.randint(-3, 4, shape) / 2,
    "far": lambda random, shape, _: random.choice([-1, 1], shape) * random.uniform(0.3, 3, shape),
    "unit": lambda random, shape, _: random.uniform(0.02, 0.98, shape),
    "positive": lambda random, shape, _: random.uniform(0.1, 3, shape),
    "counts": lambda random, shape, _: random.randint(0, 5, shape),
    "bits": lambda random, shape, _: random.randint(0, 2, shape),
    "signs": lambda random, shape, _: random.choice([-1, 1], shape),
    "probabilities": probabilities,
    "logs": lambda random, shape, _: np.log(probabilities(random, shape, _)),
    "classes": lambda random, shape, classes: random.randint(0, max(1, classes), shape),
    "labels": labels,
}


class Sketch:
    """A draw in the making: its operands and options."""

    def __init__(self, dice: Dice):
        self.dice = dice
        self.dtype = dice.dtype()
        self.operands: dict[str, Operand] = {}
        self.options: dict[str, object] = {}
        self.words: list[str] = []
        self.wrong = False

    def operand(self, name: str, kind: str, shape: tuple, **more) -> str:
        """A tensor of this kind and the common dtype; now and then by mistake of another."""
        dice = self.dice
        dtype, share = more.pop("dtype", self.dtype), more.pop("learns", 0.8)
        others = more.pop("others", OTHERS)
        if others and self.accident(0.03):
            dtype = dice.choice(others)
        if self.accident(0.02):
            shape = (*shape, 2) if dice.maybe(0.5) else shape[:-1]
        learns = dtype.startswith("float") and dice.maybe(share)
        turned = not more.pop("upright", False) and dice.maybe(0.15)
        self.operands[name] = Operand(kind, shape, dtype, learns, turned, **more)
        return name

    def accident(self, share: float) -> bool:
        """Whether something goes wrong here; in a draw one thing at most: one error."""
        happens = not self.wrong and self.dice.maybe(share)
        self.wrong |= happens
        return happens

    def input(self, name: str, kind: str, shape: tuple, **more) -> None:
        self.words.append(self.operand(name, kind, shape, **more))

    def option(self, name: str, text: str, share: float = 0.4) -> None:
        if self.dice.maybe(share):
            self.options[name] = text

    def reduction(self, legacy: bool = True) -> None:
        dice = self.dice
        if legacy and dice.maybe(0.08):
            for name in ("size_average", "reduce"):
                self.option(name, dice.choice(["True", "False", "None"]), 0.7)
        else:
            names = ["'all'"] if self.accident(0.02) else ["'mean'", "'sum'", "'none'"]
            self.option("reduction", dice.choice(names), 0.7)


def shape_of(dice: Dice, low: int = 0, high: int = 3) -> tuple[int, ...]:
    rank = dice.randint(low, high)
    return tuple(dice.choice([0, 1, 2, 3, 3, 4, 5]) for _ in range(rank))


def beside(sketch: Sketch, shape: tuple[int, ...], share: float = 0.2) -> tuple[int, ...]:
    """The same shape; now and then one that broadcasts with it, or does not."""
    dice = sketch.dice
    if sketch.accident(share / 6):
        return shape_of(dice)
    if not dice.maybe(share):
        return shape
    shape = tuple(1 if dice.maybe(0.3) else size for size in shape)
    return shape[dice.randint(0, len(shape)) :] if dice.maybe(0.5) else shape


def kind_of(dice: Dice) -> str:
    return "ties" if dice.maybe(0.2) else "normal"

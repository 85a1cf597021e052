"""What random layers, losses and optimizers are drawn with."""

from __future__ import annotations

import random

__all__ = ["Dice", "call"]


class Dice(random.Random):
    """Random choices, small numbers mostly."""

    def each(self, rank: int, low: int, high: int) -> object:
        """A number, or one for each of several dimensions."""
        if rank > 1 and self.random() < 0.3:
            return tuple(self.randint(low, high) for _ in range(rank))
        return self.randint(low, high)

    def maybe(self, share: float) -> bool:
        return self.random() < share

    def dtype(self) -> str:
        return self.choices(["float32", "float64", "float16"], [45, 45, 10])[0]

    def options(self, share: float, **choices: list) -> dict[str, object]:
        """Some of these options, each with one of its values."""
        return {name: self.choice(values) for name, values in choices.items() if self.maybe(share)}


def call(name: str, arguments: tuple, options: dict[str, object]) -> str:
    """The line of Python that calls ``name`` with these."""
    words = [*map(repr, arguments), *(f"{key}={value!r}" for key, value in options.items())]
    return f"{name}({', '.join(words)})"

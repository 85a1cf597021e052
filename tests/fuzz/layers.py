"""Random layers with random options, fed random inputs.

A draw is a line of Python such as ``nn.Conv2d(4, 6, 3, stride=2, groups=2)`` and the shape of an
input; most fit together, and some do not. Both libraries run the same line.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

__all__ = ["LAYERS", "Draw", "draw"]


class Dice(random.Random):
    """Random choices, small numbers mostly."""

    def each(self, rank: int, low: int, high: int) -> object:
        """A number, or one for each of several dimensions."""
        if rank > 1 and self.random() < 0.3:
            return tuple(self.randint(low, high) for _ in range(rank))
        return self.randint(low, high)

    def maybe(self, share: float) -> bool:
        return self.random() < share


@dataclass(frozen=True)
class Draw:
    """A layer, the shape of its input, and of what."""

    line: str
    shape: tuple[int, ...]
    dtype: str
    training: bool

    def __str__(self) -> str:
        return f"{self.line} of {list(self.shape)} {self.dtype}, training={self.training}"


def convolution(rank: int, transposed: bool = False) -> Callable[[Dice], tuple]:
    def make(dice: Dice) -> tuple:
        groups = dice.choice([1, 1, 1, 2, 3])
        channels = groups * dice.randint(1, 3), groups * dice.randint(1, 3)
        kernel = dice.each(rank, 1, 4)
        options: dict[str, object] = {}
        if dice.maybe(0.5):
            options["stride"] = dice.each(rank, 1, 3)
        if dice.maybe(0.5):
            options["padding"] = dice.each(rank, 0, 2)
        if not transposed and dice.maybe(0.15):
            options["padding"] = dice.choice(["same", "valid"])
        if dice.maybe(0.3):
            options["dilation"] = dice.each(rank, 1, 2)
        if transposed and dice.maybe(0.3):
            options["output_padding"] = dice.each(rank, 0, 2)
        if groups > 1 or dice.maybe(0.05):
            options["groups"] = groups if dice.maybe(0.95) else groups + 1
        if dice.maybe(0.2):
            options["bias"] = False
        if not transposed and dice.maybe(0.2):
            options["padding_mode"] = dice.choice(["reflect", "replicate", "circular"])
        ins = channels[0] if dice.maybe(0.97) else channels[0] + 1
        return (*channels, kernel), options, batch(dice, ins, rank)

    return make


def batch(dice: Dice, channels: int, rank: int) -> tuple[int, ...]:
    """The shape of an input, now and then without a batch, or with an empty one."""
    places = tuple(dice.randint(1, 9) for _ in range(rank))
    if dice.maybe(0.15):
        return (channels, *places)
    return (dice.choice([0, 1, 2, 3]), channels, *places)


def pooling(rank: int, mean: bool) -> Callable[[Dice], tuple]:
    def make(dice: Dice) -> tuple:
        options: dict[str, object] = {}
        if dice.maybe(0.5):
            options["stride"] = dice.each(rank, 1, 3)
        if dice.maybe(0.4):
            options["padding"] = dice.each(rank, 0, 2)
        if dice.maybe(0.4):
            options["ceil_mode"] = True
        if mean:
            if dice.maybe(0.4):
                options["count_include_pad"] = False
            if rank == 2 and dice.maybe(0.2):
                options["divisor_override"] = dice.randint(1, 5)
        else:
            if dice.maybe(0.3):
                options["dilation"] = dice.each(rank, 1, 2)
            if dice.maybe(0.3):
                options["return_indices"] = True
        return (dice.each(rank, 1, 4),), options, batch(dice, dice.randint(1, 4), rank)

    return make


def adaptive(rank: int) -> Callable[[Dice], tuple]:
    def make(dice: Dice) -> tuple:
        size = dice.each(rank, 1, 6)
        if rank == 2 and dice.maybe(0.2):
            size = (None, dice.randint(1, 4))
        return (size,), {}, batch(dice, dice.randint(1, 4), rank)

    return make


def batch_norm(rank: int) -> Callable[[Dice], tuple]:
    def make(dice: Dice) -> tuple:
        options: dict[str, object] = {}
        if dice.maybe(0.3):
            options["momentum"] = dice.choice([None, 0.5, 0.0, 1.0])
        if dice.maybe(0.2):
            options["affine"] = False
        if dice.maybe(0.2):
            options["track_running_stats"] = False
        if dice.maybe(0.2):
            options["eps"] = 0.1
        channels = dice.randint(1, 5)
        shape = batch(dice, channels, rank)
        return (channels if dice.maybe(0.95) else channels + 1,), options, shape

    return make


def anything(dice: Dice) -> tuple[int, ...]:
    return tuple(dice.choice([0, 1, 2, 3, 5]) for _ in range(dice.randint(0, 4)))


def activation(*options: tuple[str, object]) -> Callable[[Dice], tuple]:
    """A layer of any shape, with some of these options."""

    def make(dice: Dice) -> tuple:
        given = {name: value for name, value in options if dice.maybe(0.5)}
        return (), given, anything(dice)

    return make


def along(dice: Dice) -> tuple:
    shape = anything(dice)
    rank = max(1, len(shape))
    return (), {"dim": dice.randint(-rank, rank - 1 if dice.maybe(0.9) else rank)}, shape


def linear(dice: Dice) -> tuple:
    ins = dice.randint(0, 5)
    shape = (*anything(dice), ins if dice.maybe(0.9) else ins + 1)
    return (ins, dice.randint(0, 5)), {"bias": dice.maybe(0.7)}, shape


def layer_norm(dice: Dice) -> tuple:
    shape = anything(dice) or (3,)
    size = shape[dice.randrange(len(shape)) :]
    options = {name: False for name in ("elementwise_affine", "bias") if dice.maybe(0.2)}
    return (size if dice.maybe(0.9) else (*size, 2),), options, shape


def group_norm(dice: Dice) -> tuple:
    groups = dice.randint(1, 3)
    channels = groups * dice.randint(1, 3) + dice.choice([0] * 9 + [1])
    places = (dice.randint(1, 5) for _ in range(dice.randint(0, 2)))  # of none torch's slope is NaN
    shape = (dice.choice([0, 1, 2, 3]), channels, *places)
    return (groups, channels), {"affine": dice.maybe(0.7)}, shape


def upsampling(dice: Dice) -> tuple:
    mode = dice.choice(["nearest", "linear", "bilinear"])
    rank = {"linear": 1, "bilinear": 2}.get(mode, dice.randint(1, 2))
    options: dict[str, object] = {"mode": mode}
    if dice.maybe(0.5):
        options["size"] = dice.each(rank, 1, 9)
    else:
        options["scale_factor"] = dice.choice([2, 3, 0.5, 1.7, 0.3])
    if mode != "nearest" and dice.maybe(0.5):
        options["align_corners"] = dice.maybe(0.6)
    return (), options, (dice.randint(1, 2), 2, *(dice.randint(1, 7) for _ in range(rank)))


def flatten(dice: Dice) -> tuple:
    return (dice.randint(-3, 3), dice.randint(-3, 3)), {}, anything(dice)


def padding(rank: int) -> Callable[[Dice], tuple]:
    def make(dice: Dice) -> tuple:
        pad = dice.randint(0, 3)
        if dice.maybe(0.6):
            pad = tuple(dice.randint(-1, 3) for _ in range(2 * rank))
        return (pad,), {}, batch(dice, dice.randint(1, 3), rank)

    return make


def dropout(dice: Dice) -> tuple:
    return (dice.choice([0.0, 0.3, 0.5, 1.0]),), {}, anything(dice)


LAYERS: dict[str, Callable[[Dice], tuple]] = {
    "Linear": linear,
    "Flatten": flatten,
    "Conv1d": convolution(1),
    "Conv2d": convolution(2),
    "ConvTranspose2d": convolution(2, transposed=True),
    "MaxPool1d": pooling(1, mean=False),
    "MaxPool2d": pooling(2, mean=False),
    "AvgPool1d": pooling(1, mean=True),
    "AvgPool2d": pooling(2, mean=True),
    "AdaptiveAvgPool2d": adaptive(2),
    "AdaptiveMaxPool2d": adaptive(2),
    "Dropout": dropout,
    "Dropout2d": lambda dice: (*dropout(dice)[:2], batch(dice, dice.randint(1, 4), 2)),
    "BatchNorm1d": batch_norm(1),
    "BatchNorm2d": batch_norm(2),
    "LayerNorm": layer_norm,
    "GroupNorm": group_norm,
    "Upsample": upsampling,
    "ZeroPad2d": padding(2),
    "ReflectionPad2d": padding(2),
    "Softmax": along,
    "LogSoftmax": along,
    "ReLU": activation(("inplace", True)),
    "ReLU6": activation(),
    "LeakyReLU": activation(("negative_slope", 0.3), ("inplace", True)),
    "PReLU": activation(),
    "ELU": activation(("alpha", 0.5), ("inplace", True)),
    "SELU": activation(),
    "GELU": activation(("approximate", "tanh")),
    "SiLU": activation(),
    "Softplus": activation(("beta", 2.0), ("threshold", 1.0)),
    "Sigmoid": activation(),
    "LogSigmoid": activation(),
    "Tanh": activation(),
    "Hardtanh": activation(("min_val", -0.5), ("max_val", 0.25)),
    "Hardswish": activation(),
    "Hardsigmoid": activation(),
}


def draw(number: int) -> Draw:
    """The layer of this number."""
    dice = Dice(number)
    name = dice.choice(list(LAYERS))
    arguments, options, shape = LAYERS[name](dice)
    words = [*map(repr, arguments), *(f"{key}={value!r}" for key, value in options.items())]
    dtype = "float64" if dice.maybe(0.5) else "float32"
    if name.startswith("ConvTranspose"):
        dtype = "float64"  # in float32 another library than torch's own lets images be empty
    return Draw(f"nn.{name}({', '.join(words)})", tuple(shape), dtype, dice.maybe(0.7))

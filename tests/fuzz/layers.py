"""Random layers with random options, fed random inputs.

A draw is a line of Python such as ``nn.Conv2d(4, 6, 3, stride=2, groups=2)`` and the shape of an
input; most fit together, and some do not. Both libraries run the same line.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.fuzz.dice import Dice, call

__all__ = ["LAYERS", "Draw", "draw"]


@dataclass(frozen=True)
class Draw:
    """A layer, the shape of its input, and of what."""

    line: str
    shape: tuple[int, ...]
    dtype: str
    training: bool
    learns: bool = True  # whether the input requires a gradient
    turned: bool = False  # whether it is a transposed view
    loaded: bool = False  # whether the layer loads the state of one of torch's
    several: int = 1  # how many inputs of that shape there are, each a column longer
    numbers: int = 0  # below which the input's integers are, if it holds these

    def __str__(self) -> str:
        flags = [name for name in ("training", "learns", "turned", "loaded") if getattr(self, name)]
        inputs = (
            f"{self.several} inputs, {list(self.shape)}" if self.several > 1 else list(self.shape)
        )
        return f"{self.line} of {inputs} {self.dtype}, {' '.join(flags)}"


def convolution(rank: int, transposed: bool = False) -> Callable[[Dice], tuple]:
    def make(dice: Dice) -> tuple:
        groups = dice.choice([1, 1, 1, 2, 3])
        channels = groups * dice.randint(1, 3), groups * dice.randint(1, 3)
        kernel = dice.each(rank, 1, 4)
        options: dict[str, object] = {}
        if dice.maybe(0.5):
            options["stride"] = dice.each(rank, 1, 3)
        if dice.maybe(0.5):
            # Whether torch makes an empty output or an error depends on what computes it there.
            size = min(kernel) if isinstance(kernel, tuple) else kernel
            options["padding"] = dice.each(rank, 0, (size - 1) // 2 if transposed else 2)
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


def unfold(dice: Dice) -> tuple:
    names = dice.options(0.3, dilation=[1, 2], padding=[0, 1, 2], stride=[1, 2, 3])
    return (dice.each(2, 1, 3),), names, batch(dice, dice.randint(1, 3), 2)


def fold(dice: Dice) -> tuple:
    kernel, names = dice.each(2, 1, 3), dice.options(0.3, padding=[0, 1], stride=[1, 2])
    size = dice.randint(2, 6), dice.randint(2, 6)
    both = kernel if isinstance(kernel, tuple) else (kernel, kernel)
    step, around = names.get("stride", 1), names.get("padding", 0)
    places = [(n + 2 * around - k) // step + 1 for n, k in zip(size, both, strict=True)]
    blocks = max(0, places[0]) * max(0, places[1]) + dice.choice([0] * 9 + [1])
    shape = dice.randint(1, 3) * both[0] * both[1], blocks
    return (size, kernel), names, shape if dice.maybe(0.2) else (dice.randint(1, 3), *shape)


def embedding(dice: Dice) -> tuple:
    size = dice.randint(1, 6)
    options = dice.options(
        0.2,
        padding_idx=[0, -1, size - 1],
        max_norm=[0.5, 1.0],
        norm_type=[1.0, 2.0],
        scale_grad_by_freq=[True],
    )
    return (size, dice.randint(1, 4)), options, anything(dice)


def bilinear(dice: Dice) -> tuple:
    ins = dice.randint(0, 4)
    shape = (*anything(dice), ins if dice.maybe(0.9) else ins + 1)
    return (ins, ins + 1, dice.randint(0, 4)), {"bias": dice.maybe(0.7)}, shape


def rms_norm(dice: Dice) -> tuple:
    arguments, options, shape = layer_norm(dice)
    options.pop("bias", None)
    return arguments, options | dice.options(0.3, eps=[0.1]), shape


def lp_pooling(rank: int) -> Callable[[Dice], tuple]:
    def make(dice: Dice) -> tuple:
        options = dice.options(0.4, stride=[1, 2], ceil_mode=[True])
        shape = batch(dice, dice.randint(1, 3), rank)
        return (dice.choice([1, 2, 3.0]), dice.each(rank, 1, 3)), options, shape

    return make


def response_norm(dice: Dice) -> tuple:
    options = dice.options(0.3, alpha=[0.1], beta=[0.5], k=[2.0])
    return (dice.randint(1, 4),), options, batch(dice, dice.randint(1, 4), dice.randint(1, 2))


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


def padding(rank: int, low: int = -1) -> Callable[[Dice], tuple]:
    def make(dice: Dice) -> tuple:
        pad = dice.randint(0, 3)
        if dice.maybe(0.6):
            pad = tuple(dice.randint(low, 3) for _ in range(2 * rank))
        return (pad,), {}, batch(dice, dice.randint(1, 3), rank)

    return make


def dropout(dice: Dice) -> tuple:
    return (dice.choice([0.0, 0.3, 0.5, 1.0]),), {}, anything(dice)


LAYERS: dict[str, Callable[[Dice], tuple]] = {
    "Linear": linear,
    "Flatten": flatten,
    "Conv1d": convolution(1),
    "Conv2d": convolution(2),
    "Conv3d": convolution(3),
    "ConvTranspose1d": convolution(1, transposed=True),
    "ConvTranspose2d": convolution(2, transposed=True),
    "Bilinear": bilinear,
    "Embedding": embedding,
    "Unfold": unfold,
    "Fold": fold,
    "MaxPool1d": pooling(1, mean=False),
    "MaxPool2d": pooling(2, mean=False),
    "AvgPool1d": pooling(1, mean=True),
    "AvgPool2d": pooling(2, mean=True),
    "LPPool1d": lp_pooling(1),
    "LPPool2d": lp_pooling(2),
    "AdaptiveAvgPool1d": adaptive(1),
    "AdaptiveMaxPool1d": adaptive(1),
    "AdaptiveAvgPool2d": adaptive(2),
    "AdaptiveMaxPool2d": adaptive(2),
    "Dropout": dropout,
    "Dropout1d": lambda dice: (*dropout(dice)[:2], batch(dice, dice.randint(1, 4), 1)),
    "AlphaDropout": dropout,
    "Dropout2d": lambda dice: (*dropout(dice)[:2], batch(dice, dice.randint(1, 4), 2)),
    "BatchNorm1d": batch_norm(1),
    "BatchNorm2d": batch_norm(2),
    "LayerNorm": layer_norm,
    "GroupNorm": group_norm,
    "RMSNorm": rms_norm,
    "LocalResponseNorm": response_norm,
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
    "CELU": activation(("alpha", 0.5), ("inplace", True)),
    "Mish": activation(),
    "Softsign": activation(),
    "Tanhshrink": activation(),
    "Hardshrink": activation(("lambd", 0.3)),
    "Softshrink": activation(("lambd", 0.3)),
    "Threshold": lambda dice: ((0.1, 20.0), dice.options(0.3, inplace=[True]), anything(dice)),
    "RReLU": activation(("lower", 0.2), ("upper", 0.5)),
    "GLU": along,
    "Softmin": along,
    "Dropout3d": lambda dice: (*dropout(dice)[:2], batch(dice, dice.randint(1, 4), 3)),
    "FeatureAlphaDropout": lambda dice: (*dropout(dice)[:2], batch(dice, dice.randint(1, 4), 2)),
    "BatchNorm3d": batch_norm(3),
    "ConvTranspose3d": convolution(3, transposed=True),
    "ReflectionPad1d": padding(1),
    "ReflectionPad3d": padding(3, low=0),
    "ReplicationPad1d": padding(1),
    "ReplicationPad2d": padding(2),
    # Where the widths of these are negative, torch leaves parts unwritten.
    "CircularPad1d": padding(1, low=0),
    "CircularPad2d": padding(2, low=0),
    "ZeroPad1d": padding(1),
    "ConstantPad2d": lambda dice: ((*padding(2)(dice)[0], 0.5), {}, batch(dice, 2, 2)),
}


# Of these torch has no half precision, not for all shapes, or it overflows on another way.
NOT_HALF = ["LocalResponseNorm", "RReLU", "LPPool1d", "LPPool2d"]
# Of a transposed input torch's gradient lies elsewhere, or its graph has a copy more.
STRAIGHT = ["BatchNorm1d", "BatchNorm2d", "BatchNorm3d", "RMSNorm"]


def draw(number: int) -> Draw:
    """The layer of this number."""
    dice = Dice(number)
    name = dice.choice(list(LAYERS))
    arguments, options, shape = LAYERS[name](dice)
    dtype = dice.dtype()
    return Draw(
        call(f"nn.{name}", arguments, options),
        tuple(shape),
        "float32" if name in NOT_HALF else dtype,
        training=dice.maybe(0.7),
        learns=dice.maybe(0.85),
        loaded=dice.maybe(0.3),
        turned=name not in STRAIGHT and dice.maybe(0.2),
        several=2 if name == "Bilinear" else 1,
        numbers=arguments[0] + dice.choice([0] * 20 + [1]) if name == "Embedding" else 0,
    )

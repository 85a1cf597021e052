"""Random losses with random options, between random inputs and targets.

A draw is a line of Python such as ``nn.NLLLoss(weight=w)(x, y)`` and what x, y and w are. The
layers and the functions of ``nn.functional`` take turns.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.fuzz.dice import Dice
from tests.fuzz.operands import FLOATING, OTHERS, Operand, Sketch, beside, kind_of, shape_of

__all__ = ["LOSSES", "Draw", "draw"]


@dataclass(frozen=True)
class Draw:
    """A loss, and what it is called with."""

    line: str
    operands: tuple[tuple[str, Operand], ...]
    dtype: str

    def __str__(self) -> str:
        return "\n    ".join([self.line, *(f"{name}: {o}" for name, o in self.operands)])


def pair(
    *options: tuple[str, list[str]],
    kinds: tuple[str | None, str | None] = (None, None),
    legacy: bool = True,
    weight: str = "",
    others: list[str] | None = OTHERS,
) -> Callable[[Sketch], None]:
    """A loss between two tensors, which may be of other dtypes by mistake."""

    def make(sketch: Sketch) -> None:
        dice = sketch.dice
        shape = shape_of(dice)
        sketch.input("x", kinds[0] or kind_of(dice), shape, others=others)
        sketch.input("y", kinds[1] or kind_of(dice), beside(sketch, shape), others=others)
        sketch.reduction(legacy)
        for name, values in options:
            sketch.option(name, dice.choice(values))
        if weight and dice.maybe(0.4):
            sketch.options["weight"] = sketch.operand("w", weight, beside(sketch, shape, 0.4))

    return make


def with_logits(sketch: Sketch) -> None:
    pair(kinds=(None, "unit"), weight="positive", others=["int64", "uint8", "bool"])(sketch)
    if sketch.dice.maybe(0.4):
        shape = sketch.operands["x"].shape
        rows = shape[-1:] if sketch.dice.maybe(0.7) else beside(sketch, shape, 0.5)
        sketch.options["pos_weight"] = sketch.operand("p", "positive", rows, others=None)


def classification(sketch: Sketch, kind: str, smooth: bool) -> None:
    dice = sketch.dice
    classes = dice.choice([0, 1, 2, 3, 4, 5, 5, 5])
    batched = dice.maybe(0.85)
    places = tuple(dice.choice([0, 1, 2, 3]) for _ in range(dice.choice([0, 0, 1, 2, 3])))
    rows = (dice.choice([0, 1, 2, 3, 4]),) if batched else ()
    places = places if batched and classes else ()  # of no classes torch loses the places
    x_shape = (*rows, classes, *places)
    if places and sketch.dtype == "float16":
        sketch.dtype = "float32"  # torch has no gradient for images of it
    # Of images that are transposed torch has no gradient either.
    sketch.input("x", kind, x_shape, upright=bool(places))
    if smooth and dice.maybe(0.3):
        sketch.input(
            "y", "probabilities", beside(sketch, x_shape) if sketch.accident(0.05) else x_shape
        )
    else:
        wrong = sketch.accident(0.02)
        wide = smooth or 0 in x_shape  # torch wants int64 sooner or later
        dtype = "int64" if wide else dice.choice(["int64"] * 15 + ["uint8"])
        sketch.input(
            "y",
            "classes",
            (*rows, *places),
            dtype=dtype,
            others=["int32", "float32", "bool"],
            classes=classes + 2 * wrong,
            learns=0.0,
        )
    if smooth:
        sketch.option(
            "label_smoothing",
            "1.5" if sketch.accident(0.1) else dice.choice(["0.1", "1.0", "0.0", "-0.5"]),
            0.25,
        )
    sketch.option("ignore_index", dice.choice(["0", "1", "-1", "-100"]), 0.3)
    if dice.maybe(0.35):
        size = classes + sketch.accident(0.06)
        learns = 1.0 if sketch.accident(0.1) else 0.0
        sketch.options["weight"] = sketch.operand("w", "positive", (size,), learns=learns)
    sketch.reduction()


def cross_entropy(sketch: Sketch) -> None:
    classification(sketch, "normal", smooth=True)


def nll(sketch: Sketch) -> None:
    classification(sketch, "logs", smooth=False)


def gaussian(sketch: Sketch) -> None:
    dice = sketch.dice
    shape = shape_of(dice)
    sketch.input("x", kind_of(dice), shape)
    sketch.input("y", kind_of(dice), beside(sketch, shape))
    var = dice.choice([shape, shape, (*shape[:-1], 1), shape[:-1], beside(sketch, shape)])
    if dice.maybe(0.1):
        sketch.words.append(dice.choice(["0.5", "2", "-1.0"]))
    else:
        sketch.input("v", "normal" if dice.maybe(0.03) else "positive", var)
    sketch.option("full", "True", 0.3)
    sketch.option("eps", dice.choice(["0.5", "1e-3"]), 0.3)
    sketch.reduction(legacy=False)


def cosine(sketch: Sketch) -> None:
    dice = sketch.dice
    shape = shape_of(dice, 1, 2)
    sketch.input("x", "far", shape)
    sketch.input("z", "far", beside(sketch, shape, 0.1))
    sketch.input("y", "signs", shape[:-1] if dice.maybe(0.9) else shape, learns=0.0)
    sketch.option("margin", dice.choice(["0.2", "-0.5", "1.0"]))
    sketch.reduction()


def ranking(sketch: Sketch) -> None:
    dice = sketch.dice
    shape = shape_of(dice)
    sketch.input("x", kind_of(dice), shape)
    sketch.input("z", kind_of(dice), beside(sketch, shape))
    sketch.input("y", "signs", beside(sketch, shape))
    sketch.option("margin", dice.choice(["0.5", "-0.5", "2.0"]))
    sketch.reduction()


def triplet(distances: bool) -> Callable[[Sketch], None]:
    def make(sketch: Sketch) -> None:
        dice = sketch.dice
        shape = shape_of(dice, 1, 3)
        for name in "xyz":
            sketch.input(name, "normal", beside(sketch, shape, 0.1))
        sketch.option("margin", dice.choice(["0.5", "2.0", "1.0", "5.0", "0.0", "-1.0"]), 0.5)
        sketch.option("swap", "True", 0.3)
        if distances:
            choices = ["nn.L1Loss(reduction='none')", "nn.PairwiseDistance()"]
            sketch.option("distance_function", dice.choice(choices), 0.6)
        else:
            sketch.option("p", dice.choice(["1", "2", "3.0", "1.5", "float('inf')"]))
            sketch.option("eps", "0.1", 0.2)
        sketch.reduction(legacy=not distances)

    return make


def multi_margin(sketch: Sketch) -> None:
    dice = sketch.dice
    classes = dice.choice([0, 1, 2, 3, 4, 5])
    rows = (dice.choice([1, 2, 3]),) if dice.maybe(0.8) else ()  # of none torch's mean is anything
    if sketch.dtype == "float16":
        sketch.dtype = "float32"  # torch has not got it in half precision
    sketch.input("x", kind_of(dice), (*rows, classes), others=FLOATING)
    wrong = sketch.accident(0.03)
    sketch.input("y", "classes", rows, dtype="int64", classes=classes + 2 * wrong, learns=0.0)
    sketch.option("p", dice.choice(["1", "2", "2", "3"]))
    sketch.option("margin", dice.choice(["0.5", "2.0", "-0.5"]))
    if dice.maybe(0.35):
        sketch.options["weight"] = sketch.operand("w", "positive", (classes,), learns=0.0)
    sketch.reduction()


def multilabel_margin(sketch: Sketch) -> None:
    dice = sketch.dice
    if sketch.dtype == "float16":
        sketch.dtype = "float32"  # as above
    shape = tuple(dice.choice([1, 2, 3, 4]) for _ in range(dice.choice([0, 1, 2, 2, 2, 3])))
    sketch.input("x", kind_of(dice), shape, others=FLOATING)
    classes = shape[-1] if shape else 1
    sketch.input(
        "y", "labels", beside(sketch, shape, 0.05), dtype="int64", classes=classes, learns=0.0
    )
    sketch.reduction()


def soft_labels(sketch: Sketch) -> None:
    pair(kinds=(None, "bits"), weight="positive", others=FLOATING)(sketch)


def distance(sketch: Sketch) -> None:
    dice = sketch.dice
    shape = shape_of(dice, 0, 3)
    for name in "xy":
        sketch.input(name, "far", beside(sketch, shape, 0.25))
    sketch.option("eps", dice.choice(["0.5", "1e-3"]), 0.3)


def cosine_similarity(sketch: Sketch) -> None:
    distance(sketch)
    rank = len(sketch.operands["x"].shape)
    sketch.option("dim", str(sketch.dice.randint(-rank - 1, rank)), 0.6)


def pairwise_distance(sketch: Sketch) -> None:
    distance(sketch)
    sketch.option("p", sketch.dice.choice(["1", "2", "3.0", "0.5", "0", "float('inf')", "-1"]))
    sketch.option("keepdim", "True", 0.3)


def normalize(sketch: Sketch) -> None:
    dice = sketch.dice
    shape = shape_of(dice)
    sketch.input("x", "far", shape)
    sketch.option("p", dice.choice(["1", "2", "3.0", "0.5", "0", "float('inf')"]))
    sketch.option("dim", str(dice.randint(-len(shape) - 1, len(shape))), 0.6)
    sketch.option("eps", "0.5", 0.3)


# The layer, its function, and what they take; a name that is empty is not there.
LOSSES: list[tuple[str, str, Callable[[Sketch], None]]] = [
    ("MSELoss", "", pair()),
    ("", "mse_loss", pair(weight="positive")),
    ("L1Loss", "", pair()),
    ("", "l1_loss", pair(weight="positive")),
    (
        "SmoothL1Loss",
        "smooth_l1_loss",
        pair(("beta", ["0.5", "0.0", "2", "1", "-1.0"]), others=FLOATING),
    ),
    ("HuberLoss", "", pair(("delta", ["0.5", "2", "0.0", "-1.0"]), legacy=False, others=None)),
    ("", "huber_loss", pair(("delta", ["0.5", "2"]), legacy=False, weight="positive", others=None)),
    ("CrossEntropyLoss", "cross_entropy", cross_entropy),
    ("CrossEntropyLoss", "cross_entropy", cross_entropy),
    ("NLLLoss", "nll_loss", nll),
    ("NLLLoss", "nll_loss", nll),
    ("BCELoss", "binary_cross_entropy", pair(kinds=("unit", "unit"), weight="positive")),
    ("BCELoss", "binary_cross_entropy", pair(kinds=("bits", "bits"), weight="positive")),
    ("BCEWithLogitsLoss", "binary_cross_entropy_with_logits", with_logits),
    ("KLDivLoss", "kl_div", pair(kinds=("logs", "probabilities"))),
    (
        "KLDivLoss",
        "kl_div",
        pair(("log_target", ["True", "True", "False"]), kinds=("logs", "logs")),
    ),
    (
        "PoissonNLLLoss",
        "poisson_nll_loss",
        pair(
            ("log_input", ["True", "False"]),
            ("full", ["True"]),
            ("eps", ["0.5"]),
            kinds=("positive", "counts"),
        ),
    ),
    ("GaussianNLLLoss", "gaussian_nll_loss", gaussian),
    ("CosineEmbeddingLoss", "cosine_embedding_loss", cosine),
    ("MarginRankingLoss", "margin_ranking_loss", ranking),
    (
        "HingeEmbeddingLoss",
        "hinge_embedding_loss",
        pair(("margin", ["0.5", "-0.5"]), kinds=(None, "signs"), others=FLOATING),
    ),
    ("TripletMarginLoss", "triplet_margin_loss", triplet(distances=False)),
    ("TripletMarginWithDistanceLoss", "triplet_margin_with_distance_loss", triplet(distances=True)),
    ("SoftMarginLoss", "soft_margin_loss", pair(kinds=(None, "signs"), others=FLOATING)),
    ("MultiLabelSoftMarginLoss", "multilabel_soft_margin_loss", soft_labels),
    ("MultiMarginLoss", "multi_margin_loss", multi_margin),
    ("MultiLabelMarginLoss", "multilabel_margin_loss", multilabel_margin),
    ("CosineSimilarity", "cosine_similarity", cosine_similarity),
    ("PairwiseDistance", "pairwise_distance", pairwise_distance),
    ("", "normalize", normalize),
]


def draw(number: int) -> Draw:
    """The loss of this number."""
    dice = Dice(number)
    layer, function, make = dice.choice(LOSSES)
    sketch = Sketch(dice)
    make(sketch)
    inputs, options = ", ".join(sketch.words), [f"{k}={v}" for k, v in sketch.options.items()]
    if layer and (not function or dice.maybe(0.5)):
        line = f"nn.{layer}({', '.join(options)})({inputs})"
    else:
        line = f"F.{function}({', '.join([inputs, *options])})"
    dtypes = {sketch.dtype, *(o.dtype for o in sketch.operands.values())}
    dtype = "float64" if dtypes <= {"float64", "int64"} else "float32"
    return Draw(line, tuple(sketch.operands.items()), "float16" if "float16" in dtypes else dtype)

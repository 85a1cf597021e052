"""Cases of the losses of `nn/` but the classifier's, and of its distances."""

import functools

import numpy as np

from bench.cases import Case, integers
from bench.cases.nn import layer

__all__ = ["CASES"]

PAIR = [(16, 5), (16, 5)]
TRIPLET = [(16, 5), (16, 5), (16, 5)]


def signs(rng, shape):
    """1 or -1 each."""
    return rng.choice([-1.0, 1.0], shape)


def weighted(name: str, **options):
    """The same, where the last input is the weight."""

    def function(torch, *arrays):
        return getattr(torch.nn, name)(weight=arrays[-1], **options)(*arrays[:-1])

    return function


def filled_up(rng, shape):
    """Class numbers, and then -1."""
    classes = np.argsort(rng.random(shape), axis=-1)
    return np.where(np.arange(shape[-1]) < 2, classes, -1)


regression = functools.partial(Case, "nn/regression_loss", shapes=PAIR)
binary = functools.partial(Case, "nn/binary_loss", shapes=PAIR)
divergence = functools.partial(Case, "nn/divergence_loss")
ranking = functools.partial(Case, "nn/ranking_loss")
margin = functools.partial(Case, "nn/margin_loss")
distance = functools.partial(Case, "nn/distance", scale="condition")

CASES = [
    *(
        regression(f"{name}, {reduction}", layer(name, reduction=reduction), second=True)
        for name in ("MSELoss", "L1Loss", "SmoothL1Loss", "HuberLoss")
        for reduction in ("mean", "sum", "none")
    ),
    binary("BCELoss", layer("BCELoss"), domain=("unit", "unit"), fixed=(1,), scale="condition"),
    binary("BCEWithLogitsLoss", layer("BCEWithLogitsLoss"), domain=(None, "unit"), second=True),
    binary(
        "BCEWithLogitsLoss, weighted",
        lambda torch, x, t, p: torch.nn.BCEWithLogitsLoss(pos_weight=p)(x, t),
        shapes=[(16, 5), (16, 5), (5,)],
        domain=(None, "unit", "positive"),
        fixed=(2,),
        scale=10.0,
    ),
    binary("SoftMarginLoss", layer("SoftMarginLoss"), domain=(None, signs), fixed=(1,)),
    divergence(
        "KLDivLoss", layer("KLDivLoss", reduction="batchmean"), PAIR, (None, "unit"), scale=10.0
    ),
    divergence("PoissonNLLLoss", layer("PoissonNLLLoss"), PAIR, (None, "positive"), scale=10.0),
    divergence(
        "GaussianNLLLoss",
        layer("GaussianNLLLoss", reduction="none"),
        TRIPLET,
        (None, None, "positive"),
        scale="condition",
    ),
    ranking(
        "MarginRankingLoss", layer("MarginRankingLoss"), TRIPLET, (None, None, signs), fixed=(2,)
    ),
    ranking("HingeEmbeddingLoss", layer("HingeEmbeddingLoss"), PAIR, (None, signs), fixed=(1,)),
    ranking(
        "CosineEmbeddingLoss",
        layer("CosineEmbeddingLoss"),
        [(16, 5), (16, 5), (16,)],
        (None, None, signs),
        fixed=(2,),
        scale=10.0,
    ),
    ranking("TripletMarginLoss", layer("TripletMarginLoss", swap=True), TRIPLET, scale=10.0),
    margin("MultiMarginLoss", layer("MultiMarginLoss"), [(16, 5), (16,)], (None, integers(5))),
    margin(
        "MultiMarginLoss, weighted squares",
        weighted("MultiMarginLoss", p=2),
        [(16, 5), (16,), (5,)],
        (None, integers(5), "positive"),
        fixed=(2,),
        scale=10.0,
    ),
    margin("MultiLabelMarginLoss", layer("MultiLabelMarginLoss"), PAIR, (None, filled_up)),
    distance("CosineSimilarity", layer("CosineSimilarity"), PAIR),
    distance("PairwiseDistance", layer("PairwiseDistance"), PAIR),
    distance("normalize", lambda torch, x: torch.nn.functional.normalize(x), [(16, 5)]),
]

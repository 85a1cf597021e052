"""Losses of comparisons: values, gradients, options, errors."""

import numpy as np
import pytest

from tests.checker import check, check_error, constant, sweep
from tests.columns import COLUMNS, functional
from tests.nn.inputs import REDUCTIONS, numbers, signs
from tests.same_script import error, same_script


@pytest.mark.parametrize("reduction", REDUCTIONS)
@pytest.mark.parametrize("shape", [(3, 4), (5,), (), (0, 3)], ids=str)
def test_margins_of_pairs(shape, reduction):
    ranking = functional("margin_ranking_loss", reduction=reduction, margin=0.3)
    target = signs(*shape)
    check(*ranking, numbers(*shape), numbers(*shape), constant(target), scale=10.0)
    hinge = functional("hinge_embedding_loss", reduction=reduction, margin=0.3)
    check(*hinge, numbers(*shape), constant(target), scale=10.0)
    check(*hinge, numbers(*shape), target.astype(int), second=0 not in shape, scale=10.0)


@pytest.mark.parametrize("reduction", REDUCTIONS)
@pytest.mark.parametrize("shape", [(3, 4), (1, 1), (4,), (0, 3)], ids=str)
def test_cosine_embedding(shape, reduction):
    cosine = functional("cosine_embedding_loss", reduction=reduction, margin=0.1)
    target = constant(signs(*shape[:-1]))
    check(*cosine, numbers(*shape), numbers(*shape), target, second=0 not in shape, scale=50.0)


@pytest.mark.parametrize("reduction", REDUCTIONS)
@pytest.mark.parametrize("options", [{}, {"swap": True}, {"p": 1}, {"p": 3, "eps": 0.1}], ids=str)
@pytest.mark.parametrize("shape", [(3, 4), (4,), (0, 3)], ids=str)
def test_triplets(shape, options, reduction):
    triplet = functional("triplet_margin_loss", reduction=reduction, **options)
    check(*triplet, numbers(*shape), numbers(*shape), numbers(*shape), scale=50.0)


@pytest.mark.parametrize("reduction", REDUCTIONS)
@pytest.mark.parametrize("swap", [False, True])
def test_triplets_with_distances(swap, reduction):
    def of(column):
        F = column.nn.functional
        return column.nn.TripletMarginWithDistanceLoss(
            distance_function=lambda x, y: 1 - F.cosine_similarity(x, y),
            margin=0.5,
            swap=swap,
            reduction=reduction,
        )

    arrays = numbers(3, 4), numbers(3, 4), numbers(3, 4)
    check(*map(of, COLUMNS), *arrays, second=True, scale=50.0)
    plain = functional("triplet_margin_with_distance_loss", reduction=reduction)
    check(*plain, *arrays, second=True, scale=50.0)


@same_script
def test_wrong_inputs(torch):
    F, nn, ones = torch.nn.functional, torch.nn, torch.ones
    return [
        error(torch, function)
        for function in (
            lambda: F.margin_ranking_loss(ones(3), ones(3), ones(2)),
            lambda: F.margin_ranking_loss(ones(3), ones(3), ones(3, 1)),
            lambda: F.margin_ranking_loss(ones(3), ones(3), ones(3), reduction="average"),
            lambda: F.hinge_embedding_loss(ones(3), ones(2)),
            lambda: F.cosine_embedding_loss(ones(3, 2), ones(3, 2), ones(3, 1)),
            lambda: F.cosine_embedding_loss(ones(3, 2), ones(3, 2), ones(())),
            lambda: F.cosine_embedding_loss(ones(3), ones(3), ones(3)),
            lambda: F.cosine_embedding_loss(ones(3, 2), ones(3, 2), ones(4)),
            lambda: F.triplet_margin_loss(ones(3), ones(3, 3), ones(3)),
            lambda: F.triplet_margin_loss(ones(3), ones(4), ones(3)),
            lambda: F.triplet_margin_loss(ones(3), ones(3), ones(3), margin=0),
            lambda: F.triplet_margin_with_distance_loss(ones(3), ones(3, 3), ones(3)),
            lambda: nn.TripletMarginLoss(margin=-1),
            lambda: nn.TripletMarginWithDistanceLoss(margin=0),
        )
    ]


@same_script
def test_text(torch):
    nn = torch.nn
    layers = [
        nn.MarginRankingLoss(0.5),
        nn.HingeEmbeddingLoss(2),
        nn.CosineEmbeddingLoss(0.1, reduction="sum"),
        nn.TripletMarginLoss(2.0, 1, swap=True),
        nn.TripletMarginWithDistanceLoss(),
    ]
    return [(repr(x), x.margin, x.reduction) for x in layers]


def test_layouts_and_a_message():
    ranking = functional("margin_ranking_loss")
    sweep(*ranking, ((3, 4), (3, 4), (3, 4)), specials=("ties",), scale=50.0)
    cosine = functional("cosine_embedding_loss")
    check_error(*cosine, np.ones(3), np.ones(3), np.ones(3), match="1D target.*2D input")

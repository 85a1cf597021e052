"""Cosines and distances: values, gradients, norms, dimensions, errors."""

import numpy as np
import pytest
import torch

import scratch
from tests.checker import check, check_error, sweep
from tests.columns import functional
from tests.nn.inputs import numbers
from tests.same_script import error, same_script


@pytest.mark.parametrize("options", [{}, {"dim": 0}, {"dim": -1, "eps": 3.0}], ids=str)
@pytest.mark.parametrize(
    "shapes", [((3, 4), (3, 4)), ((2, 3, 4), (3, 4)), ((0, 3), (0, 3))], ids=str
)
def test_cosine_similarity(shapes, options):
    arrays = [numbers(*shape) for shape in shapes]
    check(*functional("cosine_similarity", **options), *arrays, second=True, scale=50.0)


def test_cosine_of_no_direction():
    cosine = functional("cosine_similarity")
    x = numbers(3, 4)
    x[1] = 0
    check(*cosine, x, numbers(3, 4), scale=1e9)
    check(*cosine, numbers(3, 4), numbers(3, 4).astype("f4"), gradients=False)
    sweep(*cosine, ((3, 4), (3, 4)), specials=("ties",), scale="condition")


@pytest.mark.parametrize("p", [0, 0.5, 1, 2, 3, np.inf, -np.inf])
@pytest.mark.parametrize("keepdim", [False, True])
def test_pairwise_distance(p, keepdim):
    distance = functional("pairwise_distance", p=p, keepdim=keepdim)
    for shapes in (((3, 4), (3, 4)), ((4,), (4,)), ((2, 3, 4), (4,))):
        arrays = [numbers(*shape) for shape in shapes]
        check(*distance, *arrays, gradients=p != 0, scale=50.0)


@pytest.mark.parametrize("p", [1, 2, 3, np.inf])
@pytest.mark.parametrize("dim", [0, 1, -1, (0, 1)], ids=str)
def test_normalize(p, dim):
    check(*functional("normalize", p=p, dim=dim), numbers(3, 4), second=p != 3, scale=50.0)
    check(*functional("normalize", p=p, dim=dim, eps=10.0), numbers(3, 4), scale=50.0)


def test_names_in_the_graph():
    def names(column):
        x, y, F = column.ones(2, 3, requires_grad=True), column.zeros(2, 3), column.nn.functional
        results = F.pairwise_distance(x, y), F.normalize(x), F.cosine_similarity(x, y)
        return [result.grad_fn.name() for result in results]

    assert names(scratch) == names(torch)


@same_script
def test_wrong_inputs(torch):
    F, ones = torch.nn.functional, torch.ones
    return [
        error(torch, function)
        for function in (
            lambda: F.cosine_similarity(ones(3, 4).long(), ones(3, 4).long()),
            lambda: F.cosine_similarity(ones(3, 4), ones(3, 4), dim=2),
            lambda: F.cosine_similarity(ones(3), ones(3)),
            lambda: F.cosine_similarity(ones(3), [1.0]),
            lambda: F.cosine_similarity(ones(3, 4), ones(3, 3)),
            lambda: F.pairwise_distance(ones(3, 4), ones(3)),
            lambda: F.pairwise_distance(ones(3, 4), None),
            lambda: F.normalize(ones(3, 4).long()),
            lambda: F.normalize(ones(3)),
        )
    ]


@same_script(rtol=1e-6)
def test_text_and_out(torch):
    nn, F = torch.nn, torch.nn.functional
    x, y = torch.tensor([[3.0, 4.0]]), torch.tensor([[1.0, 1.0]])
    layers = nn.CosineSimilarity(dim=0, eps=1e-6), nn.PairwiseDistance(p=1, keepdim=True)
    out = torch.empty(1, 2)
    results = [layer(x, y) for layer in layers] + [F.normalize(x, out=out) is out, out]
    results.append(F.pairwise_distance(x.long(), y.long()))
    return results, [repr(layer) for layer in layers]


def test_a_message():
    arrays = np.ones((3, 4), int), np.ones((3, 4), int)
    check_error(*functional("cosine_similarity"), *arrays, match="floating-point")

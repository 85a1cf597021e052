"""Losses with a margin between classes: values, gradients, options, errors."""

import numpy as np
import pytest
import torch

import scratch
from tests.checker import check, check_error, constant, sweep
from tests.columns import COLUMNS, functional
from tests.nn.inputs import REDUCTIONS, numbers, rng, unit
from tests.same_script import error, same_script


@pytest.mark.parametrize("reduction", REDUCTIONS)
@pytest.mark.parametrize("p", [1, 2])
@pytest.mark.parametrize("shape", [(6, 5), (1, 5), (5,)], ids=str)
def test_multi_margin(shape, p, reduction):
    multi = functional("multi_margin_loss", reduction=reduction, p=p, margin=0.7)
    target = rng.integers(0, 5, shape[:-1])
    check(*multi, numbers(*shape), target, scale=10.0)
    check(*multi, numbers(*shape).astype("f4"), target, scale=10.0)
    weighted = [
        lambda x, t, w, c=c: c.nn.MultiMarginLoss(p, 1.0, w, reduction=reduction)(x, t)
        for c in COLUMNS
    ]
    check(*weighted, numbers(*shape), target, constant(unit(5)), scale=10.0)


@pytest.mark.parametrize("reduction", REDUCTIONS)
def test_multilabel_margin(reduction):
    loss = functional("multilabel_margin_loss", reduction=reduction)
    target = np.array([[0, 4, -1, 2, 1], [-1, 0, 0, 0, 0], [1, 2, 3, 4, 0], [3, 3, 1, -1, -1]])
    check(*loss, numbers(4, 5), target, scale=10.0)
    check(*loss, numbers(5), target[0], scale=10.0)
    check(*loss, numbers(4, 5).astype("f4"), target, scale=10.0)


@pytest.mark.parametrize("p", [1, 2])
def test_slopes_are_what_they_measure(p):
    F, x = scratch.nn.functional, scratch.tensor(numbers(3, 4), requires_grad=True)
    one, many = [0, 3, 1], [[1, -1, 0, 0], [0, 2, 3, -1], [3, 2, -1, -1]]
    for loss in (
        lambda x: F.multi_margin_loss(x, scratch.tensor(one), p),
        lambda x: F.multilabel_margin_loss(x, scratch.tensor(many)),
    ):
        assert scratch.autograd.gradcheck(loss, (x,))
        assert scratch.autograd.gradgradcheck(loss, (x,))


def test_names_in_the_graph():
    def names(column):
        x, F = column.ones(2, 3, requires_grad=True), column.nn.functional
        many = F.multilabel_margin_loss(x, column.tensor([[0, -1, 0], [1, 2, -1]]))
        return F.multi_margin_loss(x, column.tensor([0, 2])).grad_fn.name(), many.grad_fn.name()

    assert names(scratch) == names(torch)


@same_script
def test_wrong_inputs(torch):
    F, nn, ones, tensor = torch.nn.functional, torch.nn, torch.ones, torch.tensor
    x, target = ones(3, 4), tensor([0, 1, 2])
    return [
        error(torch, function)
        for function in (
            lambda: F.multi_margin_loss(x, tensor([0, 1, 4])),
            lambda: F.multi_margin_loss(x, tensor([0, -1, 2])),
            lambda: F.multi_margin_loss(x, tensor([0, 1])),
            lambda: F.multi_margin_loss(ones(2, 3, 4), tensor([0, 1])),
            lambda: F.multi_margin_loss(x, ones(3)),
            lambda: F.multi_margin_loss(x, target.int()),
            lambda: F.multi_margin_loss(ones(3, 0), target),
            lambda: F.multi_margin_loss(x, target, weight=ones(3)),
            lambda: F.multi_margin_loss(x, target, weight=ones(4, 1)),
            lambda: F.multi_margin_loss(x, target, weight=ones(4, requires_grad=True)),
            lambda: F.multi_margin_loss(x, target, p=3),
            lambda: F.multi_margin_loss(x.half(), target),
            lambda: F.multilabel_margin_loss(x, target),
            lambda: F.multilabel_margin_loss(ones(4), tensor([0, 1, -1, 9])),
            lambda: nn.MultiMarginLoss(p=3),
            lambda: nn.MultiMarginLoss(weight=ones(2, 2)),
        )
    ]


@same_script
def test_text(torch):
    layers = torch.nn.MultiMarginLoss(2, 0.5, torch.ones(2)), torch.nn.MultiLabelMarginLoss()
    return [(repr(x), x.state_dict(), x.reduction) for x in layers]


def test_layouts_and_a_message():
    multi = functional("multi_margin_loss")
    sweep(
        *multi,
        ((6, 5), (6,)),
        domain=(None, lambda rng, shape: rng.integers(0, 5, shape)),
        specials=("zeros",),
        layouts=("contiguous", "transposed", "strided"),
        scale=10.0,
    )
    check_error(*multi, np.ones((2, 3)), np.array([0, 3]), match="3 classes.*from 0 to 2")

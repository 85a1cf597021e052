"""Losses that compare distributions."""

import numpy as np
import pytest

from tests.checker import check, check_error, constant, sweep
from tests.columns import COLUMNS, functional
from tests.nn.inputs import REDUCTIONS, numbers, rng, unit
from tests.same_script import error, same_script


@pytest.mark.filterwarnings("ignore:reduction. 'mean' divides")
@pytest.mark.parametrize("reduction", [*REDUCTIONS, "batchmean"])
@pytest.mark.parametrize("log_target", [False, True])
@pytest.mark.parametrize("shape", [(3, 4), (2, 3, 4), (4,), (), (0, 3)], ids=str)
def test_kl_div(shape, log_target, reduction):
    kl = functional("kl_div", reduction=reduction, log_target=log_target)
    if 0 in shape and reduction == "batchmean":
        check(*kl, numbers(*shape), unit(*shape), gradients=False)
        return
    check(*kl, numbers(*shape), unit(*shape), scale=20.0)
    check(*kl, numbers(*shape), constant(unit(*shape)), scale=20.0)
    check(*kl, numbers(*shape).astype("f4"), unit(*shape).astype("f4"), scale=20.0)
    check(*kl, numbers(*shape), unit(*shape), second=0 not in shape, scale=50.0)


def test_kl_div_of_impossible_classes_and_broadcast_targets():
    kl = functional("kl_div", reduction="sum")
    check(*kl, numbers(3), constant(np.array([0.0, 1.0, 0.0])))
    check(*kl, numbers(3, 4), unit(4), scale=50.0)


def test_the_mean_is_warned_of():
    for column in COLUMNS:
        with pytest.warns(UserWarning, match="batchmean"):
            column.nn.KLDivLoss()(column.zeros(2, 3), column.ones(2, 3))


@pytest.mark.parametrize("log_input", [True, False])
@pytest.mark.parametrize("full", [True, False])
@pytest.mark.parametrize("reduction", REDUCTIONS)
def test_poisson(reduction, full, log_input):
    poisson = functional("poisson_nll_loss", reduction=reduction, full=full, log_input=log_input)
    for shape in ((3, 4), (1,), (), (0, 3)):
        check(*poisson, unit(*shape), constant(5 * unit(*shape)), scale=20.0)
    check(*poisson, unit(3, 4), 5 * unit(3, 4), second=True, scale=100.0)
    check(*poisson, unit(3, 4), rng.integers(0, 5, (3, 4)), scale=50.0)


@pytest.mark.parametrize("full", [True, False])
@pytest.mark.parametrize("reduction", REDUCTIONS)
@pytest.mark.parametrize("spread", [(3, 4), (3, 1), (3,)], ids=str)
def test_gauss(spread, reduction, full):
    gauss = functional("gaussian_nll_loss", reduction=reduction, full=full)
    check(*gauss, numbers(3, 4), numbers(3, 4), unit(*spread), second=True, scale=1000.0)


def test_gauss_of_tiny_and_of_equal_variances():
    gauss = functional("gaussian_nll_loss")
    check(*gauss, numbers(3), numbers(3), np.array([0.0, 1e-9, 1.0]), scale=1e12)
    check(*gauss, numbers(3), numbers(3), 0.5, scale=10.0)


@same_script
def test_wrong_inputs(torch):
    F, ones = torch.nn.functional, torch.ones
    return [
        error(torch, function)
        for function in (
            lambda: F.kl_div(ones(3).long(), ones(3), reduction="sum"),
            lambda: F.kl_div(ones(3), ones(3).long(), reduction="sum"),
            lambda: F.kl_div(ones(3), ones(4), reduction="sum"),
            lambda: F.kl_div(ones(3), ones(3), reduction="average"),
            lambda: F.poisson_nll_loss(ones(3), ones(3), reduction="average"),
            lambda: F.poisson_nll_loss(ones(3), ones(4)),
            lambda: F.gaussian_nll_loss(ones(3), ones(3), -ones(3)),
            lambda: F.gaussian_nll_loss(ones(3), ones(3), -1.0),
            lambda: F.gaussian_nll_loss(ones(3), ones(3), 1),
            lambda: F.gaussian_nll_loss(ones(3, 4), ones(3, 4), ones(4)),
            lambda: F.gaussian_nll_loss(ones(3), ones(3), ones(3), reduction="average"),
        )
    ]


def test_a_message():
    gauss = functional("gaussian_nll_loss")
    check_error(
        *gauss, np.ones((3, 4)), np.ones((3, 4)), np.ones(4), match=r"size: \[4\].*\[3, 4\]"
    )


@same_script
def test_text_and_options(torch):
    nn, x, t = torch.nn, torch.tensor([0.5, 1.0]), torch.tensor([2.0, 1.0])
    kl = nn.KLDivLoss(reduction="batchmean", log_target=True)
    poisson = nn.PoissonNLLLoss(False, True, eps=0.1, reduction="none")
    gauss = nn.GaussianNLLLoss(full=True, eps=0.8)
    results = kl(x, t), poisson(x, t), gauss(x, t, x)
    return results, [(repr(y), y.reduction) for y in (kl, poisson, gauss)]


def test_layouts():
    kl, shapes = functional("kl_div", reduction="sum"), [((3, 4),) * 2, ((2, 3, 4),) * 2]
    sweep(*kl, *shapes, domain=(None, "unit"), specials=("zeros",), scale=50.0)

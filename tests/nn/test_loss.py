"""Losses: values and gradients of every form of target, graphs, warnings, errors."""

import numpy as np
import pytest
import torch

import scratch
import torch_impl
from tests.checker import check, check_error, constant, sweep
from tests.same_script import error, same_script

COLUMNS = scratch, torch_impl, torch
REDUCTIONS = ["mean", "sum", "none"]
SHAPES = [(5,), (1, 5), (6, 5), (3, 5, 4), (2, 5, 3, 4), (2, 5, 3, 1, 2), (2, 1), (0, 5), (2, 5, 0)]
rng = np.random.default_rng(0)


def functions(name, **options):
    """F.<name> with these options; a class weight may follow as a third argument."""

    def of(column):
        def function(x, target, weight=None):
            return getattr(column.nn.functional, name)(x, target, weight, **options)

        return function

    return [of(column) for column in COLUMNS]


def classes(shape, count=5):
    """Targets for an input of this shape."""
    return rng.integers(0, count, (*shape[:1], *shape[2:]) if len(shape) > 1 else ())


def numbers(shape, dtype="float64"):
    return rng.normal(size=shape).astype(dtype)


WEIGHT = constant(np.array([0.5, 2.0, 1.0, 0.25, 3.0]))


# ---- NLLLoss --------------------------------------------------------------------------------


@pytest.mark.parametrize("reduction", REDUCTIONS)
@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_nll(shape, reduction):
    x, target = numbers(shape), classes(shape)
    nll = functions("nll_loss", reduction=reduction)
    if shape[1:2] != (1,):
        check(*nll, x, target)
        check(*nll, x, target, WEIGHT)
        check(*nll, x.astype("f4"), target, constant(WEIGHT.array.astype("f4")))
    if np.size(target) and shape[1:2] != (1,):
        check(
            *functions("nll_loss", reduction=reduction, ignore_index=int(target.flat[0])), x, target
        )


@pytest.mark.parametrize("reduction", REDUCTIONS)
def test_nll_second_derivatives(reduction):
    target = classes((6, 5))
    check(*functions("nll_loss", reduction=reduction), numbers((6, 5)), target, WEIGHT, second=True)


def test_nll_of_infinite_and_strided_inputs():
    x = numbers((4, 5))
    x[:, 1] = -np.inf
    target = np.array([0, 2, 3, 4])
    for reduction in REDUCTIONS:
        check(*functions("nll_loss", reduction=reduction), x, target, WEIGHT)
        check(*functions("nll_loss", reduction=reduction), np.asfortranarray(x)[::2], target[::2])


def test_weights_of_zero():
    x, target = numbers((3, 3)), np.array([0, 1, 2])
    x[0, 0] = -np.inf
    for weight in ([0.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 1.0, 2.0]):
        for reduction in REDUCTIONS:
            check(*functions("nll_loss", reduction=reduction), x, target, constant(weight))


def test_bytes_as_targets():
    check(*functions("nll_loss"), numbers((3, 5)), np.array([0, 4, 2], "uint8"))


# ---- CrossEntropyLoss -----------------------------------------------------------------------

OPTIONS = [
    {},
    {"label_smoothing": 0.1},
    {"ignore_index": 2},
    {"ignore_index": 2, "label_smoothing": 1.0},
]


@pytest.mark.parametrize("options", OPTIONS, ids=str)
@pytest.mark.parametrize("reduction", REDUCTIONS)
@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_cross_entropy_with_classes(shape, reduction, options):
    if shape[1:2] == (1,):
        x, target = numbers(shape), np.zeros(shape[0], int)
        check(*functions("cross_entropy", reduction=reduction), x, target, scale=1.0)
        return
    x, target = numbers(shape), classes(shape)
    loss = functions("cross_entropy", reduction=reduction, **options)
    check(*loss, x, target)
    check(*loss, x, target, WEIGHT)


@pytest.mark.parametrize("smoothing", [0.0, 0.2])
@pytest.mark.parametrize("reduction", REDUCTIONS)
@pytest.mark.parametrize("shape", [s for s in SHAPES if s[1:2] != (1,)], ids=str)
def test_cross_entropy_with_probabilities(shape, reduction, smoothing):
    loss = functions("cross_entropy", reduction=reduction, label_smoothing=smoothing)
    x, target = numbers(shape), rng.uniform(0, 1, shape)
    check(*loss, x, target)
    check(*loss, x, constant(target), WEIGHT)


@pytest.mark.parametrize("reduction", REDUCTIONS)
def test_cross_entropy_sweep(reduction):
    def of(column):
        return column.nn.CrossEntropyLoss(reduction=reduction)

    def target(rng, shape):
        return rng.integers(0, 5, shape)

    sweep(
        *map(of, COLUMNS),
        ((6, 5), (6,)),
        domain=(None, target),
        layouts=("contiguous", "transposed", "strided"),
        specials=("nan", "inf", "zeros", "ties", "denormal"),
        second=True,
        scale=5.0,
    )


@pytest.mark.parametrize("column", [scratch, torch_impl])
@pytest.mark.parametrize("reduction", REDUCTIONS)
def test_slopes_are_what_they_measure(column, reduction):
    column.manual_seed(0)
    F, kwargs = column.nn.functional, {"reduction": reduction}
    x = column.randn(3, 4, dtype=column.float64).requires_grad_()
    t = column.randn(3, 4, dtype=column.float64).requires_grad_()
    labels, weight = column.tensor([3, 0, 1]), column.rand(4, dtype=column.float64)
    losses = [
        (lambda x, t: F.mse_loss(x, t, **kwargs), (x, t)),
        (lambda x: F.nll_loss(x, labels, weight, **kwargs), (x,)),
        (lambda x: F.cross_entropy(x, labels, weight, label_smoothing=0.1, **kwargs), (x,)),
        (lambda x, t: F.cross_entropy(x, t, weight, **kwargs), (x, t)),
    ]
    for loss, inputs in losses:
        assert column.autograd.gradcheck(loss, inputs)
        assert column.autograd.gradgradcheck(loss, inputs)


def test_everything_ignored_is_nan():
    x, target = numbers((3, 5)), np.full(3, -100)
    for smoothing in (0.0, 0.1):
        check(*functions("cross_entropy", label_smoothing=smoothing), x, target)


def test_a_large_batch_is_accurate():
    x, target = numbers((20_000, 3), "f4"), rng.integers(0, 3, 20_000)
    check(*functions("cross_entropy"), x, target)


@pytest.mark.parametrize("smoothing", [0.0, 0.1])
@pytest.mark.parametrize("reduction", REDUCTIONS)
@pytest.mark.parametrize("shape", [(5,), (2, 5), (2, 5, 3), (2, 5, 3, 4)])
@pytest.mark.parametrize("kind", ["classes", "probabilities"])
def test_names_in_the_graph(shape, reduction, smoothing, kind):
    x, target = numbers(shape), classes(shape) if kind == "classes" else rng.uniform(0, 1, shape)

    def name(column):
        values = column.tensor(x, requires_grad=True), column.tensor(target)
        options = {"reduction": reduction, "label_smoothing": smoothing}
        node = column.nn.functional.cross_entropy(*values, **options).grad_fn
        names = [node.name()]
        while smoothing == 0 and kind == "classes" and node.name() != "LogSoftmaxBackward0":
            node = node.next_functions[0][0]
            names.append(node.name())
        return names

    assert name(scratch) == name(torch)


# ---- the layers -----------------------------------------------------------------------------


@same_script
def test_text_and_state(torch):
    nn, weight = torch.nn, torch.tensor([1.0, 2.0])
    losses = nn.MSELoss(), nn.NLLLoss(weight), nn.CrossEntropyLoss(weight, label_smoothing=0.1)
    return [(repr(loss), loss.state_dict(), loss.reduction) for loss in losses], losses[
        2
    ].double().weight


@same_script(rtol=1e-6)
def test_layers_pass_their_options_on(torch):
    nn = torch.nn
    x = torch.tensor([[1.0, -2.0, 3.0], [0.5, 0.0, 1.0]])
    target, weight = torch.tensor([2, 0]), torch.tensor([1.0, 2.0, 3.0])
    return [
        nn.CrossEntropyLoss(weight, ignore_index=0, reduction="sum", label_smoothing=0.1)(
            x, target
        ),
        nn.CrossEntropyLoss(weight=weight, reduction="none")(x, target),
        nn.NLLLoss(weight, ignore_index=2)(x, target),
        nn.NLLLoss(reduction="none")(x, target),
        nn.MSELoss(reduction="sum")(x, x * 2),
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({"size_average": False}, "sum"),
        ({"reduce": False}, "none"),
        ({"size_average": True, "reduce": True}, "mean"),
        ({"size_average": False, "reduce": False}, "none"),
    ],
)
@pytest.mark.parametrize("name", ["MSELoss", "NLLLoss", "CrossEntropyLoss"])
def test_old_names_of_the_reduction(name, old, new):
    for column in COLUMNS:
        with pytest.warns(UserWarning, match=f"please use reduction='{new}' instead"):
            assert getattr(column.nn, name)(**old).reduction == new


@pytest.mark.filterwarnings("ignore:size_average and reduce")
def test_old_names_in_functions():
    check(
        *functions("cross_entropy", size_average=False), numbers((2, 5)), classes((2, 5)), scale=5.0
    )
    check(*functions("nll_loss", reduce=False), numbers((2, 5)), classes((2, 5)))


# ---- errors ---------------------------------------------------------------------------------


@same_script
def test_wrong_targets(torch):
    F, ones, full, tensor = torch.nn.functional, torch.ones, torch.full, torch.tensor
    x = ones(2, 3)
    targets = [
        tensor([0, 3]),
        tensor([0, -1]),
        tensor([-101, 0]),
        tensor([0, 1, 2]),
        tensor([[0, 1]]),
        tensor([[0], [1]]),
        tensor(0),
        tensor([0.0, 1.0]),
        tensor([0, 1]).int(),
        tensor([True, False]),
        ones(2, 4),
        ones(2, 3).long(),
        [0, 1],
        None,
    ]
    errors = []
    for loss in (F.cross_entropy, F.nll_loss):
        errors.append([error(torch, lambda t=t, f=loss: f(x, t)) for t in targets])
        errors.append(
            [
                error(torch, function)
                for function in (
                    lambda f=loss: f(ones(3), tensor([1, 2])),
                    lambda f=loss: f(ones(3), tensor(5)),
                    lambda f=loss: f(ones(2, 3, 4), full((2, 4), 7)),
                    lambda f=loss: f(ones(2, 3, 4), full((2, 5), 0)),
                    lambda f=loss: f(ones(2, 3, 4), full((3, 4), 0)),
                    lambda f=loss: f(ones(2, 3, 4, 5), full((2, 4), 0)),
                    lambda f=loss: f(x.long(), tensor([0, 1])),
                    lambda f=loss: f(x, tensor([0, 1]), ones(2)),
                    lambda f=loss: f(x, tensor([0, 1]), ones(3, 1)),
                    lambda f=loss: f(x, tensor([0, 1]), ones(3).double()),
                    lambda f=loss: f(x, tensor([0, 1]), [1.0, 1.0, 1.0]),
                    lambda f=loss: f(x, tensor([0, 1]), ones(3, requires_grad=True)),
                    lambda f=loss: f(x, tensor([0, 1]), reduction="average"),
                )
            ]
        )
    errors.append(error(torch, lambda: F.cross_entropy(x, x / 3, ignore_index=1)))
    errors.append(error(torch, lambda: F.cross_entropy(x, x / 3, ones(2))))
    errors.append(error(torch, lambda: F.cross_entropy(x, tensor([0, 1]), label_smoothing=1.5)))
    return errors


@pytest.mark.parametrize(
    ("target", "says"),
    [
        ([0, 3], "Target 3 is out of bounds.*3 classes.*0 to 2.*counting begins at 0"),
        ([0, -1], "Target -1 is out of bounds.*3 classes"),
        ([0, 1, 2], r"batch_size \(2\) to match target batch_size \(3\)"),
        ([0.0, 1.0], r"Long or Byte.*use target.long\(\)"),
        (np.ones((2, 3), int), r"class probabilities.*float.*\[2\]|shape without its classes"),
    ],
)
def test_messages(target, says):
    check_error(*functions("cross_entropy"), np.ones((2, 3)), np.array(target), match=says)


# ---- a softmax before the loss -------------------------------------------------------------


@pytest.mark.parametrize("column", [scratch, torch_impl])
@pytest.mark.parametrize(
    "softmax", [lambda nn: nn.Softmax(dim=1), lambda nn: nn.functional.softmax]
)
def test_a_softmax_before_the_loss_is_warned_of_once(column, softmax, monkeypatch):
    monkeypatch.setattr(f"{column.__name__}.nn.loss._warned", False)
    nn, target = column.nn, column.tensor([1, 0])
    x = column.ones(2, 3, requires_grad=True)
    probabilities = softmax(nn)(x, *[1] * (softmax(nn) is nn.functional.softmax))
    with pytest.warns(UserWarning, match="Drop the softmax before the loss"):
        nn.CrossEntropyLoss()(probabilities, target)
    nn.CrossEntropyLoss()(probabilities, target)  # where a warning is an error: silent
    nn.NLLLoss()(probabilities.log(), target)

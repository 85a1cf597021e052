"""batch_norm and its layers: values, gradients, running statistics, states, errors."""

import numpy as np
import pytest
import torch

import scratch
import torch_impl
from tests.checker import check, constant
from tests.columns import COLUMNS
from tests.mistakes import mistake
from tests.nn.layers import some
from tests.same_script import error, same_script

rng = np.random.default_rng(0)
SHAPES = [
    (4, 3),
    (200, 7),
    (2, 3, 5),
    (2, 3, 4, 5),
    (5, 1, 2, 2),
    (2, 3, 2, 2, 2),
    (1, 3, 40, 50),
    (3, 2, 5000),
    (16, 8, 8, 8),
]


def normalized(column, has=(True, True), **options):
    """batch_norm as a function of input, weight and bias that returns the averages as well."""

    def function(x, mean, variance, *parameters):
        weight, bias = some(has, parameters)
        batch_norm = column.nn.functional.batch_norm
        return batch_norm(x, mean, variance, weight, bias, **options), mean, variance

    return function


def arrays(shape, dtype="float64", has=(True, True), offset=0.0):
    c = shape[1]
    x = rng.normal(size=shape) + offset
    averages = [rng.normal(size=c) + offset, rng.uniform(0.5, 2, size=c)]
    parameters = [rng.normal(size=c) for given in has if given]
    fixed = [constant(a.astype(dtype)) for a in averages]
    return [x.astype(dtype), *fixed, *(a.astype(dtype) for a in parameters)]


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("training", [True, False])
def test_values_and_gradients(shape, dtype, training):
    columns = [normalized(c, training=training, momentum=0.3) for c in COLUMNS]
    check(*columns, *arrays(shape, dtype), scale="terms")


@pytest.mark.parametrize("has", [(True, False), (False, True), (False, False)])
@pytest.mark.parametrize("training", [True, False])
@pytest.mark.parametrize("shape", [(5, 3), (2, 3, 4, 5)])
def test_without_weight_or_bias(has, training, shape):
    columns = [normalized(c, has, training=training) for c in COLUMNS]
    check(*columns, *arrays(shape, has=has), scale="terms")


@pytest.mark.parametrize("training", [True, False])
@pytest.mark.parametrize("shape", [(7, 3), (4, 3, 5), (3, 2, 4, 5)])
def test_second_derivatives(training, shape):
    columns = [normalized(c, training=training) for c in COLUMNS]
    check(*columns, *arrays(shape), second=True, scale="condition")


@pytest.mark.parametrize("column", [scratch, torch_impl])
@pytest.mark.parametrize("training", [True, False])
def test_slopes_are_what_they_measure(column, training):
    column.manual_seed(0)
    x, w, b = (column.randn(*s).double().requires_grad_() for s in ((4, 2, 3), (2,), (2,)))
    mean, variance = column.zeros(2).double(), column.ones(2).double()

    def function(x, w, b):
        return column.nn.functional.batch_norm(x, mean, variance, w, b, training, 0.0)

    assert column.autograd.gradcheck(function, (x, w, b))
    assert column.autograd.gradgradcheck(function, (x, w, b))


def test_numbers_far_from_zero_stay_accurate():
    for offset in (30.0, 1000.0):
        for shape in [(16, 3, 8, 8), (64, 5)]:
            ours, theirs = (normalized(c, training=True) for c in (scratch, torch))
            given = arrays(shape, "float32", offset=offset)
            check(ours, None, theirs, *given, scale="terms")


@pytest.mark.parametrize("training", [True, False])
@pytest.mark.parametrize("parameters", ["float16", "float32"])
def test_halves(training, parameters):
    @same_script(rtol=2e-3, atol=2e-3)
    def script(torch):
        dtype = getattr(torch, parameters)
        torch.manual_seed(0)
        x = torch.randn(6, 3, 4).half().requires_grad_()
        given = [torch.rand(3).to(dtype) for _ in range(4)]
        mean, variance, weight, bias = given
        weight.requires_grad_(), bias.requires_grad_()
        y = torch.nn.functional.batch_norm(x, mean, variance, weight, bias, training)
        y.backward(torch.randn(6, 3, 4).half())
        return y, given, x.grad, weight.grad, bias.grad

    script("scratch")
    script("torch_impl")


@pytest.mark.parametrize("training", [True, False])
def test_layouts(training):
    columns = [normalized(c, training=training) for c in COLUMNS]
    _, *others = arrays((4, 3, 5, 6))
    for axes in [(0, 3, 1, 2), (3, 0, 1, 2), (2, 0, 3, 1)]:
        x = np.empty([(4, 3, 5, 6)[i] for i in np.argsort(axes)])
        x[...] = rng.normal(size=x.shape)
        check(*columns, x.transpose(axes), *others, scale="terms")
    check(*columns, np.broadcast_to(rng.normal(size=(3, 5, 6)), (4, 3, 5, 6)), *others, scale=10.0)


def test_strides_of_the_result():
    def strides(column):
        x = column.ones(4, 5, 6, 3)
        layer = column.nn.BatchNorm2d(3)
        views = [x.permute(0, 3, 1, 2), x.permute(0, 3, 2, 1)]
        views.append(column.ones(5, 3, 4, 6).transpose(2, 3))
        return [m(view).stride() for m in (layer.train(), layer.eval()) for view in views]

    assert strides(scratch) == strides(torch)


@same_script
def test_nothing_to_normalize(torch):
    seen = []
    for shape in [(0, 3), (0, 3, 2, 2), (2, 3, 2, 0)]:
        for training in (True, False):
            layer = (torch.nn.BatchNorm1d if len(shape) == 2 else torch.nn.BatchNorm2d)(3)
            x = torch.ones(*shape).requires_grad_()
            y = layer.train(training)(x)
            y.sum().backward()
            state = layer.state_dict(), layer.weight.grad
            seen.append((y, "AddBackward0" in str(y.grad_fn), x.grad, state))
    return seen


# ---- layers -------------------------------------------------------------------------------------


@pytest.mark.parametrize("options", [{}, {"momentum": None}, {"track_running_stats": False}])
@pytest.mark.parametrize("affine", [True, False])
def test_training_and_evaluation(options, affine):
    @same_script(rtol=2e-6, atol=2e-6)
    def script(torch):
        layer = torch.nn.BatchNorm2d(3, affine=affine, **options)
        seen = [repr(layer), list(layer.state_dict())]
        for seed in range(4):
            array = np.random.default_rng(seed).normal(size=(4, 3, 5, 5)).astype("float32")
            x = torch.from_numpy(array).requires_grad_()
            y = layer(x)
            (y * y * x).sum().backward()
            seen += [y, x.grad, layer.state_dict()]
        return [*seen, layer.eval()(x), layer.training]

    script("scratch")
    script("torch_impl")


@same_script
def test_attributes_and_text(torch):
    seen = []
    for name in ("BatchNorm1d", "BatchNorm2d", "BatchNorm3d"):
        layer = getattr(torch.nn, name)(4, 1e-3, None, dtype=torch.float64)
        bare = getattr(torch.nn, name)(4, bias=False, track_running_stats=False)
        seen.append((repr(layer), repr(bare), layer._version, layer.num_features, layer.eps))
        seen.append((layer.state_dict(), bare.state_dict(), bare.bias, bare.running_mean))
    layer.running_mean.add_(2)
    layer.reset_parameters()
    return [*seen, layer.state_dict()]


@pytest.mark.parametrize("column", [scratch, torch_impl])
def test_states_cross_over(column):
    theirs, ours = torch.nn.BatchNorm1d(3), column.nn.BatchNorm1d(3)
    theirs(torch.randn(5, 3))
    state = {key: column.from_numpy(x.numpy()) for key, x in theirs.state_dict().items()}
    ours.load_state_dict(state)
    assert ours.num_batches_tracked.item() == 1
    assert ours.running_mean.tolist() == theirs.running_mean.tolist()


@same_script
def test_states_of_version_1_have_no_count(torch):
    layer = torch.nn.Sequential(torch.nn.BatchNorm1d(2))
    layer(torch.arange(6.0).reshape(3, 2))
    state = layer.state_dict()
    del state["0.num_batches_tracked"]
    new = error(torch, lambda: layer.load_state_dict(state))
    state._metadata["0"]["version"] = 1
    old = str(layer.load_state_dict(state))
    plain = str(layer.load_state_dict(dict(state)))
    return new, old, plain, layer.state_dict()


@pytest.mark.parametrize("bias", [True, False])
def test_names_in_the_graph(bias):
    def name(column):
        layer = column.nn.BatchNorm1d(3, bias=bias)
        return layer(column.randn(4, 3)).grad_fn.name(), layer.running_mean._version

    assert name(scratch) == name(torch)


@mistake("eval()", "drop_last=True")
def test_a_batch_of_one(torch):
    torch.nn.BatchNorm1d(3)(torch.ones(1, 3))


@mistake("3", "channels, its second dimension")
def test_wrong_channels(torch):
    torch.nn.BatchNorm2d(3)(torch.ones(2, 4, 5, 5))


@same_script
def test_wrong_arguments(torch):
    batch_norm, layers = torch.nn.functional.batch_norm, torch.nn
    x, zeros, ones = torch.randn(4, 3), torch.zeros(3), torch.ones(3)
    grad = torch.ones(3, requires_grad=True)
    return [
        error(torch, call)
        for call in (
            lambda: layers.BatchNorm1d(3)(x.double()),
            lambda: layers.BatchNorm1d(3).double()(x),
            lambda: layers.BatchNorm1d(3)(x.long()),
            lambda: layers.BatchNorm1d(3)(torch.ones(3)),
            lambda: layers.BatchNorm2d(3)(x),
            lambda: layers.BatchNorm3d(3)(x),
            lambda: layers.BatchNorm2d(-1),
            lambda: layers.BatchNorm2d(2.5),
            lambda: layers.BatchNorm2d(0)(torch.ones(2, 0, 2, 2)),
            lambda: layers.BatchNorm1d(3, affine=False, track_running_stats=False)(
                torch.ones(4, 5)
            ),
            lambda: batch_norm(torch.ones(4), None, None, training=True),
            lambda: batch_norm(torch.tensor(1.0), None, None, training=True),
            lambda: batch_norm(x, None, None),
            lambda: batch_norm(x, zeros, None),
            lambda: batch_norm(x, zeros, None, training=True),
            lambda: batch_norm(x, None, None, training=True, eps=0),
            lambda: batch_norm(x, zeros, ones, eps=-1),
            lambda: batch_norm(x, torch.zeros(4), torch.ones(4)),
            lambda: batch_norm(x, zeros, ones, torch.ones(4)),
            lambda: batch_norm(x, zeros, ones, torch.ones(3, 1)),
            lambda: batch_norm(x, zeros, ones, ones.double()),
            lambda: batch_norm(x, zeros.double(), ones.double(), ones),
            lambda: batch_norm(x, grad, ones, training=True),
            lambda: batch_norm(x, zeros, grad),
            lambda: batch_norm([1.0], zeros, ones),
            lambda: batch_norm(x, zeros, ones, training=True, momentum=None),
        )
    ]

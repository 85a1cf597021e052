"""Upsample and interpolate: values, gradients, graphs, sizes, errors."""

import functools

import numpy as np
import pytest
import torch

import scratch
import torch_impl
from tests.checker import check, constant, sweep
from tests.columns import COLUMNS, functional
from tests.mistakes import mistake
from tests.same_script import error, same_script

rng = np.random.default_rng(0)
interpolations = functools.partial(functional, "interpolate")


COPIES = [
    ((2, 3, 4), {"scale_factor": 2}),
    ((2, 2, 5), {"size": 7}),
    ((2, 3, 4, 5), {"scale_factor": 2}),
    ((1, 1, 3, 3), {"scale_factor": (3, 1.7)}),
    ((1, 2, 6, 7), {"size": (4, 9)}),
    ((0, 2, 2, 2), {"scale_factor": 2.0}),
    ((1, 2, 2, 3, 2), {"size": (3, 3, 4)}),
]
MIXES = [
    ("linear", (2, 3, 4), {"scale_factor": 2}),
    ("linear", (2, 2, 5), {"size": 7, "align_corners": True}),
    ("bilinear", (2, 3, 4, 5), {"scale_factor": 2}),
    ("bilinear", (1, 1, 3, 4), {"scale_factor": (3, 1.7)}),
    ("bilinear", (1, 1, 3, 4), {"scale_factor": (3, 1.7), "recompute_scale_factor": True}),
    ("bilinear", (1, 2, 6, 7), {"size": (4, 9), "align_corners": True}),
    ("bilinear", (1, 2, 3, 3), {"size": 1, "align_corners": True}),
    ("bilinear", (0, 2, 3, 3), {"size": 5}),
    ("bicubic", (1, 2, 4, 5), {"scale_factor": 2}),
    ("bicubic", (1, 2, 4, 5), {"size": (3, 11), "align_corners": True}),
    ("trilinear", (1, 2, 2, 3, 2), {"size": (3, 3, 4)}),
    ("area", (2, 2, 6, 5), {"size": (4, 3)}),
    ("area", (2, 2, 6), {"scale_factor": 1.5}),
]
SPECIALS = ("nan", "zeros")


@pytest.mark.parametrize("mode", ["nearest", "nearest-exact"])
@pytest.mark.parametrize(("shape", "options"), COPIES, ids=str)
def test_copies(mode, shape, options):
    columns = interpolations(mode=mode, **options)
    sweep(*columns, shape, exact="values", second=True, scale="terms")


@pytest.mark.parametrize(("mode", "shape", "options"), MIXES, ids=str)
def test_mixtures(mode, shape, options):
    columns = interpolations(mode=mode, **options)
    sweep(*columns, shape, second=True, scale="terms", specials=SPECIALS)


@pytest.mark.parametrize("mode", ["nearest", "nearest-exact"])
@pytest.mark.parametrize("dtype", ["float32", "float64", "float16", "uint8"])
def test_the_same_elements_for_many_scales(mode, dtype):
    x = constant(np.arange(10, 19).astype(dtype).reshape(1, 1, 9))
    for scale in rng.uniform(0.2, 4, size=60):
        check(*interpolations(mode=mode, scale_factor=float(scale)), x, exact=True)
    images = constant(np.arange(54).astype(dtype).reshape(1, 1, 6, 9))
    for scales in rng.uniform(0.2, 4, size=(30, 2)):
        check(*interpolations(mode=mode, scale_factor=tuple(scales.tolist())), images, exact=True)


@pytest.mark.parametrize("aligned", [False, True])
def test_many_sizes(aligned):
    x = rng.normal(size=(1, 1, 6, 7)).astype("float32")
    for m in range(1, 15):
        for mode in ("bilinear", "bicubic"):
            how = {"size": (m, 15 - m), "mode": mode, "align_corners": aligned}
            check(*interpolations(**how), x, scale="terms")


def test_halves():
    x = rng.normal(size=(2, 2, 5, 4)).astype("float16")
    for mode in ("bilinear", "bicubic", "nearest"):
        check(*interpolations(mode=mode, scale_factor=2), x)


@pytest.mark.parametrize("column", [scratch, torch_impl])
@pytest.mark.parametrize("mode", ["nearest", "bilinear", "bicubic"])
def test_slopes_are_what_they_measure(column, mode):
    column.manual_seed(0)
    x = column.randn(1, 2, 3, 4, dtype=column.float64).requires_grad_()
    layer = column.nn.Upsample(size=(5, 6), mode=mode)
    assert column.autograd.gradcheck(layer, (x,))
    assert column.autograd.gradgradcheck(layer, (x,))


def test_names_in_the_graph():
    def names(torch):
        modes = [("nearest", 3), ("nearest", 4), ("nearest-exact", 3), ("nearest-exact", 4)]
        modes += [("linear", 3), ("bilinear", 4), ("bicubic", 4), ("trilinear", 5), ("area", 4)]
        found = []
        for mode, n in modes:
            x = torch.ones(*(1, 1, 2, 2, 2)[:n], requires_grad=True)
            found.append(torch.nn.Upsample(scale_factor=2, mode=mode)(x).grad_fn.name())
        return found

    assert names(scratch) == names(torch)


@same_script
def test_layers(torch):
    layers = [
        torch.nn.Upsample(scale_factor=2),
        torch.nn.Upsample(size=(3, 5), mode="nearest-exact"),
        torch.nn.Upsample(scale_factor=(2, 1)),
        torch.nn.UpsamplingNearest2d(scale_factor=2),
        torch.nn.UpsamplingNearest2d(size=(5, 2)),
    ]
    x = torch.arange(12.0).reshape(1, 1, 3, 4)
    text = repr(torch.nn.UpsamplingBilinear2d(scale_factor=(2, 3)))
    return text, [
        (repr(layer), layer.name, layer.size, layer.scale_factor, layer(x)) for layer in layers
    ]


def test_bilinear_layer():
    layers = [column.nn.UpsamplingBilinear2d(scale_factor=3) for column in COLUMNS]
    check(*layers, rng.normal(size=(2, 2, 3, 4)), scale="terms")


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("name", ["upsample", "upsample_nearest", "upsample_bilinear"])
def test_old_names(column, name):
    function = getattr(column.nn.functional, name)
    with pytest.warns(UserWarning, match="interpolate"):
        assert function(column.ones(1, 1, 2, 2), scale_factor=2).shape == (1, 1, 4, 4)


@same_script
def test_errors(torch):
    resize, ones = torch.nn.functional.interpolate, torch.ones
    calls = [
        {},
        {"size": 2, "scale_factor": 2.0},
        {"size": (2, 2, 2)},
        {"scale_factor": (2.0,)},
        {"size": 2.5},
        {"size": (2.5, 2)},
        {"size": 0},
        {"scale_factor": 0.1},
        {"size": 2, "recompute_scale_factor": True},
        {"size": 2, "align_corners": True},
        {"size": 2, "mode": "linear"},
        {"size": 2, "mode": "trilinear"},
        {"size": 2, "mode": "cubic"},
        {"size": 2, "antialias": True},
    ]
    found = [error(torch, lambda how=how: resize(ones(1, 1, 4, 4), **how)) for how in calls]
    for shape in [(1, 4), (1, 1, 4), (1, 1, 4, 4, 4), (1, 0, 4, 4), (1, 1, 0, 4)]:
        for mode in ("nearest", "bilinear", "bicubic"):
            x = ones(*shape)
            found.append(error(torch, lambda x=x, mode=mode: resize(x, 2, mode=mode)))
    found.append(error(torch, lambda: resize(ones(1, 1, 4, 4).long(), 2)))
    return found


@mistake("bilinear mode needs 4D input", "batch, channels")
def test_an_image_without_batch(torch):
    torch.nn.Upsample(scale_factor=2, mode="bilinear")(torch.ones(3, 8, 8))


@mistake("either a size or a scale_factor")
def test_neither_size_nor_factor(torch):
    torch.nn.Upsample()(torch.ones(1, 3, 8, 8))

"""pad and its layers: values to the bit, gradients of gradients, names, errors."""

import numpy as np
import pytest
import torch

import scratch
from tests.checker import check, check_error, constant, sweep
from tests.columns import columns
from tests.same_script import error, same_script

PAD = columns("nn.functional.pad")
rng = np.random.default_rng(0)

CONSTANT = [
    ((3,), (1, 2)),
    ((3,), ()),
    ((2, 3), (1, 0)),
    ((2, 3), (1, 2, 3, 4)),
    ((2, 3, 4), (-1, 1)),
    ((2, 3, 4), (-2, -2)),
    ((2, 3, 4, 5), (1, 1, -1, 2, 0, 3)),
    ((2, 1, 3, 1, 2, 3), (1,) * 12),
    ((2, 0), (1, 2)),
    ((0, 3), (1, 2)),
]
FRAMES = [
    ((2, 5), (1, 2)),
    ((2, 3, 5), (4, 4)),
    ((2, 3, 5), (0, 0)),
    ((2, 3, 5), (-1, 2)),
    ((2, 3, 5), (-1, -2)),
    ((3, 4, 5), (1, 2, 3, 0)),
    ((2, 3, 4, 5), (4, 4, 3, 3)),
    ((2, 3, 4, 5), (2, -1, -1, 2)),
    ((0, 3, 4, 5), (1, 1, 1, 1)),
    ((2, 3, 4, 5), (1, 2, 3, 1, 2, 0)),
    ((2, 2, 3, 4, 5), (1, 0, 2, 1, 1, 2)),
]


@pytest.mark.parametrize(("shape", "widths"), CONSTANT, ids=str)
def test_constants(shape, widths):
    x = rng.normal(size=shape)
    check(*PAD, x, widths, exact=True, second=True)
    check(*PAD, x.astype("f4"), list(widths), exact=True, value=2.5)


@pytest.mark.parametrize("mode", ["reflect", "replicate", "circular"])
@pytest.mark.parametrize(("shape", "widths"), FRAMES, ids=str)
def test_frames(shape, widths, mode):
    for kind in ("f4", "f8"):
        x = rng.normal(size=shape).astype(kind)
        check(*PAD, x, widths, mode, exact="values", second=True, scale="terms")


def test_layouts_and_unusual_numbers():
    sweep(*(lambda x, f=f: f(x, (1, 2, 1, 0)) for f in PAD), (2, 3, 4), exact=True)
    for mode in ("reflect", "replicate", "circular"):
        sweep(
            *(lambda x, f=f, mode=mode: f(x, (1, 2, 1, 0), mode) for f in PAD),
            (2, 3, 4),
            exact="values",
            scale="terms",
            specials=("nan", "inf", "zeros"),
        )


@pytest.mark.parametrize("kind", ["float16", "int64", "int32", "int16", "int8", "uint8", "bool"])
@pytest.mark.parametrize("mode", ["constant", "reflect", "replicate", "circular"])
def test_dtypes(kind, mode):
    x = constant(rng.integers(0, 5, (2, 3, 4)).astype(kind))
    if kind == "bool" and mode in ("reflect", "replicate"):
        check_error(*PAD, x, (1, 1), mode)
        return
    check(*PAD, x, (2, 1), mode, exact=True)
    if mode == "constant":
        check(*PAD, x, (2, 1, -1, 0), mode, 2.7, exact=True)


def test_names_in_the_graph():
    def names(torch, mode, n):
        x = torch.ones([3] * (n + 1), requires_grad=True)
        y = torch.nn.functional.pad(x, (1,) * 2 * n, mode)
        dy = torch.ones(list(y.shape), requires_grad=True)
        (dx,) = torch.autograd.grad(y, x, dy, create_graph=True)
        return y.grad_fn.name(), dx.grad_fn.name()

    for mode in ("constant", "reflect", "replicate"):
        for n in (1, 2, 3):
            assert names(scratch, mode, n) == names(torch, mode, n)


@same_script
def test_wrong_arguments(torch):
    pad, x = torch.nn.functional.pad, torch.ones(2, 3, 4)
    scripts = [
        lambda: pad(x, (1, 1, 1)),
        lambda: pad(x, (1, 1), "x"),
        lambda: pad(x, (1.0, 1)),
        lambda: pad(x, 1),
        lambda: pad([1.0], (1, 1)),
        lambda: pad(torch.ones(2), (1, 1, 1, 1)),
        lambda: pad(x, (1, 1), "constant", "a"),
        lambda: pad(x, (1, 1), None),
        lambda: pad(x, (True, 1)),
        lambda: pad(x, (-3, -2)),
        lambda: pad(x, (1, 1), "reflect", 1.0),
        *(
            lambda mode=mode, shape=shape, widths=widths: pad(torch.ones(shape), widths, mode)
            for mode in ("reflect", "replicate", "circular")
            for shape, widths in [
                ((3,), (1, 1)),
                ((2, 3, 4, 5), (1, 1)),
                ((3, 4), (1, 1, 1, 1)),
                ((2, 3, 0), (1, 1)),
                ((2, 3, 4), (4, 0)),
                ((2, 3, 4), (5, 5)),
                ((2, 3, 4), (-3, -2)),
                ((2, 3), ()),
            ]
        ),
    ]
    return [error(torch, script) for script in scripts]


def test_messages():
    x = rng.normal(size=(2, 3, 4))
    check_error(PAD[0], None, PAD[2], x, (4, 0), "reflect", match="shows 3 elements of 4")
    check_error(PAD[0], None, PAD[2], x, (-3, -2), match=r"\(-3, -2\) cuts off more")
    check_error(
        PAD[0], None, PAD[2], x[0, 0], (1, 1), "circular", match="2 is not supported for 1D"
    )


@same_script
def test_layers(torch):
    torch.manual_seed(0)
    seen, nn = [], torch.nn
    for n in (1, 2, 3):
        x = torch.rand(2, 2, *[4] * n)
        for kind in ("Circular", "Reflection", "Replication", "Zero"):
            for padding in (1, (2, 1) * n):
                layer = getattr(nn, f"{kind}Pad{n}d")(padding)
                seen += [layer(x), layer(x[0]), repr(layer), layer.padding]
        layer = getattr(nn, f"ConstantPad{n}d")((1, 2) * n, 3.5)
        seen += [layer(x), repr(layer), layer.value]
        seen.append(error(torch, lambda n=n: getattr(nn, f"CircularPad{n}d")(1)(torch.ones(2))))
    seen.append(error(torch, lambda: nn.ConstantPad1d(1)))
    seen.append(error(torch, lambda: nn.ReflectionPad1d((1, 1, 1))(torch.ones(2, 3, 4))))
    return seen

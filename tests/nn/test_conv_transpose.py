"""conv_transpose1d to 3d and their layers: values, gradients of gradients, sizes, errors."""

import pytest

from tests.checker import check, check_error, sweep
from tests.columns import functional
from tests.nn.inputs import numbers
from tests.nn.layers import trained
from tests.same_script import error, same_script

SHAPES = [
    ((2, 3, 5), (3, 4, 3), {}),
    ((3, 5), (3, 4, 3), {"stride": 2, "output_padding": 1}),
    ((2, 4, 5), (4, 3, 2), {"groups": 2, "dilation": 3, "output_padding": 2}),
    ((2, 3, 4, 5), (3, 4, 3, 2), {}),
    ((11, 3, 4, 5), (3, 2, 3, 3), {"stride": 2, "padding": 1, "output_padding": (1, 0)}),
    ((3, 4, 5), (3, 4, 4, 4), {"stride": (2, 3), "padding": (1, 2)}),
    ((2, 4, 3, 3), (4, 1, 3, 3), {"groups": 4, "stride": 2}),
    ((2, 4, 3, 3), (4, 3, 2, 2), {"groups": 2, "stride": 2}),
    ((2, 4, 3, 3), (4, 3, 1, 1), {}),
    ((2, 4, 3, 3), (4, 3, 1, 1), {"stride": 2, "output_padding": 1}),
    ((0, 3, 4, 5), (3, 4, 3, 2), {}),
    ((2, 2, 2, 3, 2), (2, 3, 2, 2, 3), {"stride": (1, 2, 1), "padding": 1}),
]


@pytest.mark.parametrize(("x", "weight", "options"), SHAPES, ids=str)
@pytest.mark.parametrize("kind", ["f4", "f8"])
def test_values_and_gradients(x, weight, options, kind):
    outputs = weight[1] * options.get("groups", 1)
    arrays = [numbers(*shape, dtype=kind) for shape in (x, weight, (outputs,))]
    three = functional(f"conv_transpose{len(weight) - 2}d")
    check(*three, *arrays, scale="terms", second=True, **options)
    check(*three, *arrays[:2], scale="terms", **options)


def test_layouts_and_unusual_numbers():
    shapes = ((2, 3, 3, 4), (3, 2, 2, 3), (2,))
    sweep(*functional("conv_transpose2d"), shapes, scale="terms", specials=("nan",))


@same_script(rtol=2e-3, atol=2e-3)
def test_other_dtypes(torch):
    torch.manual_seed(0)
    conv = torch.nn.functional.conv_transpose2d
    x, w = torch.randint(-5, 5, (2, 3, 4, 4)), torch.randint(-5, 5, (3, 2, 3, 3))
    return [conv(x, w), conv(x, w, stride=2), conv(x.half() / 4, w.half() / 4)]


@same_script
def test_wrong_arguments(torch):
    conv, ones = torch.nn.functional.conv_transpose2d, torch.ones
    x, w = ones(2, 4, 8, 8), ones(4, 2, 3, 3)
    scripts = [
        lambda: conv(ones(2, 3, 8, 8), w),
        lambda: conv(x, w, ones(3)),
        lambda: conv(x, w, output_padding=1),
        lambda: conv(x, w, output_padding=2, stride=2),
        lambda: conv(x, w, output_padding=-1, stride=2),
        lambda: conv(x, w, groups=3),
        lambda: conv(x, w, stride=0),
        lambda: conv(ones(2, 4, 1, 1), w, padding=2),
        lambda: conv(x, w, padding="same"),
        lambda: conv(ones(2, 4, 0, 1), w),
        lambda: conv(x, w.double()),
        lambda: conv(ones(4, 8), w),
    ]
    return [error(torch, script) for script in scripts]


def test_messages():
    three = functional("conv_transpose2d")
    arrays = numbers(1, 2, 1, 5), numbers(2, 3, 3, 3)
    says = r"\(1 - 1\)\*1 - 2\*2 \+ 1\*\(3 - 1\) \+ 0 \+ 1 = -1"
    check_error(three[0], None, three[2], *arrays, padding=2, match=says)


LAYERS = [
    ("ConvTranspose1d", (2, 4, 3), {}),
    ("ConvTranspose2d", (2, 4, (3, 2)), {"stride": 2, "bias": False}),
    ("ConvTranspose2d", (4, 6, 3), {"groups": 2, "stride": 3, "padding": 1, "output_padding": 2}),
    ("ConvTranspose2d", (4, 2, 3), {"dilation": (2, 1)}),
    ("ConvTranspose3d", (2, 3, 2), {"padding": (1, 0, 1)}),
]


@pytest.mark.parametrize(("name", "arguments", "options"), LAYERS, ids=str)
def test_layers(name, arguments, options):
    layers = trained(name, *arguments, **options)
    x = numbers(3, arguments[0], *[4] * int(name[-2]))
    check(*layers, x, scale=100.0)
    check(*layers, x[0], scale=100.0)


@same_script
def test_first_weights_and_text(torch):
    seen = []
    for name, arguments, options in LAYERS:
        torch.manual_seed(1)
        layer = getattr(torch.nn, name)(*arguments, **options)
        seen.append((layer.state_dict(), repr(layer), torch.rand(1), layer.output_padding))
    return seen


@same_script
def test_output_size(torch):
    layer = torch.nn.ConvTranspose2d(3, 2, 3, stride=2)
    batch, one = torch.ones(2, 3, 4, 4), torch.ones(3, 4, 4)
    return [
        list(layer(batch, output_size=(9, 10)).shape),
        list(layer(batch, output_size=[2, 2, 10, 9]).shape),
        list(layer(one, output_size=(2, 9, 10)).shape),
        error(torch, lambda: layer(batch, output_size=(11, 10))),
        error(torch, lambda: layer(batch, output_size=(8, 10))),
        error(torch, lambda: layer(batch, output_size=(9, 10, 3))),
        error(torch, lambda: torch.nn.ConvTranspose2d(3, 2, 3, padding_mode="reflect")),
        error(torch, lambda: torch.nn.ConvTranspose2d(3, 2, 3, groups=2)),
    ]

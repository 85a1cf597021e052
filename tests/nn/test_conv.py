"""conv1d to conv3d and their layers: values, gradients of gradients, first weights, errors."""

import numpy as np
import pytest
import torch

import scratch
from tests.checker import check, check_error, sweep
from tests.columns import functional
from tests.mistakes import mistake
from tests.nn.inputs import numbers, rng
from tests.nn.layers import trained
from tests.same_script import error, same_script

# input, weight, options; the bias follows from the weight
SHAPES = [
    ((2, 3, 8), (4, 3, 3), {}),
    ((3, 8), (4, 3, 3), {"stride": 2, "padding": 1}),
    ((2, 4, 9), (6, 2, 2), {"groups": 2, "dilation": 3}),
    ((1, 1, 1), (1, 1, 1), {}),
    ((2, 3, 8, 7), (4, 3, 3, 2), {}),
    ((17, 3, 6, 5), (4, 3, 3, 3), {"padding": 1}),
    ((3, 8, 7), (4, 3, 3, 2), {"stride": (2, 1), "padding": (0, 2)}),
    ((2, 4, 9, 9), (4, 1, 3, 3), {"groups": 4, "padding": 1}),
    ((2, 4, 9, 9), (8, 1, 3, 3), {"groups": 4, "stride": 2}),
    ((2, 4, 9, 9), (6, 2, 3, 3), {"groups": 2, "dilation": (2, 1), "stride": (1, 3)}),
    ((3, 5, 4, 6), (7, 5, 1, 1), {}),
    ((3, 6, 5, 6), (4, 3, 1, 1), {"stride": 2, "groups": 2}),
    ((3, 6, 3, 3), (40, 6, 1, 1), {}),
    ((2, 3, 5, 5), (2, 3, 1, 1), {"padding": 1}),
    ((2, 3, 5, 5), (2, 3, 5, 5), {}),
    ((2, 3, 6, 7), (2, 3, 3, 5), {"padding": "same"}),
    ((2, 3, 6, 7), (2, 3, 4, 3), {"padding": "same", "dilation": (1, 2)}),
    ((2, 3, 6, 7), (2, 3, 3, 3), {"padding": "valid", "stride": [2]}),
    ((0, 3, 6, 7), (2, 3, 3, 3), {}),
    ((2, 2, 4, 5, 6), (3, 2, 2, 3, 2), {"padding": (1, 0, 1), "stride": (1, 2, 1)}),
    ((2, 4, 5, 4), (4, 1, 3, 3, 3), {"groups": 2, "padding": 1}),
]


@pytest.mark.parametrize(("x", "weight", "options"), SHAPES, ids=str)
@pytest.mark.parametrize("kind", ["f4", "f8"])
@pytest.mark.filterwarnings("ignore:Using padding=")  # what torch says of an even kernel
def test_values_and_gradients(x, weight, options, kind):
    arrays = [numbers(*shape, dtype=kind) for shape in (x, weight, weight[:1])]
    three = functional(f"conv{len(weight) - 2}d")
    check(*three, *arrays, scale="terms", second=True, **options)
    check(*three, *arrays[:2], scale="terms", **options)


def test_layouts_and_unusual_numbers():
    sweep(
        *functional("conv2d"), ((2, 3, 5, 6), (4, 3, 2, 3), (4,)), scale="terms", specials=("nan",)
    )
    sweep(*functional("conv1d"), ((2, 3, 5), (4, 3, 2), (4,)), scale="terms", specials=("zeros",))


@pytest.mark.parametrize(
    ("x", "weight"),
    [
        ((40, 8, 20, 20), (8, 8, 5, 5)),
        ((2, 16, 90, 90), (8, 16, 3, 3)),
        ((1, 3, 64, 64), (4, 3, 7, 7)),
    ],
)
def test_several_blocks(x, weight):
    """More columns than are written at a time: by images, by rows, both."""
    arrays = [numbers(*shape, dtype="f4") for shape in (x, weight)]
    check(*functional("conv2d"), *arrays, scale="terms", padding=1)


@same_script(rtol=2e-3, atol=2e-3)
def test_other_dtypes(torch):
    torch.manual_seed(0)
    conv = torch.nn.functional.conv2d
    x, w = torch.randint(-5, 5, (2, 3, 6, 6)), torch.randint(-5, 5, (4, 3, 3, 3))
    return [
        conv(x, w),
        conv(x.int(), w.int(), padding=1),
        conv(x.half() / 4, w.half() / 4),
        error(torch, lambda: conv(x.bool(), w.bool())),
        error(torch, lambda: conv(x, w.float())),
        error(torch, lambda: conv(x.float(), w)),
        error(torch, lambda: conv(x.float(), w.double())),
        error(torch, lambda: conv(x.float(), w.float(), torch.ones(4).double())),
    ]


@pytest.mark.parametrize("kind", ["int32", "int16", "int8", "uint8", "int64"])
def test_integers(kind):
    """torch takes all of them, but for dilated and transposed convolutions only int64."""
    arrays = [rng.integers(0, 5, shape).astype(kind) for shape in [(2, 2, 6), (2, 2, 3)]]
    check(*functional("conv1d"), *arrays, exact=True)
    for name, options in (("conv1d", {"dilation": 2}), ("conv_transpose1d", {})):
        if kind == "int64":
            check(*functional(name), *arrays, exact=True, **options)
        else:
            ours, _, builtin = functional(name)
            check_error(ours, None, builtin, *arrays, match=kind, **options)


@pytest.mark.filterwarnings("ignore:Using padding=")
def test_graph():
    def walk(node):
        return [node.name(), [walk(n) for n, _ in node.next_functions if n]]

    def names(torch):
        conv, ones = torch.nn.functional.conv2d, torch.ones
        w, b = ones(2, 1, 2, 2, requires_grad=True), ones(2, requires_grad=True)
        x = ones(1, 4, 4, requires_grad=True)
        return [
            walk(y.grad_fn)
            for y in (
                conv(x[None].detach().requires_grad_(), w, b),
                conv(x, w),
                conv(x, w.detach(), padding="same"),
                torch.nn.Conv2d(1, 2, 3, padding=1, padding_mode="reflect")(x),
                torch.nn.Conv2d(1, 2, 3, padding=1, padding_mode="replicate")(x),
            )
        ]

    assert names(scratch) == names(torch)


@same_script
def test_wrong_arguments(torch):
    conv, ones = torch.nn.functional.conv2d, torch.ones
    x, w = ones(2, 4, 8, 8), ones(4, 4, 3, 3)
    scripts = [
        lambda: conv(ones(2, 3, 8, 8), w),
        lambda: conv(ones(8, 8), w),
        lambda: conv(ones(1, 1, 4, 8, 8), w),
        lambda: conv(x, ones(4, 4, 3)),
        lambda: conv(x, ones(4, 4, 9, 3)),
        lambda: conv(x, ones(4, 4, 3, 3), dilation=4),
        lambda: conv(x, w, groups=3),
        lambda: conv(x, ones(3, 2, 3, 3), groups=2),
        lambda: conv(x, w, groups=0),
        lambda: conv(x, w, ones(5)),
        lambda: conv(x, w, ones(4, 1)),
        lambda: conv(x, w, stride=0),
        lambda: conv(x, w, padding=-1),
        lambda: conv(x, w, dilation=0),
        lambda: conv(x, w, stride=(1, 2, 3)),
        lambda: conv(x, w, stride=2.0),
        lambda: conv(x, w, stride=True),
        lambda: conv(x, w, padding="same", stride=2),
        lambda: conv(x, w, padding="full"),
        lambda: conv([1.0], w),
        lambda: conv(x, None),
        lambda: conv(x, w, 2.0),
        lambda: conv(ones(2, 4, 0, 8), w),
        lambda: conv(ones(2, 4, 0, 8), w, padding=2),
        lambda: conv(ones(0, 4, 2, 2), w),
        lambda: conv(x, ones(0, 4, 3, 3)),
    ]
    return [error(torch, script) for script in scripts]


def test_the_message_does_the_sum():
    sizes = [(2, 3, 8, 4), (4, 3, 3, 3)]
    says = r"floor\(\(4 \+ 2\*1 - 3\*\(3 - 1\) - 1\) / 2\) \+ 1 = 0"
    three = functional("conv2d")
    arrays = [numbers(*shape) for shape in sizes]
    check_error(three[0], None, three[2], *arrays, padding=1, dilation=3, stride=2, match=says)


@mistake("in_channels is 3", r"input\[4, 28, 28, 3\] to have 3 channels, but got 28")
def test_channels_last(torch):
    torch.nn.Conv2d(3, 6, 5)(torch.ones(4, 28, 28, 3))


@mistake("Kernel size: \\(5 x 5\\)", "= 0")
def test_image_too_small(torch):
    torch.nn.Sequential(torch.nn.Conv2d(1, 6, 5), torch.nn.Conv2d(6, 16, 5))(torch.ones(1, 1, 8, 8))


# ---- the layers -----------------------------------------------------------------------------

LAYERS = [
    ("Conv1d", (2, 4, 3), {}),
    ("Conv2d", (2, 4, (3, 2)), {"stride": 2, "bias": False}),
    ("Conv2d", (4, 6, 3), {"groups": 2, "padding": "same", "dilation": 2}),
    ("Conv2d", (4, 2, [3, 2]), {"padding": 1, "padding_mode": "reflect"}),
    ("Conv2d", (4, 2, 4), {"padding": "same", "padding_mode": "circular"}),
    ("Conv1d", (4, 2, 3), {"padding": 2, "padding_mode": "replicate", "stride": 2}),
    ("Conv3d", (2, 3, 2), {"padding": (1, 0, 1), "padding_mode": "circular"}),
    ("Conv3d", (2, 2, 2), {"padding": "valid", "padding_mode": "reflect"}),
]


@pytest.mark.parametrize(("name", "arguments", "options"), LAYERS, ids=str)
def test_layers(name, arguments, options):
    """First weights are torch's bits; then output and gradients agree."""

    layers = trained(name, *arguments, **options)
    x = numbers(3, arguments[0], *[6] * int(name[-2]))
    check(*layers, x, scale=1000.0)
    check(*layers, x[0], scale=1000.0)


@same_script
def test_first_weights_text_and_state(torch):
    seen = []
    for name, arguments, options in LAYERS:
        torch.manual_seed(1)
        layer = getattr(torch.nn, name)(*arguments, **options)
        seen.append((layer.state_dict(), repr(layer), torch.rand(1)))
        names = "kernel_size stride padding dilation groups padding_mode transposed output_padding"
        seen.append([str(getattr(layer, name)) for name in names.split()])
    return seen


@same_script
def test_wrong_layers(torch):
    conv = torch.nn.Conv2d
    scripts = [
        lambda: conv(3, 4, 3, groups=2),
        lambda: conv(4, 3, 3, groups=2),
        lambda: conv(4, 3, 3, groups=0),
        lambda: conv(4, 3, 3, padding="x"),
        lambda: conv(4, 3, 3, padding="same", stride=2),
        lambda: conv(4, 3, 3, padding_mode="x"),
        lambda: conv(4, 3, -3),
        lambda: conv(4, 3, 3.0),
        lambda: conv(4, 3, 3, padding_mode="reflect", padding=5)(torch.ones(2, 4, 4, 4)),
        lambda: conv(4, 3),
        lambda: conv(4, 3, 3)(torch.ones(4, 4)),
    ]
    return [error(torch, script) for script in scripts]


@pytest.mark.parametrize("name", ["Conv1d", "Conv2d", "Conv3d"])
def test_state_dicts_cross(name):
    ours, theirs = (getattr(column.nn, name)(2, 3, 2) for column in (scratch, torch))
    state = {key: torch.tensor(x.numpy()) for key, x in ours.state_dict().items()}
    theirs.load_state_dict(state)
    ours.load_state_dict({key: scratch.tensor(x.numpy()) for key, x in state.items()})
    x = numbers(2, 2, *[4] * int(name[-2]), dtype="f4")
    expected = theirs(torch.tensor(x)).detach().numpy()
    np.testing.assert_allclose(ours(scratch.tensor(x)).detach().numpy(), expected, 1e-4, 1e-5)


def test_gradcheck():
    shapes = (2, 2, 4), (4, 1, 2), (4,)
    x, w, b = (scratch.tensor(numbers(*shape), requires_grad=True) for shape in shapes)
    options = {"stride": 2, "padding": 1, "groups": 2}
    conv = scratch.nn.functional.conv1d
    assert scratch.autograd.gradcheck(lambda *t: conv(*t, **options), (x, w, b))
    assert scratch.autograd.gradgradcheck(lambda *t: conv(*t, **options), (x, w, b))

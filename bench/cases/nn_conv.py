"""Cases of the convolutions, of padding, and of unfold."""

from bench.cases import Case
from bench.cases.nn import seeded, with_parameters

__all__ = ["CASES"]


def function(name: str, *arguments, **options):
    """A case's function: `nn.functional.<name>` of its tensors and these arguments."""

    def call(torch, *tensors):
        return getattr(torch.nn.functional, name)(*tensors, *arguments, **options)

    return call


def conv(name: str, shapes: list, title: str, **options) -> Case:
    """A convolution of an image, weights and perhaps a bias."""
    lesson = "nn/conv_transpose" if "transpose" in name else "nn/conv"
    return Case(lesson, title, function(name, **options), shapes, scale="terms", second=True)


IMAGE = (2, 4, 7, 6)

CASES = [
    # --- conv ---
    conv("conv1d", [(2, 3, 8), (4, 3, 3), (4,)], "lines"),
    conv("conv2d", [IMAGE, (5, 4, 3, 3), (5,)], "images"),
    conv("conv2d", [IMAGE[1:], (5, 4, 3, 3), (5,)], "one image"),
    conv("conv2d", [IMAGE, (5, 4, 3, 2)], "steps and zeros", stride=(2, 1), padding=(1, 2)),
    conv("conv2d", [IMAGE, (5, 4, 3, 3), (5,)], "same size", padding="same", dilation=2),
    conv("conv2d", [IMAGE, (6, 2, 3, 3), (6,)], "two groups", groups=2),
    conv("conv2d", [IMAGE, (4, 1, 3, 3), (4,)], "depthwise", groups=4, padding=1),
    conv("conv2d", [IMAGE, (5, 4, 1, 1), (5,)], "pixel by pixel"),
    conv("conv3d", [(2, 2, 3, 4, 4), (3, 2, 2, 2, 2), (3,)], "volumes"),
    Case(
        "nn/conv",
        "the layer",
        with_parameters(lambda torch: torch.nn.Conv2d(4, 5, 3, padding=1), "weight", "bias"),
        [IMAGE, (5, 4, 3, 3), (5,), (2, 5, 7, 6)],
        fixed=(1, 2, 3),
        scale="terms",
    ),
    Case(
        "nn/conv",
        "initial weights",
        seeded(lambda torch: torch.nn.Conv2d(3, 7, (3, 5))),
        [],
        exact=True,
        dtypes=("float32",),
    ),
    # --- conv_transpose ---
    conv("conv_transpose1d", [(2, 3, 8), (3, 4, 3), (4,)], "lines"),
    conv("conv_transpose2d", [IMAGE, (4, 3, 3, 3), (3,)], "images"),
    conv(
        "conv_transpose2d",
        [IMAGE, (4, 3, 3, 3), (6,)],
        "steps, groups",
        stride=2,
        padding=1,
        output_padding=1,
        groups=2,
    ),
    conv("conv_transpose3d", [(2, 2, 3, 3, 2), (2, 3, 2, 2, 2)], "volumes", stride=2),
    Case(
        "nn/conv_transpose",
        "initial weights",
        seeded(lambda torch: torch.nn.ConvTranspose2d(4, 6, 3, groups=2)),
        [],
        exact=True,
        dtypes=("float32",),
    ),
    # --- padding ---
    Case(
        "nn/padding",
        "constant",
        function("pad", (1, 2, -1, 3), value=2.5),
        [(2, 3, 4)],
        exact=True,
        second=True,
    ),
    *(
        Case(
            "nn/padding",
            mode,
            function("pad", (1, 3, 2, 0), mode),
            [(2, 3, 4, 5)],
            exact="values",
            scale="terms",
            second=True,
        )
        for mode in ("reflect", "replicate", "circular")
    ),
    # --- unfold ---
    Case(
        "nn/unfold",
        "unfold",
        function("unfold", (3, 2), padding=1, stride=2),
        [IMAGE],
        exact="values",
        scale="terms",
        second=True,
    ),
    Case(
        "nn/unfold",
        "fold",
        function("fold", (4, 5), (2, 3)),
        [(2, 12, 9)],
        scale="terms",
        second=True,
    ),
    Case(
        "nn/unfold",
        "a convolution",
        lambda torch, x, w: w.reshape(5, -1) @ torch.nn.functional.unfold(x, 3),
        [IMAGE, (5, 4, 3, 3)],
        scale="terms",
    ),
]

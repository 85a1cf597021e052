"""Cases of pooling and upsampling."""

from bench.cases import Case
from bench.cases.nn import layer

__all__ = ["CASES"]


CASES = [
    # --- pooling ---
    Case("nn/pooling", "MaxPool1d", layer("MaxPool1d", 3), [(2, 3, 10)], exact=True, second=True),
    Case("nn/pooling", "MaxPool2d", layer("MaxPool2d", 2), [(2, 3, 8, 8)], exact=True, second=True),
    Case(
        "nn/pooling",
        "MaxPool2d, overlapping, padded",
        layer("MaxPool2d", 3, 2, 1),
        [(2, 3, 9, 8)],
        exact=True,
    ),
    Case(
        "nn/pooling",
        "MaxPool2d, dilated, with indices",
        layer("MaxPool2d", 2, 1, dilation=2, return_indices=True),
        [(2, 3, 7, 7)],
        exact=True,
    ),
    # --- average_pooling ---
    Case("nn/average_pooling", "AvgPool1d", layer("AvgPool1d", 3), [(2, 3, 10)], exact=True),
    Case(
        "nn/average_pooling",
        "AvgPool2d",
        layer("AvgPool2d", 2),
        [(2, 3, 8, 8)],
        exact=True,
        second=True,
    ),
    Case(
        "nn/average_pooling",
        "AvgPool2d, overlapping, padded",
        layer("AvgPool2d", 3, 2, 1, count_include_pad=False),
        [(2, 3, 9, 8)],
        exact=True,
    ),
    Case("nn/average_pooling", "LPPool2d", layer("LPPool2d", 2, 2), [(2, 3, 8, 8)], "positive"),
    # --- adaptive_pooling ---
    Case(
        "nn/adaptive_pooling",
        "AdaptiveAvgPool2d, one a channel",
        layer("AdaptiveAvgPool2d", 1),
        [(2, 3, 8, 8)],
        scale="terms",
    ),
    Case(
        "nn/adaptive_pooling",
        "AdaptiveAvgPool2d, unequal windows",
        layer("AdaptiveAvgPool2d", (3, 5)),
        [(2, 3, 8, 7)],
        scale="terms",
        second=True,
    ),
    Case(
        "nn/adaptive_pooling",
        "AdaptiveMaxPool2d",
        layer("AdaptiveMaxPool2d", (3, 5), return_indices=True),
        [(2, 3, 8, 7)],
        exact="values",
    ),
    # --- upsampling ---
    Case(
        "nn/upsampling",
        "nearest",
        layer("Upsample", scale_factor=2),
        [(2, 3, 4, 5)],
        exact="values",
        second=True,
    ),
    Case(
        "nn/upsampling",
        "nearest, another size",
        layer("Upsample", size=(7, 3)),
        [(2, 3, 4, 5)],
        exact="values",
    ),
    Case(
        "nn/upsampling",
        "bilinear",
        layer("Upsample", scale_factor=2, mode="bilinear"),
        [(2, 3, 4, 5)],
        scale="terms",
        second=True,
    ),
    Case(
        "nn/upsampling",
        "bilinear, align_corners",
        layer("UpsamplingBilinear2d", size=(7, 9)),
        [(2, 3, 4, 5)],
        scale="terms",
    ),
    Case(
        "nn/upsampling",
        "bicubic",
        layer("Upsample", scale_factor=1.7, mode="bicubic"),
        [(2, 3, 4, 5)],
        scale="terms",
    ),
]

"""Upsampling: images of another size, larger mostly; and pixels made of channels.

The place of each pixel of the result lies somewhere in the input. ``nearest`` copies the pixel that
is there; ``bilinear`` mixes the four around it, the nearer the stronger; ``bicubic`` sixteen. All
are weighted sums, so that a gradient goes back with the same weights.
"""

from __future__ import annotations

import warnings

import numpy

from ..autograd import Rule
from ..ops._operands import need_tensors
from ..tensor import Tensor
from ._resizing import Tap, put_back, resized, taps
from .adaptive_pooling import adaptive_avg_pool1d, adaptive_avg_pool2d
from .module import Module

__all__ = ["Upsample", "UpsamplingNearest2d", "UpsamplingBilinear2d"]

Sizes = int | tuple[int, ...] | None
Factors = float | tuple[float, ...] | None


class Resize(Rule):
    """y_i = sum over t of w_ti x[k_ti]        dx = zeros, but dx[k_ti] += w_ti dy_i"""

    @staticmethod
    def forward(ctx, x, axes):
        ctx.axes, ctx.sizes = axes, x.shape[2:]
        return resized(x, axes)

    @staticmethod
    def backward(ctx, dy):
        if isinstance(dy, Tensor):
            return ResizeBackward.apply(dy, ctx.axes, ctx.sizes), None
        return put_back(dy, ctx.axes, ctx.sizes), None


class ResizeBackward(Rule):
    """y = zeros, but y[k_ti] += w_ti x_i        dx_i = sum over t of w_ti dy[k_ti]"""

    @staticmethod
    def forward(ctx, x, axes, sizes):
        ctx.axes = axes
        return put_back(x, axes, sizes)

    @staticmethod
    def backward(ctx, dy):
        dx = Resize.apply(dy, ctx.axes) if isinstance(dy, Tensor) else resized(dy, ctx.axes)
        return dx, None, None


class UpsampleNearest1D(Resize):
    """y_i = x[k_i]        dx = zeros, but dx[k_i] += dy_i"""


class UpsampleNearest2D(Resize):
    """y_ij = x[k_i, l_j]        dx = zeros, but dx[k_i, l_j] += dy_ij"""


class UpsampleNearest3D(Resize):
    """y_ijh = x[k_i, l_j, m_h]        dx = zeros, but dx[k_i, l_j, m_h] += dy_ijh"""


class UpsampleNearestExact1D(Resize):
    """y_i = x[k_i]        dx = zeros, but dx[k_i] += dy_i"""


class UpsampleNearestExact2D(Resize):
    """y_ij = x[k_i, l_j]        dx = zeros, but dx[k_i, l_j] += dy_ij"""


class UpsampleNearestExact3D(Resize):
    """y_ijh = x[k_i, l_j, m_h]        dx = zeros, but dx[k_i, l_j, m_h] += dy_ijh"""


class UpsampleLinear1D(Resize):
    """y_i = (1 - a) x[k_i] + a x[k_i + 1]        dx[k_i] += (1 - a) dy_i,  dx[k_i + 1] += a dy_i"""


class UpsampleBilinear2D(Resize):
    """y = the 4 x around, weighted        dx += the weights times dy, at those 4 places"""


class UpsampleTrilinear3D(Resize):
    """y = the 8 x around, weighted        dx += the weights times dy, at those 8 places"""


class UpsampleBicubic2D(Resize):
    """y = the 16 x around, weighted        dx += the weights times dy, at those 16 places"""


RULES = {
    ("nearest", 1): UpsampleNearest1D,
    ("nearest", 2): UpsampleNearest2D,
    ("nearest", 3): UpsampleNearest3D,
    ("nearest-exact", 1): UpsampleNearestExact1D,
    ("nearest-exact", 2): UpsampleNearestExact2D,
    ("nearest-exact", 3): UpsampleNearestExact3D,
    ("linear", 1): UpsampleLinear1D,
    ("bilinear", 2): UpsampleBilinear2D,
    ("trilinear", 3): UpsampleTrilinear3D,
    ("bicubic", 2): UpsampleBicubic2D,
}
NEEDS = {"linear": 3, "bilinear": 4, "trilinear": 5}  # dimensions
UNALIGNED = ("nearest", "nearest-exact", "area")  # which know no align_corners


def interpolate(
    input: Tensor,
    size: Sizes = None,
    scale_factor: Factors = None,
    mode: str = "nearest",
    align_corners: bool | None = None,
    recompute_scale_factor: bool | None = None,
    antialias: bool = False,
) -> Tensor:
    """The image in another size; either the size is given, or the factor.

    Args:
        input: a batch (N, C, L), (N, C, H, W) or (N, C, D, H, W)
        size: of the result, a number a dimension or one for all
        scale_factor: by what to multiply the size, likewise; the result is rounded down
        mode: "nearest", "nearest-exact", "area" (means); "linear" for (N, C, L), "bilinear" or
            "bicubic" for (N, C, H, W), "trilinear" for (N, C, D, H, W)
        align_corners: whether the first and the last pixels' middles stay where they are, for the
            modes that mix; otherwise their outer edges do. Default: False
        recompute_scale_factor: whether to compute with the ratio of the sizes, rather than with
            the scale_factor. Default: False
        antialias: not available

    Examples:
        >>> x = torch.tensor([[[1.0, 2.0]]])
        >>> torch.nn.functional.interpolate(x, scale_factor=2)
        tensor([[[1., 1., 2., 2.]]])
        >>> torch.nn.functional.interpolate(x, size=4, mode="linear")
        tensor([[[1.0000, 1.2500, 1.7500, 2.0000]]])
    """
    if mode in UNALIGNED and align_corners is not None:
        raise ValueError(
            f"align_corners is for the modes that mix pixels (linear, bilinear, bicubic, "
            f"trilinear), not for {mode}: leave it out"
        )
    shape = tuple(input.shape)
    sizes, factors = _sizes(shape[2:], size, scale_factor)
    if recompute_scale_factor and size is not None:
        raise ValueError("recompute_scale_factor needs a scale_factor, and a size was given")
    if sizes is None:
        sizes = tuple(int(n * factor) for n, factor in zip(shape[2:], factors, strict=True))
    if recompute_scale_factor or mode == "area" or factors is None:
        factors = [None] * len(sizes)
    if antialias:
        raise _no_antialias(mode, len(shape))
    if mode == "area" and len(shape) in (3, 4):
        return (adaptive_avg_pool1d, adaptive_avg_pool2d)[len(shape) - 3](input, sizes)
    rule = RULES.get((mode, len(sizes)))
    if rule is None:
        raise _wrong_dimensions(mode, len(shape))
    _check(mode, input, sizes)
    if mode == "nearest" and len(sizes) == 2:  # in two dimensions, not in one or three
        same = [m in (n, 2 * n) for n, m in zip(shape[2:], sizes, strict=True)]
        factors = [None if exact else f for exact, f in zip(same, factors, strict=True)]
    kind = numpy.float64 if input.array.dtype == numpy.float64 else numpy.float32
    kernel = mode if mode in UNALIGNED else "cubic" if mode == "bicubic" else "linear"
    axes: tuple[list[Tap], ...] = tuple(
        taps(kernel, n, m, factor, bool(align_corners), kind)
        for n, m, factor in zip(shape[2:], sizes, factors, strict=True)
    )
    return rule.apply(input, axes)


def upsample(
    input: Tensor,
    size: Sizes = None,
    scale_factor: Factors = None,
    mode: str = "nearest",
    align_corners: bool | None = None,
) -> Tensor:
    """The old name of ``interpolate``."""
    _warn("upsample")
    return interpolate(input, size, scale_factor, mode, align_corners)


def upsample_nearest(input: Tensor, size: Sizes = None, scale_factor: Factors = None) -> Tensor:
    """An old name of ``interpolate(mode="nearest")``."""
    _warn("upsample_nearest")
    return interpolate(input, size, scale_factor, mode="nearest")


def upsample_bilinear(input: Tensor, size: Sizes = None, scale_factor: Factors = None) -> Tensor:
    """An old name of ``interpolate(mode="bilinear", align_corners=True)``."""
    _warn("upsample_bilinear")
    return interpolate(input, size, scale_factor, mode="bilinear", align_corners=True)


class Upsample(Module):
    """y = the image in another size; either ``size`` or ``scale_factor`` says which

    Args:
        size: of the result, a number a dimension or one for all
        scale_factor: by what to multiply the size, likewise
        mode: "nearest", "linear", "bilinear", "bicubic", "trilinear", ...: see ``interpolate``
        align_corners: whether the first and the last pixels' middles stay where they are
        recompute_scale_factor: whether to compute with the ratio of the sizes

    Shape:
        input (N, C, L), (N, C, H, W) or (N, C, D, H, W), output with floor(L scale_factor), ...

    Examples:
        >>> x = torch.arange(1.0, 5.0).view(1, 1, 2, 2)
        >>> torch.nn.Upsample(scale_factor=2)(x)
        tensor([[[[1., 1., 2., 2.],
                  [1., 1., 2., 2.],
                  [3., 3., 4., 4.],
                  [3., 3., 4., 4.]]]])
    """

    def __init__(
        self,
        size: Sizes = None,
        scale_factor: Factors = None,
        mode: str = "nearest",
        align_corners: bool | None = None,
        recompute_scale_factor: bool | None = None,
    ):
        super().__init__()
        self.name = type(self).__name__
        self.size = size
        if isinstance(scale_factor, tuple):
            self.scale_factor = tuple(float(factor) for factor in scale_factor)
        else:
            self.scale_factor = float(scale_factor) if scale_factor else None
        self.mode = mode
        self.align_corners = align_corners
        self.recompute_scale_factor = recompute_scale_factor

    def forward(self, input: Tensor) -> Tensor:
        """The image in another size."""
        how = self.mode, self.align_corners, self.recompute_scale_factor
        return interpolate(input, self.size, self.scale_factor, *how)

    def extra_repr(self) -> str:
        """The size or the factor, and the mode."""
        if self.scale_factor is not None:
            return f"scale_factor={self.scale_factor!r}, mode={self.mode!r}"
        return f"size={self.size!r}, mode={self.mode!r}"


class UpsamplingNearest2d(Upsample):
    """y = the image in another size, each pixel a copy of the one that is there

    Args:
        size: height and width of the result, one number if they are the same
        scale_factor: by what to multiply height and width
    """

    def __init__(self, size: Sizes = None, scale_factor: Factors = None):
        super().__init__(size, scale_factor, mode="nearest")


class UpsamplingBilinear2d(Upsample):
    """y = the image in another size, pixels mixed, the corners left where they are

    Args:
        size: height and width of the result, one number if they are the same
        scale_factor: by what to multiply height and width
    """

    def __init__(self, size: Sizes = None, scale_factor: Factors = None):
        super().__init__(size, scale_factor, mode="bilinear", align_corners=True)


# ---- what may be wrong --------------------------------------------------------------------------


def _sizes(shape: tuple, size: Sizes, scale_factor: Factors) -> tuple:
    """The sizes or the factors, one a dimension, and None for the others."""
    if (size is None) == (scale_factor is None):
        raise ValueError("interpolate() needs either a size or a scale_factor, and not both")
    given = scale_factor if size is None else size
    if isinstance(given, (tuple, list)):
        if len(given) != len(shape):
            raise ValueError(
                f"interpolate() got {len(given)} numbers, {given}, for an input with "
                f"{len(shape)} spatial dimensions: {list(shape)}. The first two dimensions are the "
                f"batch and the channels"
            )
    else:
        given = [given] * len(shape)
    if size is None:
        return None, [float(factor) for factor in given]
    if not all(hasattr(n, "__index__") and not isinstance(n, bool) for n in given):
        kinds = [type(n).__name__ for n in given]
        raise TypeError(f"interpolate(): size should be whole numbers, but they are {kinds}")
    return tuple(given), None


def _check(mode: str, x: Tensor, sizes: tuple) -> None:
    need_tensors("interpolate", input=x)
    shape, kind = x.array.shape, x.array.dtype
    if 0 in shape[1:] or min(sizes) <= 0:
        raise RuntimeError(
            f"interpolate(): input and output sizes should be greater than 0, but got an input of "
            f"shape {list(shape)} for a size of {list(sizes)}"
        )
    if kind.kind != "f" and not (kind == numpy.uint8 and mode in UNALIGNED):
        raise NotImplementedError(
            f"interpolate(mode={mode!r}) is not implemented for {x.dtype}: convert it with .float()"
        )


def _wrong_dimensions(mode: str, ndim: int) -> NotImplementedError:
    if mode in NEEDS and ndim in (3, 4, 5):
        return NotImplementedError(
            f"Got {ndim}D input, but {mode} mode needs {NEEDS[mode]}D input: the dimensions are "
            f"batch, channels, and what is resized"
        )
    return NotImplementedError(
        f"interpolate() takes 3D, 4D and 5D input in the modes nearest, nearest-exact, linear, "
        f"bilinear, bicubic, trilinear and area, but got {ndim}D input and mode {mode!r}"
    )


def _no_antialias(mode: str, ndim: int) -> Exception:
    if mode not in ("bilinear", "bicubic", "lanczos") or ndim != 4:
        return ValueError("antialias needs 4D input and mode bilinear, bicubic or lanczos")
    return NotImplementedError("interpolate() has no antialias: blur the image before, or use area")


def _warn(name: str) -> None:
    warnings.warn(
        f"nn.functional.{name} is deprecated: use nn.functional.interpolate", stacklevel=3
    )

"""A kernel slides over an image: what it sees at every place, and what three sums make of it."""

from __future__ import annotations

import itertools
import math
from typing import NamedTuple

import torch
from torch import Tensor


class Steps(NamedTuple):
    """How a kernel goes over an image: one number a dimension, but for the groups."""

    stride: tuple[int, ...]
    padding: tuple[int, ...]
    dilation: tuple[int, ...]
    groups: int = 1


def places(sizes: tuple, kernel: tuple, steps: Steps) -> tuple[int, ...]:
    """How many places a kernel has in an image, for each dimension."""
    return tuple(
        (n + 2 * padding - dilation * (k - 1) - 1) // stride + 1
        for n, k, stride, padding, dilation in zip(sizes, kernel, *steps[:3], strict=True)
    )


def windows(x: Tensor, kernel: tuple, steps: Steps, out: tuple | None = None) -> Tensor:
    """What the kernel sees at each place: N, C, *kernel, *places. A view of the padded image."""
    x = padded(x, steps.padding)
    n = len(kernel)
    out = out or places(x.shape[2:], kernel, steps._replace(padding=(0,) * n))
    far = x.stride()[2:]
    within = [step * dilation for step, dilation in zip(far, steps.dilation, strict=True)]
    between = [step * stride for step, stride in zip(far, steps.stride, strict=True)]
    return x.as_strided((*x.shape[:2], *kernel, *out), (*x.stride()[:2], *within, *between))


def put_back(columns: Tensor, sizes: tuple, steps: Steps) -> Tensor:
    """Windows (N, C, *kernel, *places) added to the image whose pixels they show: N, C, *sizes."""
    n = len(sizes)
    kernel, out = columns.shape[2 : 2 + n], columns.shape[2 + n :]
    image = columns.new_zeros((*columns.shape[:2], *enlarged(sizes, steps.padding)))
    for offset in itertools.product(*map(range, kernel)):
        seen = [
            slice(k * dilation, k * dilation + (count - 1) * stride + 1, stride)
            for k, count, stride, dilation in zip(
                offset, out, steps.stride, steps.dilation, strict=True
            )
        ]
        image[(..., *seen)] += columns[(slice(None), slice(None), *offset)]
    return image[(..., *inner(steps.padding, sizes))].contiguous().data  # not as a view


def padded(x: Tensor, padding: tuple[int, ...]) -> Tensor:
    """Zeros around the last dimensions."""
    if not any(padding):
        return x
    y = x.new_zeros((*x.shape[: -len(padding)], *enlarged(x.shape[-len(padding) :], padding)))
    y[(..., *inner(padding, x.shape[-len(padding) :]))] = x
    return y


def enlarged(sizes: tuple, padding: tuple) -> tuple[int, ...]:
    """The sizes with the padding on both sides."""
    return tuple(n + 2 * p for n, p in zip(sizes, padding, strict=True))


def inner(padding: tuple, sizes: tuple) -> tuple[slice, ...]:
    """Where in the padded image the image is."""
    return tuple(slice(p, p + n) for p, n in zip(padding, sizes, strict=True))


# ---- the three sums: g is a group, c and o are its channels, k the kernel, p the places ----------


def convolved(x: Tensor, weight: Tensor, steps: Steps, out: tuple | None = None) -> Tensor:
    """y = w columns(x)"""
    columns = windows(x, weight.shape[2:], steps, out)  # N, C, *kernel, *places
    out = columns.shape[weight.dim() :]
    kernel, channels = math.prod(weight.shape[2:]), weight.shape[1]
    columns = columns.reshape(len(x), steps.groups, channels, kernel, math.prod(out))
    y = torch.einsum("ngckp,gock->ngop", columns, grouped(weight, steps))
    return y.reshape(len(x), len(weight), *out).data  # not as a view: a layer may write over it


def transposed(dy: Tensor, weight: Tensor, sizes: tuple, steps: Steps) -> Tensor:
    """dx = put back (w^T dy), an image of these sizes"""
    out = dy.shape[2:]
    dy = dy.reshape(len(dy), steps.groups, dy.shape[1] // steps.groups, math.prod(out))
    columns = torch.einsum("ngop,gock->ngckp", dy, grouped(weight, steps))
    channels = weight.shape[1] * steps.groups
    return put_back(columns.reshape(len(dy), channels, *weight.shape[2:], *out), sizes, steps)


def correlated(x: Tensor, dy: Tensor, kernel: tuple, steps: Steps) -> Tensor:
    """dw = dy columns(x)^T"""
    columns = windows(x, kernel, steps, dy.shape[2:])
    groups, channels, outputs = steps.groups, x.shape[1] // steps.groups, dy.shape[1]
    pixels = math.prod(dy.shape[2:])
    columns = columns.reshape(len(x), groups, channels, math.prod(kernel), pixels)
    dy = dy.reshape(len(dy), groups, outputs // groups, pixels)
    dweight = torch.einsum("ngop,ngckp->gock", dy, columns)
    return dweight.reshape(outputs, channels, *kernel)


def grouped(weight: Tensor, steps: Steps) -> Tensor:
    """Weights as groups, O, C, kernel."""
    kernel = math.prod(weight.shape[2:])
    return weight.reshape(steps.groups, len(weight) // steps.groups, weight.shape[1], kernel)

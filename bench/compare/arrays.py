"""The arrays that comparisons are fed with: random values, memory layouts, and awkward numbers.

Everything is drawn from a `numpy.random.Generator` that the caller seeds, so a failure repeats.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

__all__ = ["DOMAINS", "LAYOUTS", "SPECIALS", "copy", "describe", "draw", "sprinkle"]

Domain = str | Callable[[np.random.Generator, tuple[int, ...]], np.ndarray] | None


def _nonzero(rng: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray:
    return rng.choice([-1.0, 1.0], shape) * (0.25 + rng.exponential(size=shape))


# Where a function is defined. `None` is "real".
DOMAINS: dict[str, Callable[[np.random.Generator, tuple[int, ...]], np.ndarray]] = {
    "real": lambda rng, shape: rng.standard_normal(shape),
    "positive": lambda rng, shape: np.exp(rng.standard_normal(shape)),
    "unit": lambda rng, shape: rng.uniform(0.01, 0.99, shape),
    "nonzero": _nonzero,
    "small": lambda rng, shape: 0.01 * rng.standard_normal(shape),
}


def draw(
    rng: np.random.Generator, shape: tuple[int, ...], dtype: str, domain: Domain = None
) -> np.ndarray:
    """Random values of one domain. Floating values get `dtype`; integers and bools keep theirs."""
    make = domain if callable(domain) else DOMAINS[domain or "real"]
    values = np.asarray(make(rng, shape))
    return values.astype(dtype) if values.dtype.kind == "f" else values


# --- Awkward numbers --------------------------------------------------------------------------


def _denormals(info: np.finfo) -> list[float]:
    least = info.smallest_subnormal
    return [least, -least, 3 * least, info.smallest_normal / 2, -info.smallest_normal / 4]


# Each kind is its own sub-check: one NaN would hide what an infinity next to it does. "huge" stays
# a thousand times below the limit, so that a short sum does not overflow in one order of summation
# and survive in another; squares and exponentials overflow all the same.
SPECIALS: dict[str, Callable[[np.finfo], list[float]]] = {
    "nan": lambda info: [np.nan],
    "inf": lambda info: [np.inf, -np.inf],
    "zeros": lambda info: [0.0, -0.0],
    "ties": lambda info: [0.5, 1.0, -1.0, 2.0],
    "denormal": _denormals,
    "huge": lambda info: [info.max / 1024, -info.max / 1024, info.max / 4096],
    "tiny": lambda info: [info.smallest_normal, -info.smallest_normal, 3 * info.smallest_normal],
}


def sprinkle(
    rng: np.random.Generator, array: np.ndarray, kind: str, domain: Domain = None
) -> np.ndarray | None:
    """A copy in which about half of the elements, at least one, are special numbers of one kind.

    None where nothing can be sprinkled: an integer or empty array, or a domain (such as "unit" for
    infinity, or a callable) that does not contain the numbers.
    """
    if array.dtype.kind != "f" or array.size == 0 or callable(domain):
        return None
    numbers = np.array(SPECIALS[kind](np.finfo(array.dtype)), array.dtype)
    if domain in ("positive", "unit"):
        numbers = np.unique(np.abs(numbers))
    if domain == "unit":
        numbers = numbers[~(numbers > 1)]  # keeps NaN
    if domain == "nonzero":
        numbers = numbers[numbers != 0]
    if len(numbers) == 0:
        return None
    result = array.copy()
    chosen = rng.random(array.shape) < 0.5
    chosen.flat[rng.integers(array.size)] = True
    result[chosen] = rng.choice(numbers, int(chosen.sum()))
    return result


# --- Memory layouts ---------------------------------------------------------------------------


def _transposed(array: np.ndarray) -> np.ndarray | None:
    return np.asfortranarray(array) if array.ndim >= 2 else None


def _strided(array: np.ndarray) -> np.ndarray | None:
    """Every second element of a larger array."""
    if array.ndim == 0:
        return None
    base = np.zeros((*array.shape[:-1], 2 * array.shape[-1]), array.dtype)
    base[..., ::2] = array
    return base[..., ::2]


def _expanded(array: np.ndarray) -> np.ndarray | None:
    """Stride 0: the first row again and again."""
    if array.ndim == 0 or array.shape[0] < 2:
        return None
    return np.broadcast_to(array[:1], array.shape)


# Each returns an array of the same shape in another layout, or None where there is no such layout.
LAYOUTS: dict[str, Callable[[np.ndarray], np.ndarray | None]] = {
    "contiguous": lambda array: array,
    "transposed": _transposed,
    "strided": _strided,
    "expanded": _expanded,
}


def copy(array: np.ndarray) -> np.ndarray:
    """A writable copy with the same strides: a view of a fresh buffer where it is not contiguous.

    Negative strides, which torch does not have, become contiguous.
    """
    if array.flags.c_contiguous or array.size == 0 or any(s < 0 for s in array.strides):
        return np.array(array, order="C")
    steps = [stride // array.itemsize for stride in array.strides]
    extent = 1 + sum((size - 1) * step for size, step in zip(array.shape, steps, strict=True))
    buffer = np.zeros(extent, array.dtype)
    view = np.lib.stride_tricks.as_strided(buffer, array.shape, array.strides)
    view[...] = array
    return view


def describe(array: np.ndarray) -> str:
    """dtype, shape and layout in words: ``float32 (3, 4) transposed``."""
    text = f"{array.dtype} {tuple(array.shape)}"
    if array.flags.c_contiguous:
        return text
    if array.flags.f_contiguous:
        return f"{text} transposed"
    if 0 in array.strides:
        return f"{text} expanded"
    steps = tuple(stride // array.itemsize for stride in array.strides)
    return f"{text} strided {steps}"

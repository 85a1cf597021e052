"""Whether two tensors can be multiplied as matrices, and if not, why."""

from __future__ import annotations

import numpy

from ..tensor import Tensor


def arrays(a: Tensor, b: Tensor, function: str) -> tuple[numpy.ndarray, numpy.ndarray]:
    try:
        return a.array, b.array
    except AttributeError:
        wrong = b if isinstance(a, Tensor) else a
        raise TypeError(
            f"{function}(): arguments must be Tensor, not {type(wrong).__name__}"
        ) from None


def need_dims(function: str, ndim: int, **factors: numpy.ndarray) -> None:
    """RuntimeError unless all these are vectors, matrices, or batches of matrices."""
    for name, x in factors.items():
        if x.ndim != ndim:
            raise RuntimeError(
                f"{function}(): {name} must be {('a vector', 'a matrix', 'a 3D tensor')[ndim - 1]},"
                f" not of shape {list(x.shape)}"
            )


def check_vectors(a: numpy.ndarray, b: numpy.ndarray) -> None:
    if a.ndim != 1 or b.ndim != 1:
        raise RuntimeError(
            f"1D tensors expected, but got {a.ndim}D and {b.ndim}D tensors of shapes "
            f"{list(a.shape)} and {list(b.shape)}"
        )
    if a.shape != b.shape:
        raise RuntimeError(
            f"inconsistent tensor size, expected tensor {list(a.shape)} and src {list(b.shape)} to "
            f"have the same number of elements"
        )
    check_dtypes(a, b)


def check_matrices(a: numpy.ndarray, b: numpy.ndarray) -> None:
    if a.shape[1] != b.shape[0]:
        raise mismatch(a.shape, b.shape)
    if a.dtype is not b.dtype or a.dtype.kind != "f":
        check_dtypes(a, b)


def check_dtypes(a: numpy.ndarray, b: numpy.ndarray) -> None:
    is_batch = a.ndim > 1 and b.ndim > 2
    if a.dtype != b.dtype and not (is_batch and a.dtype.kind == "b"):
        raise RuntimeError(
            f"expected m1 and m2 to have the same dtype, but got: {a.dtype} != {b.dtype}. Convert "
            f"one of them, by .float() say; a product does not promote dtypes"
        )
    if a.dtype.kind == "b" and (a.size and b.size or a.ndim == b.ndim == 1):
        raise NotImplementedError("a product of bool tensors is not implemented: use .float()")


def check_batches(a: tuple[int, ...], b: tuple[int, ...]) -> None:
    try:
        numpy.broadcast_shapes(a[:-2], b[:-2])
    except ValueError:
        raise RuntimeError(
            f"The size of tensor a must match the size of tensor b in the batch dimensions: shapes "
            f"{list(a)} and {list(b)} have batches {list(a[:-2])} and {list(b[:-2])}"
        ) from None


def mismatch(a: tuple[int, ...], b: tuple[int, ...]) -> RuntimeError:
    shapes = " and ".join("x".join(map(str, shape)) for shape in (a, b))
    inner = a[-1], b[-2] if len(b) > 1 else b[0]
    return RuntimeError(
        f"mat1 and mat2 shapes cannot be multiplied ({shapes}): the last size of the first, "
        f"{inner[0]}, has to equal the second's, {inner[1]}"
    )

"""What every function of matrices does first: look at shape and dtype, and say what is wrong."""

from __future__ import annotations

import numpy

from ..tensor import Tensor


class _LinAlgError(RuntimeError):
    """The numbers in a matrix do not allow what was asked: it is singular, say."""


LinAlgError = _LinAlgError  # torch's class bears the underscore too, in tracebacks


def matrices(
    x: Tensor,
    function: str,
    *,
    square: bool = True,
    half: type[Exception] = NotImplementedError,
    integers: type[Exception] = RuntimeError,
    empty: bool = True,
    floating: bool = True,
    name: str = "A",
) -> numpy.ndarray:
    """The tensor's array, if it holds matrices that the function can work on.

    Args:
        x: should be a tensor of float32 or float64
        function: what to call it in messages
        square: whether the matrices have to be
        half: the exception for float16
        integers: the exception for integers and bools
        empty: whether a NotImplementedError is for those alone who have numbers to work on
        floating: whether to look at the dtype, or leave that to the caller
        name: the argument's name
    """
    if not isinstance(x, Tensor):
        raise TypeError(
            f"{function}(): argument '{name}' must be Tensor, not {type(x).__name__}: "
            f"torch.tensor(...) makes one"
        )
    array = x.array
    if array.ndim < 2:
        raise RuntimeError(
            f"{function}: The input tensor {name} must have at least 2 dimensions, as a matrix "
            f"has, but its shape is {list(array.shape)}"
        )
    if square and array.shape[-1] != array.shape[-2]:
        raise RuntimeError(
            f"{function}: {name} must be batches of square matrices, but they are "
            f"{array.shape[-2]} by {array.shape[-1]} matrices: its shape is {list(array.shape)}"
        )
    if floating:
        check_floating(array, function, half, integers, empty)
    return array


def columns(x: numpy.ndarray) -> numpy.ndarray:
    """The matrices with the numbers of a column side by side in memory, as LAPACK leaves them."""
    return x if x.ndim < 2 else numpy.ascontiguousarray(x.mT).mT


def check_floating(
    array: numpy.ndarray,
    function: str,
    half: type[Exception] = NotImplementedError,
    integers: type[Exception] = RuntimeError,
    empty: bool = False,
) -> None:
    """Whether this is float32 or float64; ``empty`` matrices, which LAPACK never sees, need not."""
    idle = empty and not array.size
    if array.dtype.kind != "f" and not (idle and integers is NotImplementedError):
        raise integers(
            f"{function}: Expected a floating point tensor as input, not {array.dtype}: call "
            f".float() first"
        )
    if array.dtype == numpy.float16 and not (idle and half is NotImplementedError):
        raise half(
            f"{function} is not implemented for {array.dtype}: call .float() first, and .half() "
            f"on the result"
        )


def check_same_dtype(a: numpy.ndarray, b: numpy.ndarray, function: str) -> None:
    if a.dtype != b.dtype:
        raise RuntimeError(
            f"{function}: Expected A and B to have the same dtype, but found A of type {a.dtype} "
            f"and B of type {b.dtype} instead"
        )


def check_known(a: numpy.ndarray, function: str) -> None:
    """LinAlgError where there is a NaN."""
    if numpy.isnan(a).any():
        check_finite(a, function)


def check_finite(a: numpy.ndarray, function: str) -> None:
    if not numpy.isfinite(a).all():
        raise LinAlgError(
            f"{function}: The algorithm failed to converge because the input matrix contained "
            f"non-finite values: look for NaN and infinity in it, torch.isfinite(A).all() say"
        )


def failed(info: numpy.ndarray) -> tuple[str, int] | None:
    """Which matrix of a batch failed, in words, and its number in ``info``; None if none did."""
    bad = numpy.flatnonzero(info)
    if not bad.size:
        return None
    which = f" (Batch element {bad[0]}):" if info.ndim else ""
    return which, int(info.reshape(-1)[bad[0]])


def check_regular(info: numpy.ndarray, function: str) -> None:
    """LinAlgError if elimination has met a pivot that is 0."""
    if found := failed(info):
        which, pivot = found
        raise LinAlgError(
            f"{function}:{which} the matrix is singular. Row {pivot} became zeros when elimination "
            f"reached it: the rows depend on each other linearly, so there is no inverse, and "
            f"A x = b has no solution, or many. pinv and lstsq give the nearest thing to one."
        )

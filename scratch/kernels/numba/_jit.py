"""How every kernel here is compiled."""

from __future__ import annotations

import functools
from collections.abc import Callable

import numba
from llvmlite import ir
from numba import types
from numba.extending import intrinsic

if numba.config.DISABLE_JIT:
    raise ImportError("Numba compiles nothing while NUMBA_DISABLE_JIT is set")


def jit(function: Callable | None = None, *, reorder: bool = False) -> Callable:
    """Compiles a function when it is first called, and keeps the result on disk for the next run.

    Floating-point arithmetic stays IEEE's, NaN and infinity as they are. With ``reorder`` a sum may
    be taken in any order, and a product joined to it: so a loop becomes vector instructions.
    """
    if function is None:
        return functools.partial(jit, reorder=reorder)
    options = {"nogil": True, "error_model": "numpy"}
    if reorder:
        options["fastmath"] = {"reassoc", "contract"}
    try:
        return numba.njit(cache=True, **options)(function)
    except RuntimeError:  # no folder that could be written to: compile once a run
        return numba.njit(**options)(function)


@intrinsic
def fma(typingctx, a, b, c):
    """a b + c, rounded once."""
    if not (a == b == c and isinstance(a, types.Float)):
        return None

    def codegen(context, builder, signature, arguments):
        return builder.fma(*arguments)

    return a(a, b, c), codegen


@intrinsic
def bits_of(typingctx, x):
    """The bits of a float32, as an int32."""

    def codegen(context, builder, signature, arguments):
        return builder.bitcast(arguments[0], ir.IntType(32))

    return types.int32(types.float32), codegen


@intrinsic
def float_of(typingctx, bits):
    """The float32 that has the bits of an int32."""

    def codegen(context, builder, signature, arguments):
        return builder.bitcast(arguments[0], ir.FloatType())

    return types.float32(types.int32), codegen

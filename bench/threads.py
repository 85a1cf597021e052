"""One number of threads for every column: a comparison with two numbers in it compares nothing."""

import os
import sys

__all__ = ["VARIABLE", "limit", "wanted"]

VARIABLE = "SIDEBYSIDE_THREADS"
POOLS = ("OMP", "OPENBLAS", "MKL", "VECLIB", "NUMBA")


def wanted() -> int:
    """What the environment asks for; one thread unless it says otherwise, because that is what
    repeats: from a few thousand elements on, torch's own sums change with the thread count."""
    return int(os.environ.get(VARIABLE, "1"))


def limit(threads: int) -> None:
    """Let NumPy's BLAS, Numba and torch use this many threads.

    Libraries that are not loaded yet read the environment when they are. Loaded ones are asked:
    torch directly, BLAS through threadpoolctl.
    """
    for pool in POOLS:
        os.environ[f"{pool}_NUM_THREADS"] = str(threads)
    if "torch" in sys.modules:
        sys.modules["torch"].set_num_threads(threads)
    if "numpy" in sys.modules:
        from threadpoolctl import threadpool_limits

        threadpool_limits(threads)

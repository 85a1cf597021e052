"""What the tests of layers and losses are fed with."""

import numpy as np

__all__ = ["REDUCTIONS", "numbers", "rng", "signs", "unit"]

REDUCTIONS = ["mean", "sum", "none"]
rng = np.random.default_rng(0)  # conftest.py starts it anew for every test


def numbers(*shape: int, dtype: str = "float64") -> np.ndarray:
    """Random numbers around 0."""
    return np.asarray(rng.normal(size=shape)).astype(dtype)


def unit(*shape: int) -> np.ndarray:
    """Probabilities that are nowhere near 0 or 1."""
    return np.asarray(rng.uniform(0.05, 0.95, shape))


def signs(*shape: int) -> np.ndarray:
    """1 or -1 each."""
    return np.asarray(rng.choice([-1.0, 1.0], shape))

"""The three columns of a computation, in the order in which `check` and `sweep` want them."""

import functools
from collections.abc import Callable

import numpy as np
import torch

import scratch
import torch_impl

__all__ = ["COLUMNS", "array", "calls", "columns", "functional", "rand"]

COLUMNS = scratch, torch_impl, torch


def columns(what: str | Callable) -> list[Callable]:
    """For each column its function of this name; or a function of a column and arguments."""
    if isinstance(what, str):
        return [functools.reduce(getattr, what.split("."), module) for module in COLUMNS]
    return [functools.partial(what, module) for module in COLUMNS]


def calls(name: str, *args, **options) -> list[Callable]:
    """The same functions, with these arguments behind those that they are called with."""

    def bound(function: Callable) -> Callable:
        @functools.wraps(function)
        def call(*xs, **more):
            return function(*xs, *args, **options, **more)

        return call

    return [bound(function) for function in columns(name)]


def functional(name: str, *args, **options) -> list[Callable]:
    """The same of ``nn.functional``."""
    return calls(f"nn.functional.{name}", *args, **options)


def array(*shape: int, dtype: str = "float32", seed: int = 0) -> np.ndarray:
    """Random numbers around 0."""
    return np.asarray(np.random.default_rng(seed).standard_normal(shape)).astype(dtype)


def rand(*shape: int) -> np.ndarray:
    """The same in float64."""
    return array(*shape, dtype="float64", seed=7)

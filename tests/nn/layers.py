"""What several tests of layers do."""

from collections.abc import Callable, Iterable, Sequence

from tests.columns import columns

__all__ = ["some", "trained"]


def trained(name: str, *arguments, **options) -> list[Callable]:
    """Functions of an input: a layer's output, and what its parameters' gradients are after it.

    The layer is made from a fixed seed, in float64.
    """

    def function(column, x):
        column.manual_seed(3)
        layer = getattr(column.nn, name)(*arguments, dtype=column.float64, **options)
        y = layer(x)
        slope = column.linspace(-1, 2, y.numel(), dtype=column.float64).reshape(y.shape)
        (y * y * slope).sum().backward()
        return y.detach(), [p.grad for p in layer.parameters()]

    return columns(function)


def some(has: Sequence[bool], given: Iterable) -> list:
    """What is given, with None for what there is not: (True, False), [w] -> [w, None]."""
    given = iter(given)
    return [next(given) if there else None for there in has]

"""The networks that `sidebyside train`, `summary` and `graph` know by name.

Each is written once, over a column: the module `scratch`, `torch_impl` or `torch`.
"""

import runpy
from collections.abc import Sequence
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import Any

from bench.pairs import UnknownName

__all__ = [
    "CLASSES",
    "INPUTS",
    "LEARNS",
    "SIDE",
    "column_of",
    "drawn",
    "lenet",
    "mlp",
    "named",
    "vgg",
]

CLASSES = 10
LEARNS = {"mlp": (20, 0.1), "lenet": (5, 0.1), "vgg": (3, 0.03)}  # epochs on digits, and the lr
SIDE = 32  # pixels of the pictures that the convolutional networks look at, each way
INPUTS = {"mlp": (1, 64), "lenet": (1, 1, SIDE, SIDE), "vgg": (1, 1, SIDE, SIDE)}


def mlp(torch: Any, sizes: Sequence[int] = (64, 64, 64, CLASSES), dtype: Any = None) -> Any:
    """Linear layers of these widths, with ReLUs between them."""
    nn = torch.nn
    layers = [nn.Flatten()]
    for n_in, n_out in pairwise(sizes):
        layers += [nn.Linear(n_in, n_out, dtype=dtype), nn.ReLU()]
    return nn.Sequential(*layers[:-1])


def lenet(torch: Any, dtype: Any = None) -> Any:
    """LeNet-5 (1998), with ReLU and maxima where it had sigmoids and means."""
    nn = torch.nn
    return nn.Sequential(
        nn.Conv2d(1, 6, 5, dtype=dtype),  # N, 6, 28, 28
        nn.ReLU(),
        nn.MaxPool2d(2),  # N, 6, 14, 14
        nn.Conv2d(6, 16, 5, dtype=dtype),  # N, 16, 10, 10
        nn.ReLU(),
        nn.MaxPool2d(2),  # N, 16, 5, 5
        nn.Flatten(),
        nn.Linear(400, 120, dtype=dtype),
        nn.ReLU(),
        nn.Linear(120, 84, dtype=dtype),
        nn.ReLU(),
        nn.Linear(84, CLASSES, dtype=dtype),
    )


def vgg(torch: Any, dtype: Any = None, widths: Sequence[int] = (16, 32, 64)) -> Any:
    """A small network like VGG (2014): 3x3 convolutions with batch norm, in blocks that each end
    by halving the picture; then two linear layers with dropout."""
    nn = torch.nn
    layers: list[Any] = []
    for n_in, n_out in pairwise((1, *widths)):
        for channels in (n_in, n_out):
            layers += [
                nn.Conv2d(channels, n_out, 3, padding=1, dtype=dtype),
                nn.BatchNorm2d(n_out, dtype=dtype),
                nn.ReLU(),
            ]
        layers.append(nn.MaxPool2d(2))
    left = SIDE // 2 ** len(widths)  # pixels each way
    return nn.Sequential(
        *layers,
        nn.Flatten(),
        nn.Linear(widths[-1] * left * left, 64, dtype=dtype),
        nn.ReLU(),
        nn.Dropout(0.5),
        nn.Linear(64, CLASSES, dtype=dtype),
    )


def named(name: str, column: str) -> tuple[Any, tuple[int, ...] | None]:
    """A network and the shape of its input, where that is known.

    Args:
        name: one of this file's; or ``module:Net`` or ``path/file.py:Net``, for a module, a class
            without arguments, or a function that returns one
        column: the module it is made with, if it is one of this file's
    """
    if name in INPUTS:
        return globals()[name](import_module(column)), INPUTS[name]
    place, _, attribute = name.rpartition(":")
    if not place:
        raise UnknownName(f"no network is called {name!r}: {', '.join(INPUTS)}, or file.py:Net")
    try:
        found = runpy.run_path(place) if Path(place).suffix == ".py" else vars(import_module(place))
        network = found[attribute]
    except ModuleNotFoundError as error:
        raise UnknownName(f"{name}: {error}") from error
    except KeyError as error:
        raise UnknownName(f"{place} has no {attribute}") from error
    is_made = hasattr(network, "named_parameters") and not isinstance(network, type)
    return network if is_made else network(), None


def column_of(network: Any) -> Any:
    """The column that can say what a network is made of: scratch, or torch_impl for torch's."""
    scratch = import_module("scratch")
    return scratch if isinstance(network, scratch.nn.Module) else import_module("torch_impl")


def drawn(network: Any, size: tuple[int, ...]) -> Any:
    """The graph of one step: of the sum of what the network makes of random numbers."""
    torch = column_of(network)
    torch.manual_seed(0)
    loss = network(torch.rand(*size)).sum()
    loss.backward(retain_graph=True)
    return torch.graph(loss, network)

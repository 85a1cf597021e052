"""What a network is made of: its layers, what comes out of each, and what they cost.

A layer's parameters are counted as its formula says: a ``Linear`` has out·in weights and out
biases. A parameter that two layers share counts once. To see the shapes on the way, the network is
run once on zeros: in eval mode and without gradients, so that it is afterwards what it was before.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from ._summary_table import Row, Summary
from .autograd import no_grad
from .creation import zeros
from .dtypes import dtype as Dtype
from .nn import Module
from .tensor import Tensor

__all__ = ["summary", "Summary", "Row"]


def summary(
    model: Module,
    input_size: tuple[int, ...] | list[tuple[int, ...]] | None = None,
    input_data: Any = None,
    dtypes: list[Dtype] | None = None,
) -> Summary:
    """The layers of a network with their shapes, parameters, multiply-adds and memory.

    Args:
        model: the network
        input_size: the shape of its input, batch included; a list for several inputs. Default:
            nothing is run, and no shapes are known
        input_data: an input in place of zeros; a tuple or list for several
        dtypes: of the inputs, one for each ``input_size``. Default: that of the parameters

    Examples:
        >>> torch.summary(torch.nn.Sequential(torch.nn.Linear(4, 3), torch.nn.ReLU()), (2, 4))
        layer         output  parameters    multiply-adds
        ─────────────────────────────────────────────────
        Sequential    [2, 3]
        ├─ 0: Linear  [2, 3]  3·4 + 3 = 15             24
        └─ 1: ReLU    [2, 3]
        ─────────────────────────────────────────────────
        parameters: 15, all trained
        multiply-adds: 24
        memory: parameters 60 B, input 32 B, outputs 48 B
        Linear: out·in + out
    """
    inputs = _inputs(model, input_size, input_data, dtypes)
    rows, seen = {}, set()
    for path, depth, layer in _tree(model):
        rows.setdefault(layer, _row(path, depth, layer, seen))
    if inputs is not None:
        _run(model, inputs, rows)
    params = list(model.parameters())
    return Summary(
        list(rows.values()),
        sum(p.numel() for p in params),
        sum(p.numel() for p in params if p.requires_grad),
        sum(p.nbytes for p in params),
        sum(b.nbytes for b in model.buffers()),
        sum(x.nbytes for x in _tensors(inputs)),
    )


def _inputs(model: Module, size: Any, data: Any, dtypes: Any) -> tuple | None:
    if data is not None:
        return tuple(data) if isinstance(data, (tuple, list)) else (data,)
    if size is None:
        return None
    sizes = size if size and isinstance(size[0], (tuple, list)) else [size]
    first = next(model.parameters(), None)
    usual = None if first is None else first.dtype
    device = None if first is None else first.device
    kinds = dtypes or [usual] * len(sizes)
    return tuple(zeros(*s, dtype=k, device=device) for s, k in zip(sizes, kinds, strict=True))


def _tree(layer: Module, path: str = "", depth: int = 0) -> Iterator[tuple[str, int, Module]]:
    """Every layer below its parent, with its path and how deep it stands."""
    yield path, depth, layer
    for name, child in layer.named_children():
        yield from _tree(child, f"{path}.{name}" if path else name, depth + 1)


def _row(path: str, depth: int, layer: Module, seen: set) -> Row:
    terms, new = [], 0
    for _, param in layer.named_parameters(recurse=False):
        shared = param in seen
        seen.add(param)
        factors = "·".join(map(str, param.shape)) or "1"
        terms.append(f"({factors} shared)" if shared else factors)
        new += 0 if shared else param.numel()
    return Row(path, type(layer).__name__, depth, " + ".join(terms), new)


def _run(model: Module, inputs: tuple, rows: dict[Module, Row]) -> None:
    """Notes what comes out of every layer."""

    def note(layer: Module, args: tuple, output: Any) -> None:
        row = rows[layer]
        tensors = list(_tensors(output))
        row.outputs += [tuple(y.shape) for y in tensors]
        row.multiply_adds += multiply_adds(layer, list(_tensors(args)), tensors)
        if next(layer.children(), None) is None:  # what holds others hands on what they made
            row.output_bytes += sum(y.nbytes for y in tensors)

    was_training = [(layer, layer.training) for layer in rows]
    hooks = [layer.register_forward_hook(note) for layer in rows]
    try:
        model.eval()
        with no_grad():
            model(*inputs)
    finally:
        for hook in hooks:
            hook.remove()
        for layer, training in was_training:
            layer.training = training


def multiply_adds(layer: Module, inputs: list[Tensor], outputs: list[Tensor]) -> int:
    """How often one call of a layer multiplies and adds: for each output once a weight it sees.

    Layers without weights count as nothing; so does what a forward computes without layers.
    """
    kinds = {kind.__name__ for kind in type(layer).__mro__}
    weight = getattr(layer, "weight", None)
    if weight is None or not outputs:
        return 0
    positions = outputs[0].numel()
    if kinds & {"Linear", "Bilinear", "Conv1d", "Conv2d", "Conv3d"}:
        return positions * math.prod(weight.shape[1:])
    if kinds & {"ConvTranspose1d", "ConvTranspose2d", "ConvTranspose3d"}:
        return inputs[0].numel() * math.prod(weight.shape[1:])
    return 0 if "Embedding" in kinds else positions


def _tensors(values: Any) -> Iterator[Tensor]:
    """The tensors among nested tuples, lists and dictionaries."""
    if isinstance(values, Tensor):
        yield values
    elif isinstance(values, (tuple, list)):
        for value in values:
            yield from _tensors(value)
    elif isinstance(values, dict):
        yield from _tensors(list(values.values()))

"""All parameters of a network as one vector, and back.

What mathematics calls w, one point in a space of as many dimensions as there are parameters: to
average networks, to measure how far training has gone, or for methods that know nothing of layers.
"""

from __future__ import annotations

from collections.abc import Iterable

from torch import Tensor, cat

__all__ = ["parameters_to_vector", "vector_to_parameters"]


def parameters_to_vector(parameters: Iterable[Tensor]) -> Tensor:
    """The elements of all parameters, one after the other; gradients flow back through it.

    Args:
        parameters: as ``model.parameters()`` gives them

    Examples:
        >>> layer = torch.nn.Linear(3, 2)
        >>> torch.nn.utils.parameters_to_vector(layer.parameters()).shape
        torch.Size([8])
    """
    return cat([parameter.view(-1) for parameter in parameters])


def vector_to_parameters(vec: Tensor, parameters: Iterable[Tensor]) -> None:
    """Each parameter becomes its part of the vector, as a view: they share memory from then on.

    Args:
        vec: as ``parameters_to_vector`` gives it; what is too much at its end is left over
        parameters: the parameters, in the same order

    Examples:
        >>> layer = torch.nn.Linear(2, 1)
        >>> torch.nn.utils.vector_to_parameters(torch.tensor([1.0, 2.0, 3.0]), layer.parameters())
        >>> layer.weight.data, layer.bias.data
        (tensor([[1., 2.]]), tensor([3.]))
    """
    if not isinstance(vec, Tensor):
        raise TypeError(f"expected torch.Tensor, but got: {type(vec).__name__}")
    start = 0
    for parameter in parameters:
        end = start + parameter.numel()
        parameter.data = vec[start:end].view_as(parameter).data
        start = end

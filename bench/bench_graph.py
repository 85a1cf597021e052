"""The picture of a graph: a walk, and where to put the boxes."""

import torch_impl
from bench import models
from bench.timing import lesson


@lesson("graph", size=[(16, 64)])
def mlp(torch, device, size):
    """From a loss to its picture. torch has none: there it is torch_impl's, of torch's graph."""
    network, graph = models.mlp(torch), getattr(torch, "graph", torch_impl.graph)
    x = torch.randn(*size)
    return lambda: graph(network(x).sum(), network).svg

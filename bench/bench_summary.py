"""A network in numbers: it is run once, with a hook on every layer."""

import torch_impl
from bench import models
from bench.timing import lesson


@lesson("summary", size=[(1, 64)])
def mlp(torch, device, size):
    """The table of a small network. torch has none: there it is torch_impl's, of torch's layers."""
    network, summary = models.mlp(torch), getattr(torch, "summary", torch_impl.summary)
    return lambda: str(summary(network, size))

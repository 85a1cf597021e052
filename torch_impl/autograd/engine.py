"""backward, torch's own engine: the same walk, in C++, on one thread a device.

A first pass counts each node's consumers. Of the nodes that all consumers have sent their part to,
the newest is run first. ``scratch/autograd/engine.py`` does without the count: the newest of all
nodes that a gradient has arrived at is always ready.
"""

from torch.autograd import backward, grad

__all__ = ["backward", "grad"]

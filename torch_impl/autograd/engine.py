"""backward, torch's own engine: the same two passes, in C++, on one thread a device.

It counts each node's consumers, then runs the node created last among those that are ready. Hooks
call back into Python. ``scratch/autograd/engine.py`` is that algorithm in readable form.
"""

from torch.autograd import backward, grad

__all__ = ["backward", "grad"]

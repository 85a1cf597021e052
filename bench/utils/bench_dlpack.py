"""How fast a tensor is lent to another library."""

import numpy

from bench.timing import lesson


@lesson("utils/dlpack", size=[8, 1_000_000])
def to_numpy_and_back(torch, device, size):
    """Through a capsule and another one."""
    x = torch.ones(size, device=device)

    def step():
        return torch.from_dlpack(numpy.from_dlpack(x))

    return step

"""How fast tensors are copied, with all they share."""

import copy
import pickle

from bench.timing import lesson


@lesson("storage", size=[8, 1000])
def deepcopy(torch, device, size):
    """A matrix and a view of it."""
    x = torch.ones(size, size, device=device)
    pair = [x, x[1:]]

    def step():
        return copy.deepcopy(pair)

    return step


@lesson("storage", size=[8, 1000])
def pickled(torch, device, size):
    """A matrix, to a string of bytes."""
    x = torch.ones(size, size, device=device)

    def step():
        return pickle.dumps(x)

    return step

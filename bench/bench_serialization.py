"""How fast a model is written to a file and read again: a small one, and 100 MB."""

import os
import tempfile

from bench.timing import lesson

SIZES = [(20, 20), (5000, 1)]  # width, and how many layers


def state(torch, device, size):
    """A state_dict, and where to write it."""
    width, count = size
    found = {f"{i}.weight": torch.ones(width, width, device=device) for i in range(count)}
    return found, os.path.join(tempfile.mkdtemp(), "model.pt")


@lesson("serialization", size=SIZES)
def save(torch, device, size):
    """Write it: `scratch` waits until it is on the disk."""
    found, path = state(torch, device, size)

    def step():
        torch.save(found, path)

    return step


@lesson("serialization", size=SIZES)
def load(torch, device, size):
    """Read it, checksums and all."""
    found, path = state(torch, device, size)
    torch.save(found, path)

    def step():
        return torch.load(path)

    return step

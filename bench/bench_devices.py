"""How long it takes to read the name of a device."""

from bench.timing import lesson


@lesson("devices", size=["cpu", "cuda:1"])
def devices(torch, device, size):
    """A device from its name."""

    def step():
        return torch.device(size)

    return step

"""A network of modules that compute nothing: what Sequential adds."""

from bench.timing import lesson


@lesson("nn/container", size=[3, 30])
def sequential(torch, device, size):
    """One pass through `size` modules."""
    net = torch.nn.Sequential(*(torch.nn.Identity() for _ in range(size)))
    x = torch.ones(1).to(device)
    return lambda: net(x)

"""A network of modules that compute nothing: what Sequential adds."""

from bench.timing import lesson


@lesson("nn/container", size=[3, 30])
def sequential(torch, device, size):
    """One pass through `size` modules."""
    net = torch.nn.Sequential(*(torch.nn.Identity() for _ in range(size)))
    x = torch.ones(1).to(device)
    return lambda: net(x)


@lesson("nn/container", size=[30])
def module_list(torch, device, size):
    """The same by a loop over a ModuleList."""
    layers = torch.nn.ModuleList([torch.nn.Identity() for _ in range(size)])
    x = torch.ones(1).to(device)

    def step():
        y = x
        for layer in layers:
            y = layer(y)

    return step

"""Walking over parameters in containers."""

from bench.timing import lesson


@lesson("nn/parameter_container", size=[10])
def parameter_list(torch, device, size):
    """Reading every entry of a list."""
    held = torch.nn.ParameterList([torch.ones(2).to(device) for _ in range(size)])
    return lambda: list(held)


@lesson("nn/parameter_container", size=[10])
def parameter_dict(torch, device, size):
    """Reading every entry of a dictionary by its name."""
    held = torch.nn.ParameterDict({str(i): torch.ones(2).to(device) for i in range(size)})
    return lambda: [held[key] for key in held]

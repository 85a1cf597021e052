"""Filling a weight with random numbers."""

from bench.timing import lesson

SIZES = [(64, 64), (512, 784)]


@lesson("nn/init", size=SIZES)
def kaiming_uniform(torch, device, size):
    weight = torch.empty(*size).to(device)
    return lambda: torch.nn.init.kaiming_uniform_(weight)


@lesson("nn/init", size=SIZES)
def xavier_normal(torch, device, size):
    weight = torch.empty(*size).to(device)
    return lambda: torch.nn.init.xavier_normal_(weight)

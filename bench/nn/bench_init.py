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


@lesson("nn/init", size=SIZES)
def orthogonal(torch, device, size):
    weight = torch.empty(*size).to(device)
    return lambda: torch.nn.init.orthogonal_(weight)


@lesson("nn/init", size=SIZES)
def sparse(torch, device, size):
    weight = torch.empty(*size).to(device)
    return lambda: torch.nn.init.sparse_(weight, 0.5)

"""Distances and cosines, forward and backward."""

from bench.steps import loss_step
from bench.timing import lesson

SIZES = [(4, 8), (256, 1000)]


def to_others(torch, device, size, layer):
    x = torch.randn(*size).to(device).requires_grad_()
    return loss_step(lambda x, y: layer(x, y).sum(), x, torch.randn(*size).to(device))


@lesson("nn/distance", size=SIZES)
def cosine_similarity(torch, device, size):
    """nn.CosineSimilarity"""
    return to_others(torch, device, size, torch.nn.CosineSimilarity())


@lesson("nn/distance", size=SIZES)
def pairwise_distance(torch, device, size):
    """nn.PairwiseDistance"""
    return to_others(torch, device, size, torch.nn.PairwiseDistance())

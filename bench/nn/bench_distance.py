"""Distances and cosines, forward and backward."""

from bench.timing import lesson

SIZES = [(4, 8), (256, 1000)]


def there_and_back(function, x, *more):
    """Forward and backward of a layer."""

    def step():
        function(x, *more).sum().backward()
        x.grad = None

    return step


@lesson("nn/distance", size=SIZES)
def cosine_similarity(torch, device, size):
    """nn.CosineSimilarity"""
    x = torch.randn(*size).to(device).requires_grad_()
    t = torch.randn(*size).to(device)
    return there_and_back(torch.nn.CosineSimilarity(), x, t)


@lesson("nn/distance", size=SIZES)
def pairwise_distance(torch, device, size):
    """nn.PairwiseDistance"""
    x = torch.randn(*size).to(device).requires_grad_()
    t = torch.randn(*size).to(device)
    return there_and_back(torch.nn.PairwiseDistance(), x, t)

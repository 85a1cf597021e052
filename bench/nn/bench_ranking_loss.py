"""The losses of comparisons, forward and backward."""

from bench.timing import lesson

SIZES = [(4, 8), (256, 1000)]


def there_and_back(function, x, *more):
    """Forward and backward of a layer."""

    def step():
        function(x, *more).backward()
        x.grad = None

    return step


@lesson("nn/ranking_loss", size=SIZES)
def margin_ranking(torch, device, size):
    """nn.MarginRankingLoss"""
    x = torch.randn(*size).to(device).requires_grad_()
    t = torch.randn(*size).to(device)
    signs = (torch.rand(*size) > 0.5).float().to(device) * 2 - 1
    return there_and_back(torch.nn.MarginRankingLoss(), x, t, signs)


@lesson("nn/ranking_loss", size=SIZES)
def cosine_embedding(torch, device, size):
    """nn.CosineEmbeddingLoss"""
    x = torch.randn(*size).to(device).requires_grad_()
    t = torch.randn(*size).to(device)
    signs = (torch.rand(*size) > 0.5).float().to(device) * 2 - 1
    return there_and_back(torch.nn.CosineEmbeddingLoss(), x, t, signs[:, 0])


@lesson("nn/ranking_loss", size=SIZES)
def triplet(torch, device, size):
    """nn.TripletMarginLoss"""
    x = torch.randn(*size).to(device).requires_grad_()
    t = torch.randn(*size).to(device)
    u = torch.rand(*size).to(device)
    return there_and_back(torch.nn.TripletMarginLoss(), x, t, u)

"""The losses of comparisons, forward and backward."""

from bench.steps import loss_step
from bench.timing import lesson

SIZES = [(4, 8), (256, 1000)]


@lesson("nn/ranking_loss", size=SIZES)
def margin_ranking(torch, device, size):
    """nn.MarginRankingLoss"""
    x = torch.randn(*size).to(device).requires_grad_()
    t = torch.randn(*size).to(device)
    signs = (torch.rand(*size) > 0.5).float().to(device) * 2 - 1
    return loss_step(torch.nn.MarginRankingLoss(), x, t, signs)


@lesson("nn/ranking_loss", size=SIZES)
def cosine_embedding(torch, device, size):
    """nn.CosineEmbeddingLoss"""
    x = torch.randn(*size).to(device).requires_grad_()
    t = torch.randn(*size).to(device)
    signs = (torch.rand(*size) > 0.5).float().to(device) * 2 - 1
    return loss_step(torch.nn.CosineEmbeddingLoss(), x, t, signs[:, 0])


@lesson("nn/ranking_loss", size=SIZES)
def triplet(torch, device, size):
    """nn.TripletMarginLoss"""
    x = torch.randn(*size).to(device).requires_grad_()
    t = torch.randn(*size).to(device)
    u = torch.rand(*size).to(device)
    return loss_step(torch.nn.TripletMarginLoss(), x, t, u)

"""The losses that compare distributions, forward and backward."""

from bench.steps import loss_step
from bench.timing import lesson

SIZES = [(4, 8), (256, 1000)]


@lesson("nn/divergence_loss", size=SIZES)
def kl_div(torch, device, size):
    """nn.KLDivLoss"""
    x = torch.randn(*size).to(device).requires_grad_()
    u = torch.rand(*size).to(device)
    return loss_step(torch.nn.KLDivLoss(reduction="batchmean"), x, u)


@lesson("nn/divergence_loss", size=SIZES)
def poisson(torch, device, size):
    """nn.PoissonNLLLoss"""
    x = torch.randn(*size).to(device).requires_grad_()
    u = torch.rand(*size).to(device)
    return loss_step(torch.nn.PoissonNLLLoss(), x, u)


@lesson("nn/divergence_loss", size=SIZES)
def gauss(torch, device, size):
    """nn.GaussianNLLLoss"""
    x = torch.randn(*size).to(device).requires_grad_()
    t = torch.randn(*size).to(device)
    u = torch.rand(*size).to(device)
    return loss_step(torch.nn.GaussianNLLLoss(), x, t, u + 0.1)

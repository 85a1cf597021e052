"""The losses of a regression, forward and backward."""

from bench.steps import loss_step
from bench.timing import lesson

SIZES = [(4, 8), (256, 1000)]


def of_a_guess(torch, device, size, loss):
    x = torch.randn(*size).to(device).requires_grad_()
    return loss_step(loss, x, torch.randn(*size).to(device))


@lesson("nn/regression_loss", size=SIZES)
def mse(torch, device, size):
    """nn.MSELoss"""
    return of_a_guess(torch, device, size, torch.nn.MSELoss())


@lesson("nn/regression_loss", size=SIZES)
def smooth_l1(torch, device, size):
    """nn.SmoothL1Loss"""
    return of_a_guess(torch, device, size, torch.nn.SmoothL1Loss())


@lesson("nn/regression_loss", size=SIZES)
def huber(torch, device, size):
    """nn.HuberLoss"""
    return of_a_guess(torch, device, size, torch.nn.HuberLoss())


@lesson("nn/regression_loss", size=SIZES)
def l1(torch, device, size):
    """nn.L1Loss"""
    return of_a_guess(torch, device, size, torch.nn.L1Loss())

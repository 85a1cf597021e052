"""The losses of yes-or-no questions, forward and backward."""

from bench.steps import loss_step
from bench.timing import lesson

SIZES = [(4, 8), (256, 1000)]


@lesson("nn/binary_loss", size=SIZES)
def bce(torch, device, size):
    """nn.BCELoss"""
    u = torch.rand(*size).to(device)
    probabilities = torch.rand(*size).to(device).requires_grad_()
    return loss_step(torch.nn.BCELoss(), probabilities, u)


@lesson("nn/binary_loss", size=SIZES)
def bce_with_logits(torch, device, size):
    """nn.BCEWithLogitsLoss"""
    x = torch.randn(*size).to(device).requires_grad_()
    u = torch.rand(*size).to(device)
    return loss_step(torch.nn.BCEWithLogitsLoss(), x, u)

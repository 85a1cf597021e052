"""The losses, forward and backward."""

from bench.steps import loss_step
from bench.timing import lesson

SIZES = [(1, 10), (16, 10), (256, 1000)]


@lesson("nn/loss", size=SIZES)
def cross_entropy(torch, device, size):
    """With class numbers."""
    x = torch.randn(*size).to(device).requires_grad_()
    target = torch.randint(0, size[1], size[:1]).to(device)
    return loss_step(torch.nn.CrossEntropyLoss(), x, target)


@lesson("nn/loss", size=SIZES)
def cross_entropy_smooth(torch, device, size):
    """With class numbers, weights and smoothed labels."""
    x = torch.randn(*size).to(device).requires_grad_()
    target = torch.randint(0, size[1], size[:1]).to(device)
    weight = torch.rand(size[1]).to(device)
    return loss_step(torch.nn.CrossEntropyLoss(weight, label_smoothing=0.1), x, target)

"""The losses of a classifier with a margin, forward and backward."""

from bench.steps import loss_step
from bench.timing import lesson

SIZES = [(4, 8), (256, 1000)]


@lesson("nn/margin_loss", size=SIZES)
def multi_margin(torch, device, size):
    """nn.MultiMarginLoss"""
    x = torch.randn(*size).to(device).requires_grad_()
    labels = torch.randint(0, size[1], size[:1]).to(device)
    return loss_step(torch.nn.MultiMarginLoss(), x, labels)


@lesson("nn/margin_loss", size=SIZES)
def multilabel_margin(torch, device, size):
    """nn.MultiLabelMarginLoss"""
    x = torch.randn(*size).to(device).requires_grad_()
    listed = torch.full(size, -1).to(device)
    listed[:, :3] = torch.tensor([2, 0, 3])
    return loss_step(torch.nn.MultiLabelMarginLoss(), x, listed)

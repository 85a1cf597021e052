"""unfold and fold: windows of images as columns, and back."""

from bench.timing import lesson


@lesson("nn/unfold", size=[(2, 3, 8), (64, 16, 16)])
def unfold(torch, device, size):
    """Forward and backward, which is fold; size is batch, channels, image."""
    batch, channels, side = size
    x = torch.randn(batch, channels, side, side).to(device).requires_grad_()
    dy = torch.randn(batch, channels * 9, (side - 2) ** 2).to(device)

    def step():
        torch.nn.functional.unfold(x, 3).backward(dy)
        x.grad = None

    return step

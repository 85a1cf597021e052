"""pad: a frame around a batch of images, of each kind."""

from bench.timing import lesson

MODES = ("constant", "reflect", "replicate", "circular")
SIZES = [(mode, *size) for mode in MODES for size in [(2, 3, 8), (64, 32, 22)]]


@lesson("nn/padding", size=SIZES)
def pad(torch, device, size):
    """Forward and backward; size is mode, batch, channels, image."""
    mode, batch, channels, side = size
    x = torch.randn(batch, channels, side, side).to(device).requires_grad_()
    dy = torch.randn(batch, channels, side + 4, side + 4).to(device)

    def step():
        torch.nn.functional.pad(x, (2, 2, 2, 2), mode).backward(dy)
        x.grad = None

    return step

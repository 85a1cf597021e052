"""Layer and RMS normalization: sums over each sample, forwards and backwards."""

from bench.timing import lesson


@lesson("nn/normalization", size=[(4, 16), (64, 512), (2048, 512)])
def layer_norm(torch, device, size):
    """Forward and backward; size is samples, numbers in each."""
    return _steps(torch, device, torch.nn.LayerNorm(size[1]), size)


@lesson("nn/normalization", size=[(4, 16), (64, 512), (2048, 512)])
def rms_norm(torch, device, size):
    """Forward and backward; size is samples, numbers in each."""
    return _steps(torch, device, torch.nn.RMSNorm(size[1]), size)


def _steps(torch, device, layer, size):
    layer = layer.to(device)
    x = torch.randn(*size).to(device).requires_grad_()
    dy = torch.randn(*size).to(device)

    def step():
        layer(x).backward(dy)
        x.grad = None
        layer.zero_grad()

    return step

"""Bilinear: all products of two vectors' elements, then as Linear."""

from bench.timing import lesson


@lesson("nn/bilinear", size=[(1, 4, 3, 5), (128, 20, 30, 40), (128, 64, 64, 32)])
def bilinear(torch, device, size):
    """Forward and backward; size is batch, first inputs, second inputs, outputs."""
    batch, ins1, ins2, outs = size
    layer = torch.nn.Bilinear(ins1, ins2, outs).to(device)
    x1 = torch.randn(batch, ins1).to(device).requires_grad_()
    x2 = torch.randn(batch, ins2).to(device).requires_grad_()
    dy = torch.randn(batch, outs).to(device)

    def step():
        layer(x1, x2).backward(dy)
        x1.grad = x2.grad = layer.weight.grad = layer.bias.grad = None

    return step

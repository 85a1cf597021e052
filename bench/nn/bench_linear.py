"""Linear: one product forwards, two backwards."""

from bench.timing import lesson


@lesson("nn/linear", size=[(1, 64, 64), (16, 64, 64), (256, 784, 512)])
def linear(torch, device, size):
    """Forward and backward; size is batch, inputs, outputs."""
    batch, ins, outs = size
    layer = torch.nn.Linear(ins, outs).to(device)
    x = torch.randn(batch, ins).to(device).requires_grad_()
    dy = torch.randn(batch, outs).to(device)

    def step():
        layer(x).backward(dy)
        x.grad = layer.weight.grad = layer.bias.grad = None

    return step

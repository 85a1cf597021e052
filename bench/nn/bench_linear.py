"""Linear: one product forwards, two backwards."""

from bench.steps import layer_step
from bench.timing import lesson


@lesson("nn/linear", size=[(1, 64, 64), (16, 64, 64), (256, 784, 512)])
def linear(torch, device, size):
    """Forward and backward; size is batch, inputs, outputs."""
    batch, ins, outs = size
    layer = torch.nn.Linear(ins, outs)
    return layer_step(torch, device, layer, (batch, ins))

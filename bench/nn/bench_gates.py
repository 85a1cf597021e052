"""Gates and softmin: a sigmoid of one half; exponentials and a sum."""

from bench.steps import layer_step
from bench.timing import lesson


@lesson("nn/gates", size=[(8, 8), (256, 1024)])
def glu(torch, device, size):
    """Forward and backward."""
    return layer_step(torch, device, torch.nn.GLU(), size)


@lesson("nn/gates", size=[(8, 8), (256, 1024)])
def softmin(torch, device, size):
    """Forward and backward."""
    return layer_step(torch, device, torch.nn.Softmin(1), size)

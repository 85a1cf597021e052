"""What it costs to switch recording off and on again."""

from bench.timing import lesson


@lesson("autograd/grad_mode")
def no_grad(torch, device, size):
    """Enter and leave no_grad around one small addition."""
    x = torch.ones(3).to(device).requires_grad_()

    def step():
        with torch.no_grad():
            return x + x

    return step

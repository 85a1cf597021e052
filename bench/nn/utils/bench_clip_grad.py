"""Clipping the gradients of a network."""

from bench.timing import lesson

SIZES = [(2, 8), (4, 512)]


def with_gradients(torch, device, size):
    """As many square weights, and their biases, with random gradients."""
    layers, width = size
    shapes = [(width, width), (width,)] * layers
    parameters = [torch.zeros(*s).to(device).requires_grad_() for s in shapes]
    for p in parameters:
        p.grad = torch.randn(*p.shape).to(device)
    return parameters


@lesson("nn/utils/clip_grad", size=SIZES)
def clip_grad_norm(torch, device, size):
    """Size is layers, width."""
    parameters = with_gradients(torch, device, size)
    return lambda: torch.nn.utils.clip_grad_norm_(parameters, 1.0)


@lesson("nn/utils/clip_grad", size=SIZES)
def clip_grad_value(torch, device, size):
    """Size is layers, width."""
    parameters = with_gradients(torch, device, size)
    return lambda: torch.nn.utils.clip_grad_value_(parameters, 1.0)

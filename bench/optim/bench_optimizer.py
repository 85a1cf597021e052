"""What an optimizer does beside its step."""

from bench.timing import lesson


@lesson("optim/optimizer", size=[20])
def zero_grad(torch, device, size):
    """Forgetting the gradients of `size` parameters."""
    params = [torch.ones(8).to(device).requires_grad_() for _ in range(size)]
    grads = [torch.ones(8).to(device) for _ in range(size)]
    optimizer = torch.optim.SGD(params)

    def step():
        for p, g in zip(params, grads, strict=True):
            p.grad = g
        optimizer.zero_grad()

    return step

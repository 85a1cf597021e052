"""How fast matrices are multiplied."""

from bench.timing import lesson


@lesson("ops/matmul", size=[(1, 64, 10), (64, 784, 128)])
def matrices(torch, device, size):
    """A batch times weights, and both gradients."""
    n, k, m = size
    a = torch.ones(n, k, device=device, requires_grad=True)
    b = torch.ones(k, m, device=device, requires_grad=True)
    dy = torch.ones(n, m, device=device)

    def step():
        a.grad = b.grad = None
        torch.matmul(a, b).backward(dy)

    return step


@lesson("ops/matmul", size=[(4, 8, 8), (32, 64, 64)])
def batches(torch, device, size):
    """A batch of square matrices times another, and both gradients."""
    a = torch.ones(*size, device=device, requires_grad=True)
    b = torch.ones(*size, device=device, requires_grad=True)
    dy = torch.ones(*size, device=device)

    def step():
        a.grad = b.grad = None
        torch.matmul(a, b).backward(dy)

    return step

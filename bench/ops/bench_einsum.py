"""How fast sums of products by their indices are."""

from bench.timing import lesson


@lesson("ops/einsum", size=[(2, 4, 4), (32, 64, 64)])
def batches(torch, device, size):
    """A batch of matrices times another, and both gradients."""
    a = torch.ones(*size, device=device, requires_grad=True)
    b = torch.ones(*size, device=device, requires_grad=True)
    dy = torch.ones(*size, device=device)

    def step():
        a.grad = b.grad = None
        torch.einsum("bij,bkj->bik", a, b).backward(dy)

    return step

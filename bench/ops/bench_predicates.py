"""What it costs to ask."""

from bench.timing import lesson


@lesson("ops/predicates", size=[8])
def questions(torch, device, size):
    """Three questions about a tensor."""
    x = torch.ones(size, device=device)

    def step():
        return torch.is_complex(x), x.is_signed(), torch.is_same_size(x, x)

    return step

"""How long it takes to find the dtype of a result."""

from bench.timing import lesson


@lesson("dtypes", size=[0, 1])
def dtypes(torch, device, size):
    """The dtype of a float32 tensor of so many dimensions times an integer."""
    x = torch.ones((2,) * size, device=device)

    def step():
        return torch.result_type(x, 3)

    return step

"""How fast tensors are made the old way."""

from bench.timing import lesson


@lesson("ops/constructors", size=[4, 1000])
def labels(torch, device, size):
    """The labels of a batch."""
    numbers = [i % 10 for i in range(size)]

    def step():
        return torch.LongTensor(numbers)

    return step

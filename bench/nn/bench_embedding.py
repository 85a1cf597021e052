"""Embedding: rows copied, and gradients added to the rows they came from."""

from bench.timing import lesson


@lesson("nn/embedding", size=[(10, 4, 8), (50, 64, 2048), (10_000, 64, 2048)])
def embedding(torch, device, size):
    """Forward and backward; size is rows, length of a row, indices."""
    rows, width, count = size
    layer = torch.nn.Embedding(rows, width).to(device)
    index = torch.randint(0, rows, (count,)).to(device)
    dy = torch.randn(count, width).to(device)

    def step():
        layer(index).backward(dy)
        layer.weight.grad = None

    return step

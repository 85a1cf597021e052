"""Walking a graph from Python."""

from bench.timing import lesson


@lesson("autograd/graph", size=[100])
def walk(torch, device, size):
    """From the result to the leaf through `next_functions`, node by node."""
    y = torch.ones(3).to(device).requires_grad_()
    for _ in range(size):
        y = y * 1.5

    def step():
        node = y.grad_fn
        while node.next_functions:
            node = node.next_functions[0][0]

    return step

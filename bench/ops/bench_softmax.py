"""softmax and log_softmax of rows."""

from bench.timing import lesson

SIZES = [(1, 10), (16, 10), (256, 1000), (1000, 1000)]


def there_and_back(torch, device, size, function):
    """Forward and backward along the last dimension."""
    x = torch.randn(*size).to(device).requires_grad_()
    dy = torch.randn(*size).to(device)

    def step():
        function(x, 1).backward(dy)
        x.grad = None

    return step


@lesson("ops/softmax", size=SIZES)
def softmax(torch, device, size):
    return there_and_back(torch, device, size, torch.softmax)


@lesson("ops/softmax", size=SIZES)
def log_softmax(torch, device, size):
    return there_and_back(torch, device, size, torch.log_softmax)

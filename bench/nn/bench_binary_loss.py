"""The losses of yes-or-no questions, forward and backward."""

from bench.timing import lesson

SIZES = [(4, 8), (256, 1000)]


def there_and_back(function, x, *more):
    """Forward and backward of a layer."""

    def step():
        function(x, *more).backward()
        x.grad = None

    return step


@lesson("nn/binary_loss", size=SIZES)
def bce(torch, device, size):
    """nn.BCELoss"""
    u = torch.rand(*size).to(device)
    probabilities = torch.rand(*size).to(device).requires_grad_()
    return there_and_back(torch.nn.BCELoss(), probabilities, u)


@lesson("nn/binary_loss", size=SIZES)
def bce_with_logits(torch, device, size):
    """nn.BCEWithLogitsLoss"""
    x = torch.randn(*size).to(device).requires_grad_()
    u = torch.rand(*size).to(device)
    return there_and_back(torch.nn.BCEWithLogitsLoss(), x, u)

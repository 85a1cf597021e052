"""The layers between: ReLU, Sigmoid, Tanh."""

from bench.timing import lesson

SIZES = [(16, 64), (256, 1024)]


def there_and_back(torch, device, size, layer):
    """Forward and backward of a layer."""
    x = torch.randn(*size).to(device).requires_grad_()
    dy = torch.randn(*size).to(device)

    def step():
        layer(x).backward(dy)
        x.grad = None

    return step


@lesson("nn/activation", size=SIZES)
def relu(torch, device, size):
    return there_and_back(torch, device, size, torch.nn.ReLU())


@lesson("nn/activation", size=SIZES)
def sigmoid(torch, device, size):
    return there_and_back(torch, device, size, torch.nn.Sigmoid())


@lesson("nn/activation", size=SIZES)
def tanh(torch, device, size):
    return there_and_back(torch, device, size, torch.nn.Tanh())

"""The losses of a regression, forward and backward."""

from bench.timing import lesson

SIZES = [(4, 8), (256, 1000)]


def there_and_back(function, x, *more):
    """Forward and backward of a layer."""

    def step():
        function(x, *more).backward()
        x.grad = None

    return step


@lesson("nn/regression_loss", size=SIZES)
def mse(torch, device, size):
    """nn.MSELoss"""
    x = torch.randn(*size).to(device).requires_grad_()
    t = torch.randn(*size).to(device)
    return there_and_back(torch.nn.MSELoss(), x, t)


@lesson("nn/regression_loss", size=SIZES)
def smooth_l1(torch, device, size):
    """nn.SmoothL1Loss"""
    x = torch.randn(*size).to(device).requires_grad_()
    t = torch.randn(*size).to(device)
    return there_and_back(torch.nn.SmoothL1Loss(), x, t)


@lesson("nn/regression_loss", size=SIZES)
def huber(torch, device, size):
    """nn.HuberLoss"""
    x = torch.randn(*size).to(device).requires_grad_()
    t = torch.randn(*size).to(device)
    return there_and_back(torch.nn.HuberLoss(), x, t)


@lesson("nn/regression_loss", size=SIZES)
def l1(torch, device, size):
    """nn.L1Loss"""
    x = torch.randn(*size).to(device).requires_grad_()
    t = torch.randn(*size).to(device)
    return there_and_back(torch.nn.L1Loss(), x, t)

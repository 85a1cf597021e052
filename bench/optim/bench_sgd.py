"""One step of SGD over the parameters of a network."""

from bench.timing import lesson

SIZES = [(32, 64, 64, 10), (784, 512, 512, 10)]


def one_step(torch, device, size, name="SGD", **options):
    """The step alone, of a network whose widths are `size`; gradients stay the same."""
    layers = [torch.nn.Linear(a, b) for a, b in zip(size, size[1:], strict=False)]
    params = list(torch.nn.Sequential(*layers).to(device).parameters())
    for p in params:
        p.grad = torch.randn(*p.shape).to(device)
    return getattr(torch.optim, name)(params, lr=1e-6, **options).step


@lesson("optim/sgd", size=SIZES)
def plain(torch, device, size):
    return one_step(torch, device, size)


@lesson("optim/sgd", size=SIZES)
def momentum(torch, device, size):
    return one_step(torch, device, size, momentum=0.9)


@lesson("optim/sgd", size=SIZES)
def nesterov_decay(torch, device, size):
    return one_step(torch, device, size, momentum=0.9, nesterov=True, weight_decay=1e-4)

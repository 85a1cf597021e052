"""The price of anomaly detection: the same small graph with it switched on."""

from bench.timing import lesson


@lesson("autograd/anomaly_mode")
def detecting(torch, device, size):
    """Ten operations and their backward, every stack remembered and every gradient searched."""
    x = torch.ones(3).to(device).requires_grad_()

    def step():
        with torch.autograd.set_detect_anomaly(True):
            y = x
            for _ in range(10):
                y = y * 1.5
            y.sum().backward()
        x.grad = None

    return step

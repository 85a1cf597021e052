"""A whole training step: forward, loss, backward, update. Plain SGD, float32."""

from bench.timing import lesson


@lesson("train_step", size=[(1, 32, 64, 64, 10), (16, 32, 64, 64, 10), (64, 784, 512, 512, 10)])
def train_step(torch, device, size):
    """The first number is the batch, the others are the network's widths."""
    batch, *widths = size
    torch.manual_seed(0)
    layers = []
    for n_in, n_out in zip(widths, widths[1:], strict=False):
        layers += [torch.nn.Linear(n_in, n_out), torch.nn.ReLU()]
    model = torch.nn.Sequential(*layers[:-1]).to(device)
    criterion = torch.nn.CrossEntropyLoss()
    optimizer = torch.optim.SGD(model.parameters(), lr=1e-3)
    x = torch.randn(batch, widths[0]).to(device)
    y = torch.randint(0, widths[-1], (batch,)).to(device)

    def step():
        optimizer.zero_grad()
        criterion(model(x), y).backward()
        optimizer.step()

    return step

"""Networks that several tests share."""


def two_layers(torch):
    """A small network with all kinds of members, from a fixed seed."""

    class Block(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.linear = torch.nn.Linear(3, 3)
            self.scale = torch.nn.Parameter(torch.tensor([1.0, 2.0, 3.0]))
            self.register_parameter("absent", None)
            self.register_buffer("mean", torch.tensor([0.5]))
            self.register_buffer("steps", torch.tensor([7]), persistent=False)
            self.note = "plain"

        def forward(self, x, times=1):
            return self.linear(x) * self.scale * times + self.mean

    class Net(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.first = Block()
            self.act = torch.nn.ReLU()
            self.second = Block()
            self.nothing = None
            self.shared = self.first.linear

        def forward(self, x):
            return self.second(self.act(self.first(x)))

    torch.manual_seed(0)
    return Net()

"""What the tree of modules itself costs."""

from bench.timing import lesson


@lesson("nn/module")
def call(torch, device, size):
    """Ten calls of a module that computes nothing."""
    module = torch.nn.Identity()
    x = torch.ones(1).to(device)

    def step():
        for _ in range(10):
            module(x)

    return step


@lesson("nn/module")
def attributes(torch, device, size):
    """Reading a parameter and a submodule's parameter."""
    net = torch.nn.Sequential(torch.nn.Linear(2, 2))
    net.layer = net[0]
    return lambda: (net.layer.weight, net.layer.bias)


@lesson("nn/module", size=[20])
def parameters(torch, device, size):
    """Walking over the parameters of `size` layers."""
    net = torch.nn.Sequential(*(torch.nn.Linear(2, 2) for _ in range(size)))
    return lambda: list(net.parameters())


@lesson("nn/module", size=[20])
def state_dict(torch, device, size):
    """A state of `size` layers, out and in again."""
    net = torch.nn.Sequential(*(torch.nn.Linear(2, 2) for _ in range(size))).to(device)
    return lambda: net.load_state_dict(net.state_dict())

"""How training varies: optimizers' settings, mini-batches, accumulated gradients, old habits."""

from tests.printed import prints


@prints
def test_momentum_and_groups(torch):
    nn = torch.nn
    torch.set_default_dtype(torch.float64)
    torch.manual_seed(0)
    x, y = torch.randn(30, 4), torch.randn(30, 2)

    def train(**settings):
        torch.manual_seed(1)
        net = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 2))
        optimizer = torch.optim.SGD(net.parameters(), **settings)
        for _ in range(10):
            optimizer.zero_grad()
            loss = nn.functional.mse_loss(net(x), y)
            loss.backward()
            optimizer.step()
        return net, optimizer, loss.item()

    for settings in (
        {"lr": 0.1},
        {"lr": 0.1, "momentum": 0.9},
        {"lr": 0.1, "momentum": 0.9, "nesterov": True},
        {"lr": 0.1, "momentum": 0.8, "dampening": 0.5},
        {"lr": 0.1, "weight_decay": 1e-2},
    ):
        net, optimizer, loss = train(**settings)
        print(settings, f"{loss:.8f}")
    print(optimizer)
    groups = [{"params": net[0].parameters()}, {"params": net[2].parameters(), "lr": 1e-3}]
    optimizer = torch.optim.SGD(groups, lr=1e-2, momentum=0.9)
    print(optimizer, len(optimizer.param_groups), sorted(optimizer.param_groups[0]))
    for epoch in range(6):
        optimizer.zero_grad()
        loss = ((net(x) - y) ** 2).mean()
        loss.backward()
        optimizer.step()
        if epoch == 2:
            for group in optimizer.param_groups:
                group["lr"] *= 0.1
        print(epoch, [group["lr"] for group in optimizer.param_groups], f"{loss.item():.8f}")
    state = optimizer.state_dict()
    print(state["param_groups"], len(state["state"]), state["state"][0]["momentum_buffer"].shape)
    again = torch.optim.SGD(net.parameters(), lr=1)
    print(
        len(again.param_groups[0]["params"]),
        again.param_groups[0]["lr"],
        again.state_dict()["state"],
    )
    again.add_param_group({"params": [torch.zeros(1, requires_grad=True)], "lr": 5})
    again.zero_grad()
    print(again.param_groups[1], net[0].weight.grad)


@prints
def test_shuffled_mini_batches(torch):
    nn = torch.nn
    torch.set_default_dtype(torch.float64)
    torch.manual_seed(12)
    x = torch.rand(64, 5)
    y = (x.sum(1) > 2.5).long()
    x_train, x_test, y_train, y_test = x[:50], x[50:], y[:50], y[50:]
    model = nn.Sequential(nn.Linear(5, 16), nn.ReLU(), nn.Linear(16, 2))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.5)
    loss_fn = nn.CrossEntropyLoss()
    batch_size = 16
    for epoch in range(8):
        permutation = torch.randperm(x_train.size(0))
        running_loss = 0.0
        model.train()
        for i in range(0, x_train.size()[0], batch_size):
            indices = permutation[i : i + batch_size]
            batch_x, batch_y = x_train[indices], y_train[indices]
            optimizer.zero_grad()
            loss = loss_fn(model(batch_x), batch_y)
            loss.backward()
            optimizer.step()
            running_loss += loss.item() * len(batch_x)
        model.eval()
        with torch.no_grad():
            accuracy = (model(x_test).argmax(dim=1) == y_test).float().mean().item()
        print(f"{epoch}: loss {running_loss / len(x_train):.8f}, test accuracy {accuracy:.2%}")
    print(permutation[:8], loss, sep="\n")


@prints
def test_accumulated_gradients(torch):
    torch.set_default_dtype(torch.float64)
    torch.manual_seed(0)
    model = torch.nn.Linear(3, 1)
    x, y = torch.randn(12, 3), torch.randn(12, 1)
    loss_fn = torch.nn.MSELoss()
    loss_fn(model(x), y).backward()
    whole = model.weight.grad.clone()
    model.zero_grad()
    print(model.weight.grad, whole.shape)
    for batch_x, batch_y in zip(x.chunk(3), y.chunk(3)):
        loss = loss_fn(model(batch_x), batch_y) / 3
        loss.backward()
        print(f"{loss.item():.8f}", torch.allclose(model.weight.grad, whole))
    model.zero_grad(set_to_none=False)
    print(model.weight.grad, model.bias.grad)


@prints
def test_old_habits(torch):
    Variable = torch.autograd.Variable
    torch.manual_seed(3)
    x = Variable(torch.randn(4, 3), requires_grad=False)
    y = Variable(torch.tensor([0, 1, 1, 0]))
    w = Variable(torch.randn(3, 2).type(torch.float64), requires_grad=True)
    print(type(x).__name__, x.data.type(), w.data[0], y.data, isinstance(w, Variable))
    x = x.type(torch.double)
    for t in range(3):
        prediction = x.mm(w).clamp(min=0)
        loss = (prediction - 1).pow(2).sum()
        print(t, f"{loss.data.item():.6f}", w.grad is None)
        loss.backward()
        w.data -= 1e-2 * w.grad.data
        w.grad.data.zero_()
    w.data = torch.ones(3, 2).double()
    w.grad = None
    print(w, w.is_leaf)
    nn = torch.nn
    print(nn.MSELoss(size_average=False)(torch.ones(3), torch.zeros(3)))
    print(nn.CrossEntropyLoss(size_average=False)(torch.zeros(4, 2), y), nn.MSELoss(reduce=False))
    print(nn.functional.softmax(torch.zeros(2, 2), dim=1), torch.nn.functional.tanh(torch.zeros(1)))
    print(torch.tensor([1, 2]).type("torch.DoubleTensor"), torch.ones(1).data, torch.ones(2).type())
    w.requires_grad = False
    print(w.sum(), torch.ones(2).cpu().is_cuda)
    device = torch.device("cuda:0" if False else "cpu")
    print(device, torch.ones(1).to(device), torch.ones(1, device=device).device.type)
    with torch.set_grad_enabled(False):
        print((torch.ones(1, requires_grad=True) * 2).requires_grad, torch.is_grad_enabled())

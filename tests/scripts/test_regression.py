"""One straight line, three ways, and a logistic curve."""

from tests.printed import prints


@prints
def test_with_raw_tensors(torch):
    torch.manual_seed(0)
    x = torch.rand(50, 1, dtype=torch.float64)
    y = 3 * x + 0.5 + 0.05 * torch.randn(50, 1, dtype=torch.float64)
    w = torch.zeros(1, 1, dtype=torch.float64, requires_grad=True)
    b = torch.zeros(1, dtype=torch.float64, requires_grad=True)
    print(x[:3], y[:3], w, b)
    for epoch in range(100):
        prediction = x @ w + b
        loss = ((prediction - y) ** 2).mean()
        loss.backward()
        w.data -= 0.5 * w.grad.data
        b.data -= 0.5 * b.grad.data
        w.grad.data.zero_()
        b.grad.data.zero_()
        if (epoch + 1) % 25 == 0:
            print("epoch %3d  loss %.8f  w %.6f  b %.6f" % (epoch + 1, loss, w, b))
    print(w, b, loss)


@prints
def test_with_a_linear_layer(torch):
    nn = torch.nn
    torch.manual_seed(1)
    x = torch.unsqueeze(torch.linspace(-1, 1, 20), dim=1)
    y = 2 * x - 1 + 0.1 * torch.randn(x.size())
    model = nn.Linear(1, 1)
    print(model, model.weight, model.bias, model.weight.shape, model.in_features)
    criterion = nn.MSELoss()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    print(criterion, optimizer)
    for epoch in range(30):
        outputs = model(x)
        loss = criterion(outputs, y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if (epoch + 1) % 10 == 0:
            print(f"Epoch [{epoch + 1}/30], Loss: {loss.item():.3f}")
    predicted = model(x).detach().numpy()
    print(predicted.shape, round(float(predicted[-1, 0]), 3))
    with torch.no_grad():
        print(model(torch.tensor([[4.0]])).item() > 5, model(x).requires_grad)


@prints
def test_with_a_module_of_our_own(torch):
    class LinearRegression(torch.nn.Module):
        def __init__(self, inputs, outputs):
            super().__init__()
            self.weight = torch.nn.Parameter(torch.randn(outputs, inputs))
            self.bias = torch.nn.Parameter(torch.zeros(outputs))
            self.register_buffer("seen", torch.tensor(0))

        def forward(self, x):
            self.seen += len(x)
            return x @ self.weight.T + self.bias

        def extra_repr(self):
            return f"inputs={self.weight.shape[1]}"

    torch.set_default_dtype(torch.float64)
    torch.manual_seed(5)
    x = torch.randn(40, 3)
    y = x @ torch.tensor([[1.0], [-2.0], [0.5]]) + 4
    model = LinearRegression(3, 1)
    print(model)
    print(list(model.parameters()))
    print({name: p.shape for name, p in model.named_parameters()}, list(model.state_dict()))
    loss_fn = torch.nn.MSELoss(reduction="sum")
    for t in range(40):
        loss = loss_fn(model(x), y)
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            for param in model.parameters():
                param -= 5e-3 * param.grad
    print(f"{loss.item():.8f}", f"{model.bias.item():.6f}")
    print([f"{w:.6f}" for w in model.weight[0].tolist()])
    print(model.seen, model.training, model.eval().training, model.state_dict()["seen"])


@prints
def test_logistic_regression(torch):
    nn, F = torch.nn, torch.nn.functional

    class Logistic(nn.Module):
        def __init__(self):
            super(Logistic, self).__init__()
            self.linear = nn.Linear(2, 1)

        def forward(self, x):
            return torch.sigmoid(self.linear(x))

    torch.set_default_dtype(torch.float64)
    torch.manual_seed(0)
    n = torch.ones(50, 2)
    x = torch.cat((torch.normal(2 * n, 1), torch.normal(-2 * n, 1)), 0)
    y = torch.cat((torch.ones(50), torch.zeros(50)), 0).unsqueeze(1)
    model = Logistic()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.5)
    for epoch in range(20):
        p = model(x)
        loss = -(y * torch.log(p) + (1 - y) * torch.log(1 - p)).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if epoch % 5 == 4:
            mask = p.ge(0.5).float()
            correct = (mask == y).sum()
            print(f"{epoch + 1}: {loss.item():.8f}, accuracy {correct.item() / x.size(0):.3f}")
    print(model.linear.weight.data.shape, F.sigmoid(torch.zeros(1)), nn.Sigmoid()(torch.zeros(1)))
    print((p > 0.5)[:3], ((p > 0.5) == y.bool()).all(), p.min() > 0)
    print(torch.sigmoid(torch.tensor([800.0, -800.0])))

"""A basic course from its start: regression, classifiers, modules of one's own, first weights."""

from collections import OrderedDict

from tests.printed import prints


@prints
def test_linear_regression_twice(torch):
    torch.set_default_dtype(torch.float64)
    torch.manual_seed(42)
    X = torch.linspace(0, 1, 40).unsqueeze(1)
    y = 0.7 * X + 0.3 + 0.02 * torch.randn(X.size())

    print("by hand")
    w = torch.randn(1, 1, requires_grad=True)
    b = torch.zeros(1, requires_grad=True)
    for epoch in range(100):
        y_pred = X.mm(w).add(b)
        loss = (y_pred - y).pow(2).mean()
        loss.backward()
        with torch.no_grad():
            w -= 0.3 * w.grad
            b -= 0.3 * b.grad
            w.grad.zero_()
            b.grad.zero_()
        if (epoch + 1) % 25 == 0:
            print(
                "Epoch {}: w={:.4f}, b={:.4f}, loss={:.4f}".format(epoch + 1, w.item(), b[0], loss)
            )

    print("with nn")

    class LinearRegressionModel(torch.nn.Module):
        def __init__(self):
            super(LinearRegressionModel, self).__init__()
            self.linear_layer = torch.nn.Linear(in_features=1, out_features=1)

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return self.linear_layer(x)

    split = int(0.8 * len(X))
    X_train, y_train, X_test, y_test = X[:split], y[:split], X[split:], y[split:]
    model_0 = LinearRegressionModel()
    print(model_0, list(model_0.parameters()), model_0.state_dict())
    loss_fn = torch.nn.L1Loss()
    optimizer = torch.optim.SGD(params=model_0.parameters(), lr=0.01)
    train_losses, test_losses = [], []
    for epoch in range(150):
        model_0.train()
        loss = loss_fn(model_0(X_train), y_train)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        model_0.eval()
        with torch.inference_mode():
            test_loss = loss_fn(model_0(X_test), y_test.type(torch.float64))
        train_losses.append(loss.detach().numpy())
        test_losses.append(test_loss.item())
        if epoch % 50 == 0:
            print(f"Epoch: {epoch} | MAE Train Loss: {loss:.4f} | MAE Test Loss: {test_loss:.4f}")
    print(model_0.state_dict(), float(train_losses[-1]) < float(train_losses[0]))
    with torch.inference_mode():
        y_preds = model_0(X_test)
    print(y_preds[:3], y_preds.requires_grad, y_preds.is_inference())


@prints
def test_logistic_regression(torch):
    nn = torch.nn
    torch.manual_seed(1)
    torch.set_default_dtype(torch.float64)
    x = torch.cat([torch.randn(30, 2) + 1.5, torch.randn(30, 2) - 1.5])
    y = torch.cat([torch.ones(30, 1), torch.zeros(30, 1)])
    for name in ("BCELoss", "BCEWithLogitsLoss"):
        torch.manual_seed(3)
        model = nn.Linear(2, 1)
        criterion = getattr(nn, name)()
        optimizer = torch.optim.Adam(model.parameters(), lr=0.1)
        for epoch in range(1, 41):
            z = model(x)
            out = torch.sigmoid(z)
            loss = criterion(out if name == "BCELoss" else z, y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            if epoch % 10 == 0:
                correct = out.round().eq(y).sum().item()
                print("%s epoch %2d loss %.4f acc %.3f" % (name, epoch, loss.item(), correct / 60))
        print(criterion, loss, model.weight.data, model.bias.data.squeeze(), sep="\n")
        print((out >= 0.5).float().t()[0, 25:35], model.weight.grad.abs().max() < 0.1)
    weighted = nn.BCEWithLogitsLoss(pos_weight=torch.tensor([3.0]))(z, y)
    print(weighted, nn.BCELoss(reduction="none")(out[:2], y[:2]), nn.BCELoss()(y, y))


@prints
def test_mlp_with_mini_batches(torch):
    nn, F = torch.nn, torch.nn.functional
    Variable = torch.autograd.Variable
    torch.set_default_dtype(torch.float64)
    torch.manual_seed(7)

    class MLP(nn.Module):
        def __init__(self, input_size=16, hidden_size=32, num_classes=4, p=0.2):
            super().__init__()
            self.fc1 = nn.Linear(input_size, hidden_size)
            self.bn = nn.BatchNorm1d(hidden_size)
            self.dropout = nn.Dropout(p)
            self.fc2 = nn.Linear(hidden_size, num_classes)

        def forward(self, x):
            x = x.view(x.size(0), -1)
            x = self.dropout(F.relu(self.bn(self.fc1(x))))
            return F.log_softmax(self.fc2(x), dim=1)

    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    model = MLP().to("cpu")
    print(model, device.type in ("cuda", "cpu"), next(model.parameters()).device)
    images = torch.randn(120, 1, 4, 4)
    labels = images.view(120, 4, 4).sum(2).argmax(1)
    optimizer = torch.optim.RMSprop(model.parameters(), lr=5e-3)
    criterion = nn.NLLLoss()
    for epoch in range(4):
        model.train()
        running = 0.0
        for batch_idx, i in enumerate(range(0, 96, 24)):
            data, target = Variable(images[i : i + 24]), Variable(labels[i : i + 24])
            optimizer.zero_grad()
            output = model(data)
            loss = criterion(output, target)
            loss.backward()
            optimizer.step()
            running += loss.item() * data.size(0)
            if batch_idx % 2 == 0:
                done = 100.0 * batch_idx / 4
                print(f"Train Epoch: {epoch} [{i}/96 ({done:.0f}%)]\tLoss: {loss.item():.6f}")
        model.eval()
        test_loss, correct = 0, 0
        with torch.no_grad():
            output = model(images[96:])
            test_loss += F.nll_loss(output, labels[96:], reduction="sum").item()
            pred = output.data.max(1, keepdim=True)[1]
            correct += pred.eq(labels[96:].data.view_as(pred)).cpu().sum()
        print(
            "\nTest set: Average loss: {:.4f}, Accuracy: {}/{} ({:.0f}%)\n".format(
                test_loss / 24, correct, 24, 100.0 * correct / 24
            )
        )
    print(
        torch.exp(output[0]),
        torch.exp(output).sum(1)[:3].round(decimals=4),
        model.bn.running_mean[:3],
    )
    print(model.bn.num_batches_tracked, model.training, criterion, optimizer, running > 0)
    confusion = torch.zeros(4, 4, dtype=torch.int64)
    for t, p in zip(labels[96:].view(-1), pred.view(-1)):
        confusion[t.long(), p.long()] += 1
    print(confusion, confusion.diag().float() / confusion.sum(1).clamp(min=1))


@prints
def test_modules_of_ones_own(torch):
    nn = torch.nn

    class Residual(nn.Module):
        def __init__(self, width):
            super().__init__()
            self.norm = nn.LayerNorm(width)
            self.lin = nn.Linear(width, width, bias=False)

        def forward(self, x):
            return x + torch.tanh(self.lin(self.norm(x)))

        def extra_repr(self):
            return "x + tanh(W norm(x))"

    class Net(nn.Module):
        def __init__(self, sizes, activation="lrelu"):
            super().__init__()
            self.blocks = nn.ModuleList([Residual(sizes[0]) for _ in range(2)])
            self.layers = nn.ModuleList()
            for a, b in zip(sizes[:-1], sizes[1:]):
                self.layers.append(nn.Linear(a, b))
            acts = {"relu": nn.ReLU(inplace=True), "lrelu": nn.LeakyReLU(0.1), "prelu": nn.PReLU()}
            self.acts = nn.ModuleDict(acts)
            self.scales = nn.ParameterList(
                [nn.Parameter(torch.full((1,), i + 1.0)) for i in (0, 1)]
            )
            self.register_buffer("mean", torch.zeros(sizes[0]))
            self.register_buffer("seen", torch.tensor(0), persistent=False)
            self.register_parameter("unused", None)
            self.activation = activation

        def forward(self, x):
            self.seen += 1
            if self.training:
                self.mean.mul_(0.9).add_(x.detach().mean(0), alpha=0.1)
            x = x - self.mean
            for block in self.blocks:
                x = block(x)
            for scale, layer in zip(self.scales, self.layers):
                x = self.acts[self.activation](layer(x) * scale)
            return x

    torch.set_default_dtype(torch.float64)
    torch.manual_seed(0)
    net = Net([6, 5, 3])
    print(net)
    for name, param in net.named_parameters():
        print(f"{name:24s} {str(tuple(param.shape)):10s} {param.requires_grad}")
    print([(n, b.shape, b.dtype) for n, b in net.named_buffers()], list(net.state_dict()))
    print([n for n, _ in net.named_children()], [n for n, _ in net.named_modules()])
    print([type(m).__name__ for m in net.modules()], len(net.blocks), net.layers[-1])
    print(net.get_submodule("blocks.1.lin"), net.get_parameter("scales.1"), net.unused)

    seen = []
    handles = [
        net.register_forward_pre_hook(lambda m, args: seen.append(("pre", args[0].shape))),
        net.blocks[1].register_forward_hook(
            lambda m, args, out: seen.append((type(m).__name__, len(args), out.shape))
        ),
        net.layers[0].register_full_backward_hook(
            lambda m, gi, go: seen.append(("back", gi[0].shape, go[0].shape, go[0].norm() > 0))
        ),
        net.layers[1].register_forward_hook(lambda m, args, out: out * 2),
    ]
    out = net(torch.randn(4, 6))
    out.sum().backward()
    print(*seen, sep="\n")
    for handle in handles:
        handle.remove()
    net.eval()(torch.ones(2, 6))
    print(len(seen), net.seen, net.mean, out, sep="\n")
    print([n for n, p in net.named_parameters() if p.grad is None])
    print(net.scales, net.acts.keys(), "relu" in net.acts, net.scales[0].grad)
    try:
        net.load_state_dict({"mean": torch.zeros(7)})
    except RuntimeError as err:
        print(
            type(err).__name__, "size mismatch for mean" in str(err), "Missing key(s)" in str(err)
        )
    print(net.load_state_dict({"mean": torch.ones(6), "more": out}, strict=False).unexpected_keys)


@prints
def test_first_weights_by_apply(torch):
    nn = torch.nn

    def weights_init(m):
        classname = m.__class__.__name__
        if classname.find("Conv") != -1:
            m.weight.data.normal_(0.0, 0.02)
        elif classname.find("BatchNorm") != -1:
            m.weight.data.normal_(1.0, 0.02)
            m.bias.data.fill_(0)

    def init_weights(m):
        if isinstance(m, (nn.Conv2d, nn.Linear)):
            nn.init.kaiming_normal_(m.weight, mode="fan_out", nonlinearity="relu")
            if m.bias is not None:
                nn.init.constant_(m.bias, 0.1)
        elif type(m) == nn.BatchNorm2d:  # noqa: E721
            nn.init.ones_(m.weight)
            nn.init.zeros_(m.bias)

    torch.manual_seed(999)
    net = nn.Sequential(
        OrderedDict(
            [
                ("conv1", nn.Conv2d(1, 4, kernel_size=3, stride=2, padding=1, bias=False)),
                ("bn1", nn.BatchNorm2d(4)),
                ("relu1", nn.ReLU(True)),
                ("deconv", nn.ConvTranspose2d(4, 2, 4, 2, 1)),
                ("flat", nn.Flatten()),
                ("fc", nn.Linear(2 * 6 * 6, 3)),
            ]
        )
    )
    print(net, net.conv1.weight[0], net.fc.weight[0, :4], net.deconv.bias, sep="\n")
    for init in (weights_init, init_weights):
        print(net.apply(init) is net, net.conv1.weight[0], net.bn1.weight, net.fc.bias, sep="\n")
        print(net.deconv.weight[0, 0], net.fc.weight.std())
    print(net(torch.ones(2, 1, 6, 6)).shape, net[0] is net.conv1, list(net._modules))
    for m in net.children():
        if hasattr(m, "reset_parameters"):
            m.reset_parameters()
    print(net.bn1.weight, net.fc.bias, torch.rand(2))
    lin = nn.Linear(3, 3)
    nn.init.orthogonal_(lin.weight, gain=nn.init.calculate_gain("relu"))
    print(torch.allclose(lin.weight.T @ lin.weight, 2 * torch.eye(3), atol=1e-5), lin.bias)
    print(nn.init.xavier_uniform_(torch.empty(2, 2)), nn.init.eye_(torch.empty(2, 3)))
    print(nn.init.trunc_normal_(torch.empty(4), std=0.02), nn.init.dirac_(torch.empty(2, 2, 3)))

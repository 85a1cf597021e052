"""Small networks: XOR, three classes, shared weights, first weights, what is inside a model."""

import copy
import random
from collections import OrderedDict

from tests.printed import prints


@prints
def test_xor(torch):
    nn = torch.nn
    torch.manual_seed(2)
    x = torch.tensor([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=torch.float64)
    y = torch.tensor([[0], [1], [1], [0]], dtype=torch.float64)
    model = nn.Sequential(nn.Linear(2, 8), nn.Tanh(), nn.Linear(8, 1), nn.Sigmoid()).double()
    print(model)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.5, momentum=0.9)
    loss_fn = nn.MSELoss()
    for epoch in range(201):
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
        if epoch % 50 == 0:
            print("epoch", epoch, "loss", "%.8f" % loss.item())
    with torch.no_grad():
        for point, answer in zip(x, model(x)):
            print(point.tolist(), "->", int(answer.round()), f"{answer.item():.4f}")


@prints
def test_three_classes(torch):
    nn, F = torch.nn, torch.nn.functional

    class Net(nn.Module):
        def __init__(self, features, hidden, classes):
            super().__init__()
            self.hidden = nn.Linear(features, hidden)
            self.out = nn.Linear(hidden, classes)

        def forward(self, x):
            return self.out(F.relu(self.hidden(x)))

    torch.set_default_dtype(torch.float64)
    torch.manual_seed(4)
    centers = torch.tensor([[0.0, 2.0], [2.0, -1.0], [-2.0, -1.0]])
    labels = torch.arange(90) % 3
    points = centers[labels] + 0.8 * torch.randn(90, 2)
    net = Net(2, 10, 3)
    print(net, labels[:6], points.dtype)
    criterion = nn.CrossEntropyLoss()
    optimizer = torch.optim.SGD(net.parameters(), lr=0.2)
    for epoch in range(40):
        out = net(points)
        loss = criterion(out, labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if epoch % 10 == 9:
            prediction = torch.max(F.softmax(out, dim=1), 1)[1]
            accuracy = (prediction == labels).float().mean()
            print(f"epoch {epoch + 1:2d}, loss {loss.item():.8f}, accuracy {accuracy:.4f}")
    net.eval()
    with torch.no_grad():
        scores = net(points)
    _, predicted = torch.max(scores.data, 1)
    total, correct = labels.size(0), (predicted == labels).sum().item()
    print("Accuracy: %d %%" % (100 * correct / total), scores.argmax(1)[:10])
    probabilities = nn.Softmax(dim=1)(scores)
    print(torch.allclose(probabilities.sum(1), torch.ones(90)), (predicted != labels).sum())
    print(torch.allclose(F.nll_loss(F.log_softmax(scores, 1), labels), criterion(scores, labels)))
    for c in range(3):
        right, number = (predicted[labels == c] == c).sum(), (labels == c).sum()
        print("class", c, ":", right.item(), "/", number.item())
    print(predicted.eq(labels.view_as(predicted)).sum())
    print(torch.zeros(2, 3).scatter_(1, labels[:2, None], 1))


@prints
def test_control_flow_and_shared_weights(torch):
    class DynamicNet(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.first = torch.nn.Linear(4, 6)
            self.middle = torch.nn.Linear(6, 6)
            self.last = torch.nn.Linear(6, 1)

        def forward(self, x):
            x = self.first(x).clamp(min=0)
            for _ in range(random.randint(0, 3)):
                x = torch.relu(self.middle(x))
            return self.last(x)

    random.seed(0)
    torch.set_default_dtype(torch.float64)
    torch.manual_seed(0)
    x, y = torch.randn(12, 4), torch.randn(12, 1)
    model = DynamicNet()
    optimizer = torch.optim.SGD(model.parameters(), lr=1e-2, momentum=0.9)
    for t in range(30):
        loss = torch.nn.MSELoss(reduction="sum")(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if t % 6 == 5:
            print(t, f"{loss.item():.8f}", model.middle.weight.grad is None)
    tied = torch.nn.Sequential(model.middle, torch.nn.ReLU(), model.middle)
    print(len(list(tied.parameters())), len(tied.state_dict()), tied[0] is tied[2])
    print([name for name, _ in tied.named_parameters()])


@prints
def test_weights_by_hand(torch):
    nn = torch.nn

    def init_weights(m):
        print("visiting", m)
        if isinstance(m, nn.Linear):
            nn.init.xavier_uniform_(m.weight)
            m.bias.data.fill_(0.01)

    torch.manual_seed(0)
    net = nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Sequential(nn.Linear(3, 2), nn.Tanh()))
    print(net.apply(init_weights) is net)
    for name, parameter in net.named_parameters():
        print(name, parameter)
    with torch.no_grad():
        net[0].weight.copy_(torch.eye(3)[:, :2])
        net[0].bias.zero_()
        net[2][0].weight[0] = 5
    print(net[0].weight, net[2][0].weight[0], net(torch.ones(1, 2)).shape)
    w = torch.empty(3, 5)
    for fill in (nn.init.kaiming_uniform_, nn.init.kaiming_normal_, nn.init.xavier_normal_):
        print(fill.__name__, fill(w))
    print(
        nn.init.normal_(w, 0, 0.1).clone(), nn.init.uniform_(w).clone(), nn.init.constant_(w, 0.3)
    )
    print(nn.init.kaiming_uniform_(w, mode="fan_out", nonlinearity="relu"))
    print(nn.init.zeros_(w).sum(), nn.init.calculate_gain("tanh"))
    net[0].weight = nn.Parameter(torch.ones(3, 2))
    nn.init.ones_(net[0].bias)
    print(list(net[0].parameters()), net[0].reset_parameters(), net[0].weight)


@prints
def test_what_is_inside(torch):
    nn = torch.nn

    class Autoencoder(nn.Module):
        def __init__(self):
            super().__init__()
            self.encoder = nn.Sequential(nn.Linear(8, 4), nn.ReLU())
            self.decoder = nn.Sequential(
                OrderedDict([("hidden", nn.Linear(4, 8, bias=False)), ("squash", nn.Sigmoid())])
            )
            self.scale = nn.Parameter(torch.ones(1))

        def forward(self, x):
            return self.decoder(self.encoder(x)) * self.scale

    model = Autoencoder()
    print(model)
    for name, parameter in model.named_parameters():
        size = str(list(parameter.size()))
        print(f"{name:25s} {size:10s} {parameter.numel():4d} {parameter.requires_grad}")
    total = sum(p.numel() for p in model.parameters())
    trainable = sum(p.numel() for p in model.parameters() if p.requires_grad)
    print(f"{total:,} parameters, {trainable:,} to train")
    for p in model.encoder.parameters():
        p.requires_grad = False
    print(sum(p.numel() for p in model.parameters() if p.requires_grad))
    print([name for name, _ in model.named_children()], len(list(model.modules())))
    print(model.parameters(), model.named_parameters(), model.children(), model._modules.keys())
    for name, module in model.named_modules():
        print(repr(name), type(module).__name__)
    print(model.decoder.hidden, model.encoder[0].weight.shape, model.decoder[1], len(model.encoder))
    for key, value in model.state_dict().items():
        print(key, "\t", value.size(), value.requires_grad)
    model(torch.rand(3, 8)).sum().backward()
    print(model.encoder[0].weight.grad, model.scale.grad.shape, next(model.parameters()).device)
    layers = [nn.Linear(2, 2)]
    layers.append(nn.Flatten())
    print(nn.Sequential(*layers), nn.Sequential(*list(model.encoder.children())[:1]))
    print(nn.Sequential(nn.Flatten(), nn.Linear(6, 2))(torch.ones(5, 2, 3)).shape)
    model.add_module("extra", nn.Softmax(dim=1))
    del model.scale
    print(model, model.training, hasattr(model, "scale"), isinstance(model.encoder, nn.Module))


@prints
def test_from_one_model_to_another(torch):
    nn = torch.nn
    torch.manual_seed(0)
    teacher = nn.Sequential(nn.Linear(3, 2), nn.ReLU(), nn.Linear(2, 1))
    student = nn.Sequential(nn.Linear(3, 2), nn.ReLU(), nn.Linear(2, 1))
    x = torch.randn(4, 3)
    print(torch.equal(teacher(x), student(x)))
    print(student.load_state_dict(teacher.state_dict()))
    print(torch.equal(teacher(x), student(x)), teacher.state_dict())
    best = copy.deepcopy(teacher.state_dict())
    alias = teacher.state_dict()
    with torch.no_grad():
        teacher[0].weight.zero_()
    print(best["0.weight"].abs().sum() > 0, alias["0.weight"].abs().sum(), student[0].weight)
    teacher.load_state_dict(best)
    print(torch.equal(teacher(x), student(x)))
    twin = copy.deepcopy(teacher)
    twin[2].bias.data += 1
    print((twin(x) - teacher(x)).mean())
    with torch.no_grad():
        for target, source in zip(twin.parameters(), teacher.parameters()):
            target.mul_(0.9).add_(source, alpha=0.1)
    print(f"{twin[2].bias.item() - teacher[2].bias.item():.4f}")
    try:
        nn.Sequential(nn.Linear(3, 2)).load_state_dict(teacher.state_dict())
    except RuntimeError as error:
        print("RuntimeError", "2.weight" in str(error), "2.bias" in str(error))
    print(nn.Sequential(nn.Linear(3, 2)).load_state_dict(teacher.state_dict(), strict=False))


@prints
def test_a_wrapper_that_passes_on(torch):
    class Wrapper(torch.nn.Module):
        def __init__(self, model):
            super().__init__()
            self.model = model
            self.calls = 0

        def __getattr__(self, name):
            try:
                return super().__getattr__(name)
            except AttributeError:
                return getattr(self.model, name)

        def forward(self, x):
            self.calls += 1
            return self.model(x)

    torch.manual_seed(0)
    wrapper = Wrapper(torch.nn.Linear(2, 3))
    print(wrapper, wrapper.in_features, wrapper.weight.shape, wrapper.calls)
    print(wrapper(torch.ones(1, 2)), wrapper.calls, list(wrapper.state_dict()))
    try:
        print(wrapper.nothing)
    except AttributeError as error:
        print(error)

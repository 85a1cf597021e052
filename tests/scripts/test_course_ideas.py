"""A basic course on ideas: VAE, style, Siamese and adversarial pairs, one's own losses, devices."""

import io
import math
import random

import numpy

from tests.printed import prints


@prints
def test_vae(torch):
    nn, F = torch.nn, torch.nn.functional
    torch.set_default_dtype(torch.float64)
    torch.manual_seed(1)

    class VAE(nn.Module):
        def __init__(self):
            super(VAE, self).__init__()
            self.fc1 = nn.Linear(16, 12)
            self.fc21 = nn.Linear(12, 2)
            self.fc22 = nn.Linear(12, 2)
            self.fc3 = nn.Linear(2, 12)
            self.fc4 = nn.Linear(12, 16)

        def encode(self, x):
            h1 = F.relu(self.fc1(x))
            return self.fc21(h1), self.fc22(h1)

        def reparameterize(self, mu, logvar):
            std = torch.exp(0.5 * logvar)
            eps = torch.randn_like(std)
            return mu + eps * std

        def decode(self, z):
            return torch.sigmoid(self.fc4(F.relu(self.fc3(z))))

        def forward(self, x):
            mu, logvar = self.encode(x.view(-1, 16))
            return self.decode(self.reparameterize(mu, logvar)), mu, logvar

    def loss_function(recon_x, x, mu, logvar):
        BCE = F.binary_cross_entropy(recon_x, x.view(-1, 16), reduction="sum")
        KLD = -0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp())
        return BCE, KLD

    model = VAE().to(torch.device("cpu"))
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-2)
    data = torch.bernoulli(torch.full((20, 1, 4, 4), 0.3))
    data[::2] = data[0].clone()
    for epoch in range(1, 25):
        optimizer.zero_grad()
        BCE, KLD = loss_function(*((out := model(data))[0], data), *out[1:])
        (BCE + KLD).backward()
        optimizer.step()
        if epoch % 6 == 0:
            print("Epoch: {:2d} BCE: {:.4f} KLD: {:.4f}".format(epoch, BCE / 20, KLD.item() / 20))
    with torch.no_grad():
        sample = model.decode(torch.randn(3, 2)).view(3, 1, 4, 4)
    print(sample[0], BCE, KLD, sep="\n")
    q, p = F.log_softmax(sample.view(3, -1), 1), F.softmax(data[:3].view(3, -1), 1)
    print(nn.KLDivLoss(reduction="batchmean")(q, p), F.kl_div(q, p.log(), log_target=True).shape)


@prints
def test_an_input_is_optimized(torch):
    nn, F = torch.nn, torch.nn.functional
    torch.set_default_dtype(torch.float64)
    torch.manual_seed(0)
    cnn = nn.Sequential(nn.Conv2d(3, 4, 3, padding=1), nn.ReLU(), nn.Conv2d(4, 6, 3), nn.ReLU())
    cnn.eval().requires_grad_(False)
    content, style = torch.rand(1, 3, 8, 8), torch.rand(1, 3, 8, 8)

    def gram_matrix(input):
        a, b, c, d = input.size()
        features = input.view(a * b, c * d)
        G = torch.mm(features, features.t())
        return G.div(a * b * c * d)

    class Normalization(nn.Module):
        def __init__(self, mean, std):
            super().__init__()
            self.mean = torch.tensor(mean).view(-1, 1, 1)
            self.std = torch.tensor(std).view(-1, 1, 1)

        def forward(self, img):
            return (img - self.mean) / self.std

    model = nn.Sequential()
    model.add_module("norm", Normalization([0.485, 0.456, 0.406], [0.229, 0.224, 0.225]))
    for i, layer in enumerate(cnn.children()):
        name = ("conv_{}" if isinstance(layer, nn.Conv2d) else "relu_{}").format(i // 2 + 1)
        model.add_module(name, layer if i % 2 == 0 else nn.ReLU(inplace=False))
    print(model, model[:2](content).shape, model.relu_1)
    targets = model(content).detach(), gram_matrix(model(style)).detach()
    img = content.clone().requires_grad_(True)
    optimizer = torch.optim.Adam([img], lr=0.05)
    for run in range(12):
        with torch.no_grad():
            img.clamp_(0, 1)
        optimizer.zero_grad()
        features = model(img)
        content_score = F.mse_loss(features, targets[0])
        style_score = F.mse_loss(gram_matrix(features), targets[1])
        tv = (img[..., 1:] - img[..., :-1]).abs().mean() + (
            img[:, :, 1:] - img[:, :, :-1]
        ).abs().mean()
        loss = content_score + 1e4 * style_score + 0.1 * tv
        loss.backward()
        optimizer.step()
        if run % 3 == 2:
            print(f"run [{run}]: style {style_score:.6f} content {content_score:.4f} tv {tv:.4f}")
    print(img.data.clamp_(0, 1)[0, 0, :2], img.is_leaf, cnn[0].weight.grad, sep="\n")
    image = style.clone().requires_grad_()
    score = model(image)[0].max()
    score.backward()
    saliency, _ = torch.max(image.grad.data.abs(), dim=1)
    perturbed = torch.clamp(image + 0.05 * image.grad.sign(), 0, 1)
    print(saliency.shape, f"{saliency.max():.4f} {score:.4f} {model(perturbed)[0].max():.4f}")


@prints
def test_siamese(torch):
    nn, F = torch.nn, torch.nn.functional
    torch.set_default_dtype(torch.float64)
    torch.manual_seed(2)

    class SiameseNetwork(nn.Module):
        def __init__(self):
            super().__init__()
            self.cnn = nn.Sequential(nn.ZeroPad2d(1), nn.Conv2d(1, 4, 3), nn.PReLU(), nn.Flatten())
            self.fc = nn.Linear(4 * 36, 5)

        def forward_once(self, x):
            return self.fc(self.cnn(x))

        def forward(self, *inputs):
            return tuple(self.forward_once(x) for x in inputs)

    class ContrastiveLoss(nn.Module):
        def __init__(self, margin=2.0):
            super().__init__()
            self.margin = margin

        def forward(self, output1, output2, label):
            distance = F.pairwise_distance(output1, output2)
            pull = (1 - label) * torch.pow(distance, 2)
            push = label * torch.pow(torch.clamp(self.margin - distance, min=0.0), 2)
            return torch.mean(pull + push)

    anchors = torch.randn(8, 1, 6, 6)
    positives = anchors + 0.1 * torch.randn(8, 1, 6, 6)
    negatives = torch.randn(8, 1, 6, 6)
    same = torch.ones(8)
    for criterion in (
        nn.TripletMarginLoss(margin=1.0, p=2),
        nn.CosineEmbeddingLoss(margin=0.2),
        ContrastiveLoss(),
        nn.MarginRankingLoss(margin=0.5),
    ):
        torch.manual_seed(0)
        net = SiameseNetwork()
        optimizer = torch.optim.Adam(net.parameters(), lr=5e-3)
        for epoch in range(6):
            a, p, n = net(anchors, positives, negatives)
            if isinstance(criterion, nn.TripletMarginLoss):
                loss = criterion(a, p, n)
            elif isinstance(criterion, nn.MarginRankingLoss):
                d_p, d_n = F.pairwise_distance(a, p), F.pairwise_distance(a, n)
                loss = criterion(d_n, d_p, same)
            elif isinstance(criterion, ContrastiveLoss):
                loss = criterion(a, p, 0 * same) + criterion(a, n, same)
            else:
                loss = criterion(a, p, same) + criterion(a, n, -same)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            if epoch % 2 == 1:
                print(criterion, epoch, f"{loss:.4f}")
        print(F.cosine_similarity(a, p)[:3], nn.CosineSimilarity()(a, n)[:3], net.cnn[2].weight)
    print(nn.PairwiseDistance(p=1)(a, p)[:2], (a[:2, None] - n[None, :3]).norm(dim=2), sep="\n")


@prints
def test_losses_of_ones_own(torch):
    nn, F = torch.nn, torch.nn.functional
    torch.set_default_dtype(torch.float64)
    torch.manual_seed(0)

    class FocalLoss(nn.Module):
        def __init__(self, alpha=0.25, gamma=2, reduction="mean"):
            super().__init__()
            self.alpha, self.gamma, self.reduction = alpha, gamma, reduction

        def forward(self, inputs, targets):
            ce = F.cross_entropy(inputs, targets, reduction="none")
            pt = torch.exp(-ce)
            loss = self.alpha * (1 - pt) ** self.gamma * ce
            return loss.mean() if self.reduction == "mean" else loss.sum()

    class DiceLoss(nn.Module):
        def forward(self, inputs, targets, smooth=1):
            inputs = F.sigmoid(inputs).view(-1)
            targets = targets.view(-1)
            both = (inputs * targets).sum()
            return 1 - (2.0 * both + smooth) / (inputs.sum() + targets.sum() + smooth)

    class RMSELoss(nn.MSELoss):
        def forward(self, yhat, y):
            return torch.sqrt(super().forward(yhat, y) + 1e-6)

    def log_cosh_loss(input, target):
        diff = target - input
        return (diff + F.softplus(-2.0 * diff) - math.log(2)).mean()

    x, labels = torch.randn(6, 3, requires_grad=True), torch.tensor([0, 1, 2, 1, 0, 2])
    hot = F.one_hot(labels, num_classes=3).double()
    for loss_fn, target in (
        (FocalLoss(), labels),
        (FocalLoss(gamma=0, alpha=1, reduction="sum"), labels),
        (DiceLoss(), hot),
        (RMSELoss(), hot),
        (log_cosh_loss, hot),
        (nn.CrossEntropyLoss(weight=torch.tensor([1.0, 2.0, 0.5])), labels),
        (nn.CrossEntropyLoss(ignore_index=1), labels),
        (nn.CrossEntropyLoss(label_smoothing=0.1), F.softmax(hot, dim=1)),
        (nn.L1Loss(reduction="sum"), hot),
        (nn.SmoothL1Loss(beta=0.5), hot),
        (nn.HuberLoss(delta=0.5), hot),
        (nn.BCEWithLogitsLoss(), hot),
        (lambda i, t: F.nll_loss(F.log_softmax(i, dim=1), t), labels),
        (lambda i, t: -(F.log_softmax(i, 1)[range(6), t]).mean(), labels),
        (lambda i, t: ((t - F.softmax(i, dim=1)) ** 2).sum(dim=1).sqrt().mean(), hot),
    ):
        x.grad = None
        loss = loss_fn(x, target)
        loss.backward()
        print(f"{loss.item():.6f}", ["%.6f" % g for g in x.grad[1]])
    print(FocalLoss(), RMSELoss(), nn.CrossEntropyLoss(weight=hot[0]).weight, loss.requires_grad)
    student, teacher, T = x, torch.randn(6, 3), 4.0
    soft = F.kl_div(F.log_softmax(student / T, 1), F.softmax(teacher / T, 1), reduction="batchmean")
    print(f"{0.7 * T * T * soft + 0.3 * F.cross_entropy(student, labels):.6f}")
    f1 = 2 * (hot * F.softmax(x, 1)).sum(0) / (hot.sum(0) + F.softmax(x, 1).sum(0))
    print(f1.detach(), (x.topk(2, dim=1).indices == labels[:, None]).any(1).double().mean())


@prints
def test_functional_and_curves(torch):
    nn, F = torch.nn, torch.nn.functional
    torch.set_default_dtype(torch.float64)
    torch.set_printoptions(precision=3)
    torch.manual_seed(0)
    x = torch.tensor([-3.5, -1.0, -0.25, 0.0, 0.5, 2.0, 7.0], requires_grad=True)
    for layer in (
        nn.ReLU(),
        nn.ReLU6(),
        nn.LeakyReLU(0.2),
        nn.PReLU(),
        nn.ELU(alpha=0.5),
        nn.SELU(),
        nn.GELU(),
        nn.SiLU(),
        nn.Softplus(),
        nn.Sigmoid(),
        nn.LogSigmoid(),
        nn.Tanh(),
        nn.Hardtanh(-2, 2),
        nn.Hardswish(),
        nn.Hardsigmoid(),
        nn.Softmax(dim=0),
        nn.LogSoftmax(dim=0),
    ):
        x.grad = None
        y = layer(x)
        y.backward(torch.linspace(1, 2, 7))
        print(layer, y.data, x.grad, sep="\n")
    print(F.relu6(x), F.elu(x), F.selu(x), F.gelu(x, approximate="tanh"), F.hardtanh(x), sep="\n")
    print(F.leaky_relu(x, 0.1), F.silu(x), F.softplus(x), F.logsigmoid(x), F.hardswish(x), sep="\n")
    print(F.relu_(x * 1), F.dropout(torch.ones(10), 0.5), F.dropout(x, training=False) is x)
    w, b = torch.ones(2, 7), torch.tensor([0.5, -0.5])
    print(F.linear(x, w, b), F.layer_norm(x, (7,)), F.softmax(x, dim=-1), F.normalize(x, dim=0))
    image = torch.arange(16.0).view(1, 1, 4, 4)
    print(F.avg_pool2d(image, 2), F.max_pool2d(image, 3, stride=1), F.adaptive_avg_pool2d(image, 1))
    print(F.pad(image, (1, 1)).shape, F.pad(image, (1, 0, 1, 0), value=9)[0, 0, :2], sep="\n")
    kernel = torch.tensor([[[[0.0, 1.0], [2.0, 3.0]]]])
    print(F.conv2d(image, kernel, stride=2), F.conv_transpose2d(kernel, kernel), sep="\n")
    print(F.batch_norm(image, torch.zeros(1), torch.ones(1)).sum(), F.embedding(torch.tensor(1), w))
    bn = nn.BatchNorm1d(2)
    batch = torch.tensor([[1.0, 10.0], [3.0, 30.0]])
    print(bn(batch), bn.running_mean, bn.running_var, bn.eval()(batch), list(bn.state_dict()))


@prints
def test_seeds_and_devices(torch):
    nn = torch.nn

    def set_seed(seed=42):
        random.seed(seed)
        numpy.random.seed(seed)
        torch.manual_seed(seed)
        torch.cuda.manual_seed_all(seed)
        torch.cuda.empty_cache()
        torch.backends.cudnn.deterministic = True
        torch.backends.cudnn.benchmark = False

    def once():
        net = nn.Sequential(nn.Linear(3, 4), nn.Dropout(0.5), nn.BatchNorm1d(4), nn.Linear(4, 1))
        optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
        for _ in range(3):
            optimizer.zero_grad()
            net(torch.randn(5, 3)).pow(2).mean().backward()
            optimizer.step()
        return net

    set_seed()
    first = once()
    set_seed()
    second = once()
    third = once()
    print(all(torch.equal(a, b) for a, b in zip(first.parameters(), second.parameters())))
    print(torch.equal(first[0].weight, third[0].weight), torch.initial_seed())
    device = "cuda" if torch.cuda.is_available() else "cpu"
    device = torch.device(device if device == "cpu" else "cpu")
    net = first.to(device)
    if torch.cuda.is_available():
        net = net.cuda().cpu()
    print(device, net is first, {p.device for p in net.parameters()}, net[0].weight.is_cuda)
    x = torch.ones(2, 3).to(device, non_blocking=True)
    print(net.eval()(x).shape, net.double()(x.double()).dtype, net.float()(x).dtype)
    half = nn.Linear(2, 2).half()
    print(half.weight.dtype, half.bias.half().dtype, half.to(torch.float32).weight.dtype)
    print(next(net.half().parameters()).dtype, net[2].num_batches_tracked.dtype)
    size = sum(p.numel() * p.element_size() for p in net.float().parameters())
    size += sum(b.nelement() * b.element_size() for b in net.buffers())
    print(f"model size: {size / 1024:.3f} KB")
    g = torch.Generator().manual_seed(0)
    print(torch.randperm(6, generator=g), torch.rand(2, generator=g), torch.randint(9, (3,)))
    buffer = io.BytesIO()
    torch.save(net, buffer)
    buffer.seek(0)
    again = torch.load(buffer, weights_only=False, map_location="cpu")
    print(again, torch.equal(again.eval()(x), net.eval()(x)), len(buffer.getvalue()) > 1000)
    torch.save([x, {"a": 1.5, "list": [1, "b", None, (True,)]}], buffer := io.BytesIO())
    buffer.seek(0)
    print(torch.load(buffer, weights_only=True), torch.load(io.BytesIO(buffer.getvalue())))


@prints
def test_polynomial_with_parameters(torch):
    nn = torch.nn
    torch.set_default_dtype(torch.float64)

    class Polynomial3(nn.Module):
        def __init__(self):
            super().__init__()
            self.a = nn.Parameter(torch.randn(()))
            self.rest = nn.ParameterList([nn.Parameter(torch.randn(1)) for _ in range(3)])
            self.named = nn.ParameterDict({"shift": nn.Parameter(torch.zeros(1))})

        def forward(self, x):
            y = self.a + self.named["shift"]
            for power, p in enumerate(self.rest):
                y = y + p * x ** (power + 1)
            return y

        def string(self):
            return f"y = {self.a.item():.4f} + " + " + ".join(
                f"{p.item():.4f} x" for p in self.rest
            )

    torch.manual_seed(0)
    x = torch.linspace(-math.pi, math.pi, 200)
    y = torch.sin(x)
    model = Polynomial3()
    print(model, list(model.state_dict()), model.string())
    criterion = nn.MSELoss(reduction="sum")
    optimizer = torch.optim.SGD(model.parameters(), lr=1e-6)
    for t in range(100):
        loss = criterion(model(x), y)
        if t % 20 == 19:
            print(t, f"{loss.item():.4f}")
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    print(model.string(), len(model.rest), [p.grad.shape for p in model.parameters()])
    xx = x.unsqueeze(-1).pow(torch.tensor([1, 2, 3]))
    net = nn.Sequential(nn.Linear(3, 1), nn.Flatten(0, 1))
    for rule in ("SGD", "Adam", "AdamW", "RMSprop", "Adagrad"):
        optimizer = getattr(torch.optim, rule)(net.parameters(), lr=1e-3)
        for t in range(5):
            optimizer.zero_grad()
            loss = nn.functional.mse_loss(net(xx), y)
            loss.backward()
            optimizer.step()
        print(rule, f"{loss.item():.4f}", net[0].bias.item().__round__(6))
        print(optimizer)

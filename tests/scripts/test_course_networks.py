"""A basic course on networks: convolutions, transfer, autoencoders, words, GANs, VAEs, Siamese."""

from collections import OrderedDict

from tests.printed import prints


@prints
def test_lenet(torch):
    nn, F = torch.nn, torch.nn.functional
    torch.set_default_dtype(torch.float64)
    torch.manual_seed(0)

    class Net(nn.Module):
        def __init__(self):
            super(Net, self).__init__()
            self.conv1 = nn.Conv2d(1, 6, 5)
            self.conv1_bn = nn.BatchNorm2d(6)
            self.pool = nn.MaxPool2d(2, 2)
            self.conv2 = nn.Conv2d(6, 12, 3)
            self.drop = nn.Dropout2d(p=0.25)
            self.fc1 = nn.Linear(12 * 3 * 3, 30)
            self.fc2 = nn.Linear(30, 10)

        def forward(self, x):
            x = self.pool(F.relu(self.conv1_bn(self.conv1(x))))
            x = F.max_pool2d(F.relu(self.drop(self.conv2(x))), 2)
            x = x.view(-1, self.num_flat_features(x))
            x = F.dropout(F.relu(self.fc1(x)), training=self.training)
            return self.fc2(x)

        def num_flat_features(self, x):
            num_features = 1
            for s in x.size()[1:]:
                num_features *= s
            return num_features

    net = Net()
    print(net)
    params = list(net.parameters())
    print(
        len(params), params[0].size(), sum(p.numel() for p in net.parameters() if p.requires_grad)
    )
    images, labels = torch.randn(40, 1, 20, 20), torch.arange(40) % 10
    out = net(images[:1])
    print(out.shape, out.grad_fn)
    net.zero_grad()
    out.backward(torch.randn(1, 10))
    print("fc2.bias.grad", net.fc2.bias.grad, net.conv1.weight.grad[0, 0, 0])
    criterion = nn.CrossEntropyLoss()
    optimizer = torch.optim.SGD(net.parameters(), lr=0.05, momentum=0.9, weight_decay=5e-4)
    for epoch in range(3):
        running_loss = 0.0
        net.train()
        for i in range(4):
            inputs, targets = images[i::4], labels[i::4]
            optimizer.zero_grad()
            loss = criterion(net(inputs), targets)
            loss.backward()
            optimizer.step()
            running_loss += loss.item()
            if i % 2 == 1:
                print("[%d, %5d] loss: %.4f" % (epoch + 1, i + 1, running_loss / 2))
                running_loss = 0.0
    net.eval()
    with torch.no_grad():
        outputs = net(images)
        _, predicted = torch.max(outputs, 1)
    print(outputs[0], predicted, (predicted == labels).sum().item() / 40, sep="\n")
    print(torch.equal(net(images), outputs), net.conv1_bn.running_var, net.conv1_bn.training)
    print(net.conv1.weight[0], net.state_dict()["conv1_bn.num_batches_tracked"])
    loss = criterion(net(images), labels)
    print(loss.grad_fn, loss.grad_fn.next_functions[0][0], loss)


@prints
def test_the_arithmetic_of_shapes(torch):
    nn = torch.nn
    x = torch.arange(2 * 3 * 9 * 9, dtype=torch.float32).view(2, 3, 9, 9)
    print(nn.Conv2d(3, 4, 3)(x).shape, nn.Conv2d(3, 4, 3, padding=1)(x).shape)
    for layer in (
        nn.Conv2d(3, 8, kernel_size=5, stride=2, padding=2),
        nn.Conv2d(3, 8, (3, 1), stride=(2, 1), padding=(1, 0)),
        nn.Conv2d(3, 8, 3, padding="same", dilation=2),
        nn.Conv2d(3, 6, 3, groups=3, bias=False, padding="valid"),
        nn.Conv2d(3, 2, 3, padding=1, padding_mode="reflect"),
        nn.ConvTranspose2d(3, 4, 4, stride=2, padding=1),
        nn.ConvTranspose2d(3, 4, 3, stride=2, padding=1, output_padding=1),
        nn.MaxPool2d(2),
        nn.MaxPool2d(3, stride=2, padding=1, ceil_mode=True),
        nn.AvgPool2d((3, 3), stride=1),
        nn.AdaptiveAvgPool2d((1, 1)),
        nn.AdaptiveAvgPool2d((5, None)),
        nn.AdaptiveMaxPool2d(3),
        nn.Upsample(scale_factor=2),
        nn.Upsample(size=(7, 5), mode="bilinear", align_corners=False),
        nn.ZeroPad2d((1, 2, 0, 1)),
        nn.BatchNorm2d(3, affine=False),
        nn.GroupNorm(3, 3),
        nn.Flatten(),
        nn.Sequential(nn.Flatten(1, 2), nn.Unflatten(1, (3, 9))),
        nn.Dropout2d(0.5),
    ):
        layer.eval()
        count = sum(p.numel() for p in layer.parameters())
        print(layer, "->", tuple(layer(x).shape), count, "parameters")
    print(nn.Conv2d(3, 4, 3)(x[0]).shape, nn.Conv1d(9, 5, 2)(x[0]).shape)
    print(nn.MaxPool1d(3)(x[0, 0]), nn.AvgPool1d(3, 2)(x[0, 0][:2]), sep="\n")
    values, where = nn.MaxPool2d(4, return_indices=True)(x[:1])
    print(values, where, nn.AvgPool2d(3)(x[0, 0][None]), nn.AdaptiveAvgPool2d(1)(x).squeeze())
    edges = torch.tensor([[[[-1.0, 0.0, 1.0]] * 3]])
    step = torch.cat([torch.zeros(1, 1, 4, 3), torch.ones(1, 1, 4, 3)], dim=3)
    print(nn.functional.conv2d(step, edges), nn.functional.conv2d(step, edges, padding=1).shape)
    for wrong in (
        lambda: nn.Conv2d(1, 2, 3)(x),
        lambda: nn.Conv2d(3, 2, 11)(x),
        lambda: nn.Linear(243, 2)(x),
        lambda: nn.MaxPool2d(2)(x[0, 0]),
        lambda: nn.BatchNorm2d(4)(x),
        lambda: nn.BatchNorm1d(3)(torch.ones(1, 3)),
        lambda: nn.Conv2d(3, 4, 3, groups=2),
    ):
        try:
            print(wrong().shape)
        except Exception as error:
            print(type(error).__name__)


@prints
def test_transfer_learning(torch):
    nn = torch.nn
    torch.set_default_dtype(torch.float64)
    torch.manual_seed(3)

    def block(c_in, c_out):
        return nn.Sequential(
            nn.Conv2d(c_in, c_out, 3, padding=1, bias=False),
            nn.BatchNorm2d(c_out),
            nn.ReLU(inplace=True),
        )

    class Backbone(nn.Module):
        def __init__(self, num_classes=10):
            super().__init__()
            self.features = nn.Sequential(block(3, 4), nn.MaxPool2d(2), block(4, 8))
            self.avgpool = nn.AdaptiveAvgPool2d((1, 1))
            self.fc = nn.Linear(8, num_classes)

        def forward(self, x):
            return self.fc(torch.flatten(self.avgpool(self.features(x)), 1))

    model_ft = Backbone()
    for param in model_ft.parameters():
        param.requires_grad = False
    num_ftrs = model_ft.fc.in_features
    model_ft.fc = nn.Sequential(
        OrderedDict([("drop", nn.Identity()), ("out", nn.Linear(num_ftrs, 2))])
    )
    print(model_ft)
    total = sum(p.numel() for p in model_ft.parameters())
    trainable = sum(p.numel() for p in model_ft.parameters() if p.requires_grad)
    print(f"{total:,} total parameters. {trainable:,} training parameters.")
    optimizer = torch.optim.Adam(filter(lambda p: p.requires_grad, model_ft.parameters()), lr=1e-2)
    before = {k: v.clone() for k, v in model_ft.state_dict().items()}
    x, y = torch.randn(8, 3, 8, 8), torch.tensor([0, 1] * 4)
    for _ in range(3):
        optimizer.zero_grad()
        loss = nn.CrossEntropyLoss(label_smoothing=0.1)(model_ft(x), y)
        loss.backward()
        optimizer.step()
        print(f"{loss.item():.4f}")
    for name, value in model_ft.state_dict().items():
        print(name, "kept" if torch.equal(value, before[name]) else "changed")

    activation = {}

    def get_activation(name):
        def hook(model, input, output):
            activation[name] = output.detach()

        return hook

    model_ft.eval()
    handle = model_ft.features[0].register_forward_hook(get_activation("features.0"))
    model_ft.avgpool.register_forward_hook(get_activation("avgpool"))
    with torch.no_grad():
        model_ft(x)
    handle.remove()
    print({name: (value.shape, value.requires_grad) for name, value in activation.items()})
    headless = nn.Sequential(*list(model_ft.children())[:-1])
    print(torch.equal(headless(x), activation["avgpool"]), headless(x).requires_grad)
    print(headless(x).flatten(1)[0], [n for n, p in model_ft.named_parameters() if p.requires_grad])
    for name, child in model_ft.named_children():
        print(name, sum(p.numel() for p in child.parameters()))
    model_ft.features.requires_grad_(True)
    optimizer.add_param_group({"params": model_ft.features.parameters(), "lr": 1e-4})
    print(len(optimizer.param_groups), sum(p.requires_grad for p in model_ft.parameters()))


@prints
def test_autoencoder(torch):
    nn = torch.nn
    torch.set_default_dtype(torch.float64)
    torch.manual_seed(1)

    class Autoencoder(nn.Module):
        def __init__(self):
            super().__init__()
            self.encoder = nn.Sequential(
                nn.Conv2d(1, 8, 3, stride=2, padding=1), nn.ELU(), nn.Conv2d(8, 4, 3, padding=1)
            )
            self.decoder = nn.Sequential(
                nn.Upsample(scale_factor=2, mode="nearest"),
                nn.Conv2d(4, 8, 3, padding=1),
                nn.SiLU(),
                nn.ConvTranspose2d(8, 8, 2, stride=2),
                nn.GELU(),
                nn.AvgPool2d(2),
                nn.Conv2d(8, 1, 1),
                nn.Sigmoid(),
            )

        def forward(self, x):
            return self.decoder(self.encoder(x))

    model = Autoencoder()
    print(model, model.encoder(torch.rand(1, 1, 8, 8)).shape)
    clean = torch.zeros(6, 1, 8, 8)
    for i in range(6):
        clean[i, :, i : i + 3, 2:6] = 1
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-2, betas=(0.9, 0.99))
    for epoch in range(25):
        noisy = torch.clamp(clean + 0.3 * torch.randn_like(clean), 0.0, 1.0)
        loss = nn.MSELoss()(model(noisy), clean)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if epoch % 5 == 0:
            print(f"epoch [{epoch + 1}/25], loss:{loss.item():.4f}")
    pic = model(clean).detach().cpu().view(-1, 8, 8)
    print(pic[0], (pic > 0.5).int()[3], torch.abs(pic - clean[:, 0]).amax((1, 2)), sep="\n")
    print(model.decoder[0], nn.functional.interpolate(clean[:1, :, :2, :2] + 1, scale_factor=1.5))
    print(nn.functional.interpolate(clean[:1], size=3, mode="bilinear", align_corners=True))


@prints
def test_words(torch):
    nn, F = torch.nn, torch.nn.functional
    torch.set_default_dtype(torch.float64)
    torch.manual_seed(1)
    sentences = ["a good film", "bad bad film", "so good so fun", "a bad plot", "fun film", "dull"]
    sentiment = torch.tensor([1, 0, 1, 0, 1, 0])
    vocab = {"<pad>": 0}
    for word in " ".join(sentences).split():
        vocab.setdefault(word, len(vocab))
    ids = [[vocab[word] for word in sentence.split()] for sentence in sentences]
    longest = max(map(len, ids))
    batch = torch.LongTensor([line + [0] * (longest - len(line)) for line in ids])
    print(vocab, batch, sep="\n")

    class TextClassifier(nn.Module):
        def __init__(self, vocab_size, embed_dim, num_class):
            super().__init__()
            self.embedding = nn.Embedding(vocab_size, embed_dim, padding_idx=0)
            self.fc = nn.Linear(embed_dim, num_class)
            self.register_buffer("position", 0.1 * torch.arange(8.0).unsqueeze(1).sin())
            self.init_weights()

        def init_weights(self):
            initrange = 0.5
            self.embedding.weight.data[1:].uniform_(-initrange, initrange)
            self.fc.weight.data.uniform_(-initrange, initrange)
            self.fc.bias.data.zero_()

        def forward(self, text):
            embedded = self.embedding(text)
            embedded += self.position[: text.size(1)]
            mask = (text != 0).unsqueeze(-1).type_as(embedded)
            return self.fc((embedded * mask).sum(1) / mask.sum(1))

    model = TextClassifier(len(vocab), 6, 2)
    print(model, model.embedding.weight[:2], model.embedding(torch.tensor([[0, 3]])).shape)
    optimizer = torch.optim.Adagrad(model.parameters(), lr=0.5)
    for epoch in range(20):
        optimizer.zero_grad()
        loss = F.cross_entropy(model(batch), sentiment)
        loss.backward()
        optimizer.step()
        if epoch % 5 == 4:
            print(epoch, "%.4f" % loss, model(batch).argmax(1) == sentiment)
    print(model.embedding.weight.grad[0], model.embedding.weight[0])
    vectors = F.normalize(model.embedding.weight.detach()[1:], dim=1)
    near = (vectors @ vectors[vocab["good"] - 1]).argsort(descending=True)[:3]
    print([list(vocab)[1 + i] for i in near], F.cosine_similarity(vectors[1:2], vectors[3:4]))
    frozen = nn.Embedding.from_pretrained(torch.eye(3))
    print(frozen(torch.tensor([2, 0])), frozen.weight.requires_grad, frozen)
    try:
        model(torch.tensor([[99]]))
    except IndexError:
        print("IndexError")

    context = torch.tensor([[vocab[w] for w in "a good".split()]])
    ngram = nn.Sequential(nn.Embedding(len(vocab), 3), nn.Flatten(), nn.Linear(6, len(vocab)))
    log_probs = F.log_softmax(ngram(context), dim=1)
    print(nn.NLLLoss()(log_probs, torch.tensor([vocab["film"]])), f"{log_probs.exp().sum():.4f}")
    print(nn.LogSoftmax(dim=1)(ngram(context)), nn.Softmax(dim=-1)(torch.tensor([1.0, 2.0, 3.0])))


@prints
def test_dcgan(torch):
    nn, optim = torch.nn, torch.optim
    torch.set_default_dtype(torch.float64)
    torch.manual_seed(999)
    nz, ngf, batch_size = 5, 4, 6

    def weights_init(m):
        if isinstance(m, (nn.Conv2d, nn.ConvTranspose2d)):
            m.weight.data.normal_(0.0, 0.02)
        elif isinstance(m, nn.BatchNorm2d):
            nn.init.normal_(m.weight.data, 1.0, 0.02)
            nn.init.constant_(m.bias.data, 0)

    netG = nn.Sequential(
        nn.ConvTranspose2d(nz, ngf * 2, 4, 1, 0, bias=False),
        nn.BatchNorm2d(ngf * 2),
        nn.ReLU(True),
        nn.ConvTranspose2d(ngf * 2, 1, 4, 2, 1, bias=False),
        nn.Tanh(),
    ).apply(weights_init)
    netD = nn.Sequential(
        nn.Conv2d(1, ngf, 4, 2, 1, bias=False),
        nn.LeakyReLU(0.2, inplace=True),
        nn.Conv2d(ngf, ngf * 2, 2, 2, bias=False),
        nn.GroupNorm(2, ngf * 2),
        nn.LeakyReLU(0.2, inplace=True),
        nn.Conv2d(ngf * 2, 1, 2, bias=False),
        nn.Sigmoid(),
    ).apply(weights_init)
    print(netG, netD, sep="\n")
    criterion = nn.BCELoss()
    fixed_noise = torch.randn(2, nz, 1, 1)
    optimizerD = optim.Adam(netD.parameters(), lr=0.002, betas=(0.5, 0.999))
    optimizerG = optim.Adam(netG.parameters(), lr=0.002, betas=(0.5, 0.999))
    real = torch.sign(torch.randn(batch_size, 1, 8, 8))
    for i in range(6):
        netD.zero_grad()
        label = torch.full((batch_size,), 1.0)
        output = netD(real).view(-1)
        errD_real = criterion(output, label)
        errD_real.backward()
        D_x = output.mean().item()
        fake = netG(torch.randn(batch_size, nz, 1, 1))
        label.fill_(0.0)
        output = netD(fake.detach()).view(-1)
        errD_fake = criterion(output, label)
        errD_fake.backward()
        D_G_z1 = output.mean().item()
        no_gradient_yet = netG[0].weight.grad is None
        optimizerD.step()
        netG.zero_grad()
        label.fill_(1.0)
        output = netD(fake).view(-1)
        errG = criterion(output, label)
        errG.backward()
        optimizerG.step()
        print(
            "[%d/6]\tLoss_D: %.4f\tLoss_G: %.4f\tD(x): %.4f\tD(G(z)): %.4f / %.4f"
            % (i, (errD_real + errD_fake).item(), errG, D_x, D_G_z1, output.mean()),
            no_gradient_yet,
        )
    with torch.no_grad():
        fake = netG(fixed_noise).detach().cpu()
    print(fake.shape, fake[0, 0, 0], netG.training, real.sum(), netD[3].bias, sep="\n")

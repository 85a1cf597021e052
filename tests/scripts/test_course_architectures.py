"""A basic course on architectures: VGG from a list, ResNet, U-Net, and a policy that learns."""

import copy

import numpy as np

from tests.printed import prints


@prints
def test_vgg_from_a_list(torch):
    nn = torch.nn
    torch.set_default_dtype(torch.float64)
    torch.manual_seed(0)

    def make_layers(cfg, batch_norm=True, in_channels=3):
        layers = []
        for v in cfg:
            if v == "M":
                layers += [nn.MaxPool2d(kernel_size=2, stride=2)]
            else:
                conv2d = nn.Conv2d(in_channels, v, kernel_size=3, padding=1)
                layers += [conv2d, nn.BatchNorm2d(v), nn.ReLU(inplace=True)]
                in_channels = v
        return nn.Sequential(*layers)

    features = make_layers([6, "M", 8, "M"])
    classifier = nn.Sequential(
        nn.Dropout(), nn.Linear(8 * 16, 12), nn.ReLU(True), nn.Dropout(p=0.5), nn.Linear(12, 10)
    )
    vgg = nn.Sequential(features, nn.Flatten(), classifier)
    print(vgg)
    x, y = torch.randn(8, 3, 16, 16), torch.arange(8)
    criterion = nn.CrossEntropyLoss()
    optimizer = torch.optim.SGD(vgg.parameters(), lr=0.01, momentum=0.9, nesterov=True)
    for epoch in range(4):
        optimizer.zero_grad(set_to_none=True)
        loss = criterion(vgg(x), y)
        loss.backward()
        optimizer.step()
        print(epoch, f"loss {loss.item():.4f}, mean {features[1].running_mean.mean():.4f}")
    image = x[:1]
    for i, layer in enumerate(features.eval()):
        image = layer(image)
        print(i, layer.__class__.__name__, "output shape:\t", image.shape)
    print(len(features), features[2:4], features[-1], features[0].weight.grad.shape)
    del classifier[3]
    classifier[-1] = nn.Identity()
    classifier.append(nn.Linear(12, 2))
    classifier.insert(0, nn.Hardswish())
    print(classifier, classifier.eval()(torch.ones(1, 128)).shape, classifier.pop(0))
    print([type(m).__name__ for m in vgg.modules() if not list(m.children())])


@prints
def test_resnet(torch):
    nn = torch.nn
    torch.set_default_dtype(torch.float64)
    torch.manual_seed(0)

    class BasicBlock(nn.Module):
        expansion: int = 1

        def __init__(self, inplanes, planes, stride=1, downsample=None, norm_layer=None):
            super().__init__()
            if norm_layer is None:
                norm_layer = nn.BatchNorm2d
            self.conv1 = nn.Conv2d(inplanes, planes, 3, stride, 1, bias=False)
            self.bn1 = norm_layer(planes)
            self.relu = nn.ReLU(inplace=True)
            self.conv2 = nn.Conv2d(planes, planes, 3, 1, 1, bias=False)
            self.bn2 = norm_layer(planes)
            self.downsample = downsample
            self.stride = stride

        def forward(self, x):
            identity = x
            out = self.relu(self.bn1(self.conv1(x)))
            out = self.bn2(self.conv2(out))
            if self.downsample is not None:
                identity = self.downsample(x)
            out += identity
            return self.relu(out)

    class ResNet(nn.Module):
        def __init__(self, block, layers, num_classes=10):
            super().__init__()
            self.inplanes = 8
            self.conv1 = nn.Conv2d(3, 8, kernel_size=7, stride=2, padding=3, bias=False)
            self.bn1 = nn.BatchNorm2d(8)
            self.relu = nn.ReLU(inplace=True)
            self.maxpool = nn.MaxPool2d(kernel_size=3, stride=2, padding=1)
            self.layer1 = self._make_layer(block, 8, layers[0])
            self.layer2 = self._make_layer(block, 16, layers[1], stride=2)
            self.avgpool = nn.AdaptiveAvgPool2d((1, 1))
            self.fc = nn.Linear(16 * block.expansion, num_classes)
            for m in self.modules():
                if isinstance(m, nn.Conv2d):
                    nn.init.kaiming_normal_(m.weight, mode="fan_out", nonlinearity="relu")
                elif isinstance(m, (nn.BatchNorm2d, nn.GroupNorm)):
                    nn.init.constant_(m.weight, 1)
                    nn.init.constant_(m.bias, 0)

        def _make_layer(self, block, planes, blocks, stride=1):
            downsample = None
            if stride != 1 or self.inplanes != planes * block.expansion:
                downsample = nn.Sequential(
                    nn.Conv2d(self.inplanes, planes, 1, stride, bias=False), nn.BatchNorm2d(planes)
                )
            layers = [block(self.inplanes, planes, stride, downsample)]
            self.inplanes = planes * block.expansion
            for _ in range(1, blocks):
                layers.append(block(self.inplanes, planes))
            return nn.Sequential(*layers)

        def forward(self, x):
            x = self.maxpool(self.relu(self.bn1(self.conv1(x))))
            x = self.layer2(self.layer1(x))
            return self.fc(torch.flatten(self.avgpool(x), 1))

    net = ResNet(BasicBlock, [1, 2])
    print(net)
    x, y = torch.randn(4, 3, 24, 24), torch.tensor([1, 2, 3, 4])
    optimizer = torch.optim.Adam(net.parameters(), lr=1e-3, weight_decay=1e-4, amsgrad=True)
    for i in range(3):
        out = net(x)
        loss = nn.CrossEntropyLoss()(out, y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        print(i, f"{loss.item():.4f}", torch.topk(out, 2)[1].tolist())
    for n, p in net.named_parameters():
        print(f"{n:32s} {str(list(p.shape)):20s} {p.grad.norm():.4f}")
    print(net.eval()(x).data, net.layer2[0].downsample[1].running_var, sep="\n")
    print(net(x[0].unsqueeze(0)).shape, torch.allclose(net(x[:1]), net(x)[:1]))
    print({k: list(v) for k, v in optimizer.state_dict()["state"].items() if k < 2})


@prints
def test_unet(torch):
    nn, F = torch.nn, torch.nn.functional
    torch.set_default_dtype(torch.float64)
    torch.manual_seed(0)

    def double_conv(c_in, c_out):
        return nn.Sequential(
            nn.Conv2d(c_in, c_out, 3, padding=1),
            nn.GroupNorm(2, c_out),
            nn.ReLU(inplace=True),
            nn.Conv2d(c_out, c_out, 3, padding=1),
            nn.ReLU(inplace=True),
        )

    class UNet(nn.Module):
        def __init__(self):
            super().__init__()
            self.d1, self.d2 = double_conv(1, 4), double_conv(4, 8)
            self.maxpool = nn.MaxPool2d(2)
            self.upsample = nn.Upsample(scale_factor=2, mode="bilinear", align_corners=True)
            self.up = nn.ConvTranspose2d(8, 4, kernel_size=2, stride=2)
            self.u1 = double_conv(8 + 4 + 4, 4)
            self.last = nn.Conv2d(4, 1, 1)

        def forward(self, x):
            a = self.d1(x)
            b = self.d2(self.maxpool(a))
            x = torch.cat([self.upsample(b), self.up(b), a], dim=1)
            return self.last(self.u1(x))

    model = UNet()
    print(model, sum(p.numel() for p in model.parameters()))
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-2)
    x = torch.rand(3, 1, 8, 8)
    mask = (x > 0.5).double()
    for i in range(6):
        out = model(x)
        bce = F.binary_cross_entropy_with_logits(out, mask)
        pred = torch.sigmoid(out)
        both, all_of_them = (pred * mask).sum(dim=(2, 3)), (pred + mask).sum(dim=(2, 3))
        dice = 1 - (2 * both + 1) / (all_of_them + 1)
        loss = bce * 0.5 + dice.mean() * 0.5
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        right = ((pred > 0.5) == mask).double().mean()
        print(f"{i}: loss {loss:.4f} dice {1 - dice.mean():.4f} pixels {right:.2%}")
    print(out.grad_fn, out[0, 0, 0], (pred > 0.5)[0, 0].int(), sep="\n")


@prints
def test_a_policy_that_learns(torch):
    nn, F = torch.nn, torch.nn.functional
    torch.set_default_dtype(torch.float64)
    torch.manual_seed(0)
    policy = nn.Sequential(nn.Linear(3, 16), nn.ReLU(), nn.Linear(16, 2), nn.Softmax(dim=-1))
    target = copy.deepcopy(policy)
    optimizer = torch.optim.RMSprop(
        policy.parameters(), lr=1e-2, alpha=0.9, momentum=0.5, centered=True
    )
    for episode in range(6):
        log_probs, rewards = [], []
        for t in range(8):
            state = torch.from_numpy(np.sin(np.arange(3) + t)).unsqueeze(0)
            probs = policy(state)
            action = torch.multinomial(probs, 1).item()
            log_probs.append(torch.log(probs.squeeze(0)[action]))
            rewards.append(float(action == t % 2))
        R, returns = 0, []
        for r in rewards[::-1]:
            R = r + 0.9 * R
            returns.insert(0, R)
        returns = torch.tensor(returns)
        returns = (returns - returns.mean()) / (returns.std() + np.finfo(np.float32).eps.item())
        terms = [(-log_prob * R).unsqueeze(0) for log_prob, R in zip(log_probs, returns)]
        loss = torch.cat(terms).sum()
        optimizer.zero_grad()
        loss.backward()
        for param in policy.parameters():
            param.grad.data.clamp_(-1, 1)
        optimizer.step()
        print(f"Episode {episode}\tloss {loss.item():.4f}\treward: {sum(rewards):.2f}", action)
    for target_param, param in zip(target.parameters(), policy.parameters()):
        target_param.data.copy_(0.1 * param.data + 0.9 * target_param.data)
    print(target[2].bias, optimizer.state[policy[0].weight].keys())
    target.load_state_dict(policy.state_dict())
    q = policy(torch.ones(4, 3)).gather(1, torch.tensor([[0], [1], [1], [0]]))
    expected = 0.9 * target(torch.ones(4, 3)).max(1)[0].detach() + 1
    huber = F.smooth_l1_loss(q, expected.unsqueeze(1))
    print(q, expected, f"{huber:.4f}", f"{F.mse_loss(q.squeeze(1), expected):.4f}")

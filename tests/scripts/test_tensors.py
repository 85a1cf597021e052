"""The first evening: making tensors, looking at them, calculating, NumPy, random numbers."""

import numpy

from tests.printed import prints


@prints
def test_first_tensors(torch):
    print(torch.empty(0), torch.empty(2, 0).shape)
    print(torch.zeros(2, 3), torch.ones(2, 3, dtype=torch.long), torch.full((2, 2), 7.5))
    print(torch.eye(3))
    print(torch.arange(10), torch.arange(0, 1, 0.25), torch.linspace(0, 1, 5))
    a = torch.tensor([[1, 2, 3], [4, 5, 6]])
    print(a)
    print(a.shape, a.size(), a.size(1), a.dtype, a.device, a.ndim, a.dim(), a.numel(), len(a))
    print("shape:", list(a.shape), "rows %d, columns %d" % a.size(), a.type())
    print(a.float() / 2)
    print(a.to(torch.float64), a.double().dtype, a.float().type(), a.type(torch.int16))
    print(torch.zeros_like(a), torch.ones_like(a, dtype=torch.float))
    scalar = torch.tensor(3.14159)
    print(scalar, scalar.item(), scalar.shape, float(scalar), int(scalar), bool(scalar))
    print(f"{scalar:.2f} {scalar} {a[0, 1]} {a[0, 1].item():>4d} {a[1]}")
    print("pi is about {:.3f}, {:6.1f}".format(scalar, scalar.item()))
    print(torch.tensor([True, False]), torch.tensor([]), torch.tensor([[]]).shape)
    print(torch.tensor([1e-8, 1.0, 1e8]), torch.tensor([0.1, float("nan"), float("inf")]))
    print(torch.tensor([1.0, 2.5]).tolist(), a.tolist(), [row for row in a], [int(v) for v in a[0]])
    print(torch.is_tensor(a), torch.is_tensor([1]), isinstance(a, torch.Tensor))
    print(torch.arange(2000), torch.arange(40.0).view(2, 20))
    torch.set_printoptions(precision=2, sci_mode=False)
    print(torch.tensor([[1e-3, 1234.5678], [3.0, 1.0]]))


@prints
def test_calculating(torch):
    x = torch.tensor([[1.0, 2.0], [3.0, 4.0]])
    y = torch.tensor([[0.5, -1.0], [2.0, 0.0]])
    print(x + y, x - y, x * y, y / x, x**2, 2 - x, 1 / x, -x, 2**x, sep="\n")
    print(x @ y, torch.mm(x, y), torch.matmul(x, y[0]), torch.dot(x[0], y[0]), x.t(), x.T)
    print(torch.add(x, y), x.add(1), torch.sub(x, 1), x.mul(2), torch.div(x, 4), torch.pow(x, 2))
    x.add_(y)
    print(x)
    x -= 1
    x[0, 1] = 100
    x[:, 0] = torch.tensor([7.0, 8.0])
    print(x, x[0], x[:, 1], x[-1, -1], x[..., 0], x[None].shape, x[x > 7])
    print(x.sum(), x.sum(dim=0), x.mean(1), x.mean(dim=1, keepdim=True), x.max(), x.min())
    print(torch.max(x, dim=1))
    values, indices = torch.max(x, 1)
    print(values, indices, x.argmax(), x.argmax(dim=0), torch.argmax(x, 1))
    print(x.std(), x.var(dim=0), x.norm(), x.prod(), x.cumsum(0))
    print(x == 8, x > 7, (x > 7).sum(), (x > 7).float().mean().item(), torch.eq(x, x).all())
    print(torch.where(x > 50, x, torch.zeros_like(x)), x.clamp(min=7.5, max=50), torch.round(x / 3))
    print(torch.exp(torch.zeros(2)), torch.sqrt(torch.tensor([4.0, 9.0])), torch.abs(y), y.sign())
    print(torch.tensor([5, 7]) / 2, torch.tensor([5, 7]) // 2, torch.tensor([5, 7]) % 2)
    print(torch.tensor([5]) * 2.0, (torch.tensor([5]) + torch.tensor([0.5])).dtype)
    print(torch.allclose(x, x + 1e-9), torch.equal(x, x.clone()), x is x.clone())


@prints
def test_shapes(torch):
    a = torch.arange(12)
    print(a.view(3, 4), a.view(-1, 6), a.reshape(2, 2, 3), sep="\n")
    b = a.view(3, 4)
    b[0, 0] = 99
    print(a[0], b.t().shape, b.transpose(0, 1).is_contiguous(), b.stride(), b.t().stride())
    print(b.t().contiguous().view(12), b.flatten(), b.permute(1, 0).reshape(-1))
    print(b.unsqueeze(0).shape, b.unsqueeze(-1).size(), b[None, :, None].squeeze().shape)
    print(torch.cat([b, b]).shape, torch.cat((b, b), dim=1), torch.stack([b, b]).shape)
    print(b.view(b.size(0), -1).shape, b.view_as(a.view(3, 4)).shape, b.expand(2, 3, 4).shape)
    for chunk in torch.chunk(a, 3):
        print(chunk)
    first, second = a.split(6)
    print(first, second, a[::2], a[2:5], a[[0, 2]], b[:, [1, 3]], b[torch.tensor([2, 0])])
    column = torch.ones(3, 1)
    print(column + torch.arange(4.0), (column * torch.ones(4)).shape)
    print(b.repeat(1, 2).shape, torch.flatten(b.unsqueeze(0), 1).shape, b.numel(), b.sum(0).shape)
    print(b.gather(1, torch.tensor([[0], [1], [2]])))
    print(torch.zeros(3, 5).scatter_(1, b[:, :1] % 5, 1))


@prints
def test_numpy_and_back(torch):
    a = numpy.array([[1, 2], [3, 4]])
    t = torch.from_numpy(a)
    print(t, t.dtype)
    a[0, 0] = 10
    print(t[0, 0], torch.tensor(a)[0, 0], torch.as_tensor(a).dtype)
    ones = torch.ones(5)
    n = ones.numpy()
    ones.add_(1)
    print(n, n.dtype, type(n).__name__)
    numpy.add(n, 1, out=n)
    print(ones)
    x = torch.linspace(-1, 1, 5).unsqueeze(1)
    print(numpy.asarray(x).shape, numpy.array(x.squeeze()), numpy.mean(x.numpy()))
    w = torch.ones(2, requires_grad=True)
    print(w.detach().numpy(), w.data.numpy(), (w * 2).detach().cpu().numpy(), w.tolist())
    xs = numpy.linspace(0, 1, 4)
    print(torch.from_numpy(xs), torch.from_numpy(xs).float(), torch.tensor(xs, dtype=torch.float32))
    print(torch.from_numpy(numpy.random.RandomState(0).rand(2, 2).astype(numpy.float32)))
    print(torch.tensor([numpy.float32(0.5), numpy.float32(1.5)]), torch.tensor(numpy.float64(3)))
    print(numpy.exp(torch.zeros(2).numpy()), max(torch.tensor([3, 1, 2])), sum(torch.ones(3)))
    print([round(float(v), 3) for v in torch.tensor([0.12345, 2.0])], numpy.argmax(torch.eye(2)[1]))
    print(numpy.sin(torch.zeros(2)), numpy.sqrt(torch.tensor(4.0)), numpy.isfinite(torch.ones(2)))
    print(torch.ones(2) + numpy.array([1.0, 2.0]), numpy.vstack([torch.ones(2), torch.zeros(2)]))
    print(numpy.arange(3)[torch.tensor([2, 0])], numpy.array([torch.tensor(1.5), torch.tensor(2)]))


@prints
def test_the_same_seed(torch):
    torch.manual_seed(42)
    first = torch.rand(2, 3)
    print(first, torch.randn(3), torch.randint(0, 10, (2, 4)), torch.randperm(6), sep="\n")
    torch.manual_seed(42)
    print(torch.equal(first, torch.rand(2, 3)), torch.initial_seed())
    state = torch.get_rng_state()
    print(torch.randn(20).sum() == torch.randn(20).sum())
    torch.set_rng_state(state)
    print(torch.randn(20)[:3], torch.normal(mean=torch.zeros(2), std=1.0), torch.rand_like(first))
    print(torch.bernoulli(torch.full((8,), 0.3)))
    print(torch.multinomial(torch.tensor([0.1, 0.9]), 4, replacement=True))
    print(torch.empty(3).uniform_(-1, 1), torch.empty(2, 2).normal_(0, 0.01))
    print(torch.zeros(2).random_(5))
    generator = torch.Generator().manual_seed(7)
    print(torch.randperm(5, generator=generator), torch.rand(1, generator=generator))
    torch.manual_seed(0)
    print(torch.nn.Linear(3, 2).weight, torch.normal(0.0, 2.0, (2, 2)))

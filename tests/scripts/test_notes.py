"""A learner's notes on tensors, chapter by chapter, as they stand in thousands of notebooks."""

import copy
import pickle

import numpy

from tests.printed import prints


@prints
def test_making_tensors(torch):
    data = [[1, 2], [3, 4]]
    print(torch.tensor(data), torch.from_numpy(numpy.array(data)), torch.as_tensor(data))
    print(torch.zeros(2, 3), torch.zeros([2, 3]), torch.zeros((2, 3)), torch.zeros(3))
    print(torch.ones(2, 3, dtype=torch.int), torch.full((2, 2), 3.14), torch.full([2], 7))
    print(torch.arange(5), torch.arange(1, 10, 2), torch.arange(1.0, 2.0, 0.25))
    print(torch.linspace(0, 10, steps=5), torch.logspace(0, 2, steps=3))
    print(torch.eye(2, 3), torch.diag(torch.tensor([1, 2, 3])), torch.eye(2, dtype=torch.long))
    x = torch.rand(2, 3) * 0
    print(
        torch.zeros_like(x), torch.ones_like(x), torch.full_like(x, 2.0), torch.rand_like(x).shape
    )
    print(x.new_zeros(2), x.new_ones(1, 2), x.new_full((2,), 5.0), x.new_tensor([1, 2]))
    print(torch.tensor(data, dtype=torch.float64), torch.tensor([1.0, 2.0], requires_grad=True))
    print(torch.Tensor([1, 2]), torch.FloatTensor([1, 2]), torch.LongTensor([1.9, -1.9]))
    print(torch.IntTensor(2, 3).shape, torch.Tensor(2, 3).shape, torch.ByteTensor([1, 255]))
    print(torch.DoubleTensor([[1, 2]]), torch.HalfTensor([0.1]), torch.BoolTensor([0, 1]))
    grid_x, grid_y = torch.meshgrid(torch.arange(2), torch.arange(3), indexing="ij")
    print(grid_x, grid_y, torch.stack([grid_x, grid_y]).shape)
    print(torch.tril(torch.ones(3, 3)), torch.triu(torch.ones(3, 3), diagonal=1))
    print(torch.nn.functional.one_hot(torch.tensor([0, 2, 1]), num_classes=3))
    print(torch.empty(2, 0), torch.tensor([]), torch.tensor(5), torch.tensor([5]))


@prints
def test_the_table_of_dtypes(torch):
    names = "float32 float double float64 half float16 uint8 int8 short int16 int int32 long int64"
    for name in [*names.split(), "bool"]:
        dtype = getattr(torch, name)
        x = torch.zeros(1, dtype=dtype)
        print(name, dtype, x.type(), x.element_size(), dtype.is_floating_point, dtype.itemsize)
    print(torch.float is torch.float32, torch.long == torch.int64, torch.half is torch.float16)
    for dtype in (torch.float16, torch.float32, torch.float64):
        info = torch.finfo(dtype)
        print(info.bits, info.eps, info.max, info.min, info.tiny, info.resolution, info.dtype)
    for dtype in (torch.uint8, torch.int8, torch.int16, torch.int32, torch.int64):
        info = torch.iinfo(dtype)
        print(info.bits, info.max, info.min, info.dtype)
    print(torch.finfo(torch.float32), torch.iinfo(torch.int32))
    kinds = [torch.uint8, torch.int8, torch.int32, torch.int64, torch.bool]
    kinds += [torch.float16, torch.float32, torch.float64]
    for a in kinds:
        print(
            [str(torch.promote_types(a, b)) for b in kinds], [torch.can_cast(a, b) for b in kinds]
        )
        one = torch.ones(1, dtype=a)
        results = [one + 1, one + 1.5, one * True, one / 2, one + torch.tensor(2.5), one**2]
        print([str(x.dtype) for x in results], torch.result_type(one, 1.5))
    print(torch.tensor([1, 2]) + torch.tensor([1.5, 2.5]), torch.tensor([True, False]) + 1)
    print(torch.tensor([1.7, -1.7]).int(), torch.tensor([1.7]).long(), torch.tensor([0, 2]).bool())
    print(torch.tensor(200, dtype=torch.uint8) + 100, torch.tensor([1e10]).half())
    x = torch.tensor([1, 2])
    print(
        x.float(), x.double(), x.to(torch.float16), x.type(torch.float32), x.type("torch.IntTensor")
    )
    print(x.to(torch.ones(1)), x.type_as(torch.ones(1)), x.to("cpu"), x.to("cpu", torch.float64))
    print(torch.get_default_dtype(), torch.tensor(1.5).dtype, torch.tensor(1).dtype)
    torch.set_default_dtype(torch.float64)
    print(torch.get_default_dtype(), torch.tensor(1.5), torch.zeros(2), torch.tensor([1]) / 2)


@prints
def test_max_along_a_dimension(torch):
    x = torch.tensor([[4.0, 9.0, 2.0], [7.0, 1.0, 7.0]])
    print(x.max(), x.min(), x.argmax(), x.argmin())
    print(x.max(dim=0), x.max(dim=1), x.min(dim=1, keepdim=True), sep="\n")
    values, indices = torch.max(x, 1)
    print(values, indices, torch.max(x, 1).values, torch.max(x, 1)[1])
    print(x.argmax(dim=0), x.argmax(1), x.argmax(dim=1, keepdim=True), x.amax(dim=1))
    print(torch.max(x, torch.tensor(5.0)), torch.maximum(x, x.flip(1)), torch.aminmax(x))
    print(x.sort(dim=1), x.sort(1, descending=True).indices, x.argsort(), x.topk(2), sep="\n")
    print(x.median(), x.median(dim=1), x.mode(1), x.kthvalue(2, 1), x.quantile(0.5), sep="\n")
    print(x.unique(), torch.unique(x, return_counts=True), torch.bincount(torch.tensor([0, 1, 1])))
    predicted, labels = x.argmax(1), torch.tensor([1, 1])
    print((predicted == labels).sum().item(), (predicted == labels).float().mean())
    print(f"{(predicted == labels).float().mean():.1%}, {x.max().item():.3f}")


@prints
def test_std_three_ways(torch):
    x = torch.tensor([1.0, 2.0, 4.0, 8.0])
    print(x.std(), torch.std(x), x.var().sqrt(), ((x - x.mean()) ** 2).sum().div(3).sqrt())
    print(x.std(unbiased=False), torch.std(x, correction=0), ((x - x.mean()) ** 2).mean().sqrt())
    print(x.numpy().std(), x.numpy().std(ddof=1), torch.std_mean(x), torch.var_mean(x))
    m = x.view(2, 2)
    print(m.mean(), m.mean(0), m.mean(dim=1, keepdim=True), m.std(dim=0), m.var(1), m.norm())
    print(
        m.sum(), m.sum(0), m.sum(1), m.sum((0, 1)), m.prod(), m.prod(1), m.cumsum(1), m.cumprod(0)
    )
    print(torch.tensor([1, 2]).float().mean(), torch.tensor([True, False]).sum())
    for wrong in (lambda: torch.tensor([1, 2]).mean(), lambda: torch.tensor([1]).std()):
        try:
            print(wrong())
        except RuntimeError as error:
            print(type(error).__name__)
    print(torch.tensor([]).sum(), torch.tensor([]).prod(), torch.zeros(0, 3).sum(0))


@prints
def test_item_and_its_errors(torch):
    print(torch.tensor(2.5).item(), torch.tensor([[7]]).item(), torch.tensor(True).item())
    print(
        int(torch.tensor(3.9)),
        float(torch.tensor([2])),
        bool(torch.tensor([0])),
        [1, 2][torch.tensor(1)],
    )
    print(torch.tensor([[1.5, 2.0]]).tolist(), torch.tensor(1).tolist(), torch.ones(0).tolist())

    def attempt(function):
        try:
            print(function())
        except Exception as error:  # which one is what the script shows
            print(type(error).__name__)

    two = torch.tensor([1.0, 2.0])
    attempt(lambda: two.item())
    attempt(lambda: float(two))
    attempt(lambda: bool(two))
    attempt(lambda: two if two > 0 else 0)
    attempt(lambda: torch.tensor([]).item())
    attempt(lambda: [1, 2, 3][torch.tensor(1.0)])
    attempt(lambda: len(torch.tensor(1)))
    attempt(lambda: list(torch.tensor(1)))
    attempt(lambda: torch.tensor([1.0], requires_grad=True).numpy())
    attempt(lambda: two + torch.ones(3))
    attempt(lambda: two @ torch.ones(3))
    attempt(lambda: two.view(3))
    attempt(lambda: torch.tensor([[1, 2], [3]]))
    attempt(lambda: two[5])
    attempt(lambda: two[0, 0])
    attempt(lambda: torch.cat([two, torch.ones(1, 2)]))
    attempt(lambda: torch.tensor([1, 2], requires_grad=True))
    attempt(lambda: two.sum(dim=3))
    attempt(lambda: torch.zeros(2).add_(torch.ones(2, 2)))
    attempt(lambda: torch.tensor([1]).add_(0.5))
    attempt(lambda: torch.ones(2) + "1")


@prints
def test_permute_against_view(torch):
    x = torch.arange(6).view(2, 3)
    print(x.view(3, 2), x.t(), x.permute(1, 0), x.transpose(0, 1), x.reshape(3, -1), sep="\n")
    print(x.t().is_contiguous(), x.stride(), x.t().stride(), x.t().contiguous().stride())
    try:
        x.t().view(6)
    except RuntimeError as error:
        print(type(error).__name__)
    print(x.t().reshape(6), x.t().contiguous().view(6), x.t().flatten())
    image = torch.arange(24).view(2, 3, 4)
    print(image.permute(2, 0, 1).shape, image.permute(1, 2, 0)[0], image.view(3, 4, 2)[0])
    print(image.movedim(0, -1).shape, image.swapaxes(0, 2).shape, image.mT.shape, x.T.shape)
    print(image.flatten(1).shape, image.unflatten(2, (2, 2)).shape, image.ravel().shape)
    print(x.unsqueeze(0).shape, x.unsqueeze(-1).shape, torch.zeros(1, 2, 1).squeeze().shape)
    print(
        x[None].shape, x[:, None].shape, x[..., None].shape, torch.zeros(1, 2, 1).squeeze(0).shape
    )
    row = torch.tensor([[1], [2]])
    print(row.expand(2, 3), row.repeat(1, 3), row.expand(-1, 2), row.tile(2), sep="\n")
    print(torch.cat([x, x]), torch.cat([x, x], dim=1), torch.stack([x, x]).shape, sep="\n")
    print(torch.hstack([x, x]).shape, torch.vstack([x, x]).shape, torch.dstack([x, x]).shape)
    print(x.split(2, dim=1), x.chunk(2), x.unbind(), x.narrow(1, 1, 2), x.select(1, 0), sep="\n")
    print(torch.roll(x, 1, 1), torch.flip(x, (0,)), torch.rot90(x), x.unfold(1, 2, 1), sep="\n")
    y = x.view(-1)
    y[0] = 100
    print(x, x.data_ptr() == y.data_ptr(), x.storage_offset(), x[1].storage_offset())
    z = x.clone()
    z[0, 0] = -1
    print(
        x[0, 0], z[0, 0], y._base is x, x.view_as(z).shape, x.expand_as(torch.zeros(4, 2, 3)).shape
    )


@prints
def test_add_and_its_underscore(torch):
    x, y = torch.ones(2), torch.tensor([1.0, 2.0])
    print(x + y, torch.add(x, y), x.add(y), x)
    result = torch.empty(2)
    print(torch.add(x, y, out=result), result)
    print(x.add_(y), x, x.add_(y, alpha=10), x.mul_(2), x.zero_(), x.fill_(3), x.copy_(y))
    x += 1
    x *= y
    x[0] = 50
    print(x, x.sub_(1), x.div_(2), x.pow_(2), x.sqrt_(), x.neg_(), x.abs_(), x.clamp_(max=10))
    print(x.unsqueeze_(0).shape, x.squeeze_().shape, x.resize_(2, 1).shape, x.t_().shape)
    a = torch.tensor([1.0, 2.0], requires_grad=True)
    try:
        a.add_(1)
    except RuntimeError as error:
        print(type(error).__name__)
    with torch.no_grad():
        print(a.add_(1), a.requires_grad)
    b = a * 2
    b.add_(1).mul_(3)
    print(b, b.grad_fn)
    b.sum().backward()
    print(a.grad, a.grad.zero_())
    n = numpy.ones(3)
    t = torch.from_numpy(n)
    numpy.add(n, 1, out=n)
    t.mul_(5)
    print(
        n,
        t,
        t.numpy() is not n,
        numpy.sin(torch.zeros(2)),
        torch.ones(2) == torch.from_numpy(n[:2]),
    )
    twin, same = copy.deepcopy(t), pickle.loads(pickle.dumps(t))
    t.zero_()
    print(t, twin, same, t.clone().detach(), t.detach().requires_grad, type(t.numpy()))


@prints
def test_picking_and_placing(torch):
    x = torch.arange(12.0).view(3, 4)
    print(x[0], x[-1, -1], x[:, 1], x[1:, ::2], x[..., 0], x[[0, 2]], x[[0, 1], [1, 2]], sep="\n")
    print(x[x > 5], x[torch.tensor([2, 0])], (x > 5).nonzero(), torch.where(x > 5), sep="\n")
    x[0] = -1
    x[x > 9] = 0
    x[:, 3] += 10
    x[[1, 2], [0, 0]] = torch.tensor([70.0, 80.0])
    print(x, torch.where(x > 5, x, torch.zeros(())), x.masked_fill(x < 0, 0), sep="\n")
    index = torch.tensor([[0, 1], [2, 3], [1, 0]])
    print(x.gather(1, index), torch.zeros(3, 5).scatter_(1, index, 1.0), sep="\n")
    print(torch.zeros(4).index_add_(0, torch.tensor([1, 1, 3]), torch.ones(3)), x.take(index))
    print(
        x.index_select(1, torch.tensor([3, 0])),
        x.masked_select(x > 60),
        torch.take_along_dim(x, index, 1),
    )
    print(torch.zeros(2, 2).index_fill_(0, torch.tensor([1]), 5.0), x.argwhere().shape)
    print(
        3.0 in x,
        70 in x,
        x.isnan().any(),
        (x == x).all(),
        torch.isin(torch.arange(3), torch.tensor([1])),
    )


@prints
def test_a_little_algebra(torch):
    a = torch.tensor([[2.0, 1.0], [1.0, 3.0]], dtype=torch.float64)
    v = torch.tensor([1.0, 2.0], dtype=torch.float64)
    print(a @ v, a.mv(v), v.dot(v), a.mm(a), torch.outer(v, v), a.T @ a, a * a, sep="\n")
    print(torch.det(a), torch.inverse(a), torch.linalg.solve(a, v), torch.trace(a), sep="\n")
    print(torch.linalg.norm(a), a.norm(1), torch.linalg.eigvalsh(a), torch.linalg.cholesky(a))
    print(torch.einsum("ij,j->i", a, v), torch.einsum("ii", a), torch.tensordot(a, a, 2))
    print(
        torch.bmm(a[None], a[None]), torch.addmm(v, a, a), torch.baddbmm(v, a[None], a[None]).shape
    )
    print(torch.linalg.qr(a).R.abs(), torch.linalg.svd(a).S, torch.matrix_power(a, 3))
    print(torch.sin(v), torch.cos(v), torch.atan2(v, v), torch.lerp(v, v + 1, 0.5), torch.erf(v))
    print(torch.round(v / 3, decimals=2), torch.floor(-v / 3), v % 2, v // 2, torch.fmod(-v, 2))
    print(torch.addcmul(v, v, v, value=0.5), torch.addcdiv(v, v, v), torch.nan_to_num(v / 0))

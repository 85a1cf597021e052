"""Gradients: by hand, of any order, seen by hooks, of one's own functions, checked."""

from tests.printed import prints


@prints
def test_gradient_of_a_polynomial(torch):
    x = torch.tensor(3.0, requires_grad=True)
    y = 2 * x**3 - 4 * x + 1
    print(x, y, y.grad_fn, x.grad, x.is_leaf, y.is_leaf, y.requires_grad)
    y.backward()
    print("dy/dx =", x.grad, 6 * 9 - 4)
    (x**2).backward()
    print("summed:", x.grad)
    x.grad.zero_()
    (x**2).backward()
    print("alone:", x.grad.item())
    a = torch.ones(2, 2, requires_grad=True)
    b = a + 2
    c = b * b * 3
    out = c.mean()
    print(b, c, out, sep="\n")
    print(b.grad_fn, out.grad_fn, out.grad_fn.name())
    out.backward()
    print(a.grad)
    v = torch.randn(3).fill_(0.5).requires_grad_()
    z = v * 2
    while z.data.norm() < 100:
        z = z * 2
    z.backward(torch.tensor([0.1, 1.0, 0.0001]))
    print(z, v.grad)
    with torch.no_grad():
        print((v**2).requires_grad)
    print((v**2).requires_grad, v.detach().requires_grad, (v.detach() == v).all())
    u = torch.ones(1)
    print(u.requires_grad, (u * 2).grad_fn)
    u.requires_grad_(True)
    print((u * 2).grad_fn.next_functions[0][0], u)


@prints
def test_gradient_descent_by_hand(torch):
    torch.set_default_dtype(torch.float64)
    w = torch.tensor([4.0, -3.0], requires_grad=True)
    for step in range(5):
        loss = (w[0] - 1) ** 2 + 2 * (w[1] + 2) ** 2
        loss.backward()
        with torch.no_grad():
            w -= 0.1 * w.grad
        print(f"step {step}: loss {loss.item():.6f}, gradient {w.grad}, w {w.tolist()}")
        w.grad.zero_()
    for step in range(3):
        loss = ((w - 1) ** 2).sum()
        (gradient,) = torch.autograd.grad(loss, w)
        w = (w - 0.25 * gradient).detach().requires_grad_()
        print(step, loss, w, w.grad)
    w.grad = None
    loss = w.sum() * w.prod()
    loss.backward(retain_graph=True)
    loss.backward()
    print(w.grad)


@prints
def test_cubic_fitted_to_sine(torch):
    torch.set_default_dtype(torch.float64)
    torch.manual_seed(3)
    x = torch.linspace(-torch.pi, torch.pi, 200)
    y = torch.sin(x)
    a, b, c, d = (torch.randn((), requires_grad=True) for _ in range(4))
    for t in range(101):
        prediction = a + b * x + c * x**2 + d * x**3
        loss = (prediction - y).pow(2).sum()
        if t % 50 == 0:
            print(t, f"{loss.item():.8f}", loss.grad_fn)
        loss.backward()
        with torch.no_grad():
            for p in (a, b, c, d):
                p -= 1e-5 * p.grad
                p.grad = None
    print(f"y = {a.item():.6f} + {b.item():.6f} x + {c.item():.6f} x^2 + {d.item():.6f} x^3")


@prints
def test_a_function_of_our_own(torch):
    class MyReLU(torch.autograd.Function):
        @staticmethod
        def forward(ctx, input):
            ctx.save_for_backward(input)
            return input.clamp(min=0)

        @staticmethod
        def backward(ctx, grad_output):
            (input,) = ctx.saved_tensors
            grad_input = grad_output.clone()
            grad_input[input < 0] = 0
            return grad_input

    torch.set_default_dtype(torch.float64)
    torch.manual_seed(0)
    x, y = torch.randn(16, 10), torch.randn(16, 3)
    w1 = torch.randn(10, 8, requires_grad=True)
    w2 = torch.randn(8, 3, requires_grad=True)
    for t in range(20):
        hidden = MyReLU.apply(x.mm(w1))
        loss = (hidden.mm(w2) - y).pow(2).sum()
        if t % 5 == 0:
            print(t, round(loss.item(), 8))
        loss.backward()
        with torch.no_grad():
            w1 -= 1e-3 * w1.grad
            w2 -= 1e-3 * w2.grad
            w1.grad.zero_()
            w2.grad.zero_()
    print(hidden.grad_fn.name(), hidden.grad_fn, hidden.shape, (hidden >= 0).all())
    points = torch.randn(4, 3, requires_grad=True)
    print(torch.autograd.gradcheck(MyReLU.apply, (points,)))
    print(torch.allclose(MyReLU.apply(points), torch.relu(points)))


@prints
def test_hooks(torch):
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    y = x * 3
    y.register_hook(lambda grad: print("gradient of y", grad))
    handle = x.register_hook(lambda grad: grad * 10)
    y.retain_grad()
    y.sum().backward(retain_graph=True)
    print(x.grad, y.grad)
    handle.remove()
    y.sum().backward()
    print(x.grad)

    nn = torch.nn
    torch.manual_seed(1)
    model = nn.Sequential(nn.Linear(3, 4), nn.ReLU(), nn.Linear(4, 2))
    seen = {}

    def keep(name):
        def hook(module, input, output):
            seen[name] = output.detach()
            print(name, type(module).__name__, tuple(input[0].shape), tuple(output.shape))

        return hook

    handles = [layer.register_forward_hook(keep(name)) for name, layer in model.named_children()]

    def look(module, grad_input, grad_output):
        print("backward through", module, [g.shape for g in grad_output])

    model[1].register_full_backward_hook(look)
    model[0].register_forward_pre_hook(lambda module, args: print("before", module, len(args)))
    model(torch.ones(5, 3)).sum().backward()
    print(sorted(seen), (seen["1"] >= 0).all().item())
    for handle in handles:
        handle.remove()
    model(torch.ones(1, 3))


@prints
def test_checking_gradients(torch):
    torch.manual_seed(0)
    x = torch.randn(4, 3, dtype=torch.double, requires_grad=True)
    linear = torch.nn.Linear(3, 2).double()
    print(torch.autograd.gradcheck(linear, (x,), eps=1e-6, atol=1e-4))
    print(torch.autograd.gradcheck(lambda x: torch.tanh(x).pow(2).mean(), x))
    print(torch.autograd.gradgradcheck(lambda x: torch.sigmoid(x) * x, x))
    numeric = torch.zeros(4, 3, dtype=torch.double)
    for i in range(4):
        for j in range(3):
            step = torch.zeros_like(numeric)
            step[i, j] = 1e-5
            with torch.no_grad():
                numeric[i, j] = (torch.sin(x + step).sum() - torch.sin(x - step).sum()) / 2e-5
    torch.sin(x).sum().backward()
    print((x.grad - numeric).abs().max().item() < 1e-8, torch.allclose(x.grad, torch.cos(x)))


@prints
def test_second_derivatives(torch):
    torch.set_default_dtype(torch.float64)
    x = torch.tensor(2.0, requires_grad=True)
    y = x**4
    for order in range(1, 5):
        (y,) = torch.autograd.grad(y, x, create_graph=True)
        print(order, y.item())
    root = torch.tensor(1.0, requires_grad=True)
    for _ in range(6):
        f = root**3 - root - 2
        (slope,) = torch.autograd.grad(f, root)
        with torch.no_grad():
            root -= f / slope
        print(f"{root.item():.10f}")
    w = torch.tensor([1.5, -0.5], requires_grad=True)
    for _ in range(5):
        loss = torch.exp(w[0]) - 2 * w[0] + (w[1] - w[0]) ** 2 + w[1] ** 4
        (g,) = torch.autograd.grad(loss, w, create_graph=True)
        rows = [torch.autograd.grad(g[i], w, retain_graph=True)[0] for i in range(2)]
        (a, b), (c, d) = rows
        inverse = torch.stack([torch.stack([d, -b]), torch.stack([-c, a])]) / (a * d - b * c)
        with torch.no_grad():
            w -= inverse @ g
        print(f"loss {loss.item():.8f}", g.detach().norm() < 1e-6)
    v = torch.tensor([1.0, 2.0])
    (g,) = torch.autograd.grad((w**3).sum() * w[0], w, create_graph=True)
    (product,) = torch.autograd.grad(g @ v, w)
    print("Hessian times v:", [f"{p:.6f}" for p in product.tolist()])
    x = torch.randn(5, 2).fill_(0.3).requires_grad_()
    net = torch.nn.Sequential(torch.nn.Linear(2, 3), torch.nn.Tanh(), torch.nn.Linear(3, 1))
    for p in net.parameters():
        p.data.fill_(0.25)
    (slope,) = torch.autograd.grad(net(x).sum(), x, create_graph=True)
    penalty = ((slope.norm(2, dim=1) - 1) ** 2).mean()
    penalty.backward()
    print(f"{penalty:.8f}", [p.grad is None for p in net.parameters()])
    print([f"{p.grad.norm():.8f}" for p in net.parameters() if p.grad is not None])

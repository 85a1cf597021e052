"""Operations of one's own: torch's Function, in every use that its documentation shows."""

from tests.same_script import error, same_script


def square(torch, **overrides):
    """A class for x * x, as a user writes it; ``overrides`` replace its parts."""

    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x * x

    def backward(ctx, dy):
        (x,) = ctx.saved_tensors
        return 2 * x * dy

    parts = {"forward": forward, "backward": backward} | overrides
    methods = {name: staticmethod(part) for name, part in parts.items()}
    return type("Square", (torch.autograd.Function,), methods)


@same_script
def test_forward_and_backward(torch):
    x = torch.tensor([1.0, -2.0], requires_grad=True)
    y = square(torch).apply(x)
    y.backward(torch.tensor([0.5, 3.0]))
    return y, x.grad, y.grad_fn.name(), y.is_leaf


@same_script
def test_double_backward(torch):
    x = torch.tensor([1.0, -2.0], requires_grad=True)
    (dx,) = torch.autograd.grad(square(torch).apply(x).sum(), x, create_graph=True)
    (ddx,) = torch.autograd.grad(dx, x, torch.tensor([0.5, 3.0]))
    return dx, ddx


@same_script(rtol=1e-6)
def test_an_output_saved_for_backward(torch):
    def forward(ctx, x):
        y = x.exp()
        ctx.save_for_backward(y)
        return y

    def backward(ctx, dy):
        (y,) = ctx.saved_tensors
        return dy * y

    exp = square(torch, forward=forward, backward=backward)
    x = torch.tensor([0.5, -1.0], requires_grad=True)
    y = exp.apply(x)
    (dx,) = torch.autograd.grad(y.sum(), x, create_graph=True)
    (ddx,) = torch.autograd.grad(dx.sum(), x, retain_graph=True)
    y.sum().backward()
    return dx, ddx, x.grad


@same_script
def test_setup_context(torch):
    def forward(x, power):
        return x**power

    def setup_context(ctx, inputs, output):
        x, ctx.power = inputs
        ctx.save_for_backward(x)

    def backward(ctx, dy):
        (x,) = ctx.saved_tensors
        return dy * ctx.power * x ** (ctx.power - 1), None

    power = square(torch, forward=forward, setup_context=setup_context, backward=backward)
    x = torch.tensor([1.0, -2.0], requires_grad=True)
    power.apply(x, 3).sum().backward()
    return x.grad


@same_script
def test_needs_input_grad_and_other_arguments(torch):
    seen = []

    def forward(ctx, x, factor, y, flag=None):
        seen.append(ctx.needs_input_grad)
        ctx.factor = factor
        return x * factor + y

    def backward(ctx, dy):
        seen.append(ctx.needs_input_grad)
        return dy * ctx.factor, None, dy, None

    f = square(torch, forward=forward, backward=backward)
    x = torch.tensor([1.0, -2.0], requires_grad=True)
    f.apply(x, 3.0, torch.tensor([1.0, 1.0]), "flag").sum().backward()
    return seen, x.grad


@same_script
def test_several_outputs_one_without_gradient(torch):
    seen = []

    def forward(ctx, x):
        y, place = x * 2, x.argmax()
        ctx.mark_non_differentiable(place)
        return y, place, "a string", x * 3

    def backward(ctx, dy, dplace, dnothing, dz):
        seen.append([dz.tolist(), dnothing is None])
        return dy * 2 + dz * 3

    f = square(torch, forward=forward, backward=backward)
    x = torch.tensor([1.0, 5.0], requires_grad=True)
    y, place, text, z = f.apply(x)
    y.sum().backward()
    return seen, x.grad, place.requires_grad, int(place), text, z.requires_grad


@same_script
def test_gradients_that_nobody_computed(torch):
    seen = []

    def forward(ctx, x):
        ctx.set_materialize_grads(False)
        return x * 2, x * 3

    def backward(ctx, dy, dz):
        seen.append(dz is None)
        return dy * 2

    f = square(torch, forward=forward, backward=backward)
    x = torch.tensor([1.0, 5.0], requires_grad=True)
    f.apply(x)[0].sum().backward()
    return seen, x.grad


@same_script
def test_in_place_with_mark_dirty(torch):
    def forward(ctx, x):
        x.mul_(3)
        ctx.mark_dirty(x)
        return x

    f = square(torch, forward=forward, backward=lambda ctx, dy: dy * 3)
    x = torch.tensor([1.0, 5.0], requires_grad=True)
    h = x * 2
    y = f.apply(h)
    y.sum().backward()
    return y is h, h, x.grad, error(torch, lambda: f.apply(x))


@same_script
def test_an_input_handed_back(torch):
    f = square(torch, forward=lambda ctx, x: x, backward=lambda ctx, dy: dy * 7)
    x = torch.tensor([1.0, 5.0], requires_grad=True)
    y = f.apply(x)
    y.sum().backward()
    return y is x, y, x.grad


@same_script
def test_wrong_backwards(torch):
    def run(**overrides):
        x = torch.tensor([1.0, 5.0], requires_grad=True)
        square(torch, **overrides).apply(x).sum().backward()
        return x.grad

    return [
        error(torch, lambda: run(backward=lambda ctx, dy: (dy, dy))),
        run(backward=lambda ctx, dy: (dy, None)),
        error(torch, lambda: run(backward=lambda ctx, dy: torch.ones(3))),
        run(backward=lambda ctx, dy: None) is None,
        run(backward=lambda ctx, dy: torch.tensor([[1.0, 2.0], [3.0, 4.0]])),
        error(torch, lambda: run(backward=lambda ctx, dy: 1.0)),
    ]


@same_script
def test_saved_tensors_are_guarded(torch):
    f = square(torch)
    x = torch.tensor([1.0, 5.0], requires_grad=True)
    h = x * 1
    y = f.apply(h).sum()
    h.add_(1)
    z = f.apply(x).sum()
    z.backward()
    return error(torch, y.backward), error(torch, z.backward)


@same_script
def test_once_differentiable(torch):
    from importlib import import_module

    once = import_module(f"{torch.__name__}.autograd.function").once_differentiable
    f = square(torch, backward=once(lambda ctx, dy: 2 * ctx.saved_tensors[0] * dy))
    x = torch.tensor([1.0, 5.0], requires_grad=True)
    (dx,) = torch.autograd.grad(f.apply(x).sum(), x, create_graph=True)
    return dx.tolist(), error(torch, lambda: dx.sum().backward())


@same_script
def test_without_gradients_nothing_is_recorded(torch):
    f = square(torch)
    x = torch.tensor([1.0, 5.0])
    y = torch.tensor([1.0, 5.0], requires_grad=True)
    with torch.no_grad():
        z = f.apply(y)
    return f.apply(x).requires_grad, z.requires_grad


@same_script
def test_the_forward_itself_is_not_recorded(torch):
    seen = []

    def forward(ctx, x):
        seen.append((torch.is_grad_enabled(), (x * 2).requires_grad, x.requires_grad))
        return x * 2

    f = square(torch, forward=forward, backward=lambda ctx, dy: dy * 2)
    x = torch.tensor([1.0, 5.0], requires_grad=True)
    f.apply(x).sum().backward()
    return seen, x.grad

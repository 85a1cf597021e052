"""Gradients that are missing or refused: torch's exceptions, and in scratch words that help."""

import copy

import numpy

from tests.mistakes import mistake

# ---- where the graph ends -------------------------------------------------------------------


@mistake("requires_grad=True", r"\.item\(\)")
def test_backward_of_constants(torch):
    """Nothing here can change. What is to be learned is made with ``requires_grad=True``, or is
    an ``nn.Parameter``."""
    (torch.ones(3) * 2).sum().backward()


@mistake(r"no_grad\(\)")
def test_backward_out_of_no_grad(torch):
    """Compute the loss outside ``no_grad``. Inside belong evaluation and the update of weights."""
    model = torch.nn.Linear(2, 1)
    with torch.no_grad():
        loss = model(torch.ones(3, 2)).mean()
    loss.backward()


@mistake(r"detach\(\) in test_mistakes_with_gradients.py, line \d+")
def test_backward_past_detach(torch):
    """``detach`` cuts the graph. Keep it for what is printed, plotted or meant as a constant."""
    w = torch.ones(2, requires_grad=True)
    output = (w * 2).detach()
    output.sum().backward()


@mistake(r"\.data in test_mistakes_with_gradients.py, line \d+")
def test_backward_past_data(torch):
    """``data`` has no history. Leave it out."""
    w = torch.ones(2, requires_grad=True)
    output = (w * 2).data
    output.sum().backward()


@mistake(r"torch.tensor\(\) in test_mistakes_with_gradients.py, line \d+")
def test_backward_past_a_new_tensor(torch):
    """``torch.tensor`` copies the values alone. Join tensors with ``torch.stack``, and leave
    single ones as they are."""
    w = torch.ones(2, requires_grad=True)
    loss = torch.tensor((w * 2).sum())
    loss.backward()


@mistake("argmax")
def test_backward_of_an_accuracy(torch):
    """A choice by ``argmax`` does not change by a little, and has no gradient. Train with a loss,
    such as the cross-entropy, and print the accuracy."""
    output = torch.nn.Linear(3, 3)(torch.ones(2, 3))
    accuracy = (output.argmax(dim=1) == torch.tensor([0, 1])).float().mean()
    accuracy.backward()


@mistake("NumPy")
def test_backward_past_numpy(torch):
    """NumPy records nothing. Compute with the tensor's own operations."""
    w = torch.ones(2, requires_grad=True)
    squares = torch.from_numpy(w.detach().numpy() ** 2)
    squares.sum().backward()


@mistake("requires_grad=True")
def test_backward_of_a_frozen_model(torch):
    """Something has to be left to learn: ``model.fc.requires_grad_(True)`` for the last layer."""
    model = torch.nn.Linear(2, 1).requires_grad_(False)
    model(torch.ones(3, 2)).mean().backward()


@mistake("")
def test_backward_of_a_number(torch):
    """``item`` is for printing. Call ``loss.backward()`` on the tensor, before."""
    loss = torch.ones(3, requires_grad=True).sum().item()
    loss.backward()


@mistake("ends at detach", "line", "allow_unused=True")
def test_gradient_of_what_is_behind_a_detach(torch):
    """No way leads from the result to ``x``. Take the ``detach`` away."""
    x, w = torch.ones(2, requires_grad=True), torch.ones(2, requires_grad=True)
    y = (x * 2).detach() * w
    torch.autograd.grad(y.sum(), x)


@mistake("allow_unused=True")
def test_gradient_of_what_was_not_used(torch):
    """``z`` has no part in the result. With ``allow_unused=True`` its gradient is None."""
    x, z = torch.ones(1, requires_grad=True), torch.ones(1, requires_grad=True)
    torch.autograd.grad(x * 2, z)


@mistake(r"retain_grad\(\)")
def test_grad_of_a_result(torch):
    """Only leaves keep their gradient. For others call ``y.retain_grad()`` before ``backward``."""
    x = torch.ones(2, requires_grad=True)
    y = x * 2
    y.sum().backward()
    print(y.grad)


@mistake(r"retain_grad\(\)", "leaf")
def test_grad_of_converted_weights(torch):
    """``double`` (or ``to``) makes a result, no leaf. Convert first:
    ``torch.ones(2).double().requires_grad_()``."""
    w = torch.ones(2, requires_grad=True).double()
    w.sum().backward()
    print(w.grad)


@mistake("")
def test_grad_before_backward(torch):
    """``grad`` is None until the first ``backward``. ``optimizer.zero_grad()`` knows that."""
    w = torch.ones(2, requires_grad=True)
    w.grad.zero_()


# ---- calling backward -----------------------------------------------------------------------


@mistake("second time", "retain_graph=True", "PowBackward0")
def test_second_backward(torch):
    """Compute the loss anew before each ``backward``. For two losses call it once, on their
    sum."""
    loss = (torch.ones(2, requires_grad=True) ** 2).sum()
    loss.backward()
    loss.backward()


@mistake("second time", "TanhBackward0")
def test_backward_into_the_last_step(torch):
    """The state carries the last step's graph along. Cut it there: ``state = state.detach()``."""
    w = torch.ones(2, requires_grad=True)
    state = torch.ones(2)
    for _ in range(2):
        state = torch.tanh(w * state)
        state.sum().backward()


@mistake(r"\[3\]", r"\.sum\(\) or \.mean\(\)")
def test_backward_of_many(torch):
    """A loss is one number: take the mean. (With ``reduction="none"`` a loss is many.)"""
    (torch.ones(3, requires_grad=True) * 2).backward()


@mistake(r"\[2\]", r"\[3\]")
def test_gradient_of_another_shape(torch):
    """What is handed to ``backward`` has the shape of the tensor it is called on."""
    (torch.ones(3, requires_grad=True) * 2).backward(torch.ones(2))


# ---- changes in place -----------------------------------------------------------------------


@mistake("leaf", r"torch.no_grad\(\)")
def test_step_without_no_grad(torch):
    """A step is no part of the loss: put it under ``with torch.no_grad():``."""
    w = torch.ones(2, requires_grad=True)
    w.sum().backward()
    w -= 0.1 * w.grad


@mistake("leaf", r"torch.no_grad\(\)")
def test_assignment_into_a_leaf(torch):
    """Set first values under ``with torch.no_grad():``, or before ``requires_grad_()``."""
    w = torch.ones(2, requires_grad=True)
    w[0] = 5


@mistake("")
def test_step_that_makes_a_new_tensor(torch):
    """``w = w - ...`` is a new tensor, without a gradient. Change the old one, ``w -= ...``, under
    ``torch.no_grad()``."""
    w = torch.ones(2, requires_grad=True)
    w.sum().backward()
    with torch.no_grad():
        w = w - 0.1 * w.grad
    w.grad.zero_()


@mistake("ExpBackward0", "add_", "test_mistakes_with_gradients.py, line", r"clone\(\)")
def test_result_changed_before_backward(torch):
    """The gradient of exp needs its result. Use ``y = y + 1``, which leaves the old one alone."""
    y = torch.exp(torch.ones(2, requires_grad=True))
    y += 1
    y.sum().backward()


@mistake("SigmoidBackward0", r"clone\(\)")
def test_element_written_before_backward(torch):
    """Write into a copy, ``y.clone()``, or use ``torch.where``."""
    y = torch.sigmoid(torch.ones(2, requires_grad=True))
    y[0] = 0
    y.sum().backward()


@mistake("AddmmBackward0", "add_")
def test_weights_changed_before_backward(torch):
    """First ``backward``, then the step."""
    model = torch.nn.Sequential(torch.nn.Linear(2, 2), torch.nn.Linear(2, 1))
    loss = model(torch.ones(3, 2)).mean()
    with torch.no_grad():
        model[1].weight.add_(1)
    loss.backward()


# ---- out of the graph -----------------------------------------------------------------------


@mistake(r"detach\(\).numpy\(\)")
def test_numpy_of_what_requires_grad(torch):
    """``y.detach().numpy()``, for a plot say."""
    torch.nn.Linear(1, 1)(torch.ones(3, 1)).numpy()


@mistake(r"detach\(\).numpy\(\)")
def test_numpy_mean_of_losses(torch):
    """Collect numbers, ``losses.append(loss.item())``. Tensors would keep all the graphs, too."""
    losses = [torch.ones(2, requires_grad=True).sum() for _ in range(3)]
    numpy.mean(losses)


@mistake(r"detach\(\)")
def test_freezing_a_result(torch):
    """Freeze what it was computed from, or use ``y.detach()``."""
    y = torch.ones(2, requires_grad=True) * 2
    y.requires_grad = False


@mistake("leaves")
def test_copy_of_a_result(torch):
    """``y.detach().clone()`` copies the values."""
    copy.deepcopy(torch.ones(2, requires_grad=True) * 2)


@mistake("context manager")
def test_no_grad_without_brackets(torch):
    """``with torch.no_grad():``"""
    with torch.no_grad:
        pass


# ---- own functions --------------------------------------------------------------------------


@mistake(r"MyReLU.apply\(x\)")
def test_own_function_called(torch):
    """``MyReLU.apply(x)`` builds the graph."""

    class MyReLU(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x):
            return x.clamp(min=0)

    MyReLU()(torch.ones(2))


@mistake("backward of MyReLU")
def test_own_function_without_backward(torch):
    """Write ``backward(ctx, dy)`` as well: it returns the gradient of ``x``."""

    class MyReLU(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x):
            return x.clamp(min=0)

    MyReLU.apply(torch.ones(2, requires_grad=True)).sum().backward()


@mistake("expected 2, got 1")
def test_own_function_with_too_few_gradients(torch):
    """One gradient for each argument of ``forward``, and None for numbers:
    ``return dy * ctx.factor, None``."""

    class Scaled(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x, factor):
            return x * factor

        @staticmethod
        def backward(ctx, dy):
            return dy

    Scaled.apply(torch.ones(2, requires_grad=True), 3.0).sum().backward()

"""gradcheck finds wrong gradients and passes right ones, as torch's does."""

import pytest

import scratch
from scratch.autograd.gradcheck import GradcheckError
from tests.same_script import error, same_script


def wrong(torch, slope):
    class Wrong(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x):
            ctx.save_for_backward(x)
            return x * x

        @staticmethod
        def backward(ctx, dy):
            return dy * slope(ctx.saved_tensors[0])

    return Wrong.apply


@same_script
def test_right_and_wrong(torch):
    x = torch.tensor([[0.5, -1.0], [2.0, 3.0]], dtype=torch.float64, requires_grad=True)
    check = torch.autograd.gradcheck
    return [
        check(wrong(torch, lambda x: 2 * x), x),
        check(wrong(torch, lambda x: 2 * x), x, fast_mode=True),
        error(torch, lambda: check(wrong(torch, lambda x: x), x)),
        error(torch, lambda: check(wrong(torch, lambda x: x), x, fast_mode=True)),
        check(wrong(torch, lambda x: 2.001 * x), x, raise_exception=False, rtol=1e-5),
        check(lambda a, b: (a * b, a + b), (x, x.detach().clone().requires_grad_())),
        error(torch, lambda: check(lambda a: a * 2, torch.tensor([1.0]))),
    ]


@same_script
def test_second_derivatives(torch):
    x = torch.tensor([0.5, -1.0, 2.0], dtype=torch.float64, requires_grad=True)
    check = torch.autograd.gradgradcheck
    dy = torch.tensor([1.0, 2.0, 3.0], dtype=torch.float64, requires_grad=True)
    ignores_x = wrong(torch, lambda x: 2 * x.detach())
    return [
        check(lambda x: x * x * x, x),
        check(lambda x: x.exp() * x, x, fast_mode=True),
        check(lambda x: x * x, x, dy),
        torch.autograd.gradcheck(ignores_x, x),
        error(torch, lambda: check(ignores_x, x)),
    ]


def test_the_message_names_the_element():
    x = scratch.tensor([[0.5, -1.0], [2.0, 3.0]], dtype=scratch.float64, requires_grad=True)
    one_off = scratch.tensor([[2.0, 2.0], [2.5, 2.0]], dtype=scratch.float64)
    with pytest.raises(GradcheckError) as raised:
        scratch.autograd.gradcheck(wrong(scratch, lambda x: one_off * x), x)
    text = str(raised.value)
    assert "d output[1, 0] / d input[1, 0]" in text
    assert "measured 4" in text and "backward says 5" in text


def test_single_precision_is_warned_of():
    x = scratch.tensor([1.0], requires_grad=True)
    with pytest.warns(UserWarning, match="Input #0 requires gradient and is not a double"):
        scratch.autograd.gradcheck(lambda x: x * 2, x, atol=1e-1)

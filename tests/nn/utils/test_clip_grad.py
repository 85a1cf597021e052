"""Clipping: the total norm, what becomes of each gradient, and what is no list of parameters."""

import math

import pytest

import scratch
import torch_impl
from tests.mistakes import mistake
from tests.same_script import error, same_script

NORMS = [2.0, 1, 3, 0.5, 0, -1.0, math.inf, "inf", -math.inf]
SHAPES = [(4, 3), (4,), (), (1, 1), (2, 3, 2)]


def parameters(torch, *dtypes, shapes=SHAPES, size=1.0):
    """Parameters with random gradients, one of them without."""
    torch.manual_seed(0)
    made = []
    for i, shape in enumerate(shapes):
        dtype = getattr(torch, dtypes[i % len(dtypes)] if dtypes else "float32")
        made.append(torch.nn.Parameter(torch.zeros(shape, dtype=dtype)))
        made[-1].grad = (torch.randn(shape) * size).to(dtype)
    return [*made, torch.nn.Parameter(torch.zeros(3))]


def gradients(made):
    return [p.grad for p in made]


@pytest.mark.parametrize("norm_type", NORMS)
@pytest.mark.parametrize("dtypes", [["float32"], ["float64"], ["float64", "float32"]], ids=str)
def test_norms(norm_type, dtypes):
    @same_script(rtol=3e-7)
    def script(torch):
        clip, seen = torch.nn.utils.clip_grad_norm_, []
        for max_norm in (0.5, 1e3, 0.0, -1.0, math.inf):
            made = parameters(torch, *dtypes)
            seen.append((clip(made, max_norm, norm_type), gradients(made)))
        return seen

    for column in ("scratch", "torch_impl"):
        script(column)


@same_script(rtol=2e-3)
def test_half_precision(torch):
    made, mixed = parameters(torch, "float16"), parameters(torch, "float16", "float32")
    utils = torch.nn.utils
    seen = [utils.clip_grad_norm_(made, 1.0), utils.clip_grad_norm_(mixed, 1.0)]
    return seen, gradients(made), gradients(mixed)


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf])
def test_what_is_not_finite(bad):
    @same_script
    def script(torch):
        made = parameters(torch)
        made[1].grad[2] = bad
        clip = torch.nn.utils.clip_grad_norm_
        before = error(torch, lambda: clip(made, 1.0, error_if_nonfinite=True))
        before = before, [p.grad.clone() for p in made[:2]]
        return before, clip(made, 1.0), gradients(made)

    for column in ("scratch", "torch_impl"):
        script(column)


def test_not_finite_says_what_to_do():
    made = parameters(scratch)
    made[0].grad[0, 0] = math.nan
    with pytest.raises(RuntimeError, match=r"non-finite.*it is nan.*error_if_nonfinite=False"):
        scratch.nn.utils.clip_grad_norm_(made, 1.0, error_if_nonfinite=True)


@same_script(rtol=3e-7)
def test_in_two_steps(torch):
    utils = torch.nn.utils
    made = parameters(torch)
    total = utils.get_total_norm(gradients(made)[:-1])
    returned = utils.clip_grads_with_norm_(made, 0.5, total)
    one = torch.tensor([3.0, 4.0], requires_grad=True)
    loose = parameters(torch, shapes=[(4, 3), (4,)])
    utils.clip_grads_with_norm_(loose, 0.5, torch.tensor([5.0]), foreach=False)
    return (
        (total, returned, gradients(made), gradients(loose)),
        [utils.get_total_norm(x) for x in (one, [one, one], (g for g in [one]), [], ())],
        utils.get_total_norm([one], "inf", foreach=True),
    )


@same_script
def test_by_value(torch):
    clip, seen = torch.nn.utils.clip_grad_value_, []
    for value in (0.5, 1, 0.0, -0.25, math.inf, "0.75"):
        made = parameters(torch, "float32", "float64", "float16")
        made[0].grad[0] = torch.tensor([math.nan, math.inf, -math.inf])
        seen.append((clip(made, value), gradients(made)))
    clip(made[0], 0.125, foreach=False)
    return seen, made[0].grad


@same_script(rtol=3e-7)
def test_any_iterable(torch):
    utils, seen = torch.nn.utils, []
    for form in (list, tuple, iter, lambda made: (p for p in made), lambda made: made[0]):
        made = parameters(torch)
        seen.append((utils.clip_grad_norm_(form(made), 1.0), gradients(made)))
        utils.clip_grads_with_norm_(form(made), 0.5, torch.tensor(1.0))
        utils.clip_grad_value_(form(made), 0.125)
        seen.append(gradients(made))
    return seen


@same_script
def test_in_place_and_unrecorded(torch):
    made = parameters(torch)
    kept, versions = made[0].grad, []
    torch.nn.utils.clip_grad_norm_(made, 0.5)
    versions.append(kept._version)
    torch.nn.utils.clip_grad_norm_(made, 1e6)
    versions.append(kept._version)
    return kept is made[0].grad, versions, kept.requires_grad


@same_script(rtol=3e-7)
def test_after_a_second_derivative(torch):
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    (x**3).sum().backward(create_graph=True)
    total = torch.nn.utils.clip_grad_norm_(x, 1.0)
    return total, total.grad_fn is None, x.grad.detach()


@same_script(rtol=1e-6)
def test_a_network_that_is_clipped_learns(torch):
    torch.manual_seed(0)
    model = torch.nn.Sequential(torch.nn.Linear(3, 8), torch.nn.Tanh(), torch.nn.Linear(8, 1))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    x, seen = torch.randn(16, 3), []
    for _ in range(10):
        optimizer.zero_grad()
        loss = ((model(x) - 10 * x.sum(1, keepdim=True)) ** 2).mean()
        loss.backward()
        seen.append((loss.item(), torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)))
        optimizer.step()
    return seen


@same_script
def test_nothing_to_clip(torch):
    utils, bare = torch.nn.utils, torch.nn.Parameter(torch.zeros(2))
    return (
        utils.clip_grad_norm_([], 1.0),
        utils.clip_grad_norm_(bare, 1.0),
        utils.clip_grads_with_norm_([], 1.0, 5.0),
        error(torch, lambda: utils.clip_grad_value_([], 1.0)),
        error(torch, lambda: utils.clip_grad_value_(bare, 1.0)),
    )


@same_script
def test_no_elements(torch):
    utils = torch.nn.utils
    made = parameters(torch, shapes=[(0, 3), (2,)])
    seen = [utils.clip_grad_norm_(made, 1.0, p) for p in (0, 1)]
    return seen, [
        error(torch, lambda p=p: utils.clip_grad_norm_(made, 1.0, p)) for p in (-1, "inf")
    ]


@same_script
def test_errors(torch):
    utils, made = torch.nn.utils, parameters(torch)
    return [
        error(torch, function)
        for function in (
            lambda: utils.clip_grad_norm_(3, 1.0),
            lambda: utils.clip_grad_norm_([3], 1.0),
            lambda: utils.clip_grad_norm_(made, None),
            lambda: utils.clip_grad_norm_(made, 1.0, None),
            lambda: utils.clip_grad_norm_(made, 1.0, "fro"),
            lambda: utils.clip_grads_with_norm_(made, 1.0, 5.0),
            lambda: utils.clip_grads_with_norm_(made, 1.0, torch.tensor([5.0])),
            lambda: utils.clip_grad_value_(made, "much"),
            lambda: utils.get_total_norm([torch.tensor([1, 2])]),
            lambda: utils.get_total_norm([torch.ones(2), 3]),
        )
    ]


@pytest.mark.parametrize("column", [scratch, torch_impl])
def test_the_name_of_old_still_works(column):
    made, same = parameters(column), parameters(column)
    with pytest.warns(FutureWarning, match="in favor of `torch.nn.utils.clip_grad_norm_`"):
        total = column.nn.utils.clip_grad_norm(made, 1.0)
    assert column.equal(total, column.nn.utils.clip_grad_norm_(same, 1.0))
    assert column.equal(made[0].grad, same[0].grad)


@mistake("empty generator", r"model\.parameters\(\) anew")
def test_a_generator_is_used_up(torch):
    """Give parameters() to each call anew: a generator gives what it has once."""
    model = torch.nn.Linear(2, 2)
    parameters = model.parameters()
    print(sum(p.numel() for p in parameters))
    torch.nn.utils.clip_grad_norm_((p for p in parameters), 1.0)

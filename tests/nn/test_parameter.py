"""Parameter and Buffer: classes, memory, copies, text. One script, three columns."""

import copy
import pickle

import scratch
from tests.same_script import error, same_script


@same_script
def test_text(torch):
    p = torch.nn.Parameter(torch.tensor([1.0, 2.5]))
    q = torch.nn.Parameter(torch.ones(2, 2), requires_grad=False)
    return repr(p), str(q), repr(torch.nn.Parameter()), repr([p])


@same_script
def test_shares_memory_and_is_a_leaf(torch):
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    y = x * 2
    p = torch.nn.Parameter(y)
    with torch.no_grad():
        p.add_(1)
    return p.is_leaf, p.requires_grad, y.detach(), p._version, y._version


@same_script
def test_results_are_plain_tensors(torch):
    p = torch.nn.Parameter(torch.ones(2))
    kinds = [type(x).__name__ for x in (p, p * 2, p.data, p.detach(), p[0], p.view(2, 1))]
    return kinds, isinstance(p, torch.Tensor), type(torch.nn.Parameter(p)).__name__


@same_script
def test_copies_stay_parameters(torch):
    p = torch.nn.Parameter(torch.tensor([1.0, 2.0]), requires_grad=False)
    p.note = "lost in a deepcopy"
    again = [copy.deepcopy(p), pickle.loads(pickle.dumps(p)), copy.copy(p)]
    return [(type(x).__name__, x, x.requires_grad, x is p) for x in again], hasattr(
        again[0], "note"
    )


@same_script
def test_deepcopy_forgets_the_gradient(torch):
    p = torch.nn.Parameter(torch.tensor([1.0, 2.0]))
    (p * p).sum().backward()
    again = copy.deepcopy(p)
    return again.grad, p.grad


@same_script
def test_what_cannot_be_a_parameter(torch):
    return [
        error(torch, lambda: torch.nn.Parameter([1.0])),
        error(torch, lambda: torch.nn.Parameter(torch.tensor([1]))),
        error(torch, lambda: torch.nn.Parameter(3.0)),
    ]


@same_script
def test_integers_may_be_parameters_that_do_not_train(torch):
    return torch.nn.Parameter(torch.tensor([1, 2]), requires_grad=False)


@same_script
def test_default_dtype(torch):
    try:
        torch.set_default_dtype(torch.float64)
        return torch.nn.Parameter(), torch.nn.Buffer()
    finally:
        torch.set_default_dtype(torch.float32)


@same_script
def test_buffer(torch):
    b = torch.nn.Buffer(torch.tensor([1.0]), persistent=False)
    return (
        type(b).__name__,
        isinstance(b, torch.nn.Buffer),
        isinstance(torch.ones(1), torch.nn.Buffer),
        b.persistent,
        b,
    )


def test_gradients_reach_a_parameter():
    p = scratch.nn.Parameter(scratch.tensor([1.0, -2.0]))
    (p * p).sum().backward()
    assert p.grad.tolist() == [2.0, -4.0]
    assert type(p.grad) is scratch.Tensor

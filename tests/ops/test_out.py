"""``out=``: what may be written where."""

import functools

import scratch
from tests.same_script import error, same_script


@same_script
def test_several_results(torch):
    x = torch.tensor([[1.0, 5.0], [4.0, 2.0]])
    values, indices = torch.empty(0), torch.empty(0, dtype=torch.int64)
    y = torch.max(x, 0, out=(values, indices))
    return [y[0] is values, y[1] is indices, values, indices]


def test_the_name_of_several_results():
    outs = scratch.empty(0), scratch.empty(0, dtype=scratch.int64)
    y = scratch.sort(scratch.ones(2), out=outs)
    assert type(y).__name__ == "sort_out"
    assert repr(y).startswith("torch.return_types.sort_out(\nvalues=tensor([1., 1.]),\n")


@same_script
def test_dtypes(torch):
    """Some functions write to no other dtype than their result's."""
    x, found = torch.ones(2, 2), []
    for kind in (torch.float16, torch.float32, torch.float64, torch.int64):
        out = torch.empty(2, 2, dtype=kind)
        for function, *others in (torch.neg,), (torch.tril,), (torch.exp,), (torch.matmul, x):
            found.append(error(torch, functools.partial(function, x, *others, out=out)))
    return found


@same_script
def test_refused_outs(torch):
    x = torch.ones(2, 2)
    one = torch.empty(0)
    return [
        error(torch, lambda: torch.exp(x, out="y")),
        error(torch, lambda: torch.exp(x, out=[one])),
        error(torch, lambda: torch.max(x, 0, out=one)),
        error(torch, lambda: torch.max(x, 0, out=[one])),
        error(torch, lambda: torch.exp(x, out=torch.ones(2, 2, requires_grad=True))),
        error(torch, lambda: torch.exp(x.clone().requires_grad_(), out=one)),
    ]


@same_script
def test_a_refused_out_stays_as_it_is(torch):
    out = torch.tensor([7])
    return [error(torch, lambda: torch.exp(torch.ones(3), out=out)), out]


@same_script
def test_bools_have_no_gradient_to_lose(torch):
    x, y = torch.ones(2, requires_grad=True), torch.zeros(2)
    return torch.eq(x, 1.0, out=y)

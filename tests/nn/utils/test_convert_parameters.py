"""Parameters to one vector and back: values, shared memory, gradients, errors."""

import numpy as np
import torch

import scratch
import torch_impl
from tests.checker import check, check_error
from tests.mistakes import mistake
from tests.same_script import error, same_script

COLUMNS = scratch, torch_impl, torch
rng = np.random.default_rng(0)


def vectors():
    return [column.nn.utils.parameters_to_vector for column in COLUMNS]


def test_values_and_gradients():
    arrays = [rng.normal(size=shape) for shape in [(3, 2), (4,), (), (0, 2), (1, 1, 2)]]
    check(*vectors(), arrays, exact="signed")
    check(*vectors(), arrays[:3], exact="signed", second=True)
    check(*vectors(), arrays[:1], exact="signed")


def test_the_wider_dtype():
    check(*vectors(), [np.ones(2, "f4"), np.ones(3, "f8")], exact=True)
    check(*vectors(), [np.ones(2, "f2"), np.ones((3, 1), "i8")], exact=True)


@same_script
def test_any_iterable(torch):
    convert, x = torch.nn.utils.parameters_to_vector, torch.arange(6.0).view(2, 3)
    return [convert(form) for form in ([x, x], (x,), iter([x]), (p for p in (x, x[1])), x)]


@same_script
def test_there_and_back(torch):
    utils, seen = torch.nn.utils, []
    torch.manual_seed(0)
    model = torch.nn.Sequential(torch.nn.Linear(3, 2), torch.nn.Linear(2, 2, bias=False))
    vec = utils.parameters_to_vector(model.parameters())
    seen.append((vec, vec.grad_fn.name() if torch.__name__ != "torch_impl" else "CatBackward0"))
    returned = utils.vector_to_parameters(vec.detach() * 2, model.parameters())
    seen.append((returned, model.state_dict()))
    seen.append([(p.requires_grad, p.is_leaf, p.grad_fn, p._version) for p in model.parameters()])
    model(torch.ones(1, 3)).sum().backward()
    seen.append([p.grad for p in model.parameters()])
    torch.optim.SGD(model.parameters(), lr=0.5).step()
    return [*seen, model.state_dict()]


@same_script
def test_they_share_memory_with_the_vector(torch):
    p, vec = torch.nn.Parameter(torch.zeros(2, 2)), torch.arange(4.0, requires_grad=True)
    torch.nn.utils.vector_to_parameters(vec, [p])
    with torch.no_grad():
        vec[3] = 7.0
        p[0, 0] = 5.0
    return p, vec, p.data_ptr() == vec.data_ptr()


@same_script
def test_dtypes_follow_the_vector(torch):
    convert, seen = torch.nn.utils.vector_to_parameters, []
    for vec in (torch.arange(6).double(), torch.arange(6).half()):
        p = torch.nn.Parameter(torch.zeros(3, 2))
        convert(vec, iter([p]))
        seen.append(p)
    whole = torch.zeros(2)
    convert(torch.arange(2), [whole])
    seen.append(error(torch, lambda: convert(torch.arange(6), [seen[0]])))
    return [*seen, whole]


@same_script
def test_too_long_a_vector_and_no_parameters(torch):
    convert = torch.nn.utils.vector_to_parameters
    p = torch.nn.Parameter(torch.zeros(2))
    convert(torch.arange(3.0), [p])
    convert(torch.arange(3.0), [])
    rows = torch.zeros(2, 3)
    convert(torch.ones(2, 3), [rows])
    return p, rows


@same_script
def test_errors(torch):
    utils, ones = torch.nn.utils, torch.ones
    return [
        error(torch, function)
        for function in (
            lambda: utils.parameters_to_vector([]),
            lambda: utils.parameters_to_vector([3]),
            lambda: utils.parameters_to_vector(3),
            lambda: utils.parameters_to_vector(ones(())),
            lambda: utils.parameters_to_vector([ones(2, 3).T]),
            lambda: utils.vector_to_parameters(ones(3), [ones(2, 2)]),
            lambda: utils.vector_to_parameters(ones(()), [ones(1)]),
            lambda: utils.vector_to_parameters(ones(3), [3]),
        )
    ]


def test_the_vector_is_a_tensor():
    convert = [column.nn.utils.vector_to_parameters for column in COLUMNS]
    check_error(*convert, [1.0], [np.zeros(1)], match="expected torch.Tensor, but got: list")


@mistake("size 3")
def test_too_short_a_vector(torch):
    """The vector has to have as many numbers as the model: sum(p.numel() for p in parameters)."""
    torch.nn.utils.vector_to_parameters(torch.ones(3), torch.nn.Linear(2, 2).parameters())

"""What makes no sense is refused with torch's exception, before anything is drawn or written."""

import pytest

from tests.lockstep import lockstep, seed


@pytest.mark.parametrize(
    ("call", "match"),
    [
        (lambda torch: torch.zeros(2).uniform_(1, 0), "from=1.0 > to=0.0"),
        (lambda torch: torch.zeros(0).uniform_(1, 0), "from=1.0 > to=0.0"),
        (lambda torch: torch.zeros(2).uniform_(-3e38, 3e38), "to-from <= 3.4"),
        (
            lambda torch: torch.zeros(2).uniform_(0, 1e39),
            "to is out of bounds for float32: 1e\\+39",
        ),
        (lambda torch: torch.zeros(2).uniform_(float("nan"), 1), "from is out of bounds"),
        (lambda torch: torch.zeros(2).uniform_("a"), "'from' must be float, not str"),
        (lambda torch: torch.zeros(2).uniform_(torch.zeros(1)), "'from' must be float, not Tensor"),
        (lambda torch: torch.zeros(2).uniform_(0, 1, torch.Generator()), "positional"),
        (lambda torch: torch.zeros(2).uniform_(generator=5), "must be a torch.Generator, not int"),
        (
            lambda torch: torch.zeros(2, dtype=torch.int32).uniform_(),
            "uniform_ needs a floating-point",
        ),
        (
            lambda torch: torch.zeros(0, dtype=torch.int32).uniform_(),
            "uniform_ needs a floating-point",
        ),
        (lambda torch: torch.zeros(2).normal_(0, -1), "std >= 0.0, but found std -1"),
        (lambda torch: torch.zeros(0).normal_(0, -1), "std >= 0.0, but found std -1"),
        (lambda torch: torch.zeros(2).normal_(0, float("nan")), "std >= 0.0, but found std nan"),
        (
            lambda torch: torch.zeros(2, dtype=torch.int32).normal_(),
            "normal_ needs a floating-point",
        ),
        (lambda torch: torch.zeros(0, dtype=torch.int32).normal_(), None),
        (lambda torch: torch.zeros(2).random_(5.5), "'to' must be int, not float"),
        (lambda torch: torch.zeros(2).random_(None), "'to' must be int, not NoneType"),
        (lambda torch: torch.zeros(2).random_(True), "'to' must be int, not bool"),
        (lambda torch: torch.zeros(2).random_(2**63), "needs over 64 bits"),
        (lambda torch: torch.zeros(2).random_(0), "from=0 >= to=0"),
        (lambda torch: torch.zeros(2).random_(5, 3), "from=5 >= to=3"),
        (lambda torch: torch.zeros(2, dtype=torch.int32).random_(2**40), "to - 1 is out of bounds"),
        (
            lambda torch: torch.zeros(2, dtype=torch.uint8).random_(-1, None),
            "from is out of bounds",
        ),
        (lambda torch: torch.zeros(2).random_(2**24, None), "counts up to"),
        (
            lambda torch: torch.zeros(2, dtype=torch.int32).random_(-(2**63), None),
            "2\\^64 integers",
        ),
        (
            lambda torch: torch.zeros(2, dtype=torch.float16).random_(-(2**63), None),
            "2\\^64 integers",
        ),
        (lambda torch: torch.zeros(2, dtype=torch.bool).random_(2, None), "out of bounds for bool"),
        (lambda torch: torch.zeros(2).exponential_(0), "lambda > 0.0, but found lambda=0"),
        (
            lambda torch: torch.zeros(2, dtype=torch.int32).exponential_(),
            "exponential_ needs a floating",
        ),
        (lambda torch: torch.zeros(2).geometric_(), "missing 1 required positional argument: 'p'"),
        (lambda torch: torch.zeros(2).geometric_(0), "in \\(0, 1\\), but got p=0"),
        (lambda torch: torch.zeros(2).geometric_(1), "in \\(0, 1\\), but got p=1"),
        (lambda torch: torch.zeros(2, dtype=torch.bool).geometric_(0.5), "a bool tensor cannot"),
        (lambda torch: torch.zeros(2).cauchy_(0, 0), "sigma > 0.0, but found sigma=0"),
        (
            lambda torch: torch.zeros(2, dtype=torch.int32).cauchy_(),
            "cauchy_ needs a floating-point",
        ),
        (lambda torch: torch.zeros(2).log_normal_(0, 0), "std > 0.0, but found std=0"),
        (
            lambda torch: torch.zeros(2, dtype=torch.int32).log_normal_(),
            "log_normal_ needs a floating",
        ),
        (lambda torch: torch.zeros(2).bernoulli_(1.5), "in \\[0, 1\\], but got p=1.5"),
        (lambda torch: torch.zeros(2).bernoulli_(float("nan")), "but got p=nan"),
        (lambda torch: torch.zeros(2).bernoulli_(torch.tensor([2.0, 0.5])), "from 0.5 to 2.0"),
        (
            lambda torch: torch.zeros(2).bernoulli_(torch.tensor([1, 0])),
            "needs a floating-point dtype",
        ),
        (
            lambda torch: torch.zeros(2).bernoulli_(torch.ones(3)),
            "shape \\[3\\] cannot be expanded to \\[2\\]",
        ),
        (lambda torch: torch.zeros(2).bernoulli_("a"), "'p' must be float, not str"),
        (lambda torch: torch.zeros(2).bernoulli_(None), "'p' must be float, not NoneType"),
        (lambda torch: torch.bernoulli(0.5), "expected a Tensor, not float"),
        (lambda torch: torch.bernoulli(torch.tensor([1.5, 0.5])), "every p in \\[0, 1\\]"),
        (lambda torch: torch.bernoulli(torch.tensor([1, 0])), "needs a floating-point dtype"),
        (
            lambda torch: torch.bernoulli(torch.zeros(2), torch.ones(2)),
            "'p' must be float, not Tensor",
        ),
        (lambda torch: torch.normal(0.0, 1.0), "or a size be given"),
        (lambda torch: torch.normal(0.0, 1.0, 3), "'size' must be tuple of ints, not int"),
        (lambda torch: torch.normal(0.0, -1.0, (2,)), "found std -1"),
        (lambda torch: torch.normal(torch.zeros(3), -1.0), "found std -1"),
        (
            lambda torch: torch.normal(torch.zeros(2), torch.tensor([1.0, -1.0])),
            "all elements of std",
        ),
        (lambda torch: torch.normal(0.0, torch.tensor([1.0, float("nan")])), "all elements of std"),
        (
            lambda torch: torch.normal(torch.zeros(3), torch.ones(2)),
            "\\[3\\] and \\[2\\] do not broadcast",
        ),
        (
            lambda torch: torch.normal(torch.zeros(3, dtype=torch.int64), 1.0),
            "floating-point dtype",
        ),
        (
            lambda torch: torch.multinomial(torch.ones(3), 4),
            "4 of 3. Did you mean replacement=True",
        ),
        (lambda torch: torch.multinomial(torch.ones(3), 0), "n_sample <= 0 samples, got 0"),
        (
            lambda torch: torch.multinomial(torch.ones(3), 2.0),
            "'num_samples' must be int, not float",
        ),
        (
            lambda torch: torch.multinomial(torch.ones(3), 2, 1),
            "'replacement' must be bool, not int",
        ),
        (lambda torch: torch.multinomial([1.0, 2.0], 2), "expected a Tensor, not list"),
        (lambda torch: torch.multinomial(torch.tensor([1, 2]), 1), "only supports floating-point"),
        (lambda torch: torch.multinomial(torch.tensor([1.0, -2.0]), 1), "element < 0"),
        (lambda torch: torch.multinomial(torch.tensor([1.0, float("nan")]), 1, True), "nan"),
        (lambda torch: torch.multinomial(torch.tensor([1.0, float("inf")]), 1), "inf"),
        (lambda torch: torch.multinomial(torch.zeros(3), 1), "sum of probabilities <= 0"),
        (lambda torch: torch.multinomial(torch.ones(2, 2, 2), 1), "has shape \\[2, 2, 2\\]"),
        (lambda torch: torch.multinomial(torch.ones(3, 0), 1, True), "nothing to choose from"),
        (lambda torch: torch.multinomial(torch.ones(3), 1, out=torch.zeros(1)), "expects Long"),
    ],
)
def test_errors(call, match):
    seed(0)
    lockstep(call, match=match)

"""Cases of the lessons that all others stand on: autograd, creation, random numbers."""

from collections.abc import Callable

from bench.cases import Case

__all__ = ["CASES"]


def drawn(draw: Callable) -> Callable:
    """A case's function: random numbers from a fixed seed, and what the generator draws next."""

    def function(torch):
        torch.manual_seed(1234)
        return draw(torch), torch.rand(3)

    return function


def chain(torch, x):
    """A long chain in which every link is used twice."""
    for _ in range(20):
        x = x - 0.1 * x * x
    return x


def accumulated(torch, x, y):
    """Two backwards into the same `.grad`."""
    (x * y).sum().backward()
    (x * x).sum().backward()


def penalty(torch, x):
    """A gradient that is part of the loss."""
    (dx,) = torch.autograd.grad((x**3).sum(), x, create_graph=True)
    return (dx * dx).sum()


ONCE = ("float32",)

CASES = [
    Case("autograd/engine", "fan-out", lambda torch, x: x * x.exp() + x, [(3, 4)], second=True),
    Case("autograd/engine", "the same tensor twice", lambda torch, x: x * x, [(3, 4)], exact=True),
    Case(
        "autograd/engine",
        "two outputs of one graph",
        lambda torch, x, y: ((x * y).exp(), (x * y).tanh()),
        [(3, 4), (4,)],
    ),
    Case("autograd/engine", "a chain", chain, [(3, 4)], "unit", second=True),
    Case("autograd/engine", "an unused input", lambda torch, x, y: x * 2, [(3,), (2,)], exact=True),
    Case("autograd/engine", "detach", lambda torch, x: x * x.detach(), [(3, 4)], exact=True),
    Case("autograd/engine", "accumulation", accumulated, [(3, 4), (3, 4)]),
    Case("autograd/engine", "a gradient in the loss", penalty, [(3, 4)]),
    Case(
        "creation",
        "zeros, ones, full, eye",
        lambda torch: (torch.zeros(2, 3), torch.ones(3), torch.full((2,), 2.5), torch.eye(3, 4)),
        [],
        dtypes=ONCE,
    ),
    Case(
        "creation",
        "arange, linspace",
        lambda torch: (torch.arange(5), torch.arange(0, 1, 0.1), torch.linspace(-1, 1, 9)),
        [],
        exact=True,
        dtypes=ONCE,
    ),
    *(
        Case("random", name, drawn(draw), [], exact=True, dtypes=ONCE)
        for name, draw in {
            "rand": lambda torch: torch.rand(5, 7),
            "randn": lambda torch: torch.randn(5, 7),
            "randn, 15 and 17 numbers": lambda torch: (torch.randn(15), torch.randn(17)),
            "randint": lambda torch: torch.randint(-5, 100, (5, 7)),
            "randperm": lambda torch: torch.randperm(100),
            "float64": lambda torch: torch.randn(5, 7, dtype=torch.float64),
        }.items()
    ),
    *(
        Case("ops/sampling", name, drawn(draw), [], exact=True, dtypes=ONCE)
        for name, draw in {
            "normal": lambda torch: torch.normal(2.0, 3.0, (5, 7)),
            "bernoulli": lambda torch: torch.bernoulli(torch.full((5, 7), 0.3)),
            "multinomial": lambda torch: torch.multinomial(torch.ones(9), 5),
            "uniform_": lambda torch: torch.empty(5, 7).uniform_(-1, 1),
            "exponential_": lambda torch: torch.empty(5, 7).exponential_(2.0),
        }.items()
    ),
]

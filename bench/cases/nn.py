"""Cases of the lessons in `nn/`."""

from collections.abc import Callable

from bench.cases import Case, integers, probabilities

__all__ = ["CASES"]


def with_parameters(make: Callable, *names: str) -> Callable:
    """A case's function: a layer with the given parameters, applied; returns output and gradients.

    Its last input is the cotangent, so that the layer's own parameters receive their `.grad`.
    """

    def function(torch, x, *arrays):
        *values, dy = arrays
        layer = make(torch)
        for name, value in zip(names, values, strict=True):
            owner, _, last = name.rpartition(".")
            setattr(layer.get_submodule(owner), last, torch.nn.Parameter(value))
        y = layer(x)
        y.backward(dy)
        return y.detach(), {name: p.grad for name, p in layer.named_parameters()}

    return function


def layer(name: str, *args, **options) -> Callable:
    """A case's function: `nn.<name>(*args, **options)` of its inputs."""
    return lambda torch, *arrays: getattr(torch.nn, name)(*args, **options)(*arrays)


def loss(name: str, **options) -> Callable:
    """A case's function: `nn.<name>(**options)` of (input, target), a tensor among the options."""

    def function(torch, x, target, weight=None):
        given = options if weight is None else {**options, "weight": weight}
        return getattr(torch.nn, name)(**given)(x, target)

    return function


def initialised(name: str, *shape: int, **options) -> Callable:
    """A case's function: `nn.init.<name>` of an empty tensor, from a fixed seed."""

    def function(torch):
        torch.manual_seed(42)
        return getattr(torch.nn.init, name)(torch.empty(*shape), **options)

    return function


def seeded(make: Callable) -> Callable:
    """A case's function: the parameters that a layer starts with."""

    def function(torch):
        torch.manual_seed(0)
        return {name: p.detach() for name, p in make(torch).named_parameters()}

    return function


def mlp(torch):
    """Two layers with a nonlinearity between them."""
    return torch.nn.Sequential(
        torch.nn.Flatten(), torch.nn.Linear(12, 8), torch.nn.Tanh(), torch.nn.Linear(8, 3)
    )


CLASSES = (None, integers(5))
ONCE = ("float32",)

CASES = [
    # --- linear ---
    Case(
        "nn/linear",
        "a batch",
        lambda torch, x, weight, bias: torch.nn.functional.linear(x, weight, bias),
        [(16, 40), (30, 40), (30,)],
        scale="terms",
        second=True,
    ),
    Case(
        "nn/linear",
        "a batch of sequences",
        lambda torch, x, weight, bias: torch.nn.functional.linear(x, weight, bias),
        [(2, 3, 4), (5, 4), (5,)],
        scale="terms",
    ),
    Case(
        "nn/linear",
        "one vector",
        lambda torch, x, weight, bias: torch.nn.functional.linear(x, weight, bias),
        [(4,), (5, 4), (5,)],
        scale="terms",
    ),
    Case(
        "nn/linear",
        "no bias",
        lambda torch, x, weight: torch.nn.functional.linear(x, weight),
        [(16, 40), (30, 40)],
        scale="terms",
    ),
    Case(
        "nn/linear",
        "the layer",
        with_parameters(lambda torch: torch.nn.Linear(4, 5), "weight", "bias"),
        [(3, 4), (5, 4), (5,), (3, 5)],
        fixed=(1, 2, 3),
        scale="terms",
    ),
    Case(
        "nn/linear",
        "initial weights",
        seeded(lambda torch: torch.nn.Linear(37, 19)),
        [],
        exact=True,
        dtypes=ONCE,
    ),
    # --- activation ---
    Case(
        "nn/activation",
        "ReLU",
        lambda torch, x: torch.nn.ReLU()(x),
        [(16, 30)],
        exact=True,
        second=True,
    ),
    Case(
        "nn/activation",
        "ReLU in place",
        lambda torch, x: torch.nn.ReLU(inplace=True)(x * 2),
        [(16, 30)],
        exact=True,
    ),
    Case(
        "nn/activation", "Sigmoid", lambda torch, x: torch.nn.Sigmoid()(x), [(16, 30)], second=True
    ),
    Case("nn/activation", "Tanh", lambda torch, x: torch.nn.Tanh()(x), [(16, 30)], second=True),
    Case("nn/activation", "Softmax", lambda torch, x: torch.nn.Softmax(dim=1)(x), [(16, 30)]),
    # --- loss ---
    Case("nn/loss", "NLLLoss", loss("NLLLoss"), [(16, 5), (16,)], CLASSES),
    Case(
        "nn/loss",
        "CrossEntropyLoss",
        loss("CrossEntropyLoss"),
        [(16, 5), (16,)],
        CLASSES,
        second=True,
    ),
    Case(
        "nn/loss",
        "CrossEntropyLoss, sum",
        loss("CrossEntropyLoss", reduction="sum"),
        [(16, 5), (16,)],
        CLASSES,
    ),
    Case(
        "nn/loss",
        "CrossEntropyLoss, none",
        loss("CrossEntropyLoss", reduction="none"),
        [(16, 5), (16,)],
        CLASSES,
    ),
    Case(
        "nn/loss",
        "CrossEntropyLoss, weighted classes",
        loss("CrossEntropyLoss"),
        [(16, 5), (16,), (5,)],
        (None, integers(5), "positive"),
        fixed=(2,),
    ),
    Case(
        "nn/loss",
        "CrossEntropyLoss, ignore_index",
        loss("CrossEntropyLoss", ignore_index=2),
        [(16, 5), (16,)],
        CLASSES,
    ),
    Case(
        "nn/loss",
        "CrossEntropyLoss, smoothed labels, weighted",
        loss("CrossEntropyLoss", label_smoothing=0.1),
        [(16, 5), (16,), (5,)],
        (None, integers(5), "positive"),
        fixed=(2,),
    ),
    Case(
        "nn/loss",
        "CrossEntropyLoss, probabilities",
        loss("CrossEntropyLoss"),
        [(16, 5), (16, 5)],
        (None, probabilities),
    ),
    Case(
        "nn/loss",
        "CrossEntropyLoss, images",
        loss("CrossEntropyLoss"),
        [(2, 5, 3, 4), (2, 3, 4)],
        CLASSES,
    ),
    # --- flatten, container ---
    Case("nn/flatten", "Flatten", lambda torch, x: torch.nn.Flatten()(x), [(2, 3, 4)], exact=True),
    Case(
        "nn/flatten",
        "Flatten, some",
        lambda torch, x: torch.nn.Flatten(0, 1)(x),
        [(2, 3, 4)],
        exact=True,
    ),
    Case(
        "nn/flatten",
        "Flatten of a permuted batch",
        lambda torch, x: torch.nn.Flatten()(x.permute(0, 2, 1)),
        [(2, 3, 4)],
        exact=True,
    ),
    Case(
        "nn/container",
        "a network",
        with_parameters(mlp, "1.weight", "1.bias", "3.weight", "3.bias"),
        [(5, 3, 4), (8, 12), (8,), (3, 8), (3,), (5, 3)],
        fixed=(1, 2, 3, 4, 5),
    ),
    Case("nn/container", "initial weights", seeded(mlp), [], exact=True, dtypes=ONCE),
    # --- init ---
    Case("nn/init", "uniform_", initialised("uniform_", 7, 9, a=-2.0), [], exact=True, dtypes=ONCE),
    Case("nn/init", "normal_", initialised("normal_", 7, 9, std=3.0), [], exact=True, dtypes=ONCE),
    Case(
        "nn/init",
        "kaiming_uniform_",
        initialised("kaiming_uniform_", 7, 9, a=5**0.5),
        [],
        exact=True,
        dtypes=ONCE,
    ),
    Case(
        "nn/init",
        "kaiming_normal_",
        initialised("kaiming_normal_", 7, 9),
        [],
        exact=True,
        dtypes=ONCE,
    ),
    Case(
        "nn/init",
        "xavier_uniform_",
        initialised("xavier_uniform_", 7, 9),
        [],
        exact=True,
        dtypes=ONCE,
    ),
    Case(
        "nn/init",
        "xavier_normal_",
        initialised("xavier_normal_", 7, 9),
        [],
        exact=True,
        dtypes=ONCE,
    ),
]

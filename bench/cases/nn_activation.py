"""Cases of the activations."""

from bench.cases import Case
from bench.cases.nn import with_parameters

__all__ = ["CASES"]

SHAPE = (16, 30)


def called(name: str, *args):
    """A case's function: `nn.functional.<name>` with these arguments."""
    return lambda torch, x: getattr(torch.nn.functional, name)(x, *args)


def drawn(name: str, *args):
    """The same with random numbers from a fixed seed."""

    def function(torch, x):
        torch.manual_seed(0)
        return getattr(torch.nn.functional, name)(x, *args)

    return function


CASES = [
    # --- rectifiers ---
    Case(
        "nn/rectifiers", "leaky_relu", called("leaky_relu", 0.1), [SHAPE], exact=True, second=True
    ),
    Case("nn/rectifiers", "rrelu", drawn("rrelu", 0.1, 0.3, True), [SHAPE], exact=True),
    Case(
        "nn/rectifiers",
        "a learned slope for each channel",
        with_parameters(lambda torch: torch.nn.PReLU(5), "weight"),
        [(4, 5, 3), (5,), (4, 5, 3)],
        fixed=(1, 2),
        scale="terms",
    ),
    # --- elu ---
    Case("nn/elu", "elu", called("elu", 0.7), [SHAPE], second=True),
    Case("nn/elu", "selu", called("selu"), [SHAPE], second=True),
    Case("nn/elu", "celu", called("celu", 0.7), [SHAPE], second=True),
    # --- hard ---
    Case("nn/hard", "relu6", called("relu6"), [SHAPE], exact=True),
    Case("nn/hard", "hardtanh", called("hardtanh", -0.5, 0.25), [SHAPE], exact=True, second=True),
    Case("nn/hard", "threshold", called("threshold", 0.5, 2.0), [SHAPE], exact=True),
    Case("nn/hard", "hardsigmoid", called("hardsigmoid"), [SHAPE]),
    Case("nn/hard", "hardswish", called("hardswish"), [SHAPE], second=True),
    # --- shrinkage ---
    Case("nn/shrinkage", "hardshrink", called("hardshrink"), [SHAPE], exact=True, second=True),
    Case("nn/shrinkage", "softshrink", called("softshrink"), [SHAPE], exact=True, second=True),
    Case("nn/shrinkage", "tanhshrink", called("tanhshrink"), [SHAPE], scale=1),
    # --- smooth ---
    Case("nn/smooth", "gelu", called("gelu"), [SHAPE], second=True),
    Case(
        "nn/smooth",
        "gelu by a tanh",
        lambda torch, x: torch.nn.functional.gelu(x, approximate="tanh"),
        [SHAPE],
        second=True,
    ),
    Case("nn/smooth", "silu", called("silu"), [SHAPE], second=True),
    Case("nn/smooth", "mish", called("mish"), [SHAPE], second=True),
    Case("nn/smooth", "softplus", called("softplus", 2.0, 1.0), [SHAPE], second=True),
    Case("nn/smooth", "logsigmoid", called("logsigmoid"), [SHAPE], second=True),
    Case("nn/smooth", "softsign", called("softsign"), [SHAPE], second=True),
    # --- gates ---
    Case("nn/gates", "glu", called("glu"), [SHAPE], second=True),
    Case("nn/gates", "softmin", called("softmin", 1), [SHAPE], scale="condition"),
    Case("nn/gates", "gumbel_softmax", drawn("gumbel_softmax"), [SHAPE], scale="condition"),
]

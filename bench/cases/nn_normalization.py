"""Cases of dropout, normalization and embedding."""

from bench.cases import Case, integers
from bench.cases.nn import ONCE, seeded, with_parameters

__all__ = ["CASES"]


def drawn(name: str, p: float):
    """A case's function: `nn.functional.<name>` with a mask from a fixed seed."""

    def function(torch, x):
        torch.manual_seed(0)
        return getattr(torch.nn.functional, name)(x, p, True)

    return function


def batch(training: bool):
    """A case's function: batch_norm, and the running averages after it."""

    def function(torch, x, weight, bias):
        mean, variance = torch.zeros(3, dtype=x.dtype), torch.ones(3, dtype=x.dtype)
        y = torch.nn.functional.batch_norm(x, mean, variance, weight, bias, training)
        return y, mean, variance

    return function


def embedding(**options):
    """A case's function: `nn.functional.embedding` of (index, weight)."""
    return lambda torch, index, weight: torch.nn.functional.embedding(index, weight, **options)


CASES = [
    # --- dropout ---
    Case("nn/dropout", "dropout", drawn("dropout", 0.3), [(16, 30)], exact=True, second=True),
    Case("nn/dropout", "dropout of channels", drawn("dropout2d", 0.5), [(4, 5, 3, 2)], exact=True),
    Case("nn/dropout", "alpha dropout", drawn("alpha_dropout", 0.2), [(16, 30)], exact=True),
    Case(
        "nn/dropout",
        "evaluation",
        lambda torch, x: torch.nn.Dropout(0.3).eval()(x) * 2,
        [(4, 3)],
        exact=True,
    ),
    # --- batchnorm ---
    Case("nn/batchnorm", "training", batch(True), [(16, 3), (3,), (3,)], scale="terms"),
    Case("nn/batchnorm", "evaluation", batch(False), [(16, 3), (3,), (3,)], scale="terms"),
    Case("nn/batchnorm", "images", batch(True), [(4, 3, 5, 6), (3,), (3,)], scale="terms"),
    Case(
        "nn/batchnorm",
        "the layer",
        with_parameters(
            lambda torch: torch.nn.BatchNorm2d(3, track_running_stats=False), "weight", "bias"
        ),
        [(4, 3, 5, 6), (3,), (3,), (4, 3, 5, 6)],
        fixed=(1, 2, 3),
        scale="terms",
    ),
    # --- normalization ---
    Case(
        "nn/normalization",
        "layer_norm",
        lambda torch, x, weight, bias: torch.nn.functional.layer_norm(x, (30,), weight, bias),
        [(16, 30), (30,), (30,)],
        scale="condition",
        second=True,
    ),
    Case(
        "nn/normalization",
        "layer_norm over two dimensions",
        lambda torch, x: torch.nn.functional.layer_norm(x, (4, 5)),
        [(3, 4, 5)],
        scale="condition",
    ),
    Case(
        "nn/normalization",
        "rms_norm",
        lambda torch, x, weight: torch.nn.functional.rms_norm(x, (30,), weight),
        [(16, 30), (30,)],
        scale="condition",
        second=True,
    ),
    # --- groupnorm ---
    Case(
        "nn/groupnorm",
        "group_norm",
        lambda torch, x, weight, bias: torch.nn.functional.group_norm(x, 3, weight, bias),
        [(4, 6, 5), (6,), (6,)],
        scale="condition",
        second=True,
    ),
    Case(
        "nn/groupnorm",
        "images",
        lambda torch, x: torch.nn.functional.group_norm(x, 2),
        [(2, 6, 4, 5)],
        scale="condition",
    ),
    Case(
        "nn/groupnorm",
        "local_response_norm",
        lambda torch, x: torch.nn.functional.local_response_norm(x, 3, 0.1),
        [(2, 6, 4, 5)],
    ),
    # --- embedding ---
    Case("nn/embedding", "rows", embedding(), [(4, 30), (50, 8)], (integers(50), None), exact=True),
    Case(
        "nn/embedding",
        "padding",
        embedding(padding_idx=2),
        [(4, 30), (5, 8)],
        (integers(5), None),
        exact=True,
    ),
    Case(
        "nn/embedding",
        "scaled by frequency",
        embedding(scale_grad_by_freq=True),
        [(4, 30), (5, 8)],
        (integers(5), None),
        scale="terms",
    ),
    Case(
        "nn/embedding",
        "initial weights",
        seeded(lambda torch: torch.nn.Embedding(37, 19, padding_idx=3)),
        [],
        exact=True,
        dtypes=ONCE,
    ),
]

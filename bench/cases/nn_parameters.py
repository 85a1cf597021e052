"""Cases of bilinear, flatten, init, and what is done to all parameters at once."""

from collections.abc import Callable

from bench.cases import Case
from bench.cases.nn import ONCE, initialised, seeded

__all__ = ["CASES"]


def clipped(clip: str, *options) -> Callable:
    """A case's function: tensors with the given gradients, clipped; returns norm and gradients."""

    def function(torch, *grads):
        parameters = [torch.zeros(*grad.shape, dtype=grad.dtype) for grad in grads]
        for parameter, grad in zip(parameters, grads, strict=True):
            parameter.grad = grad.detach().clone()
        norm = getattr(torch.nn.utils, clip)(parameters, *options)
        return norm, [parameter.grad for parameter in parameters]

    return function


def bilinear(torch, x1, x2, weight, bias=None):
    """The function, not the layer."""
    return torch.nn.functional.bilinear(x1, x2, weight, bias)


def filled(torch, vec, x):
    """A layer whose parameters are a vector's parts, applied."""
    layer = torch.nn.Linear(4, 3)
    torch.nn.utils.vector_to_parameters(vec, layer.parameters())
    return layer(x)


GRADS = [(5, 4), (4,), (2, 3, 2)]

CASES = [
    # --- bilinear ---
    Case("nn/bilinear", "a batch", bilinear, [(16, 5), (16, 7), (9, 5, 7), (9,)],
         scale="terms", second=True),
    Case("nn/bilinear", "few outputs", bilinear, [(16, 8), (16, 7), (3, 8, 7), (3,)],
         scale="terms", second=True),
    Case("nn/bilinear", "a batch of sequences, no bias", bilinear,
         [(2, 3, 4), (2, 3, 5), (6, 4, 5)], scale="terms"),
    Case("nn/bilinear", "one pair", bilinear, [(4,), (5,), (6, 4, 5), (6,)], scale="terms"),
    Case("nn/bilinear", "initial weights", seeded(lambda torch: torch.nn.Bilinear(5, 7, 9)), [],
         exact=True, dtypes=ONCE),
    # --- flatten ---
    Case("nn/flatten", "Unflatten", lambda torch, x: torch.nn.Unflatten(1, (3, -1))(x), [(2, 12)],
         exact=True, second=True),
    Case("nn/flatten", "Unflatten, from the end",
         lambda torch, x: torch.nn.Unflatten(-2, [2, 2, 1])(x), [(2, 4, 3)], exact=True),
    # --- init ---
    Case("nn/init", "dirac_", initialised("dirac_", 6, 2, 3, 4, groups=2), [],
         exact=True, dtypes=ONCE),
    Case("nn/init", "orthogonal_, wide", initialised("orthogonal_", 7, 9, gain=2.0), [],
         dtypes=ONCE),
    Case("nn/init", "orthogonal_, high", initialised("orthogonal_", 16, 2, 3), [], dtypes=ONCE),
    Case("nn/init", "sparse_", initialised("sparse_", 7, 9, sparsity=0.4), [],
         exact=True, dtypes=ONCE),
    Case("nn/init", "trunc_normal_", initialised("trunc_normal_", 7, 9, std=0.5), [],
         exact=True, dtypes=ONCE),
    # --- clip_grad ---
    Case("nn/utils/clip_grad", "by norm", clipped("clip_grad_norm_", 1.0), GRADS),
    Case("nn/utils/clip_grad", "by the largest", clipped("clip_grad_norm_", 0.5, "inf"), GRADS),
    Case("nn/utils/clip_grad", "by the sum", clipped("clip_grad_norm_", 0.5, 1), GRADS),
    Case("nn/utils/clip_grad", "a short one", clipped("clip_grad_norm_", 1e3), GRADS),
    Case("nn/utils/clip_grad", "by value", clipped("clip_grad_value_", 0.5), GRADS, exact=True),
    # --- convert_parameters ---
    Case("nn/utils/convert_parameters", "to a vector",
         lambda torch, *xs: torch.nn.utils.parameters_to_vector(xs), GRADS,
         exact=True, second=True),
    Case("nn/utils/convert_parameters", "to a vector, halves and all",
         lambda torch, x, y: torch.nn.utils.parameters_to_vector([x.half(), y]),
         [(3, 2), (4,)], exact=True),
    Case("nn/utils/convert_parameters", "and back", filled, [(15,), (2, 4)], fixed=(0,),
         scale="terms"),
]  # fmt: skip

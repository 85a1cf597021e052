"""The names linear algebra has in torch itself: ``torch.det(x)`` and ``x.det()``.

Most of them are ``torch.linalg``'s functions, older than that module. Some differ in what they
return: ``torch.svd`` gives V where ``torch.linalg.svd`` gives its transpose. ``logdet`` and the
solvers that start from Cholesky's factor are here alone.
"""

from __future__ import annotations

from torch import (
    Tensor,
    cholesky,
    cholesky_inverse,
    cholesky_solve,
    logdet,
    matrix_exp,
    matrix_power,
    pinverse,
    qr,
    slogdet,
    svd,
)

from ..ops._forms import with_out
from . import inverse as inverses

__all__ = [
    "det",
    "slogdet",
    "logdet",
    "inverse",
    "pinverse",
    "matrix_power",
    "matrix_exp",
    "cholesky",
    "cholesky_solve",
    "cholesky_inverse",
    "qr",
    "svd",
]


def det(input: Tensor) -> Tensor:
    """The determinant: ``torch.linalg.det``.

    Args:
        input: a square matrix, or a batch of them

    Examples:
        >>> torch.det(torch.tensor([[1.0, 2.0], [3.0, 4.0]]))
        tensor(-2.)
    """
    return inverses.det(input)


@with_out
def inverse(input: Tensor) -> Tensor:
    """The inverse: ``torch.linalg.inv``.

    Args:
        input: a square matrix, or a batch of them; LinAlgError if one is singular

    Examples:
        >>> torch.tensor([[2.0, 0.0], [0.0, 4.0]]).inverse()
        tensor([[0.5000, 0.0000],
                [0.0000, 0.2500]])
    """
    return inverses.inv(input)

"""Questions about a tensor, and what complex numbers would need: torch's own.

>>> x = torch.ones(2)
>>> torch.is_floating_point(x), torch.is_complex(x), torch.is_signed(x), torch.get_device(x)
(True, False, True, -1)
>>> torch.real(x) is x, torch.conj(x) is x
(True, True)
"""

from torch import (
    conj,
    get_device,
    imag,
    is_complex,
    is_conj,
    is_distributed,
    is_inference,
    is_neg,
    is_nonzero,
    is_same_size,
    is_signed,
    real,
    resolve_conj,
    resolve_neg,
)

__all__ = [
    "is_complex",
    "is_conj",
    "is_neg",
    "is_signed",
    "is_nonzero",
    "is_same_size",
    "is_inference",
    "is_distributed",
    "get_device",
    "real",
    "imag",
    "conj",
    "resolve_conj",
    "resolve_neg",
]

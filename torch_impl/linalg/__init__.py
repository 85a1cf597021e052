"""Linear algebra: determinants, systems of equations, factorizations, norms."""

from typing import Any

import torch

from .factorization import *
from .inverse import *
from .norms import *
from .products import *
from .solving import *
from .spectrum import *


def __getattr__(name: str) -> Any:
    """What is not written out here is torch's own."""
    return getattr(torch.linalg, name)

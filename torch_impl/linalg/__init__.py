"""Linear algebra: norms, systems of equations, factorizations."""

from .factorization import *
from .norms import *
from .solving import *

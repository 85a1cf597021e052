"""Linear algebra: determinants, systems of equations, factorizations, norms."""

from .factorization import *
from .inverse import *
from .norms import *
from .products import *
from .solving import *
from .spectrum import *

"""Optimizers: what turns gradients into better parameters."""

from .optimizer import *
from .sgd import *

"""The layers' computations as functions, without modules: ``torch.nn.functional``, called F.

Each is defined beside its rule and its layer; here is where users find them.
"""

from torch.nn.functional import *

from ..creation import one_hot
from ..ops.elementwise import sigmoid, tanh
from .activation import log_softmax, relu, softmax
from .linear import linear
from .loss import cross_entropy, mse_loss, nll_loss

__all__ = [
    "one_hot",
    "linear",
    "relu",
    "sigmoid",
    "tanh",
    "softmax",
    "log_softmax",
    "mse_loss",
    "nll_loss",
    "cross_entropy",
]

"""A neural-network library from scratch: NumPy below, PyTorch's names above.

``import scratch as torch`` runs a basic PyTorch course unchanged. Every file here has a twin in
``torch_impl`` that says the same in torch.
"""

import warnings
from math import e, inf, nan, pi
from typing import Any

import numpy

# Division by zero gives infinity and overflow too, as in torch; NumPy's warnings are only noise.
warnings.filterwarnings("ignore", category=RuntimeWarning, module=r"scratch\.")

# The C library hands every large block back to the system when it is freed, and a new one costs a
# page fault for each 4 KB of it: many times the arithmetic on it. Having seen one of just under
# 32 MB freed, it keeps blocks up to that size.
numpy.empty(2**25 - 2**16, "uint8")

from . import accelerator, autograd, backends, cuda, linalg, nn, optim, special
from ._backends import get_backend, set_backend
from .autograd import (
    enable_grad,
    inference_mode,
    no_grad,
    set_grad_enabled,
)
from .autograd.anomaly_mode import is_anomaly_enabled
from .autograd.grad_mode import is_grad_enabled, is_inference_mode_enabled
from .creation import *
from .devices import *
from .dtypes import *
from .exchange import *
from .graph import *
from .linalg.toplevel import *
from .nn.functional import (  # which torch has here too
    adaptive_avg_pool1d,
    alpha_dropout,
    avg_pool1d,
    bilinear,
    celu,
    celu_,
    conv1d,
    conv2d,
    conv3d,
    conv_transpose1d,
    conv_transpose2d,
    conv_transpose3d,
    cosine_similarity,
    dropout,
    feature_alpha_dropout,
    group_norm,
    hardshrink,
    layer_norm,
    max_pool1d,
    max_pool2d,
    pairwise_distance,
    prelu,
    rms_norm,
    rrelu,
    rrelu_,
    selu,
    selu_,
    threshold,
    threshold_,
)
from .ops.arithmetic import *
from .ops.blending import *
from .ops.comparison import *
from .ops.constructors import *
from .ops.contraction import *
from .ops.conversion import *
from .ops.counting import *
from .ops.cumulative import *
from .ops.diagonal import *
from .ops.einsum import *
from .ops.elementary import *
from .ops.elementwise import *
from .ops.extremum import *
from .ops.floats import *
from .ops.grids import *
from .ops.histograms import *
from .ops.hyperbolic import *
from .ops.index_writing import *
from .ops.indexing import *
from .ops.joining import *
from .ops.lengths import *
from .ops.log_pairs import *
from .ops.logical import *
from .ops.masking import *
from .ops.matmul import *
from .ops.permutation import *
from .ops.power import *
from .ops.predicates import *
from .ops.products import *
from .ops.quantiles import *
from .ops.reduction import *
from .ops.repetition import *
from .ops.rounding import *
from .ops.sampling import *
from .ops.scatter import *
from .ops.selection import *
from .ops.shape import *
from .ops.softmax import *
from .ops.sorting import *
from .ops.special import *
from .ops.splitting import *
from .ops.statistics import *
from .ops.strides import *
from .ops.triangles import *
from .ops.trigonometry import *
from .printing import set_printoptions
from .random import *
from .ranges import *
from .serialization import load, save
from .storage import *
from .summary import *
from .tensor import *
from .tensor import Tensor
from .utils.dlpack import from_dlpack, to_dlpack

__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """``torch.sin_(x)`` and its like: the methods that work in place, as functions."""
    if name.endswith("_") and not name.startswith("_") and hasattr(Tensor, name):
        return getattr(Tensor, name)
    raise AttributeError(f"module 'scratch' has no attribute '{name}'")

"""The twin of ``scratch`` in torch: what a lesson writes out by hand stands here in torch's terms.

``import torch_impl as torch`` gives all of torch, with those lessons in place of its own.
"""

from typing import Any

import torch

# the module `tensor`, before the function of that name
from . import autograd, linalg, nn, optim, tensor, utils
from .creation import *
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
from .ranges import *
from .serialization import load, save
from .storage import *
from .summary import *


def __getattr__(name: str) -> Any:
    """What is not written out here is torch's own."""
    return getattr(torch, name)

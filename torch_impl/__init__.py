"""The twin of ``scratch`` in torch: what a lesson writes out by hand stands here in torch's terms.

``import torch_impl as torch`` gives all of torch, with those lessons in place of its own.
"""

from torch import *

from . import autograd, nn, optim
from .ops.arithmetic import *
from .ops.comparison import *
from .ops.elementwise import *
from .ops.indexing import *
from .ops.matmul import *
from .ops.reduction import *
from .ops.shape import *

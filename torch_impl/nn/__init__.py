"""Layers, losses and what holds them: torch's, or the lessons that are written out."""

from torch.nn import *
from torch.nn import attention, modules, parallel

import torch_impl.nn.functional as functional  # by its full name: torch's has the short one here
import torch_impl.nn.init as init
import torch_impl.nn.utils as utils

from .activation import *
from .adaptive_pooling import *
from .average_pooling import *
from .batchnorm import *
from .bilinear import *
from .binary_loss import *
from .container import *
from .conv import *
from .conv_transpose import *
from .distance import *
from .divergence_loss import *
from .dropout import *
from .elu import *
from .embedding import *
from .flatten import *
from .gates import *
from .groupnorm import *
from .hard import *
from .linear import *
from .loss import *
from .margin_loss import *
from .module import *
from .normalization import *
from .padding import *
from .parameter import *
from .parameter_container import *
from .pooling import *
from .ranking_loss import *
from .rectifiers import *
from .regression_loss import *
from .shrinkage import *
from .smooth import *
from .unfold import *
from .upsampling import *

"""Layers, losses and what holds them: torch's, or the lessons that are written out."""

from torch.nn import *
from torch.nn import attention, modules, parallel, utils

import torch_impl.nn.functional as functional  # by its full name: torch's has the short one here
import torch_impl.nn.init as init

from .activation import *
from .container import *
from .flatten import *
from .linear import *
from .loss import *
from .module import *
from .parameter import *

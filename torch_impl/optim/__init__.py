"""Optimizers: torch's, with those lessons in their place that are written out here."""

from torch.optim import *

import torch_impl.optim.lr_scheduler as lr_scheduler  # by its full name: torch's has the short one

from .adadelta import *
from .adagrad import *
from .adam import *
from .adamw import *
from .optimizer import *
from .rmsprop import *
from .sgd import *

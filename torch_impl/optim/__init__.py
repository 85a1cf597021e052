"""Optimizers: torch's, with those lessons in their place that are written out here."""

from torch.optim import *
from torch.optim import lr_scheduler

from .optimizer import *
from .sgd import *

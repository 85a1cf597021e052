"""Optimizers: what turns gradients into better parameters."""

from . import lr_scheduler
from .adadelta import *
from .adagrad import *
from .adam import *
from .adamw import *
from .optimizer import *
from .rmsprop import *
from .sgd import *

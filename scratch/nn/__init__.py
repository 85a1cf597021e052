"""Layers, losses, and the modules that hold them."""

from . import functional, init
from .activation import *
from .container import *
from .flatten import *
from .linear import *
from .loss import *
from .module import *
from .parameter import *

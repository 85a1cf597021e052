"""Learning rates that change while a network learns."""

from .chain import *
from .cosine import *
from .cycle import *
from .decay import *
from .factor import *
from .plateau import *
from .scheduler import *
from .scheduler import _LRScheduler as _LRScheduler

"""Learning rates that change while a network learns."""

from torch.optim.lr_scheduler import *
from torch.optim.lr_scheduler import _LRScheduler as _LRScheduler

from .chain import *
from .cosine import *
from .cycle import *
from .decay import *
from .factor import *
from .plateau import *
from .scheduler import *

"""Where torch keeps its modules; most people reach them as ``torch.nn.X``."""

import sys

from . import _module as module

sys.modules[f"{__name__}.module"] = module  # so that it can be imported from as well

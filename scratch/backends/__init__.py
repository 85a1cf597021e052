"""What computes: settings that scripts make at their start for libraries that ``scratch`` lacks.

Without a GPU nothing hangs on them; so they can be made here, and do as little as in torch.
"""

from . import cudnn, mps

__all__ = ["cudnn", "mps"]

"""Is a gradient right? torch's own check by measured slopes."""

from torch.autograd.gradcheck import GradcheckError, gradcheck, gradgradcheck

__all__ = ["gradcheck", "gradgradcheck", "GradcheckError"]

"""Being written."""

from torch import Tensor, Size, is_tensor, is_floating_point, numel

__all__ = ['Tensor', 'Size', 'is_tensor', 'is_floating_point', 'numel']

"""A tensor: torch's own.

Its memory, strides and version counter are C++. What they are can be asked, here as in ``scratch``:

>>> x = torch.arange(6).reshape(2, 3)
>>> x.shape, x.stride(), x.is_contiguous()
(torch.Size([2, 3]), (3, 1), True)
>>> y = x.t()[1:]
>>> y.shape, y.stride(), y.storage_offset(), y.is_contiguous()
(torch.Size([2, 2]), (1, 3), 1, False)
>>> y.zero_()
tensor([[0, 0],
        [0, 0]])
>>> x, x._version
(tensor([[0, 0, 0],
        [3, 0, 0]]), 1)
"""

from torch import Size, Tensor, is_floating_point, is_tensor, numel

__all__ = ["Tensor", "Size", "is_tensor", "numel", "is_floating_point"]

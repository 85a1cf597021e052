"""``LongTensor`` and its like: torch's own names for the tensors of one dtype.

>>> torch.LongTensor([1, 2])
tensor([1, 2])
>>> isinstance(torch.arange(3), torch.LongTensor), torch.arange(3).type()
(True, 'torch.LongTensor')
"""

from torch import (
    BoolTensor,
    ByteTensor,
    CharTensor,
    DoubleTensor,
    FloatTensor,
    HalfTensor,
    IntTensor,
    LongTensor,
    ShortTensor,
    set_default_tensor_type,
    typename,
)

__all__ = [
    "FloatTensor",
    "DoubleTensor",
    "HalfTensor",
    "IntTensor",
    "LongTensor",
    "ShortTensor",
    "CharTensor",
    "ByteTensor",
    "BoolTensor",
    "set_default_tensor_type",
    "typename",
]

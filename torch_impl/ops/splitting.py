"""One tensor made several: torch's own views of its parts.

All parts are results of one operation, whose backward puts their gradients together again. Which of
them a tensor is, it says itself:

>>> x = torch.tensor([[1.0, 2.0], [3.0, 4.0]], requires_grad=True)
>>> first, second = x.unbind()
>>> second.grad_fn, second.output_nr  # doctest: +ELLIPSIS
(<UnbindBackward0 object at ...>, 1)
>>> (second * 2).sum().backward()
>>> x.grad
tensor([[0., 0.],
        [2., 2.]])
"""

from torch import (
    chunk,
    dsplit,
    hsplit,
    split,
    split_with_sizes,
    tensor_split,
    unbind,
    unsafe_chunk,
    unsafe_split,
    unsafe_split_with_sizes,
    vsplit,
)

__all__ = [
    "split",
    "split_with_sizes",
    "chunk",
    "unbind",
    "tensor_split",
    "hsplit",
    "vsplit",
    "dsplit",
    "unsafe_split",
    "unsafe_split_with_sizes",
    "unsafe_chunk",
]

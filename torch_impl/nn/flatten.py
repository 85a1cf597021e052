"""From images to vectors and back: several dimensions become one, or one becomes several.

No number moves. The result is a view of the same memory wherever that is possible.
"""

from __future__ import annotations

from torch import Size, Tensor

from .module import Module

__all__ = ["Flatten", "Unflatten"]


class Flatten(Module):
    """Makes one dimension of those from ``start_dim`` to ``end_dim``.

    Args:
        start_dim: the first of them. Default: 1, so that the batch stays
        end_dim: the last of them. Default: -1

    Shape:
        input (N, C, H, W), output (N, C H W)

    Examples:
        >>> torch.nn.Flatten()(torch.ones(32, 1, 28, 28)).shape
        torch.Size([32, 784])
    """

    def __init__(self, start_dim: int = 1, end_dim: int = -1):
        super().__init__()
        self.start_dim = start_dim
        self.end_dim = end_dim

    def forward(self, input: Tensor) -> Tensor:
        """The same numbers in fewer dimensions."""
        return input.flatten(self.start_dim, self.end_dim)

    def extra_repr(self) -> str:
        """First and last dimension."""
        return f"start_dim={self.start_dim}, end_dim={self.end_dim}"


class Unflatten(Module):
    """Makes several dimensions of one.

    Args:
        dim: which one
        unflattened_size: its new sizes; one of them may be -1, to be found from the others

    Shape:
        input (N, C H W), output (N, C, H, W)

    Examples:
        >>> torch.nn.Unflatten(1, (1, 28, 28))(torch.ones(32, 784)).shape
        torch.Size([32, 1, 28, 28])
    """

    def __init__(self, dim: int, unflattened_size: Size | list[int] | tuple[int, ...]):
        super().__init__()
        if not isinstance(unflattened_size, (tuple, list)):
            raise TypeError(
                f"unflattened_size must be a tuple of ints, but found type "
                f"{type(unflattened_size).__name__}"
            )
        for i, size in enumerate(unflattened_size):
            if not isinstance(size, int):
                raise TypeError(
                    f"unflattened_size must be tuple of ints, but found element of type "
                    f"{type(size).__name__} at pos {i}"
                )
        self.dim = dim
        self.unflattened_size = unflattened_size

    def forward(self, input: Tensor) -> Tensor:
        """The same numbers in more dimensions."""
        return input.unflatten(self.dim, self.unflattened_size)

    def extra_repr(self) -> str:
        """The dimension, and its new sizes."""
        return f"dim={self.dim}, unflattened_size={self.unflattened_size}"

"""Embedding: a vector for each word, looked up by the word's number.

The same as a product with one-hot rows, but without the product: row k of the weight is copied.
Backwards each gradient is added to the row that its vector came from, and all other rows get zero.
"""

from __future__ import annotations

import numpy

from ..autograd import Rule, no_grad
from ..autograd.variable import Variable, wrap
from ..creation import empty
from ..devices import device as Device
from ..dtypes import dtype as Dtype
from ..dtypes import int32, int64
from ..ops._places import outside, sum_rows
from ..tensor import Tensor
from . import init
from .module import Module
from .parameter import Parameter

__all__ = ["Embedding"]


class Lookup(Rule, name="EmbeddingBackward0"):
    """y_i = w[k_i]        dw = zeros, but dw[k_i] += dy_i, for every i

    No gradient goes to the row of ``padding_idx``. With ``scale_grad_by_freq`` each dy_i is divided
    by how often k_i was looked up.
    """

    @staticmethod
    def forward(ctx, weight, index, padding, by_frequency):
        ctx.save_for_backward(index)
        ctx.rows, ctx.padding, ctx.by_frequency = len(weight), padding, by_frequency
        return weight.take(index, 0, mode="wrap")  # of all modes the quickest

    @staticmethod
    def backward(ctx, dy):
        (index,) = ctx.saved_tensors
        if isinstance(dy, Variable):
            dw = RowSums.apply(dy, index, ctx.rows, ctx.padding, ctx.by_frequency)
        else:
            dw = summed(dy, index, ctx.rows, ctx.padding, ctx.by_frequency)
        return dw, None, None, None


class RowSums(Rule, name="EmbeddingDenseBackwardBackward0"):
    """y = zeros, but y[k_i] += x_i, for every i        dx_i = dy[k_i],  0 for padding

    The gradient of Lookup as an operation, for gradients of gradients. Frequencies are left out of
    these, as in torch.
    """

    @staticmethod
    def forward(ctx, x, index, rows, padding, by_frequency):
        ctx.save_for_backward(index)
        ctx.padding = padding
        return summed(x, index, rows, padding, by_frequency)

    @staticmethod
    def backward(ctx, dy):
        (index,) = ctx.saved_tensors
        if isinstance(dy, Variable):
            trained = (index != ctx.padding).unsqueeze(-1).to(dy.dtype)
            dx = Lookup.apply(dy, index, ctx.padding, False) * trained
        else:
            dx = dy.take(index, 0, mode="wrap")
            dx[index == ctx.padding] = 0
        return dx, None, None, None, None


def summed(
    dy: numpy.ndarray, index: numpy.ndarray, rows: int, padding: int, by_frequency: bool
) -> numpy.ndarray:
    """What RowSums gives: for each row the sum of what was looked up there, but for padding."""
    index, dy = index.reshape(-1), dy.reshape(index.size, dy.shape[-1])
    if padding >= 0 and (index == padding).any():
        trained = index != padding
        index, dy = index[trained], dy[trained]
    if by_frequency:
        dy = dy * (1 / numpy.bincount(index)[index]).astype(dy.dtype)[:, None]
    return sum_rows(rows, index, dy)


def embedding(
    input: Tensor,
    weight: Tensor,
    padding_idx: int | None = None,
    max_norm: float | None = None,
    norm_type: float = 2.0,
    scale_grad_by_freq: bool = False,
    sparse: bool = False,
) -> Tensor:
    """y = weight[input], row by row

    Args:
        input: row numbers, int64 or int32
        weight: one row for each number
        padding_idx: a row that is not trained, for what fills up short sentences. Default: none
        max_norm: rows that are looked up and longer than this are shortened first, in the weight
            itself. Default: no limit
        norm_type: the p of the p-norm that says how long a row is. Default: 2
        scale_grad_by_freq: divide each gradient by how often its row was looked up. Default: False
        sparse: True is an error: there are no sparse tensors here

    Shape:
        input (*), weight (V, D), output (*, D)

    Examples:
        >>> weight = torch.tensor([[0.0, 0.0], [1.0, 2.0], [3.0, 4.0]])
        >>> torch.nn.functional.embedding(torch.tensor([2, 1, 2]), weight)
        tensor([[3., 4.],
                [1., 2.],
                [3., 4.]])
    """
    padding_idx = checked_padding(padding_idx, weight.size(0)) if padding_idx is not None else -1
    if sparse:
        raise NotImplementedError(SPARSE)
    _check(input, weight)
    if max_norm is not None:
        shorten(weight, input, max_norm, norm_type)
    return Lookup.apply(weight, input, padding_idx, scale_grad_by_freq)


class Embedding(Module):
    """y = weight[x]: a vector for each number

    Args:
        num_embeddings: how many rows the weight has: numbers go from 0 to num_embeddings - 1
        embedding_dim: how long each is
        padding_idx: a row of zeros that is not trained. Default: none
        max_norm: rows longer than this are shortened when they are looked up. Default: no limit
        norm_type: the p of the p-norm that says how long a row is. Default: 2
        scale_grad_by_freq: divide each gradient by how often its row was looked up. Default: False
        sparse: True is an error: there are no sparse tensors here
        device: only the CPU
        dtype: of the weight. Default: the default dtype

    Shape:
        (*), int64 or int32, gives (*, embedding_dim)

    The weight begins normally distributed, with mean 0 and variance 1.

    Examples:
        >>> layer = torch.nn.Embedding(10, 3)
        >>> layer(torch.tensor([[1, 2, 4, 5], [4, 3, 2, 9]])).shape
        torch.Size([2, 4, 3])
    """

    def __init__(
        self,
        num_embeddings: int,
        embedding_dim: int,
        padding_idx: int | None = None,
        max_norm: float | None = None,
        norm_type: float = 2.0,
        scale_grad_by_freq: bool = False,
        sparse: bool = False,
        _weight: Tensor | None = None,
        _freeze: bool = False,
        device: Device | str | int | None = None,
        dtype: Dtype | None = None,
    ):
        super().__init__()
        if sparse:
            raise NotImplementedError(SPARSE)
        self.num_embeddings = num_embeddings
        self.embedding_dim = embedding_dim
        if padding_idx is not None:
            padding_idx = checked_padding(padding_idx, num_embeddings)
        self.padding_idx = padding_idx
        self.max_norm = max_norm
        self.norm_type = norm_type
        self.scale_grad_by_freq = scale_grad_by_freq
        self.sparse = sparse
        if _weight is None:
            weight = empty((num_embeddings, embedding_dim), device=device, dtype=dtype)
            self.weight = Parameter(weight, requires_grad=not _freeze)
            self.reset_parameters()
            return
        if tuple(_weight.shape) != (num_embeddings, embedding_dim):
            raise AssertionError(
                f"Shape of weight does not match num_embeddings and embedding_dim: it is "
                f"{list(_weight.shape)}, not {[num_embeddings, embedding_dim]}"
            )
        self.weight = Parameter(_weight, requires_grad=not _freeze)

    def reset_parameters(self) -> None:
        """Draws new vectors; that of ``padding_idx`` is zero."""
        init.normal_(self.weight)
        self._fill_padding_idx_with_zero()

    def _fill_padding_idx_with_zero(self) -> None:
        if self.padding_idx is not None:
            with no_grad():
                self.weight[self.padding_idx].fill_(0)

    def forward(self, input: Tensor) -> Tensor:
        """The vectors of these numbers."""
        return embedding(
            input,
            self.weight,
            self.padding_idx,
            self.max_norm,
            self.norm_type,
            self.scale_grad_by_freq,
            self.sparse,
        )

    def extra_repr(self) -> str:
        """Sizes, and the options that were given."""
        text = f"{self.num_embeddings}, {self.embedding_dim}"
        usual = {"padding_idx": None, "max_norm": None, "norm_type": 2}
        usual |= {"scale_grad_by_freq": False, "sparse": False}
        given = [(name, getattr(self, name)) for name, x in usual.items()]
        return text + "".join(f", {name}={x}" for name, x in given if x != usual[name])

    @classmethod
    def from_pretrained(
        cls,
        embeddings: Tensor,
        freeze: bool = True,
        padding_idx: int | None = None,
        max_norm: float | None = None,
        norm_type: float = 2.0,
        scale_grad_by_freq: bool = False,
        sparse: bool = False,
    ) -> Embedding:
        """A layer with these vectors, of which it shares the memory.

        Args:
            embeddings: one row for each number
            freeze: do not train them. Default: True
            padding_idx, max_norm, norm_type, scale_grad_by_freq, sparse: as for the layer

        Examples:
            >>> layer = torch.nn.Embedding.from_pretrained(torch.tensor([[1.0, 2.3], [4.0, 5.1]]))
            >>> layer(torch.tensor([1]))
            tensor([[4.0000, 5.1000]])
        """
        if embeddings.dim() != 2:
            raise AssertionError(
                f"Embeddings parameter is expected to be 2-dimensional, not of shape "
                f"{list(embeddings.shape)}"
            )
        rows, columns = embeddings.shape
        return cls(
            num_embeddings=rows,
            embedding_dim=columns,
            _weight=embeddings,
            _freeze=freeze,
            padding_idx=padding_idx,
            max_norm=max_norm,
            norm_type=norm_type,
            scale_grad_by_freq=scale_grad_by_freq,
            sparse=sparse,
        )


def checked_padding(padding_idx: int, rows: int) -> int:
    """The row that is not trained, counted from the front."""
    if not -rows <= padding_idx < max(rows, 1):
        raise AssertionError(
            f"Padding_idx must be within num_embeddings: {padding_idx} is not one of {rows} rows"
        )
    return padding_idx + rows if padding_idx < 0 else padding_idx


def shorten(weight: Tensor, index: Tensor, max_norm: float, norm_type: float) -> None:
    """Scales the rows that are longer than ``max_norm``, in place, and behind autograd's back."""
    rows = numpy.unique(index.array)
    with no_grad():
        norms = wrap(weight.array[rows]).norm(norm_type, dim=1).array
    long = norms > max_norm
    if long.any():
        scale = max_norm / (norms[long].astype(float) + 1e-7)
        weight.array[rows[long]] *= scale[:, None].astype(weight.array.dtype)
        weight._changes.bump("embedding_renorm_")


SPARSE = "sparse=True asks for a sparse gradient, and scratch has only dense tensors: leave it out"


def _check(input: Tensor, weight: Tensor) -> None:
    for name, x in (("weight", weight), ("indices", input)):
        if not isinstance(x, Tensor):
            raise TypeError(
                f"embedding(): argument '{name}' must be Tensor, not {type(x).__name__}"
            )
    swapped = weight.dtype in (int32, int64) and input.dtype not in (int32, int64)
    order = "the numbers come first, as in embedding(input, weight)"
    if weight.dim() != 2:
        raise RuntimeError(
            f"'weight' must be 2-D, and its shape is {list(weight.shape)}"
            + (f": {order}" if swapped else "")
        )
    if input.dtype not in (int32, int64):
        raise RuntimeError(
            f"embedding() looks rows up by their numbers, which are of torch.int64 or torch.int32, "
            f"but got {input.dtype}: {order if swapped else 'use .long()'}"
        )
    rows = len(weight.array)
    wrong = outside(input.array, 0, rows)
    if wrong is not None:
        raise IndexError(
            f"index out of range in self: got {wrong}, and with num_embeddings = {rows} numbers "
            f"go from 0 to {rows - 1}"
        )

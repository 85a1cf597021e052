"""The bilinear layer: every output is a weighted sum of all products of two inputs' elements.

A product of x1's element i and x2's element j has a weight of its own. So it is a linear layer of
the products, and its three gradients are those of a linear layer and of a product.
"""

from __future__ import annotations

import math

from ..autograd import Rule
from ..creation import empty
from ..devices import device as Device
from ..dtypes import dtype as Dtype
from ..ops._operands import need_tensors
from ..ops.matmul import product
from ..tensor import Tensor
from . import init
from .module import Module
from .parameter import Parameter

__all__ = ["Bilinear"]


class Trilinear(Rule):
    """y = x1 W x2        dx1 = (dy W) x2,  dx2 = x1 (dy W),  dW = dy x1 x2

    It is linear in all three, hence the name. Each vector's products x1 x2 are a row of N, in1 in2
    numbers, to match the weight with its last two dimensions as one.
    """

    @staticmethod
    def forward(ctx, x1, weight, x2):
        ctx.save_for_backward(x1, weight, x2)
        if weight.shape[0] < x1.shape[1]:  # then x1 W has fewer numbers than all products
            sums = x1 @ weight  # out, N, in2
            return (sums[:, :, None, :] @ x2[:, :, None])[:, :, 0, 0].T  # N, out
        rows = in_rows(weight)  # out, in1 in2
        return product(products(x1, x2), rows.T)  # N, out

    @staticmethod
    def backward(ctx, dy):
        x1, weight, x2 = ctx.saved_tensors
        needs_x1, needs_weight, needs_x2 = ctx.needs_input_grad
        dx1 = dweight = dx2 = None
        if needs_weight:
            dweight = (product(dy.T, products(x1, x2))).reshape(weight.shape)
        if needs_x1 or needs_x2:
            dproducts = product(dy, in_rows(weight))
            dproducts = dproducts.reshape(len(dy), *weight.shape[1:])  # N, in1, in2
            dx1 = (dproducts @ x2[:, :, None])[:, :, 0] if needs_x1 else None
            dx2 = (x1[:, None, :] @ dproducts)[:, 0, :] if needs_x2 else None
        return dx1, dweight, dx2


def products(x1, x2):
    """All products of an element of x1 and one of x2, a row for each pair of vectors."""
    return (x1[:, :, None] * x2[:, None, :]).reshape(len(x1), x1.shape[1] * x2.shape[1])


def in_rows(weight):
    """One row an output, a weight for each product."""
    return weight.reshape(weight.shape[0], weight.shape[1] * weight.shape[2])


def bilinear(input1: Tensor, input2: Tensor, weight: Tensor, bias: Tensor | None = None) -> Tensor:
    """y_k = sum over i and j of input1_i weight_kij input2_j, + bias_k

    Args:
        input1, input2: as many vectors the one as the other
        weight: one matrix an output
        bias: one number an output; None adds nothing

    Shape:
        input1 (*, in1), input2 (*, in2), weight (out, in1, in2), bias (out), output (*, out); * is
        any number of dimensions, none included

    Examples:
        >>> x1, x2 = torch.tensor([[1.0, 2.0]]), torch.tensor([[3.0, 4.0]])
        >>> weight = torch.tensor([[[1.0, 0.0], [0.0, 1.0]], [[0.0, 1.0], [0.0, 0.0]]])
        >>> torch.nn.functional.bilinear(x1, x2, weight)
        tensor([[11.,  4.]])
    """
    _check(input1, input2, weight, bias)
    x1 = input1.reshape(-1, input1.shape[-1])  # N, in1
    x2 = input2.reshape(-1, input2.shape[-1])  # N, in2
    y = Trilinear.apply(x1, weight, x2).view(*input1.shape[:-1], weight.shape[0])
    return y if bias is None else y + bias


class Bilinear(Module):
    """y_k = x1^T weight_k x2 + bias_k

    Args:
        in1_features: the size of each first vector, more than 0
        in2_features: the size of each second vector
        out_features: the size of each output vector
        bias: whether to add a bias. Default: True
        device: only the CPU
        dtype: of the parameters. Default: the default dtype

    Shape:
        input1 (*, in1_features), input2 (*, in2_features), output (*, out_features)

    Both parameters begin uniformly random between -1/sqrt(in1_features) and 1/sqrt(in1_features).

    Examples:
        >>> layer = torch.nn.Bilinear(20, 30, 40)
        >>> layer(torch.ones(128, 20), torch.ones(128, 30)).shape
        torch.Size([128, 40])
    """

    def __init__(
        self,
        in1_features: int,
        in2_features: int,
        out_features: int,
        bias: bool = True,
        device: Device | str | int | None = None,
        dtype: Dtype | None = None,
    ):
        super().__init__()
        self.in1_features = in1_features
        self.in2_features = in2_features
        self.out_features = out_features
        sizes = out_features, in1_features, in2_features
        self.weight = Parameter(empty(sizes, device=device, dtype=dtype))
        if bias:
            self.bias = Parameter(empty(out_features, device=device, dtype=dtype))
        else:
            self.register_parameter("bias", None)
        self.reset_parameters()

    def reset_parameters(self) -> None:
        """Draws new parameters."""
        if self.in1_features <= 0:
            raise ValueError(
                f"in1_features must be > 0, but got (in1_features={self.in1_features})"
            )
        bound = 1 / math.sqrt(self.weight.size(1))
        init.uniform_(self.weight, -bound, bound)
        if self.bias is not None:
            init.uniform_(self.bias, -bound, bound)

    def forward(self, input1: Tensor, input2: Tensor) -> Tensor:
        """The weighted sums of products."""
        return bilinear(input1, input2, self.weight, self.bias)

    def extra_repr(self) -> str:
        """Sizes, and whether there is a bias."""
        return (
            f"in1_features={self.in1_features}, in2_features={self.in2_features}, "
            f"out_features={self.out_features}, bias={self.bias is not None}"
        )


# ---- what may be wrong ------------------------------------------------------------------------


def _check(input1: Tensor, input2: Tensor, weight: Tensor, bias: Tensor | None) -> None:
    given = {"input1": input1, "input2": input2, "weight": weight}
    given = given if bias is None else {**given, "bias": bias}
    need_tensors("bilinear", **given)
    if len({x.array.dtype for x in given.values()}) > 1:
        dtypes = ", ".join(f"{name}: {x.dtype}" for name, x in given.items())
        raise RuntimeError(
            f"bilinear(): All tensors must have the same dtype, got {dtypes}: convert by .to(dtype)"
        )
    if input1.array.dtype.kind == "b":
        raise NotImplementedError(
            "bilinear() is not implemented for bools: convert them to numbers"
        )
    one, two, w = input1.shape, input2.shape, weight.shape
    if len(one) != len(two):
        raise RuntimeError(
            f"bilinear(): input dimensions do not match: got {len(one)} and {len(two)}, the inputs "
            f"having shapes {list(one)} and {list(two)}"
        )
    if not one or len(w) < 3:
        raise IndexError(
            f"bilinear() expects inputs (*, in1) and (*, in2) and a weight (out, in1, in2), not "
            f"{list(one)}, {list(two)} and {list(w)}"
        )
    for dim in range(len(one) - 1):
        if one[dim] != two[dim]:
            raise RuntimeError(
                f"bilinear(): input batch dimensions do not match at dim {dim}: got {one[dim]} and "
                f"{two[dim]}. Both inputs need as many vectors: their shapes are {list(one)} and "
                f"{list(two)}, and only the last sizes may differ"
            )
    for i, size in ((1, one[-1]), (2, two[-1])):
        if size != w[i]:
            raise RuntimeError(
                f"bilinear(): input{i} size does not match weight size: got {size} but expected "
                f"{w[i]}, for the weight of shape {list(w)} is (out, in1, in2)"
            )
    if bias is not None and not bias.shape:
        raise IndexError(f"bilinear(): the bias should have out = {w[0]} numbers, and it is 0D")
    if bias is not None and bias.shape[0] != w[0]:
        raise RuntimeError(
            f"bilinear(): bias size does not match weight size: got {bias.shape[0]} but expected "
            f"{w[0]}, one number an output"
        )
    if len(w) > 3:
        raise RuntimeError(
            f"bilinear() expects a weight of three dimensions, (out, in1, in2), not {list(w)}"
        )

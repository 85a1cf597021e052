"""Any sum of products, written as its indices: ``einsum("ij,jk->ik", a, b)`` is ``a @ b``.

Every operand is permuted until equal letters stand in equal places. Two by two the operands then
become one: letters that only one of them has and nobody needs later are summed away at once,
letters that both have and nobody needs later are what ``bmm`` sums over.
"""

from __future__ import annotations

import math
import operator
import string
from collections.abc import Sequence

from torch import Tensor

__all__ = ["einsum"]

LETTERS = string.ascii_uppercase + string.ascii_lowercase  # the subscripts 0 to 51 of a list
DOTS = range(-64, 0)  # what an ellipsis stands for: numbers instead of letters, -1 the last one


def einsum(*args: str | Tensor | Sequence) -> Tensor:
    """The sum of the products of the operands' elements, for the indices that an equation names.

    Args:
        args: an equation and the operands; or each operand followed by a list of numbers for its
            indices, and at the end perhaps one for the result's

    Shape:
        The equation has letters for each operand's dimensions, with commas between operands, then
        ``->`` and the letters of the result. What is not among these is summed. A letter that an
        operand has twice stands for its diagonal. ``...`` stands for all dimensions that have no
        letter, broadcast. Without ``->`` the result has, in the order of the alphabet, all letters
        that occur once.

    Examples:
        >>> a, b = torch.arange(4.0).reshape(2, 2), torch.tensor([[1.0, 2.0], [3.0, 4.0]])
        >>> torch.einsum("ij,jk->ik", a, b)
        tensor([[ 3.,  4.],
                [11., 16.]])
        >>> torch.einsum("ii", a), torch.einsum("ij->j", a), torch.einsum("i,j", a[0], a[1])
        (tensor(3.), tensor([2., 4.]), tensor([[0., 0.],
                [2., 3.]]))
    """
    if len(args) < 2:
        raise ValueError("einsum(): takes an equation and operands, or operands and their indices")
    if isinstance(args[0], Tensor):
        args = _from_lists(args)
    equation, *operands = args
    if not isinstance(equation, str):
        raise TypeError(f"einsum(): the equation must be str, not {type(equation).__name__}")
    if len(operands) == 1 and isinstance(operands[0], (list, tuple)):
        operands = list(operands[0])
    if not all(isinstance(x, Tensor) for x in operands):
        raise TypeError("einsum(): every operand must be a Tensor")
    subscripts, result = parsed(equation, [x.ndim for x in operands])
    _check_sizes(subscripts, operands)
    terms = [diagonal(x, labels) for x, labels in zip(operands, subscripts, strict=True)]
    y, labels = terms[0]
    for i, (x, others) in enumerate(terms[1:], 2):
        needed = set(result).union(*(names for _, names in terms[i:]))
        if i == len(terms) and _comes_first(others, labels, result):
            y, labels, x, others = x, others, y, labels
        y, labels = multiplied(y, labels, x, others, needed)
    extra = [i for i, label in enumerate(labels) if label not in result]
    if extra:  # of several operands, these have size 1
        y = y.sum(extra) if len(terms) == 1 else y.squeeze(tuple(extra))
        labels = [label for label in labels if label in result]
    if labels != result or y is operands[0]:
        y = y.permute([labels.index(label) for label in result])
    sums = any(label not in result for labels in subscripts for label in labels)
    return y.view(y.shape) if sums and len(terms) > 1 else y


def _comes_first(labels: list, others: list, result: list) -> bool:
    """Whether the result begins with a label that only this operand has."""
    alone = [label for label in result if (label in labels) != (label in others)]
    return bool(alone) and alone[0] in labels


# ---- the equation ---------------------------------------------------------------------------


def parsed(equation: str, ndims: list[int]) -> tuple[list[list], list]:
    """The labels of each operand's dimensions, and those of the result."""
    left, arrow, right = equation.replace(" ", "").partition("->")
    parts = left.split(",")
    if len(parts) != len(ndims):
        more = "more" if len(parts) < len(ndims) else "fewer"
        raise RuntimeError(
            f"einsum(): {more} operands were provided than specified in the equation {equation!r}"
        )
    subscripts = []
    for number, (part, ndim) in enumerate(zip(parts, ndims, strict=True)):
        name = f"operand {number}"
        free = ndim - len(part.replace("...", "", 1))
        if free < 0 or free and "..." not in part:
            _labels(part, 0, name)
            raise RuntimeError(
                f"einsum(): the number of subscripts in {part!r} does not match the number of "
                f"dimensions ({ndim}) of {name}; an ellipsis would stand for the others"
            )
        subscripts.append(_labels(part, free, name))
    everything = [label for labels in subscripts for label in labels]
    dots = sorted({label for label in everything if isinstance(label, int)})
    if arrow:
        result = _labels(right, len(dots), "the result")
        for label in result:
            if result.count(label) > 1:
                raise RuntimeError(f"einsum(): subscript {label} is twice in the result")
            if label not in everything:
                raise RuntimeError(f"einsum(): subscript {label} of the result is in no operand")
        return subscripts, result
    once = {label for label in everything if everything.count(label) == 1} - set(dots)
    return subscripts, dots + sorted(once, key=LETTERS.index)


def _labels(part: str, free: int, name: str) -> list:
    """The letters of one operand, with numbers in place of its ellipsis."""
    before, dots, after = part.partition("...")
    for letter in before + after:
        if letter == ".":
            raise RuntimeError(f"einsum(): found '.' in {name} that is not part of one ellipsis")
        if letter not in LETTERS:
            raise RuntimeError(
                f"einsum(): invalid subscript {letter!r} in {name}: subscripts are letters"
            )
    return [*before, *(DOTS[len(DOTS) - free :] if dots else ()), *after]


def _from_lists(args: tuple) -> tuple:
    """An equation and operands, from operands that are each followed by a list."""
    equation = ",".join(map(_spelled, args[1::2]))
    if len(args) % 2 == 0:
        return equation, *args[::2]
    return f"{equation}->{_spelled(args[-1])}", *args[:-1:2]


def _spelled(subscripts: Sequence) -> str:
    names = []
    for subscript in subscripts:
        if subscript is ...:
            names.append("...")
            continue
        number = operator.index(subscript)
        if not 0 <= number < len(LETTERS):
            raise ValueError(f"einsum(): subscript {number} is not within the range [0, 52)")
        names.append(LETTERS[number])
    return "".join(names)


def _check_sizes(subscripts: list[list], operands: list[Tensor]) -> None:
    """Dimensions of one letter have one size, or 1, which is broadcast."""
    sizes: dict = {}
    for number, (labels, x) in enumerate(zip(subscripts, operands, strict=True)):
        for i, (label, size) in enumerate(zip(labels, x.shape, strict=True)):
            if label in labels[:i] and size != x.shape[labels.index(label)]:
                raise RuntimeError(
                    f"einsum(): subscript {label} is repeated for operand {number} but the sizes "
                    f"don't match, {size} != {x.shape[labels.index(label)]}"
                )
            if sizes.get(label, 1) not in (1, size) and size != 1:
                raise RuntimeError(
                    f"einsum(): subscript {label} has size {size} for operand {number} which does "
                    f"not broadcast with previously seen size {sizes[label]}"
                )
            sizes[label] = max(size, sizes.get(label, size)) if size else size


# ---- the sums -------------------------------------------------------------------------------


def diagonal(x: Tensor, labels: list) -> tuple[Tensor, list]:
    """The operand with each label once: of two equal ones the diagonal is taken."""
    labels = list(labels)
    for label in dict.fromkeys(labels):
        while labels.count(label) > 1:
            i = labels.index(label)
            j = labels.index(label, i + 1)
            x = x.diagonal(0, i, j)  # its dimension comes last
            labels = [*(each for k, each in enumerate(labels) if k not in (i, j)), label]
    return x, labels


def multiplied(a: Tensor, at: list, b: Tensor, bt: list, needed: set) -> tuple[Tensor, list]:
    """The product of two operands, summed over the labels that nobody needs any more."""
    size = dict(zip(at, a.shape, strict=True)), dict(zip(bt, b.shape, strict=True))
    a, at = _summed(a, at, lambda label: label not in needed and size[1].get(label, 1) == 1)
    b, bt = _summed(b, bt, lambda label: label not in needed and size[0].get(label, 1) == 1)
    both = [label for label in at if label in bt]
    batch = [label for label in both if label in needed]
    inside = [label for label in both if label not in needed]
    rows = [label for label in at if label not in bt]
    columns = [label for label in bt if label not in at]
    a = a.permute([at.index(label) for label in batch + rows + inside])
    b = b.permute([bt.index(label) for label in batch + inside + columns])
    n, i = len(batch), len(batch) + len(rows)
    if not inside:
        a = a.reshape((*a.shape, *[1] * len(columns)))
        b = b.reshape((*b.shape[:n], *[1] * len(rows), *b.shape[n:]))
        return a * b, batch + rows + columns
    # Here bmm does it: (batch, rows, inside) @ (batch, inside, columns)
    outer = [max(p, q) if p and q else 0 for p, q in zip(a.shape[:n], b.shape[:n], strict=True)]
    shape = [*outer, *a.shape[n:i], *b.shape[n + len(inside) :]]
    k = math.prod(a.shape[i:])
    if n:
        a = a.expand(*outer, *a.shape[n:])
        b = b.expand(*outer, *b.shape[n:])
    lead = [math.prod(outer)] if n else []
    a = a.reshape(*lead, math.prod(a.shape[n:i]), k)
    b = b.reshape(*lead, k, math.prod(b.shape[n + len(inside) :]))
    return (a @ b).reshape(shape), batch + rows + columns


def _summed(x: Tensor, labels: list, useless) -> tuple[Tensor, list]:
    gone = [i for i, label in enumerate(labels) if useless(label)]
    if not gone:
        return x, labels
    summed = [i for i in gone if x.shape[i] != 1]
    x = x.sum(summed, keepdim=True) if summed else x
    return x.squeeze(tuple(gone)), [label for i, label in enumerate(labels) if i not in gone]

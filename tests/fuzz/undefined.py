"""What is left out of random programs, because torch's own answer is no measure there.

It depends on the processor or on the order in which elements are visited; or torch is wrong: it
keeps a history that is no longer true, say, or reads what it has already overwritten.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable

import numpy as np
import torch

from tests.fuzz.drawing import TENSORS, Statement

# What eliminates and iterates: its errors are as large as the numbers that cancelled on the way.
LAPACK = re.compile(r"cholesky|det\(|inverse|linalg\.(?!norm|vec|cross|diag|multi)")
CONVERTS = re.compile(r"^int\(|x\.view\(torch\.int|cross\(|renorm")
COMPUTES = re.compile(
    r"^(?!x\[|x\.(view|view_as|reshape|t|T|mT|permute|select|narrow|unfold|unsqueeze|unbind|expand|"
    r"expand_as|squeeze|swapaxes|movedim|transpose|diagonal|split|chunk|detach|data)\b)"
)
CHANGES = re.compile(r"_\(|\] ?\S?=|^x \S+=|out=")


class Operands:
    """The tensors of a statement: x, those beside it, and the first of these."""

    def __init__(self, statement: Statement, pool: list):
        self.line, self.values, self.pool = statement.line, statement.values, pool
        self.all = [pool[self.values[letter]] for letter in TENSORS if letter in self.values]
        self.x, *self.others = self.all
        self.y = self.others[0] if self.others else self.x
        self.floats = [x for x in self.all if x.is_floating_point()]

    def read_what_is_written(self) -> bool:
        return any(share_memory(self.x, y) for y in self.others)


# Which lines, which operands, and why.
UNDEFINED: list[tuple[str, Callable[[Operands], bool], str]] = [
    (
        r"logical_\w+_\(",
        lambda o: o.x.requires_grad,
        "torch changes the values and keeps the history",
    ),
    (
        r"x\.(eq|ne|[lg][te]|greater|less)_\(y",
        lambda o: o.y.requires_grad and not o.x.is_floating_point(),
        "torch gives integers a history",
    ),
    (
        rf"{CHANGES.pattern}|masked_fill|_scatter\(",
        lambda o: not o.x.is_floating_point() and any(y.requires_grad for y in o.others),
        "torch gives integers a history",
    ),
    (r"isin\(", lambda o: not can_be_a_row(o.y), "torch stumbles over its own view"),
    (
        r"ldexp_?\(",
        lambda o: o.y.dtype != o.x.dtype or o.x.shape != o.y.shape,
        "torch's gradient has 2 ** y in the dtype of y: 0 for the integer -1",
    ),
    (
        r"addc(div|mul)",
        lambda o: (
            not all(y.numel() and y.dtype == o.x.dtype for y in o.all)
            or not all(map(is_small, o.floats))
        ),
        "torch's gradient has y / z as precisely as these are, and multiplies sums, not terms",
    ),
    (
        r"signbit|copysign|view\(torch",
        lambda o: any(y.isnan().any() for y in o.all),
        "what sign a NaN has depends on the processor",
    ),
    (
        r"sgn|abs",
        lambda o: o.x.requires_grad and not o.x.isfinite().all(),
        "torch's gradient of 0 stays 0 when it is multiplied by NaN",
    ),
    (
        r"prod\(.*dtype",
        lambda o: o.x.requires_grad,
        "torch saves the tensor as it was before the conversion",
    ),
    (
        CHANGES.pattern,
        lambda o: o.x._base is not None and o.x._base.dtype != o.x.dtype,
        "autograd does not follow a view in another dtype",
    ),
    (
        r"view\(torch\.|stride\(\)|storage_offset",
        lambda o: 1 in o.x.shape or not o.x.numel(),
        "NumPy has no opinion on steps that nobody takes",
    ),
    (
        r"as_strided",
        lambda o: not o.x.numel() or not fills_its_memory(o.x),
        "how much memory a result has is nobody's business",
    ),
    (
        CHANGES.pattern,
        lambda o: not is_apart_in_itself(o.x),
        "torch writes to an element several times",
    ),
    (
        r"x\.data =",
        lambda o: any(y.grad_fn is not None for y in o.pool),
        "torch's backward takes a tensor's new data for that which it saved",
    ),
    (
        r"x\.data\.|detach\(\)\.",
        lambda o: o.x.requires_grad or any(y.grad_fn is not None for y in o.pool),
        "torch's backward does not notice, and is wrong",
    ),
    (
        r"index_(copy|add)_\(",
        lambda o: min(o.values.get("k", ()), default=0) < 0,
        "torch writes the entries before the one it refuses",
    ),
    (
        r"mv\(|@ y",
        lambda o: not o.x.numel() and ("mv(" in o.line or o.y.dim() == 1),
        "torch adds to what is no sum: it leaves c's shape, and counts a change",
    ),
    (
        r"tensordot|inner",
        lambda o: o.x.dtype == torch.bool or not o.x.numel(),
        "torch refuses bools unless they lie in memory out of order, or there are none",
    ),
    (
        COMPUTES.pattern,
        lambda o: o.x.dim() > 1 and not is_apart_in_itself(o.x),
        "NumPy has a layout of its own for what is computed of an expanded tensor",
    ),
    (
        r"_\(.*argsort",
        lambda o: o.x._base is not None,
        "in torch the sorting brings a view's history up to date before it is changed",
    ),
    (
        r"\[v\] \S=",
        lambda o: not o.x.is_contiguous(),
        "torch sees an overlap where the tensor is written over itself",
    ),
    (
        r"sinc",
        lambda o: bool(((o.x.double().abs() < 1e-3) & (o.x != 0)).any()),
        "torch's gradient cancels",
    ),
    (
        r"histogram",
        lambda o: not all(map(is_small, o.floats)),
        "bins too wide for their edges to be told apart",
    ),
    (
        r"det\(",
        lambda o: not has_gaps(o.x) or o.x.dim() > 1 and o.x.shape[-2] > o.x.shape[-1],
        "torch takes the gradient of a singular determinant for 0 unless it is recorded",
    ),
    (
        r"cat\(",
        lambda o: any(y.shape == (0,) for y in o.all),
        "torch joins nothing along any dimension",
    ),
    (r"kron", lambda o: not o.x.is_contiguous(), "torch refuses what it cannot view"),
    (
        r"\)\.\w+_\(",
        lambda o: o.read_what_is_written(),
        "the order in which elements are read and written matters",
    ),
    (
        r"\] ?\S?=",
        lambda o: not o.x.numel() or "None" in o.line and o.read_what_is_written(),
        "nothing is written, or along a dimension that has no steps",
    ),
    (
        r"median",
        lambda o: not is_apart_in_itself(o.x),
        "torch reads beyond the memory",
    ),
    (
        r"fill_diagonal_",
        lambda o: not o.x.is_contiguous(),
        "scratch refuses the gradient of a tensor with gaps that is no view",
    ),
    (
        r"",
        lambda o: len(o.all) > 1 and any(map(has_idle_steps, o.all)),
        "in torch steps that nobody takes decide on the layout, and on what overlaps",
    ),
    (
        r"",
        lambda o: any(map(is_lost, o.all)),
        "a view whose base was changed against the rules: which complaint comes first?",
    ),
    (
        r"masked_scatter_\(",
        lambda o: (o.x > o.values["s"]).sum() > o.y.numel() or share_memory(o.x, o.y),
        "torch reads what it wrote, and writes what it refuses",
    ),
    (
        r"\] ?\S?=",
        lambda o: o.read_what_is_written() and 1 in o.x.shape,
        "torch looks at steps that nobody takes",
    ),
    (
        r"x\.add(mm|bmm|mv|r)_\(|baddbmm_\(",
        lambda o: "_(x" in o.line or o.read_what_is_written() or o.x.dtype == torch.bool,
        "torch reads what it wrote; and bools it refuses first of all, or last",
    ),
    (
        r"ldexp_",
        lambda o: o.read_what_is_written(),
        "torch reads all before it writes",
    ),
    (
        r"x\.addbmm_\(",
        lambda o: o.x.shape != o.y.shape[:1] * 2,
        "torch makes x larger, and writes beyond its memory",
    ),
    (
        r"scatter_reduce",
        lambda o: not o.x.dim() and o.y.numel() > 1,
        "torch's gradient is for a y of the size of x",
    ),
    (
        r"(fmod|remainder|divide)_\(y|div_\(y, r",
        lambda o: not o.floats and not o.y.all(),
        "when torch finds the 0, it has changed the numbers before",
    ),
    (
        r"mode\(|unique\(dim|unique_consecutive|gamma|psi",
        lambda o: not bool((o.x.detach().double() > 0).all()),
        "torch has no order for NaN; and large numbers where gamma functions are infinite",
    ),
    (
        r"eig|svd|nuc",
        lambda o: not has_gaps(o.x),
        "equal eigenvalues have no gradient of their own, and singular values have none at 0",
    ),
    (
        r"pow\(y|\*\* y",
        lambda o: o.x.requires_grad and not o.y.is_floating_point(),
        "torch's gradient has y - 1 in the dtype of y",
    ),
    (
        r"std|var|unique_consecutive",
        lambda o: o.x.dim() == 0,
        "torch asks a tensor without dimensions for one",
    ),
    (
        r"detach_\(|requires_grad_\(",
        lambda o: any(y.grad_fn is not None for y in o.pool),
        "in torch what was saved of it, or views it, changes its mind as well",
    ),
    (
        r"logit",
        lambda o: o.values.get("f", 0) < 0 or not bool(((o.x > 0) & (o.x < 1)).all()),
        "torch's second gradient knows nothing of the bounds",
    ),
    (
        r"dist\(",
        lambda o: not all(bool(y.isfinite().all()) for y in o.all),
        "a gradient of 0 times infinity, or none",
    ),
    (r"unique\(dim", lambda o: not o.x.numel(), "torch refuses some shapes of nothing"),
    (
        r"\] ?=|masked_fill",
        lambda o: o.x.dtype == torch.uint8 and any(bool((y < 0).any()) for y in o.others),
        "torch calls it an overflow, if it is a single number",
    ),
    (
        r"(heaviside|floor_divide)_",
        lambda o: o.y.requires_grad,
        "torch forgets that there is no gradient",
    ),
    (
        r"block_diag",
        lambda o: not all(y.numel() for y in o.all),
        "torch's gradient takes an empty row for none",
    ),
    (
        r"cat\(|stack|roll|rot90|flip",
        lambda o: any(y.dim() == 4 and not y.is_contiguous() for y in o.all),
        "torch takes four dimensions for pictures, and lays them out channels last",
    ),
    (r"combinations", lambda o: o.x.requires_grad, "torch saves what it does not need"),
    (r"a(rc)?tan2", lambda o: len(o.floats) < len(o.all), "torch squares integers"),
    (
        r"histc",
        lambda o: not o.x.is_floating_point(),
        "torch divides integers by the width of a bin",
    ),
    (
        r"out=",
        lambda o: (
            len({y.shape for y in o.all}) > 1
            or any(itertools.starmap(share_memory, itertools.combinations(o.all, 2)))
        ),
        "torch crashes, now and then, when it has given an out= more memory",
    ),
    (
        CHANGES.pattern,
        lambda o: not all(is_apart(o.x, y) for y in o.others if y is not o.x),
        "the order in which elements are read and written matters",
    ),
]


def is_defined(statement: Statement, pool: list) -> bool:
    """Whether a statement has one meaning, on every processor and in every order.

    No float becomes an integer that cannot hold it, and none that is huge or infinite goes to
    LAPACK; nor may any of the reasons above stand against it.
    """
    operands = Operands(statement, pool)
    line = statement.line
    converts = "d" in statement.values or CONVERTS.search(line) or LAPACK.search(line)
    if converts or len(operands.floats) < len(operands.all):
        if not all(map(is_small, operands.floats)):
            return False
    return not any(re.search(lines, line) and applies(operands) for lines, applies, _ in UNDEFINED)


def is_small(x: torch.Tensor) -> bool:
    return bool((x.detach().abs() < 100).all())


def has_gaps(x: torch.Tensor) -> bool:
    """Whether the singular values of x are apart from each other and from 0, as are, but for one 0,
    the eigenvalues of x x^T."""
    if x.dim() >= 2 and x.shape[-2] > x.shape[-1] + 1:
        return False
    if x.dim() < 2 or not x.is_floating_point() or not x.numel() or not is_small(x):
        return True
    values = torch.linalg.svdvals(x.detach().double()) ** 2
    return bool((values.diff().abs() > 1e-2).all() and (values > 1e-2).all())


def is_apart_in_itself(x: torch.Tensor) -> bool:
    """Whether each element has memory of its own."""
    if x.is_contiguous():
        return True
    places = torch.zeros((), dtype=torch.int64)
    for n, step in zip(x.shape, x.stride(), strict=True):
        places = places[..., None] + torch.arange(n) * step
    return len(places.unique()) == x.numel()


def fills_its_memory(x: torch.Tensor) -> bool:
    owner = x if x._base is None else x._base
    return owner.numel() * owner.element_size() == x.untyped_storage().nbytes()


def has_idle_steps(x: torch.Tensor) -> bool:
    """Whether a dimension of size 1 has a step of its own."""
    return 1 in x.shape and x.is_contiguous() and x.stride() != torch.empty(x.shape).stride()


def is_lost(x: torch.Tensor) -> bool:
    """Whether autograd has lost track of a view."""
    try:
        x.grad_fn  # noqa: B018 - asking is what fails
    except RuntimeError:
        return True
    return False


def can_be_a_row(x: torch.Tensor) -> bool:
    try:
        x.view(-1)
    except RuntimeError:
        return False
    return True


def is_apart(x: torch.Tensor, y: torch.Tensor) -> bool:
    """Whether two tensors share no memory, or so plainly that torch refuses to read and write."""
    return not share_memory(x, y) or x.is_contiguous() and y.is_contiguous()


def share_memory(x: torch.Tensor, y: torch.Tensor) -> bool:
    return np.shares_memory(x.detach().numpy(), y.detach().numpy())

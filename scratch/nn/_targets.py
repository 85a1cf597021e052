"""Class numbers as targets: what may be wrong with them, and how one indexes with them."""

from __future__ import annotations

import numpy

from ..autograd.variable import wrap
from ..ops._sums import total
from ..tensor import Tensor
from ._reduction import fixed

INT64 = numpy.dtype(numpy.int64)


def class_axis(x: Tensor) -> int:
    """The dimension of the classes: the second one, or the only one."""
    return 0 if x.array.ndim <= 1 else 1


def places_of(target, classes, ignore_index):
    """What indexes x[n, target[n, i], i] for every target that is not to be ignored."""
    # As unsigned numbers the negative ones are huge: one look finds all that is out of range.
    in_range = target.size == 0 or target.view(numpy.uint64).max() < classes
    if target.ndim == 1 and in_range and not 0 <= ignore_index < classes:
        return numpy.arange(target.size), target
    counts = target != ignore_index
    wrong = target[counts & ((target < 0) | (target >= classes))]
    if wrong.size:
        raise IndexError(
            f"Target {wrong[0]} is out of bounds: with {classes} classes, a target is a number "
            f"from 0 to {classes - 1}"
            + (", for counting begins at 0" if wrong[0] == classes else "")
        )
    n, *others = counts.nonzero()
    return (n, target[counts], *others)


def spread(loss, places, shape):
    """One loss for each target, 0 for those that were ignored."""
    n, _, *others = places
    y = numpy.zeros(shape, loss.dtype)
    y[(n, *others)] = loss
    return y


def total_share(target: Tensor, weight: Tensor | None, counts: Tensor) -> Tensor:
    """What all the targets that count have to be divided by for a mean."""
    if weight is None:
        return wrap(numpy.asarray(counts.array.sum()))
    return wrap(numpy.asarray(total(weight.array[target.array[counts.array]])))


def checked_target(x: Tensor, target: Tensor, weight: Tensor | None) -> Tensor:
    """The targets as int64, if they fit the input and the weights; else torch's errors."""
    if one_class_a_row(x, target, weight):
        return target
    for name, value in (("input", x), ("target", target), ("weight", weight)):
        if not isinstance(value, Tensor) and not (name == "weight" and value is None):
            raise TypeError(
                f"nll_loss(): argument '{name}' must be Tensor, not {type(value).__name__}"
            )
    shape, wanted = x.array.shape, target.array.shape
    if not shape:
        raise ValueError("Expected 1 or more dimensions (got 0)")
    classes = shape[class_axis(x)]
    if len(shape) == 1:
        if len(wanted) > 1:
            raise RuntimeError(_one_class_each(shape, wanted))
        if wanted not in ((), (1,)):
            raise ValueError(
                f"For 1D input, 1D target must have size 1, but got target size: {wanted[0]}"
            )
        target = target.reshape(())
    elif wanted[:1] != shape[:1]:
        raise ValueError(
            f"Expected input batch_size ({shape[0]}) to match target batch_size "
            f"({wanted[0] if wanted else 0})."
        )
    elif wanted[1:] != shape[2:]:
        raise RuntimeError(_one_class_each(shape, wanted))
    if target.array.dtype not in (numpy.int64, numpy.uint8):
        raise RuntimeError(
            f"expected target dtype to be Long or Byte, but got {target.dtype}: class numbers are "
            f"integers, so use target.long()"
        )
    if target.array.dtype != numpy.int64 and len(shape) > 2 and target.array.size:
        raise RuntimeError(
            f"expected target dtype to be Long for an input of {len(shape)} dimensions, but got "
            f"{target.dtype}: use target.long()"
        )
    fixed("nll_loss", weight=weight)
    if x.array.dtype.kind != "f":
        raise NotImplementedError(f"nll_loss is not implemented for {x.dtype}")
    check_weight(x, weight, classes)
    return target.long()


def one_class_a_row(x: Tensor, target: Tensor, weight: Tensor | None) -> bool:
    """Whether this is what most calls are, so that nothing else can be wrong with it."""
    try:
        rows, classes = x.array, target.array
    except AttributeError:
        return False
    return (
        rows.ndim == 2
        and classes.ndim == 1
        and len(classes) == len(rows)
        and classes.dtype is INT64
        and rows.dtype.kind == "f"
        and weight is None
    )


def check_weight(x: Tensor, weight: Tensor | None, classes: int) -> None:
    """RuntimeError unless the weights are one number a class, of the input's dtype."""
    if weight is None:
        return
    if weight.array.shape != (classes,):
        raise RuntimeError(
            f"weight tensor should be defined either for all {classes} classes or no classes but "
            f"got weight tensor of shape: {list(weight.array.shape)}"
        )
    if weight.array.dtype != x.array.dtype:
        raise RuntimeError(f"expected scalar type {x.dtype} but found {weight.dtype} as weight")


def check_probabilities(x: Tensor, target: Tensor, weight: Tensor | None) -> None:
    """The same for targets that are probabilities."""
    if target.array.dtype.kind != "f":
        raise RuntimeError(
            f"Expected floating point type for target with class probabilities, got "
            f"{target.dtype}. Class numbers have the input's shape without its classes: here "
            f"{[*x.array.shape[:1], *x.array.shape[2:]]}"
        )
    classes = x.array.shape[class_axis(x)] if x.array.ndim else 1
    if weight is not None and weight.array.shape != (classes,):
        raise RuntimeError(
            f"cross_entropy: weight tensor should be defined either for all {classes} classes or "
            f"no classes but got weight tensor of shape: {list(weight.array.shape)}"
        )


def _one_class_each(shape: tuple, wanted: tuple) -> str:
    right = [*shape[:1], *shape[2:]] if len(shape) > 1 else []
    return (
        f"Expected target size {right}, got {list(wanted)}: for an input of shape {list(shape)}, "
        f"the target is one class number for each of its {'pixels' if len(shape) > 2 else 'rows'}"
    )

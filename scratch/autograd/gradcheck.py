"""Is a gradient right? Compare it with the slope measured by nudging the input.

For every element x_j of every input, ``(f(x_j + eps) - f(x_j - eps)) / (2 eps)`` is a column of the
Jacobian, the table of all dy_i / dx_j. Backward gives its rows, one for each element y_i. Use
float64: in float32 the nudge drowns in rounding.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence

import numpy

from .engine import grad
from .grad_mode import enable_grad, no_grad
from .variable import Variable, wrap

__all__ = ["gradcheck", "gradgradcheck", "GradcheckError"]


class GradcheckError(RuntimeError):
    """What ``gradcheck`` raises where a gradient is wrong."""


def gradcheck(
    func: Callable[..., Variable | Sequence[Variable]],
    inputs: Variable | Sequence[Variable],
    *,
    eps: float = 1e-06,
    atol: float = 1e-05,
    rtol: float = 0.001,
    raise_exception: bool = True,
    nondet_tol: float = 0.0,
    check_grad_dtypes: bool = False,
    fast_mode: bool = False,
) -> bool:
    """Compares the gradients of ``func`` with measured slopes; True where they agree.

    Args:
        func: takes the inputs, returns a tensor or several
        inputs: one or several; those that require a gradient are checked, and should be float64
        eps: the nudge
        atol: allowed absolute difference
        rtol: allowed difference relative to the measured slope
        raise_exception: raise a ``GradcheckError`` that names the worst element, instead of
            returning False
        nondet_tol: how much two backward passes over the same graph may differ
        check_grad_dtypes: whether a gradient must have its input's dtype
        fast_mode: compare one random mixture of all slopes instead of each slope

    Examples:
        >>> x = torch.tensor([0.5, 2.0], dtype=torch.float64, requires_grad=True)
        >>> torch.autograd.gradcheck(lambda x: x.exp() * x, x)
        True
    """
    inputs = (inputs,) if isinstance(inputs, Variable) else tuple(inputs)
    try:
        _check_precision(inputs)
        compare = _compare_mixture if fast_mode else _compare_slopes
        compare(func, inputs, eps, atol, rtol, nondet_tol, check_grad_dtypes)
    except GradcheckError:
        if raise_exception:
            raise
        return False
    return True


def gradgradcheck(
    func: Callable[..., Variable | Sequence[Variable]],
    inputs: Variable | Sequence[Variable],
    grad_outputs: Variable | Sequence[Variable] | None = None,
    *,
    eps: float = 1e-06,
    atol: float = 1e-05,
    rtol: float = 0.001,
    raise_exception: bool = True,
    nondet_tol: float = 0.0,
    check_grad_dtypes: bool = False,
    fast_mode: bool = False,
) -> bool:
    """Checks the gradients of the gradients, by ``gradcheck`` of the backward of ``func``.

    Args:
        func: takes the inputs, returns a tensor or several
        inputs: as for ``gradcheck``
        grad_outputs: the gradients to begin backward with. Default: random ones
        eps, atol, rtol, raise_exception, nondet_tol, check_grad_dtypes, fast_mode: as there
    """
    inputs = (inputs,) if isinstance(inputs, Variable) else tuple(inputs)
    if grad_outputs is None:
        draw = numpy.random.default_rng(0).standard_normal
        dys = [
            wrap(draw(y.array.shape).astype(y.array.dtype)).requires_grad_()
            for y in _differentiable(func, inputs)[0]
        ]
    else:
        dys = [grad_outputs] if isinstance(grad_outputs, Variable) else list(grad_outputs)
    count = len(inputs)

    @enable_grad()
    def first_gradients(*args):
        xs, dys = args[:count], args[count:]
        wanted = [x for x in xs if _is_checked(x)]
        ys, _ = _differentiable(func, xs)
        dxs = grad(ys, wanted, dys, create_graph=True, allow_unused=True)
        return tuple(dx for dx in dxs if dx is not None)

    return gradcheck(
        first_gradients,
        (*inputs, *dys),
        eps=eps,
        atol=atol,
        rtol=rtol,
        raise_exception=raise_exception,
        nondet_tol=nondet_tol,
        check_grad_dtypes=check_grad_dtypes,
        fast_mode=fast_mode,
    )


def _is_checked(x) -> bool:
    return isinstance(x, Variable) and x.requires_grad


def _check_precision(inputs: tuple) -> None:
    if not any(_is_checked(x) for x in inputs):
        raise ValueError(
            "gradcheck expects at least one input tensor to require gradient, but none of "
            "them have requires_grad=True."
        )
    for i, x in enumerate(inputs):
        if _is_checked(x) and x.array.dtype != numpy.float64:
            warnings.warn(
                f"Input #{i} requires gradient and is not a double precision floating point. This "
                f"check will likely fail if all the inputs are not of double precision.",
                stacklevel=4,
            )


def _outputs(func: Callable, inputs: tuple) -> list:
    """All tensors that the function returns."""
    result = func(*inputs)
    results = (result,) if isinstance(result, Variable) else result
    return [y for y in results if isinstance(y, Variable)]


def _differentiable(func: Callable, inputs: tuple) -> tuple[list, list]:
    """The outputs that depend on the inputs, and which of all outputs they are."""
    results = _outputs(func, inputs)
    numbers = [k for k, y in enumerate(results) if y.requires_grad]
    if not numbers:
        raise ValueError("gradcheck: no output of the function requires a gradient")
    return [results[k] for k in numbers], numbers


def _values(func: Callable, inputs: tuple, numbers: list) -> list:
    """The arrays of those outputs, computed afresh."""
    with no_grad():
        results = _outputs(func, inputs)
    return [results[k].array.copy() for k in numbers]


def _compare_slopes(func, inputs, eps, atol, rtol, nondet_tol, check_dtypes) -> None:
    outputs, numbers = _differentiable(func, inputs)
    checked = [(j, x) for j, x in enumerate(inputs) if _is_checked(x)]
    measured = [_measure(func, inputs, x, numbers, eps) for _, x in checked]
    for i, y in enumerate(outputs):
        rows = _rows(y, [x for _, x in checked], check_dtypes)
        again = _rows(y, [x for _, x in checked], check_dtypes)
        for (j, x), columns, ours, ours_again in zip(checked, measured, rows, again, strict=True):
            if numpy.abs(ours - ours_again).max(initial=0) > nondet_tol:
                raise GradcheckError(
                    f"Backward is not reentrant, i.e., running backward with same input and "
                    f"grad_output multiple times gives different values, for output {i} with "
                    f"respect to input {j}"
                )
            slopes = columns[i]
            wrong = ~(numpy.abs(ours - slopes) <= atol + rtol * numpy.abs(slopes))
            if wrong.any():
                _complain(i, j, y, x, ours, slopes)


def _complain(i: int, j: int, y, x, ours, slopes) -> None:
    off = numpy.abs(ours - slopes)
    off[numpy.isnan(off)] = numpy.inf
    row, column = numpy.unravel_index(off.argmax(), off.shape)
    at_y = tuple(int(k) for k in numpy.unravel_index(row, y.array.shape))
    at_x = tuple(int(k) for k in numpy.unravel_index(column, x.array.shape))
    raise GradcheckError(
        f"Jacobian mismatch for output {i} with respect to input {j}: the largest difference is at "
        f"d output{list(at_y)} / d input{list(at_x)}: measured {slopes[row, column]:.9g}, "
        f"backward says {ours[row, column]:.9g}\n"
        f"numerical:\n{slopes}\nanalytical:\n{ours}"
    )


def _measure(func, inputs, x, numbers, eps) -> list:
    """For each output, the table of measured slopes by the elements of ``x``."""
    tables = [[] for _ in numbers]
    for place in numpy.ndindex(x.array.shape):
        before = x.array[place].copy()
        x.array[place] = before + eps
        above = _values(func, inputs, numbers)
        x.array[place] = before - eps
        below = _values(func, inputs, numbers)
        x.array[place] = before
        for table, high, low in zip(tables, above, below, strict=True):
            table.append(((high - low) / (2 * eps)).reshape(-1))
    sizes = [y.size for y in _values(func, inputs, numbers)]
    return [
        numpy.stack(table, axis=1) if table else numpy.zeros((size, 0))
        for table, size in zip(tables, sizes, strict=True)
    ]


def _rows(y, xs: list, check_dtypes: bool) -> list:
    """For each input, the Jacobian of ``y`` by backward: one row an element of ``y``."""
    tables = [numpy.zeros((y.array.size, x.array.size)) for x in xs]
    for row in range(y.array.size):
        unit = numpy.zeros(y.array.size, y.array.dtype)
        unit[row] = 1
        dxs = grad(y, xs, wrap(unit.reshape(y.array.shape)), retain_graph=True, allow_unused=True)
        for table, x, dx in zip(tables, xs, dxs, strict=True):
            if dx is None:
                continue
            if dx.array.shape != x.array.shape:
                raise GradcheckError(
                    f"a gradient has shape {list(dx.array.shape)}, its input {list(x.array.shape)}"
                )
            if check_dtypes and dx.array.dtype != x.array.dtype:
                raise GradcheckError(
                    f"a gradient has dtype {dx.array.dtype}, its input {x.array.dtype}"
                )
            table[row] = dx.array.reshape(-1)
    return tables


def _compare_mixture(func, inputs, eps, atol, rtol, nondet_tol, check_dtypes) -> None:
    """One number for each output and input: random rows times Jacobian times random columns."""
    outputs, numbers = _differentiable(func, inputs)
    draw = numpy.random.default_rng(0).random
    checked = [(j, x) for j, x in enumerate(inputs) if _is_checked(x)]
    for i, y in enumerate(outputs):
        u = draw(y.array.shape).astype(y.array.dtype)
        xs = [x for _, x in checked]
        dxs = grad(y, xs, wrap(u), retain_graph=True, allow_unused=True)
        for (j, x), dx in zip(checked, dxs, strict=True):
            v = draw(x.array.shape).astype(x.array.dtype)
            before = x.array.copy()
            x.array[...] = before + eps * v
            above = _values(func, inputs, numbers)[i]
            x.array[...] = before - eps * v
            below = _values(func, inputs, numbers)[i]
            x.array[...] = before
            slope = float((u * ((above - below) / (2 * eps))).sum())
            ours = 0.0 if dx is None else float((dx.array * v).sum())
            if not abs(ours - slope) <= atol * x.array.size + rtol * abs(slope):
                raise GradcheckError(
                    f"Gradients failed to compare equal for output {i} with respect to input {j}: "
                    f"along a random direction the slope measured is {slope:.9g}, backward says "
                    f"{ours:.9g}. Run it with fast_mode=False to see which element is off."
                )

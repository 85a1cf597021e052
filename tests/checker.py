"""Assertions that a computation is the same in scratch, torch_impl and torch.

    check(scratch.relu, torch_impl.relu, torch.relu, x, exact=True)
    check_error(scratch.mm, torch_impl.mm, torch.mm, a, b, match=r"\\(2, 3\\).*\\(2, 3\\)")
    sweep(scratch.mul, torch_impl.mul, torch.mul, ((3, 4), (4,)), ((0, 3), (3,)), exact="values")

What is compared and how, `bench.compare` says. This is the layer that makes tests of it.
"""

import re
import zlib
from collections.abc import Callable, Iterator

import numpy as np

from bench.compare import Record, compare, constant, one_thread
from bench.compare.arrays import LAYOUTS, SPECIALS, Domain, draw, sprinkle
from bench.compare.columns import Column, Inputs, scratch_column, torch_column
from bench.compare.observe import same_bits

__all__ = ["check", "check_error", "constant", "sweep"]

MOST_NAMES = 30  # of failed sub-checks in one message


def check(ours, twin, builtin, *args, **options) -> list[Record]:
    """Asserts that values and all gradients are the same; see `bench.compare.compare`."""
    __tracebackhide__ = True
    records = compare(ours, twin, builtin, *args, **options)
    wrong = [record.message for record in records if not record.ok]
    if wrong:
        raise AssertionError("\n".join(wrong))
    return records


def check_error(
    ours: Callable,
    twin: Callable | None,
    builtin: Callable,
    *args,
    match: str | None = None,
    column: Column | None = None,
    **kwargs,
) -> Exception:
    """Asserts that all raise the very exception type that torch's built-in raises.

    Ours' message must contain the regular expression `match`, and our inputs be as they were
    before: nothing is half-applied. Returns our exception.
    """
    __tracebackhide__ = True
    inputs = Inputs(args, kwargs)
    expected, _ = _raised(torch_column(), builtin, inputs)
    assert expected is not None, f"torch raises nothing: {builtin!r} of {inputs}"
    columns = [(column or scratch_column(), ours), (torch_column("torch_impl"), twin)]
    for witness, function in columns[: 1 if twin is None else 2]:
        error, changed = _raised(witness, function, inputs)
        assert type(error) is type(expected), (
            f"{function!r} of {inputs}\n  {witness.name} raises {error!r}\n"
            f"  torch raises {expected!r}"
        )
        assert not changed, f"{function!r} of {inputs} raised, but had changed {changed}"
        if function is ours:
            ours_error = error
    if match is not None:
        assert re.search(match, str(ours_error)), (
            f"{inputs}: the message does not match\n  pattern {match}\n  message {ours_error}"
        )
    return ours_error


def _raised(
    column: Column, function: Callable, inputs: Inputs
) -> tuple[Exception | None, list[str]]:
    """The exception that a call raises, if any, and the names of the inputs that it changed."""
    args, kwargs, tensors = inputs.bind(column)
    error = None
    with one_thread():
        try:
            function(*args, **kwargs)
        except Exception as raised:
            error = raised
    return error, [
        name
        for name, tensor in tensors.items()
        if not same_bits(column.array(tensor), inputs.arrays[name])
    ]


def sweep(
    ours: Callable,
    twin: Callable | None,
    builtin: Callable,
    *shapes: tuple,
    dtypes: tuple[str, ...] = ("float32", "float64"),
    layouts: bool | tuple[str, ...] = True,
    specials: bool | tuple[str, ...] = True,
    domain: Domain | tuple[Domain, ...] = None,
    second: bool = False,
    **options,
) -> int:
    """`check` over shapes, dtypes, memory layouts and special numbers; returns how many checks.

    Args:
        shapes: each one shape ``(3, 4)``, for a function of one tensor, or a tuple of shapes
            ``((3, 4), (4,))``. Empty ones and ``()`` are welcome.
        layouts: which of contiguous, transposed, strided, expanded (stride 0) and mixed (a
            different one for each input). The cotangents get the same layout.
        specials: which of nan, inf, zeros (signed), ties, denormal, huge, tiny to sprinkle into
            random values: each alone, into every input in turn and into all of them.
        domain: where the random values lie: real, positive, unit, nonzero, small, or a function
            ``(rng, shape) -> array``, whose integers stay integers. A tuple has one for each input.
        second: also compares double backward, on ordinary numbers: at NaN and infinity any two ways
            to write the same derivative differ.
        options: as for `check`.

    All sub-checks run; those that fail are named, and the first is reported in full.
    """
    __tracebackhide__ = True
    layouts = (*LAYOUTS, "mixed") if layouts is True else layouts or ("contiguous",)
    specials = tuple(SPECIALS) if specials is True else specials or ()
    total, failures = 0, []
    for shape in shapes:
        several = shape if shape and isinstance(shape[0], tuple) else (shape,)
        domains = domain if isinstance(domain, tuple) else (domain,) * len(several)
        for dtype in dtypes:
            for what, arrays, relayout in _variants(several, domains, dtype, layouts, specials):
                total += 1
                options["seed"] = zlib.crc32(f"{shape} {dtype} {what}".encode())
                options["second"] = second and what in layouts
                try:
                    check(ours, twin, builtin, *arrays, relayout=relayout, **options)
                except Exception as error:
                    error.add_note(f"in the sub-check {shape} {dtype} {what}")
                    failures.append((f"{shape} {dtype} {what}", error))
    if failures:
        names = "\n  ".join(name for name, _ in failures[:MOST_NAMES])
        if len(failures) > MOST_NAMES:
            names += f"\n  and {len(failures) - MOST_NAMES} more"
        first = failures[0][1]
        raise AssertionError(
            f"{len(failures)} of {total} sub-checks failed:\n  {names}\n"
            f"the first one: {'' if isinstance(first, AssertionError) else repr(first)}\n{first}"
        ) from first
    assert total, "no sub-check at all"
    return total


def _variants(
    shapes: tuple[tuple[int, ...], ...],
    domains: tuple[Domain, ...],
    dtype: str,
    layouts: tuple[str, ...],
    specials: tuple[str, ...],
) -> Iterator[tuple[str, list[np.ndarray], Callable | None]]:
    """What makes the sub-check different, its arrays, and the layout of the cotangents."""
    rng = np.random.default_rng(zlib.crc32(f"{shapes} {dtype}".encode()))
    plain = [draw(rng, shape, dtype, where) for shape, where in zip(shapes, domains, strict=True)]
    for layout in layouts:
        if layout == "mixed":
            others = list(LAYOUTS.values())[1:]
            made = [others[i % len(others)](array) for i, array in enumerate(plain)]
            relayout = None
            if len(plain) < 2:
                continue
        else:
            relayout = LAYOUTS[layout]
            made = [relayout(array) for array in plain]
        if any(array is not None for array in made):
            arrays = [b if a is None else a for a, b in zip(made, plain, strict=True)]
            yield layout, arrays, relayout
    for kind in specials:
        made = [sprinkle(rng, a, kind, where) for a, where in zip(plain, domains, strict=True)]
        which = [i for i, array in enumerate(made) if array is not None]
        if len(which) > 1:
            yield f"{kind} in all", [plain[i] if a is None else a for i, a in enumerate(made)], None
        for i in which:
            yield f"{kind} in input {i}", [*plain[:i], made[i], *plain[i + 1 :]], None

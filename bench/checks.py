"""`sidebyside check`: the comparison that the tests assert, as a table.

An error is given in eps, the distance from 1 to the next number of the dtype, beside the error that
torch itself makes. ours may be as wrong as three times torch's, or 8 eps, whichever is more.
"""

import math
from collections.abc import Iterable
from typing import NamedTuple

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table
from rich.text import Text

from bench.cases import Case, cases, lessons, run_case
from bench.compare import Record
from bench.pairs import UnknownName, find
from bench.pairs import lessons as all_lessons

__all__ = ["Line", "check", "select", "summarize", "table"]


class Line(NamedTuple):
    """What a row of the table says; a number is nan where there is nothing to measure."""

    name: str
    dtype: str
    compared: int  # numbers
    ours: float  # worst errors, in eps
    twin: float
    torch: float
    equal: float  # share of ours whose bits are torch's
    failed: int  # outputs and gradients


def select(name: str | None) -> list[Case]:
    """The cases of a lesson, a folder, or the lesson that defines something; None: all."""
    if name is None:
        return cases()
    if chosen := cases(name.strip("/")):
        return chosen
    lesson, _ = find(name, all_lessons())
    chosen = cases(lesson.name)
    if not chosen:
        raise UnknownName(f"{lesson.name} has nothing to compare; these do: {', '.join(lessons())}")
    return chosen


def check(chosen: list[Case], console: Console) -> bool:
    """Compare, and print a row a lesson; of a single lesson, a row a case. True if all is well."""
    records: list[tuple[Case, Record]] = []
    progress = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        console=console,
        disable=not console.is_terminal,
        transient=True,
    )
    with progress:
        task = progress.add_task("", total=len(chosen))
        for case in chosen:
            progress.update(task, description=case.lesson)
            records += [(case, record) for record in run_case(case)]
            progress.advance(task)
    one = len({case.lesson for case in chosen}) == 1
    groups: dict[tuple[str, str], list[Record]] = {}
    for case, record in records:
        groups.setdefault((case.name if one else case.lesson, record.dtype), []).append(record)
    lines = [summarize(*key, group) for key, group in groups.items()]
    console.print(table(lines, chosen[0].lesson if one else "lesson"))
    wrong = [record for _, record in records if not record.ok]
    for record in wrong:
        console.print(record.message, style="red", markup=False, highlight=False, soft_wrap=True)
    text = f"{len(records)} outputs and gradients of {len(chosen)} computations: "
    if wrong:
        console.print(f"{text}{len(wrong)} differ.", style="bold red", highlight=False)
    else:
        text += "scratch and torch_impl are within the bounds of torch."
        console.print(text, style="bold green", highlight=False, soft_wrap=True)
    return not wrong


def summarize(name: str, dtype: str, records: Iterable[Record]) -> Line:
    """The worst of each error, and the bits over all numbers."""
    records = list(records)
    sizes = [math.prod(record.shape) for record in records]
    known = [(n, r.equal) for n, r in zip(sizes, records, strict=True) if not math.isnan(r.equal)]
    total = sum(n for n, _ in known)
    return Line(
        name,
        dtype.removeprefix("torch."),
        sum(sizes),
        worst(record.ours for record in records),
        worst(record.twin for record in records),
        worst(record.torch for record in records),
        sum(n * equal for n, equal in known) / total if total else math.nan,
        sum(not record.ok for record in records),
    )


def worst(errors: Iterable[float | None]) -> float:
    return max((e for e in errors if e is not None and not math.isnan(e)), default=math.nan)


def table(lines: list[Line], title: str) -> Table:
    result = Table(box=None, header_style="bold", padding=(0, 2, 0, 0))
    result.add_column(f"\n{title}")
    result.add_column("\ndtype", style="dim")
    result.add_column("\nnumbers", justify="right", style="dim")
    for name in ("scratch", "torch_impl", "torch"):
        result.add_column(f"error, eps\n{name}", justify="right", no_wrap=True)
    result.add_column("equal\nbits", justify="right", no_wrap=True)
    result.add_column("\nverdict", no_wrap=True)
    for line in lines:
        verdict = Text(f"{line.failed} differ", style="bold red")
        if not line.failed:
            verdict = Text("identical" if line.equal == 1 else "within bounds", style="green")
        errors = (shown(error) for error in (line.ours, line.twin, line.torch))
        equal = "-" if math.isnan(line.equal) else f"{math.floor(1000 * line.equal) / 10:.1f}%"
        result.add_row(line.name, line.dtype, str(line.compared), *errors, equal, verdict)
    return result


def shown(error: float) -> str:
    return "-" if math.isnan(error) else f"{error:.2f}" if error < 1000 else f"{error:.1e}"

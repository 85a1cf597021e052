"""A race on the screen: a table that grows a row an epoch, and under it, on a terminal, a bar."""

from pathlib import Path

import numpy as np
from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from bench.data import Images, digits, mnist
from bench.models import CLASSES
from bench.train import DIGITS, Epoch, Options, Race

__all__ = ["follow", "load", "report", "title"]

WIDE = 92  # a console at least this wide has room for the columns' whole names


def load(name: str, root: Path, console: Console) -> Images:
    """The data set; what has to be downloaded shows how far it is."""
    if name == "digits":
        return digits()
    progress = Progress(
        TextColumn("{task.description}"),
        BarColumn(bar_width=None),
        DownloadColumn(),
        console=console,
        disable=not console.is_terminal,
    )
    tasks: dict[str, TaskID] = {}

    def advance(file: str, done: int, total: int | None) -> None:
        if file not in tasks:
            tasks[file] = progress.add_task(file, total=total)
            if progress.disable:
                console.print(f"downloading {file}", highlight=False)
        progress.update(tasks[file], completed=done, total=total)

    with progress:
        return mnist(name, root, advance)


def title(data: str, images: Images, options: Options, threads: int) -> str:
    """The run in a line: everything that another reader needs to see the same numbers."""
    network = options.model
    if network == "mlp":
        network = "-".join(map(str, (images.pixels, *options.hidden, CLASSES)))
    return (
        f"{network} network on {len(images.train_x)} images of {data}, batch {options.batch_size}, "
        f"SGD lr {options.lr:g}, {options.dtype}, seed {options.seed}, "
        f"{threads} thread{'s' if threads > 1 else ''}"
    )


def follow(race: Race, console: Console) -> None:
    """Run the race to its end, showing each epoch as it comes."""
    names = race.names
    if console.width < WIDE:
        names = tuple(name.replace("_", "_\n") for name in names)
    columns = layout(names)
    for row in headings([title for title, _ in columns]):
        console.print(aligned(row, columns, "bold"), soft_wrap=True)
    progress = Progress(
        TextColumn("step {task.completed}/{task.total}"),
        BarColumn(bar_width=None),
        TimeRemainingColumn(),
        console=console,
        disable=not console.is_terminal,
        transient=True,
    )
    steps = progress.add_task("train", total=race.options.epochs * race.steps_an_epoch)
    with progress:
        for epoch in race.run(after_step=lambda: progress.advance(steps)):
            console.print(aligned(cells(race, epoch), columns), soft_wrap=True)


def layout(names: tuple[str, ...]) -> list[tuple[str, str]]:
    """Each column's title, over one or more lines, and its style."""
    return [
        ("epoch", "dim"),
        *((f"loss\n{name}", "cyan") for name in names),
        *((f"accuracy\n{name}", "") for name in names),
        ("largest\nparameter\ndifference", "magenta"),
        ("digits\ndiffer", ""),
        *((f"ms/step\n{name}", "") for name in names),
        ("ratio", "bold"),
    ]


def headings(titles: list[str]) -> list[list[str]]:
    """The titles' lines, moved down so that all of them end on the last one."""
    lines = [title.split("\n") for title in titles]
    height = max(map(len, lines))
    return list(zip(*([""] * (height - len(column)) + column for column in lines), strict=True))


def aligned(row: list[str], columns: list[tuple[str, str]], style: str | None = None) -> Text:
    text = Text()
    for cell, (title, own) in zip(row, columns, strict=True):
        width = max(6, *map(len, title.split("\n")))
        if title.startswith("loss"):
            width = max(width, DIGITS + 2)
        text.append(cell.rjust(width), own if style is None else style).append(" ")
    text.rstrip()
    return text


def cells(race: Race, epoch: Epoch) -> list[str]:
    parted = race.first_difference
    return [
        str(epoch.number),
        *(f"{loss:.{DIGITS}f}" if loss < 100 else f"{loss:.2e}" for loss in epoch.loss),
        *(f"{accuracy:.2%}" for accuracy in epoch.accuracy),
        f"{epoch.difference:.1e}",
        "never" if parted is None else f"at {parted}",
        *(f"{ms:.3f}" for ms in epoch.ms),
        f"{epoch.ms[0] / epoch.ms[1]:.2f}",
    ]


def report(race: Race, console: Console) -> bool:
    """The last lines: what was learnt, how fast, and the verdict. True if the columns agree."""
    (a, b), verdict = race.names, race.verdict()
    if race.accuracies:
        (ours, theirs), (ms, twin) = (
            race.accuracies[-1],
            1e3 * np.median(race.paired_times(), axis=0),
        )
        console.print(f"Test accuracy: {a} {ours:.2%}, {b} {theirs:.2%}", highlight=False)
        text = f"A step takes {a} {ms:.3f} ms, {b} {twin:.3f} ms: {ms / twin:.2f} times as long"
        console.print(text, highlight=False)
    style = "bold green" if verdict.agree else "bold red"
    console.print(f"Verdict: {verdict.text}", style=style, highlight=False, soft_wrap=True)
    return verdict.agree

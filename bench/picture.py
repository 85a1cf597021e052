"""A race as a picture: the losses on top of each other, how far the parameters are apart, and the
time a step takes."""

from pathlib import Path

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine

from bench.train import TOLERANCE, Race

__all__ = ["draw"]

OURS, TWIN, INK, PALE = "#f28e2b", "#1f4e79", "#333333", "#9a9a9a"
STYLE = {
    "font.size": 10,
    "axes.edgecolor": PALE,
    "axes.labelcolor": INK,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlelocation": "left",
    "axes.titlesize": 12,
    "axes.titlepad": 12,
    "grid.color": "#e6e6e6",
    "legend.frameon": False,
    "text.color": INK,
    "xtick.color": INK,
    "ytick.color": INK,
}


def draw(race: Race, path: Path, title: str) -> None:
    """Write the picture; the ending of the file's name chooses the format."""
    with matplotlib.rc_context(STYLE):
        figure = Figure(figsize=(13.5, 4.4), dpi=150, layout=ConstrainedLayoutEngine(wspace=0.06))
        left, middle, right = figure.subplots(1, 3)
        losses(left, race)
        distances(middle, race)
        times(right, race)
        for axes in (left, middle, right):
            axes.grid(True, axis="y")
            axes.set_axisbelow(True)
            axes.set_xlabel("training step")
            axes.margins(x=0.01)
        figure.suptitle(title, x=0.008, ha="left", fontsize=10, color="#777777")
        figure.savefig(path)


def losses(axes: Axes, race: Race) -> None:
    """A wide bright line under a thin dark one: where both are seen, they coincide."""
    ours, twin = np.transpose(race.losses)
    steps = np.arange(1, len(ours) + 1)
    window = max(1, race.steps_an_epoch // 4)
    axes.plot(steps, smooth(ours, window), color=OURS, linewidth=5, alpha=0.75, label=race.names[0])
    axes.plot(steps, smooth(twin, window), color=TWIN, linewidth=1.2, label=race.names[1])
    axes.set_ylim(bottom=0)
    axes.set_title("Loss")
    axes.legend(loc="upper right")


def distances(axes: Axes, race: Race) -> None:
    """Equal bits have no place on a log scale: they leave a gap."""
    apart = np.array(race.differences)
    steps = np.arange(1, len(apart) + 1)
    axes.plot(steps, np.where(apart > 0, apart, np.nan), color=TWIN, linewidth=1.2)
    axes.set_title("Largest parameter difference")
    axes.set_xlim(1, len(apart) + 1)
    marks = {f"eps of {race.options.dtype}": np.finfo(race.options.dtype).eps}
    if race.options.dtype == "float64":
        marks["the verdict's limit"] = TOLERANCE
    heights = [*marks.values(), *apart[apart > 0]]
    axes.set_yscale("log")
    axes.set_ylim(10 ** np.floor(np.log10(min(heights)) - 0.5), 10 * max(heights))
    for label, height in marks.items():
        axes.axhline(height, color=PALE, linewidth=1, linestyle=(0, (4, 3)))
        place = {"textcoords": "offset points", "xycoords": axes.get_yaxis_transform()}
        axes.annotate(label, (1, height), (-2, 4), ha="right", color=PALE, fontsize=9, **place)
    if not (apart > 0).any():
        axes.text(0.5, 0.3, "none: every bit is equal", transform=axes.transAxes, ha="center")


def times(axes: Axes, race: Race) -> None:
    ms = 1e3 * race.paired_times()
    steps = np.arange(1, len(ms) + 1)
    window = max(1, race.steps_an_epoch // 2)
    for column, (name, color) in enumerate(zip(race.names, (OURS, TWIN), strict=True)):
        own = ms[:, column]
        axes.plot(steps, own, ".", color=color, markersize=2, alpha=0.15, markeredgewidth=0)
        label = f"{name}, median {np.median(own):.3f} ms"
        axes.plot(steps, smooth(own, window), color=color, linewidth=1.8, label=label)
    axes.set_ylim(0, 2.2 * np.quantile(ms, 0.9))  # a stalled step is no news
    axes.set_title("Milliseconds a step")
    axes.legend(loc="upper right")


def smooth(values: np.ndarray, window: int) -> np.ndarray:
    """The running median; near the ends the window is shorter."""
    half = window // 2
    return np.array(
        [np.median(values[max(0, i - half) : i + half + 1]) for i in range(len(values))]
    )

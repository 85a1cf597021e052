"""pytest-benchmark's JSON as one table: how long each column takes, torch's time being 1."""

from typing import Any, NamedTuple

from rich.table import Table
from rich.text import Text

__all__ = ["Row", "machine", "rows", "summary", "table"]

BASE = "torch"
OTHERS = ("scratch", "torch_impl")
UNITS = (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6), ("ns", 1e-9))


class Row(NamedTuple):
    """One lesson at one size on one device; seconds are medians, by column."""

    lesson: str
    size: str
    device: str
    seconds: dict[str, float]

    def ratio(self, column: str) -> float | None:
        """The column's time over torch's: below 1 is faster than torch."""
        if column in self.seconds and self.seconds.get(BASE):
            return self.seconds[column] / self.seconds[BASE]
        return None


def rows(results: dict[str, Any]) -> list[Row]:
    """Bring together what differs only in the column. ValueError if the JSON is somebody else's."""
    found: dict[tuple[str, str, str], Row] = {}
    try:
        for benchmark in results["benchmarks"]:
            info = benchmark["extra_info"]
            key = info["lesson"], info["size"], info["device"]
            row = found.setdefault(key, Row(*key, {}))
            row.seconds[info["column"]] = float(benchmark["stats"]["median"])
    except (KeyError, TypeError) as error:
        raise ValueError(f"these are not the workbench's results: {error} is missing") from error
    return list(found.values())


def table(found: list[Row]) -> Table:
    devices = {row.device for row in found}
    result = Table(box=None, header_style="bold", padding=(0, 2, 0, 0))
    result.add_column("lesson")
    result.add_column("size", style="dim", justify="right")
    if len(devices) > 1:
        result.add_column("device")
    for column in OTHERS:
        result.add_column(f"{column}\n/ {BASE}", justify="right", no_wrap=True)
    result.add_column(f"\n{BASE}", justify="right", no_wrap=True)
    for row in found:
        place = [row.device] if len(devices) > 1 else []
        ratios = [coloured(row.ratio(column)) for column in OTHERS]
        result.add_row(row.lesson, row.size, *place, *ratios, duration(row.seconds.get(BASE)))
    return result


def coloured(ratio: float | None) -> Text:
    if ratio is None:
        return Text("-", style="dim")
    style = "green" if ratio <= 1.05 else "yellow" if ratio <= 2 else "red"
    return Text(f"{ratio:.2f}" if ratio < 100 else f"{ratio:.0f}", style=style)


def duration(seconds: float | None) -> str:
    """Three digits and a unit: 113 µs, 2.95 ms."""
    if seconds is None:
        return "-"
    unit, size = next((pair for pair in UNITS if seconds >= pair[1]), UNITS[-1])
    value = seconds / size
    return f"{value:.{2 if value < 10 else 1 if value < 100 else 0}f} {unit}"


def summary(found: list[Row]) -> str:
    """The count that the table adds up to, slower rows included."""
    ratios = [ratio for row in found if (ratio := row.ratio("scratch")) is not None]
    faster = sum(ratio < 1 for ratio in ratios)
    return f"scratch is faster than torch in {faster} of {len(ratios)} rows"


def machine(results: dict[str, Any]) -> str:
    """Where the numbers come from, in a line."""
    info = results.get("machine_info", {})
    versions = ", ".join(f"{k} {v}" for k, v in info.get("versions", {}).items() if v)
    cpu = info.get("cpu", {}).get("brand_raw", "unknown CPU")
    parts = [cpu, f"{info.get('threads', '?')} of {info.get('cores', '?')} threads"]
    parts += [f"scratch on {info['backend']}"] if "backend" in info else []
    return ", ".join([*parts, *filter(None, [info.get("gpu"), versions])])

"""`sidebyside bench`: pytest runs the benchmarks, out of sight; what is seen is a progress line,
then one table."""

import difflib
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from importlib.util import find_spec
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from bench import report, threads
from bench.pairs import UnknownName

__all__ = ["choose", "print_table", "run"]

HERE = Path(__file__).parent
DONE = re.compile(r"^\S*?(\w+\[[^]]*\]|\w+) (PASSED|FAILED|ERROR|SKIPPED) +\[ *(\d+)%\]")


def choose(names: Sequence[str], here: Path = HERE) -> list[Path]:
    """The benchmark files that the names mean: `nn/linear`, `linear`, a whole folder `nn`, or
    everything if there are none."""
    files = {
        path.with_name(path.name.removeprefix("bench_"))
        .relative_to(here)
        .with_suffix("")
        .as_posix(): path
        for path in sorted(here.rglob("bench_*.py"))
    }
    chosen: dict[Path, None] = {}
    for name in names:
        key = name.replace(".", "/").strip("/")
        found = [
            p for n, p in files.items() if f"/{n}".endswith(f"/{key}") or n.startswith(f"{key}/")
        ]
        if not found:
            words = files.keys() | {n.rpartition("/")[2] for n in files}
            near = difflib.get_close_matches(key, words)
            hint = f"; did you mean {' or '.join(near)}?" if near else ""
            raise UnknownName(f"no benchmark is called {name!r}{hint}")
        chosen |= dict.fromkeys(found)
    return list(chosen) or list(files.values())


def run(files: Iterable[Path], console: Console, save: Path | None, count: int, once: bool) -> int:
    """Run them on `count` threads and print the table; with `once`, call each once, untimed.
    Returns an exit status."""
    if find_spec("pytest_benchmark") is None:
        raise UnknownName("pytest-benchmark is not installed: pip install 'sidebyside[test]'")
    with tempfile.TemporaryDirectory() as folder:
        results = Path(folder) / "results.json"
        command = [sys.executable, "-m", "pytest", *map(str, files), "-v", "--no-header"]
        command += ["--tb=short", "-p", "no:cacheprovider", "-o", "python_files=bench_*.py"]
        command += ["-o", "addopts=--import-mode=importlib", "--benchmark-columns=median"]
        command += ["--benchmark-disable"] if once else ["--benchmark-only"]
        command += [] if once else [f"--benchmark-json={results}"]
        status, output = follow(command, count, console)
        if status:
            console.print("\n".join(output), markup=False, highlight=False, soft_wrap=True)
        if results.exists() and results.stat().st_size:
            text = without_rounds(results.read_text(encoding="utf-8"))
            print_table(text, console)
            if save:
                save.write_text(text, encoding="utf-8")
                console.print(f"Saved {save}", highlight=False, soft_wrap=True)
        elif once and not status:
            console.print(output[-1].strip("= "), highlight=False)
    return status


def follow(command: list[str], count: int, console: Console) -> tuple[int, list[str]]:
    """Run pytest, showing how far it is; its exit status and its words."""
    environment = os.environ | {threads.VARIABLE: str(count)}
    progress = Progress(
        TextColumn("{task.percentage:>3.0f}%"),
        BarColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.description}"),
        console=console,
        disable=not console.is_terminal,
        transient=True,
    )
    output = []
    options = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    with (
        progress,
        subprocess.Popen(command, cwd=HERE.parent, env=environment, **options) as process,
    ):
        task = progress.add_task("collecting", total=100)
        for line in process.stdout or ():
            output.append(line.rstrip("\n"))
            if done := DONE.match(line):
                progress.update(task, completed=int(done[3]), description=done[1])
    return process.returncode, output


def without_rounds(text: str) -> str:
    """The JSON less every single round's time: medians and spread stay, megabytes go."""
    results = json.loads(text)
    for benchmark in results["benchmarks"]:
        benchmark["stats"].pop("data", None)
    return json.dumps(results, indent=1) + "\n"


def print_table(text: str, console: Console) -> None:
    """The table of a JSON text. ValueError if it is none of ours."""
    results = json.loads(text)
    found = report.rows(results)
    console.print(report.table(found))
    text = f"Ratios of medians, below 1 is faster. {report.summary(found)}."
    console.print(text, highlight=False)
    console.print(report.machine(results), style="dim", highlight=False)

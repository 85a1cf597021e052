"""Every operation at a million and ten million elements: scratch's time over torch's.

large.txt lists the operations, one a line. The two libraries take turns, so that a machine that
slows down slows both; the median of the rounds counts.
"""

from __future__ import annotations

import gc
import json
import platform
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from importlib import import_module
from pathlib import Path
from statistics import median
from types import CodeType, ModuleType
from typing import Any

import numpy as np
from rich.console import Console
from rich.progress import track
from rich.table import Table

from bench.report import coloured, duration

__all__ = ["LIMIT", "OPERATIONS", "RESULTS", "Measured", "Operation"]
__all__ += ["load", "measure", "operations", "run", "save"]

LIMIT = 1.5  # what is slower than this has a reason in large.txt
HERE = Path(__file__).parent
OPERATIONS, RESULTS = HERE / "large.txt", HERE / "results" / "large.json"
COLUMNS = 1000
SECONDS, ROUNDS = 0.3, (5, 25)  # of measuring each; the fewest rounds and the most


@dataclass(frozen=True)
class Operation:
    """A line of large.txt."""

    family: str
    code: str
    reason: str = ""

    @property
    def changes(self) -> bool:
        """Whether it writes to a tensor that was there: then there is no gradient to be timed."""
        return self.statement or bool(re.search(r"[a-z]_\(|out=", self.code))

    @property
    def statement(self) -> bool:
        """Whether it is to be executed, not evaluated."""
        return "] = " in self.code or "] += " in self.code


@dataclass(frozen=True)
class Measured:
    """Seconds of one operation at one size. None: there is no gradient."""

    code: str
    elements: int
    scratch: float
    torch: float
    scratch_backward: float | None
    torch_backward: float | None

    @property
    def ratio(self) -> float:
        return self.scratch / self.torch

    @property
    def backward_ratio(self) -> float | None:
        if self.scratch_backward is None or self.torch_backward is None:
            return None
        return self.scratch_backward / self.torch_backward

    @property
    def worst(self) -> float:
        return max(self.ratio, self.backward_ratio or 0)


def operations(path: Path = OPERATIONS) -> Iterator[Operation]:
    family = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            family = line.strip("[]")
        elif line and not line.startswith("#"):
            code, _, reason = line.partition("  # ")
            yield Operation(family, code.strip(), reason.strip())


# ---- measuring ----------------------------------------------------------------------------------


def measure(operation: Operation, elements: int) -> Measured:
    """Times an operation in both libraries, forward alone and with its backward."""
    libraries = [import_module(name) for name in ("scratch", "torch")]
    code = compiled(operation)
    inputs = arrays(elements)
    forward = in_turns([step(torch, code, inputs, False) for torch in libraries])
    backward: list[float | None] = [None, None]
    if not operation.changes and all(differentiable(t, code, inputs) for t in libraries):
        backward = in_turns([step(torch, code, inputs, True) for torch in libraries])
    return Measured(operation.code, elements, *forward, *backward)


def compiled(operation: Operation) -> CodeType:
    return compile(operation.code, operation.code, "exec" if operation.statement else "eval")


@cache
def arrays(elements: int) -> dict[str, np.ndarray]:
    """What a line may name, see large.txt."""
    rng = np.random.default_rng(0)
    rows, side = elements // COLUMNS, int(elements**0.5)
    x, y, z = rng.uniform(0.1, 0.9, (3, rows, COLUMNS)).astype("float32")
    return {
        "x": x,
        "y": y,
        "z": z,
        "w": rng.standard_normal((rows, COLUMNS), "float32"),
        "u": rng.integers(0, COLUMNS, (rows, COLUMNS)),
        "v": np.argsort(rng.random((rows, COLUMNS)), axis=1),
        "m": rng.random((rows, COLUMNS)) < 0.5,
        "row": x[0].copy(),
        "square": rng.uniform(0.1, 0.9, (side, side)).astype("float32"),
        "k": rng.integers(0, rows, max(rows // 10, 1)),
    }


def tensors(torch: ModuleType, code: CodeType, inputs: dict[str, np.ndarray]) -> dict[str, Any]:
    used = {name: torch.tensor(inputs[name]) for name in code.co_names if name in inputs}
    return {"torch": torch, **used}


def differentiable(torch: ModuleType, code: CodeType, inputs: dict[str, np.ndarray]) -> bool:
    y = result(torch, code, with_gradients(tensors(torch, code, inputs)))
    return y.requires_grad and "NotImplemented" not in y.grad_fn.name()  # as for x // y


def with_gradients(names: dict[str, Any]) -> dict[str, Any]:
    for name, value in names.items():
        if name != "torch" and value.is_floating_point():
            value.requires_grad_()
    return names


def result(torch: ModuleType, code: CodeType, names: dict[str, Any]) -> Any:
    """What the operation gives; of several results the first."""
    y = eval(code, names)
    y = y[0] if isinstance(y, tuple) else y
    return y if isinstance(y, torch.Tensor) else torch.zeros(())


def step(
    torch: ModuleType, code: CodeType, inputs: dict[str, np.ndarray], backward: bool
) -> Callable[[], object]:
    names = tensors(torch, code, inputs)
    if not backward:
        return lambda: eval(code, names)
    with_gradients(names)
    dy = torch.ones_like(result(torch, code, names))
    leaves = [value for value in names.values() if getattr(value, "requires_grad", False)]

    def forward_and_backward() -> None:
        for leaf in leaves:
            leaf.grad = None
        result(torch, code, names).backward(dy)

    return forward_and_backward


def in_turns(steps: list[Callable[[], object]]) -> list[float]:
    """The median time of each, measured in rounds in which each has its turn."""
    times: list[list[float]] = [[] for _ in steps]
    began = time.perf_counter()
    for each in steps:  # the first time is not like the others
        each()
    gc.disable()
    try:
        while len(times[0]) < ROUNDS[0] or (
            len(times[0]) < ROUNDS[1] and time.perf_counter() - began < SECONDS
        ):
            for each, found in zip(steps, times, strict=True):
                start = time.perf_counter()
                each()
                found.append(time.perf_counter() - start)
    finally:
        gc.enable()
    return [median(found) for found in times]


# ---- results ------------------------------------------------------------------------------------


def run(sizes: list[int], chosen: str, console: Console) -> list[Measured]:
    """Measures all operations whose line contains the chosen text, and prints them."""
    wanted = [operation for operation in operations() if chosen in operation.code]
    work = [(operation, size) for size in sizes for operation in wanted]
    found = [
        measure(operation, size)
        for operation, size in track(work, "Timing", console=console, transient=True)
    ]
    console.print(table(found), soft_wrap=True)
    slow = sum(each.worst > LIMIT for each in found)
    console.print(f"{slow} of {len(found)} rows take more than {LIMIT} times as long as in torch")
    return found


def table(found: list[Measured]) -> Table:
    shown = Table(box=None, header_style="bold", padding=(0, 2, 0, 0))
    shown.add_column("operation", no_wrap=True)
    for title in ("elements", "forward\n/ torch", "with backward\n/ torch", "\ntorch"):
        shown.add_column(title, justify="right")
    for each in found:
        ratios = [coloured(ratio) for ratio in (each.ratio, each.backward_ratio)]
        shown.add_row(each.code, f"{each.elements:,}", *ratios, duration(each.torch))
    return shown


def save(found: list[Measured], threads: int, path: Path = RESULTS) -> None:
    versions = {name: import_module(name).__version__ for name in ("scratch", "torch", "numpy")}
    machine = {
        "processor": processor(),
        "threads": threads,
        "python": platform.python_version(),
        **versions,
        "backend": import_module("scratch").get_backend(),
        "date": date.today().isoformat(),
    }
    path.parent.mkdir(exist_ok=True)
    rows = [asdict(each) for each in found]
    path.write_text(json.dumps({"machine": machine, "rows": rows}, indent=1), encoding="utf-8")


def load(path: Path = RESULTS) -> tuple[dict[str, Any], list[Measured]]:
    """The machine and the rows of a saved run."""
    saved = json.loads(path.read_text(encoding="utf-8"))
    return saved["machine"], [Measured(**row) for row in saved["rows"]]


def processor() -> str:
    """The processor's name, as the system gives it."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    return next((line.partition(": ")[2] for line in lines if line.startswith("model name")), "")

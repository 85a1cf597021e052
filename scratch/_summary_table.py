"""The table that ``summary`` prints, for both columns: it knows numbers and names, no tensors."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

# What the numbers in a layer's arithmetic are.
FORMULAS = {
    "Linear": "out·in + out",
    "Bilinear": "out·in1·in2 + out",
    "Conv1d": "out·(in/groups)·k + out",
    "Conv2d": "out·(in/groups)·kh·kw + out",
    "Conv3d": "out·(in/groups)·kd·kh·kw + out",
    "ConvTranspose1d": "in·(out/groups)·k + out",
    "ConvTranspose2d": "in·(out/groups)·kh·kw + out",
    "ConvTranspose3d": "in·(out/groups)·kd·kh·kw + out",
    "BatchNorm1d": "channels + channels",
    "BatchNorm2d": "channels + channels",
    "BatchNorm3d": "channels + channels",
    "GroupNorm": "channels + channels",
    "LayerNorm": "features + features",
    "Embedding": "words·features",
}


@dataclass
class Row:
    """A layer of a ``Summary``."""

    path: str
    kind: str
    depth: int
    arithmetic: str  # how many parameters, as "6·1·5·5 + 6"
    parameters: int  # of its own, but for those that an earlier row has
    outputs: list[tuple[int, ...]] = field(
        default_factory=list
    )  # the shapes, one a call and tensor
    multiply_adds: int = 0
    output_bytes: int = 0


@dataclass
class Summary:
    """A network in numbers. Printed, it is a table."""

    rows: list[Row]
    total_params: int
    trainable_params: int
    parameter_bytes: int
    buffer_bytes: int
    input_bytes: int

    @property
    def total_mult_adds(self) -> int:
        """Multiplications and additions of one forward pass, as pairs."""
        return sum(row.multiply_adds for row in self.rows)

    @property
    def output_bytes(self) -> int:
        """What the layers hand on; a training step keeps it for the way back."""
        return sum(row.output_bytes for row in self.rows)

    def __str__(self) -> str:
        ran = any(row.outputs for row in self.rows)
        head = ["layer", "output", "parameters", "multiply-adds"]
        branches = _branches([row.depth for row in self.rows])
        table = [head, *map(_cells, self.rows, branches)]
        keep = [0, 1, 2, 3] if ran else [0, 2]
        widths = [max(len(line[i]) for line in table) for i in range(4)]
        lines = [
            "  ".join(
                line[i].rjust(widths[i]) if i == 3 else line[i].ljust(widths[i]) for i in keep
            )
            for line in table
        ]
        rule = "─" * max(map(len, lines))
        used = [kind for kind in FORMULAS if any(row.kind == kind for row in self.rows)]
        legend = [f"{kind}: {FORMULAS[kind]}" for kind in used]
        return "\n".join(
            line.rstrip()
            for line in [lines[0], rule, *lines[1:], rule, *self._totals(ran), *legend]
        )

    __repr__ = __str__

    def _totals(self, ran: bool) -> Iterator[str]:
        fixed = self.total_params - self.trainable_params
        yield f"parameters: {self.total_params:,}" + (
            f", of which {self.trainable_params:,} are trained" if fixed else ", all trained"
        )
        if ran:
            yield f"multiply-adds: {self.total_mult_adds:,}"
        parts = {"parameters": self.parameter_bytes, "buffers": self.buffer_bytes}
        if ran:
            parts |= {"input": self.input_bytes, "outputs": self.output_bytes}
        sizes = ", ".join(f"{name} {_size(n)}" for name, n in parts.items() if n)
        yield f"memory: {sizes or _size(0)}"


def _cells(row: Row, branch: str) -> list[str]:
    """A line of the table."""
    name = row.path.rpartition(".")[2]
    shapes = " ".join(str(list(shape)) for shape in dict.fromkeys(row.outputs))
    arithmetic = f"{row.arithmetic} = {row.parameters:,}" if row.arithmetic else ""
    layer = f"{branch}{name}: {row.kind}" if branch else row.kind
    return [layer, shapes, arithmetic, f"{row.multiply_adds:,}" if row.multiply_adds else ""]


def _branches(depths: list[int]) -> list[str]:
    """What is drawn before each layer's name, to show below which one it stands."""
    drawn, open_at = [], set()  # from the last line to the first; the depths where a branch goes on
    for depth in reversed(depths):
        line = "".join("│  " if i in open_at else "   " for i in range(1, depth))
        drawn.append(line + ("├─ " if depth in open_at else "└─ ") if depth else "")
        open_at = {i for i in open_at if i < depth} | {depth}
    return drawn[::-1]


def _size(n: float) -> str:
    """A number of bytes with its unit."""
    if n < 1000:
        return f"{n} B"
    for unit in ("kB", "MB"):
        n /= 1000
        if n < 1000:
            return f"{n:.3g} {unit}"
    return f"{n / 1000:.3g} GB"

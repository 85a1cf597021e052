"""A picture of a computation graph, for both columns: as DOT text and as SVG.

Every box stands below those that it was computed from. Boxes of a layer are put in an order in
which few arrows cross: again and again each one goes to where its neighbours are in the middle. An
arrow over several layers has a place in each, as if it were a box.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from statistics import mean

COLORS = {
    "input": "#e8f1fd",
    "parameter": "#fff3d6",
    "operation": "#f4f4f4",
    "result": "#dff3e2",
    "end": "#fde2e2",
}
LETTER, LINE = 7.0, 16.0  # how wide a letter is, how high a line
PADDING, BESIDE, BELOW = 8.0, 18.0, 34.0
SWEEPS = 12


@dataclass
class Box:
    """A place in the graph: its title, lines of text, and what kind of thing it is."""

    title: str
    kind: str
    lines: list[str] = field(default_factory=list)

    @property
    def text(self) -> list[str]:
        return [self.title, *self.lines]

    @property
    def width(self) -> float:
        return LETTER * max(map(len, self.text)) + 2 * PADDING

    @property
    def height(self) -> float:
        return LINE * len(self.text) + 2 * PADDING


@dataclass
class Graph:
    """What a tensor was computed from. Notebooks show the picture; ``save`` keeps it."""

    boxes: list[Box]
    arrows: list[tuple[int, int]]  # from, to: numbers of boxes
    unreached: list[str] = field(default_factory=list)  # the model's parameters that are not in it

    @property
    def dot(self) -> str:
        """The graph in the language of graphviz."""
        lines = [
            "digraph {",
            '  node [shape=box, style="rounded,filled", fontname=monospace, fontsize=11];',
        ]
        for i, box in enumerate(self.boxes):
            label = "\\n".join(line.replace("\\", "\\\\").replace('"', '\\"') for line in box.text)
            lines.append(f'  {i} [label="{label}", fillcolor="{COLORS[box.kind]}"];')
        lines += [f"  {a} -> {b};" for a, b in self.arrows]
        return "\n".join([*lines, "}", ""])

    @property
    def svg(self) -> str:
        """The graph as a picture that any browser shows."""
        return _svg(self)

    def _repr_svg_(self) -> str:
        return self.svg

    def save(self, path: str | Path) -> None:
        """Writes the picture (.svg) or the text for graphviz (.dot) to a file."""
        texts = {".svg": lambda: self.svg, ".dot": lambda: self.dot}
        ending = Path(path).suffix
        if ending not in texts:
            raise ValueError(f"a graph is saved as .svg or .dot, not as {str(path)!r}")
        Path(path).write_text(texts[ending](), encoding="utf-8")

    def __repr__(self) -> str:
        count = sum(box.kind in ("operation", "result") for box in self.boxes)
        leaves = [box.title for box in self.boxes if box.kind in ("input", "parameter")]
        operations = "1 operation" if count == 1 else f"{count} operations"
        text = f"Graph({operations} on {', '.join(leaves) or 'nothing'})"
        if self.unreached:
            ends = [
                f" (the graph ends at {box.lines[0]})" for box in self.boxes if box.kind == "end"
            ]
            text += f"\nno gradient reaches {', '.join(self.unreached)}{''.join(ends)}"
        return text


def _svg(graph: Graph) -> str:
    places, paths = _placed(graph)
    width = max((x + box.width / 2 for box, (x, _) in zip(graph.boxes, places, strict=True)))
    height = max((y + box.height for box, (_, y) in zip(graph.boxes, places, strict=True)))
    right = max([width, *(x for path in paths for x, _ in path)]) + PADDING
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{right:.0f}" height="{height + 8:.0f}" '
        f'viewBox="0 0 {right:.0f} {height + 8:.0f}" font-family="monospace" font-size="11.5">',
        '<defs><marker id="head" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" '
        'markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z" fill="#555"/></marker></defs>',
    ]
    for path in paths:
        lines.append(
            f'<path d="{_curve(path)}" fill="none" stroke="#555" marker-end="url(#head)"/>'
        )
    for box, (x, y) in zip(graph.boxes, places, strict=True):
        lines.append(
            f'<rect x="{x - box.width / 2:.1f}" y="{y:.1f}" width="{box.width:.1f}" '
            f'height="{box.height:.1f}" rx="6" fill="{COLORS[box.kind]}" stroke="#555"/>'
        )
        for i, text in enumerate(box.text):
            weight = ' font-weight="bold"' if i == 0 else ""
            base = y + PADDING + LINE * (i + 0.75)
            lines.append(
                f'<text x="{x:.1f}" y="{base:.1f}" text-anchor="middle"{weight}>'
                f"{escape(text)}</text>"
            )
    return "\n".join([*lines, "</svg>", ""])


def _curve(path: list[tuple[float, float]]) -> str:
    (x, y), *rest = path
    text = f"M{x:.1f} {y:.1f}"
    for next_x, next_y in rest:
        middle = (y + next_y) / 2
        text += f"C{x:.1f} {middle:.1f} {next_x:.1f} {middle:.1f} {next_x:.1f} {next_y:.1f}"
        x, y = next_x, next_y
    return text


def _placed(graph: Graph) -> tuple[list[tuple[float, float]], list[list[tuple[float, float]]]]:
    """For each box the middle of its upper edge, and for each arrow the points it goes through."""
    boxes = list(graph.boxes)
    layer_of = _layers(len(boxes), graph.arrows)
    chains = []  # each arrow as a row of neighbours, one a layer
    for a, b in graph.arrows:
        chain = [a]
        for layer in range(layer_of[a] + 1, layer_of[b]):
            chain.append(len(boxes))
            layer_of.append(layer)
            boxes.append(Box("", "operation"))
        chains.append([*chain, b])
    above, below = defaultdict(list), defaultdict(list)
    for chain in chains:
        for a, b in zip(chain, chain[1:], strict=False):
            above[b].append(a)
            below[a].append(b)
    layers = defaultdict(list)
    for i, layer in enumerate(layer_of):
        layers[layer].append(i)
    rows = [layers[layer] for layer in sorted(layers)]
    x = dict.fromkeys(range(len(boxes)), 0.0)
    for sweep in range(SWEEPS):
        neighbours = below if sweep % 2 else above
        for row in reversed(rows) if sweep % 2 else rows:
            wanted = {
                i: mean([x[j] for j in neighbours[i]]) if neighbours[i] else x[i] for i in row
            }
            row.sort(key=wanted.__getitem__)
            _spread(row, wanted, boxes, x)
    left = min(x[i] - box.width / 2 for i, box in enumerate(boxes)) - PADDING
    tops, y = {}, PADDING
    for row in rows:
        for i in row:
            tops[i] = y
        y += max(boxes[i].height for i in row) + BELOW
    x = {i: value - left for i, value in x.items()}
    paths = [
        [(x[i], tops[i] + (boxes[i].height if n == 0 else 0)) for n, i in enumerate(chain)]
        for chain in chains
    ]
    return [(x[i], tops[i]) for i in range(len(graph.boxes))], paths


def _layers(count: int, arrows: list[tuple[int, int]]) -> list[int]:
    """For each box how many others stand above it; what nothing stands above, close to its use."""
    inputs, uses = defaultdict(list), defaultdict(list)
    for a, b in arrows:
        inputs[b].append(a)
        uses[a].append(b)
    layers, waiting = [0] * count, {i: len(inputs[i]) for i in range(count)}
    ready = [i for i in range(count) if not waiting[i]]
    while ready:
        a = ready.pop()
        for b in uses[a]:
            layers[b] = max(layers[b], layers[a] + 1)
            waiting[b] -= 1
            if not waiting[b]:
                ready.append(b)
    for i in range(count):
        if not inputs[i] and uses[i]:
            layers[i] = min(layers[b] for b in uses[i]) - 1
    return layers


def _spread(row: list[int], wanted: dict, boxes: list[Box], x: dict) -> None:
    """Puts the boxes of a layer beside each other, as near to where they want to be as fits."""
    at = []
    for n, i in enumerate(row):
        free = at[-1] + (boxes[row[n - 1]].width + boxes[i].width) / 2 + BESIDE if n else -1e9
        at.append(max(wanted[i], free))
    shift = mean(a - wanted[i] for a, i in zip(at, row, strict=True))
    for a, i in zip(at, row, strict=True):
        x[i] = a - shift

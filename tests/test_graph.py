"""graph: the boxes are torch's nodes, the numbers are the tensors', the picture is a picture."""

import re
from xml.etree import ElementTree

import pytest

import scratch
import torch_impl
from bench import models
from tests.same_script import error

COLUMNS = {"scratch": scratch, "torch_impl": torch_impl}
both = pytest.mark.parametrize("column", COLUMNS.values(), ids=COLUMNS)


def trained(column, retain_graph=False):
    column.manual_seed(0)
    model = models.mlp(column, (4, 3, 2))
    x, y = column.randn(5, 4), column.tensor([0, 1, 0, 1, 1])
    loss = column.nn.functional.cross_entropy(model(x), y)
    loss.backward(retain_graph=retain_graph)
    return column.graph(loss, model)


def drawn(graph):
    """The boxes' titles and the arrows between them. Hand-written nodes bear no 0 in torch."""
    titles = [re.sub("Backward0?$", "", box.title) for box in graph.boxes]
    return sorted(titles), sorted((titles[a], titles[b]) for a, b in graph.arrows)


@pytest.mark.parametrize("retain_graph", [False, True])
def test_both_columns_draw_the_same_graph(retain_graph):
    ours, twin = (trained(column, retain_graph) for column in COLUMNS.values())
    assert drawn(ours) == drawn(twin)


@both
def test_names_shapes_values_and_gradients(column):
    a = column.tensor(2.0, requires_grad=True)
    b = column.tensor(-3.0, requires_grad=True)
    c = a * b
    c.retain_grad()
    d = c + a
    d.backward()
    boxes = {box.title: box for box in column.graph(d).boxes}
    assert boxes["a"].lines == ["shape []", "value 2", "gradient -2"]
    assert boxes["c: MulBackward0"].lines == ["shape []", "value -6", "gradient 1"]
    assert boxes["d: AddBackward0"].kind == "result"
    assert boxes["d: AddBackward0"].lines[1] == "value -4"


@both
def test_gradients_on_the_way_while_the_graph_is_there(column):
    x = column.tensor([1.0, 2.0], requires_grad=True)
    y = (x * x).sum()
    picture = column.graph(y)
    (square,) = (box for box in picture.boxes if box.title == "MulBackward0")
    assert square.lines == ["shape [2]", "gradient [1, 1]"]
    assert x.grad is None and "gradient None" in picture.boxes[-1].lines
    y.backward()  # the graph is still there


@both
def test_large_tensors_are_summed_up(column):
    x = column.arange(100.0).requires_grad_()
    (leaf,) = (box for box in column.graph(x.sum()).boxes if box.title == "x")
    assert "value from 0 to 99" in leaf.lines


def test_ends_of_the_graph_are_shown():
    w = scratch.ones(2, requires_grad=True)
    v = scratch.ones(2, requires_grad=True)
    loss = ((w * 2).detach() * v).sum()
    (end,) = (box for box in scratch.graph(loss).boxes if box.kind == "end")
    assert re.fullmatch(r"detach\(\) in test_graph.py, line \d+", end.lines[0])


@both
def test_parameters_that_no_gradient_reaches(column):
    nn = column.nn
    model = nn.Sequential(nn.Linear(2, 3), nn.Linear(3, 1), nn.Linear(1, 1).requires_grad_(False))
    hidden = model[0](column.ones(1, 2)).detach()
    picture = column.graph(model[1](hidden).sum(), model)
    assert picture.unreached == ["0.weight", "0.bias"]
    said = repr(picture).splitlines()[1]
    assert said.startswith("no gradient reaches 0.weight, 0.bias")
    if column is scratch:
        assert re.search(r"\(the graph ends at detach\(\) in test_graph.py, line \d+\)$", said)
    assert column.graph(model(column.ones(1, 2)).sum(), model).unreached == []


@both
def test_views_have_a_shape_and_kept_gradients_stay(column):
    x = column.ones(6, requires_grad=True)
    y = x.view(2, 3)
    z = y.exp().sum()
    (view,) = (box for box in drawn_elsewhere(column, z).boxes if box.title == "ViewBackward0")
    assert view.lines[0] == "shape [2, 3]"
    y.retain_grad()
    z.backward(retain_graph=True)
    before = y.grad.clone()
    assert any(box.title == "y: ViewBackward0" for box in column.graph(z).boxes)
    assert (y.grad == before).all()


def drawn_elsewhere(column, z):
    """The graph, where no variable holds what was computed on the way."""
    return column.graph(z)


def test_the_end_of_the_graph_is_where_it_was_left_first():
    def end(leave):
        x = scratch.ones(4, requires_grad=True)
        with pytest.raises(RuntimeError) as error:
            leave(x).sum().backward()
        return re.search(r"ends at (.*?)( in test_graph.py, line \d+)?$", str(error.value))[1]

    @scratch.no_grad()
    def later(x):
        return x * 2

    assert end(lambda x: x.detach().view(2, 2)) == "detach()"
    assert end(lambda x: later(x.detach())) == "detach()"
    assert end(lambda x: later(later(x))) == "an operation under no_grad()"


@both
def test_a_leaf_and_what_has_no_graph(column):
    w = column.nn.Parameter(column.ones(2))
    assert [box.title for box in column.graph(w).boxes] == ["w"]
    assert error(column, lambda: column.graph(column.ones(2))) == "RuntimeError"
    assert error(column, lambda: column.graph(3)) == "TypeError"


@both
def test_several_outputs(column):
    x = column.ones(4, requires_grad=True)
    a, b = x.split(2)
    picture = column.graph((a * b).sum())
    assert sum("Split" in box.title for box in picture.boxes) == 1
    assert len(picture.arrows) == 4  # the split's outputs both lead to the product


def test_a_deep_graph_needs_no_recursion():
    x = y = scratch.ones(1, requires_grad=True)
    for _ in range(3000):
        y = y + x
    assert len(scratch.graph(y).boxes) == 3001


# ---- the pictures ---------------------------------------------------------------------------


def rectangles(svg: str) -> list[tuple[float, float, float, float]]:
    root = ElementTree.fromstring(svg)
    found = root.iter("{http://www.w3.org/2000/svg}rect")
    return [tuple(float(r.get(k)) for k in ("x", "y", "width", "height")) for r in found]


@both
def test_no_box_covers_another_and_all_are_in_the_picture(column):
    picture = trained(column)
    boxes = rectangles(picture.svg)
    assert len(boxes) == len(picture.boxes)
    root = ElementTree.fromstring(picture.svg)
    width, height = float(root.get("width")), float(root.get("height"))
    for i, (x, y, w, h) in enumerate(boxes):
        assert x >= 0 and y >= 0 and x + w <= width and y + h <= height
        for x2, y2, w2, h2 in boxes[:i]:
            assert x + w <= x2 or x2 + w2 <= x or y + h <= y2 or y2 + h2 <= y
    for a, b in picture.arrows:
        assert boxes[a][1] + boxes[a][3] <= boxes[b][1]  # arrows lead down
    height_of = {box.title: place[1] for box, place in zip(picture.boxes, boxes, strict=True)}
    assert height_of["3.bias"] > height_of["1.bias"]  # a leaf stands close to where it is used


def test_text_is_escaped(tmp_path):
    x = scratch.ones(1, requires_grad=True)
    graph = scratch.graph(x * 2, **{'<"\\&': x})
    assert [text for box in graph.boxes for text in box.text if "<" in text]
    ElementTree.fromstring(graph.svg)
    assert '"<\\"\\\\&\\n' in graph.dot


@both
def test_saving(column, tmp_path):
    picture = trained(column)
    for name in ("a.svg", "a.dot"):
        picture.save(tmp_path / name)
    assert (tmp_path / "a.svg").read_text("utf-8") == picture.svg == picture._repr_svg_()
    assert (tmp_path / "a.dot").read_text("utf-8") == picture.dot
    with pytest.raises(ValueError, match=r"\.svg or \.dot"):
        picture.save(tmp_path / "a.png")
    assert repr(picture).startswith("Graph(")


def test_dot_has_every_box_and_arrow():
    picture = trained(torch_impl)
    assert picture.dot.count("label=") == len(picture.boxes)
    assert picture.dot.count(" -> ") == len(picture.arrows)
    assert picture.dot.startswith("digraph {")

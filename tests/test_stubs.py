"""Editors see a tensor's methods as they are."""

import ast

import scratch
from tests.stubs import CLASS, STUB, attached, stub


def test_the_stub_is_true():
    assert STUB.read_text(encoding="utf-8") == stub(), "run `python -m tests.stubs`"


def test_every_method_is_found():
    """What `dir` lists is in the stub, in the class, or in what they inherit from."""
    tree = ast.parse(STUB.read_text(encoding="utf-8"))
    (methods,) = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    told = {node.name for node in methods.body if isinstance(node, ast.FunctionDef)}
    shown = CLASS.read_text(encoding="utf-8")
    missing = [
        name
        for name in vars(scratch.Tensor)
        if name not in told and f" {name}" not in shown and not name.startswith("__")
    ]
    assert told == set(attached()) and not missing
    assert {"add_", "view", "sum", "T", "__add__", "__getitem__"} <= told


def test_a_forgotten_method_is_noticed(monkeypatch):
    before = stub()
    monkeypatch.setattr(scratch.Tensor, "doubled", lambda self: self * 2, raising=False)
    assert stub() != before

"""safetensors: a file of tensors and nothing else: that package's own, where it is installed.

>>> load(save({"x": torch.ones(2)}))
{'x': tensor([1., 1.])}
>>> import os, tempfile
>>> path = os.path.join(tempfile.mkdtemp(), "model.safetensors")
>>> save_file(torch.nn.Linear(2, 1).state_dict(), path)
>>> sorted(load_file(path))
['bias', 'weight']
"""

from __future__ import annotations

import importlib
import os
from types import ModuleType

import torch

__all__ = ["save_file", "load_file", "save", "load"]


def _package() -> ModuleType:
    return importlib.import_module("safetensors.torch")


def save_file(
    tensors: dict[str, torch.Tensor],
    filename: str | os.PathLike,
    metadata: dict[str, str] | None = None,
) -> None:
    """Writes tensors to a file."""
    _package().save_file(tensors, filename, metadata)


def load_file(
    filename: str | os.PathLike, device: str | int | torch.device = "cpu"
) -> dict[str, torch.Tensor]:
    """Reads the tensors of a file."""
    return _package().load_file(filename, device)


def save(tensors: dict[str, torch.Tensor], metadata: dict[str, str] | None = None) -> bytes:
    """The bytes of such a file."""
    return _package().save(tensors, metadata)


def load(data: bytes) -> dict[str, torch.Tensor]:
    """The tensors in the bytes of such a file."""
    return _package().load(data)

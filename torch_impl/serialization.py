"""Saving and loading, in torch: its own.

>>> import os, tempfile
>>> path = os.path.join(tempfile.mkdtemp(), "checkpoint.pt")
>>> model = torch.nn.Linear(2, 1)
>>> optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
>>> save({"model": model.state_dict(), "optimizer": optimizer.state_dict(), "epoch": 7}, path)
>>> checkpoint = load(path)  # weights_only=True: tensors and plain data, nothing that runs
>>> checkpoint["epoch"]
7
>>> model.load_state_dict(checkpoint["model"])
<All keys matched successfully>

Tensors that shared memory share it afterwards:

>>> x = torch.zeros(3)
>>> save([x, x[1:]], path)
>>> y, part = load(path, map_location="cpu")
>>> y[1] = 5
>>> part
tensor([5., 0.])

A whole module is loaded when its class is allowed, or everything is:

>>> save(torch.nn.ReLU(), path)
>>> with safe_globals([torch.nn.ReLU]):
...     load(path)
ReLU()
"""

from torch import load, save
from torch.serialization import (
    add_safe_globals,
    clear_safe_globals,
    get_safe_globals,
    safe_globals,
)

__all__ = [
    "save",
    "load",
    "add_safe_globals",
    "clear_safe_globals",
    "get_safe_globals",
    "safe_globals",
]

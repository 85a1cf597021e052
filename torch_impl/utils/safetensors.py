"""safetensors: a file of tensors and nothing else: that package's own, for torch.

>>> load(save({"x": torch.ones(2)}))
{'x': tensor([1., 1.])}
>>> import os, tempfile
>>> path = os.path.join(tempfile.mkdtemp(), "model.safetensors")
>>> save_file(torch.nn.Linear(2, 1).state_dict(), path)
>>> sorted(load_file(path))
['bias', 'weight']
"""

from safetensors.torch import load, load_file, save, save_file

__all__ = ["save_file", "load_file", "save", "load"]

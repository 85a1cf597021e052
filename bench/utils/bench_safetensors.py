"""How fast a file of tensors is written and read."""

import importlib

from bench.timing import lesson


@lesson("utils/safetensors", size=[(20, 20), (1000, 1)])
def there_and_back(torch, device, size):
    """To bytes, and to tensors again."""
    width, count = size
    name = "scratch" if torch.__name__ == "scratch" else "torch_impl"
    library = importlib.import_module(f"{name}.utils.safetensors")
    found = {f"{i}.weight": torch.ones(width, width, device=device) for i in range(count)}

    def step():
        return library.load(library.save(found))

    return step

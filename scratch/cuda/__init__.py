"""GPUs: ``scratch`` computes on the CPU, so it sees none.

What a script asks before it chooses a device gets a true answer here, so that
``"cuda" if torch.cuda.is_available() else "cpu"`` chooses the CPU.
"""

__all__ = [
    "is_available",
    "device_count",
    "manual_seed",
    "manual_seed_all",
    "empty_cache",
    "memory_allocated",
]


def is_available() -> bool:
    """Whether tensors can live on a GPU.

    Examples:
        >>> "cuda" if torch.cuda.is_available() else "cpu"
        'cpu'
    """
    return False


def device_count() -> int:
    """How many GPUs there are."""
    return 0


def manual_seed(seed: int) -> None:
    """Seeds the random numbers of the current GPU; without one, does nothing, as in torch."""


def manual_seed_all(seed: int) -> None:
    """Seeds the random numbers of all GPUs; without any, does nothing, as in torch."""


def empty_cache() -> None:
    """Gives unused memory of the GPUs back; without any, does nothing, as in torch."""


def memory_allocated(device: object = None) -> int:
    """How many bytes tensors take on a GPU."""
    return 0


class OnGpu(type):
    """Classes that tensors on a GPU would have. Nothing is one, and none can be made."""

    def __call__(cls, *data: object):
        raise TypeError(
            f"type torch.cuda.{cls.__name__} not available. Torch not compiled with CUDA enabled."
        )


for _name in ("Float", "Double", "Half", "Int", "Long", "Short", "Char", "Byte", "Bool"):
    _name = f"{_name}Tensor"
    globals()[_name] = OnGpu(_name, (), {"__module__": "torch.cuda", "is_cuda": True})

"""Whatever is quicker than the CPU: ``scratch`` computes on the CPU, so it sees nothing.

What a script asks before it chooses a device gets a true answer.
"""

from ..devices import device

__all__ = ["is_available", "device_count", "current_accelerator"]


def is_available() -> bool:
    """Whether tensors can live on one.

    Examples:
        >>> accelerator = torch.accelerator
        >>> accelerator.current_accelerator().type if accelerator.is_available() else "cpu"
        'cpu'
    """
    return False


def device_count() -> int:
    """How many there are."""
    return 0


def current_accelerator(check_available: bool = False) -> device | None:
    """The kind of device it is: none."""
    return None

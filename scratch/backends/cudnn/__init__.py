"""NVIDIA's library for convolutions on GPUs: its settings, and that it is not here.

Scripts that want the same numbers each time set ``deterministic = True`` and ``benchmark = False``.
Here they have the same numbers in any case.
"""

__all__ = ["is_available", "version"]

enabled = True
deterministic = False
benchmark = False
allow_tf32 = True


def is_available() -> bool:
    """Whether the library is here.

    Examples:
        >>> torch.backends.cudnn.deterministic = True
        >>> torch.backends.cudnn.is_available()
        False
    """
    return False


def version() -> int | None:
    """Which one is here: none."""
    return None

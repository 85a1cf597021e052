"""The GPU of Apple's computers, which ``scratch`` does not use."""

__all__ = ["is_available", "is_built"]


def is_available() -> bool:
    """Whether tensors can live on it.

    Examples:
        >>> "mps" if torch.backends.mps.is_available() else "cpu"
        'cpu'
    """
    return False


def is_built() -> bool:
    """Whether this library could use it."""
    return False

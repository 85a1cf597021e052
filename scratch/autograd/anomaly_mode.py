"""Finding the operation behind a bad gradient: ``detect_anomaly``.

While it is on, every operation remembers the stack of its forward call, and backward stops at the
first gradient that holds a NaN, naming the operation and the line of the forward that called it.
It costs time: for debugging only.
"""

from __future__ import annotations

import traceback

__all__ = ["detect_anomaly", "set_detect_anomaly", "is_anomaly_enabled"]


class _State:
    enabled = False
    check_nan = True


state = _State()


def is_anomaly_enabled() -> bool:
    """Whether anomaly detection is on."""
    return state.enabled


class set_detect_anomaly:
    """Switches anomaly detection on or off; as a context manager, until its end.

    Args:
        mode: whether to detect anomalies
        check_nan: whether to stop at a NaN. Default: True
    """

    def __init__(self, mode: bool, check_nan: bool = True):
        self.before = state.enabled, state.check_nan
        state.enabled, state.check_nan = mode, check_nan

    def __enter__(self) -> None:
        pass

    def __exit__(self, *exception) -> None:
        state.enabled, state.check_nan = self.before


class detect_anomaly:
    """Detects anomalies within a ``with`` block.

    Args:
        check_nan: whether to stop at a NaN. Default: True

    Examples:
        >>> x = torch.tensor([0.0], requires_grad=True)
        >>> with torch.autograd.detect_anomaly():
        ...     (torch.sqrt(x) * 0).sum().backward()
        Traceback (most recent call last):
        RuntimeError: Function 'SqrtBackward0' returned nan values in its 0th output...
    """

    def __init__(self, check_nan: bool = True):
        self.check_nan = check_nan

    def __enter__(self) -> None:
        self.switch = set_detect_anomaly(True, self.check_nan)

    def __exit__(self, *exception) -> None:
        self.switch.__exit__()


def forward_stack() -> list[str]:
    """The call that is being recorded, innermost last, without this library's own frames."""
    stack = traceback.extract_stack()
    while len(stack) > 1 and _is_ours(stack[-1].filename):
        stack.pop()
    return traceback.format_list(stack)


_HERE = __file__.rsplit("autograd", 1)[0]


def _is_ours(filename: str) -> bool:
    return filename.startswith(_HERE)

"""Which line of the user's program is being run."""

from __future__ import annotations

import sys


def user_line() -> tuple[str, int]:
    """File and line of the innermost frame outside this library."""
    frame = sys._getframe(1)
    while frame.f_back is not None and frame.f_globals.get("__name__", "").startswith("scratch."):
        frame = frame.f_back
    return frame.f_code.co_filename, frame.f_lineno

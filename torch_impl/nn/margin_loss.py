"""Losses of a classifier with a margin: the right class's score has to be the highest by far.

Each other class within the margin of a right one costs what it lacks; those below cost nothing.
"""

from __future__ import annotations

from torch.nn import MultiLabelMarginLoss, MultiMarginLoss

__all__ = ["MultiMarginLoss", "MultiLabelMarginLoss"]

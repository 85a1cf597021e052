"""Logarithms of probabilities, none of which is infinite."""

from __future__ import annotations

import torch


def logarithms(x):
    """ln(1 - x) and ln x, but no less than -100."""
    return torch.log1p(-x).clamp(min=-100), torch.log(x).clamp(min=-100)


def log_sigmoid(x):
    """ln(1 / (1 + e^-x)) = min(x, 0) - ln(1 + e^-|x|), in which no power overflows."""
    return x.clamp(max=0) - torch.log1p(torch.exp(-x.abs()))

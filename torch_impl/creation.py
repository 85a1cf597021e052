"""Being written."""

from torch import tensor, as_tensor, from_numpy, empty, zeros, ones, full, eye, arange, linspace, empty_like, zeros_like, ones_like, full_like

__all__ = ['tensor', 'as_tensor', 'from_numpy', 'empty', 'zeros', 'ones', 'full', 'eye', 'arange', 'linspace', 'empty_like', 'zeros_like', 'ones_like', 'full_like']

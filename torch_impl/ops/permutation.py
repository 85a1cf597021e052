"""Being written."""

from torch import transpose, swapaxes, swapdims, t, permute, movedim, moveaxis, flip, roll

__all__ = ['transpose', 'swapaxes', 'swapdims', 't', 'permute', 'movedim', 'moveaxis', 'flip', 'roll']

"""Memory: what a tensor, its views and its detached self have in common: torch's own.

>>> x = torch.tensor([1, 2, 3], dtype=torch.int16)
>>> x.untyped_storage().tolist(), x[1:].storage_offset()
([1, 0, 2, 0, 3, 0], 1)
>>> x[1:].untyped_storage() is x.untyped_storage()
True
>>> import copy
>>> a, b = copy.deepcopy([x, x[1:]])  # the copies share memory as well
>>> b[0] = 7
>>> a, x
(tensor([1, 7, 3], dtype=torch.int16), tensor([1, 2, 3], dtype=torch.int16))
"""

from torch import (
    TypedStorage,
    UntypedStorage,
    is_storage,
)

__all__ = [
    "UntypedStorage",
    "TypedStorage",
    "is_storage",
]

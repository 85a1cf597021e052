"""Images with labels, and the data set that travels with the package.

digits    1,797 handwritten digits, 8 x 8 pixels, each pixel 0 to 16

The UCI handwritten digits (ATTRIBUTION.md beside this file). The test images are the last 360 of
`numpy.random.RandomState(0).permutation(1797)`, a stream NumPy promises never to change: every
reader, everywhere, trains on the same 1,437 images and is tested on the same 360.
"""

from pathlib import Path
from typing import NamedTuple

import numpy as np

__all__ = ["DataError", "Images", "digits"]

TEST_IMAGES = 360


class DataError(OSError):
    """Data that is not there or not what it should be; the message says what to do."""


class Images(NamedTuple):
    """A data set as files hold it: small integers. Divide by `white` to get 0 to 1."""

    train_x: np.ndarray  # N, height, width
    train_y: np.ndarray  # N
    test_x: np.ndarray
    test_y: np.ndarray
    white: int

    @property
    def pixels(self) -> int:
        """How many numbers an image has: what the first layer takes in."""
        return int(np.prod(self.train_x.shape[1:]))

    def framed(self, side: int) -> "Images":
        """The same as pictures of one channel, ``side`` pixels each way: every pixel as many times
        as fit, and black around them."""
        return self._replace(train_x=_framed(self.train_x, side), test_x=_framed(self.test_x, side))


def digits() -> Images:
    """The embedded handwritten digits, always split alike.

    >>> images = digits()
    >>> images.train_x.shape, images.test_x.shape, images.white
    ((1437, 8, 8), (360, 8, 8), 16)
    >>> images.test_y[:10]
    array([7, 9, 4, 7, 0, 2, 6, 1, 3, 1])
    """
    with np.load(Path(__file__).with_name("digits.npz"), allow_pickle=False) as file:
        x, y = file["images"], file["labels"].astype(np.int64)
    order = np.random.RandomState(0).permutation(len(x))
    train, test = order[:-TEST_IMAGES], order[-TEST_IMAGES:]
    return Images(x[train], y[train], x[test], y[test], white=16)


def _framed(x: np.ndarray, side: int) -> np.ndarray:
    times = side // x.shape[1]
    x = x.repeat(times, axis=1).repeat(times, axis=2)
    rest = side - x.shape[1]
    edge = rest // 2, rest - rest // 2
    return np.pad(x, ((0, 0), edge, edge))[:, None]  # N, 1, side, side

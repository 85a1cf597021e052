"""The data the trainer learns from: one small set embedded, two larger ones read from disk."""

from bench.data.images import DataError, Images, digits
from bench.data.mnist import mnist

__all__ = ["DataError", "Images", "digits", "mnist"]

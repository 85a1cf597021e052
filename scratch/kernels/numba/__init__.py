"""Loops compiled by Numba, which is imported with the first call that is worth it."""

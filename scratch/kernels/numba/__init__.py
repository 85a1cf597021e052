"""Loops compiled for the processor by Numba, which is imported with the first call that needs it."""

"""Faster rules for ``scratch/nn``."""

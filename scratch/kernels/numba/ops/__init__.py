"""Faster rules for ``scratch/ops``."""

"""Faster rules for ``scratch/optim``."""

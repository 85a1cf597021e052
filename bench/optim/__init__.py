"""Benchmarks: the optimizers."""

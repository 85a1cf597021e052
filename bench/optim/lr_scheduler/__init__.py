"""Benchmarks: schedulers of the learning rate."""

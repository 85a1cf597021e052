"""Benchmarks: the tensor operations."""

"""Benchmarks: parameters of a whole network."""

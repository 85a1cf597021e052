"""Benchmarks: the engine."""

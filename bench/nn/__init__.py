"""Benchmarks: the layers and losses."""

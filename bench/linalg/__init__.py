"""Benchmarks: linear algebra."""

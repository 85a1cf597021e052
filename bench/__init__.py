"""The workbench: the `sidebyside` command, the trainer it runs, and the benchmarks.

This is the top floor: it imports scratch, torch_impl and torch, and nothing imports it.
"""

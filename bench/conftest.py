"""What pytest-benchmark's JSON says about the machine, so that a number can be judged later."""

import os
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import pytest
from threadpoolctl import threadpool_info

from bench import threads, timing


@pytest.hookimpl(trylast=True)
def pytest_benchmark_update_machine_info(
    config: pytest.Config, machine_info: dict[str, Any]
) -> None:
    import torch

    del machine_info["node"]  # results are published; whose computer it was is nobody's business
    machine_info["cores"] = os.cpu_count()
    machine_info["threads"] = threads.wanted()
    machine_info["backend"] = timing.backend()
    machine_info["gpu"] = torch.cuda.get_device_name() if torch.cuda.is_available() else None
    machine_info["pools"] = pools()
    machine_info["versions"] = {name: installed(name) for name in ("torch", "numpy", "numba")}


def installed(distribution: str) -> str | None:
    try:
        return version(distribution)
    except PackageNotFoundError:
        return None


def pools() -> list[str]:
    """The libraries in this process that have threads of their own, BLAS among them."""
    return [
        f"{pool['internal_api']} {pool['version']} {pool['num_threads']} threads"
        for pool in threadpool_info()
    ]

"""What every test, example and benchmark shares."""

import os

import pytest

import scratch
import torch_impl


def pytest_addoption(parser: pytest.Parser) -> None:
    """`pytest --backend numba` runs everything with scratch's compiled kernels."""
    chosen = os.environ.get("SIDEBYSIDE_BACKEND", "numpy")
    parser.addoption("--backend", default=chosen, choices=["numpy", "numba"])
    parser.addoption("--programs", type=int, default=20_000, help="how many tests/fuzz runs")
    parser.addoption("--first-block", type=int, default=0, help="how many thousands it leaves out")


def pytest_configure(config: pytest.Config) -> None:
    """One backend from the first test to the last, however many optimizer steps they make."""
    os.environ["SIDEBYSIDE_BACKEND"] = config.getoption("--backend")  # which benchmarks ask
    scratch.set_backend(config.getoption("--backend"))


@pytest.fixture(autouse=True)
def _torch_in_examples(request: pytest.FixtureRequest) -> None:
    """In a docstring's example, `torch` is the column the file belongs to."""
    if isinstance(request.node, pytest.DoctestItem):
        namespace = request.getfixturevalue("doctest_namespace")
        is_twin = torch_impl.__name__ in request.path.parts
        namespace["torch"] = torch_impl if is_twin else scratch


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """An example may warn, as what it shows does; a test says that it expects it."""
    for item in items:
        if isinstance(item, pytest.DoctestItem):
            item.add_marker(pytest.mark.filterwarnings("ignore"))

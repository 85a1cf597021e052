"""What is installed: light to import, complete, and as useful without Numba."""

import re
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest

import scratch
from tests.mirror import imports

ROOT = Path(__file__).parents[1]


def run(program: str) -> str:
    """The output of a program in an interpreter of its own."""
    command = [sys.executable, "-W", "error", "-c", program]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


ONLY_NUMPY = """
import sys

class OnlyNumpy:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] not in {"scratch", "numpy", *sys.stdlib_module_names}:
            raise ImportError(f"{name} is not here")

sys.meta_path.insert(0, OnlyNumpy())
"""

WITH_KERNELS = """
import scratch
scratch.set_backend("numba")
"""

TRAINING = """
import scratch as torch
torch.manual_seed(0)
model = torch.nn.Sequential(torch.nn.Linear(4, 20), torch.nn.Tanh(), torch.nn.Linear(20, 3))
optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
x, target = torch.randn(16, 4), torch.randint(0, 3, (16,))
for _ in range(5):
    loss = torch.nn.functional.cross_entropy(model(x), target)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    print(f"{loss.item():.5f}")
print(torch.rand(3).tolist(), torch.randn(40).tolist(), torch.randperm(20).tolist())
"""


def test_importing_scratch_imports_numpy_alone() -> None:
    program = "import sys, scratch; print(*{name.partition('.')[0] for name in sys.modules})"
    loaded = set(run(program).split())
    assert "numpy" in loaded
    assert loaded & {"numba", "llvmlite", "torch", "torchvision", "matplotlib", "rich"} == set()


def test_with_nothing_but_numpy_the_same_digits_come_out() -> None:
    assert run(ONLY_NUMPY + TRAINING) == run(TRAINING) == run(WITH_KERNELS + TRAINING)


@pytest.mark.parametrize("package", ["scratch", "torch_impl", "bench"])
def test_type_checkers_find_the_hints(package: str) -> None:
    assert (ROOT / package / "py.typed").is_file()


def test_the_version_is_the_changelogs_newest() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    newest = re.search(r"^## \[(\d+\.\d+\.\d+)\]", changelog, re.MULTILINE)
    assert newest is not None
    assert scratch.__version__ == newest[1] == metadata.version("sidebyside")


def test_the_command_is_installed() -> None:
    (command,) = metadata.entry_points(group="console_scripts", name="sidebyside")
    assert callable(command.load())


@pytest.mark.parametrize("package", ["torch_impl", "bench"])
def test_what_is_imported_is_declared(package: str) -> None:
    wanted = {re.split(r"[^\w-]", line)[0] for line in metadata.requires("sidebyside") or ()}
    known = {*sys.stdlib_module_names, *wanted, "scratch", "torch_impl", "bench"}
    for path in sorted((ROOT / package).rglob("*.py")):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        used = {target.partition(".")[0] for target in imports(path, name, {})}
        assert used - {"", *known} == set(), path

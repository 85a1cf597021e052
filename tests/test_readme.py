"""What README shows is what happens."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SCRIPTS = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
(PRINTED,) = re.findall(r"Both print\n\n```text\n(.*?)```", README, re.DOTALL)


def test_the_columns_differ_in_the_import_alone() -> None:
    (first, *ours), (other, *theirs) = (script.splitlines() for script in SCRIPTS)
    assert (first, other) == ("import scratch as torch", "import torch")
    assert ours == theirs


@pytest.mark.parametrize("script", SCRIPTS, ids=["scratch", "torch"])
def test_the_script_prints_what_is_shown(script: str) -> None:
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.stderr == ""
    assert done.stdout == PRINTED


@pytest.mark.parametrize("target", re.findall(r"\]\(([^):]+)\)", README))
def test_a_link_leads_somewhere(target: str) -> None:
    assert (ROOT / target).exists()

"""What a script pays before its first line: a new Python that imports a column and ends."""

import subprocess
import sys
from pathlib import Path

from bench.timing import lesson


@lesson("import")
def import_(torch, device, size):
    command = [sys.executable, "-c", f"import {torch.__name__}"]
    home = Path(__file__).parents[1]
    return lambda: subprocess.run(command, check=True, cwd=home)

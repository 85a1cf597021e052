"""What the workbench changes in its process, put back after each test."""

import os

import pytest
import torch
from threadpoolctl import threadpool_limits
from typer.testing import CliRunner

from bench.cli import app


@pytest.fixture
def sidebyside(monkeypatch):
    """The command, called in this process: `sidebyside("show", "nn/linear")`."""
    monkeypatch.setattr(os, "environ", os.environ.copy())
    threads = torch.get_num_threads()

    def call(*arguments):
        return CliRunner().invoke(app, [str(argument) for argument in arguments])

    with threadpool_limits():
        yield call
    torch.set_num_threads(threads)

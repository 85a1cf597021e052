"""The numbers of a test are the same whether it runs alone or after others."""

import numpy as np
import pytest

from tests.nn import inputs

START = np.random.default_rng(0).bit_generator.state


@pytest.fixture(autouse=True)
def _numbers_from_the_start() -> None:
    inputs.rng.bit_generator.state = START

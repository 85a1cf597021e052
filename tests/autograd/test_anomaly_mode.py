"""Anomaly detection stops at the first NaN and points at the line of the forward."""

import warnings

import pytest

import scratch
from tests.same_script import error, same_script


@same_script
def test_a_nan_is_an_error_only_inside(torch):
    def bad():
        x = torch.tensor([0.0], requires_grad=True)
        (torch.sqrt(x) * 0).sum().backward()
        return x.grad

    with torch.autograd.detect_anomaly():
        inside = error(torch, bad)
    with torch.autograd.detect_anomaly(check_nan=False):
        unchecked = error(torch, bad)
    with torch.autograd.set_detect_anomaly(True):
        on = torch.is_anomaly_enabled()
    return inside, unchecked, on, torch.is_anomaly_enabled(), bad()


def test_it_names_the_function_and_the_line():
    x = scratch.tensor([0.0], requires_grad=True)
    with scratch.autograd.detect_anomaly():
        y = scratch.sqrt(x)  # the line at fault
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            with pytest.raises(RuntimeError, match="SqrtBackward0.*nan values in its 0th output"):
                (y * 0).sum().backward()
    (advice,) = [w for w in caught if w.category is UserWarning]
    assert "the line at fault" in str(advice.message)
    assert x.grad is None

"""The lines with which scripts choose a device."""

import pytest
import torch as real_torch

import scratch
from tests.same_script import error, same_script

no_gpu = pytest.mark.skipif(
    real_torch.cuda.is_available(), reason="torch uses the GPU of this machine, scratch the CPU"
)


@no_gpu
@same_script
def test_the_device_line(torch):
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    torch.cuda.manual_seed(0)
    torch.cuda.manual_seed_all(0)
    x = torch.ones(2, device=device)
    accelerator = torch.accelerator.current_accelerator() or "cpu"
    newer = accelerator if torch.accelerator.is_available() else "cpu"
    mps = torch.device("mps" if torch.backends.mps.is_available() else "cpu")
    counts = [torch.cuda.device_count(), torch.accelerator.device_count()]
    return [str(device), str(newer), str(mps), str(x.device), counts, x.to(device), x.cpu()]


@no_gpu
@same_script
def test_settings_of_what_is_not_there(torch):
    cudnn = torch.backends.cudnn
    before = [cudnn.enabled, cudnn.deterministic, cudnn.benchmark]
    cudnn.deterministic, cudnn.benchmark = True, True
    after = [cudnn.deterministic, cudnn.benchmark]
    cudnn.deterministic, cudnn.benchmark = False, False
    torch.cuda.empty_cache()
    return [
        torch.cuda.memory_allocated(),
        before,
        after,
        cudnn.is_available(),
        cudnn.version(),
        torch.backends.mps.is_built(),
    ]


@no_gpu
@same_script
def test_a_gpu_that_is_not_there(torch):
    return [
        error(torch, lambda: torch.ones(2).to("cuda")),
        error(torch, lambda: torch.ones(2).cuda()),
        error(torch, lambda: torch.ones(2, device="cuda")),
        error(torch, lambda: torch.nn.Linear(2, 2).cuda()),
    ]


def test_scratch_says_what_it_cannot_do():
    assert not scratch.cuda.is_available()
    with pytest.raises(AssertionError, match="this library computes on the CPU"):
        scratch.ones(2).cuda()

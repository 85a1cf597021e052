"""Ranges: equal distances, equal ratios, windows."""

import warnings

import numpy as np
import pytest
import torch

import scratch
from tests.expressions import alike

FLOATING = ("float16", "float32", "float64")


test_lines = alike(
    """
torch.logspace(0,2,3)
torch.logspace(0,2,5,base=2)
torch.logspace(0,2,5,2.0)
torch.logspace(-1,1,steps=4,dtype=torch.float64)
torch.logspace(0,3,4,dtype=torch.int64)
torch.logspace(0,3,4,dtype=torch.int32)
torch.logspace(0,3,4,dtype=torch.uint8)
torch.logspace(0,3,0)
torch.logspace(0,3,1)
torch.logspace(0,3,-1)
torch.logspace(0,3,4,base=-2.)
torch.logspace(0,3,7,base=0.)
torch.logspace(torch.tensor(0.),torch.tensor(1),3)
torch.logspace(0,1,3,dtype=torch.bool)
torch.logspace(0,1,3,requires_grad=True)
torch.linspace(0,1,3,dtype=torch.bool)
torch.linspace(0,1)
torch.range(1,4)
torch.range(1,4,2)
torch.range(4)
torch.range(0)
torch.range(1,2.5,.5)
torch.range(1,4,dtype=torch.int64)
torch.range(4,1)
torch.range(4,1,-1)
torch.range(0,1,0)
torch.range(0.,1,0.1)
torch.range(end=3)
torch.range(1)
torch.asarray(numpy.arange(3))
torch.asarray(numpy.arange(3)[::-1])
torch.asarray(numpy.arange(3), copy=True)
torch.asarray(numpy.arange(3), dtype=torch.float32, copy=False)
torch.frombuffer(numpy.arange(4), dtype=torch.int64)
torch.arange(3,out=torch.zeros(3))
torch.arange(3,out=torch.zeros(3,dtype=torch.int64))
torch.arange(3.5,out=torch.zeros(3,dtype=torch.int64))
torch.arange(3,out=torch.zeros(3,dtype=torch.int64),dtype=torch.float32)
torch.linspace(0,1,3,out=torch.zeros(3,dtype=torch.float64))
torch.logspace(0,1,3,out=torch.zeros(3,dtype=torch.float64))
torch.range(0,1,out=torch.zeros(2,dtype=torch.float64))
torch.arange(3,layout=torch.strided,pin_memory=False)
torch.arange(numpy.int64(3))
torch.arange(numpy.float32(3))
torch.arange(torch.tensor(3.))
torch.arange(torch.tensor(3))
torch.arange(torch.tensor([3]))
torch.arange(numpy.array(3))
torch.arange(0,torch.tensor(3.),1)
torch.arange(5,2)
torch.arange(0,5,-1)
torch.arange(1,2,3,4)
torch.arange(3,dtype=torch.int8)
torch.arange(300,dtype=torch.int8).sum()
torch.hann_window(5)
torch.hann_window(5,periodic=False)
torch.hann_window(5,False,dtype=torch.float64)
torch.hann_window(1)
torch.hann_window(0)
torch.hann_window(-1)
torch.hann_window(5,dtype=torch.int64)
torch.hann_window(4.5)
torch.hamming_window(5)
torch.hamming_window(6,False,0.5)
torch.hamming_window(6,True,0.5,0.4)
torch.hamming_window(1)
torch.bartlett_window(5)
torch.bartlett_window(6,False)
torch.blackman_window(5)
torch.blackman_window(6,False)
torch.hann_window(5,requires_grad=True)
torch.tril_indices(2,3)
torch.from_numpy(numpy.arange(6).reshape(2,3)[1:]).storage_offset()
torch.from_numpy(numpy.arange(6).reshape(2,3)[1:])[:,1:].storage_offset()
torch.from_numpy(numpy.arange(6).reshape(2,3)[:,::2]).storage().size()
torch.tensor(numpy.arange(6).reshape(2,3).T).stride()
torch.triu_indices(2,2)
"""
)


@pytest.mark.parametrize("dtype", [*FLOATING, "int64", "int16", "uint8"])
@pytest.mark.parametrize("seed", range(5))
def test_logspace_to_the_last_bits(dtype, seed):
    r = np.random.default_rng(seed)
    for _ in range(40):
        start, end = r.uniform(-2, 2, 2) if dtype in FLOATING else r.integers(0, 3, 2)
        steps, base = int(r.integers(0, 50)), float(r.uniform(0.5, 3))
        ours, theirs = (
            m.logspace(float(start), float(end), steps, base, dtype=getattr(m, dtype)).numpy()
            for m in (scratch, torch)
        )
        np.testing.assert_allclose(ours, theirs, rtol=2e-3 if dtype == "float16" else 3e-7)


@pytest.mark.parametrize("dtype", FLOATING)
@pytest.mark.parametrize("name", ["hann", "hamming", "bartlett", "blackman"])
def test_windows(name, dtype):
    for length in (0, 1, 2, 3, 8, 33, 100):
        for periodic in (True, False):
            ours, theirs = (
                getattr(m, f"{name}_window")(length, periodic, dtype=getattr(m, dtype)).numpy()
                for m in (scratch, torch)
            )
            eps = np.finfo(dtype).eps
            assert ours.dtype == theirs.dtype
            np.testing.assert_allclose(ours, theirs, atol=8 * eps)


def test_range_to_the_last_bit():
    r = np.random.default_rng(0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for _ in range(50):
            start, step, n = r.uniform(-5, 5), r.uniform(0.01, 2), r.integers(0, 40)
            ours, theirs = (m.range(start, start + step * n, step) for m in (scratch, torch))
            assert ours.shape == tuple(theirs.shape)
            np.testing.assert_allclose(ours.numpy(), theirs.numpy(), rtol=3e-7)


def test_range_warns():
    with pytest.warns(UserWarning, match="arange"):
        assert scratch.range(0, 2).tolist() == [0, 1, 2]

"""Questions about a tensor."""

import pytest

import scratch
from tests.expressions import alike
from tests.same_script import error, same_script

test_lines = alike(
    """
torch.ones(2).is_cpu
torch.ones(2).is_cuda
torch.ones(2).is_xpu
torch.ones(2).is_mps
torch.ones(2).is_sparse
torch.ones(2).is_sparse_csr
torch.ones(2).is_quantized
torch.ones(2).is_meta
torch.ones(2).is_mkldnn
torch.ones(2).is_nested
torch.ones(2).is_ipu
torch.ones(2).is_xla
torch.ones(2).is_vulkan
torch.ones(2).is_maia
torch.ones(2).is_mtia
torch.ones(2).is_complex()
torch.ones(2).is_conj()
torch.ones(2).is_neg()
torch.ones(2).is_signed()
torch.ones(2).byte().is_signed()
torch.ones(2).bool().is_signed()
torch.is_complex(torch.ones(2))
torch.is_complex(3)
torch.is_signed(torch.ones(2))
torch.is_conj(torch.ones(2))
torch.is_floating_point(3)
torch.is_floating_point(input=torch.ones(1))
torch.is_nonzero(torch.ones(1))
torch.is_nonzero(torch.ones(2))
torch.is_nonzero(torch.ones(0))
torch.ones(1).is_nonzero()
torch.is_same_size(torch.ones(2),torch.zeros(2))
torch.ones(2).is_same_size(torch.zeros(3))
torch.is_inference(torch.ones(2))
torch.ones(2).is_pinned()
torch.ones(2).pin_memory()
torch.ones(2).is_shared()
torch.ones(2).is_distributed()
torch.ones(2).share_memory_()
torch.ones(2).layout
torch.ones(2).get_device()
torch.get_device(torch.ones(2))
torch.ones(2).names
torch.ones(2,3).names
torch.ones(2).real
torch.ones(2).imag
torch.real(torch.ones(2))
torch.ones(2).conj()
torch.ones(2).resolve_conj()
torch.ones(2).is_set_to(torch.ones(2))
torch.ones(2).expand(2).is_set_to(torch.ones(2))
torch.ones(2).has_names()
torch.ones(2).is_inference()
torch.layout()
torch.float32.is_signed
torch.complex64.is_complex
torch.complex64.is_floating_point
torch.bfloat16.is_floating_point
"""
)


@same_script
def test_every_dtype(torch):
    names = "float16 float32 float64 uint8 int8 int16 int32 int64 bool".split()
    tensors = [torch.ones(1, dtype=getattr(torch, name)) for name in names]
    return [
        (x.is_signed(), x.is_floating_point(), x.is_complex(), torch.is_nonzero(x), x.type())
        for x in tensors
    ]


@same_script
def test_as_functions_and_as_methods(torch):
    results = []
    for dtype in (torch.float16, torch.float64, torch.uint8, torch.int8, torch.int64, torch.bool):
        x = torch.tensor([[0, 1]]).to(dtype)
        results += [x.is_signed(), torch.is_signed(x), x.is_complex(), torch.is_complex(x)]
        results += [torch.is_nonzero(x[:, 0]), x[0, 1].is_nonzero()]
        results += [x.is_same_size(x.T), torch.is_same_size(x, x.double())]
    x = torch.ones(2)
    results += [torch.is_nonzero(torch.tensor([[float("nan")]]))]
    results += [error(torch, x.is_nonzero), error(torch, lambda: torch.is_nonzero(x[:0]))]
    for f in (torch.is_nonzero, torch.is_signed, torch.is_complex):
        results.append(error(torch, lambda f=f: f(2)))
    results.append(error(torch, lambda: torch.is_same_size(x, 2)))
    return results


def test_real_numbers_pass_through():
    x = scratch.ones(2, requires_grad=True)
    for y in (x.real, x.conj(), x.resolve_conj(), x.resolve_neg(), scratch.real(x)):
        assert y is x
    with pytest.raises(RuntimeError, match="imag"):
        _ = x.imag
    with pytest.raises(RuntimeError, match="pin"):
        x.pin_memory()

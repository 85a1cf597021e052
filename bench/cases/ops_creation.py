"""Cases of tensors made, converted, lent and copied."""

import copy
import pickle

import numpy

from bench.cases import Case

__all__ = ["CASES"]

ONCE = ("float32",)


def copied(torch, x):
    """Two tensors that share memory, copied, pickled, and one of them changed."""
    a, b = copy.deepcopy([x.detach(), x.detach()[1:]])
    b.zero_()
    return a, b, pickle.loads(pickle.dumps(a.t()))


def walked(torch, x):
    """Another walk through the memory of x."""
    memory = x.detach().clone().untyped_storage()
    y = torch.empty(0, dtype=x.dtype)
    return y.set_(memory, 1, (2, 3), (2, 1)), torch.tensor(memory.tolist()[:8])


def lent(torch, x):
    """To NumPy and back."""
    array = numpy.from_dlpack(x.detach())
    return torch.from_dlpack(array) * 2, torch.asarray(numpy.asarray(x.detach()) + 1)


def buffered(torch):
    """Bytes as numbers."""
    buffer = bytearray(range(16))
    return [torch.frombuffer(buffer, dtype=kind) for kind in (torch.uint8, torch.int32)]


def converted(torch, x):
    """There and back, by way of every form."""
    y = x.to(torch.float64).to("cpu", torch.float32).type(torch.DoubleTensor).type_as(x)
    return y.to(x, copy=True), y.int().float(), y.contiguous().clone()


def asked(torch, x):
    """What a program asks before it decides."""
    return [torch.is_signed(x), torch.is_complex(x), x.get_device(), torch.real(x)]


CASES = [
    Case(
        "creation",
        "one_hot, scalar_tensor, new_full",
        lambda torch, x: (
            torch.nn.functional.one_hot(torch.arange(6) % 4),
            torch.scalar_tensor(3),
            x.new_full((2,), 7),
        ),
        [(3, 4)],
        exact=True,
        dtypes=ONCE,
    ),
    Case(
        "ranges",
        "arange, linspace, logspace",
        lambda torch: (torch.arange(0, 1, 0.1), torch.linspace(-1, 1, 9), torch.logspace(0, 3, 4)),
        [],
        exact=True,
        dtypes=ONCE,
    ),
    Case(
        "ranges",
        "whole numbers",
        lambda torch: (torch.arange(7, 0, -2), torch.linspace(0, 9, 4, dtype=torch.int64)),
        [],
        exact=True,
        dtypes=ONCE,
    ),
    Case(
        "ranges",
        "windows",
        lambda torch: (torch.hann_window(9), torch.hamming_window(8), torch.bartlett_window(7)),
        [],
        dtypes=ONCE,
    ),
    Case("storage", "copies that share", copied, [(3, 4)], exact=True),
    Case("storage", "another walk", walked, [(3, 4)], exact=True, dtypes=ONCE),
    Case(
        "storage",
        "an offset",
        lambda torch, x: torch.tensor([x[1:].storage_offset(), x.t()[2:].storage_offset()]),
        [(3, 4)],
        exact=True,
        dtypes=ONCE,
    ),
    Case("exchange", "bytes", buffered, [], exact=True, dtypes=ONCE),
    Case(
        "exchange",
        "functions of NumPy's",
        lambda torch, x: (numpy.float64(2) * x, x.new_ones(2) * 2),
        [(3, 4)],
        exact=True,
    ),
    Case(
        "exchange",
        "asarray",
        lambda torch, x: (torch.asarray([1, 2]), torch.asarray(x.detach(), copy=True)),
        [(3, 4)],
        exact=True,
        dtypes=ONCE,
    ),
    Case("utils/dlpack", "to NumPy and back", lent, [(3, 4)], exact=True),
    Case(
        "utils/dlpack",
        "transposed",
        lambda torch, x: torch.from_dlpack(numpy.from_dlpack(x.detach().t())),
        [(3, 4)],
        exact=True,
    ),
    Case(
        "utils/dlpack",
        "a capsule",
        lambda torch, x: torch.from_dlpack(torch.utils.dlpack.to_dlpack(x.detach())),
        [(3, 4)],
        exact=True,
    ),
    Case("ops/conversion", "to, in every form", converted, [(3, 4)], exact=True, dtypes=ONCE),
    Case(
        "ops/conversion",
        "channels last",
        lambda torch, x: (x.contiguous(memory_format=torch.channels_last), x.clone()),
        [(2, 3, 4, 5)],
        exact=True,
        second=True,
    ),
    Case("ops/predicates", "questions", asked, [(3, 4)], exact=True, dtypes=ONCE),
]

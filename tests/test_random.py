"""Generators and what they fill new tensors with: torch's numbers, and torch's state afterwards."""

import copy
import pickle
import subprocess
import sys
import threading

import numpy as np
import pytest
import torch

import scratch
import torch_impl.random as twin
from scratch import _stream
from tests.lockstep import FLOATS, INTEGERS, SIZES, lockstep, rules, same_state, seed

RANGES = [(0, 2), (0, 10), (-5, 120), (0, 2**28 - 1), (0, 2**28), (-(2**31), 2**31)]
RANGES += [(-(2**62), 2**62), (-(2**63), 2**63 - 1), (7, 2**40 + 1)]


@pytest.fixture(params=["numpy", "numba"])
def kind(request):
    with rules(request.param):
        yield request.param


@pytest.fixture(autouse=True)
def _same_start():
    seed(0)


# ---- new tensors ----------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("dtype", FLOATS)
def test_rand_and_randn(kind, dtype, size):
    seed(size)
    for _ in range(3):
        lockstep("rand", size, dtype=np.dtype(dtype))
        lockstep("randn", size, dtype=np.dtype(dtype))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("dtype", [*FLOATS, *INTEGERS, "bool"])
def test_randint(kind, dtype, size):
    seed(1)
    for low, high in [(0, 2), (0, 1), (3, 100)] if dtype != "bool" else [(0, 2), (1, 2)]:
        lockstep("randint", low, high, (size,), dtype=np.dtype(dtype))


@pytest.mark.parametrize("bounds", RANGES, ids=str)
def test_randint_over_wide_ranges(kind, bounds):
    seed(2)
    for size in (1, 17, 1000):
        lockstep("randint", *bounds, (size,))


@pytest.mark.parametrize("dtype", [*FLOATS, *INTEGERS])
def test_randperm(kind, dtype):
    seed(3)
    for n in (*SIZES, 127, 128, 129, 256, 257, 2048, 2049, 2050, 32768, 32769):
        lockstep("randperm", n, dtype=np.dtype(dtype))


@pytest.mark.parametrize("name", ["rand_like", "randn_like", "randint_like"])
@pytest.mark.parametrize("order", ["rows", "columns", "gaps", "channels last"])
def test_like(kind, name, order):
    seed(4)
    x = np.zeros((3, 5, 4, 6), np.float32)
    x = {
        "rows": x,
        "columns": x.T,
        "gaps": x[:, ::2, :, ::2],
        "channels last": x.transpose(0, 3, 1, 2),
    }[order]
    bounds = (2, 9) if name == "randint_like" else ()
    lockstep(name, x, *bounds)
    lockstep(name, x, *bounds, dtype=np.dtype("float64"))


def test_sizes_and_options():
    seed(5)
    for call in (
        lambda torch: torch.rand(2, 3),
        lambda torch: torch.rand((2, 3)),
        lambda torch: torch.rand([2, 3]),
        lambda torch: torch.rand(size=(2, 3)),
        lambda torch: torch.rand(()),
        lambda torch: torch.randn(torch.tensor(3)),
        lambda torch: torch.randn(torch.zeros(2, 3).shape),
        lambda torch: torch.randn(3, requires_grad=True),
        lambda torch: torch.randn(3, dtype=torch.float64, device="cpu"),
        lambda torch: torch.randint(5, (3,)),
        lambda torch: torch.randint(5, size=[3]),
        lambda torch: torch.randint(high=5, size=(3,)),
        lambda torch: torch.randint(low=2, high=5, size=(3,)),
        lambda torch: torch.randint(2, 5, (3,), dtype=torch.float32, requires_grad=True),
        lambda torch: torch.randint(torch.tensor(5), ()),
        lambda torch: torch.randint_like(torch.zeros(3), high=5),
        lambda torch: torch.randint_like(torch.zeros(3), 2, high=5),
        lambda torch: torch.rand_like(torch.zeros(3), requires_grad=True),
    ):
        lockstep(call)


def test_default_dtype():
    seed(6)
    for column in (torch, scratch):
        column.set_default_dtype(column.float64)
    try:
        lockstep("randn", 20)
        lockstep("randint", 5, (20,))
    finally:
        for column in (torch, scratch):
            column.set_default_dtype(column.float32)


@pytest.mark.parametrize("size", [20, 3, 0, 40])
@pytest.mark.parametrize("name", ["rand", "randn", "randint", "randperm"])
def test_out(kind, name, size):
    """Written to as it lies in memory, with gaps or without; made to fit if the size is wrong."""
    seed(7)

    def call(column):
        out = column.zeros(size, dtype=column.float64)
        out = out.view(20, 2).t()[1] if size == 40 else out
        y = getattr(column, name)(*([10, (20,)] if name == "randint" else [20]), out=out)
        assert y is out
        return y if size in (20, 40) else y * 1  # resizing may count as another version

    lockstep(call)


# ---- streams --------------------------------------------------------------------------------


def test_calls_mixed_at_random(kind):
    """One stream serves all: the kept half of a pair of normals survives whatever comes between."""
    random = np.random.default_rng(8)
    seed(8)
    for _ in range(150):
        n = int(random.choice([0, 1, 2, 3, 5, 7, 15, 16, 17, 31, 40, 700]))
        dtype = str(random.choice(FLOATS))
        call = random.choice(
            ["rand", "randn", "randperm", "randint", "serial", "seed"], p=[0.19] * 5 + [0.05]
        )
        if call == "seed":
            seed(int(random.integers(2**63)))
        elif call == "randperm":
            lockstep("randperm", n)
        elif call == "randint":
            lockstep("randint", -3, 2 ** int(random.choice([3, 28, 40])), (n,))
        elif call == "serial":
            lockstep("randn_like", np.zeros((5, n), dtype).T)
        else:
            lockstep(call, n, dtype=np.dtype(dtype))


@pytest.mark.parametrize("drawn", [0, 1, 2, 623, 624, 625, 5000])
def test_states_cross_over(kind, drawn):
    seed(-9)
    scratch.rand(drawn)
    scratch.randn(3)  # keeps a normal number
    torch.set_rng_state(torch.from_numpy(scratch.get_rng_state().numpy()))
    same_state()
    lockstep("randn", 5)

    torch.manual_seed(99)
    torch.rand(drawn)
    state = torch.get_rng_state()
    scratch.set_rng_state(scratch.from_numpy(state.numpy().copy()))
    same_state()
    lockstep("randn", 5)
    lockstep("randn", 2000)


@pytest.mark.parametrize("value", [0, 1, -1, 2**32, 2**63, 2**64 - 1, -(2**63), 1.7, "3", True])
def test_seeds(value):
    seed(value)
    assert scratch.initial_seed() == torch.initial_seed()
    lockstep("rand", 5)
    same_state()


def test_unseeded():
    """A new generator starts where torch's does; seed() picks a number and says which."""
    lockstep(lambda torch: torch.rand(5, generator=torch.Generator()))
    assert scratch.Generator().initial_seed() == torch.Generator().initial_seed()
    generator = scratch.Generator()
    picked = generator.seed()
    assert picked == generator.initial_seed() != scratch.Generator().seed()
    x = scratch.rand(3, generator=generator)
    assert x.tolist() == scratch.rand(3, generator=scratch.Generator().manual_seed(picked)).tolist()
    assert scratch.seed() == scratch.initial_seed()


def test_generators_are_apart():
    seed(10)
    lockstep(lambda torch: torch.rand(5, generator=torch.Generator().manual_seed(5)))
    lockstep("rand", 5)
    assert scratch.Generator("cpu").device == scratch.device("cpu")


@pytest.mark.parametrize(
    "copied",
    [copy.deepcopy, lambda g: g.clone_state(), lambda g: pickle.loads(pickle.dumps(g))],
    ids=["deepcopy", "clone_state", "pickle"],
)
def test_copies_go_their_own_way(copied):
    generator = scratch.Generator().manual_seed(11)
    scratch.randn(3, generator=generator)
    other = copied(generator)
    assert other.initial_seed() == 11
    expected = scratch.randn(5, generator=generator).tolist()
    assert scratch.randn(5, generator=other).tolist() == expected


def test_fork_rng():
    seed(12)
    for enabled in (True, False):
        for column in (torch, scratch):
            with pytest.raises(ZeroDivisionError), column.random.fork_rng(enabled=enabled):
                column.randn(7)
                raise ZeroDivisionError
        same_state()
    lockstep("rand", 3)
    assert twin.fork_rng is torch.random.fork_rng


def test_threads_share_a_generator():
    """No number comes twice and none is lost, whoever draws it."""
    generator, drawn = scratch.Generator().manual_seed(13), []

    def draw():
        for _ in range(50):
            drawn.extend(scratch.rand(100, dtype=scratch.float64, generator=generator).tolist())

    threads = [threading.Thread(target=draw) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    alone = scratch.rand(
        20_000, dtype=scratch.float64, generator=scratch.Generator().manual_seed(13)
    )
    assert sorted(drawn) == sorted(alone.tolist())


# ---- what makes no sense --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "match"),
    [
        (
            lambda torch: torch.manual_seed(2**64),
            r"18446744073709551616 is not in \[-2\^63, 2\^64\)",
        ),
        (lambda torch: torch.manual_seed(-(2**63) - 1), "Overflow"),
        (lambda torch: torch.manual_seed("a"), "invalid literal"),
        (lambda torch: torch.manual_seed(None), "int"),
        (lambda torch: torch.Generator().manual_seed(1.5), "expected a long, but got float"),
        (lambda torch: torch.Generator().manual_seed("3"), "expected a long, but got str"),
        (lambda torch: torch.Generator().manual_seed(True), "expected a long, but got bool"),
        (lambda torch: torch.set_rng_state([1]), "ByteTensor, but got list"),
        (
            lambda torch: torch.set_rng_state(torch.zeros(5056)),
            "ByteTensor, not one of torch.float32",
        ),
        (
            lambda torch: torch.set_rng_state(torch.zeros(5, dtype=torch.uint8)),
            "size 5056 .* 5: a state is",
        ),
        (
            lambda torch: torch.set_rng_state(torch.zeros(5056, dtype=torch.uint8)),
            "Invalid mt19937",
        ),
        (lambda torch: torch.rand(2, generator=5), "must be a torch.Generator, not int"),
        (lambda torch: torch.rand(-1), r"negative, got size \[-1\]"),
        (lambda torch: torch.rand(2.5), "must be tuple of ints"),
        (lambda torch: torch.rand(), "size"),
        (
            lambda torch: torch.rand(2, out=torch.zeros(2), dtype=torch.float64),
            "does not match dtype of out",
        ),
        (lambda torch: torch.rand(2, out=torch.zeros(2, requires_grad=True)), "out requires grad"),
        (lambda torch: torch.rand(2, out=5), "'out' must be Tensor, not int"),
        (lambda torch: torch.rand(2, dtype=torch.int64), "floating-point dtype, and this is int64"),
        (
            lambda torch: torch.randn(2, dtype=torch.int64),
            "floating-point dtype, and this is int64",
        ),
        (lambda torch: torch.randint(5, 5, (2,)), "from=5 >= to=5"),
        (lambda torch: torch.randint(5, 3, (2,)), "from=5 >= to=3"),
        (lambda torch: torch.randint(0, 5), "'size' must be tuple of ints, not NoneType"),
        (lambda torch: torch.randint(5, 2), "'size' must be tuple of ints"),
        (lambda torch: torch.randint(0, 5, (-1,)), "negative"),
        (lambda torch: torch.randint(2.5, (2,)), "'high' must be int, not float"),
        (lambda torch: torch.randint(True, (2,)), "'high' must be int, not bool"),
        (lambda torch: torch.randint(0, 2**63, (2,)), "needs over 64 bits"),
        (lambda torch: torch.randint(0, 257, (2,), dtype=torch.uint8), r"256 is not in \[0, 255\]"),
        (lambda torch: torch.randint(-1, 5, (2,), dtype=torch.uint8), "from is out of bounds"),
        (lambda torch: torch.randint(0, 3, (2,), dtype=torch.bool), "out of bounds for bool"),
        (
            lambda torch: torch.randint(0, 70000, (2,), dtype=torch.float16),
            "out of bounds for float16",
        ),
        (lambda torch: torch.randint_like(torch.zeros(2)), "must be int, not NoneType"),
        (lambda torch: torch.randperm(-1), "negative"),
        (lambda torch: torch.randperm(2.5), "'n' must be int, not float"),
        (
            lambda torch: torch.randperm(300, dtype=torch.uint8),
            "cannot be greater than 256 for uint8",
        ),
        (lambda torch: torch.randperm(2050, dtype=torch.float16), "greater than 2049 for float16"),
        (lambda torch: torch.randperm(5, dtype=torch.bool), "bool"),
        (lambda torch: torch.rand_like(3), "expected a Tensor, not int"),
        (lambda torch: torch.rand_like(torch.zeros(2, dtype=torch.int64)), "floating-point"),
    ],
)
def test_errors(call, match):
    lockstep(call, match=match)


def test_integers_require_no_gradient():
    """torch draws before it complains."""
    state = scratch.get_rng_state().tolist()
    for column in (torch, scratch):
        with pytest.raises(RuntimeError, match="floating point"):
            column.randint(5, (2,), requires_grad=True)
    assert scratch.get_rng_state().tolist() == state


def test_integers_that_the_dtype_skips():
    """float32 counts to 2^24: beyond, torch warns and narrows the range to what can be held."""
    seed(14)
    for low, high in [(0, 2**25), (2**24 + 1, 2**24 + 5), (-(2**24) - 7, 2**25 + 3), (-(2**40), 5)]:
        with pytest.warns(UserWarning, match="out of bounds"):
            lockstep("randint", low, high, (500,), dtype=np.dtype("float32"))
    bounds = 2**40 + 1, 2**40 + 5
    match = "holds no integer between them"
    lockstep("randint", *bounds, (5,), dtype=np.dtype("float32"), match=match)


# ---- with Numba, and without ----------------------------------------------------------------


def python(code):
    """What a new interpreter prints."""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=300)
    assert run.returncode == 0, run.stderr
    return run.stdout.split()


def test_numba_waits_until_it_pays():
    quick, slow = python(
        "import sys, scratch; scratch.randn(1000); scratch.randperm(10)\n"
        "print('numba' in sys.modules); scratch.rand(5_000_000); print('numba' in sys.modules)"
    )
    assert (quick, slow) == ("False", "True")


@pytest.mark.parametrize(
    "missing", ["sys.modules['numba'] = None", "os.environ['NUMBA_DISABLE_JIT'] = '1'"]
)
def test_numpy_alone_is_enough(missing):
    (total,) = python(
        f"import os, sys; {missing}; import scratch; scratch.manual_seed(15)\n"
        "x = scratch.rand(5_000_000); print(x.numpy()[-1].item().hex())"
    )
    torch.manual_seed(15)
    assert float.fromhex(total) == torch.rand(5_000_000)[-1].item()


def test_the_kernels_take_over_in_mid_stream():
    seed(16)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scratch.default_generator, "_stream", _stream.Stream(16))
        patch.setattr(_stream, "FAST_FROM", sys.maxsize)
        patch.setattr(_stream, "BLOCK", sys.maxsize)
        lockstep("randn", 7)
        assert type(scratch.default_generator._stream) is _stream.Stream
        patch.setattr(_stream, "FAST_FROM", 0)
        patch.setattr(_stream, "BLOCK", 1 << 14)
        for n in (5, 20_000):
            lockstep("randn", n)
        assert type(scratch.default_generator._stream) is not _stream.Stream


@pytest.mark.parametrize("name, args", [("rand", (2,)), ("randint", (9, (2,))), ("randperm", (2,))])
def test_out_that_requires_a_gradient_is_written_under_no_grad(name, args):
    drawn = []
    for library in (scratch, torch):
        y = library.zeros(2, requires_grad=True)
        library.manual_seed(0)
        with library.no_grad():
            drawn.append(getattr(library, name)(*args, out=y).tolist())
    assert drawn[0] == drawn[1]

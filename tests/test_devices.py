"""Devices read, print, compare and fail as torch's do."""

import copy
import pickle

import pytest
import torch

import scratch
from torch_impl import devices as twin

COLUMNS = (scratch, torch)


def outcome(call, column) -> str:
    """What a call with a column returns, as printed, or the type of what it raises."""
    try:
        return repr(call(column))
    except Exception as error:
        return type(error).__name__


NAMES = ["cpu", "cuda", "cpu:0", "cpu:1", "cuda:0", "cuda:1", "cuda:10", "cuda:127"]
WRONG_NAMES = [
    *("", " ", "gpu", "CPU", "Cuda", "cud", "cpux", " cpu", "cpu ", "cuda:", ":0", "cuda:a"),
    *("cuda:-1", "cuda: 1", "cuda:1 ", "cuda:01", "cuda:+1", "cuda:1.0", "cuda:0:1", "cuda;0"),
    "cuda:\N{ARABIC-INDIC DIGIT THREE}",
]


@pytest.mark.parametrize("name", [*NAMES, *WRONG_NAMES])
def test_names(name: str) -> None:
    for call in (
        lambda torch: torch.device(name),
        lambda torch: torch.device(name, 1),
        lambda torch: str(torch.device(name)),
        lambda torch: torch.device(name).type,
        lambda torch: torch.device(name).index,
    ):
        assert outcome(call, scratch) == outcome(call, torch)


@pytest.mark.parametrize(
    "call",
    [
        lambda torch: torch.device(),
        lambda torch: torch.device(index=1),
        lambda torch: torch.device("cpu", foo=1),
        lambda torch: torch.device("cuda", 1, 2),
        lambda torch: torch.device(type="cuda"),
        lambda torch: torch.device(type="cuda", index=1),
        lambda torch: torch.device("cuda", 0),
        lambda torch: torch.device("cuda", index=2),
        lambda torch: torch.device("cpu", 0),
        lambda torch: torch.device("cuda", None),
        lambda torch: torch.device("cuda", -1),
        lambda torch: torch.device("cpu", -1),
        lambda torch: torch.device("cuda", 1.5),
        lambda torch: torch.device("cuda", "0"),
        lambda torch: torch.device("cuda", True),
        lambda torch: torch.device(True),
        lambda torch: torch.device(1.5),
        lambda torch: torch.device(None),
        lambda torch: torch.device(["cpu"]),
        lambda torch: torch.device(torch.float32),
        lambda torch: torch.device(-1),
        lambda torch: torch.device(0, 0),
        lambda torch: torch.device(None, 1),
        lambda torch: torch.device(torch.device("cuda:1")),
        lambda torch: torch.device(torch.device("cuda"), 1),
        lambda torch: torch.device("cpu") < torch.device("cuda"),
        lambda torch: f"{torch.device('cuda:1')}",
        lambda torch: f"{torch.device('cuda:1'):>10}",
        lambda torch: f"{torch.device('cuda:1')!r:>30}",
        lambda torch: setattr(torch.device("cpu"), "type", "cuda"),
        lambda torch: setattr(torch.device("cpu"), "index", 1),
        lambda torch: setattr(torch.device("cpu"), "name", 1),
        lambda torch: torch.ones(2).device,
        lambda torch: torch.ones(2, device="cpu").device,
        lambda torch: torch.ones(2, device=torch.device("cpu")).device,
        lambda torch: torch.ones(2, device="gpu").device,
    ],
)
def test_calls(call) -> None:
    assert outcome(call, scratch) == outcome(call, torch)


def test_a_number_is_that_of_a_gpu() -> None:
    for number in (0, 3):
        expected = f"device(type='cuda', index={number})"
        assert repr(scratch.device(number)) == expected
        if torch.cuda.is_available():  # without a GPU torch refuses a bare number
            assert repr(torch.device(number)) == expected


def test_equality_and_hash() -> None:
    tables = []
    for column in COLUMNS:
        devices = [column.device(name) for name in NAMES] + [column.device("cuda", 1), "cpu", None]
        tables.append([(a == b, a != b) for a in devices for b in devices])
        assert len(set(devices[:-2])) == len(NAMES)
        assert hash(column.device("cuda:1")) == hash(column.device("cuda", 1))
    assert tables[0] == tables[1]


def test_a_wrong_name_is_answered_with_the_right_ones() -> None:
    with pytest.raises(RuntimeError, match="one of cpu, cuda, .*: gpu"):
        scratch.device("gpu")


def test_copies_and_pickles() -> None:
    for name in NAMES:
        device = scratch.device(name)
        for same in (copy.copy, copy.deepcopy, lambda d: pickle.loads(pickle.dumps(d))):
            assert same(device) == device


def test_the_default_device() -> None:
    for column in COLUMNS:
        with column.device("cpu") as device:
            assert device == column.get_default_device() == column.ones(2).device
        column.set_default_device("cpu")
        column.set_default_device(None)
        assert repr(column.get_default_device()) == "device(type='cpu')"
    with scratch.device("cuda"), pytest.raises(AssertionError, match="CUDA"):
        scratch.ones(2)
    with pytest.raises(NotImplementedError, match="meta"):
        scratch.ones(2, device="meta")
    with pytest.raises(RuntimeError, match="none is available"):
        scratch.ones(2, device=0)


def test_layouts_and_memory_formats_are_copied_as_themselves() -> None:
    for name in ("strided", "sparse_coo", "channels_last", "preserve_format", "contiguous_format"):
        value = getattr(scratch, name)
        for same in (copy.copy, copy.deepcopy, lambda d: pickle.loads(pickle.dumps(d))):
            assert same(value) is value
        assert repr(value) == repr(getattr(torch, name))


def test_the_twin_hands_on_torchs_own() -> None:
    assert twin.device is torch.device

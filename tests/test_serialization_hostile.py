"""Files that want to do harm, and files that came to it: one clear error each, and nothing run."""

import io
import os
import pickle
import random
import struct
import subprocess
import sys
import time
import tracemalloc
import zipfile
from pathlib import Path

import pytest
import torch

import scratch
from tests.hostile import archive, called, good, named, of_one_hash, stored, tensor, text

ERRORS = (RuntimeError, pickle.UnpicklingError, EOFError)  # as load's docstring says


def refused(file, match: str, **options) -> None:
    """One error of the documented types, at once, with little memory, whatever is asked for."""
    data = file.getvalue() if isinstance(file, io.BytesIO) else file
    for only in (True, False):
        begin = time.process_time()
        tracemalloc.start()  # which makes it some times slower
        try:
            with pytest.raises(ERRORS, match=match):
                scratch.load(io.BytesIO(data), weights_only=only, **options)
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
        assert time.process_time() - begin < 5  # a bomb would take minutes, or all memory
        assert peak < 2**20 + 300 * len(data)


MARK = "harmed"


@pytest.mark.parametrize(
    "module, name",
    [
        ("os", "system"), ("posix", "system"), ("nt", "system"), ("builtins", "eval"),
        ("__builtin__", "eval"), ("builtins", "exec"), ("__builtin__", "execfile"),
        ("builtins", "getattr"), ("builtins", "__import__"), ("subprocess", "Popen"),
        ("builtins", "open"), ("pathlib", "Path.touch"), ("shutil", "rmtree"), ("sys", "exit"),
        ("builtins", "globals"), ("operator", "attrgetter"), ("functools", "partial"),
        ("importlib", "import_module"), ("runpy", "_run_code"), ("pickle", "loads"),
        ("torch", "load"), ("torch.serialization", "load"), ("numpy", "load"), ("scratch", "load"),
        ("scratch.serialization", "os.system"), ("torch.hub", "load"), ("torch", "os.system"),
        ("collections", "OrderedDict.fromkeys"), ("torch.storage", "_load_from_bytes"),
        ("torch._utils", "_rebuild_tensor_v2.__globals__"), ("torch.nn.modules", "module.Module"),
        ("torch.storage", "os.system"), ("builtins", "object"), ("builtins", "type"),
        ("codecs", "decode"), ("_codecs", "decode"), ("copyreg", "_reconstructor"),
    ],
)  # fmt: skip
def test_what_may_not_be_named(module, name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    command = text(f"touch {MARK}")
    refused(archive(called(module, name, command)), "names|called")
    refused(b"\x80\x02" + called(module, name, command) + b".", "names|called")
    stacked = text(module) + text(name) + b"\x93" + command + b"\x85R"
    refused(archive(stacked), "names|called")
    assert not os.listdir(tmp_path)


def test_the_error_says_what_was_named():
    refused(archive(called("os", "system", text("true"))), "os.system")
    refused(archive(named("mine", "Net")), "mine.Net.*add_safe_globals|no class")
    refused(archive(named("\x1b[2J", "x")), r"names \\x1b\[2J\.x")  # not done to the terminal


ENCODE = named("_codecs", "encode")


@pytest.mark.parametrize(
    "code",
    [
        # a name that is allowed, used as it may not be
        called("torch", "float32", text("x")),
        called("torch", "FloatStorage", b"K\5"),
        called("torch.storage", "UntypedStorage", b"J\xff\xff\xff\x7f"),
        called("torch", "Tensor", b"K\5"),
        called("_codecs", "encode", text("x"), text("zip")),
        called("_codecs", "encode", text("x"), text("idna")),
        called("__builtin__", "bytearray", b"J\xff\xff\xff\x7f"),
        called("__builtin__", "set", text("abc")),
        called("__builtin__", "complex", text("1")),
        called("collections", "Counter", text("abc")),
        called("collections", "OrderedDict", b"K\5"),
        called("torch", "Size", text("ab")),
        called("torch", "device", text("nowhere")),
        called("torch.serialization", "_get_layout", text("torch.os")),
        called("torch.serialization", "_get_layout", b"K\1" + b"q\0h\0\x86" * 40),
        called("torch._utils", "_rebuild_parameter", text("x"), b"\x88", b"}"),
        called("torch.nn.parameter", "Parameter", text("x")),
        named("torch", "Tensor") + b")\x81",
        named("collections", "OrderedDict") + b")\x81",
        # a call of what a call has returned, and of what is no function
        called("_codecs", "encode", text("x"), text("latin1")) + b")R",
        b"]" + b")R", b"K\1)R", text("eval") + b")R", b"}" + text("x") + b"R", b")R", b"R", b"b",
        # attributes of what has none to set
        named("collections", "OrderedDict") + b"}b",
        named("torch", "Tensor") + b"}" + text("__setstate__") + named("_codecs", "encode") + b"sb",
        b"]}b", b"}}b", text("x") + b"}b", ENCODE + b"}b",
        called("collections", "OrderedDict") + b"]b",
        called("collections", "OrderedDict") + b"}K\1K\2sb",
        tensor(stored(), b"K\0", b"K\4\x85", b"K\1\x85") + b"}" + text("array") + b"K\1sb",
        # storages
        b"K\1Q", b"]Q", b")Q", text("storage") + b"Q", b"(" + text("storage") + b"tQ", b"NQ",
        b"(" + text("module") + named("torch", "float32") + b"ttQ",
        stored(kind="collections OrderedDict"), stored(kind="torch float32"),
        stored(kind="_codecs encode"), stored(key=b"K\0"), stored(key=b"N"), stored(key=b"]"),
        stored(key=text("../data.pkl")), stored(key=text("1")), stored(key=text("")),
        stored(count=b"K\5"), stored(count=b"J\xff\xff\xff\xff"), stored(count=b"N"),
        stored(count=b"G" + bytes(8)), stored(count=b"\x8a\x0a" + b"\xff" * 9 + b"\x7f"),
        stored(count=b"\x88"), stored(kind="torch.storage FloatStorage"),
        # walks that leave the storage
        tensor(stored(), b"K\1", b"K\4\x85", b"K\1\x85"),
        tensor(stored(), b"K\0", b"K\5\x85", b"K\1\x85"),
        tensor(stored(), b"K\0", b"K\2\x85", b"K\4\x85"),
        tensor(stored(), b"J\xff\xff\xff\xff", b"K\1\x85", b"K\1\x85"),
        tensor(stored(), b"K\3", b"K\2\x85", b"J\xff\xff\xff\xff\x85"),
        tensor(stored(), b"K\0", b"J\xff\xff\xff\xff\x85", b"K\1\x85"),
        tensor(stored(), b"K\0", b"\x8a\x08" + b"\xff" * 7 + b"\x7f\x85", b"K\0\x85"),
        tensor(stored(), b"K\0", b"\x8a\x05\0\0\0\0\x01" * 2 + b"\x86", b"K\0K\0\x86"),
        tensor(stored(), b"K\0", b"K\2\x85", b"\x8a\x08" + b"\xff" * 7 + b"\x7f\x85"),
        tensor(stored(), b"K\0", b"K\2\x85", b"K\1K\1\x86"),
        tensor(stored(), b"K\0", b"(" + b"K\1" * 99 + b"t", b"(" + b"K\1" * 99 + b"t"),
        tensor(stored(), b"K\0", text("ab"), text("ab")), tensor(b"N", b"K\0", b")", b")"),
        tensor(stored(), b"G" + bytes(8), b")", b")"), tensor(stored(), b"K\0", b")", b")", b"K\1"),
        tensor(stored("torch LongStorage", count=b"K\2"), b"K\0", b")", b")", b"\x88"),
        # damaged
        b"", b"(", b"t", b"u", b"K", b"X\xff\xff\xff\xffab", b"\x8b\xff\xff\xff\x7f", b"h\0", b"a",
        b"\x8d" + b"\xff" * 8, b"\x8e" + b"\xff" * 8, b"\x96" + b"\xff" * 8, b"B\xff\xff\xff\xff",
        b"r\xff\xff\xff\xff", b"cos\nsystem", b"c\xff\n\xff\n", text("a")[:-1] + b"\xff", b"}]K\1s",
        b"}K\1u", b"(K\1u", b"]K\1K\2s", b"\x80\x09", b"I1\n", b"ios\nsystem\n", b"\x82\1", b"P0\n",
        b"\x97", b"(cos\nsystem\no", b"\x92", b"}(K\1K\2K\3u", b"\x85", b"\x87", b"K\1\x90",
    ],
    ids=lambda code: code[:12].hex(),
)  # fmt: skip
def test_hostile_pickles(code):
    refused(archive(code), ".")


LONG = b"]q\0(" + b"K\1" * 50_000 + b"e"  # a list


@pytest.mark.parametrize(
    "code",
    [
        # the same bytes copied again and again
        text("x" * 50_000) + b"q\0" + (ENCODE + b"q\1" + b"h\0" + text("latin1") + b"q\2\x86R")
        + b"h\1h\0h\2\x86R" * 20_000,
        LONG + named("__builtin__", "set") + b"q\1" + b"h\1h\0\x85R" * 9_999,
        LONG + named("torch", "Size") + b"q\1" + b"h\1h\0\x85R" * 9_999,
        # keys that take for ever to compare: two to the power of 40 of them, or all alike
        b"}" + b"K\1" + b"q\0h\0\x86" * 40 + b"K\1s",
        b"\x8f(" + b"K\1" + b"q\0h\0\x86" * 40 + b"\x90",
        b"}" + b")" + b"\x85" * 100_000 + b"K\1s",
        b"}(" + b"".join(b"\x8a\x0c" + (i * (2**61 - 1) + 2**70).to_bytes(12, "little") + b"N"
                         for i in range(9_999)) + b"u",
        b"}" + called("__builtin__", "complex", b"G" + bytes(8), b"G" + bytes(8)) + b"Ns",
        # what Python crashes on, freeing more of it
        named("__builtin__", "slice") + b"q\0" + b"h\0" * 20_000 + b"N" + b"\x85R" * 20_000,
        named("collections", "defaultdict") + b"q\0" + b"h\0)RN" * 20_000 + b"N" + b"s" * 20_000,
        # what would be gone through for ever
        named("torch.optim.adam", "Adam") + b")\x81}(" + text("defaults") + b"}" + text("state")
        + b"}" + text("param_groups") + b"]}" + text("params")
        + called("__builtin__", "range", b"\x8a\6" + b"\xff" * 5 + b"\x7f") + b"saub",
    ],
    ids=lambda code: code[:12].hex(),
)  # fmt: skip
def test_bombs(code):
    refused(archive(code), ".")


def test_keys_of_one_hash():
    refused(archive(b"}(" + b"N".join(of_one_hash(10_000)) + b"Nu"), "same hash")


def test_older_files_begin_with_numbers():
    size = b"\x8a\6" + bytes(5) + b"\1\x85"  # 2**40 times the same number
    endless = b"\x80\2" + tensor(stored(count=b"K\1N"), b"K\0", size, b"K\0\x85") + b"."
    refused(endless, "begins with another number")
    refused(pickle.dumps(0x1950A86A20F9469CFC6C, 2) + endless, "version")


def test_what_is_not_read_as_torch_reads_it_is_not_read():
    file = io.BytesIO()
    torch.save(torch.tensor([1 + 2j]).conj().imag, file)  # stored with the other sign
    refused(file, "negated")
    refused(archive(stored(count=b"K\2(" + text("1") + b"K\1K\1t")), "view of a storage")


def test_depth_is_no_harm():
    deep = scratch.load(archive(b"]" * 100_000 + b"a" * 99_999))
    for _ in range(99_999):
        (deep,) = deep
    assert deep == []
    doubled = scratch.load(archive(b"]" + b"q\0]h\0ah\0a" * 60))  # 2**60 lists, in 61
    assert len(doubled) == 2


# ---- archives -----------------------------------------------------------------------------------

FINE = tensor(stored(), b"K\0", b"K\4\x85", b"K\1\x85")


def test_the_archive_that_the_others_are_made_from_is_fine():
    assert scratch.load(archive(FINE)).equal(scratch.zeros(4))
    assert torch.load(archive(FINE)).equal(torch.zeros(4))


@pytest.mark.parametrize(
    "name",
    ["../../x", "/etc/x", "a/../../x", "C:\\x", "..\\x", "./x", "a//x", "\x01x", "..", "x\ny"],
)
def test_names_that_lead_elsewhere(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    refused(archive(FINE, {name: b"x"}), "entry with the name")
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as out:
        out.writestr(name, b"x")
    refused(file, "name|Zip|zip")
    assert not os.listdir(tmp_path)


def test_a_link_is_no_more_than_its_bytes(tmp_path):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as out:
        link = zipfile.ZipInfo("archive/data/0")
        link.external_attr = 0o120777 << 16
        out.writestr(link, "/etc/passwd\0\0\0\0\0")
        out.writestr("archive/data.pkl", b"\x80\x02" + FINE + b".")
    file.seek(0)
    assert scratch.load(file).numpy().tobytes() == b"/etc/passwd\0\0\0\0\0"


def test_zip_bombs():
    packed = archive(FINE, {"data/0": bytes(2**26)}, compression=zipfile.ZIP_DEFLATED)
    refused(packed, "compressed")
    # the same bytes as many storages
    data = bytearray(archive(b"]", {f"data/{i}": bytes(1000) for i in range(9)}).getvalue())
    place = data.rindex(b"PK\1\2")  # of the version; the one before is storage 8
    for _ in range(5):
        place = data.rindex(b"PK\1\2", 0, place)
        first = data.index(b"PK\1\2")
        data[place + 42 : place + 46] = data[first + 42 : first + 46]
    refused(bytes(data), "damaged")


def test_numbers_that_take_long_to_read():
    refused(archive(FINE, {"version": b"1" * 5000}), "version")
    data = archive(FINE, {f"{i}": b"" for i in range(30)}).getvalue()
    place = data.index(b"PK\1\2")
    head, *entries = data[place : data.rindex(b"PK\5\6")].split(b"PK\1\2")
    more = b"\2\0\0\0" * 16_000  # parts of no length, that mean nothing
    wide = [e[:26] + struct.pack("<H", len(more)) + e[28:] + more for e in entries]
    listed = b"PK\1\2".join([head, *wide])
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, len(wide), len(wide), len(listed), place, 0)
    begin = time.process_time()
    assert len(scratch.load(io.BytesIO(data[:place] + listed + end))) == 4
    assert time.process_time() - begin < 5


def test_two_entries_of_one_name():
    with pytest.warns(UserWarning, match="Duplicate"):
        file = archive(FINE)
        with zipfile.ZipFile(file, "a") as out:
            out.writestr("archive/data/0", bytes(16))
    refused(file, "two entries")


def test_truncated_at_every_byte():
    data = good()
    for end in range(1, len(data), 7):
        with pytest.raises(ERRORS):
            scratch.load(io.BytesIO(data[:end]))
    refused(b"", "empty")


def test_every_bit_of_the_numbers_is_checked():
    data = good()
    with zipfile.ZipFile(io.BytesIO(data)) as z:
        places = [i.header_offset for i in z.infolist() if "/data/" in i.filename and i.file_size]
    for at in places:
        start = at + 30 + sum(struct.unpack_from("<2H", data, at + 26))
        flipped = bytearray(data)
        flipped[start] ^= 16
        with pytest.raises(RuntimeError, match="checksum"):
            scratch.load(io.BytesIO(flipped))


def _mutations(data: bytes, count: int):
    """Copies with bytes flipped, written over, cut out, put in, doubled."""
    draw = random.Random(7)
    for _ in range(count):
        new = bytearray(data)
        for _ in range(draw.choice([1, 1, 1, 2, 4, 16])):
            at, length = draw.randrange(len(new)), draw.choice([1, 1, 2, 4, 8, 64])
            kind = draw.randrange(6)
            if kind == 0:
                new[at] ^= 1 << draw.randrange(8)
            elif kind == 1:
                new[at : at + length] = draw.randbytes(length)
            elif kind == 2:
                del new[at : at + length]
            elif kind == 3:
                new[at:at] = draw.randbytes(length)
            elif kind == 4:
                new[at : at + length] = draw.choice([b"\0", b"\xff"]) * length
            else:
                other = draw.randrange(len(new))
                new[at : at + length] = new[other : other + length]
        yield bytes(new)


def test_ten_thousand_mutations_of_a_file():
    loaded = 0
    for data in _mutations(good(), 5_000):
        try:
            scratch.load(io.BytesIO(data))
            loaded += 1
        except ERRORS as error:
            assert str(error)
    assert 0 < loaded < 2_500  # changed padding, or the file's own number


def test_and_of_the_pickle_in_it():
    """Behind the checksum, where the machine is on its own."""
    data = good()
    with zipfile.ZipFile(io.BytesIO(data)) as z:
        entries = {i.partition("/")[2]: z.read(i) for i in z.namelist()}
    program = entries.pop("data.pkl")[2:-1]
    for i, code in enumerate(_mutations(program, 5_000)):
        try:
            scratch.load(archive(code, entries), weights_only=bool(i % 2))
        except ERRORS as error:
            assert str(error)


def test_mutations_of_older_files():
    file = io.BytesIO()
    torch.save([torch.arange(4.0), {"x": torch.ones(2, 2).t()}], file,
               _use_new_zipfile_serialization=False)  # fmt: skip
    for data in _mutations(file.getvalue(), 2_000):
        try:
            scratch.load(io.BytesIO(data))
        except ERRORS as error:
            assert str(error)


def test_nothing_is_imported():
    program = f"""
import sys, io
sys.path.insert(0, {str(Path(__file__).parents[1])!r})
import scratch
from tests.hostile import archive, called, text
before = set(sys.modules)
for name in ("antigravity", "this", "turtle"):
    for only in (True, False):
        try:
            scratch.load(archive(called(name, "x")), weights_only=only)
        except Exception as error:
            print(type(error).__name__)
assert not {{"antigravity", "this", "turtle"}} & (set(sys.modules) - before)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout.split() == ["UnpicklingError"] * 6, done.stderr


def test_no_more_memory_than_the_file(tmp_path):
    """300 MB are loaded with 1.2 times as much."""
    path = tmp_path / "large.pt"
    torch.save({f"{i}": torch.ones(10, 2**20) for i in range(7)}, path)
    program = f"""
import resource, sys
sys.path.insert(0, {str(Path(__file__).parents[1])!r})
import scratch
peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
before = peak()
loaded = scratch.load({str(path)!r}, **eval(sys.argv[1]))
print(1024 * (peak() - before), sum(float(x[0, 0]) for x in loaded.values()))
scratch.save(loaded, {str(path) + "2"!r})
print(1024 * (peak() - before))
"""
    size = path.stat().st_size
    for options, most in (("{}", 1.2), ("{'mmap': True}", 0.1)):
        done = subprocess.run(
            [sys.executable, "-c", program, options], capture_output=True, text=True, check=True
        )
        loading, total, saving = done.stdout.split()
        assert float(total) == 7 and int(loading) < most * size
        assert int(saving) < 1.2 * size
    assert (tmp_path / "large.pt2").stat().st_size == size

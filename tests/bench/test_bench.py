"""Benchmarks: what is recorded, which are chosen, and the table of ratios."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

import bench
from bench import report, runner, threads, timing
from bench.cli import app
from bench.pairs import UnknownName
from bench.timing import COLUMNS, name_of, timed

HOME = Path(bench.__file__).parents[1]


def result(lesson, size, column, median, device="cpu"):
    info = {"lesson": lesson, "size": size, "device": device, "column": column}
    return {"extra_info": info, "stats": {"median": median}}


RESULTS = {
    "machine_info": {
        "cpu": {"brand_raw": "Some CPU"},
        "cores": 2,
        "threads": 1,
        "gpu": None,
        "versions": {"torch": "2.13.0", "numpy": "2.4.6", "numba": None},
    },
    "benchmarks": [
        result("nn/linear", "16x64", "scratch", 2e-5),
        result("nn/linear", "16x64", "torch_impl", 1e-4),
        result("nn/linear", "16x64", "torch", 4e-5),
        result("nn/linear", "256x512", "torch", 2.5e-3),
        result("nn/linear", "256x512", "scratch", 7.5e-3),
        result("ops/matmul", "", "scratch", 1.0),
    ],
}


@pytest.fixture
def saved(tmp_path):
    path = tmp_path / "saved.json"
    path.write_text(json.dumps(RESULTS))
    return path


class TestReport:
    def test_ratios(self):
        small, large, alone = report.rows(RESULTS)
        assert (small.lesson, small.size, small.device) == ("nn/linear", "16x64", "cpu")
        assert small.ratio("scratch") == pytest.approx(0.5)
        assert small.ratio("torch_impl") == pytest.approx(2.5)
        assert large.ratio("scratch") == pytest.approx(3.0)
        assert large.ratio("torch_impl") is None
        assert alone.ratio("scratch") is None

    def test_summary_counts_what_has_a_ratio(self):
        assert report.summary(report.rows(RESULTS)) == (
            "scratch is faster than torch in 1 of 2 rows"
        )

    def test_devices_are_told_apart(self):
        benchmarks = [
            result("nn/linear", "16", column, seconds, device)
            for device, seconds in [("cpu", 1.0), ("cuda", 0.5)]
            for column in ("scratch", "torch")
        ]
        rows = report.rows({"benchmarks": benchmarks})
        assert [(row.device, row.ratio("scratch")) for row in rows] == [("cpu", 1), ("cuda", 1)]

    @pytest.mark.parametrize(
        ("seconds", "text"),
        [
            (1.0, "1.00 s"),
            (0.0123, "12.3 ms"),
            (2.5e-3, "2.50 ms"),
            (1.13e-4, "113 µs"),
            (5e-9, "5.00 ns"),
            (2e-10, "0.20 ns"),
            (None, "-"),
        ],
    )
    def test_durations(self, seconds, text):
        assert report.duration(seconds) == text

    def test_the_table(self, sidebyside, saved):
        done = sidebyside("bench", "--load", saved)
        assert done.exit_code == 0
        *table, summary, machine = done.output.splitlines()
        assert [line.split() for line in table] == [
            ["scratch", "torch_impl"],
            ["lesson", "size", "/", "torch", "/", "torch", "torch"],
            ["nn/linear", "16x64", "0.50", "2.50", "40.0", "µs"],
            ["nn/linear", "256x512", "3.00", "-", "2.50", "ms"],
            ["ops/matmul", "-", "-", "-"],
        ]
        assert summary.endswith("below 1 is faster. scratch is faster than torch in 1 of 2 rows.")
        assert machine == "Some CPU, 1 of 2 threads, torch 2.13.0, numpy 2.4.6"

    @pytest.mark.parametrize("text", ["", "{}", "[]", '{"benchmarks": [{}]}', "{"])
    def test_somebody_elses_json(self, sidebyside, tmp_path, text):
        path = tmp_path / "other.json"
        path.write_text(text)
        done = sidebyside("bench", "--load", path)
        assert done.exit_code == 2
        assert str(path) in done.output.replace("\n", "")


class TestChoose:
    @pytest.fixture
    def here(self, tmp_path):
        for name in ("bench_import", "nn/bench_linear", "nn/bench_loss", "ops/bench_loss"):
            path = tmp_path / f"{name}.py"
            path.parent.mkdir(exist_ok=True)
            path.touch()
        (tmp_path / "nn/data.py").touch()
        return tmp_path

    @pytest.mark.parametrize(
        ("names", "files"),
        [
            (["nn/linear"], ["nn/bench_linear"]),
            (["linear", "import"], ["nn/bench_linear", "bench_import"]),
            (["nn.linear", "linear"], ["nn/bench_linear"]),
            (["nn"], ["nn/bench_linear", "nn/bench_loss"]),
            (["loss"], ["nn/bench_loss", "ops/bench_loss"]),
            ([], ["bench_import", "nn/bench_linear", "nn/bench_loss", "ops/bench_loss"]),
        ],
    )
    def test_names(self, here, names, files):
        assert runner.choose(names, here) == [here / f"{file}.py" for file in files]

    def test_unknown(self, here):
        with pytest.raises(UnknownName, match=r"'lineer'; did you mean linear"):
            runner.choose(["lineer"], here)

    def test_the_real_ones(self):
        names = {path.name for path in runner.choose([])}
        assert {"bench_train_step.py", "bench_import.py", "bench_engine.py"} <= names

    def test_unknown_on_the_command_line(self, sidebyside):
        done = sidebyside("bench", "trainstep")
        assert done.exit_code == 2
        assert "no benchmark is called 'trainstep'; did you mean train_step?" in done.output


LESSON = '''
from bench.timing import lesson

calls = []

@lesson("nn/thing", size=[(2, 3), 7])
def thing(torch, device, size):
    """Makes zeros."""
    assert device == "cpu"
    return lambda: calls.append(torch.zeros(size))

@lesson("nn/thing")
def other(torch, device, size):
    assert size is None
    return lambda: torch.zeros(1)
'''


def pytest_run(tmp_path, *options):
    """pytest on a lesson's benchmark of our own, with this repository's settings."""
    (tmp_path / "bench_thing.py").write_text(LESSON)
    (tmp_path / "conftest.py").write_text((HOME / "bench" / "conftest.py").read_text())
    command = [sys.executable, "-m", "pytest", tmp_path, f"--config-file={HOME}/pyproject.toml"]
    command += [f"--rootdir={tmp_path}", "-p", "no:cacheprovider", *options]
    done = subprocess.run(command, cwd=HOME, capture_output=True, text=True, timeout=120)
    return done.returncode, done.stdout + done.stderr


class TestLesson:
    def test_what_is_recorded(self, tmp_path, monkeypatch):
        monkeypatch.setenv(threads.VARIABLE, "1")
        path = tmp_path / "results.json"
        status, output = pytest_run(tmp_path, "--benchmark-only", f"--benchmark-json={path}")
        assert status == 0, output
        results = json.loads(path.read_text())
        info = results["machine_info"]
        assert info["threads"] == 1 and info["cores"] >= 1
        assert set(info["versions"]) == {"torch", "numpy", "numba"}
        assert all("1 threads" in pool for pool in info["pools"] if "openblas" in pool)
        assert "node" not in info and info["cpu"]["brand_raw"]
        on_cpu = [b for b in results["benchmarks"] if b["extra_info"]["device"] == "cpu"]
        groups = {}
        for benchmark in on_cpu:
            groups.setdefault(benchmark["group"], []).append(benchmark["extra_info"]["column"])
        assert groups == {
            "nn/thing 2x3 cpu": list(COLUMNS),
            "nn/thing 7 cpu": list(COLUMNS),
            "nn/thing other cpu": list(COLUMNS),
        }
        rows = report.rows(results)
        assert all(row.ratio("scratch") > 0 and row.ratio("torch_impl") > 0 for row in rows)

    def test_plain_pytest_skips_them(self, tmp_path):
        status, output = pytest_run(tmp_path)
        assert status == 0
        assert "passed" not in output.splitlines()[-1] and "skipped" in output.splitlines()[-1]

    def test_once_untimed(self, tmp_path):
        options = ["-o", "addopts=--import-mode=importlib", "--benchmark-disable"]
        status, output = pytest_run(tmp_path, *options)
        assert status == 0
        assert "9 passed" in output

    @pytest.mark.parametrize(
        ("size", "name"), [(None, ""), (7, "7"), ((2, 3), "2x3"), ([4], "4"), ("cpu", "cpu")]
    )
    def test_names_of_sizes(self, size, name):
        assert name_of(size) == name

    def test_on_a_gpu_the_clock_waits(self, monkeypatch):
        done = []
        monkeypatch.setattr("torch.cuda.synchronize", lambda: done.append("waited"))
        timed(lambda: done.append("step"), "torch", "cuda")()
        assert done == ["step", "waited"]
        timed(lambda: done.append("step"), "torch", "cpu")()
        assert done == ["step", "waited", "step"]


class TestCommand:
    def test_runs_and_saves(self, sidebyside, tmp_path):
        path = tmp_path / "kept.json"
        done = sidebyside("bench", "devices", "--save", path)
        assert done.exit_code == 0, done.output
        assert "devices" in done.output and f"Saved {path}" in done.output.replace("\n", "")
        assert "test session starts" not in done.output
        results = json.loads(path.read_text())
        assert report.rows(results)
        assert all(
            "median" in b["stats"] and "data" not in b["stats"] for b in results["benchmarks"]
        )

    def test_once(self, sidebyside):
        done = sidebyside("bench", "devices", "--once")
        assert done.exit_code == 0
        assert "passed" in done.output

    def test_a_failure_is_shown(self, sidebyside, monkeypatch, tmp_path):
        broken = tmp_path / "bench_broken.py"
        broken.write_text("raise RuntimeError('broken on purpose')\n")
        monkeypatch.setattr(runner, "choose", lambda names: [broken])
        done = sidebyside("bench")
        assert done.exit_code != 0
        assert "broken on purpose" in done.output

    def test_nowhere_to_save(self, sidebyside):
        done = sidebyside("bench", "--save", "nowhere/kept.json")
        assert done.exit_code == 2
        assert "no folder nowhere" in done.output

    def test_without_pytest_benchmark(self, sidebyside, monkeypatch):
        monkeypatch.setattr("bench.runner.find_spec", lambda name: None)
        done = sidebyside("bench", "devices")
        assert done.exit_code == 2
        assert "pip install 'sidebyside[test]'" in done.output


def test_the_backend_is_handed_to_the_benchmarks(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    monkeypatch.setenv(timing.BACKEND, "numpy")
    monkeypatch.setattr(runner, "run", lambda *arguments: seen.append(timing.backend()) or 0)
    for backend in ("numba", "numpy"):
        result = CliRunner().invoke(app, ["bench", "nn/linear", "--backend", backend])
        assert result.exit_code == 0, result.output
    assert seen == ["numba", "numpy"]
    assert CliRunner().invoke(app, ["bench", "--backend", "abacus"]).exit_code == 2

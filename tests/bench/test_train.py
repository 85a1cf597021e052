"""The trainer: both columns agree, and it notices when they do not."""

import subprocess
import sys
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import matplotlib.image
import numpy as np
import pytest
import torch

import bench
import scratch
import torch_impl
from bench.data import Images, digits
from bench.data.mnist import SOURCES
from bench.scoreboard import title
from bench.train import Options, Race

COLUMNS = [("scratch", scratch), ("torch_impl", torch_impl)]


@pytest.fixture(scope="module")
def few():
    """The first 200 digits: an epoch of 13 steps."""
    images = digits()
    return images._replace(train_x=images.train_x[:200], train_y=images.train_y[:200])


def changed(**parts):
    """torch with something replaced: `changed(optim=...)`."""
    return SimpleNamespace(**{**vars(torch), **parts})


def run(columns, images, **options):
    race = Race(columns, images, Options(**{"epochs": 2, **options}))
    epochs = list(race.run())
    return race, epochs


def against(impostor, images, **options):
    race, _ = run([("impostor", impostor), ("torch", torch)], images, **options)
    return race.verdict()


class TestAgreement:
    @pytest.mark.parametrize("twin", [torch_impl, torch])
    def test_float64(self, few, twin):
        race, epochs = run([("scratch", scratch), ("twin", twin)], few, epochs=4)
        assert race.verdict().agree
        assert race.same_start and race.same_shuffles
        ours, theirs = zip(*race.losses, strict=True)
        assert [f"{x:.6f}" for x in ours] == [f"{x:.6f}" for x in theirs]
        assert max(race.differences) <= 1e-13
        assert len(race.losses) == len(race.times) == len(race.differences) == 4 * 13
        assert all(a == b for a, b in race.accuracies)
        assert [epoch.number for epoch in epochs] == [1, 2, 3, 4]
        assert epochs[-1].loss[0] == pytest.approx(np.mean(ours[-13:]), abs=0)

    def test_float32(self, few):
        race, _ = run(COLUMNS, few, dtype="float32")
        assert race.same_start
        assert race.verdict().agree
        assert 0 < max(race.differences) < 1e-4

    @pytest.mark.parametrize(
        "options", [{"hidden": ()}, {"hidden": (5,)}, {"batch_size": 1000}, {"seed": 7}, {"lr": 0}]
    )
    def test_other_networks(self, few, options):
        race, _ = run(COLUMNS, few, **options)
        assert race.verdict().agree

    def test_seeds_differ(self, few):
        losses = [run(COLUMNS, few, epochs=1, seed=seed)[0].losses for seed in (0, 0, 1)]
        assert losses[0] == losses[1] != losses[2]

    def test_it_learns(self):
        """The run that README begins with, whole."""
        race, epochs = run(COLUMNS, digits(), epochs=Options().epochs)
        assert race.verdict().agree
        assert min(epochs[-1].accuracy) >= 0.96


class TestDisagreement:
    def test_another_loss(self, few):
        worse = SimpleNamespace(**vars(torch.optim))
        worse.SGD = partial(torch.optim.SGD, weight_decay=1e-3)
        verdict = against(changed(optim=worse), few)
        assert not verdict.agree
        assert "disagree: step " in verdict.text

    def test_a_parameter_alone(self, few):
        """Too little to be seen in 6 decimals of the loss."""
        worse = SimpleNamespace(**vars(torch.optim))
        worse.SGD = lambda parameters, lr: torch.optim.SGD(parameters, lr=lr * (1 + 1e-7))
        verdict = against(changed(optim=worse), few)
        assert not verdict.agree
        assert "a parameter is" in verdict.text and "more than 1e-10" in verdict.text

    def test_float32_says_when(self, few):
        worse = SimpleNamespace(**vars(torch.optim))
        worse.SGD = lambda parameters, lr: torch.optim.SGD(parameters, lr=lr * 1.001)
        verdict = against(changed(optim=worse), few, dtype="float32")
        assert verdict.agree
        assert "same 6 decimals before step 2;" in verdict.text

    @pytest.mark.parametrize("dtype", ["float32", "float64"])
    def test_other_initial_weights(self, few, dtype):
        other = changed(manual_seed=lambda seed: torch.manual_seed(seed + 1))
        verdict = against(other, few, dtype=dtype)
        assert not verdict.agree
        assert "begin with different weights" in verdict.text

    @pytest.mark.parametrize("dtype", ["float32", "float64"])
    def test_another_shuffle(self, few, dtype):
        def reverse(n, generator):
            return torch.randperm(n, generator=generator).flip(0)

        verdict = against(changed(randperm=reverse), few, dtype=dtype)
        assert not verdict.agree
        assert "shuffle differently" in verdict.text

    @pytest.mark.parametrize("dtype", ["float32", "float64"])
    def test_a_loss_that_is_no_number(self, few, dtype):
        race, epochs = run(COLUMNS, few, dtype=dtype, lr=float("nan"))
        assert epochs == []
        assert len(race.losses) == 2  # the first comes before the first update
        verdict = race.verdict()
        assert not verdict.agree
        assert "stopped at step 2: the losses are nan and nan" in verdict.text

    def test_nan_in_a_parameter_is_no_agreement(self, few):
        race, _ = run(COLUMNS, few, epochs=1)
        race.differences[3] = float("nan")
        assert not race.verdict().agree


class TestCommand:
    def test_from_the_shell(self, tmp_path):
        """A process of its own, as a user has it: every line, and the picture."""
        picture = tmp_path / "picture.png"
        command = [sys.executable, "-m", "bench.cli", "train", "--epochs", "2", "--plot", picture]
        home = Path(bench.__file__).parents[1]
        done = subprocess.run(command, cwd=home, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr
        assert done.stderr == ""
        lines = done.stdout.splitlines()
        assert lines[0] == (
            "64-64-64-10 network on 1437 images of digits, batch 16, SGD lr 0.1, float64, seed 0, "
            "1 thread"
        )
        rows = [line.split() for line in lines if line.split()[0] in ("1", "2")]
        assert len(rows) == 2
        for _, *losses, right, twin, difference, differ, _, _, _ in rows:
            assert losses[0] == losses[1] and len(losses[0].partition(".")[2]) == 6
            assert right == twin and right.endswith("%")
            assert 0 <= float(difference) < 1e-12
            assert differ == "never"
        assert lines[-1].startswith("Verdict: scratch and torch_impl agree: all 180 losses equal")
        assert "\x1b" not in done.stdout
        assert matplotlib.image.imread(picture).shape[2] == 4

    def test_disagreement_is_exit_status_1(self, sidebyside, monkeypatch):
        monkeypatch.setattr(scratch.optim, "SGD", partial(scratch.optim.SGD, weight_decay=0.01))
        done = sidebyside("train", "--epochs", 1)
        assert done.exit_code == 1
        assert "Verdict: scratch and torch_impl disagree: step" in done.output.splitlines()[-1]

    def test_float32(self, sidebyside):
        done = sidebyside("train", "--epochs", 1, "--dtype", "float32", "--hidden", "8")
        assert done.exit_code == 0
        assert "64-8-10 network" in done.output and "float32" in done.output

    def test_the_third_witness(self, sidebyside):
        done = sidebyside("train", "--epochs", 1, "--columns", "scratch,torch")
        assert done.exit_code == 0
        assert "scratch and torch agree" in done.output

    @pytest.mark.parametrize("ending", ["svg", "pdf"])
    @pytest.mark.parametrize("dtype", ["float32", "float64"])
    def test_pictures(self, sidebyside, tmp_path, dtype, ending):
        path = tmp_path / f"picture.{ending}"
        done = sidebyside("train", "--epochs", 1, "--dtype", dtype, "--plot", path)
        assert done.exit_code == 0
        assert path.stat().st_size > 10_000

    def test_a_picture_of_equal_bits(self, sidebyside, tmp_path, monkeypatch):
        monkeypatch.setattr(Race, "difference", lambda self: 0.0)
        done = sidebyside("train", "--epochs", 1, "--plot", tmp_path / "picture.png")
        assert done.exit_code == 0

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (["--hidden", "64,x"], "--hidden: '64,x' is no list of numbers"),
            (["--hidden", "0"], "is no list of numbers"),
            (["--lr", "-1"], "--lr"),
            (["--epochs", "0"], "--epochs"),
            (["--batch-size", "0"], "--batch-size"),
            (["--threads", "0"], "--threads"),
            (["--seed", str(2**64)], "--seed"),
            (["--dtype", "float16"], "float16"),
            (["--data", "cifar"], "cifar"),
            (["--columns", "scratch"], "--columns: 'scratch' does not name two"),
            (["--columns", "scratch,jax"], "--columns"),
            (["--plot", "nowhere/picture.png"], "--plot: there is no folder nowhere"),
            (["--plot", "picture.txt"], "should end in .png, .svg or .pdf"),
        ],
    )
    def test_bad_input_is_said_before_anything_runs(self, sidebyside, arguments, message):
        done = sidebyside("train", *arguments)
        assert done.exit_code == 2
        assert message in done.output
        assert "Traceback" not in done.output and "network on" not in done.output

    def test_without_matplotlib(self, sidebyside, monkeypatch):
        monkeypatch.setattr("bench.cli.find_spec", lambda name: None)
        done = sidebyside("train", "--plot", "picture.png")
        assert done.exit_code == 2
        assert "--plot needs matplotlib" in done.output

    def test_damaged_data(self, sidebyside, tmp_path):
        raw = tmp_path / "MNIST" / "raw"
        raw.mkdir(parents=True)
        for name in SOURCES["mnist"].md5:
            (raw / name).write_bytes(b"<html>")
        done = sidebyside("train", "--data", "mnist", "--data-dir", tmp_path)
        assert done.exit_code == 2
        assert "is damaged" in done.output

    def test_mnist(self, sidebyside, monkeypatch, few):
        asked = []

        def mnist(name, root, progress):
            asked.append((name, root))
            return Images(*few[:4], white=few.white)

        monkeypatch.setattr("bench.scoreboard.mnist", mnist)
        done = sidebyside("train", "--data", "fashion-mnist", "--data-dir", "here")
        assert done.exit_code == 0
        assert asked == [("fashion-mnist", Path("here"))]
        assert "batch 64" in done.output


def test_both_columns_go_first_in_turn(few):
    """Whoever goes second is slower: the times that are shown do not depend on who began."""
    order = []

    class Watched(Race):
        def __init__(self, *args):
            super().__init__(*args)
            for learner, name in zip(self.learners, "ab", strict=True):
                step = learner.step
                learner.step = lambda x, y, step=step, name=name: order.append(name) or step(x, y)

    race = Watched(COLUMNS, few, Options(epochs=1, batch_size=100))
    list(race.run())
    assert order == ["a", "b", "b", "a"]
    race.times = [(1.0, 2.0), (3.0, 4.0), (1.0, 8.0)]
    assert race.paired_times().tolist() == [[2.0, 3.0], [2.0, 6.0]]
    assert race.paired_times(2).tolist() == [[1.0, 8.0]]


def test_title_names_the_threads(few):
    assert title("digits", few, Options(hidden=()), 2) == (
        "64-10 network on 200 images of digits, batch 16, SGD lr 0.1, float64, seed 0, 2 threads"
    )

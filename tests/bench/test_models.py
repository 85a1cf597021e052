"""The networks by name, and the commands that show what they are made of."""

from xml.etree import ElementTree

import numpy as np
import pytest
import torch

import scratch
import torch_impl
from bench import models
from bench.data import digits
from bench.pairs import UnknownName
from bench.train import Learner, Options, Race

NET = """
import scratch as torch

class Net(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.only = torch.nn.Linear(3, 2)

    def forward(self, x):
        return self.only(x)

made = Net()
"""


@pytest.mark.parametrize("name", list(models.INPUTS))
def test_first_weights_are_torchs(name):
    states = []
    for column in (scratch, torch):
        column.manual_seed(3)
        states.append(getattr(models, name)(column).state_dict())
    ours, theirs = states
    assert list(ours) == list(theirs)
    assert all(np.array_equal(ours[key].numpy(), theirs[key].numpy()) for key in ours)


@pytest.mark.parametrize("name", ["Net", "made"])
def test_a_network_of_ones_own(tmp_path, name):
    (tmp_path / "file.py").write_text(NET)
    network, size = models.named(f"{tmp_path}/file.py:{name}", "scratch")
    assert isinstance(network, scratch.nn.Module) and size is None


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("resnet", "no network is called 'resnet': mlp, lenet, vgg"),
        ("nowhere.else:Net", "No module named 'nowhere'"),
        ("bench.models:Net", "bench.models has no Net"),
    ],
)
def test_unknown_networks(name, says):
    with pytest.raises(UnknownName, match=says):
        models.named(name, "scratch")


def test_framed():
    images = digits().framed(32)
    assert images.train_x.shape == (1437, 1, 32, 32) and images.pixels == 1024
    assert np.array_equal(images.train_x[5, 0, ::4, ::4], digits().train_x[5])
    small = digits().framed(11)  # nothing fits twice, and three columns are over
    assert np.array_equal(small.test_x[:, 0, 1:9, 1:9], digits().test_x)
    assert small.test_x.sum() == digits().test_x.sum()


@pytest.mark.parametrize(("name", "batch_size"), [("lenet", 8), ("vgg", 4)])
def test_two_hundred_steps_agree(name, batch_size):
    images = digits().framed(32)
    few = images._replace(
        train_x=images.train_x[: 100 * batch_size],
        train_y=images.train_y[: 100 * batch_size],
        test_x=images.test_x[:20],
        test_y=images.test_y[:20],
    )
    options = Options(epochs=2, batch_size=batch_size, lr=0.03, model=name)
    race = Race([("scratch", scratch), ("torch", torch)], few, options)
    for _ in race.run():
        pass
    assert len(race.losses) == 200
    assert race.verdict().agree, race.verdict().text


def test_columns_that_share_a_generator_drop_alike():
    images = digits().framed(32)
    few = images._replace(**{part: getattr(images, part)[:12] for part in images._fields[:4]})
    options = Options(epochs=2, batch_size=4, lr=0.03, model="vgg")
    race = Race([("torch_impl", torch_impl), ("torch", torch)], few, options)
    for _ in race.run():
        pass
    assert race.verdict().agree, race.verdict().text


def test_measuring_accuracy_changes_nothing():
    images = digits().framed(32)
    few = images._replace(test_x=images.test_x[:30], test_y=images.test_y[:30])
    learner = Learner(scratch, few, Options(model="vgg"))
    before = {name: x.clone() for name, x in learner.model.state_dict().items()}
    assert learner.accuracy() == learner.accuracy()
    after = learner.model.state_dict()
    assert all(bool((after[name] == x).all()) for name, x in before.items())
    assert all(layer.training for layer in learner.model.modules())


def test_summary(sidebyside, tmp_path):
    outputs = [sidebyside("summary", "lenet", "--column", c) for c in ("scratch", "torch")]
    assert [done.exit_code for done in outputs] == [0, 0]
    assert outputs[0].output == outputs[1].output
    assert "16·6·5·5 + 16 = 2,416" in outputs[0].output
    assert "parameters: 61,706, all trained" in outputs[0].output
    (tmp_path / "file.py").write_text(NET)
    done = sidebyside("summary", f"{tmp_path}/file.py:Net", "--input", "7,3")
    assert "[7, 2]" in done.output and "2·3 + 2 = 8" in done.output


def test_graph(sidebyside, tmp_path):
    done = sidebyside("graph", "mlp")
    assert done.exit_code == 0 and done.output.startswith("digraph {")
    assert "AddmmBackward0" in done.output and "5.weight" in done.output
    path = tmp_path / "graph.svg"
    assert sidebyside("graph", "lenet", "--column", "torch", "--save", path).exit_code == 0
    assert ElementTree.parse(path).getroot().tag.endswith("svg")
    assert "ConvolutionBackward0" in path.read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["summary", "resnet"], "no network is called 'resnet'"),
        (["summary", "mlp", "--input", "x"], "--input"),
        (["summary", "mlp", "--column", "jax"], "--column: 'jax' does not name one"),
        (["summary", "mlp", "--input", "2,7"], "cannot take an input of shape [2, 7]: mat1 and"),
        (["graph", "lenet", "--input", "1,1,9,9"], "in layer '3'"),
        (["graph", "mlp", "--save", "a.png"], "should end in .svg or .dot"),
        (["train", "--model", "lenet", "--hidden", "8"], "--hidden is for --model mlp"),
    ],
)
def test_bad_input_is_said_in_a_line(sidebyside, arguments, message):
    done = sidebyside(*arguments)
    assert done.exit_code == 2
    assert message in done.output and "Traceback" not in done.output

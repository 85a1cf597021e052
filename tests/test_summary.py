"""summary: its numbers are those of both libraries' modules, its table says how they come about."""

import pytest
import torch

import scratch
import torch_impl
from bench import models
from tests.same_script import error, same_script

COLUMNS = {"scratch": scratch, "torch_impl": torch_impl}


def summaries(make, *args, **options):
    """The same network's summary in both columns, and torch's module."""
    texts = [column.summary(make(column), *args, **options) for column in COLUMNS.values()]
    return *texts, make(torch)


@pytest.mark.parametrize("name", list(models.INPUTS))
def test_both_columns_say_the_same(name):
    ours, twin, module = summaries(getattr(models, name), models.INPUTS[name])
    assert str(ours) == str(twin)
    assert ours.total_params == sum(p.numel() for p in module.parameters())
    builtin = torch_impl.summary(module, models.INPUTS[name])
    assert str(builtin) == str(ours)


def test_the_shapes_are_those_of_the_outputs():
    network, x = models.lenet(scratch), scratch.zeros(3, 1, 32, 32)
    rows = scratch.summary(network, (3, 1, 32, 32)).rows[1:]
    for layer, row in zip(network, rows, strict=True):
        x = layer(x)
        assert row.outputs == [tuple(x.shape)]


def by_hand(torch):
    nn = torch.nn
    return nn.Sequential(
        nn.Conv2d(4, 6, 3, groups=2),
        nn.ConvTranspose2d(6, 2, (2, 3), stride=2, bias=False),
        nn.BatchNorm2d(2),
    )


def test_numbers_by_hand():
    # 4 channels of 8 x 8 become 6 of 6 x 6, and then 2 of 12 x 13.
    for column in COLUMNS.values():
        found = column.summary(by_hand(column), (5, 4, 8, 8))
        _, conv, transposed, norm = found.rows
        assert conv.arithmetic == "6·2·3·3 + 6" and conv.parameters == 114
        assert conv.multiply_adds == 5 * 6 * 6 * 6 * (2 * 3 * 3)
        assert transposed.multiply_adds == 5 * 6 * 6 * 6 * (2 * 2 * 3)
        assert norm.outputs == [(5, 2, 12, 13)] and norm.multiply_adds == 5 * 2 * 12 * 13
        assert found.total_params == 114 + 72 + 4
        assert found.parameter_bytes == 4 * 190 and found.buffer_bytes == 4 * 4 + 8
        assert found.input_bytes == 4 * 5 * 4 * 8 * 8


def shared(torch):
    class Net(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.first = torch.nn.Linear(3, 3)
            self.second = torch.nn.Linear(3, 3, bias=False)
            self.second.weight = self.first.weight
            self.again = self.first

        def forward(self, x):
            return self.again(self.second(self.first(x)))

    return Net()


def test_what_is_shared_counts_once():
    ours, twin, module = summaries(shared, (2, 3))
    assert str(ours) == str(twin)
    assert ours.total_params == sum(p.numel() for p in module.parameters()) == 12
    _, first, second = ours.rows
    assert first.outputs == [(2, 3), (2, 3)] and first.multiply_adds == 2 * 18
    assert second.parameters == 0 and "shared" in second.arithmetic


@same_script
def test_the_network_is_as_it_was(torch):
    summary = torch.summary if hasattr(torch, "summary") else torch_impl.summary
    torch.manual_seed(0)
    network = torch.nn.Sequential(
        torch.nn.Linear(3, 3), torch.nn.BatchNorm1d(3), torch.nn.Dropout()
    )
    network[1].eval()
    before = {name: x.clone() for name, x in network.state_dict().items()}
    summary(network, (2, 3))
    after = network.state_dict()
    modes = [layer.training for layer in network.modules()]
    hooks = [len(layer._forward_hooks) for layer in network.modules()]
    same = all(bool((after[name] == x).all()) for name, x in before.items())
    return modes, hooks, same, torch.rand(2)


@pytest.mark.parametrize("column", COLUMNS.values(), ids=COLUMNS)
def test_without_an_input_nothing_runs(column):
    network = column.nn.Sequential(column.nn.Linear(3, 2), column.nn.Linear(7, 2))
    text = str(column.summary(network))
    assert "output" not in text and "2·7 + 2 = 16" in text
    assert error(column, lambda: column.summary(network, (1, 3))) == "RuntimeError"
    assert network.training and not network[0]._forward_hooks


@pytest.mark.parametrize("column", COLUMNS.values(), ids=COLUMNS)
def test_several_inputs_and_their_dtypes(column):
    class Net(column.nn.Module):
        def __init__(self):
            super().__init__()
            self.words = column.nn.Embedding(10, 4)
            self.frozen = column.nn.Linear(4, 1, dtype=column.float64).requires_grad_(False)

        def forward(self, tokens, x):
            return {"words": self.words(tokens), "value": [self.frozen(x)]}

    found = column.summary(Net(), [(2, 5), (2, 4)], dtypes=[column.int64, column.float64])
    assert found.rows[0].outputs == [(2, 5, 4), (2, 1)]
    assert (found.total_params, found.trainable_params) == (45, 40)
    assert "of which 40 are trained" in str(found)
    data = column.zeros(2, 5, dtype=column.int64), column.zeros(2, 4, dtype=column.float64)
    assert str(column.summary(Net(), input_data=data)) == str(found)

"""A failing layer names itself: the note on the exception, in networks of all shapes."""

import pickle
import traceback

import pytest

import scratch as torch

nn = torch.nn
BAD = torch.ones(2, 3)  # for layers that want four


class Net(nn.Module):
    """Two blocks of layers, called by a forward of its own."""

    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(nn.ReLU(), nn.Sequential(nn.Linear(4, 4), nn.Tanh()))
        self.heads = nn.ModuleList([nn.Identity(), nn.Linear(4, 2)])

    def forward(self, x, head=False):
        return self.heads[1](x) if head else self.features(x)


def notes(function) -> list[str]:
    """The notes on what a call raises."""
    with pytest.raises(Exception) as raised:
        function()
    return getattr(raised.value, "__notes__", [])


def test_path_and_layer():
    linear = "Linear(in_features=4, out_features=4, bias=True)"
    assert notes(lambda: Net()(BAD)) == [f"in layer 'features.1.0' of Net: {linear}"]
    assert notes(lambda: nn.Sequential(Net())(BAD)) == [
        f"in layer '0.features.1.0' of Sequential: {linear}"
    ]


def test_a_list_of_modules_is_a_step_of_the_path():
    assert notes(lambda: Net()(BAD, head=True)) == [
        "in layer 'heads.1' of Net: Linear(in_features=4, out_features=2, bias=True)"
    ]


def test_message_and_note_of_a_wrong_linear_input():
    with pytest.raises(RuntimeError, match="in_features=4") as raised:
        Net()(BAD)
    assert len(raised.value.args) == 1
    assert "in layer 'features.1.0' of Net" in "".join(traceback.format_exception(raised.value))


def test_a_layer_on_its_own():
    assert notes(lambda: nn.Linear(4, 1)(BAD)) == [
        "in Linear(in_features=4, out_features=1, bias=True)"
    ]


def test_a_forward_that_fails_itself():
    class Fails(nn.Module):
        def __init__(self):
            super().__init__()
            self.layer = nn.Linear(2, 2)

        def forward(self, x):
            return x.nothing

    assert notes(lambda: Fails()(BAD)) == ["in Fails"]
    assert notes(lambda: nn.Sequential(nn.ReLU(), Fails())(BAD)) == [
        "in layer '1' of Sequential: Fails"
    ]


def test_the_note_says_nothing_twice():
    net = nn.Sequential(Net())
    for _ in range(3):
        assert len(notes(lambda: net(BAD))) == 1
    with pytest.raises(RuntimeError) as raised:
        try:
            net(BAD)
        except RuntimeError as error:
            error.add_note("mine")
            raise
    assert [note[:8] for note in raised.value.__notes__] == ["in layer", "mine"]


def test_an_exception_that_is_caught_and_raised_again():
    class Careful(nn.Module):
        def __init__(self):
            super().__init__()
            self.inner = Net()

        def forward(self, x):
            try:
                return self.inner(x)
            except RuntimeError as error:
                assert error.__notes__[0].startswith("in layer 'features.1.0' of Net")
                raise

    assert notes(lambda: Careful()(BAD))[0].startswith("in layer 'inner.features.1.0' of Careful")


def test_a_caught_exception_leaves_no_trace():
    class Falls(nn.Module):
        def __init__(self):
            super().__init__()
            self.first, self.second = nn.Linear(4, 1), nn.Linear(5, 1)

        def forward(self, x):
            try:
                return self.first(x)
            except RuntimeError:
                return self.second(x)

    assert notes(lambda: Falls()(BAD)) == [
        "in layer 'second' of Falls: Linear(in_features=5, out_features=1, bias=True)"
    ]


def test_hooks():
    def fails(*_):
        raise KeyError("hook")

    net = Net()
    net.features[0].register_forward_hook(fails)
    assert notes(lambda: net(torch.ones(2, 4))) == ["in layer 'features.0' of Net: ReLU()"]
    net = Net()
    net.register_forward_pre_hook(lambda *_: None)
    net.features.register_full_backward_hook(lambda *_: None)
    assert notes(lambda: net(BAD))[0].startswith("in layer 'features.1.0' of Net")


def test_recursion():
    class Deep(nn.Module):
        def __init__(self):
            super().__init__()
            self.layer = nn.Linear(4, 4)

        def forward(self, x, depth):
            return self(x, depth - 1) if depth else self.layer(x)

    assert notes(lambda: Deep()(BAD, 5))[0].startswith("in layer 'layer' of Deep: Linear")

    class Endless(nn.Module):
        def forward(self, x):
            return self(x)

    with pytest.raises(RecursionError):
        Endless()(BAD)


def test_a_module_at_two_places():
    layer = nn.Linear(4, 4)
    assert notes(lambda: nn.Sequential(layer, nn.ReLU(), layer)(BAD))[0].startswith(
        "in layer '0 or 2' of Sequential"
    )


def test_modules_that_are_not_registered():
    class Hides(nn.Module):
        def __init__(self):
            super().__init__()
            self.layers = [nn.ReLU(), nn.Linear(4, 1)]
            self.named = {"a": nn.Linear(5, 1)}

        def forward(self, x, where):
            if where == "list":
                return self.layers[1](self.layers[0](x))
            return self.named["a"](x) if where == "dict" else nn.Sequential(nn.Linear(6, 1))(x)

    assert notes(lambda: Hides()(BAD, "list"))[0].startswith("in layer 'layers[1]' of Hides: Lin")
    assert notes(lambda: Hides()(BAD, "dict"))[0].startswith("in layer 'named['a']' of Hides: Lin")
    assert notes(lambda: Hides()(BAD, "new"))[0].startswith("in layer '<Sequential>.0' of Hides: L")


def test_a_module_without_super_init():
    class Forgot(nn.Module):
        def __init__(self):
            self.number = 1

    assert notes(lambda: Forgot()(BAD)) == ["in Forgot"]


def test_long_texts_are_left_out():
    class Wordy(nn.Module):
        def extra_repr(self):
            return "word " * 100

        def forward(self, x):
            raise ValueError("no")

    class Broken(Wordy):
        def extra_repr(self):
            return self.nothing

    assert notes(lambda: Wordy()(BAD)) == ["in Wordy"]
    assert notes(lambda: Broken()(BAD)) == ["in Broken"]


def test_the_note_can_be_pickled():
    with pytest.raises(RuntimeError) as raised:
        Net()(BAD)
    again = pickle.loads(pickle.dumps(raised.value))
    assert again.__notes__ == raised.value.__notes__ and type(again.__notes__[0]) is str


def test_interruptions_pass_without_a_note():
    class Stops(nn.Module):
        def forward(self, x):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt) as raised:
        Stops()(BAD)
    assert not hasattr(raised.value, "__notes__")

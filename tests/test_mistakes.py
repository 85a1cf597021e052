"""The page of mistakes and the decorator it is made with."""

import re
from importlib import import_module
from pathlib import Path

import pytest
import torch as real_torch

import scratch
from tests.mistakes import LONG, advice, body, complaint, message, mistake, said

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "mistakes.md").read_text()
FILES = sorted((ROOT / "tests" / "scripts").glob("test_mistakes_with_*.py"))


def scripts(path):
    module = import_module(f"tests.scripts.{path.stem}")
    return [test.script for test in vars(module).values() if hasattr(test, "script")]


def wrong_view(torch):
    """Use ``view(2, 3)``
    or ``reshape``."""
    torch.ones(6).view(4, 2)


def changed(torch):
    y = torch.exp(torch.ones(2, requires_grad=True))
    y += 1
    y.sum().backward()


def right(torch):
    """Nothing to do."""
    torch.ones(6).view(3, 2)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_mistake_says_what_to_do(path):
    assert f"{{mistakes}} scripts/{path.stem}\n" in PAGE
    assert scripts(path)
    for script in scripts(path):
        assert script.__doc__, script.__name__
        assert script.__doc__.count("``") % 2 == 0, f"{script.__name__} has an open backquote"
        assert not re.search(r"(?<!`)`(?!`)", script.__doc__), f"{script.__name__}: a single one"
        assert body(script), script.__name__


def test_the_page_shows_no_path_of_this_machine():
    for path in FILES:
        for script in scripts(path):
            shown = body(script) + message(script, real_torch) + message(script, scratch)
            assert str(ROOT) not in shown and path.name not in shown, script.__name__


def test_no_two_mistakes_have_one_name():
    names = [script.__name__ for path in FILES for script in scripts(path)]
    assert len(names) == len(set(names))


def test_a_mistake_passes():
    for column in ("scratch", "torch_impl"):
        mistake("size 6", r"\[4, 2\]")(wrong_view)(column)


def test_words_that_are_not_said_fail():
    test = mistake("size 7")(wrong_view)
    with pytest.raises(AssertionError, match="'size 7' is not in"):
        test("scratch")
    test("torch_impl")  # its words are torch's own


def test_a_script_that_torch_does_not_mind_fails():
    with pytest.raises(AssertionError, match="torch says None"):
        mistake()(right)("scratch")


def test_another_exception_than_torch_s_fails():
    def differs(torch):
        raise TypeError("ours") if torch is scratch else ValueError("theirs")

    with pytest.raises(AssertionError, match="ours"):
        mistake()(differs)("scratch")
    mistake()(differs)("torch_impl")


def test_silence_where_torch_complains_fails():
    def silent(torch):
        if torch is real_torch:
            raise ValueError("theirs")

    with pytest.raises(AssertionError):
        mistake()(silent)("scratch")


def test_silent_means_that_torch_is_silent_and_scratch_warns():
    def warns(torch):
        if torch is scratch:
            import warnings

            warnings.warn("look here", stacklevel=1)

    mistake("look", silent=True)(warns)("scratch")
    mistake("look", silent=True)(warns)("torch_impl")
    with pytest.raises(AssertionError):
        mistake(silent=True)(right)("scratch")
    with pytest.raises(AssertionError, match="torch says"):
        mistake(silent=True)(wrong_view)("scratch")


def test_said_includes_the_notes():
    def layer(torch):
        torch.nn.Sequential(torch.nn.Linear(2, 3))(torch.ones(1, 4))

    assert "layer '0' of Sequential" in said(complaint(layer, scratch))
    assert said(None) == ""


def test_body_is_the_code_alone():
    assert body(wrong_view) == "torch.ones(6).view(4, 2)"
    assert body(changed).splitlines()[1] == "y += 1"  # and without a docstring


def test_body_keeps_the_docstring_of_a_class_in_it():
    def script(torch):
        """Advice."""

        class Net(torch.nn.Module):
            """Its own."""

        Net()

    assert body(script) == 'class Net(torch.nn.Module):\n    """Its own."""\n\nNet()'


def test_message_names_the_exception_and_the_line_of_the_body():
    assert message(wrong_view, real_torch).startswith("RuntimeError: shape '[4, 2]' is invalid")
    assert "The last change was add_, in line 2." in message(changed, scratch)
    assert message(right, scratch) == "(nothing)"


def test_message_is_for_a_page():
    def script(torch):
        print("not shown")
        raise ValueError("\x1b[1mbold\x1b[0m   and\n\n\tbelow " + "x" * 1000)

    lines = message(script, scratch).splitlines()
    assert lines[0] == "ValueError: bold and"
    assert lines[1].startswith("below xxx")
    assert len(message(script, scratch)) == LONG + 2
    assert message(script, scratch).endswith("x …")


def test_print_of_a_script_is_not_shown(capsys):
    def script(torch):
        print("not shown")

    message(script, scratch)
    assert capsys.readouterr().out == ""


def test_advice_is_text_and_code_by_turns():
    assert advice(wrong_view) == ["Use ", "view(2, 3)", " or ", "reshape", "."]
    assert advice(changed) == [""]

"""Programs of random operations, views and changes in place end in scratch as they do in torch.

`pytest tests/fuzz --programs 1000000` runs more of them than the ordinary 20,000, and
`--first-block 50` begins with the fiftieth thousand.
"""

import random
import warnings

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from tests.fuzz.drawing import operations
from tests.fuzz.programs import Program, Run

OPERATIONS = operations()
BLOCK = 1000
MOST_STATEMENTS = 8


def pytest_generate_tests(metafunc):
    if "block" in metafunc.fixturenames:
        first, programs = map(metafunc.config.getoption, ("--first-block", "--programs"))
        metafunc.parametrize("block", range(first, first + -(-programs // BLOCK)))


@pytest.fixture(autouse=True)
def quiet():
    """torch and scratch warn about much of what random programs do."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def test_programs(block):
    @seed(block)
    @settings(
        max_examples=BLOCK,
        database=None,
        deadline=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(
        st.integers(0, 2**24 - 1),
        st.lists(
            st.tuples(st.sampled_from(OPERATIONS), st.integers(0, 2**24 - 1)),
            min_size=1,
            max_size=MOST_STATEMENTS,
        ),
    )
    def end_alike(number, operations):
        difference = Program(number, operations).difference()
        assert not difference, f"\n{difference}"

    end_alike()


def random_program(number: int) -> Program:
    draw = random.Random(number)
    length = draw.randrange(1, MOST_STATEMENTS + 1)
    return Program(number, [(draw.choice(OPERATIONS), draw.random()) for _ in range(length)])


def test_the_programs_do_something():
    """Most statements succeed, and most programs reach backward."""
    done, asked, backward = 0, 0, 0
    for number in range(1000):
        program = random_program(number)
        results, rest = (
            program.theirs.log[: len(program.statements)],
            program.theirs.log[len(program.statements) :],
        )
        asked += len(results)
        done += sum(not is_error(result) for result in results)
        backward += not any(map(is_error, rest))
    assert done > 0.5 * asked
    assert backward > 500


@pytest.mark.parametrize("line", sorted(set(OPERATIONS)))
def test_every_operation_succeeds_somewhere(line):
    programs = (Program(number, [(line, number)]) for number in range(400))
    assert any(p.statements and not is_error(p.theirs.log[0]) for p in programs)


def is_error(result) -> bool:
    return isinstance(result, str) and result.endswith("Error")


def test_a_planted_mistake_is_found(monkeypatch):
    """A wrong value, a wrong gradient, a missing refusal: each is told."""
    import scratch

    for line, wrong in {
        "x.exp()": lambda x: x.expm1(),
        "x * 2.0": lambda x, other: x.detach() * 2.0,
        "x.reshape(r)": lambda x, shape: x,
    }.items():
        name = {"x.exp()": "exp", "x * 2.0": "__mul__", "x.reshape(r)": "reshape"}[line]
        with monkeypatch.context() as patch:
            patch.setattr(scratch.Tensor, name, wrong)
            differences = [Program(number, [(line, number)]).difference() for number in range(20)]
        assert any(differences), line


def test_a_program_can_be_read_and_run():
    """Its text is a script: run by itself it makes the same tensors."""
    for number in range(300):
        program = random_program(number)
        names = {}
        for line in str(program).splitlines():
            try:
                exec(line, names)
            except Exception as refused:
                assert any(str(each) == type(refused).__name__ for each in program.theirs.log), (
                    program
                )
        for place, x in enumerate(program.theirs.pool):
            assert names[f"t{place}"].shape == x.shape, program


def test_another_run_is_the_same():
    for number in range(50):
        program = random_program(number)
        again = program.run(Run(program.theirs.torch))
        assert repr(again.log) == repr(program.theirs.log)

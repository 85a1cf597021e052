"""The console command `sidebyside`; each function below is one of its commands.

Exit status 0: done, and the columns agree. 1: they do not. 2: it could not be done.
What a command needs is imported when it runs, so that `sidebyside --help` answers at once; and
NumPy and torch only after the number of threads is settled, which they read when they load.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from bench.threads import limit

if TYPE_CHECKING:
    from rich.console import Console

app = typer.Typer(
    help="One neural-network library, written twice: from scratch, and in torch.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_show_locals=False,
)


class Data(StrEnum):
    digits = "digits"
    mnist = "mnist"
    fashion = "fashion-mnist"


class Backend(StrEnum):
    numpy = "numpy"
    numba = "numba"


class Precision(StrEnum):
    float64 = "float64"
    float32 = "float32"


class Model(StrEnum):
    mlp = "mlp"
    lenet = "lenet"
    vgg = "vgg"


# Options that several commands have.
Network = Annotated[
    str, typer.Argument(help="mlp, lenet, vgg; or file.py:Net, module:Net of your own.")
]
InputSize = Annotated[
    str | None, typer.Option("--input", metavar="N,N", help="The input's shape, batch included.")
]
OneColumn = Annotated[str, typer.Option(metavar="A", help="One of scratch, torch_impl, torch.")]
Threads = Annotated[int, typer.Option(min=1, metavar="N", help="Threads of every column.")]


@app.command()
def train(
    data: Annotated[
        Data, typer.Option(help="What to learn; digits needs no download.")
    ] = Data.digits,
    model: Annotated[
        Model, typer.Option(help="Linear layers, LeNet-5, or a small VGG with batch norm.")
    ] = Model.mlp,
    dtype: Annotated[Precision, typer.Option(help="The type of all numbers.")] = Precision.float64,
    epochs: Annotated[
        int | None,
        typer.Option(
            min=1, metavar="N", help="Passes over the data [20; lenet: 5; vgg, MNIST: 3]."
        ),
    ] = None,
    batch_size: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Images a step [16; MNIST: 64].")
    ] = None,
    lr: Annotated[
        float | None,
        typer.Option(min=0, metavar="X", help="Learning rate of SGD [0.1; vgg: 0.03]."),
    ] = None,
    hidden: Annotated[
        str | None, typer.Option(metavar="N,N", help="The mlp's hidden layers' widths [64,64].")
    ] = None,
    seed: Annotated[int, typer.Option(min=0, metavar="N", help="Of weights and shuffles.")] = 0,
    threads: Threads = 1,
    plot: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Save a picture: .png, .svg or .pdf.")
    ] = None,
    data_dir: Annotated[
        Path, typer.Option(metavar="FOLDER", help="Where MNIST is kept; as torchvision does.")
    ] = Path("data"),
    columns: Annotated[
        str, typer.Option(metavar="A,B", help="Two of scratch, torch_impl, torch.")
    ] = "scratch,torch_impl",
) -> None:
    """Train one network in both columns, batch by batch, and compare.

    In float64 they have to agree: the exit status is 1 when a loss differs
    in 6 decimals or a parameter by more than 1e-10. In float32 the step is
    reported at which the first printed digit differs.
    """
    if hidden is not None and model is not Model.mlp:
        fail(f"--hidden is for --model mlp: the layers of {model.value} are what they are")
    widths = parse_widths("64,64" if hidden is None else hidden)
    names = parse_columns(columns)
    check_picture(plot)
    if seed >= 2**64:
        fail(f"--seed: {seed} has more than 64 bits")
    limit(threads)
    with failures():
        from bench import scoreboard
        from bench.models import LEARNS, SIDE
        from bench.train import Options, Race

        console = make_console()
        images = scoreboard.load(data.value, data_dir, console)
        small = data is Data.digits
        if model is not Model.mlp:
            images = images.framed(SIDE)
        usual_epochs, usual_lr = LEARNS[model.value]
        options = Options(
            dtype=dtype.value,
            epochs=epochs or (usual_epochs if small else 3),
            batch_size=batch_size or (16 if small else 64),
            lr=usual_lr if lr is None else lr,
            hidden=widths,
            seed=seed,
            model=model.value,
        )
        modules = [(name, import_module(name)) for name in names]
        limit(threads)
        title = scoreboard.title(data.value, images, options, threads)
        console.print(title, style="bold", highlight=False, soft_wrap=True)
        race = Race(modules, images, options)
        scoreboard.follow(race, console)
        if plot and race.losses:
            from bench.picture import draw

            draw(race, plot, title)
            console.print(f"Picture: {plot}", highlight=False, soft_wrap=True)
        if not scoreboard.report(race, console):
            raise typer.Exit(1)


@app.command()
def summary(
    model: Network,
    input_size: InputSize = None,
    column: OneColumn = "scratch",
) -> None:
    """Show a network's layers: shapes, parameters, multiply-adds, memory."""
    sizes = parse_widths(input_size or "", "--input", "1,28,28")
    limit(1)
    with failures():
        from bench import models

        network, usual = models.named(model, parse_columns(column, 1)[0])
        with shape_errors(sizes or usual):
            text = str(models.column_of(network).summary(network, sizes or usual))
        make_console(piped=120).print(text, highlight=False, markup=False, soft_wrap=True)


@app.command()
def graph(
    model: Network,
    input_size: InputSize = None,
    save: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Save a picture: .svg; or the text: .dot.")
    ] = None,
    column: OneColumn = "scratch",
) -> None:
    """Draw a network's computation graph; without --save, print it as DOT."""
    sizes = parse_widths(input_size or "", "--input", "1,28,28")
    if save is not None and save.suffix not in (".svg", ".dot"):
        fail(f"--save: {save} should end in .svg or .dot")
    limit(1)
    with failures():
        from bench import models

        network, usual = models.named(model, parse_columns(column, 1)[0])
        if not (sizes or usual):
            fail("--input: the shape of the network's input is not known; try --input 1,28,28")
        with shape_errors(sizes or usual):
            picture = models.drawn(network, sizes or usual)
        if save is None:
            typer.echo(picture.dot, nl=False)
        else:
            picture.save(save)
            make_console().print(f"Picture: {save}", highlight=False, soft_wrap=True)


@app.command()
def show(
    name: Annotated[
        str | None, typer.Argument(help="nn/linear, linear, nn.Linear; none: list them all.")
    ] = None,
    columns: Annotated[
        str | None, typer.Option(help="Which of scratch, torch, numba, cuda to show.")
    ] = None,
) -> None:
    """Show a lesson's sources beside each other."""
    from bench import pairs
    from bench.show import contents, pick
    from bench.show import show as print_lesson

    with failures():
        known = pairs.lessons()
        if name is None:
            contents(known, make_console())
            return
        lesson, definition = pairs.find(name, known)
        print_lesson(lesson, pick(lesson, columns), definition, make_console(piped=160))


@app.command()
def gradient(
    name: Annotated[str, typer.Argument(help="An operation, a rule or a lesson; none: all.")] = "",
) -> None:
    """Say what an operation computes and what its gradient is."""
    from bench import gradients

    with failures():
        if not gradients.show(name, make_console(piped=120)):
            fail(f"no operation is called {name!r}: `sidebyside gradient` lists them all")


@app.command()
def check(
    name: Annotated[
        str | None, typer.Argument(help="A lesson or folder; none: everything.")
    ] = None,
) -> None:
    """Compare values and gradients with torch's, and show the errors."""
    limit(1)  # with more, torch's own sums change their last bits
    with failures():
        from bench import checks

        if not checks.check(checks.select(name), make_console(piped=120)):
            raise typer.Exit(1)


@app.command()
def bench(
    names: Annotated[
        list[str] | None, typer.Argument(help="Lessons or folders; none: everything.")
    ] = None,
    save: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Keep pytest-benchmark's JSON.")
    ] = None,
    load: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Print a kept JSON, run nothing.")
    ] = None,
    threads: Threads = 1,
    backend: Annotated[Backend, typer.Option(help="What scratch computes with.")] = Backend.numpy,
    once: Annotated[bool, typer.Option("--once", help="Call each once, untimed.")] = False,
) -> None:
    """Time the lessons: scratch and torch_impl against torch."""
    from bench import runner

    os.environ["SIDEBYSIDE_BACKEND"] = backend.value
    with failures():
        if load is not None:
            try:
                runner.print_table(load.read_text(encoding="utf-8"), make_console(piped=160))
            except ValueError as error:
                fail(f"--load: {load}: {error}")
            return
        if save is not None and not save.absolute().parent.is_dir():
            fail(f"--save: there is no folder {save.parent}")
        files = runner.choose(names or [])
        status = runner.run(files, make_console(piped=160), save, threads, once)
        if status:
            raise typer.Exit(status)


@app.command()
def large(
    text: Annotated[str, typer.Argument(help="Only operations with this in their line.")] = "",
    elements: Annotated[
        str, typer.Option(metavar="N,N", help="How many elements.")
    ] = "1000000,10000000",
    threads: Threads = 1,
    backend: Annotated[Backend, typer.Option(help="What scratch computes with.")] = Backend.numpy,
    save: Annotated[bool, typer.Option("--save", help="Keep the results for the book.")] = False,
) -> None:
    """Time every operation on large tensors against torch."""
    limit(threads)
    sizes = parse_widths(elements, "--elements", "1000000,10000000")
    if not sizes:
        fail("--elements: no number of elements; try 1000000,10000000")
    with failures():
        from bench import large as timings

        import_module("scratch").set_backend(backend.value)
        import_module("torch")
        limit(threads)
        found = timings.run(list(sizes), text, make_console(piped=120))
        if save:
            timings.save(found, threads)


def make_console(piped: int | None = None) -> "Console":
    """Where everything is printed; `piped` is the width where there is no terminal to ask."""
    from rich.console import Console

    known = sys.stdout.isatty() or "COLUMNS" in os.environ
    return Console(width=None if known else piped)


def parse_widths(text: str, option: str = "--hidden", example: str = "64,64") -> tuple[int, ...]:
    try:
        widths = tuple(int(width) for width in text.replace(",", " ").split())
    except ValueError:
        widths = (0,)
    if any(width < 1 for width in widths):
        fail(f"{option}: {text!r} is no list of numbers; try {example}")
    return widths


def parse_columns(text: str, count: int = 2) -> list[str]:
    names = text.replace(",", " ").split()
    if len(names) != count or not set(names) <= {"scratch", "torch_impl", "torch"}:
        option, number = ("--columns", "two") if count == 2 else ("--column", "one")
        fail(f"{option}: {text!r} does not name {number} of scratch, torch_impl, torch")
    return names


def check_picture(path: Path | None) -> None:
    """Before an hour of training, not after it."""
    if path is None:
        return
    if find_spec("matplotlib") is None:
        fail("--plot needs matplotlib: pip install matplotlib")
    if path.suffix not in (".png", ".svg", ".pdf"):
        fail(f"--plot: {path} should end in .png, .svg or .pdf")
    if not path.absolute().parent.is_dir():
        fail(f"--plot: there is no folder {path.parent}")


@contextmanager
def failures() -> Iterator[None]:
    """What a user can mend is said in a line; anything else is a bug and keeps its traceback."""
    from bench.pairs import UnknownName

    try:
        yield
    except (OSError, UnknownName) as error:
        fail(str(error))


@contextmanager
def shape_errors(size: tuple[int, ...] | None) -> Iterator[None]:
    """What a network says of an input that does not fit, with the layer that said it."""
    try:
        yield
    except (RuntimeError, ValueError, IndexError) as error:
        where = "".join(f"\n{note}" for note in getattr(error, "__notes__", ()))
        fail(f"the network cannot take an input of shape {list(size or ())}: {error}{where}")


def fail(message: str) -> NoReturn:
    typer.echo(f"Error: {message}", err=True)
    raise typer.Exit(2)


if __name__ == "__main__":
    app()

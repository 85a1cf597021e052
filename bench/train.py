"""The same network, from the same seed, trained in two columns at once, batch by batch.

A column is a module: `scratch`, `torch_impl` or `torch`. `Learner` is the script a course would
write, with the module as a parameter; `Race` runs two learners in step, times them, and compares
what they know after every batch.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from time import perf_counter
from types import ModuleType
from typing import Any, NamedTuple

import numpy as np

from bench import models
from bench.data import Images
from bench.models import CLASSES

__all__ = ["Epoch", "Learner", "Options", "Race", "Verdict"]

DIGITS = 6  # decimals of a printed loss
TEST_BATCH = 500
TOLERANCE = 1e-10  # how far a float64 parameter may be from its twin


@dataclass(frozen=True)
class Options:
    """What a run is made of; two runs with equal options print equal losses."""

    dtype: str = "float64"
    epochs: int = 20
    batch_size: int = 16
    lr: float = 0.1
    hidden: tuple[int, ...] = (64, 64)  # of an mlp
    seed: int = 0
    model: str = "mlp"


class Learner:
    """One column's half of the race."""

    def __init__(self, torch: ModuleType, images: Images, options: Options) -> None:
        self.torch: Any = torch
        self.images = images
        self.dtype = getattr(torch, options.dtype)
        self.torch.manual_seed(options.seed)
        self.model = self.network(options)
        self.criterion = self.torch.nn.CrossEntropyLoss()
        self.optimizer = self.torch.optim.SGD(self.model.parameters(), lr=options.lr)
        # A generator of its own: two columns may share torch's default one.
        self.generator = self.torch.Generator()
        self.generator.manual_seed(options.seed)
        self.random = self.torch.get_rng_state()  # likewise, for what dropout draws

    def network(self, options: Options) -> Any:
        if options.model == "mlp":
            sizes = self.images.pixels, *options.hidden, CLASSES
            return models.mlp(self.torch, sizes, self.dtype)
        return getattr(models, options.model)(self.torch, self.dtype)

    def shuffle(self) -> np.ndarray:
        """The order in which an epoch sees the training images."""
        return self.torch.randperm(len(self.images.train_x), generator=self.generator).numpy()

    def batch(self, x: np.ndarray, y: np.ndarray) -> tuple[Any, Any]:
        return self.torch.tensor(x / self.images.white, dtype=self.dtype), self.torch.tensor(y)

    def step(self, x: Any, y: Any) -> Any:
        """What is timed: forward, loss, backward, update."""
        self.optimizer.zero_grad()
        loss = self.criterion(self.model(x), y)
        loss.backward()
        self.optimizer.step()
        return loss

    def timed_step(self, x: Any, y: Any) -> tuple[float, float]:
        """One step with this learner's own random numbers: the loss, and the seconds it took."""
        self.torch.set_rng_state(self.random)
        begin = perf_counter()
        loss = self.step(x, y)
        seconds = perf_counter() - begin
        self.random = self.torch.get_rng_state()
        return loss.item(), seconds

    def accuracy(self) -> float:
        """The share of test images named right."""
        right = 0
        self.model.eval()
        for i in range(0, len(self.images.test_x), TEST_BATCH):
            part = slice(i, i + TEST_BATCH)
            x, y = self.batch(self.images.test_x[part], self.images.test_y[part])
            with self.torch.no_grad():
                named = self.model(x).numpy().argmax(axis=1)
            right += int((named == y.numpy()).sum())
        self.model.train()
        return right / len(self.images.test_x)

    def parameters(self) -> list[np.ndarray]:
        return [parameter.detach().numpy() for parameter in self.model.parameters()]


class Epoch(NamedTuple):
    """A row of the table: pairs have one value a column, in the columns' order."""

    number: int
    loss: tuple[float, float]  # mean over the batches
    accuracy: tuple[float, float]  # on the test images
    difference: float  # largest of any parameter after any step of this epoch
    ms: tuple[float, float]  # a step, median over paired steps


class Verdict(NamedTuple):
    agree: bool
    text: str


class Race:
    """Two learners on identical batches, taking turns at going first."""

    def __init__(
        self, columns: Sequence[tuple[str, ModuleType]], images: Images, options: Options
    ) -> None:
        self.names = tuple(name for name, _ in columns)
        self.images, self.options = images, options
        self.learners = [Learner(module, images, options) for _, module in columns]
        self.same_start = self.difference() == 0
        self.same_shuffles = True
        self.stopped = False  # by a loss that is no number
        self.losses: list[tuple[float, float]] = []  # every step's
        self.times: list[tuple[float, float]] = []  # in seconds
        self.differences: list[float] = []
        self.accuracies: list[tuple[float, float]] = []  # every epoch's

    @property
    def steps_an_epoch(self) -> int:
        return -(-len(self.images.train_x) // self.options.batch_size)

    @property
    def first_difference(self) -> int | None:
        """The step, counted from 1, at which the printed losses first part."""
        for step, (a, b) in enumerate(self.losses, 1):
            if f"{a:.{DIGITS}f}" != f"{b:.{DIGITS}f}":
                return step
        return None

    def paired_times(self, start: int = 0) -> np.ndarray:
        """Seconds a step, averaged over each step and the next: the column that goes second finds
        colder caches, and of two steps each column goes first in one."""
        times = np.array(self.times[start:])
        return (times[:-1] + times[1:]) / 2 if len(times) > 1 else times

    def difference(self) -> float:
        """The largest difference of any parameter; nan if one of them is."""
        ours, theirs = (learner.parameters() for learner in self.learners)
        pairs = zip(ours, theirs, strict=True)
        return float(np.max([np.abs(np.subtract(a, b, dtype=np.float64)).max() for a, b in pairs]))

    def run(self, after_step: Callable[[], object] = lambda: None) -> Iterator[Epoch]:
        """Train; yield a row after each epoch. Stops early when a loss is no number."""
        for number in range(1, self.options.epochs + 1):
            start = len(self.losses)
            for index in self.batches():
                self.step(index)
                after_step()
                if not np.isfinite(self.losses[-1]).all():
                    self.stopped = True
                    return
            self.accuracies.append(tuple(learner.accuracy() for learner in self.learners))
            yield Epoch(
                number,
                tuple(np.mean(self.losses[start:], axis=0).tolist()),
                self.accuracies[-1],
                float(np.max(self.differences[start:])),
                tuple((1e3 * np.median(self.paired_times(start), axis=0)).tolist()),
            )

    def batches(self) -> Iterator[np.ndarray]:
        order, twin = (learner.shuffle() for learner in self.learners)
        self.same_shuffles &= np.array_equal(order, twin)
        for start in range(0, len(order), self.options.batch_size):
            yield order[start : start + self.options.batch_size]

    def step(self, index: np.ndarray) -> None:
        x, y = self.images.train_x[index], self.images.train_y[index]
        batches = [learner.batch(x, y) for learner in self.learners]
        loss, seconds = [0.0, 0.0], [0.0, 0.0]
        first = len(self.losses) % 2  # neither column always finds the caches warm
        for column in (first, 1 - first):
            loss[column], seconds[column] = self.learners[column].timed_step(*batches[column])
        self.losses.append((loss[0], loss[1]))
        self.times.append((seconds[0], seconds[1]))
        self.differences.append(self.difference())

    def verdict(self) -> Verdict:
        """Do the columns agree? float64 has to, in every printed digit; float32 is reported."""
        steps, (a, b) = len(self.losses), self.names
        if self.stopped:
            was = " and ".join(f"{loss}" for loss in self.losses[-1])
            return Verdict(
                False, f"stopped at step {steps}: the losses are {was}; try a lower --lr"
            )
        if not self.same_start:
            return Verdict(False, f"{a} and {b} begin with different weights")
        if not self.same_shuffles:
            return Verdict(False, f"{a} and {b} shuffle differently")
        parted, worst = self.first_difference, float(np.max(self.differences))
        if np.isnan(worst):
            return Verdict(False, f"a parameter of {a} or {b} is nan")
        apart = f"no parameter further apart than {worst:.1e}"
        if self.options.dtype == "float32" and parted is not None:
            text = f"{a} and {b} print the same {DIGITS} decimals before step {parted}; {apart}"
            return Verdict(True, f"in float32 {text}")
        if parted is not None:
            ours, theirs = (f"{loss:.{DIGITS}f}" for loss in self.losses[parted - 1])
            return Verdict(False, f"{a} and {b} disagree: step {parted} prints {ours} and {theirs}")
        if self.options.dtype == "float64" and worst > TOLERANCE:
            text = f"a parameter is {worst:.1e} apart, more than {TOLERANCE:.0e}"
            return Verdict(False, f"{a} and {b} disagree: {text}")
        text = f"{a} and {b} agree: all {steps} losses equal to {DIGITS} decimals, {apart}"
        return Verdict(True, text)

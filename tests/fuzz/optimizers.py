"""Random optimizers with random options, schedulers on top of them, and parameters of all sorts.

A draw is what two lines of Python make, such as ``optim.SGD(groups, lr=0.1)`` and
``lr_scheduler.StepLR(optimizer, 3)``, and the shapes and dtypes of the parameters.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.fuzz.dice import Dice, call

__all__ = ["OPTIMIZERS", "SCHEDULERS", "Draw", "draw"]


@dataclass(frozen=True)
class Draw:
    """What a training is made of."""

    number: int
    line: str
    scheduler: str
    parameters: tuple[tuple[tuple[int, ...], str], ...]
    groups: tuple[tuple[int, str], ...]  # how many parameters, and their own options
    dtype: str

    def __str__(self) -> str:
        return f"{self.number}: {self.line}; {self.scheduler or 'no scheduler'}\n    " + (
            f"parameters {self.parameters}, groups {self.groups}"
        )


def sgd(dice: Dice) -> dict:
    options = dice.options(0.4, momentum=[0.9, 0.5], weight_decay=[0.1], maximize=[True])
    if "momentum" in options:
        options |= dice.options(0.4, dampening=[0.5, 0.1])
        if "dampening" not in options or dice.maybe(0.1):
            options |= dice.options(0.5, nesterov=[True])
    elif dice.maybe(0.05):
        options["nesterov"] = True
    return options


def adam(dice: Dice) -> dict:
    options = dice.options(
        0.35,
        betas=[(0.5, 0.9), (0.0, 0.5), (0.9, 0.99)],
        eps=[1e-3, 1e-2],
        weight_decay=[0.1, 0.0],
        amsgrad=[True],
        maximize=[True],
    )
    return options | dice.options(0.02, betas=[(1.0, 0.9), (0.9, -0.1)], eps=[-1.0])


def rmsprop(dice: Dice) -> dict:
    return dice.options(
        0.35,
        alpha=[0.5, 0.9],
        eps=[1e-3],
        weight_decay=[0.1],
        momentum=[0.9],
        centered=[True],
        maximize=[True],
    ) | dice.options(0.02, momentum=[-0.5], alpha=[-1.0])


def adagrad(dice: Dice) -> dict:
    return dice.options(
        0.35,
        lr_decay=[0.1],
        eps=[1e-3],
        weight_decay=[0.1],
        initial_accumulator_value=[0.5],
        maximize=[True],
    ) | dice.options(0.02, lr_decay=[-0.5], initial_accumulator_value=[-1.0])


def adadelta(dice: Dice) -> dict:
    return dice.options(
        0.35, rho=[0.5, 0.0], eps=[1e-3], weight_decay=[0.1], maximize=[True]
    ) | dice.options(0.02, rho=[1.5])


OPTIMIZERS: dict[str, Callable[[Dice], dict]] = {
    "SGD": sgd,
    "Adam": lambda dice: adam(dice) | dice.options(0.15, decoupled_weight_decay=[True]),
    "AdamW": adam,
    "RMSprop": rmsprop,
    "Adagrad": adagrad,
    "Adadelta": adadelta,
}


def factor(dice: Dice) -> tuple:
    options = dice.options(0.5, start_factor=[0.5, 0.1, 1.0], end_factor=[0.3, 1.0])
    return (), options | dice.options(0.5, total_iters=[2, 4, 0]) | dice.options(
        0.04, start_factor=[0.0], end_factor=[2.0]
    )


def one_cycle(dice: Dice) -> tuple:
    options = dice.options(
        0.4,
        pct_start=[0.5, 0.2],
        anneal_strategy=["linear", "cos"],
        div_factor=[4.0],
        final_div_factor=[10.0],
        three_phase=[True],
        base_momentum=[0.5],
        max_momentum=[0.8],
        cycle_momentum=[False],
    )
    length = dice.choice([{"total_steps": 12}, {"epochs": 3, "steps_per_epoch": 4}])
    length = dice.choice([length] * 8 + [{"total_steps": 6}, {"total_steps": -1}, {}])
    return (dice.choice([0.5, 0.1]),), length | options


def cyclic(dice: Dice) -> tuple:
    return (0.01, 0.1), dice.options(
        0.4,
        step_size_up=[2, 3],
        step_size_down=[1, 4],
        mode=["triangular", "triangular2", "exp_range"],
        gamma=[0.9],
        scale_mode=["cycle", "iterations"],
        cycle_momentum=[False],
        base_momentum=[0.7],
    ) | dice.options(0.03, mode=["square"])


def plateau(dice: Dice) -> tuple:
    return (), {"patience": dice.choice([0, 1, 2])} | dice.options(
        0.4,
        mode=["min", "max"],
        factor=[0.5, 0.3],
        threshold=[0.1, 0.01],
        threshold_mode=["rel", "abs"],
        cooldown=[1, 2],
        min_lr=[0.01],
        eps=[1e-2],
    ) | dice.options(0.03, factor=[1.5], mode=["up"], threshold_mode=["half"])


SCHEDULERS: dict[str, Callable[[Dice], tuple]] = {
    "StepLR": lambda dice: ((dice.randint(1, 4),), dice.options(0.6, gamma=[0.5, 0.9])),
    "MultiStepLR": lambda dice: (
        (sorted(dice.choices(range(1, 8), k=dice.randint(0, 3))),),
        dice.options(0.6, gamma=[0.5, 0.9]),
    ),
    "ExponentialLR": lambda dice: ((dice.choice([0.5, 0.9]),), {}),
    "CosineAnnealingLR": lambda dice: (
        (dice.randint(1, 9),),
        dice.options(0.5, eta_min=[0.01, 0.5]),
    ),
    "CosineAnnealingWarmRestarts": lambda dice: (
        (dice.choice([1, 2, 3, 3, 0]),),
        dice.options(0.5, T_mult=[1, 2], eta_min=[0.01]),
    ),
    "LinearLR": factor,
    "ConstantLR": lambda dice: (
        (),
        dice.options(0.5, factor=[0.5, 0.1, 1.5], total_iters=[0, 2, 4]),
    ),
    "PolynomialLR": lambda dice: (
        (),
        dice.options(0.6, total_iters=[4, 6], power=[2.0, 0.5]),
    ),
    "OneCycleLR": one_cycle,
    "CyclicLR": cyclic,
    "ReduceLROnPlateau": plateau,
}


def scheduler(dice: Dice, name: str) -> str:
    arguments, options = SCHEDULERS[name](dice)
    return call(f"lr_scheduler.{name}", arguments, options).replace("(", "(optimizer, ", 1)


def schedulers(dice: Dice) -> str:
    """A scheduler; or several at once, or one after the other; or a function of the step."""
    kind = dice.random()
    if kind < 0.1:
        names = ["LambdaLR", "MultiplicativeLR"]
        return f"lr_scheduler.{dice.choice(names)}(optimizer, lambda step: 1 / (step + 1))"
    plain = ["StepLR", "ExponentialLR", "LinearLR", "ConstantLR", "CosineAnnealingLR"]
    several = [scheduler(dice, dice.choice(plain)) for _ in range(dice.randint(2, 3))]
    if kind < 0.2:
        return f"lr_scheduler.ChainedScheduler([{', '.join(several)}])"
    if kind < 0.3:
        milestones = sorted(dice.sample(range(1, 7), len(several) - dice.choice([1] * 9 + [0])))
        return f"lr_scheduler.SequentialLR(optimizer, [{', '.join(several)}], {milestones})"
    return scheduler(dice, dice.choice(list(SCHEDULERS)))


def draw(number: int) -> Draw:
    """The training of this number."""
    dice = Dice(number)
    name = dice.choice(list(OPTIMIZERS))
    dtype = dice.dtype()
    mixed = dice.maybe(0.15)
    parameters = tuple(
        (
            tuple(dice.choice([0, 1, 2, 3, 4]) for _ in range(dice.randint(0, 3))),
            dice.dtype() if mixed else dtype,
        )
        for _ in range(dice.randint(2, 3))
    )
    options = OPTIMIZERS[name](dice) | dice.options(0.8, lr=[0.1, 0.05, 0.01])
    options |= dice.options(0.02, lr=[-0.1], weight_decay=[-1.0])
    options |= dice.options(0.15, foreach=[True, False, None])
    groups = [(len(parameters), "")]
    if dice.maybe(0.4):
        own = dice.options(0.6, lr=[0.2, 0.02], weight_decay=[0.3])
        groups = [(1, ""), (len(parameters) - 1, repr(own))]
    line = call(f"optim.{name}", (), options).replace("(", "(groups, ", 1)
    coarsest = min((dtype for _, dtype in parameters), key=["float16", "float32", "float64"].index)
    line = line.replace("groups, )", "groups)")
    after = schedulers(dice).replace("optimizer, )", "optimizer)") if dice.maybe(0.6) else ""
    return Draw(number, line, after, parameters, tuple(groups), coarsest)

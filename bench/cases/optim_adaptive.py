"""Cases of the optimizers that divide by the size of the gradients, and of the schedulers."""

from bench.cases import Case
from bench.cases.optim import SIX, steps

__all__ = ["CASES"]

OPTIMIZERS = {
    "Adam": {
        "plain": {},
        "weight decay": {"weight_decay": 0.1},
        "amsgrad": {"amsgrad": True},
        "maximize": {"maximize": True},
        "betas": {"betas": (0.5, 0.8), "eps": 1e-3},
    },
    "AdamW": {
        "plain": {},
        "weight decay": {"weight_decay": 0.3},
        "amsgrad": {"amsgrad": True, "maximize": True},
    },
    "RMSprop": {
        "plain": {},
        "momentum": {"momentum": 0.9},
        "centered": {"centered": True, "eps": 1e-3},
        "everything": {"momentum": 0.9, "centered": True, "weight_decay": 0.1, "eps": 1e-3},
    },
    "Adagrad": {
        "plain": {},
        "decays": {"lr_decay": 0.1, "weight_decay": 0.1},
        "initial value": {"initial_accumulator_value": 0.5, "maximize": True},
    },
    "Adadelta": {
        "plain": {},
        "weight decay": {"weight_decay": 0.1},
        "rho": {"rho": 0.5, "eps": 1e-3, "maximize": True},
    },
}


def rates(make, name="SGD", **options):
    """A case's function: the learning rates of twenty epochs, by a scheduler."""

    def function(torch, x):
        optimizer = getattr(torch.optim, name)([torch.nn.Parameter(x.clone())], lr=0.3, **options)
        scheduler = make(torch.optim.lr_scheduler, optimizer)
        seen = [scheduler.get_last_lr()[0]]
        for epoch in range(20):
            optimizer.step()
            if isinstance(scheduler, torch.optim.lr_scheduler.ReduceLROnPlateau):
                scheduler.step(max(1.0, 5.0 - epoch))
            else:
                scheduler.step()
            seen.append(scheduler.get_last_lr()[0])
        return torch.tensor(seen, dtype=torch.float64)

    return function


def halving(s, optimizer):
    """A scheduler of one's own."""

    class Halving(s.LRScheduler):
        def get_lr(self):
            return [lr / 2**self.last_epoch for lr in self.base_lrs]

    return Halving(optimizer)


SCHEDULERS = {
    "scheduler": {
        "of one's own": rates(halving),
        "the same for Adam": rates(halving, "Adam"),
        "within a chain": rates(lambda s, o: s.ChainedScheduler([halving(s, o)])),
    },
    "factor": {
        "LambdaLR": rates(lambda s, o: s.LambdaLR(o, lambda epoch: 1 / (1 + epoch))),
        "LambdaLR, a list": rates(lambda s, o: s.LambdaLR(o, [lambda epoch: 0.9**epoch])),
        "MultiplicativeLR": rates(lambda s, o: s.MultiplicativeLR(o, lambda epoch: 0.9)),
    },
    "decay": {
        "StepLR": rates(lambda s, o: s.StepLR(o, 7)),
        "MultiStepLR": rates(lambda s, o: s.MultiStepLR(o, [3, 10])),
        "ExponentialLR": rates(lambda s, o: s.ExponentialLR(o, 0.9)),
        "ConstantLR": rates(lambda s, o: s.ConstantLR(o)),
        "LinearLR": rates(lambda s, o: s.LinearLR(o)),
        "PolynomialLR": rates(lambda s, o: s.PolynomialLR(o, 15, 2.0)),
    },
    "cosine": {
        "CosineAnnealingLR": rates(lambda s, o: s.CosineAnnealingLR(o, 20)),
        "several waves": rates(lambda s, o: s.CosineAnnealingLR(o, 6, 0.01)),
        "warm restarts": rates(lambda s, o: s.CosineAnnealingWarmRestarts(o, 3, 2)),
    },
    "cycle": {
        "OneCycleLR": rates(lambda s, o: s.OneCycleLR(o, 1.0, 30), "Adam"),
        "OneCycleLR, linear": rates(
            lambda s, o: s.OneCycleLR(o, 1.0, 30, anneal_strategy="linear"), momentum=0.9
        ),
        "CyclicLR": rates(lambda s, o: s.CyclicLR(o, 0.1, 1.0, 4), momentum=0.9),
    },
    "plateau": {
        "ReduceLROnPlateau": rates(lambda s, o: s.ReduceLROnPlateau(o, patience=2)),
        "cooldown": rates(lambda s, o: s.ReduceLROnPlateau(o, patience=1, cooldown=3)),
        "mode max": rates(lambda s, o: s.ReduceLROnPlateau(o, "max", 0.5, patience=0)),
    },
    "chain": {
        "SequentialLR": rates(
            lambda s, o: s.SequentialLR(o, [s.LinearLR(o), s.CosineAnnealingLR(o, 15)], [5])
        ),
        "three in sequence": rates(
            lambda s, o: s.SequentialLR(
                o, [s.ConstantLR(o), s.StepLR(o, 3), s.ExponentialLR(o, 0.9)], [2, 12]
            )
        ),
        "ChainedScheduler": rates(
            lambda s, o: s.ChainedScheduler([s.ConstantLR(o), s.ExponentialLR(o, 0.9)])
        ),
    },
}

CASES = [
    Case(f"optim/{name.lower()}", what, steps(name, lr=0.1, **options), SIX, fixed=tuple(range(6)))
    for name, each in OPTIMIZERS.items()
    for what, options in each.items()
] + [
    Case(f"optim/lr_scheduler/{lesson}", what, function, [(2,)], fixed=(0,), exact=True)
    for lesson, each in SCHEDULERS.items()
    for what, function in each.items()
]

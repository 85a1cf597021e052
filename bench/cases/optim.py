"""Cases of the lessons in `optim/`: parameters after some steps, from the same gradients."""

from collections.abc import Callable

from bench.cases import Case

__all__ = ["CASES"]


def steps(name: str, **options) -> Callable:
    """A case's function: one step for each gradient; returns the parameter and the state."""

    def function(torch, start, *gradients):
        p = torch.nn.Parameter(start.clone())
        optimizer = getattr(torch.optim, name)([p], **options)
        for dp in gradients:
            p.grad = dp.clone()
            optimizer.step()
            optimizer.zero_grad()
        state = optimizer.state_dict()["state"]
        return p.detach(), {key: dict(value) for key, value in state.items()}

    return function


SIX = [(7, 5)] * 6


def sgd(name: str, **options) -> Case:
    """Five steps of SGD."""
    return Case("optim/sgd", name, steps("SGD", **options), SIX, fixed=tuple(range(6)))


CASES = [
    sgd("plain", lr=0.1),
    sgd("momentum", lr=0.1, momentum=0.9),
    sgd("dampening", lr=0.1, momentum=0.9, dampening=0.5),
    sgd("weight_decay", lr=0.1, weight_decay=0.01),
    sgd("nesterov", lr=0.1, momentum=0.9, nesterov=True),
    sgd("maximize", lr=0.1, maximize=True),
    sgd("everything", lr=0.1, momentum=0.9, weight_decay=0.01, nesterov=True, maximize=True),
]

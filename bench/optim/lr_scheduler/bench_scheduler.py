"""A step of a scheduler, over an optimizer of two groups."""

from bench.timing import lesson


def optimizer_of(torch):
    """Two groups of one parameter each."""
    groups = [{"params": [torch.ones(1)]} for _ in range(2)]
    return torch.optim.SGD(groups, lr=0.1, momentum=0.9)


def stepping(torch, make):
    """The step of the scheduler that `make` makes, given the module of schedulers."""
    optimizer = optimizer_of(torch)
    scheduler = make(torch.optim.lr_scheduler, optimizer)
    optimizer.step()  # or the scheduler would warn
    return scheduler.step


@lesson("optim/lr_scheduler/scheduler")
def of_ones_own(torch, device, size):
    class Constant(torch.optim.lr_scheduler.LRScheduler):
        def get_lr(self):
            return self.base_lrs

    return stepping(torch, lambda s, optimizer: Constant(optimizer))

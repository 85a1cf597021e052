"""What is read while it is written: refused where torch refuses it, and only there."""

from tests.same_script import error, same_script


def cases(torch):
    """In-place operations and `out=` whose operands share some of the memory of x."""

    def square(change):
        return lambda x: change(torch.arange(9.0).reshape(3, 3))

    return {
        "the row before": lambda x: x[1:].add_(x[:-1]),
        "the column before": lambda x: x[:, 1:].add_(x[:, :-1]),
        "a corner, transposed": lambda x: x[:3, :3].add_(x[:3, :3].t()),
        "transposed": square(lambda y: y.add_(y.t())),
        "copied, transposed": square(lambda y: y.copy_(y.t())),
        "assigned, transposed": square(lambda y: y.__setitem__(slice(None), y.t())),
        "copied": lambda x: x[1:].copy_(x[:-1]),
        "assigned": lambda x: x.__setitem__(slice(1, None), x[:-1]),
        "its first row": lambda x: x.add_(x[0]),
        "its first element": lambda x: x.add_(x[0, 0]),
        "itself": lambda x: x.add_(x),
        "itself, as another view": lambda x: x.add_(x.view_as(x)),
        "every second": lambda x: x.view(-1)[1::2].add_(x.view(-1)[::2]),
        "filled by its own element": lambda x: x.fill_(x[0, 0]),
        "masked by its own element": lambda x: x.masked_fill_(x > 3, x[0, 0]),
        "its own mask": square(lambda y: (y > 3).masked_fill_((y > 3).t(), True)),
        "lerp_": lambda x: x[1:].lerp_(x[:-1], 0.5),
        "addcmul_": lambda x: x[1:].addcmul_(x[:-1], x[:-1]),
        "clamp_": lambda x: x[1:].clamp_(x[:-1]),
        "clamp_ by name": lambda x: x[1:].clamp_(max=x[:-1]),
        "pow_": lambda x: x[1:].pow_(x[:-1]),
        "eq_": lambda x: x[1:].eq_(x[:-1]),
        "scatter_": lambda x: x[1:].scatter_(0, torch.zeros(2, 4).long(), x[:-1]),
        "index_add_": lambda x: x[1:].index_add_(0, torch.tensor([0, 1]), x[:-1]),
        "index_copy_": lambda x: x[1:].index_copy_(0, torch.tensor([0, 1]), x[:-1]),
        "by indices": lambda x: x[1:].__setitem__(torch.tensor([0, 1]), x[:-1]),
        "by a mask": lambda x: x[1:].__setitem__(x[1:] > 5, x[0, 0]),
        "out= itself": lambda x: torch.add(x, 1, out=x),
        "out= its first row": lambda x: torch.sum(x, 0, out=x[0]),
        "addmm_": lambda x: x[:3, :3].addmm_(x[:3, :3], x[:3, :3]),
        "a copy": lambda x: x[1:].add_(x[:-1].clone()),
    }


@same_script
def test_which_overlaps_are_refused(torch):
    return {
        name: error(torch, lambda change=change: change(torch.arange(12.0).reshape(3, 4)))
        for name, change in cases(torch).items()
    }


@same_script
def test_what_is_refused_is_left_as_it_was(torch):
    x = torch.arange(12.0).reshape(3, 4)
    refused = [error(torch, lambda: x[1:].add_(x[:-1])), error(torch, lambda: x.mul_(x[0]))]
    return [refused, x, x._version]


@same_script
def test_the_message_helps(torch):
    x = torch.ones(3)
    try:
        x[1:].add_(x[:-1])
    except RuntimeError as refused:
        return ["unsupported operation" in str(refused), "clone" in str(refused)]

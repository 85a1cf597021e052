"""Cases of saving: what is written is read, bit for bit."""

import io

from bench.cases import Case

__all__ = ["CASES"]


def there_and_back(torch, obj, **options):
    """An object, after it has been in a file."""
    file = io.BytesIO()
    torch.save(obj, file, **options)
    file.seek(0)
    return torch.load(file)


def views(torch, x):
    """A matrix and its walks: they share memory in the file, too."""
    x = x.detach()
    y, turned, part = there_and_back(torch, [x, x.t(), x[1:]])
    y.mul_(2)
    return turned, part


def network(torch):
    """The state of a network."""
    torch.manual_seed(0)
    return list(there_and_back(torch, torch.nn.Linear(3, 2).state_dict()).values())


def older(torch, x):
    """The format from before 2020."""
    return there_and_back(torch, x.detach(), _use_new_zipfile_serialization=False)


CASES = [
    Case("serialization", "views", views, [(3, 4)], exact=True),
    Case("serialization", "a state_dict", network, [], exact=True, dtypes=("float32",)),
    Case("serialization", "the older format", older, [(2, 3)], exact=True),
]

"""What all optimizers share, torch's own: groups of parameters with their options, and their state.

>>> net = torch.nn.Sequential(torch.nn.Linear(4, 8), torch.nn.Linear(8, 2))
>>> optimizer = torch.optim.SGD(
...     [{"params": net[0].parameters()}, {"params": net[1].parameters(), "lr": 0.01}], lr=0.1
... )
>>> [group["lr"] for group in optimizer.param_groups]
[0.1, 0.01]
>>> optimizer.state_dict()["param_groups"][1]["params"]  # numbers stand for the parameters
[2, 3]
"""

from torch.optim import Optimizer

__all__ = ["Optimizer"]

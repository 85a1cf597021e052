"""What every layer and every network is, torch's own ``torch.nn.Module``: Python all through.

It keeps parameters, buffers and submodules in three dictionaries of their own, ``_parameters``,
``_buffers`` and ``_modules``, and finds them by ``__getattr__``. ``scratch/nn/module.py`` keeps
them among the attributes, and shows the three dictionaries as views.

>>> net = torch.nn.Sequential(torch.nn.Linear(4, 8), torch.nn.ReLU(), torch.nn.Linear(8, 2))
>>> [name for name, _ in net.named_parameters()]
['0.weight', '0.bias', '2.weight', '2.bias']
>>> net[0]._parameters.keys()
dict_keys(['weight', 'bias'])
>>> shapes = []
>>> handle = net[0].register_forward_hook(lambda module, args, output: shapes.append(output.shape))
>>> y = net(torch.ones(3, 4))
>>> shapes
[torch.Size([3, 8])]
>>> net.load_state_dict(net.state_dict())
<All keys matched successfully>
"""

from torch.nn import Module

__all__ = ["Module"]

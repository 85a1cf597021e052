"""The lines at the top of a script, in all the ways they are written."""

from tests.printed import prints

SCRIPT = """
import torch
import torch as t
import torch.nn as nn
import torch.nn.functional as F
import torch.optim as optim
import torch.nn.init as init
import torch.autograd as autograd
from torch import Tensor, nn, optim, tensor
from torch.autograd import Function, Variable, grad, gradcheck
from torch.nn import CrossEntropyLoss, Linear, MSELoss, Module, Parameter, ReLU, Sequential
from torch.nn.functional import relu, softmax
from torch.nn.init import xavier_uniform_
from torch.nn.parameter import Parameter
from torch.optim import SGD, Optimizer

torch.manual_seed(0)
model: Module = Sequential(Linear(2, 3), ReLU(), nn.Linear(3, 2))
optimizer = optim.SGD(model.parameters(), lr=0.1)
print(issubclass(SGD, Optimizer), torch.nn is nn, torch.optim is optim, t.autograd is autograd)
print(model, isinstance(model[0].weight, (Parameter, Tensor)))
print(xavier_uniform_ is init.xavier_uniform_, Function.apply is not None, optimizer.param_groups)
print(softmax(F.relu(tensor([1.0, -1.0])), dim=0), relu(Variable(torch.ones(1))))
"""


@prints
def test_imports(torch):
    exec(SCRIPT.replace("torch", torch.__name__), {})  # `import scratch`, where it said torch

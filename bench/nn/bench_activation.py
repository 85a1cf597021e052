"""The layers between: ReLU, Sigmoid, Tanh."""

from bench.steps import layer_step
from bench.timing import lesson

SIZES = [(16, 64), (256, 1024)]


@lesson("nn/activation", size=SIZES)
def relu(torch, device, size):
    return layer_step(torch, device, torch.nn.ReLU(), size)


@lesson("nn/activation", size=SIZES)
def sigmoid(torch, device, size):
    return layer_step(torch, device, torch.nn.Sigmoid(), size)


@lesson("nn/activation", size=SIZES)
def tanh(torch, device, size):
    return layer_step(torch, device, torch.nn.Tanh(), size)

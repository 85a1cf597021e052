"""The parameters of a network as one vector, forwards and backwards, and back from it."""

from bench.timing import lesson

SIZES = [(8, 8), (784, 512)]


@lesson("nn/utils/convert_parameters", size=SIZES)
def parameters_to_vector(torch, device, size):
    """Forward and backward."""
    layer = torch.nn.Linear(*size).to(device)
    dy = torch.ones(sum(p.numel() for p in layer.parameters())).to(device)

    def step():
        torch.nn.utils.parameters_to_vector(layer.parameters()).backward(dy)
        layer.weight.grad = layer.bias.grad = None

    return step


@lesson("nn/utils/convert_parameters", size=SIZES)
def vector_to_parameters(torch, device, size):
    """Views of the vector: no number moves."""
    layer = torch.nn.Linear(*size).to(device)
    vec = torch.nn.utils.parameters_to_vector(layer.parameters()).detach()
    return lambda: torch.nn.utils.vector_to_parameters(vec, layer.parameters())

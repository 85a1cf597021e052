"""Models put together wrongly: torch's exceptions, and in scratch words that help."""

from tests.mistakes import mistake

# ---- writing a module -----------------------------------------------------------------------


@mistake(r"super\(\).__init__\(\)")
def test_layer_before_init(torch):
    """``super().__init__()`` is the first line of ``__init__``."""

    class Net(torch.nn.Module):
        def __init__(self):
            self.fc = torch.nn.Linear(2, 2)

    Net()


@mistake(r"Net.__init__ has to begin with super\(\).__init__\(\)")
def test_call_without_init(torch):
    """``super().__init__()`` is the first line of ``__init__``, without layers as well."""

    class Net(torch.nn.Module):
        def __init__(self):
            self.times = 3

        def forward(self, x):
            return self.times * x

    Net()(torch.ones(1))


@mistake(r"Net.__init__ has to begin with super\(\).__init__\(\)")
def test_parameters_without_init(torch):
    """``super().__init__()`` is the first line of ``__init__``."""

    class Net(torch.nn.Module):
        def __init__(self):
            pass

    list(Net().parameters())


@mistake("Net", "forward")
def test_no_forward(torch):
    """See how it is spelled, and that it is indented as a method of the class."""

    class Net(torch.nn.Module):
        def foward(self, x):
            return x

    Net()(torch.ones(1))


@mistake("2 were given")
def test_forward_without_self(torch):
    """``def forward(self, x):``"""

    class Net(torch.nn.Module):
        def forward(x):
            return x

    Net()(torch.ones(1))


@mistake("NoneType")
def test_forward_without_return(torch):
    """End ``forward`` with ``return``."""

    class Net(torch.nn.Module):
        def forward(self, x):
            x * 2

    Net()(torch.ones(1)).sum()


@mistake("'Net'", "'fc2'")
def test_layer_that_is_not_there(torch):
    """What ``forward`` uses is made in ``__init__``, by the same name."""

    class Net(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.fc1 = torch.nn.Linear(2, 2)

        def forward(self, x):
            return self.fc2(x)

    Net()(torch.ones(1, 2))


@mistake("2 were given")
def test_class_called_with_the_data(torch):
    """Make the model first, ``model = Net()``, then call it: ``model(x)``."""

    class Net(torch.nn.Module):
        def __init__(self):
            super().__init__()

        def forward(self, x):
            return x

    Net(torch.ones(1, 1))


@mistake(r"ReLU\(\)\(x\)")
def test_layer_made_instead_of_called(torch):
    """Two pairs of brackets, ``nn.ReLU()(x)``; or the function, ``torch.relu(x)``."""
    x = torch.nn.ReLU(torch.ones(4, 3))
    torch.nn.Linear(3, 2)(x)


@mistake("forward")
def test_module_list_called(torch):
    """A ``ModuleList`` only holds layers. Loop over them: ``for layer in layers: x = layer(x)``;
    or use ``Sequential``."""
    layers = torch.nn.ModuleList([torch.nn.Linear(1, 1)])
    layers(torch.ones(1, 1))


@mistake(r"\*layers")
def test_a_list_of_layers_for_sequential(torch):
    """With a star, ``Sequential(*layers)``."""
    layers = [torch.nn.Linear(1, 1), torch.nn.ReLU()]
    torch.nn.Sequential(layers)


@mistake("ReLU is a class", r"ReLU\(\)")
def test_a_class_in_sequential(torch):
    """With brackets, ``nn.ReLU()``."""
    torch.nn.Sequential(torch.nn.Linear(1, 1), torch.nn.ReLU)


@mistake("function", r"nn.ReLU\(\)")
def test_a_function_in_sequential(torch):
    """The layer in its place: ``nn.ReLU()``."""
    torch.nn.Sequential(torch.nn.Linear(1, 1), torch.relu)


@mistake("index 2")
def test_layer_past_the_end(torch):
    """Layers are counted from 0; ``model[-1]`` is the last."""
    torch.nn.Sequential(torch.nn.Linear(1, 1), torch.nn.ReLU())[2]


@mistake("conv.1")
def test_dot_in_the_name_of_a_module(torch):
    """A dot parts the names of a path. Use an underscore."""
    torch.nn.ModuleDict({"conv.1": torch.nn.Linear(1, 1)})


@mistake("holds: int, float")
def test_half_a_size(torch):
    """``784 // 2`` is an integer."""
    torch.nn.Linear(784 / 2, 10)


@mistake("weight", "Parameter")
def test_tensor_in_the_place_of_a_parameter(torch):
    """``layer.weight.copy_(x)`` under ``torch.no_grad()``, or ``nn.Parameter(x)``."""
    torch.nn.Linear(1, 1).weight = torch.ones(1, 1)


@mistake(r"\[1\]")
def test_xavier_for_a_bias(torch):
    """It is for weights, of two dimensions and more. A bias takes ``nn.init.zeros_``."""
    torch.nn.init.xavier_uniform_(torch.nn.Linear(1, 1).bias)


@mistake("mean", "float|Tensor")
def test_number_as_a_buffer(torch):
    """A buffer is a tensor: ``torch.tensor(0.5)``. A number may be a plain attribute,
    ``self.mean = 0.5``."""

    class Net(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.register_buffer("mean", 0.5)

    Net()


@mistake("w", "Parameter")
def test_tensor_registered_as_a_parameter(torch):
    """``self.w = nn.Parameter(torch.ones(1))`` registers it."""

    class Net(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.register_parameter("w", torch.ones(1))

    Net()


@mistake("Linear", "weights")
def test_attribute_of_a_layer_misspelled(torch):
    """Print the layer's ``state_dict().keys()``: a ``Linear`` has ``weight`` and ``bias``."""
    model = torch.nn.Sequential(torch.nn.Linear(1, 1))
    print(model[0].weights)

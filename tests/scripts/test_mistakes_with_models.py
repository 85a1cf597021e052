"""Modules, gradients and optimizers used wrongly: torch's exceptions, and words that help."""

import copy

import numpy

from tests.mistakes import mistake

# ---- modules --------------------------------------------------------------------------------


@mistake(r"super\(\).__init__\(\)")
def test_layer_before_init(torch):
    class Net(torch.nn.Module):
        def __init__(self):
            self.fc = torch.nn.Linear(2, 2)

    Net()


@mistake(r"Net.__init__ has to begin with super\(\).__init__\(\)")
def test_call_without_init(torch):
    class Net(torch.nn.Module):
        def __init__(self):
            self.times = 3

        def forward(self, x):
            return self.times * x

    Net()(torch.ones(1))


@mistake(r"Net.__init__ has to begin with super\(\).__init__\(\)")
def test_parameters_without_init(torch):
    class Net(torch.nn.Module):
        def __init__(self):
            pass

    list(Net().parameters())


@mistake("Net", "forward")
def test_no_forward(torch):
    class Net(torch.nn.Module):
        def foward(self, x):
            return x

    Net()(torch.ones(1))


@mistake("'Net'", "'fc2'")
def test_layer_that_is_not_there(torch):
    class Net(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.fc1 = torch.nn.Linear(2, 2)

        def forward(self, x):
            return self.fc2(x)

    Net()(torch.ones(1, 2))


@mistake(r"ReLU\(\)\(x\)")
def test_layer_made_instead_of_called(torch):
    torch.nn.Linear(3, 2)(torch.nn.ReLU(torch.ones(4, 3)))


@mistake(r"\*layers")
def test_a_list_of_layers(torch):
    torch.nn.Sequential([torch.nn.Linear(1, 1), torch.nn.ReLU()])


@mistake("ReLU is a class", r"ReLU\(\)")
def test_a_class_in_sequential(torch):
    torch.nn.Sequential(torch.nn.Linear(1, 1), torch.nn.ReLU)


@mistake("function", r"nn.ReLU\(\)")
def test_a_function_in_sequential(torch):
    torch.nn.Sequential(torch.nn.Linear(1, 1), torch.relu)


@mistake("index 2")
def test_layer_past_the_end(torch):
    torch.nn.Sequential(torch.nn.Linear(1, 1), torch.nn.ReLU())[2]


@mistake("weight", "Parameter")
def test_tensor_in_the_place_of_a_parameter(torch):
    torch.nn.Linear(1, 1).weight = torch.ones(1, 1)


@mistake("weight", r"\[2, 3\]", r"\[2, 2\]")
def test_state_of_another_shape(torch):
    torch.nn.Linear(2, 2).load_state_dict(torch.nn.Linear(3, 2).state_dict())


@mistake("Missing", '"0.weight", "0.bias"', "Unexpected", '"weight", "bias"')
def test_state_of_another_model(torch):
    linear = torch.nn.Linear(2, 2)
    torch.nn.Sequential(linear).load_state_dict(torch.nn.Linear(2, 2).state_dict())


@mistake("dict")
def test_model_in_the_place_of_a_state(torch):
    torch.nn.Linear(2, 2).load_state_dict(torch.nn.Linear(2, 2))


# ---- gradients ------------------------------------------------------------------------------


@mistake("second time", "retain_graph=True", "PowBackward0")
def test_second_backward(torch):
    loss = (torch.ones(2, requires_grad=True) ** 2).sum()
    loss.backward()
    loss.backward()


@mistake(r"\[3\]", r"\.sum\(\) or \.mean\(\)")
def test_backward_of_many(torch):
    (torch.ones(3, requires_grad=True) * 2).backward()


@mistake("requires_grad=True", r"\.item\(\)")
def test_backward_of_constants(torch):
    (torch.ones(3) * 2).sum().backward()


@mistake(r"no_grad\(\)")
def test_backward_out_of_no_grad(torch):
    x = torch.ones(3, requires_grad=True)
    with torch.no_grad():
        loss = (x * 2).sum()
    loss.backward()


@mistake("")
def test_backward_of_a_number(torch):
    torch.ones(3, requires_grad=True).sum().item().backward()


@mistake(r"\[2\]", r"\[3\]")
def test_gradient_of_another_shape(torch):
    (torch.ones(3, requires_grad=True) * 2).backward(torch.ones(2))


@mistake("leaf", r"torch.no_grad\(\)")
def test_step_without_no_grad(torch):
    w = torch.ones(2, requires_grad=True)
    w.sum().backward()
    w -= 0.1 * w.grad


@mistake("leaf", r"torch.no_grad\(\)")
def test_assignment_into_a_leaf(torch):
    w = torch.ones(2, requires_grad=True)
    w[0] = 5


@mistake("")
def test_step_that_makes_a_new_tensor(torch):
    w = torch.ones(2, requires_grad=True)
    w.sum().backward()
    w = w - 0.1 * w.grad
    w.grad.zero_()


@mistake("ExpBackward0", "add_", "test_mistakes_with_models.py, line", r"clone\(\)")
def test_result_changed_before_backward(torch):
    y = torch.exp(torch.ones(2, requires_grad=True))
    y += 1
    y.sum().backward()


@mistake(r"detach\(\).numpy\(\)")
def test_numpy_of_what_requires_grad(torch):
    torch.nn.Linear(1, 1)(torch.ones(3, 1)).numpy()


@mistake(r"detach\(\).numpy\(\)")
def test_array_of_what_requires_grad(torch):
    numpy.asarray(torch.ones(3, requires_grad=True))


@mistake("allow_unused=True")
def test_gradient_of_what_was_not_used(torch):
    x, z = torch.ones(1, requires_grad=True), torch.ones(1, requires_grad=True)
    torch.autograd.grad(x * 2, z)


@mistake(r"detach\(\)")
def test_freezing_a_result(torch):
    y = torch.ones(2, requires_grad=True) * 2
    y.requires_grad = False


@mistake("leaves")
def test_copy_of_a_result(torch):
    copy.deepcopy(torch.ones(2, requires_grad=True) * 2)


@mistake(r"MyReLU.apply\(x\)")
def test_own_function_called(torch):
    class MyReLU(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x):
            return x.clamp(min=0)

    MyReLU()(torch.ones(2))


@mistake("backward of MyReLU")
def test_own_function_without_backward(torch):
    class MyReLU(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x):
            return x.clamp(min=0)

    MyReLU.apply(torch.ones(2, requires_grad=True)).sum().backward()


@mistake("expected 2, got 1")
def test_own_function_with_too_few_gradients(torch):
    class Scaled(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x, factor):
            return x * factor

        @staticmethod
        def backward(ctx, dy):
            return dy

    Scaled.apply(torch.ones(2, requires_grad=True), 3.0).sum().backward()


# ---- optimizers -----------------------------------------------------------------------------


@mistake(r"model.parameters\(\)")
def test_model_for_an_optimizer(torch):
    torch.optim.SGD(torch.nn.Linear(1, 1), lr=0.1)


@mistake(r"model.parameters\(\)")
def test_sequential_for_an_optimizer(torch):
    torch.optim.SGD(torch.nn.Sequential(torch.nn.Linear(1, 1)), lr=0.1)


@mistake("list")
def test_one_parameter_for_an_optimizer(torch):
    torch.optim.SGD(torch.nn.Linear(1, 1).weight, lr=0.1)


@mistake("used up")
def test_parameters_used_twice(torch):
    parameters = torch.nn.Linear(1, 1).parameters()
    print(len(list(parameters)))
    torch.optim.SGD(parameters, lr=0.1)


@mistake("MulBackward0")
def test_result_for_an_optimizer(torch):
    torch.optim.SGD([torch.ones(1, requires_grad=True) * 2], lr=0.1)


@mistake("-0.1", "maximize=True")
def test_negative_learning_rate(torch):
    torch.optim.SGD(torch.nn.Linear(1, 1).parameters(), lr=-0.1)

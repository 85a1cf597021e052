"""What beginners get wrong: torch's type of exception and in scratch words that help."""

import copy
import re
import warnings

import numpy
import pytest
import torch as real_torch

from tests.same_script import COLUMNS


def mistake(*words: str):
    """Makes a test of a script that fails: ``words`` are what has to be in scratch's message."""

    def decorate(script):
        @pytest.mark.parametrize("column", COLUMNS)
        def run(column):
            expected, got = raised(script, real_torch), raised(script, COLUMNS[column])
            assert expected is not None, "torch does not mind"
            assert type(got) is type(expected), got
            for word in words if column == "scratch" else ():
                assert re.search(word, str(got)), f"{word!r} is not in {str(got)!r}"

        run.__name__, run.__module__ = script.__name__, script.__module__
        return run

    return decorate


def raised(script, torch) -> Exception | None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # torch warns of some mistakes besides
        try:
            script(torch)
        except Exception as error:
            return error
    return None


# ---- shapes ---------------------------------------------------------------------------------


@mistake("4x5 and 3x2", r"\[4, 5\]", "in_features = 3")
def test_wrong_number_of_features(torch):
    torch.nn.Linear(3, 2)(torch.ones(4, 5))


@mistake(r"\[20\]", r"unsqueeze\(1\)")
def test_samples_of_one_number_without_unsqueeze(torch):
    torch.nn.Linear(1, 1)(torch.linspace(-1, 1, 20))


@mistake(r"\[4, 1, 28, 28\]", r"flatten\(1\)", r"\[4, 784\]")
def test_images_not_flattened(torch):
    torch.nn.Linear(784, 10)(torch.ones(4, 1, 28, 28))


@mistake(r"\[4, 8\]", "in_features = 6")
def test_layers_that_do_not_fit(torch):
    nn = torch.nn
    nn.Sequential(nn.Linear(3, 8), nn.ReLU(), nn.Linear(6, 2))(torch.ones(4, 3))


@mistake("0D")
def test_a_number_into_a_layer(torch):
    torch.nn.Linear(1, 1)(torch.tensor(4.0))


@mistake("2x3 and 2x3")
def test_product_of_equal_shapes(torch):
    torch.ones(2, 3) @ torch.ones(2, 3)


@mistake(r"\[3\]")
def test_mm_with_a_vector(torch):
    torch.mm(torch.ones(2, 3), torch.ones(3))


@mistake(r"\[2, 3\] and \[4\]", "Broadcasting")
def test_sum_of_shapes_that_do_not_broadcast(torch):
    torch.ones(2, 3) + torch.ones(4)


@mistake(r"\[4, 3\] and \[5, 3\]")
def test_loss_of_other_shapes(torch):
    torch.nn.MSELoss()(torch.zeros(4, 3), torch.zeros(5, 3))


@mistake(r"\[4, 2\]", "size 6")
def test_view_of_another_size(torch):
    torch.ones(2, 3).view(4, 2)


@mistake("reshape")
def test_view_of_a_transpose(torch):
    torch.ones(2, 3).t().view(6)


@mistake(r"\[2, 2\]", r"\[3, 3\]")
def test_cat_of_shapes_that_differ(torch):
    torch.cat([torch.ones(2, 2), torch.ones(3, 3)])


@mistake("got 1")
def test_dimension_that_is_not_there(torch):
    torch.ones(3).sum(dim=1)


@mistake("index 3", "size 3")
def test_index_past_the_end(torch):
    torch.ones(3)[3]


@mistake("item")
def test_index_into_a_number(torch):
    torch.ones(3).sum()[0]


@mistake(r"\[2\]")
def test_item_of_two(torch):
    torch.ones(2).item()


@mistake(r"\[2\]", "any")
def test_condition_of_two(torch):
    assert torch.ones(2) > 0


@mistake(".2f", "item")
def test_format_of_two(torch):
    print(f"{torch.ones(2):.2f}")


@mistake("length 2")
def test_rows_of_different_length(torch):
    torch.tensor([[1, 2], [3]])


# ---- dtypes ---------------------------------------------------------------------------------


@mistake("float64", "float32", "convert")
def test_numpy_doubles_into_a_layer(torch):
    torch.nn.Linear(3, 2)(torch.from_numpy(numpy.ones((4, 3))))


@mistake("int64", "convert")
def test_integers_into_a_layer(torch):
    torch.nn.Linear(3, 2)(torch.ones(4, 3, dtype=torch.long))


@mistake("Tensor, not list")
def test_a_list_into_a_layer(torch):
    torch.nn.Linear(3, 2)([1.0, 2.0, 3.0])


@mistake("Tensor, not ndarray")
def test_an_array_into_a_layer(torch):
    torch.nn.Linear(3, 2)(numpy.ones((1, 3), dtype=numpy.float32))


@mistake("float32", "int64", "float()")
def test_product_of_floats_and_integers(torch):
    torch.ones(2, 3) @ torch.ones(3, 2, dtype=torch.long)


@mistake("int64", "float()")
def test_mean_of_integers(torch):
    torch.arange(3).mean()


@mistake("int64")
def test_gradient_of_integers(torch):
    torch.tensor([1, 2], requires_grad=True)


@mistake("int64")
def test_integers_changed_to_fractions(torch):
    x = torch.arange(3)
    x /= 2


@mistake("~")
def test_one_minus_a_mask(torch):
    1 - (torch.ones(2) > 0)


@mistake("dtype")
def test_dtype_as_a_string(torch):
    torch.ones(2, dtype="float32")


@mistake("bool tensors")
def test_floats_as_indices(torch):
    torch.arange(3)[torch.tensor([0.0, 2.0])]


# ---- classes --------------------------------------------------------------------------------


@mistake("float32", "long()")
def test_float_class_numbers(torch):
    torch.nn.CrossEntropyLoss()(torch.zeros(4, 3), torch.zeros(4))


@mistake(r"\[4, 1\]", r"\[4\]")
def test_class_numbers_in_a_column(torch):
    torch.nn.CrossEntropyLoss()(torch.zeros(4, 3), torch.zeros(4, 1, dtype=torch.long))


@mistake("int64")
def test_one_hot_integers(torch):
    torch.nn.CrossEntropyLoss()(torch.zeros(3, 3), torch.eye(3).long())


@mistake("3", "from 0 to 2")
def test_class_number_too_large(torch):
    torch.nn.CrossEntropyLoss()(torch.zeros(3, 3), torch.tensor([1, 2, 3]))


@mistake("4", "3")
def test_batches_of_different_size(torch):
    torch.nn.CrossEntropyLoss()(torch.zeros(4, 3), torch.tensor([0, 1, 2]))


@mistake("float()")
def test_output_and_target_swapped(torch):
    torch.nn.CrossEntropyLoss()(torch.tensor([0, 1, 2]), torch.zeros(3, 3))


@mistake("Make the loss first", r"criterion\(input, target\)")
def test_loss_made_of_the_data(torch):
    torch.nn.CrossEntropyLoss(torch.zeros(4, 3), torch.zeros(4, dtype=torch.long))


@mistake("'mean', 'sum' or 'none'")
def test_unknown_reduction(torch):
    torch.nn.CrossEntropyLoss(reduction="average")(torch.zeros(1, 3), torch.tensor([0]))


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


@mistake("requires_grad=True", r"no_grad\(\)")
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


@mistake("ExpBackward0", "add_", "test_mistakes.py, line", r"clone\(\)")
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

"""Wrong shapes, dtypes and targets: torch's exceptions, and in scratch words that help."""

import numpy

from tests.mistakes import mistake

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

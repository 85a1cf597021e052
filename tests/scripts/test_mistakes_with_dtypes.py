"""Wrong dtypes, devices and values: torch's exceptions, and in scratch words that help."""

import numpy

from tests.mistakes import mistake

# ---- integers and fractions -----------------------------------------------------------------


@mistake("float64", "float32", "convert")
def test_numpy_doubles_into_a_layer(torch):
    """NumPy's numbers are float64, a layer's float32: ``torch.from_numpy(array).float()``."""
    torch.nn.Linear(3, 2)(torch.from_numpy(numpy.ones((4, 3))))


@mistake("int64", "convert")
def test_integers_into_a_layer(torch):
    """``x.float()`` before the layer."""
    torch.nn.Linear(3, 2)(torch.ones(4, 3, dtype=torch.long))


@mistake("uint8", "float32", "convert")
def test_bytes_into_a_convolution(torch):
    """Images are read as bytes from 0 to 255: ``images.float() / 255``."""
    images = torch.zeros(4, 1, 28, 28, dtype=torch.uint8)
    torch.nn.Conv2d(1, 6, 5)(images)


@mistake("float32", "int64", "float()")
def test_product_of_floats_and_integers(torch):
    """``@`` wants one dtype: ``b.float()``."""
    torch.ones(2, 3) @ torch.ones(3, 2, dtype=torch.long)


@mistake("int64", "float()")
def test_mean_of_integers(torch):
    """A mean is no integer: ``x.float().mean()``."""
    torch.arange(3).mean()


@mistake("int64")
def test_gradient_of_integers(torch):
    """Write ``1.0`` in place of ``1``: only fractions can change by a little."""
    torch.tensor([1, 2], requires_grad=True)


@mistake("int64")
def test_parameter_of_integers(torch):
    """``x.float()`` first. What is not to be learned is a buffer: ``register_buffer``."""
    torch.nn.Parameter(torch.tensor([1, 2]))


@mistake("int64")
def test_integers_changed_to_fractions(torch):
    """In place the dtype stays. Use ``x = x / 2``."""
    x = torch.arange(3)
    x /= 2


@mistake("300")
def test_value_that_does_not_fit(torch):
    """A uint8 goes from 0 to 255. Leave the dtype out, or take a larger one."""
    torch.tensor([300], dtype=torch.uint8)


@mistake("~")
def test_one_minus_a_mask(torch):
    """``~mask`` turns a mask over."""
    1 - (torch.ones(2) > 0)


@mistake("float32", "!= 0")
def test_where_with_numbers_for_a_condition(torch):
    """The condition is a comparison, such as ``x > 0``."""
    torch.where(torch.ones(2), torch.ones(2), torch.zeros(2))


@mistake("dtype")
def test_dtype_as_a_string(torch):
    """Dtypes are attributes: ``dtype=torch.float32``."""
    torch.ones(2, dtype="float32")


# ---- what is no tensor ----------------------------------------------------------------------


@mistake("Tensor, not list")
def test_a_list_into_a_layer(torch):
    """Layers take tensors: ``torch.tensor([1.0, 2.0, 3.0])``."""
    torch.nn.Linear(3, 2)([1.0, 2.0, 3.0])


@mistake("Tensor, not ndarray")
def test_an_array_into_a_layer(torch):
    """Layers take tensors: ``torch.from_numpy(array)``."""
    torch.nn.Linear(3, 2)(numpy.ones((1, 3), dtype=numpy.float32))


@mistake("got list", "torch.tensor")
def test_from_numpy_of_a_list(torch):
    """Of a list make a tensor with ``torch.tensor``."""
    torch.from_numpy([1, 2])


@mistake("'cat' is not a number")
def test_tensor_of_words(torch):
    """Number the words first, by a dictionary say; ``nn.Embedding`` turns the numbers into
    vectors."""
    torch.tensor(["cat", "dog"])


@mistake("object")
def test_array_of_mixed_columns(torch):
    """A table with text in it has no dtype for numbers. Pick its numeric columns, then
    ``array.astype("float32")``."""
    table = numpy.array([[1.5, "a"], [2.5, "b"]], dtype=object)
    torch.from_numpy(table)


@mistake("NoneType")
def test_tensor_of_nothing(torch):
    """A function without ``return`` gives None. See where the value comes from."""
    torch.tensor(None)


@mistake("str")
def test_tensor_added_to_text(torch):
    """``f"loss: {loss}"`` turns it into text, ``f"loss: {loss:.4f}"`` with four digits."""
    loss = torch.tensor(0.5)
    "loss: " + loss


# ---- devices --------------------------------------------------------------------------------


@mistake("string: gpu", "A graphics card is 'cuda'")
def test_device_that_does_not_exist(torch):
    """Choose it once for model and data: ``"cuda" if torch.cuda.is_available() else "cpu"``."""
    torch.ones(2, device="gpu")

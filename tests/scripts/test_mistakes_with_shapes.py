"""Wrong shapes, dimensions and indices: torch's exceptions, and in scratch words that help."""

from tests.mistakes import mistake

# ---- products and sums ----------------------------------------------------------------------


@mistake("2x3 and 2x3")
def test_product_of_equal_shapes(torch):
    """``a * b`` multiplies element by element. For ``a @ b`` the inner sizes have to be equal:
    ``a @ b.T`` here."""
    torch.ones(2, 3) @ torch.ones(2, 3)


@mistake(r"\[3\]")
def test_mm_with_a_vector(torch):
    """``mm`` is for two matrices. ``@`` also takes vectors."""
    torch.mm(torch.ones(2, 3), torch.ones(3))


@mistake(r"\[2, 3\]")
def test_bmm_of_matrices(torch):
    """``bmm`` is for batches of matrices, of three dimensions. For two matrices use ``@``."""
    torch.bmm(torch.ones(2, 3), torch.ones(3, 2))


@mistake(r"\[2, 3\] and \[4\]", "Broadcasting")
def test_sum_of_shapes_that_do_not_broadcast(torch):
    """Print both shapes. Lined up at the right, each pair of sizes has to be equal, or one of
    them 1; ``x[:, None]`` puts a 1 in."""
    torch.ones(2, 3) + torch.ones(4)


@mistake(r"\[3\]", r"\[2, 3\]")
def test_a_larger_tensor_added_in_place(torch):
    """``x += y`` writes into ``x``, which keeps its shape. Use ``x = x + y``."""
    x = torch.ones(3)
    x += torch.ones(2, 3)


# ---- changing shapes ------------------------------------------------------------------------


@mistake(r"\[4, 2\]", "size 6")
def test_view_of_another_size(torch):
    """The sizes have to multiply to the number of elements. One of them may be -1, and is worked
    out."""
    torch.ones(2, 3).view(4, 2)


@mistake(r"\[4, -1\]", "size 6")
def test_reshape_that_leaves_a_rest(torch):
    """-1 stands for what is left, and 6 elements cannot be put in 4 equal rows."""
    torch.ones(6).reshape(4, -1)


@mistake("reshape")
def test_view_of_a_transpose(torch):
    """A transpose reads the same memory in another order, and ``view`` cannot copy. Use
    ``reshape``."""
    torch.ones(2, 3).t().view(6)


@mistake("3", "2")
def test_permute_with_too_few_dimensions(torch):
    """``permute`` wants the place of every dimension. To swap two of them use
    ``x.transpose(0, 1)``."""
    torch.ones(2, 3, 4).permute(1, 0)


@mistake(r"\[3, 2\]", r"\[3\]")
def test_expand_to_the_right(torch):
    """New dimensions come on the left. For columns, make the 1 first:
    ``x.unsqueeze(1).expand(3, 2)``."""
    torch.ones(3).expand(3, 2)


@mistake(r"\[2, 2\]", r"\[3, 3\]")
def test_cat_of_shapes_that_differ(torch):
    """All sizes but the one along ``dim`` have to be equal."""
    torch.cat([torch.ones(2, 2), torch.ones(3, 3)])


@mistake(r"\[2\]", r"\[3\]")
def test_stack_of_shapes_that_differ(torch):
    """``stack`` makes a new dimension, and wants equal shapes. To join what differs in length use
    ``torch.cat``."""
    torch.stack([torch.ones(2), torch.ones(3)])


@mistake("negative")
def test_negative_size(torch):
    """-1 for the rest is only for ``view`` and ``reshape``."""
    torch.ones(-1, 3)


@mistake("Size")
def test_shape_called(torch):
    """``shape`` is an attribute: ``x.shape``. The method is ``x.size()``."""
    torch.ones(3).shape()


# ---- dimensions and indices -----------------------------------------------------------------


@mistake("got 1")
def test_dimension_that_is_not_there(torch):
    """Dimensions are counted from 0, so a vector has only ``dim=0``. -1 is always the last."""
    torch.ones(3).sum(dim=1)


@mistake("index 3", "size 3")
def test_index_past_the_end(torch):
    """Indices go from 0 to the size less one. ``x[-1]`` is the last."""
    torch.ones(3)[3]


@mistake("item")
def test_index_into_a_number(torch):
    """A sum is a tensor without dimensions. ``x.sum().item()`` makes a Python number of it."""
    torch.ones(3).sum()[0]


@mistake(r"flip\(\)")
def test_slice_with_a_negative_step(torch):
    """``x.flip(0)`` turns a tensor round."""
    torch.ones(3)[::-1]


@mistake("bool tensors")
def test_floats_as_indices(torch):
    """Indices are integers: ``indices.long()``."""
    torch.arange(3)[torch.tensor([0.0, 2.0])]


@mistake(r"\[2\]", r"\[3\]")
def test_mask_of_another_shape(torch):
    """A mask needs one bool for each element, as ``x > 0`` has."""
    torch.ones(3)[torch.tensor([True, False])]


@mistake(r"\[2\]")
def test_two_values_into_one_place(torch):
    """``x[0]`` is a single place. Write to as many places as there are values: ``x[:2]``."""
    x = torch.zeros(3)
    x[0] = torch.ones(2)


@mistake(r"\[2\]", r"\[2, 3\]")
def test_gather_with_a_vector(torch):
    """The index needs all of the input's dimensions: ``index.unsqueeze(1)`` for one element a
    row."""
    torch.ones(2, 3).gather(1, torch.tensor([0, 1]))


# ---- tensors as numbers ---------------------------------------------------------------------


@mistake(r"\[2\]")
def test_item_of_two(torch):
    """``item`` is for one element. ``x.tolist()`` gives them all."""
    torch.ones(2).item()


@mistake(r"\[2\]", "any")
def test_condition_of_two(torch):
    """A comparison gives one bool an element. Say whether all or any of them have to be true:
    ``(x > 0).all()``."""
    assert torch.ones(2) > 0


@mistake(r"\[3\]", "any")
def test_two_comparisons_in_a_row(torch):
    """Python reads this as ``(0 < x) and (x < 2)``. For tensors write ``(0 < x) & (x < 2)``."""
    x = torch.ones(3)
    x[0 < x < 2]


@mistake(".2f", "item")
def test_format_of_two(torch):
    """Format one number, such as ``x.mean()``; or print the tensor as it is."""
    print(f"{torch.ones(2):.2f}")


@mistake("0-d")
def test_length_of_a_number(torch):
    """A tensor without dimensions has no length. ``x.numel()`` counts elements, in any shape."""
    len(torch.tensor(3))


@mistake("0-d")
def test_max_of_all_taken_apart(torch):
    """``x.max()`` is one number. ``x.max(dim=1)`` gives values and indices."""
    values, indices = torch.ones(3, 3).max()


@mistake("tuple")
def test_max_along_a_dimension_as_a_tensor(torch):
    """With ``dim`` there come two results: ``x.max(dim=1).values``, or ``x.amax(dim=1)``."""
    torch.ones(3, 3).max(dim=1) + 1


# ---- made of data ---------------------------------------------------------------------------


@mistake("length 2")
def test_rows_of_different_length(torch):
    """Fill the short rows up first: a tensor has no holes."""
    torch.tensor([[1, 2], [3]])


@mistake(r"\[2\]", "torch.stack")
def test_list_of_tensors_made_a_tensor(torch):
    """Join tensors with ``torch.stack(rows)``."""
    rows = [torch.ones(2), torch.ones(2)]
    torch.tensor(rows)


@mistake("'size'")
def test_randint_without_a_size(torch):
    """Say what shape is wanted: ``torch.randint(5, (3,))``, or ``(1,)`` for one number."""
    torch.randint(5)

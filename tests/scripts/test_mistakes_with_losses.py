"""Losses used wrongly: torch's exceptions and warnings, and in scratch words that help."""

from tests.mistakes import mistake

# ---- classes --------------------------------------------------------------------------------


@mistake("softmax", "scores", silent=True)
def test_softmax_before_cross_entropy(torch):
    """Drop the softmax: the loss takes it itself. With both it still learns, but slowly."""
    nn = torch.nn
    model = nn.Sequential(nn.Linear(3, 3), nn.Softmax(dim=1))
    nn.CrossEntropyLoss()(model(torch.ones(2, 3)), torch.tensor([0, 2]))


@mistake("float32", r"long\(\)")
def test_float_class_numbers(torch):
    """Classes are integers: ``target.long()``."""
    torch.nn.CrossEntropyLoss()(torch.zeros(4, 3), torch.zeros(4))


@mistake(r"\[4, 1\]", r"\[4\]")
def test_class_numbers_in_a_column(torch):
    """``target.squeeze(1)``: one number a sample."""
    torch.nn.CrossEntropyLoss()(torch.zeros(4, 3), torch.zeros(4, 1, dtype=torch.long))


@mistake(r"\[2, 4, 4\]", r"\[2, 1, 4, 4\]", "pixels")
def test_classes_of_pixels_with_a_channel(torch):
    """``masks.squeeze(1)``: the target has no dimension for the classes."""
    masks = torch.zeros(2, 1, 4, 4, dtype=torch.long)
    torch.nn.CrossEntropyLoss()(torch.zeros(2, 3, 4, 4), masks)


@mistake("int64")
def test_one_hot_integers(torch):
    """Give it the class numbers, ``one_hot.argmax(1)``; or probabilities, ``one_hot.float()``."""
    torch.nn.CrossEntropyLoss()(torch.zeros(3, 3), torch.eye(3).long())


@mistake("3", "from 0 to 2")
def test_class_number_too_large(torch):
    """Classes are counted from 0: ``target - 1``, or a last layer with one output more."""
    torch.nn.CrossEntropyLoss()(torch.zeros(3, 3), torch.tensor([1, 2, 3]))


@mistake("-1", "from 0 to 2")
def test_class_number_below_zero(torch):
    """If -1 means unknown, say so: ``CrossEntropyLoss(ignore_index=-1)``."""
    torch.nn.CrossEntropyLoss()(torch.zeros(2, 3), torch.tensor([0, -1]))


@mistake("3", "num_classes")
def test_one_hot_of_too_few_classes(torch):
    """Classes are counted from 0, so ``num_classes`` is the largest plus one."""
    torch.nn.functional.one_hot(torch.tensor([0, 3]), num_classes=3)


@mistake("4", "3")
def test_batches_of_different_size(torch):
    """One target a sample. If the first size of the output is wrong, look for a ``view`` in
    ``forward`` that mixes up samples: ``x.flatten(1)`` keeps them apart."""
    torch.nn.CrossEntropyLoss()(torch.zeros(4, 3), torch.tensor([0, 1, 2]))


@mistake(r"float\(\)")
def test_output_and_target_swapped(torch):
    """The output comes first: ``criterion(output, target)``."""
    torch.nn.CrossEntropyLoss()(torch.tensor([0, 1, 2]), torch.zeros(3, 3))


@mistake("Tensor, not list")
def test_classes_as_a_list(torch):
    """``torch.tensor([0, 1])``."""
    torch.nn.CrossEntropyLoss()(torch.zeros(2, 3), [0, 1])


@mistake("3 classes", r"\[2\]")
def test_weights_for_too_few_classes(torch):
    """``weight`` has one number for each class."""
    criterion = torch.nn.CrossEntropyLoss(weight=torch.ones(2))
    criterion(torch.zeros(2, 3), torch.tensor([0, 1]))


@mistake("dim=")
def test_softmax_without_a_dimension(torch):
    """Say along which dimension the probabilities add up to 1: ``nn.Softmax(dim=1)``."""
    torch.nn.Softmax()(torch.zeros(4, 3))


# ---- probabilities --------------------------------------------------------------------------


@mistake("BCEWithLogitsLoss", "sigmoid")
def test_scores_for_bce_loss(torch):
    """``BCELoss`` takes probabilities, ``BCEWithLogitsLoss`` a layer's scores. Take the second,
    without a sigmoid."""
    torch.nn.BCELoss()(torch.tensor([2.0, -1.0]), torch.tensor([1.0, 0.0]))


@mistake("int64", r"target.to\(input.dtype\)")
def test_integers_for_bce(torch):
    """Here the target is a probability: ``target.float()``."""
    torch.nn.BCEWithLogitsLoss()(torch.tensor([0.5, 0.1]), torch.tensor([1, 0]))


@mistake(r"input.squeeze\(1\)")
def test_a_column_of_scores_for_bce(torch):
    """A layer with one output gives a column: ``output.squeeze(1)``."""
    output = torch.nn.Linear(3, 1)(torch.ones(2, 3))
    torch.nn.BCEWithLogitsLoss()(output, torch.tensor([1.0, 0.0]))


@mistake("batchmean")
def test_kl_divergence_by_its_default(torch):
    """``KLDivLoss(reduction="batchmean")`` is the divergence, averaged over the samples."""
    log_probs = torch.log_softmax(torch.zeros(2, 3), dim=1)
    torch.nn.KLDivLoss()(log_probs, torch.ones(2, 3) / 3)


# ---- numbers --------------------------------------------------------------------------------


@mistake(r"input.squeeze\(1\)", r"target.unsqueeze\(1\)")
def test_a_column_and_a_row_for_mse(torch):
    """Every output is compared with every target, and the network learns their mean. Use
    ``output.squeeze(1)``."""
    output = torch.nn.Linear(3, 1)(torch.ones(4, 3))
    torch.nn.MSELoss()(output, torch.zeros(4))


@mistake(r"\[4, 3\] and \[5, 3\]")
def test_loss_of_other_shapes(torch):
    """Output and target need one shape: print both."""
    torch.nn.MSELoss()(torch.zeros(4, 3), torch.zeros(5, 3))


@mistake("int64", r"float\(\)")
def test_mse_of_integers(torch):
    """``.float()`` for both."""
    torch.nn.MSELoss()(torch.tensor([1, 2]), torch.tensor([1, 0]))


# ---- making a loss --------------------------------------------------------------------------


@mistake("Make the loss first", r"criterion\(input, target\)")
def test_loss_made_of_the_data(torch):
    """Two pairs of brackets: ``nn.MSELoss()(output, target)``. In functional form one is enough:
    ``nn.functional.mse_loss(output, target)``."""
    torch.nn.MSELoss(torch.zeros(4), torch.zeros(4))


@mistake("'mean', 'sum' or 'none'")
def test_unknown_reduction(torch):
    """``reduction="mean"``, which is the default."""
    torch.nn.CrossEntropyLoss(reduction="average")(torch.zeros(1, 3), torch.tensor([0]))


@mistake("Tensor, not NoneType")
def test_loss_of_nothing(torch):
    """``forward`` has no ``return``: it gives None."""
    output = None
    torch.nn.CrossEntropyLoss()(output, torch.tensor([0]))


@mistake(r"\[2\]", r"\[2, 3\]")
def test_one_hot_for_nll_loss(torch):
    """``NLLLoss`` takes class numbers alone: ``one_hot.argmax(1)``."""
    log_probs = torch.log_softmax(torch.zeros(2, 3), dim=1)
    one_hot = torch.eye(3)[:2]
    torch.nn.NLLLoss()(log_probs, one_hot)

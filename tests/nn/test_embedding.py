"""embedding and Embedding: rows, gradients bit for bit, padding, norms, errors."""

import numpy as np
import pytest
import torch

import scratch
import torch_impl
from tests.checker import check, constant
from tests.columns import COLUMNS
from tests.mistakes import mistake
from tests.same_script import error, same_script

rng = np.random.default_rng(0)
SIZES = [
    (10, 3, (4,)),
    (10, 1, (40,)),
    (5, 8, (30, 7)),
    (3, 4, ()),
    (4, 4, (0, 2)),
    (1000, 64, (64, 32)),
    (50, 64, (16, 32)),
    (2, 5, (600,)),
    (30, 0, (3,)),
]


def looked_up(column, *options):
    return lambda index, weight: column.nn.functional.embedding(index, weight, *options)


def indices(rows, shape, dtype="int64"):
    """Row numbers of which some are more frequent than others, as words are."""
    return np.asarray(rng.zipf(1.5, size=shape) % rows).astype(dtype)


@pytest.mark.parametrize(("rows", "width", "shape"), SIZES)
@pytest.mark.parametrize("padding", [None, 0, -1])
@pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
def test_rows_and_gradients_bit_for_bit(rows, width, shape, padding, dtype):
    columns = [looked_up(c, padding) for c in COLUMNS]
    if dtype == "float16":
        columns[1] = None  # index_add adds halves up otherwise than embedding does
    for kind in ("int64", "int32"):
        weight = rng.normal(size=(rows, width)).astype(dtype)
        check(*columns, indices(rows, shape, kind), weight, exact=True)


@pytest.mark.parametrize(("rows", "width", "shape"), SIZES[:4])
@pytest.mark.parametrize("padding", [None, 0])
def test_second_derivatives(rows, width, shape, padding):
    columns = [lambda i, w, c=c: c.nn.functional.embedding(i, w, padding) ** 2 for c in COLUMNS]
    check(*columns, indices(rows, shape), rng.normal(size=(rows, width)), second=True)


@pytest.mark.parametrize(("rows", "width", "shape"), SIZES)
def test_scaled_by_frequency(rows, width, shape):
    columns = [looked_up(c, 1, None, 2.0, True) for c in COLUMNS]
    weight = rng.normal(size=(rows, width)).astype("float32")
    check(*columns, indices(rows, shape), weight, scale="terms")


@pytest.mark.parametrize("p", [1.0, 2.0, 3, float("inf")])
@pytest.mark.parametrize(("rows", "width", "shape"), SIZES[:7])
def test_long_rows_are_shortened_in_place(p, rows, width, shape):
    columns = [
        lambda i, w, c=c: (c.nn.functional.embedding(i, w, None, 1.5, p) + 0, w) for c in COLUMNS
    ]
    check(*columns, indices(rows, shape), constant(rng.normal(size=(rows, width))))


@same_script
def test_shortening_is_not_recorded(torch):
    weight = torch.ones(4, 3, requires_grad=True)
    y = torch.nn.functional.embedding(torch.tensor([1, 1, 3]), weight, max_norm=1.0)
    y.sum().backward()
    return weight.grad, weight.is_leaf, weight._version > 0, y.shape


def test_layouts():
    columns = [looked_up(c) for c in COLUMNS]
    weight = rng.normal(size=(10, 4))
    check(*columns, indices(10, (3, 4)).T, weight, exact=True)
    check(*columns, indices(4, (3, 4)), weight.T, exact=True)
    check(*columns, indices(5, (6,)), weight[::2], exact=True)
    check(*columns, indices(10, (6,)), rng.integers(0, 9, size=(10, 4)), exact=True)


@same_script
def test_an_index_that_changed(torch):
    index = torch.tensor([1, 2])
    y = torch.nn.functional.embedding(index, torch.ones(4, 3, requires_grad=True))
    index.add_(1)
    return error(torch, lambda: y.sum().backward())


def test_names_in_the_graph():
    def names(column):
        weight = column.ones(4, 3, requires_grad=True)
        y = column.nn.functional.embedding(column.tensor([1, 2]), weight)
        (dw,) = column.autograd.grad((y * y).sum(), weight, create_graph=True)
        return y.grad_fn.name(), dw.grad_fn.name()

    assert names(scratch) == names(torch)


# ---- the layer ----------------------------------------------------------------------------------


@same_script
def test_first_weights_are_torchs(torch):
    seen = []
    for seed, sizes, options in [
        (0, (10, 3), {}),
        (1, (1, 1), {}),
        (2, (50, 17), {"padding_idx": 3}),
        (3, (5, 4), {"padding_idx": -1, "dtype": torch.float64}),
        (4, (0, 3), {}),
    ]:
        torch.manual_seed(seed)
        layer = torch.nn.Embedding(*sizes, **options)
        seen.append((layer.state_dict(), layer.padding_idx, torch.rand(2)))
    layer.reset_parameters()
    return seen


@same_script
def test_attributes_and_text(torch):
    plain = torch.nn.Embedding(10, 3)
    full = torch.nn.Embedding(10, 3, -1, 1.0, 1.0, True)
    pretrained = torch.nn.Embedding.from_pretrained(torch.ones(4, 2), padding_idx=1)
    trained = torch.nn.Embedding.from_pretrained(torch.ones(4, 2), freeze=False)
    return (
        [repr(layer) for layer in (plain, full, pretrained)],
        (plain.num_embeddings, plain.embedding_dim, plain.padding_idx, plain.sparse),
        (full.padding_idx, full.max_norm, full.norm_type, full.scale_grad_by_freq),
        (pretrained.weight, trained.weight, pretrained(torch.tensor([1, 3]))),
    )


def test_from_pretrained_shares_memory():
    weight = scratch.ones(4, 2)
    layer = scratch.nn.Embedding.from_pretrained(weight)
    weight[1] = 5.0
    assert layer.weight[1].tolist() == [5.0, 5.0]


@same_script
def test_training(torch):
    torch.manual_seed(0)
    layer = torch.nn.Embedding(6, 2, padding_idx=0)
    optimizer = torch.optim.SGD(layer.parameters(), lr=0.5)
    index = torch.tensor([[0, 1, 5, 1], [2, 0, 1, 5]])
    for _ in range(3):
        optimizer.zero_grad()
        (layer(index) * torch.tensor([1.0, -2.0])).sum().backward()
        optimizer.step()
    return layer.weight, layer.weight.grad


@mistake("got 10", "num_embeddings = 10")
def test_number_too_large(torch):
    torch.nn.Embedding(10, 3)(torch.tensor([2, 10]))


@mistake(r"\.long\(\)")
def test_words_as_floats(torch):
    torch.nn.Embedding(10, 3)(torch.tensor([2.0]))


@mistake("numbers come first")
def test_swapped(torch):
    torch.nn.functional.embedding(torch.ones(10, 3), torch.tensor([1, 2]))


@mistake("numbers come first")
def test_swapped_sentences(torch):
    torch.nn.functional.embedding(torch.ones(10, 3), torch.tensor([[1, 2]]))


def test_sparse_gradients_are_refused():
    with pytest.raises(NotImplementedError, match="only dense"):
        scratch.nn.Embedding(10, 3, sparse=True)
    with pytest.raises(NotImplementedError, match="only dense"):
        scratch.nn.functional.embedding(scratch.tensor([1]), scratch.ones(2, 2), sparse=True)
    layer = torch_impl.nn.Embedding(4, 3, sparse=True)
    layer(torch.tensor([1])).sum().backward()
    assert layer.weight.grad.is_sparse


@same_script
def test_wrong_arguments(torch):
    embedding, Embedding = torch.nn.functional.embedding, torch.nn.Embedding
    weight, index = torch.ones(10, 3), torch.tensor([1, 2])
    return [
        error(torch, call)
        for call in (
            lambda: embedding(torch.tensor([10]), weight),
            lambda: embedding(torch.tensor([-1]), weight),
            lambda: embedding(torch.tensor([10]), weight, max_norm=1.0),
            lambda: embedding(index, torch.ones(4)),
            lambda: embedding(index, torch.ones(4, 2, 2)),
            lambda: embedding(weight, index),
            lambda: embedding(index.short(), weight),
            lambda: embedding(index.byte(), weight),
            lambda: embedding(index.bool(), weight),
            lambda: embedding(index, weight, 10),
            lambda: embedding(index, weight, -11),
            lambda: embedding([1], weight),
            lambda: embedding(index, [1.0]),
            lambda: Embedding(-1, 3),
            lambda: Embedding(4, 3, 4),
            lambda: Embedding(4, 3, -5),
            lambda: Embedding.from_pretrained(torch.ones(3)),
            lambda: Embedding(4, 3, _weight=torch.ones(3, 4)),
        )
    ]

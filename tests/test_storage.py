"""Storages, and copies of what shares them."""

import copy
import pickle

import numpy as np
import pytest

import scratch
from tests.expressions import alike
from tests.same_script import error, same_script

test_lines = alike(
    """
torch.Tensor(torch.ones(2).storage())
torch.Tensor(torch.ones(2).untyped_storage())
torch.Tensor(torch.ones(2).int().storage())
torch.FloatTensor(torch.ones(2).storage())
torch.IntTensor(torch.ones(2).storage())
torch.is_storage(torch.ones(1).storage())
torch.is_storage(1)
copy.copy(torch.ones(2))
copy.copy(torch.ones(2)).data_ptr() != 0
copy.deepcopy(torch.ones(2,requires_grad=True)*2)
copy.copy(torch.ones(2,requires_grad=True)*2)
copy.copy(torch.ones(2,requires_grad=True)).is_leaf
pickle.loads(pickle.dumps(torch.ones(2)))
pickle.loads(pickle.dumps(torch.ones(2,requires_grad=True)*2))
pickle.loads(pickle.dumps(torch.ones(2,requires_grad=True)))
pickle.loads(pickle.dumps(torch.nn.Parameter(torch.ones(2))))
pickle.loads(pickle.dumps(torch.arange(6).reshape(2,3).t()))
pickle.loads(pickle.dumps(torch.arange(6)[2:])).storage_offset()
copy.deepcopy(torch.arange(6)[2:]).storage_offset()
copy.deepcopy(torch.arange(6)[2:]).storage().size()
copy.deepcopy(torch.arange(3).expand(2,3)).stride()
torch.ones(2).__setstate__((1,))
"""
)


@same_script
def test_bytes(torch):
    x = torch.tensor([1, 2, 300], dtype=torch.int16)
    s = x.untyped_storage()
    before = s.tolist()
    s[0] = 7
    return [
        before, x, len(s), s.nbytes(), s.size(), s[1], s[-1], s[2:4].tolist(), list(s), str(s),
        s.element_size(), str(s.device), s.data_ptr() == x.data_ptr(), s is x[1:].untyped_storage(),
        s is x.detach().untyped_storage(), s is x.clone().untyped_storage(), s.is_cuda,
        torch.is_storage(s), s.clone().tolist(), s.fill_(1).tolist(), x, s.is_shared(),
        torch.UntypedStorage([1, 2]).tolist(), len(torch.UntypedStorage(3)),
    ], [error(torch, lambda: s[6]), error(torch, lambda: s[-7])]  # fmt: skip


@same_script
def test_numbers(torch):
    x = torch.arange(4.0)[1:]
    s = x.storage()
    s[1] = 7
    return [
        x, len(s), s.size(), s[0], s.tolist(), list(s), s.dtype, s.nbytes(), s.element_size(),
        str(s), s.untyped().nbytes(), s.data_ptr() + 4 == x.data_ptr(),
    ], [
        error(torch, lambda: s[4]), error(torch, lambda: s["a"]), error(torch, lambda: s[1:2]),
    ]  # fmt: skip


def test_numbers_are_deprecated(monkeypatch):
    import scratch.storage as lesson

    monkeypatch.setattr(lesson, "_warned", False)
    with pytest.warns(UserWarning, match="untyped_storage"):
        assert scratch.ones(2).storage().tolist() == [1, 1]


@same_script
def test_setting(torch):
    x, y = torch.arange(6.0), torch.empty(0)
    walks = [
        y.set_(x).clone(), y.set_(x.untyped_storage()).clone(), y.set_().clone(),
        y.set_(x.storage(), 1, (2,), (1,)).clone(), y.set_(x.untyped_storage(), 1, (2, 2), (1, 1)),
        x.is_set_to(x.detach()), x.is_set_to(x[1:]),
    ]  # fmt: skip
    y[0, 0] = 9
    return (
        walks,
        x,
        y._version,
        y.stride(),
        y.storage_offset(),
        [
            error(torch, lambda: y.set_(x.untyped_storage(), 4, (2, 2), (1, 1))),
            error(torch, lambda: y.set_(x.int())),
            error(torch, lambda: y.set_(x.int().storage())),
            error(torch, lambda: y.set_(3)),
            error(torch, lambda: torch.ones(2, requires_grad=True).set_(x)),
        ],
    )


@same_script
def test_copies_share_what_the_originals_share(torch):
    x = torch.arange(6.0).reshape(2, 3)
    x.grad = torch.ones(2, 3)
    family = [x, x[1:], x.t(), x.detach(), x.clone(), x.expand(2, 2, 3)]
    copies = copy.deepcopy(family)
    copies[0][1, 0] = 9
    described = [(y, y.stride(), y.storage_offset(), y._is_view()) for y in copies]
    shallow = copy.copy(x)
    shallow.zero_()
    return described, copies[0].grad, x, shallow.storage_offset(), copy.copy(x * 1).is_leaf


def test_pickles_share_what_the_originals_share():
    x = scratch.arange(6.0).reshape(2, 3)
    family = [x, x[1:], x.t(), x.clone()]
    y, part, turned, apart = pickle.loads(pickle.dumps(family))
    y[1, 0] = 9
    assert part[0, 0] == turned[0, 1] == 9 and apart[1, 0] == x[1, 0] == 3
    assert part.untyped_storage() is y.untyped_storage() is not apart.untyped_storage()


@same_script
def test_copies_keep_what_a_user_hung_on_them(torch):
    x = torch.ones(2, requires_grad=True)
    x.note, x.grad = ["mine"], torch.ones(2)
    y, z, w = copy.deepcopy(x), pickle.loads(pickle.dumps(x)), copy.copy(x)
    y.note.append("yours")
    return (
        x.note,
        y.note,
        z.note,
        w.note,
        y.grad,
        z.grad,
        y.requires_grad,
        z.requires_grad,
        w.is_leaf,
    )


@same_script
def test_offsets_of_arrays(torch):
    array = np.arange(24.0).reshape(4, 6)
    xs = [torch.from_numpy(a) for a in (array, array[1:], array[:, ::2], array.T[2:], array[2, 3:])]
    xs += [x[1:] for x in xs]
    described = [(x.storage_offset(), x.untyped_storage().nbytes(), x.stride()) for x in xs]
    xs[1][0, 0] = -1
    return described, array.tolist(), [copy.deepcopy(x) for x in xs], xs[1].numpy().tolist()


def test_a_numpy_array_keeps_its_own_shape():
    x = scratch.arange(6.0)
    array = x.numpy()
    array.shape = (2, 3)
    assert x.shape == (6,) and np.shares_memory(array, x.numpy())


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_every_protocol(protocol):
    x = scratch.nn.Parameter(scratch.arange(6.0).reshape(2, 3))
    for y in (x, x.detach().t(), x.detach()[0, ::2], scratch.ones(0, 3), scratch.tensor(1)):
        z = pickle.loads(pickle.dumps(y, protocol))
        assert type(z) is type(y) and z.stride() == y.stride() and z.equal(y)
        assert z.requires_grad == y.requires_grad


def test_memory_is_given_back():
    import gc
    import weakref

    x = scratch.ones(3)
    memory = weakref.ref(x.untyped_storage())
    del x
    gc.collect()
    assert memory() is None

"""Lines that give an integer argument what counts as an integer, and what does not."""

from tests.expressions import alike

test_integers = alike(
    """
torch.ones(3).topk(True)
torch.ones(3).topk(numpy.int64(2))
torch.ones(3).topk(torch.tensor(2))
torch.ones(3).topk(2.0)
torch.ones(3).kthvalue(True)
torch.ones(3).kthvalue(None)
torch.ones(3).chunk(True)
torch.ones(3).chunk(numpy.int64(2))
torch.ones(3).chunk(torch.tensor(2))
torch.ones(3).chunk(2.0)
torch.ones(3).split(True)
torch.ones(3).split(2.0)
torch.ones(3).tensor_split(True)
torch.ones(3).hsplit(True)
torch.ones(3).hsplit(3.0)
torch.polygamma(True, torch.ones(2))
torch.polygamma(numpy.int64(1), torch.ones(2))
torch.mvlgamma(torch.ones(2) + 3, True)
torch.mvlgamma(torch.ones(2) + 3, numpy.int64(2))
torch.arange(3).diff(True)
torch.arange(3).diff(numpy.int64(1))
torch.arange(3).diff(torch.tensor(1))
torch.arange(3).diff(1.0)
torch.linalg.matrix_power(torch.eye(2), True)
torch.linalg.matrix_power(torch.eye(2), numpy.int64(2))
torch.linalg.matrix_power(torch.eye(2), 2.0)
torch.randperm(True)
torch.randint(2.5, (2,))
"""
)

"""How linear algebra's results lie in memory, and what of them backward needs."""

from tests.same_script import error, same_script

FACTORS = {
    "inv": lambda torch, a: torch.linalg.inv(a),
    "solve": lambda torch, a: torch.linalg.solve(a, a),
    "solve from the right": lambda torch, a: torch.linalg.solve(a, a, left=False),
    "solve vectors": lambda torch, a: torch.linalg.solve(a, a[..., 0]),
    "solve_triangular": lambda torch, a: torch.linalg.solve_triangular(a, a, upper=True),
    "cholesky": lambda torch, a: torch.linalg.cholesky(a),
    "cholesky_solve": lambda torch, a: torch.cholesky_solve(a, a),
    "cholesky_inverse": lambda torch, a: torch.cholesky_inverse(a),
    "qr": lambda torch, a: torch.linalg.qr(a),
    "qr of high ones": lambda torch, a: torch.linalg.qr(a[..., :2], "complete"),
    "lu": lambda torch, a: torch.linalg.lu(a),
    "lu_factor": lambda torch, a: torch.linalg.lu_factor(a),
    "svd": lambda torch, a: torch.linalg.svd(a[..., :2]),
    "torch.svd": lambda torch, a: torch.svd(a),
    "no vectors": lambda torch, a: torch.svd(a, compute_uv=False),
    "eigh": lambda torch, a: torch.linalg.eigh(a),
    "pinv": lambda torch, a: torch.linalg.pinv(a),
    "lstsq": lambda torch, a: torch.linalg.lstsq(a, a[..., :2]),
    "lstsq of high ones": lambda torch, a: torch.linalg.lstsq(a[..., :2], a),
    "lstsq of vectors": lambda torch, a: torch.linalg.lstsq(a, a[..., 0]),
    "slogdet": lambda torch, a: torch.linalg.slogdet(a),
    "powers": lambda torch, a: [torch.linalg.matrix_power(a.mT, n) for n in (0, 1, 2, -1)],
}


def matrix(torch, batch: bool):
    a = torch.arange(9.0).reshape(3, 3).sin() * 0.1 + torch.eye(3)
    a = a @ a.mT
    return torch.stack((a, 2 * a)) if batch else a


def as_list(y) -> list:
    return list(y) if isinstance(y, (tuple, list)) else [y]


@same_script
def test_strides(torch):
    return {
        f"{name}, batch={batch}": [y.stride() for y in as_list(f(torch, matrix(torch, batch)))]
        for name, f in FACTORS.items()
        for batch in (False, True)
    }


@same_script
def test_what_backward_needs(torch):
    """Each of the inputs and results in turn is changed; some of these changes are refused."""
    names = [name for name in FACTORS if name not in ("qr of high ones", "powers")]
    return {name: refusals(torch, FACTORS[name]) for name in names}


def refusals(torch, function) -> list[str]:
    refused, place, several = [], 0, True
    while several:
        a = matrix(torch, False).requires_grad_() * 1
        tensors = [a, *as_list(function(torch, a))]
        total = sum(y.sum() for y in tensors[1:] if y.requires_grad)
        tensors[place].detach().mul_(1)
        refused.append(error(torch, total.backward))
        place += 1
        several = place < len(tensors)
    return refused


@same_script
def test_no_numbers_of_other_dtypes(torch):
    names = ["det", "cholesky", "svd", "eigh", "lu", "qr", "inv", "pinv"]
    empty = [torch.zeros(2, 0, 0, dtype=dtype) for dtype in (torch.float16, torch.int64)]
    return [
        error(torch, lambda n=n, x=x: getattr(torch.linalg, n)(x)) for n in names for x in empty
    ]


@same_script
def test_infinities(torch):
    x = torch.tensor([[float("inf"), 1.0], [1.0, 2.0]])
    lone = torch.tensor([[float("inf")]], requires_grad=True)
    (slope,) = torch.autograd.grad(torch.det(lone), lone)
    return [
        torch.linalg.svdvals(x),
        torch.linalg.svdvals(torch.stack((x, torch.eye(2)))),
        error(torch, lambda: torch.linalg.cholesky(x)),
        slope,
    ]

"""Linear algebra: determinants, systems, factorizations, norms."""

from typing import Any

import numpy as np

from bench.cases import Case, Functions, several


def regular(rng: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray:
    """Matrices far from singular."""
    return rng.standard_normal(shape) + 2 * shape[-1] * np.eye(*shape[-2:])


def positive(x: Any) -> Any:
    """A positive-definite matrix made from any."""
    return x @ x.mT + x.new_ones(x.shape[-1]).diag()


SQUARE = [(3, 4, 4)]
LOOSE: dict[str, Any] = {"scale": "condition", "second": True}

inverses: Functions = {
    "det": lambda torch, x: torch.linalg.det(x),
    "slogdet": lambda torch, x: torch.linalg.slogdet(x)[1],
    "inv": lambda torch, x: torch.linalg.inv(x),
    "pinv": lambda torch, x: torch.linalg.pinv(x),
}
systems: Functions = {
    "solve": lambda torch, a, b: torch.linalg.solve(a, b),
    "X A = B": lambda torch, a, b: torch.linalg.solve(a, b.mT, left=False),
    "upper triangle": lambda torch, a, b: torch.linalg.solve_triangular(a, b, upper=True),
}
factors: Functions = {
    "cholesky": lambda torch, x: torch.linalg.cholesky(positive(x)),
    "qr": lambda torch, x: torch.linalg.qr(x),
    "lu": lambda torch, x: torch.linalg.lu(x),
}
spectra: Functions = {
    "svdvals": lambda torch, x: torch.linalg.svdvals(x),
    "u v of svd": lambda torch, x: (lambda u, s, v: u @ v)(*torch.linalg.svd(x)),
    "eigvalsh": lambda torch, x: torch.linalg.eigvalsh(x + x.mT),
    "eigenvectors' sizes": lambda torch, x: torch.linalg.eigh(x + x.mT)[1].abs(),
}
powers: Functions = {
    "power 5": lambda torch, x: torch.linalg.matrix_power(x / 10, 5),
    "power -2": lambda torch, x: torch.linalg.matrix_power(x, -2),
    "multi_dot": lambda torch, x: torch.linalg.multi_dot([x[0], x[1], x[2]]),
}
norms: Functions = {
    "Frobenius": lambda torch, x: torch.linalg.matrix_norm(x),
    "largest singular value": lambda torch, x: torch.linalg.matrix_norm(x, 2),
    "nuclear": lambda torch, x: torch.linalg.matrix_norm(x, "nuc"),
    "1 and infinity": lambda torch, x: [torch.linalg.matrix_norm(x, p) for p in (1, float("inf"))],
    "p = 3": lambda torch, x: torch.linalg.vector_norm(x, 3, dim=-1),
    "cond": lambda torch, x: torch.linalg.cond(x),
}
older: Functions = {
    "det, inverse": lambda torch, x: (torch.det(x), torch.inverse(x)),
    "cholesky_solve": lambda torch, x: torch.cholesky_solve(x, x),
}

CASES = [
    *several("linalg/inverse", inverses, SQUARE, domain=regular, **LOOSE),
    *several("linalg/solving", systems, [(4, 4), (3, 4, 2)], domain=regular, **LOOSE),
    *several("linalg/factorization", factors, SQUARE, domain=regular, **LOOSE),
    *several("linalg/spectrum", spectra, SQUARE, **LOOSE),
    *several("linalg/products", powers, SQUARE, domain=regular, **LOOSE),
    Case("linalg/products", "exp", lambda torch, x: x.matrix_exp(), SQUARE, scale="condition"),
    *several("linalg/norms", norms, SQUARE, domain=regular, **LOOSE),
    Case("linalg/toplevel", "svd", lambda torch, x: torch.svd(x)[1], SQUARE, **LOOSE),
    *several("linalg/toplevel", older, SQUARE, domain=regular, **LOOSE),
]

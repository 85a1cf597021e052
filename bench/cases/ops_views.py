"""Cases of the lessons on shapes, diagonals, strides and grids."""

from bench.cases import Case, Functions, several

__all__ = ["CASES"]

SQUARE = [(5, 5)]

diagonals: Functions = {
    "diagonal": lambda torch, x: torch.diagonal(x, 1),
    "diag": lambda torch, x: torch.diag(x, -1),
    "diag_embed": lambda torch, x: torch.diag_embed(x, 1),
    "diagonal, written to": lambda torch, x: x.clone().fill_diagonal_(3.0),
}
triangles: Functions = {
    "tril": lambda torch, x: torch.tril(x, 1),
    "triu": lambda torch, x: torch.triu(x),
    "tril_": lambda torch, x: (x * 2).tril_(-1),
}
walks: Functions = {
    "unfold": lambda torch, x: x.unfold(1, 3, 1),
    "unfold without overlap": lambda torch, x: x.unfold(0, 2, 2),
    "as_strided": lambda torch, x: x.contiguous().as_strided((3, 3), (2, 1), 1),
    "select_scatter": lambda torch, x: x.select_scatter(x[0] * 2, 0, 1),
}
grids: Functions = {
    "meshgrid": lambda torch, x: torch.meshgrid(x, x * 2, indexing="ij"),
    "cartesian_prod": lambda torch, x: torch.cartesian_prod(x, x),
    "combinations": lambda torch, x: torch.combinations(x),
}
turned: Functions = {
    "rot90": lambda torch, x: torch.rot90(x),
    "t_ and unsqueeze_": lambda torch, x: (x * 2).t_().unsqueeze_(0),
    "fliplr, flipud": lambda torch, x: (x.fliplr(), x.flipud()),
}
joined: Functions = {
    "dstack": lambda torch, x: torch.dstack([x, x]),
    "column_stack": lambda torch, x: torch.column_stack([x[0], x]),
    "block_diag": lambda torch, x: torch.block_diag(x, x[0]),
}

CASES = [
    *several("ops/diagonal", diagonals, SQUARE, exact="values", second=True),
    Case("ops/diagonal", "trace", lambda torch, x: torch.trace(x), SQUARE, scale="terms"),
    *several("ops/triangles", triangles, SQUARE, exact=True, second=True),
    *several("ops/strides", walks, SQUARE, exact="values", scale="terms", second=True),
    *several("ops/grids", grids, [(5,)], exact="values", scale="terms"),
    *several("ops/permutation", turned, SQUARE, exact="values", second=True),
    *several("ops/joining", joined, SQUARE, exact="values", scale="terms"),
    Case(
        "ops/splitting",
        "tensor_split",
        lambda torch, x: torch.tensor_split(x, 3),
        SQUARE,
        exact=True,
    ),
]

"""Cases of the lessons that pick, overwrite and multiply by index."""

from bench.cases import Case, integers

__all__ = ["CASES"]

ROWS = [(4, 5), (6,), (6, 5)]
ROWS_OF = (None, integers(4), None)

CASES = [
    Case(
        "ops/scatter",
        "take",
        lambda torch, x, i: torch.take(x, i),
        [(4, 5), (7,)],
        (None, integers(20)),
        exact="values",
    ),
    Case(
        "ops/scatter",
        "scatter_reduce, mean",
        lambda torch, x, i, y: x.scatter_reduce(1, i, y, "mean"),
        [(4, 5), (4, 7), (4, 7)],
        (None, integers(5), None),
    ),
    Case(
        "ops/scatter",
        "scatter_reduce, amax",
        lambda torch, x, i, y: x.scatter_reduce(1, i, y, "amax", include_self=False),
        [(4, 5), (4, 7), (4, 7)],
        (None, integers(5), None),
        exact="values",
    ),
    Case(
        "ops/index_writing",
        "index_select",
        lambda torch, x, i: x.index_select(0, i),
        [(4, 5), (6,)],
        (None, integers(4)),
        exact="values",
    ),
    Case(
        "ops/index_writing",
        "index_add",
        lambda torch, x, i, y: x.index_add(0, i, y, alpha=0.5),
        ROWS,
        ROWS_OF,
        scale="terms",
        second=True,
    ),
    Case(
        "ops/index_writing",
        "index_put, added",
        lambda torch, x, i, y: x.index_put((i,), y, accumulate=True),
        ROWS,
        ROWS_OF,
        scale="terms",
    ),
    Case(
        "ops/index_writing",
        "index_fill",
        lambda torch, x, i: x.index_fill(1, i, 2.0),
        [(4, 5), (3,)],
        (None, integers(5)),
        exact=True,
    ),
    Case(
        "ops/masking",
        "masked_select",
        lambda torch, x: x.masked_select(x > 0),
        [(4, 5)],
        exact=True,
    ),
    Case(
        "ops/masking",
        "masked_fill",
        lambda torch, x: x.masked_fill(x > 0, 2.0),
        [(4, 5)],
        exact=True,
    ),
    Case(
        "ops/masking",
        "masked_scatter",
        lambda torch, x, y: x.masked_scatter(x.detach() > 0, y),
        [(4, 5), (20,)],
        exact=True,
        second=True,
    ),
    *(
        Case(
            "ops/products",
            name,
            lambda torch, x, y, z, name=name: getattr(torch, name)(x, y, z, beta=0.5, alpha=2),
            sizes,
            scale="terms",
            second=True,
        )
        for name, sizes in {
            "addmm": [(5,), (4, 30), (30, 5)],
            "addmv": [(4,), (4, 30), (30,)],
            "addr": [(4, 5), (4,), (5,)],
            "baddbmm": [(2, 1, 5), (2, 4, 30), (2, 30, 5)],
            "addbmm": [(4, 5), (2, 4, 30), (2, 30, 5)],
        }.items()
    ),
    Case(
        "ops/contraction",
        "tensordot",
        lambda torch, x, y: torch.tensordot(x, y, dims=([0, 2], [2, 1])),
        [(3, 4, 5), (2, 5, 3)],
        scale="terms",
        second=True,
    ),
    Case(
        "ops/contraction",
        "inner",
        lambda torch, x, y: torch.inner(x, y),
        [(3, 7), (7,)],
        scale="terms",
    ),
    Case(
        "ops/contraction",
        "kron",
        lambda torch, x, y: torch.kron(x, y),
        [(3, 2), (2, 4)],
        scale="terms",
    ),
    Case(
        "ops/contraction",
        "cross",
        lambda torch, x, y: torch.cross(x, y, dim=1),
        [(5, 3), (5, 3)],
        scale="terms",
        second=True,
    ),
    *(
        Case(
            "ops/einsum",
            equation,
            lambda torch, *xs, equation=equation: torch.einsum(equation, *xs),
            sizes,
            scale="terms",
            second=True,
        )
        for equation, sizes in {
            "bij,bjk->bik": [(2, 3, 7), (2, 7, 4)],
            "...ii->...": [(3, 4, 4)],
            "i,ij,j": [(3,), (3, 4), (4,)],
        }.items()
    ),
]

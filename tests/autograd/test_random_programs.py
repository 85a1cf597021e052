"""Random programs of views, in-place changes and ordinary operations end as they do in torch.

A program draws its steps from a seeded generator that looks at shapes only, so both libraries run
the same one. Compared are, after every step, whether it was refused; at the end of every tensor its
values, version and place in the graph; and every gradient, or that backward was refused.
"""

import contextlib
import random

import numpy as np
import pytest
import torch

import scratch


class Program:
    """Some tensors, and what happened to them."""

    def __init__(self, torch, seed: int):
        self.torch, self.seed, self.log = torch, seed, []
        self.leaves = [self.numbers(shape).requires_grad_() for shape in ((2, 3), (3,))]
        a, b = self.leaves
        self.pool = [a, b, self.numbers((2, 3)), self.numbers((3,)), a * 1.5, b + 1]

    def numbers(self, shape):
        values = [((i * 37 + 11) % 17 - 8) / 4 for i in range(int(np.prod(shape)))]
        return self.torch.tensor(np.array(values).reshape(shape))

    def run(self, steps: int):
        for step in range(steps):
            self.random = random.Random(1000 * self.seed + step)
            try:
                self.step()
                self.log.append((step, "done"))
            except (RuntimeError, IndexError) as refused:
                self.log.append((step, type(refused).__name__))
        self.describe()
        return self.log

    def step(self):
        kind, quiet = self.random.random(), self.random.random() < 0.15
        x = self.random.choice(self.pool)
        with self.torch.no_grad() if quiet else contextlib.nullcontext():
            if kind < 0.4:
                made = self.view(x)
            elif kind < 0.75:
                x.grad_fn  # noqa: B018 - torch decides by the history it saw last
                made = self.change(x)
            elif kind < 0.95:
                made = self.compute(x)
            else:
                x.retain_grad()
                self.leaves += [] if x.is_leaf else [x]
                made = None
        if made is not None and len(self.pool) < 14:
            self.pool.append(made)

    def view(self, x):
        r, n = self.random, x.dim()
        dim = r.randrange(n) if n else 0
        views = [
            lambda: x.select(dim, r.randrange(-x.shape[dim], x.shape[dim])),
            lambda: x[r.randrange(0, 3) : r.randrange(0, 5)],
            lambda: x.transpose(dim, r.randrange(n)),
            lambda: x.view(-1),
            lambda: x.unsqueeze(r.randrange(n + 1)),
            lambda: x.squeeze(),
            lambda: x.reshape(-1),
            lambda: x.detach(),
            lambda: r.choice(x.unbind(dim)),
            lambda: r.choice(x.split(r.randrange(1, 3), dim)),
            lambda: x.expand(2, *x.shape),
            lambda: x.permute(*r.sample(range(n), n)),
            lambda: x[..., ::2],
            lambda: x[None, ...],
        ]
        view = r.choice(views)
        return view() if n and 0 not in x.shape and n < 4 else x[...]

    def change(self, x):
        r = self.random
        if 0 in x.shape or any(n > 1 and not d for n, d in zip(x.shape, x.stride(), strict=True)):
            return  # nothing to change, or expanded
        changes = [
            lambda: x.add_(1),
            lambda: x.mul_(2),
            lambda: x.mul_(self.partner(x)),
            lambda: x.add_(self.partner(x)),
            lambda: x.zero_(),
            lambda: x.fill_(3.0),
            lambda: x.copy_(self.partner(x)),
            lambda: x.__setitem__(0, self.partner(x, x[0])),
            lambda: x.__setitem__(x > 0, 1.0),
            lambda: x.__setitem__([0], self.partner(x, x[0])),
            lambda: x[..., :1].mul_(2),
            lambda: x.masked_fill_(x > 0.5, self.partner(x, x.sum()) if r.random() < 0.3 else 0.25),
        ]
        r.choice(changes if x.dim() else changes[:7])()

    def compute(self, x):
        operations = [
            lambda: x * x,
            lambda: x * self.partner(x),
            lambda: x + self.partner(x),
            lambda: x.clone(),
            lambda: x * 2,
            lambda: (x * 0.1).exp(),
        ]
        return self.random.choice(operations)()

    def partner(self, x, part=None):
        """A tensor that fits (a part of) x and shares no memory: torch refuses partial overlap."""
        part = x if part is None else part
        shapes = part.shape, part.shape[-1:], ()
        array = x.detach().numpy()
        fits = [
            y
            for y in self.pool
            if tuple(y.shape) in shapes and not np.shares_memory(y.detach().numpy(), array)
        ]
        return self.random.choice(fits) if fits else 2.0

    def describe(self):
        total = None
        for x in self.pool:
            try:
                leaf = x.is_leaf
            except RuntimeError:  # a view that autograd lost track of
                leaf = "lost"
            values = x.detach().numpy().round(9).tolist()
            self.log.append((tuple(x.shape), x.requires_grad, leaf, x._version, values))
            if x.requires_grad and leaf != "lost":
                part = (x * self.numbers(tuple(x.shape))).sum()
                total = part if total is None else total + part
        try:
            total.backward()
        except RuntimeError:
            self.log.append("backward was refused")
        else:
            grads = [None if x.grad is None else x.grad.numpy() for x in self.leaves]
            self.log += [None if g is None else g.round(8).tolist() for g in grads]


@pytest.mark.filterwarnings("ignore:The .grad attribute")  # of a view whose history was renewed
@pytest.mark.parametrize("block", range(10))
def test_random_programs(block):
    for seed in range(50 * block, 50 * block + 50):
        ours, theirs = (Program(library, seed).run(14) for library in (scratch, torch))
        assert repr(ours) == repr(theirs), f"seed {seed}"


def test_the_programs_do_something():
    logs = [Program(scratch, seed).run(14) for seed in range(100)]
    refused = sum("Error" in str(log) for log in logs)
    backward = sum("backward was refused" not in log for log in logs)
    assert refused > 20 and backward > 50

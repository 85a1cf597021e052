"""backward: from the result to the leaves, each node once, newest first.

Two passes, neither of them recursive, so a graph may be a million operations deep. The first counts
how many consumers each node has in this graph. The second starts at the result and hands each
node its complete gradient: once its last consumer has been done, its backward runs and the parts go
on to the nodes behind it. Where two paths meet, gradients add up. Leaves keep the sum in ``.grad``;
they are written last of all, so that a backward that fails changes nothing.
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Sequence
from heapq import heappop, heappush

import numpy

from . import anomaly_mode
from ._hooks import call_after, call_before, call_hooks
from .grad_mode import mode
from .graph import Output, Parts
from .variable import Variable, wrap

__all__ = ["backward", "grad"]


def backward(
    tensors: Variable | Sequence[Variable],
    grad_tensors: Variable | Sequence[Variable | None] | None = None,
    retain_graph: bool | None = None,
    create_graph: bool = False,
    grad_variables: Variable | Sequence[Variable | None] | None = None,
    inputs: Variable | Sequence[Variable] | None = None,
) -> None:
    """Adds to every leaf's ``.grad`` the gradient of the tensors.

    Args:
        tensors: the results to differentiate
        grad_tensors: for each result the gradient of something further on with respect to it; may
            be None for a result with one element, where it is 1
        retain_graph: keep what the graph saved, for another backward. Default: ``create_graph``
        create_graph: record the backward itself, so that gradients can be differentiated again
        grad_variables: the old name of ``grad_tensors``
        inputs: the tensors to accumulate gradients in. Default: all leaves
    """
    if grad_variables is not None:
        warnings.warn("grad_variables is deprecated. Use grad_tensors instead.", stacklevel=2)
        if grad_tensors is not None:
            raise RuntimeError("give grad_tensors or grad_variables, not both: they mean the same")
        grad_tensors = grad_variables
    tensors = _as_tuple(tensors)
    if inputs is not None:
        inputs = _as_tuple(inputs)
        if not inputs:
            raise RuntimeError("`inputs` argument to `backward` cannot be empty.")
        for x in inputs:
            if not x.requires_grad:
                raise RuntimeError("One of the differentiated Tensors does not require grad")
    roots = _roots(tensors, grad_tensors, create_graph)
    keep = create_graph if retain_graph is None else retain_graph
    wanted = None if inputs is None else {x._edge() for x in inputs}
    found = _run(roots, keep, create_graph, wanted)
    if inputs is None:
        for leaf in list(found):
            _accumulate(leaf, found.pop(leaf))
    else:
        for x in dict.fromkeys(inputs):
            target = x._edge()
            if target in found and not x.retains_grad:  # those that do have it already
                _accumulate(x, found.pop(target))


def grad(
    outputs: Variable | Sequence[Variable],
    inputs: Variable | Sequence[Variable],
    grad_outputs: Variable | Sequence[Variable | None] | None = None,
    retain_graph: bool | None = None,
    create_graph: bool = False,
    only_inputs: bool = True,
    allow_unused: bool | None = None,
    is_grads_batched: bool = False,
    materialize_grads: bool = False,
) -> tuple[Variable | None, ...]:
    """Returns the gradients of the outputs with respect to the inputs; no ``.grad`` is touched.

    Args:
        outputs: the results to differentiate
        inputs: the tensors to differentiate by
        grad_outputs: as ``grad_tensors`` of ``backward``
        retain_graph: keep what the graph saved, for another backward. Default: ``create_graph``
        create_graph: record the backward itself
        only_inputs: must be True
        allow_unused: return None for an input that the outputs do not depend on, instead of an
            error. Default: ``materialize_grads``
        is_grads_batched: ``grad_outputs`` has one more dimension in front; one gradient for each
            of its entries is returned, stacked
        materialize_grads: return zeros instead of None

    Examples:
        >>> x = torch.tensor(3.0, requires_grad=True)
        >>> torch.autograd.grad(x * x, x)
        (tensor(6.),)
    """
    if not only_inputs:
        warnings.warn("only_inputs argument is deprecated and is ignored now", stacklevel=2)
    if materialize_grads and allow_unused is False:
        raise ValueError(
            "Expected allow_unused to be True or not passed when materialize_grads=True, but got: "
            "allow_unused=False."
        )
    outputs, inputs = _as_tuple(outputs), _as_tuple(inputs)
    if is_grads_batched:
        return _batched(
            outputs,
            inputs,
            grad_outputs,
            retain_graph,
            create_graph,
            allow_unused,
            materialize_grads,
        )
    for x in inputs:
        if not x.requires_grad:
            raise RuntimeError("One of the differentiated Tensors does not require grad")
    roots = _roots(outputs, grad_outputs, create_graph)
    keep = create_graph if retain_graph is None else retain_graph
    targets = [x._edge() for x in inputs]
    found = _run(roots, keep, create_graph, set(targets))
    results = []
    for i, (x, target) in enumerate(zip(inputs, targets, strict=True)):
        dx = found.get(target)
        if dx is None and materialize_grads:
            dx = numpy.zeros_like(x.array)
        if dx is None and not allow_unused:
            raise RuntimeError(
                f"The differentiated Tensor at index {i} appears to not have been used in the "
                f"graph. Set allow_unused=True if this is the desired behavior."
            )
        results.append(dx if dx is None or isinstance(dx, Variable) else wrap(dx))
    return tuple(results)


def _batched(outputs, inputs, grad_outputs, retain_graph, create_graph, allow_unused, materialize):
    """One backward for each entry of the stacked ``grad_outputs``; the gradients stacked again."""
    batches = _as_tuple(grad_outputs)
    size = batches[0].array.shape[0]
    rows = []
    for i in range(size):
        last = i == size - 1
        keep = (create_graph if retain_graph is None else retain_graph) or not last
        row = grad(
            outputs,
            inputs,
            tuple(b[i] for b in batches),
            keep,
            create_graph,
            allow_unused=allow_unused,
            materialize_grads=materialize,
        )
        rows.append(row)
    namespace = outputs[0].__array_namespace__()
    return tuple(
        None if column[0] is None else namespace.stack(column) for column in zip(*rows, strict=True)
    )


# ---- the two passes -------------------------------------------------------------------------


def _run(roots: list, keep: bool, differentiable: bool, wanted: set | None) -> dict:
    """The gradient of each leaf; or, given ``wanted`` nodes and leaves, of each of those."""
    consumers = _count_consumers(roots)
    needed = None if wanted is None else _leading_to(wanted, consumers)
    gradients: dict = {}  # what has arrived at each node and leaf, summed; leaves stay in it
    ready: list = []  # a heap of nodes all of whose consumers are done
    found: dict = {}
    kept: list = []
    edges, parts = zip(*roots, strict=True)
    recording, mode.enabled = mode.enabled, differentiable
    try:
        while True:
            for target, dx in zip(edges, parts, strict=True):
                if target is None:
                    continue
                if dx is not None:
                    if target in gradients:
                        gradients[target] = gradients[target] + dx
                    else:
                        gradients[target] = dx
                consumers[target] = left = consumers[target] - 1
                if left == 0:
                    if not isinstance(target, Variable):
                        heappush(ready, target)
                    elif target._hooks and target in gradients:
                        if wanted is None or target in wanted:
                            gradients[target] = call_hooks(target._hooks, gradients[target], wrap)
            if not ready:
                break
            node = heappop(ready)
            edges, dy = node.edges, gradients.pop(node, None)
            if dy is not None:
                if node.watch is not None:
                    dy = _show(node.watch, dy, kept)
                if wanted is not None and node in wanted:
                    found[node] = dy
            if dy is None or needed is not None and node not in needed:
                parts = (None,) * len(edges)  # nothing to hand on, but done all the same
                continue
            parts = node.run(dy) if node.watch is None else _run_watched(node, dy)
            if anomaly_mode.state.enabled:
                _check_anomaly(node, parts)
            if not keep:
                node.release()
    finally:
        mode.enabled = recording
    for x, gradient in kept:
        _accumulate(x, gradient)
    gradients.update(found)
    return gradients


def _count_consumers(roots: list) -> dict:
    """How many edges of this graph lead to each node and leaf."""
    consumers: dict = {}
    unseen = []
    edges = [target for target, _ in roots]
    while True:
        for target in edges:
            if target in consumers:
                consumers[target] += 1
            elif target is not None:
                consumers[target] = 1
                unseen.append(target)
        if not unseen:
            return consumers
        edges = unseen.pop().edges


def _show(watch, dy, kept: list):
    """Runs the hooks of the tensor that a node made, and keeps its gradient if it wants that."""
    if watch.hooks:
        dy = call_hooks(watch.hooks, dy, wrap)
    x = watch.kept() if watch.kept is not None else None
    if x is not None:
        kept.append((x, dy))
    return dy


def _run_watched(node, dy) -> tuple:
    """``node.run`` between the node's own hooks."""
    before, after = node.watch.before, node.watch.after
    gradients = node.gradients(dy)
    if before:
        gradients = call_before(before, gradients, wrap)
        dy = gradients[0] if node.outputs == 1 else Parts(enumerate(gradients))
    parts = node.run(dy)
    return call_after(after, parts, gradients, wrap) if after else parts


def _leading_to(wanted: set, reachable: dict) -> set:
    """The nodes whose backward is needed to reach a wanted node or leaf."""
    nodes = [x for x in reachable if not isinstance(x, Variable)]
    nodes.sort(key=lambda node: (node.sequence, isinstance(node, Output)))
    needed: set = set()
    for node in nodes:  # the oldest first: what is behind a node is settled before the node
        if any(target in wanted or target in needed for target in node.edges):
            needed.add(node)
    return needed


def _accumulate(x: Variable, total) -> None:
    """Adds to ``x.grad``: in place where there is one, as torch does."""
    if isinstance(total, Variable):  # the backward was recorded: the sum must be as well
        x._grad = total if x._grad is None else x._grad + total
    elif x._grad is None:
        x._grad = wrap(_owned(total))
    elif x._grad._requires_grad:
        x._grad = wrap(x._grad.array + total)
    else:
        x._grad.array += total
        x._grad._changes.bump("backward")
    if x._after_accumulate:
        for hook in tuple(x._after_accumulate.values()):
            hook(x)


def _owned(array):
    """The array itself if nobody else holds it or what it is a view of; else a copy."""
    unshared = sys.getrefcount(array) <= _ONLY_OURS
    return array if unshared and array.base is None and array.flags.c_contiguous else array.copy()


def _references_of_ours(array) -> int:
    """What ``sys.getrefcount`` says of an array that only ``_accumulate`` and its callee hold."""

    def accumulate(total):
        return owned(total)

    def owned(array):
        return sys.getrefcount(array)

    found = {0: array}
    del array
    return accumulate(found.pop(0))


_ONLY_OURS = _references_of_ours(numpy.empty(1))


def _check_anomaly(node, parts: tuple) -> None:
    if not anomaly_mode.state.check_nan:
        return
    for i, dx in enumerate(parts):
        array = dx.array if isinstance(dx, Variable) else dx
        if array is not None and bool((array != array).any()):
            if node.stack:
                warnings.warn(
                    f"Error detected in {node.name()}. Traceback of forward call that caused the "
                    f"error:\n{''.join(node.stack)}",
                    stacklevel=4,
                )
            raise RuntimeError(f"Function '{node.name()}' returned nan values in its {i}th output.")


# ---- where to begin -------------------------------------------------------------------------


def _as_tuple(tensors) -> tuple:
    return (tensors,) if isinstance(tensors, Variable) else tuple(tensors)


def _roots(tensors: tuple, grad_tensors, create_graph: bool) -> list:
    """For each result its node or leaf and the gradient to begin with."""
    if grad_tensors is None:
        grad_tensors = (None,) * len(tensors)
    else:
        grad_tensors = _as_tuple(grad_tensors)
        if len(grad_tensors) != len(tensors):
            raise RuntimeError(f"got {len(tensors)} tensors and {len(grad_tensors)} gradients")
    roots = []
    for i, (y, dy) in enumerate(zip(tensors, grad_tensors, strict=True)):
        if dy is not None and not isinstance(dy, Variable):
            raise TypeError(f"gradients can be either Tensors or None, but got {type(dy).__name__}")
        if dy is not None and dy.array.shape != y.array.shape:
            raise RuntimeError(
                f"Mismatch in shape: grad_output[{i}] has a shape of "
                f"torch.Size({list(dy.array.shape)}) and output[{i}] has a shape of "
                f"torch.Size({list(y.array.shape)})."
            )
        if not y.requires_grad:
            raise RuntimeError(
                f"element {i} of tensors does not require grad and does not have a grad_fn: "
                f"nothing it was computed from has requires_grad=True, or it was computed under "
                f"no_grad()"
            )
        if dy is None:
            if y.array.size != 1:
                raise RuntimeError(
                    f"grad can be implicitly created only for scalar outputs, and this one has "
                    f"shape {list(y.array.shape)}: reduce it first, with .sum() or .mean(), or "
                    f"pass its gradient"
                )
            dy = wrap(numpy.ones(y.array.shape, y.array.dtype))
        elif dy.array.dtype != y.array.dtype:
            dy = dy.type_as(y)
        roots.append((y._edge(), dy if create_graph else dy.array))
    return roots

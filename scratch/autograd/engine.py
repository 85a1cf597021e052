"""backward: from the result to the leaves, each node once, newest first.

A node is newer than whatever made its inputs. So of the nodes that a gradient has arrived at, the
newest has got all of it: who could send another part would be newer still. Its backward runs, and
the parts go on to the nodes behind it. Where two paths meet, gradients add up. Nothing here is
recursive: a graph may be a million operations deep. Leaves keep the sum in ``.grad``; they are
written last of all, so that a backward that fails changes nothing.
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Sequence
from heapq import heappop, heappush

import numpy

from . import anomaly_mode
from ._cuts import unused, without_graph
from ._hooks import call_accumulated, call_after, call_before, call_hooks
from ._lines import user_line
from .grad_mode import mode
from .graph import Parts
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
    edges, parts = _roots(tensors, grad_tensors, create_graph)
    keep = create_graph if retain_graph is None else retain_graph
    wanted = None if inputs is None else {x._edge() for x in inputs}
    with numpy.errstate(all="ignore"):  # gradients may be infinite or NaN
        found = _run(edges, parts, keep, create_graph, wanted)
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
    edges, parts = _roots(outputs, grad_outputs, create_graph)
    keep = create_graph if retain_graph is None else retain_graph
    targets = [x._edge() for x in inputs]
    with numpy.errstate(all="ignore"):  # gradients may be infinite or NaN
        found = _run(edges, parts, keep, create_graph, set(targets))
    results = []
    for i, (x, target) in enumerate(zip(inputs, targets, strict=True)):
        dx = found.get(target)
        if dx is None and materialize_grads:
            dx = numpy.zeros_like(x.array)
        if dx is None and not allow_unused:
            raise RuntimeError(unused(i, edges))
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


# ---- the walk ---------------------------------------------------------------------------------


def _run(edges, parts, keep: bool, differentiable: bool, wanted: set | None) -> dict:
    """The gradient of each leaf; or, given ``wanted`` nodes and leaves, of each of those.

    ``edges`` and ``parts`` are at first where to begin, and with which gradients; then in turn the
    edges of each node, and what its backward hands on to them.
    """
    roots = edges
    needed = None if wanted is None else _leading_to(wanted, roots)
    gradients: dict = {}  # what has arrived at each node and leaf, summed; leaves stay in it
    waiting: list = []  # a heap of the nodes among them, the newest on top
    last_users: dict | None = None  # see there; for leaves with hooks only
    found: dict = {}
    kept: list = []
    node = None
    recording, mode.enabled = mode.enabled, differentiable
    try:
        while True:
            for i, dx in enumerate(parts):
                target = edges[i]
                if target is None or dx is None:
                    continue
                if target in gradients:
                    gradients[target] = gradients[target] + dx
                    continue
                gradients[target] = dx
                if not isinstance(target, Variable):
                    heappush(waiting, target)
                elif target._hooks and last_users is None:
                    last_users = _last_users(roots, wanted)
            if last_users is not None:
                complete = [x for x in last_users if last_users[x] is node]
                _call_leaf_hooks(complete, last_users, gradients)
            if not waiting:
                break
            node = heappop(waiting)
            edges, dy = node.edges, gradients.pop(node)
            if node.watch is not None and (wanted is None or node in wanted or node in needed):
                dy = _show(node.watch, dy, kept)
            if wanted is not None:
                if node in wanted:
                    found[node] = dy
                if node not in needed:
                    edges = parts = ()
                    continue
            parts = node.run(dy) if node.watch is None else _run_watched(node, dy)
            if anomaly_mode.state.enabled:
                _check_anomaly(node, parts)
            if not keep:
                node.release()
        if last_users:  # those of which the last user got no gradient itself
            _call_leaf_hooks(list(last_users), last_users, gradients)
    finally:
        mode.enabled = recording
    for x, gradient in kept:
        _accumulate(x, gradient)
    gradients.update(found)
    return gradients


def _reachable(roots: list) -> list:
    """All nodes of the graph, the newest first."""
    nodes: set = set()
    unseen = list(roots)
    while unseen:
        target = unseen.pop()
        if target is not None and target not in nodes and not isinstance(target, Variable):
            nodes.add(target)
            unseen.extend(target.edges)
    return sorted(nodes)


def _leading_to(wanted: set, roots: list) -> set:
    """The nodes whose backward is needed to reach a wanted node or leaf."""
    needed: set = set()
    for node in reversed(_reachable(roots)):  # what is behind a node is settled before the node
        if any(target in wanted or target in needed for target in node.edges):
            needed.add(node)
    return needed


def _last_users(roots: list, wanted: set | None) -> dict:
    """For each leaf with hooks the node whose part is the last to arrive: then they are called."""
    last_users = dict.fromkeys(roots)
    for node in _reachable(roots):
        last_users.update(dict.fromkeys(node.edges, node))
    return {
        x: node
        for x, node in last_users.items()
        if isinstance(x, Variable) and x._hooks and (wanted is None or x in wanted)
    }


def _call_leaf_hooks(leaves: list, last_users: dict, gradients: dict) -> None:
    for x in leaves:
        del last_users[x]
        if x in gradients:
            gradients[x] = call_hooks(x._hooks, gradients[x])


def _show(watch, dy, kept: list):
    """Runs the hooks of the tensor that a node made, and keeps its gradient if it wants that."""
    if watch.hooks:
        dy = call_hooks(watch.hooks, dy)
    x = watch.kept() if watch.kept is not None else None
    if x is not None:
        kept.append((x, dy))
    return dy


def _run_watched(node, dy) -> tuple:
    """``node.run`` between the node's own hooks."""
    before, after = node.watch.before, node.watch.after
    gradients = node.gradients(dy)
    if before:
        gradients = call_before(before, gradients)
        dy = gradients[0] if node.outputs == 1 else Parts(enumerate(gradients))
    parts = node.run(dy)
    return call_after(after, parts, gradients) if after else parts


def _accumulate(x: Variable, total) -> None:
    """Adds to ``x.grad``: in place where there is one, as torch does."""
    if isinstance(total, Variable):  # the backward was recorded: the sum must be as well
        total = total if x._grad is None else x._grad + total
        x._grad = total if total._base is None else total.clone()  # no view: it can be zeroed
    elif x._grad is None:
        x._grad = wrap(_owned(total))
    elif x._grad._requires_grad:
        x._grad = wrap(x._grad.array + total)
    else:
        x._grad.array += total
        x._grad._changes.bump("backward")
    if x._after_accumulate:
        call_accumulated(x._after_accumulate, x)


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
                text = f"Error detected in {node.name()}. Traceback of forward call that caused "
                text += f"the error:\n{''.join(node.stack)}"
                warnings.warn_explicit(text, UserWarning, *user_line())
            raise RuntimeError(f"Function '{node.name()}' returned nan values in its {i}th output.")


# ---- where to begin -------------------------------------------------------------------------


def _as_tuple(tensors) -> tuple:
    return (tensors,) if isinstance(tensors, Variable) else tuple(tensors)


def _roots(tensors: tuple, grad_tensors, create_graph: bool) -> tuple[list, list]:
    """The results' nodes or leaves, and for each the gradient to begin with."""
    if grad_tensors is not None:
        grad_tensors = _as_tuple(grad_tensors)
        if len(grad_tensors) != len(tensors):
            raise RuntimeError(f"got {len(tensors)} tensors and {len(grad_tensors)} gradients")
    targets, gradients = [], []
    for i, y in enumerate(tensors):
        dy = None if grad_tensors is None else grad_tensors[i]
        if dy is not None:
            _check_gradient(i, y, dy)
        target = y._edge()
        if target is None:
            raise RuntimeError(without_graph(i, y))
        if dy is None:
            dy = _one(y.array)
        elif dy.array.dtype != y.array.dtype:
            dy = dy.type_as(y)
        targets.append(target)
        gradients.append(dy if create_graph else dy.array)
    return targets, gradients


def _check_gradient(i: int, y: Variable, dy) -> None:
    if not isinstance(dy, Variable):
        raise TypeError(f"gradients can be either Tensors or None, but got {type(dy).__name__}")
    if dy.array.shape != y.array.shape:
        raise RuntimeError(
            f"Mismatch in shape: grad_output[{i}] has a shape of "
            f"torch.Size({list(dy.array.shape)}) and output[{i}] has a shape of "
            f"torch.Size({list(y.array.shape)})."
        )


def _one(y) -> Variable:
    """The gradient of a result with respect to itself."""
    if y.size != 1:
        raise RuntimeError(
            f"grad can be implicitly created only for scalar outputs, and this one has shape "
            f"{list(y.shape)}: reduce it first, with .sum() or .mean(), or pass its gradient"
        )
    one = numpy.empty(y.shape, y.dtype)
    one.fill(1)
    return wrap(one)

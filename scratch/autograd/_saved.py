"""What forward keeps for backward, and how a change to it is noticed.

Every tensor counts its in-place changes. Of each array that is saved, a *guard* notes whose counter
to watch and what it said; if it says more when backward comes, the value that was saved is gone.
"""

from __future__ import annotations

from .graph import Node
from .variable import Variable, Version, wrap

SECOND_BACKWARD = (
    "Trying to backward through the graph a second time (or directly access saved tensors after "
    "they have already been freed): what {} saved was freed by the first backward(). Call the "
    "first one with retain_graph=True, or compute the loss anew before each backward()."
)
INFERENCE = (
    "Inference tensors cannot be saved for backward: this tensor was made under inference_mode. "
    "Use its clone(), or make it under no_grad()"
)


class Saving(Node):
    """A node that keeps arrays for its backward."""

    freed = False
    _saved: tuple = ()
    # For each saved array that was a tensor four entries: its place, the tensor's version counter,
    # what that said, and the node or leaf behind the tensor, or a number: which output it was. One
    # flat tuple, because the fewer objects a graph has, the less Python's garbage collector runs.
    _guards: tuple = ()

    def save_for_backward(self, *tensors) -> None:
        """Keeps inputs or outputs of forward for backward, guarded against in-place changes."""
        self._saved = tensors

    def release(self) -> None:
        if self._saved:
            self._saved = self._guards = ()
            self.freed = True

    def _guard(self, inputs: tuple, values: list, outputs: tuple) -> None:
        """Notes which tensor each saved array was, and how often that had been changed."""
        guards: list = []
        for place, array in enumerate(self._saved):
            for i, value in enumerate(values):
                if value is array:
                    x = inputs[i]
                    if isinstance(x, Variable):
                        if x._inference:
                            raise RuntimeError(INFERENCE)
                        changes = x._version_counter or x._changes
                        changes.guarded = True
                        guards += place, changes, changes.count, self.edges[i]
                    break
            else:
                for y in outputs:
                    if isinstance(y, Variable) and y.array is array:
                        number = y._node.number if y._requires_grad else None
                        y._changes.guarded = True
                        guards += place, y._changes, 0, number
        if guards:
            self._guards = tuple(guards)

    def keep_before(self, x: Variable) -> None:
        """Copies what was saved of ``x``, which will be written over with this very result."""
        saved, guards = list(self._saved), list(self._guards)
        for i in range(0, len(guards), 4):
            place = guards[i]
            if saved[place] is x.array:
                saved[place] = x.array.copy()
            elif guards[i + 1] is not x._changes or saved[place].dtype == x.array.dtype:
                continue  # none of it; a copy in another dtype needs no further one
            guards[i + 1 : i + 3] = Version(), 0
        self._saved, self._guards = tuple(saved), tuple(guards)

    def watch_instead(self, result: Variable, x: Variable) -> None:
        """From now on a saved result is gone when ``x``, over which it was written, is changed."""
        guards = list(self._guards)
        for i in range(0, len(guards), 4):
            if guards[i + 1] is result._version_counter:
                x._changes.guarded = True
                guards[i + 1 : i + 3] = x._changes, x._changes.count
        self._guards = tuple(guards)

    def _check_saved(self) -> None:
        if self.freed:
            raise RuntimeError(SECOND_BACKWARD.format(self.name()))
        guards = self._guards
        for i in range(0, len(guards), 4):
            if guards[i + 1].count != guards[i + 2]:
                self._complain(*guards[i : i + 3])

    def _complain(self, place: int, changes: Version, expected: int) -> None:
        operation, file, line = changes.by
        raise RuntimeError(
            f"one of the variables needed for gradient computation has been modified by an inplace "
            f"operation: {self.name()} saved a tensor of shape {list(self._saved[place].shape)} at "
            f"version {expected}, and it is at version {changes.count} now. The last change was "
            f"{operation}, in {file}, line {line}. Use an operation that returns a new tensor "
            f"there, or change a clone()."
        )

    def _saved_as_tensors(self) -> tuple:
        """The saved arrays as tensors, joined to the graph where they were inputs or outputs."""
        guards = self._guards
        origins = {guards[i]: guards[i + 1 : i + 4] for i in range(0, len(guards), 4)}
        return tuple(
            self._rejoined(array, *origins[place]) if place in origins else _constant(array)
            for place, array in enumerate(self._saved)
        )

    def _rejoined(self, array, changes: Version, count: int, target) -> Variable:
        if isinstance(target, int):
            target = self.output(target)
        if isinstance(target, Variable) and target.array is array:
            return target  # a leaf: the very tensor that was saved
        x = wrap(array)
        x._version_counter = changes
        if target is not None:
            x._node, x._requires_grad = target, True
        return x


def _constant(x):
    """What was no tensor: an array as one, a number or None as it is."""
    return wrap(x) if hasattr(x, "shape") else x

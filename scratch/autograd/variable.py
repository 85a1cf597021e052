"""What autograd knows of a tensor: its array, whether it wants a gradient, and where that leads.

A *leaf* was made by hand and keeps its gradient in ``.grad``. Any other tensor that requires a
gradient came out of an operation, and holds on to that operation's node in the graph. ``Tensor``
adds everything that is not about gradients.
"""

from __future__ import annotations

import warnings
import weakref
from collections.abc import Callable
from typing import Any, Self

import numpy

from ._cuts import left_graph
from ._handles import RemovableHandle
from ._lines import user_line
from .grad_mode import mode

__all__ = ["Variable"]

_new = object.__new__


class Version:
    """Counts the in-place changes of one memory; tensors that share memory share the counter.

    ``by`` remembers the last change: the operation, and the user's line that asked for it.
    """

    __slots__ = ("by", "count", "guarded")

    def __init__(self):
        self.count = 0
        self.by = None
        self.guarded = False  # whether a backward will want to know of changes

    def bump(self, operation: str) -> None:
        """Counts one change."""
        self.count += 1
        self.by = (operation, *user_line()) if self.guarded else None


class Variable:
    """An array that autograd follows.

    ``Variable(tensor)`` is how older scripts ask for a tensor that takes part in autograd; since
    every tensor does, it returns one that shares the data.
    """

    kind: type[Variable]  # what operations return: Tensor, which says so when it is defined
    edges = ()  # a leaf is where the graph ends

    _requires_grad = False
    _node = None  # where a gradient of this tensor goes first; None for a leaf
    _grad = None
    _base = None  # the tensor that this one is a view of
    _view = None  # how it was made from its base (see inplace.py)
    _turns: tuple = ()  # how it was transposed or reshaped in place, undone step by step
    _hooks = None
    _after_accumulate = None
    _inference = False
    _cut = None  # where what this was computed from left the graph (see _cuts.py)
    _version_counter = None  # made when first needed, shared with views

    def __init_subclass__(cls, results: bool = False, **kwargs):
        super().__init_subclass__(**kwargs)
        if results:
            Variable.kind = cls

    def __new__(cls, data: Variable, requires_grad: bool = False, volatile: object = None):
        if volatile is not None:
            warnings.warn("volatile was removed; use `with torch.no_grad():` instead", stacklevel=2)
        y = data.detach()
        return y.requires_grad_(requires_grad)

    # ---- leaf or not ------------------------------------------------------------------------

    @property
    def requires_grad(self) -> bool:
        """Whether operations on this tensor are recorded, so that it can get a gradient."""
        return self._requires_grad or self._base is not None and self._base._requires_grad

    @requires_grad.setter
    def requires_grad(self, wanted: bool) -> None:
        if wanted is not True and wanted is not False:
            raise RuntimeError(f"requires_grad must be a bool, not {type(wanted).__name__}")
        if self._node is not None:
            raise RuntimeError(
                "you can only change requires_grad flags of leaf variables: this one was computed. "
                "Use detach() for a tensor with a flag of its own"
            )
        self.requires_grad_(wanted)

    def requires_grad_(self, requires_grad: bool = True) -> Self:
        """Sets ``requires_grad`` in place, and returns the tensor.

        Args:
            requires_grad: whether autograd should record operations on this tensor. Default: True
        """
        if requires_grad is not True and requires_grad is not False:
            raise TypeError(
                f"requires_grad_(): argument 'requires_grad' must be bool, not "
                f"{type(requires_grad).__name__}"
            )
        if self._node is not None:
            if requires_grad:
                return self
            raise RuntimeError(
                "you can only change requires_grad flags of leaf variables. If you want to use a "
                "computed variable in a subgraph that doesn't require differentiation use "
                "var_no_grad = var.detach()."
            )
        if requires_grad and self.array.dtype.kind != "f":
            raise RuntimeError(
                f"only Tensors of floating point dtype can require gradients, not "
                f"{self.array.dtype}: make it with dtype=torch.float32, or call .float() first"
            )
        if requires_grad and self._inference and not mode.inference:
            raise RuntimeError(
                "Setting requires_grad=True on inference tensor outside InferenceMode is not "
                "allowed: it was made under inference_mode; use its clone() instead"
            )
        self._requires_grad = bool(requires_grad)
        return self

    @property
    def is_leaf(self) -> bool:
        """Whether no recorded operation made this tensor."""
        return self.grad_fn is None

    @property
    def grad_fn(self) -> Any:
        """The node of the operation that made this tensor; None for a leaf."""
        self._edge()
        return None if self._node is None else self._node.producer

    def _edge(self):
        """Where a gradient of this tensor goes: its node, or itself if it is a leaf, or nowhere."""
        if self._view is not None:
            self._view.refresh(self)
        return (self._node or self) if self._requires_grad else None

    @property
    def output_nr(self) -> int:
        """Which of its node's outputs this tensor is."""
        return 0 if self._node is None else self._node.number

    # ---- the gradient -----------------------------------------------------------------------

    @property
    def grad(self) -> Variable | None:
        """The gradient that ``backward`` has summed up for this leaf, or None."""
        if self._grad is None and self._node is not None and not self.retains_grad:
            warnings.warn(
                "The .grad attribute of a Tensor that is not a leaf Tensor is being accessed. It "
                "stays None: call .retain_grad() on this tensor before backward(), or look at the "
                "leaf it was computed from.",
                stacklevel=2,
            )
        return self._grad

    @grad.setter
    def grad(self, grad: Variable | None) -> None:
        if grad is not None:
            if not isinstance(grad, Variable):
                raise TypeError(
                    f"assigned grad expected to be a Tensor or None but got grad of type "
                    f"{type(grad).__name__}"
                )
            if grad is self:
                raise RuntimeError("can't assign Variable as its own grad")
            if grad.array.shape != self.array.shape:
                raise RuntimeError(
                    f"attempting to assign a gradient of size '{list(grad.array.shape)}' to a "
                    f"tensor of size '{list(self.array.shape)}'. Please ensure that the gradient "
                    f"and the tensor are the same size"
                )
            if grad.array.dtype != self.array.dtype:
                raise RuntimeError(
                    f"attempting to assign a gradient with dtype '{grad.array.dtype}' to a tensor "
                    f"with dtype '{self.array.dtype}': convert it with .to() first"
                )
        self._grad = grad

    @property
    def retains_grad(self) -> bool:
        """Whether this non-leaf keeps its gradient, because ``retain_grad`` was called."""
        watch = None if self._node is None else self._node.watch
        return watch is not None and watch.kept is not None

    def retain_grad(self) -> None:
        """Makes backward keep this tensor's gradient in ``.grad`` although it is not a leaf.

        Examples:
            >>> x = torch.tensor(3.0, requires_grad=True)
            >>> y = x * x
            >>> y.retain_grad()
            >>> (2 * y).backward()
            >>> y.grad
            tensor(2.)
        """
        if not self.requires_grad:
            raise RuntimeError("can't retain_grad on Tensor that has requires_grad=False")
        if self._node is not None:
            self._node.watched().kept = weakref.ref(self)

    def register_hook(self, hook: Callable) -> RemovableHandle:
        """Calls ``hook(grad)`` whenever backward has computed this tensor's gradient.

        What the hook returns, if not None, takes the gradient's place.

        Args:
            hook: a function of the gradient

        Returns:
            a handle whose ``remove()`` takes the hook away

        Examples:
            >>> x = torch.tensor(3.0, requires_grad=True)
            >>> handle = x.register_hook(lambda dx: dx.clamp(max=1))
            >>> (x * x).backward()
            >>> x.grad
            tensor(1.)
        """
        if not self.requires_grad:
            raise RuntimeError("cannot register a hook on a tensor that doesn't require gradient")
        if self._node is not None:
            return RemovableHandle(self._node.watched().hooks, hook)
        if self._hooks is None:
            self._hooks = {}
        return RemovableHandle(self._hooks, hook)

    def register_post_accumulate_grad_hook(self, hook: Callable) -> RemovableHandle:
        """Calls ``hook(tensor)`` after backward has added to this leaf's ``.grad``."""
        if not self.requires_grad:
            raise RuntimeError("cannot register a hook on a tensor that doesn't require gradient")
        if not self.is_leaf:
            raise RuntimeError(
                "post accumulate grad hooks cannot be registered on non-leaf tensors"
            )
        if self._after_accumulate is None:
            self._after_accumulate = {}
        return RemovableHandle(self._after_accumulate, hook)

    # ---- memory -----------------------------------------------------------------------------

    @property
    def _version(self) -> int:
        """How often this memory was changed in place."""
        if self._inference:
            raise RuntimeError("Inference tensors do not track version counter.")
        return self._version_counter.count if self._version_counter is not None else 0

    @property
    def _changes(self) -> Version:
        """The counter of in-place changes; whoever asks for it has something to guard."""
        if self._version_counter is None:
            self._version_counter = Version()
        return self._version_counter

    def _is_view(self) -> bool:
        return self._base is not None

    def is_inference(self) -> bool:
        """Whether this tensor was made under ``inference_mode``."""
        return self._inference

    def check_in_place(self, recorded: bool = False) -> None:
        """Whether autograd lets this be changed in place now; RuntimeError where it does not.

        Args:
            recorded: whether what is to be written requires a gradient
        """
        if self._inference and not mode.inference:
            raise RuntimeError(
                "Inplace update to inference tensor outside InferenceMode is not allowed: change "
                "its clone() instead"
            )
        if not mode.enabled or not (self.requires_grad or recorded):
            return
        if self.array.dtype.kind != "f":  # of which autograd keeps no history
            return
        if self._view is not None:
            if self._view.forbidden is not None:
                raise RuntimeError(self._view.forbidden)
            base_is_leaf = self._base._requires_grad and self._base._node is None
            if base_is_leaf or self.requires_grad and self._node is None:
                raise RuntimeError(
                    "a view of a leaf Variable that requires grad is being used in an in-place "
                    "operation. Update it within `with torch.no_grad():`"
                )
        elif self._requires_grad and self._node is None:
            raise RuntimeError(
                "a leaf Variable that requires grad is being used in an in-place operation. Update "
                "it within `with torch.no_grad():`, so that the change is no part of the graph"
            )

    def detach(self) -> Variable:
        """The same memory, outside the graph: it does not require a gradient."""
        y = wrap(self.array.view())  # an array of its own, by which a rule tells what it saved
        y._version_counter = self._changes
        y._inference = self._inference
        return left_graph(y, self, "detach()")


def wrap(array) -> Variable:
    """A tensor that holds this very array: no copy, no gradient."""
    y = _new(Variable.kind)
    y.array = numpy.asarray(array) if isinstance(array, numpy.generic) else array
    return y

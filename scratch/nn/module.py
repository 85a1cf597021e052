"""What every layer and every network is: a Module.

A module is a tree. Assigning a ``Parameter`` to an attribute registers a parameter, assigning a
``Module`` a submodule; whatever concerns all of them (moving, saving, handing the parameters to the
optimizer) walks that tree. Calling a module runs its ``forward``.

Four smaller classes do what can be told apart from that: ``Registry`` (_members.py) keeps the
members, ``Hookable`` (_hooks.py) the hooks, ``Convertible`` (_conversion.py) has ``to`` and its
kin, ``Stateful`` (_state_dict.py) saves and loads.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Self

from ..tensor import Tensor
from ._conversion import Convertible
from ._failure import note
from ._hooks import EVERYWHERE, Hookable, call
from ._members import Registry
from ._state_dict import Stateful
from .parameter import Parameter

__all__ = ["Module"]


class Module(Registry, Hookable, Stateful, Convertible):
    """The base class of all layers and networks.

    Examples:
        >>> class Net(torch.nn.Module):
        ...     def __init__(self):
        ...         super().__init__()
        ...         self.hidden = torch.nn.Linear(4, 8)
        ...         self.out = torch.nn.Linear(8, 2)
        ...
        ...     def forward(self, x):
        ...         return self.out(torch.relu(self.hidden(x)))
        >>> net = Net()
        >>> net
        Net(
          (hidden): Linear(in_features=4, out_features=8, bias=True)
          (out): Linear(in_features=8, out_features=2, bias=True)
        )
        >>> [name for name, _ in net.named_parameters()]
        ['hidden.weight', 'hidden.bias', 'out.weight', 'out.bias']
        >>> net(torch.ones(3, 4)).shape
        torch.Size([3, 2])
    """

    training: bool
    call_super_init = False  # whether to go on to the next class when there are several bases

    def __init__(self, *args: Any, **kwargs: Any):
        if (args or kwargs) and not self.call_super_init:
            raise TypeError(
                f"{type(self).__name__}.__init__() passes {[*args, *kwargs]} on to "
                f"Module.__init__(), which takes no arguments"
            )
        Registry.__init__(self)
        Hookable.__init__(self)
        Stateful.__init__(self)
        self.__dict__["training"] = True
        if self.call_super_init:
            super(Convertible, self).__init__(*args, **kwargs)

    def __setstate__(self, state: dict) -> None:
        Hookable.__init__(self)  # what is missing in the file of another version
        Stateful.__init__(self)
        super().__setstate__(state)

    def forward(self, *input: Any) -> Any:
        """What a call of the module computes. Every subclass defines its own."""
        raise NotImplementedError(
            f'Module [{type(self).__name__}] is missing the required "forward" function'
        )

    def __call__(self, *args, **kwargs):
        try:
            if (
                self._forward_hooks
                or self._forward_pre_hooks
                or self._backward_hooks
                or self._backward_pre_hooks
                or EVERYWHERE
            ):
                return call(self, args, kwargs)
            return self.forward(*args, **kwargs)
        except Exception as error:
            note(error, Module.__call__.__code__)  # where in the network this happened
            raise

    def compile(self, *args: Any, **kwargs: Any) -> None:
        """Asks for a faster version of the same. There is none: it runs as before."""

    # ---- the tree ---------------------------------------------------------------------------

    def named_modules(
        self, memo: set | None = None, prefix: str = "", remove_duplicate: bool = True
    ) -> Iterator[tuple[str, Module]]:
        """This module and all below it, each with its path; a shared one only once.

        Args:
            memo: modules not to return
            prefix: put before each path
            remove_duplicate: Default: True
        """
        memo = set() if memo is None else memo
        if self in memo:
            return
        if remove_duplicate:
            memo.add(self)
        yield prefix, self
        members = self.__dict__
        for name in self._module_names:
            module = members[name]
            if module is not None:
                yield from module.named_modules(memo, _path(prefix, name), remove_duplicate)

    def modules(self, remove_duplicate: bool = True) -> Iterator[Module]:
        """This module and all below it."""
        for _, module in self.named_modules(remove_duplicate=remove_duplicate):
            yield module

    def named_children(self) -> Iterator[tuple[str, Module]]:
        """The direct submodules, each with its name."""
        seen = set()
        for name, module in self._modules.items():
            if module is not None and module not in seen:
                seen.add(module)
                yield name, module

    def children(self) -> Iterator[Module]:
        """The direct submodules."""
        for _, module in self.named_children():
            yield module

    def named_parameters(
        self, prefix: str = "", recurse: bool = True, remove_duplicate: bool = True
    ) -> Iterator[tuple[str, Parameter]]:
        """The parameters, each with its path; a shared one only once.

        Args:
            prefix: put before each path
            recurse: also those of the submodules. Default: True
            remove_duplicate: Default: True
        """
        yield from self._named_members("_parameter_names", prefix, recurse, remove_duplicate)

    def parameters(self, recurse: bool = True) -> Iterator[Parameter]:
        """The parameters: what an optimizer is given."""
        for _, param in self.named_parameters(recurse=recurse):
            yield param

    def named_buffers(
        self, prefix: str = "", recurse: bool = True, remove_duplicate: bool = True
    ) -> Iterator[tuple[str, Tensor]]:
        """The buffers, each with its path; arguments as for ``named_parameters``."""
        yield from self._named_members("_buffer_names", prefix, recurse, remove_duplicate)

    def buffers(self, recurse: bool = True) -> Iterator[Tensor]:
        """The buffers."""
        for _, buffer in self.named_buffers(recurse=recurse):
            yield buffer

    def _named_members(
        self, kind: str, prefix: str, recurse: bool, remove_duplicate: bool
    ) -> Iterator[tuple[str, Any]]:
        modules: Iterable = [(prefix, self)]
        if recurse:
            modules = self.named_modules(prefix=prefix, remove_duplicate=remove_duplicate)
        seen = set()
        for path, module in modules:
            members = module.__dict__
            for name in getattr(module, kind):
                member = members[name]
                if member is None or member in seen:
                    continue
                if remove_duplicate:
                    seen.add(member)
                yield _path(path, name), member

    def get_submodule(self, target: str) -> Module:
        """The module at a path such as ``"encoder.0"``; AttributeError if there is none."""
        module = self
        for name in target.split(".") if target else ():
            if not hasattr(module, name):
                raise AttributeError(f"{module._get_name()} has no attribute `{name}`")
            module = getattr(module, name)
            if not isinstance(module, Module):
                raise AttributeError(f"`{name}` is not an nn.Module")
        return module

    def set_submodule(self, target: str, module: Module, strict: bool = False) -> None:
        """Puts a module at a path, in place of the one there.

        Args:
            target: such as ``"encoder.0"``
            module: the new one
            strict: there has to be an old one. Default: False
        """
        if target == "":
            raise ValueError("Cannot set the submodule without a target name!")
        if not isinstance(module, Module):
            raise ValueError(f"`module` is not an nn.Module, found {type(module)}")
        path, _, name = target.rpartition(".")
        parent = self.get_submodule(path)
        if strict or hasattr(parent, name):
            parent.get_submodule(name)
        setattr(parent, name, module)

    def get_parameter(self, target: str) -> Parameter:
        """The parameter at a path such as ``"encoder.0.weight"``."""
        owner, name = self._owner_of(target)
        if not isinstance(getattr(owner, name), Parameter):
            raise AttributeError(f"`{name}` is not an nn.Parameter")
        return getattr(owner, name)

    def get_buffer(self, target: str) -> Tensor:
        """The buffer at a path."""
        owner, name = self._owner_of(target)
        if name not in owner._buffers:
            raise AttributeError(f"`{name}` is not a buffer")
        return getattr(owner, name)

    def _owner_of(self, target: str) -> tuple[Module, str]:
        path, _, name = target.rpartition(".")
        module = self.get_submodule(path)
        if not hasattr(module, name):
            raise AttributeError(f"{module._get_name()} has no attribute `{name}`")
        return module, name

    # ---- for all at once --------------------------------------------------------------------

    def apply(self, fn: Callable[[Module], None]) -> Self:
        """Calls ``fn(module)`` for every submodule and then for this module: for initial weights.

        Examples:
            >>> def zero_bias(module):
            ...     if isinstance(module, torch.nn.Linear):
            ...         torch.nn.init.zeros_(module.bias)
            >>> net = torch.nn.Sequential(torch.nn.Linear(2, 2)).apply(zero_bias)
            >>> net[0].bias.tolist()
            [0.0, 0.0]
        """
        for module in self.children():
            module.apply(fn)
        fn(self)
        return self

    def train(self, mode: bool = True) -> Self:
        """Says that training begins, which matters to layers such as Dropout."""
        if not isinstance(mode, bool):
            raise ValueError("training mode is expected to be boolean")
        self.training = mode
        for module in self.children():
            module.train(mode)
        return self

    def eval(self) -> Self:
        """Says that training is over: ``train(False)``."""
        return self.train(False)

    def requires_grad_(self, requires_grad: bool = True) -> Self:
        """Sets whether the parameters are to be trained."""
        for param in self.parameters():
            param.requires_grad_(requires_grad)
        return self

    def zero_grad(self, set_to_none: bool = True) -> None:
        """Forgets the parameters' gradients.

        Args:
            set_to_none: False writes zeros over them instead. Default: True
        """
        for param in self.parameters():
            if set_to_none:
                param.grad = None
            elif param.grad is not None:
                g = param.grad
                g.detach_() if g.grad_fn is not None else g.requires_grad_(False)
                g.zero_()

    # ---- its text ---------------------------------------------------------------------------

    def _get_name(self) -> str:
        return type(self).__name__

    def extra_repr(self) -> str:
        """What stands between the parentheses of ``repr``. Subclasses define it."""
        return ""

    def __repr__(self) -> str:
        lines = self.extra_repr().split("\n") if self.extra_repr() else []
        if len(lines) == 1 and not self._modules:
            return f"{self._get_name()}({lines[0]})"
        for name, module in self._modules.items():
            lines.append(f"({name}): {_indented(repr(module))}")
        if not lines:
            return f"{self._get_name()}()"
        return "\n  ".join([f"{self._get_name()}(", *lines]) + "\n)"


def _path(prefix: str, name: str) -> str:
    return f"{prefix}.{name}" if prefix else name


def _indented(text: str) -> str:
    first, *rest = text.split("\n")
    return "\n".join([first, *(f"  {line}" if line.strip() else "" for line in rest)])

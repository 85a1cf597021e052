"""What every layer and every network is: a Module.

A module is a tree. Assigning a ``Parameter`` to an attribute registers a parameter, assigning a
``Module`` a submodule; whatever concerns all of them (moving, saving, handing the parameters to the
optimizer) walks that tree. Calling a module runs its ``forward``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from .. import dtypes
from ..autograd._handles import RemovableHandle
from ..autograd.grad_mode import no_grad
from ..devices import device as Device
from ..tensor import Tensor
from ._hooks import Hook, call, register
from ._members import Registry
from ._state_dict import IncompatibleKeys, collect, load
from .parameter import Parameter

__all__ = ["Module"]


class Module(Registry):
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

    _version = 1  # of the state_dict's layout
    training: bool

    def __init__(self):
        super().__init__()
        self.training = True
        self._forward_pre_hooks: dict = {}
        self._forward_hooks: dict = {}
        self._backward_pre_hooks: dict = {}
        self._backward_hooks: dict = {}

    def forward(self, *input: Any) -> Any:
        """What a call of the module computes. Every subclass defines its own."""
        raise NotImplementedError(
            f'Module [{type(self).__name__}] is missing the required "forward" function'
        )

    def __call__(self, *args, **kwargs):
        if (
            self._forward_hooks
            or self._forward_pre_hooks
            or self._backward_hooks
            or self._backward_pre_hooks
        ):
            return call(self, args, kwargs)
        return self.forward(*args, **kwargs)

    # ---- hooks ------------------------------------------------------------------------------

    def register_forward_pre_hook(
        self, hook: Callable, *, prepend: bool = False, with_kwargs: bool = False
    ) -> RemovableHandle:
        """Calls ``hook(module, args)`` before every forward; what it returns becomes the arguments.

        Args:
            hook: the function
            prepend: call it before the hooks that are there. Default: False
            with_kwargs: call ``hook(module, args, kwargs)``; it returns both. Default: False
        """
        return register(self._forward_pre_hooks, Hook(hook, with_kwargs), prepend)

    def register_forward_hook(
        self,
        hook: Callable,
        *,
        prepend: bool = False,
        with_kwargs: bool = False,
        always_call: bool = False,
    ) -> RemovableHandle:
        """Calls ``hook(module, args, output)`` after every forward; it may return another output.

        Args:
            hook: the function
            prepend: call it before the hooks that are there. Default: False
            with_kwargs: call ``hook(module, args, kwargs, output)``. Default: False
            always_call: call it even when forward raises. Default: False
        """
        return register(self._forward_hooks, Hook(hook, with_kwargs, always_call), prepend)

    def register_full_backward_pre_hook(
        self, hook: Callable, prepend: bool = False
    ) -> RemovableHandle:
        """Calls ``hook(module, grad_output)`` before the module's backward."""
        return register(self._backward_pre_hooks, hook, prepend)

    def register_full_backward_hook(self, hook: Callable, prepend: bool = False) -> RemovableHandle:
        """Calls ``hook(module, grad_input, grad_output)`` after the module's backward.

        What it returns, if not None, takes the place of ``grad_input``.
        """
        return register(self._backward_hooks, hook, prepend)

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
        for name, module in self._modules.items():
            if module is not None:
                yield from module.named_modules(memo, _path(prefix, name), remove_duplicate)

    def modules(self) -> Iterator[Module]:
        """This module and all below it."""
        for _, module in self.named_modules():
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
        yield from self._named_members("_parameters", prefix, recurse, remove_duplicate)

    def parameters(self, recurse: bool = True) -> Iterator[Parameter]:
        """The parameters: what an optimizer is given."""
        for _, param in self.named_parameters(recurse=recurse):
            yield param

    def named_buffers(
        self, prefix: str = "", recurse: bool = True, remove_duplicate: bool = True
    ) -> Iterator[tuple[str, Tensor]]:
        """The buffers, each with its path; arguments as for ``named_parameters``."""
        yield from self._named_members("_buffers", prefix, recurse, remove_duplicate)

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
            for name, member in getattr(module, kind).items():
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

    def get_parameter(self, target: str) -> Parameter:
        """The parameter at a path such as ``"encoder.0.weight"``."""
        return self._get_member(target, "_parameters", "an nn.Parameter")

    def get_buffer(self, target: str) -> Tensor:
        """The buffer at a path."""
        return self._get_member(target, "_buffers", "a buffer")

    def _get_member(self, target: str, kind: str, called: str) -> Any:
        path, _, name = target.rpartition(".")
        module = self.get_submodule(path)
        if not hasattr(module, name):
            raise AttributeError(f"{module._get_name()} has no attribute `{name}`")
        if name not in getattr(module, kind):
            raise AttributeError(f"`{name}` is not {called}")
        return getattr(module, name)

    # ---- for all at once --------------------------------------------------------------------

    def apply(self, fn: Callable[[Module], None]) -> Module:
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

    def train(self, mode: bool = True) -> Module:
        """Says that training begins, which matters to layers such as Dropout."""
        if not isinstance(mode, bool):
            raise ValueError("training mode is expected to be boolean")
        self.training = mode
        for module in self.children():
            module.train(mode)
        return self

    def eval(self) -> Module:
        """Says that training is over: ``train(False)``."""
        return self.train(False)

    def requires_grad_(self, requires_grad: bool = True) -> Module:
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

    def _apply(self, fn: Callable[[Tensor], Tensor], recurse: bool = True) -> Module:
        """Replaces what every parameter and buffer holds by ``fn`` of it. Parameters stay who they
        are, so that an optimizer still knows them."""
        for module in self.children() if recurse else ():
            module._apply(fn)
        with no_grad():
            for param in self.parameters(recurse=False):
                param.data = fn(param)
                if param.grad is not None:
                    param.grad.data = fn(param.grad)
            for name, buffer in self.named_buffers(recurse=False):
                self._buffers[name] = fn(buffer)
        return self

    def to(self, *args: Any, **kwargs: Any) -> Module:
        """Moves or converts all parameters and buffers, in place.

        ``to(device)``, ``to(dtype)``, ``to(device, dtype)`` or ``to(tensor)``. A dtype must be a
        floating one, and changes only floating parameters and buffers.
        """
        device, dtype = kwargs.get("device"), kwargs.get("dtype")
        for value in (*args, kwargs.get("tensor")):
            if isinstance(value, Tensor):
                device, dtype = value.device, value.dtype
            elif isinstance(value, dtypes.dtype):
                dtype = value
            elif isinstance(value, (str, int, Device)) and not isinstance(value, bool):
                device = value
        if dtype is not None and not dtype.is_floating_point:
            raise TypeError(
                f"nn.Module.to only accepts floating point dtypes, but got desired dtype={dtype}"
            )
        return self._apply(lambda x: x.to(device, dtype if x.is_floating_point() else None))

    def float(self) -> Module:
        """Converts floating parameters and buffers to float32."""
        return self.to(dtypes.float32)

    def double(self) -> Module:
        """Converts floating parameters and buffers to float64."""
        return self.to(dtypes.float64)

    def half(self) -> Module:
        """Converts floating parameters and buffers to float16."""
        return self.to(dtypes.float16)

    def cpu(self) -> Module:
        """Moves all parameters and buffers to the CPU."""
        return self.to("cpu")

    def cuda(self, device: int | Device | None = None) -> Module:
        """Moves all parameters and buffers to a GPU."""
        return self.to("cuda" if device is None else device)

    def type(self, dst_type: dtypes.dtype | str) -> Module:
        """Converts all parameters and buffers, floating or not."""
        return self._apply(lambda x: x.type(dst_type))

    # ---- saving -----------------------------------------------------------------------------

    def state_dict(
        self, destination: dict | None = None, prefix: str = "", keep_vars: bool = False
    ) -> dict[str, Any]:
        """The parameters and persistent buffers by path. They share memory with the module.

        Args:
            destination: a dictionary to add to
            prefix: put before each key
            keep_vars: keep the parameters themselves, with their gradients. Default: False

        Examples:
            >>> list(torch.nn.Linear(2, 3).state_dict())
            ['weight', 'bias']
        """
        return collect(self, destination, prefix, keep_vars)

    def load_state_dict(
        self, state_dict: Mapping[str, Any], strict: bool = True, assign: bool = False
    ) -> IncompatibleKeys:
        """Copies what ``state_dict`` gave into this module. If anything is wrong, nothing changes.

        Args:
            state_dict: values by path
            strict: whether its keys must be exactly this module's. Default: True
            assign: take over the given tensors instead of copying them. Default: False

        Returns:
            the missing and the unexpected keys, which ``strict=False`` tolerates
        """
        return load(self, state_dict, strict, assign)

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
    return text.replace("\n", "\n  ")

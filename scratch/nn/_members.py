"""How a module keeps its members: parameters, submodules, buffers.

They are ordinary attributes of the instance, so that reading one is as quick as reading any. Beside
them a module keeps, for each kind, the names in the order in which they were registered.
"""

from __future__ import annotations

from collections.abc import Callable, ItemsView, Iterator, Mapping, MutableMapping, ValuesView

from ..autograd._handles import RemovableHandle
from ..ops.constructors import typename
from ..tensor import Tensor
from .parameter import Buffer, Parameter

_NAMES = {"parameter": "_parameter_names", "module": "_module_names", "buffer": "_buffer_names"}
_VIEWS = {
    "_parameters": "_parameter_names",
    "_modules": "_module_names",
    "_buffers": "_buffer_names",
}
_HOOKS: dict[str, dict] = {"parameter": {}, "module": {}, "buffer": {}}  # those of all modules


class Members(MutableMapping):
    """The members of one kind, seen as a dictionary. Writing to it registers."""

    __slots__ = ("attributes", "names")

    def __init__(self, attributes: dict, names: dict):
        self.attributes = attributes
        self.names = names  # a dict serves as a set that remembers the order

    def __getitem__(self, name: str):
        if name not in self.names:
            raise KeyError(name)
        return self.attributes[name]

    def __setitem__(self, name: str, member) -> None:
        self.names[name] = None
        self.attributes[name] = member

    def __delitem__(self, name: str) -> None:
        del self.names[name]
        del self.attributes[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __reversed__(self) -> Iterator[str]:
        return reversed(self.names)

    def __contains__(self, name) -> bool:
        return name in self.names

    def __len__(self) -> int:
        return len(self.names)

    def __repr__(self) -> str:
        return repr(self.copy())

    def keys(self):
        return self.names.keys()

    def items(self) -> ItemsView:
        return self.copy().items()

    def values(self) -> ValuesView:
        return self.copy().values()

    def replace(self, members: Mapping) -> None:
        """What assigning another dictionary means."""
        members = dict(members)
        self.clear()
        self.update(members)

    def copy(self) -> dict:
        attributes = self.attributes
        return {name: attributes[name] for name in self.names}


class Registry:
    """Registers the parameters, submodules and buffers among its attributes."""

    def __init__(self):
        self._begin()

    def _begin(self) -> None:
        members = self.__dict__
        for names in _NAMES.values():
            if names in members:  # an __init__ ran before
                for name in members[names]:
                    del members[name]
            members[names] = {}
        members["_non_persistent_buffers_set"] = set()

    @property
    def _parameters(self) -> Members:
        return Members(self.__dict__, self._parameter_names)

    @_parameters.setter
    def _parameters(self, members: Mapping) -> None:
        self._parameters.replace(members)

    @property
    def _modules(self) -> Members:
        return Members(self.__dict__, self._module_names)

    @_modules.setter
    def _modules(self, members: Mapping) -> None:
        self._modules.replace(members)

    @property
    def _buffers(self) -> Members:
        return Members(self.__dict__, self._buffer_names)

    @_buffers.setter
    def _buffers(self, members: Mapping) -> None:
        self._buffers.replace(members)

    def register_parameter(self, name: str, param: Parameter | None) -> None:
        """Adds a parameter, as ``self.name = param`` does.

        Args:
            name: of the attribute
            param: None leaves the place empty
        """
        self._check_name("parameter", name)
        self._check_kind("parameter", name, param, Parameter)
        if param is not None and not param.is_leaf:
            raise ValueError(
                f"Cannot assign non-leaf Tensor to parameter '{name}'. Model parameters must be "
                f"created explicitly. To express '{name}' as a function of another Tensor, compute "
                f"the value in the forward() method."
            )
        self._parameters[name] = None if param is None else _hooked("parameter", self, name, param)

    def register_buffer(self, name: str, tensor: Tensor | None, persistent: bool = True) -> None:
        """Adds a tensor that belongs to the module's state but is not trained.

        Args:
            name: of the attribute
            tensor: None leaves the place empty
            persistent: whether it is part of ``state_dict``. Default: True
        """
        self._check_name("buffer", name)
        self._check_kind("buffer", name, tensor, Tensor)
        self._buffers[name] = _hooked("buffer", self, name, tensor)
        not_saved = self._non_persistent_buffers_set
        not_saved.discard(name) if persistent else not_saved.add(name)

    def add_module(self, name: str, module: Registry | None) -> None:
        """Adds a submodule, as ``self.name = module`` does.

        Args:
            name: of the attribute
            module: None leaves the place empty
        """
        self._check_kind("module", name, module, Registry)
        self._check_name("module", name)
        self._modules[name] = _hooked("module", self, name, module)

    def register_module(self, name: str, module: Registry | None) -> None:
        """The same as ``add_module``."""
        self.add_module(name, module)

    def _check_begun(self, what: str) -> None:
        if _NAMES[what] not in self.__dict__:
            kind = type(self).__name__
            raise AttributeError(
                f"cannot assign {what} before Module.__init__() call: {kind}.__init__ has to begin "
                f"with super().__init__()"
            )

    def _check_name(self, what: str, name: str) -> None:
        self._check_begun(what)
        if not isinstance(name, str):
            raise TypeError(f"{what} name should be a string. Got {type(name).__name__}")
        if "." in name or name == "":
            raise KeyError(f'{what} name can\'t contain "." and can\'t be empty, got: "{name}"')
        if hasattr(self, name) and name not in self.__dict__[_NAMES[what]]:
            raise KeyError(f"attribute '{name}' already exists")

    def _check_kind(self, what: str, name: str, value: object, wanted: type) -> None:
        if value is not None and not isinstance(value, wanted):
            expected = {"parameter": "nn.Parameter", "module": "nn.Module"}.get(what, "Tensor")
            raise TypeError(
                f"cannot assign '{typename(value)}' as {what} '{name}' (torch.{expected} or None "
                f"expected){_advice(what, name, value)}"
            )

    def __getattr__(self, name: str):
        """Python asks for an attribute that is not there: misspelt, or nothing is there yet."""
        if name in _NAMES.values() or name == "_forward_hooks":
            kind = type(self).__name__
            raise AttributeError(
                f"'{kind}' object has no attribute '{name}': {kind}.__init__ has to begin with "
                f"super().__init__()"
            )
        return object.__getattribute__(self, name)  # raises what Python says

    def __setattr__(self, name: str, value: object) -> None:
        registered = self._registered_as(name)
        if isinstance(value, Parameter):
            self._make_room(name, "parameter")
            self.register_parameter(name, value)
        elif registered == "parameter":
            self._check_kind(registered, name, value, Parameter)
            self.__dict__[name] = value
        elif isinstance(value, Registry):
            self._check_begun("module")
            self._make_room(name, "module")
            # not add_module, which looks first whether the name is taken
            self._modules[name] = _hooked("module", self, name, value)
        elif registered == "module":
            self._check_kind(registered, name, value, Registry)
            self.__dict__[name] = _hooked("module", self, name, value)
        elif isinstance(value, Buffer):
            self.register_buffer(name, value, value.persistent)
        elif registered == "buffer":
            self._check_kind(registered, name, value, Tensor)
            self.__dict__[name] = _hooked("buffer", self, name, value)
        else:
            object.__setattr__(self, name, value)

    def _registered_as(self, name: str) -> str | None:
        for what, names in _NAMES.items():
            if name in self.__dict__.get(names, ()):
                return what
        return None

    def _make_room(self, name: str, what: str) -> None:
        """Before a member takes an attribute that was something else."""
        if self._registered_as(name) != what and name in self.__dict__:
            self.__delattr__(name)

    def __delattr__(self, name: str) -> None:
        for names in _NAMES.values():
            self.__dict__.get(names, {}).pop(name, None)
        self.__dict__.get("_non_persistent_buffers_set", set()).discard(name)
        object.__delattr__(self, name)

    def __getstate__(self) -> dict:
        """What is copied and pickled, as torch arranges it: three dictionaries of members."""
        members = {view: getattr(self, view).copy() for view in _VIEWS}
        kept = {*_VIEWS.values(), *(name for held in members.values() for name in held)}
        return {**members, **{key: x for key, x in self.__dict__.items() if key not in kept}}

    def __setstate__(self, state: dict) -> None:
        self._begin()
        for name, value in state.items():
            if name in _VIEWS:
                getattr(self, name).update(value)
            else:
                self.__dict__[name] = value

    def __dir__(self) -> list[str]:
        return sorted(name for name in object.__dir__(self) if not name[0].isdigit())


def _hooked(what: str, module: Registry, name: str, member):
    """A member, or what the hooks of all modules put in its place."""
    for hook in _HOOKS[what].values():
        answer = hook(module, name, member)
        member = member if answer is None else answer
    return member


def _advice(what: str, name: str, value: object) -> str:
    """What may have been meant by something that is no such member."""
    if what == "parameter" and isinstance(value, Tensor):
        return (
            f": nn.Parameter(x) makes one of a tensor; new values go into the old one by "
            f"module.{name}.copy_(x) under torch.no_grad()"
        )
    if what != "module":
        return ""
    if isinstance(value, type) and issubclass(value, Registry):
        return f": {value.__name__} is a class, and {value.__name__}() a module"
    if isinstance(value, (list, tuple)):
        return ": a list of layers is handed over with a star, as in nn.Sequential(*layers)"
    if callable(value):
        return ": a function goes into forward, its layer (nn.ReLU() for relu) into the list"
    return ""


def register_module_parameter_registration_hook(hook: Callable) -> RemovableHandle:
    """Calls ``hook(module, name, param)`` whenever a parameter is registered anywhere."""
    return RemovableHandle(_HOOKS["parameter"], hook)


def register_module_module_registration_hook(hook: Callable) -> RemovableHandle:
    """Calls ``hook(module, name, submodule)`` whenever a submodule is registered anywhere."""
    return RemovableHandle(_HOOKS["module"], hook)


def register_module_buffer_registration_hook(hook: Callable) -> RemovableHandle:
    """Calls ``hook(module, name, buffer)`` whenever a buffer is registered anywhere."""
    return RemovableHandle(_HOOKS["buffer"], hook)

"""How a module keeps its members: parameters, submodules, buffers.

They are ordinary attributes of the instance, so that reading one is as quick as reading any. Beside
them a module keeps, for each kind, the names in the order in which they were registered.
"""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping

from ..tensor import Tensor
from .parameter import Buffer, Parameter

_NAMES = {"parameter": "_parameter_names", "module": "_module_names", "buffer": "_buffer_names"}


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

    def __contains__(self, name) -> bool:
        return name in self.names

    def __len__(self) -> int:
        return len(self.names)

    def __repr__(self) -> str:
        return repr(dict(self))

    def keys(self):
        return self.names.keys()

    def copy(self) -> dict:
        return dict(self)


class Registry:
    """Registers the parameters, submodules and buffers among its attributes."""

    def __init__(self):
        self.__dict__.update({names: {} for names in _NAMES.values()})
        self.__dict__["_non_persistent_buffers_set"] = set()

    @property
    def _parameters(self) -> Members:
        return Members(self.__dict__, self._parameter_names)

    @property
    def _modules(self) -> Members:
        return Members(self.__dict__, self._module_names)

    @property
    def _buffers(self) -> Members:
        return Members(self.__dict__, self._buffer_names)

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
        self._parameters[name] = param

    def register_buffer(self, name: str, tensor: Tensor | None, persistent: bool = True) -> None:
        """Adds a tensor that belongs to the module's state but is not trained.

        Args:
            name: of the attribute
            tensor: None leaves the place empty
            persistent: whether it is part of ``state_dict``. Default: True
        """
        self._check_name("buffer", name)
        self._check_kind("buffer", name, tensor, Tensor)
        self._buffers[name] = tensor
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
        self._modules[name] = module

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
            raise TypeError(
                f"cannot assign '{type(value).__name__}' as {what} '{name}' "
                f"({'Module' if wanted is Registry else wanted.__name__} or None expected)"
                f"{_advice(value) if wanted is Registry else ''}"
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
            self._modules[name] = value  # not add_module, which looks first whether name is taken
        elif registered == "module":
            self._check_kind(registered, name, value, Registry)
            self.__dict__[name] = value
        elif isinstance(value, Buffer):
            self.register_buffer(name, value, value.persistent)
        elif registered == "buffer":
            self._check_kind(registered, name, value, Tensor)
            self.__dict__[name] = value
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
        names = {key: dict(self.__dict__[key]) for key in _NAMES.values()}
        return {**self.__dict__, **names}  # a shallow copy that registers more leaves this as it is

    def __dir__(self) -> list[str]:
        return sorted(name for name in object.__dir__(self) if not name[0].isdigit())


def _advice(value: object) -> str:
    """What may have been meant by something that is no module."""
    if isinstance(value, type) and issubclass(value, Registry):
        return f": {value.__name__} is a class, and {value.__name__}() a module"
    if isinstance(value, (list, tuple)):
        return ": a list of layers is handed over with a star, as in nn.Sequential(*layers)"
    if callable(value):
        return ": a function goes into forward, its layer (nn.ReLU() for relu) into the list"
    return ""

"""A pickle is a program for a small machine with a stack; this is the machine.

Python's own machine calls whatever function the program names, which is why nobody should unpickle
a file from a stranger. This one knows no function by name. It is given a list of what may be named,
and for each what may be done with it; all else is refused with its name. Nothing in a file makes it
use more time or memory than a multiple of the file's size.
"""

from __future__ import annotations

import struct
from _compat_pickle import IMPORT_MAPPING, NAME_MAPPING
from collections import defaultdict
from collections.abc import Callable, Iterable
from pickle import UnpicklingError
from typing import Any, NamedTuple


class Allowed(NamedTuple):
    """What a pickle may name, and what becomes of it.

    ``call(machine, *args)`` stands for calling it, ``new(machine, *args)`` for making an object of
    a class without ``__init__``, ``build(machine, object, state)`` for giving that its attributes.
    """

    value: Any
    call: Callable | None = None
    new: Callable | None = None
    build: Callable | None = None


_PLAIN_KEYS = {str, bytes, float, bool, type(None)}
_NOTHING = Allowed(None)


class Machine:
    """Runs one pickle after another out of the same bytes.

    Args:
        data: the bytes
        find: gives what a name stands for; raises UnpicklingError where it stands for nothing
        persistent: gives what lies outside the pickle: storages
        own_keys: types whose objects serve as keys by who they are, not by what they hold
        known: what is allowed without being named, such as types of what others return
    """

    def __init__(
        self,
        data: Any,
        find: Callable[[str], Allowed],
        persistent: Callable,
        own_keys: tuple = (),
        known: Iterable[Allowed] = (),
    ):
        self.data = memoryview(data)
        self.at = 0
        self.find, self.persistent, self.own_keys = find, persistent, own_keys
        self.allowed = {id(each.value): each for each in known}  # and, later, what was found
        self.left = len(data) + 0x10000
        self.alike: dict[int, list[tuple]] = {}  # keys by their hashes
        self.nested = 0  # default dictionaries right in another: Python crashes freeing many

    def spend(self, count: int) -> None:
        """Notes that so much is about to be copied. Files say what they hold once; one that has
        more copied than it is long has been made to fill the memory."""
        self.left -= count
        if self.left < 0:
            raise UnpicklingError("the file would take far more memory than its own size")

    def load(self) -> Any:
        """Runs to the next STOP; what is on top of the stack then is the result."""
        self.stack: list = []
        self.marks: list[list] = []
        self.memo: dict[int, Any] = {}
        steps, data, begin = _STEPS, self.data, self.at
        try:
            while True:
                code = data[self.at]
                self.at += 1
                if code == 0x2E:
                    return self.stack.pop()
                step = steps[code]
                if step is None:
                    raise UnpicklingError(f"it holds {bytes([code])!r}, which is not supported")
                step(self)
        except UnpicklingError as error:
            raise UnpicklingError(f"{error} (at byte {self.at - begin} of the pickle)") from None
        except (RuntimeError, OSError):
            raise  # a storage that is damaged, a dtype that is not supported
        except Exception as error:
            raise UnpicklingError(
                f"the pickle in the file makes no sense at byte {self.at - begin}: "
                f"{type(error).__name__}: {str(error)[:200]}"
            ) from error
        finally:
            del self.stack, self.marks, self.memo

    # ---- reading --------------------------------------------------------------------------------

    def take(self, count: int) -> memoryview:
        begin = self.at
        self.at += count
        if self.at > len(self.data):
            raise UnpicklingError("the pickle in the file ends too early")
        return self.data[begin : self.at]

    def number(self, form: str) -> int:
        return struct.unpack(form, self.take(struct.calcsize(form)))[0]

    def line(self) -> str:
        end = self.at
        while self.data[end] != 10:
            end += 1
        text = str(self.data[self.at : end], "utf-8")
        self.at = end + 1
        return text

    def items(self) -> list:
        """What was put on the stack since the last mark."""
        found = self.stack
        self.stack = self.marks.pop()
        return found

    # ---- containers -----------------------------------------------------------------------------

    def key(self, key: Any, room: int = 64) -> Any:
        """A key of a dictionary, or an item of a set: no more than takes a moment to compare."""
        kind = type(key)
        if kind in _PLAIN_KEYS or isinstance(key, self.own_keys):
            return key
        if kind is int and -(1 << 63) <= key < 1 << 64:  # larger ones can all have the same hash
            return key
        if isinstance(key, tuple) and len(key) < room:
            for item in key:
                self.key(item, room // 4)
            alike = self.alike.setdefault(hash(key), [])
            if key not in alike:  # a dictionary compares all of one hash, each with each
                alike.append(key)
            if len(alike) > 50:
                raise UnpicklingError("it has many keys that are made to have the same hash")
            return key
        raise UnpicklingError(f"it has a key of type {kind.__name__}, or a very large one")

    def set_items(self, pairs: list) -> None:
        target = self.stack[-1]
        if not isinstance(target, dict) or len(pairs) % 2:
            raise UnpicklingError("it sets items of something that is no dictionary")
        if type(target) is defaultdict:
            self.nested += sum(type(value) is defaultdict for value in pairs[1::2])
            if self.nested > 1000:
                raise UnpicklingError("it has too many default dictionaries inside each other")
        for i in range(0, len(pairs), 2):
            target[self.key(pairs[i])] = pairs[i + 1]

    def extend(self, items: list) -> None:
        target = self.stack[-1]
        if type(target) is not list:
            raise UnpicklingError("it appends to something that is no list")
        target.extend(items)

    def add_items(self) -> None:
        items, target = self.items(), self.stack[-1]
        if type(target) is not set:
            raise UnpicklingError("it adds to something that is no set")
        target.update(map(self.key, items))

    def wrap(self, count: int) -> None:
        if len(self.stack) < count:
            raise UnpicklingError("it makes a tuple of nothing")
        self.stack[-count:] = [tuple(self.stack[-count:])]

    # ---- what is named --------------------------------------------------------------------------

    def name(self, module: str, name: str) -> None:
        if (module, name) in NAME_MAPPING:  # as Python 2 called it
            module, name = NAME_MAPPING[module, name]
        found = self.find(f"{IMPORT_MAPPING.get(module, module)}.{name}")
        self.allowed[id(found.value)] = found
        self.stack.append(found.value)

    def stack_global(self) -> None:
        module, name = self.pop(2)
        if type(module) is not str or type(name) is not str:
            raise UnpicklingError("it names something by what is no text")
        self.name(module, name)

    def pop(self, count: int) -> list:
        if len(self.stack) < count:
            raise UnpicklingError("its stack is empty")
        found = self.stack[-count:]
        del self.stack[-count:]
        return found

    def apply(self, how: str) -> None:
        """Calls what may be called, or makes an object of what may be made."""
        value, args = self.pop(2)
        action = getattr(self.allowed.get(id(value), _NOTHING), how)
        if action is None or type(args) is not tuple:
            raise UnpicklingError(f"it calls {_shown(value)}, which may not be called")
        self.stack.append(action(self, *args))

    def build(self) -> None:
        state, target = self.stack.pop(), self.stack[-1]
        action = self.allowed.get(id(type(target)), _NOTHING).build
        if action is None:
            raise UnpicklingError(f"it sets the attributes of {_shown(target)}, which may not be")
        action(self, target, state)

    def outside(self) -> None:
        self.stack.append(self.persistent(self, self.stack.pop()))

    # ---- the rest -------------------------------------------------------------------------------

    def mark(self) -> None:
        self.marks.append(self.stack)
        self.stack = []

    def push(self, value: Any) -> None:
        self.stack.append(value)

    def text(self, form: str) -> None:
        self.stack.append(str(self.take(self.number(form)), "utf-8", "surrogatepass"))

    def whole(self, form: str) -> None:
        size = self.number(form)
        self.stack.append(int.from_bytes(self.take(size), "little", signed=True))

    def proto(self) -> None:
        if self.number("<B") > 5:
            raise UnpicklingError("it has a newer protocol than any Python's")


def _shown(value: Any) -> str:
    if isinstance(value, type):
        return f"{value.__module__}.{value.__qualname__}"
    return f"a {type(value).__name__}"


_STEPS: list[Callable[[Machine], None] | None] = [None] * 256
for code, step in {
    b"\x80": Machine.proto,
    b"\x95": lambda m: m.take(8),  # a frame: how much follows
    b"(": Machine.mark,
    b"0": lambda m: m.stack.pop(),
    b"1": lambda m: m.items(),
    b"N": lambda m: m.push(None),
    b"\x88": lambda m: m.push(True),
    b"\x89": lambda m: m.push(False),
    b"J": lambda m: m.push(m.number("<i")),
    b"K": lambda m: m.push(m.number("<B")),
    b"M": lambda m: m.push(m.number("<H")),
    b"G": lambda m: m.push(m.number(">d")),
    b"\x8a": lambda m: m.whole("<B"),
    b"\x8b": lambda m: m.whole("<I"),
    b"X": lambda m: m.text("<I"),
    b"\x8c": lambda m: m.text("<B"),
    b"\x8d": lambda m: m.text("<Q"),
    b"U": lambda m: m.text("<B"),
    b"T": lambda m: m.text("<I"),
    b"C": lambda m: m.push(bytes(m.take(m.number("<B")))),
    b"B": lambda m: m.push(bytes(m.take(m.number("<I")))),
    b"\x8e": lambda m: m.push(bytes(m.take(m.number("<Q")))),
    b"\x96": lambda m: m.push(bytearray(m.take(m.number("<Q")))),
    b"}": lambda m: m.push({}),
    b"]": lambda m: m.push([]),
    b")": lambda m: m.push(()),
    b"\x8f": lambda m: m.push(set()),
    b"t": lambda m: m.push(tuple(m.items())),
    b"l": lambda m: m.push(m.items()),
    b"\x85": lambda m: m.wrap(1),
    b"\x86": lambda m: m.wrap(2),
    b"\x87": lambda m: m.wrap(3),
    b"\x91": lambda m: m.push(frozenset(map(m.key, m.items()))),
    b"a": lambda m: m.extend(m.pop(1)),
    b"e": lambda m: m.extend(m.items()),
    b"s": lambda m: m.set_items(m.pop(2)),
    b"u": lambda m: m.set_items(m.items()),
    b"\x90": Machine.add_items,
    b"c": lambda m: m.name(m.line(), m.line()),
    b"\x93": Machine.stack_global,
    b"R": lambda m: m.apply("call"),
    b"\x81": lambda m: m.apply("new"),
    b"b": Machine.build,
    b"Q": Machine.outside,
    b"h": lambda m: m.push(m.memo[m.number("<B")]),
    b"j": lambda m: m.push(m.memo[m.number("<I")]),
    b"q": lambda m: m.memo.__setitem__(m.number("<B"), m.stack[-1]),
    b"r": lambda m: m.memo.__setitem__(m.number("<I"), m.stack[-1]),
    b"\x94": lambda m: m.memo.__setitem__(len(m.memo), m.stack[-1]),
}.items():
    _STEPS[code[0]] = step

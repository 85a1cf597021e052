"""Whether operations are recorded: ``no_grad`` and its kin.

A thread has one switch. Every class here sets it on entry and puts back what it found on exit, so
they nest, and each also decorates a function.
"""

from __future__ import annotations

import functools
import inspect
import threading
from collections.abc import Callable

__all__ = [
    "no_grad",
    "enable_grad",
    "set_grad_enabled",
    "inference_mode",
    "is_grad_enabled",
    "is_inference_mode_enabled",
]


class _Mode(threading.local):
    enabled = True  # are operations recorded?
    inference = False  # are results barred from autograd for good?


mode = _Mode()


def is_grad_enabled() -> bool:
    """Whether operations are being recorded in this thread."""
    return mode.enabled


def is_inference_mode_enabled() -> bool:
    """Whether this thread is inside ``inference_mode``."""
    return mode.inference


class _Switch:
    """A context manager, and a decorator of functions and generator functions."""

    def __init__(self, enabled: bool, inference: bool | None = None):
        self.enabled = enabled
        self.inference = inference
        self.before: list[tuple[bool, bool]] = []  # a stack: one object may be entered twice

    def __enter__(self) -> None:
        self.before.append((mode.enabled, mode.inference))
        mode.enabled = self.enabled
        if self.inference is not None:
            mode.inference = self.inference

    def __exit__(self, *exception) -> None:
        mode.enabled, mode.inference = self.before.pop()

    def __call__(self, function: Callable) -> Callable:
        if inspect.isgeneratorfunction(function):
            return self._wrap_generator(function)

        @functools.wraps(function)
        def wrapped(*args, **kwargs):
            with self:
                return function(*args, **kwargs)

        return wrapped

    def _wrap_generator(self, function: Callable) -> Callable:
        """The switch is on while the generator runs, and off while its caller does."""

        @functools.wraps(function)
        def wrapped(*args, **kwargs):
            generator = function(*args, **kwargs)
            resume, sent = generator.send, None
            try:
                while True:
                    with self:
                        item = resume(sent)
                    try:
                        sent = yield item
                        resume = generator.send
                    except GeneratorExit:
                        raise
                    except BaseException as error:
                        resume, sent = generator.throw, error
            except StopIteration as stop:
                return stop.value
            finally:
                with self:
                    generator.close()

        return wrapped


class _BareDecorator(_Switch):
    """Also takes the function in place of arguments: ``@no_grad`` as well as ``@no_grad()``."""

    def __new__(cls, orig_func: Callable | None = None):
        self = super().__new__(cls)
        if orig_func is None:
            return self
        self.__init__()
        return self(orig_func)


class no_grad(_BareDecorator):
    """Operations inside are not recorded, and their results do not require gradients.

    Examples:
        >>> x = torch.tensor([1.0], requires_grad=True)
        >>> with torch.no_grad():
        ...     y = x * 2
        >>> y.requires_grad
        False
    """

    def __init__(self, orig_func: Callable | None = None):
        super().__init__(False)


class enable_grad(_BareDecorator):
    """Operations inside are recorded, even within ``no_grad``."""

    def __init__(self, orig_func: Callable | None = None):
        super().__init__(True)


class set_grad_enabled(_Switch):
    """Records operations or not, from the call on; as a context manager, until its end.

    Args:
        mode: whether to record
    """

    def __init__(self, mode: bool):
        super().__init__(mode)
        self._set_now(mode)

    def _set_now(self, enabled: bool) -> None:
        """Not a part of ``__init__``, where ``mode`` is the argument."""
        self.found = mode.enabled
        mode.enabled = enabled

    def __enter__(self) -> None:
        self.before.append((self.found, mode.inference))
        mode.enabled = self.enabled

    def __call__(self, function: Callable) -> Callable:
        mode.enabled = self.found  # it was a decorator: the call itself was to change nothing
        enabled = self.enabled

        @functools.wraps(function)
        def wrapped(*args, **kwargs):
            with _Switch(enabled):
                return function(*args, **kwargs)

        return wrapped


class inference_mode(_Switch):
    """``no_grad`` for good: results made inside can never take part in autograd again.

    Args:
        mode: True to enter, False to leave it for a while. Default: True

    Examples:
        >>> with torch.inference_mode():
        ...     y = torch.ones(2) * 2
        >>> y.requires_grad_()
        Traceback (most recent call last):
        RuntimeError: Setting requires_grad=True on inference tensor outside InferenceMode...
    """

    def __new__(cls, mode: bool | Callable = True):
        self = super().__new__(cls)
        if not callable(mode):
            return self
        self.__init__()
        return self(mode)

    def __init__(self, mode: bool = True):
        super().__init__(not mode, mode)

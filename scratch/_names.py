"""Classes that print as torch's, so that ``print(type(x))`` shows what it shows there."""

from __future__ import annotations


class Named(type):
    """A class whose ``shown`` is its name in torch. Its subclasses print as other classes do."""

    def __repr__(cls) -> str:
        shown = vars(cls).get("shown")
        return super().__repr__() if shown is None else f"<class '{shown}'>"

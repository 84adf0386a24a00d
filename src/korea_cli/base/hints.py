"""What annotations need of `typing`, which takes as long to load as a fifth of Python: at run time nobody reads them.

The modules that every start loads import these names from here. For type checkers they are those of `typing`.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import (
        Annotated,
        Any,
        ClassVar,
        Generic,
        Literal,
        Protocol,
        TypeVar,
        cast,
        get_args,
        get_origin,
        overload,
    )
else:
    from types import GenericAlias

    class _Hint:
        """A name that takes arguments in brackets, and keeps them."""

        __class_getitem__ = classmethod(GenericAlias)

    class Annotated(_Hint):
        """A type with what else is known of a parameter."""

    class Any(_Hint):
        """Any type."""

    class ClassVar(_Hint):
        """A type of a value of the class."""

    class Generic(_Hint):
        """The base of a class with parameters in brackets."""

    class Literal(_Hint):
        """One of some values."""

    class Protocol:
        """The base of a class that says what others have."""

    def TypeVar(name: str, **_: object) -> str:  # noqa: N802 - as in `typing`
        """Return what stands for a type."""
        return name

    def cast(_: object, value: object) -> object:
        """Return a value as it is."""
        return value

    def get_args(hint: object) -> tuple[object, ...]:
        """Return what a hint has in brackets, be it from here or from `typing`, or the types that it joins."""
        more = getattr(hint, "__metadata__", ())
        return (hint.__origin__, *more) if more else getattr(hint, "__args__", ())

    def get_origin(hint: object) -> object:
        """Return what stands before the brackets."""
        return getattr(hint, "__origin__", None)

    def overload(function: object) -> object:
        """Return a function as it is; the last of that name remains."""
        return function


__all__ = [
    "TYPE_CHECKING", "Annotated", "Any", "ClassVar", "Generic", "Literal", "Protocol", "TypeVar", "cast", "get_args",
    "get_origin", "overload",
]  # fmt: skip

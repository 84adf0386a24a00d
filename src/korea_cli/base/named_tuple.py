"""Named tuples that are quick to define: `typing` checks every annotation of every one at each start."""

from __future__ import annotations

from korea_cli.base.hints import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typing import NamedTuple
else:
    from collections import namedtuple

    class _Definition(type):
        """Makes a named tuple of the fields, defaults and methods of a class, as `typing` does, but checks nothing."""

        def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> type:
            if not bases:
                return super().__new__(cls, name, bases, body)
            # Python 3.14 has the annotations in the body only where they are texts.
            fields = body.get("__annotations__") or type(name, (), dict(body)).__annotations__
            defaults = [body[field] for field in fields if field in body]
            made = namedtuple(name, fields, defaults=defaults, module=body["__module__"])  # noqa: PYI024 - it is that
            made.__annotations__ = fields
            for key, value in body.items():
                if key not in fields and key not in _OF_A_CLASS:
                    setattr(made, key, value)
            return made

    _OF_A_CLASS = {"__module__", "__annotations__", "__annotate__", "__annotate_func__", "__classdictcell__"}

    class NamedTuple(metaclass=_Definition):
        """A class derived from it is a named tuple."""


__all__ = ["NamedTuple"]

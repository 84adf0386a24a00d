"""Named tuples that are quick to define, as every start defines some fifty.

`typing` checks each annotation of each of them, and `collections` compiles a method and makes six others. Here the
methods are shared, and the one that depends on the fields is compiled once for all named tuples of as many fields.
"""

from __future__ import annotations

from korea_cli.base.hints import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from types import CodeType
    from typing import NamedTuple, Self
else:
    from collections import namedtuple
    from functools import cache
    from types import FunctionType

    _MOST = 32  # fields
    _PATTERN = namedtuple("_PATTERN", [f"f{number}" for number in range(_MOST)])  # noqa: PYI024 - for its parts
    _GETTERS = [vars(_PATTERN)[name] for name in _PATTERN._fields]  # each returns one part of any tuple
    _OF_A_CLASS = {"__module__", "__annotations__", "__annotate__", "__annotate_func__", "__classdictcell__"}

    class _Definition(type):
        """Makes a named tuple of the fields, defaults and methods of a class, as `typing` does, but checks nothing."""

        def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> type:
            if not bases:
                return super().__new__(cls, name, bases, body)
            # Python 3.14 has the annotations in the body only where they are texts.
            types = body.get("__annotations__") or type(name, (), dict(body)).__annotations__
            own = {key: value for key, value in body.items() if key not in types and key not in _OF_A_CLASS}
            defaults = {field: body[field] for field in types if field in body}
            return type(name, (tuple,), {**_parts(types, defaults, body["__module__"]), **own})

    def _parts(types: Mapping[str, Any], defaults: Mapping[str, Any], module: str) -> dict[str, Any]:
        """Return what a class of some fields needs to be a named tuple."""
        fields = tuple(types)
        code = _code(len(fields)).replace(co_varnames=("_cls", *fields))
        return {
            **_SHARED,
            **dict(zip(fields, _GETTERS[: len(fields)], strict=True)),
            "__new__": FunctionType(code, {"_new": tuple.__new__}, "__new__", tuple(defaults.values())),
            "__module__": module,
            "__annotations__": types,
            "__match_args__": fields,
            "_fields": fields,
            "_field_defaults": defaults,
        }

    @cache
    def _code(count: int) -> CodeType:
        """Return the code that makes a tuple of so many arguments, whatever they are called."""
        names = "".join(f"f{number}, " for number in range(count))
        return eval(f"lambda _cls, {names}: _new(_cls, ({names}))").__code__  # noqa: S307 - of numbers

    def _make(cls: type[Self], values: Iterable[Any]) -> Self:
        """Make a tuple of the values of its fields."""
        made = tuple.__new__(cls, values)
        if len(made) != len(cls._fields):
            raise TypeError(f"Expected {len(cls._fields)} arguments, got {len(made)}")
        return made

    def _replace(self: Self, /, **changes: Any) -> Self:  # noqa: ANN401 - of any field
        """Return a copy with other values of some fields."""
        made = self._make(map(changes.pop, self._fields, self))
        if changes:
            raise ValueError(f"Got unexpected field names: {list(changes)!r}")
        return made

    def _asdict(self: Self) -> dict[str, Any]:
        """Return the values by the names of their fields."""
        return dict(zip(self._fields, self, strict=True))

    def _shown(self: Self) -> str:
        values = ", ".join(f"{name}={value!r}" for name, value in zip(self._fields, self, strict=True))
        return f"{type(self).__name__}({values})"

    def _new_arguments(self: Self) -> tuple[Any, ...]:
        """Return what `copy` and `pickle` make it again of."""
        return tuple(self)

    _SHARED = {
        "__slots__": (), "_make": classmethod(_make), "_replace": _replace, "__replace__": _replace, "_asdict": _asdict,
        "__repr__": _shown, "__getnewargs__": _new_arguments,
    }  # fmt: skip

    class NamedTuple(metaclass=_Definition):
        """A class derived from it is a named tuple."""


__all__ = ["NamedTuple"]

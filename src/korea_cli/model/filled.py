"""Frozen records that are quick to define and to fill.

The module `dataclasses` takes as long to load as half of Python, compiles six methods of each class, and sets each
field of a frozen value by a call. These classes compile one method. For all who ask, they are dataclasses: `fields`,
`replace` and `asdict` know them.
"""

from __future__ import annotations

from operator import attrgetter

from korea_cli.base.hints import TYPE_CHECKING, Any
from korea_cli.model.field_spec import REQUIRED, Declared

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from dataclasses import dataclass
else:

    def dataclass(**_: bool) -> Callable[[type], type]:
        """Return what makes a frozen class with slots, made by keywords, of a class with declared keys."""
        return _frozen


_DECLARED = "__declared__"
_OF_DATACLASSES = ("__dataclass_fields__", "__dataclass_params__", "__signature__")


def declared_in(record: type) -> Mapping[str, Declared]:
    """Return the fields of a class, as they were declared, by name."""
    fields: Mapping[str, Declared] = vars(record)[_DECLARED]
    return fields


def _frozen(plain: type) -> type:
    fields = {name: value for name, value in vars(plain).items() if isinstance(value, Declared)}
    kept = {name: value for name, value in vars(plain).items() if name not in {*fields, "__dict__", "__weakref__"}}
    slots = {"__slots__": tuple(fields), "__qualname__": plain.__qualname__}
    own = {_DECLARED: fields, **{name: _MadeWhenAsked() for name in _OF_DATACLASSES}, **_methods(tuple(fields))}
    frozen: Any = type(plain.__name__, plain.__bases__, {**own, **kept, **slots})

    def make_first(self: Any, **values: object) -> None:  # noqa: ANN401 - a value of the class
        frozen.__init__ = _init(fields, frozen, type(plain.__name__, plain.__bases__, dict(slots)))
        frozen.__init__(self, **values)

    frozen.__init__ = make_first  # few answers have records of all types
    made: type = frozen
    return made


def _init(fields: Mapping[str, Declared], frozen: type, unfrozen: type) -> Any:  # noqa: ANN401 - a method
    """Compile the method that fills a value, which is not frozen before it has all of its fields."""
    lines = ("become(self, '__class__', unfrozen)", *(f"self.{name} = {name}" for name in fields))
    text = f"def __init__(self, *, {', '.join(fields)}):\n {'; '.join(lines)}; self.__class__ = frozen"
    scope: dict[str, Any] = {"become": object.__setattr__, "unfrozen": unfrozen, "frozen": frozen}
    exec(text, scope)  # noqa: S102 - the names of declared fields
    make = scope["__init__"]
    make.__kwdefaults__ = {name: each.default for name, each in fields.items() if each.default is not REQUIRED}
    make.__qualname__ = f"{frozen.__qualname__}.__init__"
    return make


def _methods(names: tuple[str, ...]) -> dict[str, Any]:
    """Return the other methods of a frozen dataclass with slots."""
    values = attrgetter(*names)

    def state(self: Any) -> Any:  # noqa: ANN401 - a value of the class
        return values(self)

    def fill(self: Any, state: tuple[object, ...]) -> None:  # noqa: ANN401 - a value of the class
        for name, value in zip(names, state, strict=True):
            object.__setattr__(self, name, value)

    return {
        "__eq__": lambda self, other: values(self) == values(other) if type(other) is type(self) else NotImplemented,
        "__hash__": lambda self: hash(values(self)),
        "__setattr__": _refuse,
        "__delattr__": _refuse,
        "__getstate__": state,
        "__setstate__": fill,
        "__replace__": _replace,
    }


def _refuse(_: object, name: str, *_value: object) -> None:
    from dataclasses import FrozenInstanceError  # noqa: PLC0415 - see above

    raise FrozenInstanceError(f"cannot change '{name}' of a record")


def _replace(self: Any, **changes: object) -> Any:  # noqa: ANN401 - a value of a class
    from dataclasses import replace  # noqa: PLC0415 - see above

    return replace(self, **changes)


class _MadeWhenAsked:
    """What `dataclasses` looks for in a class of its own: it is made when somebody looks for it."""

    def __set_name__(self, _: type, name: str) -> None:
        self._name = name

    def __get__(self, _: object, record: type) -> Any:  # noqa: ANN401 - as `dataclasses` has it
        made = _as_dataclass(record)
        for name in _OF_DATACLASSES:
            setattr(record, name, getattr(made, name))
        return getattr(made, self._name)


def _as_dataclass(record: type) -> type:
    import dataclasses  # noqa: PLC0415 - see above
    from inspect import signature  # noqa: PLC0415 - as above

    fields = {
        name: dataclasses.field(
            default=dataclasses.MISSING if each.default is REQUIRED else each.default, metadata={"key": each.key}
        )
        for name, each in declared_in(record).items()
    }
    types = {name: record.__annotations__[name] for name in fields}
    plain = type(record.__name__, (), {"__module__": record.__module__, "__annotations__": types, **fields})
    made: type = dataclasses.dataclass(frozen=True, kw_only=True)(plain)
    made.__signature__ = signature(made)  # type: ignore[attr-defined]
    return made


__all__ = ["dataclass", "declared_in"]

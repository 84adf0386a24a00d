"""A column of a row: where its value lies in the row, and that value as JSON has it."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

Json = str | int | bool | None | list[Any] | dict[str, Any]


def _same(value: Any) -> Any:  # noqa: ANN401 - of any row
    return value


class Column(NamedTuple):
    """One key of a row: its name, where its value lies in the row, that value as JSON has it, and what it means.

    recurs: whether the same values come again and again, so that it pays to remember how they are told.
    """

    key: str
    get: Callable[[Any], Any]
    read: Callable[[Any], Json] = _same
    help: str = ""
    recurs: bool = False

    def value(self, row: Any) -> Json:  # noqa: ANN401 - of any type
        """Give the value that a row has under this key, as JSON has it."""
        return self.read(self.get(row))


class Columns(dict[str, tuple[Column, ...]]):
    """The columns of each type of row, made when they are first asked for."""

    def __init__(self, types: Iterable[str], make: Callable[[str], tuple[Column, ...]]) -> None:
        """Prepare to make the columns of some types."""
        super().__init__()
        self.types, self._make = tuple(types), make

    def __missing__(self, type_: str) -> tuple[Column, ...]:
        """Make the columns of a type."""
        self[type_] = made = self._make(type_)
        return made

    def extended(self, more: Callable[[str], tuple[Column, ...]]) -> Columns:
        """Give these columns, and more after them."""
        return Columns(self.types, lambda type_: (*self[type_], *more(type_)))

    def only(self, keys: Sequence[str]) -> Columns:
        """Keep only those of some keys, in this order."""
        return Columns(
            self.types,
            lambda type_: tuple(column for key in dict.fromkeys(keys) for column in self[type_] if column.key == key),
        )


def plain_columns(type_: str, *keys: str) -> Columns:
    """Give columns that show plain fields of rows of one type; an empty text is null."""
    return Columns((type_,), lambda _: tuple(Column(key, attrgetter(key), _told) for key in ("type", *keys)))


def _told(value: Any) -> Json:  # noqa: ANN401 - of any field
    told: Json = None if value == "" else value.text if hasattr(value, "precision") else value
    return told

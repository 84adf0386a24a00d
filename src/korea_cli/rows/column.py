"""Columns of rows: the key of each, where its value is in a row, and that value as JSON has it."""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter

from korea_cli.base.hints import TYPE_CHECKING, Any
from korea_cli.base.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from korea_cli.dates.edtf import StoredDate

Json = str | int | bool | None | list[Any] | dict[str, Any] | Iterator[Any]


def plain_value(value: Json | StoredDate) -> Json:
    """Return a simple value as JSON has it: an empty text is null, a date is as stored."""
    if isinstance(value, str):
        return value or None
    return value if value is None or isinstance(value, int | list | dict | Iterator) else value.text


def _unchanged(value: Json) -> Json:
    return value


class Column(NamedTuple):
    """One key of a row, what returns its value from the row, what returns that as JSON has it, and its meaning.

    recurs: whether the same values occur often, so that their JSON is worth keeping. streamed: whether the value is an
    iterator over a list that may be too long to hold.
    """

    key: str
    get: Callable[[Any], object]
    read: Callable[[Any], Json] = _unchanged
    help: str = ""
    recurs: bool = False
    streamed: bool = False

    def value(self, row: object) -> Json:
        """Return the value that a row has under this key, as JSON has it."""
        return self.read(self.get(row))


class Columns(dict[str, tuple[Column, ...]]):
    """The columns of each type of row, made when they are first needed."""

    def __init__(self, types: Iterable[str], make: Callable[[str], tuple[Column, ...]]) -> None:
        """Prepare to make the columns of some types."""
        super().__init__()
        self.types, self._make = tuple(types), make

    def __missing__(self, type_: str) -> tuple[Column, ...]:
        """Make the columns of a type."""
        return self.setdefault(type_, self._make(type_))

    def extended(self, more: Callable[[str], tuple[Column, ...]]) -> Columns:
        """Return these columns, followed by more."""
        return Columns(self.types, lambda type_: (*self[type_], *more(type_)))

    def only(self, keys: Sequence[str]) -> Columns:
        """Return only the columns of some keys, in this order."""
        return Columns(
            self.types,
            lambda type_: tuple(column for key in dict.fromkeys(keys) for column in self[type_] if column.key == key),
        )


def plain_columns(type_: str, *keys: str) -> Columns:
    """Return columns that show simple attributes of rows of one type."""
    return Columns((type_,), lambda _: tuple(Column(key, attrgetter(key), plain_value) for key in ("type", *keys)))

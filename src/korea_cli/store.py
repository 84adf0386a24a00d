"""A chronology as tables of an SQLite database, to be asked in SQL; here alone is what only SQLite knows."""

from __future__ import annotations

import re
import sqlite3
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    Row = tuple[Any, ...]


class Heading(NamedTuple):
    """What a chronology says of itself, dates as stored.

    closed, last: the day of `as_of` and that of the last event, as ordinals; None where there is none.
    """

    title: str = ""
    as_of: str = ""
    about: str = ""
    date_rule: str = ""
    kinds: tuple[str, ...] = ()
    closed: int | None = None
    last: int | None = None


class DataFile(Protocol):
    """A file that a chronology was read from: its name as given, where it lies, and the digest of its bytes."""

    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def path(self) -> str | os.PathLike[str] | None: ...  # noqa: D102
    @property
    def sha256(self) -> str: ...  # noqa: D102


class Table(NamedTuple):
    """A table that can be written: its columns, and what gives its rows."""

    columns: str
    rows: Callable[[], Iterable[Row]]


class Store:
    """A connection to the tables of a chronology.

    A table in memory is written when a query first names it: most questions need few of them.
    """

    def __init__(
        self, connection: sqlite3.Connection, unwritten: Mapping[str, Table] | None = None, *, keeps: bool = False
    ) -> None:
        """Ask over a connection; `unwritten` are tables that it lacks and may yet need.

        keeps: whether its events and facts are kept as JSON text too.
        """
        self.keeps = keeps
        self._connection = connection
        self._unwritten = dict(unwritten or {})

    @classmethod
    def in_memory(cls, tables: Mapping[str, Table]) -> Store:
        """Hold tables in memory."""
        return cls(sqlite3.connect(":memory:", isolation_level=None), tables)

    def rows(self, sql: str, values: Sequence[str | int] = ()) -> Iterator[Row]:
        """Give the rows that answer a query, as they are found; values are bound to its `?`."""
        for table in self._unwritten.keys() & re.findall(r"\w+", sql) if self._unwritten else ():
            write_table(self._connection, table, self._unwritten.pop(table))
        return iter(self._connection.execute(sql, values))

    def value(self, sql: str, values: Sequence[str | int] = ()) -> Any:  # noqa: ANN401 - of the column asked for
        """Give the one value that answers a query."""
        return next(self.rows(sql, values))[0]


def write_table(connection: sqlite3.Connection, name: str, table: Table) -> None:
    """Create a table and write its rows."""
    connection.execute(f"CREATE TABLE {name} ({table.columns})")
    marks = ", ".join("?" * (table.columns.count(",") + 1))
    connection.execute("BEGIN")
    connection.executemany(f"INSERT INTO {name} VALUES ({marks})", table.rows())  # noqa: S608 - names of ours
    connection.execute("COMMIT")

"""What a store needs of the engine of its database, so that the same queries run on several."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from korea_cli.store.sql import Counting
    from korea_cli.store.words import Words

    Read = Callable[[str], Iterable[tuple[Any, ...]]]  # runs a query without values


class Cursor(Protocol):
    """The rows that a query finds, to be read one after another."""

    def fetchmany(self, size: int, /) -> list[tuple[Any, ...]]:
        """Return the next rows, at most so many; none at the end."""


class SeparateTable(Protocol):
    """A table that is made of others, in a file of its own."""

    def ready(self) -> bool:
        """Return whether it was made before."""

    def add_to(self, connection: Any, read: Read, /) -> None:  # noqa: ANN401 - of the engine whose file it is
        """Add it to the tables of a connection, rebuilt if need be; `read` reads the others."""


class Engine(Protocol):
    """A connection to a database.

    Queries are SQL that SQLite reads. An engine that spells a function otherwise has one of that name as well, or
    replaces it in `execute`. Several queries may be read at the same time.

    words: how it finds words. counting: how it counts records. damage: the errors that mean that the database is
    damaged, or does not fit the query.
    """

    @property
    def words(self) -> Words:
        """How it finds words."""

    @property
    def counting(self) -> Counting:
        """How it counts records; those that are alike may be counted as one row."""

    @property
    def at_once(self) -> int:
        """How many records it looks up by one statement; the more, the more are held in memory."""

    @property
    def damage(self) -> type[Exception]:
        """The class of its errors."""

    def execute(self, sql: str, values: Sequence[str | int], /) -> Cursor:
        """Start a query; values are bound to its `?`."""

    def create(self, name: str, table: Any, read: Read, /) -> None:  # noqa: ANN401 - each engine has tables of its own kind
        """Make a table that a query names; `table` is what the store has of it, and `read` reads the others."""

    def close(self) -> None:
        """Close the connection; it may be closed twice."""

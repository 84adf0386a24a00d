"""A chronology as tables of an SQLite database; what only SQLite can do is in this module alone."""

from __future__ import annotations

import re
import sqlite3
from _thread import RLock  # that of `threading`, which takes as long to load as `sqlite3`
from contextlib import suppress
from functools import partial

from korea_cli.base.errors import ClosedError
from korea_cli.base.hints import TYPE_CHECKING, Any, Literal, TypeVar
from korea_cli.base.named_tuple import NamedTuple
from korea_cli.base.tokenize import has_phrase
from korea_cli.store.sql import EACH_ROW, HAS_PHRASE
from korea_cli.store.words import WordIndex

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from korea_cli.dates.days import Day
    from korea_cli.store.engine import Cursor, Engine, Read, SeparateTable
    from korea_cli.store.sql import Counting
    from korea_cli.store.words import Words

    SqlRow = tuple[Any, ...]

T = TypeVar("T")
AS_VIEW = "NOT MATERIALIZED " if sqlite3.sqlite_version_info >= (3, 35) else ""  # what versions before always do
_AT_ONCE = 256  # rows fetched while other threads wait
_FEW = 8  # times as many events and facts: to write all of them as JSON would take longer than to read some of them


class Table(NamedTuple):
    """A table that can be written: its columns, what returns its rows, and how they are stored.

    form: `sorted` rows are unique and in the order of their columns; of `words` only an index of all words is stored,
    by the number in the first column. lookup: further columns by which rows are looked up, one record after another;
    with semicolons between several such. derived: whether its rows are made of other tables, which it is called with
    what reads. used: the columns, after the first, that its rows have, if these are not all.
    """

    columns: str
    rows: Callable[..., Iterable[SqlRow]]
    form: Literal["", "sorted", "words"] = ""
    lookup: str = ""
    derived: bool = False
    used: tuple[str, ...] = ()


class Connection(sqlite3.Connection):
    """A connection that closes itself once neither it nor a row to be read from it is in use."""

    words = WordIndex()
    counting = EACH_ROW
    at_once = 200
    damage = sqlite3.DatabaseError

    def create(self, name: str, table: Table | SeparateTable, read: Read) -> None:
        """Create a table and write its rows, or add that of another file."""
        if isinstance(table, Table):
            write_table(self, name, table, read)
        else:
            table.add_to(self, read)

    def __del__(self) -> None:
        """Close it, unless it was never opened."""
        with suppress(sqlite3.ProgrammingError):
            self.close()


def connect(address: str) -> Connection:
    """Open a database by its URI, path or `:memory:`, in autocommit mode, for any thread, one at a time."""
    connection = sqlite3.connect(address, uri=True, isolation_level=None, factory=Connection, check_same_thread=False)
    connection.create_function(HAS_PHRASE, 2, has_phrase, deterministic=True)
    return connection


class Store:
    """The tables of a chronology, for any number of threads: a lock lets in one at a time.

    A table in memory is written when a query first names it: most queries need few of them.

    known_by: the day by which all that is in it was known; None where that does not matter. named: which record each
    name means that was resolved, by the name and the types that it was resolved among.
    """

    known_by: Day | None = None

    def __init__(
        self,
        connection: Engine,
        unwritten: Mapping[str, Any] | None = None,
        *,
        has_json: bool = False,
        rebuild: Callable[[], Store | None] | None = None,
    ) -> None:
        """Use a connection; `unwritten` are the tables that are not in the database yet, as the engine makes them.

        has_json: whether events and facts can also be read as JSON text. rebuild: makes the same store from the data
        files if the database turns out to be damaged; returns None when they have changed.
        """
        self.has_json = has_json
        self._connection = connection
        self._unwritten = dict(unwritten or {})
        self._rebuild = rebuild
        self.named: dict[tuple[str, tuple[str, ...]], Any] = {}
        self._lock = RLock()
        self._closed = False

    @property
    def whole(self) -> Store:
        """The store with all records, whenever they were known."""
        return self

    @property
    def words(self) -> Words:
        """How words are found in it."""
        return self.whole._connection.words  # noqa: SLF001 - of the same class

    @property
    def counting(self) -> Counting:
        """How its records are counted."""
        return self._connection.counting

    @property
    def at_once(self) -> int:
        """How many records are looked up by one statement."""
        return self.whole._connection.at_once  # noqa: SLF001 - as above

    def close(self) -> None:
        """Close the connection; any query after that raises ClosedError."""
        with self._lock:
            self._closed = True
            self._connection.close()

    def require_open(self) -> None:
        """Raise ClosedError if it was closed."""
        if self._closed:
            raise ClosedError

    def while_open(self, values: Iterable[T]) -> Iterator[T]:
        """Yield values, some of which may have been read before; raises ClosedError once it was closed."""
        for value in values:
            self.require_open()
            yield value
        self.require_open()

    def rows(self, sql: str, values: Sequence[str | int] = ()) -> Iterator[SqlRow]:
        """Yield the rows of a query, as they are found; values are bound to its `?`.

        If the database turns out to be damaged, the rest is read from a new one.
        """
        cursor, connection, read, most = None, None, 0, 1
        while True:
            with self._lock:
                self.require_open()
                try:
                    if cursor is None or connection is not self._connection:
                        cursor, connection = self._executed(sql, values, read), self._connection
                    some = cursor.fetchmany(most)
                except self._connection.damage as error:
                    if not self._replaced(error):
                        raise
                    continue
            if not some:
                return
            yield from some
            read, most = read + len(some), min(most * 4, _AT_ONCE)

    def _executed(self, sql: str, values: Sequence[str | int], read: int) -> Cursor:
        """Start a query, and skip the rows of it that were already read."""
        words = re.findall(r"\w+", sql) if self._unwritten else ()
        while missing := self._unwritten.keys() & words:  # a damaged database may be replaced meanwhile
            name = missing.pop()
            self._connection.create(name, self._unwritten.pop(name), self.rows)
        cursor = self._connection.execute(sql, values)
        for at in range(0, read, _AT_ONCE):
            cursor.fetchmany(min(_AT_ONCE, read - at))
        return cursor

    def has_json_for(self, count: int) -> bool:
        """Return whether so many events and facts are read as JSON text: if it is there, or if they are not few."""
        if not self.has_json:
            return False
        part = self._unwritten.get("record_json")
        ready = part is None or isinstance(part, Table) or part.ready()
        return ready or bool(count * _FEW >= self.value("SELECT COUNT(*) FROM entry"))

    def keeps(self, table: str, *, making: bool) -> bool:
        """Return whether a derived table is there, or is in a file of its own that is worth `making`."""
        return not (part := self._unwritten.get(table)) or (not isinstance(part, Table) and (making or part.ready()))

    def value(self, sql: str, values: Sequence[str | int] = ()) -> Any:  # noqa: ANN401 - of any column
        """Return the one value that a query finds."""
        return next(self.rows(sql, values))[0]

    def _replaced(self, error: Exception) -> bool:
        """Replace a damaged database by a new one; False if that is not possible."""
        fresh = self._rebuild() if self._rebuild and not isinstance(error, sqlite3.ProgrammingError) else None
        if fresh is not None:
            self._connection, self._unwritten, self._rebuild = fresh._connection, fresh._unwritten, None  # noqa: SLF001
        return fresh is not None


def write_table(connection: sqlite3.Connection, name: str, table: Table, read: Read) -> None:
    """Create a table and write its rows; `read` reads those that it is made of."""
    rows = partial(table.rows, read) if table.derived else table.rows
    columns, names = table.columns, _names_of(table)
    if table.form == "words":
        settings = "tokenize = 'ascii', content = '', columnsize = 0"
        connection.execute(f"CREATE VIRTUAL TABLE {name} USING fts5({', '.join(names[1:])}, {settings})")
    elif table.form == "sorted":
        connection.execute(f"CREATE TABLE {name} ({columns}, PRIMARY KEY ({', '.join(names)})) WITHOUT ROWID")
    else:
        connection.execute(f"CREATE TABLE {name} ({columns})")
    connection.execute("SAVEPOINT written")  # rows that are made of other tables may have those written first
    insert_rows(connection, name, table, rows())
    connection.execute("RELEASE written")
    for lookup in filter(None, table.lookup.split("; ")):
        bare = name.rpartition(".")[2]  # SQL names the schema of an index, and not that of its table
        connection.execute(f"CREATE INDEX {name}_by_{lookup.split(',')[0]} ON {bare} ({lookup})")


def insert_rows(connection: sqlite3.Connection, name: str, table: Table, rows: Iterable[SqlRow]) -> None:
    """Insert rows into a table that there is."""
    names = _names_of(table)
    if table.used:
        names = [names[0], *(f'"{used}"' for used in table.used)]
    placeholders = ", ".join("?" * len(names))
    connection.executemany(f"INSERT INTO {name} ({', '.join(names)}) VALUES ({placeholders})", rows)  # noqa: S608 - names, no values


def _names_of(table: Table) -> list[str]:
    names = [column.split()[0] for column in table.columns.split(", ")]
    return ["rowid", *names[1:]] if table.form == "words" else names

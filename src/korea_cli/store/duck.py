"""DuckDB as the engine of a store, on Parquet files: what only DuckDB can do is here alone."""

from __future__ import annotations

import re
from concurrent.futures import Future, wait
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from threading import Thread, current_thread, main_thread
from typing import TYPE_CHECKING, Any, TypeVar
from weakref import finalize

import duckdb

from korea_cli.base.errors import DataError
from korea_cli.store.parquet import unreadable
from korea_cli.store.sql import EACH_ROW, Counting, quoted, without_hints
from korea_cli.store.words import PlainWords

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from duckdb import DuckDBPyConnection

    from korea_cli.store.database import Table
    from korea_cli.store.engine import Cursor, Read
    from korea_cli.store.parquet import ParquetFile, ParquetTable

    Watch = Callable[[float | None], None]

T = TypeVar("T")
_SOON, _OFTEN, _LONG = 0.05, 0.2, 1.0  # seconds
_WATCHED = 8  # queries of an answer whose progress can be asked for: nothing can be set for more once paths are limited
# Nothing is fetched or loaded that is not part of the package, whatever the data or a path contain.
_SETTINGS: dict[str, Any] = {
    "autoinstall_known_extensions": False, "autoload_known_extensions": False, "allow_community_extensions": False,
    "default_null_order": "nulls_first_on_asc_last_on_desc",
    "max_temp_directory_size": "8GiB",
}  # fmt: skip
# What SQLite's functions do under their names.
_MACROS = (
    "json(text) AS CAST(text AS JSON)",
    "json_extract(text, place) AS json_extract_string(text, place)",
    """json_each(list, place := '$') AS TABLE
      SELECT unnest(from_json(json_extract_string(list, place), '["VARCHAR"]')) AS value""",
    "json_group_array(value) AS COALESCE(CAST(to_json(list(value)) AS VARCHAR), '[]')",
    "lower(text) AS translate(text, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz')",
)


def new_database(temporary: str, *, network: bool = False) -> DuckDBPyConnection:
    """Return a database in memory; what it has no room for goes into a folder.

    network: whether it reads addresses, with the access that the user has stored for these in DuckDB.
    """
    own: dict[str, Any] = {"temp_directory": temporary, "allow_persistent_secrets": network}
    return duckdb.connect(":memory:", config={**_SETTINGS, **own})


def load_network(name: str, database: DuckDBPyConnection) -> None:
    """Have a database read addresses; raises DataError where what this needs is not installed: nothing is here."""
    try:
        database.execute("LOAD httpfs")
    except duckdb.Error as error:
        install = """python -c "import duckdb; duckdb.execute('INSTALL httpfs')\""""
        raise unreadable(name, f"DuckDB reads addresses with its extension httpfs. To install it: {install}") from error
    database.execute("SET parquet_metadata_cache = true")
    database.execute("SET enable_http_metadata_cache = true")
    database.execute("FROM duckdb_secrets()")  # reads what is stored, which it cannot any more once paths are limited


def types_of(table: Table) -> dict[str, str]:
    """Return the columns of a table with their types in DuckDB."""
    columns = (column.split() for column in table.columns.split(", "))
    types = {"INTEGER": "BIGINT", "TEXT": "VARCHAR", "BLOB": "BLOB"}
    return {name.strip('"'): types[type_] for name, type_, *_ in columns}


class DuckEngine:
    """Tables in Parquet files, read by DuckDB, which can open no other file."""

    words = PlainWords()
    counting: Counting = EACH_ROW
    at_once = 25_000  # a statement looks through all rows, or many
    damage = DataError

    def __init__(self, name: str, folder: Path, replaced: Callable[[], str] = str) -> None:
        """Read files of a folder, which messages call by a name; `replaced` returns what has replaced them, or ""."""
        self._prepare(name, replaced=replaced)
        self._folder = _without_wildcards(folder.absolute(), self._temporary)
        self._shown_as[str(self._folder)] = str(folder)
        self._allow("allowed_directories", [f"{self._folder}/"])

    def _prepare(
        self, name: str, *, network: bool = False, replaced: Callable[[], str] = str, watch: Watch | None = None
    ) -> None:
        """Make a database, in which every function is called as SQLite calls it.

        network: whether it reads addresses. replaced: as above; by default, nothing ever is. watch: called now and then
        with the share of a long query that is done, and with None at its end.
        """
        self._name, self._temporary = name, Path(mkdtemp(prefix="korea-"))
        self._replaced, self._watch = replaced, watch
        self._watched: list[DuckDBPyConnection] = []
        self._shown_as: dict[str, str] = {}  # what messages call a path
        self._clean_up = finalize(self, rmtree, self._temporary, ignore_errors=True)
        self._database = new_database(str(self._temporary), network=network)
        if network:
            load_network(name, self._database)
        for macro in _MACROS:
            self._database.execute(f"CREATE MACRO {macro}")

    def _allow(self, setting: str, paths: Sequence[str]) -> None:
        """Have some paths be all that can be opened from now on."""
        self._database.execute(f"SET {setting} = [{', '.join(map(quoted, paths))}]")
        if self._watch:
            self._watched = [self._database.cursor() for _ in range(_WATCHED)]
            for each in (self._database, *self._watched):
                each.execute("SET enable_progress_bar = true; SET enable_progress_bar_print = false")
        self._database.execute("SET enable_external_access = false")
        self._database.execute("SET lock_configuration = true")

    def execute(self, sql: str, values: Sequence[str | int]) -> Cursor:
        """Start a query."""
        sql, connection = without_hints(sql), self._watched.pop() if self._watched else self._database.cursor()
        self.run(connection, lambda: connection.execute(sql, list(values)))
        return _CheckedCursor(self, connection)

    def create(self, name: str, table: ParquetTable, read: Read) -> None:  # noqa: ARG002 - its files have all rows
        """Make a table of some files of the folder."""
        paths = ", ".join(quoted(self._path_of(part)) for part in table.files)
        view = f"CREATE VIEW {name} AS FROM read_parquet([{paths}], hive_partitioning = false)"
        self.run(self._database, lambda: self._database.execute(view))

    def _fetched(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Return all rows of a query on the files."""
        return self.run(self._database, lambda: self._database.execute(sql, list(values)).fetchall())

    def _path_of(self, part: ParquetFile) -> str:
        """Return what DuckDB opens a file of the folder by."""
        return str(self._folder / part.path)

    def close(self) -> None:
        """Close the database, and remove what it wrote to a temporary folder."""
        self._database.close()
        self._clean_up()

    def run(self, connection: DuckDBPyConnection, call: Callable[[], T]) -> T:
        """Call something of a connection; a signal interrupts it at once.

        Raises DataError where a file cannot be read, or where the files are others by now, some of which may have been
        read; an error in a query of our own remains what it is.
        """
        try:
            return self._checked(connection, call)
        except (duckdb.BinderException, duckdb.ParserException, duckdb.CatalogException):
            raise
        except duckdb.Error as error:
            raise unreadable(self._name, f"DuckDB reports: {self._reason(error)}") from error

    def _checked(self, connection: DuckDBPyConnection, call: Callable[[], T]) -> T:
        try:
            found = interruptible(connection, call, self._watch)
        except duckdb.Error:
            self._require_same()
            raise
        self._require_same()
        return found

    def _require_same(self) -> None:
        if reason := self._replaced():
            raise unreadable(self._name, f"{reason}; run the command again")

    def _reason(self, error: duckdb.Error) -> str:
        """Return the first line of an error, with the names of files as they were typed."""
        reason = str(error).split("\n", 1)[0]
        for path, name in self._shown_as.items():
            reason = reason.replace(path, name)
        return reason


def _without_wildcards(folder: Path, temporary: Path) -> Path:
    """Return a path of a folder that DuckDB does not take for a pattern: its own, or a link in a temporary folder."""
    if not re.search(r"[*?\[]", str(folder)):
        return folder
    link = temporary / "export"
    link.symlink_to(folder, target_is_directory=True)
    return link


class _CheckedCursor:
    """The rows of a query, read as `run` has it."""

    def __init__(self, engine: DuckEngine, connection: DuckDBPyConnection) -> None:
        self._engine, self._connection = engine, connection

    def fetchmany(self, size: int, /) -> list[tuple[Any, ...]]:
        """Return the next rows, at most so many."""
        return self._engine.run(self._connection, lambda: self._connection.fetchmany(size))


def interruptible(connection: DuckDBPyConnection, call: Callable[[], T], watch: Watch | None = None) -> T:
    """Call something in a thread of its own: Python heeds signals only between steps of the main thread.

    watch: called now and then, where that takes long, with the share that is done, and with None at the end.
    """
    if current_thread() is not main_thread():
        return call()
    done: Future[T] = Future()
    try:
        Thread(target=_fulfil, args=(done, call), daemon=True).start()
        if watch and not wait([done], _LONG).done:
            _report(connection, done, watch)
        return done.result()
    except BaseException:
        while not (done.done() or done.cancel()):  # nothing is interrupted before it has begun
            connection.interrupt()
            wait([done], _SOON)
        raise


def _report(connection: DuckDBPyConnection, done: Future[T], watch: Watch) -> None:
    """Report how far a query is until it is done, as far as DuckDB knows."""
    try:
        while not wait([done], _OFTEN).done:
            if (percent := connection.query_progress()) >= 0:
                watch(percent / 100)
    finally:
        watch(None)


def _fulfil(done: Future[T], call: Callable[[], T]) -> None:
    if not done.set_running_or_notify_cancel():
        return
    try:
        done.set_result(call())
    except BaseException as error:  # noqa: BLE001 - whatever it is, who asked gets it
        done.set_exception(error)

"""Spark as the engine of a store, on tables of a database that a cluster has: what only Spark can do is here alone."""

from __future__ import annotations

import logging
import os
import re
import warnings
from contextlib import suppress
from itertools import islice
from threading import Event
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import unquote
from weakref import finalize

from korea_cli.base.errors import DataError
from korea_cli.store.parquet import HEADER, names_of_tables, unreadable
from korea_cli.store.words import PlainWords

os.environ.setdefault("GRPC_VERBOSITY", "NONE")  # it writes to stderr what is an error here
warnings.filterwarnings("ignore", module=r"pyspark\.")
for _name in ("SQLQueryContextLogger", "DataFrameQueryContextLogger"):
    logging.getLogger(_name).disabled = True  # pyspark logs the trace of the cluster for each error

from pyspark.errors import PySparkException  # noqa: E402 - not before it is quiet
from pyspark.sql.connect.client.core import DefaultChannelBuilder  # noqa: E402 - as above
from pyspark.sql.connect.client.retries import DefaultPolicy  # noqa: E402 - as above
from pyspark.sql.connect.session import SparkSession  # noqa: E402 - as above

from korea_cli.store.spark.plans import MOST, with_values  # noqa: E402 - as above
from korea_cli.store.spark.sql import VALUE, quoted_name, spark_sql  # noqa: E402 - as above
from korea_cli.store.sql import EACH_ROW  # noqa: E402 - as above

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from korea_cli.store.engine import Cursor, Read
    from korea_cli.store.spark.address import SparkAddress

T = TypeVar("T")
_PATIENCE = 10  # seconds until a server has to accept a connection
_OLDEST = 4  # version of Spark
_RETRIES = {"max_retries": 3, "initial_backoff": 50, "max_backoff": 1000, "jitter": 0}  # milliseconds


class SparkEngine:
    """Tables of a database of a cluster, which are only read."""

    words = PlainWords()
    counting = EACH_ROW
    at_once = 25_000  # a statement looks through all rows, or many
    damage = DataError

    def __init__(self, address: SparkAddress) -> None:
        """Connect to a cluster; raises DataError where that or its database cannot be used."""
        self._address = address
        self._ids_of: dict[tuple[str | int, ...], list[str]] = {}
        builder = self._run(lambda: DefaultChannelBuilder(address.connection))
        _require_server(builder, address)
        self._session = SparkSession.builder.channelBuilder(builder).create()
        self._close = finalize(self, _stop, self._session)
        self._session.client.set_retry_policies([DefaultPolicy(**_RETRIES)])
        try:
            self._use()
        except BaseException:
            self.close()
            raise

    def _use(self) -> None:
        """Have the database be the one whose tables are meant."""
        version = self._run(lambda: self._session.version)
        if int(version.partition(".")[0]) < _OLDEST:
            raise unreadable(
                self._address.name, f"the cluster has Spark {version}; this needs Spark {_OLDEST} or later"
            )
        self._run(lambda: self._session.sql(f"USE {quoted_name(self._address.database)}"))

    def header(self) -> str:
        """Return the value of the header; raises DataError where the database has none."""
        rows = self.execute(f"SELECT json FROM {HEADER} LIMIT 2", ()).fetchmany(2)  # noqa: S608 - a name of our own
        return str(rows[0][0]) if len(rows) == 1 else ""

    def require_whole(self, files: Sequence[str], rows: Mapping[str, int]) -> None:
        """Raise DataError unless the tables are those of an export: Spark reads files that are missing as no rows.

        They have the very files of it, of some names, or are copies; then the rows of each are counted.
        """
        tables = sorted(names_of_tables() - {HEADER})
        all_rows = " UNION ALL ".join(f"SELECT 1 FROM {table}" for table in tables)  # noqa: S608 - as above
        paths = self._run(lambda: self._session.sql(all_rows).inputFiles())
        if sorted(unquote(path).rpartition("/")[2] for path in paths) == sorted(files):
            return
        counts = " UNION ALL ".join(f"SELECT '{table}', COUNT(*) FROM {table}" for table in tables)  # noqa: S608 - as above
        for table, number in self.execute(counts, ()).fetchmany(len(tables)):
            if number != rows.get(table):
                reason = f"its table '{table}' has {number:,} rows, and not the {rows.get(table, 0):,} of the export"
                raise unreadable(self._address.name, f"{reason}; copy it again")

    def execute(self, sql: str, values: Sequence[str | int]) -> Cursor:
        """Start a query."""
        sql, values = with_values(sql, values, self._ids)
        text = spark_sql(sql, self._address.database)
        bound = {f"{VALUE}{place}": value for place, value in enumerate(values)}
        rows = self._run(lambda: self._session.sql(text, bound).toLocalIterator())
        return _SparkCursor(self._run, rows)

    def _ids(self, sql: str, values: Sequence[str | int]) -> list[str]:
        """Return the ids that a query finds; none if it finds many."""
        key = sql, *values
        if key not in self._ids_of:
            found = self.execute(sql, values).fetchmany(MOST + 1)
            self._ids_of[key] = list({str(id_) for (id_,) in found}) if len(found) <= MOST else []
        return self._ids_of[key]

    def create(self, name: str, table: object, read: Read) -> None:
        """Make no table: the database has all."""

    def close(self) -> None:
        """End what it does on the cluster."""
        self._close()

    def _run(self, call: Callable[[], T]) -> T:
        """Call something of the cluster; a signal also ends that there.

        Raises DataError where the cluster reports an error.
        """
        try:
            return call()
        except PySparkException as error:
            if error.getCondition() == "TABLE_OR_VIEW_NOT_FOUND":
                table = error.getMessageParameters()["relationName"]
                reason = f"'korea export -f parquet' did not write it: it has no table {table}"
                raise unreadable(self._address.name, reason) from None
            raise unreadable(self._address.name, f"Spark reports: {_reason(error)}") from error
        except BaseException:
            with suppress(Exception):
                self._session.interruptAll()
            raise


class _SparkCursor:
    """The rows of a query, read as `run` has it."""

    def __init__(self, run: Callable[[Callable[[], Any]], Any], rows: Iterator[tuple[Any, ...]]) -> None:
        self._run, self._rows = run, rows

    def fetchmany(self, size: int, /) -> list[tuple[Any, ...]]:
        """Return the next rows, at most so many."""
        rows: list[tuple[Any, ...]] = self._run(lambda: list(islice(self._rows, size)))
        return rows


def _require_server(builder: DefaultChannelBuilder, address: SparkAddress) -> None:
    """Raise DataError unless a server accepts a connection; what Spark tries takes ten minutes."""
    from grpc import ChannelConnectivity as State  # noqa: PLC0415 - as the modules above

    changed, states = Event(), list[State]()

    def note(state: State) -> None:
        if state in {State.READY, State.TRANSIENT_FAILURE, State.SHUTDOWN}:
            states.append(state)
            changed.set()

    channel = builder.toChannel()
    try:
        channel.subscribe(note, try_to_connect=True)
        changed.wait(_PATIENCE)
    finally:
        channel.close()
    if states[:1] != [State.READY]:
        within = "" if states else f" within {_PATIENCE} s"
        raise unreadable(address.name, f"cannot connect to a server of Spark Connect at {address.server}{within}")


def _stop(session: SparkSession) -> None:
    with suppress(Exception):  # a cluster that cannot be reached has nothing to end
        session.stop()


def _reason(error: PySparkException) -> str:
    """Return the first line of an error, or what was wrong with the connection."""
    text = str(error).strip()
    failed = re.search(r'^\s*details = "(.*?)"?$', text, re.MULTILINE)
    return failed[1] if failed and text.startswith("<") else text.split("\n", 1)[0]

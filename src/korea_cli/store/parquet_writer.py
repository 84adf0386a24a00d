"""Write the tables of a chronology as Parquet files, cut and sorted by date so that a query can skip most of them."""

from __future__ import annotations

from contextlib import closing
from itertools import groupby
from json import JSONEncoder
from operator import itemgetter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from korea_cli.dates.days import Day
from korea_cli.dates.spans import OPEN_START
from korea_cli.store.duck import interruptible, new_database, types_of
from korea_cli.store.encode_rows import build_store, stored_header, tables_of
from korea_cli.store.parquet import HEADER, MANIFEST, Manifest, ParquetFile, header_text, manifest_text
from korea_cli.store.plain import PLAIN
from korea_cli.store.sql import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from duckdb import DuckDBPyConnection

    from korea_cli.reading.draft import Draft
    from korea_cli.store.database import SqlRow, Table
    from korea_cli.store.header import StoredHeader

_ENOUGH = 50_000  # records of a file: years with fewer share one with those that follow
_GROUP = 20_480  # rows that are read or skipped together
_LONGEST_ROW = 1 << 30  # bytes
_encode = JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":"), default=bytes.hex).encode


class _Cut(NamedTuple):
    """The records of one file of each table: its name, and the condition on the first day on which each may begin."""

    name: str
    condition: str


def write_parquet(folder: Path, draft: Draft) -> None:
    """Write the tables of a draft into an empty folder: a folder of files for each, and the manifest last.

    Tables of what belongs to a record are cut into files by the year in which that begins at the earliest, with
    neighbouring years in one file if they have few records; open beginnings and what has no date are apart. A file is
    sorted by day.
    """
    tables = tables_of(draft) | PLAIN
    with (
        TemporaryDirectory(prefix="korea-") as temporary,
        closing(build_store(draft)) as store,
        closing(new_database(temporary)) as database,
    ):
        for name, table in tables.items():
            rows = table.rows(store.rows) if table.derived else store.rows(f"SELECT * FROM {name}")
            _load(database, name, table, rows, Path(temporary) / "rows.json")
        write_files(database, folder, tables, stored_header(draft))


def write_files(database: DuckDBPyConnection, folder: Path, tables: Mapping[str, Table], header: StoredHeader) -> None:
    """Write tables that are in a database already, as `write_parquet` does."""
    cuts = list(_cuts(database))
    files = {name: tuple(_write(database, folder, name, table, cuts)) for name, table in tables.items()}
    (folder / HEADER).mkdir()
    value = quoted(header_text(Manifest(header, files), tables))
    files[HEADER] = (_copy(database, folder, f"{HEADER}/all.parquet", f"SELECT {value} AS json"),)
    (folder / MANIFEST).write_text(manifest_text(Manifest(header, files), tables), "utf-8")


def _load(database: DuckDBPyConnection, name: str, table: Table, rows: Iterable[SqlRow], path: Path) -> None:
    """Copy the rows of a table into the database, through a file: bound one by one they would take far longer."""
    types = [(f"c{place}", column, type_) for place, (column, type_) in enumerate(types_of(table).items())]
    keys = [key for key, *_ in types]
    with path.open("w", encoding="utf-8") as stream:
        stream.writelines(f"{_encode(dict(zip(keys, row, strict=True)))}\n" for row in rows)
    read = ", ".join(f"{key}: '{'VARCHAR' if type_ == 'BLOB' else type_}'" for key, _, type_ in types)
    columns = ", ".join(f'{f"unhex({key})" if type_ == "BLOB" else key} AS "{column}"' for key, column, type_ in types)
    options = f"format = 'newline_delimited', maximum_object_size = {_LONGEST_ROW}, columns = {{{read}}}"
    sql = f"CREATE TABLE {name} AS SELECT {columns} FROM read_json({quoted(str(path))}, {options})"
    interruptible(database, lambda: database.execute(sql))


def _cuts(database: DuckDBPyConnection) -> Iterator[_Cut]:
    """Yield the files that records are cut into, in the order of their days."""
    days = database.execute("SELECT start_min, COUNT(*) FROM entry WHERE start_min IS NOT NULL GROUP BY 1 ORDER BY 1")
    dated = [(Day.from_ordinal(day).year, day, count) for day, count in days.fetchall() if day != OPEN_START]
    yield _Cut("open", f"start_min = {OPEN_START}")
    together: list[tuple[int, int, int]] = []
    for _, of_year in groupby(dated, itemgetter(0)):
        together += of_year
        if sum(count for *_, count in together) >= _ENOUGH:
            yield _between(together)
            together = []
    if together:
        yield _between(together)
    yield _Cut("undated", "start_min IS NULL")


def _between(days: Sequence[tuple[int, int, int]]) -> _Cut:
    (first_year, first, _), (last_year, last, _) = days[0], days[-1]
    name = str(first_year) if first_year == last_year else f"{first_year}..{last_year}"
    return _Cut(name, f"start_min BETWEEN {first} AND {last}")


def _write(
    database: DuckDBPyConnection, folder: Path, name: str, table: Table, cuts: Sequence[_Cut]
) -> Iterator[ParquetFile]:
    """Write the files of a table; one without rows has one too, which has its columns."""
    (folder / name).mkdir()
    columns = list(types_of(table))
    of_records = columns[0] == "seq" and database.execute(f"SELECT 1 FROM {name} LIMIT 1").fetchone()
    order = ", ".join(("placed.orders", *(f'own."{column}"' for column in columns)))
    for cut in cuts if of_records else ():
        rows = f"FROM {name} AS own JOIN entry AS placed ON placed.seq = own.seq WHERE placed.{cut.condition}"
        if database.execute(f"SELECT 1 {rows} LIMIT 1").fetchone():
            yield _copy(database, folder, f"{name}/{cut.name}.parquet", f"SELECT own.* {rows} ORDER BY {order}")
    if not of_records:
        yield _copy(database, folder, f"{name}/all.parquet", f"SELECT * FROM {name}")


def _copy(database: DuckDBPyConnection, folder: Path, path: str, sql: str) -> ParquetFile:
    options = f"FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {_GROUP}"
    copied = f"COPY ({sql}) TO {quoted(str(folder / path))} ({options})"
    (rows,) = interruptible(database, lambda: database.execute(copied).fetchone()) or (0,)
    return ParquetFile.of(folder, path, rows)

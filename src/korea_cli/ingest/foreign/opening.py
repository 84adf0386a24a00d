"""Open the event table of somebody else in Parquet files as a chronology, by a mapping."""

from __future__ import annotations

import datetime as dt
import os
from hashlib import sha256
from typing import TYPE_CHECKING

from korea_cli.base.arguments import path
from korea_cli.base.errors import ConflictError, UsageError
from korea_cli.cache.tables import table_folder
from korea_cli.chronology import Chronology
from korea_cli.dates.arguments import day
from korea_cli.dates.days import Day
from korea_cli.ingest.foreign.files import columns_of_folders, digest_of, files_of, has_files, one_schema
from korea_cli.ingest.foreign.meanings import MappedMeanings
from korea_cli.ingest.foreign.options import no_mapping, table_options
from korea_cli.ingest.foreign.shapes import UnreadableKeyError, shape_of
from korea_cli.ingest.mappings import find_mapping
from korea_cli.model.records import Source
from korea_cli.reading.locate import PARQUET, name_shown
from korea_cli.store.database import Store
from korea_cli.store.header import StoredHeader
from korea_cli.store.locations import is_remote
from korea_cli.store.parquet import ParquetFolder, is_export, unreadable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from korea_cli.store.duck import Watch
    from korea_cli.store.foreign.engine import ForeignEngine


def is_table(names: Sequence[str], mapping: str | None) -> bool:
    """Return whether data files are a table of somebody else; raises an error where a mapping is of no use."""
    folders = [each.removeprefix(PARQUET) for each in names if each.startswith(PARQUET)]
    if mapping is not None and not folders:
        raise UsageError(
            f"'--mapping {mapping}' says how to read Parquet files: name them, as in '-d parquet:FILES'. To take in"
            f" another file, use 'korea import FILE --mapping {mapping}'"
        )
    if any(map(is_export, folders)):
        if mapping is not None:
            raise ConflictError(("mapping", mapping), ("data", ""), "{one} has no effect on what korea exported")
        return False
    if found := mapping is not None or any(map(has_files, folders)):
        name, *others = names
        if others:
            raise unreadable(name, "it cannot be combined with other data files")
    return found


def open_table(
    files: str | Path,
    mapping: str | Path | None,
    *,
    today: dt.date | Day | None = None,
    cache: bool = True,
    watch: Watch | None = None,
) -> Chronology:
    """Open the event table of somebody else in Parquet files as a chronology, which can only be queried.

    files: the path of a file or folder, a pattern, or an address, with or without `parquet:` before it; all files have
    the same columns. mapping: what these mean: the name of a data set, such as `gdelt`, a mapping file, or `none` to
    guess; without any, the error names the data set that has such columns. today: today's date (default: the clock's).
    cache: whether to keep what is found about the files in the user's cache folder. watch: called now and then with the
    share of a long query that is done, from 0 to 1, and with None at its end.

    Raises DataError where a file or a column is missing or unreadable, or DuckDB is not installed; NotInListError for a
    mapping that is neither a data set nor a file.
    """
    name = f"{PARQUET}{path(files).removeprefix(PARQUET)}"
    known = None if mapping is None else path(mapping)
    clock = Day.of(dt.date.today()) if today is None else day("today", today)  # noqa: DTZ011 - the user's own day
    return _opened(name, known, clock, watch, cache=cache)


def _opened(name: str, mapping: str | None, clock: Day, watch: Watch | None, *, cache: bool) -> Chronology:
    address, name = name.removeprefix(PARQUET), name_shown(name)
    local = () if is_remote(address) else tuple(files_of(name))
    try:
        from korea_cli.store.foreign.engine import ForeignEngine  # noqa: PLC0415 - an optional library
        from korea_cli.store.remote import all_dated, remote_files  # noqa: PLC0415 - as above
    except ImportError:
        raise unreadable(name, "this needs DuckDB: pip install 'korea-cli[duckdb]'") from None
    remote = () if local else tuple(remote_files(name, address))
    stated = (*(repr(each) for each in remote), str(clock.year), *(_settings(mapping) if mapping else ()))
    kept = table_folder(os.environ, local, *stated) if cache and mapping and all_dated(remote) else None
    engine = ForeignEngine(name, [*local, *(each.address for each in remote)], kept, watch)
    try:
        header, notes = _read(name, engine, mapping, clock)
    except BaseException:
        engine.close()
        raise
    digest = digest_of(local) if local else sha256(repr(remote).encode()).hexdigest()
    file = ParquetFolder(name, address, digest, mapped=True)
    return Chronology(header, [file], Store(engine), clock, notes)


def _read(name: str, engine: ForeignEngine, mapping: str | None, clock: Day) -> tuple[StoredHeader, list[str]]:
    """Have an engine read a table as a mapping has it; return what to state about it, and notes."""
    columns = engine.columns()
    types = one_schema(name, columns)
    if mapping is None:
        raise unreadable(name, no_mapping(tuple(types)))
    options, id_, title = table_options(name, mapping, tuple(types), clock.year, columns_of_folders(columns))
    meanings = MappedMeanings(options, Source(id=id_, title=title, medium="dataset", container=title))
    try:
        shape = shape_of(id_, options)
    except UnreadableKeyError as error:
        message = f"'--mapping {mapping}' has column '{error.column}' as {error.key}, which cannot be read from Parquet"
        raise unreadable(name, f"{message}: map it to note, or to nothing, in a mapping file") from None
    engine.use(shape, types, meanings)
    header = StoredHeader(title=title, kinds=tuple(sorted(engine.kinds)), last=engine.last)
    return header, _notes(engine)


def _settings(mapping: str) -> tuple[str, str]:
    """Return a mapping by its name, and what it states; raises what is wrong with it."""
    return mapping, repr(find_mapping(mapping))


def _notes(engine: ForeignEngine) -> list[str]:
    """Return a sentence about rows that are no events, and cells that mean nothing."""
    lost, cells, parts = engine.rows - engine.events, sum(number for _, number, _ in engine.unread), []
    if lost:
        rows = f"1 of {engine.rows:,} rows has" if lost == 1 else f"{lost:,} of {engine.rows:,} rows have"
        parts.append(f"{rows} no date or title that can be read{_such_as(engine.refused)}")
    if cells:
        number = "1 cell that cannot be read" if cells == 1 else f"{cells:,} cells that cannot be read"
        columns = ", ".join(f"{count:,} of {column}" for column, count, _ in engine.unread)
        parts.append(f"{number} ({columns}){_such_as(engine.unread[0][2])}")
    return [f"left out: {'; '.join(parts)}"] if parts else []


def _such_as(reason: str) -> str:
    plain = reason.partition(" Use --")[0].removesuffix(".")  # that is an option of `import`
    return f", such as: {plain}" if plain else ""

"""Open an export: a chronology in Parquet files, or in tables made of them, which is only read."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from korea_cli.chronology import Chronology
from korea_cli.reading.locate import PARQUET, QUERIED, SPARK, name_shown
from korea_cli.store.database import Store
from korea_cli.store.locations import is_remote
from korea_cli.store.parquet import ParquetFolder, ParquetTable, read_header, read_manifest, stamp_of, unreadable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from korea_cli.dates.days import Day
    from korea_cli.store.duck import DuckEngine
    from korea_cli.store.parquet import Manifest

_REPLACED = "another export has replaced it"


def open_export(names: Sequence[str], clock: Day, *, public: bool) -> Chronology:
    """Open an export by its name: `parquet:` and its folder or the address of that, or `spark:` and an address.

    Raises DataError when it cannot be read, is not the only data file, or has what a public answer may not show.
    """
    name = next(each for each in names if each.startswith(QUERIED))
    if len(names) > 1:
        raise unreadable(name_shown(name), "it cannot be combined with other data files")
    chronology = _open_on_spark(name, clock) if name.startswith(SPARK) else _open_folder(name, clock)
    if public and chronology.header.hides:
        chronology.close()
        raise unreadable(chronology.documents[0].name, "it has private records; export it again without --with-private")
    return chronology


def _open_folder(name: str, clock: Day) -> Chronology:
    try:
        from korea_cli.store.duck import DuckEngine  # noqa: PLC0415 - an optional library
    except ImportError:
        raise unreadable(name_shown(name), "this needs DuckDB: pip install 'korea-cli[duckdb]'") from None
    path = name.removeprefix(PARQUET)
    if is_remote(path):
        from korea_cli.store.remote import RemoteEngine  # noqa: PLC0415 - few exports are at an address

        remote = RemoteEngine(name_shown(name), path)
        return _of_engine(name_shown(name), path, remote.manifest, remote, clock)
    manifest, folder = read_manifest(name), Path(path)
    engine = DuckEngine(name, folder, lambda: "" if stamp_of(folder) == manifest.stamp else _REPLACED)
    return _of_engine(name, str(folder), manifest, engine, clock)


def _of_engine(name: str, path: str, manifest: Manifest, engine: DuckEngine, clock: Day) -> Chronology:
    tables = {table: ParquetTable(files) for table, files in manifest.tables.items()}
    store = Store(engine, tables, has_json=True)
    return Chronology(manifest.header, [ParquetFolder(name, path, manifest.sha256)], store, clock)


def _open_on_spark(name: str, clock: Day) -> Chronology:
    from korea_cli.store.spark.address import SparkAddress  # noqa: PLC0415 - few exports are on a cluster

    address = SparkAddress.of(name)
    try:
        from korea_cli.store.spark.engine import SparkEngine  # noqa: PLC0415 - an optional library
    except ImportError:
        raise unreadable(address.name, "this needs Spark Connect: pip install 'korea-cli[spark]'") from None
    engine = SparkEngine(address)
    try:
        text = engine.header()
        header, files, rows = read_header(address.name, text)
        engine.require_whole(files, rows)
    except BaseException:
        engine.close()
        raise
    file = ParquetFolder(address.name, address.name.removeprefix(SPARK), sha256(text.encode()).hexdigest())
    return Chronology(header, [file], Store(engine, has_json=True), clock)

"""Open an export: a chronology in Parquet files, which is only read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from korea_cli.chronology import Chronology
from korea_cli.reading.locate import PARQUET
from korea_cli.store.database import Store
from korea_cli.store.parquet import ParquetFolder, ParquetTable, read_manifest, unreadable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from korea_cli.dates.days import Day


def open_export(names: Sequence[str], clock: Day, *, public: bool) -> Chronology:
    """Open an export by its name, `parquet:` and its folder.

    Raises DataError when it cannot be read, is not the only data file, or has what a public answer may not show.
    """
    name = next(each for each in names if each.startswith(PARQUET))
    if len(names) > 1:
        raise unreadable(name, "it cannot be combined with other data files")
    try:
        from korea_cli.store.duck import DuckEngine  # noqa: PLC0415 - an optional library
    except ImportError:
        raise unreadable(name, "this needs DuckDB: pip install 'korea-cli[duckdb]'") from None
    manifest = read_manifest(name)
    if public and manifest.header.hides:
        raise unreadable(name, "it has private records; export it again without --with-private")
    folder = Path(name.removeprefix(PARQUET))
    tables = {table: ParquetTable(files) for table, files in manifest.tables.items()}
    store = Store(DuckEngine(name, folder), tables, has_json=True)
    return Chronology(manifest.header, [ParquetFolder(name, str(folder), manifest.sha256)], store, clock)

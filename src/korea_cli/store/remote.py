"""Parquet files on the web or in S3: read by an extension of DuckDB, which only the user installs."""

from __future__ import annotations

from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

import duckdb

from korea_cli.store.duck import interruptible, load_network, new_database
from korea_cli.store.locations import public_name
from korea_cli.store.parquet import unreadable

if TYPE_CHECKING:
    from collections.abc import Sequence


class RemoteFile(NamedTuple):
    """A file at an address: its size in bytes, and when it changed, if the server states that."""

    address: str
    size: int
    changed: str | None


def remote_files(name: str, address: str) -> list[RemoteFile]:
    """Return the files that an address leads to, or in S3 a pattern; raises DataError. Their content is not read.

    name: what messages call them.
    """
    if "*" in address and not address.startswith("s3:"):
        raise unreadable(name, "the web has no patterns: name one file, or a pattern in S3")
    sql = "SELECT filename, size, CAST(last_modified AS VARCHAR) FROM read_blob(?) ORDER BY filename"
    with TemporaryDirectory(prefix="korea-") as temporary, new_database(temporary, network=True) as database:
        load_network(name, database)
        try:
            rows = interruptible(database, lambda: database.execute(sql, [address]).fetchall())
        except duckdb.Error as error:
            reason = str(error).splitlines()[0].replace(address, public_name(address))
            raise unreadable(name, f"DuckDB reports: {reason}") from error
    return [RemoteFile(*row) for row in rows]


def all_dated(files: Sequence[RemoteFile]) -> bool:
    """Return whether it is known of each file when it changed, so that it can be recognized."""
    return all(each.changed for each in files)

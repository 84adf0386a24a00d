"""Parquet files on the web or in S3: read by an extension of DuckDB, which only the user installs."""

from __future__ import annotations

from http import HTTPStatus
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

import duckdb

from korea_cli.base.errors import DataError
from korea_cli.store.duck import DuckEngine, interruptible, load_network, new_database
from korea_cli.store.locations import below, public_name
from korea_cli.store.parquet import MANIFEST, NO_MANIFEST, damaged, manifest_of, unreadable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from korea_cli.store.parquet import ParquetFile


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


class RemoteEngine(DuckEngine):
    """The tables of an export at an address, of which DuckDB can open no other file.

    Where the server gives its files tags, as S3 does, DuckDB notices one that is replaced while it is read.
    """

    def __init__(self, name: str, address: str) -> None:
        """Read the manifest, and compare the sizes of the files with it; raises DataError where they differ.

        name: what messages call the export.
        """
        self._prepare(name, network=True)
        self._address = address
        folder, mark, access = address.partition("?")
        self._shown_as |= {folder: public_name(folder)} | ({f"{mark}{access}": ""} if access else {})
        try:
            self.manifest = manifest_of(name, self._read_manifest())
            self._require_whole()
        except BaseException:
            self.close()
            raise
        self._allow("allowed_paths", [self._path_of(part) for part in self._parts])

    @property
    def _parts(self) -> list[ParquetFile]:
        return [part for parts in self.manifest.tables.values() for part in parts]

    def _read_manifest(self) -> bytes:
        try:
            ((raw,),) = self._fetched("SELECT content FROM read_blob(?)", [below(self._address, MANIFEST)])
        except DataError as error:
            if getattr(error.__cause__, "status_code", None) == HTTPStatus.NOT_FOUND:
                raise unreadable(self._name, NO_MANIFEST) from error
            raise
        return bytes(raw)

    def _require_whole(self) -> None:
        parts = {self._path_of(part): part for part in self._parts}
        sizes: dict[str, int] = dict(self._fetched("SELECT filename, size FROM read_blob(?)", [[*parts]]))
        for path, part in parts.items():
            if sizes.get(path) != part.size:
                raise damaged(self._name, part)

    def _path_of(self, part: ParquetFile) -> str:
        return below(self._address, part.path)


def all_dated(files: Sequence[RemoteFile]) -> bool:
    """Return whether it is known of each file when it changed, so that it can be recognized."""
    return all(each.changed for each in files)

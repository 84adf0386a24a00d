"""Open the index of data files where it is valid; write it where it is not."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from time import time_ns
from typing import TYPE_CHECKING
from zlib import crc32

from korea_cli.cache.catalog import Catalog, private, read_catalog, write_catalog
from korea_cli.cache.stamp import same_content, stamp_of, still_match, unchanged
from korea_cli.store import Store, write_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from korea_cli.store import Table

ENDING = ".index"
# What is written once, and thrown away if that fails, needs no journal.
_WRITTEN_ONCE = ("journal_mode = OFF", "synchronous = OFF", "locking_mode = EXCLUSIVE", "cache_size = -65536")
_SMALL = 2 * 1024 * 1024  # bytes: an index up to this size is read through and compared with its checksum


def open_index(place: str, asked: tuple[str, ...]) -> tuple[Catalog, Store] | None:
    """Open the index at a place; None when there is none, or not one for what is asked, or its files have changed."""
    catalog = read_catalog(place)
    if catalog is None or catalog.asked != asked or not _sealed(place + ENDING, catalog):
        return None
    true = _still_true(place, catalog)
    if true is None:
        return None
    try:
        return true, Store(_connected(place + ENDING), keeps=True)
    except sqlite3.Error:
        return None


def write_index(place: str, catalog: Catalog, tables: Mapping[str, Table], further: Iterable[str]) -> None:
    """Write an index and its catalogue, each whole or not at all; `further` is SQL that is run over the tables.

    Raises OSError when they cannot be written; then neither of them stands.
    """
    from korea_cli.cache.whole import written_whole  # noqa: PLC0415 - an index is opened far more often

    with written_whole(place + ENDING) as draft:
        try:
            _fill(draft, tables, further)
        except sqlite3.Error as error:  # a full disk, most likely
            raise OSError(str(error)) from error
    seal = stamp_of(place + ENDING)
    if seal is None:
        raise FileNotFoundError(place + ENDING)
    write_catalog(place, catalog._replace(seal=seal, check=_check(place + ENDING, seal.size)))


def _fill(path: str, tables: Mapping[str, Table], further: Iterable[str]) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for setting in _WRITTEN_ONCE:
            connection.execute(f"PRAGMA {setting}")
        for name, table in tables.items():
            write_table(connection, name, table)
        for statement in further:
            connection.execute(statement)


def _connected(path: str) -> sqlite3.Connection:
    """Connect to an index that nobody writes to; nothing that it may hold is trusted to run."""
    from urllib.parse import quote  # noqa: PLC0415

    address = f"file:{quote(os.path.abspath(path))}?mode=ro&immutable=1"
    connection = sqlite3.connect(address, uri=True, isolation_level=None)
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA query_only = ON")
    return connection


def _sealed(path: str, catalog: Catalog) -> bool:
    """Say whether an index is private to the user, and as it was when its catalogue was written."""
    try:
        said = os.stat(path, follow_symlinks=False)
    except OSError:
        return False
    return private(said) and stamp_of(path) == catalog.seal and _check(path, said.st_size) == catalog.check


def _check(path: str, size: int) -> int | None:
    """Give the checksum of a small index; None of one that would take too long to read through."""
    if size > _SMALL:
        return None
    with open(path, "rb") as stream:
        return crc32(stream.read())


def _still_true(place: str, catalog: Catalog) -> Catalog | None:
    """Give the catalogue if its files are as they were, by their stamps or else their content; None if one is not."""
    now = time_ns()
    found = [unchanged(kept, catalog.read_at) for kept in catalog.files]
    if False in found or not still_match(catalog.sought):
        return None
    if None not in found:
        return catalog
    return _refreshed(place, catalog, now)


def _refreshed(place: str, catalog: Catalog, now: int) -> Catalog | None:
    """Compare the content of the files; where it is the same, note their new stamps for the next time."""
    stamps = [stamp_of(kept.path) for kept in catalog.files]  # before reading: what changes later is seen later
    if not all(map(same_content, catalog.files)):
        return None
    files = tuple(kept._replace(stamp=stamp) for kept, stamp in zip(catalog.files, stamps, strict=True) if stamp)
    fresh = catalog._replace(files=files, read_at=now)
    try:
        write_catalog(place, fresh)
    except OSError:
        return catalog  # it is true all the same
    return fresh

"""Open the index of data files where it is valid; write it where it is not."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from time import time_ns
from typing import TYPE_CHECKING
from zlib import crc32

from korea_cli.cache.catalog import ENDING as CATALOGUE
from korea_cli.cache.catalog import Catalog, is_private, read_catalog, write_catalog
from korea_cli.cache.place import is_trusted, make_private
from korea_cli.cache.stamp import globs_unchanged, paths_unchanged, same_content, stamp_of, unchanged
from korea_cli.store.database import connect, write_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from korea_cli.cache.place import IndexPlace
    from korea_cli.store.database import Connection, Table

ENDING = ".index"
APPLICATION = 0x4B524541  # what SQLite calls the id of an application: this program's
# What is written once, and thrown away if that fails, needs no journal.
WRITTEN_ONCE = ("journal_mode = OFF", "synchronous = OFF", "locking_mode = EXCLUSIVE", "cache_size = -65536")
_SMALL = 2 * 1024 * 1024  # bytes: an index up to this size is read through and compared with its checksum


def open_index(place: IndexPlace) -> tuple[Catalog, Connection] | None:
    """Open the index at a place; None when there is none, or not one for what is asked, or its files have changed."""
    catalog = read_catalog(place.stem)
    if catalog is None or catalog.key != place.key:
        return None
    connection = connect_index(place.stem, catalog)
    if connection is None:
        return None
    true = revalidate(catalog)
    if true is None:
        connection.close()
        return None
    if true is not catalog:
        with suppress(OSError):  # it is true all the same
            write_catalog(place.stem, true)
    return true, connection


def revalidate(catalog: Catalog) -> Catalog | None:
    """Give a catalogue if its files are as they were, by their stamps or else their content; None if one is not.

    Where it took their content, what is given has their new stamps.
    """
    now = time_ns()
    found = [unchanged(kept, catalog.read_at) for kept in catalog.files]
    if False in found or not (paths_unchanged(catalog.ways) and globs_unchanged(catalog.sought)):
        return None
    if None not in found:
        return catalog
    files = tuple(kept._replace(stamp=stamp_of(kept.path) or kept.stamp) for kept in catalog.files)
    if not all(map(same_content, files)):  # read last: what changes later is seen
        return None
    return catalog._replace(files=files, read_at=now)


def connect_index(stem: str, catalog: Catalog) -> Connection | None:
    """Connect to the index that a catalogue belongs to, which nobody writes to; None when it is not as it was written.

    Nothing that it may hold is trusted to run. Its stamp is compared when it is open and not yet read: what took its
    place since its catalogue was written is another file, with another stamp, and bears another mark.
    """
    path = stem + ENDING
    connection = None
    with suppress(OSError, sqlite3.Error):
        if not (is_trusted(os.path.dirname(path)) and _sound(path, catalog)):
            return None
        connection = connect(address(path))
        if stamp_of(path) == catalog.seal and _mark(connection) == catalog.mark:
            connection.execute("PRAGMA trusted_schema = OFF")
            return connection
    if connection:
        connection.close()
    return None


def discard_index(stem: str) -> None:
    """Let an index that turned out to be damaged be made anew the next time."""
    with suppress(OSError):
        os.unlink(stem + CATALOGUE)


def write_index(stem: str, catalog: Catalog, tables: Mapping[str, Table], further: Iterable[str]) -> Catalog:
    """Write an index and its catalogue, each whole or not at all; `further` is SQL that is run over the tables.

    Raises OSError when they cannot be written; an index without its own catalogue is never opened.
    """
    from korea_cli.base.atomic_io import flush_to_disk, replacing  # noqa: PLC0415 - rarely needed

    mark = int.from_bytes(os.urandom(4), "big") >> 1  # SQLite has 31 bits for it
    path = stem + ENDING
    folder, name = os.path.split(path)
    make_private(folder)
    with replacing(path, f"{name}.") as draft:
        try:
            _fill(draft, mark, tables, further)
        except sqlite3.Error as error:  # a full disk, most likely
            raise OSError(str(error)) from error
        if os.stat(draft).st_size > _SMALL:  # what nobody reads through later must be what was written now
            flush_to_disk(draft)
    sealed = catalog._replace(mark=mark, seal=stamp_of(path), check=_check(path, os.stat(path).st_size))
    write_catalog(stem, sealed)
    return sealed


def _fill(path: str, mark: int, tables: Mapping[str, Table], further: Iterable[str]) -> None:
    with closing(connect(path)) as connection:
        for setting in (*WRITTEN_ONCE, f"application_id = {APPLICATION}", f"user_version = {mark}"):
            connection.execute(f"PRAGMA {setting}")
        for name, table in tables.items():
            write_table(connection, name, table)
        for statement in further:
            connection.execute(statement)


def address(path: str) -> str:
    """Name a file as SQLite wants it where something is said beside it; urllib, which could, takes long to load."""
    root = "" if path.startswith("/") else "/"  # of a path that begins with a drive
    named = path.replace(os.sep, "/").replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    return f"file://{root}{named}?mode=ro&immutable=1"


def _mark(connection: Connection) -> int:
    (mark,) = connection.execute("PRAGMA user_version").fetchone()
    return int(mark)


def _sound(path: str, catalog: Catalog) -> bool:
    """Say whether an index is private to the user and, where it is small, what was written."""
    said = os.stat(path, follow_symlinks=False)
    return is_private(said) and _check(path, said.st_size) == catalog.check


def _check(path: str, size: int) -> int | None:
    """Give the checksum of a small index; None of one that would take too long to read through."""
    if size > _SMALL:
        return None
    with open(path, "rb") as stream:
        return crc32(stream.read())

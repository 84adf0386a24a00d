"""Open the index of data files if it is valid, and write it."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, contextmanager, suppress
from time import time_ns
from zlib import crc32

from korea_cli.base.hints import TYPE_CHECKING
from korea_cli.base.pending import is_pending
from korea_cli.cache.catalog import ENDING as CATALOGUE
from korea_cli.cache.catalog import Catalog, is_private, read_catalog, write_catalog
from korea_cli.cache.place import is_trusted, make_private
from korea_cli.cache.stamp import is_settled, match_glob, resolve_paths, same_content, stamp_of
from korea_cli.store.database import connect, write_table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from korea_cli.cache.place import IndexPlace
    from korea_cli.cache.stamp import Stamp
    from korea_cli.store.database import Connection, Table
    from korea_cli.store.engine import Read

ENDING = ".index"
APPLICATION = 0x4B524541  # SQLite's application id of an index
# A file that is written once, and thrown away if that fails, needs no journal.
WRITTEN_ONCE = ("journal_mode = OFF", "synchronous = OFF", "locking_mode = EXCLUSIVE", "cache_size = -65536")
_SMALL = 2 * 1024 * 1024  # bytes: an index up to this size is read through and compared with its checksum


def open_index(place: IndexPlace) -> tuple[Catalog, Connection] | None:
    """Open the index at a place; None if there is none, if it was made for something else, or if a file has changed."""
    catalog = read_catalog(place.stem)
    if catalog is None or catalog.key != place.key:
        return None
    connection = connect_index(place.stem, catalog)
    if connection is None:
        return None
    valid = revalidate(catalog)
    if valid is None:
        connection.close()
        return None
    if valid is not catalog:
        with suppress(OSError):  # the index can be used without the new stamps
            write_catalog(place.stem, valid)
    return valid, connection


def revalidate(catalog: Catalog) -> Catalog | None:
    """Return a catalogue if its files are unchanged, by their stamps or else by their content; None if one is not.

    If the content had to be compared, the catalogue that is returned has the new stamps.
    """
    now = time_ns()
    files = tuple(file._replace(stamp=stamp) for file in catalog.files if (stamp := stamp_of(file.path)))
    if len(files) < len(catalog.files) or not names_same_files(catalog):
        return None
    if files == catalog.files and all(is_settled(file.stamp, catalog.read_at) for file in files):
        return catalog
    if not all(map(same_content, files)):  # read after the stamp, so that a later change is noticed
        return None
    return catalog._replace(files=files, read_at=now)


def names_same_files(catalog: Catalog) -> bool:
    """Return whether the paths and patterns of a catalogue lead to the same files as before, none half written."""
    if resolve_paths(catalog.paths) != catalog.paths:
        return False  # two links to one file are read once: only their targets tell when they part
    if is_pending(catalog.paths.values()):
        return False
    return all(match_glob(each.folder, each.pattern) == each for each in catalog.globs)


def connect_index(stem: str, catalog: Catalog) -> Connection | None:
    """Connect to the index of a catalogue, read-only; None if the index is not the one that was written.

    SQL in it is not trusted to run. Its stamp and mark are compared once it is open: a file that has replaced it since
    has another stamp and mark.
    """
    path = stem + ENDING
    connection = None
    with suppress(OSError, sqlite3.Error):
        if not is_sound(path, catalog.check):
            return None
        connection = connect(address(path))
        if stamp_of(path) == catalog.seal and connection.execute("PRAGMA user_version").fetchone() == (catalog.mark,):
            connection.execute("PRAGMA trusted_schema = OFF")
            return connection
    if connection:
        connection.close()
    return None


def attach_part(connection: Connection, path: str, mark: int, seal: Stamp) -> bool:
    """Attach another file of an index to it, read-only; False if that is not the one that has a mark and a stamp."""
    name = f"part_{mark}"
    with suppress(sqlite3.Error):
        connection.execute(f"ATTACH ? AS {name}", (address(path),))
        with suppress(sqlite3.Error):
            if stamp_of(path) == seal and connection.execute(f"PRAGMA {name}.user_version").fetchone() == (mark,):
                return True
        connection.execute(f"DETACH {name}")
    return False


def discard_index(stem: str) -> None:
    """Remove the catalogue of a damaged index, so that the index is made again the next time."""
    with suppress(OSError):
        os.unlink(stem + CATALOGUE)


def write_index(stem: str, catalog: Catalog, tables: Mapping[str, Table], statements: Iterable[str]) -> Catalog:
    """Write an index and its catalogue, each whole or not at all; run SQL statements over the tables.

    Raises OSError when they cannot be written; an index without its own catalogue is never opened.
    """
    mark, seal, check = write_database(stem + ENDING, tables, statements)
    sealed = catalog._replace(mark=mark, seal=seal, check=check)
    write_catalog(stem, sealed)
    return sealed


def write_database(
    path: str, tables: Mapping[str, Table], statements: Iterable[str] = (), read: Read | None = None
) -> tuple[int, Stamp | None, int | None]:
    """Write tables, whole or not at all; return the mark, the stamp and the checksum of the file.

    read: reads other tables that these are made of; by default, those that are written first. Raises OSError.
    """
    with _written(path) as (draft, mark):
        _fill(draft, mark, tables, statements, read)
    return mark, stamp_of(path), _checksum(path, os.stat(path).st_size)


def rewrite_database(
    path: str, mark: int | None, change: Callable[[Connection], None]
) -> tuple[int, Stamp | None, int | None]:
    """Change the tables of a file that has a mark, whole or not at all; return what `write_database` does.

    Raises OSError, also if another file has taken its place.
    """
    from shutil import copyfile  # noqa: PLC0415 - rarely needed

    with _written(path) as (draft, new):
        copyfile(path, draft)
        with closing(_connect_to_write(draft)) as connection:
            if connection.execute("PRAGMA user_version").fetchone() != (mark,):
                raise OSError
            connection.execute("BEGIN")
            change(connection)
            connection.execute("COMMIT")
            connection.execute(f"PRAGMA user_version = {new}")
    return new, stamp_of(path), _checksum(path, os.stat(path).st_size)


@contextmanager
def _written(path: str) -> Iterator[tuple[str, int]]:
    """Yield a file to fill, which takes a place when it is whole, and the mark that it is to have; raises OSError."""
    from korea_cli.base.atomic_io import flush_to_disk, replacing  # noqa: PLC0415 - rarely needed

    mark = int.from_bytes(os.urandom(4), "big") >> 1  # SQLite has 31 bits for it
    folder, name = os.path.split(path)
    make_private(folder)
    with replacing(path, f"{name}.") as draft:
        try:
            yield draft, mark
        except sqlite3.Error as error:  # a full disk, most likely
            raise OSError(str(error)) from error
        if os.stat(draft).st_size > _SMALL:  # a large index is not compared with a checksum later
            flush_to_disk(draft)


def _connect_to_write(path: str) -> Connection:
    connection = connect(path)
    for setting in WRITTEN_ONCE:
        connection.execute(f"PRAGMA {setting}")
    return connection


def _fill(
    path: str, mark: int, tables: Mapping[str, Table], statements: Iterable[str], read: Read | None
) -> None:  # fmt: skip
    with closing(_connect_to_write(path)) as connection:
        for setting in (f"application_id = {APPLICATION}", f"user_version = {mark}"):
            connection.execute(f"PRAGMA {setting}")
        for name, table in tables.items():
            write_table(connection, name, table, read or connection.execute)
        for statement in statements:
            connection.execute(statement)


def address(path: str) -> str:
    """Return the URI by which SQLite opens a file read-only; urllib, which could write it, is slow to load."""
    root = "" if path.startswith("/") else "/"  # of a path that begins with a drive
    quoted = path.replace(os.sep, "/").replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    return f"file://{root}{quoted}?mode=ro&immutable=1"


def is_sound(path: str, check: int | None) -> bool:
    """Return whether a file in the folder of indexes is private to the user and, if it is small, has its checksum."""
    status = os.stat(path, follow_symlinks=False)
    return is_trusted(os.path.dirname(path)) and is_private(status) and _checksum(path, status.st_size) == check


def _checksum(path: str, size: int) -> int | None:
    """Return the checksum of a small index; None for one that takes too long to read through."""
    if size > _SMALL:
        return None
    with open(path, "rb") as stream:
        return crc32(stream.read())

"""A chronology as a folder of Parquet files: what its manifest states, and whether the files are those it lists."""

from __future__ import annotations

import os
from functools import cache
from hashlib import sha256
from json import dumps, loads
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from zlib import crc32

from korea_cli import __version__
from korea_cli.base.errors import DataError, system_reason
from korea_cli.base.problems import Problem
from korea_cli.reading.locate import ADDRESSES, PARQUET, READABLE
from korea_cli.store.header import StoredHeader

if TYPE_CHECKING:
    from collections.abc import Mapping

    Stamp = tuple[int, int, int] | None

    from korea_cli.store.database import Table

MANIFEST = "manifest.json"
HEADER = "header"  # a table of one row: what the manifest states, for engines that have only tables
_HEADER_COLUMNS = "json TEXT"
_FORMAT, _VERSION = "korea parquet", 1
_SMALL = 16 * 1024 * 1024  # bytes: an export up to this size is read through, and compared with its checksums
_WRITTEN = "'korea export -f parquet'"
NO_MANIFEST = f"{_WRITTEN} did not write this folder: it has no {MANIFEST}"


class ParquetFile(NamedTuple):
    """A file of a table: its path below the folder, its size in bytes and their checksum, how many rows it has."""

    path: str
    size: int
    check: int
    rows: int

    @classmethod
    def of(cls, folder: Path, path: str, rows: int) -> ParquetFile:
        """Return a file as it is."""
        content = (folder / path).read_bytes()
        return cls(path, len(content), crc32(content), rows)


class ParquetTable(NamedTuple):
    """A table in files, in the order of their rows."""

    files: tuple[ParquetFile, ...]

    def ready(self) -> bool:
        """Return True: its files have all rows."""
        return True


class Manifest(NamedTuple):
    """What an export states about itself.

    tables: the files of each table, in the order of their rows. sha256: the digest of the manifest. stamp: what tells
    its file from any that takes its place.
    """

    header: StoredHeader
    tables: dict[str, tuple[ParquetFile, ...]]
    sha256: str = ""
    stamp: Stamp = None


class ParquetFolder(NamedTuple):
    """An export, in the place of a data file: its name as typed, its path, its digest.

    mapped: whether it is a table of somebody else.
    """

    name: str
    path: str
    sha256: str
    shown: bool = True
    mapped: bool = False


def manifest_text(manifest: Manifest, tables: Mapping[str, Table]) -> str:
    """Return the content of the file of a manifest."""
    content = {**_stated(manifest.header, tables), "tables": manifest.tables}
    return dumps(content, ensure_ascii=False, indent=1) + "\n"


def header_text(manifest: Manifest, tables: Mapping[str, Table]) -> str:
    """Return the value of the header: what the manifest states, names and a digest of the files, and their rows."""
    files = [Path(part.path).name for parts in manifest.tables.values() for part in parts]
    rows = {table: sum(part.rows for part in parts) for table, parts in manifest.tables.items()}
    digest = sha256(dumps(manifest.tables).encode()).hexdigest()
    content = {**_stated(manifest.header, tables), "files": files, "rows": rows, "digest": digest}
    return dumps(content, ensure_ascii=False)


def _stated(header: StoredHeader, tables: Mapping[str, Table]) -> dict[str, Any]:
    return {
        "format": _FORMAT, "version": _VERSION, "program": __version__, "shape": shape_of(tables),
        "header": header._asdict(),
    }  # fmt: skip


def shape_of(tables: Mapping[str, Table]) -> str:
    """Return the digest of the names and columns of tables, and of that of the header."""
    columns = {HEADER: _HEADER_COLUMNS} | {name: table.columns for name, table in tables.items()}
    return sha256(dumps(columns, sort_keys=True).encode()).hexdigest()


@cache
def _own_tables() -> Mapping[str, Table]:
    """Return the tables that this program writes and reads."""
    from korea_cli.model.header import Header  # noqa: PLC0415 - only for Parquet
    from korea_cli.reading.draft import Draft  # noqa: PLC0415 - as above
    from korea_cli.store.encode_rows import tables_of  # noqa: PLC0415 - as above
    from korea_cli.store.plain import PLAIN  # noqa: PLC0415 - as above

    return tables_of(Draft(header=Header())) | PLAIN


def is_export(folder: str) -> bool:
    """Return whether a folder is an export, of whatever version."""
    try:
        return bool(_content_of((Path(folder) / MANIFEST).read_bytes()).get("format") == _FORMAT)
    except (OSError, ValueError, RecursionError):
        return False


def read_manifest(name: str) -> Manifest:
    """Read the manifest of an export by its name as typed, and compare the sizes of its files.

    Raises DataError when it is not an export, is of another version, or is not complete.
    """
    if name == PARQUET:
        raise unreadable(name, f"name a folder after '{PARQUET}'")
    folder = Path(name.removeprefix(PARQUET))
    try:
        with (folder / MANIFEST).open("rb") as stream:
            raw, stamp = stream.read(), _stamp(os.fstat(stream.fileno()))
    except NotADirectoryError:
        raise unreadable(name, f"this is not a folder that {_WRITTEN} wrote") from None
    except FileNotFoundError:
        raise (unreadable(name, NO_MANIFEST) if folder.is_dir() else not_there(name, "folder")) from None
    except OSError as error:
        raise unreadable(name, system_reason(error)) from error
    except ValueError:  # no path
        raw, stamp = b"", None
    manifest = manifest_of(name, raw)._replace(stamp=stamp)
    _require_whole(name, folder, manifest)
    return manifest


def manifest_of(name: str, raw: bytes) -> Manifest:
    """Return what the file of a manifest states; raises DataError when it is of no export, or of another version."""
    try:
        content = _content_of(raw)
    except (ValueError, RecursionError):  # no JSON
        content = {}
    _require_own(name, content, MANIFEST)
    try:
        tables = {table: tuple(ParquetFile(*part) for part in parts) for table, parts in content["tables"].items()}
        manifest = Manifest(StoredHeader.of_json(content["header"]), tables, sha256(raw).hexdigest())
        folders = {table: {Path(part.path).parts[:-1] for part in parts} for table, parts in tables.items()}
    except (AttributeError, KeyError, TypeError, ValueError):
        folders = {}
    if folders != {table: {(table,)} for table in names_of_tables()}:
        raise unreadable(name, f"its {MANIFEST} is damaged; export it again")
    return manifest


def read_header(name: str, text: str) -> tuple[StoredHeader, list[str], dict[str, int]]:
    """Read the value of the header of tables: a header, the names of the other files, and the rows of each table.

    Raises DataError when they are not of an export, or of another version.
    """
    try:
        content = loads(text)
    except (ValueError, RecursionError):
        content = None
    content = content if isinstance(content, dict) else {}
    _require_own(name, content, f"table '{HEADER}'")
    try:
        return StoredHeader.of_json(content["header"]), [*map(str, content["files"])], {**content["rows"]}
    except (KeyError, TypeError):
        raise unreadable(name, f"its table '{HEADER}' is damaged; export it again") from None


def names_of_tables() -> frozenset[str]:
    """Return the names of all tables of an export."""
    return frozenset({HEADER, *_own_tables()})


def _require_own(name: str, content: Mapping[str, Any], where: str) -> None:
    """Raise DataError unless an export states that it is one, and that its tables are those that are read here."""
    if content.get("format") != _FORMAT:
        raise unreadable(name, f"{_WRITTEN} did not write its {where}")
    if (content.get("version"), content.get("shape")) != (_VERSION, shape_of(_own_tables())):
        reason = f"korea {content.get('program')} wrote it, with other tables than korea {__version__} reads"
        raise unreadable(name, f"{reason}; export it again")


def _content_of(raw: bytes) -> dict[str, Any]:
    content = loads(raw)
    return content if isinstance(content, dict) else {}


def stamp_of(folder: Path) -> Stamp:
    """Return what tells the manifest of an export from any that takes its place; None where there is none."""
    try:
        return _stamp((folder / MANIFEST).stat())
    except OSError:
        return None


def _stamp(status: os.stat_result) -> Stamp:
    return status.st_ino, status.st_size, status.st_mtime_ns


def _require_whole(name: str, folder: Path, manifest: Manifest) -> None:
    """Raise DataError unless all files have the size that a manifest states, and small ones their checksum."""
    parts = [part for parts in manifest.tables.values() for part in parts]
    is_small = sum(part.size for part in parts) <= _SMALL
    for part in parts:
        try:
            same = (folder / part.path).stat().st_size == part.size
            same = same and (not is_small or ParquetFile.of(folder, part.path, part.rows) == part)
        except OSError as error:
            raise unreadable(name, f"{part.path}: {system_reason(error)}; export it again") from error
        if not same:
            raise damaged(name, part)


def not_there(name: str, what: str) -> DataError:
    """Return the error for a path at which there is nothing, which may be an address of an unknown kind."""
    known = f"addresses begin with {', '.join(ADDRESSES[:-1])} or {ADDRESSES[-1]}"
    return unreadable(name, known if "://" in name else f"there is no such {what}")


def damaged(name: str, part: ParquetFile) -> DataError:
    """Return the error for a file of an export that is not what its manifest states."""
    return unreadable(name, f"{part.path} is damaged; export it again")


def unreadable(name: str, reason: str) -> DataError:
    """Return the error for an export that cannot be read."""
    return DataError((Problem(file=name, message=f"cannot read it: {reason}", check=READABLE),))

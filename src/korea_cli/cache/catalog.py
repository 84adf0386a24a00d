"""The catalogue of an index: whose it is, of which files as they were when, and what seals it against change."""

from __future__ import annotations

import os
import stat
from json import dumps, loads
from typing import TYPE_CHECKING, Any, NamedTuple
from zlib import crc32

from korea_cli.cache.place import IndexKey, is_owned, make_private
from korea_cli.cache.stamp import GlobMatch, IndexedFile, ResolvedPath, Stamp
from korea_cli.cache.version import program
from korea_cli.store.database import StoredHeader

if TYPE_CHECKING:
    from typing import BinaryIO

ENDING = ".catalogue"
SIGN = b"korea "  # what every catalogue begins with, of whatever version
_AS_IT_IS = ("O_RDONLY", "O_BINARY", "O_NOFOLLOW", "O_NONBLOCK")  # those of them that the system has


class Catalog(NamedTuple):
    """What is known of an index without opening it.

    asked: what it was made for. read_at: when the files were read, nanoseconds since 1970. ways: all
    paths that led to the files. mark: a number that the index bears too. seal: the stamp of the index. check: the
    checksum of its bytes, where it is small enough to be read through at every start. The last three are None until the
    index is written.
    """

    key: IndexKey
    read_at: int
    files: tuple[IndexedFile, ...]
    ways: tuple[ResolvedPath, ...]
    sought: tuple[GlobMatch, ...]
    heading: StoredHeader
    mark: int | None = None
    seal: Stamp | None = None
    check: int | None = None


def open_regular(path: str) -> BinaryIO:
    """Open a file for reading; a link is not followed, and what only waits for somebody to write is not waited for."""
    flags = sum(getattr(os, name, 0) for name in _AS_IT_IS)
    return open(path, "rb", opener=lambda path, _: os.open(path, flags))


def read_catalog(stem: str) -> Catalog | None:
    """Read the catalogue at a place; None when there is none of this program's, whole and private to the user."""
    try:
        with open_regular(stem + ENDING) as stream:
            if not is_private(os.fstat(stream.fileno())):
                return None
            first, _, said = stream.read().partition(b"\n")
        if first != _first_line(said):
            return None
        return _catalog(loads(said))
    except (OSError, ValueError, TypeError):
        return None


def write_catalog(stem: str, catalog: Catalog) -> None:
    """Write a catalogue: a line with the program and a checksum, then JSON. Raises OSError when it cannot be."""
    from korea_cli.base.atomic_io import replacing  # noqa: PLC0415 - a catalogue is read far more often

    folder, name = os.path.split(stem + ENDING)
    make_private(folder)
    said = dumps(catalog).encode()
    with replacing(stem + ENDING, f"{name}.") as draft, open(draft, "wb") as stream:
        stream.write(_first_line(said) + b"\n" + said)


def is_private(said: os.stat_result) -> bool:
    """Return whether a file is an ordinary one of this user's that nobody else may read, write or run."""
    return stat.S_ISREG(said.st_mode) and is_owned(said, stat.S_IRWXG | stat.S_IRWXO)


def _first_line(said: bytes) -> bytes:
    return SIGN + f"{program()} {crc32(said):08x}".encode()


def _catalog(said: Any) -> Catalog:  # noqa: ANN401 - as JSON has it
    asked, read_at, files, ways, sought, heading, mark, seal, check = said
    return Catalog(
        IndexKey(*map(tuple, asked)),
        read_at,
        tuple(IndexedFile(name, path, Stamp(*stamp), sha256) for name, path, stamp, sha256 in files),
        tuple(ResolvedPath(path, real) for path, real in ways),
        tuple(GlobMatch(folder, pattern, tuple(matched)) for folder, pattern, matched in sought),
        StoredHeader(*heading)._replace(kinds=tuple(heading[StoredHeader._fields.index("kinds")])),
        mark,
        Stamp(*seal),
        check,
    )

"""The catalogue of an index: which data files it was made from, by which program, and what seals it against change."""

from __future__ import annotations

import os
import stat
import sys
from functools import cache
from json import dumps, loads
from zlib import crc32

from korea_cli import __version__
from korea_cli.base.hints import TYPE_CHECKING
from korea_cli.base.named_tuple import NamedTuple
from korea_cli.cache.place import IndexKey, is_owned, make_private
from korea_cli.cache.stamp import GlobMatch, IndexedFile, Stamp
from korea_cli.model.view import View
from korea_cli.store.header import StoredHeader

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any, BinaryIO

ENDING = ".catalogue"
SIGN = b"korea "  # every catalogue begins with it, whatever version wrote it
_FLAGS = ("O_RDONLY", "O_BINARY", "O_NOFOLLOW", "O_NONBLOCK")  # those of them that the system has
_PACKAGE = os.path.dirname(os.path.dirname(__file__))
# What an index contains depends on these parts of the program, which use no others.
ROOMS = ("base", "dates", "model", "rows", "reading", "checks", "store", "query", "cache", "chronology")


class Catalog(NamedTuple):
    """What is known of an index without opening it.

    key: what the index was made for. read_at: when the files were read, nanoseconds since 1970. paths: all paths that
    led to the files, with their targets. hides: whether anything in them is private, or is or was under embargo. view:
    what others may see, and when; None where all is in the index. apart: the tables that are in files of their own,
    made when they are first needed. mark: a number that is in the index too. seal: the stamp of the index. check: the
    checksum of its bytes, if it is small enough to be read through at every start. The last three are None until the
    index is written.
    """

    key: IndexKey
    read_at: int
    files: tuple[IndexedFile, ...]
    paths: dict[str, str]
    globs: tuple[GlobMatch, ...]
    header: StoredHeader
    hides: bool = False
    view: View | None = None
    apart: tuple[str, ...] = ()
    mark: int | None = None
    seal: Stamp | None = None
    check: int | None = None


def open_regular(path: str) -> BinaryIO:
    """Open a file for reading; do not follow a link, and do not wait for anybody to write to a pipe."""
    flags = sum(getattr(os, name, 0) for name in _FLAGS)
    return open(path, "rb", opener=lambda path, _: os.open(path, flags))


def read_catalog(stem: str) -> Catalog | None:
    """Read the catalogue of an index; None unless this program wrote it and it is whole and private to the user."""
    try:
        key, read_at, files, paths, globs, header, hides, view, apart, mark, seal, check = read_sealed(stem + ENDING)
        return Catalog(
            IndexKey(*map(tuple, key)), read_at,
            tuple(IndexedFile(name, path, Stamp(*stamp), *others) for name, path, stamp, *others in files),
            paths,
            tuple(GlobMatch(folder, pattern, tuple(matches)) for folder, pattern, matches in globs),
            StoredHeader.of_json(dict(zip(StoredHeader._fields, header, strict=True))),
            hides, View(*view) if view else None,
            tuple(apart), mark, Stamp(*seal), check,
        )  # fmt: skip
    except (OSError, ValueError, TypeError):
        return None


def read_sealed(path: str) -> Any:  # noqa: ANN401 - whatever was written
    """Read what this program wrote; raises OSError or ValueError unless it is whole and private to the user."""
    with open_regular(path) as stream:
        if not is_private(os.fstat(stream.fileno())):
            raise PermissionError
        first, _, text = stream.read().partition(b"\n")
    if first != _first_line(text):
        raise ValueError
    return loads(text)


def write_catalog(stem: str, catalog: Catalog) -> None:
    """Write a catalogue. Raises OSError when that fails."""
    write_sealed(stem + ENDING, catalog)


def write_sealed(path: str, value: object) -> None:
    """Write a value: a line with the program and a checksum, then JSON. Raises OSError when that fails."""
    from korea_cli.base.atomic_io import replacing  # noqa: PLC0415 - a catalogue is read far more often

    text = dumps(value).encode()
    folder, name = os.path.split(path)
    make_private(folder)
    with replacing(path, f"{name}.") as draft, open(draft, "wb") as stream:
        stream.write(_first_line(text) + b"\n" + text)


def is_private(status: os.stat_result) -> bool:
    """Return whether a file is a regular one of this user's that nobody else may read, write or run."""
    return stat.S_ISREG(status.st_mode) and is_owned(status, stat.S_IRWXG | stat.S_IRWXO)


def _first_line(text: bytes) -> bytes:
    return SIGN + f"{program()} {crc32(text):08x}".encode()


@cache
def program(*more: str) -> str:
    """Return which program this is: its version, its Python (each has its own Unicode tables), the state of `ROOMS`.

    more: further parts of the program on whose state something depends.

    What another program wrote may have another form, or another meaning.
    """
    sources = sorted(each for room in (*ROOMS, *more) for each in _sources(os.path.join(_PACKAGE, room)))
    return f"{__version__}/{sys.implementation.cache_tag}/{crc32(repr(sources).encode()):08x}"


def _sources(folder: str) -> Iterator[tuple[str, int, int]]:
    """Yield path, size and time of each source file; none where the program is no folder."""
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        if entry.name.endswith(".py"):
            status = entry.stat()
            yield entry.path, status.st_size, status.st_mtime_ns
        elif "." not in entry.name and entry.name != "__pycache__":
            yield from _sources(entry.path)

"""The catalogue of an index: whose it is, of which files as they were when, and what seals it against change."""

from __future__ import annotations

import os
import stat
from json import dumps, loads
from typing import Any, NamedTuple
from zlib import crc32

from korea_cli import __version__
from korea_cli.cache.stamp import Kept, Sought, Stamp
from korea_cli.store import Heading

ENDING = ".catalogue"
FORMAT = f"{__version__}/1"  # the program's version, and a number to raise when the index changes its form


class Catalog(NamedTuple):
    """What is known of an index without opening it.

    asked: the names and settings it was made for. read_at: when the files were read, nanoseconds since 1970. seal: the
    stamp of the index. check: the checksum of its bytes, where it is small enough to be read through at every start.
    """

    asked: tuple[str, ...]
    read_at: int
    files: tuple[Kept, ...]
    sought: tuple[Sought, ...]
    heading: Heading
    seal: Stamp
    check: int | None


def read_catalog(place: str) -> Catalog | None:
    """Read the catalogue at a place; None when there is none of this program's, whole and private to the user."""
    try:
        with open(place + ENDING, "rb") as stream:
            if not private(os.fstat(stream.fileno())):
                return None
            first, _, said = stream.read().partition(b"\n")
        if first != _first_line(said):
            return None
        return _catalog(loads(said))
    except (OSError, ValueError, TypeError, KeyError):
        return None


def write_catalog(place: str, catalog: Catalog) -> None:
    """Write a catalogue: a line with the format and a checksum, then JSON. Raises OSError when it cannot be."""
    from korea_cli.cache.whole import written_whole  # noqa: PLC0415 - a catalogue is read far more often

    said = dumps(catalog).encode()
    with written_whole(place + ENDING) as draft, open(draft, "wb") as stream:
        stream.write(_first_line(said) + b"\n" + said)


def private(said: os.stat_result) -> bool:
    """Say whether a file is an ordinary one of this user's that nobody else may read or write."""
    return stat.S_ISREG(said.st_mode) and (
        os.name == "nt" or (said.st_uid == os.geteuid() and not stat.S_IMODE(said.st_mode) & 0o077)
    )


def _first_line(said: bytes) -> bytes:
    return f"korea {FORMAT} {crc32(said):08x}".encode()


def _catalog(said: Any) -> Catalog:  # noqa: ANN401 - as JSON has it
    asked, read_at, files, sought, heading, seal, check = said
    return Catalog(
        tuple(asked),
        read_at,
        tuple(Kept(name, path, Stamp(*stamp), sha256) for name, path, stamp, sha256 in files),
        tuple(Sought(folder, pattern, tuple(matched)) for folder, pattern, matched in sought),
        Heading(*heading)._replace(kinds=tuple(heading[Heading._fields.index("kinds")])),
        Stamp(*seal),
        check,
    )

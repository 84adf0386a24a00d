"""Look through a folder of indexes: what there is and of which files, and clear it of what this program made."""

from __future__ import annotations

import os
import re
import stat
from contextlib import suppress
from time import time
from typing import TYPE_CHECKING, NamedTuple

from korea_cli.base.atomic_io import DRAFT
from korea_cli.cache.catalog import ENDING as CATALOGUE
from korea_cli.cache.catalog import SIGN, open_regular, read_catalog
from korea_cli.cache.index import APPLICATION, connect_index, revalidate
from korea_cli.cache.index import ENDING as INDEX
from korea_cli.cache.stamp import IndexedFile, size_of

if TYPE_CHECKING:
    from collections.abc import Iterable

_NAME = rf"([0-9a-f]{{16}})({re.escape(INDEX)}|{re.escape(CATALOGUE)})(\.\w+{re.escape(DRAFT)})?"
_SQLITE, _WHOSE = b"SQLite format 3\0", slice(68, 72)  # how a database begins, and where it says whose it is
_AT_WORK = 3600  # seconds after which nobody is writing an index any more


class CachedIndex(NamedTuple):
    """What is kept at one place.

    place: its name, to which endings are put. files: those that were read; none where that is not known, as when it
    is unfinished. size: bytes, all its parts together. read: when the files were read, nanoseconds since 1970.
    current: whether it would be opened now. parts: its files.
    """

    place: str
    files: tuple[IndexedFile, ...]
    size: int
    read: int | None
    current: bool
    parts: tuple[str, ...]

    @property
    def type(self) -> str:
        """Say what sort of row this is."""
        return "index"


def list_indexes(folder: str) -> tuple[CachedIndex, ...]:
    """Give everything that this program keeps in a folder, by name; raises OSError when that cannot be looked into."""
    return tuple(_kept(os.path.join(folder, place), parts) for place, parts in _places(folder).items())


def remove_stale(folder: str) -> None:
    """Remove what will not be opened any more: of files that are gone, of another program, of those killed at work.

    What was written within the hour is left: somebody may be about to finish it.
    """
    with suppress(OSError):
        for place, parts in _places(folder).items():
            if time() - max(os.lstat(part).st_mtime for part in parts) > _AT_WORK and _lost(
                os.path.join(folder, place)
            ):
                _remove(parts)


def remove_indexes(kept: Iterable[CachedIndex]) -> None:
    """Remove what is kept, the catalogues first: what has none is not opened. Raises OSError when that is refused."""
    for each in kept:
        _remove(each.parts)


def _remove(parts: Iterable[str]) -> None:
    for part in parts:
        with suppress(FileNotFoundError):
            os.unlink(part)


def _lost(stem: str) -> bool:
    catalog = read_catalog(stem)
    return catalog is None or not all(os.path.exists(kept.path) for kept in catalog.files)


def _places(folder: str) -> dict[str, tuple[str, ...]]:
    """Give the files in a folder that this program made, by place."""
    parts: dict[str, list[str]] = {}
    with suppress(FileNotFoundError):
        for name in sorted(os.listdir(folder)):
            if found := re.fullmatch(_NAME, name):
                parts.setdefault(found[1], []).append(os.path.join(folder, name))
    ours = {place: tuple(path for path in paths if _ours(path, paths)) for place, paths in parts.items()}
    return {place: paths for place, paths in ours.items() if paths}


def _kept(stem: str, parts: tuple[str, ...]) -> CachedIndex:
    catalog = read_catalog(stem)
    files, read = (catalog.files, catalog.read_at) if catalog else ((), None)
    connection = connect_index(stem, catalog) if catalog else None
    current = bool(catalog and connection and revalidate(catalog))
    if connection:
        connection.close()
    return CachedIndex(os.path.basename(stem), files, sum(map(size_of, parts)), read, current, parts)


def _ours(path: str, beside: Iterable[str]) -> bool:
    """Say whether a file of the right name is this program's: by what it begins with, or by the catalogue beside it."""
    begins = _beginning(path)
    if begins is None:
        return False
    if begins.startswith(SIGN) or (begins.startswith(_SQLITE) and begins[_WHOSE] == APPLICATION.to_bytes(4, "big")):
        return True
    if path.endswith(DRAFT):
        return not begins
    return any((_beginning(each) or b"").startswith(SIGN) for each in beside if each.endswith(CATALOGUE))


def _beginning(path: str) -> bytes | None:
    """Read the first bytes of an ordinary file; None when it is none."""
    try:
        if not stat.S_ISREG(os.lstat(path).st_mode):
            return None
        with open_regular(path) as stream:
            return stream.read(_WHOSE.stop)
    except OSError:
        return None

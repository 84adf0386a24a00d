"""List the indexes in a folder, and remove them."""

from __future__ import annotations

import os
import re
import stat
from contextlib import suppress
from time import time
from typing import TYPE_CHECKING

from korea_cli.base.atomic_io import DRAFT
from korea_cli.base.named_tuple import NamedTuple
from korea_cli.cache.catalog import ENDING as CATALOGUE
from korea_cli.cache.catalog import SIGN, open_regular, read_catalog
from korea_cli.cache.index import APPLICATION, connect_index, revalidate
from korea_cli.cache.index import ENDING as INDEX
from korea_cli.cache.parts import ENDINGS as PARTS
from korea_cli.cache.parts import SEAL
from korea_cli.cache.stamp import IndexedFile, size_of

if TYPE_CHECKING:
    from collections.abc import Iterable

_ENDINGS = (INDEX, CATALOGUE, *(ending + more for ending in PARTS.values() for more in ("", SEAL)))
_NAME = rf"([0-9a-f]{{16}})({'|'.join(map(re.escape, _ENDINGS))})(\.\w+{re.escape(DRAFT)})?"
_SQLITE, _APPLICATION = b"SQLite format 3\0", slice(68, 72)  # how a database begins, and where its application id is
_AT_WORK = 3600  # seconds after which no program is writing an index any more


class CachedIndex(NamedTuple):
    """One index.

    place: its name, without an ending. files: the data files it was made from; none if that is not known, as when it is
    unfinished. size: bytes of all its parts. read: when the files were read, nanoseconds since 1970. current: whether
    it would be opened now. parts: its own files.
    """

    place: str
    files: tuple[IndexedFile, ...]
    size: int
    read: int | None
    current: bool
    parts: tuple[str, ...]

    @property
    def type(self) -> str:
        """The type of the row in a report."""
        return "index"


def list_indexes(folder: str) -> tuple[CachedIndex, ...]:
    """Return the indexes in a folder, by name; raises OSError when it cannot be read."""
    return tuple(_cached(os.path.join(folder, place), parts) for place, parts in _places(folder).items())


def remove_stale(folder: str) -> None:
    """Remove indexes that will not be opened again: of missing files, of another program, or unfinished.

    A draft beside an index in use goes alone: what wrote it was killed. What was written within the last hour stays: a
    program may be about to finish it.
    """
    with suppress(OSError):
        for place, parts in _places(folder).items():
            left = [part for part in parts if part.endswith(DRAFT) and time() - os.lstat(part).st_mtime > _AT_WORK]
            if time() - max(os.lstat(part).st_mtime for part in parts) > _AT_WORK:
                catalog = read_catalog(os.path.join(folder, place))
                if catalog is None or not all(os.path.exists(file.path) for file in catalog.files):
                    left = [*parts]
            _remove(left)


def remove_indexes(indexes: Iterable[CachedIndex]) -> None:
    """Remove indexes, the catalogue of each first: without one it is not opened. Raises OSError when that fails."""
    for each in indexes:
        _remove(each.parts)


def _remove(parts: Iterable[str]) -> None:
    for part in parts:
        with suppress(FileNotFoundError):
            os.unlink(part)


def _places(folder: str) -> dict[str, tuple[str, ...]]:
    """Return the files in a folder that this program wrote, by place."""
    parts: dict[str, list[str]] = {}
    with suppress(FileNotFoundError):
        for name in sorted(os.listdir(folder)):
            if found := re.fullmatch(_NAME, name):
                parts.setdefault(found[1], []).append(os.path.join(folder, name))
    own = {place: tuple(path for path in paths if _is_own(path, paths)) for place, paths in parts.items()}
    return {place: paths for place, paths in own.items() if paths}


def _cached(stem: str, parts: tuple[str, ...]) -> CachedIndex:
    catalog = read_catalog(stem)
    files, read = (catalog.files, catalog.read_at) if catalog else ((), None)
    connection = connect_index(stem, catalog) if catalog else None
    current = bool(catalog and connection and revalidate(catalog))
    if connection:
        connection.close()
    return CachedIndex(os.path.basename(stem), files, sum(map(size_of, parts)), read, current, parts)


def _is_own(path: str, siblings: Iterable[str]) -> bool:
    """Return whether this program wrote a file with such a name: by its first bytes, or by the catalogue next to it."""
    head = _head(path)
    if head is None:
        return False
    if head.startswith(SIGN) or (head.startswith(_SQLITE) and head[_APPLICATION] == APPLICATION.to_bytes(4, "big")):
        return True
    if path.endswith(DRAFT):
        return not head
    return any((_head(each) or b"").startswith(SIGN) for each in siblings if each.endswith(CATALOGUE))


def _head(path: str) -> bytes | None:
    """Read the first bytes of a regular file; None for anything else."""
    try:
        if not stat.S_ISREG(os.lstat(path).st_mode):
            return None
        with open_regular(path) as stream:
            return stream.read(_APPLICATION.stop)
    except OSError:
        return None

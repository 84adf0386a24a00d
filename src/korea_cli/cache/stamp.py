"""Whether data files have changed since they were read: by their stamps, or by their content."""

from __future__ import annotations

import os
import stat

from korea_cli.base.hints import TYPE_CHECKING
from korea_cli.base.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

_GRAIN = 2_000_000_000  # nanoseconds: a file changed so shortly before it was read may change again unseen


class Stamp(NamedTuple):
    """What the file system knows of a file; times in nanoseconds."""

    size: int
    modified: int
    changed: int
    inode: int
    device: int


class IndexedFile(NamedTuple):
    """A data file as it was read: its name as typed, its path, its stamp, and the digest of its bytes.

    shown: whether others may see that it is read.
    """

    name: str
    path: str
    stamp: Stamp
    sha256: str
    shown: bool = True


class GlobMatch(NamedTuple):
    """A pattern that a file includes, the folder it is relative to, and what it matched."""

    folder: str
    pattern: str
    matches: tuple[str, ...]


def stamp_of(path: str) -> Stamp | None:
    """Return the stamp of a regular file; None for anything else."""
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return None
    if not stat.S_ISREG(status.st_mode):
        return None
    return Stamp(status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino, status.st_dev)


def size_of(path: str) -> int:
    """Return the size of a file in bytes; 0 if there is none."""
    stamp = stamp_of(path)
    return stamp.size if stamp else 0


def is_settled(stamp: Stamp, read_at: int) -> bool:
    """Return whether a file that was read at a time, nanoseconds since 1970, gets another stamp when it changes.

    Like git, this distrusts the stamp of a file that changed within two seconds before it was read, or later by a clock
    that was set back: it may change again within the same tick.
    """
    return max(stamp.modified, stamp.changed) < read_at - _GRAIN


def same_content(file: IndexedFile) -> bool:
    """Return whether a file has the bytes that were read, by their digest."""
    from hashlib import sha256  # noqa: PLC0415 - few answers need it, and it takes 3 ms to load

    try:
        with open(file.path, "rb") as stream:
            return sha256(stream.read()).hexdigest() == file.sha256
    except OSError:
        return False


def resolve_paths(paths: Iterable[str]) -> dict[str, str]:
    """Return the target of each path when all links are followed."""
    return {path: os.path.realpath(path) for path in paths}


def match_glob(folder: str, pattern: str) -> GlobMatch:
    """Find what a pattern matches now."""
    from pathlib import Path  # noqa: PLC0415 - only files that include others need it

    from korea_cli.reading.include import glob_files  # noqa: PLC0415 - as above

    return GlobMatch(folder, pattern, tuple(map(str, glob_files(pattern, Path(folder)) or ())))

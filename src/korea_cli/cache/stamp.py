"""Say whether data files are still as they were when they were read: by their stamps, or by their content."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_GRAIN = 2_000_000_000  # nanoseconds: a file changed so shortly before it was read may change again unseen


class Stamp(NamedTuple):
    """What the file system says of a file: times in nanoseconds."""

    size: int
    modified: int
    changed: int
    inode: int
    device: int


class IndexedFile(NamedTuple):
    """A data file as it was read: how it was named, where it lies, its stamp, and the digest of its bytes."""

    name: str
    path: str
    stamp: Stamp
    sha256: str


class ResolvedPath(NamedTuple):
    """A path that was named or matched, and where it leads when all links are followed."""

    path: str
    real: str


class GlobMatch(NamedTuple):
    """A pattern that a file includes, the folder it is sought in, and what it matched."""

    folder: str
    pattern: str
    matched: tuple[str, ...]


def stamp_of(path: str) -> Stamp | None:
    """Read the stamp of a file; None when there is none, or what is there can only be read once, as a pipe can."""
    try:
        said = os.stat(path)
    except (OSError, ValueError):
        return None
    if not stat.S_ISREG(said.st_mode):
        return None
    return Stamp(said.st_size, said.st_mtime_ns, said.st_ctime_ns, said.st_ino, said.st_dev)


def size_of(path: str) -> int:
    """Give the size of a file in bytes; 0 when there is none."""
    stamp = stamp_of(path)
    return stamp.size if stamp else 0


def unchanged(kept: IndexedFile, read_at: int) -> bool | None:
    """Say whether a file is as it was; None when its stamp cannot tell and its content must.

    read_at: when it was read, nanoseconds since 1970. As git does, this distrusts the stamp of a file that changed
    within two seconds before it was read, or after that by a clock that was set back: it may change again within the
    same tick.
    """
    stamp = stamp_of(kept.path)
    if stamp is None or stamp.size != kept.stamp.size:
        return False
    settled = max(stamp.modified, stamp.changed) < read_at - _GRAIN
    return True if settled and stamp == kept.stamp else None


def same_content(kept: IndexedFile) -> bool:
    """Compare a file's bytes with those that were read, by their digest."""
    from hashlib import sha256  # noqa: PLC0415 - few answers need it, and it takes 3 ms to load

    try:
        with open(kept.path, "rb") as stream:
            return sha256(stream.read()).hexdigest() == kept.sha256
    except OSError:
        return False


def resolve_paths(paths: Iterable[str]) -> tuple[ResolvedPath, ...]:
    """Say where some paths lead."""
    return tuple(ResolvedPath(path, os.path.realpath(path)) for path in dict.fromkeys(paths))


def paths_unchanged(ways: Iterable[ResolvedPath]) -> bool:
    """Say whether every path still leads where it did: one that is a link may now name a file that is not among them.

    Two names of one file are read once; by the stamp of that file alone it could not be seen that they part.
    """
    return all(os.path.realpath(way.path) == way.real for way in ways)


def globs_unchanged(patterns: Iterable[GlobMatch]) -> bool:
    """Say whether every pattern still matches what it did."""
    return all(match(each.folder, each.pattern) == each for each in patterns)


def match(folder: str, pattern: str) -> GlobMatch:
    """Say what a pattern matches now."""
    from pathlib import Path  # noqa: PLC0415 - only files that include others need it

    from korea_cli.reading.include import glob_files  # noqa: PLC0415 - as above

    return GlobMatch(folder, pattern, tuple(map(str, glob_files(pattern, Path(folder)) or ())))


def matched_files(patterns: Iterable[GlobMatch]) -> Iterator[str]:
    """Give what patterns matched without the folders, which are not read."""
    return (path for each in patterns for path in each.matched if not os.path.isdir(path))

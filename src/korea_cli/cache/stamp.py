"""Say whether data files are still as they were when they were read: by their stamps, or by their content."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

_GRAIN = 2_000_000_000  # nanoseconds: a file changed so shortly before it was read may change again unseen


class Stamp(NamedTuple):
    """What the file system says of a file: times in nanoseconds."""

    size: int
    modified: int
    changed: int
    inode: int
    device: int


class Kept(NamedTuple):
    """A data file as it was read: how it was named, where it lies, its stamp, and the digest of its bytes."""

    name: str
    path: str
    stamp: Stamp
    sha256: str


class Sought(NamedTuple):
    """A pattern that a file includes, and what it matched."""

    folder: str
    pattern: str
    matched: tuple[str, ...]


def stamp_of(path: str | Path) -> Stamp | None:
    """Read the stamp of a file; None when there is none to be read."""
    try:
        said = os.stat(path)  # noqa: PTH116 - a path of the index, as text
    except (OSError, ValueError):
        return None
    return Stamp(said.st_size, said.st_mtime_ns, said.st_ctime_ns, said.st_ino, said.st_dev)


def unchanged(kept: Kept, read_at: int) -> bool | None:
    """Say whether a file is as it was; None when its stamp cannot tell and its content must.

    read_at: when it was read, nanoseconds since 1970. Like git, this distrusts the stamp of a file that changed within
    two seconds before it was read (or after it, by a clock that was set back): it might change again within the same
    tick.
    """
    stamp = stamp_of(kept.path)
    if stamp is None:
        return False
    settled = max(stamp.modified, stamp.changed) < read_at - _GRAIN
    if stamp == kept.stamp and settled:
        return True
    return None if stamp.size == kept.stamp.size else False


def same_content(kept: Kept) -> bool:
    """Compare a file's bytes with those that were read, by their digest."""
    try:
        return digest(Path(kept.path).read_bytes()) == kept.sha256
    except OSError:
        return False


def digest(content: bytes) -> str:
    """Give the SHA-256 of some bytes, in hexadecimal."""
    from hashlib import sha256  # noqa: PLC0415 - most answers need none, and it takes 3 ms to load

    return sha256(content).hexdigest()


def still_matched(sought: Iterable[Sought]) -> bool:
    """Say whether every pattern still matches what it did."""
    from korea_cli.reading.include import found_in  # noqa: PLC0415 - only files that include others

    return all(tuple(map(str, found_in(each.pattern, Path(each.folder)))) == each.matched for each in sought)

"""Write a private file whole or not at all: beside its place first, then moved there in one step."""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from errno import EPERM
from tempfile import mkstemp
from typing import TYPE_CHECKING

from korea_cli.cache.place import is_trusted

if TYPE_CHECKING:
    from collections.abc import Iterator

DRAFT = ".draft"


@contextmanager
def written_whole(path: str) -> Iterator[str]:
    """Give the name of an empty file to fill, private to the user; when that is done it takes the place of `path`.

    Raises OSError when it cannot be written, or lies in a folder where others could put theirs in its place.
    """
    folder, name = os.path.split(path)
    os.makedirs(folder, mode=0o700, exist_ok=True)
    if not is_trusted(folder):
        raise PermissionError(EPERM, "it is not this user's alone to write to")
    handle, draft = mkstemp(dir=folder, prefix=f"{name}.", suffix=DRAFT)
    os.close(handle)
    try:
        yield draft
        os.replace(draft, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(draft)
        raise


def flush_to_disk(path: str) -> None:
    """Wait until a file is on the disk."""
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

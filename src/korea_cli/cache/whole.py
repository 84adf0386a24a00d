"""Write a private file whole or not at all: beside its place first, then moved there in one step."""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from tempfile import mkstemp
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def written_whole(path: str) -> Iterator[str]:
    """Give the name of an empty file to fill, private to the user; when that is done it takes the place of `path`."""
    folder, name = os.path.split(path)
    os.makedirs(folder, mode=0o700, exist_ok=True)
    handle, draft = mkstemp(dir=folder, prefix=f"{name}.", suffix=".draft")
    os.close(handle)
    try:
        yield draft
        os.replace(draft, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(draft)
        raise

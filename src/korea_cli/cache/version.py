"""Say which program this is, to the file: what another one kept may have another form, or another meaning."""

from __future__ import annotations

import os
import sys
from functools import cache
from typing import TYPE_CHECKING
from zlib import crc32

from korea_cli import __version__

if TYPE_CHECKING:
    from collections.abc import Iterator

_PACKAGE = os.path.dirname(os.path.dirname(__file__))


@cache
def program() -> str:
    """Name the version, the Python that runs it (each has its own tables of letters), and the state of its source.

    The last tells a program that was installed or pulled anew from the one before it, though both say one version.
    """
    return f"{__version__}/{sys.implementation.cache_tag}/{crc32(repr(sorted(_sources(_PACKAGE))).encode()):08x}"


def _sources(folder: str) -> Iterator[tuple[str, int, int]]:
    """Give path, size and time of each source file; none where the program is no folder."""
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        if entry.name.endswith(".py"):
            said = entry.stat()
            yield entry.path, said.st_size, said.st_mtime_ns
        elif "." not in entry.name and entry.name != "__pycache__":
            yield from _sources(entry.path)

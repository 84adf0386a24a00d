"""Say where the index of some data files lies: in the user's cache folder, never beside the data."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

VARIABLE = "KOREA_CACHE"
_OFF = "off"


def folder_of(environment: Mapping[str, str]) -> str | None:
    """Give the folder that indexes lie in; None when $KOREA_CACHE turns them off or nothing says where it would be."""
    named = environment.get(VARIABLE, "")
    if named.casefold() == _OFF:
        return None
    return named or _usual(environment)


def place_of(folder: str, asked: Sequence[str]) -> str:
    """Give the place, without an ending, of what belongs to some names and settings.

    Should two of them ever meet at one place, what lies there says itself whose it is.
    """
    key = "\0".join(asked).encode(errors="surrogateescape")
    return os.path.join(folder, f"{crc32(key):08x}{crc32(key, 1):08x}")


def _usual(environment: Mapping[str, str]) -> str | None:
    """Give the user's own cache folder; where XDG rules, without the library, whose loading takes a while."""
    if sys.platform in {"darwin", "win32"}:
        from platformdirs import user_cache_dir  # noqa: PLC0415 - only where its knowledge is needed

        return user_cache_dir("korea", appauthor=False)
    base = environment.get("XDG_CACHE_HOME", "").strip()
    if not base and not (home := environment.get("HOME", "")):
        return None
    return f"{base or f'{home}/.cache'}/korea"

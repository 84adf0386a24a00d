"""Say where the index of some data files lies: in the user's cache folder, never beside the data."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

VARIABLE = "KOREA_CACHE"
OFF = "off"
ENDING = ".index"


def folder(environment: Mapping[str, str]) -> Path | None:
    """Give the folder that indexes lie in; None when $KOREA_CACHE turns them off or nothing says where it would be."""
    named = environment.get(VARIABLE, "")
    if named.casefold() == OFF:
        return None
    return Path(named) if named else _usual(environment)


def index_path(folder_: Path, files: Sequence[Path], max_size: int) -> Path:
    """Give the place of the index of some data files; it says itself whose index it is, should two places meet."""
    asked = "\0".join((*map(os.path.abspath, files), str(max_size))).encode(errors="surrogateescape")
    return folder_ / f"{crc32(asked):08x}{crc32(asked, 1):08x}{ENDING}"


def _usual(environment: Mapping[str, str]) -> Path | None:
    """Give the user's own cache folder; where XDG rules, without the library, whose loading takes a while."""
    if sys.platform in {"darwin", "win32"}:
        from platformdirs import user_cache_path  # noqa: PLC0415 - only where its knowledge is needed

        return user_cache_path("korea", appauthor=False)
    named, home = environment.get("XDG_CACHE_HOME", "").strip(), environment.get("HOME", "")
    if named:
        return Path(named) / "korea"
    return Path(home) / ".cache" / "korea" if home else None

"""Say where the index of some data files lies: in the user's cache folder, never beside the data."""

from __future__ import annotations

import os
import stat
import sys
from errno import EPERM
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

VARIABLE = "KOREA_CACHE"
_OFF = "off"


class IndexKey(NamedTuple):
    """What an index is made for: files as they were named, their absolute paths, the settings they are read with."""

    names: tuple[str, ...]
    paths: tuple[str, ...]
    settings: tuple[str, ...]


class IndexPlace(NamedTuple):
    """Where the index for what is asked lies: its path, without an ending."""

    stem: str
    key: IndexKey


def cache_folder(environment: Mapping[str, str]) -> str | None:
    """Give the folder that indexes lie in; None when $KOREA_CACHE turns them off or nothing says where it would be."""
    named = environment.get(VARIABLE, "")
    if named.casefold() == _OFF:
        return None
    return named or _usual(environment)


def index_place(folder: str, names: Sequence[str], paths: Sequence[str], *settings: str) -> IndexPlace:
    """Give the place of the index of some files, as they were named and where they are, read with some settings.

    Should two of them ever meet at one place, what lies there says itself whose it is.
    """
    key = IndexKey(tuple(names), tuple(paths), settings)
    written = repr(tuple(key)).encode()
    stem = os.path.join(os.path.abspath(folder), f"{crc32(written):08x}{crc32(written, 1):08x}")
    return IndexPlace(stem, key)


def is_trusted(folder: str) -> bool:
    """Say whether a folder is this user's and nobody else may put files into it or change their names.

    Raises OSError when there is no such folder.
    """
    return is_owned(os.stat(folder), stat.S_IWGRP | stat.S_IWOTH)


def is_owned(said: os.stat_result, rights: int) -> bool:
    """Return whether something is this user's and has none of some rights; true where a system knows no such owners."""
    return not hasattr(os, "geteuid") or (said.st_uid == os.geteuid() and not said.st_mode & rights)


def make_private(folder: str) -> None:
    """Create a folder for this user alone; raises OSError when it cannot be, or when others can write to it."""
    os.makedirs(folder, mode=0o700, exist_ok=True)
    if not is_trusted(folder):
        raise PermissionError(EPERM, "other users can write to it")


def _usual(environment: Mapping[str, str]) -> str | None:
    """Give the user's own cache folder; where XDG rules, without the library, whose loading takes a while.

    A relative $XDG_CACHE_HOME is as good as none: so its specification has it.
    """
    if sys.platform in {"darwin", "win32"}:
        from platformdirs import user_cache_dir  # noqa: PLC0415 - only where its knowledge is needed

        return user_cache_dir("korea", appauthor=False)
    base, home = environment.get("XDG_CACHE_HOME", ""), environment.get("HOME", "")
    if os.path.isabs(base):
        return os.path.join(base, "korea")
    return os.path.join(home, ".cache", "korea") if os.path.isabs(home) else None

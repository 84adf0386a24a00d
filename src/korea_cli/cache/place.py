"""Where the index of some data files lies: in the user's cache folder, never in the folder of the data."""

from __future__ import annotations

import os
import stat
import sys
from errno import EPERM
from zlib import crc32

from korea_cli.base.hints import TYPE_CHECKING
from korea_cli.base.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

VARIABLE = "KOREA_CACHE"


class IndexKey(NamedTuple):
    """What an index is made for: files as they were named, their absolute paths, the settings they are read with."""

    names: tuple[str, ...]
    paths: tuple[str, ...]
    settings: tuple[str, ...]


class IndexPlace(NamedTuple):
    """The path of an index and its catalogue, without an ending, and what it is made for."""

    stem: str
    key: IndexKey

    @property
    def folder(self) -> str:
        """The folder of the index."""
        return os.path.dirname(self.stem)


def cache_folder(environment: Mapping[str, str]) -> str | None:
    """Return the folder of all indexes; None if $KOREA_CACHE turns them off or there is no home folder.

    Without $KOREA_CACHE it is the user's cache folder. A relative $XDG_CACHE_HOME counts as none, as its specification
    says.
    """
    named = environment.get(VARIABLE, "")
    if named:
        return None if named.casefold() == "off" else named
    if sys.platform in {"darwin", "win32"}:
        from platformdirs import user_cache_dir  # noqa: PLC0415 - slow to load, and not needed elsewhere

        return user_cache_dir("korea", appauthor=False)
    base, home = environment.get("XDG_CACHE_HOME", ""), environment.get("HOME", "")
    if os.path.isabs(base):
        return os.path.join(base, "korea")
    return os.path.join(home, ".cache", "korea") if os.path.isabs(home) else None


def index_place(folder: str, names: Sequence[str], paths: Sequence[str], *settings: str) -> IndexPlace:
    """Return the place of an index in a folder.

    If two keys ever lead to one place, the catalogue in it has the key that it was made for.
    """
    key = IndexKey(tuple(names), tuple(paths), settings)
    written = repr(tuple(key)).encode()
    stem = os.path.join(os.path.abspath(folder), f"{crc32(written):08x}{crc32(written, 1):08x}")
    return IndexPlace(stem, key)


def is_trusted(folder: str) -> bool:
    """Return whether a folder is this user's and nobody else may change what is in it; raises OSError without it."""
    return is_owned(os.stat(folder), stat.S_IWGRP | stat.S_IWOTH)


def is_owned(status: os.stat_result, rights: int) -> bool:
    """Return whether a file is this user's and grants none of some rights; true where a system has no such owners."""
    return not hasattr(os, "geteuid") or (status.st_uid == os.geteuid() and not status.st_mode & rights)


def make_private(folder: str) -> None:
    """Create a folder for this user alone; raises OSError when it cannot be, or when others can write to it."""
    os.makedirs(folder, mode=0o700, exist_ok=True)
    if not is_trusted(folder):
        raise PermissionError(EPERM, "other users can write to it")

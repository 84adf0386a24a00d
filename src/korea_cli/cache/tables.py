"""What was found about tables of others: a folder for each in the user's cache, with Parquet files."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from shutil import rmtree
from typing import TYPE_CHECKING

from korea_cli.cache.catalog import program
from korea_cli.cache.place import cache_folder, make_private

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FOLDER = "tables"
_MOST = 20  # tables about which something is kept
_NAME = "[0-9a-f]{32}"


def table_folder(environment: Mapping[str, str], paths: Sequence[str], *settings: str) -> str | None:
    """Return the folder for what is found about a table, created; None where nothing can be kept.

    It is another one when a file, a setting or the program has changed. Of many, the oldest are removed.
    """
    whole = cache_folder(environment)
    if whole is None:
        return None
    from hashlib import blake2b  # noqa: PLC0415 - few answers are about such tables

    try:
        stamps = [_stamp(path) for path in paths]
        key = blake2b(repr((program("ingest"), stamps, settings)).encode(), digest_size=16).hexdigest()
        tables = os.path.join(os.path.abspath(whole), FOLDER)
        make_private(os.path.abspath(whole))
        make_private(tables)
        folder = os.path.join(tables, key)
        if not os.path.isdir(folder):
            _remove_first(tables)
        make_private(folder)
    except OSError:
        return None
    return folder


def _stamp(path: str) -> tuple[str, int, int, int]:
    status = os.stat(path)
    return os.path.realpath(path), status.st_size, status.st_mtime_ns, status.st_ino


def remove_tables(folder: str) -> None:
    """Remove all that was found about tables of others, in a folder of the cache."""
    for each in _folders(os.path.join(folder, FOLDER)):
        rmtree(each, ignore_errors=True)


def _remove_first(tables: str) -> None:
    found = sorted(_folders(tables), key=lambda each: os.stat(each).st_mtime)
    for each in found[: max(len(found) + 1 - _MOST, 0)]:
        rmtree(each, ignore_errors=True)


def _folders(tables: str) -> list[str]:
    with suppress(OSError):
        return [os.path.join(tables, each) for each in os.listdir(tables) if re.fullmatch(_NAME, each)]
    return []

"""Open data files as one chronology: from their index where that is true, else by reading them."""

from __future__ import annotations

import datetime as dt
import os
from time import time_ns
from typing import TYPE_CHECKING

from korea_cli.cache.index import open_index
from korea_cli.cache.place import folder_of, place_of
from korea_cli.chronology import Chronology
from korea_cli.reading.locate import MAX_SIZE, data_files, path_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from korea_cli.reading.load import Loaded


def open_chronology(
    *files: str | Path, max_size: int = MAX_SIZE, today: dt.date | None = None, cache: bool = True
) -> Chronology:
    """Read and check data files and open them as one chronology.

    files: paths, `builtin` for the record shipped with the program, `-` for standard input; without any, those in
    $KOREA_DATA, else the built-in record. max_size: the most bytes one file may have. today: the day it is (default:
    the clock's). cache: whether to keep what was read as an index in the user's cache folder, or in $KOREA_CACHE, and
    to open that while the files are as they were.

    Raises DataError, with every problem found, when a file is missing, unreadable or invalid.
    """
    names = data_files([str(file) for file in files], os.environ)
    clock = today or dt.date.today()  # noqa: DTZ011 - the user's own day
    paths = [path_of(name) for name in names]
    folder = folder_of(os.environ) if cache and None not in paths else None
    if folder is None:
        return _from_memory(_load(names, max_size), clock)
    asked = (*names, *(os.path.abspath(path) for path in paths if path), str(max_size))  # noqa: PTH100
    place = place_of(folder, asked)
    return _from_index(place, asked, clock) or _indexed(place, asked, names, max_size, clock)


def _from_index(place: str, asked: tuple[str, ...], clock: dt.date) -> Chronology | None:
    found = open_index(place, asked)
    return Chronology(found[0].heading, found[0].files, found[1], clock) if found else None


def _indexed(place: str, asked: tuple[str, ...], names: Sequence[str], max_size: int, clock: dt.date) -> Chronology:
    """Read the files and keep what was read; where that cannot be, answer from memory and say why."""
    from korea_cli.cache.keeping import keep  # noqa: PLC0415 - only where there is no index yet

    read_at = time_ns()
    loaded = _load(names, max_size)
    try:
        kept = keep(place, asked, loaded, read_at)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        return _from_memory(loaded, clock, f"cannot keep an index in {os.path.dirname(place)}: {reason}")  # noqa: PTH120
    return (_from_index(place, asked, clock) if kept else None) or _from_memory(loaded, clock)


def _load(names: Sequence[str], max_size: int) -> Loaded:
    from korea_cli.reading.load import load_valid  # noqa: PLC0415 - an index needs no reading

    return load_valid(names, max_size=max_size)


def _from_memory(loaded: Loaded, clock: dt.date, *notes: str) -> Chronology:
    from korea_cli.filling import filled, heading_of  # noqa: PLC0415 - as above

    return Chronology(heading_of(loaded.draft), loaded.documents, filled(loaded.draft), clock, notes)

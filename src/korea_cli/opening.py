"""Open data files as one chronology: from their index if it is valid, else by reading them."""

from __future__ import annotations

import datetime as dt
import os
from time import time_ns
from typing import TYPE_CHECKING, NamedTuple

from korea_cli.base.arguments import day, instance, path
from korea_cli.base.gc_paused import gc_paused
from korea_cli.cache.index import connect_index, discard_index, open_index
from korea_cli.cache.place import cache_folder, index_place
from korea_cli.cache.progress import Work, ignore_progress
from korea_cli.cache.stamp import size_of
from korea_cli.chronology import Chronology
from korea_cli.reading.locate import MAX_SIZE, data_files, path_of
from korea_cli.store.database import Store

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from korea_cli.cache.catalog import Catalog
    from korea_cli.cache.place import IndexPlace
    from korea_cli.cache.progress import Watch
    from korea_cli.checks.load import LoadResult
    from korea_cli.store.database import Connection


class _Request(NamedTuple):
    """What is to be opened: files by name, up to a size each, on a day."""

    names: Sequence[str]
    max_size: int
    clock: dt.date

    @gc_paused()
    def load(self) -> LoadResult:
        """Read the files."""
        from korea_cli.checks.load import load_valid  # noqa: PLC0415 - an index needs no reading

        return load_valid(self.names, max_size=self.max_size)


def open_chronology(
    *files: str | Path,
    max_size: int = MAX_SIZE,
    today: dt.date | None = None,
    cache: bool = True,
    watch: Watch = ignore_progress,
) -> Chronology:
    """Read and check data files and open them as one chronology.

    files: paths, `builtin` for the record shipped with the program, `-` for standard input; without any, those in
    $KOREA_DATA, else the built-in record. max_size: the most bytes one file may have. today: the day it is (default:
    the clock's). cache: whether to keep what was read as an index in the user's cache folder, or in $KOREA_CACHE, and
    to open that while the files are as they were. watch: what is told now and then how far the making of an index is.

    Raises DataError, with every problem found, when a file is missing, unreadable or invalid; ArgumentError when an
    argument has another type.
    """
    names = data_files([path(file) for file in files], os.environ)
    size = instance("max_size", max_size, int, "a whole number of bytes")
    clock = dt.date.today() if today is None else day("today", today)  # noqa: DTZ011 - the user's own day
    request = _Request(names, size, clock)
    place = _place(request) if cache else None
    if place is None:
        return _from_memory(request.load(), request)
    found = open_index(place)
    return _from_index(*found, place, request) if found else _read_and_index(place, request, watch)


def _place(request: _Request) -> IndexPlace | None:
    """Say where the index of some files lies; None where there can be none."""
    paths, folder = [path_of(name) for name in request.names], cache_folder(os.environ)
    if folder is None or None in paths:
        return None
    try:  # `..` stays in a path: it may lead out of a link
        return index_place(
            folder, request.names, [str(path.absolute()) for path in paths if path], str(request.max_size)
        )
    except OSError:  # the working directory is no more
        return None


def _from_index(catalog: Catalog, connection: Connection, place: IndexPlace, request: _Request) -> Chronology:
    def read_again() -> Store | None:
        """Give what a damaged index held, from the files; the next opening makes another one."""
        from korea_cli.cache.keeping import tables_with_text  # noqa: PLC0415 - a last resort

        discard_index(place.stem)
        loaded = request.load()
        same = [document.sha256 for document in loaded.documents] == [kept.sha256 for kept in catalog.files]
        return Store.in_memory(tables_with_text(loaded.draft), has_json=True) if same else None

    store = Store(connection, has_json=True, rebuild=read_again)
    return Chronology(catalog.heading, catalog.files, store, request.clock)


@gc_paused()
def _read_and_index(place: IndexPlace, request: _Request, watch: Watch) -> Chronology:
    """Read the files and keep what was read; where that cannot be, answer from memory and say why."""
    from korea_cli.cache.keeping import build_index  # noqa: PLC0415 - only where there is no index yet

    read_at, work = time_ns(), Work(watch, sum(map(size_of, place.key.paths)))
    loaded = request.load()
    try:
        catalog = build_index(place, loaded, read_at, work)
    except OSError as error:
        folder, reason = os.path.dirname(place.stem), (error.strerror or str(error)).lower()  # noqa: PTH120 - a text
        return _from_memory(loaded, request, f"cannot keep an index in {folder}: {reason}")
    connection = connect_index(place.stem, catalog) if catalog else None
    return _from_index(catalog, connection, place, request) if catalog and connection else _from_memory(loaded, request)


def _from_memory(loaded: LoadResult, request: _Request, *notes: str) -> Chronology:
    from korea_cli.store.encode_rows import build_store, stored_header  # noqa: PLC0415 - an index needs no filling

    return Chronology(stored_header(loaded.draft), loaded.documents, build_store(loaded.draft), request.clock, notes)

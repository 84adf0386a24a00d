"""Open data files as one chronology: from their index if it is valid, else by reading them."""

from __future__ import annotations

import datetime as dt
import os
from time import time_ns

from korea_cli.base.arguments import instance, path
from korea_cli.base.errors import system_reason
from korea_cli.base.gc_paused import gc_paused
from korea_cli.base.hints import TYPE_CHECKING
from korea_cli.base.named_tuple import NamedTuple
from korea_cli.cache.index import connect_index, discard_index, open_index
from korea_cli.cache.parts import parts_of
from korea_cli.cache.place import cache_folder, index_place
from korea_cli.cache.progress import Work, ignore_progress
from korea_cli.cache.stamp import size_of
from korea_cli.chronology import Chronology
from korea_cli.dates.arguments import day
from korea_cli.dates.days import Day
from korea_cli.reading.locate import MAX_SIZE, QUERIED, data_files, text_path_of
from korea_cli.store.database import Store

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from korea_cli.cache.catalog import Catalog
    from korea_cli.cache.place import IndexPlace
    from korea_cli.cache.progress import Watch
    from korea_cli.checks.load import LoadResult
    from korea_cli.model.view import View
    from korea_cli.store.database import Connection


class _Opening(NamedTuple):
    """What to open: files by name, up to a size each, on a day; `public` is the day on which others will see it."""

    names: Sequence[str]
    max_size: int
    clock: Day
    public: Day | None = None

    def load(self) -> LoadResult:
        from korea_cli.checks.load import load_valid  # noqa: PLC0415 - an index needs no reading

        loaded = load_valid(self.names, max_size=self.max_size)
        return loaded.published(self.public.ordinal) if self.public else loaded

    def index_place(self, *, public: bool = False) -> IndexPlace | None:
        """Return the place of the index of the files, or of what is public of them; None if they can have none."""
        paths, folder = [text_path_of(name) for name in self.names], cache_folder(os.environ)
        if folder is None or None in paths:
            return None
        try:  # `..` stays in a path: it may lead out of a link
            absolute = [path if os.path.isabs(path) else os.path.join(os.getcwd(), path) for path in paths if path]
            return index_place(folder, self.names, absolute, str(self.max_size), *["public"] * public)
        except OSError:  # the working directory no longer exists
            return None

    def find_index(self) -> tuple[IndexPlace, Catalog, Connection] | None:
        """Return a valid index that has all that is to be opened and nothing else."""
        for public in (False, True) if self.public else (False,):
            place = self.index_place(public=public)
            if place and (found := open_index(place)):
                catalog, connection = found
                if self.fits(catalog):
                    return place, catalog, connection
                connection.close()
        return None

    def fits(self, catalog: Catalog) -> bool:
        """Return whether an index has all that is to be opened and nothing else."""
        if catalog.view is None:
            return not (self.public and catalog.hides)
        return self.public is not None and catalog.view.includes(self.public.ordinal)


def open_chronology(
    *files: str | Path,
    max_size: int = MAX_SIZE,
    today: dt.date | Day | None = None,
    cache: bool = True,
    public: bool | dt.date | Day = False,
    watch: Watch = ignore_progress,
) -> Chronology:
    """Read and check data files and open them as one chronology.

    files: paths, `builtin` for the record shipped with the program, `-` for standard input, or one export: its folder
    after `parquet:`, or `spark:sc://HOST:PORT/CATALOG.DATABASE`; the default is the files in $KOREA_DATA, else the
    built-in record. max_size: the most bytes one file may have. today: today's date (default: the clock's). cache:
    whether to store an index of the files in the user's cache folder, or in $KOREA_CACHE, and to open that while the
    files are unchanged. public: whether to leave out what is private or under embargo, today or on a day; the
    chronology then has nothing of it. watch: called now and then with the progress of making an index.

    Raises DataError, with every problem found, when a file is missing, unreadable or invalid; ArgumentError when an
    argument has another type.
    """
    names = data_files([path(file) for file in files], os.environ)
    size = instance("max_size", max_size, int, "a whole number of bytes")
    clock = Day.of(dt.date.today()) if today is None else day("today", today)  # noqa: DTZ011 - the user's own day
    published = (clock if public else None) if isinstance(public, bool) else day("public", public)
    if any(name.startswith(QUERIED) for name in names):
        from korea_cli.chronology.exports import open_export  # noqa: PLC0415 - few chronologies are exports

        return open_export(names, clock, public=published is not None)
    request = _Opening(names, size, clock, published)
    if not (cache and request.index_place()):
        return _from_memory(request.load(), request)
    found = request.find_index()
    return _from_index(*found, request) if found else _read_and_index(request, watch)


def open_indexed(files: Sequence[str], *, public: bool) -> Chronology | None:
    """Open data files from their index, for others with `public`; None if they have no valid one.

    Raises DataError for an empty name.
    """
    clock = Day.of(dt.date.today())  # noqa: DTZ011 - the user's own day
    request = _Opening(files, MAX_SIZE, clock, clock if public else None)
    found = request.find_index()
    return _from_index(*found, request) if found else None


def _from_index(place: IndexPlace, catalog: Catalog, connection: Connection, request: _Opening) -> Chronology:
    def read_again() -> Store | None:
        """Return the content of a damaged index from the files; the next opening makes another index."""
        from korea_cli.store.encode_rows import build_store  # noqa: PLC0415 - a last resort

        discard_index(place.stem)
        loaded = request.load()
        same = [document.sha256 for document in loaded.documents] == [file.sha256 for file in catalog.files]
        return build_store(loaded.draft) if same else None

    store = Store(connection, parts_of(place.stem, catalog), has_json=True, rebuild=read_again)
    return _seen(Chronology(catalog.header, catalog.files, store, request.clock), catalog.view)


@gc_paused()
def _read_and_index(request: _Opening, watch: Watch) -> Chronology:
    """Read the files and write their index; if that fails, answer from memory and note why."""
    from korea_cli.cache.build import build_index  # noqa: PLC0415 - only if there is no index yet
    from korea_cli.cache.inventory import remove_stale  # noqa: PLC0415 - as above
    from korea_cli.cache.update import update_index  # noqa: PLC0415 - as above

    read_at, earlier = time_ns(), request.index_place()
    if earlier:
        remove_stale(earlier.folder)
    updated = update_index(earlier, read_at) if earlier else None
    if earlier and updated and (connection := connect_index(earlier.stem, updated)):
        return _from_index(earlier, updated, connection, request)
    work = Work(watch, sum(map(size_of, filter(None, map(text_path_of, request.names)))))
    loaded = request.load()
    place = request.index_place(public=loaded.view is not None)
    if place is None:
        return _from_memory(loaded, request)
    try:
        catalog = build_index(place, loaded, read_at, work)
    except OSError as error:
        reason = system_reason(error)
        return _from_memory(loaded, request, f"cannot write an index to {place.folder}: {reason}")
    connection = connect_index(place.stem, catalog) if catalog else None
    return _from_index(place, catalog, connection, request) if catalog and connection else _from_memory(loaded, request)


def _from_memory(loaded: LoadResult, request: _Opening, *notes: str) -> Chronology:
    from korea_cli.store.encode_rows import build_store, stored_header  # noqa: PLC0415 - an index needs no encoding

    header, store = stored_header(loaded.draft), build_store(loaded.draft)
    return _seen(Chronology(header, loaded.documents, store, request.clock, notes), loaded.view)


def _seen(chronology: Chronology, view: View | None) -> Chronology:
    """Note how many records a view leaves out of a chronology."""
    chronology.left_out = view.left_out if view else 0
    return chronology

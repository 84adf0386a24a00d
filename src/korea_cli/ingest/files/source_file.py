"""Open the file to import and choose what reads it: as requested, by its extension, or by its content."""

from __future__ import annotations

import io
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from korea_cli.ingest import readers
from korea_cli.ingest.files.archives import unpacked
from korea_cli.ingest.files.file_kinds import kind_of
from korea_cli.ingest.sheet import DEFAULT, InputFile, unreadable
from korea_cli.reading.locate import STDIN
from korea_cli.reading.toml import MARK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from korea_cli.base.errors import DataError
    from korea_cli.ingest.files.archives import OpenedFile
    from korea_cli.ingest.sheet import ReaderOptions, Sheet

SPEED = 2_500_000  # bytes of a sheet that are imported in a second
_LARGE = 64 * 1024 * 1024  # bytes of a sheet: some hundred thousand rows
_START = 4096  # bytes by which a format is recognized


@contextmanager
def opened(name: str, form: str | None, options: ReaderOptions = DEFAULT) -> Iterator[tuple[Sheet, InputFile]]:
    """Open a file and read its rows, in the format requested, else in that of its extension or content.

    Raises DataError when it cannot be read, NotInListError for an unknown format.
    """
    reader = readers.load(form) if form is not None else None
    if name not in {"", STDIN} and Path(name).is_dir() and (reader is None or reader.folders):
        source = InputFile(name, io.BufferedReader(io.BytesIO()), form or readers.of_folders(), options)
        yield (reader or readers.load(source.form)).read(source), source
        return
    try:
        stream = _stream(name)
        size = 0 if name == STDIN else Path(name).stat().st_size
    except (OSError, ValueError) as error:
        raise _unread(name, error) from error
    with stream:
        try:
            file = unpacked(name, stream)
            start = file.stream.peek(_START).removeprefix(MARK).lstrip()
        except OSError as error:
            raise _unread(name, error) from error
        chosen = form.casefold() if form is not None else _form_of(name, file, start)
        source = InputFile(name, file.stream, chosen, options, lambda: min(stream.tell() / size, 1.0) if size else 0.0)
        yield (reader or readers.load(chosen)).read(source), source


def _form_of(name: str, file: OpenedFile, start: bytes) -> str:
    """Return the name of the reader for a file; raises DataError for one that none can read."""
    suffix = Path(file.name).suffix
    kind = file.kind or kind_of(start, known=readers.has(suffix))
    if kind and kind.reader in readers.names():
        return kind.reader
    if kind:
        raise unreadable(name, str(kind))
    return readers.recognize(suffix, start)


def _unread(name: str, error: OSError | ValueError) -> DataError:
    reason = (getattr(error, "strerror", None) or str(error)).lower()
    if isinstance(error, FileNotFoundError | IsADirectoryError):
        reason = "no such file" if isinstance(error, FileNotFoundError) else "is a folder, not a file"
    return unreadable(name or "''", reason if name else "the file name is empty")


def _stream(name: str) -> io.BufferedReader:
    if name != STDIN:
        return Path(name).open("rb")
    if sys.stdin is None:
        raise unreadable(name, "standard input is closed")
    return open(sys.stdin.fileno(), "rb", closefd=False)


def about_size(name: str) -> list[str]:
    """Return what to know before a file is read that is larger than a chronology should be."""
    size = Path(name).stat().st_size if Path(name).is_file() else 0
    if size < _LARGE:
        return []
    mebibytes, minutes = f"{size / 1024 / 1024:,.0f} MiB", max(round(size / SPEED / 60), 1)
    where = "keep more as Parquet, choose rows there, for example with DuckDB, and import these"
    return [f"{name} has {mebibytes}, which takes some {minutes} min. A data file suits 100,000 events: {where}."]

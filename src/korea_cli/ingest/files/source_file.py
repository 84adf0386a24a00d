"""Open the file to import, unpacked, and choose what reads it: as requested, by its extension, or by its content."""

from __future__ import annotations

import io
import shutil
import sys
import zlib
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from korea_cli.ingest import readers
from korea_cli.ingest.files.file_kinds import GZIP, ZIP, FileKind, kind_of, kind_of_zip
from korea_cli.ingest.sheet import DEFAULT, InputFile, unreadable
from korea_cli.reading.locate import STDIN
from korea_cli.reading.toml import MARK

if TYPE_CHECKING:
    from collections.abc import Iterator
    from gzip import GzipFile

    from korea_cli.base.errors import DataError
    from korea_cli.ingest.sheet import ReaderOptions, Sheet

SPEED = 2_500_000  # bytes of a sheet that are imported in a second
_LARGE = 64 * 1024 * 1024  # bytes of a sheet: some hundred thousand rows
_START = 4096  # bytes by which a format is recognized
_BEST = 200  # times: no sheet is packed so well, but zip bombs are
_ALLOWED = 64 * 1024 * 1024  # bytes that anything may unpack to
_ENCRYPTED = 0x1
_LISTED = 5  # files
_OF_SYSTEMS = ("__MACOSX/", ".DS_Store")


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
    if isinstance(error, FileNotFoundError) and "://" in name:
        reason = "this is an address, not a file: download it first"
    elif isinstance(error, FileNotFoundError | IsADirectoryError):
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


class OpenedFile(NamedTuple):
    """A file that is read, under its own name; kind: what it is, if that is a kind of zip."""

    name: str
    stream: io.BufferedReader
    kind: FileKind | None = None


def unpacked(name: str, stream: io.BufferedReader) -> OpenedFile:
    """Return the file in a packed one, or the file itself; raises DataError for one that cannot be unpacked."""
    start = stream.peek(len(ZIP[0]))
    if start.startswith(ZIP):
        return _from_zip(name, stream)
    if not start.startswith(GZIP):
        return OpenedFile(name, stream)
    import gzip  # noqa: PLC0415 - few files are packed

    inner = name[: -len(".gz")] if name.casefold().endswith(".gz") else name
    return OpenedFile(inner, io.BufferedReader(_Unpacker(name, gzip.GzipFile(fileobj=stream), stream)))


def _from_zip(name: str, stream: io.BufferedReader) -> OpenedFile:
    from zipfile import ZipFile  # noqa: PLC0415 - as above

    with _damage_reported(name):
        seekable = _seekable(stream)
        archive = ZipFile(seekable)
    entries = [each for each in archive.infolist() if not each.is_dir()]
    if kind := kind_of_zip([each.filename for each in entries]):
        size = seekable.seek(0, io.SEEK_END)
        if sum(each.file_size for each in entries) > max(_ALLOWED, _BEST * size):
            raise _unpacks_to_too_much(name)
        seekable.seek(0)
        return OpenedFile(name, seekable, kind)
    files = [each for each in entries if not any(part in each.filename for part in _OF_SYSTEMS)]
    if len(files) != 1:
        names = ", ".join(each.filename for each in files[:_LISTED])
        more = f" and {len(files) - _LISTED:,} more" if len(files) > _LISTED else ""
        contents = f"this zip has {len(files):,} files: {names}{more}" if files else "this zip has no files"
        raise unreadable(name, f"{contents}. Unpack it, and import one of them." if files else contents)
    (only,) = files
    if only.flag_bits & _ENCRYPTED:
        raise unreadable(name, "this zip is encrypted. Unpack it first.")
    with _damage_reported(name):
        return OpenedFile(only.filename, io.BufferedReader(_Unpacker(name, archive.open(only), seekable)))


def _seekable(stream: io.BufferedReader) -> io.BufferedReader:
    """Return a stream that can be read at any place, as a zip must be: its list of files is at its end."""
    if stream.seekable():
        return stream
    copy = TemporaryFile()  # noqa: SIM115 - closed with the last that refers to it
    shutil.copyfileobj(stream, copy)
    copy.seek(0)
    return io.BufferedReader(copy)


def _unpacks_to_too_much(name: str) -> DataError:
    return unreadable(name, f"it unpacks to more than {_BEST} times its size. Unpack it first.")


@contextmanager
def _damage_reported(name: str) -> Iterator[None]:
    """Raise DataError for what is wrong with a packed file."""
    from zipfile import BadZipFile  # noqa: PLC0415 - as above

    try:
        yield
    except (OSError, EOFError, zlib.error, BadZipFile, NotImplementedError) as error:
        raise unreadable(name, f"it cannot be unpacked: {str(error).lower()}") from None


class _Unpacker(io.RawIOBase):
    """Unpacks a file as it is read; raises DataError where it is damaged, or much too large for its size."""

    def __init__(self, name: str, file: IO[bytes] | GzipFile, packed: io.BufferedReader) -> None:
        super().__init__()
        self._name, self._file, self._packed = name, file, packed
        self._size = 0

    def readable(self) -> bool:
        """Return that it can be read."""
        return True

    def readinto(self, target: Any) -> int:  # noqa: ANN401 - whatever bytes can be written to
        """Read as many bytes as fit."""
        with _damage_reported(self._name):
            data = self._file.read(len(target))
        self._size += len(data)
        if self._size > max(_ALLOWED, _BEST * self._packed.tell()):
            raise _unpacks_to_too_much(self._name)
        target[: len(data)] = data
        return len(data)

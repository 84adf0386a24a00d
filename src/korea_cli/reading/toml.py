"""Read one file into TOML tables, or into the problem that prevents it."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import tomli

from korea_cli.base.errors import DataError, system_reason
from korea_cli.base.pending import is_pending
from korea_cli.base.problems import Problem
from korea_cli.model.header import HIDING
from korea_cli.reading.locate import MAX_SIZE, PARQUET, READABLE
from korea_cli.reading.pieces import Parsed, parse_pieces

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO

    from korea_cli.reading.pieces import Piece, TomlTable
    from korea_cli.reading.plain_records import PlainRecord

SYNTAX = "toml"  # the check that a file must pass to be read at all
HEADER = "chronology"
MARK = b"\xef\xbb\xbf"  # of UTF-8, with which a file may begin
_OF_PARQUET = b"PAR1"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_CHUNK = 1024 * 1024
_PART = 256 * 1024  # letters


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One file as read: its name as typed, its path (None for stdin), its text and its tables.

    marked: whether the file begins with a byte order mark, which the text omits. new: whether there is no such file
    yet, and the text is that it will begin with. pieces: the parts in which it was parsed,
    with their tables as they were then. shown: whether others may see that it is read.
    """

    name: str
    path: Path | None
    text: str
    marked: bool = False
    new: bool = False
    tables: TomlTable = field(default_factory=dict)
    pieces: list[PlainRecord | Piece] = field(default_factory=list)
    shown: bool = True

    @property
    def sha256(self) -> str:
        """The digest of the file's bytes; computed from the text, as few answers need it."""
        from hashlib import sha256  # noqa: PLC0415 - 3 ms that only JSON's header pays for

        digest = sha256()
        for part in self.parts():
            digest.update(part.encode())
        return digest.hexdigest()

    def parts(self) -> Iterator[str]:
        """Yield the text as the file has it, in parts: to encode a large text at once takes three times its memory."""
        if self.marked:
            yield MARK.decode()
        yield from (self.text[start : start + _PART] for start in range(0, len(self.text), _PART))

    @property
    def parsed(self) -> Parsed:
        """Its text as it was parsed."""
        return Parsed(self.text, self.pieces)

    def with_text(self, text: str) -> Document:
        """Return the same file with another text, which is not parsed yet."""
        return replace(self, text=text, tables={}, pieces=[])

    @property
    def hiding(self) -> TomlTable:
        """What its header hides all its records by: that it is private, or until when."""
        header = self.tables.get(HEADER)
        return {key: header[key] for key in HIDING if header.get(key)} if isinstance(header, dict) else {}

    @property
    def includes(self) -> list[str]:
        """The patterns of the files that it includes."""
        header = self.tables.get(HEADER)
        patterns = header.get("include") if isinstance(header, dict) else None
        return [each for each in patterns if isinstance(each, str)] if isinstance(patterns, list) else []

    def records(self, table: str) -> list[TomlTable]:
        """Return the entries of a table of records."""
        entries = self.tables.get(table)
        return [each for each in entries if isinstance(each, dict)] if isinstance(entries, list) else []


def read_document(name: str, path: Path | None, *, max_size: int = MAX_SIZE) -> tuple[Document, Problem | None]:
    """Read the file at a path, or stdin; return it with its syntax error, if any, and then without tables.

    Raises DataError when the file cannot be opened or decoded, or is over `max_size` bytes.
    """
    raw = _read_bytes(name, path, max_size)
    return parse_document(Document(name=name, path=path, text=decode(name, raw), marked=raw.startswith(MARK)))


def parse_document(document: Document, before: Parsed | None = None) -> tuple[Document, Problem | None]:
    """Parse the text of a document into its tables; return it, and its syntax error, if any, without tables.

    before: an earlier version of the text, of which only what has changed is parsed.
    """
    name = document.name
    if "<<<<<<< " in document.text:
        from korea_cli.reading.syntax import find_conflict  # noqa: PLC0415 - only when something is wrong

        if problem := find_conflict(name, document.text):
            return document, problem
    try:
        parsed = parse_pieces(document.text, before)
    except (RecursionError, ValueError) as error:
        from korea_cli.reading.syntax import limit_problem, syntax_problem  # noqa: PLC0415 - as above

        if isinstance(error, tomli.TOMLDecodeError):
            return document, syntax_problem(name, document.text, error.msg, (error.lineno, error.colno))
        return document, limit_problem(name, document.text, error)
    document.pieces.extend(parsed.parts)
    document.tables.update(parsed.tables())
    return document, None


def _read_bytes(name: str, path: Path | None, max_size: int) -> bytes:
    try:
        if path is None:
            if sys.stdin is None:
                raise unreadable(name, "standard input is closed")
            raw = read_up_to(max_size, sys.stdin.buffer)
        else:
            _finish_pending(path)
            with path.open("rb") as stream:
                raw = read_up_to(max_size, stream)
    except OSError as error:
        raise _unopened(name, path, error) from error
    except ValueError as error:
        raise unreadable(name, "this is not a file name") from error
    if len(raw) > max_size:
        raise too_large(name, max_size)
    return raw


def _finish_pending(path: Path) -> None:
    """Finish a change of several files, a file among them, that was interrupted; raises OutputError."""
    beside = os.path.realpath(path) if path.is_symlink() else str(path)  # a journal is beside the file itself
    if is_pending([beside]):
        from korea_cli.base.several_files import finish_change  # noqa: PLC0415 - only when something was interrupted

        finish_change(path.resolve().parent)


def too_large(name: str, max_size: int) -> DataError:
    """Return the error for a file that is larger than it may be."""
    megabytes, rest = divmod(max_size, 1024 * 1024)
    size = f"{megabytes:,} MiB" if megabytes and not rest else f"{max_size:,} bytes"
    return unreadable(name, f"the file is larger than {size}; raise the limit with --max-size")


def read_up_to(limit: int, stream: BinaryIO) -> bytes:
    """Read all of a stream, but little more than allowed: a device may never end."""
    chunks, size = [], 0
    while size <= limit and (chunk := stream.read(_CHUNK)):
        chunks.append(chunk)
        size += len(chunk)
    return chunks[0] if len(chunks) == 1 else b"".join(chunks)


def _unopened(name: str, path: Path | None, error: OSError) -> DataError:
    if path and os.path.isdir(path):  # noqa: PTH112 - Path.is_dir raises for some names
        return unreadable(name, "is a folder, not a file")
    if path and isinstance(error, FileNotFoundError):
        return unreadable(name, "no such file", _similar_file(path))
    if isinstance(error, PermissionError):
        return unreadable(name, "there is no permission to read it")
    return unreadable(name, system_reason(error))


def _similar_file(path: Path) -> str | None:
    """Return the file in the same folder whose name is most similar to a missing one's."""
    from korea_cli.base.nearest import nearest  # noqa: PLC0415 - only when something is wrong

    try:
        names = (each.name for each in path.parent.iterdir() if each.is_file() and not each.name.startswith("."))
        near = nearest(path.name, sorted(names))
    except OSError:
        return None
    return str(path.with_name(near)) if near else None


def unreadable(
    name: str, reason: str, suggestion: str | None = None, line: int | None = None, column: int | None = None
) -> DataError:
    """Return the error for a file that cannot be read."""
    problem = Problem(file=name, line=line, column=column, message=reason, suggestion=suggestion, check=READABLE)
    return DataError((problem,))


def decode(name: str, raw: bytes) -> str:
    """Decode the bytes of a file, without a byte order mark; raises DataError when they are not UTF-8."""
    if raw.startswith(_UTF_16):
        raise unreadable(name, "the text is UTF-16; save it as UTF-8")
    try:
        return raw.removeprefix(MARK).decode()
    except UnicodeDecodeError as error:
        if raw.startswith(_OF_PARQUET):
            raise unreadable(name, f"this is a Parquet file; query it with '-d {PARQUET}FILE'") from error
        before = error.object[: error.start]
        column = len(before[before.rfind(b"\n") + 1 :].decode()) + 1
        reason = f"byte 0x{error.object[error.start]:02x} is not UTF-8; save the file as UTF-8"
        raise unreadable(name, reason, line=before.count(b"\n") + 1, column=column) from error

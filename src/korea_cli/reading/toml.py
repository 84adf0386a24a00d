"""Turn the bytes of one file into TOML tables, or into the problem that prevents it."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import tomli

from korea_cli.base.errors import DataError
from korea_cli.base.problems import Problem
from korea_cli.reading.locate import MAX_SIZE, UNREADABLE
from korea_cli.reading.pieces import parse

if TYPE_CHECKING:
    from pathlib import Path
    from typing import BinaryIO

    LineAndColumn = tuple[int | None, int | None]

SYNTAX = "toml"  # the check that a file must pass to be read at all
_CHUNK = 1024 * 1024
MARK = b"\xef\xbb\xbf"  # of UTF-8, which a file may begin with
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One file as read: `name` as the user wrote it, where it lies (None for stdin), its text and its tables.

    `marked` says that the file begins with a byte order mark, which the text leaves out.
    """

    name: str
    path: Path | None
    text: str
    marked: bool = False
    tables: dict[str, Any] = field(default_factory=dict)

    @property
    def sha256(self) -> str:
        """The digest of the file's bytes; made from the text, for few answers need it."""
        from hashlib import sha256  # noqa: PLC0415 - 3 ms that only JSON's header pays for

        return sha256((MARK if self.marked else b"") + self.text.encode()).hexdigest()


def read_document(name: str, path: Path | None, *, max_size: int = MAX_SIZE) -> tuple[Document, Problem | None]:
    """Read the file at a path, or stdin; a syntax error is given beside the document, whose tables are then empty.

    Raises DataError when the file cannot be opened or decoded, or is over `max_size` bytes.
    """
    raw = _bytes_of(name, path, max_size)
    return parse_document(Document(name=name, path=path, text=decode(name, raw), marked=raw.startswith(MARK)))


def parse_document(document: Document) -> tuple[Document, Problem | None]:
    """Parse the text of a document into its tables; a syntax error is given beside it, the tables then empty."""
    name = document.name
    if "<<<<<<< " in document.text:
        from korea_cli.reading.syntax import find_conflict  # noqa: PLC0415 - only when something is wrong

        if problem := find_conflict(name, document.text):
            return document, problem
    try:
        document.tables.update(parse(document.text))
    except tomli.TOMLDecodeError as error:
        from korea_cli.reading.syntax import syntax_problem  # noqa: PLC0415 - only when something is wrong

        return document, syntax_problem(name, document.text, error.msg, (error.lineno, error.colno))
    except (RecursionError, ValueError) as error:
        from korea_cli.reading.syntax import limit_problem  # noqa: PLC0415 - only when something is wrong

        return document, limit_problem(name, document.text, error)
    return document, None


def _bytes_of(name: str, path: Path | None, max_size: int) -> bytes:
    try:
        if path is None:
            if sys.stdin is None:
                raise _unreadable(name, "standard input is closed")
            raw = read_up_to(max_size, sys.stdin.buffer)
        else:
            with path.open("rb") as stream:
                raw = read_up_to(max_size, stream)
    except OSError as error:
        raise _unopened(name, path, error) from error
    except ValueError as error:
        raise _unreadable(name, "this is not a file name") from error
    if len(raw) > max_size:
        raise too_large(name, max_size)
    return raw


def too_large(name: str, max_size: int) -> DataError:
    """Say that a file is larger than it may be."""
    return _unreadable(name, f"the file is larger than {_size(max_size)}; raise the limit with --max-size")


def read_up_to(limit: int, stream: BinaryIO) -> bytes:
    """Read all of a stream, but little more than allowed: a device may never end."""
    chunks, size = [], 0
    while size <= limit and (chunk := stream.read(_CHUNK)):
        chunks.append(chunk)
        size += len(chunk)
    return chunks[0] if len(chunks) == 1 else b"".join(chunks)


def _size(count: int) -> str:
    megabytes, rest = divmod(count, 1024 * 1024)
    return f"{megabytes:,} MiB" if megabytes and not rest else f"{count:,} bytes"


def _unopened(name: str, path: Path | None, error: OSError) -> DataError:
    if path and os.path.isdir(path):  # noqa: PTH112 - Path.is_dir raises for some names
        return _unreadable(name, "this is a folder, not a file")
    if path and isinstance(error, FileNotFoundError):
        return _unreadable(name, "there is no such file", _neighbour(path))
    if isinstance(error, PermissionError):
        return _unreadable(name, "there is no permission to read it")
    return _unreadable(name, (error.strerror or str(error)).lower())


def _neighbour(path: Path) -> str | None:
    """Give the file beside a missing one whose name comes nearest."""
    from korea_cli.base.nearest import nearest  # noqa: PLC0415 - only when something is wrong

    try:
        beside = (each.name for each in path.parent.iterdir() if each.is_file() and not each.name.startswith("."))
        near = nearest(path.name, sorted(beside))
    except OSError:
        return None
    return str(path.with_name(near)) if near else None


def _unreadable(
    name: str, reason: str, suggestion: str | None = None, place: LineAndColumn = (None, None)
) -> DataError:
    line, column = place
    problem = Problem(file=name, line=line, column=column, message=reason, suggestion=suggestion, check=UNREADABLE)
    return DataError((problem,))


def decode(name: str, raw: bytes) -> str:
    """Give the text that a file's bytes are, without a byte order mark; raises DataError when they are none."""
    if raw.startswith(_UTF_16):
        raise _unreadable(name, "the text is UTF-16; save it as UTF-8")
    try:
        return raw.removeprefix(MARK).decode()
    except UnicodeDecodeError as error:
        before = error.object[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode()) + 1
        reason = f"byte 0x{error.object[error.start]:02x} is not UTF-8; save the file as UTF-8"
        raise _unreadable(name, reason, place=(line, column)) from error

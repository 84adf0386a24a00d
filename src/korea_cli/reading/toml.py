"""Turn the bytes of one file into TOML tables, or into the problem that prevents it."""

from __future__ import annotations

import hashlib
import re
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import tomli

from korea_cli.errors import DataError, Problem
from korea_cli.reading.locate import STDIN, path_of

if TYPE_CHECKING:
    from pathlib import Path

MAX_SIZE = 256 * 1024 * 1024
UNREADABLE = "readable"
_PARTIAL_DATE = re.compile(r"=\s*\[?\s*\d{4}-(\d\d|XX)\b(?!-\d)|=\s*\[?\s*\d{4}(-\d\d){0,2}[~?%/]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One file as read: `name` as the user wrote it, where it lies (None for stdin), its text and its tables."""

    name: str
    path: Path | None
    text: str
    sha256: str
    tables: dict[str, Any] = field(default_factory=dict)


def read_document(name: str, *, max_size: int = MAX_SIZE) -> tuple[Document, Problem | None]:
    """Read one file; a syntax error is given beside the document, whose tables are then empty.

    Raises DataError when the file cannot be opened or decoded, or is over `max_size` bytes.
    """
    raw = _bytes_of(name, max_size)
    text = _decode(name, raw)
    document = Document(
        name=name, path=None if name == STDIN else path_of(name), text=text, sha256=hashlib.sha256(raw).hexdigest()
    )
    try:
        tables = tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        return document, _syntax_problem(document, error)
    except RecursionError:
        return document, Problem(file=name, message="values are nested too deeply", check="toml")
    except ValueError as error:
        return document, Problem(file=name, message=f"a value cannot be read: {error}", check="toml")
    document.tables.update(tables)
    return document, None


def _bytes_of(name: str, max_size: int) -> bytes:
    try:
        if name == STDIN:
            raw = sys.stdin.buffer.read(max_size + 1) if sys.stdin else b""
        else:
            path = path_of(name)
            if path.is_dir():
                raise _unreadable(name, "this is a folder, not a file")
            with path.open("rb") as stream:
                raw = stream.read(max_size + 1)
    except OSError as error:
        raise _unreadable(name, _reason(error)) from error
    except ValueError as error:
        raise _unreadable(name, "this is not a file name") from error
    if len(raw) > max_size:
        raise _unreadable(name, f"the file is larger than {max_size:,} bytes; --max-size raises the limit")
    return raw


def _reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "there is no such file"
    if isinstance(error, PermissionError):
        return "no permission to read it"
    return (error.strerror or str(error)).lower()


def _unreadable(name: str, reason: str, line: int | None = None) -> DataError:
    return DataError((Problem(file=name, line=line, message=reason, check=UNREADABLE),))


def _decode(name: str, raw: bytes) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _unreadable(name, "the text is UTF-16; save it as UTF-8")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        reason = f"byte 0x{raw[error.start]:02x} is not UTF-8; save the file as UTF-8"
        raise _unreadable(name, reason, line) from error


def _syntax_problem(document: Document, error: tomli.TOMLDecodeError) -> Problem:
    lines = document.text.split("\n")
    written = lines[error.lineno - 1] if error.lineno <= len(lines) else ""
    advice = "; put partial dates in quotes" if _PARTIAL_DATE.search(written) else ""
    what = error.msg[:1].lower() + error.msg[1:]
    return Problem(
        file=document.name, line=error.lineno, column=error.colno, message=f"TOML: {what}{advice}", check="toml"
    )

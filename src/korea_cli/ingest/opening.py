"""Open a file that is imported: see in which form it is, and take it apart."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from korea_cli.base.errors import DataError, NotInListError
from korea_cli.base.problems import Problem
from korea_cli.ingest.readers import timelinejs
from korea_cli.reading.locate import STDIN
from korea_cli.reading.toml import MARK

if TYPE_CHECKING:
    import io
    from collections.abc import Iterator

    from korea_cli.ingest.rows import Sheet

FORMS = ("csv", "json", "jsonl", "ics")
_ENDINGS = {
    ".csv": "csv", ".tsv": "csv", ".tab": "csv", ".txt": "", ".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl",
    ".ics": "ics",
}  # fmt: skip
_START = 4096


@contextmanager
def opened(name: str, form: str | None, encoding: str) -> Iterator[tuple[Sheet, str]]:
    """Give a file's rows and its form, by what was asked for, else by its ending, else by how it begins.

    Raises DataError when it cannot be read, NotInListError for a form that nobody knows.
    """
    if form is not None and form.casefold() not in FORMS:
        raise NotInListError("form", form, FORMS)
    try:
        stream = _stream(name)
        size = 0 if name == STDIN else Path(name).stat().st_size
    except (OSError, ValueError) as error:
        raise _unread(name, error) from error
    with stream:
        try:
            start = stream.peek(_START)
        except OSError as error:
            raise _unread(name, error) from error
        chosen = form.casefold() if form else _ENDINGS.get(Path(name).suffix.casefold()) or _seen(start)
        yield _taken_apart(name, stream, chosen, encoding, size), chosen


def _unread(name: str, error: OSError | ValueError) -> DataError:
    reason = (getattr(error, "strerror", None) or str(error)).lower()
    return DataError(
        (Problem(file=name or "''", message=reason if name else "the file name is empty", check="readable"),)
    )


def _stream(name: str) -> io.BufferedReader:
    if name != STDIN:
        return Path(name).open("rb")
    if sys.stdin is None:
        raise DataError((Problem(file=name, message="standard input is closed", check="readable"),))
    return open(sys.stdin.fileno(), "rb", closefd=False)


def _taken_apart(name: str, stream: io.BufferedReader, form: str, encoding: str, size: int) -> Sheet:
    from korea_cli.ingest.readers import csv, ics, json  # noqa: PLC0415 - named as what they read, which is told apart here

    def share() -> float:
        return min(stream.tell() / size, 1.0) if size else 0.0

    if form == "ics":
        return ics.read(name, stream, share)
    if form in {"json", "jsonl"}:
        return json.read(name, stream, share) if form == "json" else json.read_lines(name, stream, share)
    sheet = csv.read(name, stream, stream.peek(_START), encoding, share)
    return sheet._replace(slides={heading.casefold() for heading in sheet.headings} >= timelinejs.HEADINGS)


def _seen(start: bytes) -> str:
    """Tell the form of a file by how it begins."""
    head = start.removeprefix(MARK).lstrip()
    if head[:15].upper() == b"BEGIN:VCALENDAR":
        return "ics"
    if not head.startswith((b"{", b"[")):
        return "csv"
    first = head.partition(b"\n")[0].rstrip()
    return "jsonl" if first.startswith(b"{") and first.endswith(b"}") and first != b"{}" else "json"

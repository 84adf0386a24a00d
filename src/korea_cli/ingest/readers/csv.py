"""Sheets saved as text: comma, semicolon or tab between the cells, quotation marks around those that need them."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import IO, TYPE_CHECKING

from korea_cli.base.errors import DataError, UsageError
from korea_cli.base.formulas import unguarded
from korea_cli.base.problems import Problem
from korea_cli.ingest.lines import unmerged
from korea_cli.ingest.rows import Row, Sheet
from korea_cli.reading.locate import STDIN
from korea_cli.reading.toml import MARK

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_DELIMITERS = (",", ";", "\t", "|")
_LARGEST = 16 * 1024 * 1024  # letters of a cell; more are a quotation mark that nobody closed
_MARKS = ((MARK, "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def read(name: str, stream: IO[bytes], start: bytes, encoding: str, share: Callable[[], float]) -> Sheet:
    """Take a sheet apart, row by row; `start` are its first bytes, which the stream gives again.

    Raises DataError where it is not in the encoding, UsageError for one that nobody knows.
    """
    marked = next((known for mark, known in _MARKS if start.startswith(mark)), "")
    try:
        text = io.TextIOWrapper(stream, marked or encoding or "utf-8", newline="")
    except LookupError:
        raise UsageError(f"unknown encoding '{encoding}'; Excel's is often windows-1252") from None
    rows = _Rows(name, text)
    return Sheet(rows.rest(), share, rows.headings, delimiter=rows.delimiter, held=text)


class _Rows:
    """Reads the rows of one sheet: first its headings, then the rest."""

    def __init__(self, name: str, text: io.TextIOWrapper) -> None:
        csv.field_size_limit(_LARGEST)
        self._name, self._line = name, 0
        self._decoded = self._decode(text)
        first = self._first_line()
        told = first.rstrip("\r\n").removeprefix("sep=")
        if told != first.rstrip("\r\n") and len(told) == 1:  # how Excel is told of a delimiter
            self.delimiter, first = told, self._first_line()
        else:
            self.delimiter = max(_DELIMITERS, key=_outside_quotes(first).count)
        if not first:
            raise _unreadable(name, "it is empty", None)
        self._before = self._line - 1
        self._raw: list[str] = []  # the lines of the row that is being read
        self._first = [first]
        self._reader = csv.reader(self._lines(), delimiter=self.delimiter, strict=True)
        try:
            cells = next(self._reader, [])
        except csv.Error as error:
            raise _unreadable(self._name, f"its headings cannot be read: {error}", self._before + 1) from None
        raw = "".join([first, *self._raw]).rstrip("\r\n") == self.delimiter.join(map(_in_quotes, cells))
        self._read = str if raw else unguarded  # as `--raw` writes them
        self.headings = tuple(" ".join(self._read(cell).split()) for cell in cells)

    def _first_line(self) -> str:
        """Give the first line that is not blank."""
        for line in self._decoded:
            self._line += 1
            if line.strip(" \t\r\n,;"):
                return line
        return ""

    def _decode(self, text: Iterable[str]) -> Iterator[str]:
        try:
            yield from unmerged(self._name, text)
        except UnicodeDecodeError as error:
            at = error.object[error.start]
            message = (
                f"byte 0x{at:02x} is not {error.encoding.upper()}; save the sheet as UTF-8, or say what it is in:"
                " --encoding windows-1252 is what Excel writes in the West"
            )
            raise _unreadable(self._name, message, _line_of(self._name, error.encoding)) from None

    def _lines(self) -> Iterator[str]:
        yield from self._first
        for line in self._decoded:
            self._raw.append(line)
            yield line

    def rest(self) -> Iterator[Row]:
        """Give the rows below the headings; blank ones are passed over."""
        reader, before = self._reader, self._before
        while True:
            line = before + reader.line_num + 1
            self._raw.clear()
            try:
                cells = next(reader, None)
            except csv.Error as error:
                yield Row(line, ["".join(self._raw)], self._wrong(str(error), line))
                continue
            if cells is None:
                return
            if any(map(str.strip, cells)):
                yield Row(line, [self._read(cell) for cell in cells])

    def _wrong(self, error: str, line: int) -> str:
        last = self._before + self._reader.line_num
        lines = f"; lines {line} to {last} were taken for one row" if last > line else ""
        if "field limit" in error:
            return f"a cell is larger than {_LARGEST:,} letters{lines}"
        if "end of data" in error:
            return f"a quotation mark is opened and never closed{lines}"
        return f"the quotation marks do not pair: one within a cell is written twice{lines}"


def _in_quotes(cell: str) -> str:
    doubled = cell.replace('"', '""')
    return f'"{doubled}"'


def _outside_quotes(line: str) -> str:
    return "".join(line.split('"')[::2])


def _line_of(name: str, encoding: str) -> int | None:
    """Find the first line that is not in an encoding: what decodes a file reads ahead, and does not know."""
    if name == STDIN:
        return None
    with Path(name).open("rb") as file:
        for number, line in enumerate(file, 1):
            try:
                line.decode(encoding)
            except UnicodeDecodeError:
                return number
    return None


def _unreadable(name: str, message: str, line: int | None) -> DataError:
    return DataError((Problem(file=name, line=line, message=message, check="readable"),))

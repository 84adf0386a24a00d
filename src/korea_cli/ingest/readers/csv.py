"""Spreadsheets saved as text, with comma, semicolon, tab or | between cells; also the sheets of TimelineJS."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from korea_cli.base.formulas import unescape_formula
from korea_cli.ingest.sheet import Sheet, SheetRow, unreadable
from korea_cli.ingest.slides import HEADINGS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from korea_cli.ingest.sheet import InputFile

EXTENSIONS = (".csv", ".tsv", ".tab")
_DELIMITERS = (",", ";", "\t", "|")
_LARGEST = 16 * 1024 * 1024  # letters of a cell; more are a quotation mark that is not closed
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # how .xlsx and .xls begin


def sniff(start: bytes) -> int:  # noqa: ARG001 - every reader is asked alike
    """Return that a file may be a sheet: any text may."""
    return 1


def read(source: InputFile) -> Sheet:
    """Read a sheet row by row; raises DataError where it is not in its encoding, UsageError for an unknown one."""
    start = source.stream.peek(len(_WORKBOOKS[0]))
    if start.startswith(_WORKBOOKS):
        raise unreadable(source.name, "this is an Excel workbook. Save it as CSV to import it.")
    rows = _SheetReader(source.name, source.lines(newline=""))
    slides = {heading.casefold() for heading in rows.headings} >= HEADINGS
    return Sheet(rows.rest(), rows.headings, delimiter=rows.delimiter, slides=slides)


class _SheetReader:
    """Reads one sheet: first its headings, then the rows."""

    def __init__(self, name: str, lines: Iterator[str]) -> None:
        csv.field_size_limit(_LARGEST)
        self._name, self._line, self._decoded = name, 0, lines
        first = self._first_line()
        delimiter = first.rstrip("\r\n").removeprefix("sep=")
        if first.startswith("sep=") and len(delimiter) == 1:  # as Excel has it
            self.delimiter, first = delimiter, self._first_line()
        else:
            self.delimiter = max(_DELIMITERS, key=_outside_quotes(first).count)
        if not first:
            raise unreadable(name, "the file is empty")
        self._before = self._line - 1
        self._raw: list[str] = []  # the lines of the row that is being read
        self._first = [first]
        self._reader = csv.reader(self._lines(), delimiter=self.delimiter, strict=True)
        try:
            cells = next(self._reader, [])
        except csv.Error as error:
            raise unreadable(self._name, f"its headings cannot be read: {error}", self._before + 1) from None
        raw = "".join([first, *self._raw]).rstrip("\r\n") == self.delimiter.join(map(_in_quotes, cells))
        self._read = str if raw else unescape_formula  # as `--raw` writes them
        self.headings = tuple(" ".join(self._read(cell).split()) for cell in cells)

    def _first_line(self) -> str:
        """Return the first line that is not blank."""
        for line in self._decoded:
            self._line += 1
            if line.strip(" \t\r\n,;"):
                return line
        return ""

    def _lines(self) -> Iterator[str]:
        yield from self._first
        for line in self._decoded:
            self._raw.append(line)
            yield line

    def rest(self) -> Iterator[SheetRow]:
        """Yield the rows below the headings, except blank ones."""
        reader, before = self._reader, self._before
        while True:
            line = before + reader.line_num + 1
            self._raw.clear()
            try:
                cells = next(reader, None)
            except csv.Error as error:
                yield SheetRow(line, ["".join(self._raw)], self._wrong(str(error), line))
                continue
            if cells is None:
                return
            if any(map(str.strip, cells)):
                yield SheetRow(line, [self._read(cell) for cell in cells])

    def _wrong(self, error: str, line: int) -> str:
        last = self._before + self._reader.line_num
        lines = f"; lines {line} to {last} were read as one row" if last > line else ""
        if "field limit" in error:
            return f"a cell is larger than {_LARGEST:,} letters{lines}"
        if "end of data" in error:
            return f"a quotation mark is not closed{lines}"
        return f"the quotation marks do not match{lines}. Write one inside a cell twice."


def _in_quotes(cell: str) -> str:
    doubled = cell.replace('"', '""')
    return f'"{doubled}"'


def _outside_quotes(line: str) -> str:
    return "".join(line.split('"')[::2])

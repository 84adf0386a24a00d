"""Spreadsheets saved as text, with comma, semicolon, tab or | between cells; also those of TimelineJS and Zotero."""

from __future__ import annotations

import csv
from itertools import chain, islice
from typing import TYPE_CHECKING

from korea_cli.base.formulas import unescape_formula
from korea_cli.ingest.bibliographies.zotero_sheets import HEADINGS as ZOTERO
from korea_cli.ingest.bibliographies.zotero_sheets import source_rows
from korea_cli.ingest.json.slides import HEADINGS
from korea_cli.ingest.sheet import Sheet, SheetRow, unreadable
from korea_cli.ingest.sheet_headings import distinct, find_headings
from korea_cli.model.records import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from korea_cli.ingest.sheet import InputFile

EXTENSIONS = (".csv", ".tsv", ".tab")
_DELIMITERS = (",", ";", "\t", "|")
_LARGEST = 16 * 1024 * 1024  # letters of a cell; more are a quotation mark that is not closed
_COMPARED = 40  # lines by which the delimiter is known, and rows among which the headings are


def sniff(start: bytes) -> int:  # noqa: ARG001 - every reader is asked alike
    """Return that a file may be a sheet: any text may."""
    return 1


def read(source: InputFile) -> Sheet:
    """Read a sheet row by row; raises DataError where it cannot be read, UsageError for a row that it does not have."""
    reader = _SheetReader(source.lines(newline=""))
    rows = reader.rows()
    first = list(islice(rows, max(_COMPARED, source.options.header_row)))
    if not first:
        raise unreadable(source.name, "the file is empty")
    found = find_headings(first, source.options)
    if found.rows and (error := first[found.rows - 1].error):
        raise unreadable(source.name, f"its headings cannot be read: {error}", first[found.rows - 1].line)
    below: Iterator[SheetRow] = chain((SheetRow(0, found.cells),), first[found.rows :], rows)
    if not reader.is_raw(found.cells):
        below = map(_unescaped, below)
    headings = distinct([" ".join(cell.split()) for cell in next(below).cells])
    if set(headings) >= ZOTERO:
        rows = source_rows(below, headings, source.options.named)
        return Sheet(rows, delimiter=reader.delimiter, notes=found.notes, exact=True, record=Source)
    slides = {heading.casefold() for heading in headings} >= HEADINGS
    sheet = Sheet(below, headings, delimiter=reader.delimiter, slides=slides)
    return sheet._replace(notes=found.notes, questions=found.questions)


def _unescaped(row: SheetRow) -> SheetRow:
    """Return a row with the original texts of what was escaped so that no spreadsheet runs it."""
    text = "".join(row.cells)
    if row.error or not ("'" in text or "=" in text):  # nearly always
        return row
    return SheetRow(row.line, [*map(unescape_formula, row.cells)])


class _SheetReader:
    """Reads the rows of one sheet, whichever of them has the headings."""

    def __init__(self, lines: Iterator[str]) -> None:
        csv.field_size_limit(_LARGEST)
        first = list(islice(lines, _COMPARED))
        self._before = next((n for n, line in enumerate(first) if line.strip()), 0)  # the lines before the sheet
        mark = first[self._before].rstrip("\r\n") if first else ""
        self.delimiter = mark.removeprefix("sep=")  # as Excel has it
        if mark.startswith("sep=") and len(self.delimiter) == 1:
            self._before += 1
        else:
            self.delimiter = max(_DELIMITERS, key=lambda each: _uses(each, first))
        self._lines = chain(first[self._before :], lines)
        self._raw: list[str] = []  # the lines of the row that is being read
        self._firsts: list[str] = []  # the first rows as they are written

    def rows(self) -> Iterator[SheetRow]:
        """Yield every row that is not blank."""
        reader = csv.reader(self._read(), delimiter=self.delimiter, strict=True)
        while True:
            line = self._before + reader.line_num + 1
            self._raw.clear()
            try:
                cells = next(reader, None)
            except csv.Error as error:
                last = self._before + reader.line_num
                yield SheetRow(line, ["".join(self._raw)], _reason(str(error), line, last))
                continue
            if cells is None:
                return
            if any(map(str.strip, cells)):
                if len(self._firsts) < _COMPARED:
                    self._firsts.append("".join(self._raw).rstrip("\r\n"))
                yield SheetRow(line, cells)

    def _read(self) -> Iterator[str]:
        for line in self._lines:
            self._raw.append(line)
            yield line

    def is_raw(self, headings: list[str]) -> bool:
        """Whether headings are all in quotation marks, as `--raw` writes them."""
        return self.delimiter.join(map(_in_quotes, headings)) in self._firsts


def _uses(delimiter: str, lines: list[str]) -> tuple[int, int]:
    """Return in how many lines a sign may part cells, and how often."""
    counts = ["".join(line.split('"')[::2]).count(delimiter) for line in lines]
    return sum(map(bool, counts)), sum(counts)


def _reason(error: str, line: int, last: int) -> str:
    """Return why a row cannot be read."""
    lines = f"; lines {line} to {last} were read as one row" if last > line else ""
    if "field limit" in error:
        return f"a cell is larger than {_LARGEST:,} letters{lines}"
    if "end of data" in error:
        return f"a quotation mark is not closed{lines}"
    return f"the quotation marks do not match{lines}. Write one inside a cell twice."


def _in_quotes(cell: str) -> str:
    doubled = cell.replace('"', '""')
    return f'"{doubled}"'
